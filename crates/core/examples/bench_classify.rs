//! Classification behind plain functions over numbers, for the benchmark in Node (script/bench/classify.mjs).
//! Must not measure anything itself: whoever calls holds the watch.

mod bench_texts;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hint::black_box;

use shouwen_core::classify::{Classifier, Input};
use shouwen_core::embedded;
use shouwen_core::pack::Pack;

thread_local! {
    static PACKS: RefCell<Vec<Pack>> = const { RefCell::new(Vec::new()) };
    static BUILT: RefCell<Vec<Option<Classifier>>> = const { RefCell::new(Vec::new()) };
}

/// Reads the packs that have rules; returns how many.
#[unsafe(no_mangle)]
pub extern "C" fn packs() -> usize {
    let packs: Vec<Pack> =
        embedded::packs().into_iter().filter(|pack| !pack.library && !pack.rules.is_empty()).collect();
    let count = packs.len();
    BUILT.set((0..count).map(|_| None).collect());
    PACKS.set(packs);
    count
}

/// Where the name of a pack stands; `name_length` bytes of ASCII.
#[unsafe(no_mangle)]
pub extern "C" fn name(pack: usize) -> *const u8 {
    PACKS.with_borrow(|packs| packs.get(pack).map_or(std::ptr::null(), |pack| pack.id.as_ptr()))
}

#[unsafe(no_mangle)]
pub extern "C" fn name_length(pack: usize) -> usize {
    PACKS.with_borrow(|packs| packs.get(pack).map_or(0, |pack| pack.id.len()))
}

/// Builds the classifier of a pack; 1 when there is such a pack.
#[unsafe(no_mangle)]
pub extern "C" fn build(pack: usize) -> u32 {
    PACKS.with_borrow(|packs| {
        let built = packs.get(pack).map(Classifier::new);
        let found = u32::from(built.is_some());
        BUILT.with_borrow_mut(|all| all.get_mut(pack).map(|place| *place = built));
        found
    })
}

/// Classifies the text once; returns how many classes are suggested.
#[unsafe(no_mangle)]
pub extern "C" fn classify(pack: usize) -> usize {
    let facts = BTreeMap::new();
    let input = Input { text: black_box(bench_texts::LONG), facts: &facts, repeats: 0 };
    PACKS.with_borrow(|packs| {
        BUILT.with_borrow(|built| match (packs.get(pack), built.get(pack)) {
            (Some(pack), Some(Some(classifier))) => {
                classifier.classify(pack, &input).axes.iter().map(|axis| axis.suggested.len()).sum()
            }
            _ => 0,
        })
    })
}
