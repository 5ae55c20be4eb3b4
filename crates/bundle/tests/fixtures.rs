//! Files of every released form are read for ever. A fixture is never changed; a new form adds a new one.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::*;
use serde_json::json;
use shouwen_bundle::canonical::sha256_hex;
use shouwen_bundle::container::{Bundle, Caps, Kind, read, write};
use shouwen_bundle::merge::{Known, examine, ranges};
use shouwen_core::calendar::CalendarFile;
use shouwen_core::case::{FIELD, Status};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn fixture(name: &str) -> Bundle {
    let bytes = std::fs::read(path(name)).unwrap();
    read(&bytes, &Caps::default()).unwrap()
}

#[test]
fn version_1_bundle() {
    let bundle = fixture("bundle-v1.json");
    assert_eq!((bundle.header.kind, bundle.header.campus.as_str()), (Kind::Full, "东校区"));
    assert_eq!(bundle.blobs.values().collect::<Vec<_>>(), [b"\xff\xd8\xff photo"]);
    let preview = examine(&bundle, &Known::default());
    assert_eq!((preview.new.len(), preview.quarantined.len(), preview.too_new), (17, 0, 0));
    assert_eq!((preview.not_understood, preview.gaps.len(), preview.forks.len()), (0, 0, 0));
    assert_eq!(ranges(&preview.new), bundle.header.ranges);

    let cases = cases(&preview.new);
    let case = &cases["c-1"];
    assert_eq!((case.number.as_str(), case.status(), case.entries.len()), ("TS-1", Status::Void, 17));
    assert_eq!(case.text("phone"), "13800000000");
    assert_eq!(case.value(&format!("{FIELD}amount")), Some(&json!(1200)));
    assert_eq!((case.classes("nature"), case.packs()[0].version), (vec!["problem".to_owned()], 2));
    assert_eq!(case.finding("valid"), Some(&json!("yes")));
    assert!(case.conflicts().is_empty());
    let names: Vec<&str> = case.happenings.iter().map(|one| one.event.as_str()).collect();
    assert_eq!(names, ["received", "called", "case_closed", "case_reopened"]);
}

#[test]
fn version_1_config() {
    let bundle = fixture("config-v1.json");
    assert_eq!(bundle.header.kind, Kind::Config);
    let calendars = bundle.read_calendars();
    assert_eq!(calendars[0].as_ref().map(|one| one.notices[0].days.len()), Ok(2));
}

#[test]
fn version_1_ack() {
    let bundle = fixture("ack-v1.json");
    let head = &bundle.heads[0];
    assert_eq!((bundle.header.kind, head.device.as_str(), head.to), (Kind::Ack, "east", 17));
    assert_eq!(fixture("bundle-v1.json").header.ranges[0].head, head.head);
}

/// Makes fixtures that are not there yet: `cargo test -p shouwen-bundle --test fixtures -- --ignored`.
#[test]
#[ignore = "only when a new form is released"]
fn make() {
    let (mut ids, mut desk) = (0, Desk::new("east"));
    let bodies = every_body("00000006-0000-7000-8000-000000000000");
    for body in bodies {
        desk.act(&mut ids, "c-1", body);
    }
    let photo = b"\xff\xd8\xff photo".to_vec();
    let blobs = BTreeMap::from([(sha256_hex(&photo), photo)]);
    let calendar = r#"{"format":"shouwen-calendar/1","id":"x","title":{"zh":"例","en":"Example"},
        "notices":[{"year":2026,"sources":["s"],"days":[["2026-01-01","元旦",true],["2026-01-04","元旦",false]]}]}"#;
    let calendar = CalendarFile::parse(calendar).unwrap();
    for (name, bundle) in [
        ("bundle-v1.json", Bundle::of_events(Kind::Full, origin(), &desk.log, blobs)),
        ("config-v1.json", Bundle::config(origin(), &[], &[calendar])),
        ("ack-v1.json", Bundle::ack(origin(), shouwen_bundle::merge::ack_for(&desk.log))),
    ] {
        if !path(name).exists() {
            std::fs::write(path(name), write(&bundle)).unwrap();
        }
    }
}
