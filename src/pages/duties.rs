//! Recurring duties of the desk 例行事项: what this week, month, year or period asks for, recorded with a note; on Today,
//! and on a page of its own with all records and the year on one sheet.
//! Must not know a rhythm itself (core does); a duty is never a breach.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::case::{Case, Command};
use shouwen_core::clock::{Duty, Record, Term, duties, duty_log, records, terms};
use shouwen_core::order::Order as _;
use shouwen_core::pack::{Every, Pack};
use shouwen_core::time::Civil;

use crate::components::{Modal, PageHead, ReasonDialog};
use crate::i18n::{common, emergency as page, fill, reminders as words, role_label, say, time, tr};
use crate::router::Route;
use crate::state::{App, Rulebook, use_app};

/// What is being recorded: the rulebook, the duty's id, the term and its words.
type Doing = RwSignal<Option<(Arc<Rulebook>, String, String, String)>, LocalStorage>;

/// The records of this desk and what is being recorded.
#[derive(Clone, Copy)]
struct Desk {
    app: App,
    log: RwSignal<Option<Arc<Case>>>,
    /// Nothing is said before the records have been read: what is done must not look as if it were not.
    known: RwSignal<bool>,
    id: Memo<String>,
    today: Memo<NaiveDate>,
    doing: Doing,
    open: RwSignal<bool>,
    asking: RwSignal<bool>,
    undo: StoredValue<String>,
}

impl Desk {
    fn open() -> Desk {
        let app = use_app();
        let desk = Desk {
            app,
            log: RwSignal::new(None),
            known: RwSignal::new(false),
            id: Memo::new(move |_| app.actor.with(|actor| duty_log(&actor.campus))),
            today: Memo::new(move |_| app.now.get().date()),
            doing: RwSignal::new_local(None),
            open: RwSignal::new(false),
            asking: RwSignal::new(false),
            undo: StoredValue::new(String::new()),
        };
        Effect::new(move |first: Option<String>| {
            let id = desk.id.get();
            let touched = app.touched.with(|(_, what)| what.clone());
            if first.as_ref() != Some(&id) || touched == id || touched == "*" {
                let id = id.clone();
                spawn_local(async move {
                    let case = app.load_case(&id).await.ok().flatten();
                    desk.log.try_set(case.map(Arc::new));
                    desk.known.try_set(true);
                });
            }
            id
        });
        desk
    }

    /// Asks before an entry is withdrawn.
    fn withdraw(self, event: &str) {
        self.undo.set_value(event.to_owned());
        self.asking.set(true);
    }

    fn dialogs(self) -> AnyView {
        let note = RwSignal::new(String::new());
        let send = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            self.open.set(false);
            let written = note.get_untracked();
            note.set(String::new());
            if let Some((book, clock, term, _)) = self.doing.get_untracked() {
                record(self.app, self.id.get_untracked(), book, clock, term, written);
            }
        };
        let then = Callback::new(move |reason| {
            let event = self.undo.get_value();
            self.app.dispatch(self.id.get_untracked(), Command::Void { event, reason }, || ());
        });
        view! {
            <Modal open=self.open title=tr(words::DUTY_DO)>
                <form on:submit=send>
                    <p><b>{move || self.doing.with(|doing| doing.as_ref().map(|one| one.3.clone()))}</b></p>
                    <div class="field gap-top">
                        <label for="duty-note">{tr(common::NOTE)}" "<span class="hint">{tr(words::DUTY_TEXT)}</span></label>
                        <textarea id="duty-note" rows="3" maxlength="2000" autofocus prop:value=note on:input=move |event| note.set(event_target_value(&event))></textarea>
                    </div>
                    <div class="actions">
                        <button type="button" on:click=move |_| self.open.set(false)>{tr(common::CANCEL)}</button>
                        <button type="submit" class="primary">{tr(words::DUTY_DO)}</button>
                    </div>
                </form>
            </Modal>
            <ReasonDialog open=self.asking title=tr(common::UNDO) text="" confirm=common::UNDO then/>
        }
        .into_any()
    }

    /// Every duty as a line, with whether it is near.
    fn lines(self) -> Vec<(bool, AnyView)> {
        let (date, log, library) = (self.today.get(), self.log.get(), self.app.library.get());
        let mut items = Vec::new();
        if !self.known.get() {
            return items;
        }
        for book in with_duties(self.app) {
            for duty in duties(&book.pack, &library.world, log.as_deref(), date) {
                items.push((is_near(&duty, self.app), line(self, &book, &duty, log.as_deref())));
            }
        }
        items
    }
}

/// Packs and plans that ask for something here; asked again when they may be others.
fn with_duties(app: App) -> Vec<Arc<Rulebook>> {
    app.library.track();
    app.workplace.track();
    app.with_duties()
}

/// What is near, on Today; the rest is folded away.
#[component]
pub fn Duties() -> impl IntoView {
    let desk = Desk::open();
    // What was unfolded once stays so, also when the last near duty has been recorded.
    let unfolded = StoredValue::new(false);
    view! {
        {move || {
            let items = desk.lines();
            let near = items.iter().filter(|(near, _)| *near).count();
            unfolded.update_value(|open| *open |= near > 0);
            let summary = if near > 0 { fill(words::DUTIES_OPEN, &[("n", &near.to_string())]) } else { tr(words::DUTIES_CALM).to_owned() };
            (!items.is_empty()).then(|| view! {
                <section class="group" id="duties">
                    <details open=unfolded.get_value() on:toggle=move |event| unfolded.set_value(event_target::<web_sys::Element>(&event).has_attribute("open"))>
                        <summary><h2>{tr(page::DUTIES)}</h2>" "<span class={if near > 0 { "chip soon" } else { "chip" }}>{summary}</span></summary>
                        <ul class="list plain duties">{items.into_iter().map(|(_, view)| view).collect_view()}</ul>
                        <p class="small gap-top"><a href=Route::Duties.href()>{tr(page::ALL_DUTIES)}</a></p>
                    </details>
                </section>
            })
        }}
        {desk.dialogs()}
    }
}

/// All duties with their records, and the year on one sheet.
#[component]
pub fn DutiesPage() -> impl IntoView {
    let desk = Desk::open();
    let year = RwSignal::new(desk.today.get_untracked().year());
    let print = |_| drop(window().print());
    view! {
        <PageHead title=tr(page::DUTIES) sub=move || tr(page::DUTIES_SUB)>
            <button on:click=print>{tr(common::PRINT)}</button>
        </PageHead>
        <section class="group noprint" id="duties">
            <h2>{tr(page::DUE_NOW)}</h2>
            {move || {
                let items = desk.lines();
                if items.is_empty() && desk.known.get() {
                    view! { <p class="empty">{tr(page::NONE)}</p> }.into_any()
                } else {
                    view! { <ul class="list plain duties">{items.into_iter().map(|(_, view)| view).collect_view()}</ul> }.into_any()
                }
            }}
        </section>
        <section class="group card" id="duty-year">
            <h2>{move || fill(page::OVERVIEW, &[("year", &year.get().to_string())])}
                <span class="inline noprint">
                    <button class="quiet small" on:click=move |_| year.update(|year| *year -= 1)>{tr(page::EARLIER_YEAR)}</button>
                    <button class="quiet small" on:click=move |_| year.update(|year| *year += 1)>{tr(page::LATER_YEAR)}</button>
                </span>
            </h2>
            <p class="small muted">{move || app_campus(desk.app)}" · "{tr(page::SIGNS)}</p>
            {move || overview(desk, year.get())}
        </section>
        <section class="group card" id="duty-records">
            <h2>{tr(page::HISTORY)}</h2>
            {move || history(desk)}
        </section>
        {desk.dialogs()}
    }
}

fn app_campus(app: App) -> String {
    app.actor.with(|actor| actor.campus.clone())
}

/// Every turn of every duty that ends in a year, each with its sign.
fn overview(desk: Desk, year: i32) -> AnyView {
    let (now, log, library) = (desk.app.at_once(), desk.log.get(), desk.app.library.get());
    let mut rows: Vec<AnyView> = Vec::new();
    for book in with_duties(desk.app) {
        let pack = &book.pack;
        for (clock, every) in pack.clocks.iter().filter_map(|clock| Some((clock, clock.every.clone()?))) {
            let known: Vec<Record> = records(pack, clock, log.as_deref()).collect();
            // Before its first record nobody kept records of it.
            let first = known.iter().map(|one| one.at).min();
            let turn = |turn: Term| {
                let done = known.iter().find(|one| one.term == turn.id);
                let sign = match done {
                    Some(_) => "✓",
                    None if turn.due < now && first.is_some_and(|first| first <= turn.due) => "–",
                    None if turn.due >= now && turn.from <= now.date() => "○",
                    None => "·",
                };
                let about = words::term_of_year(&every, &turn);
                let title =
                    done.map_or_else(|| about.clone(), |one| format!("{about} {} {}", one.by, time::exact(one.at)));
                view! { <span class="turn num" title=title>{about}" "{sign}</span> }
            };
            let turns = terms(pack, &library.world, &every, year);
            let turns = if turns.is_empty() {
                stands(pack, &every)
            } else {
                turns.into_iter().map(turn).collect_view().into_any()
            };
            rows.push(
                view! {
                    <tr><th scope="row">{say(&clock.label)}<br/><span class="small muted">{clock.clause.clone()}</span></th><td>{turns}</td></tr>
                }
                .into_any(),
            );
        }
    }
    view! { <table class="year"><tbody>{rows}</tbody></table> }.into_any()
}

/// What was recorded, the newest first, each of which can be withdrawn.
fn history(desk: Desk) -> AnyView {
    let (now, log) = (desk.app.at_once(), desk.log.get());
    let mut found: Vec<(Civil, AnyView)> = Vec::new();
    for book in with_duties(desk.app) {
        for clock in book.pack.clocks.iter().filter(|clock| clock.every.is_some()) {
            for one in records(&book.pack, clock, log.as_deref()) {
                let event = one.event.to_owned();
                let title = format!("{} · {}", say(&clock.label), one.term);
                let name = title.clone();
                let view = view! {
                    <li>
                        <span class="num muted">{time::moment(one.at, now)}</span>
                        <span><b>{title}</b>" "<span class="muted">{one.by.to_owned()}</span>
                            <button class="quiet small noprint" on:click=move |_| desk.withdraw(&event)>{tr(common::UNDO)}<span class="visually-hidden">"："{name}</span></button>
                            <div class="pre">{one.note.to_owned()}</div></span>
                    </li>
                };
                found.push((one.at, view.into_any()));
            }
        }
    }
    if found.is_empty() {
        return view! { <p class="small muted">{tr(page::HISTORY_NONE)}</p> }.into_any();
    }
    found.order_by_key(|(at, _)| std::cmp::Reverse(*at));
    view! { <ol class="log small">{found.into_iter().map(|(_, view)| view).collect_view()}</ol> }.into_any()
}

/// Still to be done, and within a week.
fn is_near(duty: &Duty, app: App) -> bool {
    let near = |term: &Term| (term.due - app.at_once()).num_days() < 7;
    duty.missed.is_some() || (duty.done.is_none() && duty.term.as_ref().is_some_and(near))
}

fn line(desk: Desk, book: &Arc<Rulebook>, duty: &Duty, log: Option<&Case>) -> AnyView {
    let Desk { app, doing, open, .. } = desk;
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
            let event = records(pack, clock, log).find(|one| one.term == term.id).map(|one| one.event.to_owned());
            let event = event.unwrap_or_default();
            let (term, at) = (words::term(&every, term, now), time::moment(*at, now));
            let words = fill(words::DUTY_DONE, &[("term", &term), ("who", by), ("at", &at)]);
            let ask = move |_| desk.withdraw(&event);
            view! { <span class="ok-text">"✓ "{words}</span>" "<button type="button" class="quiet small" on:click=ask>{tr(common::UNDO)}<span class="visually-hidden">"："{label.clone()}</span></button> }.into_any()
        }
        (Some(term), None, _) => {
            let due = fill(words::DUTY_DUE, &[("at", &time::moment(term.due, now))]);
            view! { <span>{words::term(&every, term, now)}" · "{due}</span> }.into_any()
        }
        (None, ..) => stands(pack, &every),
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

/// Why a duty has no term: it is a standing one, or its period is not set.
fn stands(pack: &Pack, every: &Every) -> AnyView {
    let Every::Period(parameter) = every else {
        return view! { <span>{tr(words::DUTY_STANDING)}</span> }.into_any();
    };
    let named = pack.parameters.iter().find(|one| one.id == *parameter);
    let name = named.map_or_else(|| parameter.clone(), |one| say(&one.label));
    view! { <a href=Route::Settings.href()>{fill(words::DUTY_NO_PERIOD, &[("name", &name)])}</a> }.into_any()
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
