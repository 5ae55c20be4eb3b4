//! Timetables: what is read is written back the same, and its windows are in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shouwen_core::calendar::{Base, Calendar, Schedule};
use shouwen_core::time::parse_date;

fuzz_target!(|text: &str| {
    let Ok(schedule) = serde_json::from_str::<Schedule>(text) else { return };
    let again = serde_json::to_string(&schedule).unwrap();
    assert_eq!(serde_json::from_str::<Schedule>(&again).unwrap(), schedule);
    let days = schedule.week().iter().chain(schedule.shifts().values());
    for windows in days {
        assert!(windows.iter().all(|window| window.start_minute() < window.end_minute()));
        assert!(windows.windows(2).all(|pair| pair[0].end_minute() <= pair[1].start_minute()));
    }
    let calendar = Calendar::campus(schedule, Base::Weekdays);
    let first = parse_date("2000-01-01").unwrap();
    let open = calendar.nth_working_day_after(first, 1);
    assert!(open.is_none_or(|day| calendar.is_working(day)));
});
