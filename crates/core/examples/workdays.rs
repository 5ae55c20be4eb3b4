//! The native side of the side-by-side benchmark (script/bench/side-by-side.mjs): reads queries, answers them, says how
//! long one took.
//! A query is a line `2026-11-21 5`: the fifth working day after that date. Prints one answer a line and, to standard
//! error, nanoseconds per query by date and by text.

use std::hint::black_box;
use std::io::{Read, Write};
use std::time::Instant;

use shouwen_core::calendar::{CalendarFile, Statutory};
use shouwen_core::time::parse_date;

const CN: &str = include_str!("../../../packs/calendars/cn.json");
/// The queries are asked so many times in a row; once is over too soon for a watch.
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

    let begun = Instant::now();
    for _ in 0..ROUNDS {
        for (date, n) in &dates {
            black_box(statutory.nth_working_day_after(black_box(*date), black_box(*n)));
        }
    }
    let by_date = begun.elapsed().as_nanos() as f64 / (ROUNDS * dates.len()) as f64;

    let begun = Instant::now();
    let mut answers = Vec::new();
    for (date, n) in &queries {
        let answer = parse_date(date).and_then(|date| statutory.nth_working_day_after(date, *n));
        answers.push(answer.map_or_else(|| "none".to_owned(), |date| date.to_string()));
    }
    let by_text = begun.elapsed().as_nanos() as f64 / queries.len() as f64;

    let mut out = std::io::stdout().lock();
    for answer in &answers {
        writeln!(out, "{answer}")?;
    }
    eprintln!("{by_date:.2} {by_text:.2}");
    Ok(())
}
