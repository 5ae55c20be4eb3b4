//! Dates that a person entered (a promise, an extension): they stand as entered.
//! Must not compute a due time: no counting, no rolling, no pauses.

use chrono::{Datelike, Days, NaiveDate};

use super::LimitError;
use super::trace::{Due, Mark, Trace, TraceDay, strip};
use super::types::{Limit, Roll, Unit};
use crate::calendar::{Calendar, DayReason};
use crate::time::{Civil, MAX_YEAR, MIN_YEAR, end_of};

/// Due at the end of an entered date, or at closing time with `at_close`. Neither rolls nor moves with pauses.
/// A date before the start is due all the same: it was entered, and it is over.
pub fn due_on(start: Civil, date: NaiveDate, limit: &Limit, cal: &Calendar) -> Result<Due, LimitError> {
    let at = if limit.at_close { cal.close_of(date) } else { end_of(date) };
    let provisional = limit.at_close && cal.close_is_provisional(date);
    let mut due = stands(start, at, limit.clone(), cal)?;
    due.provisional = provisional;
    if let Some(day) = due.trace.days.last_mut() {
        day.provisional = provisional;
    }
    Ok(due)
}

/// Due at an entered instant; the calendar only says in the strip what kind of day each one is.
pub fn entered(start: Civil, at: Civil, cal: &Calendar) -> Result<Due, LimitError> {
    let limit = Limit { count: 0, unit: Unit::ByDate, roll: Roll::None, at_close: false };
    stands(start, at, limit, cal)
}

fn stands(start: Civil, due: Civil, limit: Limit, cal: &Calendar) -> Result<Due, LimitError> {
    super::check_start(start)?;
    if !(MIN_YEAR..=MAX_YEAR).contains(&due.year()) {
        return Err(LimitError::BeyondCalendar);
    }
    let last = due.date();
    let first = start.date().min(last);
    let length = last.signed_duration_since(first).num_days().unsigned_abs();
    let (days, elided) = strip(length as usize + 1, |index| {
        let date = first.checked_add_days(Days::new(index as u64))?;
        let mark = match index as u64 {
            number if number == length => Mark::Due(number as u32),
            0 => Mark::Start,
            number => Mark::Counted(number as u32),
        };
        let reason = cal.fact(date).map_or(DayReason::Weekday, |fact| fact.reason);
        Some(TraceDay { date, mark, provisional: false, reason })
    });
    Ok(Due { due, provisional: false, trace: Trace { start, limit, days, elided, pauses: Vec::new(), due } })
}
