//! Laws that count seconds: continuous time and time inside opening windows.
//! Must not know notices or how days are counted; no loop over days except for those that the strip shows.

use chrono::{Datelike, Duration, NaiveDate};

use super::error::LimitError;
use super::pauses::{Pauses, Span};
use super::trace::{Amount, Due, Mark, NoEffect, PauseEffect, Trace, TraceDay, strip};
use super::types::Unit;
use super::{Limit, Question};
use crate::calendar::{Calendar, DayFact, DayReason};
use crate::time::{Civil, MAX_YEAR, MIN_YEAR, start_of};

/// What makes a limit's time run.
#[derive(Clone, Copy)]
pub(super) enum Meter<'a> {
    /// Through nights and holidays.
    Always(&'a Calendar),
    /// Only while the timetable is open.
    Open(&'a Calendar),
}

impl<'a> Meter<'a> {
    /// The meter of a unit in time; `None` for units in days.
    pub fn of(unit: Unit, calendar: &'a Calendar) -> Result<Option<Self>, LimitError> {
        match unit {
            Unit::Minute | Unit::Hour => Ok(Some(Meter::Always(calendar))),
            Unit::WorkingMinute | Unit::WorkingHour if calendar.schedule().is_none() => Err(LimitError::NoSchedule),
            Unit::WorkingMinute | Unit::WorkingHour => Ok(Some(Meter::Open(calendar))),
            _ => Ok(None),
        }
    }

    /// Seconds that ran from the beginning of 2000 up to `at`.
    fn until(self, at: Civil) -> i64 {
        match self {
            Meter::Always(_) => at.signed_duration_since(Civil::default()).num_seconds(),
            Meter::Open(calendar) => calendar.open_seconds_until(at),
        }
    }

    /// Seconds that ran between two instants; 0 when they stand the wrong way round.
    pub fn between(self, from: Civil, to: Civil) -> i64 {
        if to <= from { 0 } else { self.until(to) - self.until(from) }
    }

    /// The first instant at which `seconds` have run since `from` (`seconds` above 0).
    pub fn after(self, from: Civil, seconds: i64) -> Option<Civil> {
        match self {
            Meter::Always(_) => from.checked_add_signed(Duration::seconds(seconds)),
            Meter::Open(calendar) => calendar.open_seconds_reached(self.until(from) + seconds),
        }
    }

    /// The last instant from which `seconds` still run until `to`.
    fn before(self, to: Civil, seconds: i64) -> Option<Civil> {
        match self {
            Meter::Always(_) => to.checked_sub_signed(Duration::seconds(seconds)),
            Meter::Open(calendar) => calendar.open_seconds_left(self.until(to) - seconds),
        }
    }

    fn fact(self, date: NaiveDate) -> Option<DayFact> {
        match self {
            Meter::Always(calendar) => calendar.fact(date),
            Meter::Open(calendar) => calendar.hours_fact(date),
        }
    }

    /// Whether the hours of any day from `first` to `last` depend on a notice that is not known.
    fn provisional(self, first: NaiveDate, last: NaiveDate) -> bool {
        match self {
            Meter::Always(_) => false,
            Meter::Open(calendar) => calendar.hours_provisional(first.pred_opt().unwrap_or(first), last),
        }
    }
}

/// Seconds of a limit in time.
pub(super) fn seconds_of(limit: &Limit) -> i64 {
    let unit = if matches!(limit.unit, Unit::Minute | Unit::WorkingMinute) { 60 } else { 3_600 };
    i64::from(limit.count) * unit
}

/// Due when the limit's seconds have run from the start on, pauses not regarded as running.
pub(super) fn due(question: &Question, meter: Meter) -> Result<Due, LimitError> {
    let (mut at, mut left) = (question.start, seconds_of(question.limit));
    for pause in question.pauses.closed().iter().filter(|pause| pause.to > question.start) {
        let ran = meter.between(at, pause.from);
        if ran >= left {
            break;
        }
        left -= ran;
        at = pause.to;
    }
    let due = meter.after(at, left).ok_or(LimitError::BeyondCalendar)?;
    // What runs out at 24:00 belongs to the day that ends, not to the one that begins.
    let last = (due - Duration::seconds(1)).date();
    if last.year() > MAX_YEAR {
        return Err(LimitError::BeyondCalendar);
    }
    Ok(Walk { meter, from: question.start, to: due, first: question.start.date(), last, pauses: &question.pauses }
        .answer(question.start, due, question.limit, last))
}

/// The last instant from which the limit's seconds still run before `target`.
pub(super) fn before(target: Civil, limit: &Limit, meter: Meter) -> Result<Due, LimitError> {
    let due = meter.before(target, seconds_of(limit)).ok_or(LimitError::BeyondCalendar)?;
    if due.year() < MIN_YEAR {
        return Err(LimitError::BeyondCalendar);
    }
    let (first, last) = (due.date(), target.date());
    let pauses = Pauses::default();
    Ok(Walk { meter, from: due, to: target, first, last, pauses: &pauses }.answer(target, due, limit, first))
}

/// Seconds that ran between two instants.
pub(super) fn within(from: Civil, to: Civil, pauses: &Pauses, meter: Meter) -> i64 {
    let paused: i64 = pauses.closed().iter().map(|pause| meter.between(pause.from.max(from), pause.to.min(to))).sum();
    meter.between(from, to) - paused
}

/// The stretch that a limit runs over.
struct Walk<'a> {
    meter: Meter<'a>,
    from: Civil,
    to: Civil,
    first: NaiveDate,
    last: NaiveDate,
    pauses: &'a Pauses,
}

impl Walk<'_> {
    /// `due_day`: the day that carries the due mark, at the beginning or at the end of the strip.
    fn answer(&self, start: Civil, due: Civil, limit: &Limit, due_day: NaiveDate) -> Due {
        let length = self.last.signed_duration_since(self.first).num_days() as usize + 1;
        let (days, elided) = strip(length, |index| {
            let date = self.first.checked_add_signed(Duration::days(index as i64))?;
            Some(self.day(date, start, due_day))
        });
        let pauses = self.pauses.closed().iter().map(|span| self.effect(span)).collect();
        let provisional = self.meter.provisional(self.first, self.last);
        Due { due, provisional, trace: Trace { start, limit: limit.clone(), days, elided, pauses, due } }
    }

    fn day(&self, date: NaiveDate, start: Civil, due_day: NaiveDate) -> TraceDay {
        let (from, to) = (start_of(date).max(self.from), (start_of(date) + Duration::days(1)).min(self.to));
        let paused: i64 =
            self.pauses.closed().iter().map(|pause| self.meter.between(pause.from.max(from), pause.to.min(to))).sum();
        let ran = u32::try_from(self.meter.between(from, to) - paused).unwrap_or(0);
        let mark = match ran {
            _ if date == due_day => Mark::Due(ran),
            0 if paused > 0 => Mark::Paused,
            0 if date == start.date() => Mark::Start,
            0 => Mark::Skipped,
            _ => Mark::Ran(ran),
        };
        let provisional = self.meter.provisional(date, date);
        let reason = self.meter.fact(date).map_or(DayReason::Weekday, |fact| fact.reason);
        TraceDay { date, mark, provisional, reason }
    }

    fn effect(&self, span: &Span) -> PauseEffect {
        let seconds = self.meter.between(span.from.max(self.from), span.to.min(self.to));
        let no_effect = (seconds == 0).then_some(if span.to <= self.from {
            NoEffect::BeforeStart
        } else if span.from >= self.to {
            NoEffect::AfterDue
        } else {
            NoEffect::OutsideHours
        });
        let effect = Amount::Seconds(u32::try_from(seconds).unwrap_or(u32::MAX));
        PauseEffect { from: span.from, to: span.to, effect, no_effect }
    }
}
