//! The calendar a clock names: a base for legal working days and, where given, the campus's own timetable.
//! Must not know limits or pauses.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::fact::{DayFact, DayReason};
use super::schedule::{Schedule, Window};
use super::statutory::Statutory;
use super::table::{in_range, is_weekend, weekdays};
use crate::time::{Civil, MAX_YEAR, end_of};

/// What decides legal working days.
#[derive(Clone, Debug)]
pub enum Base {
    /// Notices, make-up days and statutory festivals.
    Statutory(Arc<Statutory>),
    /// Monday to Friday, no holidays.
    Weekdays,
}

/// What decides whether a whole day works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DaysFrom {
    /// The base; the timetable serves working hours and closing time only.
    #[default]
    Base,
    /// The timetable: a day works when it has a window, see [`Calendar::windows`].
    Schedule,
}

/// A calendar. `DaysFrom::Schedule` without a schedule falls back to the base.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub base: Base,
    pub schedule: Option<Schedule>,
    pub days_from: DaysFrom,
}

impl Calendar {
    /// Statutory working days.
    pub fn statutory(statutory: Arc<Statutory>) -> Self {
        Self { base: Base::Statutory(statutory), schedule: None, days_from: DaysFrom::Base }
    }

    /// Monday to Friday.
    pub fn weekdays() -> Self {
        Self { base: Base::Weekdays, schedule: None, days_from: DaysFrom::Base }
    }

    /// Working days and hours of a campus. With a statutory base, statutory holidays close it as well.
    pub fn campus(schedule: Schedule, base: Base) -> Self {
        Self { base, schedule: Some(schedule), days_from: DaysFrom::Schedule }
    }

    /// The same calendar with hours; whole days are still decided by the base.
    pub fn with_hours(self, schedule: Schedule) -> Self {
        Self { schedule: Some(schedule), ..self }
    }

    /// The day as this calendar counts working days. `None` outside 2000–2099.
    pub fn fact(&self, date: NaiveDate) -> Option<DayFact> {
        match self.day_schedule() {
            Some(_) => self.hours_fact(date),
            None => self.base_fact(date),
        }
    }

    /// The day as the timetable sees it, whatever decides whole days; without a timetable the base.
    pub fn hours_fact(&self, date: NaiveDate) -> Option<DayFact> {
        let Some(schedule) = &self.schedule else { return self.base_fact(date) };
        if !in_range(date) {
            return None;
        }
        let windows = schedule.windows(date);
        let reason = match self.statutory_holiday(date) {
            Some(name) => DayReason::Holiday(name.into()),
            None if schedule.holidays().contains(&date) => DayReason::Closed,
            None => match (schedule.shifts().contains_key(&date), windows.is_empty()) {
                (true, true) => DayReason::Closed,
                (true, false) => DayReason::Shift(String::new()),
                (false, true) => DayReason::RestDay,
                (false, false) => DayReason::Weekday,
            },
        };
        // Where the timetable rests anyway, no notice can change the day: make-up days open no window.
        let provisional = !windows.is_empty() && self.base_provisional(date);
        Some(DayFact { date, working: !self.windows(date).is_empty(), reason, provisional })
    }

    /// The opening windows of a date, in order: the timetable's, and none on statutory holidays of a statutory base.
    /// A make-up working day opens nothing by itself. Empty without a timetable.
    pub fn windows(&self, date: NaiveDate) -> &[Window] {
        match &self.schedule {
            Some(schedule) if self.statutory_holiday(date).is_none() => schedule.windows(date),
            _ => &[],
        }
    }

    /// Close of business: the end of the date's last window; 23:59:59 when there is none or it ends at 24:00.
    pub fn close_of(&self, date: NaiveDate) -> Civil {
        let end = end_of(date);
        self.windows(date).last().map_or(end, |window| window.on(date).1.min(end))
    }

    /// Whether [`Calendar::close_of`] depends on a notice that is not known.
    pub fn close_is_provisional(&self, date: NaiveDate) -> bool {
        self.schedule.as_ref().is_some_and(|schedule| !schedule.windows(date).is_empty()) && self.base_provisional(date)
    }

    pub fn is_working(&self, date: NaiveDate) -> bool {
        match (self.day_schedule(), &self.base) {
            (Some(_), _) => in_range(date) && !self.windows(date).is_empty(),
            (None, Base::Statutory(statutory)) => statutory.is_working(date),
            (None, Base::Weekdays) => weekdays().has(date),
        }
    }

    /// Working days after `a`, up to and including `b`; 0 when `b` is not after `a`.
    pub fn working_days_between(&self, a: NaiveDate, b: NaiveDate) -> u32 {
        match (self.day_schedule(), &self.base) {
            (Some(schedule), _) => self.open_days_between(schedule, a, b),
            (None, Base::Statutory(statutory)) => statutory.working_days_between(a, b),
            (None, Base::Weekdays) => weekdays().between(a, b),
        }
    }

    /// The n-th working day after `date` (n from 1). `None` past 2099 or for n = 0.
    pub fn nth_working_day_after(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        match (self.day_schedule(), &self.base) {
            (Some(schedule), _) => self.nth_open_day(schedule, date, n),
            (None, Base::Statutory(statutory)) => statutory.nth_working_day_after(date, n),
            (None, Base::Weekdays) => weekdays().nth_after(date, n),
        }
    }

    /// `date` itself when it works, else the first working day after it.
    pub fn next_working_day_on_or_after(&self, date: NaiveDate) -> Option<NaiveDate> {
        if self.is_working(date) { Some(date) } else { self.nth_working_day_after(date, 1) }
    }

    /// Whether counting working days after `a`, up to and including `b`, depends on a notice that is not known.
    pub fn any_provisional(&self, a: NaiveDate, b: NaiveDate) -> bool {
        let Base::Statutory(statutory) = &self.base else { return false };
        if !statutory.any_provisional(a, b) {
            return false;
        }
        match self.day_schedule() {
            Some(schedule) => a
                .iter_days()
                .skip(1)
                .take_while(|date| *date <= b)
                .any(|date| statutory.provisional(date) && !schedule.windows(date).is_empty()),
            None => true,
        }
    }

    fn day_schedule(&self) -> Option<&Schedule> {
        self.schedule.as_ref().filter(|_| self.days_from == DaysFrom::Schedule)
    }

    fn base_fact(&self, date: NaiveDate) -> Option<DayFact> {
        match &self.base {
            Base::Statutory(statutory) => statutory.fact(date),
            Base::Weekdays if !in_range(date) => None,
            Base::Weekdays => {
                let reason = if is_weekend(date) { DayReason::Weekend } else { DayReason::Weekday };
                Some(DayFact { date, working: !is_weekend(date), reason, provisional: false })
            }
        }
    }

    fn base_provisional(&self, date: NaiveDate) -> bool {
        matches!(&self.base, Base::Statutory(statutory) if statutory.provisional(date))
    }

    fn statutory_holiday(&self, date: NaiveDate) -> Option<&str> {
        match &self.base {
            Base::Statutory(statutory) => statutory.holiday(date),
            Base::Weekdays => None,
        }
    }

    /// Whole weeks by multiplication, then a correction for each exceptional date in between.
    fn open_days_between(&self, schedule: &Schedule, a: NaiveDate, b: NaiveDate) -> u32 {
        let days = b.signed_duration_since(a).num_days();
        if days <= 0 {
            return 0;
        }
        let open = |date: NaiveDate| i64::from(!schedule.weekly(date).is_empty());
        let per_week = schedule.week().iter().filter(|windows| !windows.is_empty()).count() as i64;
        let rest: i64 = b.iter_days().rev().take((days % 7) as usize).map(open).sum();
        let correction: i64 =
            self.exceptions(schedule, a, b).map(|date| i64::from(!self.windows(date).is_empty()) - open(date)).sum();
        u32::try_from(days / 7 * per_week + rest + correction).unwrap_or(0)
    }

    /// Dates after `a` up to `b` that may differ from their weekday, each once.
    fn exceptions<'a>(
        &'a self,
        schedule: &'a Schedule,
        a: NaiveDate,
        b: NaiveDate,
    ) -> impl Iterator<Item = NaiveDate> + 'a {
        let range = move || (std::ops::Bound::Excluded(a), std::ops::Bound::Included(b));
        let closed = schedule.holidays().range(range()).copied();
        let shifted = schedule.shifts().range(range()).map(|(date, _)| *date);
        let statutory = match &self.base {
            Base::Statutory(statutory) => Some(statutory.holidays_between(a, b)),
            Base::Weekdays => None,
        };
        let not_closed = |date: &NaiveDate| !schedule.holidays().contains(date);
        let plain = move |date: &NaiveDate| not_closed(date) && !schedule.shifts().contains_key(date);
        closed.chain(shifted.filter(not_closed)).chain(statutory.into_iter().flatten().filter(plain))
    }

    /// Doubles the span until it holds enough open days, then halves it to the exact date.
    fn nth_open_day(&self, schedule: &Schedule, after: NaiveDate, n: u32) -> Option<NaiveDate> {
        let last = NaiveDate::from_ymd_opt(MAX_YEAR, 12, 31)?;
        if n == 0 || !in_range(after) {
            return None;
        }
        let whole = last.signed_duration_since(after).num_days().unsigned_abs();
        let holds = |span: u64| {
            let end = after.checked_add_days(Days::new(span)).unwrap_or(last);
            self.open_days_between(schedule, after, end) >= n
        };
        let mut high = u64::from(n).min(whole);
        while !holds(high) {
            if high == whole {
                return None;
            }
            high = (high * 2).min(whole);
        }
        let mut low = 0;
        while low + 1 < high {
            let middle = (low + high) / 2;
            if holds(middle) { high = middle } else { low = middle }
        }
        after.checked_add_days(Days::new(high))
    }
}
