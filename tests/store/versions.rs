//! Older and newer builds, several tabs, deletion.

use std::cell::Cell;
use std::rc::Rc;

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use serde_json::Value;
use shouwen::store::{Store, StoreError, VERSION};
use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

#[wasm_bindgen_test]
async fn an_older_build_can_only_export() {
    let name = fresh_name();
    let newer = Store::open_version(&name, VERSION + 1).await.unwrap();
    let event = append(&newer, &[opened("c1")]).await.sealed.remove(0);
    newer.put_blob("ab", "image/png", &[0, 1, 255]).await.unwrap();
    newer.close();

    assert_eq!(Store::open(&name).await.err(), Some(StoreError::Newer));
    let dump: Value = serde_json::from_str(&Store::raw_dump(&name).await.unwrap()).unwrap();
    assert_eq!((&dump["name"], dump["version"].as_u64()), (&Value::from(name.as_str()), Some(u64::from(VERSION) + 1)));
    let row = &dump["stores"]["events"][0];
    assert_eq!((&row["key"], &row["value"]["text"]), (&Value::from(event.event.id), &Value::from(event.text)));
    assert_eq!(dump["stores"]["blobs"][0]["value"]["bytes"], serde_json::json!({"base64": "AAH/"}));
    assert_eq!(dump["stores"]["drafts"], Value::Array(Vec::new()));
    // Reading did not take the database over, nor hold on to it.
    Store::open_version(&name, VERSION + 2).await.unwrap();
}

#[wasm_bindgen_test]
async fn dumping_does_not_create_a_database() {
    let name = fresh_name();
    let dump = Store::raw_dump(&name).await;
    assert!(matches!(dump, Err(StoreError::Broken { .. } | StoreError::Refused { .. })), "{dump:?}");
    let store = Store::open(&name).await.unwrap();
    append(&store, &[opened("c1")]).await;
}

/// Counts how often it was called.
fn bell(store: &Store) -> Rc<Cell<u32>> {
    let rung = Rc::new(Cell::new(0));
    let count = rung.clone();
    store.on_outdated(Box::new(move || count.set(count.get() + 1)));
    rung
}

#[wasm_bindgen_test]
async fn a_tab_lets_go_for_a_newer_build() {
    let name = fresh_name();
    let old = Store::open(&name).await.unwrap();
    let twin = old.clone();
    append(&old, &[opened("c1")]).await;
    let rung = bell(&old);
    let newer = Store::open_version(&name, VERSION + 1).await.unwrap();
    assert_eq!(rung.get(), 1);
    for store in [&old, &twin] {
        let refused = store.append(&[note("c1", "x")], &actor(), now(), WALL, &summarise).await;
        assert_eq!(refused.err(), Some(StoreError::Outdated));
        assert_eq!(store.summaries().await.err(), Some(StoreError::Outdated));
    }
    assert_eq!(bell(&old).get(), 1, "told at once when it is already so");
    assert_eq!(log_of(&newer).await.len(), 1);
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_let_go_blocks() {
    let name = fresh_name();
    // An old tab that has stopped answering: no handler for `versionchange`.
    let frozen = Database::open(name.as_str())
        .with_version(1_u32)
        .with_on_upgrade_needed(|_, db| {
            for store in ["events", "cases", "blobs", "drafts", "ledger", "quarantine", "meta", "config"] {
                db.create_object_store(store).build()?;
            }
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(Store::open_version(&name, 2).await.err(), Some(StoreError::Blocked));
    frozen.close();
    // The upgrade that was waiting runs now and is closed again; nobody is locked out.
    let store = Store::open_version(&name, 2).await.unwrap();
    store.set_config("key", "text").await.unwrap();
}

#[wasm_bindgen_test]
async fn deleting_is_blocked_until_everybody_lets_go() {
    let name = fresh_name();
    drop(Store::open(&name).await.unwrap());
    let frozen = Database::open(name.as_str()).await.unwrap();
    assert_eq!(Store::destroy(&name).await, Err(StoreError::Blocked));
    frozen.close();
    assert_eq!(Store::destroy(&name).await, Ok(()));
}

#[wasm_bindgen_test]
async fn destroying_removes_everything_and_tells_open_tabs() {
    let name = fresh_name();
    let store = Store::open(&name).await.unwrap();
    append(&store, &[opened("c1")]).await;
    let device = store.device().await.unwrap();
    let rung = bell(&store);
    Store::destroy(&name).await.unwrap();
    assert_eq!((rung.get(), store.counts().await.err()), (1, Some(StoreError::Outdated)));
    Store::destroy(&name).await.unwrap();

    let store = Store::open(&name).await.unwrap();
    assert_eq!(store.counts().await.unwrap().events, 0);
    assert_ne!(store.device().await.unwrap().device, device.device);
}

#[wasm_bindgen_test]
async fn a_database_of_another_shape_is_refused() {
    let name = fresh_name();
    let strange =
        Database::open(name.as_str()).with_version(VERSION).with_on_upgrade_needed(|_, _| Ok(())).await.unwrap();
    strange.close();
    let opened = Store::open(&name).await.err();
    assert!(matches!(&opened, Some(StoreError::Broken { what }) if what.contains("events")), "{opened:?}");
}
