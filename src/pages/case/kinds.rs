//! Classification of a case: decided classes with who and why; what is still to decide; proposed changes.

use shouwen_core::order::Gather as _;
use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use shouwen_core::case::{Body, CLASS, CaseFacts, Command, FIELD, Status};
use shouwen_core::classify::{Classification, Input};
use shouwen_core::pack::Axis;

use super::Seen;
use crate::components::{AxisChooser, Choice};
use crate::i18n::{case as words, common, fill, say, time, tr};
use crate::state::use_app;

#[component]
pub fn Kinds(seen: Seen) -> impl IntoView {
    let result = suggestion(&seen);
    let axes: Vec<Axis> = seen
        .book
        .pack
        .axes
        .iter()
        .filter(|axis| axis.when.as_ref().is_none_or(|when| when.holds(&CaseFacts(&seen.case))))
        .cloned()
        .collect();
    let open = axes.iter().any(|axis| axis.required && seen.case.classes(&axis.id).is_empty());
    let (needed, further): (Vec<Axis>, Vec<Axis>) = axes.into_iter().partition(|axis| axis.required);
    let further_words = further.iter().flat_map(|axis| labels(&seen, axis)).collect::<Vec<_>>().join("、");
    view! {
        <section class="card" id="kinds">
            <h2>{tr(words::KINDS)}</h2>
            {open.then(|| view! { <p class="why warn small">{tr(words::KINDS_OPEN)}</p> })}
            <Transitions seen=seen.clone()/>
            {needed.into_iter().map(|axis| view! { <AxisLine seen=seen.clone() axis result=result.clone()/> }).collect_view()}
            {(!further.is_empty()).then(|| view! {
                <details>
                    <summary class="small">{tr(words::KINDS_FURTHER)}" · "{further_words}</summary>
                    {further.into_iter().map(|axis| view! { <AxisLine seen=seen.clone() axis result=result.clone()/> }).collect_view()}
                </details>
            })}
        </section>
    }
}

/// What the rules suggest for the case as it stands; none without a text.
pub fn suggestion(seen: &Seen) -> Option<Classification> {
    let facts = fields(seen);
    let text = seen.case.text("text");
    let repeats = facts.get("repeats").and_then(Value::as_u64).unwrap_or(0).min(1_000) as u32;
    (!text.is_empty())
        .then(|| seen.book.classifier().classify(&seen.book.pack, &Input { text, facts: &facts, repeats }))
}

/// The decided classes of an axis by their names.
fn labels(seen: &Seen, axis: &Axis) -> Vec<String> {
    seen.case.classes(&axis.id).iter().filter_map(|id| axis.class(id).map(|class| say(&class.label))).collect()
}

fn fields(seen: &Seen) -> BTreeMap<String, Value> {
    let registers = seen.case.registers.iter();
    registers
        .filter_map(|(name, register)| Some((name.strip_prefix(FIELD)?.to_owned(), register.value()?.clone())))
        .gather()
}

/// One axis: decided, or to be decided.
#[component]
fn AxisLine(seen: Seen, axis: Axis, result: Option<Classification>) -> impl IntoView {
    let app = use_app();
    let decided = seen.case.classes(&axis.id);
    let labels = labels(&seen, &axis);
    let editable = seen.case.status() == Status::Open;
    let unsettled = decided.is_empty() && axis.required;
    let editing = RwSignal::new(unsettled && editable);
    let choice = RwSignal::new(Choice { classes: decided.clone(), ..Choice::default() });
    let pack = StoredValue::new(seen.book.pack.clone());
    let who = last_decision(&seen, &axis.id);
    let hint = result.as_ref().and_then(|all| all.axis(&axis.id)).cloned();
    let result = Signal::stored(result);
    let problem = RwSignal::new(String::new());
    let (case_id, axis_id) = (seen.case.id.clone(), axis.id.clone());
    let save = move |_| {
        let decision = choice.get_untracked().decision(&axis_id, hint.as_ref());
        let case_id = case_id.clone();
        spawn_local(async move {
            match app.act(&case_id, None, Command::Classify(decision)).await {
                Ok(_) => app.say(tr(common::SAVED_TOAST)),
                Err(trouble) => drop(problem.try_set(pack.with_value(|pack| trouble.words(Some(pack))))),
            }
        });
    };
    let save = StoredValue::new(save);
    let stored = StoredValue::new(axis.clone());
    let title = say(&axis.label);
    let title_edit = title.clone();
    view! {
        <div class="clock" data-axis-line=axis.id.clone()>
            <Show when=move || !editing.get() fallback=move || view! {
                <form on:submit=move |event| { event.prevent_default(); save.with_value(|save| save(())); }>
                    <AxisChooser axis=stored.get_value() pack result choice prefix="case"/>
                    <p class="field problem late-text small" role="alert">{move || problem.get()}</p>
                    <div class="inline">
                        <button type="submit" class="primary" disabled=move || choice.with(|choice| choice.classes.is_empty())>{tr(words::CONFIRM_CLASS)}</button>
                        <button type="button" on:click=move |_| editing.set(false)>{tr(common::CANCEL)}</button>
                    </div>
                </form>
            }>
                <div class="top">
                    <span><span class="muted">{title.clone()}"："</span>
                        {if labels.is_empty() {
                            view! { <span class="muted">{tr(common::NONE)}</span> }.into_any()
                        } else {
                            labels.iter().map(|label| view! { <span class="chip acc">{label.clone()}</span>" " }).collect_view().into_any()
                        }}
                    </span>
                    {editable.then(|| view! {
                        <button class="quiet small" on:click=move |_| editing.set(true)>{tr(words::CHANGE_CLASS)}<span class="visually-hidden">" "{title_edit.clone()}</span></button>
                    })}
                </div>
                <p class="small muted">{who.clone()}</p>
            </Show>
        </div>
    }
}

/// Who decided, when and why.
fn last_decision(seen: &Seen, axis: &str) -> Option<String> {
    let now = use_app().at_once();
    let head = seen.case.registers.get(&format!("{CLASS}{axis}"))?.heads.last()?;
    let reason = seen.case.in_force().find_map(|(event, body)| match body {
        Body::Classified { reason, .. } if event.id == head.event => Some(reason.clone()),
        _ => None,
    });
    let line = fill(words::DECIDED, &[("who", &head.by), ("at", &time::moment(head.at, now))]);
    Some(match reason.filter(|reason| !reason.is_empty()) {
        Some(reason) => format!("{line}：{reason}"),
        None => line,
    })
}

/// Changes of class that the rules provide for. Proposals; a person decides.
#[component]
fn Transitions(seen: Seen) -> impl IntoView {
    let library = use_app().books();
    let facts = seen.judged(&library.world);
    let pack = &seen.book.pack;
    pack.transitions
        .iter()
        .filter(|change| seen.case.classes(&change.axis).contains(&change.from) && change.when.holds(&facts))
        .map(|change| {
            let to = pack.axis(&change.axis).and_then(|axis| axis.class(&change.to)).map(|class| say(&class.label));
            let line = change.red_line.as_ref().and_then(|id| pack.red_line(id));
            view! {
                <div class="why warn small">
                    <b>{tr(words::PROPOSED)}" → "{to}</b>
                    <p>{say(&change.say)}" "<span class="muted">{change.clause.clone()}</span></p>
                    {line.map(|line| view! { <p class="late-text">{say(&line.title)}"："{say(&line.instead)}</p> })}
                </div>
            }
        })
        .collect_view()
}
