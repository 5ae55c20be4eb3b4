//! The contract of `deadline`.

use serde_json::{Value, json};

use crate::run;

/// The due time, or the error's code and place.
type Want = Result<&'static str, (&'static str, &'static str)>;

/// Every question of the table gets its answer, in order, whatever stands beside it.
#[track_caller]
fn check(table: &[(Value, Want)]) {
    let input: String = table.iter().map(|(question, _)| format!("{question}\n")).collect();
    let run = run(&["deadline"], input);
    let answers = run.lines();
    assert_eq!(answers.len(), table.len(), "{}", run.out);
    for ((question, want), answer) in table.iter().zip(&answers) {
        assert_eq!(answer["id"], question["id"], "{question}");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let got = match answer.get("error") {
            None => Ok(text(&answer["due"])),
            Some(error) => {
                assert!(!text(&error["message"]).is_empty(), "{answer}");
                Err((text(&error["code"]), text(&error["at"])))
            }
        };
        let want = want.map(str::to_owned).map_err(|(code, at)| (code.to_owned(), at.to_owned()));
        assert_eq!(got, want, "{question}");
    }
    let bad = table.iter().any(|(_, want)| want.is_err());
    assert_eq!(run.status, i32::from(bad), "{}", run.err);
}

fn question(id: &str, changes: &Value) -> Value {
    let mut question = json!({
        "id": id, "start": "2026-02-13T10:00:00",
        "limit": {"count": 7, "unit": "working_day", "roll": "none"}, "calendar": "cn",
    });
    for (key, value) in changes.as_object().unwrap() {
        if value == &json!("(absent)") {
            question.as_object_mut().unwrap().remove(key);
        } else {
            question[key] = value.clone();
        }
    }
    question
}

#[test]
fn good_questions() {
    let week = json!({"mon": [["09:00", "12:00"], ["14:00", "18:00"]], "fri": [["09:00", "12:00"]]});
    let table = [
        // 14 and 28 February are make-up days of the 2026 notice, 15 to 23 February are off.
        (json!({}), "2026-03-02T23:59:59"),
        (json!({"calendar": "weekdays"}), "2026-02-24T23:59:59"),
        (json!({"limit": {"count": 2, "unit": "hour"}, "schedule": null}), "2026-02-13T12:00:00"),
        (json!({"limit": {"count": 2, "unit": "natural_day"}}), "2026-02-15T23:59:59"),
        (json!({"limit": {"count": 2, "unit": "natural_day", "roll": "next_working_day"}}), "2026-02-24T23:59:59"),
        (json!({"limit": {"unit": "same_day"}}), "2026-02-13T23:59:59"),
        (json!({"limit": {"count": 1, "unit": "month"}, "start": "2026-01-31T10:00:00+08:00"}), "2026-02-28T23:59:59"),
        // Two hours on Friday, the rest on Monday.
        (
            json!({"limit": {"count": 5, "unit": "working_hour"}, "calendar": "weekdays", "schedule": week}),
            "2026-02-16T12:00:00",
        ),
        // The Monday is off by law.
        (json!({"limit": {"count": 5, "unit": "working_hour"}, "schedule": week}), "2026-02-27T12:00:00"),
        // A closed date beats a shift, which beats the weekday.
        (
            json!({"limit": {"count": 120, "unit": "working_minute"}, "calendar": "weekdays", "schedule": week,
                "holidays": ["2026-02-13", "2026-02-14"],
                "shifts": {"2026-02-14": [["08:00", "20:00"]], "2026-02-15": [["20:00", "24:00"]]}}),
            "2026-02-15T22:00:00",
        ),
        (
            json!({"limit": {"count": 3, "unit": "hour"},
                "pauses": [{"from": "2026-02-13T11:00:00", "to": "2026-02-13T12:30:00"}]}),
            "2026-02-13T14:30:00",
        ),
        // An open pause after the end changes nothing.
        (
            json!({"limit": {"count": 1, "unit": "hour"}, "pauses": [{"from": "2026-02-13T11:00:00"}]}),
            "2026-02-13T11:00:00",
        ),
        // A timetable without hours is no matter where no hours are counted.
        (json!({"limit": {"unit": "next_day"}, "schedule": {}}), "2026-02-14T23:59:59"),
    ];
    let table: Vec<_> = table
        .iter()
        .enumerate()
        .map(|(index, (changes, due))| (question(&format!("q{index}"), changes), Ok(*due)))
        .collect();
    check(&table);
}

#[test]
fn bad_questions_are_answered_with_their_place_and_the_others_go_on() {
    let limit = |count: i64, unit: &str| json!({"limit": {"count": count, "unit": unit}});
    let table = [
        (json!({"surprise": 1}), Err(("unknown_field", "surprise"))),
        (json!({}), Ok("2026-03-02T23:59:59")),
        (json!({"limit": {"count": 1, "unit": "hour", "extra": 1}}), Err(("unknown_field", "limit.extra"))),
        (json!({"schedule": {"monday": []}}), Err(("unknown_field", "schedule.monday"))),
        (json!({"pauses": [{"from": "2026-02-13T11:00:00", "until": "x"}]}), Err(("unknown_field", "pauses[0].until"))),
        (json!({"start": "(absent)"}), Err(("missing_field", "start"))),
        (json!({"limit": {"count": 1}}), Err(("missing_field", "limit.unit"))),
        (json!({"start": "2026-02-30T10:00:00"}), Err(("bad_field", "start"))),
        (json!({"start": 20260213}), Err(("bad_field", "start"))),
        (json!({"start": "1999-12-31T10:00:00"}), Err(("bad_field", "start"))),
        (json!({"calendar": "us"}), Err(("bad_field", "calendar"))),
        (limit(-1, "hour"), Err(("bad_field", "limit.count"))),
        (limit(1, "fortnight"), Err(("bad_field", "limit.unit"))),
        (limit(0, "hour"), Err(("zero_count", "limit.count"))),
        (limit(3661, "working_day"), Err(("count_too_large", "limit.count"))),
        (limit(1, "by_date"), Err(("needs_date", "limit.unit"))),
        (limit(1, "none"), Err(("untimed", "limit.unit"))),
        (limit(1, "working_hour"), Err(("no_schedule", "schedule"))),
        (json!({"limit": {"count": 1, "unit": "working_hour"}, "schedule": {}}), Err(("bad_schedule", "schedule"))),
        (json!({"schedule": {"mon": [["09:00", "08:00"]]}}), Err(("bad_schedule", "schedule.mon"))),
        (json!({"schedule": {"mon": [["9:00", "25:00"]]}}), Err(("bad_schedule", "schedule"))),
        (json!({"holidays": ["2026-01-01", "2026-13-01"]}), Err(("bad_schedule", "holidays[1]"))),
        (json!({"shifts": {"2026-2-1": [["09:00", "10:00"]]}}), Err(("bad_schedule", "shifts.2026-2-1"))),
        (json!({"shifts": {"2026-02-01": [["09:00"]]}}), Err(("bad_field", "shifts.2026-02-01[0]"))),
        (
            json!({"pauses": [{"from": "2026-02-14T11:00:00", "to": "2026-02-13T11:00:00"}]}),
            Err(("pause_backwards", "pauses[0]")),
        ),
        (json!({"pauses": [{"from": "2026-02-14T11:00:00"}]}), Err(("still_paused", "pauses[0]"))),
        (json!({"start": "2099-12-30T10:00:00"}), Err(("beyond_calendar", "limit"))),
        (json!({"start": "2026-02-13T10:00:00"}), Ok("2026-03-02T23:59:59")),
    ];
    let table: Vec<_> = table
        .into_iter()
        .enumerate()
        .map(|(index, (changes, want))| (question(&format!("q{index}"), &changes), want))
        .collect();
    check(&table);
}

#[test]
fn lines_that_are_no_questions() {
    let mut input = "\u{feff}not json\r\n\r\n[1]\r\n".as_bytes().to_vec();
    input.extend(b"\"\xff\"\n{\"id\":\n");
    input.extend("[".repeat(5_000).bytes());
    let last = question("last", &json!({}));
    input.extend(format!("\n{last}").bytes());
    let run = run(&["deadline"], input);
    let lines = run.lines();
    let codes: Vec<&str> = lines.iter().map(|line| line["error"]["code"].as_str().unwrap_or("good")).collect();
    assert_eq!(codes, ["bad_json", "not_an_object", "bad_json", "bad_json", "bad_json", "good"]);
    assert_eq!(lines[0]["error"]["at"], "line 1, column 2");
    assert!(lines[..5].iter().all(|line| line["id"].is_null()));
    assert_eq!((run.status, lines[5]["id"].as_str()), (1, Some("last")));
}

#[test]
fn the_trace_tells_every_day_and_pause() {
    let days = question(
        "days",
        &json!({"limit": {"count": 2, "unit": "working_day"},
            "pauses": [{"from": "2026-02-15T10:00:00", "to": "2026-02-16T10:00:00"}]}),
    );
    let hours = question(
        "hours",
        &json!({"limit": {"count": 2, "unit": "hour"}, "start": "2026-02-13T23:00:00",
            "pauses": [{"from": "2026-02-13T23:30:00", "to": "2026-02-13T23:40:00"}]}),
    );
    let later = question("later", &json!({"start": "2027-02-12T10:00:00"}));
    let long = question("long", &json!({"limit": {"count": 100, "unit": "natural_day"}}));
    let answers = run(&["deadline"], format!("{days}\n{hours}\n{later}\n{long}\n")).lines();
    let mut trace = answers[0]["trace"].as_array().unwrap().clone();
    assert_eq!(trace.remove(0), json!({"date": "2026-02-13", "mark": "start", "reason": "weekday"}));
    assert_eq!(
        trace.remove(0),
        json!({"date": "2026-02-14", "mark": "counted", "n": 1, "reason": "shift", "name": "春节"})
    );
    let pause = json!({"mark": "pause", "from": "2026-02-15T10:00:00", "to": "2026-02-16T10:00:00",
        "effect": {"days": 0}, "reason": "rest_day"});
    assert_eq!(trace.pop().unwrap(), pause);
    assert_eq!(trace.pop().unwrap(), json!({"date": "2026-02-24", "mark": "due", "n": 2, "reason": "weekday"}));
    assert!(trace.len() == 9 && trace.iter().all(|day| day["mark"] == "skipped" && day["reason"] == "holiday"));

    let want = json!([
        {"date": "2026-02-13", "mark": "ran", "seconds": 3000, "reason": "weekday"},
        {"date": "2026-02-14", "mark": "due", "seconds": 4200, "reason": "shift", "name": "春节"},
        {"mark": "pause", "from": "2026-02-13T23:30:00", "to": "2026-02-13T23:40:00", "effect": {"seconds": 600}},
    ]);
    assert_eq!(answers[1]["trace"], want);

    assert_eq!(answers[2]["provisional"], true);
    assert!(answers[2]["trace"].as_array().unwrap().iter().any(|day| day["provisional"] == true));
    assert_eq!(answers[0]["provisional"], false);

    let long = answers[3]["trace"].as_array().unwrap();
    assert_eq!((long.len(), &long[30]), (61, &json!({"mark": "elided", "n": 41})));
}
