//! What surrounds the cases: calendars and the operator's parameter values.
//! Holds no case and no time.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::calendar::Calendar;
use crate::pack::{CalendarChoice, Clock, Pack, plan_of};

/// Calendars and parameters in force on this device. Cheap to clone.
#[derive(Clone)]
pub struct World {
    /// Statutory working days.
    pub statutory: Calendar,
    /// Schedules by campus name; a campus without one follows the statutory calendar.
    pub campuses: BTreeMap<String, Calendar>,
    /// Operator's values for parameters, keyed `pack.parameter`.
    pub parameters: BTreeMap<String, Value>,
}

impl World {
    /// A world without timetables and parameters.
    pub fn new(statutory: Calendar) -> World {
        World { statutory, campuses: BTreeMap::new(), parameters: BTreeMap::new() }
    }

    /// The calendar that a clock of this campus counts by.
    pub fn calendar(&self, choice: CalendarChoice, campus: &str) -> &Calendar {
        match choice {
            CalendarChoice::Statutory => &self.statutory,
            CalendarChoice::Campus => self.campuses.get(campus).unwrap_or(&self.statutory),
        }
    }

    /// The value of a parameter: the operator's, else the pack's own, else none.
    pub fn parameter<'a>(&'a self, pack: &'a Pack, id: &str) -> Option<&'a Value> {
        // A value of a plan beside the pack is the plan's, whatever case asks for it.
        let (of, own) = plan_of(id).unwrap_or((&pack.id, id));
        self.parameters
            .get(&format!("{of}.{own}"))
            .or_else(|| pack.parameters.iter().find(|one| one.id == id)?.value.as_ref())
            .filter(|value| !crate::pack::is_blank(value))
    }

    /// A parameter that holds a number of days, at least one.
    pub fn days(&self, pack: &Pack, parameter: &str) -> Option<u64> {
        let value = self.parameter(pack, parameter)?;
        let days = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
        (1..=3_660).contains(&days).then_some(days)
    }

    /// The count that fills a clock whose value the text leaves out.
    pub fn count_for(&self, pack: &Pack, clock: &Clock) -> Option<u32> {
        let value = self.parameter(pack, clock.parameter.as_deref()?)?;
        value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?.try_into().ok()
    }
}
