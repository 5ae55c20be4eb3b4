//! Days counted backwards from a target.
//! Must not know pauses or rolling: neither applies backwards.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::error::LimitError;
use super::trace::{Due, Mark, Trace, TraceDay, strip};
use super::types::{Limit, Unit};
use crate::calendar::{Calendar, DayReason};
use crate::time::{Civil, MIN_YEAR, end_of};

/// Due at the end of the n-th day before the target's.
pub(super) fn counted(target: Civil, limit: &Limit, cal: &Calendar) -> Result<Due, LimitError> {
    let last = target.date();
    let day = match limit.unit {
        Unit::WorkingDay => cal.nth_working_day_before(last, limit.count),
        Unit::NaturalDay => last.checked_sub_days(Days::new(limit.count.into())),
        Unit::Month => last.checked_sub_months(Months::new(limit.count)),
        Unit::SameDay => Some(last),
        Unit::NextDay => last.pred_opt(),
        Unit::ByDate => return Err(LimitError::NeedsDate),
        _ => return Err(LimitError::Untimed),
    };
    let day = day.filter(|day| day.year() >= MIN_YEAR).ok_or(LimitError::BeyondCalendar)?;
    let due = if limit.at_close { cal.close_of(day) } else { end_of(day) };
    let working = limit.unit == Unit::WorkingDay;
    let length = last.signed_duration_since(day).num_days() as usize + 1;
    let (days, elided) = strip(length, |index| {
        let date = day.checked_add_days(Days::new(index as u64))?;
        let fact = cal.fact(date);
        let mark = mark(date, day, last, working, cal);
        let provisional = working && date < last && fact.as_ref().is_some_and(|fact| fact.provisional);
        Some(TraceDay { date, mark, provisional, reason: fact.map_or(DayReason::Weekday, |fact| fact.reason) })
    });
    let by_days =
        working && last.pred_opt().is_some_and(|before| cal.any_provisional(day.pred_opt().unwrap_or(day), before));
    let provisional = by_days || limit.at_close && cal.close_is_provisional(day);
    let trace = Trace { start: target, limit: limit.clone(), days, elided, pauses: Vec::new(), due };
    Ok(Due { due, provisional, trace })
}

fn mark(date: NaiveDate, day: NaiveDate, last: NaiveDate, working: bool, cal: &Calendar) -> Mark {
    let natural = u32::try_from(last.signed_duration_since(date).num_days()).unwrap_or(0);
    let before_last = last.pred_opt().unwrap_or(last);
    let number = match date.pred_opt() {
        Some(before) if working => cal.working_days_between(before, before_last),
        _ => natural,
    };
    match () {
        () if date == day => Mark::Due(number),
        () if date == last => Mark::Start,
        () if working && !cal.is_working(date) => Mark::Skipped,
        () => Mark::Counted(number),
    }
}
