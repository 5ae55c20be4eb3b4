//! The calendar a clock names: a base for legal working days and, where given, the campus's own timetable.
//! Must not know limits or pauses.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use super::fact::{DayFact, DayReason};
use super::hours::{OpenTable, earliest_in, latest_in};
use super::schedule::{Schedule, Window};
use super::statutory::Statutory;
use super::table::{in_range, is_weekend, weekdays};
use crate::time::{Civil, end_of};

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
    base: Base,
    schedule: Option<Schedule>,
    days_from: DaysFrom,
    /// Built when first needed, a fraction of a millisecond; clones share it.
    table: Arc<OnceLock<OpenTable>>,
}

impl Calendar {
    fn new(base: Base, schedule: Option<Schedule>, days_from: DaysFrom) -> Self {
        Self { base, schedule, days_from, table: Arc::default() }
    }

    /// Statutory working days.
    pub fn statutory(statutory: Arc<Statutory>) -> Self {
        Self::new(Base::Statutory(statutory), None, DaysFrom::Base)
    }

    /// Monday to Friday.
    pub fn weekdays() -> Self {
        Self::new(Base::Weekdays, None, DaysFrom::Base)
    }

    /// Working days and hours of a campus. With a statutory base, statutory holidays close it as well.
    pub fn campus(schedule: Schedule, base: Base) -> Self {
        Self::new(base, Some(schedule), DaysFrom::Schedule)
    }

    /// The same calendar with hours; whole days are still decided by the base.
    pub fn with_hours(self, schedule: Schedule) -> Self {
        Self::new(self.base, Some(schedule), self.days_from)
    }

    /// The timetable, where there is one.
    pub fn schedule(&self) -> Option<&Schedule> {
        self.schedule.as_ref()
    }

    /// Whether the timetable decides which days work.
    pub fn days_by_schedule(&self) -> bool {
        self.day_schedule().is_some()
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
        // A closure beats a holiday, which beats a shift, which beats the weekday.
        let reason = match self.statutory_holiday(date) {
            _ if schedule.holidays().contains(&date) => DayReason::Closed,
            Some(name) => DayReason::Holiday(name.into()),
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
            (Some(schedule), _) => self.open_table(schedule).days_between(a, b),
            (None, Base::Statutory(statutory)) => statutory.working_days_between(a, b),
            (None, Base::Weekdays) => weekdays().between(a, b),
        }
    }

    /// The n-th working day after `date` (n from 1). `None` past 2099 or for n = 0.
    pub fn nth_working_day_after(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        match (self.day_schedule(), &self.base) {
            (Some(schedule), _) => self.open_table(schedule).nth_after(date, n),
            (None, Base::Statutory(statutory)) => statutory.nth_working_day_after(date, n),
            (None, Base::Weekdays) => weekdays().nth_after(date, n),
        }
    }

    /// The n-th working day before `date` (n from 1). `None` before 2000 or for n = 0.
    pub fn nth_working_day_before(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        match (self.day_schedule(), &self.base) {
            (Some(schedule), _) => self.open_table(schedule).nth_before(date, n),
            (None, Base::Statutory(statutory)) => statutory.nth_working_day_before(date, n),
            (None, Base::Weekdays) => weekdays().nth_before(date, n),
        }
    }

    /// Open seconds of the timetable from the beginning of 2000 up to `at`; 0 without a timetable.
    pub fn open_seconds_until(&self, at: Civil) -> i64 {
        let Some(schedule) = &self.schedule else { return 0 };
        self.open_table(schedule).seconds_until(at, self.windows(at.date()))
    }

    /// The first instant at which `seconds` of opening time have passed since 2000: at closing rather than at the
    /// next opening. `None` for 0 and past 2099.
    pub fn open_seconds_reached(&self, seconds: i64) -> Option<Civil> {
        let (date, before) = self.open_table(self.schedule.as_ref()?).day_reaching(seconds)?;
        Some(earliest_in(date, self.windows(date), seconds - before))
    }

    /// The last instant at which no more than `seconds` of opening time have passed since 2000: at an opening rather
    /// than at the closing before. `None` before 2000 and past 2099.
    pub fn open_seconds_left(&self, seconds: i64) -> Option<Civil> {
        let (date, before) = self.open_table(self.schedule.as_ref()?).day_leaving(seconds)?;
        Some(latest_in(date, self.windows(date), seconds - before))
    }

    /// Whether the opening hours of any date after `a`, up to and including `b`, depend on a notice that is not known.
    pub fn hours_provisional(&self, a: NaiveDate, b: NaiveDate) -> bool {
        self.schedule.as_ref().is_some_and(|schedule| self.open_table(schedule).unknown_between(a, b) > 0)
    }

    /// `date` itself when it works, else the first working day after it.
    pub fn next_working_day_on_or_after(&self, date: NaiveDate) -> Option<NaiveDate> {
        if self.is_working(date) { Some(date) } else { self.nth_working_day_after(date, 1) }
    }

    /// Whether counting working days after `a`, up to and including `b`, depends on a notice that is not known.
    pub fn any_provisional(&self, a: NaiveDate, b: NaiveDate) -> bool {
        match (self.day_schedule(), &self.base) {
            (Some(_), _) => self.hours_provisional(a, b),
            (None, Base::Statutory(statutory)) => statutory.any_provisional(a, b),
            (None, Base::Weekdays) => false,
        }
    }

    fn open_table(&self, schedule: &Schedule) -> &OpenTable {
        self.table.get_or_init(|| {
            let statutory = match &self.base {
                Base::Statutory(statutory) => Some(&**statutory),
                Base::Weekdays => None,
            };
            OpenTable::new(schedule, statutory)
        })
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
}
