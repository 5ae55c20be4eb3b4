//! Counting: working days added, due times with their trace, working hours with pauses.
//! `cargo bench -p shouwen-core --bench limits`; a figure is the time for all the questions of its group.

use std::hint::black_box;
use std::sync::Arc;

use chrono::{Days, Duration, NaiveDate};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use shouwen_core::calendar::{Base, Calendar, CalendarFile, Schedule, Statutory};
use shouwen_core::limit::{Limit, Pause, Unit, due, within};
use shouwen_core::time::{Civil, parse, parse_date};

const CN: &str = include_str!("../../../packs/calendars/cn.json");
const MANY: u64 = 10_000;
const SOME: u64 = 500;

fn statutory() -> Arc<Statutory> {
    Arc::new(Statutory::new(&CalendarFile::parse(CN).unwrap().notices).unwrap())
}

/// A split day, a half day, a closed week and a replaced day.
fn campus() -> Calendar {
    let day = r#"[["09:00","12:00"],["14:00","18:00"]]"#;
    let text = format!(
        r#"{{"mon":{day},"tue":{day},"wed":{day},"thu":{day},"fri":{day},"sat":[["09:00","12:00"]],
            "holidays":["2026-07-13","2026-07-14"],"shifts":{{"2026-02-14":[["09:00","17:00"]]}}}}"#
    );
    let schedule: Schedule = serde_json::from_str(&text).unwrap();
    Calendar::campus(schedule, Base::Statutory(statutory()))
}

/// Dates of 2007 to 2026 and counts up to 60, spread so that no two neighbours are alike.
fn dates() -> Vec<(NaiveDate, u32)> {
    let first = parse_date("2007-01-01").unwrap();
    (0..MANY).map(|i| (first + Days::new(i * 7_919 % 7_200), (i * 31 % 60 + 1) as u32)).collect()
}

fn starts() -> Vec<Civil> {
    let first = parse("2025-01-01T00:00:00").unwrap();
    (0..SOME).map(|i| first + Duration::seconds((i * 104_729 % 63_000_000) as i64)).collect()
}

fn pauses(start: Civil) -> Vec<Pause> {
    let pause = |after: i64, hours: i64| {
        let from = start + Duration::hours(after);
        Pause { from, to: Some(from + Duration::hours(hours)) }
    };
    vec![pause(5, 3), pause(20, 30), pause(100, 50)]
}

fn working_days(criterion: &mut Criterion) {
    let (statutory, dates) = (statutory(), dates());
    let mut group = criterion.benchmark_group("working days");
    group.throughput(Throughput::Elements(MANY));
    group.bench_function("nth_working_day_after", |bench| {
        bench.iter(|| {
            for (date, n) in &dates {
                black_box(statutory.nth_working_day_after(black_box(*date), black_box(*n)));
            }
        });
    });
    group.bench_function("working_days_between", |bench| {
        bench.iter(|| {
            for (date, n) in &dates {
                black_box(statutory.working_days_between(black_box(*date), *date + Days::new(u64::from(*n))));
            }
        });
    });
    group.finish();
}

fn due_times(criterion: &mut Criterion) {
    let (calendar, starts) = (campus(), starts());
    let mut group = criterion.benchmark_group("due with trace");
    group.throughput(Throughput::Elements(SOME));
    for (name, unit, count) in [
        ("minute", Unit::Minute, 90),
        ("hour", Unit::Hour, 48),
        ("working_minute", Unit::WorkingMinute, 90),
        ("working_hour", Unit::WorkingHour, 16),
        ("natural_day", Unit::NaturalDay, 15),
        ("working_day", Unit::WorkingDay, 10),
        ("same_day", Unit::SameDay, 0),
        ("next_day", Unit::NextDay, 0),
        ("month", Unit::Month, 3),
    ] {
        let limit = Limit { count, unit, roll: Default::default(), at_close: false };
        group.bench_function(name, |bench| {
            bench
                .iter(|| starts.iter().filter(|start| due(**start, black_box(&limit), &calendar, &[]).is_ok()).count());
        });
    }
    group.finish();
}

fn with_pauses(criterion: &mut Criterion) {
    let (calendar, starts) = (campus(), starts());
    let asked: Vec<(Civil, Vec<Pause>)> = starts.iter().map(|start| (*start, pauses(*start))).collect();
    let limit = Limit { count: 16, unit: Unit::WorkingHour, roll: Default::default(), at_close: false };
    let mut group = criterion.benchmark_group("three pauses");
    group.throughput(Throughput::Elements(SOME));
    group.bench_function("due in working hours", |bench| {
        bench.iter(|| asked.iter().filter(|(start, pauses)| due(*start, &limit, &calendar, pauses).is_ok()).count());
    });
    group.bench_function("within, working time of 30 days", |bench| {
        let passed = |start: Civil, pauses: &[Pause]| {
            within(start, start + Duration::days(30), Unit::WorkingHour, &calendar, pauses).is_ok()
        };
        bench.iter(|| asked.iter().filter(|(start, pauses)| passed(*start, pauses)).count());
    });
    group.finish();
}

/// The longest way there is: a timetable that opens for a minute a week, and one that opens once, in 2099.
fn hardly_ever_open(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hardly ever open");
    for (name, text, count) in [
        ("a minute a week, 3,660 of them", r#"{"wed":[["10:01","10:02"]]}"#, 3_660),
        ("once, in 2099", r#"{"shifts":{"2099-12-31":[["23:58","24:00"]]}}"#, 1),
    ] {
        let calendar = Calendar::campus(serde_json::from_str(text).unwrap(), Base::Weekdays);
        let limit = Limit { count, unit: Unit::WorkingMinute, roll: Default::default(), at_close: false };
        let start = parse("2000-01-01T00:00:00").unwrap();
        group.bench_function(name, |bench| bench.iter(|| due(black_box(start), &limit, &calendar, &[]).is_ok()));
    }
    group.finish();
}

fn building(criterion: &mut Criterion) {
    let notices = CalendarFile::parse(CN).unwrap().notices;
    criterion.bench_function("tables/statutory calendar", |bench| bench.iter(|| Statutory::new(&notices).is_ok()));
    criterion.bench_function("tables/campus", |bench| bench.iter(campus));
}

criterion_group!(benches, working_days, due_times, with_pauses, hardly_ever_open, building);
criterion_main!(benches);
