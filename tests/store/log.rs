//! Appending and reading back.

use std::task::Poll;

use shouwen::store::{Counts, Store, StoreError};
use shouwen_bundle::merge::{Known, Store as _};
use shouwen_core::case::Draft;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

#[wasm_bindgen_test]
async fn what_was_appended_is_there_after_reopening() {
    let name = fresh_name();
    let store = Store::open(&name).await.unwrap();
    let first = append(&store, &[opened("c1"), note("c1", "孩子在走廊摔倒")]).await;
    let second = append(&store, &[note("c1", "已通知家长")]).await;
    append(&store, &[opened("c2")]).await;
    let device = store.device().await.unwrap();
    store.close();
    assert_eq!(store.counts().await, Err(StoreError::Outdated), "closed");

    let store = Store::open(&name).await.unwrap();
    let texts: Vec<String> = first.sealed.iter().chain(&second.sealed).map(|one| one.text.clone()).collect();
    assert_eq!(store.case_texts("c1").await.unwrap(), texts);
    assert_eq!(store.case_texts("c9").await.unwrap(), Vec::<String>::new());
    assert_eq!(store.device().await.unwrap(), device);
    assert_eq!(device.seq, 4);
    assert_eq!(store.counts().await.unwrap(), Counts { events: 4, cases: 2, blobs: 0, quarantine: 0 });
    let rows = store.summaries().await.unwrap();
    assert_eq!(rows.iter().map(|row| (row.id.as_str(), row.events)).collect::<Vec<_>>(), [("c1", 3), ("c2", 1)]);
    assert_eq!(Some(&rows[0]), second.summary.as_ref());
    assert_sound(&log_of(&store).await);
}

/// Many appends at the same time, each in a task of its own.
async fn hammer(stores: &[Store], rounds: u32) {
    let all = js_sys::Array::new();
    for round in 0..rounds {
        for (tab, store) in stores.iter().enumerate() {
            let store = store.clone();
            all.push(&future_to_promise(async move {
                let drafts: Vec<Draft> = (0..=round % 3).map(|n| note("c1", &format!("{tab} {round} {n}"))).collect();
                append(&store, &drafts).await;
                Ok(JsValue::NULL)
            }));
        }
    }
    JsFuture::from(js_sys::Promise::all(&all)).await.unwrap();
}

#[wasm_bindgen_test]
async fn two_tabs_share_one_chain() {
    let name = fresh_name();
    let stores = [Store::open(&name).await.unwrap(), Store::open(&name).await.unwrap()];
    hammer(&stores, 12).await;
    let log = log_of(&stores[0]).await;
    let mut numbers: Vec<u64> = log.iter().map(|one| one.event.seq).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=48).collect::<Vec<u64>>());
    assert!(log.iter().all(|one| one.event.device == log[0].event.device));
    assert_sound(&log);
    assert_eq!(stores[1].summaries().await.unwrap()[0].events, 48, "the row counts both tabs' events");
}

#[wasm_bindgen_test]
async fn two_tabs_make_up_one_device() {
    let name = fresh_name();
    let (a, b) = (Store::open(&name).await.unwrap(), Store::open(&name).await.unwrap());
    let ask = |store: Store| future_to_promise(async move { Ok(store.device().await.unwrap().device.into()) });
    let both = js_sys::Promise::all(&js_sys::Array::of2(&ask(a), &ask(b)));
    let both = js_sys::Array::from(&JsFuture::from(both).await.unwrap());
    assert_eq!(both.get(0).as_string(), both.get(1).as_string());
    assert!(both.get(0).as_string().is_some_and(|id| id.len() == 12));
}

#[wasm_bindgen_test]
async fn a_refused_append_leaves_nothing() {
    let store = Store::open(&fresh_name()).await.unwrap();
    append(&store, &[opened("c1")]).await;
    let before = (store.counts().await.unwrap(), store.device().await.unwrap(), store.summaries().await.unwrap());

    let no_summary = store.append(&[note("c1", "x"), note("c1", "y")], &actor(), now(), WALL, &|_| None).await;
    assert!(matches!(no_summary, Err(StoreError::Broken { .. })), "{no_summary:?}");
    let two_cases = store.append(&[note("c1", "x"), note("c2", "y")], &actor(), now(), WALL, &summarise).await;
    assert!(matches!(two_cases, Err(StoreError::Broken { .. })), "{two_cases:?}");
    assert!(append(&store, &[]).await.sealed.is_empty());

    let after = (store.counts().await.unwrap(), store.device().await.unwrap(), store.summaries().await.unwrap());
    assert_eq!(before, after);
    assert_eq!(append(&store, &[note("c1", "z")]).await.sealed[0].event.seq, 2, "no number was used up");
}

/// Stops an append after it has been polled so many times: dropped, as when a view is left, or (`crash`) never
/// touched again, as after a panic. `true`: it was done before.
async fn cut_off(store: &Store, polls: u32, crash: bool) -> bool {
    let drafts = [note("c1", "a"), note("c1", "b"), note("c1", "c")];
    let actor = actor();
    let mut append = Box::pin(store.append(&drafts, &actor, now(), WALL, &summarise));
    let mut left = polls;
    let finished = std::future::poll_fn(|context| {
        left -= 1;
        match append.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(done.is_ok()),
            Poll::Pending if left == 0 => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await;
    if crash {
        std::mem::forget(append);
    }
    finished
}

/// Every point at which an append waits is tried.
#[wasm_bindgen_test]
async fn an_append_that_is_cut_off_leaves_all_or_nothing() {
    for crash in [false, true] {
        let store = Store::open(&fresh_name()).await.unwrap();
        append(&store, &[opened("c1")]).await;
        let (mut nothing, mut all) = (0, 0);
        for polls in 1.. {
            let before = log_of(&store).await.len();
            let finished = cut_off(&store, polls, crash).await;
            let log = log_of(&store).await;
            match log.len() - before {
                0 => nothing += 1,
                3 => all += 1,
                part => panic!("{part} of 3 events after {polls} polls"),
            }
            assert_eq!(store.device().await.unwrap().seq, log.len() as u64);
            assert_eq!(store.summaries().await.unwrap()[0].events as usize, log.len());
            assert_sound(&log);
            if finished {
                break;
            }
        }
        assert!(nothing >= 2 && all >= 2, "{nothing} {all}: it waits for two reads and for the commit");
    }
}

#[wasm_bindgen_test]
async fn batches_cover_the_log_once_in_order() {
    let store = Store::open(&fresh_name()).await.unwrap();
    for case in ["c1", "c2", "c3"] {
        let drafts: Vec<Draft> = (0..5).map(|n| note(case, &n.to_string())).collect();
        append(&store, &drafts).await;
    }
    for (size, want) in [(0, vec![1; 15]), (1, vec![1; 15]), (4, vec![4, 4, 4, 3]), (5, vec![5; 3]), (100, vec![15])] {
        let (mut sizes, mut ids) = (Vec::new(), Vec::new());
        let mut take = |batch: Vec<String>| {
            sizes.push(batch.len());
            ids.extend(batch.iter().map(|text| Sealed::read(text).unwrap().event.id));
        };
        store.each_event(size, &mut take).await.unwrap();
        assert_eq!(sizes, want, "batches of {size}");
        assert!(ids.is_sorted_by(|a, b| a < b) && ids.len() == 15);
    }
}

#[wasm_bindgen_test]
async fn the_index_agrees_with_the_log() {
    let store = Store::open(&fresh_name()).await.unwrap();
    append(&store, &[opened("c1"), note("c1", "x")]).await;
    append(&store, &[opened("c2")]).await;
    let (log, index) = (log_of(&store).await, store.known().await.unwrap());
    let want = Known::of(&log, []);
    for one in &log {
        assert_eq!(index.hash_of(&one.event.id), Some(one.hash.as_str()));
        assert_eq!(index.chain(&one.event.device), want.chain(&one.event.device));
        assert!(index.has_case(&one.event.case));
    }
    assert!(index.hash_of("x").is_none() && index.chain("x").is_empty() && !index.has_case("x"));
}

#[wasm_bindgen_test]
async fn two_thousand_rows_are_read_back() {
    let store = Store::open(&fresh_name()).await.unwrap();
    let one = append(&store, &[opened("c"), note("c", "投诉内容")]).await.summary.unwrap();
    let headline = "家长反映孩子上课时被同学推倒，要求说明情况并退还剩余课时费。".repeat(3);
    let rows: Vec<Summary> = (0..2_000)
        .map(|n| Summary {
            id: format!("c{n:04}"),
            headline: headline.clone(),
            search: headline.clone(),
            ..one.clone()
        })
        .collect();
    store.replace_cache(&rows, "a").await.unwrap();
    let started = js_sys::Date::now();
    let mut back = store.summaries().await.unwrap();
    wasm_bindgen_test::console_log!("2,001 rows in {} ms", js_sys::Date::now() - started);
    back.retain(|row| row.id != "c");
    assert_eq!(back, rows);
}

#[wasm_bindgen_test]
async fn replacing_the_cache_keeps_what_is_newer() {
    let store = Store::open(&fresh_name()).await.unwrap();
    assert_eq!(store.cache_fingerprint().await.unwrap(), None);
    let old = append(&store, &[opened("c1")]).await.summary.unwrap();
    // Meanwhile another tab writes to this case and opens a second one.
    append(&store, &[note("c1", "x")]).await;
    append(&store, &[opened("c2")]).await;
    let gone = Summary { id: "c3".into(), ..old.clone() };
    store.replace_cache(&[Summary { headline: "old".into(), ..old }, gone], "f1").await.unwrap();
    let rows = store.summaries().await.unwrap();
    let got: Vec<_> = rows.iter().map(|row| (row.id.as_str(), row.events, row.headline.as_str())).collect();
    assert_eq!(got, [("c1", 2, ""), ("c2", 1, ""), ("c3", 1, "")]);
    assert_eq!(store.cache_fingerprint().await.unwrap().as_deref(), Some("f1"));

    let same = Summary { headline: "recomputed".into(), ..rows[0].clone() };
    store.replace_cache(&[same], "f2").await.unwrap();
    assert_eq!(store.summaries().await.unwrap()[0].headline, "recomputed");
    assert_eq!(store.cache_fingerprint().await.unwrap().as_deref(), Some("f2"));
}
