//! The test of an answer: which question, what about it, which answers or numbers. Its form follows the question's kind.
//! Must not know other tests.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::cond::{Builder, questions};
use super::controls::{dom, options, select, text, unseen};
use super::tree::find;
use crate::i18n::{bench as words, common, tr};

/// What can be asked about an answer, with the key in the file.
const KNOWN: &str = "known";
const UNKNOWN: &str = "unknown";

/// The kind of a question, by what its answers are.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Yes,
    Options,
    Number,
    Other,
}

fn shape(build: Builder, id: &str) -> (Shape, Vec<(String, String)>) {
    if id.starts_with("text.") {
        return (Shape::Number, Vec::new());
    }
    build.desk.with(|tree| {
        let list = if id == "channel" { Some(&tree["channels"]) } else { None };
        if let Some(list) = list {
            return (Shape::Options, options(list, "label"));
        }
        let Some(field) = find(&tree["fields"], id) else { return (Shape::Other, Vec::new()) };
        match field["kind"].as_str() {
            Some("yes") => (Shape::Yes, Vec::new()),
            Some("choice" | "choices") => (Shape::Options, options(&field["options"], "label")),
            Some("number" | "money") => (Shape::Number, Vec::new()),
            _ => (Shape::Other, Vec::new()),
        }
    })
}

/// Which test the body holds.
fn asked(body: &Value) -> &'static str {
    match body["known"].as_bool() {
        Some(true) => KNOWN,
        Some(false) => UNKNOWN,
        None if !body["in"].is_null() => "in",
        None if !body["is"].is_null() => "is",
        None if body["at_least"].is_null() => "at_most",
        None => "at_least",
    }
}

/// A new body for a question and a test.
fn body_of(id: &str, test: &str, shape: Shape, options: &[(String, String)]) -> Value {
    let first = options.first().map_or_else(|| json!(""), |(id, _)| json!(id));
    match (test, shape) {
        (KNOWN, _) => json!({ "id": id, "known": true }),
        (UNKNOWN, _) => json!({ "id": id, "known": false }),
        ("in", _) => json!({ "id": id, "in": [first] }),
        ("is", Shape::Yes) => json!({ "id": id, "is": true }),
        ("is", _) => json!({ "id": id, "is": first }),
        (test, _) => json!({ "id": id, test: 1 }),
    }
}

pub fn fact(build: Builder, at: String, body: &Value) -> AnyView {
    let id = text(&body["id"]);
    let (shape_now, answers) = shape(build, &id);
    let test = asked(body);
    let (question_id, test_id) = (format!("{at}/id"), format!("{at}/test"));
    let ask = {
        let (at, focus) = (at.clone(), question_id.clone());
        move |id: String| {
            let (shape, answers) = shape(build, &id);
            let test = match shape {
                Shape::Yes | Shape::Options => "is",
                Shape::Number => "at_least",
                Shape::Other => KNOWN,
            };
            build.put(&at, Some(body_of(&id, test, shape, &answers)), &focus);
        }
    };
    let mut tests = vec![(KNOWN, words::F_KNOWN), (UNKNOWN, words::F_UNKNOWN)];
    match shape_now {
        Shape::Yes => tests.push(("is", words::F_IS)),
        Shape::Options => tests.extend([("is", words::F_IS), ("in", words::F_IN)]),
        Shape::Number => tests.extend([("at_least", words::F_LEAST), ("at_most", words::F_MOST)]),
        Shape::Other => {}
    }
    let tests = tests.into_iter().map(|(key, label)| (key.to_owned(), tr(label).to_owned())).collect();
    let compare = {
        let (at, id, answers, focus) = (at.clone(), id.clone(), answers.clone(), test_id.clone());
        move |test: String| build.put(&at, Some(body_of(&id, &test, shape_now, &answers)), &focus)
    };
    let question = select(dom(&question_id), questions(build.desk), &id, Box::new(ask));
    let how = select(dom(&test_id), tests, test, Box::new(compare));
    vec![
        unseen(&dom(&question_id), words::F_QUESTION, question),
        unseen(&dom(&test_id), words::F_TEST, how),
        value(build, &at, body, test, shape_now, answers),
    ]
    .into_any()
}

fn value(build: Builder, at: &str, body: &Value, test: &str, shape: Shape, answers: Vec<(String, String)>) -> AnyView {
    let place = format!("{at}/{test}");
    let id = dom(&place);
    match (test, shape) {
        ("is", Shape::Yes) => {
            let list = [("true", common::YES), ("false", common::NO)];
            let list = list.into_iter().map(|(key, label)| (key.to_owned(), tr(label).to_owned())).collect();
            let now = if body["is"].as_bool().unwrap_or_default() { "true" } else { "false" };
            let put = move |value: String| build.set(&place, Value::Bool(value == "true"));
            unseen(&id, words::F_VALUE, select(id.clone(), list, now, Box::new(put)))
        }
        ("is", _) => build.pick(place, words::F_VALUE, answers, &body["is"]),
        ("in", _) => several(build, place, id, &body["in"], answers),
        (KNOWN | UNKNOWN, _) => ().into_any(),
        (test, _) => build.count(place, words::F_VALUE, &body[test]),
    }
}

/// Several answers to tick.
fn several(build: Builder, place: String, id: String, now: &Value, answers: Vec<(String, String)>) -> AnyView {
    let chosen: Vec<String> = now.as_array().into_iter().flatten().map(text).collect();
    let chosen = StoredValue::new(chosen);
    let place = StoredValue::new(place);
    let boxes: Vec<AnyView> = answers
        .into_iter()
        .map(|(answer, label)| {
            let on = chosen.with_value(|chosen| chosen.contains(&answer));
            let tick = move |event| {
                let on = event_target_checked(&event);
                chosen.update_value(|chosen| {
                    chosen.retain(|one| *one != answer);
                    if on {
                        chosen.push(answer.clone());
                    }
                });
                build.set(&place.get_value(), Value::from(chosen.get_value()));
            };
            view! { <label><input type="checkbox" prop:checked=on on:change=tick/>{label}</label> }.into_any()
        })
        .collect();
    view! { <fieldset class="choices" id=id><legend class="visually-hidden">{tr(words::F_VALUE)}</legend>{boxes}</fieldset> }
        .into_any()
}
