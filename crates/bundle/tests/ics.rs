//! Calendar files: what the format asks for, what programs go by, and that every text comes back as it was.
//! An independent parser reads the app's own files in the end-to-end tests.

use proptest::prelude::*;
use shouwen_bundle::ics::{Entry, LENGTH, Standing, calendar};
use shouwen_core::time::{Civil, parse};

fn at(text: &str) -> Civil {
    parse(text).unwrap()
}

fn entry() -> Entry {
    Entry {
        uid: "case-1.D2.1@shouwen".to_owned(),
        sequence: 3,
        due: at("2026-11-22T23:59:59"),
        changed: at("2026-11-20T10:00:00"),
        title: "传递接收单 · 城北-26-0001".to_owned(),
        text: "负责：校长".to_owned(),
        alarms: vec![at("2026-11-22T12:00:07"), at("2026-11-22T23:59:59")],
        standing: Standing::Confirmed,
    }
}

fn file(entries: &[Entry]) -> String {
    calendar("首问", at("2026-11-20T10:05:00"), entries)
}

/// Content lines as a reader sees them: unfolded, name and value, text unescaped.
fn read(file: &str) -> Vec<(String, String)> {
    let whole = file.replace("\r\n ", "").replace("\r\n\t", "");
    let lines = whole.strip_suffix("\r\n").expect("the last line ends too").split("\r\n");
    lines
        .map(|line| {
            let (name, value) = line.split_once(':').expect("a name and a value");
            (name.to_owned(), unescaped(value))
        })
        .collect()
}

fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n' | 'N')) => out.push('\n'),
            ('\\', Some(next)) => out.push(next),
            ('\\', None) => panic!("a lone backslash"),
            (c, _) => out.push(c),
        }
    }
    out
}

/// All values of a property, in order.
fn all(file: &str, name: &str) -> Vec<String> {
    read(file).into_iter().filter(|(one, _)| one == name).map(|(_, value)| value).collect()
}

#[track_caller]
fn check(change: impl FnOnce(&mut Entry), name: &str, want: &[&str]) {
    let mut one = entry();
    change(&mut one);
    assert_eq!(all(&file(&[one]), name), want, "{name}");
}

#[test]
fn properties() {
    check(|_| {}, "UID", &["case-1.D2.1@shouwen"]);
    check(|_| {}, "SEQUENCE", &["3"]);
    check(|one| one.sequence = u32::MAX, "SEQUENCE", &["2147483647"]);
    check(|_| {}, "DTSTAMP", &["20261120T020500Z"]);
    check(|_| {}, "LAST-MODIFIED", &["20261120T020000Z"]);
    check(|_| {}, "DTSTART", &["20261122T152959Z"]);
    check(|_| {}, "DTEND", &["20261122T155959Z"]);
    // A due time early in the day lies on the day before in UTC, across the year too.
    check(|one| one.due = at("2027-01-01T07:59:00"), "DTEND", &["20261231T235900Z"]);
    check(|_| {}, "SUMMARY", &["传递接收单 · 城北-26-0001"]);
    check(|_| {}, "DESCRIPTION", &["负责：校长", "传递接收单 · 城北-26-0001", "传递接收单 · 城北-26-0001"]);
    check(|_| {}, "STATUS", &["CONFIRMED"]);
    check(|one| one.standing = Standing::Tentative, "STATUS", &["TENTATIVE"]);
    check(|one| one.standing = Standing::Cancelled, "STATUS", &["CANCELLED"]);
    check(|_| {}, "METHOD", &["PUBLISH"]);
    check(|_| {}, "VERSION", &["2.0"]);
    check(|_| {}, "X-WR-CALNAME", &["首问"]);
}

#[test]
fn alarms_count_from_the_beginning() {
    let begin = entry().due - chrono::Duration::seconds(LENGTH);
    let ring = |seconds: i64| vec![begin + chrono::Duration::seconds(seconds)];
    check(|_| {}, "TRIGGER", &["-PT11H29M52S", "PT0H30M0S"]);
    check(|one| one.alarms = ring(0), "TRIGGER", &["PT0H0M0S"]);
    check(|one| one.alarms = ring(-1), "TRIGGER", &["-PT0H0M1S"]);
    check(|one| one.alarms = ring(-3 * 86_400), "TRIGGER", &["-PT72H0M0S"]);
    check(|one| one.alarms.clear(), "TRIGGER", &[]);
    check(|one| one.standing = Standing::Tentative, "ACTION", &["DISPLAY", "DISPLAY"]);
    check(|one| one.standing = Standing::Cancelled, "BEGIN", &["VCALENDAR", "VEVENT"]);
}

#[test]
fn texts_are_escaped() {
    let raw = |title: &str| {
        let one = Entry { title: title.to_owned(), alarms: Vec::new(), ..entry() };
        let text = file(&[one]).replace("\r\n ", "");
        let line = text.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).map(str::to_owned);
        line.unwrap()
    };
    for (title, want) in [
        ("a,b;c\\d", "a\\,b\\;c\\\\d"),
        ("一\n二\r\n三\r四", "一\\n二\\n三\\n四"),
        ("a:b\"c'", "a:b\"c'"),
        ("a\tb\0\u{7}\u{85}c", "a\tbc"),
        ("BEGIN:VALARM\r\nEND:VEVENT", "BEGIN:VALARM\\nEND:VEVENT"),
        ("", ""),
    ] {
        assert_eq!(raw(title), want, "{title:?}");
    }
}

#[test]
fn a_file_without_entries_is_still_a_calendar() {
    assert_eq!(all(&file(&[]), "BEGIN"), ["VCALENDAR"]);
    assert_eq!(all(&file(&[]), "END"), ["VCALENDAR"]);
}

#[test]
fn components_close_in_order() {
    let mut open: Vec<String> = Vec::new();
    for (name, value) in read(&file(&[entry(), Entry { standing: Standing::Cancelled, ..entry() }])) {
        match name.as_str() {
            "BEGIN" => open.push(value),
            "END" => assert_eq!(open.pop().as_ref(), Some(&value)),
            _ => {}
        }
    }
    assert!(open.is_empty());
}

proptest! {
    #[test]
    fn any_text_comes_back(title in "\\PC{0,200}", text in any::<String>(), uid in "[ -~]{1,120}") {
        let one = Entry { title: title.clone(), text: text.clone(), uid: uid.clone(), ..entry() };
        let written = file(&[one]);
        // Nothing is lost but what the format cannot hold.
        let kept = |text: &str| -> String {
            let lines = text.replace("\r\n", "\n").replace('\r', "\n");
            lines.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect()
        };
        prop_assert_eq!(&all(&written, "SUMMARY")[0], &kept(&title));
        prop_assert_eq!(&all(&written, "DESCRIPTION")[0], &kept(&text));
        prop_assert_eq!(&all(&written, "UID")[0], &uid);
        // No text can smuggle lines in.
        prop_assert_eq!(all(&written, "BEGIN").len(), 4);
        for line in written.split("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets", line.len());
            prop_assert!(!line.contains(['\r', '\n']));
        }
        prop_assert_eq!(written, file(&[Entry { title, text, uid, ..entry() }]));
    }

    /// Octets are counted, not characters: whatever stands at the fold stays whole.
    #[test]
    fn folds_keep_characters_whole(ascii in 0_usize..90, wide in 0_usize..90) {
        let title = format!("{}{}", "a".repeat(ascii), "字".repeat(wide));
        let written = file(&[Entry { title: title.clone(), alarms: Vec::new(), ..entry() }]);
        prop_assert_eq!(all(&written, "SUMMARY"), vec![title]);
        prop_assert!(written.split("\r\n").all(|line| line.len() <= 75));
    }
}
