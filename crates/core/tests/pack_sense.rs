//! Remarks on packs that are well-formed: each has an example that it catches at its place, and the shipped packs of
//! the training school give none but those that are named here.

use serde_json::{Value, json};
use shouwen_core::pack::{Pack, lint, load, sense};

/// A small pack without a remark.
fn good() -> Value {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let named = |id: &str| json!({ "id": id, "label": text(id) });
    let class = |id: &str| json!({ "id": id, "label": text(id), "criteria": text(id), "clause": "R99 1" });
    let rule = |id: &str, class: &str, points: i32, lexicon: &str| {
        json!({
            "id": id, "axis": "nature", "class": class, "points": points, "why": text("提到"), "clause": "R99 1",
            "when": { "mentions": { "lexicon": lexicon } }
        })
    };
    json!({
        "format": "shouwen-pack/1", "id": "small", "version": 1, "effective_from": "2026-01-01",
        "title": text("小包"), "summary": text("只为检查"),
        "sources": [{ "id": "R99", "title": text("规定") }],
        "roles": [named("desk")],
        "fields": [
            { "id": "mood", "label": text("心情"), "kind": "choice", "options": [named("calm"), named("angry")] },
            { "id": "wants", "label": text("要求"), "kind": "choices", "options": [named("money"), named("excuse")] },
            { "id": "loss", "label": text("损失"), "kind": "money" },
            { "id": "hurt", "label": text("受伤"), "kind": "yes" }
        ],
        "axes": [
            { "id": "nature", "label": text("性质"), "question": text("？"), "classes": [class("a"), class("b"), class("c")], "clause": "R99 1" },
            { "id": "flags", "label": text("标记"), "question": text("？"), "classes": [class("x"), class("y")], "many": true, "clause": "R99 1" }
        ],
        "findings": [{ "id": "fault", "label": text("过错"), "options": [named("yes"), named("no")], "clause": "R99 2" }],
        "events": [named("received"), named("done")],
        "lexicons": [
            { "id": "l1", "label": text("甲"), "words": ["退费", "退钱"] },
            { "id": "l2", "label": text("乙"), "words": ["吵", "闹"] },
            { "id": "l3", "label": text("丙"), "words": ["问"] }
        ],
        "rules": [rule("r1", "a", 10, "l1"), rule("r2", "b", 10, "l2"), rule("r3", "c", 5, "l3")],
        "clocks": [
            {
                "id": "D1", "label": text("办"), "kind": "hard", "owner": ["desk"], "start": ["received"], "stop": ["done"],
                "limit": { "count": 2, "unit": "working_day" }, "clause": "R99 D1"
            },
            {
                "id": "D2", "label": text("及时"), "kind": "soft", "owner": ["desk"], "start": ["received"], "stop": ["done"],
                "limit": { "count": 1, "unit": "working_day" }, "clause": "R99 D2"
            }
        ],
        "steps": [{ "id": "do", "label": text("办"), "roles": ["desk"], "emits": ["done"], "clause": "R99 3" }],
        "consequences": [{
            "id": "c1", "trigger": text("超期"), "who": text("经办"), "effect": text("提醒"), "clause": "R99 5",
            "when": { "all": [{ "late": "D1" }, { "finding": { "id": "fault", "is": "yes" } }] }
        }]
    })
}

fn pack(value: &Value) -> Pack {
    load(&value.to_string()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// `code path` of every remark on the good pack after the change.
fn remarks(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut value = good();
    change(&mut value);
    sense(&pack(&value)).iter().map(|one| format!("{} {}", one.code, one.path)).collect()
}

#[track_caller]
fn check(pointer: &str, value: Value, want: &[&str]) {
    let got = remarks(|pack| *pack.pointer_mut(pointer).expect(pointer) = value.clone());
    assert_eq!(got, want, "{pointer} = {value}");
}

#[test]
fn the_good_pack_gives_none() {
    assert_eq!(remarks(|_| ()), Vec::<String>::new());
}

#[test]
fn conditions_that_can_never_hold() {
    let never = ["never_holds clocks[0].when"];
    let class = |axis: &str, is: &str| json!({ "class": { "axis": axis, "is": is } });
    let fact = |test: Value| json!({ "fact": test });
    let not = |part: Value| json!({ "not": part });
    let mood = |is: &str| fact(json!({ "id": "mood", "is": is }));
    let loss = |key: &str, n: i64| fact(json!({ "id": "loss", key: n }));
    let known = |known: bool| fact(json!({ "id": "mood", "known": known }));
    let wants = |is: &str| fact(json!({ "id": "wants", "is": is }));
    let fault = |is: &str| json!({ "finding": { "id": "fault", "is": is } });
    let hurt = |is: bool| fact(json!({ "id": "hurt", "is": is }));
    for (parts, possible) in [
        (vec![mood("calm"), not(mood("calm"))], false),
        (vec![mood("calm"), not(mood("angry"))], true),
        (vec![mood("calm"), mood("angry")], false),
        (vec![not(mood("calm")), not(mood("angry"))], true),
        (vec![mood("calm"), fact(json!({ "id": "mood", "in": ["calm", "angry"] }))], true),
        // Several answers can be given at once.
        (vec![wants("money"), wants("excuse")], true),
        (vec![class("nature", "a"), class("nature", "b")], false),
        (vec![class("nature", "a"), not(class("nature", "b"))], true),
        (vec![class("flags", "x"), class("flags", "y")], true),
        (vec![fault("yes"), fault("no")], false),
        (vec![loss("at_least", 100), loss("at_most", 99)], false),
        (vec![loss("at_least", 100), loss("at_most", 100)], true),
        (vec![known(false), mood("calm")], false),
        (vec![not(known(true)), mood("calm")], false),
        (vec![known(true), mood("calm")], true),
        (vec![not(hurt(true)), not(hurt(false))], true),
        (vec![json!({ "repeats": 3 }), not(json!({ "repeats": 2 }))], false),
        (vec![json!({ "repeats": 2 }), not(json!({ "repeats": 3 }))], true),
        // Inside groups: every branch fails, or one leads on.
        (vec![class("nature", "a"), json!({ "any": [class("nature", "b"), class("nature", "c")] })], false),
        (vec![class("nature", "a"), json!({ "any": [class("nature", "b"), hurt(true)] })], true),
        (vec![not(json!({ "any": [hurt(true), mood("calm")] })), hurt(true)], false),
        (vec![not(json!({ "all": [hurt(true), mood("calm")] })), hurt(true)], true),
        (vec![not(json!({ "all": [hurt(true), mood("calm")] })), hurt(true), mood("calm")], false),
        (vec![not(not(hurt(true))), not(hurt(true))], false),
    ] {
        let when = json!({ "all": parts });
        let got = remarks(|pack| pack["clocks"][0]["when"] = when.clone());
        assert_eq!(got, if possible { &[][..] } else { &never[..] }, "{when}");
    }
}

#[test]
fn tests_that_are_never_true_where_they_stand() {
    check(
        "/rules/0/when",
        json!({ "all": [{ "mentions": { "lexicon": "l1" } }, { "happened": "done" }] }),
        &["never_holds rules[0].when"],
    );
    check("/rules/0/when", json!({ "any": [{ "mentions": { "lexicon": "l1" } }, { "happened": "done" }] }), &[]);
    check("/consequences/0/when", json!({ "late": "D2" }), &["never_holds consequences[0].when"]);
    check("/consequences/0/when", json!({ "not": { "late": "D2" } }), &[]);
    check("/consequences/0/when", json!({ "mentions": { "lexicon": "l1" } }), &["never_holds consequences[0].when"]);
}

#[test]
fn rules_that_say_the_same() {
    let second = |class: &'static str, points: i32| {
        move |pack: &mut Value| {
            let mut rule = pack["rules"][0].clone();
            rule["id"] = json!("r9");
            rule["class"] = json!(class);
            rule["points"] = json!(points);
            pack["rules"].as_array_mut().unwrap().push(rule);
        }
    };
    assert_eq!(remarks(second("a", 3)), ["duplicate_rule rules[3].when"]);
    assert_eq!(remarks(second("b", 10)), ["contradiction rules[3].when"]);
    // Weaker for another class, or against it: that is weighing, not contradiction.
    assert_eq!(remarks(second("b", 9)), Vec::<String>::new());
    assert_eq!(remarks(second("b", -10)), Vec::<String>::new());
    // On an axis with many classes two may hold at once.
    let both = |pack: &mut Value| {
        for (index, class) in [(0, "x"), (1, "y")] {
            pack["rules"][index]["axis"] = json!("flags");
            pack["rules"][index]["class"] = json!(class);
            pack["rules"][index]["when"] =
                json!({ "any": [{ "mentions": { "lexicon": "l1" } }, { "mentions": { "lexicon": "l2" } }] });
        }
        pack["axes"][0]["required"] = json!(true);
    };
    assert_eq!(remarks(both), Vec::<String>::new());
}

#[test]
fn classes_that_are_never_suggested() {
    let never = ["never_suggested axes[0].classes[2]"];
    check("/rules/2/points", json!(-5), &never);
    check("/rules/2/points", json!(0), &never);
    let with = |key: &'static str, value: Value| {
        move |pack: &mut Value| {
            pack["rules"][2]["points"] = json!(-5);
            pack["axes"][0]["classes"][2][key] = value;
        }
    };
    assert_eq!(remarks(with("prior", json!(2))), Vec::<String>::new());
    assert_eq!(remarks(with("grave", json!(true))), Vec::<String>::new());
    assert_eq!(
        remarks(|pack| {
            pack["rules"][2]["points"] = json!(-5);
            pack["axes"][0]["required"] = json!(true);
        }),
        Vec::<String>::new()
    );
}

#[test]
fn words_of_rival_classes() {
    check("/lexicons/1/words", json!(["吵", "退钱"]), &["rival_words lexicons[1].words[1]"]);
    // The same class on both sides, or an axis where both can be.
    assert_eq!(
        remarks(|pack| {
            pack["lexicons"][1]["words"] = json!(["吵", "退钱"]);
            pack["rules"][1]["class"] = json!("a");
            pack["axes"][0]["required"] = json!(true);
        }),
        Vec::<String>::new()
    );
    check("/rules/2/when", json!({ "fact": { "id": "hurt", "is": true } }), &["unused_lexicon lexicons[2]"]);
}

/// The search ends, however many branches a condition has.
#[test]
fn conditions_with_many_branches() {
    let pair = |n: usize| json!({ "any": [{ "fact": { "id": "loss", "at_least": n } }, { "fact": { "id": "hurt", "is": true } }] });
    let mut parts: Vec<Value> = (0..60).map(pair).collect();
    parts.extend([
        json!({ "fact": { "id": "mood", "is": "calm" } }),
        json!({ "fact": { "id": "mood", "is": "angry" } }),
    ]);
    parts.reverse();
    let _ = remarks(|pack| pack["clocks"][0]["when"] = json!({ "all": parts }));
}

/// What no person wrote is refused before anything long is tried on it.
#[test]
fn hostile_packs() {
    let codes = |change: &dyn Fn(&mut Value)| -> Vec<String> {
        let mut value = good();
        change(&mut value);
        let problems = load(&value.to_string()).err().unwrap_or_default();
        problems.iter().map(|one| format!("{} {}", one.code, one.path)).collect()
    };
    let many = |pack: &mut Value| {
        let rule = pack["rules"][0].clone();
        pack["rules"] = (0..10_000)
            .map(|n| {
                let mut one = rule.clone();
                one["id"] = json!(format!("r{n}"));
                one
            })
            .collect();
    };
    assert_eq!(codes(&many), ["too_many rules"]);
    assert_eq!(
        codes(&|pack| pack["lexicons"][0]["words"] = vec!["退费"; 3_001].into()),
        ["too_many lexicons[0].words"]
    );
    assert_eq!(codes(&|pack| pack["lexicons"][0]["words"] = json!(["长".repeat(2_000_000)])), ["too_big "]);
    assert_eq!(codes(&|pack| pack["title"]["zh"] = json!("<script>alert(1)</script>")), ["markup title.zh"]);
    assert_eq!(codes(&|pack| pack["clocks"][0]["label"]["en"] = json!("<img src=x>")), ["markup clocks[0].label.en"]);
    assert_eq!(codes(&|pack| pack["clocks"][0]["phrase"] = json!("金额 < 100，2 < 3")), Vec::<String>::new());
    assert_eq!(codes(&|pack| pack["version"] = json!(4_000_000_000_u32)), ["version version"]);
    assert_eq!(codes(&|pack| pack["format"] = json!("shouwen-pack/9")), ["format "]);
}

/// The shipped packs of the training school stay silent.
#[test]
fn shipped_packs_are_silent() {
    for text in [include_str!("../../../packs/train-hq.json"), include_str!("../../../packs/train-campus.json")] {
        let pack = load(text).unwrap();
        assert_eq!(lint(&pack), []);
        assert_eq!(sense(&pack), [], "{}", pack.id);
    }
}
