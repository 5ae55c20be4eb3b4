//! Calendars: which days work and in which hours, from official notices and from a campus's own timetable.
//! Must not know limits, clocks or cases; must not read a file or ask what day it is today.
//!
//! ```
//! use std::sync::Arc;
//! use shouwen_core::calendar::{Calendar, CalendarFile, Statutory};
//!
//! let text = r#"{"format":"shouwen-calendar/1","id":"x","title":{"zh":"例","en":"Example"},
//!   "notices":[{"year":2026,"sources":[],"days":[["2026-01-01","元旦",true],["2026-01-04","元旦",false]]}]}"#;
//! let file = CalendarFile::parse(text).map_err(|e| e.to_string())?;
//! let calendar = Calendar::statutory(Arc::new(Statutory::new(&file.notices).map_err(|e| e.to_string())?));
//! let sunday = shouwen_core::time::parse_date("2026-01-04").ok_or("date")?;
//! assert!(calendar.is_working(sunday)); // a make-up working day
//! # Ok::<(), String>(())
//! ```

mod combined;
mod error;
pub(crate) mod fact;
mod festivals;
mod hours;
pub mod import;
mod notice;
mod schedule;
mod statutory;
mod table;

pub use combined::{Base, Calendar, DaysFrom};
pub use error::{CalendarError, Problem, ScheduleError};
pub use fact::{DayFact, DayReason};
pub use notice::{CalendarFile, FORMAT, Notice, NoticeDay, Title};
pub use schedule::{Schedule, Week, Window};
pub use statutory::Statutory;
