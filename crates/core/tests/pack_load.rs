//! The loading gate: nothing that comes in makes it panic, and what is refused says where.

use proptest::prelude::*;
use shouwen_core::pack::{MAX_PACK_BYTES, Pack, Take, inherit, load, parse};

const HQ: &str = include_str!("../../../packs/train-hq.json");

/// Where and why a text is refused.
#[track_caller]
fn check(text: &str, path: &str, code: &str, says: &str) {
    let problems = load(text).expect_err("refused");
    let first = &problems[0];
    assert_eq!((first.path.as_str(), first.code), (path, code), "{first}");
    assert!(first.message.contains(says), "{first}");
    assert!(first.fatal);
}

#[test]
fn refusals_say_where() {
    check("", "", "parse", "EOF");
    check("null", "", "parse", "null");
    check("{}", "", "format", "not a pack");
    check(r#"{"format":"shouwen-pack/7","news":1}"#, "", "format", "shouwen-pack/7");
    check(r#"{"format":"shouwen-pack/1"}"#, "", "parse", "missing field `id`");
    check(&HQ.replacen("\"owner\"", "\"ovner\"", 1), "clocks[0].ovner", "parse", "unknown field `ovner`");
    check(&HQ.replacen("\"hard\"", "\"hart\"", 1), "clocks[0].kind", "parse", "unknown variant `hart`");
    check(&HQ.replacen("\"working_day\"", "\"workday\"", 1), "clocks[1].limit.unit", "parse", "line ");
    check(&HQ.replacen("\"stop\": [\"transferred\"]", "\"stop\": [7]", 1), "clocks[0].stop[0]", "parse", "integer `7`");
    check(
        &HQ.replacen("\"stop\": [\"transferred\"]", "\"stop\": [\"sent\"]", 1),
        "clocks[0].stop[0]",
        "unknown_event",
        "sent",
    );
    check(&format!("{HQ} more"), "", "parse", "trailing");
    check(&" ".repeat(MAX_PACK_BYTES + 1), "", "too_big", "at most");
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    assert!(load(&format!("\u{feff}{HQ}")).is_ok());
}

#[test]
fn deep_nesting_is_refused() {
    const WHEN: &str = r#"{ "not": { "fact": { "id": "anonymous", "is": true } } }"#;
    for (open, close) in [("[", "]"), ("{\"not\":", "}"), ("{\"all\":[", "]}")] {
        let nest = format!("{}{WHEN}{}", open.repeat(100_000), close.repeat(100_000));
        assert!(load(&nest).is_err());
        assert!(HQ.contains(WHEN));
        let problem = parse(&HQ.replacen(WHEN, &nest, 1)).expect_err("refused");
        assert_eq!(problem.code, "parse");
        assert!(problem.path.starts_with("fields[1].when"), "{}", problem.path);
        assert!(problem.path.len() < 2_000);
    }
}

#[test]
fn every_truncation_is_refused() {
    let body = HQ.trim_end().len() - 1;
    for (at, _) in HQ.char_indices().step_by(499).take_while(|(at, _)| *at <= body) {
        assert!(load(&HQ[..at]).is_err(), "cut at {at}");
    }
    assert!(load(&HQ[..body]).is_err());
}

proptest! {
    #[test]
    fn garbage_never_panics(text in ".{0,400}") {
        prop_assert!(load(&text).is_err());
    }

    #[test]
    fn json_like_garbage_never_panics(text in r#"[\[\]{}",:\\a-c0-9 \n]{0,300}"#) {
        prop_assert!(load(&text).is_err());
    }

    /// One piece of a real pack replaced by something else: an answer, never a panic; and a path that is no nonsense.
    #[test]
    fn damaged_packs_never_panic(at in 0usize..HQ.len(), len in 0usize..40, put in r#"[\[\]{}",:a-z0-9]{0,6}"#) {
        let floor = |mut at: usize| { while !HQ.is_char_boundary(at) { at -= 1; } at };
        let (from, to) = (floor(at), floor((at + len).min(HQ.len())));
        let text = format!("{}{put}{}", &HQ[..from], &HQ[to..]);
        if let Err(problems) = load(&text) {
            prop_assert!(!problems.is_empty());
            prop_assert!(problems.iter().all(|one| !one.message.is_empty() && one.path.len() < text.len()));
        }
    }
}

/// A child takes from a library what it names and asks for, and nothing else; from a parent everything it does not drop.
#[test]
fn libraries_give_what_is_named_and_parents_what_is_not_dropped() {
    let read = |value: serde_json::Value| parse(&value.to_string()).unwrap_or_else(|problem| panic!("{problem}"));
    let text = |zh: &str| serde_json::json!({ "zh": zh, "en": "x" });
    let named = |id: &str| serde_json::json!({ "id": id, "label": text(id) });
    let head = |id: &str| {
        serde_json::json!({
            "format": "shouwen-pack/1", "id": id, "version": 1, "effective_from": "2026-11-01", "title": text(id),
            "summary": text(id), "sources": [{ "id": id, "title": text(id) }], "roles": []
        })
    };
    let with = |mut pack: serde_json::Value, more: serde_json::Value| {
        for (key, value) in more.as_object().unwrap() {
            pack[key] = value.clone();
        }
        read(pack)
    };
    let field = |id: &str| serde_json::json!({ "id": id, "label": text(id), "kind": "line" });
    let axis = |id: &str| serde_json::json!({ "id": id, "label": text(id), "question": text(id), "classes": [], "clause": "SW 1" });
    let rule = |id: &str, axis: &str, lexicon: &str| {
        serde_json::json!({
            "id": id, "axis": axis, "class": "c", "points": 9, "why": text(id), "clause": "SW 1",
            "when": { "mentions": { "lexicon": lexicon } }
        })
    };
    let lexicon = |id: &str| serde_json::json!({ "id": id, "label": text(id), "words": [id] });
    let library = with(
        head("SW"),
        serde_json::json!({
            "library": true, "fields": [field("name"), field("room")], "channels": [named("phone"), named("letter")],
            "axes": [axis("flags"), axis("other")], "rules": [rule("r1", "flags", "w1"), rule("r2", "other", "w2")],
            "lexicons": [lexicon("w1"), lexicon("w2")], "events": [named("received"), named("told"), named("unused")],
        }),
    );
    let parent = with(
        head("P"),
        serde_json::json!({
            "extends": "SW", "take": { "fields": ["name"], "channels": ["letter"], "axes": ["flags"] },
            "steps": [{ "id": "tell", "label": text("tell"), "roles": [], "emits": ["told"], "clause": "P 1" }],
            "fields": [field("own")],
        }),
    );
    let whole = inherit(&library, &parent);
    let ids = |list: &str, pack: &Pack| -> String {
        let tree = serde_json::to_value(pack).unwrap();
        let parts = tree[list].as_array().cloned().unwrap_or_default();
        parts.iter().filter_map(|one| one["id"].as_str().map(str::to_owned)).collect::<Vec<_>>().join(" ")
    };
    let check = |pack: &Pack, wanted: &[(&str, &str)]| {
        for (list, want) in wanted {
            assert_eq!(ids(list, pack), *want, "{list} of {}", pack.id);
        }
    };
    check(
        &whole,
        &[
            ("fields", "name own"),
            ("channels", "letter"),
            ("axes", "flags"),
            ("rules", "r1"),
            ("lexicons", "w1"),
            ("events", "received told"),
            ("sources", "P SW"),
            ("steps", "tell"),
        ],
    );
    assert!(whole.take == Take::default() && whole.extends.is_none());
    let child =
        with(head("C"), serde_json::json!({ "extends": "P", "drop": { "fields": ["own"], "axes": ["flags"] } }));
    let whole = inherit(&whole, &child);
    check(&whole, &[("fields", "name"), ("axes", ""), ("steps", "tell"), ("sources", "P SW C")]);
    assert!(whole.drop.is_empty());
}
