//! Shared by the limit tests: the calendar file of the project, short ways to write limits and times.
#![allow(dead_code)]

pub mod both;
pub mod random;
pub mod slow;
pub mod strategies;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use shouwen_core::calendar::{Calendar, CalendarFile, Schedule, Statutory};
use shouwen_core::limit::{Due, Limit, LimitError, Pause, Roll, Unit, due};
use shouwen_core::time::{self, Civil};

pub const CN: &str = include_str!("../../../../packs/calendars/cn.json");

pub fn statutory() -> Arc<Statutory> {
    static ONCE: OnceLock<Arc<Statutory>> = OnceLock::new();
    ONCE.get_or_init(|| Arc::new(Statutory::new(&CalendarFile::parse(CN).unwrap().notices).unwrap())).clone()
}

pub fn cn() -> Calendar {
    Calendar::statutory(statutory())
}

pub fn at(text: &str) -> Civil {
    time::parse(text).unwrap_or_else(|| panic!("{text}"))
}

pub fn day(text: &str) -> NaiveDate {
    time::parse_date(text).unwrap_or_else(|| panic!("{text}"))
}

pub fn unit(name: &str) -> Unit {
    serde_json::from_value(name.into()).unwrap()
}

/// `7 working_day`, `1 month roll`, `3 natural_day close`.
pub fn limit(text: &str) -> Limit {
    let mut words = text.split(' ');
    let count = words.next().unwrap().parse().unwrap();
    let unit = unit(words.next().unwrap());
    let (mut roll, mut at_close) = (Roll::None, false);
    for word in words {
        match word {
            "roll" => roll = Roll::NextWorkingDay,
            "close" => at_close = true,
            _ => panic!("{word}"),
        }
    }
    Limit { count, unit, roll, at_close }
}

pub fn pause(from: &str, to: &str) -> Pause {
    Pause { from: at(from), to: (!to.is_empty()).then(|| at(to)) }
}

pub fn schedule(json: &str) -> Schedule {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// Monday to Friday, 9 to 12 and 14 to 18.
pub fn office() -> Schedule {
    let day = r#"[["09:00","12:00"],["14:00","18:00"]]"#;
    schedule(&format!(r#"{{"mon":{day},"tue":{day},"wed":{day},"thu":{day},"fri":{day}}}"#))
}

/// A training school: rests on Mondays and Tuesdays, long days at the weekend.
pub fn school() -> Schedule {
    let (short, long) = (r#"[["14:00","20:30"]]"#, r#"[["08:30","12:00"],["13:00","20:00"]]"#);
    schedule(&format!(r#"{{"wed":{short},"thu":{short},"fri":{short},"sat":{long},"sun":{long}}}"#))
}

pub fn shown(answer: &Result<Due, LimitError>) -> String {
    match answer {
        Ok(due) => time::plain(due.due),
        Err(error) => error.code().to_owned(),
    }
}

pub fn ask(start: &str, what: &str, calendar: &Calendar, pauses: &[Pause]) -> Result<Due, LimitError> {
    due(at(start), &limit(what), calendar, pauses)
}

/// The dates that the notices list, read without the code under test.
pub fn listed() -> BTreeMap<String, bool> {
    let file: serde_json::Value = serde_json::from_str(CN).unwrap();
    let notices = file["notices"].as_array().unwrap().iter();
    notices
        .flat_map(|notice| notice["days"].as_array().unwrap())
        .map(|day| (day[0].as_str().unwrap().to_owned(), day[2].as_bool().unwrap()))
        .collect()
}
