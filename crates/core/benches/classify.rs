//! Classifying one text of 300 characters with every pack, and building the classifier that does it.
//! `cargo bench -p shouwen-core --bench classify`; the same in wasm: script/bench/classify.mjs.

#[path = "../examples/bench_texts/mod.rs"]
mod bench_texts;

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use shouwen_core::classify::{Classifier, Input, quantities};
use shouwen_core::embedded;
use shouwen_core::pack::Pack;

fn packs() -> Vec<Pack> {
    embedded::packs().into_iter().filter(|pack| !pack.library && !pack.rules.is_empty()).collect()
}

fn classify(criterion: &mut Criterion) {
    assert_eq!(bench_texts::LONG.chars().count(), 300);
    let facts = BTreeMap::new();
    let input = Input { text: bench_texts::LONG, facts: &facts, repeats: 0 };
    let mut group = criterion.benchmark_group("one text of 300 characters");
    for pack in packs() {
        let classifier = Classifier::new(&pack);
        group.bench_function(&pack.id, |bench| bench.iter(|| classifier.classify(&pack, black_box(&input))));
    }
    group.bench_function("only its quantities", |bench| bench.iter(|| quantities(black_box(bench_texts::LONG))));
    group.finish();
}

fn build(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("classifier built");
    group.sample_size(20);
    for pack in packs().into_iter().filter(|pack| pack.id.starts_with("train-")) {
        group.bench_function(&pack.id, |bench| bench.iter(|| Classifier::new(black_box(&pack))));
    }
    group.finish();
}

criterion_group!(benches, classify, build);
criterion_main!(benches);
