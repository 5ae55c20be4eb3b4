//! Conditions and references of a pack in words, so that a rule can be read without knowing its file form.
//! Must not evaluate anything.

use serde_json::Value;
use shouwen_core::case::strings;
use shouwen_core::pack::{Cond, FactTest, Named, Pack};

use crate::i18n::{T, clocks, common, errors, fill, is_english, say, tr};

/// What stands between the items of a list.
pub fn joint() -> &'static str {
    if is_english() { ", " } else { "、" }
}

/// Names of roles.
pub fn roles(pack: &Pack, ids: &[String]) -> String {
    list(ids.iter().map(|id| named(&pack.roles, id)))
}

/// Names of case events, any of which counts.
pub fn events(pack: &Pack, ids: &[String]) -> String {
    let names: Vec<String> = ids.iter().map(|id| errors::event_label(Some(pack), id)).collect();
    names.join(" / ")
}

/// Names of fields.
pub fn fields(pack: &Pack, ids: &[String]) -> String {
    list(ids.iter().map(|id| field(pack, id)))
}

pub fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(joint())
}

fn named(known: &[Named], id: &str) -> String {
    known.iter().find(|one| one.id == id).map_or_else(|| id.to_owned(), |one| say(&one.label))
}

fn field(pack: &Pack, id: &str) -> String {
    match (pack.field(id), id) {
        (Some(field), _) => say(&field.label),
        (None, "channel") => tr(CHANNEL).to_owned(),
        (None, id) if id.starts_with("text.") => crate::i18n::bench::text_fact(id).to_owned(),
        _ => id.to_owned(),
    }
}

/// The name of a class.
pub fn class(pack: &Pack, axis: &str, id: &str) -> String {
    pack.axis(axis).and_then(|axis| axis.class(id)).map_or_else(|| id.to_owned(), |class| say(&class.label))
}

/// A condition as a sentence.
pub fn cond(pack: &Pack, when: &Cond) -> String {
    write(pack, when, true)
}

fn write(pack: &Pack, when: &Cond, outer: bool) -> String {
    let several = |parts: &[Cond], word: T| {
        let words: Vec<String> = parts.iter().map(|part| write(pack, part, parts.len() == 1 && outer)).collect();
        let joined = words.join(tr(word));
        if outer || parts.len() == 1 { joined } else { fill(GROUPED, &[("x", &joined)]) }
    };
    match when {
        Cond::All(parts) => several(parts, AND),
        Cond::Any(parts) => several(parts, OR),
        Cond::Not(part) => fill(NOT, &[("x", &write(pack, part, true))]),
        Cond::Fact(test) => fact(pack, test),
        Cond::Class { axis, is } => {
            let label = pack.axis(axis).map_or_else(|| axis.clone(), |axis| say(&axis.label));
            fill(IS, &[("x", &label), ("y", &class(pack, axis, is))])
        }
        Cond::Finding { id, is } => {
            let finding = pack.findings.iter().find(|one| one.id == *id);
            let label = finding.map_or_else(|| id.clone(), |finding| say(&finding.label));
            let options = finding.map(|finding| finding.options.as_slice()).unwrap_or_default();
            fill(FOUND, &[("x", &label), ("y", &value(options, is))])
        }
        Cond::Mentions(mention) => {
            let lexicon = pack.lexicons.iter().find(|one| one.id == mention.lexicon);
            let label = lexicon.map_or_else(|| mention.lexicon.clone(), |lexicon| say(&lexicon.label));
            let text = if mention.at_least > 1 { MENTIONS_MORE } else { MENTIONS };
            fill(text, &[("x", &label), ("n", &mention.at_least.to_string())])
        }
        Cond::Happened(event) => fill(HAPPENED, &[("x", &errors::event_label(Some(pack), event))]),
        Cond::Repeats(n) => fill(REPEATS, &[("n", &n.to_string())]),
        Cond::Elapsed { since, limit } => {
            let event = errors::event_label(Some(pack), since);
            fill(ELAPSED, &[("x", &event), ("y", &clocks::limit_words(limit))])
        }
        Cond::Late(id) => {
            let clock = pack.clock(id).map_or_else(|| id.clone(), |clock| say(&clock.label));
            fill(LATE, &[("x", &clock)])
        }
    }
}

fn fact(pack: &Pack, test: &FactTest) -> String {
    let label = field(pack, &test.id);
    let options = pack.field(&test.id).map(|field| field.options.as_slice()).unwrap_or_default();
    match test {
        FactTest { known: Some(known), .. } => fill(if *known { GIVEN } else { NOT_GIVEN }, &[("x", &label)]),
        FactTest { is: Some(is), .. } => fill(IS, &[("x", &label), ("y", &value(options, is))]),
        FactTest { one_of, .. } if !one_of.is_empty() => {
            let values: Vec<String> = one_of.iter().map(|one| value(options, one)).collect();
            fill(IS, &[("x", &label), ("y", &values.join(" / "))])
        }
        FactTest { at_least, at_most, .. } => {
            let low = at_least.map(|n| fill(AT_LEAST, &[("n", &n.to_string())]));
            let high = at_most.map(|n| fill(AT_MOST, &[("n", &n.to_string())]));
            let words: Vec<String> = low.into_iter().chain(high).collect();
            fill(IS, &[("x", &label), ("y", &words.join(" "))])
        }
    }
}

/// A value with the names of options.
pub fn value(options: &[Named], value: &Value) -> String {
    match value {
        Value::Bool(yes) => tr(if *yes { common::YES } else { common::NO }).to_owned(),
        Value::String(_) | Value::Array(_) => list(strings(Some(value)).iter().map(|id| named(options, id))),
        other => other.to_string(),
    }
}

crate::texts! {
    CHANNEL = "来源渠道" | "channel";
    AND = "，并且" | " and ";
    OR = "，或者" | " or ";
    GROUPED = "（{x}）" | "({x})";
    NOT = "并非（{x}）" | "not ({x})";
    IS = "「{x}」是「{y}」" | "“{x}” is “{y}”";
    FOUND = "认定「{x}」为「{y}」" | "“{x}” is found to be “{y}”";
    MENTIONS = "原话提到「{x}」" | "the text mentions “{x}”";
    MENTIONS_MORE = "原话提到「{x}」{n} 处以上" | "the text mentions “{x}” at least {n} times";
    HAPPENED = "已发生「{x}」" | "“{x}” has happened";
    REPEATS = "反映了 {n} 次以上" | "raised at least {n} times";
    ELAPSED = "「{x}」后过了 {y}" | "{y} have passed since “{x}”";
    LATE = "「{x}」已超期" | "“{x}” is late";
    GIVEN = "填了「{x}」" | "“{x}” was answered";
    NOT_GIVEN = "没填「{x}」" | "“{x}” was not answered";
    AT_LEAST = "不少于 {n}" | "at least {n}";
    AT_MOST = "不多于 {n}" | "at most {n}";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(when: serde_json::Value, want: &str) {
        let pack = shouwen_core::pack::load(
            &serde_json::json!({
                "format": "shouwen-pack/1", "id": "p", "version": 1, "effective_from": "2026-01-01",
                "title": {"zh": "甲"}, "summary": {"zh": "乙"}, "sources": [{"id": "R01", "title": {"zh": "丙"}}],
                "roles": [{"id": "r", "label": {"zh": "前台"}}],
                "fields": [{"id": "text", "label": {"zh": "经过"}, "kind": "paragraph"},
                           {"id": "hurt", "label": {"zh": "有人受伤"}, "kind": "yes"}],
                "events": [{"id": "received", "label": {"zh": "接到"}}],
            })
            .to_string(),
        );
        let pack = pack.expect("a pack");
        let when: Cond = serde_json::from_value(when).expect("a condition");
        assert_eq!(cond(&pack, &when), want);
    }

    #[test]
    fn conditions_read_as_sentences() {
        use serde_json::json;
        let hurt = json!({"fact": {"id": "hurt", "is": true}});
        let happened = json!({"happened": "received"});
        check(hurt.clone(), "「有人受伤」是「是」");
        check(json!({"fact": {"id": "loss", "at_least": 5}}), "「loss」是「不少于 5」");
        check(
            json!({"all": [hurt, {"any": [happened, {"repeats": 3}]}]}),
            "「有人受伤」是「是」，并且（已发生「接到」，或者反映了 3 次以上）",
        );
        check(json!({"not": {"fact": {"id": "hurt", "known": true}}}), "并非（填了「有人受伤」）");
    }
}
