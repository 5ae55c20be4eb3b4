//! The shape of the database: object stores, keys, rows, and how older shapes become newer ones.
//! Must not hold logic of reading and writing; must not change what an earlier version's step did.

use indexed_db_futures::KeyPath;
use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use shouwen_bundle::seal::Sealed;
use wasm_bindgen::prelude::*;

use super::StoreError;

/// The version of the database that this build reads and writes.
pub const VERSION: u32 = 1;

/// The log. Key: event id. Never overwritten, never deleted.
pub(super) const EVENTS: &str = "events";
/// Rows of the register as JSON, by case id. A cache.
pub(super) const CASES: &str = "cases";
/// Attachments by their SHA-256.
pub(super) const BLOBS: &str = "blobs";
/// Unfinished forms, by form id.
pub(super) const DRAFTS: &str = "drafts";
/// Imports and exports, oldest first.
pub(super) const LEDGER: &str = "ledger";
/// Texts that could not be taken in, by the SHA-256 of the text.
pub(super) const QUARANTINE: &str = "quarantine";
/// The device's state and the cache's fingerprint.
pub(super) const META: &str = "meta";
/// Packs, calendars, parameters.
pub(super) const CONFIG: &str = "config";

/// All object stores of this version.
pub(super) const ALL: [&str; 8] = [EVENTS, CASES, BLOBS, DRAFTS, LEDGER, QUARANTINE, META, CONFIG];

/// Index of `events` by case.
pub(super) const BY_CASE: &str = "by_case";
/// Index of `events` by device and number. Not unique: a forked chain has two events in one place.
pub(super) const BY_DEVICE: &str = "by_device";

/// Key in `meta`: the device's state.
pub(super) const DEVICE: &str = "device";
/// Key in `meta`: what the cache was computed with.
pub(super) const FINGERPRINT: &str = "fingerprint";

/// Brings a database of version `old` (0: a new one) to this version, inside the upgrade's transaction.
pub(super) fn upgrade(db: &Database, old: u32) -> indexed_db_futures::Result<()> {
    if old < 1 {
        first(db)?;
    }
    Ok(())
}

fn first(db: &Database) -> indexed_db_futures::Result<()> {
    let events = db.create_object_store(EVENTS).with_key_path(KeyPath::One("id")).build()?;
    events.create_index(BY_CASE, KeyPath::One("case")).build()?;
    events.create_index(BY_DEVICE, ["device", "seq"].into_iter().collect::<KeyPath<&str>>()).build()?;
    db.create_object_store(BLOBS).with_key_path(KeyPath::One("sha256")).build()?;
    db.create_object_store(LEDGER).with_auto_increment(true).build()?;
    for name in [CASES, DRAFTS, QUARANTINE, META, CONFIG] {
        db.create_object_store(name).build()?;
    }
    Ok(())
}

#[wasm_bindgen]
extern "C" {
    /// A row of `events` or `blobs`, as plain JavaScript objects. Getters give `undefined` for what is not there.
    #[wasm_bindgen(extends = js_sys::Object)]
    pub(super) type Row;

    #[wasm_bindgen(method, structural, getter)]
    fn id(this: &Row) -> JsValue;
    #[wasm_bindgen(method, structural, setter)]
    fn set_id(this: &Row, value: &str);
    #[wasm_bindgen(method, structural, getter)]
    fn case(this: &Row) -> JsValue;
    #[wasm_bindgen(method, structural, setter)]
    fn set_case(this: &Row, value: &str);
    #[wasm_bindgen(method, structural, getter)]
    fn device(this: &Row) -> JsValue;
    #[wasm_bindgen(method, structural, setter)]
    fn set_device(this: &Row, value: &str);
    #[wasm_bindgen(method, structural, getter)]
    fn seq(this: &Row) -> JsValue;
    #[wasm_bindgen(method, structural, setter)]
    fn set_seq(this: &Row, value: f64);
    #[wasm_bindgen(method, structural, getter)]
    fn prev(this: &Row) -> JsValue;
    #[wasm_bindgen(method, structural, setter)]
    fn set_prev(this: &Row, value: &str);
    #[wasm_bindgen(method, structural, getter)]
    fn hash(this: &Row) -> JsValue;
    #[wasm_bindgen(method, structural, setter)]
    fn set_hash(this: &Row, value: &str);
    #[wasm_bindgen(method, structural, getter)]
    fn text(this: &Row) -> JsValue;
    #[wasm_bindgen(method, structural, setter)]
    fn set_text(this: &Row, value: &str);
    #[wasm_bindgen(method, structural, getter)]
    fn sha256(this: &Row) -> JsValue;
    #[wasm_bindgen(method, structural, setter)]
    fn set_sha256(this: &Row, value: &str);
    #[wasm_bindgen(method, structural, getter)]
    fn mime(this: &Row) -> JsValue;
    #[wasm_bindgen(method, structural, setter)]
    fn set_mime(this: &Row, value: &str);
    #[wasm_bindgen(method, structural, setter)]
    fn set_size(this: &Row, value: f64);
    #[wasm_bindgen(method, structural, getter)]
    fn bytes(this: &Row) -> JsValue;
    #[wasm_bindgen(method, structural, setter)]
    fn set_bytes(this: &Row, value: &js_sys::Uint8Array);
}

/// An attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// Of `bytes`, lower-case hexadecimal.
    pub sha256: String,
    pub mime: String,
    pub bytes: Vec<u8>,
}

/// The columns of an event's row without its text: what comparing logs needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub id: String,
    pub case: String,
    pub device: String,
    pub seq: u64,
    pub prev: String,
    pub hash: String,
}

/// The row of an event.
pub(super) fn event_row(one: &Sealed) -> JsValue {
    let row: Row = js_sys::Object::new().unchecked_into();
    row.set_id(&one.event.id);
    row.set_case(&one.event.case);
    row.set_device(&one.event.device);
    // Exact: `seal` refuses numbers above JavaScript's largest exact integer.
    row.set_seq(one.event.seq as f64);
    row.set_prev(&one.event.prev);
    row.set_hash(&one.hash);
    row.set_text(&one.text);
    row.into()
}

/// The row of an attachment.
pub(super) fn blob_row(sha256: &str, mime: &str, bytes: &[u8]) -> JsValue {
    let row: Row = js_sys::Object::new().unchecked_into();
    row.set_sha256(sha256);
    row.set_mime(mime);
    row.set_size(bytes.len() as f64);
    row.set_bytes(&js_sys::Uint8Array::from(bytes));
    row.into()
}

/// The text of an event's row.
pub(super) fn text_of(row: JsValue) -> Result<String, StoreError> {
    let row = object(row, EVENTS)?;
    row.text().as_string().ok_or_else(|| misfit(EVENTS, &row.id()))
}

/// The columns of an event's row.
pub(super) fn place_of(row: JsValue) -> Result<Place, StoreError> {
    let row = object(row, EVENTS)?;
    let place = || {
        Some(Place {
            id: row.id().as_string()?,
            case: row.case().as_string()?,
            device: row.device().as_string()?,
            seq: row.seq().as_f64()? as u64,
            prev: row.prev().as_string()?,
            hash: row.hash().as_string()?,
        })
    };
    place().ok_or_else(|| misfit(EVENTS, &row.id()))
}

/// An attachment from its row.
pub(super) fn blob_of(row: JsValue) -> Result<Blob, StoreError> {
    let row = object(row, BLOBS)?;
    let blob = || {
        Some(Blob {
            sha256: row.sha256().as_string()?,
            mime: row.mime().as_string()?,
            bytes: row.bytes().dyn_into::<js_sys::Uint8Array>().ok()?.to_vec(),
        })
    };
    blob().ok_or_else(|| misfit(BLOBS, &row.sha256()))
}

/// A plain text of one of the other stores.
pub(super) fn plain(value: JsValue, store: &str) -> Result<String, StoreError> {
    value.as_string().ok_or_else(|| misfit(store, &JsValue::NULL))
}

fn object(value: JsValue, store: &str) -> Result<Row, StoreError> {
    // Getters on `null` or `undefined` throw; on anything else they answer.
    if value.is_object() { Ok(value.unchecked_into()) } else { Err(misfit(store, &JsValue::NULL)) }
}

fn misfit(store: &str, key: &JsValue) -> StoreError {
    StoreError::broken(format!("{store}/{}", key.as_string().unwrap_or_default()))
}
