//! A campus's timetable 作息: opening windows per weekday, closed dates and dates with replaced hours.
//! Must not know statutory holidays; every value of these types has passed the checks.

use crate::order::Gather as _;
use crate::order::Order as _;
use crate::order::TryGather as _;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::error::ScheduleError;
use super::notice::strict_date;
use crate::time::Civil;

const DAY_NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MINUTES_OF_DAY: u32 = 1_440;

/// An opening window of one day: minutes since midnight, `start < end <= 1440`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    start: u32,
    end: u32,
}

impl Window {
    /// Reads `09:00` and `24:00`. `day` only names the place in an error.
    fn read(day: &str, [start, end]: &[String; 2]) -> Result<Self, ScheduleError> {
        let (from, to) = (minute_of(start)?, minute_of(end)?);
        match from.cmp(&to) {
            std::cmp::Ordering::Less => Ok(Self { start: from, end: to }),
            std::cmp::Ordering::Equal => {
                Err(ScheduleError::EmptyWindow { day: day.into(), start: start.clone(), end: end.clone() })
            }
            std::cmp::Ordering::Greater => {
                Err(ScheduleError::Overnight { day: day.into(), start: start.clone(), end: end.clone() })
            }
        }
    }

    /// Minutes since midnight.
    pub fn start_minute(&self) -> u32 {
        self.start
    }

    /// Minutes since midnight; 1440 is 24:00.
    pub fn end_minute(&self) -> u32 {
        self.end
    }

    /// The window as instants of `date`; an end at 24:00 is midnight of the next day.
    pub fn on(&self, date: NaiveDate) -> (Civil, Civil) {
        (instant(date, self.start), instant(date, self.end))
    }

    fn texts(&self) -> [String; 2] {
        [clock_text(self.start), clock_text(self.end)]
    }
}

impl fmt::Display for Window {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [start, end] = self.texts();
        write!(out, "{start}-{end}")
    }
}

/// Windows from Monday to Sunday.
pub type Week = [Vec<Window>; 7];

/// A timetable. A closed date beats replaced hours, which beat the weekday.
///
/// JSON form: `{"mon":[["09:00","12:00"],["14:00","18:00"]],…,"holidays":["2026-01-01"],
/// "shifts":{"2026-02-14":[["09:00","17:00"]]}}`; every part may be missing, a day without an entry rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct Schedule {
    week: Week,
    holidays: BTreeSet<NaiveDate>,
    shifts: BTreeMap<NaiveDate, Vec<Window>>,
}

impl Schedule {
    /// Puts a timetable together from its texts: `week` is the JSON form of the weekdays.
    ///
    /// # Errors
    /// Times that are no times, empty, overnight or overlapping windows, dates outside 2000–2099, and a timetable
    /// that never opens.
    pub fn new(
        week: [Vec<[String; 2]>; 7],
        holidays: &[String],
        shifts: &BTreeMap<String, Vec<[String; 2]>>,
    ) -> Result<Self, ScheduleError> {
        let mut read: Week = Default::default();
        for ((day, name), windows) in read.iter_mut().zip(DAY_NAMES).zip(&week) {
            *day = read_windows(name, windows)?;
        }
        let holidays = holidays.iter().map(|text| read_date(text)).try_gather()?;
        let shifts = shifts
            .iter()
            .map(|(date, windows)| Ok::<_, ScheduleError>((read_date(date)?, read_windows(date, windows)?)))
            .try_gather::<BTreeMap<_, _>>()?;
        Self { week: read, holidays, shifts }.checked()
    }

    /// The same timetable with further closed dates and replaced hours (a later shift of a date wins).
    pub fn with_exceptions(
        mut self,
        holidays: &[String],
        shifts: &BTreeMap<String, Vec<[String; 2]>>,
    ) -> Result<Self, ScheduleError> {
        for text in holidays {
            self.holidays.insert(read_date(text)?);
        }
        for (date, windows) in shifts {
            self.shifts.insert(read_date(date)?, read_windows(date, windows)?);
        }
        self.checked()
    }

    pub fn week(&self) -> &Week {
        &self.week
    }

    pub fn holidays(&self) -> &BTreeSet<NaiveDate> {
        &self.holidays
    }

    pub fn shifts(&self) -> &BTreeMap<NaiveDate, Vec<Window>> {
        &self.shifts
    }

    /// The windows of a date: none when closed, the replaced hours when there are any, else those of the weekday.
    pub fn windows(&self, date: NaiveDate) -> &[Window] {
        if self.holidays.contains(&date) {
            return &[];
        }
        self.shifts.get(&date).map_or_else(|| self.weekly(date), Vec::as_slice)
    }

    pub(super) fn weekly(&self, date: NaiveDate) -> &[Window] {
        &self.week[date.weekday().num_days_from_monday() as usize]
    }

    fn checked(self) -> Result<Self, ScheduleError> {
        let by_week = self.week.iter().any(|windows| !windows.is_empty());
        let by_date = self.shifts.iter().any(|(date, windows)| !windows.is_empty() && !self.holidays.contains(date));
        if by_week || by_date { Ok(self) } else { Err(ScheduleError::NeverOpens) }
    }
}

/// The JSON form.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Form {
    mon: Vec<[String; 2]>,
    tue: Vec<[String; 2]>,
    wed: Vec<[String; 2]>,
    thu: Vec<[String; 2]>,
    fri: Vec<[String; 2]>,
    sat: Vec<[String; 2]>,
    sun: Vec<[String; 2]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    holidays: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    shifts: BTreeMap<String, Vec<[String; 2]>>,
}

impl TryFrom<Form> for Schedule {
    type Error = ScheduleError;

    fn try_from(form: Form) -> Result<Self, ScheduleError> {
        let week = [form.mon, form.tue, form.wed, form.thu, form.fri, form.sat, form.sun];
        Self::new(week, &form.holidays, &form.shifts)
    }
}

impl From<Schedule> for Form {
    fn from(schedule: Schedule) -> Self {
        let texts = |windows: &[Window]| windows.iter().map(Window::texts).collect::<Vec<_>>();
        let [mon, tue, wed, thu, fri, sat, sun] = schedule.week.each_ref().map(|windows| texts(windows));
        let holidays = schedule.holidays.iter().map(NaiveDate::to_string).collect();
        let shifts = schedule.shifts.iter().map(|(date, windows)| (date.to_string(), texts(windows))).gather();
        Self { mon, tue, wed, thu, fri, sat, sun, holidays, shifts }
    }
}

fn read_windows(day: &str, texts: &[[String; 2]]) -> Result<Vec<Window>, ScheduleError> {
    let mut windows = texts.iter().map(|text| Window::read(day, text)).collect::<Result<Vec<_>, _>>()?;
    windows.order_by_key(|window| *window);
    match windows.windows(2).find(|pair| pair[1].start < pair[0].end) {
        Some(pair) => Err(ScheduleError::Overlap { day: day.into(), at: clock_text(pair[1].start) }),
        None => Ok(windows),
    }
}

fn read_date(text: &str) -> Result<NaiveDate, ScheduleError> {
    strict_date(text).ok_or_else(|| ScheduleError::NotADate(text.into()))
}

/// `HH:MM` with two digits each, up to 24:00.
fn minute_of(text: &str) -> Result<u32, ScheduleError> {
    let digits = |part: &str| {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<u32>().ok()).flatten()
    };
    text.split_once(':')
        .and_then(|(hour, minute)| Some((digits(hour)?, digits(minute)?)))
        .filter(|&(_, minute)| minute < 60)
        .map(|(hour, minute)| hour * 60 + minute)
        .filter(|&minute| minute <= MINUTES_OF_DAY)
        .ok_or_else(|| ScheduleError::NotATime(text.into()))
}

fn clock_text(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn instant(date: NaiveDate, minute: u32) -> Civil {
    match NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0) {
        Some(time) => date.and_time(time),
        None => date.checked_add_days(Days::new(1)).unwrap_or(date).and_time(NaiveTime::MIN),
    }
}
