//! What to send and what to acknowledge.
//! Must not rely on numbers alone: an acknowledgement counts only when its hash is of the same chain.

use std::collections::BTreeMap;

use super::chain::{Link, chains};
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
    let mut heads = Vec::new();
    for (device, links) in chains(events) {
        let mut head = None;
        for (index, (seq, hashes)) in places(&links).into_iter().enumerate() {
            match hashes.as_slice() {
                [only] if seq == index as u64 + 1 => {
                    head = Some(Head { device: device.to_owned(), to: seq, head: (*only).to_owned() });
                }
                _ => break,
            }
        }
        heads.extend(head);
    }
    heads
}

/// The events that a receiver with these heads does not have. A head that is not on our chain says nothing: then
/// everything of that device is sent again (duplicates do no harm).
pub fn delta_since(events: &[Sealed], acked: &[Head]) -> Vec<Sealed> {
    let chains = chains(events);
    let valid: BTreeMap<&str, u64> = acked
        .iter()
        .filter(|head| {
            let links = chains.get(head.device.as_str()).map(Vec::as_slice).unwrap_or_default();
            confirmed(links, head)
        })
        .map(|head| (head.device.as_str(), head.to))
        .collect();
    events
        .iter()
        .filter(|one| valid.get(one.event.device.as_str()).is_none_or(|to| one.event.seq > *to))
        .cloned()
        .collect()
}

/// The head is our only event at its place, and nothing before it forks.
fn confirmed(links: &[Link], head: &Head) -> bool {
    let places = places(links);
    places.get(&head.to).is_some_and(|hashes| hashes.as_slice() == [head.head.as_str()])
        && places.range(..head.to).all(|(_, hashes)| hashes.len() == 1)
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
