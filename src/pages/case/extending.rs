//! Extending a clock where its rule allows it: by the named role, before it runs out, within the rule's bound.
//! Must not decide whether it is allowed (core does); shows the effect before anybody confirms.

use leptos::prelude::*;
use shouwen_core::case::Command;
use shouwen_core::clock::{Run, latest_extension};
use shouwen_core::limit::Limit;
use shouwen_core::pack::Clock;
use shouwen_core::time::{self, Civil};

use super::Seen;
use super::pausing::{confirm, effect, effect_view};
use crate::components::Modal;
use crate::i18n::{clocks, common, fill, reminders as words, role_label, say, time as time_words, tr};
use crate::state::use_app;

/// Beneath a clock: the button, or who else may extend it, or that it is too late. Nothing where no rule extends.
#[component]
pub fn Extending(seen: Seen, run: Run, clock: Clock) -> impl IntoView {
    let app = use_app();
    let now = app.at_once();
    let due = run.due.as_ref().map(|due| due.due);
    let (Some(due), false) = (due.filter(|_| run.state(now).is_open()), clock.extend_by.is_empty()) else {
        return ().into_any();
    };
    if now > due {
        return view! { <p class="small muted">{tr(words::EXTEND_OVER)}</p> }.into_any();
    }
    if !clock.extend_by.contains(&app.actor.get_untracked().role) {
        let who: Vec<String> = clock.extend_by.iter().map(|role| role_label(&seen.book.pack, role)).collect();
        let words = fill(words::EXTEND_BY, &[("who", &who.join(tr(words::AND)))]);
        return view! { <p class="small muted">{words}</p> }.into_any();
    }
    let open = RwSignal::new(false);
    let label = say(&clock.label);
    let form = StoredValue::new((seen, run, clock));
    view! {
        <p class="small"><button type="button" on:click=move |_| open.set(true)>{tr(words::EXTEND)}<span class="visually-hidden">"："{label}</span></button></p>
        <Modal open title=tr(words::EXTEND_TITLE)>
            {move || form.with_value(|(seen, run, clock)| view! { <ExtendForm seen=seen.clone() run=run.clone() clock=clock.clone() due open/> })}
        </Modal>
    }
    .into_any()
}

/// Limits in hours are extended to the minute, all others to the end of a day.
fn by_the_minute(clock: &Clock) -> bool {
    clock.limit.as_ref().is_some_and(|limit| limit.unit.in_time())
}

fn entered(text: &str, by_the_minute: bool) -> Option<Civil> {
    if by_the_minute { time::parse(text) } else { time::parse_date(text).map(time::end_of) }
}

#[component]
fn ExtendForm(seen: Seen, run: Run, clock: Clock, due: Civil, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let now = app.at_once();
    let minute = by_the_minute(&clock);
    let (to, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problem = RwSignal::new(String::new());
    let library = app.books();
    let bound = match (clock.extend_max, &clock.limit) {
        (Some(count), Some(limit)) => {
            let span = clocks::limit_words(&Limit { count, ..limit.clone() });
            let latest = latest_extension(&seen.case, &seen.book.pack, &library.world, &clock, &run);
            let latest = latest.map_or_else(String::new, |at| time_words::moment(at, now));
            fill(words::EXTEND_MAX, &[("limit", &span), ("at", &latest)])
        }
        _ => tr(words::EXTEND_FREE).to_owned(),
    };
    let id = StoredValue::new(clock.id.clone());
    let command = move || {
        let due = entered(&to.get(), minute)?;
        Some(Command::SetDue { clock: id.get_value(), due, reason: reason.get() })
    };
    let stored = StoredValue::new(seen.clone());
    let effect = move || {
        stored.with_value(|seen| command().map_or_else(|| Ok(Vec::new()), |command| effect(app, seen, command)))
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(command) = untrack(command) {
            stored.with_value(|seen| confirm(app, seen, command, open, problem));
        }
    };
    view! {
        <form on:submit=submit data-extend=clock.id.clone()>
            <p><b>{say(&clock.label)}</b></p>
            <p>{fill(words::EXTEND_NOW, &[("at", &time_words::moment(due, now))])}</p>
            <p class="small">{bound}</p>
            <div class="fields gap-top">
                <div class="field"><label for="extend-to">{tr(words::EXTEND_TO)}</label>
                    <input id="extend-to" type=if minute { "datetime-local" } else { "date" } required autofocus on:input=move |event| to.set(event_target_value(&event))/></div>
                <div class="field"><label for="extend-reason">{tr(common::REASON)}" "<span class="hint">{tr(common::REASON_HINT)}</span></label>
                    <input id="extend-reason" required maxlength="500" autocomplete="off" on:input=move |event| reason.set(event_target_value(&event))/></div>
            </div>
            {effect_view(Box::new(effect))}
            <p class="late-text small" role="alert">{problem}</p>
            <div class="actions">
                <button type="button" on:click=move |_| open.set(false)>{tr(common::CANCEL)}</button>
                <button type="submit" class="primary">{tr(words::EXTEND)}</button>
            </div>
        </form>
    }
}
