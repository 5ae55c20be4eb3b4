//! Laws that count seconds: continuous time and time inside opening windows.
//! Must not know notices or how days are counted.

use chrono::{Datelike, Duration, NaiveDate};

use super::Question;
use super::error::LimitError;
use super::pauses::Span;
use super::trace::{Due, Effect, Mark, NoEffect, PauseEffect, Trace, TraceDay, strip};
use crate::calendar::{DayFact, DayReason};
use crate::time::{Civil, MAX_YEAR, start_of};

/// Minutes and hours that run through nights and holidays.
pub(super) fn continuous(question: &Question, seconds: i64) -> Result<Due, LimitError> {
    let mut run = Run::new(question, seconds);
    let mut date = question.start.date();
    let due = loop {
        let midnight = start_of(date) + Duration::days(1);
        if let Some(due) = run.piece(start_of(date), midnight) {
            break due;
        }
        run.close_day(date);
        date = following(date)?;
    };
    Ok(run.answer(date, due, |date| question.calendar.fact(date), |_| false))
}

/// Minutes and hours that run only while the timetable is open.
pub(super) fn working(question: &Question, seconds: i64) -> Result<Due, LimitError> {
    let calendar = question.calendar;
    let schedule = calendar.schedule.as_ref().ok_or(LimitError::NoSchedule)?;
    let mut run = Run::new(question, seconds);
    run.check_capacity(schedule)?;
    let mut date = question.start.date();
    let due = 'days: loop {
        for window in calendar.windows(date) {
            let (open, close) = window.on(date);
            if let Some(due) = run.piece(open, close) {
                break 'days due;
            }
        }
        run.close_day(date);
        date = following(date)?;
    };
    Ok(run.answer(date, due, |date| calendar.hours_fact(date), |fact| fact.provisional))
}

/// A count of seconds on its way down.
struct Run<'a> {
    question: &'a Question<'a>,
    left: i64,
    /// Seconds taken out by each pause.
    paused: Vec<i64>,
    /// Pauses before this one are over.
    next_pause: usize,
    /// Seconds that ran today, and whether a pause took some.
    today: Today,
    days: Vec<(NaiveDate, Today)>,
}

#[derive(Clone, Copy, Default)]
struct Today {
    ran: i64,
    paused: bool,
}

impl<'a> Run<'a> {
    fn new(question: &'a Question<'a>, seconds: i64) -> Self {
        let paused = vec![0; question.pauses.closed().len()];
        Self { question, left: seconds, paused, next_pause: 0, today: Today::default(), days: Vec::new() }
    }

    /// Refuses at once what cannot be worked off before 2100, so that no hopeless search begins.
    fn check_capacity(&self, schedule: &crate::calendar::Schedule) -> Result<(), LimitError> {
        let seconds = |windows: &Vec<crate::calendar::Window>| -> i64 {
            windows.iter().map(|window| i64::from(window.end_minute() - window.start_minute()) * 60).sum()
        };
        let week: i64 = schedule.week().iter().map(seconds).sum();
        let shifts: i64 = schedule.shifts().values().map(seconds).sum();
        let weeks = i64::from(MAX_YEAR + 1 - self.question.start.year()) * 53;
        if self.left > weeks * week + shifts { Err(LimitError::BeyondCalendar) } else { Ok(()) }
    }

    /// Lets time run from `from` to `to`, as far as it lies after the start and outside pauses.
    /// Returns the instant at which it runs out, `to` included.
    fn piece(&mut self, from: Civil, to: Civil) -> Option<Civil> {
        let mut at = from.max(self.question.start);
        let pauses = self.question.pauses.closed();
        while at < to {
            while pauses.get(self.next_pause).is_some_and(|pause| pause.to <= at) {
                self.next_pause += 1;
            }
            let pause = pauses.get(self.next_pause).filter(|pause| pause.from < to);
            let until = pause.map_or(to, |pause| pause.from.max(at));
            if let Some(due) = self.spend(at, until) {
                return Some(due);
            }
            let Some(pause) = pause else { break };
            let resumed = pause.to.min(to);
            self.paused[self.next_pause] += pause.overlap(until, to);
            self.today.paused = true;
            at = resumed;
        }
        None
    }

    fn spend(&mut self, from: Civil, to: Civil) -> Option<Civil> {
        let length = to.signed_duration_since(from).num_seconds();
        let ran = length.min(self.left);
        self.left -= ran;
        self.today.ran += ran;
        (self.left == 0).then(|| from + Duration::seconds(ran))
    }

    fn close_day(&mut self, date: NaiveDate) {
        self.days.push((date, std::mem::take(&mut self.today)));
    }

    fn answer(
        mut self,
        last: NaiveDate,
        due: Civil,
        fact: impl Fn(NaiveDate) -> Option<DayFact>,
        depends: impl Fn(&DayFact) -> bool,
    ) -> Due {
        self.close_day(last);
        let provisional = self.days.iter().any(|(date, _)| fact(*date).is_some_and(|fact| depends(&fact)));
        let (days, elided) = strip(self.days.len(), |index| {
            let (date, today) = *self.days.get(index)?;
            let fact = fact(date);
            let mark = mark(today, date == last, index == 0);
            let provisional = fact.as_ref().is_some_and(&depends);
            Some(TraceDay { date, mark, provisional, reason: fact.map_or(DayReason::Weekday, |fact| fact.reason) })
        });
        let pauses = self.question.pauses.closed().iter().zip(&self.paused);
        let pauses = pauses.map(|(span, seconds)| self.effect(span, *seconds, due)).collect();
        let (start, limit) = (self.question.start, self.question.limit.clone());
        Due { due, provisional, trace: Trace { start, limit, days, elided, pauses, due } }
    }

    fn effect(&self, span: &Span, seconds: i64, due: Civil) -> PauseEffect {
        let no_effect = (seconds == 0).then(|| {
            if span.to <= self.question.start {
                NoEffect::BeforeStart
            } else if span.from >= due {
                NoEffect::AfterDue
            } else {
                NoEffect::OutsideHours
            }
        });
        let effect = Effect::Seconds(u32::try_from(seconds).unwrap_or(u32::MAX));
        PauseEffect { from: span.from, to: span.to, effect, no_effect }
    }
}

fn mark(today: Today, is_last: bool, is_first: bool) -> Mark {
    let ran = u32::try_from(today.ran).unwrap_or(u32::MAX);
    match (is_last, ran, today.paused, is_first) {
        (true, ..) => Mark::Due(ran),
        (_, 0, true, _) => Mark::Paused,
        (_, 0, _, true) => Mark::Start,
        (_, 0, ..) => Mark::Skipped,
        _ => Mark::Ran(ran),
    }
}

/// The next day, up to the end of 2099.
fn following(date: NaiveDate) -> Result<NaiveDate, LimitError> {
    date.succ_opt().filter(|next| next.year() <= MAX_YEAR).ok_or(LimitError::BeyondCalendar)
}
