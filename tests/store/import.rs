//! Taking bundles in.

use shouwen::store::{Blob, Counts, ImportBatch, ImportDone, Store};
use shouwen_bundle::merge::Store as _;
use shouwen_bundle::{canonical::sha256_hex, seal};
use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

/// What another device has written.
async fn foreign(drafts: &[&[Draft]]) -> Vec<Sealed> {
    let store = Store::open(&fresh_name()).await.unwrap();
    for drafts in drafts {
        append(&store, drafts).await;
    }
    log_of(&store).await
}

fn batch(events: &[Sealed]) -> ImportBatch {
    ImportBatch { events: events.to_vec(), ledger: "imported".into(), ..ImportBatch::default() }
}

async fn import(store: &Store, batch: ImportBatch) -> ImportDone {
    store.import(batch, &summarise).await.unwrap()
}

#[wasm_bindgen_test]
async fn importing_twice_changes_nothing() {
    let store = Store::open(&fresh_name()).await.unwrap();
    let events = foreign(&[&[opened("f1"), note("f1", "x")], &[opened("f2")]]).await;
    let whole = ImportBatch {
        blobs: vec![Blob { sha256: sha256_hex(b"1"), mime: "image/png".into(), bytes: b"1".to_vec() }],
        quarantined: vec!["{\"odd\":1}".into(), "not even JSON".into(), "{\"odd\":1}".into()],
        config: vec![("pack:a".into(), "{}".into())],
        // Twice in the file.
        events: events.iter().chain(&events).cloned().collect(),
        ..batch(&[])
    };
    let whole = ImportBatch { ledger: "row".into(), ..whole };
    let done = import(&store, whole.clone()).await;
    assert_eq!((done.events, done.blobs, done.quarantined, done.config), (3, 1, 2, 1));
    assert_eq!(done.cases, ["f1", "f2"]);
    assert!(!done.new_device);
    assert_eq!(done.summaries, store.summaries().await.unwrap());
    let (counts, device) = (store.counts().await.unwrap(), store.device().await.unwrap());
    assert_eq!(counts, Counts { events: 3, cases: 2, blobs: 1, quarantine: 2 });

    let again = import(&store, whole).await;
    assert!(again.is_no_op() && again.cases.is_empty() && again.summaries.is_empty(), "{again:?}");
    assert_eq!((store.counts().await.unwrap(), store.device().await.unwrap()), (counts, device));
    assert_eq!(store.ledger().await.unwrap(), ["row"]);
    assert_eq!(log_of(&store).await, events);
    let index = store.known().await.unwrap();
    for text in store.quarantine().await.unwrap() {
        assert!(index.has_quarantined(&sha256_hex(text.as_bytes())));
    }
    assert_eq!(store.all_config().await.unwrap(), [("pack:a".to_owned(), "{}".to_owned())]);
}

#[wasm_bindgen_test]
async fn an_import_brings_rows_up_to_date() {
    let store = Store::open(&fresh_name()).await.unwrap();
    append(&store, &[opened("c1"), note("c1", "ours")]).await;
    append(&store, &[opened("c2")]).await;
    let events = foreign(&[&[note("c1", "theirs"), note("c1", "again")], &[opened("c3")]]).await;
    let part = import(&store, batch(&events[..1])).await;
    assert_eq!((part.events, part.cases.as_slice()), (1, ["c1".to_owned()].as_slice()));
    let rest = import(&store, batch(&events)).await;
    assert_eq!((rest.events, rest.cases.len()), (2, 2));
    let rows: Vec<(String, u32)> =
        store.summaries().await.unwrap().into_iter().map(|row| (row.id, row.events)).collect();
    assert_eq!(rows, [("c1".to_owned(), 4), ("c2".to_owned(), 1), ("c3".to_owned(), 1)]);
    assert_sound(&log_of(&store).await);
}

#[wasm_bindgen_test]
async fn a_stored_event_is_never_replaced() {
    let store = Store::open(&fresh_name()).await.unwrap();
    let ours = append(&store, &[opened("c1"), note("c1", "true")]).await.sealed;
    let changed = Sealed::read(&ours[1].text.replace("true", "false")).unwrap();
    let done = import(&store, batch(&[changed])).await;
    assert!(done.is_no_op());
    assert_eq!(log_of(&store).await, ours);
}

#[wasm_bindgen_test]
async fn what_is_written_after_an_import_sorts_after_it() {
    let store = Store::open(&fresh_name()).await.unwrap();
    append(&store, &[opened("c1")]).await;
    let ahead = js_sys::Date::now() as u64 + 3_600_000;
    let mut other = seal::DeviceState::new("other");
    let mut id = shouwen::store::new_id;
    let theirs = seal::seal(&mut other, &[note("c1", "x")], &actor(), now(), ahead, &mut id);
    import(&store, batch(&theirs)).await;
    let ours = append(&store, &[note("c1", "y")]).await;
    assert!(ours.sealed[0].event.hlc > theirs[0].event.hlc);
}

/// A profile that was restored from a copy meets its own later events again.
#[wasm_bindgen_test]
async fn a_restored_device_goes_on_under_a_new_id() {
    let store = Store::open(&fresh_name()).await.unwrap();
    append(&store, &[opened("c1")]).await;
    let mut lost = store.device().await.unwrap();
    let old = lost.device.clone();
    let mut id = shouwen::store::new_id;
    let later = seal::seal(&mut lost, &[note("c1", "lost"), note("c1", "too")], &actor(), now(), WALL, &mut id);
    assert!(import(&store, batch(&later)).await.new_device);
    assert_ne!(store.device().await.unwrap().device, old);
    let next = append(&store, &[note("c1", "goes on")]).await;
    assert_eq!((next.sealed[0].event.seq, next.sealed[0].event.prev.as_str()), (1, ""));
    let log = log_of(&store).await;
    assert_eq!(log.len(), 4);
    assert_sound(&log);
    assert!(!import(&store, batch(&later)).await.new_device, "nothing new, nothing changes");
}

#[wasm_bindgen_test]
async fn a_case_without_a_row_is_stored_all_the_same() {
    let store = Store::open(&fresh_name()).await.unwrap();
    let events = foreign(&[&[opened("f1")]]).await;
    let done = store.import(batch(&events), &|_| None).await.unwrap();
    assert_eq!((done.events, done.summaries.len()), (1, 0));
    assert_eq!(store.counts().await.unwrap(), Counts { events: 1, ..Counts::default() });
}
