//! Counting laws: from a start, a limit, a calendar and pauses to the last second in time, with the way there.
//! Must not know cases, packs or what time it is now.
//!
//! Decisions that the laws leave open:
//! - Counts start at 1; `month`, `natural_day` and `working_day` never count the day of the event.
//! - `roll` applies to `natural_day` and `month` and asks the calendar's own working days. `at_close` applies to all
//!   limits in days; a same-day limit that begins after closing ends at 24:00.
//! - Pauses act in the limit's own unit. In seconds: paused time does not run. In days: a day is not counted when the
//!   clock stands still at the moment that day would end (23:59:59, or closing time with `at_close`); a pause within
//!   one day therefore changes nothing, and a further pause never makes anything due earlier. A month is the number
//!   of days to its last day, counted the same way.
//! - A pause that has not ended makes the due time unknown ([`LimitError::StillPaused`]) unless the limit ends
//!   before it begins.
//! - Working time that runs out exactly at closing is due at closing; at 24:00 that is midnight of the next day.

mod backwards;
mod days;
mod entered;
mod error;
mod pauses;
mod run;
mod trace;
mod types;

use chrono::{Datelike, Duration};

use crate::calendar::Calendar;
use crate::time::{Civil, MAX_YEAR, MIN_YEAR, end_of};

pub use entered::{due_on, entered};
pub use error::LimitError;
pub use trace::{Amount, Due, Mark, NoEffect, PauseEffect, Trace, TraceDay};
pub use types::*;

use days::Counting;
use pauses::Pauses;
use run::Meter;

/// What every law is asked.
struct Question<'a> {
    start: Civil,
    limit: &'a Limit,
    calendar: &'a Calendar,
    pauses: Pauses,
}

/// The last second in time for `limit` that starts at `start`: on time means `done_at <= due`.
///
/// # Errors
/// See [`LimitError`]. `by_date` and `none` have no computed end: [`due_on`] and [`entered`] answer for those.
///
/// ```
/// use shouwen_core::{calendar::Calendar, limit::{Limit, Unit, due}, time};
/// let limit = Limit { count: 3, unit: Unit::WorkingDay, roll: Default::default(), at_close: false };
/// let friday = time::parse("2026-11-20T10:00:00").ok_or("time")?;
/// let answer = due(friday, &limit, &Calendar::weekdays(), &[]).map_err(|e| e.to_string())?;
/// assert_eq!(time::plain(answer.due), "2026-11-25T23:59:59");
/// # Ok::<(), String>(())
/// ```
pub fn due(start: Civil, limit: &Limit, cal: &Calendar, pauses: &[Pause]) -> Result<Due, LimitError> {
    check_start(start)?;
    check_count(limit)?;
    let question = Question { start, limit, calendar: cal, pauses: Pauses::new(pauses)? };
    let answer = match Meter::of(limit.unit, cal)? {
        Some(meter) => run::due(&question, meter),
        None => in_days(&question),
    }?;
    match question.pauses.open() {
        Some(since) if question.pauses.reaches(&answer, since) => Err(LimitError::StillPaused { since }),
        _ => Ok(answer),
    }
}

fn in_days(question: &Question) -> Result<Due, LimitError> {
    let count = question.limit.count;
    match question.limit.unit {
        Unit::WorkingDay => days::counted(question, Counting::Working, count),
        Unit::NaturalDay => days::counted(question, Counting::Natural, count),
        Unit::SameDay => days::counted(question, Counting::Natural, 0),
        Unit::NextDay => days::counted(question, Counting::Natural, 1),
        Unit::Month => days::counted(question, Counting::Natural, days::of_months(question.start.date(), count)?),
        Unit::ByDate => Err(LimitError::NeedsDate),
        _ => Err(LimitError::Untimed),
    }
}

/// Counted backwards: the last second by which something must be done that has to be done `limit` before `target`
/// (three working days before a hearing). Days: the end of the n-th day before the target's own, months: the same
/// date n months earlier or the last day of that month; time: the last instant from which the limit's time still
/// runs before the target. Nothing rolls and nothing pauses. The trace runs from the due day to the target's.
///
/// # Errors
/// As [`due`].
pub fn before(target: Civil, limit: &Limit, cal: &Calendar) -> Result<Due, LimitError> {
    check_start(target)?;
    check_count(limit)?;
    match Meter::of(limit.unit, cal)? {
        Some(meter) => run::before(target, limit, meter),
        None => backwards::counted(target, limit, cal),
    }
}

/// How much of a unit's time passed between two instants, pauses not regarded: seconds for limits in time, for
/// working days the working days, for all other units in days the days; the day of `start` never counts, that of
/// `end` does. A pause without an end reaches beyond `end`. The inverse of [`due`]:
/// `within(start, due(start, limit)) == limit` as long as nothing rolls.
///
/// # Errors
/// `EndBeforeStart`, starts and ends outside 2000–2099, pauses as for [`due`], and working time without a timetable.
pub fn within(start: Civil, end: Civil, unit: Unit, cal: &Calendar, pauses: &[Pause]) -> Result<Amount, LimitError> {
    check_start(start)?;
    check_start(end)?;
    if end < start {
        return Err(LimitError::EndBeforeStart { start, end });
    }
    let ended: Vec<Pause> = pauses
        .iter()
        .filter(|pause| pause.to.is_some() || pause.from <= end)
        // A day's last second must lie inside the pause for the day to be lost.
        .map(|pause| Pause {
            from: pause.from,
            to: Some(pause.to.unwrap_or(end_of(end.date()) + Duration::seconds(1))),
        })
        .collect();
    let pauses = Pauses::new(&ended)?;
    match Meter::of(unit, cal)? {
        Some(meter) => {
            let seconds = run::within(start, end, &pauses, meter);
            Ok(Amount::Seconds(u32::try_from(seconds).unwrap_or(u32::MAX)))
        }
        None => {
            let limit = Limit { count: 0, unit, roll: Roll::None, at_close: false };
            let question = Question { start, limit: &limit, calendar: cal, pauses };
            let counting = if unit == Unit::WorkingDay { Counting::Working } else { Counting::Natural };
            Ok(Amount::Days(days::passed(&question, counting, end.date())))
        }
    }
}

/// The first instant at which `seconds` of a unit in time have run since `from`; `None` for units in days, without a
/// timetable, for no seconds at all and beyond 2099.
pub(crate) fn run_out(from: Civil, seconds: i64, unit: Unit, cal: &Calendar) -> Option<Civil> {
    Meter::of(unit, cal).ok()??.after(from, seconds).filter(|at| at.year() <= MAX_YEAR)
}

fn check_start(start: Civil) -> Result<(), LimitError> {
    if (MIN_YEAR..=MAX_YEAR).contains(&start.year()) { Ok(()) } else { Err(LimitError::StartOutOfRange { start }) }
}

fn check_count(limit: &Limit) -> Result<(), LimitError> {
    let counted = !matches!(limit.unit, Unit::SameDay | Unit::NextDay | Unit::ByDate | Unit::None);
    match limit.count {
        0 if counted => Err(LimitError::ZeroCount { unit: limit.unit }),
        count if counted && count > MAX_COUNT => Err(LimitError::CountTooLarge { count }),
        _ => Ok(()),
    }
}
