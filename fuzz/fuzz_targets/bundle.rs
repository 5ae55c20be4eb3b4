//! Files that somebody hands over: told apart, read with narrow caps, written again the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shouwen_bundle::container::{Caps, read, read_any, write};
use shouwen_bundle::upcast::{Incoming, open};

const CAPS: Caps = Caps { bytes: 1 << 16, depth: 16, values: 5_000, events: 100 };

fuzz_target!(|bytes: &[u8]| {
    let _ = read_any(bytes, &CAPS);
    if let Ok(bundle) = read(bytes, &CAPS) {
        let text = write(&bundle);
        let again = read(text.as_bytes(), &Caps::default()).expect("what was written can be read");
        assert_eq!(write(&again), text);
    }
    if let Ok(Incoming::Bundle(bundle)) = open(bytes, &CAPS) {
        let _ = (bundle.read_packs(), bundle.read_calendars());
    }
});
