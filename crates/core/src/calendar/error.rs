//! What can be wrong with a calendar or a timetable, and where.
//! Holds no user-facing text in Chinese: the interface translates by variant.

use chrono::NaiveDate;
use thiserror::Error;

/// A problem and the place in the JSON where it stands, such as `notices[3].days[5][0]`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{place}: {problem}")]
pub struct CalendarError {
    /// JSON path from the root of the file; `$` is the root itself.
    pub place: String,
    pub problem: Problem,
}

impl CalendarError {
    pub(super) fn at(place: impl Into<String>, problem: Problem) -> Self {
        Self { place: place.into(), problem }
    }
}

/// What is wrong at a place of a calendar file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    #[error("not JSON: {0}")]
    Syntax(String),
    #[error("unknown calendar format {0:?}")]
    UnknownFormat(String),
    #[error("expected {0}")]
    Expected(&'static str),
    #[error("unknown field")]
    UnknownField,
    #[error("missing field")]
    MissingField,
    #[error("not a date between 2000 and 2099: {0:?}")]
    NotADate(String),
    #[error("not a year between 2000 and 2099: {0}")]
    NotAYear(i64),
    #[error("a second notice for {0}")]
    DuplicateYear(i32),
    #[error("{0} is listed twice")]
    DuplicateDate(NaiveDate),
    #[error("{date} is not part of the notice of {year}")]
    ForeignDate { date: NaiveDate, year: i32 },
    /// An empty notice would silently turn a whole year from provisional to known.
    #[error("the notice of {0} lists no day")]
    EmptyNotice(i32),
    #[error("two notices disagree about {0}")]
    Contradiction(NaiveDate),
    #[error("must not be empty")]
    Empty,
}

/// What is wrong with a timetable. `day` is `mon`…`sun` or a date.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScheduleError {
    #[error("not a time of day between 00:00 and 24:00: {0:?}")]
    NotATime(String),
    #[error("{day}: the window {start}–{end} is empty")]
    EmptyWindow { day: String, start: String, end: String },
    #[error(
        "{day}: the window {start}–{end} runs over midnight; end it at 24:00 and begin another at 00:00 on the next day"
    )]
    Overnight { day: String, start: String, end: String },
    #[error("{day}: windows overlap at {at}")]
    Overlap { day: String, at: String },
    #[error("not a date between 2000 and 2099: {0:?}")]
    NotADate(String),
    #[error("the timetable never opens")]
    NeverOpens,
}
