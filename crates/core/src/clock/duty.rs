//! Recurring duties of the organisation 定期工作: weekly, at month's or year's end, every so many days. Calendar tasks with
//! records of their own, kept in a log beside the cases; no case clock, and never a breach.
//! Must not know the present time.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::World;
use crate::case::{Body, Case};
use crate::pack::{Clock, Every, Pack};
use crate::time::{Civil, end_of, parse_date};

/// The log of a desk's duties is stored like a case with this prefix and the campus's name as its id.
pub const DUTIES: &str = "duties:";

/// The id of the log that holds a campus's records.
pub fn duty_log(campus: &str) -> String {
    format!("{DUTIES}{campus}")
}

/// One turn of a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// `2026-W47`, `2026-11`, `2026`, or the first day of a period that the operator set.
    pub id: String,
    pub from: NaiveDate,
    /// The last second of the term.
    pub due: Civil,
}

/// A duty in the term of a date.
#[derive(Clone, Debug)]
pub struct Duty<'a> {
    pub clock: &'a Clock,
    /// `None`: a standing duty without a date, or the operator has not set the period.
    pub term: Option<Term>,
    /// When it was recorded for this term, by whom.
    pub done: Option<(Civil, String)>,
    /// The term before passed without a record although earlier ones have one.
    pub missed: Option<Term>,
}

/// All recurring duties of a pack, as they stand on `date`. `log`: the folded records of the desk.
pub fn duties<'a>(pack: &'a Pack, world: &World, log: Option<&Case>, date: NaiveDate) -> Vec<Duty<'a>> {
    let recurring = pack.clocks.iter().filter_map(|clock| Some((clock, clock.every.as_ref()?)));
    let duty = |(clock, every): (&'a Clock, &'a Every)| {
        let term = term(pack, world, every, date);
        let record = |term: &Term| records(pack, clock, log).find(|record| record.term == term.id);
        let done = term.as_ref().and_then(record).map(|record| (record.at, record.by.to_owned()));
        let missed = term
            .as_ref()
            .and_then(|term| self::term(pack, world, every, term.from.pred_opt()?))
            .filter(|before| record(before).is_none())
            .filter(|before| records(pack, clock, log).any(|record| record.at.date() < before.from));
        Duty { clock, term, done, missed }
    };
    recurring.map(duty).collect()
}

/// The term of a rhythm in which a date lies.
pub fn term(pack: &Pack, world: &World, every: &Every, date: NaiveDate) -> Option<Term> {
    let (id, from, last) = match every {
        Every::WeekEnd => {
            let week = date.iso_week();
            let from = date.checked_sub_days(Days::new(date.weekday().num_days_from_monday().into()))?;
            (format!("{}-W{:02}", week.year(), week.week()), from, from.checked_add_days(Days::new(6))?)
        }
        Every::MonthEnd => {
            let from = date.with_day(1)?;
            let last = from.checked_add_months(Months::new(1))?.pred_opt()?;
            (format!("{:04}-{:02}", date.year(), date.month()), from, last)
        }
        Every::YearEnd => {
            let day = |month, day| NaiveDate::from_ymd_opt(date.year(), month, day);
            (format!("{:04}", date.year()), day(1, 1)?, day(12, 31)?)
        }
        Every::Period(parameter) => {
            let days = world.days(pack, parameter)?;
            let first = parse_date(&pack.effective_from)?;
            let passed = u64::try_from(date.signed_duration_since(first).num_days()).ok()?;
            let from = first.checked_add_days(Days::new(passed / days * days))?;
            (from.to_string(), from, from.checked_add_days(Days::new(days - 1))?)
        }
        Every::Continuous => return None,
    };
    Some(Term { id, from, due: end_of(last) })
}

/// What was recorded of a duty, entry by entry.
pub struct Record<'a> {
    /// The entry in the log, for withdrawing it.
    pub event: &'a str,
    pub term: &'a str,
    pub at: Civil,
    pub by: &'a str,
    pub note: &'a str,
}

/// The records of a duty that are in force, in the order of the log.
pub fn records<'a>(pack: &'a Pack, clock: &'a Clock, log: Option<&'a Case>) -> impl Iterator<Item = Record<'a>> {
    log.into_iter().flat_map(Case::in_force).filter_map(move |(event, body)| match body {
        Body::DutyDone { pack: id, clock: duty, term, note } if *id == pack.id && *duty == clock.id => {
            Some(Record { event: &event.id, term, at: event.at, by: &event.actor, note })
        }
        _ => None,
    })
}

/// The terms of a rhythm that end in a year, in order. None for a standing duty or one whose period is not set.
pub fn terms(pack: &Pack, world: &World, every: &Every, year: i32) -> Vec<Term> {
    let (mut first, last) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31));
    if matches!(every, Every::Period(_)) {
        // Periods are counted from the day on which the rule took effect.
        first = first.max(parse_date(&pack.effective_from));
    }
    let mut list = Vec::new();
    let mut next = first.zip(last).filter(|(date, last)| date <= last);
    while let Some((date, last)) = next {
        let found = term(pack, world, every, date);
        next = found.as_ref().and_then(|term| term.due.date().succ_opt()).map(|date| (date, last));
        list.extend(found.filter(|term| term.due.date() <= last));
        next = next.filter(|(date, last)| date <= last);
    }
    list
}
