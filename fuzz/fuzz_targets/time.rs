//! Times and dates as people and programs write them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shouwen_core::time::{parse, parse_date, plain, stamped};

fuzz_target!(|text: &str| {
    if let Some(at) = parse(text) {
        assert_eq!(parse(&plain(at)), Some(at));
        assert_eq!(parse(&stamped(at)), Some(at));
    }
    if let Some(date) = parse_date(text) {
        assert_eq!(parse_date(&date.to_string()), Some(date));
    }
});
