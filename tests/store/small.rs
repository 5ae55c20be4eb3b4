//! Attachments, forms, settings, preferences, tabs; rows that are not as we wrote them.

use std::cell::RefCell;
use std::rc::Rc;

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionMode;
use shouwen::store::{Blob, Store, StoreError, health, prefs, tabs::Tabs};
use shouwen_bundle::canonical::sha256_hex;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

/// Lets the browser do something else for a while.
async fn pause(ms: i32) {
    let wait = js_sys::Promise::new(&mut |resolve, _| {
        web_sys::window().unwrap().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms).unwrap();
    });
    JsFuture::from(wait).await.unwrap();
}

#[wasm_bindgen_test]
async fn blobs_come_back_byte_for_byte() {
    let name = fresh_name();
    let store = Store::open(&name).await.unwrap();
    let big: Vec<u8> = (0..1_048_576_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut ids = Vec::new();
    for (mime, bytes) in [("image/jpeg", big.as_slice()), ("text/plain", b"a"), ("", b"")] {
        let sha256 = sha256_hex(bytes);
        store.put_blob(&sha256, mime, bytes).await.unwrap();
        store.put_blob(&sha256, mime, bytes).await.unwrap();
        ids.push(sha256);
    }
    store.close();
    let store = Store::open(&name).await.unwrap();
    let want = Blob { sha256: ids[0].clone(), mime: "image/jpeg".into(), bytes: big };
    assert_eq!(store.blob(&ids[0]).await.unwrap(), Some(want));
    assert_eq!(store.blob(&ids[2]).await.unwrap().map(|one| one.bytes.len()), Some(0));
    assert_eq!(store.blob("0").await.unwrap(), None);
    ids.sort_unstable();
    assert_eq!(store.blob_ids().await.unwrap(), ids);
}

#[wasm_bindgen_test]
async fn texts_are_kept_under_their_keys() {
    let name = fresh_name();
    let store = Store::open(&name).await.unwrap();
    store.save_draft("new", "一").await.unwrap();
    store.save_draft("new", "二\u{1F600}").await.unwrap();
    store.save_draft("case", "").await.unwrap();
    store.drop_draft("case").await.unwrap();
    store.drop_draft("never").await.unwrap();
    for row in ["b", "a", "c"] {
        store.add_ledger(row).await.unwrap();
    }
    for (key, text) in [("z", "1"), ("a", "2"), ("z", "3"), ("gone", "4")] {
        store.set_config(key, text).await.unwrap();
    }
    store.drop_config("gone").await.unwrap();
    store.close();

    let store = Store::open(&name).await.unwrap();
    assert_eq!(store.draft("new").await.unwrap().as_deref(), Some("二\u{1F600}"));
    assert_eq!(store.draft("case").await.unwrap(), None);
    assert_eq!(store.ledger().await.unwrap(), ["b", "a", "c"], "oldest first");
    assert_eq!(store.config("z").await.unwrap().as_deref(), Some("3"));
    assert_eq!(store.config("gone").await.unwrap(), None);
    let all: Vec<(String, String)> = [("a", "2"), ("z", "3")].map(|(key, text)| (key.into(), text.into())).into();
    assert_eq!(store.all_config().await.unwrap(), all);
    assert!(store.quarantine().await.unwrap().is_empty());
}

/// Puts something of another shape into the database behind the store's back.
async fn spoil(name: &str, place: &str, key: Option<&str>, value: JsValue) {
    let db = Database::open(name).await.unwrap();
    let tx = db.transaction(place).with_mode(TransactionMode::Readwrite).build().unwrap();
    let store = tx.object_store(place).unwrap();
    match key {
        Some(key) => {
            store.put(value).with_key(JsValue::from_str(key)).without_key_type().primitive().unwrap().await.unwrap()
        }
        None => store.put(value).primitive().unwrap().await.unwrap(),
    }
    tx.commit().await.unwrap();
    db.close();
}

#[wasm_bindgen_test]
async fn a_spoilt_cache_is_reported_and_can_be_replaced() {
    for value in [JsValue::from_str("{\"id\":7}"), JsValue::from_f64(7.0), JsValue::NULL] {
        let name = fresh_name();
        let store = Store::open(&name).await.unwrap();
        let row = append(&store, &[opened("c1")]).await.summary.unwrap();
        spoil(&name, "cases", Some("bad"), value).await;
        let got = store.summaries().await;
        assert!(matches!(&got, Err(StoreError::Broken { what }) if what.starts_with("cases")), "{got:?}");
        store.replace_cache(std::slice::from_ref(&row), "f").await.unwrap();
        assert_eq!(store.summaries().await.unwrap(), [row]);
    }
}

#[wasm_bindgen_test]
async fn a_spoilt_row_is_named() {
    let name = fresh_name();
    let store = Store::open(&name).await.unwrap();
    append(&store, &[opened("c1")]).await;
    let row = js_sys::JSON::parse(r#"{"id":"e1","case":"c1","device":"d","seq":1,"text":5}"#).unwrap();
    spoil(&name, "events", None, row).await;
    let want = Err(StoreError::Broken { what: "events/e1".into() });
    assert_eq!(store.case_texts("c1").await, want);
    assert_eq!(store.known().await.map(drop), want.clone().map(drop));
    let refused = store.append(&[note("c1", "x")], &actor(), now(), WALL, &summarise).await;
    assert_eq!(refused.map(drop), want.map(drop));
    assert_eq!(store.counts().await.unwrap().events, 2, "nothing was added");

    spoil(&name, "meta", Some("device"), "{}".into()).await;
    let device = store.device().await;
    assert!(matches!(&device, Err(StoreError::Broken { what }) if what.starts_with("meta/device")), "{device:?}");
}

#[wasm_bindgen_test]
async fn tabs_hear_each_other_but_not_themselves() {
    let name = fresh_name();
    let (a, b, other) = (Tabs::new(&name), Tabs::new(&name), Tabs::new(&fresh_name()));
    let heard: Rc<RefCell<Vec<String>>> = Rc::default();
    for (who, tabs) in [("a", &a), ("b", &b), ("other", &other)] {
        let heard = heard.clone();
        tabs.listen(Box::new(move |case| heard.borrow_mut().push(format!("{who} {case}"))));
    }
    a.announce("c1");
    b.announce("c2");
    for _ in 0..50 {
        pause(10).await;
        if heard.borrow().len() >= 2 {
            break;
        }
    }
    pause(50).await;
    let mut got = heard.take();
    got.sort_unstable();
    assert_eq!(got, ["a c2", "b c1"]);
    drop(b);
    a.announce("c3");
    pause(50).await;
    assert!(heard.borrow().is_empty());
}

#[wasm_bindgen_test]
fn preferences_are_kept_and_nonsense_is_ignored() {
    prefs::remove("lang");
    assert_eq!(prefs::get("lang"), None);
    assert!(prefs::set("lang", "en"));
    assert_eq!(prefs::get("lang").as_deref(), Some("en"));
    let raw = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    raw.set_item("shouwen.lang", "{nonsense").unwrap();
    assert_eq!(prefs::get("lang"), None);
    prefs::remove("lang");
    assert_eq!(raw.get_item("shouwen.lang").unwrap(), None);
}

#[wasm_bindgen_test]
async fn the_browser_says_how_much_room_there_is() {
    let health = health::read().await;
    assert!(health.quota > health.usage && health.persisted.is_some(), "{health:?}");
}
