//! The native side of the side-by-side benchmark (script/bench/side-by-side.mjs): reads queries, answers them, says how
//! long one took.
//! A query is a line `2026-11-21 5`: the fifth working day after that date. Prints one answer a line and, to standard
//! error, nanoseconds per query by date and by text.

use std::hint::black_box;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

use shouwen_core::calendar::{CalendarFile, Statutory};
use shouwen_core::time::parse_date;

const CN: &str = include_str!("../../../packs/calendars/cn.json");
const ROUNDS: usize = 50;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let queries: Vec<(&str, u32)> = text
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(date, n)| Some((date, n.parse().ok()?)))
        .collect();
    let statutory = Statutory::new(&CalendarFile::parse(CN)?.notices)?;
    let dates: Vec<_> = queries.iter().filter_map(|(date, n)| Some((parse_date(date)?, *n))).collect();

    let by_date = fastest(|| {
        for (date, n) in &dates {
            black_box(statutory.nth_working_day_after(black_box(*date), black_box(*n)));
        }
    });
    let answered = |date: &str, n: u32| parse_date(date).and_then(|date| statutory.nth_working_day_after(date, n));
    let by_text = fastest(|| {
        for (date, n) in &queries {
            black_box(answered(black_box(date), *n));
        }
    });
    let answers: Vec<String> = queries
        .iter()
        .map(|(date, n)| answered(date, *n).map_or_else(|| "none".to_owned(), |date| date.to_string()))
        .collect();

    let mut out = std::io::stdout().lock();
    for answer in &answers {
        writeln!(out, "{answer}")?;
    }
    let each = |spent: Duration| spent.as_nanos() as f64 / queries.len() as f64;
    eprintln!("{:.2} {:.2}", each(by_date), each(by_text));
    Ok(())
}

/// The best of several rounds, so that what else the machine does disturbs least.
fn fastest(mut work: impl FnMut()) -> Duration {
    let round = || {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    std::iter::repeat_with(round).take(ROUNDS).min().unwrap_or_default()
}
