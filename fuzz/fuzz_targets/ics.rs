//! Calendar files that we write: no text breaks out of its line, and lines keep their length.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shouwen_bundle::ics::{Entry, Standing, calendar};
use shouwen_core::time::parse;

fuzz_target!(|input: (String, String, String, String, u32, u8)| {
    let (name, uid, title, text, seconds, kind) = input;
    let due = parse("2026-11-21T10:00:00").unwrap() + chrono::Duration::seconds(i64::from(seconds % 1_000_000_000));
    let standing = [Standing::Confirmed, Standing::Tentative, Standing::Cancelled][usize::from(kind % 3)];
    let alarms = vec![due - chrono::Duration::hours(1); usize::from(kind % 4)];
    let entry = Entry { uid, sequence: seconds, due, changed: due, title, text, alarms, standing };
    let file = calendar(&name, due, &[entry.clone(), entry]);
    assert!(file.ends_with("END:VCALENDAR\r\n"));
    for line in file.trim_end_matches("\r\n").split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    // Nobody's text opens or closes a component.
    let unfolded = file.replace("\r\n ", "");
    let count = |start: &str| unfolded.split("\r\n").filter(|line| line.starts_with(start)).count();
    assert_eq!((count("BEGIN:VCALENDAR"), count("BEGIN:VEVENT")), (1, 2));
    assert_eq!(count("BEGIN:"), count("END:"));
});
