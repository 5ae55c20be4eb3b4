//! Attachments: told by their first bytes and their names.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shouwen_bundle::blob::sniff_up_to;

fuzz_target!(|input: (&str, &[u8])| {
    let (name, bytes) = input;
    if let Ok(mime) = sniff_up_to(bytes, name, 4_096) {
        assert!(!bytes.is_empty() && bytes.len() <= 4_096);
        assert!(!mime.contains("html") && !mime.contains("svg") && !mime.contains("script"), "{mime}");
    }
});
