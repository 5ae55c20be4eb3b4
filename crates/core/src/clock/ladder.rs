//! The escalation ladder: when each reminder level of a run is reached, and never on a rest day unless the pack says so.
//! Must not know what has been told already, nor the present time.

use chrono::{Duration, NaiveDate};

use super::{Run, World};
use crate::calendar::Calendar;
use crate::limit::{self, Limit};
use crate::order::Order as _;
use crate::pack::{CalendarChoice, Clock, ClockKind, Level, LevelAt, Pack};
use crate::time::{Civil, start_of};

/// Office hours where a campus has no timetable, in minutes of the day. Our own convention, for reminders only.
const OFFICE: (i64, i64) = (9 * 60, 18 * 60);

/// A level of a run and when it is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Index into [`levels`].
    pub level: u16,
    pub at: Civil,
}

/// The levels of a clock: its own, else the pack's. Soft targets and untimed tasks have only their own.
pub fn levels<'a>(pack: &'a Pack, clock: &'a Clock) -> &'a [Level] {
    match &clock.ladder {
        Some(own) => own,
        None if has_levels(clock.kind) => &pack.ladder,
        None => &[],
    }
}

/// Whether the pack's levels are for clocks of this kind.
pub fn has_levels(kind: ClockKind) -> bool {
    matches!(kind, ClockKind::CaseSet | ClockKind::Hard | ClockKind::Missing)
}

/// The rungs of a run whose due time is known, in order of time.
pub(super) fn rungs(run: &Run, clock: &Clock, pack: &Pack, world: &World, campus: &str) -> Vec<Rung> {
    let Some((start, due)) = run.start.zip(run.due.as_ref()) else { return Vec::new() };
    let counting = world.calendar(clock.calendar, campus);
    // People are told when they are at work, whatever calendar the limit counts by.
    let desk = Desk(world.calendar(CalendarChoice::Campus, campus));
    let mut list: Vec<Rung> = Vec::new();
    for (index, level) in levels(pack, clock).iter().enumerate() {
        if let (Some(at), Ok(index)) = (reached(level, start, due.due, counting, &desk), u16::try_from(index)) {
            list.push(Rung { level: index, at });
        }
    }
    list.order_by_key(|rung| rung.at);
    list
}

fn reached(level: &Level, start: Civil, due: Civil, counting: &Calendar, desk: &Desk) -> Option<Civil> {
    let (at, early) = match &level.at {
        LevelAt::Percent(percent) => {
            let seconds = due.signed_duration_since(start).num_seconds();
            (start.checked_add_signed(Duration::seconds(seconds * i64::from(*percent) / 100))?, *percent <= 100)
        }
        LevelAt::Before(limit) => (morning(limit, limit::before(due, limit, counting).ok()?.due, desk), true),
        LevelAt::LastWorkingDay => (desk.opening(desk.working_on_or_before(due.date())?), true),
        LevelAt::Overdue => (due + Duration::seconds(1), false),
        LevelAt::After(limit) => (morning(limit, limit::due(due, limit, counting, &[]).ok()?.due, desk), false),
    };
    let at = match (level.rest_days, early) {
        (true, _) => at,
        (false, true) => desk.at_or_before(at)?,
        (false, false) => desk.at_or_after(at)?,
    };
    Some(if early { at.max(start) } else { at })
}

/// A level in days is told in the morning of its day, not at midnight.
fn morning(limit: &Limit, at: Civil, desk: &Desk) -> Civil {
    if limit.unit.in_time() { at } else { desk.opening(at.date()) }
}

/// When somebody is there to be told.
struct Desk<'a>(&'a Calendar);

impl Desk<'_> {
    fn opening(&self, date: NaiveDate) -> Civil {
        let windows = self.0.windows(date);
        windows.first().map_or(start_of(date) + Duration::minutes(OFFICE.0), |window| window.on(date).0)
    }

    fn closing(&self, date: NaiveDate) -> Civil {
        let windows = self.0.windows(date);
        windows.last().map_or(start_of(date) + Duration::minutes(OFFICE.1), |window| window.on(date).1)
    }

    fn working_on_or_before(&self, date: NaiveDate) -> Option<NaiveDate> {
        if self.0.is_working(date) { Some(date) } else { self.0.nth_working_day_before(date, 1) }
    }

    fn at_or_before(&self, at: Civil) -> Option<Civil> {
        let date = at.date();
        if self.0.is_working(date) && at >= self.opening(date) {
            return Some(at.min(self.closing(date)));
        }
        Some(self.closing(self.0.nth_working_day_before(date, 1)?))
    }

    fn at_or_after(&self, at: Civil) -> Option<Civil> {
        let date = at.date();
        if self.0.is_working(date) && at <= self.closing(date) {
            return Some(at.max(self.opening(date)));
        }
        Some(self.opening(self.0.nth_working_day_after(date, 1)?))
    }
}
