//! Lines of questions as the command line reads them: one answer for each, whatever they say.
#![no_main]

#[allow(dead_code)]
#[path = "../../crates/cli/src/error.rs"]
mod error;
#[allow(dead_code)]
#[path = "../../crates/cli/src/line.rs"]
mod line;

use std::io::BufReader;

use libfuzzer_sys::fuzz_target;
use serde::{Deserialize, Serialize};
use shouwen_core::calendar::{Base, Calendar, Schedule};
use shouwen_core::limit::{Limit, due};
use shouwen_core::time::{parse, plain};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    #[serde(default, rename = "id")]
    _id: serde_json::Value,
    start: String,
    limit: Limit,
    schedule: Option<Schedule>,
}

#[derive(Serialize)]
struct Answer {
    due: String,
}

fn reply(value: serde_json::Value) -> Result<Answer, error::Fault> {
    let question: Question = line::read(value)?;
    let start = parse(&question.start).ok_or_else(|| error::Fault::new("bad_field", "not a time", "start"))?;
    let calendar = question.schedule.map_or_else(Calendar::weekdays, |week| Calendar::campus(week, Base::Weekdays));
    let answer = due(start, &question.limit, &calendar, &[]);
    answer.map(|due| Answer { due: plain(due.due) }).map_err(|error| error::Fault::new(error.code(), &error, "limit"))
}

fuzz_target!(|bytes: &[u8]| {
    let mut out = Vec::new();
    assert!(line::answer(&mut BufReader::new(bytes), &mut out, reply).is_ok());
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let asked = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    let out = String::from_utf8(out).expect("answers are text");
    assert_eq!(out.lines().count(), asked);
    for answer in out.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(answer).is_ok_and(|answer| answer.is_object()), "{answer}");
    }
});
