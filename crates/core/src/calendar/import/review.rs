//! Looks at a finished notice: what it lacks by law, what is odd in it, and how it differs from another.
//! Must not change which days are off; only says so.

use chrono::NaiveDate;

use super::super::festivals::{days_due, festivals_of};
use super::super::notice::{Notice, NoticeDay};
use super::super::table::is_weekend;
use super::Remark;
use super::text::names;
use crate::order::Order;

/// What is odd or missing in a notice. Festivals first.
pub fn remarks_on(notice: &Notice) -> Vec<Remark> {
    let mut remarks: Vec<Remark> =
        missing(notice).map(|(name, date)| Remark::MissingFestival { year: notice.year, name, date }).collect();
    let (given, due) = (given(notice), days_due(notice.year));
    if given < due {
        remarks.push(Remark::FewDays { year: notice.year, given, due });
    }
    let shifts = notice.days.iter().filter(|day| !day.off && !is_weekend(day.date));
    remarks.extend(shifts.map(|day| Remark::ShiftOnWeekday { date: day.date }));
    remarks
}

/// Marks a notice partial when a festival is missing or it gives fewer days than law.
pub(super) fn settle(notice: &mut Notice) {
    notice.partial = missing(notice).next().is_some() || given(notice) < days_due(notice.year);
}

/// Festivals of the year for which the notice names no day off.
fn missing(notice: &Notice) -> impl Iterator<Item = (&'static str, Option<NaiveDate>)> + '_ {
    let off = |date: NaiveDate| notice.days.iter().any(|day| day.off && day.date == date);
    let named = |name: &str| notice.days.iter().any(|day| day.off && names(&day.name, name));
    festivals_of(notice.year).filter(move |(name, date)| !date.map_or_else(|| named(name), off))
}

/// Days off from Monday to Friday, less make-up days at weekends: what the notice gives beyond all weekends.
fn given(notice: &Notice) -> i64 {
    let worth = |day: &NoticeDay| match (day.off, is_weekend(day.date)) {
        (true, false) => 1,
        (false, true) => -1,
        _ => 0,
    };
    notice.days.iter().map(worth).sum()
}

/// What is in force after adopting `new` where `known` is: a whole notice replaces, a partial one supplements and
/// corrects (date by date, never dropping a date).
pub fn merged(known: Option<&Notice>, new: &Notice) -> Notice {
    let Some(known) = known.filter(|_| new.partial) else { return new.clone() };
    let mut notice = known.clone();
    for day in &new.days {
        notice.days.retain(|one| one.date != day.date);
        notice.days.push(day.clone());
    }
    notice.days.order_by_key(|day| day.date);
    for source in &new.sources {
        if !notice.sources.contains(source) {
            notice.sources.push(source.clone());
        }
    }
    if notice.partial {
        settle(&mut notice);
    }
    notice
}

/// A date on which two notices of a year differ. `None`: the notice does not name the date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub date: NaiveDate,
    pub before: Option<bool>,
    pub after: Option<bool>,
    /// The name in the newer notice, else in the older.
    pub name: String,
}

/// Dates that are off, working or unnamed in one notice and otherwise in the other, by date. Names do not count.
pub fn differences(old: &Notice, new: &Notice) -> Vec<Difference> {
    let state = |notice: &Notice, date| notice.days.iter().find(|day| day.date == date).map(|day| day.off);
    let mut list: Vec<Difference> = Vec::new();
    for day in new.days.iter().chain(&old.days) {
        let (before, after) = (state(old, day.date), state(new, day.date));
        if before != after && list.iter().all(|one| one.date != day.date) {
            list.push(Difference { date: day.date, before, after, name: day.name.clone() });
        }
    }
    list.order_by_key(|one| one.date);
    list
}
