//! The calendar file and the timetable form as gates for outside data.

mod limit_support;

use limit_support::*;
use proptest::prelude::*;
use shouwen_core::calendar::{CalendarFile, DayReason, Schedule, Statutory};

#[test]
fn the_file_of_the_project_is_whole() {
    let file = CalendarFile::parse(CN).unwrap();
    assert_eq!(file.notices.iter().map(|notice| notice.days.len()).sum::<usize>(), 678);
    assert_eq!(file.notices.iter().map(|notice| notice.year).collect::<Vec<_>>(), (2007..=2026).collect::<Vec<_>>());
    assert!(file.notices.iter().all(|notice| !notice.sources.is_empty()));
    assert_eq!(file.to_text(), CN, "to_text writes the file as it stands");
}

#[test]
fn facts_carry_their_reason() {
    let statutory = statutory();
    for (date, working, provisional, reason) in [
        ("2026-02-17", false, false, DayReason::Holiday("春节".into())),
        ("2026-02-28", true, false, DayReason::Shift("春节".into())),
        ("2026-03-01", false, false, DayReason::Weekend),
        ("2026-03-02", true, false, DayReason::Weekday),
        // Listed by the notice of 2007, in a year without a notice.
        ("2006-12-31", true, false, DayReason::Shift("元旦".into())),
        ("2006-12-29", true, true, DayReason::Weekday),
        ("2027-02-05", false, true, DayReason::Holiday("春节".into())),
        ("2031-10-01", false, true, DayReason::Holiday("国庆节、中秋节".into())),
        ("2099-12-31", true, true, DayReason::Weekday),
    ] {
        let fact = statutory.fact(day(date)).unwrap();
        assert_eq!((fact.working, fact.provisional, fact.reason), (working, provisional, reason), "{date}");
    }
    assert_eq!(statutory.fact(day("2099-12-31").succ_opt().unwrap()), None);
}

/// What a partial notice names is certain; the rest of its year follows the law on festivals and stays provisional.
#[test]
fn a_partial_notice_does_not_make_its_year_known() {
    let days = r#"[["2027-01-01","元旦",true],["2027-01-04","元旦",true],["2027-01-09","元旦",false]]"#;
    let text = |partial| file(&format!(r#"[{{"year":2027,"sources":[],"days":{days},"partial":{partial}}}]"#));
    let read = |partial| CalendarFile::parse(&text(partial)).unwrap();
    let built = |partial| Statutory::new(&read(partial).notices).unwrap();
    let (partial, whole) = (built("true"), built("false"));
    assert_eq!((partial.has_notice(2027), whole.has_notice(2027)), (false, true));
    for (date, working, provisional, reason, of_whole) in [
        ("2027-01-04", false, false, DayReason::Holiday("元旦".into()), (false, false)),
        ("2027-01-09", true, false, DayReason::Shift("元旦".into()), (true, false)),
        ("2027-01-05", true, true, DayReason::Weekday, (true, false)),
        ("2027-02-08", false, true, DayReason::Holiday("春节".into()), (true, false)),
    ] {
        let fact = partial.fact(day(date)).unwrap();
        assert_eq!((fact.working, fact.provisional, fact.reason), (working, provisional, reason), "{date}");
        let fact = whole.fact(day(date)).unwrap();
        assert_eq!((fact.working, fact.provisional), of_whole, "{date}");
    }
    // Written only where it says something, so that files of before stay as they are.
    assert!(read("true").to_text().contains(r#","partial":true}"#));
    assert!(!read("false").to_text().contains("partial"));
    assert_eq!(CalendarFile::parse(&read("true").to_text()).unwrap(), read("true"));
    let error = CalendarFile::parse(&text("1")).unwrap_err().to_string();
    assert_eq!(error, "notices[0].partial: expected true or false");
}

/// A file with one notice, parts replaced.
fn file(notices: &str) -> String {
    format!(r#"{{"format":"shouwen-calendar/1","id":"x","title":{{"zh":"例","en":"x"}},"notices":{notices}}}"#)
}

#[test]
fn every_fault_is_named_with_its_place() {
    let notice = |year: &str, days: &str| file(&format!(r#"[{{"year":{year},"sources":[],"days":{days}}}]"#));
    let twice = r#"{"year":2026,"sources":[],"days":[["2026-01-01","元旦",true]]}"#;
    for (text, want) in [
        ("".to_owned(), "$: not JSON"),
        ("[]".to_owned(), "$: expected an object"),
        (r#"{"format":"shouwen-calendar/2"}"#.to_owned(), "format: unknown calendar format"),
        (r#"{"format":7}"#.to_owned(), "format: expected a text"),
        (r#"{"format":"shouwen-calendar/1","id":"x"}"#.to_owned(), "title: missing field"),
        (file("[]").replace("\"id\"", "\"colour\""), "colour: unknown field"),
        (file("{}"), "notices: expected a list"),
        (file("[{}]"), "notices[0].year: missing field"),
        (notice("\"2026\"", "[]"), "notices[0].year: expected a year"),
        (notice("2026.5", "[]"), "notices[0].year: expected a year"),
        (notice("1999", "[]"), "notices[0].year: not a year"),
        (notice("99999999999", "[]"), "notices[0].year: not a year"),
        (notice("2026", "[]"), "notices[0].days: the notice of 2026 lists no day"),
        (notice("2026", "[[]]"), "notices[0].days[0]: expected [date, name, off]"),
        (notice("2026", r#"[["2026-02-30","元旦",true]]"#), "notices[0].days[0][0]: not a date"),
        (notice("2026", r#"[["2026-1-1","元旦",true]]"#), "notices[0].days[0][0]: not a date"),
        (notice("2026", r#"[["2026-01-01","",true]]"#), "notices[0].days[0][1]: must not be empty"),
        (notice("2026", r#"[["2026-01-01","元旦",1]]"#), "notices[0].days[0][2]: expected true or false"),
        (notice("2026", r#"[["2025-11-30","元旦",true]]"#), "notices[0].days[0][0]: 2025-11-30 is not part"),
        (notice("2026", r#"[["2027-02-01","元旦",true]]"#), "notices[0].days[0][0]: 2027-02-01 is not part"),
        (
            notice("2026", r#"[["2026-01-01","元旦",true],["2026-01-01","元旦",true]]"#),
            "notices[0].days[1][0]: 2026-01-01 is listed twice",
        ),
        (file(&format!("[{twice},{twice}]")), "notices[1].year: a second notice for 2026"),
    ] {
        let error = CalendarFile::parse(&text).unwrap_err().to_string();
        assert!(error.starts_with(want), "{text}\n gives {error}\n not {want}");
    }
    let spilling = notice("2026", r#"[["2025-12-31","元旦",true],["2027-01-03","元旦",false]]"#);
    assert!(CalendarFile::parse(&spilling).is_ok());
}

#[test]
fn notices_that_contradict_each_other_are_refused() {
    let both = |off| {
        file(&format!(
            r#"[{{"year":2025,"sources":[],"days":[["2025-12-31","元旦",true]]}},
                {{"year":2026,"sources":[],"days":[["2025-12-31","元旦",{off}]]}}]"#
        ))
    };
    assert!(Statutory::new(&CalendarFile::parse(&both(true)).unwrap().notices).is_ok());
    let error = Statutory::new(&CalendarFile::parse(&both(false)).unwrap().notices).unwrap_err();
    assert_eq!(error.to_string(), "notices[1].days[0]: two notices disagree about 2025-12-31");
}

#[test]
fn timetables_are_checked() {
    for (text, want) in [
        (r#"{}"#, "the timetable never opens"),
        (r#"{"mon":[]}"#, "the timetable never opens"),
        (r#"{"shifts":{"2026-11-20":[["09:00","10:00"]]},"holidays":["2026-11-20"]}"#, "the timetable never opens"),
        (r#"{"mon":[["22:00","06:00"]]}"#, "mon: the window 22:00–06:00 runs over midnight"),
        (r#"{"mon":[["09:00","09:00"]]}"#, "mon: the window 09:00–09:00 is empty"),
        (r#"{"tue":[["09:00","12:00"],["11:59","13:00"]]}"#, "tue: windows overlap at 11:59"),
        (r#"{"tue":[["14:00","18:00"],["09:00","15:00"]]}"#, "tue: windows overlap at 14:00"),
        (r#"{"mon":[["9:00","12:00"]]}"#, "not a time of day"),
        (r#"{"mon":[["09:60","12:00"]]}"#, "not a time of day"),
        (r#"{"mon":[["09:00","24:01"]]}"#, "not a time of day"),
        (r#"{"mon":[["09:00","+1:00"]]}"#, "not a time of day"),
        (r#"{"mon":[["24:00","24:00"]]}"#, "mon: the window 24:00–24:00 is empty"),
        (r#"{"mon":[["09:00","10:00"]],"holidays":["2026-02-30"]}"#, "not a date"),
        (r#"{"mon":[["09:00","10:00"]],"shifts":{"2026-02-20":[["10:00","09:00"]]}}"#, "2026-02-20: the window"),
        (r#"{"monday":[["09:00","10:00"]]}"#, "unknown field `monday`"),
    ] {
        let error = serde_json::from_str::<Schedule>(text).unwrap_err().to_string();
        assert!(error.starts_with(want), "{text}\n gives {error}\n not {want}");
    }
    // Any order, touching windows, 24:00.
    let day = schedule(r#"{"mon":[["12:00","24:00"],["00:00","12:00"]]}"#);
    assert_eq!(day.windows(self::day("2026-11-16")).len(), 2);
    let text = serde_json::to_string(&school()).unwrap();
    assert_eq!(schedule(&text), school(), "what is written is read back");
}

/// One JSON value swapped for another somewhere in a good file.
fn mutated() -> impl Strategy<Value = String> {
    let junk = prop_oneof![
        Just("null".to_owned()),
        Just("[]".to_owned()),
        Just("-1".to_owned()),
        Just("\"2026-13-40\"".to_owned()),
        Just("{\"year\":1e400}".to_owned()),
        "\\PC{0,12}",
    ];
    (0..CN.len(), 0..60_usize, junk).prop_map(|(from, length, junk)| {
        let boundary = |mut at: usize| {
            while !CN.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (from, to) = (boundary(from), boundary((from + length).min(CN.len())));
        format!("{}{junk}{}", &CN[..from], &CN[to..])
    })
}

proptest! {
    #[test]
    fn no_text_breaks_the_gates(text in prop_oneof!["\\PC{0,80}", "[\\[\\]{}\",:0-9a-z-]{0,80}"], file in mutated()) {
        let _ = CalendarFile::parse(&text);
        let _ = serde_json::from_str::<Schedule>(&text);
        if let Ok(file) = CalendarFile::parse(&file) {
            let _ = Statutory::new(&file.notices);
            prop_assert_eq!(&CalendarFile::parse(&file.to_text()).unwrap(), &file);
        }
    }
}
