//! Text fields of the calculator: what is typed, how it was read, what is wrong with it, and a calendar to choose from.
//! Must not judge; `answer` does.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::ask::Ask;
use super::{Desk, words};
use crate::i18n::{time, tr};

/// A text of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    From,
    To,
    Count,
    Hours,
    PauseFrom(usize),
    PauseTo(usize),
}

impl Place {
    /// The name by which `answer` speaks of the field.
    fn name(self) -> String {
        match self {
            Place::From => "from".to_owned(),
            Place::To => "to".to_owned(),
            Place::Count => "count".to_owned(),
            Place::Hours => "hours".to_owned(),
            Place::PauseFrom(index) => super::answer::pause_fields(index).0,
            Place::PauseTo(index) => super::answer::pause_fields(index).1,
        }
    }

    fn get(self, ask: &Ask) -> String {
        match self {
            Place::From => ask.from.clone(),
            Place::To => ask.to.clone(),
            Place::Count => ask.count.clone(),
            Place::Hours => ask.hours.clone(),
            Place::PauseFrom(index) => ask.pauses.get(index).map(|pause| pause.0.clone()).unwrap_or_default(),
            Place::PauseTo(index) => ask.pauses.get(index).map(|pause| pause.1.clone()).unwrap_or_default(),
        }
    }

    fn set(self, ask: &mut Ask, text: String) {
        match self {
            Place::From => ask.from = text,
            Place::To => ask.to = text,
            Place::Count => ask.count = text,
            Place::Hours => ask.hours = text,
            Place::PauseFrom(index) => ask.pauses.get_mut(index).into_iter().for_each(|pause| pause.0 = text.clone()),
            Place::PauseTo(index) => ask.pauses.get_mut(index).into_iter().for_each(|pause| pause.1 = text.clone()),
        }
    }
}

/// A line of text with what is wrong below.
#[component]
pub fn Text(
    desk: Desk,
    place: Place,
    label: Signal<&'static str>,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] mode: &'static str,
) -> impl IntoView {
    let id = format!("calc-{}", place.name());
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {input(desk, place, &id, mode)}
            <div class="hint">{hint}</div>
            {problem(desk, place, &id)}
        </div>
    }
}

/// A moment: typed freely, or chosen; below stands how it was read.
#[component]
pub fn Moment(desk: Desk, place: Place, label: Signal<&'static str>, #[prop(optional)] hint: bool) -> impl IntoView {
    let name = StoredValue::new(place.name());
    let id = format!("calc-{}", place.name());
    let native = NodeRef::<leptos::html::Input>::new();
    let read = Memo::new(move |_| desk.answer.with(|answer| answer.read(&name.get_value())));
    let said = move || {
        let at = read.get()?;
        Some(format!("{} {}", time::long_date(at.date()), crate::i18n::proof::clock(at)))
    };
    let pick = move |_| {
        let Some(input) = native.get_untracked() else { return };
        // Browsers without a picker of their own get the field itself.
        if input.show_picker().is_err() {
            let _ = input.focus();
        }
    };
    let choose = move |event: leptos::ev::Event| {
        let text = event_target_value(&event).replace('T', " ");
        desk.ask.update(|ask| place.set(ask, text));
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <div class="calc-moment">
                {input(desk, place, &id, "text")}
                <button type="button" on:click=pick>{tr(words::PICK)}<span class="visually-hidden">" "{label}</span></button>
                <input type="datetime-local" class="calc-native" tabindex="-1" aria-hidden="true" min="2000-01-01T00:00" max="2099-12-31T23:59"
                    node_ref=native prop:value=move || read.get().map(time::input_value).unwrap_or_default() on:input=choose/>
            </div>
            <div class="hint num" data-read=place.name()>{said}</div>
            {hint.then(|| view! { <div class="hint">{tr(words::MOMENT_HINT)}</div> })}
            {problem(desk, place, &id)}
        </div>
    }
}

fn input(desk: Desk, place: Place, id: &str, mode: &'static str) -> AnyView {
    let name = place.name();
    let wrong = Memo::new(move |_| desk.answer.with(|answer| answer.wrong(&name).is_some()));
    let typed = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let text = input.map(|input| input.value()).unwrap_or_default();
        desk.ask.update(|ask| place.set(ask, text));
    };
    view! {
        <input type="text" id=id.to_owned() inputmode=mode maxlength="60" autocomplete="off" aria-describedby=format!("{id}-problem")
            aria-invalid=move || if wrong.get() { "true" } else { "false" }
            prop:value=move || desk.ask.with(|ask| place.get(ask)) on:input=typed/>
    }
    .into_any()
}

fn problem(desk: Desk, place: Place, id: &str) -> AnyView {
    let name = place.name();
    let wrong = Memo::new(move |_| desk.answer.with(|answer| answer.wrong(&name)));
    view! { <div class="problem" id=format!("{id}-problem") role="alert">{move || wrong.get()}</div> }.into_any()
}
