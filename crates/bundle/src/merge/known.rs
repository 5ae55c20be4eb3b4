//! What is already here: the view of the store that examining a bundle needs.
//! Must not hold event bodies.

use std::collections::{BTreeMap, BTreeSet};

use super::chain::Link;
use crate::canonical::sha256_hex;
use crate::seal::Sealed;

/// Asked while a bundle is examined.
pub trait Store {
    /// Hash of the stored event with this id.
    fn hash_of(&self, event: &str) -> Option<&str>;
    /// All stored links of a device's chain, in any order.
    fn chain(&self, device: &str) -> &[Link];
    fn has_case(&self, case: &str) -> bool;
    /// Whether a text with this SHA-256 is already in quarantine.
    fn has_quarantined(&self, sha256: &str) -> bool;
}

/// The store's index in memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    hashes: BTreeMap<String, String>,
    chains: BTreeMap<String, Vec<Link>>,
    cases: BTreeSet<String>,
    quarantine: BTreeSet<String>,
}

impl Known {
    /// An index of stored events and quarantined texts.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Sealed>, quarantine: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known = Self::default();
        events.into_iter().for_each(|one| known.add(one));
        quarantine.into_iter().for_each(|text| known.add_quarantined(text));
        known
    }

    /// Notes a stored event; the first of an id stays.
    pub fn add(&mut self, one: &Sealed) {
        if self.hashes.contains_key(&one.event.id) {
            return;
        }
        self.hashes.insert(one.event.id.clone(), one.hash.clone());
        self.chains.entry(one.event.device.clone()).or_default().push(Link::of(one));
        self.cases.insert(one.event.case.clone());
    }

    pub fn add_quarantined(&mut self, text: &str) {
        self.quarantine.insert(sha256_hex(text.as_bytes()));
    }
}

impl Store for Known {
    fn hash_of(&self, event: &str) -> Option<&str> {
        self.hashes.get(event).map(String::as_str)
    }

    fn chain(&self, device: &str) -> &[Link] {
        self.chains.get(device).map(Vec::as_slice).unwrap_or_default()
    }

    fn has_case(&self, case: &str) -> bool {
        self.cases.contains(case)
    }

    fn has_quarantined(&self, sha256: &str) -> bool {
        self.quarantine.contains(sha256)
    }
}
