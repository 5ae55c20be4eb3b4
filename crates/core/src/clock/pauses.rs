//! The pauses of a clock, read off the log: planned ends, resumptions, and the rule's cap in the clock's own unit.
//! Must not know the present time: a cap that lies ahead simply ends the pause then.

use chrono::Duration;

use crate::calendar::Calendar;
use crate::case::{ALL_CLOCKS, Body, Case};
use crate::limit::{self, Amount, Limit, Pause, Unit};
use crate::order::Order as _;
use crate::pack::Clock;
use crate::time::Civil;

/// The clock's pauses as they act, in order, disjoint. A pause of all clocks acts on every clock that may be paused,
/// also on one that starts while it lasts: so no pause is lost when the class changes.
pub(super) fn of(case: &Case, clock: &Clock, limit: Option<&Limit>, calendar: &Calendar) -> Vec<Pause> {
    let Some(rule) = &clock.pause else { return Vec::new() };
    let spans = merged(logged(case, &clock.id));
    match (rule.cap, limit) {
        (Some(cap), Some(limit)) => capped(spans, cap, limit.unit, calendar),
        _ => spans,
    }
}

/// What the log says, by the time at which it happened.
fn logged(case: &Case, clock: &str) -> Vec<Pause> {
    let mine = |id: &str| id == clock || id == ALL_CLOCKS;
    let mut marks: Vec<(Civil, &Body)> = case
        .in_force()
        .filter(|(_, body)| match body {
            Body::Paused { clock, .. } | Body::Resumed { clock, .. } => mine(clock),
            _ => false,
        })
        .map(|(event, body)| (event.at, body))
        .collect();
    // Stable: what happened in the same second stays in the order of the log.
    marks.order_by_key(|(at, _)| *at);
    let mut spans: Vec<Pause> = Vec::new();
    for (at, body) in marks {
        match body {
            Body::Paused { until, .. } => spans.push(Pause { from: at, to: until.filter(|until| *until > at) }),
            _ => {
                for span in spans.iter_mut().filter(|span| span.to.is_none_or(|to| to > at)) {
                    span.to = Some(at);
                }
            }
        }
    }
    spans
}

fn merged(mut spans: Vec<Pause>) -> Vec<Pause> {
    spans.order_by_key(|span| span.from);
    let mut list: Vec<Pause> = Vec::new();
    for span in spans {
        match list.last_mut() {
            Some(last) if last.to.is_none_or(|to| to >= span.from) => {
                last.to = last.to.zip(span.to).map(|(a, b)| a.max(b));
            }
            _ => list.push(span),
        }
    }
    list
}

/// Ends the pause in which the allowed time is used up, and drops those after it.
fn capped(spans: Vec<Pause>, cap: u32, unit: Unit, calendar: &Calendar) -> Vec<Pause> {
    let mut left = match unit {
        Unit::Minute | Unit::WorkingMinute => i64::from(cap) * 60,
        Unit::Hour | Unit::WorkingHour => i64::from(cap) * 3_600,
        _ => i64::from(cap),
    };
    let mut list = Vec::new();
    for span in spans {
        let Some(end) = used_up(span.from, left, unit, calendar) else {
            // Beyond the tables: the cap cannot be reached.
            list.push(span);
            continue;
        };
        let to = span.to.map_or(end, |to| to.min(end));
        left -= used(span.from, to, unit, calendar);
        list.push(Pause { from: span.from, to: Some(to) });
        if left <= 0 {
            break;
        }
    }
    list
}

/// When `left` of the unit have passed since `from`. A day is lost when its last second lies inside the pause, so the
/// day on which the pause begins is the first one lost.
fn used_up(from: Civil, left: i64, unit: Unit, calendar: &Calendar) -> Option<Civil> {
    if unit.in_time() {
        return limit::run_out(from, left, unit, calendar);
    }
    let count = u32::try_from(left).ok()?;
    let limit = Limit { count, unit, roll: Default::default(), at_close: false };
    Some(limit::due(from - Duration::days(1), &limit, calendar, &[]).ok()?.due + Duration::seconds(1))
}

fn used(from: Civil, to: Civil, unit: Unit, calendar: &Calendar) -> i64 {
    let day = if unit.in_time() { Duration::zero() } else { Duration::days(1) };
    match limit::within(from - day, to - day, unit, calendar, &[]) {
        Ok(Amount::Seconds(amount) | Amount::Days(amount)) => i64::from(amount),
        Err(_) => 0,
    }
}
