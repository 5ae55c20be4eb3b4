//! What examining a bundle has to know of the log: hashes, chains, cases, quarantined texts.
//! Must not hold event bodies.

use shouwen_core::order::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

use shouwen_bundle::merge::{self, Link};

use super::schema::{EVENTS, Place, QUARANTINE, place_of};
use super::{Answer, Store, idb};

/// Rows read at once; bounds memory, since the browser copies whole rows.
const PAGE: u32 = 2_000;

/// An index of what is stored, as it was at one moment. Give it to [`merge::examine`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    hashes: BTreeMap<String, String>,
    chains: BTreeMap<String, Vec<Link>>,
    cases: BTreeSet<String>,
    quarantine: BTreeSet<String>,
}

impl Stored {
    fn add(&mut self, place: Place) {
        let Place { id, case, device, seq, prev, hash } = place;
        self.hashes.insert(id.clone(), hash.clone());
        self.chains.entry(device).or_default().push(Link { seq, id, hash, prev });
        self.cases.insert(case);
    }
}

impl merge::Store for Stored {
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

impl Store {
    /// The index of the whole log. Reads columns only, not the events' texts.
    pub async fn known(&self) -> Answer<Stored> {
        let tx = idb::read(self.db()?, &[EVENTS, QUARANTINE])?;
        let (events, quarantine) = (tx.object_store(EVENTS)?, tx.object_store(QUARANTINE)?);
        let keys = idb::keys(&quarantine).await?;
        let mut stored =
            Stored { quarantine: keys.iter().filter_map(|key| key.as_string()).gather(), ..Stored::default() };
        let mut after = String::new();
        loop {
            let rows = idb::page(&events, &after, PAGE).await?;
            if rows.is_empty() {
                return Ok(stored);
            }
            for row in rows {
                let place = place_of(row)?;
                after.clone_from(&place.id);
                stored.add(place);
            }
        }
    }
}
