//! `deadline`: due times with their trace.
//! Must not count anything itself.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Write};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::Value;
use shouwen_core::calendar::{Calendar, DayReason, Schedule, ScheduleError, Statutory};
use shouwen_core::limit::{Amount, Due, Limit, LimitError, Mark, NoEffect, Pause, PauseEffect, TraceDay, Unit, due};
use shouwen_core::time::{self, Civil};

use crate::args::Args;
use crate::error::{Failure, Fault, Outcome};
use crate::{library, line};

type Windows = Vec<[String; 2]>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    #[serde(default, rename = "id")]
    _id: Value,
    start: Moment,
    limit: Limit,
    calendar: Days,
    schedule: Option<Week>,
    holidays: Option<Vec<String>>,
    shifts: Option<BTreeMap<String, Windows>>,
    pauses: Option<Vec<Span>>,
}

/// What decides whole days.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Days {
    Cn,
    Weekdays,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Week {
    mon: Windows,
    tue: Windows,
    wed: Windows,
    thu: Windows,
    fri: Windows,
    sat: Windows,
    sun: Windows,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    from: Moment,
    to: Option<Moment>,
}

#[derive(Clone, Copy)]
struct Moment(Civil);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let unreadable = || D::Error::custom(format!("not a time between 2000 and 2099: {text}"));
        time::parse(&text).map(Self).ok_or_else(unreadable)
    }
}

/// An answer.
#[derive(Serialize)]
struct Answer {
    due: String,
    provisional: bool,
    trace: Vec<Row>,
}

/// One day of the way, or what a pause did.
#[derive(Default, Serialize)]
struct Row {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    mark: &'static str,
    /// The day's number; of `elided` the days left out here.
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<u32>,
    /// What ran on this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// Of a holiday or a make-up day.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    provisional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// How much a pause took out of the count.
    #[serde(skip_serializing_if = "Option::is_none")]
    effect: Option<Amount>,
}

pub fn run(_args: &Args, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let mut calendars = Calendars { statutory: library::statutory()?, known: BTreeMap::new() };
    line::answer(&mut BufReader::new(io::stdin().lock()), out, |value| reply(&mut calendars, value))
}

/// Calendars asked about so far: the same timetable usually comes with many questions, and its tables are kept.
struct Calendars {
    statutory: Arc<Statutory>,
    known: BTreeMap<String, Calendar>,
}

/// More timetables than this are not kept.
const KEPT: usize = 256;

impl Calendars {
    fn of(&mut self, key: String, question: &Question) -> Result<Calendar, Fault> {
        if let Some(calendar) = self.known.get(&key) {
            return Ok(calendar.clone());
        }
        let calendar = calendar(&self.statutory, question)?;
        if self.known.len() < KEPT {
            self.known.insert(key, calendar.clone());
        }
        Ok(calendar)
    }
}

/// What decides the calendar of a question, as text. Whether a timetable that never opens matters depends on the unit.
fn calendar_key(value: &Value) -> String {
    let parts = ["calendar", "schedule", "holidays", "shifts"].map(|key| value.get(key).unwrap_or(&Value::Null));
    let unit = value.pointer("/limit/unit").unwrap_or(&Value::Null);
    parts.iter().chain([&unit]).map(|part| part.to_string() + "\u{1f}").collect()
}

fn reply(calendars: &mut Calendars, value: Value) -> Result<Answer, Fault> {
    let key = calendar_key(&value);
    let question: Question = line::read(value)?;
    let calendar = calendars.of(key, &question)?;
    let pauses: Vec<Pause> =
        question.pauses.iter().flatten().map(|span| Pause { from: span.from.0, to: span.to.map(|to| to.0) }).collect();
    let answer = due(question.start.0, &question.limit, &calendar, &pauses)
        .map_err(|error| Fault::new(error.code(), &error, place(&error, &pauses)))?;
    Ok(Answer { due: time::plain(answer.due), provisional: answer.provisional, trace: trace(&answer) })
}

fn calendar(statutory: &Arc<Statutory>, question: &Question) -> Result<Calendar, Fault> {
    let days = match question.calendar {
        Days::Cn => Calendar::statutory(statutory.clone()),
        Days::Weekdays => Calendar::weekdays(),
    };
    match hours(question)? {
        Some(schedule) => Ok(days.with_hours(schedule)),
        None => Ok(days),
    }
}

/// The timetable with its exceptions. None when nothing was said about hours.
fn hours(question: &Question) -> Result<Option<Schedule>, Fault> {
    let empty = (Week::default(), Vec::new(), BTreeMap::new());
    let week = question.schedule.as_ref().unwrap_or(&empty.0);
    let holidays = question.holidays.as_ref().unwrap_or(&empty.1);
    let shifts = question.shifts.as_ref().unwrap_or(&empty.2);
    let week = [&week.mon, &week.tue, &week.wed, &week.thu, &week.fri, &week.sat, &week.sun].map(Clone::clone);
    match Schedule::new(week, holidays, shifts) {
        Ok(schedule) => Ok(Some(schedule)),
        // Without hours only working time cannot be counted, and the law itself says so.
        Err(ScheduleError::NeverOpens) if question.schedule.is_none() => Ok(None),
        Err(ScheduleError::NeverOpens) if !works_by_hours(question.limit.unit) => Ok(None),
        Err(error) => Err(Fault::new("bad_schedule", &error, schedule_place(&error, question))),
    }
}

fn works_by_hours(unit: Unit) -> bool {
    matches!(unit, Unit::WorkingMinute | Unit::WorkingHour)
}

/// Where a fault of the timetable stands.
fn schedule_place(error: &ScheduleError, question: &Question) -> String {
    let in_shifts = |day: &str| question.shifts.as_ref().is_some_and(|shifts| shifts.contains_key(day));
    let of_day = |day: &str| if in_shifts(day) { format!("shifts.{day}") } else { format!("schedule.{day}") };
    match error {
        ScheduleError::EmptyWindow { day, .. } | ScheduleError::Overnight { day, .. } => of_day(day),
        ScheduleError::Overlap { day, .. } => of_day(day),
        ScheduleError::NotADate(text) if in_shifts(text) => format!("shifts.{text}"),
        ScheduleError::NotADate(text) => {
            let index = question.holidays.iter().flatten().position(|one| one == text);
            index.map_or_else(|| "holidays".to_owned(), |index| format!("holidays[{index}]"))
        }
        ScheduleError::NotATime(text) => {
            let has = |windows: &Windows| windows.iter().flatten().any(|one| one == text);
            let shift = question.shifts.iter().flatten().find(|(_, windows)| has(windows));
            shift.map_or_else(|| "schedule".to_owned(), |(date, _)| format!("shifts.{date}"))
        }
        ScheduleError::NeverOpens => "schedule".to_owned(),
    }
}

/// Which field a refusal of the counting laws is about.
fn place(error: &LimitError, pauses: &[Pause]) -> String {
    let index = |found: Option<usize>| found.map_or_else(|| "pauses".to_owned(), |index| format!("pauses[{index}]"));
    match error {
        LimitError::StartOutOfRange { .. } => "start".to_owned(),
        LimitError::ZeroCount { .. } | LimitError::CountTooLarge { .. } => "limit.count".to_owned(),
        LimitError::BeyondCalendar => "limit".to_owned(),
        LimitError::NoSchedule => "schedule".to_owned(),
        LimitError::NeedsDate | LimitError::Untimed => "limit.unit".to_owned(),
        LimitError::PauseBackwards { from, to } => {
            index(pauses.iter().position(|pause| pause.from == *from && pause.to == Some(*to)))
        }
        LimitError::TooManyPauses { .. } => "pauses".to_owned(),
        LimitError::EndBeforeStart { .. } => "end".to_owned(),
        LimitError::StillPaused { .. } => index(pauses.iter().position(|pause| pause.to.is_none())),
    }
}

fn trace(due: &Due) -> Vec<Row> {
    let in_time = due.trace.limit.unit.in_time();
    let mut rows: Vec<Row> = due.trace.days.iter().map(|day| day_row(day, in_time)).collect();
    if due.trace.elided > 0 {
        // The strip keeps as many days at its beginning as at its end.
        rows.insert(rows.len() / 2, Row { mark: "elided", n: Some(due.trace.elided), ..Row::default() });
    }
    rows.extend(due.trace.pauses.iter().map(pause_row));
    rows
}

fn day_row(day: &TraceDay, in_time: bool) -> Row {
    let (mark, count) = match day.mark {
        Mark::Start => ("start", None),
        Mark::Counted(n) => ("counted", Some(n)),
        Mark::Ran(seconds) => ("ran", Some(seconds)),
        Mark::Skipped => ("skipped", None),
        Mark::Paused => ("paused", None),
        Mark::Rolled => ("rolled", None),
        Mark::Due(n) => ("due", Some(n)),
    };
    let (reason, name) = match &day.reason {
        DayReason::Weekday => ("weekday", None),
        DayReason::Weekend => ("weekend", None),
        DayReason::Holiday(name) => ("holiday", Some(name)),
        DayReason::Shift(name) => ("shift", Some(name)),
        DayReason::Closed => ("closed", None),
        DayReason::RestDay => ("rest_day", None),
    };
    Row {
        date: Some(day.date.to_string()),
        mark,
        n: count.filter(|_| !in_time),
        seconds: count.filter(|_| in_time),
        reason: Some(reason),
        name: name.filter(|name| !name.is_empty()).cloned(),
        provisional: day.provisional,
        ..Row::default()
    }
}

fn pause_row(pause: &PauseEffect) -> Row {
    let reason = pause.no_effect.map(|reason| match reason {
        NoEffect::BeforeStart => "before_start",
        NoEffect::AfterDue => "after_due",
        NoEffect::WithinDay => "within_day",
        NoEffect::RestDay => "rest_day",
        NoEffect::OutsideHours => "outside_hours",
    });
    Row {
        mark: "pause",
        from: Some(time::plain(pause.from)),
        to: Some(time::plain(pause.to)),
        effect: Some(pause.effect),
        reason,
        ..Row::default()
    }
}
