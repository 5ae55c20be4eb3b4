//! Laws that count days: natural days, working days, same day, next day, months.
//! Must not know hours of the day, except for the moment at which a day ends.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::error::LimitError;
use super::pauses::Span;
use super::trace::{Amount, Due, Mark, NoEffect, PauseEffect, Trace, TraceDay, strip};
use super::types::{Roll, Unit};
use super::{Pauses, Question};
use crate::calendar::DayReason;
use crate::time::{Civil, MAX_YEAR, end_of};

/// Which days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
    Natural,
    Working,
}

/// Days from `start` to the same date `count` months later, or to the last day of that month.
pub(super) fn of_months(start: NaiveDate, count: u32) -> Result<u32, LimitError> {
    start
        .checked_add_months(Months::new(count))
        .filter(|date| date.year() <= MAX_YEAR)
        .and_then(|date| u32::try_from(date.signed_duration_since(start).num_days()).ok())
        .ok_or(LimitError::BeyondCalendar)
}

/// Due at the end of the `count`-th day after the start, the day of the start itself for 0.
pub(super) fn counted(question: &Question, counting: Counting, count: u32) -> Result<Due, LimitError> {
    let law = Law::new(question, counting);
    let nth = law.nth(count).ok_or(LimitError::BeyondCalendar)?;
    let last = if law.rolls() { law.rolled(nth) } else { Some(nth) }.ok_or(LimitError::BeyondCalendar)?;
    Ok(law.answer(count, nth, last))
}

/// Days that counted after the start, up to and including `last`.
pub(super) fn passed(question: &Question, counting: Counting, last: NaiveDate) -> u32 {
    Law::new(question, counting).ordinal(last)
}

/// A stretch of days at whose end the clock stands still, and the pause it comes from.
struct Still {
    first: NaiveDate,
    last: NaiveDate,
}

struct Law<'a> {
    question: &'a Question<'a>,
    counting: Counting,
    start: NaiveDate,
    /// One entry per pause, in order; `None` for a pause within one day.
    still: Vec<Option<Still>>,
}

impl<'a> Law<'a> {
    fn new(question: &'a Question<'a>, counting: Counting) -> Self {
        let mut law = Self { question, counting, start: question.start.date(), still: Vec::new() };
        law.still = law.pauses().closed().iter().map(|span| law.still_days(span)).collect();
        law
    }

    fn pauses(&self) -> &'a Pauses {
        &self.question.pauses
    }

    /// The moment at which a day ends for this limit.
    fn end_of(&self, date: NaiveDate) -> Civil {
        if !self.question.limit.at_close {
            return end_of(date);
        }
        let close = self.question.calendar.close_of(date);
        if close <= self.question.start && date == self.start { end_of(date) } else { close }
    }

    fn still_days(&self, span: &Span) -> Option<Still> {
        let (from, to) = (span.from.date(), span.to.date());
        let first = if self.end_of(from) >= span.from { from } else { from.succ_opt()? };
        let last = if self.end_of(to) < span.to { to } else { to.pred_opt()? };
        (first <= last).then_some(Still { first, last })
    }

    fn stills(&self) -> impl Iterator<Item = &Still> {
        self.still.iter().flatten()
    }

    fn is_still(&self, date: NaiveDate) -> bool {
        self.stills().any(|still| still.first <= date && date <= still.last)
    }

    /// The first day from `date` on that ends with the clock running.
    fn running(&self, date: NaiveDate) -> Option<NaiveDate> {
        let mut date = date;
        for still in self.stills() {
            if still.first <= date && date <= still.last {
                date = still.last.succ_opt()?;
            }
        }
        in_range(date)
    }

    /// Days of the counted kind after `a`, up to and including `b`, pauses not regarded.
    fn between(&self, a: NaiveDate, b: NaiveDate) -> u32 {
        match self.counting {
            Counting::Natural => u32::try_from(b.signed_duration_since(a).num_days()).unwrap_or(0),
            Counting::Working => self.question.calendar.working_days_between(a, b),
        }
    }

    /// Days of the counted kind within a still stretch, as far as it lies after `a` and not after `b`.
    fn lost(&self, still: &Still, a: NaiveDate, b: NaiveDate) -> u32 {
        let before = still.first.pred_opt().unwrap_or(still.first);
        self.between(before.max(a), still.last.min(b))
    }

    /// The n-th day that counts: each still stretch that the count reaches costs the days it covers.
    fn nth(&self, count: u32) -> Option<NaiveDate> {
        if count == 0 {
            return self.running(self.start);
        }
        let mut wanted = count;
        let mut day = self.nth_of_kind(wanted)?;
        for still in self.stills() {
            if still.first > day {
                break;
            }
            let lost = self.lost(still, self.start, still.last);
            if lost > 0 {
                wanted = wanted.checked_add(lost)?;
                day = self.nth_of_kind(wanted)?;
            }
        }
        Some(day)
    }

    fn nth_of_kind(&self, n: u32) -> Option<NaiveDate> {
        match self.counting {
            Counting::Natural => self.start.checked_add_days(Days::new(n.into())).and_then(in_range),
            Counting::Working => self.question.calendar.nth_working_day_after(self.start, n),
        }
    }

    /// Which number a day has that counts.
    fn ordinal(&self, date: NaiveDate) -> u32 {
        let lost: u32 = self.stills().map(|still| self.lost(still, self.start, date)).sum();
        self.between(self.start, date).saturating_sub(lost)
    }

    fn rolls(&self) -> bool {
        let limit = self.question.limit;
        limit.roll == Roll::NextWorkingDay && matches!(limit.unit, Unit::NaturalDay | Unit::Month)
    }

    /// The first working day from `date` on that ends with the clock running.
    fn rolled(&self, date: NaiveDate) -> Option<NaiveDate> {
        let mut date = date;
        loop {
            let working = self.question.calendar.next_working_day_on_or_after(date)?;
            date = self.running(working)?;
            if date == working {
                return Some(date);
            }
        }
    }

    fn answer(&self, count: u32, nth: NaiveDate, last: NaiveDate) -> Due {
        let due = self.end_of(last);
        let length = last.signed_duration_since(self.start).num_days() as usize + 1;
        let (days, elided) = strip(length, |index| {
            let date = self.start.checked_add_days(Days::new(index as u64))?;
            Some(self.trace_day(date, count, nth, last))
        });
        let pauses = self.pauses().closed().iter().zip(&self.still);
        let pauses = pauses.map(|(span, still)| self.effect(span, still.as_ref(), nth, last)).collect();
        let (start, limit) = (self.question.start, self.question.limit.clone());
        Due { due, provisional: self.provisional(nth, last), trace: Trace { start, limit, days, elided, pauses, due } }
    }

    fn provisional(&self, nth: NaiveDate, last: NaiveDate) -> bool {
        let calendar = self.question.calendar;
        let by_days = match self.counting {
            Counting::Working => calendar.any_provisional(self.start, last),
            Counting::Natural if self.rolls() => {
                nth.pred_opt().is_some_and(|before| calendar.any_provisional(before, last))
            }
            Counting::Natural => false,
        };
        by_days || self.close_is_provisional(last) || self.pause_hangs_on_close(last)
    }

    /// Whether any day's counting hangs on a notice; only days on which a pause begins or ends can.
    fn pause_hangs_on_close(&self, last: NaiveDate) -> bool {
        let edges = self.pauses().closed().iter().flat_map(|span| [span.from.date(), span.to.date()]);
        self.question.limit.at_close
            && edges.filter(|date| (self.start..=last).contains(date)).any(|date| self.hangs_on_close(date))
    }

    /// Whether a pause covers only one of the two ends that a day may still get: closing if it works, midnight if a
    /// notice closes it. Such a day counts or does not, as the notice will say.
    fn hangs_on_close(&self, date: NaiveDate) -> bool {
        let calendar = self.question.calendar;
        let Some(schedule) = calendar.schedule().filter(|_| self.question.limit.at_close) else { return false };
        let still = |at: Civil| self.pauses().closed().iter().any(|span| span.from <= at && at < span.to);
        let midnight = end_of(date);
        let close = schedule.windows(date).last().map_or(midnight, |window| window.on(date).1.min(midnight));
        calendar.close_is_provisional(date) && still(close) != still(midnight)
    }

    fn close_is_provisional(&self, last: NaiveDate) -> bool {
        self.question.limit.at_close && self.question.calendar.close_is_provisional(last)
    }

    fn trace_day(&self, date: NaiveDate, count: u32, nth: NaiveDate, last: NaiveDate) -> TraceDay {
        let fact = self.question.calendar.fact(date);
        let working = fact.as_ref().is_some_and(|fact| fact.working);
        let counts = working || self.counting == Counting::Natural;
        let mark = if date == last {
            Mark::Due(count)
        } else if date == self.start {
            Mark::Start
        } else if date > nth {
            if working && self.is_still(date) { Mark::Paused } else { Mark::Rolled }
        } else if !counts {
            Mark::Skipped
        } else if self.is_still(date) {
            Mark::Paused
        } else if date == nth {
            Mark::Rolled
        } else {
            Mark::Counted(self.ordinal(date))
        };
        let matters = match self.counting {
            Counting::Working => date > self.start,
            Counting::Natural => self.rolls() && date >= nth,
        };
        let provisional = matters && fact.as_ref().is_some_and(|fact| fact.provisional)
            || date == last && self.close_is_provisional(last)
            || self.hangs_on_close(date);
        TraceDay { date, mark, provisional, reason: fact.map_or(DayReason::Weekday, |fact| fact.reason) }
    }

    fn effect(&self, span: &Span, still: Option<&Still>, nth: NaiveDate, last: NaiveDate) -> PauseEffect {
        let days = still.map_or(0, |still| {
            let while_rolling = match still.first.pred_opt() {
                Some(before) => self.question.calendar.working_days_between(before.max(nth), still.last.min(last)),
                None => 0,
            };
            self.lost_to(still, nth) + while_rolling
        });
        let no_effect = (days == 0).then(|| match still {
            _ if span.to <= self.question.start => NoEffect::BeforeStart,
            _ if span.from > self.end_of(last) => NoEffect::AfterDue,
            None => NoEffect::WithinDay,
            Some(still) if still.last <= self.start => NoEffect::BeforeStart,
            Some(still) if still.first > last => NoEffect::AfterDue,
            Some(_) => NoEffect::RestDay,
        });
        PauseEffect { from: span.from, to: span.to, effect: Amount::Days(days), no_effect }
    }

    /// Days that a still stretch took from the count up to the n-th day.
    fn lost_to(&self, still: &Still, nth: NaiveDate) -> u32 {
        if self.question.limit.unit == Unit::SameDay {
            // The day of the event is the one that should have counted.
            let before = self.start.pred_opt().unwrap_or(self.start);
            return self.lost(still, before, nth);
        }
        self.lost(still, self.start, nth)
    }
}

fn in_range(date: NaiveDate) -> Option<NaiveDate> {
    (date.year() <= MAX_YEAR).then_some(date)
}
