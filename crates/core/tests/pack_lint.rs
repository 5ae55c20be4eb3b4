//! Every check of the pack lint has an example that it catches, at the place where the fault is.

use serde_json::{Value, json};
use shouwen_core::pack::{FORMAT, Pack, inherit, lint};

/// A small pack without a fault.
fn good() -> Value {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let named = |id: &str| json!({ "id": id, "label": text(id) });
    json!({
        "format": FORMAT, "id": "small", "version": 1, "effective_from": "2026-01-01",
        "title": text("小包"), "summary": text("只为检查"),
        "sources": [{ "id": "R99", "title": text("规定") }],
        "roles": [named("desk")],
        "channels": [named("phone")],
        "fields": [
            { "id": "name", "label": text("称呼"), "kind": "line", "personal": true },
            { "id": "mood", "label": text("心情"), "kind": "choice", "options": [named("calm"), named("angry")] },
            { "id": "repeats", "label": text("次数"), "kind": "number" },
            { "id": "hurt", "label": text("受伤"), "kind": "yes", "when": { "fact": { "id": "mood", "is": "angry" } } }
        ],
        "axes": [{
            "id": "nature", "label": text("性质"), "question": text("哪一类？"), "threshold": 60, "clause": "R99 1",
            "classes": [
                { "id": "plain", "label": text("普通"), "criteria": text("一般"), "clause": "R99 1" },
                { "id": "evil", "label": text("恶意"), "criteria": text("证据"), "clause": "R99 1", "grave": true, "red_line": "L1" }
            ]
        }],
        "findings": [{ "id": "fault", "label": text("过错"), "options": [named("yes"), named("no")], "clause": "R99 2" }],
        "events": [named("received"), named("done"), named("told")],
        "lexicons": [{ "id": "words", "label": text("词"), "words": ["退费", "退钱"] }],
        "rules": [{
            "id": "r1", "axis": "nature", "class": "plain", "points": 10, "why": text("提到"), "clause": "R99 1",
            "when": { "any": [{ "mentions": { "lexicon": "words" } }, { "fact": { "id": "repeats", "at_least": 2 } }] }
        }],
        "clocks": [
            {
                "id": "D1", "label": text("处理"), "kind": "hard", "owner": ["desk"], "start": ["received"],
                "stop": ["done"], "limit": { "count": 2, "unit": "working_day" }, "clause": "R99 D1",
                "when": { "class": { "axis": "nature", "is": "plain" } }, "not_after": ["D2"]
            },
            {
                "id": "D2", "label": text("告知"), "kind": "untimed", "owner": ["desk"], "start": ["done"],
                "stop": ["told"], "clause": "R99 D2"
            },
            {
                "id": "D3", "label": text("总结"), "kind": "recurring", "owner": ["desk"], "every": { "period": "days" },
                "clause": "R99 D3"
            },
            {
                "id": "D4", "label": text("答复"), "kind": "missing", "owner": ["desk"], "start": ["received"],
                "stop": ["told"], "limit": { "unit": "natural_day" }, "parameter": "days", "clause": "R99 D4"
            },
            {
                "id": "D5", "label": text("承诺"), "kind": "case_set", "owner": ["desk"], "start": ["done"],
                "stop": ["told"], "clause": "R99 D5"
            }
        ],
        "steps": [
            { "id": "do", "label": text("办"), "roles": ["desk"], "emits": ["done"], "asks": ["mood"], "form": "f1", "clause": "R99 3" },
            {
                "id": "tell", "label": text("说"), "roles": ["desk"], "after": ["done"], "clause": "R99 3", "red_line": "L1",
                "outcomes": [{ "id": "ok", "label": text("好"), "emits": ["told"] }]
            }
        ],
        "transitions": [{
            "id": "t1", "axis": "nature", "from": "plain", "to": "evil", "say": text("看一下"), "clause": "R99 4", "red_line": "L1",
            "when": { "all": [{ "happened": "told" }, { "elapsed": { "since": "received", "limit": { "count": 1, "unit": "month" } } }] }
        }],
        "consequences": [{
            "id": "c1", "trigger": text("超期"), "who": text("经办"), "effect": text("提醒"), "amount": [100, 200], "clause": "R99 5",
            "when": { "all": [{ "late": "D1" }, { "finding": { "id": "fault", "is": "yes" } }, { "repeats": 3 }] }, "red_line": "L1"
        }],
        "follow_up": { "text": text("回访"), "scores": ["repeats"], "scale": [{ "from": 0, "to": 4, "label": text("差"), "emits": ["told"] }], "clause": "R99 6" },
        "emergency": {
            "label": text("小组"), "on": "done", "off": "told", "needs": [text("了结")],
            "activation": text("开始"), "termination": text("结束"), "clause": "R99 7", "activate_when": { "happened": "done" },
            "group": [{ "role": "desk", "part": text("组长"), "duty": text("指挥") }]
        },
        "scripts": [{ "id": "s1", "say": text("您好"), "clause": "R99 8", "when": { "fact": { "id": "channel", "is": "phone" } } }],
        "forms": [{ "id": "f1", "title": text("表"), "fields": ["channel", "name"], "clause": "R99 9" }],
        "red_lines": [{ "id": "L1", "title": text("红线"), "why": text("因为"), "instead": text("改为"), "clause": "R99 L1" }],
        "parameters": [{ "id": "days", "label": text("天数"), "kind": "number", "clause": "R99 D4" }],
        "readings": [{ "id": "A1", "question": text("问"), "reading": text("答") }]
    })
}

fn read(value: Value) -> Pack {
    serde_json::from_value(value).unwrap_or_else(|error| panic!("the example has the wrong form: {error}"))
}

/// The good pack with one place changed has exactly the problems named (as `code path`, a leading `?` for a warning).
#[track_caller]
fn check(place: &str, value: Value, wanted: &[&str]) {
    let mut pack = good();
    let (parent, key) = place.rsplit_once('/').expect("a pointer");
    let holder = pack.pointer_mut(parent).unwrap_or_else(|| panic!("no place {parent}"));
    match holder {
        Value::Object(map) => drop(map.insert(key.to_owned(), value)),
        Value::Array(items) if key == "-" => items.push(value),
        Value::Array(items) => items[key.parse::<usize>().expect("an index")] = value,
        _ => panic!("{parent} is neither list nor object"),
    }
    let found: Vec<String> = lint(&read(pack))
        .into_iter()
        .map(|one| format!("{}{} {}", if one.fatal { "" } else { "?" }, one.code, one.path))
        .collect();
    assert_eq!(found, wanted, "after changing {place}");
}

#[test]
fn the_good_pack_is_good() {
    assert_eq!(lint(&read(good())), []);
}

#[test]
fn head_and_texts() {
    check("/format", json!("shouwen-pack/9"), &["format format"]);
    check("/id", json!("two words"), &["bad_id id"]);
    check("/version", json!(0), &["version version"]);
    check("/effective_from", json!("soon"), &["date effective_from"]);
    check("/effective_from", json!("2026-02-30"), &["date effective_from"]);
    check("/extends", json!("small"), &["cycle extends"]);
    check("/title", json!({ "zh": " ", "en": "x" }), &["empty_text title.zh"]);
    check("/clocks/1/label", json!({ "zh": "只有中文" }), &["?english_missing clocks[1].label.en"]);
    check("/readings/0/alternative", json!({ "zh": "" }), &[]);
    check("/sources/0/state", json!({ "zh": "", "en": "cut off" }), &["empty_text sources[0].state.zh"]);
}

#[test]
fn ids_and_clauses() {
    check("/roles/-", json!({ "id": "desk", "label": { "zh": "台", "en": "desk" } }), &["duplicate_id roles[1].id"]);
    check("/clocks/1/id", json!("D1"), &["duplicate_id clocks[1].id", "unknown_clock clocks[0].not_after[0]"]);
    check("/events/-", json!({ "id": "来了", "label": { "zh": "来", "en": "come" } }), &["bad_id events[3].id"]);
    check(
        "/axes/0/classes/0/id",
        json!("-x"),
        &[
            "bad_id axes[0].classes[0].id",
            "unknown_class rules[0].class",
            "unknown_class transitions[0].from",
            "unknown_class clocks[0].when.class.is",
        ],
    );
    check("/clocks/0/clause", json!("D1"), &["clause clocks[0].clause"]);
    check("/clocks/0/clause", json!(""), &["clause clocks[0].clause"]);
    check("/clocks/0/clause", json!("R98 D1"), &["clause clocks[0].clause"]);
}

#[test]
fn references() {
    check("/steps/0/roles/0", json!("ghost"), &["unknown_role steps[0].roles[0]"]);
    check("/clocks/0/owner/0", json!("ghost"), &["unknown_role clocks[0].owner[0]"]);
    check("/clocks/0/extend_by", json!(["ghost"]), &["unknown_role clocks[0].extend_by[0]"]);
    check("/emergency/group/0/role", json!("ghost"), &["unknown_role emergency.group[0].role"]);
    check("/emergency/on", json!("ghost"), &["unknown_event emergency.on"]);
    check("/emergency/steps", json!(["ghost"]), &["unknown_step emergency.steps[0]"]);
    check("/follow_up/scores", json!([]), &["empty_list follow_up.scores"]);
    check("/follow_up/scores", json!(["ghost"]), &["unknown_field follow_up.scores[0]"]);
    check("/clocks/0/from_field", json!("ghost"), &["unknown_field clocks[0].from_field"]);
    check("/clocks/0/from_field", json!("name"), &["not_a_time clocks[0].from_field"]);
    check("/drop", json!({ "clock": ["D1"] }), &["unknown_list drop.clock"]);
    check("/steps/0/asks/0", json!("ghost"), &["unknown_field steps[0].asks[0]"]);
    check("/forms/0/fields/1", json!("ghost"), &["unknown_field forms[0].fields[1]"]);
    check("/fields/3/when/fact/id", json!("ghost"), &["unknown_field fields[3].when.fact.id"]);
    check("/steps/0/form", json!("ghost"), &["unknown_form steps[0].form"]);
    check("/steps/1/red_line", json!("L9"), &["unknown_red_line steps[1].red_line"]);
    check("/axes/0/classes/1/red_line", json!("L9"), &["unknown_red_line axes[0].classes[1].red_line"]);
    check("/transitions/0/red_line", json!("L9"), &["unknown_red_line transitions[0].red_line"]);
    check("/consequences/0/red_line", json!("L9"), &["unknown_red_line consequences[0].red_line"]);
    check(
        "/rules/0/when/any/0/mentions/lexicon",
        json!("ghost"),
        &["unknown_lexicon rules[0].when.any[0].mentions.lexicon"],
    );
    check("/rules/0/axis", json!("ghost"), &["unknown_axis rules[0].axis"]);
    check("/rules/0/class", json!("ghost"), &["unknown_class rules[0].class"]);
    check("/transitions/0/from", json!("ghost"), &["unknown_class transitions[0].from"]);
    check("/clocks/0/when/class/is", json!("ghost"), &["unknown_class clocks[0].when.class.is"]);
    check("/axes/0/classes/0/group", json!("ghost"), &["unknown_class axes[0].classes[0].group"]);
    check("/consequences/0/when/all/0/late", json!("D9"), &["unknown_clock consequences[0].when.all[0].late"]);
    check(
        "/consequences/0/when/all/1/finding/id",
        json!("x"),
        &["unknown_finding consequences[0].when.all[1].finding.id"],
    );
    check(
        "/consequences/0/when/all/1/finding/is",
        json!("x"),
        &["unknown_option consequences[0].when.all[1].finding.is"],
    );
    check("/clocks/0/not_after/0", json!("D9"), &["unknown_clock clocks[0].not_after[0]"]);
    check("/clocks/3/parameter", json!("ghost"), &["unknown_parameter clocks[3].parameter"]);
    check("/clocks/2/every/period", json!("ghost"), &["unknown_parameter clocks[2].every.period"]);
    check("/clocks/0/start/0", json!("ghost"), &["unknown_event clocks[0].start[0]"]);
    check("/follow_up/scale/0/emits/0", json!("ghost"), &["unknown_event follow_up.scale[0].emits[0]"]);
    check("/transitions/0/when/all/0/happened", json!("x"), &["unknown_event transitions[0].when.all[0].happened"]);
    check(
        "/transitions/0/when/all/1/elapsed/since",
        json!("x"),
        &["unknown_event transitions[0].when.all[1].elapsed.since"],
    );
}

#[test]
fn answers_and_tests() {
    check("/fields/3/when/fact/is", json!("sad"), &["unknown_option fields[3].when.fact"]);
    check("/scripts/0/when/fact/is", json!("fax"), &["unknown_option scripts[0].when.fact"]);
    check("/fields/3/when/fact/known", json!(true), &["fact_test fields[3].when.fact"]);
    check("/fields/3/when", json!({ "fact": { "id": "mood" } }), &["fact_test fields[3].when.fact"]);
    check(
        "/fields/3/when",
        json!({ "fact": { "id": "repeats", "at_least": 3, "at_most": 1 } }),
        &["range fields[3].when.fact"],
    );
    check("/fields/0/when", json!({ "fact": { "id": "hurt", "is": "yes" } }), &["unknown_option fields[0].when.fact"]);
    check("/rules/0/when/any", json!([]), &["empty_list rules[0].when.any"]);
    check("/rules/0/when", json!({ "not": { "repeats": 0 } }), &["always_true rules[0].when.not.repeats"]);
    check("/rules/0/when/any/0/mentions/at_least", json!(0), &["always_true rules[0].when.any[0].mentions.at_least"]);
    check("/fields/0/personal", json!(false), &["personal fields[0].personal"]);
    check("/fields/2/kind", json!("phone"), &["personal fields[2].personal"]);
    check("/fields/1/options", json!([]), &["options fields[1].options", "unknown_option fields[3].when.fact"]);
    check(
        "/fields/0/options",
        json!([{ "id": "a", "label": { "zh": "甲", "en": "a" } }]),
        &["options fields[0].options"],
    );
    check(
        "/findings/0/options",
        json!([]),
        &["options findings[0].options", "unknown_option consequences[0].when.all[1].finding.is"],
    );
}

#[test]
fn classes_rules_and_money() {
    check("/axes/0/threshold", json!(101), &["percent axes[0].threshold"]);
    check("/axes/0/classes/1/prior", json!(1), &["grave_points axes[0].classes[1].prior"]);
    check("/axes/0/classes/1/prior", json!(-60), &[]);
    check("/rules/0/class", json!("evil"), &["grave_points rules[0].points"]);
    check("/lexicons/0/words", json!([]), &["empty_list lexicons[0].words"]);
    check("/lexicons/0/words/1", json!(" "), &["empty_text lexicons[0].words[1]"]);
    check("/lexicons/0/words/1", json!("退费"), &["?repeated_word lexicons[0].words[1]"]);
    check("/transitions/0/to", json!("plain"), &["cycle transitions[0].to"]);
    check("/consequences/0/amount", json!([200, 100]), &["range consequences[0].amount"]);
    check("/consequences/0/amount", json!([-1, 100]), &["range consequences[0].amount"]);
    check("/follow_up/scale/0/from", json!(5), &["range follow_up.scale[0].to"]);
}

#[test]
fn clocks() {
    check("/clocks/0/limit", json!(null), &["limit_missing clocks[0].limit"]);
    check("/clocks/0/limit", json!({ "unit": "by_date" }), &["limit_missing clocks[0].limit.unit"]);
    check("/clocks/0/limit/count", json!(0), &["count_range clocks[0].limit.count"]);
    check("/clocks/0/limit/count", json!(3661), &["count_range clocks[0].limit.count"]);
    check("/clocks/0/limit", json!({ "count": 1, "unit": "same_day" }), &["count_range clocks[0].limit.count"]);
    check(
        "/transitions/0/when/all/1/elapsed/limit/count",
        json!(0),
        &["count_range transitions[0].when.all[1].elapsed.limit.count"],
    );
    check("/clocks/1/limit", json!({ "count": 1, "unit": "hour" }), &["limit_given clocks[1].limit"]);
    check("/clocks/4/limit", json!({ "count": 1, "unit": "hour" }), &["limit_given clocks[4].limit"]);
    check("/clocks/4/limit", json!({ "unit": "by_date" }), &[]);
    check("/clocks/3/limit", json!(null), &["limit_missing clocks[3].limit"]);
    check("/clocks/3/parameter", json!(null), &["parameter_missing clocks[3].parameter"]);
    check("/clocks/2/every", json!(null), &["every clocks[2].every"]);
    check("/clocks/1/every", json!("week_end"), &["every clocks[1].every"]);
    check("/clocks/1/start", json!([]), &["never_starts clocks[1].start"]);
    check("/clocks/1/stop", json!([]), &["?never_ends clocks[1].stop"]);
    check("/clocks/1/owner", json!([]), &["empty_list clocks[1].owner"]);
    check("/clocks/0/when", json!({ "not": { "late": "D2" } }), &["blind_condition clocks[0].when"]);
    check("/clocks/0/not_after/0", json!("D1"), &["cycle clocks[0].not_after"]);
    check("/clocks/1/not_after", json!(["D1"]), &["cycle clocks[0].not_after", "cycle clocks[1].not_after"]);
}

#[test]
fn flow() {
    check("/steps/0/roles", json!([]), &["empty_list steps[0].roles"]);
    check("/steps/1/emits", json!(["done"]), &["emits steps[1].emits"]);
    check(
        "/steps/0/emits/-",
        json!("case_closed"),
        &["unknown_event steps[0].emits[1]", "program_event steps[0].emits[1]"],
    );
    // Nothing emits `done` any more: the second step hangs in the air, and so does the clock.
    check(
        "/steps/0/emits",
        json!([]),
        &[
            "unreachable steps[1].after",
            "never_emitted clocks[0].stop[0]",
            "never_emitted clocks[1].start[0]",
            "never_emitted clocks[4].start[0]",
        ],
    );
    // The survey emits `told` too, so the first step can still be reached.
    check("/steps/0/after", json!(["told"]), &[]);
    check("/follow_up", json!(null), &[]);
}

#[test]
fn steps_that_wait_for_each_other_are_unreachable() {
    let mut pack = good();
    pack["follow_up"] = json!(null);
    pack["steps"][0]["after"] = json!(["told"]);
    let codes: Vec<String> = lint(&read(pack)).into_iter().map(|one| format!("{} {}", one.code, one.path)).collect();
    assert_eq!(codes[..2], ["unreachable steps[0].after", "unreachable steps[1].after"]);
}

/// A child names parts of its parent: warnings alone, faults when merged with a parent that lacks them.
#[test]
fn a_child_is_judged_when_merged() {
    let parent = read(good());
    let mut child = good();
    child["id"] = json!("child");
    child["extends"] = json!("small");
    for part in ["roles", "channels", "fields", "axes", "findings", "events", "lexicons", "rules", "red_lines", "forms"]
    {
        child[part] = json!([]);
    }
    child["clocks"] = json!([child["clocks"][0]]);
    child["clocks"][0]["limit"]["count"] = json!(5);
    let child = read(child);
    let alone = lint(&child);
    assert!(!alone.is_empty() && alone.iter().all(|one| !one.fatal), "{alone:#?}");
    let whole = inherit(&parent, &child);
    assert_eq!(lint(&whole), []);
    assert_eq!((whole.id.as_str(), whole.clocks.len(), whole.extends.as_deref()), ("child", 5, None));
    let count = |pack: &Pack| pack.clock("D1").and_then(|clock| clock.limit.as_ref()).map(|limit| limit.count);
    assert_eq!((count(&parent), count(&whole)), (Some(2), Some(5)));
}
