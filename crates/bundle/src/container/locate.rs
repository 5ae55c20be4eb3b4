//! After a digest did not match: says as precisely as possible what was changed.
//! Must not decide whether a file is refused (it is); only helps people find the place.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::Range;
use super::read::blob;
use crate::seal::Sealed;

/// The changed part: a blob by name, an event by index, device and number, else the parts that have no check of
/// their own. With several changes the first that shows.
pub(super) fn locate(document: &Value) -> String {
    bad_blob(document).or_else(|| bad_event(document)).unwrap_or_else(|| rest(document))
}

fn bad_blob(document: &Value) -> Option<String> {
    let blobs = document.get("blobs")?.as_object()?;
    let bad = blobs.iter().find(|(name, text)| text.as_str().is_none_or(|text| blob(name, text).is_err()))?;
    Some(format!("blobs.{}", bad.0))
}

/// An event and its place in the list.
type Placed = (usize, Sealed);

fn bad_event(document: &Value) -> Option<String> {
    let mut events: Vec<Placed> = Vec::new();
    for (index, value) in document.get("events")?.as_array()?.iter().enumerate() {
        match Sealed::from_value(value.clone()) {
            Ok(one) => events.push((index, one)),
            Err(_) => return Some(format!("events[{index}]")),
        }
    }
    let ranges: Vec<Range> =
        document.get("header").and_then(|header| Vec::deserialize(header.get("ranges")?).ok()).unwrap_or_default();
    if ranges.is_empty() {
        return None;
    }
    misplaced(&events, &ranges).or_else(|| unchained(&events, &ranges).map(name))
}

fn name((index, one): &Placed) -> String {
    format!("events[{index}] (device {}, number {})", one.event.device, one.event.seq)
}

/// Events stand in the order of the header's ranges: the first that does not, or a number that is not there.
fn misplaced(events: &[Placed], ranges: &[Range]) -> Option<String> {
    let announced = ranges
        .iter()
        .fold(0, |sum: u64, range| sum.saturating_add(range.to.saturating_sub(range.from)).saturating_add(1));
    let missing = announced > events.len() as u64;
    let forked = announced < events.len() as u64;
    let mut places = ranges.iter().flat_map(|range| (range.from..=range.to).map(|seq| (range.device.as_str(), seq)));
    let mut before = None;
    for placed in events {
        let here = (placed.1.event.device.as_str(), placed.1.event.seq);
        if forked && before == Some(here) {
            continue;
        }
        match places.next() {
            Some(announced) if announced == here => before = Some(here),
            Some((device, seq)) if missing => return Some(gone(device, seq)),
            _ => return Some(name(placed)),
        }
    }
    places.next().map(|(device, seq)| gone(device, seq))
}

fn gone(device: &str, seq: u64) -> String {
    format!("events: device {device}, number {seq} is missing")
}

/// An event whose hash is neither what its successor nor what the header says. When the event before does not
/// fit either, it is the link in between that was changed, and that belongs to the later event.
fn unchained<'a>(events: &'a [Placed], ranges: &[Range]) -> Option<&'a Placed> {
    let mut at: BTreeMap<(&str, u64), &Placed> = BTreeMap::new();
    for placed in events {
        at.insert((&placed.1.event.device, placed.1.event.seq), placed);
    }
    let fits = |device: &str, seq: u64| -> Option<bool> {
        let (_, one) = at.get(&(device, seq))?;
        if let Some((_, next)) = at.get(&(device, seq + 1)) {
            return Some(next.event.prev == one.hash);
        }
        let range = ranges.iter().find(|range| range.device == device && range.to == seq)?;
        Some(range.head == one.hash)
    };
    let (_, first) = at.iter().find(|((device, seq), _)| fits(device, *seq) == Some(false))?;
    let (device, seq) = (&first.1.event.device, first.1.event.seq);
    let next = at.get(&(device.as_str(), seq + 1));
    match next {
        Some(next) if fits(device, seq + 1) == Some(false) => Some(next),
        _ => Some(first),
    }
}

fn rest(document: &Value) -> String {
    let unchecked = ["header", "packs", "calendars", "settings", "heads"];
    let there: Vec<&str> = unchecked.into_iter().filter(|key| document.get(key).is_some()).collect();
    if there.is_empty() { "header".into() } else { there.join(" or ") }
}
