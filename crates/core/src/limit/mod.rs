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

mod days;
mod entered;
mod error;
mod pauses;
mod run;
mod trace;
mod types;

use chrono::Datelike;

use crate::calendar::Calendar;
use crate::time::{Civil, MAX_YEAR, MIN_YEAR};

pub use entered::{due_on, entered};
pub use error::LimitError;
pub use trace::{Due, Effect, Mark, NoEffect, PauseEffect, Trace, TraceDay};
pub use types::*;

use days::Counting;
use pauses::Pauses;

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
    let count = limit.count;
    let answer = match limit.unit {
        Unit::Minute => run::continuous(&question, i64::from(count) * 60),
        Unit::Hour => run::continuous(&question, i64::from(count) * 3_600),
        Unit::WorkingMinute => run::working(&question, i64::from(count) * 60),
        Unit::WorkingHour => run::working(&question, i64::from(count) * 3_600),
        Unit::NaturalDay => days::counted(&question, Counting::Natural, count),
        Unit::WorkingDay => days::counted(&question, Counting::Working, count),
        Unit::SameDay => days::counted(&question, Counting::Natural, 0),
        Unit::NextDay => days::counted(&question, Counting::Natural, 1),
        Unit::Month => days::counted(&question, Counting::Natural, days::of_months(start.date(), count)?),
        Unit::ByDate => Err(LimitError::NeedsDate),
        Unit::None => Err(LimitError::Untimed),
    }?;
    match question.pauses.open() {
        Some(since) if question.pauses.reaches(&answer, since) => Err(LimitError::StillPaused { since }),
        _ => Ok(answer),
    }
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
