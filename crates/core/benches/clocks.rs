//! What an open day costs: the states of 300,000 clocks at an instant, the agenda, a minute's tick.
//! `cargo bench -p shouwen-core --bench clocks`; the same in the browser: script/bench/clocks.mjs.

#[path = "../examples/bench_rows/mod.rs"]
mod bench_rows;

use std::hint::black_box;

use chrono::Duration;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use shouwen_core::agenda::Agenda;
use shouwen_core::time::parse;

const CASES: u32 = 50_000;

fn clocks(criterion: &mut Criterion) {
    let now = parse("2026-11-20T08:59:30").unwrap();
    let rows = bench_rows::rows(CASES, now);
    let agenda = || Agenda::new(rows.iter().cloned(), now);
    let mut group = criterion.benchmark_group("50,000 cases, 300,000 clocks");
    group.sample_size(20);
    group.throughput(Throughput::Elements(u64::from(CASES * bench_rows::CLOCKS)));
    group.bench_function("states at an instant", |bench| bench.iter(|| bench_rows::evaluate(&rows, black_box(now))));
    group.bench_function("agenda built", |bench| bench.iter_with_large_drop(agenda));
    group.bench_function("tick of a minute", |bench| {
        bench.iter_batched_ref(agenda, |agenda| agenda.tick(now + Duration::minutes(1)), BatchSize::PerIteration);
    });
    group.bench_function("tick after a night", |bench| {
        bench.iter_batched_ref(agenda, |agenda| agenda.tick(now + Duration::hours(16)), BatchSize::PerIteration);
    });
    group.finish();
}

criterion_group!(benches, clocks);
criterion_main!(benches);
