//! From the question as typed to the answer: reads the fields, asks `core::limit`, says what is wrong and where.
//! Must not draw, and computes no date itself.

use std::collections::BTreeMap;

use chrono::Timelike;
use shouwen_core::calendar::{Calendar, CalendarFile, Schedule};
use shouwen_core::clock::World;
use shouwen_core::limit::{self, Amount, Due, Limit, LimitError, MAX_COUNT, Pause, Roll, Unit};
use shouwen_core::time::{Civil, end_of};

use super::ask::{Ask, CAMPUS, HOURS, WEEKDAYS, Way};
use super::when::{self, Untimed};
use super::words;
use crate::i18n::tr;

/// Everything the page shows of a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Field and what is wrong with it.
    pub wrong: Vec<(String, String)>,
    /// The moments as read, by field.
    pub read: Vec<(String, Civil)>,
    pub due: Option<Due>,
    /// For [`Way::Between`].
    pub amount: Option<Amount>,
    pub schedule: Option<Schedule>,
    /// Whether notices of holidays matter.
    pub by_notices: bool,
}

impl Answer {
    /// What is wrong with a field.
    pub fn wrong(&self, field: &str) -> Option<String> {
        self.wrong.iter().find(|(of, _)| of == field).map(|(_, words)| words.clone())
    }

    /// A field's moment, as it was read.
    pub fn read(&self, field: &str) -> Option<Civil> {
        self.read.iter().find(|(of, _)| of == field).map(|(_, at)| *at)
    }

    fn refuse(&mut self, field: &str, words: String) {
        self.wrong.push((field.to_owned(), words));
    }

    /// Reads a moment; empty text stands for `empty`.
    fn moment(&mut self, field: &str, text: &str, now: Civil, untimed: Untimed, empty: Option<Civil>) -> Option<Civil> {
        let read = match empty {
            Some(at) if text.trim().is_empty() => Ok(at),
            _ => when::read(text, now, untimed),
        };
        match read {
            Ok(at) => {
                self.read.push((field.to_owned(), at));
                Some(at)
            }
            Err(why) => {
                self.refuse(field, words::unread(why));
                None
            }
        }
    }
}

/// The fields of a pause.
pub fn pause_fields(index: usize) -> (String, String) {
    (format!("pause-{index}-from"), format!("pause-{index}-to"))
}

/// The answer. `now` stands for an empty start and for "today".
pub fn answer(ask: &Ask, world: &World, notices: &CalendarFile, now: Civil) -> Answer {
    let mut answer = Answer::default();
    let now = now.with_second(0).unwrap_or(now);
    let from = answer.moment("from", &ask.from, now, Untimed::Begins, Some(now));
    let calendar = calendar(ask, world, notices, now, &mut answer);
    let pauses = if ask.way == Way::Before { Some(Vec::new()) } else { pauses(ask, now, &mut answer) };
    let count = if ask.way == Way::Between { Some(0) } else { count(ask, &mut answer) };
    let to = match ask.way {
        Way::Between => answer.moment("to", &ask.to, now, Untimed::Ends, None),
        _ => Some(now),
    };
    let all = from.zip(calendar).zip(pauses).zip(count).zip(to);
    let Some(((((from, calendar), pauses), count), to)) = all else { return answer };
    let limit = limit_of(ask, count, &calendar);
    let result = match ask.way {
        Way::After => limit::due(from, &limit, &calendar, &pauses).map(|due| answer.due = Some(due)),
        Way::Before => limit::before(from, &limit, &calendar).map(|due| answer.due = Some(due)),
        Way::Between => limit::within(from, to, ask.unit, &calendar, &pauses).map(|amount| {
            answer.amount = Some(amount);
            // The way there, as the sentence and the strip of that very amount.
            let same = same_amount(amount, ask.unit);
            answer.due = same.and_then(|limit| limit::due(from, &limit, &calendar, &pauses).ok());
        }),
    };
    if let Err(error) = result {
        let (field, text) = words::refused(&error);
        answer.refuse(&place_of(&error, field, &answer.read), text);
    }
    answer.by_notices = ask.calendar != WEEKDAYS;
    answer.schedule = calendar.schedule().cloned();
    answer
}

/// The field of an error; for pauses the one that is meant.
fn place_of(error: &LimitError, field: &str, read: &[(String, Civil)]) -> String {
    let meant = |at: &Civil, end: &str| {
        read.iter().find(|(name, read)| name.starts_with("pause") && name.ends_with(end) && read == at)
    };
    let found = match error {
        LimitError::PauseBackwards { to, .. } => meant(to, "-to").map(|(name, _)| name.clone()),
        LimitError::StillPaused { since } => meant(since, "-from").map(|(name, _)| name.replace("-from", "-to")),
        _ => None,
    };
    found.unwrap_or_else(|| field.to_owned())
}

/// The limit whose time is exactly an amount; none for nothing and for what is no whole count.
fn same_amount(amount: Amount, unit: Unit) -> Option<Limit> {
    let (count, unit) = match amount {
        Amount::Days(days) => (days, unit),
        Amount::Seconds(seconds) => {
            let working = matches!(unit, Unit::WorkingHour | Unit::WorkingMinute);
            match (seconds % 3600, seconds % 60, working) {
                (0, _, true) => (seconds / 3600, Unit::WorkingHour),
                (0, _, false) => (seconds / 3600, Unit::Hour),
                (_, 0, true) => (seconds / 60, Unit::WorkingMinute),
                (_, 0, false) => (seconds / 60, Unit::Minute),
                _ => return None,
            }
        }
    };
    (1..=MAX_COUNT).contains(&count).then_some(Limit { count, unit, roll: Roll::None, at_close: false })
}

/// Whether a unit has a number before it.
pub fn has_count(unit: Unit) -> bool {
    !matches!(unit, Unit::SameDay | Unit::NextDay)
}

/// Whether rolling on makes a difference.
pub fn can_roll(ask: &Ask) -> bool {
    ask.way == Way::After && matches!(ask.unit, Unit::NaturalDay | Unit::Month)
}

/// Whether the day may end at closing time.
pub fn can_close(ask: &Ask) -> bool {
    let in_days = !matches!(ask.unit, Unit::Hour | Unit::Minute | Unit::WorkingHour | Unit::WorkingMinute);
    ask.way != Way::Between && in_days && (ask.calendar == HOURS || ask.calendar.starts_with(CAMPUS))
}

fn limit_of(ask: &Ask, count: u32, calendar: &Calendar) -> Limit {
    let roll = if ask.roll && can_roll(ask) { Roll::NextWorkingDay } else { Roll::None };
    Limit { count, unit: ask.unit, roll, at_close: ask.close && can_close(ask) && calendar.schedule().is_some() }
}

fn count(ask: &Ask, answer: &mut Answer) -> Option<u32> {
    if !has_count(ask.unit) {
        return Some(0);
    }
    let half: String = ask.count.trim().chars().map(shouwen_core::case::half_width).collect();
    let count = half.parse().ok().filter(|count| (1..=MAX_COUNT).contains(count));
    if count.is_none() {
        answer.refuse("count", words::bad_count());
    }
    count
}

fn pauses(ask: &Ask, now: Civil, answer: &mut Answer) -> Option<Vec<Pause>> {
    let mut list = Vec::new();
    let mut well = true;
    for (index, (from, to)) in ask.pauses.iter().enumerate() {
        if from.trim().is_empty() && to.trim().is_empty() {
            continue;
        }
        let (from_field, to_field) = pause_fields(index);
        let from = answer.moment(&from_field, from, now, Untimed::Begins, None);
        let open = to.trim().is_empty();
        let to = if open { None } else { answer.moment(&to_field, to, now, Untimed::Begins, None) };
        match from {
            Some(from) if open || to.is_some() => list.push(Pause { from, to }),
            _ => well = false,
        }
    }
    well.then_some(list)
}

fn calendar(ask: &Ask, world: &World, notices: &CalendarFile, now: Civil, answer: &mut Answer) -> Option<Calendar> {
    let found = match ask.calendar.as_str() {
        WEEKDAYS => Ok(Calendar::weekdays()),
        HOURS => office(&ask.hours, world, notices, now).ok_or(("hours", tr(words::W_HOURS))),
        name => match name.strip_prefix(CAMPUS) {
            Some(campus) => world.campuses.get(campus).cloned().ok_or(("calendar", tr(words::W_CAMPUS))),
            None => Ok(world.statutory.clone()),
        },
    };
    found.map_err(|(field, words)| answer.refuse(field, words.to_owned())).ok()
}

/// Office hours on every statutory working day: Monday to Friday, and on the make-up days of the notices.
fn office(text: &str, world: &World, notices: &CalendarFile, now: Civil) -> Option<Calendar> {
    let clock = |text: &str| {
        // After a day, a bare number is an hour.
        let at = when::read(&format!("今天 {text}"), now, Untimed::Begins).ok()?;
        let end = at == end_of(at.date());
        Some(if end { "24:00".to_owned() } else { format!("{:02}:{:02}", at.hour(), at.minute()) })
    };
    let mut windows: Vec<[String; 2]> = Vec::new();
    for part in text.split([' ', '\u{3000}', ',', '，', '、', ';', '；']).filter(|part| !part.is_empty()) {
        let (open, close) = part.split_once(['-', '–', '—', '~', '～', '至'])?;
        windows.push([clock(open)?, clock(close)?]);
    }
    let mut week: [Vec<[String; 2]>; 7] = Default::default();
    week[..5].fill(windows.clone());
    let days = notices.notices.iter().flat_map(|notice| &notice.days);
    let mut shifts = BTreeMap::new();
    for day in days.filter(|day| !day.off) {
        shifts.insert(day.date.to_string(), windows.clone());
    }
    let schedule = Schedule::new(week, &[], &shifts).ok().filter(|_| !windows.is_empty())?;
    Some(world.statutory.clone().with_hours(schedule))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shouwen_core::{embedded, time};

    /// The answer to an address at 20 November 2026, 10:30:20: what is due, what lies between, or what is wrong.
    fn ask(query: &str) -> String {
        let statutory = embedded::statutory().expect("notices");
        let notices = CalendarFile::parse(embedded::CALENDARS[0].1).expect("calendar");
        let mut world = World::new(Calendar::statutory(std::sync::Arc::new(statutory)));
        let never: Schedule = serde_json::from_str(r#"{"shifts":{"2026-11-25":[["09:00","10:00"]]}}"#).expect("hours");
        world.campuses.insert("城北".into(), world.statutory.clone().with_hours(never));
        let now = time::parse("2026-11-20T10:30:20").expect("now");
        let answer = answer(&Ask::parse(query), &world, &notices, now);
        let wrong = answer.wrong.first().map(|(field, _)| format!("wrong: {field}"));
        let maybe = |due: &Due| if due.provisional { " provisional" } else { "" };
        let due = answer.due.map(|due| format!("{}{}", time::plain(due.due), maybe(&due)));
        wrong.or(answer.amount.map(|amount| format!("{amount:?}"))).or(due).unwrap_or_default()
    }

    #[test]
    fn questions() {
        for (query, want) in [
            ("", "2026-12-01T23:59:59"),
            ("from=2026-02-13T10:00", "2026-03-02T23:59:59"),
            ("from=2026-02-13T10:00&cal=weekdays", "2026-02-24T23:59:59"),
            ("from=1月31日&n=1&unit=month", "2026-02-28T23:59:59"),
            ("from=2026-09-21&n=10&unit=natural_day&roll=1", "2026-10-08T23:59:59"),
            ("from=2026-09-21&n=10&unit=natural_day", "2026-10-01T23:59:59"),
            ("from=2026-12-28&n=5", "2027-01-05T23:59:59 provisional"),
            ("from=昨天 15:00&n=48&unit=hour", "2026-11-21T15:00:00"),
            ("from=2026-11-20 16:00&n=4&unit=working_hour&cal=hours&hours=9-12,14-18", "2026-11-23T11:00:00"),
            // A make-up Saturday has the office hours too.
            (
                "from=2026-02-13 17:00&n=8&unit=working_hour&cal=hours&hours=9:00-12:00 14:00-18:00",
                "2026-02-14T18:00:00",
            ),
            ("from=2026-11-20&n=2&close=1&cal=hours&hours=9-17:30", "2026-11-24T17:30:00"),
            ("from=2026-11-20&unit=same_day&n=x", "2026-11-20T23:59:59"),
            ("from=2026-02-13T10:00&pause=2.24~2.26", "2026-03-04T23:59:59"),
            ("from=2026-02-13T10:00&pause=~&pause=2.24~2.26", "2026-03-04T23:59:59"),
            ("way=before&from=2026-10-12 10:00&n=3", "2026-10-08T23:59:59"),
            ("way=before&from=2026-10-12 10:00&n=7&unit=natural_day", "2026-10-05T23:59:59"),
            ("way=between&from=2026-02-13T10:00&to=3月2日", "Days(7)"),
            ("way=between&from=2026-02-13T10:00&to=3月2日&unit=natural_day", "Days(17)"),
            ("way=between&from=2026-02-13T10:00&to=2月13日 12:30&unit=hour", "Seconds(9000)"),
        ] {
            assert_eq!(ask(query), want, "{query}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_beside_its_field() {
        for (query, field) in [
            ("n=1000000000", "count"),
            ("n=99999999999999999999", "count"),
            ("n=0", "count"),
            ("n=3661", "count"),
            ("n=", "count"),
            ("n=-1", "count"),
            ("n=1.5", "count"),
            ("from=1999-12-31", "from"),
            ("from=2100-01-01", "from"),
            ("from=2月30日", "from"),
            ("from=2099-12-30&n=60", "count"),
            ("from=2000-01-03&n=60&way=before", "count"),
            ("way=between", "to"),
            ("way=between&from=2026-03-01&to=2026-02-01", "to"),
            ("unit=working_hour", "calendar"),
            ("unit=working_hour&cal=hours&hours=early", "hours"),
            ("unit=working_hour&cal=hours&hours=", "hours"),
            ("unit=working_hour&cal=hours&hours=18-9", "hours"),
            ("unit=working_hour&cal=hours&hours=9-12,11-13", "hours"),
            ("unit=working_hour&cal=campus:城北&n=30", "count"),
            ("cal=campus:没有", "calendar"),
            ("from=2026-02-13&pause=2.26~2.24", "pause-0-to"),
            ("from=2026-02-13&pause=2.14~", "pause-0-to"),
            ("from=2026-02-13&pause=x~2.24", "pause-0-from"),
        ] {
            assert_eq!(ask(query), format!("wrong: {field}"), "{query}");
        }
    }
}
