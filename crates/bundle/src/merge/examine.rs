//! Compares a bundle with what is stored and says what taking it in would do.
//! Must not change anything: the preview is shown first, then stored in one transaction.

use shouwen_core::order::Gather as _;
use shouwen_core::order::Order as _;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use shouwen_core::case::Event;

use super::chain::{Fork, GapRange, Link, chains, inspect};
use super::known::Store;
use super::union::split;
use crate::canonical::sha256_hex;
use crate::container::{Bundle, Kind};
use crate::seal::{ReadError, Sealed};

/// What taking in a bundle would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// Events to store. Those of newer builds are among them.
    pub new: Vec<Sealed>,
    /// Already here (or twice in the file), byte for byte; also texts that are already in quarantine.
    pub duplicates: usize,
    /// What is missing, of the devices in the bundle, after taking it in.
    pub gaps: Vec<GapRange>,
    /// Chains that do not hold, of the devices in the bundle, after taking it in.
    pub forks: Vec<Fork>,
    /// How many of `new` have a newer schema: kept, not understood.
    pub too_new: usize,
    /// How many of `new` have today's schema but a kind or body that this build does not understand.
    pub not_understood: usize,
    /// To keep byte for byte and to pass on.
    pub quarantined: Vec<Quarantined>,
    /// Per campus, sorted by name.
    pub campuses: Vec<CampusLine>,
    /// Ids of cases that are not here yet.
    pub cases_new: Vec<String>,
    /// Ids of cases that are here and get further events.
    pub cases_changed: Vec<String>,
    /// A masked bundle: nothing of it may be taken in.
    pub masked: bool,
}

impl Preview {
    /// Taking it in would change nothing.
    pub fn is_no_op(&self) -> bool {
        self.new.is_empty() && self.quarantined.is_empty()
    }
}

/// A text that does not become an event here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantined {
    /// Canonical JSON.
    pub text: String,
    pub reason: Reason,
    /// `events[12]`
    pub place: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Not an event; the parser's words.
    Invalid(String),
    /// Of a newer schema whose envelope this build cannot read.
    TooNew(u64),
    /// Another text under the id of an event that is here.
    Altered { event: String },
}

/// What a bundle holds of one campus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampusLine {
    pub campus: String,
    pub cases: usize,
    pub events: usize,
    /// How many of the events are not here yet.
    pub new: usize,
    /// First and last date on which something happened.
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// Classifies every event of a bundle against the store.
pub fn examine(bundle: &Bundle, known: &dyn Store) -> Preview {
    if bundle.header.kind == Kind::Masked {
        return Preview { masked: true, ..Preview::default() };
    }
    let mut pass = Pass::default();
    for (index, text) in bundle.events.iter().enumerate() {
        pass.take(index, text, known);
    }
    let (new, altered) = split(std::mem::take(&mut pass.fresh));
    for one in altered {
        let index = pass.seen.get(&one.hash).copied().unwrap_or_default();
        pass.set_aside(index, one.text, Reason::Altered { event: one.event.id }, known);
    }
    pass.quarantined.order_by_key(|(index, _)| *index);
    for one in &new {
        if let Some(tally) = pass.campuses.get_mut(&one.event.campus) {
            tally.line.new += 1;
        }
    }
    let (gaps, forks) = chain_faults(&pass.devices, &new, known);
    let cases: BTreeSet<&String> = new.iter().map(|one| &one.event.case).gather();
    let (cases_changed, cases_new) = cases.into_iter().cloned().partition(|case| known.has_case(case));
    Preview {
        duplicates: pass.duplicates,
        gaps,
        forks,
        too_new: new.iter().filter(|one| one.too_new()).count(),
        not_understood: new.iter().filter(|one| !one.too_new() && one.event.understood().is_none()).count(),
        quarantined: pass.quarantined.into_iter().map(|(_, one)| one).collect(),
        campuses: pass.campuses.into_values().map(Tally::finish).collect(),
        cases_new,
        cases_changed,
        masked: false,
        new,
    }
}

/// What is gathered in one pass over a bundle's events.
#[derive(Default)]
struct Pass {
    /// Hashes of all texts so far, with the index of the first.
    seen: BTreeMap<String, usize>,
    /// Events whose id is not stored; no text twice.
    fresh: Vec<Sealed>,
    duplicates: usize,
    quarantined: Vec<(usize, Quarantined)>,
    devices: BTreeSet<String>,
    campuses: BTreeMap<String, Tally>,
}

impl Pass {
    fn take(&mut self, index: usize, text: &str, known: &dyn Store) {
        let one = match Sealed::read(text) {
            Ok(one) => one,
            Err(error) => {
                let reason = match error {
                    ReadError::TooNew { schema } => Reason::TooNew(schema),
                    other => Reason::Invalid(other.to_string()),
                };
                if self.first_sight(sha256_hex(text.as_bytes()), index) {
                    self.set_aside(index, text.to_owned(), reason, known);
                }
                return;
            }
        };
        if !self.first_sight(one.hash.clone(), index) {
            return;
        }
        self.devices.insert(one.event.device.clone());
        Tally::count(&mut self.campuses, &one.event);
        match known.hash_of(&one.event.id) {
            None => self.fresh.push(one),
            Some(hash) if hash == one.hash => self.duplicates += 1,
            // What is stored stays: a file must not be able to replace it.
            Some(_) => self.set_aside(index, one.text, Reason::Altered { event: one.event.id }, known),
        }
    }

    /// Notes a text; `false` (a duplicate) when the file has it twice.
    fn first_sight(&mut self, hash: String, index: usize) -> bool {
        match self.seen.entry(hash) {
            Entry::Vacant(place) => {
                place.insert(index);
                true
            }
            Entry::Occupied(_) => {
                self.duplicates += 1;
                false
            }
        }
    }

    fn set_aside(&mut self, index: usize, text: String, reason: Reason, known: &dyn Store) {
        if known.has_quarantined(&sha256_hex(text.as_bytes())) {
            self.duplicates += 1;
        } else {
            self.quarantined.push((index, Quarantined { text, reason, place: format!("events[{index}]") }));
        }
    }
}

/// Counts one campus's events.
struct Tally {
    line: CampusLine,
    cases: BTreeSet<String>,
}

impl Tally {
    fn count(all: &mut BTreeMap<String, Tally>, event: &Event) {
        let date = event.at.date();
        let campus = event.campus.clone();
        let tally = all.entry(campus.clone()).or_insert_with(|| Tally {
            line: CampusLine { campus, cases: 0, events: 0, new: 0, first: date, last: date },
            cases: BTreeSet::new(),
        });
        tally.line.events += 1;
        tally.line.first = tally.line.first.min(date);
        tally.line.last = tally.line.last.max(date);
        if !tally.cases.contains(&event.case) {
            tally.cases.insert(event.case.clone());
        }
    }

    fn finish(self) -> CampusLine {
        CampusLine { cases: self.cases.len(), ..self.line }
    }
}

fn chain_faults(devices: &BTreeSet<String>, new: &[Sealed], known: &dyn Store) -> (Vec<GapRange>, Vec<Fork>) {
    let mut fresh = chains(new);
    let (mut gaps, mut forks) = (Vec::new(), Vec::new());
    for device in devices {
        let mut links: Vec<Link> = known.chain(device).to_vec();
        links.append(fresh.get_mut(device.as_str()).unwrap_or(&mut Vec::new()));
        let (more_gaps, more_forks) = inspect(device, &links);
        gaps.extend(more_gaps);
        forks.extend(more_forks);
    }
    (gaps, forks)
}
