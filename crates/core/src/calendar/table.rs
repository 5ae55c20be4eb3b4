//! Prefix sums and their inverse over all days of 2000–2099, so that counting days is a lookup.
//! Does not know why a day is marked.

use std::sync::OnceLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::time::{MAX_YEAR, MIN_YEAR};

/// Which days are marked, ready for counting. Days outside 2000–2099 are never marked.
#[derive(Clone, Debug)]
pub(super) struct DayTable {
    /// `before[i]`: marked days among the first `i` days.
    before: Vec<u32>,
    /// Index of the k-th marked day (from 0): the inverse of `before`.
    marked: Vec<u32>,
}

impl DayTable {
    /// `marks`: one for every day since 2000-01-01.
    pub fn of(marks: &[bool]) -> Self {
        let mut before = Vec::with_capacity(marks.len() + 1);
        before.push(0);
        let mut marked = Vec::new();
        for (place, mark) in marks.iter().enumerate() {
            if *mark {
                marked.push(place as u32);
            }
            before.push(marked.len() as u32);
        }
        Self { before, marked }
    }

    pub fn has(&self, date: NaiveDate) -> bool {
        index(date).is_some_and(|place| self.has_place(place))
    }

    /// Marked days after `a`, up to and including `b`; 0 when `b` is not after `a`.
    pub fn between(&self, a: NaiveDate, b: NaiveDate) -> u32 {
        self.up_to_date(b).saturating_sub(self.up_to_date(a))
    }

    /// The n-th marked day after `date` (n from 1).
    pub fn nth_after(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        date_at(self.nth_after_place(index(date)?, n)?)
    }

    /// The same by the days' indexes: two look-ups and no calendar.
    pub fn nth_after_place(&self, place: usize, n: u32) -> Option<u32> {
        let k = self.before.get(place.checked_add(1)?)?.checked_add(n.checked_sub(1)?)?;
        self.marked.get(k as usize).copied()
    }

    /// The n-th marked day before `date` (n from 1).
    pub fn nth_before(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        let k = self.up_to(index(date)?).checked_sub(n.max(1))?;
        (n > 0).then(|| self.marked.get(k as usize)).flatten().and_then(|place| date_at(*place))
    }

    /// Whether the day with this index (0: 2000-01-01) is marked.
    pub fn has_place(&self, place: usize) -> bool {
        self.up_to(place + 1) > self.up_to(place)
    }

    pub fn next_on_or_after(&self, date: NaiveDate) -> Option<NaiveDate> {
        date_at(*self.marked.get(self.up_to(index(date)?) as usize)?)
    }

    fn up_to(&self, count: usize) -> u32 {
        self.before.get(count).or(self.before.last()).copied().unwrap_or(0)
    }

    /// Marked days up to and including `date`.
    fn up_to_date(&self, date: NaiveDate) -> u32 {
        let days = date.signed_duration_since(first_day()).num_days();
        usize::try_from(days).map_or(0, |index| self.up_to(index.saturating_add(1)))
    }
}

/// Monday to Friday, built once.
pub(super) fn weekdays() -> &'static DayTable {
    static TABLE: OnceLock<DayTable> = OnceLock::new();
    TABLE.get_or_init(|| DayTable::of(&weekday_marks()))
}

/// For every day of 2000–2099 whether it is one of Monday to Friday.
pub(super) fn weekday_marks() -> Vec<bool> {
    let first = first_day().weekday().num_days_from_monday() as usize;
    (0..all_days()).map(|place| (first + place) % 7 < 5).collect()
}

/// How many days the tables have.
pub(super) fn all_days() -> usize {
    NaiveDate::from_ymd_opt(MAX_YEAR, 12, 31).and_then(index).map_or(0, |last| last + 1)
}

pub(super) fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

pub(super) fn in_range(date: NaiveDate) -> bool {
    (MIN_YEAR..=MAX_YEAR).contains(&date.year())
}

/// Days since 2000-01-01; `None` outside 2000–2099.
pub(super) fn index(date: NaiveDate) -> Option<usize> {
    if !in_range(date) {
        return None;
    }
    usize::try_from(date.signed_duration_since(first_day()).num_days()).ok()
}

pub(super) fn date_at(index: u32) -> Option<NaiveDate> {
    first_day().checked_add_days(Days::new(index.into()))
}

pub(super) fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(MIN_YEAR, 1, 1).unwrap_or_default()
}
