//! The store against a real IndexedDB, in a headless browser.
//! Must not test what `core` and `bundle` test: only that it is on the disk, all or nothing, and told truthfully.
#![cfg(target_arch = "wasm32")]

mod import;
mod log;
mod small;
mod versions;

use std::cell::Cell;

use shouwen::store::{Appended, Store};
use shouwen_bundle::seal::Sealed;
use shouwen_core::case::{Actor, Body, Draft, Event, fold};
use shouwen_core::register::Summary;
use shouwen_core::time::{Civil, parse};
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// 2026-11-21 in UTC milliseconds, about.
const WALL: u64 = 1_795_000_000_000;

fn now() -> Civil {
    parse("2026-11-21T10:42:00").unwrap()
}

fn actor() -> Actor {
    Actor { name: "林老师".into(), role: "front_desk".into(), campus: "东校区".into() }
}

/// A name that no other test and no earlier run has used.
fn fresh_name() -> String {
    thread_local!(static COUNT: Cell<u32> = const { Cell::new(0) });
    let count = COUNT.replace(COUNT.get() + 1);
    format!("test-{}-{count}", shouwen::store::new_id())
}

fn opened(case: &str) -> Draft {
    let body = Body::Opened { number: format!("No {case}"), packs: Vec::new(), events: vec!["received".into()] };
    Draft { case: case.into(), at: now(), body, base: Vec::new() }
}

fn note(case: &str, text: &str) -> Draft {
    Draft { case: case.into(), at: now(), body: Body::Note { text: text.into() }, base: Vec::new() }
}

fn summarise(events: Vec<Event>) -> Option<Summary> {
    fold(events).map(|case| Summary::of(&case, &[]))
}

async fn append(store: &Store, drafts: &[Draft]) -> Appended {
    store.append(drafts, &actor(), now(), WALL, &summarise).await.unwrap()
}

/// The whole log.
async fn log_of(store: &Store) -> Vec<Sealed> {
    let mut texts = Vec::new();
    store.each_event(7, &mut |batch| texts.extend(batch)).await.unwrap();
    texts.iter().map(|text| Sealed::read(text).unwrap()).collect()
}

/// Chains without gaps and forks.
#[track_caller]
fn assert_sound(log: &[Sealed]) {
    let union = shouwen_bundle::merge::union(log, &[]);
    assert_eq!((union.gaps, union.forks, union.altered.len()), (Vec::new(), Vec::new(), 0));
}
