//! The checklist: what can be done now, what comes later, what is done.

use leptos::prelude::*;
use shouwen_core::case::{Body, Entry, Status, StepState, step_state};
use shouwen_core::order::Order as _;
use shouwen_core::pack::Step;

use super::Seen;
use super::step::{StepForm, ends, missing_words};
use crate::i18n::{case as words, say, tr};

#[component]
pub fn Steps(seen: Seen) -> impl IntoView {
    if seen.case.status() != Status::Open {
        return ().into_any();
    }
    let opened = RwSignal::new(None::<String>);
    let of_plans = super::emergency::steps_of_plans(&seen);
    let own = seen.book.pack.steps.iter().filter(|step| !of_plans.contains(&step.id));
    let states: Vec<(Step, StepState)> = own.map(|step| (step.clone(), step_state(&seen.case, step))).collect();
    let ready: Vec<&Step> = sorted_ready(&seen, &states);
    let later: Vec<(Step, Vec<String>)> = states
        .iter()
        .filter_map(|(step, state)| match state {
            StepState::Blocked(missing) => Some((step.clone(), missing.clone())),
            _ => None,
        })
        .collect();
    let done: Vec<&Step> = states.iter().filter(|(_, state)| *state == StepState::Done).map(|(step, _)| step).collect();
    view! {
        <section class="card" id="steps">
            <h2>{tr(words::NEXT)}</h2>
            {ready.is_empty().then(|| view! { <p class="small muted">{tr(words::NEXT_NONE)}</p> })}
            <ul class="steps">
                {ready.into_iter().map(|step| view! { <ReadyStep seen=seen.clone() step=step.clone() opened/> }).collect_view()}
            </ul>
            {(!later.is_empty()).then(|| view! {
                <details class="small gap-top">
                    <summary>{tr(words::STEP_LATER)}" · "{later.len()}</summary>
                    <ul>{later.iter().map(|(step, missing)| view! {
                        <li>{say(&step.label)}" "<span class="muted">{missing_words(&seen, missing)}</span></li>
                    }).collect_view()}</ul>
                </details>
            })}
            {(!done.is_empty()).then(|| view! {
                <details class="small gap-top">
                    <summary>{tr(words::STEP_DONE)}" · "{done.len()}</summary>
                    <ul>{done.iter().map(|step| view! { <li>{say(&step.label)}</li> }).collect_view()}</ul>
                </details>
            })}
        </section>
    }
    .into_any()
}

/// Steps that end a running clock come first, repeated ones that were already done last.
fn sorted_ready<'a>(seen: &Seen, states: &'a [(Step, StepState)]) -> Vec<&'a Step> {
    let mut ready: Vec<&Step> =
        states.iter().filter(|(_, state)| *state == StepState::Ready).map(|(step, _)| step).collect();
    ready.order_by_key(|step| (was_done(seen, step), ends(seen, step).is_none()));
    ready
}

/// Does an entry record this step?
pub fn is_of(entry: &Entry, step: &Step) -> bool {
    matches!(&entry.body, Some(Body::Step { step: id, .. }) if *id == step.id)
}

fn was_done(seen: &Seen, step: &Step) -> bool {
    seen.case.in_force().any(|(_, body)| matches!(body, Body::Step { step: id, .. } if *id == step.id))
}

/// A step that can be taken now, with its form.
#[component]
pub fn ReadyStep(seen: Seen, step: Step, opened: RwSignal<Option<String>>) -> impl IntoView {
    let id = StoredValue::new(step.id.clone());
    let open = Memo::new(move |_| opened.with(|now| now.as_deref() == Some(id.get_value().as_str())));
    let effect = ends(&seen, &step);
    let again = was_done(&seen, &step);
    let label = say(&step.label);
    let button = tr(if again { words::STEP_AGAIN } else { words::DO_STEP });
    let primary = effect.is_some();
    let stored = StoredValue::new((seen, step.clone()));
    let close = Callback::new(move |()| opened.set(None));
    view! {
        <li data-step=step.id.clone()>
            <div class="inline">
                <span class="mark" aria-hidden="true">{if again { "✓" } else { "○" }}</span>
                <b>{label.clone()}</b><span class="sp"></span>
                <button class:primary=primary aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| opened.update(|now| *now = if now.as_deref() == Some(id.get_value().as_str()) { None } else { Some(id.get_value()) })>
                    {button}<span class="visually-hidden">"："{label}</span>
                </button>
            </div>
            {effect.map(|text| view! { <p class="small muted">{text}</p> })}
            <Show when=move || open.get()>
                {move || stored.with_value(|(seen, step)| view! { <StepForm seen=seen.clone() step=step.clone() done=close cancel=close/> })}
            </Show>
        </li>
    }
}
