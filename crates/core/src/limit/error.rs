//! Why a due time cannot be computed.
//! Holds no user-facing text in Chinese: the interface translates by [`LimitError::code`].

use thiserror::Error;

use super::types::{MAX_COUNT, MAX_PAUSES, Unit};
use crate::time::Civil;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LimitError {
    #[error("the start {start} is not between 2000 and 2099")]
    StartOutOfRange { start: Civil },
    #[error("a limit in {unit:?} needs a count of at least 1")]
    ZeroCount { unit: Unit },
    #[error("the count {count} is above {MAX_COUNT}")]
    CountTooLarge { count: u32 },
    #[error("the limit ends beyond 2099")]
    BeyondCalendar,
    #[error("working time needs a timetable")]
    NoSchedule,
    #[error("a limit by date needs the date that was entered")]
    NeedsDate,
    #[error("an untimed task has no due time")]
    Untimed,
    #[error("a pause ends at {to}, before it begins at {from}")]
    PauseBackwards { from: Civil, to: Civil },
    #[error("{count} pauses are more than {MAX_PAUSES}")]
    TooManyPauses { count: usize },
    #[error("the end {end} lies before the start {start}")]
    EndBeforeStart { start: Civil, end: Civil },
    #[error("the clock stands still since {since}: its due time is not known yet")]
    StillPaused { since: Civil },
}

impl LimitError {
    /// A stable word for programs and for translation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::StartOutOfRange { .. } => "start_out_of_range",
            Self::ZeroCount { .. } => "zero_count",
            Self::CountTooLarge { .. } => "count_too_large",
            Self::BeyondCalendar => "beyond_calendar",
            Self::NoSchedule => "no_schedule",
            Self::NeedsDate => "needs_date",
            Self::Untimed => "untimed",
            Self::PauseBackwards { .. } => "pause_backwards",
            Self::TooManyPauses { .. } => "too_many_pauses",
            Self::EndBeforeStart { .. } => "end_before_start",
            Self::StillPaused { .. } => "still_paused",
        }
    }
}
