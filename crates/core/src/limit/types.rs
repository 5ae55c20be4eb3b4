//! What a limit is: count, unit and counting law. Holds no arithmetic.

use serde::{Deserialize, Serialize};

use crate::time::Civil;

/// The largest count of any limit.
pub const MAX_COUNT: u32 = 3_660;

/// The largest number of separate pauses of one clock (overlapping ones count as one).
pub const MAX_PAUSES: usize = 366;

/// How time is counted (DESIGN: counting laws).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Minute,
    Hour,
    WorkingMinute,
    WorkingHour,
    NaturalDay,
    WorkingDay,
    SameDay,
    NextDay,
    Month,
    /// A date that the handler enters; the limit itself has no count.
    ByDate,
    /// An untimed task.
    None,
}

impl Unit {
    /// Counted in seconds; all other units are counted in days or not at all.
    pub fn in_time(self) -> bool {
        matches!(self, Unit::Minute | Unit::Hour | Unit::WorkingMinute | Unit::WorkingHour)
    }
}

/// What happens when the last natural day is a statutory rest day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// It stays (default for internal rules).
    #[default]
    None,
    /// It moves to the next working day (Civil Code art. 203).
    NextWorkingDay,
}

/// Count + unit + counting law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Ignored by `same_day`, `next_day`, `by_date` and `none`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub count: u32,
    pub unit: Unit,
    #[serde(default, skip_serializing_if = "is_default")]
    pub roll: Roll,
    /// Natural days end at close of business instead of 24:00.
    #[serde(default, skip_serializing_if = "is_default")]
    pub at_close: bool,
}

/// A time in which a clock stands still. `to: None` means: still standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    pub from: Civil,
    pub to: Option<Civil>,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
