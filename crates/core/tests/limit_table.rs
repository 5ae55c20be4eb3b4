//! Due times computed by hand from the notices and a wall calendar.

mod limit_support;

use std::sync::Arc;

use limit_support::*;
use shouwen_core::calendar::{Base, Calendar, CalendarFile, Statutory};
use shouwen_core::limit::{Amount, Due, Limit, Mark, NoEffect, Pause, due, due_on, entered};
use shouwen_core::time::plain;

#[track_caller]
fn check(calendar: &Calendar, cases: &[(&str, &str, &str)]) {
    for (start, what, want) in cases {
        assert_eq!(shown(&ask(start, what, calendar, &[])), *want, "{start} + {what}");
    }
}

#[test]
fn continuous_time() {
    check(
        &cn(),
        &[
            ("2026-02-13T10:00", "30 minute", "2026-02-13T10:30:00"),
            ("2026-02-14T23:50:07", "20 minute", "2026-02-15T00:10:07"),
            ("2026-02-13T10:00", "24 hour", "2026-02-14T10:00:00"),
            ("2026-02-13T10:00", "72 hour", "2026-02-16T10:00:00"),
            ("2099-12-31T10:00", "13 hour", "2099-12-31T23:00:00"),
        ],
    );
}

#[test]
fn working_days_over_the_spring_festival_of_2026() {
    // Saturday 14 and Saturday 28 February work, 15 to 23 February rest.
    check(
        &cn(),
        &[
            ("2026-02-13T10:00", "1 working_day", "2026-02-14T23:59:59"),
            ("2026-02-13T10:00", "2 working_day", "2026-02-24T23:59:59"),
            ("2026-02-13T10:00", "6 working_day", "2026-02-28T23:59:59"),
            ("2026-02-13T10:00", "7 working_day", "2026-03-02T23:59:59"),
            ("2026-02-18T00:00", "1 working_day", "2026-02-24T23:59:59"),
            ("2026-02-14T23:59:59", "1 working_day", "2026-02-24T23:59:59"),
        ],
    );
    check(
        &Calendar::weekdays(),
        &[
            ("2026-02-13T10:00", "1 working_day", "2026-02-16T23:59:59"),
            ("2026-02-13T10:00", "7 working_day", "2026-02-24T23:59:59"),
        ],
    );
}

#[test]
fn natural_days_stay_or_roll() {
    check(
        &cn(),
        &[
            ("2026-02-13T10:00", "3 natural_day", "2026-02-16T23:59:59"),
            ("2026-02-13T10:00", "3 natural_day roll", "2026-02-24T23:59:59"),
            // A make-up Saturday is no rest day; an ordinary Sunday is.
            ("2026-02-13T10:00", "1 natural_day roll", "2026-02-14T23:59:59"),
            ("2026-02-25T10:00", "4 natural_day roll", "2026-03-02T23:59:59"),
            ("2026-09-24T10:00", "1 natural_day roll", "2026-09-28T23:59:59"),
            // New Year: 1 to 3 January rest, Sunday 4 January works.
            ("2025-12-31T10:00", "1 natural_day roll", "2026-01-04T23:59:59"),
            ("2026-02-13T10:00", "15 natural_day", "2026-02-28T23:59:59"),
            ("2028-02-28T10:00", "1 natural_day", "2028-02-29T23:59:59"),
        ],
    );
}

#[test]
fn same_day_next_day_and_months() {
    check(
        &cn(),
        &[
            ("2026-02-15T23:59:59", "0 same_day", "2026-02-15T23:59:59"),
            ("2026-02-15T00:00", "9 same_day", "2026-02-15T23:59:59"),
            ("2026-12-31T10:00", "0 next_day", "2027-01-01T23:59:59"),
            ("2026-01-31T10:00", "1 month", "2026-02-28T23:59:59"),
            ("2028-01-31T10:00", "1 month", "2028-02-29T23:59:59"),
            ("2028-02-29T10:00", "12 month", "2029-02-28T23:59:59"),
            ("2028-02-29T10:00", "48 month", "2032-02-29T23:59:59"),
            ("2026-08-31T10:00", "6 month", "2027-02-28T23:59:59"),
            ("2026-05-15T10:00", "3 month", "2026-08-15T23:59:59"),
            // 15 August 2026 is a Saturday.
            ("2026-05-15T10:00", "3 month roll", "2026-08-17T23:59:59"),
        ],
    );
}

#[test]
fn close_of_business() {
    let calendar = cn().with_hours(office());
    check(
        &calendar,
        &[
            ("2026-11-16T10:00", "3 natural_day close", "2026-11-19T18:00:00"),
            ("2026-11-16T10:00", "3 working_day close", "2026-11-19T18:00:00"),
            // No window on a Saturday, none on a make-up Saturday either.
            ("2026-11-16T10:00", "5 natural_day close", "2026-11-21T23:59:59"),
            ("2026-02-13T10:00", "1 natural_day close", "2026-02-14T23:59:59"),
            ("2026-11-16T10:00", "0 same_day close", "2026-11-16T18:00:00"),
            ("2026-11-16T18:00", "0 same_day close", "2026-11-16T23:59:59"),
            ("2026-11-20T10:00", "1 natural_day roll close", "2026-11-23T18:00:00"),
            // Whole days come from the base although hours are given.
            ("2026-02-13T10:00", "7 working_day", "2026-03-02T23:59:59"),
        ],
    );
    check(&cn(), &[("2026-11-16T10:00", "3 natural_day close", "2026-11-19T23:59:59")]);
    let late = Calendar::campus(schedule(r#"{"mon":[["09:00","24:00"]]}"#), Base::Weekdays);
    check(
        &late,
        &[
            ("2026-11-16T10:00", "7 natural_day close", "2026-11-23T23:59:59"),
            ("2026-11-16T10:00", "14 working_hour", "2026-11-17T00:00:00"),
            ("2026-11-16T10:00", "15 working_hour", "2026-11-23T10:00:00"),
        ],
    );
}

#[test]
fn working_time() {
    check(
        &cn().with_hours(office()),
        &[
            ("2026-11-16T10:00", "2 working_hour", "2026-11-16T12:00:00"),
            ("2026-11-16T10:00", "121 working_minute", "2026-11-16T14:01:00"),
            ("2026-11-16T12:30", "1 working_minute", "2026-11-16T14:01:00"),
            ("2026-11-16T18:00", "30 working_minute", "2026-11-17T09:30:00"),
            ("2026-11-20T17:30:15", "60 working_minute", "2026-11-23T09:30:15"),
            // The make-up Saturday opens nothing; the next opening is Tuesday 24 February.
            ("2026-02-13T17:00", "2 working_hour", "2026-02-24T10:00:00"),
        ],
    );
    check(&Calendar::weekdays().with_hours(office()), &[("2026-02-13T17:00", "2 working_hour", "2026-02-16T10:00:00")]);
    let shifted = schedule(
        r#"{"mon":[["09:00","12:00"]],"sat":[["09:00","12:00"]],"holidays":["2026-02-16","2026-02-21"],
           "shifts":{"2026-02-14":[["10:00","11:00"]],"2026-02-18":[["09:00","17:00"]],"2026-02-21":[["09:00","17:00"]]}}"#,
    );
    let cases = [
        ("2026-02-14T08:00", "1 working_hour", "2026-02-14T11:00:00"),
        ("2026-02-14T08:00", "2 working_hour", "2026-02-18T10:00:00"),
        ("2026-02-18T16:00", "2 working_hour", "2026-02-23T10:00:00"),
    ];
    check(&Calendar::campus(shifted.clone(), Base::Weekdays), &cases);
    // Statutory holidays close even a date with hours of its own.
    check(
        &cn().with_hours(shifted),
        &[
            ("2026-02-14T08:00", "1 working_hour", "2026-02-14T11:00:00"),
            ("2026-02-14T08:00", "2 working_hour", "2026-02-28T10:00:00"),
        ],
    );
}

#[test]
fn working_days_of_a_campus() {
    let alone = Calendar::campus(school(), Base::Weekdays);
    check(
        &alone,
        &[
            ("2026-11-22T10:00", "1 working_day", "2026-11-25T23:59:59"),
            ("2026-11-20T10:00", "5 working_day", "2026-11-27T23:59:59"),
            ("2026-11-22T10:00", "1 natural_day roll", "2026-11-25T23:59:59"),
            ("2026-11-22T10:00", "3 natural_day roll close", "2026-11-25T20:30:00"),
        ],
    );
    // 1 to 7 October are a Thursday to a Wednesday.
    check(
        &Calendar::campus(school(), Base::Statutory(statutory())),
        &[
            ("2026-09-30T10:00", "1 working_day", "2026-10-08T23:59:59"),
            // Sunday 20 September is a make-up day and a school day; the 21st and 22nd rest.
            ("2026-09-19T10:00", "2 working_day", "2026-09-23T23:59:59"),
        ],
    );
}

#[test]
fn pauses_move_the_end_in_the_limits_own_unit() {
    for (start, what, pauses, want, effect, no_effect) in [
        ("2026-11-16T10:00", "60 minute", ("2026-11-16T10:30", "2026-11-16T12:00"), "2026-11-16T12:30:00", 5_400, None),
        ("2026-11-16T10:00", "60 minute", ("2026-11-16T08:00", "2026-11-16T10:10"), "2026-11-16T11:10:00", 600, None),
        (
            "2026-11-16T10:00",
            "60 minute",
            ("2026-11-16T11:00", "2026-11-16T12:00"),
            "2026-11-16T11:00:00",
            0,
            Some(NoEffect::AfterDue),
        ),
        (
            "2026-11-16T10:00",
            "60 minute",
            ("2026-11-16T09:00", "2026-11-16T10:00"),
            "2026-11-16T11:00:00",
            0,
            Some(NoEffect::BeforeStart),
        ),
        ("2026-11-16T10:00", "3 working_day", ("2026-11-17T09:00", "2026-11-18T15:00"), "2026-11-20T23:59:59", 1, None),
        (
            "2026-11-16T10:00",
            "3 working_day",
            ("2026-11-17T09:00", "2026-11-17T15:00"),
            "2026-11-19T23:59:59",
            0,
            Some(NoEffect::WithinDay),
        ),
        ("2026-11-16T10:00", "3 working_day", ("2026-11-17T00:00", "2026-11-18T00:00"), "2026-11-20T23:59:59", 1, None),
        (
            "2026-11-19T10:00",
            "2 working_day",
            ("2026-11-21T09:00", "2026-11-22T15:00"),
            "2026-11-23T23:59:59",
            0,
            Some(NoEffect::RestDay),
        ),
        ("2026-11-19T10:00", "2 working_day", ("2026-11-20T09:00", "2026-11-23T15:00"), "2026-11-24T23:59:59", 1, None),
        (
            "2026-11-16T10:00",
            "3 natural_day",
            ("2026-11-20T09:00", "2026-11-22T15:00"),
            "2026-11-19T23:59:59",
            0,
            Some(NoEffect::AfterDue),
        ),
        (
            "2026-11-16T10:00",
            "3 natural_day",
            ("2026-11-16T12:00", "2026-11-17T08:00"),
            "2026-11-19T23:59:59",
            0,
            Some(NoEffect::BeforeStart),
        ),
        ("2026-11-16T10:00", "3 natural_day", ("2026-11-19T12:00", "2026-11-22T08:00"), "2026-11-22T23:59:59", 3, None),
        ("2026-11-16T10:00", "1 month", ("2026-11-20T12:00", "2026-11-30T08:00"), "2026-12-26T23:59:59", 10, None),
        ("2026-11-16T10:00", "0 same_day", ("2026-11-16T12:00", "2026-11-18T08:00"), "2026-11-18T23:59:59", 2, None),
        // The fifth day is Saturday; Monday, where it would roll to, ends with the clock standing still.
        (
            "2026-11-16T10:00",
            "5 natural_day roll",
            ("2026-11-23T12:00", "2026-11-24T08:00"),
            "2026-11-24T23:59:59",
            1,
            None,
        ),
        (
            "2026-11-16T17:00",
            "2 working_hour",
            ("2026-11-16T17:30", "2026-11-17T09:30"),
            "2026-11-17T11:00:00",
            3_600,
            None,
        ),
        (
            "2026-11-16T17:00",
            "2 working_hour",
            ("2026-11-16T18:00", "2026-11-17T09:00"),
            "2026-11-17T10:00:00",
            0,
            Some(NoEffect::OutsideHours),
        ),
    ] {
        let answer = ask(start, what, &cn().with_hours(office()), &[pause(pauses.0, pauses.1)]).unwrap();
        let shown = &answer.trace.pauses[0];
        let (Amount::Days(amount) | Amount::Seconds(amount)) = shown.effect;
        assert_eq!((plain(answer.due).as_str(), amount, shown.no_effect), (want, effect, no_effect), "{start} {what}");
    }
}

#[test]
fn overlapping_pauses_are_one_and_an_open_one_hides_the_end() {
    let pauses = [
        pause("2026-11-16T10:40", "2026-11-16T11:00"),
        pause("2026-11-16T10:10", "2026-11-16T10:50"),
        pause("2026-11-16T11:00", "2026-11-16T11:10"),
    ];
    let answer = ask("2026-11-16T10:00", "60 minute", &cn(), &pauses).unwrap();
    assert_eq!((plain(answer.due).as_str(), answer.trace.pauses.len()), ("2026-11-16T12:00:00", 1));

    for (what, from, want) in [
        ("60 minute", "2026-11-16T10:30", "still_paused"),
        ("60 minute", "2026-11-16T11:00", "2026-11-16T11:00:00"),
        ("60 minute", "2026-11-16T10:59:59", "still_paused"),
        ("1 working_day", "2026-11-17T23:59:59", "still_paused"),
        ("1 working_day", "2026-11-18T00:00", "2026-11-17T23:59:59"),
        ("0 same_day", "2026-11-16T10:00", "still_paused"),
    ] {
        assert_eq!(shown(&ask("2026-11-16T10:00", what, &cn(), &[pause(from, "")])), want, "{what} {from}");
    }
    // An open pause swallows what it touches.
    let both = [pause("2026-11-16T10:10", "2026-11-16T10:40"), pause("2026-11-16T10:30", "")];
    let error = ask("2026-11-16T10:00", "15 minute", &cn(), &both).unwrap_err();
    assert_eq!(error, shouwen_core::limit::LimitError::StillPaused { since: at("2026-11-16T10:10") });
}

fn marks(answer: &Due) -> String {
    let mark = |mark| match mark {
        Mark::Start => "S".to_owned(),
        Mark::Counted(k) => k.to_string(),
        Mark::Ran(seconds) => format!("r{seconds}"),
        Mark::Skipped => "-".to_owned(),
        Mark::Paused => "p".to_owned(),
        Mark::Rolled => ">".to_owned(),
        Mark::Due(k) => format!("D{k}"),
    };
    answer.trace.days.iter().map(|day| mark(day.mark)).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_strip_of_days() {
    let calendar = cn().with_hours(office());
    let none: &[Pause] = &[];
    let over = [pause("2026-11-17T09:00", "2026-11-18T15:00")];
    for (start, what, pauses, want) in [
        ("2026-02-13T10:00", "7 working_day", none, "S 1 - - - - - - - - - 2 3 4 5 6 - D7"),
        ("2026-11-19T10:00", "2 natural_day roll", none, "S 1 > > D2"),
        ("2026-11-16T10:00", "3 natural_day", &over, "S p 1 2 D3"),
        ("2026-11-16T10:00", "0 same_day", none, "D0"),
        ("2026-11-16T10:00", "0 next_day", none, "S D1"),
        ("2026-11-20T17:00", "2 working_hour", none, "r3600 - - D3600"),
        ("2026-11-20T18:00", "2 working_hour", none, "S - - D7200"),
        ("2026-11-16T23:00", "2 hour", none, "r3600 D3600"),
        ("2026-11-16T22:00", "3 hour", &[pause("2026-11-16T23:00", "2026-11-18T00:00")], "r3600 p D7200"),
    ] {
        assert_eq!(marks(&ask(start, what, &calendar, pauses).unwrap()), want, "{start} {what}");
    }
    let long = ask("2026-01-01T10:00", "100 natural_day", &calendar, &[]).unwrap().trace;
    assert_eq!((long.days.len(), long.elided), (60, 41));
    assert_eq!((long.days[29].mark, long.days[30].mark), (Mark::Counted(29), Mark::Counted(71)));
}

#[test]
fn the_strip_as_json() {
    let answer =
        ask("2026-02-14T10:00", "1 working_day", &cn(), &[pause("2026-02-16T00:00", "2026-02-17T00:00")]).unwrap();
    let json = serde_json::to_value(&answer).unwrap();
    assert_eq!(json["due"], "2026-02-24T23:59:59");
    assert_eq!(json["trace"]["days"][0]["mark"], "start");
    assert_eq!(json["trace"]["days"][0]["reason"], serde_json::json!({"shift": "春节"}));
    assert_eq!(json["trace"]["days"][1]["date"], "2026-02-15");
    assert_eq!(json["trace"]["days"][1]["reason"], serde_json::json!({"holiday": "春节"}));
    assert_eq!(json["trace"]["days"][10]["mark"], serde_json::json!({"due": 1}));
    assert_eq!(json["trace"]["pauses"][0]["effect"], serde_json::json!({"days": 0}));
    assert_eq!(json["trace"]["pauses"][0]["no_effect"], "rest_day");
}

#[test]
fn provisional_where_the_answer_needs_an_unknown_notice() {
    let (cn, hours) = (cn(), cn().with_hours(office()));
    for (calendar, start, what, want) in [
        (&cn, "2026-12-20T10:00", "5 working_day", false),
        (&cn, "2026-12-30T10:00", "1 working_day", false),
        (&cn, "2026-12-31T10:00", "1 working_day", true),
        (&cn, "2026-12-20T10:00", "20 working_day", true),
        (&cn, "2026-12-20T10:00", "20 natural_day", false),
        (&cn, "2026-12-20T10:00", "20 natural_day roll", true),
        (&cn, "2026-12-20T10:00", "11 natural_day roll", false),
        (&cn, "2026-12-20T10:00", "20 hour", false),
        (&cn, "2027-06-01T10:00", "2000 hour", false),
        (&cn, "2027-06-01T10:00", "3 month", false),
        (&cn, "2027-06-01T10:00", "3 month roll", true),
        (&cn, "2006-06-01T10:00", "3 working_day", true),
        (&hours, "2026-12-31T17:00", "1 working_hour", false),
        (&hours, "2026-12-31T17:00", "2 working_hour", true),
        (&hours, "2026-12-31T10:00", "4 natural_day", false),
        (&hours, "2026-12-31T10:00", "4 natural_day close", true),
        // The office rests on Saturdays whatever a notice says.
        (&hours, "2026-12-31T10:00", "2 natural_day close", false),
        (&Calendar::weekdays(), "2026-12-20T10:00", "20 working_day", false),
    ] {
        let answer = ask(start, what, calendar, &[]).unwrap();
        assert_eq!(answer.provisional, want, "{start} + {what}");
        assert_eq!(answer.trace.days.iter().any(|day| day.provisional), want, "the strip of {start} + {what}");
    }
}

#[test]
fn a_notice_turns_provisional_days_into_known_ones() {
    let mut notices = CalendarFile::parse(CN).unwrap().notices;
    let mut next = notices.last().unwrap().clone();
    next.year = 2027;
    next.days.truncate(1);
    next.days[0].date = day("2026-12-31");
    next.days[0].off = true;
    notices.push(next);
    let calendar = Calendar::statutory(Arc::new(Statutory::new(&notices).unwrap()));
    // A made-up notice: 31 December 2026 rests, nothing else in 2027.
    let answer = ask("2026-12-30T10:00", "1 working_day", &calendar, &[]).unwrap();
    assert_eq!((plain(answer.due).as_str(), answer.provisional), ("2027-01-01T23:59:59", false));
}

#[test]
fn entered_dates_stand() {
    let (calendar, by_date) = (cn().with_hours(office()), limit("0 by_date"));
    let close = Limit { at_close: true, ..by_date.clone() };
    let start = at("2026-11-16T10:00");
    for (date, limit, want) in [
        ("2026-11-21", &by_date, "2026-11-21T23:59:59"),
        ("2026-11-20", &close, "2026-11-20T18:00:00"),
        ("2026-11-10", &by_date, "2026-11-10T23:59:59"),
    ] {
        assert_eq!(shown(&due_on(start, day(date), limit, &calendar)), want, "{date}");
    }
    let answer = entered(start, at("2026-11-18T09:30"), &cn()).unwrap();
    assert_eq!((plain(answer.due).as_str(), marks(&answer).as_str()), ("2026-11-18T09:30:00", "S 1 D2"));
}

#[test]
fn clear_errors_instead_of_loops() {
    let once = schedule(r#"{"shifts":{"2026-11-20":[["09:00","10:00"]]}}"#);
    let (cn, once) = (cn(), Calendar::campus(once, Base::Statutory(statutory())));
    for (calendar, start, what, want) in [
        (&cn, "2026-11-16T10:00", "0 minute", "zero_count"),
        (&cn, "2026-11-16T10:00", "0 working_day", "zero_count"),
        (&cn, "2026-11-16T10:00", "0 natural_day", "zero_count"),
        (&cn, "2026-11-16T10:00", "0 month", "zero_count"),
        (&cn, "2026-11-16T10:00", "3661 working_day", "count_too_large"),
        (&cn, "2026-11-16T10:00", "4000000000 minute", "count_too_large"),
        (&Calendar::weekdays(), "2026-11-16T10:00", "3660 working_day", "2040-11-26T23:59:59"),
        (&cn, "2026-11-16T10:00", "3660 month", "beyond_calendar"),
        (&cn, "2099-12-31T10:00", "1 natural_day", "beyond_calendar"),
        (&cn, "2099-12-31T10:00", "1 working_day", "beyond_calendar"),
        (&cn, "2099-12-31T10:00", "24 hour", "beyond_calendar"),
        (&cn, "2099-12-31T10:00", "0 next_day", "beyond_calendar"),
        (&cn, "2026-11-16T10:00", "1 working_hour", "no_schedule"),
        (&cn, "2026-11-16T10:00", "1 by_date", "needs_date"),
        (&cn, "2026-11-16T10:00", "1 none", "untimed"),
        (&once, "2026-11-16T10:00", "1 working_hour", "2026-11-20T10:00:00"),
        (&once, "2026-11-16T10:00", "61 working_minute", "beyond_calendar"),
        (&once, "2026-11-20T09:30", "31 working_minute", "beyond_calendar"),
        (&once, "2026-11-16T10:00", "1 working_day", "2026-11-20T23:59:59"),
        (&once, "2026-11-16T10:00", "2 working_day", "beyond_calendar"),
    ] {
        assert_eq!(shown(&ask(start, what, calendar, &[])), want, "{start} + {what}");
    }
    let early = at("2000-01-01T00:00") - chrono::Duration::seconds(1);
    assert_eq!(shown(&due(early, &limit("1 hour"), &cn, &[])), "start_out_of_range");
    let backwards = [pause("2026-11-17T10:00", "2026-11-16T10:00")];
    assert_eq!(shown(&ask("2026-11-16T10:00", "1 hour", &cn, &backwards)), "pause_backwards");
    let ages = [pause("2026-11-17T10:00", "2099-12-31T23:59:59")];
    assert_eq!(shown(&ask("2026-11-16T10:00", "3 working_day", &cn, &ages)), "beyond_calendar");
}
