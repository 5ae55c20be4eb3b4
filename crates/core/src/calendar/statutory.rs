//! Statutory working days of 2000–2099: notices where they exist, the weekday rule and fixed festivals elsewhere.
//! Must not know a campus's own hours.

use crate::order::Gather as _;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use chrono::{Datelike, NaiveDate};

use super::error::{CalendarError, Problem};
use super::fact::{DayFact, DayReason};
use super::festivals;
use super::notice::{Notice, check_notices};
use super::table::{DayTable, in_range, index, is_weekend, weekday_marks};
use crate::time::{MAX_YEAR, MIN_YEAR};

/// The statutory calendar. Counting is by table lookup.
#[derive(Clone, Debug)]
pub struct Statutory {
    /// Years whose whole notice is known.
    years: BTreeSet<i32>,
    listed: BTreeMap<NaiveDate, Listed>,
    working: DayTable,
    provisional: DayTable,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Listed {
    name: String,
    off: bool,
    /// By a notice; otherwise by the law on festivals.
    noticed: bool,
}

impl Statutory {
    /// Builds the tables (once, about a millisecond). A year with a notice is known: what the notice does not name
    /// follows the weekday rule. A year without one, or with a partial one, is provisional except for dates that a
    /// notice names.
    ///
    /// # Errors
    /// Duplicate years or dates, dates foreign to their notice, empty notices, notices that contradict each other;
    /// the place counts from `notices[0]`.
    pub fn new(notices: &[Notice]) -> Result<Self, CalendarError> {
        check_notices(notices)?;
        let years: BTreeSet<i32> = notices.iter().filter(|notice| !notice.partial).map(|notice| notice.year).gather();
        let mut listed = from_notices(notices)?;
        for year in (MIN_YEAR..=MAX_YEAR).filter(|year| !years.contains(year)) {
            add_festivals(&mut listed, year);
        }
        let mut working = weekday_marks();
        let mut unknown = vec![true; working.len()];
        for year in &years {
            let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).and_then(index).unwrap_or(working.len());
            unknown[first(*year)..first(*year + 1)].fill(false);
        }
        for (date, day) in &listed {
            if let Some(place) = index(*date) {
                working[place] = !day.off;
                unknown[place] &= !day.noticed;
            }
        }
        Ok(Self { years, listed, working: DayTable::of(&working), provisional: DayTable::of(&unknown) })
    }

    /// Whether a whole notice of this very year is known.
    pub fn has_notice(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// `None` outside 2000–2099.
    pub fn fact(&self, date: NaiveDate) -> Option<DayFact> {
        if !in_range(date) {
            return None;
        }
        let reason = match self.listed.get(&date) {
            Some(day) if day.off => DayReason::Holiday(day.name.clone()),
            Some(day) => DayReason::Shift(day.name.clone()),
            None if is_weekend(date) => DayReason::Weekend,
            None => DayReason::Weekday,
        };
        Some(DayFact { date, working: self.is_working(date), reason, provisional: self.provisional(date) })
    }

    /// False outside 2000–2099.
    pub fn is_working(&self, date: NaiveDate) -> bool {
        self.working.has(date)
    }

    /// Whether the date depends on a notice that is not known. False outside 2000–2099.
    pub fn provisional(&self, date: NaiveDate) -> bool {
        self.provisional.has(date)
    }

    /// The same by the day's place since 2000-01-01.
    pub(super) fn provisional_at(&self, place: usize) -> bool {
        self.provisional.has_place(place)
    }

    /// Whether any date after `a`, up to and including `b`, is provisional.
    pub fn any_provisional(&self, a: NaiveDate, b: NaiveDate) -> bool {
        self.provisional.between(a, b) > 0
    }

    /// The name of the statutory holiday on this date; none on an ordinary weekend.
    pub fn holiday(&self, date: NaiveDate) -> Option<&str> {
        self.listed.get(&date).filter(|day| day.off).map(|day| day.name.as_str())
    }

    /// Statutory holidays after `a`, up to and including `b`, in order.
    pub fn holidays_between(&self, a: NaiveDate, b: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
        // BTreeMap::range refuses a range that runs backwards.
        let b = b.max(a);
        let range = (a < b).then(|| self.listed.range((Bound::Excluded(a), Bound::Included(b))));
        range.into_iter().flatten().filter(|(_, day)| day.off).map(|(date, _)| *date)
    }

    /// The n-th working day after `date` (n from 1; the date itself never counts). `None` past 2099 or for n = 0.
    pub fn nth_working_day_after(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        self.working.nth_after(date, n)
    }

    /// The same with days as numbers since 2000-01-01 (0), for whoever counts many.
    pub fn nth_working_place_after(&self, place: u32, n: u32) -> Option<u32> {
        self.working.nth_after_place(place as usize, n)
    }

    /// The n-th working day before `date` (n from 1). `None` before 2000 or for n = 0.
    pub fn nth_working_day_before(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        self.working.nth_before(date, n)
    }

    /// `date` itself when it works, else the first working day after it.
    pub fn next_working_day_on_or_after(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.working.next_on_or_after(date)
    }

    /// Working days after `a`, up to and including `b`; 0 when `b` is not after `a`.
    pub fn working_days_between(&self, a: NaiveDate, b: NaiveDate) -> u32 {
        self.working.between(a, b)
    }
}

fn from_notices(notices: &[Notice]) -> Result<BTreeMap<NaiveDate, Listed>, CalendarError> {
    let mut listed: BTreeMap<NaiveDate, Listed> = BTreeMap::new();
    for (n, notice) in notices.iter().enumerate() {
        for (d, day) in notice.days.iter().enumerate() {
            let entry = Listed { name: day.name.clone(), off: day.off, noticed: true };
            match listed.get(&day.date) {
                Some(known) if known.off != day.off => {
                    let place = format!("notices[{n}].days[{d}]");
                    return Err(CalendarError::at(place, Problem::Contradiction(day.date)));
                }
                // Two notices agree; the name that the date's own year gives stands.
                Some(_) if notice.year != day.date.year() => {}
                _ => drop(listed.insert(day.date, entry)),
            }
        }
    }
    Ok(listed)
}

fn add_festivals(listed: &mut BTreeMap<NaiveDate, Listed>, year: i32) {
    for (date, name) in festivals::by_law(year) {
        let day = listed.entry(date).or_insert_with(|| Listed { name: String::new(), off: true, noticed: false });
        if !day.noticed {
            if !day.name.is_empty() {
                day.name.push('、');
            }
            day.name.push_str(name);
        }
    }
}
