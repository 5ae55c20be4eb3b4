//! The answer of a counting law and the way to it, as the screen draws it: a strip of days.
//! Holds no arithmetic beyond choosing which days of a long strip are shown.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::types::Limit;
use crate::calendar::DayReason;
use crate::time::{Civil, plain};

/// Days shown at each end of a long strip.
pub(super) const SHOWN: usize = 30;

/// A computed due time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The last second in time: on time means `done_at <= due`.
    #[serde(serialize_with = "civil")]
    pub due: Civil,
    /// Depends on a day whose notice is not known.
    pub provisional: bool,
    pub trace: Trace,
}

/// How a due time came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    #[serde(serialize_with = "civil")]
    pub start: Civil,
    pub limit: Limit,
    /// From the day of the start to the day of the due time. A strip of more than 60 days keeps its first 30 and
    /// its last 30; see `elided`.
    pub days: Vec<TraceDay>,
    /// Days left out after `days[29]`; 0 when none are.
    pub elided: u32,
    /// Every pause (overlapping ones as one), with what it did.
    pub pauses: Vec<PauseEffect>,
    #[serde(serialize_with = "civil")]
    pub due: Civil,
}

/// One day of the strip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraceDay {
    #[serde(serialize_with = "crate::calendar::fact::iso")]
    pub date: NaiveDate,
    pub mark: Mark,
    /// The answer depends on this day and its notice is not known.
    pub provisional: bool,
    /// Why the calendar takes the day as it does.
    pub reason: DayReason,
}

/// What a day did to the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The day of the event: not counted (in working time: nothing ran on it any more).
    Start,
    /// The k-th day.
    Counted(u32),
    /// Limits in time: seconds that ran on this day.
    Ran(u32),
    /// A rest day.
    Skipped,
    /// The clock stood still.
    Paused,
    /// A rest day that would have been the last day, or follows it: the end moves on.
    Rolled,
    /// The day of the due time. Limits in days: its number, 0 for the day of the event itself (a rolled end keeps
    /// the number of the day it rolled from). Limits in time: seconds that ran on it.
    Due(u32),
}

/// A pause and what it did. Times are those of the merged pause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PauseEffect {
    #[serde(serialize_with = "civil")]
    pub from: Civil,
    #[serde(serialize_with = "civil")]
    pub to: Civil,
    pub effect: Amount,
    /// Why the effect is zero.
    pub no_effect: Option<NoEffect>,
}

/// An amount in a limit's own kind of unit: what passed, or what a pause took out of the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    Days(u32),

    Seconds(u32),
}

/// Why a pause changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoEffect {
    /// It was over when the clock started (in days: when the day of the event ended).
    BeforeStart,
    /// The limit had ended.
    AfterDue,
    /// It was over before the day ended.
    WithinDay,
    /// It covered rest days only.
    RestDay,
    /// It covered closed hours only.
    OutsideHours,
}

/// A strip in full or, when it is long, its two ends; `day` describes the i-th day. Returns the days left out as well.
pub(super) fn strip(count: usize, day: impl Fn(usize) -> Option<TraceDay>) -> (Vec<TraceDay>, u32) {
    let elided = count.saturating_sub(2 * SHOWN);
    let shown = (0..count).filter(|index| elided == 0 || *index < SHOWN || *index >= SHOWN + elided);
    (shown.filter_map(day).collect(), elided as u32)
}

fn civil<S: Serializer>(at: &Civil, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&plain(*at))
}
