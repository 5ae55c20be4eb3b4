//! The loading gate: nothing that comes in makes it panic, and what is refused says where.

use proptest::prelude::*;
use shouwen_core::pack::{MAX_PACK_BYTES, load, parse};

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
