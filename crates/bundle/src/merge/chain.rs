//! The chains of devices: missing numbers, two events in one place, links that do not hold.
//! Must not drop events: a doubtful chain is reported, its events are merged all the same.

use shouwen_core::order::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::seal::Sealed;

/// One event's place in its device's chain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub seq: u64,
    /// The event's id.
    pub id: String,
    pub hash: String,
    pub prev: String,
}

impl Link {
    pub fn of(one: &Sealed) -> Self {
        let event = &one.event;
        Self { seq: event.seq, id: event.id.clone(), hash: one.hash.clone(), prev: event.prev.clone() }
    }
}

/// Numbers of a device that nobody has brought yet. Filled by a later import.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GapRange {
    pub device: String,
    pub from: u64,
    pub to: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForkKind {
    /// Different events under one number: a copied or restored profile went on under the old device id.
    Rivals,
    /// The event was written after another predecessor than the one that is here: changed, or of a lost branch.
    Break,
}

/// A device's chain does not hold. Its events count; a person should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fork {
    pub device: String,
    pub seq: u64,
    pub kind: ForkKind,
    /// Ids of the events concerned, sorted.
    pub events: Vec<String>,
}

/// Gaps and forks of one device's chain. The links may come in any order and more than once.
pub fn inspect(device: &str, links: &[Link]) -> (Vec<GapRange>, Vec<Fork>) {
    let mut places: BTreeMap<u64, BTreeSet<&Link>> = BTreeMap::new();
    for link in links {
        places.entry(link.seq).or_default().insert(link);
    }
    let (mut gaps, mut forks) = (Vec::new(), Vec::new());
    let mut before: Option<(u64, &BTreeSet<&Link>)> = None;
    for (&seq, here) in &places {
        let expected = before.map_or(1, |(seq, _)| seq.saturating_add(1));
        if seq > expected {
            gaps.push(GapRange { device: device.to_owned(), from: expected, to: seq - 1 });
        }
        let mut fork = |kind, events: Vec<String>| {
            forks.push(Fork { device: device.to_owned(), seq, kind, events });
        };
        if here.len() > 1 {
            fork(ForkKind::Rivals, ids(here.iter().copied()));
        }
        let known = before.filter(|_| seq == expected).map(|(_, links)| links);
        let broken = ids(here.iter().copied().filter(|link| !holds(link, known)));
        if !broken.is_empty() {
            fork(ForkKind::Break, broken);
        }
        before = Some((seq, here));
    }
    (gaps, forks)
}

/// The first event follows nothing; behind a gap nothing can be said.
fn holds(link: &Link, before: Option<&BTreeSet<&Link>>) -> bool {
    match before {
        None if link.seq == 1 => link.prev.is_empty(),
        None => true,
        Some(links) => links.iter().any(|one| one.hash == link.prev),
    }
}

fn ids<'a>(links: impl Iterator<Item = &'a Link>) -> Vec<String> {
    let sorted: BTreeSet<&String> = links.map(|link| &link.id).gather();
    sorted.into_iter().cloned().collect()
}

/// Chains of all devices in a list of events.
pub(super) fn chains<'a>(events: impl IntoIterator<Item = &'a Sealed>) -> BTreeMap<&'a str, Vec<Link>> {
    let mut chains: BTreeMap<&str, Vec<Link>> = BTreeMap::new();
    for one in events {
        chains.entry(&one.event.device).or_default().push(Link::of(one));
    }
    chains
}
