//! `check` on good and broken files.

use serde_json::{Value, json};

use crate::{path, run};

const PACKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs");

fn built_in(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(format!("{PACKS}/{name}.json")).unwrap()).unwrap()
}

#[test]
fn everything_built_in_is_without_errors() {
    let folders = [PACKS.to_owned(), format!("{PACKS}/calendars")];
    let files: Vec<String> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path().display().to_string())
        .filter(|file| file.ends_with(".json") && !file.ends_with(".schema.json"))
        .collect();
    assert!(files.len() >= 4, "{files:?}");
    let mut args = vec!["check"];
    args.extend(files.iter().map(String::as_str));
    let run = run(&args, "");
    let errors: Vec<Value> = run.lines().into_iter().filter(|line| line["level"] == "error").collect();
    assert_eq!((errors, run.status), (vec![], 0));
}

/// Writes each text to a file of its own and expects, for each, an error with this code at this place.
#[track_caller]
fn check(cases: &[(String, &str, &str)]) {
    let folder = tempfile::tempdir().unwrap();
    for (index, (text, code, at)) in cases.iter().enumerate() {
        let file = path(&folder, &format!("{index}.json"));
        std::fs::write(&file, text).unwrap();
        let run = run(&["check", &file], "");
        let lines = run.lines();
        let found = lines.iter().any(|line| line["level"] == "error" && line["code"] == *code && line["at"] == *at);
        assert!(found, "want {code} at {at}, got {}", run.out);
        assert!(lines.iter().all(|line| line["file"] == file.as_str() && line["message"].is_string()), "{}", run.out);
        assert_eq!(run.status, 1);
    }
}

#[test]
fn broken_files_are_named_with_the_place() {
    let change = |name: &str, change: fn(&mut Value)| {
        let mut value = built_in(name);
        change(&mut value);
        value.to_string()
    };
    check(&[
        (String::new(), "empty", "$"),
        ("{".to_owned(), "truncated", "$"),
        ("{\"a\":1,}".to_owned(), "syntax", "line 1, column 8"),
        ("[]".to_owned(), "unknown_format", "format"),
        (json!({"format": "shouwen-pack/9"}).to_string(), "unknown_format", "format"),
        ("[".repeat(100) + &"]".repeat(100), "too_deep", "byte 64"),
        (change("train-hq", |pack| pack["clocks"][0]["surprise"] = json!(1)), "parse", "clocks[0].surprise"),
        (
            change("train-hq", |pack| pack["clocks"][0]["start"] = json!(["never"])),
            "unknown_event",
            "clocks[0].start[0]",
        ),
        (
            change("calendars/cn", |file| file["notices"][0]["days"][0][0] = json!("2006-02-30")),
            "calendar",
            "notices[0].days[0][0]",
        ),
        (change("calendars/cn", |file| file["notices"][1] = file["notices"][0].clone()), "calendar", "notices[1].year"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n".to_owned(), "calendar", "$"),
        (json!([{"date": "2027-13-01", "holiday": true}]).to_string(), "calendar", "$[0]"),
        (change("demo", |file| file["hours"] = json!("all day")), "demo", "$"),
    ]);
}

#[test]
fn a_changed_bundle_is_refused_with_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(&folder, "demo.json");
    assert_eq!(run(&["demo", "--cases", "5", "--out", &file], "").status, 0);
    let good = run(&["check", &file], "");
    assert_eq!((good.status, good.out.as_str()), (0, ""));
    let text = std::fs::read_to_string(&file).unwrap();
    check(&[(text.replacen("2026-", "2025-", 1), "tampered", "events[0]")]);
}

#[test]
fn warnings_count_when_strict() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(&folder, "child.json");
    // Inherits from nobody who is here, so its references cannot be judged.
    let mut pack = built_in("train-hq");
    pack["extends"] = json!("no-such-parent");
    pack["id"] = json!("child");
    pack["clocks"][0]["start"] = json!(["never"]);
    std::fs::write(&file, pack.to_string()).unwrap();
    let lax = run(&["check", &file], "");
    assert!(lax.status == 0 && lax.lines().iter().any(|line| line["level"] == "warning"), "{}", lax.out);
    assert_eq!(run(&["check", "--strict", &file], "").status, 1);
}

#[test]
fn holiday_data_of_other_forms_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(&folder, "notice.txt");
    std::fs::write(&file, "关于2027年放假安排的通知\n元旦：1月1日（周六）至3日放假，共3天。\n").unwrap();
    let run = run(&["check", &file], "");
    let messages: Vec<String> = run.lines().iter().map(|line| line["message"].as_str().unwrap().to_owned()).collect();
    assert_eq!((messages.len(), run.status), (8, 0), "{}", run.out);
    assert_eq!(messages[0], "line 2: 2027-01-01 is said to be a Sat");
    assert!(messages.contains(&"2027: no day off for 春节".to_owned()), "{}", run.out);
}
