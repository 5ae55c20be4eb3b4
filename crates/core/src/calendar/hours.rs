//! Prefix sums of a timetable's opening time over all days of 2000–2099, so that working time is two lookups.
//! Must not know limits or pauses; built from a timetable and a base that do not change afterwards.

use chrono::{Datelike, Duration, NaiveDate};

use super::schedule::{Schedule, Window};
use super::statutory::Statutory;
use super::table::{all_days, date_at, first_day, index};
use crate::time::{Civil, MAX_YEAR, start_of};

/// Opening time, open days and uncertain days before each day.
#[derive(Debug)]
pub(super) struct OpenTable {
    /// `minutes[i]`: open minutes in the first `i` days.
    minutes: Vec<u32>,
    /// `days[i]`: open days among the first `i` days. A century has 36,525 days.
    days: Vec<u16>,
    /// `unknown[i]`: days on which the timetable opens and no notice is known, among the first `i` days.
    unknown: Vec<u16>,
}

impl OpenTable {
    /// `statutory`: its holidays close the campus.
    pub fn new(schedule: &Schedule, statutory: Option<&Statutory>) -> Self {
        let listed = by_timetable(schedule);
        let mut open = listed.clone();
        let (first, last) = (first_day(), NaiveDate::from_ymd_opt(MAX_YEAR, 12, 31).unwrap_or_default());
        if let Some(statutory) = statutory {
            let before = first.pred_opt().unwrap_or(first);
            for place in statutory.holidays_between(before, last).filter_map(index) {
                set(&mut open, place, 0);
            }
        }
        let mut table = Self { minutes: vec![0], days: vec![0], unknown: vec![0] };
        let (mut minutes, mut days, mut unknown) = (0, 0, 0);
        for (place, (listed, open)) in listed.iter().zip(&open).enumerate() {
            minutes += u32::from(*open);
            days += u16::from(*open > 0);
            unknown += u16::from(*listed > 0 && statutory.is_some_and(|one| one.provisional_at(place)));
            table.minutes.push(minutes);
            table.days.push(days);
            table.unknown.push(unknown);
        }
        table
    }

    /// Open days after `a`, up to and including `b`; 0 when `b` is not after `a`.
    pub fn days_between(&self, a: NaiveDate, b: NaiveDate) -> u32 {
        between(&self.days, a, b)
    }

    /// Days after `a`, up to and including `b`, whose opening depends on a notice that is not known.
    pub fn unknown_between(&self, a: NaiveDate, b: NaiveDate) -> u32 {
        between(&self.unknown, a, b)
    }

    /// The n-th open day after `date` (n from 1).
    pub fn nth_after(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        let wanted = u32::from(*self.days.get(index(date)? + 1)?).checked_add(n)?;
        if n == 0 || wanted > u32::from(*self.days.last()?) {
            return None;
        }
        date_at(self.days.partition_point(|days| u32::from(*days) < wanted).checked_sub(1)? as u32)
    }

    /// The n-th open day before `date` (n from 1).
    pub fn nth_before(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        let wanted = u32::from(*self.days.get(index(date)?)?).checked_sub(n.checked_sub(1)?)?;
        if wanted == 0 {
            return None;
        }
        date_at(self.days.partition_point(|days| u32::from(*days) < wanted).checked_sub(1)? as u32)
    }

    /// Open seconds from the beginning of 2000 up to `at`. `windows`: those of the day of `at`.
    pub fn seconds_until(&self, at: Civil, windows: &[Window]) -> i64 {
        let days = at.date().signed_duration_since(first_day()).num_days();
        let Ok(place) = usize::try_from(days) else { return 0 };
        let Some(minutes) = self.minutes.get(place) else { return self.all_seconds() };
        let today: i64 = windows
            .iter()
            .map(|window| {
                let (open, close) = window.on(at.date());
                close.min(at).signed_duration_since(open).num_seconds().max(0)
            })
            .sum();
        i64::from(*minutes) * 60 + today
    }

    /// The day on which the open seconds since 2000 reach `seconds` (at the earliest), and the seconds before that day.
    pub fn day_reaching(&self, seconds: i64) -> Option<(NaiveDate, i64)> {
        if seconds <= 0 || seconds > self.all_seconds() {
            return None;
        }
        let place = self.minutes.partition_point(|minutes| i64::from(*minutes) * 60 < seconds).checked_sub(1)?;
        Some((date_at(place as u32)?, i64::from(*self.minutes.get(place)?) * 60))
    }

    /// The last day that begins with at most `seconds` open seconds before it and opens; and the seconds before it.
    pub fn day_leaving(&self, seconds: i64) -> Option<(NaiveDate, i64)> {
        if seconds < 0 || seconds >= self.all_seconds() {
            return None;
        }
        let place = self.minutes.partition_point(|minutes| i64::from(*minutes) * 60 <= seconds).checked_sub(1)?;
        Some((date_at(place as u32)?, i64::from(*self.minutes.get(place)?) * 60))
    }

    fn all_seconds(&self) -> i64 {
        self.minutes.last().map_or(0, |minutes| i64::from(*minutes) * 60)
    }
}

/// The instant within a day at which `seconds` of its windows have run: at closing rather than at the next opening.
pub(super) fn earliest_in(date: NaiveDate, windows: &[Window], seconds: i64) -> Civil {
    let mut left = seconds;
    for window in windows {
        let (open, close) = window.on(date);
        let length = close.signed_duration_since(open).num_seconds();
        if left <= length {
            return open + Duration::seconds(left);
        }
        left -= length;
    }
    start_of(date)
}

/// The same, at the next opening rather than at closing.
pub(super) fn latest_in(date: NaiveDate, windows: &[Window], seconds: i64) -> Civil {
    let mut left = seconds;
    for window in windows {
        let (open, close) = window.on(date);
        let length = close.signed_duration_since(open).num_seconds();
        if left < length {
            return open + Duration::seconds(left);
        }
        left -= length;
    }
    start_of(date)
}

/// Open minutes of every day as the timetable alone has them.
fn by_timetable(schedule: &Schedule) -> Vec<u16> {
    let length = |windows: &[Window]| -> u16 {
        windows.iter().map(|window| window.end_minute() - window.start_minute()).sum::<u32>() as u16
    };
    let week = schedule.week().each_ref().map(|windows| length(windows));
    let first = first_day().weekday().num_days_from_monday() as usize;
    let mut minutes: Vec<u16> = (0..all_days()).map(|place| week[(first + place) % 7]).collect();
    for (date, windows) in schedule.shifts() {
        if let Some(place) = index(*date) {
            set(&mut minutes, place, length(windows));
        }
    }
    for place in schedule.holidays().iter().filter_map(|date| index(*date)) {
        set(&mut minutes, place, 0);
    }
    minutes
}

fn set(minutes: &mut [u16], place: usize, value: u16) {
    if let Some(minute) = minutes.get_mut(place) {
        *minute = value;
    }
}

fn between(sums: &[u16], a: NaiveDate, b: NaiveDate) -> u32 {
    let up_to = |date: NaiveDate| {
        let days = date.signed_duration_since(first_day()).num_days();
        let place = usize::try_from(days.saturating_add(1)).unwrap_or(0);
        u32::from(sums.get(place).or(sums.last()).copied().unwrap_or(0))
    };
    up_to(b).saturating_sub(up_to(a))
}
