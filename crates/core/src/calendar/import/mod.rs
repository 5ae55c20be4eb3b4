//! Reads holiday notices from whatever form people have them in: our own file, the public JSON forms, an ICS
//! calendar, the official wording, or lines typed off it. Must not guess: what is not understood is an error or a
//! remark with its place, and a day that only bears a festival's name never becomes a day off.

mod gather;
mod ics;
mod json;
mod prose;
mod review;
mod text;
mod tokens;
mod typed;

use chrono::{NaiveDate, Weekday};
use thiserror::Error;

use super::error::Problem;
use super::notice::Notice;

pub use review::{Difference, differences, merged, remarks_on};

/// More is no holiday calendar.
pub const MAX_BYTES: usize = 2 << 20;
/// Dates in one file.
pub(super) const MAX_ENTRIES: usize = 20_000;
/// Longest stretch of days off that one entry may state.
pub(super) const MAX_STRETCH: i64 = 31;

/// What a text brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub form: Form,
    /// By year; never empty. A notice that lacks a festival is marked partial.
    pub notices: Vec<Notice>,
    pub remarks: Vec<Remark>,
}

/// The form that was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Our own calendar file.
    Own,
    /// One of the public JSON forms.
    Json,
    Ics,
    /// The official wording.
    Prose,
    /// One line per stretch of days.
    Lines,
}

/// Where in the text something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Whole,
    /// From 1.
    Line(usize),
    /// Path in a JSON text, such as `days[3]`.
    Path(String),
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Whole => out.write_str("$"),
            Place::Line(line) => write!(out, "line {line}"),
            Place::Path(path) => out.write_str(path),
        }
    }
}

/// Something worth knowing before a notice is adopted. The interface translates by variant.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Remark {
    /// No day off for a festival that law names; the day where it is known.
    #[error("{year}: no day off for {name}")]
    MissingFestival { year: i32, name: &'static str, date: Option<NaiveDate> },
    /// Working days that become days off, less make-up days: fewer than law gives.
    #[error("{year}: gives {given} days, law gives {due}")]
    FewDays { year: i32, given: i64, due: i64 },
    /// The text says another day of the week than the calendar.
    #[error("{place}: {date} is said to be a {stated}")]
    WrongWeekday { place: Place, date: NaiveDate, stated: Weekday },
    /// The text says another number of days than it lists.
    #[error("{place}: {name}: {stated} days are stated, {listed} listed")]
    WrongTotal { place: Place, name: String, stated: u32, listed: u32 },
    /// A make-up day on a Monday to Friday.
    #[error("{date}: a make-up day on a Monday to Friday")]
    ShiftOnWeekday { date: NaiveDate },
    /// A day without a name; it got this one.
    #[error("{date}: has no name, called {given}")]
    Unnamed { date: NaiveDate, given: String },
    #[error("{place}: left aside ({why:?}): {what}")]
    Ignored { place: Place, what: String, why: Why },
}

/// Why an entry was left aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Neither "off" nor "work" stands there: it only names a day.
    OnlyAName,
    /// A recommendation to employers, no day off by the notice.
    Recommended,
    /// A date from which work resumes as usual.
    Resumes,
    /// Repeats every year; notices do not.
    Repeats,
    Cancelled,
}

/// Why nothing could be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{place}: {trouble}")]
pub struct ImportError {
    pub place: Place,
    pub trouble: Trouble,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Trouble {
    #[error("nothing to read")]
    Empty,
    #[error("larger than {MAX_BYTES} bytes")]
    TooLarge,
    #[error("more than {MAX_ENTRIES} dates")]
    TooMany,
    #[error("not JSON: {0}")]
    Json(String),
    /// In our own calendar file.
    #[error("{0}")]
    Own(Problem),
    #[error("the calendar ends in the middle")]
    CutOff,
    #[error("no date with days off or make-up days is recognised")]
    Nothing,
    #[error("no year is stated")]
    NoYear,
    #[error("not a date between 2000 and 2099: {0:?}")]
    NotADate(String),
    #[error("ends before it begins: {0}")]
    Backwards(String),
    #[error("more than {MAX_STRETCH} days in a row: {0}")]
    TooLong(String),
    #[error("expected dates, a name, and off or work: {0:?}")]
    NotALine(String),
    #[error("{date} is not part of the notice of {year}")]
    Foreign { date: NaiveDate, year: i32 },
    #[error("{0} is a day off in one place and a working day in another")]
    Contradiction(NaiveDate),
}

impl ImportError {
    pub(super) fn at(place: Place, trouble: Trouble) -> Self {
        Self { place, trouble }
    }
}

/// Reads a text without being told what it is. `year` is used only where the text states none.
///
/// # Errors
/// With the place; nothing is half read.
pub fn read(text: &str, year: Option<i32>) -> Result<Found, ImportError> {
    let whole = |trouble| Err(ImportError::at(Place::Whole, trouble));
    let text = text.trim_start_matches('\u{feff}');
    if text.len() > MAX_BYTES {
        return whole(Trouble::TooLarge);
    }
    let start = text.trim_start();
    if start.is_empty() {
        return whole(Trouble::Empty);
    }
    if start.starts_with(['{', '[']) {
        return json::read(text, year);
    }
    let (form, gathered) = if start.get(..15).is_some_and(|head| head.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        (Form::Ics, ics::read(text)?)
    } else if typed::looks_typed(text, year) {
        (Form::Lines, typed::read(text, year)?)
    } else {
        (Form::Prose, prose::read(text, year)?)
    };
    gathered.finish(form)
}
