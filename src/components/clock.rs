//! How a clock looks: chip, strip of days, and the reasoning. Draws what it is given.

use leptos::prelude::*;
use shouwen_core::calendar::DayReason;
use shouwen_core::clock::{Run, State};
use shouwen_core::limit::{Mark, Trace, TraceDay};
use shouwen_core::pack::{Clock, Pack};
use shouwen_core::time::Civil;

use crate::i18n::{clocks, common, fill, say, time, tr};
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
#[component]
pub fn Strip(trace: Trace) -> impl IntoView {
    let elided = trace.elided;
    let cut = if elided > 0 { 30 } else { usize::MAX };
    let days: Vec<AnyView> = trace
        .days
        .iter()
        .enumerate()
        .flat_map(|(index, day)| {
            let gap = (index == cut).then(|| {
                let words = fill(clocks::DAYS_LEFT_OUT, &[("n", &elided.to_string())]);
                view! { <li class="gap" style:width="auto">{words}</li> }.into_any()
            });
            gap.into_iter().chain([day_cell(day)])
        })
        .collect();
    view! { <ol class="strip" aria-label=tr(clocks::STRIP_LABEL)>{days}</ol> }
}

fn day_cell(day: &TraceDay) -> AnyView {
    let shift = matches!(day.reason, DayReason::Shift(_));
    let (class, letter) = match day.mark {
        Mark::Due(_) => ("due", tr(clocks::DAY_DUE).to_owned()),
        Mark::Start => ("start", tr(clocks::DAY_START).to_owned()),
        Mark::Counted(n) if shift => ("shift", format!("{}{n}", tr(clocks::DAY_SHIFT))),
        Mark::Counted(n) => ("", n.to_string()),
        Mark::Ran(_) => ("", String::new()),
        Mark::Skipped => ("rest", short_reason(&day.reason)),
        Mark::Paused => ("pause", tr(clocks::DAY_PAUSED).to_owned()),
        Mark::Rolled => ("roll", tr(clocks::DAY_ROLLED).to_owned()),
    };
    let class = format!("{class}{}", if day.provisional { " maybe" } else { "" });
    let reason = clocks::day_reason(&day.reason);
    let provisional = if day.provisional { format!(" · {}", tr(common::PROVISIONAL)) } else { String::new() };
    let title = format!("{} {reason}{provisional}", time::long_date(day.date));
    let number = chrono::Datelike::day(&day.date).to_string();
    view! { <li class=class title=title>{time::weekday(day.date)}<b>{number}</b>{letter}</li> }.into_any()
}

/// Two letters of the holiday's name fit a cell; weekends say 休.
fn short_reason(reason: &DayReason) -> String {
    match reason {
        DayReason::Holiday(name) => name.chars().take(2).collect(),
        _ => tr(clocks::DAY_REST).to_owned(),
    }
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
    let line = clock_span(&run, &clock, &pack, now);
    let lines = clocks::explain(&run, &clock, &pack, by_schedule, now);
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
    let names: Vec<String> = clock
        .owner
        .iter()
        .map(|id| pack.roles.iter().find(|role| role.id == *id).map_or_else(|| id.clone(), |role| say(&role.label)))
        .collect();
    format!("{} · {}", clocks::kind_word(clock.kind), names.join("、"))
}

/// `5 个工作日 · 11月19日 09:20 → 11月26日 24:00`
fn clock_span(run: &Run, clock: &Clock, pack: &Pack, now: Civil) -> String {
    let limit = clock.limit.as_ref().map(clocks::limit_words);
    let Some(start) = run.start else { return clocks::after_event(clock, pack) };
    let mut parts: Vec<String> = limit.into_iter().collect();
    match (run.done_at, run.due.as_ref()) {
        (Some(done), _) => {
            parts.push(format!("{} → {} {}", time::moment(start, now), tr(common::DONE), time::moment(done, now)))
        }
        (None, Some(due)) => parts.push(format!("{} → {}", time::moment(start, now), time::moment(due.due, now))),
        (None, None) => parts.push(time::moment(start, now)),
    }
    parts.join(" · ")
}
