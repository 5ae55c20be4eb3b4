//! The calculator 期限计算器: start, limit, calendar → due time with its sentence and strip. Useful without any case.
//! Must not read or write cases; its whole state is in the address.

mod answer;
mod ask;
mod field;
mod result;
mod when;
mod words;

use leptos::prelude::*;
use shouwen_core::limit::Unit;
use wasm_bindgen::JsValue;

use self::answer::{Answer, answer, can_close, can_roll, has_count};
use self::ask::{Ask, CAMPUS, HOURS, STATUTORY, UNITS, WEEKDAYS, Way, unit_name, unit_of};
use self::field::{Moment, Place, Text};
use crate::components::PageHead;
use crate::i18n::{T, common, fill, time, tr};
use crate::router::Route;
use crate::state::{App, use_app};

pub use self::words::{TITLE, unit as unit_label};

/// How long typing must rest before the address is written.
const REST: std::time::Duration = std::time::Duration::from_millis(400);

/// The question and its answer, for the parts of the page.
#[derive(Clone, Copy)]
struct Desk {
    ask: RwSignal<Ask>,
    answer: Memo<Answer>,
}

#[component]
pub fn Calc() -> impl IntoView {
    let app = use_app();
    let ask = RwSignal::new(Ask::default());
    let answer = Memo::new(move |_| {
        let library = app.library.get();
        ask.with(|ask| answer(ask, &library.world, &library.calendar, app.now.get_untracked()))
    });
    let desk = Desk { ask, answer };
    follow_address(app, desk);
    view! {
        <PageHead title=tr(words::TITLE) sub=|| tr(words::LEAD)>
            <button class="noprint" id="calc-print" on:click=|_| {
                let _ = window().print();
            }>{tr(common::PRINT)}</button>
        </PageHead>
        <div class="calc">
            <form class="card noprint" id="calc-form" novalidate on:submit=|event| event.prevent_default()>
                {ways(desk)}
                {question(app, desk)}
            </form>
            {result::view(app, desk)}
        </div>
    }
}

/// The address asks, and says what is asked.
fn follow_address(app: App, desk: Desk) {
    let written = StoredValue::new(None::<String>);
    Effect::new(move |_| {
        let Route::Calc(query) = app.route.get() else { return };
        if written.get_value().as_ref() == Some(&query) {
            return;
        }
        let mut ask = Ask::parse(&query);
        for text in ask.moments() {
            if let Some(at) = shouwen_core::time::parse(text) {
                *text = typed(at);
            }
        }
        if ask.from.trim().is_empty() {
            ask.from = typed(app.at_once());
        }
        written.set_value(Some(query));
        desk.ask.set(ask);
    });
    let round = StoredValue::new(0_u32);
    Effect::new(move |before: Option<()>| {
        let query = desk.answer.with(|answer| desk.ask.with(|ask| settled(ask, answer).query()));
        if before.is_none() {
            return;
        }
        round.update_value(|round| *round += 1);
        let mine = round.get_value();
        set_timeout(
            move || {
                // The address itself is asked: somebody who leaves at this moment must not be pulled back.
                let here = window().location().hash().is_ok_and(|hash| matches!(Route::parse(&hash), Route::Calc(_)));
                if round.try_get_value() == Some(mine) && here {
                    written.set_value(Some(query.clone()));
                    rewrite(&Route::Calc(query.clone()).href());
                }
            },
            REST,
        );
    });
}

/// Replaces the address without a new entry in the history.
fn rewrite(href: &str) {
    if let Ok(history) = window().history() {
        // Refused only where scripts may not change the address; then it stays as it was.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(href));
    }
}

/// The question with moments that mean the same tomorrow: "yesterday 15:00" becomes a date.
fn settled(ask: &Ask, answer: &Answer) -> Ask {
    let mut ask = ask.clone();
    let fixed = |field: &str, text: &mut String| {
        if let Some(at) = answer.read(field) {
            *text =
                if at.and_utc().timestamp() % 60 == 0 { time::input_value(at) } else { shouwen_core::time::plain(at) };
        }
    };
    fixed("from", &mut ask.from);
    fixed("to", &mut ask.to);
    for (index, (from, to)) in ask.pauses.iter_mut().enumerate() {
        let (from_field, to_field) = answer::pause_fields(index);
        fixed(&from_field, from);
        fixed(&to_field, to);
    }
    ask
}

/// A moment as a person would type it.
fn typed(at: shouwen_core::time::Civil) -> String {
    let text = shouwen_core::time::plain(at).replace('T', " ");
    text.strip_suffix(":00").map(str::to_owned).unwrap_or(text)
}

fn ways(desk: Desk) -> AnyView {
    let choices = [(Way::After, words::AFTER), (Way::Before, words::BEFORE), (Way::Between, words::BETWEEN)];
    let rows: Vec<AnyView> = choices
        .into_iter()
        .map(|(way, label)| {
            let choose = move |_| {
                desk.ask.update(|ask| {
                    ask.way = way;
                    if !offered(ask.unit, way) {
                        ask.unit = Unit::WorkingDay;
                    }
                });
            };
            view! {
                <label>
                    <input type="radio" name="calc-way" value=format!("{way:?}").to_lowercase()
                        prop:checked=move || desk.ask.with(|ask| ask.way == way) on:change=choose/>
                    {tr(label)}
                </label>
            }
            .into_any()
        })
        .collect();
    view! { <fieldset class="choices field"><legend>{tr(words::WAY)}</legend>{rows}</fieldset> }.into_any()
}

/// Whether a unit makes sense for a way of counting.
fn offered(unit: Unit, way: Way) -> bool {
    match way {
        Way::After => true,
        Way::Before => has_count(unit),
        Way::Between => has_count(unit) && unit != Unit::Month,
    }
}

fn question(app: App, desk: Desk) -> AnyView {
    let way = Memo::new(move |_| desk.ask.with(|ask| ask.way));
    let by_way = move |after: T, before: T, between: T| {
        Signal::derive(move || {
            tr(match way.get() {
                Way::After => after,
                Way::Before => before,
                Way::Between => between,
            })
        })
    };
    let between = move || way.get() == Way::Between;
    view! {
        <Moment desk place=Place::From label=by_way(words::FROM, words::TARGET, words::BEGIN) hint=true/>
        <div hidden=move || !between()><Moment desk place=Place::To label=by_way(words::END, words::END, words::END)/></div>
        <div class="fields">
            <div hidden=move || between() || desk.ask.with(|ask| !has_count(ask.unit))>
                <Text desk place=Place::Count label=by_way(words::COUNT, words::COUNT_BEFORE, words::COUNT) mode="numeric"/>
            </div>
            {units(desk, way)}
            {calendars(app, desk)}
        </div>
        <div hidden=move || desk.ask.with(|ask| ask.calendar != HOURS)>
            <Text desk place=Place::Hours label=by_way(words::HOURS, words::HOURS, words::HOURS) hint=tr(words::HOURS_HINT)/>
        </div>
        {check(desk, "calc-roll", words::ROLL, can_roll, |ask| &mut ask.roll)}
        {check(desk, "calc-close", words::CLOSE, can_close, |ask| &mut ask.close)}
        <div hidden=move || way.get() == Way::Before>{pauses(desk)}</div>
    }
    .into_any()
}

fn units(desk: Desk, way: Memo<Way>) -> AnyView {
    let options = move || {
        let list = UNITS.iter().filter(|(unit, _)| offered(*unit, way.get()));
        list.map(|(unit, name)| {
            let unit = *unit;
            let chosen = move || desk.ask.with(|ask| ask.unit == unit);
            view! { <option value=*name prop:selected=chosen>{words::unit(unit)}</option> }.into_any()
        })
        .collect::<Vec<_>>()
    };
    let label = move || tr(if way.get() == Way::Between { words::UNIT_BETWEEN } else { words::UNIT });
    let choose = move |event| {
        let unit = unit_of(&event_target_value(&event)).unwrap_or(Unit::WorkingDay);
        desk.ask.update(|ask| ask.unit = unit);
    };
    view! {
        <div class="field">
            <label for="calc-unit">{label}</label>
            <select id="calc-unit" prop:value=move || desk.ask.with(|ask| unit_name(ask.unit)) on:change=choose>{options}</select>
        </div>
    }
    .into_any()
}

fn calendars(app: App, desk: Desk) -> AnyView {
    let own = app.actor.with_untracked(|actor| actor.campus.clone());
    let all = app.is_hq();
    let library = app.books();
    // A campus sees its own timetable, headquarters all of them; and what the address names stays.
    let named = desk.ask.with_untracked(|ask| ask.calendar.clone());
    let campuses = library.schedules.keys().filter(|name| all || **name == own || named.ends_with(name.as_str()));
    let known = [STATUTORY, WEEKDAYS, HOURS].into_iter().map(str::to_owned);
    let choices = known.chain(campuses.map(|name| format!("{CAMPUS}{name}")));
    let options: Vec<AnyView> = choices
        .map(|value| {
            let label = words::calendar(&value);
            let mine = value.clone();
            let chosen = move || desk.ask.with(|ask| ask.calendar == mine);
            view! { <option value=value prop:selected=chosen>{label}</option> }.into_any()
        })
        .collect();
    let wrong = Memo::new(move |_| desk.answer.with(|answer| answer.wrong("calendar")));
    let useless = move || desk.ask.with(|ask| matches!(ask.unit, Unit::Hour | Unit::Minute));
    view! {
        <div class="field wide" hidden=useless>
            <label for="calc-calendar">{tr(words::CALENDAR)}</label>
            <select id="calc-calendar" aria-describedby="calc-calendar-problem"
                aria-invalid=move || if wrong.with(Option::is_some) { "true" } else { "false" }
                on:change=move |event| desk.ask.update(|ask| ask.calendar = event_target_value(&event))>{options}</select>
            <div class="problem" id="calc-calendar-problem" role="alert">{move || wrong.get()}</div>
        </div>
    }
    .into_any()
}

fn check(desk: Desk, id: &'static str, label: T, shown: fn(&Ask) -> bool, of: fn(&mut Ask) -> &mut bool) -> AnyView {
    let checked = move || desk.ask.with(|ask| *of(&mut ask.clone()));
    view! {
        <div class="field" hidden=move || !desk.ask.with(shown)>
            <label class="check" for=id>
                <input type="checkbox" id=id prop:checked=checked
                    on:change=move |event| desk.ask.update(|ask| *of(ask) = event_target_checked(&event))/>
                {tr(label)}
            </label>
        </div>
    }
    .into_any()
}

fn pauses(desk: Desk) -> AnyView {
    let count = Memo::new(move |_| desk.ask.with(|ask| ask.pauses.len()));
    let rows = move || (0..count.get()).map(|index| pause(desk, index)).collect::<Vec<_>>();
    let wrong = Memo::new(move |_| desk.answer.with(|answer| answer.wrong("pauses")));
    view! {
        {rows}
        <div class="problem" role="alert">{move || wrong.get()}</div>
        <button type="button" class="quiet" id="calc-pause-add"
            on:click=move |_| desk.ask.update(|ask| ask.pauses.push(Default::default()))>"+ "{tr(words::PAUSE_ADD)}</button>
    }
    .into_any()
}

fn pause(desk: Desk, index: usize) -> AnyView {
    let named = |text: T| Signal::stored(tr(text));
    let title = fill(words::PAUSE_N, &[("n", &(index + 1).to_string())]);
    let remove = move |_| {
        desk.ask.update(|ask| {
            if index < ask.pauses.len() {
                ask.pauses.remove(index);
            }
        });
    };
    view! {
        <fieldset class="calc-pause">
            <legend>{title.clone()}</legend>
            <div class="fields">
                <Moment desk place=Place::PauseFrom(index) label=named(words::PAUSE_FROM)/>
                <Moment desk place=Place::PauseTo(index) label=named(words::PAUSE_TO)/>
            </div>
            <button type="button" class="quiet" on:click=remove>{tr(words::PAUSE_REMOVE)}<span class="visually-hidden">" "{title}</span></button>
        </fieldset>
    }
    .into_any()
}
