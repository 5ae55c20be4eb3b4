//! The engine on small packs of its own: marks, gaps, near misses, order of axes, and what holds for any text.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use shouwen_core::classify::{Classification, Classifier, Input};
use shouwen_core::pack::Pack;

fn pack() -> Pack {
    let class = |id: &str, prior: i32| json!({"id": id, "label": {"zh": id}, "criteria": {"zh": id}, "clause": "T 1", "prior": prior});
    let rule = |id: &str, axis: &str, class: &str, points: i32, when: Value| json!({"id": id, "axis": axis, "class": class, "points": points, "when": when, "why": {"zh": id}, "clause": "T 1"});
    let lexicon = |id: &str, topical: bool, words: &[&str]| json!({"id": id, "label": {"zh": id}, "topical": topical, "words": words});
    let grave = json!({"id": "grave", "label": {"zh": "重"}, "criteria": {"zh": "重"}, "clause": "T 1", "grave": true});
    serde_json::from_value(json!({
        "format": "shouwen-pack/1", "id": "test", "version": 1, "effective_from": "2026-01-01",
        "title": {"zh": "试"}, "summary": {"zh": "试"}, "sources": [], "roles": [],
        "axes": [
            {"id": "late", "label": {"zh": "后"}, "question": {"zh": "？"}, "threshold": 60, "clause": "T 1",
             "classes": [class("yes", 0), class("no", 0)]},
            {"id": "kind", "label": {"zh": "类"}, "question": {"zh": "？"}, "threshold": 60, "clause": "T 1",
             "classes": [class("good", 0), class("bad", 0), grave]},
            {"id": "tags", "label": {"zh": "签"}, "question": {"zh": "？"}, "threshold": 50, "many": true, "clause": "T 1",
             "classes": [class("money", -20), class("harm", -20)]}
        ],
        "lexicons": [
            lexicon("fee", true, &["退费", "退学费", "收费"]),
            lexicon("want", false, &["要求退费", "[没|没有]退"]),
            lexicon("hurt", false, &["打", "打人", "受伤"]),
            lexicon("rude", false, &["态度…[差|恶劣]", "APP"]),
            lexicon("idle", false, &["教室", "[|]"])
        ],
        "rules": [
            rule("bad-hurt", "kind", "bad", 20, json!({"mentions": {"lexicon": "hurt"}})),
            rule("bad-two", "kind", "bad", 5, json!({"mentions": {"lexicon": "hurt", "at_least": 2}})),
            rule("good-asked", "kind", "good", 20, json!({"fact": {"id": "mood", "is": "fine"}})),
            rule("grave-hurt", "kind", "grave", 90, json!({"mentions": {"lexicon": "hurt"}})),
            rule("money-fee", "tags", "money", 30, json!({"mentions": {"lexicon": "fee"}})),
            rule("money-want", "tags", "money", 1, json!({"mentions": {"lexicon": "want"}})),
            rule("money-much", "tags", "money", 10, json!({"fact": {"id": "text.money_max", "at_least": 1000}})),
            rule("harm-both", "tags", "harm", 40, json!({"all": [{"mentions": {"lexicon": "hurt"}}, {"mentions": {"lexicon": "rude"}}]})),
            rule("late-yes", "late", "yes", 30, json!({"class": {"axis": "kind", "is": "bad"}})),
            rule("late-no", "late", "no", 30, json!({"all": [{"repeats": 2}, {"not": {"class": {"axis": "kind", "is": "bad"}}}]}))
        ]
    }))
    .unwrap()
}

fn classify(text: &str, facts: &[(&str, Value)], repeats: u32) -> Classification {
    let pack = pack();
    let facts: BTreeMap<String, Value> = facts.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect();
    Classifier::new(&pack).classify(&pack, &Input { text, facts: &facts, repeats })
}

/// Marks as `lexicon:text`, negated ones with `!`.
#[track_caller]
fn check_marks(text: &str, want: &str) {
    let marks = Classifier::new(&pack()).marks(text);
    let shown: Vec<String> = marks
        .iter()
        .map(|mark| format!("{}{}:{}", if mark.negated { "!" } else { "" }, mark.lexicon, &text[mark.start..mark.end]))
        .collect();
    assert_eq!(shown.join(" "), want, "{text}");
}

#[test]
fn marks_stand_on_the_words() {
    for (text, want) in [
        ("我要求退费", "want:要求退费 fee:退费"),
        ("我要求退 费！", "want:要求退 费 fee:退 费"),
        ("到现在没有退学费", "want:没有退 fee:退学费"),
        ("老师打人", "hurt:打人"),
        ("老师没有打人", "!hurt:打人"),
        ("没有道歉，还打人", "hurt:打人"),
        ("如果再打人呢", "!hurt:打人"),
        ("不收费", "fee:收费"),
        ("前台态度真的很差", "rude:态度真的很差"),
        // No rule asks for the lexicon with 教室.
        ("态度还行，教室差", ""),
        ("态度并不恶劣", "!rude:态度并不恶劣"),
        ("ａｐｐ打不开", "rude:ａｐｐ hurt:打"),
        ("apple", ""),
        ("", ""),
    ] {
        check_marks(text, want);
    }
}

#[test]
fn words_that_no_rule_asks_for_are_found_on_demand() {
    let found = |classifier: Classifier| {
        classifier.marks("教室很旧").iter().map(|mark| mark.lexicon.clone()).collect::<Vec<_>>()
    };
    assert!(found(Classifier::new(&pack())).is_empty());
    assert_eq!(found(Classifier::with_every_word(&pack())), ["idle"]);
}

#[test]
fn suggestions() {
    for (text, facts, repeats, want) in [
        ("老师打人", vec![], 0, "late=yes kind=bad tags="),
        ("老师没打人", vec![], 0, "late=? kind=? tags="),
        ("退费", vec![], 0, "late=? kind=? tags=money"),
        ("退费", vec![("mood", json!("fine"))], 2, "late=no kind=good tags=money"),
        ("态度很差还打人", vec![], 0, "late=yes kind=bad tags=harm"),
        ("", vec![], 9, "late=no kind=? tags="),
    ] {
        let result = classify(text, &facts, repeats);
        let shown: Vec<String> = result
            .axes
            .iter()
            .map(|axis| {
                let empty = if axis.many { "" } else { "?" };
                let found = axis.suggested.join(",");
                assert_eq!(axis.ask, found.is_empty(), "{}", axis.axis);
                format!("{}={}", axis.axis, if found.is_empty() { empty } else { &found })
            })
            .collect();
        assert_eq!(shown.join(" "), want, "{text}");
    }
}

#[test]
fn near_misses_name_what_was_missing() {
    let near = |text: &str, axis: &str, class: &str| {
        let result = classify(text, &[], 0);
        let ranked = &result.axis(axis).unwrap().ranked;
        ranked.iter().find(|one| one.class == class).unwrap().near.join(" ")
    };
    assert_eq!(near("老师打人", "tags", "harm"), "harm-both");
    assert_eq!(near("老师打人", "kind", "bad"), "bad-two");
    assert_eq!(near("老师没打人", "kind", "bad"), "bad-hurt bad-two");
    assert_eq!(near("老师好", "kind", "bad"), "");
}

#[test]
fn quantities_of_the_text_are_facts() {
    let result = classify("收费两千五百元", &[("text.money_max", json!(1))], 0);
    let money = &result.axis("tags").unwrap().ranked[0];
    assert_eq!(money.fired.iter().map(|fired| fired.rule.as_str()).collect::<Vec<_>>(), ["money-fee", "money-much"]);
    assert_eq!(money.percent, 88);
}

#[test]
fn the_same_word_twice_is_one_expression() {
    let classifier = Classifier::new(&pack());
    assert_eq!(classifier.mention_counts("打人，打人，又打人").get("hurt"), Some(&1));
    assert_eq!(classifier.mention_counts("打人，受伤").get("hurt"), Some(&2));
    assert_eq!(classifier.mention_counts("没打人").get("hurt"), None);
}

/// Texts with pieces that matter, between anything.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("没有".to_owned()),
        Just("打人".to_owned()),
        Just("退费".to_owned()),
        Just("态度".to_owned()),
        Just("差".to_owned()),
        Just("，".to_owned()),
        Just("1万6".to_owned()),
        Just("二万八".to_owned()),
        Just("😀".to_owned()),
        Just("ＡＰＰ".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_classified(text in texts(), repeats in 0..5u32) {
        let result = classify(&text, &[("mood", json!("fine"))], repeats);
        for mark in &result.marks {
            prop_assert!(mark.start < mark.end && text.get(mark.start..mark.end).is_some());
        }
        for axis in &result.axes {
            prop_assert!(axis.percent <= 100);
            prop_assert!(axis.ranked.first().is_none_or(|first| first.class != "grave"));
            prop_assert!(!axis.suggested.iter().any(|class| class == "grave"));
            for class in &axis.ranked {
                prop_assert!(class.percent <= 100);
                for fired in &class.fired {
                    prop_assert!(fired.marks.iter().all(|at| result.marks.get(*at).is_some_and(|mark| !mark.negated)));
                }
            }
        }
    }

    #[test]
    fn the_order_of_answers_does_not_matter(text in texts(), swap in any::<bool>()) {
        let mut facts = vec![("mood", json!("fine")), ("loss", json!(3)), ("demand", json!(["a"]))];
        let straight = classify(&text, &facts, 0);
        if swap { facts.reverse() } else { facts.rotate_left(1) }
        prop_assert_eq!(straight, classify(&text, &facts, 0));
    }

    #[test]
    fn rules_in_another_order_say_the_same(text in texts()) {
        let mut turned = pack();
        turned.rules.reverse();
        turned.lexicons.reverse();
        let facts = BTreeMap::new();
        let input = Input { text: &text, facts: &facts, repeats: 1 };
        let other = Classifier::new(&turned).classify(&turned, &input);
        for (a, b) in classify(&text, &[], 1).axes.iter().zip(&other.axes) {
            prop_assert_eq!((&a.suggested, a.percent, a.ask), (&b.suggested, b.percent, b.ask));
        }
    }
}
