//! The timeline 经过: every entry with time and person; notes are added and entries withdrawn here.

use shouwen_core::order::Order as _;
use std::collections::BTreeMap;

use leptos::prelude::*;
use serde_json::Value;
use shouwen_core::case::{Body, CLASS, Command, Entry, FIELD, FOUND};
use shouwen_core::pack::{Clock, Pack, Step};

use super::Seen;
use super::head::{clock_label, register_label, value_words};
use super::pausing::{pause_lines, scope_label};
use crate::components::ReasonDialog;
use crate::i18n::{case as words, common, fill, say, time, tr};
use crate::state::{pack_names, use_app};

#[component]
pub fn Timeline(seen: Seen) -> impl IntoView {
    let app = use_app();
    let case_id = seen.case.id.clone();
    let note = RwSignal::new(String::new());
    let id = case_id.clone();
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = note.get_untracked();
        if !text.trim().is_empty() {
            app.dispatch(id.clone(), Command::Note { text }, move || note.set(String::new()));
        }
    };
    let asking = RwSignal::new(false);
    let target = StoredValue::new(String::new());
    let then = Callback::new(move |reason: String| {
        app.dispatch(case_id.clone(), Command::Void { event: target.get_value(), reason }, || ());
    });
    let mut entries: Vec<Entry> = seen.case.entries.clone();
    entries.order_by_key(|entry| entry.event.at);
    let pack = &seen.book.pack;
    view! {
        <section class="card" id="timeline">
            <h2>{tr(words::LOG)}</h2>
            <ol class="log small">
                {entries.iter().map(|entry| view! { <Line entry=entry.clone() pack=pack.clone() asking target/> }).collect_view()}
            </ol>
            <form class="gap-top" on:submit=add>
                <label for="note">{tr(words::ADD_NOTE)}</label>
                <textarea id="note" rows="2" placeholder=tr(words::NOTE_HINT) prop:value=note on:input=move |event| note.set(event_target_value(&event))></textarea>
                <div class="actions"><button type="submit" disabled=move || note.with(|note| note.trim().is_empty())>{tr(words::ADD_NOTE)}</button></div>
            </form>
            <ReasonDialog open=asking title=tr(common::UNDO) text=tr(words::WITHDRAW_TEXT) confirm=common::CONFIRM then/>
        </section>
    }
}

#[component]
fn Line(entry: Entry, pack: Pack, asking: RwSignal<bool>, target: StoredValue<String>) -> impl IntoView {
    let now = use_app().at_once();
    let (title, text) = described(&entry, &pack);
    let withdrawn = entry.voided_by.clone();
    let opening = matches!(entry.body, Some(Body::Opened { .. }));
    let restored = withdrawn.clone().unwrap_or_else(|| entry.event.id.clone());
    let button = tr(if withdrawn.is_some() { words::RESTORE } else { common::UNDO });
    let gap = (entry.event.recorded_at - entry.event.at).num_minutes().abs() > 10;
    let late = gap.then(|| fill(words::RECORDED_AT, &[("at", &time::moment(entry.event.recorded_at, now))]));
    let who = format!("{} · {}", entry.event.actor, entry.event.campus);
    let is_void = withdrawn.is_some();
    view! {
        <li class:void=is_void>
            <span class="num muted">{time::moment(entry.event.at, now)}</span>
            <span>
                <b>{title.clone()}</b>" "
                {is_void.then(|| view! { <span class="chip">{tr(words::WITHDRAWN)}</span>" " })}
                <span class="muted">{who}{late.map(|late| format!(" · {late}"))}</span>
                {(!opening).then(|| view! {
                    <button class="quiet small noprint" on:click=move |_| { target.set_value(restored.clone()); asking.set(true); }>
                        {button}<span class="visually-hidden">"："{title}</span></button>
                })}
                {(!text.is_empty()).then(|| view! { <div class="pre">{text}</div> })}
            </span>
        </li>
    }
}

/// Title and text of an entry.
pub fn described(entry: &Entry, pack: &Pack) -> (String, String) {
    let Some(body) = &entry.body else {
        return (fill(words::E_NEWER, &[("kind", &entry.event.kind)]), String::new());
    };
    let plain = |text| tr(text).to_owned();
    match body {
        Body::Opened { .. } => (plain(words::E_OPENED), String::new()),
        Body::Set { values, reason } => {
            let names: Vec<String> = values.keys().map(|id| register_label(&format!("{FIELD}{id}"), pack)).collect();
            (fill(words::E_SET, &[("fields", &names.join("、"))]), reason.clone())
        }
        Body::Classified { axis, classes, reason, second, .. } => {
            let register = format!("{CLASS}{axis}");
            let value = value_words(&register, &Value::from(classes.clone()), pack);
            let title = fill(words::E_CLASSIFIED, &[("axis", &register_label(&register, pack)), ("classes", &value)]);
            let text = if second.is_empty() { reason.clone() } else { format!("{reason}（{second}）") };
            (title, text)
        }
        Body::Found { finding, value, reason } => {
            let register = format!("{FOUND}{finding}");
            let value = value_words(&register, value, pack);
            (fill(words::E_FOUND, &[("finding", &register_label(&register, pack)), ("value", &value)]), reason.clone())
        }
        Body::Step { step, outcome, values, note, .. } => step_words(pack, step, outcome, values, note),
        // Records of duties have a log of their own; one that strayed here is shown as what it says.
        Body::Note { text } | Body::DutyDone { note: text, .. } => (plain(words::E_NOTE), text.clone()),
        Body::Attached { name, note, .. } => (fill(words::E_ATTACHED, &[("name", name)]), note.clone()),
        Body::DueSet { clock, due, reason } => {
            let places = [("clock", clock_label(pack, clock)), ("at", time::exact(*due))];
            (fill(words::E_DUE, &[(places[0].0, &places[0].1), (places[1].0, &places[1].1)]), reason.clone())
        }
        Body::Paused { clock, ground, .. } => {
            let named = |one: &&Clock| one.pause.iter().any(|rule| rule.grounds.iter().any(|one| one.id == *ground));
            let of = pack.clock(clock).or_else(|| pack.clocks.iter().find(named));
            (fill(words::E_PAUSED, &[("clock", &scope_label(pack, clock))]), pause_lines(of, body))
        }
        Body::Resumed { clock, reason } => {
            (fill(words::E_RESUMED, &[("clock", &scope_label(pack, clock))]), reason.clone())
        }
        Body::LateReason { clock, reason } => {
            (fill(words::E_LATE, &[("clock", &clock_label(pack, clock))]), reason.clone())
        }
        Body::RedLineRead { red_line } => {
            let line = pack.red_line(red_line).map_or_else(|| red_line.clone(), |line| say(&line.title));
            (fill(words::E_RED, &[("line", &line)]), String::new())
        }
        Body::Closed { reason } => (plain(words::E_CLOSED), reason.clone()),
        Body::Reopened { reason } => (plain(words::E_REOPENED), reason.clone()),
        Body::CaseVoided { reason } => (plain(words::E_VOIDED), reason.clone()),
        Body::Voided { reason, .. } => (plain(words::E_WITHDRAWN), reason.clone()),
        Body::Upgraded { packs, reason } => (fill(words::E_UPGRADED, &[("packs", &pack_names(packs))]), reason.clone()),
    }
}

/// Answers in the order in which the step asks, then the others.
pub fn in_order<'a>(step: Option<&Step>, values: &'a BTreeMap<String, Value>) -> Vec<(&'a String, &'a Value)> {
    let mut list: Vec<(&String, &Value)> = values.iter().collect();
    let asks = step.map(|step| step.asks.as_slice()).unwrap_or_default();
    list.order_by_key(|(id, _)| asks.iter().position(|one| one == *id).unwrap_or(usize::MAX));
    list
}

fn step_words(pack: &Pack, id: &str, outcome: &str, values: &BTreeMap<String, Value>, note: &str) -> (String, String) {
    let step = pack.step(id);
    let label = step.map_or_else(|| id.to_owned(), |step| say(&step.label));
    let result = step.and_then(|step| step.outcomes.iter().find(|one| one.id == outcome)).map(|one| say(&one.label));
    let title = result.map_or(label.clone(), |result| format!("{label}：{result}"));
    let mut lines: Vec<String> = in_order(step, values)
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(field, value)| {
            let register = format!("{FIELD}{field}");
            format!("{}：{}", register_label(&register, pack), value_words(&register, value, pack))
        })
        .collect();
    if !note.is_empty() {
        lines.push(note.to_owned());
    }
    (title, lines.join("\n"))
}
