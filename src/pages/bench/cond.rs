//! The condition builder: the typed tree of a condition as nested boxes, with the whole of it as a sentence below.
//! Must not evaluate a condition; what can be asked where is a table.

use leptos::prelude::*;
use serde_json::{Value, json};
use shouwen_core::classify::TEXT_FACTS;
use shouwen_core::pack::{Cond, Pack};

use super::controls::{classes, dom, limit, number, options, select, text, unseen, word};
use super::desk::Desk;
use super::facts;
use super::parts::Place;
use super::tree::parent;
use crate::i18n::{T, bench as words, fill, tr};
use crate::pages::packs::cond as cond_words;

/// A kind of test: its key in the file, its name, where it makes sense.
type Test = (&'static str, T, fn(Place) -> bool);

const TESTS: [Test; 8] = [
    ("fact", words::T_FACT, |_| true),
    ("mentions", words::T_MENTIONS, |place| place == Place::Rule),
    ("class", words::T_CLASS, |_| true),
    ("repeats", words::T_REPEATS, |_| true),
    ("happened", words::T_HAPPENED, |place| place != Place::Rule),
    ("finding", words::T_FINDING, |place| place != Place::Rule),
    ("late", words::T_LATE, |place| place == Place::After),
    ("elapsed", words::T_ELAPSED, |place| place == Place::After),
];

/// A condition being edited: where it is, where it stands, and a signal that draws it anew.
#[derive(Clone, Copy)]
pub struct Builder {
    pub desk: Desk,
    place: Place,
    shape: RwSignal<u32>,
    /// A place that gets the focus after drawing.
    focus: StoredValue<String>,
}

impl Builder {
    /// Changes a part and draws the condition anew; the focus goes to `focus`.
    pub fn put(self, pointer: &str, value: Option<Value>, focus: &str) {
        self.desk.note(pointer, value);
        self.focus.set_value(dom(focus));
        self.shape.update(|shape| *shape += 1);
    }

    /// Changes a part that needs no drawing.
    pub fn set(self, pointer: &str, value: Value) {
        self.desk.set(pointer, Some(value));
    }
}

/// The condition at a pointer. `needed`: it cannot be left out.
pub fn builder(desk: Desk, at: String, place: Place, needed: bool) -> AnyView {
    let root = StoredValue::new(at);
    let build = Builder { desk, place, shape: RwSignal::new(0), focus: StoredValue::new(String::new()) };
    Effect::new(move |_| {
        build.shape.track();
        let focus = build.focus.get_value();
        if !focus.is_empty() {
            super::focus_soon(focus);
        }
    });
    let tree = move || {
        build.shape.track();
        let at = root.get_value();
        let now = desk.get(&at);
        if now.is_null() {
            let start = move |_| {
                let at = root.get_value();
                build.put(&at, Some(fresh(build)), &at);
            };
            return view! {
                <p class="inline"><span class="muted">{tr(words::ALWAYS)}</span>
                    <button type="button" class="quiet" id=dom(&at) on:click=start>"+ "{tr(words::ADD_COND)}</button></p>
            }
            .into_any();
        }
        node(build, at, !needed)
    };
    let sentence = move || {
        desk.edits.track();
        let when = desk.get(&root.get_value());
        let reading = desk.reading.get();
        reading.and_then(|reading| say(&reading.pack, &when)).unwrap_or_default()
    };
    view! {
        <div class="cond">{tree}</div>
        <p class="cond-say small"><span class="muted">{tr(words::MEANS)}</span>{sentence}</p>
    }
    .into_any()
}

/// A condition in words; nothing while it is incomplete.
pub fn say(pack: &Pack, when: &Value) -> Option<String> {
    if when.is_null() {
        return Some(tr(words::ALWAYS).to_owned());
    }
    let cond: Cond = serde_json::from_str(&when.to_string()).ok()?;
    Some(cond_words(pack, &cond))
}

fn key(node: &Value) -> &str {
    node.as_object().and_then(|map| map.keys().next()).map_or("", String::as_str)
}

/// The first test that makes sense here.
fn fresh(build: Builder) -> Value {
    let kind = if build.place == Place::Rule { "mentions" } else { "class" };
    test_of(build.desk, kind)
}

/// A new test of a kind: the first thing that can be asked.
fn test_of(desk: Desk, kind: &str) -> Value {
    desk.with(|tree| {
        let first = |list: &str| text(&tree[list][0]["id"]);
        let body = match kind {
            "fact" => json!({ "id": first("fields"), "known": true }),
            "mentions" => json!({ "lexicon": first("lexicons"), "at_least": 1 }),
            "class" => json!({ "axis": first("axes"), "is": tree["axes"][0]["classes"][0]["id"] }),
            "repeats" => json!(2),
            "happened" => json!("received"),
            "finding" => json!({ "id": first("findings"), "is": tree["findings"][0]["options"][0]["id"] }),
            "late" => json!(first("clocks")),
            _ => json!({ "since": "received", "limit": { "count": 1, "unit": "month" } }),
        };
        json!({ kind: body })
    })
}

/// One node: a `not` around it becomes a mark on it.
fn node(build: Builder, at: String, removable: bool) -> AnyView {
    let now = build.desk.get(&at);
    let denied = key(&now) == "not";
    let inner = if denied { format!("{at}/not") } else { at.clone() };
    let part = if denied { now["not"].clone() } else { now.clone() };
    let kind = key(&part).to_owned();
    let group = matches!(kind.as_str(), "all" | "any");
    let test = (!group).then(|| test(build, &inner, &kind, &part));
    let tools = tools(build, at, part, denied, removable);
    let class = if group { "cond-group" } else { "cond-test" };
    let chooser = chooser(build, &inner, &kind);
    view! {
        <div class=class class:denied=denied role="group">
            <div class="cond-row">{denied.then(|| view! { <b class="chip soon">{tr(words::NOT)}</b> })}{chooser}
                {test}<span class="sp"></span>{tools}</div>
            {group.then(|| children(build, &inner, &kind))}
        </div>
    }
    .into_any()
}

/// What kind of node it is: a group of tests, or one test.
fn chooser(build: Builder, inner: &str, kind: &str) -> AnyView {
    let mut list = vec![("all".to_owned(), tr(words::ALL).to_owned()), ("any".to_owned(), tr(words::ANY).to_owned())];
    let fits = TESTS.iter().filter(|(key, _, fits)| fits(build.place) || *key == kind);
    list.extend(fits.map(|(key, label, _)| ((*key).to_owned(), tr(*label).to_owned())));
    let (at, before) = (inner.to_owned(), kind.to_owned());
    let id = dom(inner);
    let change = move |new: String| {
        let now = build.desk.get(&at);
        let was_group = matches!(before.as_str(), "all" | "any");
        let value = match (was_group, matches!(new.as_str(), "all" | "any")) {
            (true, true) => json!({ new: now[before.as_str()] }),
            // A test becomes the first of a group; a group gives way to its first test of the kind, or a new one.
            (false, true) => json!({ new: [now] }),
            (true, false) => {
                let parts = now[before.as_str()].as_array().cloned().unwrap_or_default();
                parts.into_iter().find(|part| key(part) == new).unwrap_or_else(|| test_of(build.desk, &new))
            }
            (false, false) => test_of(build.desk, &new),
        };
        build.put(&at, Some(value), &at);
    };
    unseen(&id, words::COND_KIND, select(id.clone(), list, kind, Box::new(change)))
}

fn children(build: Builder, inner: &str, kind: &str) -> AnyView {
    let list = format!("{inner}/{kind}");
    let count = build.desk.get(&list).as_array().map_or(0, Vec::len);
    let nodes: Vec<AnyView> = (0..count)
        .map(|index| {
            let joint = (index > 0).then(|| view! { <span class="cond-joint small muted">{tr(if kind == "all" { words::AND } else { words::OR })}</span> });
            view! { <li>{joint}{node(build, format!("{list}/{index}"), true)}</li> }.into_any()
        })
        .collect();
    let add = {
        let list = list.clone();
        move |_| {
            let mut parts = build.desk.get(&list).as_array().cloned().unwrap_or_default();
            parts.push(fresh(build));
            let last = format!("{list}/{}", parts.len() - 1);
            build.put(&list, Some(Value::Array(parts)), &last);
        }
    };
    view! { <ul class="cond-list">{nodes}</ul>
    <button type="button" class="quiet small" on:click=add>"+ "{tr(words::ADD_COND)}</button> }
    .into_any()
}

/// Buttons of a node: up, down, the opposite, into a group, away.
fn tools(build: Builder, at: String, part: Value, denied: bool, removable: bool) -> AnyView {
    let (above, place) = parent(&at);
    let place: Option<usize> = place.parse().ok();
    let list = above.to_owned();
    let len = build.desk.get(above).as_array().map_or(0, Vec::len);
    let at_end = place.is_some_and(|place| place + 1 == len);
    let at = StoredValue::new(at);
    let list = StoredValue::new(list);
    let part = StoredValue::new(part);
    let swap = move |down: bool| {
        let Some(place) = place else { return };
        let other = if down { place + 1 } else { place.wrapping_sub(1) };
        let mut parts = build.desk.get(&list.get_value()).as_array().cloned().unwrap_or_default();
        if other < parts.len() {
            parts.swap(place, other);
            build.put(&list.get_value(), Some(Value::Array(parts)), &format!("{}/{other}", list.get_value()));
        }
    };
    let deny = move || {
        let part = part.get_value();
        let at = at.get_value();
        let focus = if denied { at.clone() } else { format!("{at}/not") };
        build.put(&at, Some(if denied { part } else { json!({ "not": part }) }), &focus);
    };
    let wrap = move || {
        let at = at.get_value();
        let now = build.desk.get(&at);
        build.put(&at, Some(json!({ "all": [now] })), &at);
    };
    let remove = move || match place {
        Some(place) => {
            let list = list.get_value();
            let mut parts = build.desk.get(&list).as_array().cloned().unwrap_or_default();
            if place < parts.len() {
                parts.remove(place);
            }
            let group = parent(&list).0.to_owned();
            build.put(&list, Some(Value::Array(parts)), &group);
        }
        None => {
            let at = at.get_value();
            build.put(&at, None, &at);
        }
    };
    let tool = |sign: &'static str, label: T, off: bool, act: Box<dyn Fn()>| {
        view! { <button type="button" class="quiet small tool" title=tr(label) aria-label=tr(label) disabled=off on:click=move |_| act()>{sign}</button> }
            .into_any()
    };
    let in_list = place.is_some();
    view! {
        <span class="cond-tools">
            {in_list.then(|| tool("↑", words::UP, place == Some(0), Box::new(move || swap(false))))}
            {in_list.then(|| tool("↓", words::DOWN, at_end, Box::new(move || swap(true))))}
            {tool(tr(words::DENY), words::DENY, false, Box::new(deny))}
            {tool(tr(words::WRAP), words::WRAP, false, Box::new(wrap))}
            {(in_list || removable).then(|| tool("×", words::REMOVE, false, Box::new(remove)))}
        </span>
    }
    .into_any()
}

impl Builder {
    /// A choice whose value is written at its place as it stands.
    pub fn pick(self, at: String, label: T, options: Vec<(String, String)>, now: &Value) -> AnyView {
        let id = dom(&at);
        unseen(&id, label, select(id.clone(), options, &text(now), Box::new(move |id| self.set(&at, Value::from(id)))))
    }

    /// A choice of two ids, `one/other`, written under two keys.
    fn pair(
        self,
        at: String,
        label: T,
        options: Vec<(String, String)>,
        now: &Value,
        keys: [&'static str; 2],
    ) -> AnyView {
        let id = dom(&at);
        let shown = format!("{}/{}", text(&now[keys[0]]), text(&now[keys[1]]));
        let put = move |both: String| {
            if let Some((one, other)) = both.split_once('/') {
                self.set(&at, json!({ keys[0]: one, keys[1]: other }));
            }
        };
        unseen(&id, label, select(id.clone(), options, &shown, Box::new(put)))
    }

    /// A number; nothing where one must be is for the check to say.
    pub fn count(self, at: String, label: T, now: &Value) -> AnyView {
        let id = dom(&at);
        let put = move |n: Option<i64>| self.set(&at, n.map_or(Value::Null, Value::from));
        unseen(&id, label, number(id.clone(), now, Box::new(put)))
    }
}

/// Every answer of every finding: `finding/option` and its name.
fn answers(desk: Desk) -> Vec<(String, String)> {
    desk.with(|tree| {
        let mut all = Vec::new();
        for finding in tree["findings"].as_array().into_iter().flatten() {
            let (id, name) = (text(&finding["id"]), super::parts::name(finding));
            for (option, label) in options(&finding["options"], "label") {
                all.push((format!("{id}/{option}"), format!("{name}：{label}")));
            }
        }
        all
    })
}

/// What a test asks.
fn test(build: Builder, inner: &str, kind: &str, part: &Value) -> AnyView {
    let desk = build.desk;
    let at = format!("{inner}/{kind}");
    let body = &part[kind];
    let known = |list: &str| desk.with(|tree| options(&tree[list], "label"));
    match kind {
        "fact" => facts::fact(build, at, body),
        "mentions" => {
            let least = if body["at_least"].is_null() { json!(1) } else { body["at_least"].clone() };
            let which = build.pick(format!("{at}/lexicon"), words::T_MENTIONS, known("lexicons"), &body["lexicon"]);
            let many = build.count(format!("{at}/at_least"), words::AT_LEAST, &least);
            vec![which, word(words::AT_LEAST), many, word(words::TIMES_WORDS)].into_any()
        }
        "class" => build.pair(at, words::T_CLASS, classes(desk), body, ["axis", "is"]),
        "finding" => build.pair(at, words::T_FINDING, answers(desk), body, ["id", "is"]),
        "repeats" => vec![build.count(at, words::T_REPEATS, body), word(words::TIMES)].into_any(),
        "happened" => build.pick(at, words::T_HAPPENED, known("events"), body),
        "late" => build.pick(at, words::T_LATE, known("clocks"), body),
        "elapsed" => {
            let since = build.pick(format!("{at}/since"), words::T_HAPPENED, known("events"), &body["since"]);
            let long = format!("{at}/limit");
            vec![since, word(words::PASSED), limit(desk, long.clone(), dom(&long))].into_any()
        }
        other => view! { <span>{fill(words::UNKNOWN_TEST, &[("x", other)])}</span> }.into_any(),
    }
}

/// Questions that a test can be about: the pack's own, the channel, and quantities of the text.
pub fn questions(desk: Desk) -> Vec<(String, String)> {
    let mut all = desk.with(|tree| options(&tree["fields"], "label"));
    all.push(("channel".to_owned(), tr(words::CHANNEL).to_owned()));
    all.extend(TEXT_FACTS.into_iter().map(|id| (id.to_owned(), words::text_fact(id).to_owned())));
    all
}
