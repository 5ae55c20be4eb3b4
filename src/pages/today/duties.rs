//! Recurring duties of the desk 定期工作: what this week, month, year or period asks for, recorded with a note.
//! Must not know a rhythm itself (core does); a duty is never a breach.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::case::{Body, Case, Command};
use shouwen_core::clock::{Duty, Term, duties, duty_log};
use shouwen_core::pack::{Clock, Every};

use crate::components::{Modal, ReasonDialog};
use crate::i18n::{common, fill, reminders as words, role_label, say, time, tr};
use crate::router::Route;
use crate::state::{App, Rulebook, use_app};

/// What is being recorded: the rulebook, the duty's id, the term and its words.
type Doing = RwSignal<Option<(Arc<Rulebook>, String, String, String)>, LocalStorage>;

#[component]
pub fn Duties() -> impl IntoView {
    let app = use_app();
    // Nothing is said before the records have been read: what is done must not look as if it were not.
    let (log, known) = (RwSignal::new(None::<Arc<Case>>), RwSignal::new(false));
    let id = Memo::new(move |_| app.actor.with(|actor| duty_log(&actor.campus)));
    Effect::new(move |first: Option<String>| {
        let id = id.get();
        let touched = app.touched.with(|(_, what)| what.clone());
        if first.as_ref() != Some(&id) || touched == id || touched == "*" {
            let id = id.clone();
            spawn_local(async move {
                let case = app.load_case(&id).await.ok().flatten();
                log.try_set(case.map(Arc::new));
                known.try_set(true);
            });
        }
        id
    });
    let today = Memo::new(move |_| app.now.get().date());
    // What was unfolded once stays so, also when the last near duty has been recorded.
    let unfolded = StoredValue::new(false);
    let doing: Doing = RwSignal::new_local(None);
    let (open, asking) = (RwSignal::new(false), RwSignal::new(false));
    let undo = StoredValue::new(String::new());
    let note = RwSignal::new(String::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        open.set(false);
        let written = note.get_untracked();
        note.set(String::new());
        if let Some((book, clock, term, _)) = doing.get_untracked() {
            record(app, id.get_untracked(), book, clock, term, written);
        }
    };
    let list = move || {
        let date = today.get();
        let log = log.get();
        let library = app.library.get();
        let workplace = app.workplace.get();
        let here = |book: &Arc<Rulebook>| book.pack.workplaces.contains(&workplace);
        let mut items: Vec<(bool, AnyView)> = Vec::new();
        if !known.get() {
            return items;
        }
        for book in library.current().into_iter().filter(here) {
            for duty in duties(&book.pack, &library.world, log.as_deref(), date) {
                let near = is_near(&duty, app);
                items.push((near, line(app, &book, &duty, log.as_deref(), doing, open, (asking, undo))));
            }
        }
        items
    };
    view! {
        {move || {
            let items = list();
            let near = items.iter().filter(|(near, _)| *near).count();
            unfolded.update_value(|open| *open |= near > 0);
            let summary = if near > 0 { fill(words::DUTIES_OPEN, &[("n", &near.to_string())]) } else { tr(words::DUTIES_CALM).to_owned() };
            (!items.is_empty()).then(|| view! {
                <section class="group" id="duties">
                    <details open=unfolded.get_value() on:toggle=move |event| unfolded.set_value(event_target::<web_sys::Element>(&event).has_attribute("open"))>
                        <summary><h2>{tr(words::DUTIES)}</h2>" "<span class={if near > 0 { "chip soon" } else { "chip" }}>{summary}</span></summary>
                        <ul class="list plain duties">{items.into_iter().map(|(_, view)| view).collect_view()}</ul>
                    </details>
                </section>
            })
        }}
        <Modal open title=tr(words::DUTY_DO)>
            <form on:submit=send>
                <p><b>{move || doing.with(|doing| doing.as_ref().map(|one| one.3.clone()))}</b></p>
                <div class="field gap-top">
                    <label for="duty-note">{tr(common::NOTE)}" "<span class="hint">{tr(words::DUTY_TEXT)}</span></label>
                    <textarea id="duty-note" rows="3" maxlength="2000" autofocus prop:value=note on:input=move |event| note.set(event_target_value(&event))></textarea>
                </div>
                <div class="actions">
                    <button type="button" on:click=move |_| open.set(false)>{tr(common::CANCEL)}</button>
                    <button type="submit" class="primary">{tr(words::DUTY_DO)}</button>
                </div>
            </form>
        </Modal>
        <ReasonDialog open=asking title=tr(common::UNDO) text="" confirm=common::UNDO
            then=Callback::new(move |reason| {
                app.dispatch(id.get_untracked(), Command::Void { event: undo.get_value(), reason }, || ());
            })/>
    }
}

/// Still to be done, and within a week.
fn is_near(duty: &Duty, app: App) -> bool {
    let near = |term: &Term| (term.due - app.at_once()).num_days() < 7;
    duty.missed.is_some() || (duty.done.is_none() && duty.term.as_ref().is_some_and(near))
}

fn line(
    app: App,
    book: &Arc<Rulebook>,
    duty: &Duty,
    log: Option<&Case>,
    doing: Doing,
    open: RwSignal<bool>,
    (asking, undo): (RwSignal<bool>, StoredValue<String>),
) -> AnyView {
    let now = app.at_once();
    let clock = duty.clock;
    let pack = &book.pack;
    let every = clock.every.clone().unwrap_or(Every::Continuous);
    let label = say(&clock.label);
    let who: Vec<String> = clock.owner.iter().map(|role| role_label(pack, role)).collect();
    let button = |term: &Term, text: String, class: &'static str| {
        let what = format!("{label} · {}", words::term(&every, term, now));
        let wanted = (book.clone(), clock.id.clone(), term.id.clone(), what);
        let name = label.clone();
        let start = move |_| {
            doing.set(Some(wanted.clone()));
            open.set(true);
        };
        view! { <button type="button" class=class on:click=start>{text}<span class="visually-hidden">"："{name}</span></button> }
    };
    let stands = match (&duty.term, &duty.done, &every) {
        (Some(term), Some((at, by)), _) => {
            let event = log.and_then(|log| entry(log, &pack.id, clock, &term.id)).unwrap_or_default();
            let (term, at) = (words::term(&every, term, now), time::moment(*at, now));
            let words = fill(words::DUTY_DONE, &[("term", &term), ("who", by), ("at", &at)]);
            let ask = move |_| {
                undo.set_value(event.clone());
                asking.set(true);
            };
            view! { <span class="ok-text">"✓ "{words}</span>" "<button type="button" class="quiet small" on:click=ask>{tr(common::UNDO)}<span class="visually-hidden">"："{label.clone()}</span></button> }.into_any()
        }
        (Some(term), None, _) => {
            let due = fill(words::DUTY_DUE, &[("at", &time::moment(term.due, now))]);
            view! { <span>{words::term(&every, term, now)}" · "{due}</span> }.into_any()
        }
        (None, _, Every::Period(parameter)) => {
            let name = pack
                .parameters
                .iter()
                .find(|one| one.id == *parameter)
                .map_or_else(|| parameter.clone(), |one| say(&one.label));
            view! { <a href=Route::Settings.href()>{fill(words::DUTY_NO_PERIOD, &[("name", &name)])}</a> }.into_any()
        }
        (None, ..) => view! { <span>{tr(words::DUTY_STANDING)}</span> }.into_any(),
    };
    let todo = duty.term.as_ref().filter(|_| duty.done.is_none());
    view! {
        <li class="duty" data-duty=clock.id.clone()>
            <div>
                <b>{label.clone()}</b>
                <div class="small muted">{who.join(tr(words::AND))}" · "{clock.clause.clone()}</div>
                <div class="small num">{stands}</div>
                {duty.missed.as_ref().map(|term| view! {
                    <div class="small soon-text">{fill(words::DUTY_MISSED, &[("term", &words::term(&every, term, now))])}</div>
                })}
            </div>
            <div class="inline">
                {duty.missed.as_ref().map(|term| button(term, fill(words::DUTY_LATE, &[("term", &words::term(&every, term, now))]), ""))}
                {todo.map(|term| button(term, tr(words::DUTY_DO).to_owned(), "primary"))}
            </div>
        </li>
    }
    .into_any()
}

/// The entry that says so, for withdrawing it.
fn entry(log: &Case, of: &str, duty: &Clock, turn: &str) -> Option<String> {
    log.in_force()
        .find(|(_, body)| {
            matches!(body, Body::DutyDone { pack, clock, term, .. } if pack == of && *clock == duty.id && term == turn)
        })
        .map(|(event, _)| event.id.clone())
}

fn record(app: App, log: String, book: Arc<Rulebook>, clock: String, term: String, note: String) {
    spawn_local(async move {
        let command = Command::Duty { log: log.clone(), clock, term, at: app.at_once(), note };
        match app.act(&log, Some(book.clone()), command).await {
            Ok(event) => app.show(tr(common::SAVED_TOAST).to_owned(), false, Some((log, event))),
            Err(trouble) => app.say_bad(trouble.words(Some(&book.pack))),
        }
    });
}
