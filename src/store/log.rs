//! Writing events and reading the log back.
//! Must not decide what an event says; must never change or remove a stored event.

use shouwen_core::order::Gather as _;
use std::collections::BTreeMap;

use indexed_db_futures::object_store::ObjectStore;
use serde::Serialize;
use shouwen_bundle::seal::{DeviceState, Sealed, seal};
use shouwen_bundle::upcast;
use shouwen_core::case::{Actor, Draft, Event};
use shouwen_core::clock::DUTIES;
use shouwen_core::register::Summary;
use shouwen_core::time::Civil;
use wasm_bindgen::prelude::*;

use super::schema::{BLOBS, BY_CASE, CASES, DEVICE, EVENTS, FINGERPRINT, META, QUARANTINE, event_row, plain, text_of};
use super::{Answer, Store, StoreError, idb, new_device, new_id};

/// What an append has stored. Empty when there was nothing to store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Appended {
    pub sealed: Vec<Sealed>,
    pub summary: Option<Summary>,
}

/// How many rows there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub events: u32,
    pub cases: u32,
    pub blobs: u32,
    pub quarantine: u32,
}

/// Computes the register's row from all events of one case.
pub type Summarise<'a> = &'a dyn Fn(Vec<Event>) -> Option<Summary>;

impl Store {
    /// Who this device is and where its chain ends. Made up on first use.
    pub async fn device(&self) -> Answer<DeviceState> {
        let db = self.db()?;
        let tx = idb::read(db, &[META])?;
        if let Some(state) = device_in(&tx.object_store(META)?).await? {
            return Ok(state);
        }
        drop(tx);
        let tx = idb::strict(db, &[META])?;
        let meta = tx.object_store(META)?;
        // Asked again: another tab may have been faster.
        let state = device_in(&meta).await?.unwrap_or_else(|| DeviceState::new(new_device()));
        idb::put_text(&meta, DEVICE, &json(&state)?)?;
        idb::commit(tx).await?;
        Ok(state)
    }

    /// Stores what a person did: seals the drafts (all of one case) into this device's chain and stores events,
    /// register row and device state in one strict transaction. When this resolves with `Ok`, it is on the disk.
    /// `now` is civil time, `wall_ms` UTC milliseconds. When `summarise` has no answer nothing is stored;
    /// the desk's own log of duties alone has no row.
    pub async fn append(
        &self,
        drafts: &[Draft],
        actor: &Actor,
        now: Civil,
        wall_ms: u64,
        summarise: Summarise<'_>,
    ) -> Answer<Appended> {
        let Some(first) = drafts.first() else { return Ok(Appended::default()) };
        let case = first.case.as_str();
        if drafts.iter().any(|draft| draft.case != case) {
            return Err(StoreError::broken("drafts of several cases in one append"));
        }
        let tx = idb::strict(self.db()?, &[EVENTS, CASES, META])?;
        let (events, cases, meta) = (tx.object_store(EVENTS)?, tx.object_store(CASES)?, tx.object_store(META)?);
        // Read inside the transaction: two tabs of one device must never use a number twice.
        let mut state = device_in(&meta).await?.unwrap_or_else(|| DeviceState::new(new_device()));
        let rows = idb::matching(&events.index(BY_CASE)?, case)?.await?;

        let mut log = read_events(rows)?;
        let sealed = seal(&mut state, drafts, actor, now, wall_ms, &mut new_id);
        log.extend(sealed.iter().map(|one| one.event.clone()));
        let summary = summarise(log);
        if summary.is_none() && !case.starts_with(DUTIES) {
            return Err(StoreError::broken(format!("no summary of case {case}")));
        }
        let row = summary.as_ref().map(json).transpose()?;
        let state = json(&state)?;
        let rows: Vec<JsValue> = sealed.iter().map(event_row).collect();

        for row in rows {
            idb::add(&events, row)?;
        }
        if let Some(row) = row {
            idb::put_text(&cases, case, &row)?;
        }
        idb::put_text(&meta, DEVICE, &state)?;
        idb::commit(tx).await?;
        Ok(Appended { sealed, summary })
    }

    /// The events of a case as stored, in the order of their ids.
    pub async fn case_texts(&self, case: &str) -> Answer<Vec<String>> {
        let tx = idb::read(self.db()?, &[EVENTS])?;
        let events = tx.object_store(EVENTS)?;
        let rows = idb::matching(&events.index(BY_CASE)?, case)?.await?;
        rows.into_iter().map(text_of).collect()
    }

    /// All rows of the register. `Broken` when the cache is of another form: compute it again from the log.
    pub async fn summaries(&self) -> Answer<Vec<Summary>> {
        let tx = idb::read(self.db()?, &[CASES])?;
        let rows = idb::all(&tx.object_store(CASES)?).await?;
        // One parse of one text: the parser is entered once, not once per row.
        let mut text = String::with_capacity(rows.len() * 1024 + 2);
        text.push('[');
        for (index, row) in rows.into_iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            text.push_str(&plain(row, CASES)?);
        }
        text.push(']');
        serde_json::from_str(&text).map_err(|error| StoreError::broken(format!("{CASES}: {error}")))
    }

    /// Hands the whole log over in batches, in the order of ids, as it was at one moment. The page can draw between
    /// two batches; writers wait until the end.
    pub async fn each_event(&self, batch: u32, f: &mut dyn FnMut(Vec<String>)) -> Answer<()> {
        let tx = idb::read(self.db()?, &[EVENTS])?;
        let events = tx.object_store(EVENTS)?;
        let mut after = String::new();
        loop {
            let rows = idb::page(&events, &after, batch.max(1)).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = super::schema::place_of(last.clone())?.id;
            f(rows.into_iter().map(text_of).collect::<Answer<_>>()?);
        }
    }

    /// How many rows there are, at one moment.
    pub async fn counts(&self) -> Answer<Counts> {
        let tx = idb::read(self.db()?, &[EVENTS, CASES, BLOBS, QUARANTINE])?;
        Ok(Counts {
            events: idb::count(&tx.object_store(EVENTS)?).await?,
            cases: idb::count(&tx.object_store(CASES)?).await?,
            blobs: idb::count(&tx.object_store(BLOBS)?).await?,
            quarantine: idb::count(&tx.object_store(QUARANTINE)?).await?,
        })
    }

    /// What the register's rows were computed with (build, packs, calendars); `None` before the first time.
    pub async fn cache_fingerprint(&self) -> Answer<Option<String>> {
        self.one_text(META, FINGERPRINT).await
    }

    /// Replaces the register by freshly computed rows. A row that another tab has written meanwhile from more events
    /// than ours stays; so does a case that has come since. Rows that this build cannot read go.
    pub async fn replace_cache(&self, rows: &[Summary], fingerprint: &str) -> Answer<()> {
        let texts: Vec<String> = rows.iter().map(json).collect::<Answer<_>>()?;
        let tx = idb::relaxed(self.db()?, &[CASES, META])?;
        let (cases, meta) = (tx.object_store(CASES)?, tx.object_store(META)?);
        let keys = idb::keys(&cases).await?;
        let present = idb::all(&cases).await?;
        let present: BTreeMap<String, u32> = keys
            .iter()
            .zip(present)
            .filter_map(|(key, value)| {
                let row: Summary = serde_json::from_str(&value.as_string()?).ok()?;
                Some((key.as_string()?, row.events))
            })
            .gather();

        for key in keys.iter().filter_map(JsValue::as_string) {
            if !present.contains_key(&key) {
                idb::remove(&cases, &key)?;
            }
        }
        for (row, text) in rows.iter().zip(&texts) {
            if present.get(&row.id).is_none_or(|events| *events <= row.events) {
                idb::put_text(&cases, &row.id, text)?;
            }
        }
        idb::put_text(&meta, FINGERPRINT, fingerprint)?;
        idb::commit(tx).await
    }
}

/// The device's state in `meta`.
pub(super) async fn device_in(meta: &ObjectStore<'_>) -> Answer<Option<DeviceState>> {
    let Some(value) = idb::get(meta, DEVICE).await? else { return Ok(None) };
    let text = plain(value, META)?;
    // Not replaced by a new one when unreadable: that would silently end the device's chain.
    serde_json::from_str(&text).map(Some).map_err(|error| StoreError::broken(format!("{META}/{DEVICE}: {error}")))
}

/// The events in rows of one case.
pub(super) fn read_events(rows: Vec<JsValue>) -> Answer<Vec<Event>> {
    rows.into_iter().map(|row| read_event(&text_of(row)?)).collect()
}

fn read_event(text: &str) -> Answer<Event> {
    serde_json::from_str(text)
        .and_then(|value| serde_json::from_value(upcast::event(value)))
        .map_err(|error| StoreError::broken(format!("{EVENTS}: {error}")))
}

/// Our own types as JSON.
pub(super) fn json<T: Serialize>(value: &T) -> Answer<String> {
    serde_json::to_string(value).map_err(|error| StoreError::broken(error.to_string()))
}
