//! The engine behind plain functions over numbers, for the benchmarks in Node and in the browser (script/bench).
//! Must not measure anything itself: whoever calls holds the watch.
//!
//! Days are numbers since 1970-01-01, instants seconds since then as if civil time were UTC.

#[path = "bench_rows/mod.rs"]
mod bench_rows;

use std::cell::{Cell, RefCell};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, NaiveDate};
use shouwen_core::agenda::Agenda;
use shouwen_core::calendar::{CalendarFile, Statutory};
use shouwen_core::register::Summary;
use shouwen_core::time::{Civil, parse_date};

const CN: &str = include_str!("../../../packs/calendars/cn.json");
/// 2000-01-01 in days since 1970-01-01.
const FIRST_DAY: i32 = 10_957;
/// The answer when there is none.
const NONE: i32 = i32::MIN;

static STATUTORY: OnceLock<Statutory> = OnceLock::new();

thread_local! {
    static BUFFER: RefCell<Vec<i32>> = const { RefCell::new(Vec::new()) };
    static ROWS: RefCell<Vec<Arc<Summary>>> = const { RefCell::new(Vec::new()) };
    static AGENDA: RefCell<Agenda> = RefCell::default();
    static TEXT: Cell<[u8; 10]> = const { Cell::new([0; 10]) };
}

fn statutory() -> &'static Statutory {
    STATUTORY.get_or_init(|| {
        let notices = CalendarFile::parse(CN).map(|file| file.notices).unwrap_or_default();
        // `ready` tells when the notices could not be read.
        Statutory::new(&notices).or_else(|_| Statutory::new(&[])).unwrap_or_else(|_| std::process::abort())
    })
}

fn civil(seconds: f64) -> Civil {
    DateTime::from_timestamp(seconds as i64, 0).unwrap_or_default().naive_utc()
}

fn epoch() -> NaiveDate {
    NaiveDate::default()
}

/// Reads the notices and builds the tables; 1 when the notices are there.
#[unsafe(no_mangle)]
pub extern "C" fn ready() -> i32 {
    i32::from(statutory().has_notice(2026))
}

/// The n-th working day after a day, both as numbers.
#[unsafe(no_mangle)]
pub extern "C" fn nth_working_day(day: i32, n: u32) -> i32 {
    let place = u32::try_from(day - FIRST_DAY).ok();
    let answer = place.and_then(|place| statutory().nth_working_place_after(place, n));
    answer.map_or(NONE, |place| place as i32 + FIRST_DAY)
}

/// The same by way of dates, as the engine is asked everywhere else.
#[unsafe(no_mangle)]
pub extern "C" fn nth_working_date(day: i32, n: u32) -> i32 {
    let date = epoch().checked_add_signed(chrono::Duration::days(day.into()));
    let answer = date.and_then(|date| statutory().nth_working_day_after(date, n));
    answer.map_or(NONE, |date| date.signed_duration_since(epoch()).num_days() as i32)
}

/// Where a date's text (ten letters, `2026-11-21`) is put and its answer found.
#[unsafe(no_mangle)]
pub extern "C" fn text() -> *const u8 {
    TEXT.with(|text| text.as_ptr().cast())
}

/// The same with texts: reads the date at `text()` and writes the answer there; 0 when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn nth_working_day_text(n: u32) -> i32 {
    let bytes = TEXT.get();
    let date = std::str::from_utf8(&bytes).ok().and_then(parse_date);
    let answer = date.and_then(|date| statutory().nth_working_day_after(date, n));
    let answer = answer.map(|date| date.to_string());
    let Some(written) = answer.and_then(|text| text.as_bytes().try_into().ok()) else { return 0 };
    TEXT.set(written);
    1
}

/// All queries in one call: `days` and `counts` lie at `buffer`, answers replace the days. What a table costs without
/// the way in and out.
#[unsafe(no_mangle)]
pub extern "C" fn nth_working_days(count: usize) -> u32 {
    BUFFER.with_borrow_mut(|buffer| {
        let Some((days, rest)) = buffer.split_at_mut_checked(count) else { return 0 };
        let mut answered = 0;
        for (day, n) in days.iter_mut().zip(rest) {
            *day = nth_working_day(*day, *n as u32);
            answered += u32::from(*day != NONE);
        }
        answered
    })
}

/// Room for `count` numbers.
#[unsafe(no_mangle)]
pub extern "C" fn buffer(count: usize) -> *mut i32 {
    BUFFER.with_borrow_mut(|buffer| {
        buffer.resize(count, 0);
        buffer.as_mut_ptr()
    })
}

/// Invents rows with six clocks each around `now`; returns the clocks.
#[unsafe(no_mangle)]
pub extern "C" fn rows(count: u32, now: f64) -> u32 {
    let made = bench_rows::rows(count, civil(now));
    let clocks = made.iter().map(|row| row.clocks.len()).sum::<usize>() as u32;
    ROWS.set(made);
    clocks
}

/// The state of every clock of every row; returns how many are overdue.
#[unsafe(no_mangle)]
pub extern "C" fn evaluate(now: f64) -> u32 {
    ROWS.with_borrow(|rows| bench_rows::evaluate(rows, civil(now)))
}

/// Looks at every clock once and keeps ready when each changes next.
#[unsafe(no_mangle)]
pub extern "C" fn agenda(now: f64) {
    let rows: Vec<_> = ROWS.with_borrow(|rows| rows.clone());
    AGENDA.set(Agenda::new(rows.into_iter(), civil(now)));
}

/// Goes on to `now`; 1 when anything changed its place.
#[unsafe(no_mangle)]
pub extern "C" fn tick(now: f64) -> i32 {
    AGENDA.with_borrow_mut(|agenda| i32::from(agenda.tick(civil(now))))
}
