//! How a clock looks: chip, strip of days, and the reasoning. Draws what it is given.

use chrono::Datelike;
use leptos::prelude::*;
use shouwen_core::calendar::DayReason;
use shouwen_core::clock::{Run, State};
use shouwen_core::limit::{Mark, Trace, TraceDay};
use shouwen_core::pack::{Clock, Pack};
use shouwen_core::time::Civil;

use wasm_bindgen::JsCast;

use crate::i18n::{clocks, common, fill, proof, reminders, role_label, say, time, tr};
use crate::state::use_app;

/// The style word of a state.
pub fn state_class(state: State, soft: bool) -> &'static str {
    match state {
        State::Overdue if !soft => "late",
        State::Overdue | State::DueSoon | State::ValueMissing | State::DateMissing | State::Failed => "soon",
        State::Met => "ok",
        State::MetLate if !soft => "late",
        _ => "",
    }
}

/// State and countdown as a chip.
#[component]
pub fn StateChip(
    /// State at an instant; asked again as time goes by.
    #[prop(into)]
    state: Callback<Civil, State>,
    soft: bool,
    since: Civil,
    due: Option<Civil>,
) -> impl IntoView {
    let now = use_app().now;
    let class = move || format!("chip num {}", state_class(state.run(now.get()), soft));
    view! { <span class=class>{move || clocks::countdown(state.run(now.get()), soft, since, due, now.get())}</span> }
}

/// The strip: every day of a limit, with its reason. Shape and letter carry the meaning, colour only helps.
/// It is one stop for the keyboard; arrows go from day to day, and the day's reason stands below.
#[component]
pub fn Strip(trace: Trace) -> impl IntoView {
    let told = RwSignal::new(String::new());
    let backward = trace.days.first().is_some_and(|day| matches!(day.mark, Mark::Due(_))) && trace.due < trace.start;
    let cut = if trace.elided > 0 { trace.days.len() / 2 } else { usize::MAX };
    let mut cells: Vec<AnyView> = Vec::new();
    for (index, day) in trace.days.iter().enumerate() {
        if index == cut {
            let words = fill(clocks::DAYS_LEFT_OUT, &[("n", &trace.elided.to_string())]);
            cells.push(view! { <li class="gap">{words}</li> }.into_any());
        }
        let begins = index == 0 || index == cut || day.date.day() == 1;
        let years = begins && (index == 0 || day.date.month() == 1);
        let month = begins.then(|| fill(MONTH, &[("n", &day.date.month().to_string())]));
        let year = years.then(|| day.date.year().to_string());
        cells.push(day_cell(day, &trace, backward, year, month));
    }
    // A day that gets the focus, by keys or by a tap, is explained below.
    let tell = move |event: leptos::ev::FocusEvent| {
        let day = element(event.target());
        told.set(day.and_then(|day| day.get_attribute("title")).unwrap_or_default());
    };
    view! {
        <ol class="strip" tabindex="0" aria-label=tr(clocks::STRIP_LABEL) aria-description=tr(clocks::STRIP_HELP)
            on:focusin=tell on:keydown=step>{cells}</ol>
        <p class="strip-say small noprint" aria-live="polite">{told}</p>
    }
}

fn element(target: Option<web_sys::EventTarget>) -> Option<web_sys::HtmlElement> {
    target.and_then(|target| target.dyn_into().ok())
}

/// Moves the focus along the days.
fn step(event: leptos::ev::KeyboardEvent) {
    let Some(now) = element(event.target()) else { return };
    let inside = now.tag_name() == "LI";
    let forward = match event.key().as_str() {
        "ArrowRight" => true,
        "ArrowLeft" => false,
        _ => return,
    };
    let mut next = match (inside, forward) {
        (true, true) => now.next_element_sibling(),
        (true, false) => now.previous_element_sibling(),
        (false, true) => now.first_element_child(),
        (false, false) => now.last_element_child(),
    };
    // The gap of a long strip is no day.
    while let Some(cell) = next.take() {
        if cell.has_attribute("title") {
            event.prevent_default();
            if let Ok(cell) = cell.dyn_into::<web_sys::HtmlElement>() {
                let _ = cell.focus();
            }
            return;
        }
        next = if forward { cell.next_element_sibling() } else { cell.previous_element_sibling() };
    }
}

/// `month` and `year` stand before the first cell of a month, so that the strip can be laid beside a calendar.
fn day_cell(day: &TraceDay, trace: &Trace, backward: bool, year: Option<String>, month: Option<String>) -> AnyView {
    let class = match day.mark {
        Mark::Due(_) => "due",
        Mark::Start => "start",
        Mark::Counted(_) if matches!(day.reason, DayReason::Shift(_)) => "shift",
        Mark::Counted(_) | Mark::Ran(_) => "",
        Mark::Skipped => "rest",
        Mark::Paused => "pause",
        Mark::Rolled => "roll",
    };
    let class = format!("{class}{}", if day.provisional { " maybe" } else { "" });
    let title = clocks::day_words(day, trace, backward);
    let number = day.date.day().to_string();
    let sign = clocks::day_sign(day, backward);
    let week = time::weekday(day.date);
    view! { <li class=class title=title data-year=year data-month=month tabindex="-1">{week}<b>{number}</b>{sign}</li> }
        .into_any()
}

/// What the signs of strips mean; folded away, or open on paper.
#[component]
pub fn Legend(#[prop(optional)] open: bool) -> impl IntoView {
    let signs = [
        ("start", clocks::DAY_START, clocks::LEGEND_START),
        ("", LEGEND_NUMBER, clocks::LEGEND_COUNTED),
        ("shift", clocks::DAY_SHIFT, clocks::LEGEND_SHIFT),
        ("", LEGEND_TIME, clocks::LEGEND_RAN),
        ("rest", clocks::DAY_REST, clocks::LEGEND_REST),
        ("pause", clocks::DAY_PAUSED, clocks::LEGEND_PAUSED),
        ("roll", clocks::DAY_ROLLED, clocks::LEGEND_ROLLED),
        ("due", clocks::DAY_DUE, clocks::LEGEND_DUE),
        ("maybe", LEGEND_NUMBER, clocks::LEGEND_MAYBE),
    ];
    let rows: Vec<AnyView> = signs
        .into_iter()
        .map(|(class, sign, words)| {
            let class = format!("sign {class}");
            view! { <div><dt><span class=class>{tr(sign)}</span></dt><dd>{tr(words)}</dd></div> }.into_any()
        })
        .collect();
    view! { <details class="legend small" open=open><summary>{tr(clocks::LEGEND)}</summary><dl>{rows}</dl></details> }
}

crate::texts! {
    MONTH = "{n}月" | "/{n}";
    LEGEND_NUMBER = "3" | "3";
    LEGEND_TIME = "7时" | "7h";
}

/// One clock of a case in full: name, state, span, strip and reasoning.
#[component]
pub fn ClockLine(run: Run, clock: Clock, pack: Pack, by_schedule: bool) -> impl IntoView {
    let now = use_app().at_once();
    let over = !run.state(now).is_open();
    let soft = run.is_soft();
    let due = run.due.as_ref().map(|due| due.due);
    let since = run.start.unwrap_or(run.since);
    let owners = owners(&clock, &pack);
    let line = clock_span(&run, &clock, &pack, by_schedule, now);
    let mut lines = clocks::explain(&run, &clock, &pack, by_schedule, now);
    if clock.pause.is_none() && !over && due.is_some() {
        lines.push(tr(reminders::NEVER_PAUSES).to_owned());
    }
    let sentence = run.due.as_ref().map(|due| proof::proof(due, now));
    let strip = run.due.as_ref().filter(|due| due.trace.days.len() > 1).map(|due| due.trace.clone());
    let provisional = run.due.as_ref().is_some_and(|due| due.provisional);
    let class = if over { "clock over" } else { "clock" };
    let judged = run.clone();
    let state = Callback::new(move |now| judged.state(now));
    view! {
        <div class=class data-clock=clock.id.clone()>
            <div class="top">
                <b>{say(&clock.label)}</b>
                <span class="inline">
                    {provisional.then(|| view! { <span class="chip soon">{tr(common::PROVISIONAL)}</span> })}
                    <StateChip state soft since due/>
                </span>
            </div>
            <p class="small muted num">{line}</p>
            {sentence.map(|sentence| view! { <p class="small num proof">{sentence}</p> })}
            <p class="small muted">{owners}</p>
            {(!over).then(|| strip.map(|trace| view! { <Strip trace/> }))}
            <details class="small">
                <summary>{tr(common::WHY)}<span class="visually-hidden">" "{say(&clock.label)}</span></summary>
                <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            </details>
        </div>
    }
}

fn owners(clock: &Clock, pack: &Pack) -> String {
    let names: Vec<String> = clock.owner.iter().map(|id| role_label(pack, id)).collect();
    format!("{} · {}", clocks::kind_word(clock.kind), names.join("、"))
}

/// `5 个工作日 · 法定工作日 · 11月19日 09:20 → 11月26日 24:00`
fn clock_span(run: &Run, clock: &Clock, pack: &Pack, by_schedule: bool, now: Civil) -> String {
    let limit = clock.limit.as_ref().map(clocks::limit_words);
    let Some(start) = run.start else { return clocks::after_event(clock, pack) };
    let mut parts: Vec<String> = limit.into_iter().collect();
    let calendar = clock.limit.as_ref().and_then(|limit| clocks::calendar_word(limit, clock.calendar, by_schedule));
    parts.extend(calendar.map(str::to_owned));
    match (run.done_at, run.due.as_ref()) {
        (Some(done), _) => {
            parts.push(format!("{} → {} {}", time::moment(start, now), tr(common::DONE), time::moment(done, now)))
        }
        (None, Some(due)) => parts.push(format!("{} → {}", time::moment(start, now), time::moment(due.due, now))),
        (None, None) => parts.push(time::moment(start, now)),
    }
    parts.join(" · ")
}
