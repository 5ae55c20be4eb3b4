//! Bundles as files: round trips, tampering, hostile and broken input, masking.

mod common;

use std::collections::BTreeMap;

use common::*;
use proptest::prelude::*;
use serde_json::{Value, json};
use shouwen_bundle::canonical::{canonical, sha256_hex};
use shouwen_bundle::container::{Bundle, BundleError, Caps, Kind, MASK, masked, parse, read, read_any, write};
use shouwen_bundle::merge::{Known, ack_for, examine};
use shouwen_bundle::upcast::{Incoming, open};
use shouwen_core::calendar::CalendarFile;

fn small() -> Bundle {
    let (mut ids, mut desk) = (0, Desk::new("east"));
    for body in [opened(), set("phone", json!("13800000000")), note("一"), note("two")] {
        desk.act(&mut ids, "c-1", body);
    }
    let mut west = Desk::new("west");
    west.act(&mut ids, "c-2", opened());
    west.act(&mut ids, "c-2", note("三"));
    let log = [desk.log, west.log].concat();
    let photo = b"\xff\xd8\xff photo".to_vec();
    Bundle::of_events(Kind::Full, origin(), &log, BTreeMap::from([(sha256_hex(&photo), photo)]))
}

/// The digest of a hand-made document.
fn signed(mut document: Value) -> String {
    document.as_object_mut().unwrap().remove("digest");
    document["digest"] = sha256_hex(canonical(&document).as_bytes()).into();
    document.to_string()
}

#[test]
fn writes_canonical_text_and_reads_it_back() {
    let bundle = small();
    let text = write(&bundle);
    assert_eq!(read(text.as_bytes(), &Caps::default()).unwrap(), bundle);
    assert_eq!(canonical(&serde_json::from_str(&text).unwrap()), text);
    assert_eq!((bundle.header.counts.events, bundle.header.counts.cases, bundle.header.counts.blobs), (6, 2, 1));
    let ranges: Vec<_> = bundle.header.ranges.iter().map(|one| (one.device.as_str(), one.from, one.to)).collect();
    assert_eq!(ranges, [("east", 1, 4), ("west", 1, 2)]);
}

#[test]
fn blanks_and_a_byte_order_mark_do_not_matter() {
    let bundle = small();
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<Value>(&write(&bundle)).unwrap()).unwrap();
    assert_eq!(read(format!("\u{feff}{pretty}\r\n").as_bytes(), &Caps::default()).unwrap(), bundle);
}

/// Every bit of a file, one after the other.
#[test]
fn no_changed_bit_goes_unnoticed() {
    let bundle = small();
    let bytes = write(&bundle).into_bytes();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            let got = read(&flipped, &Caps::default());
            assert!(got.is_err() || got.as_ref() == Ok(&bundle), "byte {at}, bit {bit}");
        }
    }
}

#[track_caller]
fn tampered(change: impl FnOnce(&mut Value), want: &str) {
    let mut document: Value = serde_json::from_str(&write(&small())).unwrap();
    change(&mut document);
    match read(document.to_string().as_bytes(), &Caps::default()) {
        Err(BundleError::Tampered { place }) => assert_eq!(place, want),
        other => panic!("{other:?}"),
    }
}

#[test]
fn tampering_is_refused_with_its_place() {
    let third = "events[2] (device east, number 3)";
    tampered(|doc| doc["events"][2]["body"]["text"] = "二".into(), third);
    tampered(|doc| doc["events"][2]["prev"] = "00".into(), third);
    tampered(|doc| doc["events"][2]["at"] = "2026-10-02T10:00:00+08:00".into(), third);
    tampered(|doc| doc["events"][2]["extra"] = 1.into(), third);
    tampered(|doc| doc["events"][2]["device"] = "north".into(), "events[2] (device north, number 3)");
    tampered(|doc| doc["events"][2]["seq"] = 77.into(), "events[2] (device east, number 77)");
    tampered(|doc| doc["events"][2]["seq"] = 1.into(), "events[2] (device east, number 1)");
    tampered(|doc| doc["events"][2]["seq"] = 2.into(), "events[2] (device east, number 2)");
    tampered(|doc| doc["events"][0]["seq"] = 2.into(), "events[0] (device east, number 2)");
    tampered(|doc| doc["events"][3]["actor"] = "x".into(), "events[3] (device east, number 4)");
    tampered(|doc| doc["events"][5]["prev"] = "".into(), "events[5] (device west, number 2)");
    tampered(|doc| doc["events"][2]["at"] = "2026-02-30T10:00:00+08:00".into(), "events[2]");
    tampered(|doc| doc["events"][2] = Value::Null, "events[2]");
    tampered(|doc| drop(doc["events"].as_array_mut().unwrap().remove(2)), "events: device east, number 3 is missing");
    tampered(|doc| doc["events"] = json!([]), "events: device east, number 1 is missing");
    tampered(|doc| doc["header"]["campus"] = "西校区".into(), "header");
    tampered(|doc| doc["header"]["kind"] = "delta".into(), "header");
    tampered(|doc| doc["header"]["ranges"] = json!([]), "header");
    tampered(|doc| doc["digest"] = "".into(), "header");
    tampered(|doc| doc["digest"] = Value::Null, "header");
    tampered(|doc| doc["packs"] = json!([1]), "header or packs");
    tampered(|doc| doc["settings"] = json!({"a": 1}), "header or settings");
    let photo = sha256_hex(b"\xff\xd8\xff photo");
    tampered(|doc| doc["blobs"][&photo] = "AAAA".into(), &format!("blobs.{photo}"));
    tampered(|doc| doc["blobs"]["00"] = "AAAA".into(), "blobs.00");
    tampered(|doc| doc["blobs"][&photo] = 7.into(), &format!("blobs.{photo}"));
}

/// A right digest does not help a wrong attachment.
#[test]
fn a_blob_must_be_what_its_name_says() {
    let mut document: Value = serde_json::from_str(&write(&small())).unwrap();
    document["blobs"] = json!({"ab": "AAAA"});
    let got = read(signed(document).as_bytes(), &Caps::default());
    assert_eq!(got, Err(BundleError::Tampered { place: "blobs.ab".into() }));
}

#[track_caller]
fn refused(bytes: &[u8], code: &str, place: &str) {
    match read(bytes, &Caps::default()) {
        Err(error) => assert_eq!((error.code(), error.place().as_str()), (code, place), "{error}"),
        Ok(bundle) => panic!("{bundle:?}"),
    }
}

#[test]
fn broken_and_hostile_files() {
    refused(b"", "empty", "$");
    refused(b" \r\n ", "empty", "$");
    refused("\u{feff}".as_bytes(), "empty", "$");
    refused(b"\xff\xfe{\0", "not_utf8", "byte 0");
    refused(b"{\"format\":\"\x80\"}", "not_utf8", "byte 11");
    refused("[".repeat(65).as_bytes(), "too_deep", "byte 64");
    refused("[".repeat(1_000_000).as_bytes(), "too_deep", "byte 64");
    refused(br#"{"format":"\ud83d"}"#, "lone_surrogate", "byte 11");
    refused(br#"{"format":"\ude00\ud83d"}"#, "lone_surrogate", "byte 11");
    refused(br#"{"format":"\ud83d\u0041"}"#, "lone_surrogate", "byte 11");
    refused(br#"{"format":"\\ud83d"}"#, "not_a_bundle", "format");
    refused(br#"{"format":"\ud83d\ude00"}"#, "not_a_bundle", "format");
    refused(br#"{"format":"\ud8"}"#, "syntax", "line 1, column 17");
    refused(b"{\"format\":\n tru}", "syntax", "line 2, column 5");
    refused(b"<html></html>", "syntax", "line 1, column 1");
    refused(b"{} {}", "syntax", "line 1, column 4");
    refused(b"[1,2]", "not_a_bundle", "format");
    refused(b"\"shouwen-bundle\"", "not_a_bundle", "format");
    refused(br#"{"format":7}"#, "not_a_bundle", "format");
    refused(br#"{"format":"other","version":1}"#, "not_a_bundle", "format");
    refused(br#"{"format":"shouwen-bundle","version":2,"what":"ever"}"#, "too_new", "version");
    refused(br#"{"format":"shouwen-bundle","version":0}"#, "malformed", "version");
    refused(br#"{"format":"shouwen-bundle","version":1.5}"#, "malformed", "version");
    refused(br#"{"format":"shouwen-bundle","version":-1}"#, "malformed", "version");
    refused(br#"{"format":"shouwen-bundle","version":1}"#, "tampered", "header");
    refused(signed(json!({"format": "shouwen-bundle", "version": 1})).as_bytes(), "malformed", "header");
    let with = |key: &str, value: Value| {
        let mut document: Value = serde_json::from_str(&write(&small())).unwrap();
        document[key] = value;
        signed(document)
    };
    refused(with("events", json!({})).as_bytes(), "malformed", "events");
    refused(with("blobs", json!([])).as_bytes(), "malformed", "blobs");
    refused(with("header", json!({"id": "x", "kind": "gossip"})).as_bytes(), "malformed", "header");
    let bad_date = json!({"id": "x", "kind": "full", "created": "2026-02-30T00:00:00+08:00"});
    refused(with("header", bad_date).as_bytes(), "malformed", "header");
    refused(with("masked", true.into()).as_bytes(), "malformed", "masked");
}

#[test]
fn every_cut_off_file_is_refused() {
    let bytes = write(&small()).into_bytes();
    for end in 0..bytes.len() {
        let error = read(&bytes[..end], &Caps::default()).unwrap_err();
        assert!(matches!(error.code(), "truncated" | "empty" | "not_utf8"), "{end}: {error}");
    }
}

#[test]
fn caps_come_before_everything() {
    let caps = Caps::default();
    // Zeroed pages: nothing of it is touched when the size alone refuses it.
    let huge = vec![0_u8; 200 << 20];
    assert_eq!(read(&huge, &caps), Err(BundleError::TooBig { size: 200 << 20, max: 64 << 20 }));
    assert_eq!(caps.check_size(65 << 20).unwrap_err().code(), "too_big");
    assert_eq!(caps.check_size(64 << 20), Ok(()));
    let tiny = Caps { values: 10, ..caps };
    assert_eq!(read(b"[1,1,1,1,1,1,1,1,1,1,1,1]", &tiny), Err(BundleError::TooMany { what: "values", max: 10 }));
    let few = Caps { events: 5, ..caps };
    assert_eq!(read(write(&small()).as_bytes(), &few), Err(BundleError::TooMany { what: "events", max: 5 }));
    assert!(read(write(&small()).as_bytes(), &Caps { events: 6, ..caps }).is_ok());
}

#[test]
fn markup_in_names_stays_text() {
    let (mut ids, mut desk) = (0, Desk::new("<img src=x onerror=alert(1)>"));
    let name = "</script><script>alert('王')</script>\u{2028}\u{0}\u{202e}\\\"";
    desk.act(&mut ids, "c-1", opened());
    desk.act(&mut ids, "c-1", set("name", json!(name)));
    let mut other = Desk::new("hq");
    assert_eq!(other.import(&desk.export()).new, desk.log);
    assert_eq!(other.case("c-1").unwrap().text("name"), name);
}

#[test]
fn unknown_envelope_keys_survive_everything() {
    let (mut ids, mut desk) = (0, Desk::new("east"));
    let plain = desk.act(&mut ids, "c-1", opened());
    let richer = changed(&plain, "signature", json!({"by": "newer build", "weight": 0.30000000000000004}));
    assert_ne!(richer.hash, plain.hash);
    desk.log = vec![richer.clone()];
    let mut hq = Desk::new("hq");
    hq.import(&desk.export());
    assert_eq!(hq.log, [richer]);
    assert!(hq.export().contains(r#""signature":{"by":"newer build","weight":0.30000000000000004}"#));
}

#[test]
fn config_and_ack_round_trip() {
    let calendar = r#"{"format":"shouwen-calendar/1","id":"x","title":{"zh":"例","en":"Example"},
        "notices":[{"year":2026,"sources":["s"],"days":[["2026-01-01","元旦",true]]}]}"#;
    let calendar = CalendarFile::parse(calendar).unwrap();
    let mut config = Bundle::config(origin(), &[], std::slice::from_ref(&calendar));
    config.packs.push(json!({"format": "shouwen-pack/9", "id": "from the future"}));
    config.settings.insert("schedules".into(), json!({"east": {"mon": [["09:00", "12:00"]]}}));
    let back = read(write(&config).as_bytes(), &Caps::default()).unwrap();
    assert_eq!(back, config);
    assert_eq!(back.read_calendars(), [Ok(calendar)]);
    assert!(back.read_packs()[0].is_err());

    let (mut ids, mut desk) = (0, Desk::new("east"));
    desk.act(&mut ids, "c-1", opened());
    let ack = Bundle::ack(origin(), ack_for(&desk.log));
    let back = read(write(&ack).as_bytes(), &Caps::default()).unwrap();
    assert_eq!((back.header.kind, back.heads.len(), back.heads[0].to), (Kind::Ack, 1, 1));
    assert_eq!(back, ack);
}

#[test]
fn one_gate_for_all_files() {
    let caps = Caps::default();
    let gate = |text: &str| open(text.as_bytes(), &caps);
    assert!(matches!(gate(&write(&small())), Ok(Incoming::Bundle(bundle)) if *bundle == small()));
    assert!(matches!(gate(r#"{"format":"shouwen-pack/1"}"#), Ok(Incoming::Pack(_))));
    assert!(matches!(gate(r#"{"format":"shouwen-calendar/1"}"#), Ok(Incoming::Calendar(_))));
    assert_eq!(gate(r#"{"format":"shouwen"}"#).unwrap_err().code(), "not_a_bundle");
    assert_eq!(gate("").unwrap_err().code(), "empty");
}

#[test]
fn a_masked_bundle_can_be_read_but_not_merged() {
    let (mut ids, mut desk) = (0, Desk::new("east"));
    for body in every_body("x") {
        desk.act(&mut ids, "c-1", body);
    }
    let strange = changed(&desk.log[5], "kind", json!("gossip"));
    desk.log[5] = strange;
    let mut full = desk.bundle();
    full.pass_on([r#"{"phone":"13800000000"}"#.to_owned()]);
    full.blobs.insert(sha256_hex(b"x"), b"x".to_vec());
    full.settings.insert("holder".into(), json!("王"));

    let secret = |field: &str| matches!(field, "phone" | "@actor" | "@note" | "@reason" | "@attachment");
    let text = write(&masked(&full, &secret));
    for word in ["13800000000", "王", "李", "原因", "照片", "家长", "记\""] {
        assert!(!text.contains(word), "{word}");
    }
    assert!(text.contains(r#""amount":1200"#) && text.contains(r#""masked":true"#) && text.contains(MASK));
    assert_eq!(read(text.as_bytes(), &Caps::default()), Err(BundleError::Masked));
    let bundle = read_any(text.as_bytes(), &Caps::default()).unwrap();
    assert_eq!((bundle.events.len(), bundle.blobs.len()), (17, 0));
    let preview = examine(&bundle, &Known::default());
    assert!(preview.masked && preview.is_no_op());

    let nothing = masked(&full, &|_| false);
    assert!(write(&nothing).contains("13800000000"));
    // Taking the mark away makes it a file with a wrong digest, and with a right one a broken header.
    let unmarked = text.replace(r#""masked":true,"#, "");
    assert_eq!(read(unmarked.as_bytes(), &Caps::default()).unwrap_err().code(), "tampered");
    let unmarked = signed(serde_json::from_str(&unmarked).unwrap());
    assert_eq!(read(unmarked.as_bytes(), &Caps::default()).unwrap_err().place(), "masked");
}

#[test]
fn texts_that_are_not_json_are_not_lost() {
    let mut bundle = small();
    bundle.pass_on(["{half".to_owned(), "[ 1 ]".to_owned()]);
    let back = read(write(&bundle).as_bytes(), &Caps::default()).unwrap();
    assert_eq!(back.events[6..], [r#""{half""#.to_owned(), "[1]".to_owned()]);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read(&bytes, &Caps::default()).is_err());
    }

    /// Text that looks like JSON reaches further in.
    #[test]
    fn no_json_makes_it_panic(text in r#"[\[\]{}:,"\\u0-9d8-fa "]{0,60}"#) {
        let _ = parse(text.as_bytes(), &Caps::default());
        prop_assert!(read(text.as_bytes(), &Caps::default()).is_err());
    }

    #[test]
    fn any_text_survives(text in any::<String>(), field in "[a-z]{1,8}") {
        let (mut ids, mut desk) = (0, Desk::new("east"));
        desk.act(&mut ids, "c-1", set(&field, json!(text)));
        let back = read(desk.export().as_bytes(), &Caps::default()).unwrap();
        prop_assert_eq!(back, desk.bundle());
    }
}
