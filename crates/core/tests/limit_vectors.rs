//! Working time against what the public test suites of other help desks state, kept in `data/working-time.json`.
//!
//! Two conventions differ, and every case that shows one carries both answers (`due` is ours, `theirs` the source's):
//! - `at_closing`: time that runs out exactly at closing is due at closing here and at the next opening there. The
//!   others do not agree with each other: in three cases their own suites end at closing as well.
//! - `pause_seconds`: a pause counts to the second here; there both its ends are cut to the whole minute.

mod limit_support;

use std::collections::BTreeMap;
use std::path::Path;

use limit_support::*;
use serde_json::{Value, json};
use shouwen_core::calendar::{Base, Calendar};
use shouwen_core::limit::{Limit, Pause, Unit, due};
use shouwen_core::time::{Civil, plain};

fn data() -> Value {
    serde_json::from_str(include_str!("data/working-time.json")).unwrap()
}

fn cases(data: &Value) -> &[Value] {
    data["cases"].as_array().unwrap()
}

#[test]
fn other_systems_working_time() {
    let data = data();
    for case in cases(&data) {
        let answer = due(at(text(&case["start"])), &limit(text(&case["limit"])), &calendar(&data, case), &pauses(case));
        assert_eq!(shown(&answer), text(&case["due"]), "{case}");
    }
    assert_eq!(cases(&data).len(), 27);
}

#[test]
fn two_conventions_differ() {
    let data = data();
    let named: Vec<&String> = data["conventions"].as_object().unwrap().keys().collect();
    assert_eq!(named, ["at_closing", "pause_seconds"]);
    let mut seen = Vec::new();
    for case in cases(&data).iter().filter(|case| case.get("theirs").is_some()) {
        let (start, limit, calendar) = (at(text(&case["start"])), limit(text(&case["limit"])), calendar(&data, case));
        let (ours, theirs) = (at(text(&case["due"])), at(text(&case["theirs"])));
        assert_ne!(ours, theirs);
        // Each difference is explained by its convention alone: apply that, and the answers are the same.
        let explained = match text(&case["convention"]) {
            "at_closing" => {
                let closing = calendar.windows(ours.date()).iter().any(|window| window.on(ours.date()).1 == ours);
                assert!(closing, "{case}");
                let next = ours.date().iter_days().skip(1).find(|day| !calendar.windows(*day).is_empty()).unwrap();
                calendar.windows(next)[0].on(next).0
            }
            "pause_seconds" => {
                let cut =
                    pauses(case).into_iter().map(|span| Pause { from: minute(span.from), to: span.to.map(minute) });
                due(start, &limit, &calendar, &cut.collect::<Vec<_>>()).unwrap().due
            }
            other => panic!("{other} is not named"),
        };
        assert_eq!(explained, theirs, "{case}");
        seen.push(text(&case["convention"]));
    }
    seen.sort_unstable();
    assert_eq!(seen, named, "each convention has its case");
}

/// Cut to the whole minute.
fn minute(at: Civil) -> Civil {
    self::at(&plain(at)[..16])
}

/// The file that the cases were restated from, where it lies next to the project: none is missing, none was changed.
#[test]
fn nothing_was_lost_in_restating() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/working-time.json");
    let Ok(shared) = std::fs::read_to_string(&path) else {
        println!("skipped: ../shared/vectors/working-time.json is not there");
        return;
    };
    let (shared, data): (Value, Value) = (serde_json::from_str(&shared).unwrap(), data());
    for case in cases(&shared) {
        let seconds = case["add_working_seconds"].as_u64().unwrap();
        assert!(seconds.is_multiple_of(60), "{case}");
        let (week, holidays) = (shared_week(case), shared_holidays(case));
        let schedule = schedule(&week.to_string()).with_exceptions(&holidays, &BTreeMap::new()).unwrap();
        let calendar = Calendar::campus(schedule, Base::Weekdays);
        let limit = Limit {
            count: (seconds / 60) as u32,
            unit: Unit::WorkingMinute,
            roll: Default::default(),
            at_close: false,
        };
        // The largest limit in minutes is smaller than some of theirs, which are whole hours.
        let limit = match seconds % 3_600 {
            0 => Limit { count: (seconds / 3_600) as u32, unit: Unit::WorkingHour, ..limit },
            _ => limit,
        };
        let answer = due(at(text(&case["start"])), &limit, &calendar, &pauses(case)).unwrap();
        assert_eq!(answer.due, at(text(&case["expect"])), "{case}");
        let ours = cases(&data).iter().find(|ours| ours["id"] == case["id"]).unwrap();
        assert_eq!(text(&ours["due"]), plain(answer.due), "{case}");
        assert!(text(&case["source"]).starts_with(text(&ours["from"])), "{case}");
        let theirs = case.get("expect_their_convention").map(|theirs| at(text(theirs)));
        assert_eq!(ours.get("theirs").map(|theirs| at(text(theirs))), theirs, "{case}");
    }
    assert_eq!(cases(&shared).len(), 26);
}

fn shared_week(case: &Value) -> Value {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let days = names.iter().enumerate();
    let days =
        days.filter_map(|(number, name)| Some(((*name).to_owned(), case["week"].get(number.to_string())?.clone())));
    json!(days.collect::<serde_json::Map<_, _>>())
}

fn shared_holidays(case: &Value) -> Vec<String> {
    closed(&case["holidays"], &case["yearly_holidays"])
}

fn closed(dates: &Value, yearly: &Value) -> Vec<String> {
    let texts = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let mut closed: Vec<String> = texts(dates).iter().map(|date| text(date).to_owned()).collect();
    for yearly in texts(yearly) {
        closed.extend((2000..2100).map(|year| format!("{year}-{}", text(&yearly))));
    }
    closed
}

fn calendar(data: &Value, case: &Value) -> Calendar {
    let form = &data["timetables"][text(&case["timetable"])];
    let closed = closed(&case["closed"], &case["closed_yearly"]);
    Calendar::campus(schedule(&form.to_string()).with_exceptions(&closed, &BTreeMap::new()).unwrap(), Base::Weekdays)
}

fn pauses(case: &Value) -> Vec<Pause> {
    let pauses = case["pauses"].as_array().cloned().unwrap_or_default();
    pauses.iter().map(|span| pause(text(&span[0]), text(&span[1]))).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
