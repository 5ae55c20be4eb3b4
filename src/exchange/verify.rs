//! Walks over the whole log and checks it: every entry readable, unchanged since it was stored, and following the one
//! before it. Must not change or judge entries; it reports.

use std::collections::BTreeMap;

use shouwen_bundle::merge::{Fork, GapRange, Link, Store as _, inspect};
use shouwen_bundle::seal::Sealed;

use super::{BATCH, Progress};
use crate::state::App;
use crate::store::StoreError;

/// The check's result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    pub events: u32,
    pub devices: usize,
    /// Texts that this build cannot read: the reason and how often.
    pub unreadable: BTreeMap<String, u64>,
    /// Ids of entries whose text is not what was stored.
    pub altered: Vec<String>,
    pub gaps: Vec<GapRange>,
    pub forks: Vec<Fork>,
    /// Attachments whose bytes are not what their name says.
    pub bad_blobs: Vec<String>,
    pub blobs: u32,
}

impl Verdict {
    /// Nothing was found. Gaps are not damage: their entries were never here.
    pub fn is_sound(&self) -> bool {
        self.unreadable.is_empty() && self.altered.is_empty() && self.forks.is_empty() && self.bad_blobs.is_empty()
    }
}

/// Checks events, chains and attachments.
pub async fn verify(app: App, progress: Progress<'_>) -> Result<Verdict, StoreError> {
    let store = app.store();
    let names = store.blob_ids().await?;
    let total = store.counts().await?.events + names.len() as u32;
    let known = store.known().await?;
    let mut verdict = Verdict::default();
    let mut chains: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    store
        .each_event(BATCH, &mut |texts| {
            for text in texts {
                verdict.events += 1;
                match Sealed::read(&text) {
                    Ok(one) => {
                        // A row written since the index was read is not in it; its chain is checked all the same.
                        if known.hash_of(&one.event.id).is_some_and(|hash| hash != one.hash) {
                            verdict.altered.push(one.event.id.clone());
                        }
                        chains.entry(one.event.device.clone()).or_default().push(Link::of(&one));
                    }
                    Err(error) => *verdict.unreadable.entry(error.to_string()).or_default() += 1,
                }
            }
            progress(verdict.events, total);
        })
        .await?;
    for (device, links) in &chains {
        let (gaps, forks) = inspect(device, links);
        verdict.gaps.extend(gaps);
        verdict.forks.extend(forks);
    }
    verdict.devices = chains.len();
    for name in names {
        verdict.blobs += 1;
        progress(verdict.events + verdict.blobs, total);
        let bytes = store.blob(&name).await?.map(|blob| blob.bytes).unwrap_or_default();
        if shouwen_bundle::canonical::sha256_hex(&bytes) != name {
            verdict.bad_blobs.push(name);
        }
    }
    Ok(verdict)
}
