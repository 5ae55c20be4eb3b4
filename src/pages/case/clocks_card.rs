//! The clocks of a case, running ones first.

use leptos::prelude::*;
use shouwen_core::clock::Run;
use shouwen_core::order::Order as _;
use shouwen_core::pack::{ClockKind, plan_of};

use super::Seen;
use super::extending::Extending;
use super::pausing::Pausing;
use crate::components::{ClockLine, Legend};
use crate::i18n::{case as words, fill, say, tr};
use crate::pages::calendar::CaseCalendar;
use crate::state::use_app;

#[component]
pub fn Clocks(seen: Seen) -> impl IntoView {
    let app = use_app();
    let now = app.at_once();
    let by_schedule = app.books().schedules.contains_key(&seen.case.campus);
    let (mut open, over): (Vec<Run>, Vec<Run>) = seen.runs.iter().cloned().partition(|run| run.state(now).is_open());
    open.order_by_key(|run| (run.state(now), run.is_soft(), run.due.as_ref().map(|due| due.due)));
    let late: Vec<Run> = open
        .iter()
        .chain(&over)
        .filter(|run| run.kind == ClockKind::Softened && run.late_reason.is_none() && is_late(run, now))
        .cloned()
        .collect();
    let line = {
        let seen = seen.clone();
        move |run: Run| {
            let pack = &seen.book.pack;
            pack.clock(&run.clock).map(|clock| {
                let of = plan_of(&run.clock).and_then(|(plan, _)| seen.book.plans.iter().find(|one| one.id == plan));
                view! {
                    {of.map(|plan| view! { <p class="small muted of-plan">{say(&plan.title)}</p> })}
                    <ClockLine run=run.clone() clock=clock.clone() pack=pack.clone() by_schedule/>
                    <div class="clock-acts">
                        <Pausing seen=seen.clone() run=run.clone() clock=clock.clone()/>
                        <Extending seen=seen.clone() run clock=clock.clone()/>
                    </div>
                }
            })
        }
    };
    let ended = over.len();
    let dated = open.iter().chain(&over).any(|run| run.due.is_some());
    view! {
        <section class="card" id="clocks">
            <h2>{tr(words::CLOCKS)}</h2>
            {open.is_empty().then(|| view! { <p class="small muted">{tr(words::CLOCKS_NONE)}</p> })}
            {open.into_iter().map(&line).collect_view()}
            {(ended > 0).then(|| view! {
                <details class="gap-top">
                    <summary class="small">{fill(words::CLOCKS_OVER, &[("n", &ended.to_string())])}</summary>
                    {over.into_iter().map(&line).collect_view()}
                </details>
            })}
            {late.into_iter().map(|run| view! { <LateReason seen=seen.clone() clock=run.clock/> }).collect_view()}
            {dated.then(|| view! { <Legend/> })}
            {dated.then(|| view! { <CaseCalendar id=seen.case.id.clone()/> })}
            <EnterDates seen/>
        </section>
    }
}

fn is_late(run: &Run, now: shouwen_core::time::Civil) -> bool {
    run.due.as_ref().is_some_and(|due| run.done_at.unwrap_or(now) > due.due) && run.superseded_at.is_none()
}

/// A softened limit was not kept: the reason is asked for.
#[component]
fn LateReason(seen: Seen, clock: String) -> impl IntoView {
    let app = use_app();
    let asking = RwSignal::new(false);
    let title = super::head::clock_label(&seen.book.pack, &clock);
    let (id, name) = (seen.case.id.clone(), title.clone());
    let then = Callback::new(move |reason: String| {
        app.dispatch(id.clone(), shouwen_core::case::Command::LateReason { clock: clock.clone(), reason }, || ());
    });
    view! {
        <p class="gap-top"><button on:click=move |_| asking.set(true)>{tr(words::LATE_WHY)}"："{name}</button></p>
        <crate::components::ReasonDialog open=asking title text=tr(words::LATE_TEXT) confirm=words::LATE_WHY then/>
    }
}

/// Clocks whose date the handler enters.
#[component]
fn EnterDates(seen: Seen) -> impl IntoView {
    let app = use_app();
    let now = app.at_once();
    let missing: Vec<String> = seen
        .runs
        .iter()
        .filter(|run| run.state(now) == shouwen_core::clock::State::DateMissing)
        .map(|run| run.clock.clone())
        .collect();
    missing
        .into_iter()
        .map(|clock| {
            let title = super::head::clock_label(&seen.book.pack, &clock);
            let (due, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
            let (id, field) = (seen.case.id.clone(), format!("due-{clock}"));
            let submit = move |event: leptos::ev::SubmitEvent| {
                event.prevent_default();
                let Some(at) = shouwen_core::time::parse(&due.get_untracked()) else { return };
                let command = shouwen_core::case::Command::SetDue { clock: clock.clone(), due: at, reason: reason.get_untracked() };
                app.dispatch(id.clone(), command, || ());
            };
            view! {
                <form class="stepform" on:submit=submit>
                    <label for=field.clone()>{title}</label>
                    <input id=field.clone() type="datetime-local" required on:input=move |event| due.set(event_target_value(&event))/>
                    <label for=format!("{field}-why")>{tr(crate::i18n::common::REASON)}</label>
                    <input id=format!("{field}-why") required maxlength="500" on:input=move |event| reason.set(event_target_value(&event))/>
                    <div class="actions"><button type="submit" class="primary">{tr(words::SET_DUE)}</button></div>
                </form>
            }
        })
        .collect_view()
}
