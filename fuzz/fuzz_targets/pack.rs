//! Rules files: read, checked, inherited from themselves.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shouwen_core::pack::{inherit, load, parse};

fuzz_target!(|text: &str| {
    if let Ok(pack) = parse(text) {
        let text = serde_json::to_string(&pack).unwrap();
        assert!(parse(&text).is_ok(), "what is read can be written and read again: {text}");
    }
    if let Ok(pack) = load(text) {
        let _ = inherit(&pack, &pack);
    }
});
