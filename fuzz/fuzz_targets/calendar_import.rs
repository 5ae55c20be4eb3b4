//! Holiday notices in whatever form: JSON, ICS, the official wording, typed lines. What is read keeps its promises.
#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use shouwen_core::calendar::import::{differences, merged, read};

fuzz_target!(|input: (bool, &str)| {
    let (told, text) = input;
    let Ok(found) = read(text, told.then_some(2026)) else { return };
    assert!(!found.notices.is_empty());
    let years: BTreeSet<i32> = found.notices.iter().map(|notice| notice.year).collect();
    assert_eq!(years.len(), found.notices.len(), "one notice for each year");
    for notice in &found.notices {
        let dates: BTreeSet<_> = notice.days.iter().map(|day| day.date).collect();
        assert_eq!(dates.len(), notice.days.len(), "no date twice");
        assert_eq!(differences(notice, notice), []);
        let again = merged(Some(notice), notice);
        assert_eq!(again.days.len(), notice.days.len());
    }
});
