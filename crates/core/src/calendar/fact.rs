//! What is known about one day, and why.
//! Holds no arithmetic.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

/// One day as a calendar sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayFact {
    #[serde(serialize_with = "iso")]
    pub date: NaiveDate,
    pub working: bool,
    pub reason: DayReason,
    /// Computed in a year without a notice: a notice may change it.
    pub provisional: bool,
}

/// Why a day works or rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayReason {
    /// An ordinary working day: Monday to Friday, or a day on which the timetable has a window.
    Weekday,
    /// Saturday or Sunday by the weekday rule.
    Weekend,
    /// A statutory holiday, with the name that the notice or the law gives it.
    Holiday(String),
    /// A make-up working day of a notice (its name), or a date whose hours the timetable replaces (empty text).
    Shift(String),
    /// The campus is closed on this date.
    Closed,
    /// The timetable has no window on this day of the week.
    RestDay,
}

/// `2026-11-21`.
pub(crate) fn iso<S: Serializer>(date: &NaiveDate, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(date)
}
