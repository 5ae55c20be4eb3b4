//! What a draft changes against the version in force, as plain lines; and what an entry says, in a few words.
//! Must not judge a change.

use serde_json::Value;
use shouwen_core::limit::Limit;
use shouwen_core::pack::Pack;

use super::parts::{Kind, Part, SECTIONS, Space, name, section};
use super::tree::{find, said};
use crate::i18n::{T, bench as words, clocks, common, fill, tr};
use crate::pages::packs::joint;

/// Lists without a form here; they can differ in a draft that came from a file.
const OTHERS: [(&str, T); 11] = [
    ("roles", words::L_ROLES),
    ("channels", words::L_CHANNELS),
    ("fields", words::L_FIELDS),
    ("findings", words::L_FINDINGS),
    ("events", words::L_EVENTS),
    ("ladder", words::L_LADDER),
    ("steps", words::L_STEPS),
    ("transitions", words::L_TRANSITIONS),
    ("forms", words::L_FORMS),
    ("red_lines", words::L_RED_LINES),
    ("emergency", words::L_EMERGENCY),
];

/// What a list of the pack is called.
pub fn list_name(list: &str) -> &'static str {
    let other = || OTHERS.iter().find(|(one, _)| *one == list).map(|(_, title)| *title);
    tr(section(list).map(|section| section.title).or_else(other).unwrap_or(words::S_HEAD))
}

/// The one line under an entry's name in the list.
pub fn gist(tree: &Value, list: &str, entry: &Value, above: Option<&str>) -> String {
    match list {
        "clocks" => [limit(&entry["limit"]), names(tree, Space::Roles, &entry["owner"])].join(" · "),
        "lexicons" => fill(words::WORDS_N, &[("n", &entry["words"].as_array().map_or(0, Vec::len).to_string())]),
        "rules" => {
            let points = entry["points"].as_i64().unwrap_or_default();
            format!("→ {} {points:+}", class_name(tree, entry))
        }
        "classes" => above.unwrap_or_default().to_owned(),
        "axes" => said(&entry["question"]).unwrap_or_default(),
        "consequences" => said(&entry["who"]).unwrap_or_default(),
        "parameters" => plain(&entry["value"]),
        "sources" => entry["id"].as_str().unwrap_or_default().to_owned(),
        _ => entry["clause"].as_str().unwrap_or_default().to_owned(),
    }
}

fn class_name(tree: &Value, rule: &Value) -> String {
    let axis = rule["axis"].as_str().and_then(|id| find(&tree["axes"], id));
    let class = axis.and_then(|axis| find(&axis["classes"], rule["class"].as_str()?));
    let label = |one: Option<&Value>| one.and_then(|one| said(&one["label"])).unwrap_or_default();
    format!("{}：{}", label(axis), label(class))
}

fn limit(value: &Value) -> String {
    // Read from text: the same reading as for packs.
    serde_json::from_str::<Limit>(&value.to_string())
        .map_or_else(|_| tr(clocks::L_NONE).to_owned(), |limit| clocks::limit_words(&limit))
}

fn names(tree: &Value, space: Space, ids: &Value) -> String {
    let (list, key) = space.list();
    let one = |id: &str| find(&tree[list], id).and_then(|one| said(&one[key])).unwrap_or_else(|| id.to_owned());
    let names: Vec<String> = ids.as_array().into_iter().flatten().filter_map(Value::as_str).map(one).collect();
    names.join(joint())
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => tr(common::NONE).to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A field's value in words.
fn shown(tree: &Value, pack: Option<&Pack>, part: &Part, value: &Value) -> String {
    match part.kind {
        Kind::Text | Kind::LongText | Kind::MaybeText => said(value).unwrap_or_else(|| tr(common::NONE).to_owned()),
        Kind::Tick => tr(if value.as_bool().unwrap_or_default() { common::YES } else { common::NO }).to_owned(),
        Kind::Choice(options) => {
            let now = value.as_str().unwrap_or(options[0].0);
            options
                .iter()
                .find(|(key, _)| *key == now)
                .map_or_else(|| now.to_owned(), |(_, label)| tr(*label).to_owned())
        }
        Kind::Many(space) => names(tree, space, value),
        Kind::One(space) => names(tree, space, &Value::Array(vec![value.clone()])),
        Kind::Limit => limit(value),
        Kind::Cond(_) | Kind::MaybeCond(_) => {
            pack.and_then(|pack| super::cond::say(pack, value)).unwrap_or_else(|| plain(value))
        }
        Kind::Range if value.is_array() => {
            let (from, to) = (&value[0], &value[1]);
            if from == to { from.to_string() } else { format!("{from}–{to}") }
        }
        _ => plain(value),
    }
}

/// A pack in its file form, and as read (for putting conditions into words).
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub tree: &'a Value,
    pub pack: Option<&'a Pack>,
}

/// Every difference between two packs as a line, section by section.
pub fn differences(old: Side, new: Side) -> Vec<String> {
    let mut lines = Vec::new();
    for section in SECTIONS {
        let title = tr(section.title);
        if section.list.is_empty() {
            // Every version has a date of its own; that alone is no change of the rule.
            let mut found = fields(section.parts, (old, old.tree), (new, new.tree), "effective_from");
            found.iter_mut().for_each(|line| line.insert_str(0, &format!("{title}：")));
            lines.extend(found);
        } else if section.list == "classes" {
            let axes = new.tree["axes"].as_array().into_iter().flatten();
            for axis in axes {
                let before = axis["id"].as_str().and_then(|id| find(&old.tree["axes"], id));
                let none = Value::Null;
                let before = before.map_or(&none, |before| &before["classes"]);
                entries(&mut lines, title, section.parts, (old, before), (new, &axis["classes"]));
            }
        } else {
            let list = section.list;
            entries(&mut lines, title, section.parts, (old, &old.tree[list]), (new, &new.tree[list]));
        }
    }
    for (list, title) in OTHERS {
        let (before, after) = (&old.tree[list], &new.tree[list]);
        if before.is_array() || after.is_array() {
            entries(&mut lines, tr(title), &[], (old, before), (new, after));
        } else if before != after {
            lines.push(fill(words::D_OTHER, &[("list", tr(title)), ("x", "")]));
        }
    }
    lines
}

/// Entries that came, went, or say something else.
fn entries(lines: &mut Vec<String>, title: &str, parts: &[Part], old: (Side, &Value), new: (Side, &Value)) {
    let line = |text: T, entry: &Value| fill(text, &[("list", title), ("x", &name(entry))]);
    let (before, after) = (old.1, new.1);
    for entry in after.as_array().into_iter().flatten() {
        let known = entry["id"].as_str().and_then(|id| find(before, id));
        match known {
            None => lines.push(line(words::D_NEW, entry)),
            Some(known) if known != entry => {
                let found = fields(parts, (old.0, known), (new.0, entry), "");
                if found.is_empty() && others_differ(parts, known, entry) {
                    lines.push(line(words::D_OTHER, entry));
                }
                let head = line(words::D_OF, entry);
                lines.extend(found.into_iter().map(|text| format!("{head}{text}")));
            }
            Some(_) => {}
        }
    }
    for entry in before.as_array().into_iter().flatten() {
        if entry["id"].as_str().is_some_and(|id| find(after, id).is_none()) {
            lines.push(line(words::D_GONE, entry));
        }
    }
}

/// Something else than the classes, which have a section of their own.
fn others_differ(parts: &[Part], old: &Value, new: &Value) -> bool {
    let keys = |one: &Value, other: &Value| {
        one.as_object().into_iter().flatten().any(|(key, value)| {
            let own = key == "classes" || parts.iter().any(|part| part.key == key);
            !own && *value != other[key.as_str()]
        })
    };
    keys(old, new) || keys(new, old)
}

fn fields(parts: &[Part], old: (Side, &Value), new: (Side, &Value), beside: &str) -> Vec<String> {
    let differing = parts.iter().filter(|part| part.key != beside).filter(|part| {
        let same = |key: &str| old.1[key] == new.1[key];
        !same(part.key) || (part.kind == Kind::Class && !same("axis"))
    });
    differing.map(|part| one_field(part, old, new)).collect()
}

fn one_field(part: &Part, old: (Side, &Value), new: (Side, &Value)) -> String {
    let label = tr(part.label);
    let (before, after) = (&old.1[part.key], &new.1[part.key]);
    if part.kind == Kind::Words {
        let only = |one: &Value, other: &Value| -> Vec<String> {
            let other = other.as_array().map(Vec::as_slice).unwrap_or_default();
            let mine = one.as_array().into_iter().flatten().filter(|word| !other.contains(word));
            mine.filter_map(|word| word.as_str().map(str::to_owned)).collect()
        };
        let (came, went) = (only(after, before), only(before, after));
        let part = |text: T, list: Vec<String>| (!list.is_empty()).then(|| fill(text, &[("x", &list.join(joint()))]));
        let lines = [part(words::D_WORDS_NEW, came), part(words::D_WORDS_GONE, went)];
        return lines.into_iter().flatten().collect::<Vec<_>>().join("；");
    }
    let say = |side: (Side, &Value), value: &Value| match part.kind {
        Kind::Class => class_name(side.0.tree, side.1),
        _ => shown(side.0.tree, side.0.pack, part, value),
    };
    fill(words::D_FIELD, &[("field", label), ("a", &say(old, before)), ("b", &say(new, after))])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(change: impl FnOnce(&mut Value), want: &[&str]) {
        let old = json!({
            "title": { "zh": "小包" }, "effective_from": "2026-01-01",
            "roles": [{ "id": "desk", "label": { "zh": "前台" } }],
            "clocks": [{ "id": "D1", "label": { "zh": "办结" }, "kind": "hard", "owner": ["desk"],
                         "limit": { "count": 24, "unit": "hour" }, "pause": { "cap": 3 } }],
            "lexicons": [{ "id": "l1", "label": { "zh": "退费" }, "words": ["退费", "退钱"] }],
            "axes": [{ "id": "form", "label": { "zh": "形式" }, "classes": [{ "id": "a", "label": { "zh": "建议" } }] }],
            "steps": [{ "id": "s1", "label": { "zh": "接待" } }],
        });
        let mut new = old.clone();
        change(&mut new);
        let side = |tree| Side { tree, pack: None };
        assert_eq!(differences(side(&old), side(&new)), want);
    }

    #[test]
    fn plain_lines() {
        check(|_| (), &[]);
        check(
            |pack| pack["clocks"][0]["limit"]["count"] = json!(12),
            &["时限「办结」：期限由「24 小时」改为「12 小时」"],
        );
        check(|pack| pack["clocks"][0]["pause"]["cap"] = json!(5), &["时限「办结」有其他改动"]);
        check(
            |pack| pack["lexicons"][0]["words"] = json!(["退费", "返钱"]),
            &["词表「退费」：增加的词：返钱；去掉的词：退钱"],
        );
        check(|pack| pack["clocks"] = json!([]), &["时限：删去「办结」"]);
        check(
            |pack| pack["axes"][0]["classes"][0]["label"]["zh"] = json!("意见"),
            &["类别「意见」：名称由「建议」改为「意见」"],
        );
        check(|pack| pack["steps"][0]["label"]["zh"] = json!("接访"), &["步骤「接访」有其他改动"]);
        check(
            |pack| pack["lexicons"].as_array_mut().unwrap().push(json!({ "id": "l2", "label": { "zh": "师资" } })),
            &["词表：新增「师资」"],
        );
        check(|pack| pack["effective_from"] = json!("2026-12-01"), &[]);
        check(|pack| pack["title"]["zh"] = json!("大包"), &["基本信息：制度名称由「小包」改为「大包」"]);
    }
}
