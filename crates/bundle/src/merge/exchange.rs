//! What to send and what to acknowledge.
//! Must not rely on numbers alone: an acknowledgement counts only when its hash is of the same chain.

use shouwen_core::order::Gather as _;
use std::collections::BTreeMap;

use super::chain::{Link, chains};
use super::known::Store;
use crate::container::{Head, Range};
use crate::seal::Sealed;

/// The unbroken runs of every device, sorted. Where a chain forks the smaller hash stands for the place.
pub fn ranges(events: &[Sealed]) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::new();
    for (device, links) in chains(events) {
        let fresh = ranges.len();
        for (seq, hashes) in places(&links) {
            let head = hashes.first().map(|hash| (*hash).to_owned()).unwrap_or_default();
            match ranges.get_mut(fresh..).and_then(<[Range]>::last_mut) {
                Some(run) if run.to.checked_add(1) == Some(seq) => (run.to, run.head) = (seq, head),
                _ => ranges.push(Range { device: device.to_owned(), from: seq, to: seq, head }),
            }
        }
    }
    ranges
}

/// Up to where each device's events are here: from number 1 on, without a gap and before any fork, so that an
/// acknowledgement never hides an event that is missing.
pub fn ack_for(events: &[Sealed]) -> Vec<Head> {
    chains(events).into_iter().filter_map(|(device, links)| end_of(device, &links)).collect()
}

/// As [`ack_for`], from a store's index, for the devices asked about.
pub fn heads_of<'a>(known: &dyn Store, devices: impl IntoIterator<Item = &'a str>) -> Vec<Head> {
    devices.into_iter().filter_map(|device| end_of(device, known.chain(device))).collect()
}

/// The end of the unbroken beginning of a chain; `None` when number 1 is missing or doubtful.
fn end_of(device: &str, links: &[Link]) -> Option<Head> {
    let places = places(links);
    let sound = (1_u64..).zip(&places).take_while(|(expected, (seq, hashes))| expected == *seq && hashes.len() == 1);
    let (to, (_, hashes)) = sound.last()?;
    hashes.first().map(|head| Head { device: device.to_owned(), to, head: (*head).to_owned() })
}

/// The events that a receiver with these heads does not have. A head that is not on our chain says nothing: then
/// everything of that device is sent again (duplicates do no harm).
pub fn delta_since(events: &[Sealed], acked: &[Head]) -> Vec<Sealed> {
    let valid = confirmed(events, acked);
    events
        .iter()
        .filter(|one| valid.get(one.event.device.as_str()).is_none_or(|to| one.event.seq > *to))
        .cloned()
        .collect()
}

/// The furthest number of each device whose head is our only event at its place, with no fork before it.
fn confirmed<'a>(events: &[Sealed], acked: &'a [Head]) -> BTreeMap<&'a str, u64> {
    let links = chains(events);
    let chains: BTreeMap<&str, BTreeMap<u64, &str>> =
        links.iter().map(|(device, links)| (*device, unforked(links))).gather();
    let mut valid: BTreeMap<&str, u64> = BTreeMap::new();
    for head in acked {
        let here = chains.get(head.device.as_str()).and_then(|chain| chain.get(&head.to));
        if here.is_some_and(|hash| *hash == head.head) {
            let to = valid.entry(&head.device).or_default();
            *to = head.to.max(*to);
        }
    }
    valid
}

/// Hash per number, up to the first fork.
fn unforked(links: &[Link]) -> BTreeMap<u64, &str> {
    let single = places(links).into_iter().map_while(|(seq, hashes)| match hashes[..] {
        [only] => Some((seq, only)),
        _ => None,
    });
    single.gather()
}

/// Sorted, distinct hashes per number.
fn places(links: &[Link]) -> BTreeMap<u64, Vec<&str>> {
    let mut places: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for link in links {
        places.entry(link.seq).or_default().push(&link.hash);
    }
    for hashes in places.values_mut() {
        hashes.sort_unstable();
        hashes.dedup();
    }
    places
}
