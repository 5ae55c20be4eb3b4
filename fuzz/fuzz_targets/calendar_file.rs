//! Calendar files: what is read is written back the same, and makes a calendar or a reasoned refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shouwen_core::calendar::{CalendarFile, Statutory};

fuzz_target!(|text: &str| {
    let Ok(file) = CalendarFile::parse(text) else { return };
    assert_eq!(CalendarFile::parse(&file.to_text()).as_ref(), Ok(&file));
    if let Ok(statutory) = Statutory::new(&file.notices) {
        for day in file.notices.iter().flat_map(|notice| &notice.days) {
            assert_eq!(statutory.is_working(day.date), !day.off, "{}", day.date);
            assert!(!statutory.provisional(day.date), "{}", day.date);
        }
    }
});
