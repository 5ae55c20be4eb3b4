//! Events as they are stored and received: the text that counts in the hash is kept as it came.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shouwen_bundle::canonical::sha256_hex;
use shouwen_bundle::seal::Sealed;
use shouwen_bundle::upcast;

fuzz_target!(|text: &str| {
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(text) {
        let lifted = upcast::event(value);
        assert_eq!(upcast::event(lifted.clone()), lifted, "lifted once is lifted");
    }
    let Ok(sealed) = Sealed::read(text) else { return };
    assert_eq!(sealed.hash, sha256_hex(sealed.text.as_bytes()));
    let again = Sealed::read(&sealed.text).expect("its own text can be read");
    assert_eq!((&again.text, &again.hash), (&sealed.text, &sealed.hash));
    let _ = (sealed.event.understood(), sealed.event.order(), sealed.too_new());
});
