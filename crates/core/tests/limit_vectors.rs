//! Working time against what other help desks' public test suites state.
//!
//! Convention: these systems do not agree with each other on time that runs out exactly at closing. Most answer the
//! closing time, as we do; one answers the next opening, and its case carries both answers (`expect`,
//! `expect_their_convention`). The second difference is in the question: they count seconds of any amount, our limits
//! count minutes and hours, so a case must be a whole number of minutes to be asked here.

mod limit_support;

use std::collections::BTreeMap;
use std::path::Path;

use limit_support::*;
use serde_json::{Value, json};
use shouwen_core::calendar::{Base, Calendar};
use shouwen_core::limit::{Limit, Pause, Unit, due};
use shouwen_core::time::plain;

#[test]
fn other_systems_working_time() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/working-time.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: ../shared/vectors/working-time.json is not there");
        return;
    };
    let file: Value = serde_json::from_str(&text).unwrap();
    let cases = file["cases"].as_array().unwrap();
    let (mut asked, mut other_convention) = (0, 0);
    for case in cases {
        let seconds = case["add_working_seconds"].as_u64().unwrap();
        if !seconds.is_multiple_of(60) {
            println!("not asked: {} (not whole minutes)", case["id"]);
            continue;
        }
        let answer = due(at(text_of(&case["start"])), &in_our_units(seconds), &calendar(case), &pauses(case)).unwrap();
        assert_eq!(answer.due, at(text_of(&case["expect"])), "case {}: {}", case["id"], plain(answer.due));
        asked += 1;
        other_convention += usize::from(case.get("expect_their_convention").is_some());
    }
    println!("{asked} of {} cases agree, {other_convention} of them by our convention only", cases.len());
    assert!(asked > 0);
}

fn in_our_units(seconds: u64) -> Limit {
    let (unit, count) = match seconds % 3_600 {
        0 => (Unit::WorkingHour, seconds / 3_600),
        _ => (Unit::WorkingMinute, seconds / 60),
    };
    Limit { count: count as u32, unit, roll: Default::default(), at_close: false }
}

fn calendar(case: &Value) -> Calendar {
    let mut form = serde_json::Map::new();
    for (number, name) in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().enumerate() {
        if let Some(windows) = case["week"].get(number.to_string()) {
            form.insert((*name).into(), windows.clone());
        }
    }
    let mut holidays: Vec<String> = serde_json::from_value(case["holidays"].clone()).unwrap();
    for yearly in case["yearly_holidays"].as_array().unwrap() {
        holidays.extend((2000..2100).map(|year| format!("{year}-{}", text_of(yearly))));
    }
    let schedule = schedule(&json!(form).to_string()).with_exceptions(&holidays, &BTreeMap::new()).unwrap();
    Calendar::campus(schedule, Base::Weekdays)
}

fn pauses(case: &Value) -> Vec<Pause> {
    let pauses = case["pauses"].as_array().unwrap().iter();
    pauses.map(|span| pause(text_of(&span[0]), text_of(&span[1]))).collect()
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap()
}
