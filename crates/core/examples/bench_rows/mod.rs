//! Invented register rows for the benchmarks: every case with six clocks of all kinds and ages.
//! Must not measure anything.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Duration;
use shouwen_core::clock::State;
use shouwen_core::limit::Pause;
use shouwen_core::pack::ClockKind;
use shouwen_core::register::{Brief, Summary};
use shouwen_core::time::Civil;

/// Clocks of each case.
pub const CLOCKS: u32 = 6;

/// Spreads numbers over a range, the same at every run.
fn spread(seed: u32, range: u32) -> i64 {
    let mixed = (seed.wrapping_add(1)).wrapping_mul(0x9e37_79b1);
    i64::from((mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca6b) >> 8) % i64::from(range)
}

/// All of them open cases: the worst day there can be. Due times lie up to 30 days before and after `now`.
pub fn rows(count: u32, now: Civil) -> Vec<Arc<Summary>> {
    (0..count).map(|number| Arc::new(row(number, now))).collect()
}

fn row(number: u32, now: Civil) -> Summary {
    let received_at = now - Duration::minutes(spread(number, 30 * 1_440));
    Summary {
        id: format!("case-{number:06}"),
        number: format!("{number:06}"),
        campus: "hq".into(),
        packs: Vec::new(),
        plans_left: Vec::new(),
        received_at,
        updated_at: received_at,
        opened_by: "desk".into(),
        name: String::new(),
        phone: String::new(),
        headline: "退费".into(),
        channel: "phone".into(),
        classes: BTreeMap::new(),
        status: "open".into(),
        conflicts: Vec::new(),
        anomalies: 0,
        events: 3,
        clocks: (0..CLOCKS).map(|clock| brief(number * CLOCKS + clock, received_at, now)).collect(),
        search: String::new(),
    }
}

fn brief(number: u32, received_at: Civil, now: Civil) -> Brief {
    let due = now + Duration::seconds(spread(number, 60 * 86_400) - 30 * 86_400);
    let start = received_at.min(due - Duration::hours(1));
    let paused = number % 10 == 3;
    Brief {
        clock: format!("clock-{}", number % CLOCKS),
        kind: if number.is_multiple_of(3) { ClockKind::Soft } else { ClockKind::Hard },
        since: received_at,
        start: Some(start),
        due: Some(due),
        done: (number % 4 == 1).then_some(due - Duration::hours(spread(number, 10) - 3)),
        superseded: None,
        provisional: number.is_multiple_of(7),
        problem: None,
        pauses: if paused { vec![Pause { from: start, to: Some(start + Duration::hours(30)) }] } else { Vec::new() },
        rungs: Vec::new(),
    }
}

/// Looks at every clock; returns how many are overdue.
pub fn evaluate(rows: &[Arc<Summary>], now: Civil) -> u32 {
    let clocks = rows.iter().flat_map(|row| &row.clocks);
    clocks.filter(|clock| clock.state(now) == State::Overdue).count() as u32
}
