//! `demo`, `status` and `merge` on bundle files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{path, run};

const NOW: &str = "2026-11-20T15:30:00";

/// Invents cases into a file of the folder; returns its path.
#[track_caller]
fn demo(folder: &TempDir, name: &str, cases: u32, seed: u32) -> String {
    let file = path(folder, name);
    let run = run(&["demo", "--cases", &cases.to_string(), "--seed", &seed.to_string(), "-o", &file], "");
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", run.out);
    assert_eq!(run.lines()[0]["cases"], cases);
    file
}

#[test]
fn the_same_arguments_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for (cases, seed) in [(0, 1), (1, 1), (40, 7)] {
        let (a, b) = (demo(&folder, "a.json", cases, seed), demo(&folder, "b.json", cases, seed));
        assert_eq!(fs::read(&a).unwrap(), fs::read(&b).unwrap());
        let other = demo(&folder, "other.json", cases, seed + 1);
        assert_eq!(fs::read(&a).unwrap() == fs::read(&other).unwrap(), cases == 0, "{cases}");
    }
    let early = path(&folder, "early.json");
    let args = ["demo", "--cases=9", "--out", &early, "--at", "2025-03-01T10:00:00", "--campuses", "1"];
    assert_eq!(run(&args, "").status, 0);
    assert!(!fs::read_to_string(&early).unwrap().contains("2026-"), "nothing happens after the present");
}

#[test]
fn status_names_every_clock() {
    let folder = tempfile::tempdir().unwrap();
    let file = demo(&folder, "demo.json", 60, 3);
    let run = run(&["status", &file, "--at", NOW], "");
    assert_eq!(run.status, 0, "{}", run.err);
    let lines = run.lines();
    let cases: BTreeSet<&str> = lines.iter().filter_map(|line| line["case"].as_str()).collect();
    // A case that was entered by mistake may have no clock at all.
    assert!((55..=60).contains(&cases.len()), "{}", cases.len());
    let keys = ["case", "clock", "done_at", "due", "pack", "provisional", "start", "state"];
    for line in &lines {
        assert_eq!(line.as_object().unwrap().keys().collect::<Vec<_>>(), keys);
    }
    let states: BTreeSet<&str> = lines.iter().filter_map(|line| line["state"].as_str()).collect();
    for state in ["waiting", "running", "overdue", "met", "met_late", "superseded"] {
        assert!(states.contains(state), "{states:?}");
    }
    let today = |line: &Value| {
        line["due"].as_str().is_some_and(|due| due.starts_with("2026-11-20")) && line["done_at"].is_null()
    };
    assert!(lines.iter().any(today), "something is due today");
}

#[test]
fn status_looks_from_its_instant() {
    let folder = tempfile::tempdir().unwrap();
    let file = demo(&folder, "demo.json", 60, 3);
    let at = |time: &str| -> BTreeMap<String, String> {
        let lines = run(&["status", &file, "--at", time], "").lines();
        let key = |line: &Value| format!("{} {} {}", line["case"], line["clock"], line["start"]);
        lines.iter().map(|line| (key(line), line["state"].as_str().unwrap().to_owned())).collect()
    };
    assert_eq!(at("2020-01-01T00:00:00"), BTreeMap::new(), "nothing had happened");
    let (before, after) = (at("2026-10-20T12:00:00"), at(NOW));
    assert!(!before.is_empty() && before.len() < after.len());
    let came = |from: &str, to: &str| {
        before.iter().any(|(run, state)| state == from && after.get(run).is_some_and(|now| now == to))
    };
    assert!(came("running", "met") || came("due_soon", "met"), "what was running then has been met since");
}

#[test]
fn merging_is_idempotent_and_the_order_has_no_say() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (demo(&folder, "a.json", 20, 1), demo(&folder, "b.json", 15, 2));
    let merge = |name: &str, files: &[&str]| -> (Vec<u8>, Value) {
        let out = path(&folder, name);
        let mut args = vec!["merge", "-o", &out];
        args.extend(files);
        let run = run(&args, "");
        assert_eq!(run.status, 0, "{}{}", run.out, run.err);
        (fs::read(&out).unwrap(), run.lines().remove(0))
    };
    let (ab, summary) = merge("ab.json", &[&a, &b]);
    let count = |file: &str| {
        let bundle: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        bundle["events"].as_array().unwrap().len()
    };
    assert_eq!(summary["new"], count(&a) + count(&b));
    assert_eq!((&summary["cases"], &summary["duplicate"]), (&json!(35), &json!(0)));
    for (key, want) in [("gap", 0), ("fork", 0), ("quarantined", 0)] {
        assert_eq!(summary[key], want, "{key}");
    }
    assert!(summary["conflict"].as_u64().unwrap() >= 1, "the demonstration holds a conflict");

    assert_eq!(ab, merge("ba.json", &[&b, &a]).0, "commutative");
    let (again, second) = merge("again.json", &[&path(&folder, "ab.json"), &a, &b, &a]);
    assert_eq!(ab, again, "idempotent");
    assert_eq!((&second["new"], &second["duplicate"]), (&summary["new"], &json!(2 * count(&a) + count(&b))));
    assert_eq!(run(&["check", &path(&folder, "ab.json")], "").status, 0);
}

/// Writes a bundle of these events with the right digest.
fn rewrite(from: &str, to: &str, change: impl Fn(&mut Vec<Value>)) {
    let mut bundle: Value = serde_json::from_slice(&fs::read(from).unwrap()).unwrap();
    change(bundle["events"].as_array_mut().unwrap());
    bundle.as_object_mut().unwrap().remove("digest");
    let digest = shouwen_bundle::canonical::canonical_sha256(&bundle);
    bundle["digest"] = Value::from(digest);
    fs::write(to, shouwen_bundle::canonical::canonical(&bundle)).unwrap();
}

#[test]
fn nothing_is_lost_whatever_the_order() {
    let folder = tempfile::tempdir().unwrap();
    let a = demo(&folder, "a.json", 8, 1);
    let [gap, odd] = ["gap.json", "odd.json"].map(|name| path(&folder, name));
    rewrite(&a, &gap, |events| drop(events.remove(2)));
    rewrite(&a, &odd, |events| {
        events[4]["actor"] = json!("somebody else");
        events.push(json!({"what": "is this"}));
    });
    let merge = |name: &str, files: &[&str]| -> (String, Value) {
        let out = path(&folder, name);
        let mut args = vec!["merge", "-o", &out];
        args.extend(files);
        let summary = run(&args, "").lines().remove(0);
        (fs::read_to_string(&out).unwrap(), summary)
    };
    let (_, alone) = merge("alone.json", &[&gap]);
    assert_eq!((&alone["gap"], &alone["gaps"][0]["from"]), (&json!(1), &alone["gaps"][0]["to"]), "{alone}");

    let (text, summary) = merge("all.json", &[&gap, &odd, &a]);
    assert_eq!((&summary["gap"], &summary["quarantined"]), (&json!(0), &json!(2)), "{summary}");
    assert!(text.contains("somebody else") && text.contains("is this"), "both texts travel on");
    for files in [[&a, &odd, &gap], [&odd, &gap, &a]] {
        assert_eq!(merge("other.json", &files.map(String::as_str)).0, text);
    }
    assert_eq!(merge("again.json", &[&path(&folder, "all.json"), &odd]).0, text);
}

#[test]
fn what_cannot_be_taken_is_named_and_the_rest_is_united() {
    let folder = tempfile::tempdir().unwrap();
    let a = demo(&folder, "a.json", 6, 1);
    let broken = path(&folder, "broken.json");
    let changed = fs::read_to_string(demo(&folder, "b.json", 6, 2)).unwrap().replacen("demo-", "demo+", 1);
    fs::write(&broken, changed).unwrap();
    let out = path(&folder, "out.json");
    let run = run(&["merge", &broken, &a, "no-such-file.json", "-o", &out], "");
    let summary = run.lines().remove(0);
    assert_eq!((run.status, &summary["cases"]), (1, &json!(6)));
    let refused: Vec<&str> =
        summary["refused"].as_array().unwrap().iter().filter_map(|one| one["error"]["code"].as_str()).collect();
    assert_eq!(refused, ["tampered", "unreadable"]);

    fs::remove_file(&out).unwrap();
    let nothing = crate::run(&["merge", &broken, "-o", &out], "");
    assert_eq!((nothing.status, nothing.lines()[0]["out"].is_null()), (1, true));
    assert!(!fs::exists(&out).unwrap(), "an empty bundle would look like a good one");
}

#[test]
fn status_names_the_clocks_of_every_pack() {
    let folder = tempfile::tempdir().unwrap();
    let a = demo(&folder, "a.json", 6, 1);
    let both = path(&folder, "both.json");
    let plan = "emerg-important";
    rewrite(&a, &both, |events| {
        for event in events.iter_mut().filter(|event| event["kind"] == "opened") {
            event["body"]["packs"].as_array_mut().unwrap().push(json!({ "id": plan, "version": 1 }));
        }
    });
    let clocks = |file: &str| -> Vec<(String, String, String)> {
        let text = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let lines = run(&["status", file, "--at", NOW], "").lines();
        lines.iter().map(|line| (text(line, "case"), text(line, "pack"), text(line, "clock"))).collect()
    };
    let (alone, together) = (clocks(&a), clocks(&both));
    let own: Vec<_> = together.iter().filter(|line| line.1 != plan).cloned().collect();
    assert_eq!(own, alone, "the ordinary clocks are the same");
    assert!(together.iter().any(|line| (line.1.as_str(), line.2.as_str()) == (plan, "D1")), "{together:?}");
}
