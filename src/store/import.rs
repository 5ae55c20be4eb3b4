//! Takes an examined bundle in, in one strict transaction.
//! Must not judge what is in it (`merge::examine` did, and a person agreed); must not overwrite an event.

use shouwen_core::order::Gather as _;
use shouwen_core::order::TryGather as _;
use std::collections::{BTreeMap, BTreeSet};

use indexed_db_futures::object_store::ObjectStore;
use shouwen_bundle::canonical::sha256_hex;
use shouwen_bundle::seal::{DeviceState, Sealed};
use shouwen_core::register::Summary;
use wasm_bindgen::prelude::*;

use super::log::{Summarise, device_in, json, read_events};
use super::schema::{
    BLOBS, BY_CASE, Blob, CASES, CONFIG, DEVICE, EVENTS, LEDGER, META, QUARANTINE, blob_row, event_row,
};
use super::{Answer, Store, idb, new_device, wall_ms};

/// What to take in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportBatch {
    pub events: Vec<Sealed>,
    pub blobs: Vec<Blob>,
    /// Texts to keep byte for byte.
    pub quarantined: Vec<String>,
    /// The ledger's row; written only when anything of the batch is new.
    pub ledger: String,
    /// Settings (packs, calendars, parameters) by key.
    pub config: Vec<(String, String)>,
}

/// What was new. All zero: the batch was here already and nothing was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportDone {
    pub events: u32,
    pub blobs: u32,
    pub quarantined: u32,
    pub config: u32,
    /// Ids of the cases that got events, sorted.
    pub cases: Vec<String>,
    /// New rows of these cases.
    pub summaries: Vec<Summary>,
    /// The file had events of this very device that were not here (a copied or restored profile): the device goes on
    /// under a new id, so that its chain does not fork.
    pub new_device: bool,
}

impl ImportDone {
    /// Nothing of the batch was new.
    pub fn is_no_op(&self) -> bool {
        self.events + self.blobs + self.quarantined + self.config == 0
    }
}

impl Store {
    /// Stores what of the batch is not here yet, with the register's rows of the cases concerned, in one strict
    /// transaction. What is here is asked inside it: importing again changes nothing, also when two tabs do it at
    /// once. A case that `summarise` has no answer for is stored without a row (foreign data must not stop us).
    pub async fn import(&self, batch: ImportBatch, summarise: Summarise<'_>) -> Answer<ImportDone> {
        let tx = idb::strict(self.db()?, &[EVENTS, CASES, META, BLOBS, QUARANTINE, LEDGER, CONFIG])?;
        let (events, cases, meta) = (tx.object_store(EVENTS)?, tx.object_store(CASES)?, tx.object_store(META)?);
        let (blobs, quarantine) = (tx.object_store(BLOBS)?, tx.object_store(QUARANTINE)?);
        let (ledger, config) = (tx.object_store(LEDGER)?, tx.object_store(CONFIG)?);

        let mut state = device_in(&meta).await?.unwrap_or_else(|| DeviceState::new(new_device()));
        let fresh = fresh_events(&events, batch.events).await?;
        let present = texts(idb::keys(&blobs).await?);
        let new_blobs: Vec<Blob> = unseen(batch.blobs, present, |one| one.sha256.clone());
        let present = texts(idb::keys(&quarantine).await?);
        let new_texts: Vec<String> = unseen(batch.quarantined, present, |text| sha256_hex(text.as_bytes()));
        let new_config = changed(&config, batch.config).await?;
        let logs = logs(&events, &fresh).await?;

        let mut done = ImportDone {
            events: fresh.len() as u32,
            blobs: new_blobs.len() as u32,
            quarantined: new_texts.len() as u32,
            config: new_config.len() as u32,
            cases: logs.keys().cloned().collect(),
            ..ImportDone::default()
        };
        if done.is_no_op() {
            return Ok(done);
        }
        let rows = summaries(logs, &fresh, summarise)?;
        state.witness(fresh.iter().map(|one| &one.event), wall_ms());
        if fresh.iter().any(|one| one.event.device == state.device) {
            state = DeviceState { hlc: state.hlc, ..DeviceState::new(new_device()) };
            done.new_device = true;
        }
        let state = json(&state)?;
        let event_rows: Vec<JsValue> = fresh.iter().map(event_row).collect();
        let blob_rows: Vec<JsValue> =
            new_blobs.iter().map(|one| blob_row(&one.sha256, &one.mime, &one.bytes)).collect();
        let quarantine_rows: Vec<(String, String)> =
            new_texts.into_iter().map(|text| (sha256_hex(text.as_bytes()), text)).collect();

        for row in event_rows {
            idb::add(&events, row)?;
        }
        for (case, row) in &rows {
            match row {
                Some((_, text)) => idb::put_text(&cases, case, text)?,
                None => idb::remove(&cases, case)?,
            }
        }
        for row in blob_rows {
            idb::put(&blobs, row)?;
        }
        for (key, text) in &quarantine_rows {
            idb::put_text(&quarantine, key, text)?;
        }
        for (key, text) in &new_config {
            idb::put_text(&config, key, text)?;
        }
        idb::put_text(&meta, DEVICE, &state)?;
        idb::put(&ledger, JsValue::from_str(&batch.ledger))?;
        idb::commit(tx).await?;
        done.summaries = rows.into_values().flatten().map(|(summary, _)| summary).collect();
        Ok(done)
    }
}

/// The events whose id is not stored; of several under one id the first.
async fn fresh_events(store: &ObjectStore<'_>, events: Vec<Sealed>) -> Answer<Vec<Sealed>> {
    let ids = || events.iter().map(|one| one.event.id.as_str());
    let (Some(from), Some(to)) = (ids().min(), ids().max()) else { return Ok(Vec::new()) };
    // Ids begin with their time, so the ids between the first and the last are few.
    let present = texts(idb::keys_between(store, from, to).await?);
    Ok(unseen(events, present, |one| one.event.id.clone()))
}

/// The stored log of every case that gets events. All requests are sent off before the first is awaited.
async fn logs(store: &ObjectStore<'_>, fresh: &[Sealed]) -> Answer<BTreeMap<String, Vec<JsValue>>> {
    let touched: BTreeSet<&String> = fresh.iter().map(|one| &one.event.case).gather();
    let index = store.index(BY_CASE)?;
    let mut pending = Vec::with_capacity(touched.len());
    for case in touched {
        pending.push((case.clone(), idb::matching(&index, case)?));
    }
    let mut logs = BTreeMap::new();
    for (case, rows) in pending {
        logs.insert(case, rows.await?);
    }
    Ok(logs)
}

/// A row of the register and its text; `None` where there is none to be had.
type CacheRow = Option<(Summary, String)>;

fn summaries(
    logs: BTreeMap<String, Vec<JsValue>>,
    fresh: &[Sealed],
    summarise: Summarise<'_>,
) -> Answer<BTreeMap<String, CacheRow>> {
    let mut added: BTreeMap<&str, Vec<&Sealed>> = BTreeMap::new();
    for one in fresh {
        added.entry(&one.event.case).or_default().push(one);
    }
    logs.into_iter()
        .map(|(case, rows)| {
            let mut log = read_events(rows)?;
            let news = added.get(case.as_str()).map(Vec::as_slice).unwrap_or_default();
            log.extend(news.iter().map(|one| one.event.clone()));
            let row = match summarise(log) {
                Some(summary) => json(&summary).map(|text| Some((summary, text)))?,
                None => None,
            };
            Ok((case, row))
        })
        .try_gather()
}

/// The settings whose text differs from what is stored.
async fn changed(store: &ObjectStore<'_>, wanted: Vec<(String, String)>) -> Answer<Vec<(String, String)>> {
    let mut changed = Vec::new();
    for (key, text) in wanted {
        let stored = idb::get(store, &key).await?.and_then(|value| value.as_string());
        if stored.as_ref() != Some(&text) {
            changed.push((key, text));
        }
    }
    Ok(changed)
}

/// The items whose key is not among `seen`, each key once.
fn unseen<T>(items: Vec<T>, mut seen: BTreeSet<String>, key: impl Fn(&T) -> String) -> Vec<T> {
    items.into_iter().filter(|item| seen.insert(key(item))).collect()
}

fn texts(keys: Vec<JsValue>) -> BTreeSet<String> {
    keys.iter().filter_map(JsValue::as_string).gather()
}
