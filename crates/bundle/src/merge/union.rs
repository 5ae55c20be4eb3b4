//! Set union of logs. The result depends on the set of texts only: commutative, associative, idempotent.
//! Must not lose a text: of two texts under one event id, one becomes the event and the other is set aside.

use shouwen_core::order::Gather as _;
use shouwen_core::order::Order as _;
use std::collections::{BTreeMap, BTreeSet};

use super::chain::{Fork, GapRange, chains, inspect};
use crate::seal::Sealed;

/// The union of logs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Union {
    /// One per event id, sorted by device, number, id.
    pub events: Vec<Sealed>,
    /// Other texts under the id of one of `events`: somebody changed them. To be kept and passed on.
    pub altered: Vec<Sealed>,
    /// How many texts came more than once.
    pub duplicates: usize,
    pub gaps: Vec<GapRange>,
    pub forks: Vec<Fork>,
}

/// Union of two logs.
pub fn union(a: &[Sealed], b: &[Sealed]) -> Union {
    union_all([a, b])
}

/// Union of any number of logs. To unite further, give `events` and `altered` of a union back in.
pub fn union_all<'a>(logs: impl IntoIterator<Item = &'a [Sealed]>) -> Union {
    let (mut distinct, mut count) = (BTreeMap::new(), 0);
    for one in logs.into_iter().flatten() {
        count += 1;
        distinct.entry(one.hash.clone()).or_insert_with(|| one.clone());
    }
    let duplicates = count - distinct.len();
    let (events, altered) = split(distinct.into_values());
    let (mut gaps, mut forks) = (Vec::new(), Vec::new());
    for (device, links) in chains(&events) {
        let (more_gaps, more_forks) = inspect(device, &links);
        gaps.extend(more_gaps);
        forks.extend(more_forks);
    }
    Union { events, altered, duplicates, gaps, forks }
}

/// Separates texts that share an event id. The text whose hash a later event of the device names is the genuine
/// one; when that does not decide, the smaller hash. A function of the set, so the order of arrival has no say.
pub(super) fn split(distinct: impl IntoIterator<Item = Sealed>) -> (Vec<Sealed>, Vec<Sealed>) {
    let mut all: Vec<Sealed> = distinct.into_iter().collect();
    let named: BTreeSet<String> = all.iter().map(|one| one.event.prev.clone()).gather();
    let rank = |one: &Sealed| (one.event.id.clone(), !named.contains(&one.hash), one.hash.clone());
    all.sort_by_cached_key(rank);
    let mut seen = BTreeSet::new();
    let (mut events, mut altered): (Vec<Sealed>, Vec<Sealed>) =
        all.into_iter().partition(|one| seen.insert(one.event.id.clone()));
    for list in [&mut events, &mut altered] {
        list.order_by(|a, b| place(a).cmp(&place(b)));
    }
    (events, altered)
}

fn place(one: &Sealed) -> (&str, u64, &str, &str) {
    (&one.event.device, one.event.seq, &one.event.id, &one.hash)
}
