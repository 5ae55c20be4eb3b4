//! The answer as the page shows and prints it: due time, what is left, the sentence, the strip, what it rests on.
//! Must not compute.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::limit::{Amount, Due, Unit};
use shouwen_core::time::Civil;
use wasm_bindgen::{JsCast, JsValue};

use super::answer::Answer;
use super::ask::{Ask, Way};
use super::{Desk, words};
use crate::components::{Legend, Strip};
use crate::i18n::{clocks, common, fill, proof, time, tr};
use crate::state::App;

/// The card beside the form; on paper it stands alone.
pub fn view(app: App, desk: Desk) -> AnyView {
    let shown = move || {
        let (ask, answer) = (desk.ask.get(), desk.answer.get());
        match say(app, &ask, &answer) {
            Some(told) => sheet(app, &answer, told),
            None => view! { <p class="muted" id="calc-wrong">{tr(words::FILL_IN)}</p> }.into_any(),
        }
    };
    view! {
        <section class="card calc-result" id="calc-result" aria-live="polite">
            <h2 class="visually-hidden">{tr(words::RESULT)}</h2>
            {shown}
        </section>
    }
    .into_any()
}

/// What the card says.
struct Told {
    /// What was asked, in a line.
    question: String,
    /// `到期`, and the moment or the amount.
    label: &'static str,
    big: String,
    /// The due time, to say what is left.
    at: Option<Civil>,
    sentence: String,
}

fn say(app: App, ask: &Ask, answer: &Answer) -> Option<Told> {
    if !answer.wrong.is_empty() {
        return None;
    }
    let from = answer.read("from")?;
    let now = app.at_once();
    if ask.way == Way::Between {
        let to = answer.read("to")?;
        let amount = amount_words(answer.amount?, ask.unit);
        let (from, to) = (moment(from), moment(to));
        let apart = fill(words::APART_IS, &[("from", &from), ("to", &to), ("amount", &amount)]);
        let sentence = match &answer.due {
            Some(due) => fill(words::APART_PROOF, &[("apart", &apart), ("proof", &proof::proof(due, now))]),
            None => apart,
        };
        let question = fill(words::QUESTION_BETWEEN, &[("from", &from), ("to", &to)]);
        return Some(Told { question, label: tr(words::APART), big: amount, at: None, sentence });
    }
    let due = answer.due.as_ref()?;
    let backward = ask.way == Way::Before;
    let text = if backward { words::QUESTION_BEFORE } else { words::QUESTION_AFTER };
    let limit = clocks::limit_words(&due.trace.limit);
    let mut question = fill(text, &[("from", &moment(from)), ("limit", &limit)]);
    if rests_on_calendar(due) {
        question = fill(words::QUESTION_BY, &[("question", &question), ("calendar", &words::calendar(&ask.calendar))]);
    }
    let label = tr(if backward { words::LATEST } else { words::DUE });
    Some(Told { question, label, big: moment(due.due), at: Some(due.due), sentence: proof::proof(due, now) })
}

/// `2026年3月2日 星期一 24:00`
fn moment(at: Civil) -> String {
    format!("{} {}", time::long_date(at.date()), proof::clock(at))
}

fn amount_words(amount: Amount, unit: Unit) -> String {
    match amount {
        Amount::Days(0) => fill(words::LESS, &[("unit", words::unit(unit))]),
        Amount::Days(days) => format!("{days} {}", words::unit(unit)),
        Amount::Seconds(seconds) => {
            let span = proof::hours(seconds);
            let working = matches!(unit, Unit::WorkingHour | Unit::WorkingMinute);
            if working { fill(words::WORKING_TIME, &[("span", &span)]) } else { span }
        }
    }
}

fn sheet(app: App, answer: &Answer, told: Told) -> AnyView {
    let Told { question, label, big, at, sentence } = told;
    let left = move || {
        let seconds = (at? - app.now.get()).num_seconds();
        let text = if seconds >= 0 { words::LEFT } else { words::PAST };
        Some(fill(text, &[("span", &time::span(seconds.abs()))]))
    };
    let provisional = answer.due.as_ref().is_some_and(|due| due.provisional);
    let strip = answer.due.as_ref().filter(|due| due.trace.days.len() > 1).map(|due| due.trace.clone());
    let strip = strip.map(|trace| view! { <Strip trace/><Legend open=true/> });
    let timetable =
        answer.schedule.as_ref().map(|schedule| fill(words::TIMETABLE, &[("list", &words::timetable(schedule))]));
    let printed = fill(words::PRINTED, &[("at", &time::exact(app.at_once()))]);
    let copied = sentence.clone();
    view! {
        <p class="muted num">{question}</p>
        <p class="calc-due num" id="calc-due"><span class="label">{label}</span><b>{big}</b></p>
        <p class="inline">
            {at.map(|_| view! { <span class="chip acc num noprint">{left}</span> })}
            {provisional.then(|| view! { <span class="chip soon" id="calc-provisional" title=tr(common::PROVISIONAL_WHY)>{tr(common::PROVISIONAL)}</span> })}
        </p>
        <p class="num" id="calc-proof">{sentence}</p>
        <p class="noprint"><button type="button" id="calc-copy" on:click=move |_| copy(app, copied.clone())>{tr(words::COPY)}</button></p>
        {strip}
        {timetable.map(|words| view! { <p class="small muted num">{words}</p> })}
        {sources(app, answer).map(|words| view! { <p class="small muted">{words}</p> })}
        <p class="small printonly">{printed}</p>
    }
    .into_any()
}

/// Whether working days or hours had a say.
fn rests_on_calendar(due: &Due) -> bool {
    let limit = &due.trace.limit;
    let working = matches!(limit.unit, Unit::WorkingDay | Unit::WorkingHour | Unit::WorkingMinute);
    working || limit.at_close || limit.roll != Default::default()
}

/// The notices that the answer rests on, with their addresses.
fn sources(app: App, answer: &Answer) -> Option<String> {
    let due: &Due = answer.due.as_ref().filter(|due| answer.by_notices && rests_on_calendar(due))?;
    let (a, b) = (due.trace.start.min(due.due), due.trace.start.max(due.due));
    let years = chrono::Datelike::year(&a)..=chrono::Datelike::year(&b);
    let library = app.books();
    let known = library.calendar.notices.iter().filter(|notice| years.contains(&notice.year));
    let list: Vec<String> = known
        .filter_map(|notice| {
            let url = notice.sources.first()?;
            Some(fill(words::SOURCE, &[("year", &notice.year.to_string()), ("url", url)]))
        })
        .collect();
    (!list.is_empty()).then(|| fill(words::SOURCES, &[("list", &list.join("；"))]))
}

/// Copies the sentence; where the browser has no clipboard for files, by selection.
fn copy(app: App, text: String) {
    spawn_local(async move {
        let navigator: JsValue = window().navigator().into();
        let clipboard = get(&navigator, "clipboard");
        let written = match clipboard.and_then(|clipboard| call(&clipboard, "writeText", &text.as_str().into())) {
            Some(promise) => match promise.dyn_into::<js_sys::Promise>() {
                Ok(promise) => wasm_bindgen_futures::JsFuture::from(promise).await.is_ok(),
                Err(_) => false,
            },
            None => false,
        };
        let done = written || select_and_copy().unwrap_or(false);
        app.say(tr(if done { words::COPIED } else { words::NOT_COPIED }));
    });
}

fn select_and_copy() -> Option<bool> {
    let sentence = document().get_element_by_id("calc-proof")?;
    let selection = call(&window().into(), "getSelection", &JsValue::UNDEFINED)?;
    call(&selection, "selectAllChildren", &sentence.into())?;
    call(&document().into(), "execCommand", &"copy".into())?.as_bool()
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined())
}

fn call(of: &JsValue, name: &str, argument: &JsValue) -> Option<JsValue> {
    get(of, name)?.dyn_into::<js_sys::Function>().ok()?.call1(of, argument).ok()
}
