//! The fields of a case and their correction.

use shouwen_core::order::Gather as _;
use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use shouwen_core::case::{CHANNEL, Command, Refusal, Status, is_asked};
use shouwen_core::pack::{Field, FieldKind, is_blank};

use super::Seen;
use super::head::field_words;
use crate::components::{FieldInput, Values};
use crate::i18n::{case as words, common, intake, say, time, tr};
use crate::state::{Trouble, use_app};

#[component]
pub fn Details(seen: Seen) -> impl IntoView {
    let editing = RwSignal::new(false);
    let editable = seen.case.status() == Status::Open;
    let stored = StoredValue::new(seen.clone());
    view! {
        <section class="card" id="details">
            <h2>{tr(words::FACTS)}
                {editable.then(|| view! {
                    <button class="quiet small" on:click=move |_| editing.update(|on| *on = !*on)>{tr(words::EDIT_FIELDS)}</button>
                })}
            </h2>
            <Show when=move || editing.get() fallback=move || facts(&stored.get_value())>
                <Editor seen=stored.get_value() editing/>
            </Show>
        </section>
    }
}

/// The filled fields, in the pack's order.
fn facts(seen: &Seen) -> AnyView {
    let pack = &seen.book.pack;
    let mut lines: Vec<(String, String)> = vec![
        (tr(intake::RECEIVED).to_owned(), time::exact(seen.case.received_at)),
        (tr(intake::CHANNEL).to_owned(), field_words(CHANNEL, seen.case.field(CHANNEL).unwrap_or(&Value::Null), pack)),
    ];
    // What belongs to a plan stands in its card.
    let of_plans = super::emergency::steps_of_plans(seen);
    let asked = pack.steps.iter().filter(|step| of_plans.contains(&step.id)).flat_map(|step| &step.asks);
    let asked: Vec<&String> = asked.collect();
    let of_case = |field: &&Field| field.id != "text" && (field.intake || !asked.contains(&&field.id));
    for field in pack.fields.iter().filter(of_case) {
        if let Some(value) = seen.case.field(&field.id).filter(|value| !is_blank(value)) {
            lines.push((say(&field.label), field_words(&field.id, value, pack)));
        }
    }
    view! {
        <dl class="facts small">{lines.into_iter().map(|(label, value)| view! { <dt>{label}</dt><dd>{value}</dd> }).collect_view()}</dl>
    }
    .into_any()
}

#[component]
fn Editor(seen: Seen, editing: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let pack = &seen.book.pack;
    let known = |field: &Field| seen.case.field(&field.id).is_some_and(|value| !is_blank(value));
    let fields: Vec<Field> = pack
        .fields
        .iter()
        .filter(|field| field.intake || (known(field) && field.kind != FieldKind::Members))
        .cloned()
        .collect();
    let before: BTreeMap<String, Value> =
        fields.iter().filter_map(|field| Some((field.id.clone(), seen.case.field(&field.id)?.clone()))).gather();
    let values: Values = RwSignal::new(before.clone());
    let problem = RwSignal::new(None::<(String, String)>);
    let general = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let (case_id, book) = (seen.case.id.clone(), seen.book.clone());
    let before = StoredValue::new(before);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut changed = values.get_untracked();
        before.with_value(|before| changed.retain(|id, value| before.get(id).unwrap_or(&Value::Null) != value));
        let command = Command::Set { values: changed, reason: reason.get_untracked() };
        let (case_id, book) = (case_id.clone(), book.clone());
        spawn_local(async move {
            match app.act(&case_id, None, command).await {
                Ok(event) => {
                    app.show(tr(common::SAVED_TOAST).to_owned(), false, Some((case_id, event)));
                    editing.try_set(false);
                }
                Err(trouble) => {
                    let words = trouble.words(Some(&book.pack));
                    if let Trouble::Refused(Refusal::Value { field, .. }) = &trouble {
                        problem.try_set(Some((field.clone(), words.clone())));
                    }
                    general.try_set(words);
                }
            }
        });
    };
    view! {
        <form on:submit=submit novalidate>
            {fields.into_iter().map(|field| {
                let stored = StoredValue::new(field);
                let asked = Memo::new(move |_| values.with(|map| stored.with_value(|field| is_asked(field, map))));
                view! { <Show when=move || asked.get()><FieldInput field=stored.get_value() values problem prefix="e-"/></Show> }
            }).collect_view()}
            <div class="field"><label for="edit-reason">{tr(common::REASON)}" "<span class="hint">{tr(common::OPTIONAL)}</span></label>
                <input id="edit-reason" maxlength="500" on:input=move |event| reason.set(event_target_value(&event))/></div>
            <p class="late-text small" role="alert">{move || general.get()}</p>
            <div class="actions">
                <button type="button" on:click=move |_| editing.set(false)>{tr(common::CANCEL)}</button>
                <button type="submit" class="primary">{tr(words::SAVE_FIELDS)}</button>
            </div>
        </form>
    }
}
