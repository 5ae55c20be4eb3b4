//! The demonstration: invented cases in a database of their own, as old or young as the present time wants them.
//! Must not touch the real database, and must not invent anything itself: `shouwen_core::demo` does.

use std::collections::BTreeMap;
use std::sync::Arc;

use shouwen_bundle::demo::seal_all;
use shouwen_core::case::Actor;
use shouwen_core::demo::{Plan, generate};
use shouwen_core::pack::Pack;
use shouwen_core::register::Summary;

use super::{LedgerRow, Library, now};
use crate::store::{ImportBatch, Store, StoreError};

/// Enough for every kind of fate, few enough to look through.
const CASES: usize = 24;
/// This one has overdue, due-today and conflicting cases at every hour of the week; any other works too.
const SEED: u64 = 15;
/// Campuses beside headquarters.
const CAMPUSES: usize = 2;

/// Fills the demonstration's database, in one transaction. Does nothing when there are events already.
///
/// # Errors
/// Those of the store; `Broken` when the stories of this build cannot be read.
pub async fn fill_demo(store: &Store, library: &Library) -> Result<(), StoreError> {
    if store.counts().await?.events > 0 {
        return Ok(());
    }
    let packs: Vec<Pack> = library.current().iter().map(|book| book.pack.clone()).collect();
    let plan = Plan { cases: CASES, seed: SEED, now: now(), campuses: CAMPUSES };
    let demo = generate(&plan, &packs).map_err(|error| StoreError::Broken { what: error.to_string() })?;
    let events = seal_all(&demo);
    let count = events.len() as u64;
    let row = LedgerRow {
        kind: "import".to_owned(),
        at: plan.now,
        file: "demo".to_owned(),
        campus: String::new(),
        events: count,
        total: count,
        heads: Vec::new(),
        note: String::new(),
    };
    let ledger = serde_json::to_string(&row).unwrap_or_default();
    store.import(ImportBatch { events, ledger, ..ImportBatch::default() }, &|log| library.summarise(log)).await?;
    Ok(())
}

/// The visitor's place among the invented ones: the place that has the most cases of the packs of this workplace.
pub fn settle(actor: Actor, workplace: &str, rows: &BTreeMap<String, Arc<Summary>>, library: &Library) -> Actor {
    if rows.values().any(|row| row.campus == actor.campus) {
        return actor;
    }
    let fits = |row: &Summary| {
        let books = row.packs.iter().filter_map(|reference| library.get(reference));
        books.into_iter().any(|book| book.pack.workplaces.iter().any(|place| place == workplace))
    };
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.values().filter(|row| fits(row)) {
        *places.entry(&row.campus).or_default() += 1;
    }
    match places.into_iter().max_by_key(|(_, cases)| *cases) {
        Some((campus, _)) => Actor { campus: campus.to_owned(), ..actor },
        None => actor,
    }
}
