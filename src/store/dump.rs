//! Reads a database of any version as one JSON text, for the screen "this data is of a newer version".
//! Must not rely on this build's schema and must not change anything.

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use wasm_bindgen::prelude::*;

use super::{Answer, StoreError, idb};

/// See [`Store::raw_dump`](super::Store::raw_dump).
pub(super) async fn raw_dump(name: &str) -> Answer<String> {
    let db = idb::open_as_is(name).await?;
    let dump = dump(&db, name).await;
    // Also after an error: an open connection would block the newer build.
    db.close();
    dump
}

async fn dump(db: &indexed_db_futures::database::Database, name: &str) -> Answer<String> {
    let names: Vec<String> = db.object_store_names().collect();
    let stores = js_sys::Object::new();
    if !names.is_empty() {
        let list: Vec<&str> = names.iter().map(String::as_str).collect();
        let tx = idb::read(db, &list)?;
        for one in &names {
            let store = tx.object_store(one)?;
            let keys = idb::keys(&store).await?;
            let values = idb::all(&store).await?;
            let rows: js_sys::Array =
                keys.iter().zip(&values).map(|(key, value)| object(&[("key", key), ("value", value)])).collect();
            set(&stores, one, &rows);
        }
    }
    let all = object(&[("name", &name.into()), ("version", &db.version().into()), ("stores", &stores)]);
    let mut encode = |_: js_sys::JsString, value: JsValue| Ok(Some(encoded(value)));
    js_sys::JSON::stringify_with_replacer_func(&all, &mut encode, None)
        .map(String::from)
        .map_err(|error| StoreError::of_js(&error))
}

/// Bytes as base64, everything else as it is.
fn encoded(value: JsValue) -> JsValue {
    let bytes = match value.dyn_into::<js_sys::Uint8Array>() {
        Ok(bytes) => bytes,
        Err(other) => match other.dyn_into::<js_sys::ArrayBuffer>() {
            Ok(buffer) => js_sys::Uint8Array::new(&buffer),
            Err(other) => return other,
        },
    };
    object(&[("base64", &BASE64.encode(bytes.to_vec()).into())])
}

fn object(pairs: &[(&str, &JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (key, value) in pairs {
        set(&object, key, value);
    }
    object.into()
}

fn set(object: &js_sys::Object, key: &str, value: &JsValue) {
    // Setting a property of an object that we have just made cannot fail.
    let _ = js_sys::Reflect::set(object, &key.into(), value);
}
