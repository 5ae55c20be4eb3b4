//! The controls of a form: one for every kind of field, each labelled, each writing straight into the draft.
//! Must not know sections; what a field means is in `parts`.

use leptos::prelude::*;
use serde_json::{Value, json};
use shouwen_core::limit::Unit;

use super::cond;
use super::desk::Desk;
use super::parts::{Kind, Part, Space};
use super::tree::{find, ids, said, with_language};
use crate::i18n::{T, bench as words, common, fill, tr};
use crate::pages::calc::unit_label;

/// Units of a limit with their names in the file.
const UNITS: [(&str, Unit); 9] = [
    ("minute", Unit::Minute),
    ("hour", Unit::Hour),
    ("working_minute", Unit::WorkingMinute),
    ("working_hour", Unit::WorkingHour),
    ("natural_day", Unit::NaturalDay),
    ("working_day", Unit::WorkingDay),
    ("same_day", Unit::SameDay),
    ("next_day", Unit::NextDay),
    ("month", Unit::Month),
];

/// The element id of a place, so that a problem can lead to it.
pub fn dom(pointer: &str) -> String {
    format!("b{pointer}")
}

/// A field with its label; `entry` is the pointer of the entry that it belongs to.
pub fn field(desk: Desk, entry: &str, part: &Part) -> AnyView {
    let at = format!("{entry}/{}", part.key);
    let id = dom(&at);
    let label = tr(part.label);
    let hint = part.hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{tr(hint)}</p> });
    match part.kind {
        Kind::Tick => {
            let on = desk.get(&at).as_bool().unwrap_or_default();
            let put = move |on: bool| desk.set(&at, on.then_some(Value::Bool(true)));
            let control = tick(id, label, on, Box::new(put));
            view! { <div class="field">{control}{hint}</div> }.into_any()
        }
        Kind::Text | Kind::LongText | Kind::MaybeText => both(desk, at, id, label, part.kind, hint.into_any()),
        Kind::Many(space) => group(label, hint.into_any(), many(desk, at, id, space)),
        Kind::Limit => group(label, hint.into_any(), limit(desk, at, id)),
        Kind::Range => group(label, hint.into_any(), range(desk, at, id)),
        Kind::Cond(place) | Kind::MaybeCond(place) => {
            let needed = matches!(part.kind, Kind::Cond(_));
            group(label, hint.into_any(), cond::builder(desk, at, place, needed))
        }
        kind => {
            let control = plain(desk, entry, at, id.clone(), kind);
            view! { <div class="field"><label for=id>{label}</label>{control}{hint}</div> }.into_any()
        }
    }
}

fn group(label: &'static str, hint: AnyView, inside: AnyView) -> AnyView {
    view! { <fieldset class="field bench-group"><legend>{label}</legend>{inside}{hint}</fieldset> }.into_any()
}

/// Controls with one element.
fn plain(desk: Desk, entry: &str, at: String, id: String, kind: Kind) -> AnyView {
    let now = desk.get(&at);
    match kind {
        Kind::Words => words_box(desk, at, id, &now),
        Kind::Choice(options) => {
            let now = now.as_str().unwrap_or(options[0].0).to_owned();
            let options = options.iter().map(|(value, label)| ((*value).to_owned(), tr(*label).to_owned())).collect();
            select(id, options, &now, Box::new(move |value| desk.set(&at, Some(Value::from(value)))))
        }
        Kind::One(space) => {
            let mut options = vec![(String::new(), tr(common::NONE).to_owned())];
            options.extend(named(desk, space));
            let now = now.as_str().unwrap_or_default().to_owned();
            let put = move |value: String| desk.set(&at, (!value.is_empty()).then(|| Value::from(value)));
            select(id, options, &now, Box::new(put))
        }
        Kind::Class => {
            let entry = entry.to_owned();
            let now = format!("{}/{}", text(&desk.get(&format!("{entry}/axis"))), text(&now));
            let put = move |value: String| {
                if let Some((axis, class)) = value.split_once('/') {
                    let mut rule = desk.get(&entry);
                    rule["axis"] = Value::from(axis);
                    rule["class"] = Value::from(class);
                    desk.set(&entry, Some(rule));
                }
            };
            select(id, classes(desk), &now, Box::new(put))
        }
        Kind::Number | Kind::MaybeNumber => {
            let optional = kind == Kind::MaybeNumber;
            // Nothing where a number must be: the check says so, at its place.
            let put = move |value: Option<i64>| {
                desk.set(&at, value.map(Value::from).or((!optional).then_some(Value::Null)));
            };
            number(id, &now, Box::new(put))
        }
        Kind::Answer => {
            let numeric = matches!(desk.get(&format!("{entry}/kind")).as_str(), Some("number" | "money"));
            let shown =
                if now.is_null() { String::new() } else { now.as_str().map_or_else(|| now.to_string(), str::to_owned) };
            let change = move |typed: String| {
                let value = match typed.trim() {
                    "" => None,
                    number if numeric && number.parse::<i64>().is_ok() => number.parse::<i64>().ok().map(Value::from),
                    other => Some(Value::from(other)),
                };
                desk.set(&at, value);
            };
            input(id, shown, None, None, Box::new(change))
        }
        Kind::Line => input(id, text(&now), None, None, Box::new(move |words| desk.set(&at, Some(Value::from(words))))),
        kind => {
            let input = if kind == Kind::Date { "date" } else { "text" };
            let shown = text(&now);
            let change = move |event| desk.set(&at, Some(Value::from(event_target_value(&event))));
            view! { <input id=id type=input maxlength="300" autocomplete="off" prop:value=shown on:input=change/> }
                .into_any()
        }
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What to do with a new value. Boxed: one copy of the control's code for all its uses.
pub type Put<T> = Box<dyn Fn(T)>;

/// A choice of named values. A value that is not among them is shown as it stands.
pub fn select(id: String, mut options: Vec<(String, String)>, now: &str, change: Put<String>) -> AnyView {
    if !options.iter().any(|(value, _)| value == now) {
        let label = if now.is_empty() { tr(words::CHOOSE).to_owned() } else { format!("{now} ?") };
        options.insert(0, (now.to_owned(), label));
    }
    let options: Vec<AnyView> = options
        .into_iter()
        .map(|(value, label)| view! { <option value=value.clone() selected=value == now>{label}</option> }.into_any())
        .collect();
    view! { <select id=id on:change=move |event| change(event_target_value(&event))>{options}</select> }.into_any()
}

/// A whole number; `None` while it is none.
pub fn number(id: String, now: &Value, change: Put<Option<i64>>) -> AnyView {
    let shown = now.as_i64().map(|number| number.to_string()).unwrap_or_default();
    let wrong = RwSignal::new(false);
    let typed = move |event| {
        let text: String = event_target_value(&event);
        let value = text.trim().parse::<i64>().ok();
        wrong.set(value.is_none() && !text.trim().is_empty());
        change(value);
    };
    view! {
        <input id=id class="num short" inputmode="numeric" maxlength="9" autocomplete="off" prop:value=shown
            aria-invalid=move || if wrong.get() { "true" } else { "false" } on:input=typed/>
    }
    .into_any()
}

/// A line (or, with `rows`, a box) of text.
fn input(
    id: String,
    shown: String,
    rows: Option<&'static str>,
    language: Option<&'static str>,
    change: Put<String>,
) -> AnyView {
    let typed = move |event| change(event_target_value(&event));
    match rows {
        Some(rows) => view! { <textarea id=id lang=language rows=rows maxlength="2000" prop:value=shown on:input=typed></textarea> }
            .into_any(),
        None => view! { <input id=id lang=language maxlength="500" autocomplete="off" prop:value=shown on:input=typed/> }
            .into_any(),
    }
}

/// A box to tick with its label.
fn tick(id: String, label: &'static str, on: bool, change: Put<bool>) -> AnyView {
    view! {
        <label class="check" for=id.clone()>
            <input type="checkbox" id=id.clone() prop:checked=on on:change=move |event| change(event_target_checked(&event))/>{label}</label>
    }
    .into_any()
}

/// A label that only readers see, before its control.
pub fn unseen(id: &str, label: T, control: AnyView) -> AnyView {
    view! { <label class="visually-hidden" for=id.to_owned()>{tr(label)}</label>{control} }.into_any()
}

/// A muted word between controls.
pub fn word(text: T) -> AnyView {
    view! { <span class="small muted">{tr(text)}</span> }.into_any()
}

/// A button that does something in the draft.
pub fn button(class: &'static str, id: &'static str, label: T, act: Box<dyn Fn()>) -> AnyView {
    let id = (!id.is_empty()).then_some(id);
    view! { <button type="button" class=class id=id on:click=move |_| act()>{tr(label)}</button> }.into_any()
}

/// Chinese above, English below.
fn both(desk: Desk, at: String, id: String, label: &'static str, kind: Kind, hint: AnyView) -> AnyView {
    let now = desk.get(&at);
    let optional = kind == Kind::MaybeText;
    let rows = match kind {
        Kind::Text => None,
        Kind::LongText => Some("3"),
        _ => Some("2"),
    };
    let one = |language: &'static str| {
        let at = at.clone();
        let id = if language == "zh" { id.clone() } else { format!("{id}/en") };
        let lang = if language == "zh" { "zh-CN" } else { "en" };
        let typed = move |words: String| {
            let new = with_language(&desk.get(&at), language, &words);
            desk.set(&at, new.or((!optional).then(|| json!({ "zh": "" }))));
        };
        input(id, text(&now[language]), rows, Some(lang), Box::new(typed))
    };
    let (zh, en) = (one("zh"), one("en"));
    view! {
        <div class="field bench-text">
            <label for=id.clone()>{label}</label>{zh}
            <label class="small muted" for=format!("{id}/en")>{tr(words::ENGLISH)}<span class="visually-hidden">" "{label}</span></label>{en}
            {hint}
        </div>
    }
    .into_any()
}

/// One word a line, with their number.
fn words_box(desk: Desk, at: String, id: String, now: &Value) -> AnyView {
    let list: Vec<&str> = now.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let rows = (list.len() + 1).clamp(4, 14).to_string();
    let shown = list.join("\n");
    let count = RwSignal::new(list.len());
    let typed = move |event| {
        let text: String = event_target_value(&event);
        let list: Vec<&str> = text.lines().map(str::trim).filter(|word| !word.is_empty()).collect();
        count.set(list.len());
        desk.set(&at, Some(Value::from(list)));
    };
    view! {
        <textarea id=id class="bench-words" rows=rows spellcheck="false" prop:value=shown on:input=typed></textarea>
        <p class="small muted num">{move || fill(words::WORDS_N, &[("n", &count.get().to_string())])}</p>
    }
    .into_any()
}

/// Entries of a list that others refer to: id and name.
pub fn named(desk: Desk, space: Space) -> Vec<(String, String)> {
    let (list, key) = space.list();
    desk.with(|tree| options(&tree[list], key))
}

/// Id and name of every entry of a list.
pub fn options(list: &Value, key: &str) -> Vec<(String, String)> {
    let one = |id: &str| {
        let name = find(list, id).and_then(|one| said(&one[key]));
        (id.to_owned(), name.unwrap_or_else(|| id.to_owned()))
    };
    ids(list).map(one).collect()
}

/// Every class of every axis: `axis/class` and its name.
pub fn classes(desk: Desk) -> Vec<(String, String)> {
    desk.with(|tree| {
        let axes = tree["axes"].as_array().into_iter().flatten();
        axes.flat_map(|axis| {
            let (id, label) = (text(&axis["id"]), said(&axis["label"]).unwrap_or_default());
            options(&axis["classes"], "label")
                .into_iter()
                .map(move |(class, name)| (format!("{id}/{class}"), format!("{label}：{name}")))
        })
        .collect()
    })
}

/// Several ids: each can be taken out, the others are offered below.
fn many(desk: Desk, at: String, id: String, space: Space) -> AnyView {
    let all = StoredValue::new(named(desk, space));
    let list = desk.get(&at);
    let chosen: Vec<String> = list.as_array().into_iter().flatten().map(text).collect();
    let chosen = RwSignal::new(chosen);
    let at = StoredValue::new(at);
    let write = move || {
        let list = chosen.get_untracked();
        // An empty list that may be left out is left out; one that must be there is empty.
        let needed = at.with_value(|at| at.ends_with("/owner"));
        desk.set(&at.get_value(), (needed || !list.is_empty()).then(|| Value::from(list)));
    };
    let name = move |id: &str| {
        all.with_value(|all| {
            all.iter().find(|(one, _)| one == id).map_or_else(|| format!("{id} ?"), |(_, name)| name.clone())
        })
    };
    let chips = move || {
        chosen
            .get()
            .into_iter()
            .map(|id| {
                let label = name(&id);
                let out = move |_| {
                    chosen.update(|list| list.retain(|one| *one != id));
                    write();
                };
                view! {
                    <li class="chip acc">{label.clone()}<button type="button" class="quiet" on:click=out
                        aria-label=fill(words::TAKE_OUT, &[("x", &label)])>"×"</button></li>
                }
                .into_any()
            })
            .collect::<Vec<_>>()
    };
    let offered = move || {
        let chosen = chosen.get();
        let mut options = vec![view! { <option value="">{tr(words::ADD_ONE)}</option> }.into_any()];
        all.with_value(|all| {
            let rest = all.iter().filter(|(id, _)| !chosen.contains(id));
            options
                .extend(rest.map(|(id, name)| view! { <option value=id.clone()>{name.clone()}</option> }.into_any()));
        });
        options
    };
    let add = move |event| {
        let id: String = event_target_value(&event);
        if !id.is_empty() {
            chosen.update(|list| list.push(id));
            write();
        }
    };
    view! {
        <ul class="bench-chips">{chips}</ul>
        <select id=id aria-label=tr(words::ADD_ONE) on:change=add>{offered}</select>
    }
    .into_any()
}

fn counted(unit: &str) -> bool {
    !matches!(unit, "" | "none" | "same_day" | "next_day" | "by_date")
}

/// Count, unit, and what happens on a rest day.
pub fn limit(desk: Desk, at: String, id: String) -> AnyView {
    let now = desk.get(&at);
    let unit = RwSignal::new(text(&now["unit"]));
    let at = StoredValue::new(at);
    let change = move |key: &'static str, value: Option<Value>| {
        let at = at.get_value();
        let mut limit = desk.get(&at);
        if !limit.is_object() {
            limit = json!({ "count": 1 });
        }
        if let Some(map) = limit.as_object_mut() {
            match value {
                Some(value) => drop(map.insert(key.to_owned(), value)),
                None => drop(map.remove(key)),
            }
            match map.get("unit").and_then(Value::as_str) {
                Some(unit) if counted(unit) => drop(map.entry("count").or_insert(json!(1))),
                Some(_) => drop(map.remove("count")),
                None => {}
            }
        }
        desk.set(&at, Some(limit));
    };
    let mut options = vec![(String::new(), tr(words::NO_LIMIT).to_owned())];
    options.extend(UNITS.map(|(name, unit)| (name.to_owned(), unit_label(unit).to_owned())));
    let count = RwSignal::new(now["count"].clone());
    let choose = move |name: String| {
        unit.set(name.clone());
        if name.is_empty() {
            desk.set(&at.get_value(), None);
        } else {
            change("unit", Some(Value::from(name)));
            count.set(desk.get(&format!("{}/count", at.get_value())));
        }
    };
    let (count_id, roll_id) = (format!("{id}/count"), format!("{id}/roll"));
    let rolls = now["roll"].as_str() == Some("next_working_day");
    let put = move |on: bool| change("roll", on.then(|| json!("next_working_day")));
    let roll = tick(roll_id, tr(words::ROLL), rolls, Box::new(put));
    view! {
        <div class="inline bench-limit">
            <span hidden=move || !unit.with(|unit| counted(unit))>
                <label class="visually-hidden" for=count_id.clone()>{tr(words::COUNT)}</label>
                {move || {
                    let put = move |value: Option<i64>| change("count", Some(value.map_or(Value::Null, Value::from)));
                    number(count_id.clone(), &count.get(), Box::new(put))
                }}
            </span>
            <label class="visually-hidden" for=format!("{id}/unit")>{tr(words::UNIT)}</label>
            {select(format!("{id}/unit"), options, &unit.get_untracked(), Box::new(choose))}
            <span hidden=move || !matches!(unit.get().as_str(), "natural_day" | "month")>{roll}</span>
        </div>
    }
    .into_any()
}

/// Two numbers, or none.
fn range(desk: Desk, at: String, id: String) -> AnyView {
    let now = desk.get(&at);
    let both = RwSignal::new((now[0].as_i64(), now[1].as_i64()));
    let at = StoredValue::new(at);
    let write = move || {
        let (from, to) = both.get_untracked();
        let value = from.or(to).map(|_| json!([from.or(to), to.or(from)]));
        desk.set(&at.get_value(), value);
    };
    let one = |index: usize, label: T| {
        let id = if index == 0 { id.clone() } else { format!("{id}/{index}") };
        let put = move |value: Option<i64>| {
            both.update(|both| *(if index == 0 { &mut both.0 } else { &mut both.1 }) = value);
            write();
        };
        let control = number(id.clone(), &now[index], Box::new(put));
        view! { <label class="check" for=id><span class="small muted">{tr(label)}</span>" "{control}</label> }
            .into_any()
    };
    view! { <div class="inline bench-limit">{one(0, words::FROM)}{one(1, words::TO)}</div> }.into_any()
}
