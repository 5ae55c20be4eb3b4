//! The same question to the engine and to the slow walk, and both answers in the same words.
//! Instants cross over as text, since each side has its own arithmetic.

use shouwen_core::limit::{Limit, LimitError, Pause, Roll, Unit, due};
use shouwen_core::time::{Civil, parse, plain};

use super::random::Pair;
use super::slow::*;

pub fn civil(text: &str) -> Civil {
    parse(text).unwrap()
}

pub fn unit(law: Law) -> Unit {
    match law {
        Law::Minute => Unit::Minute,
        Law::Hour => Unit::Hour,
        Law::WorkingMinute => Unit::WorkingMinute,
        Law::WorkingHour => Unit::WorkingHour,
        Law::NaturalDay => Unit::NaturalDay,
        Law::WorkingDay => Unit::WorkingDay,
        Law::SameDay => Unit::SameDay,
        Law::NextDay => Unit::NextDay,
        Law::Month => Unit::Month,
    }
}

/// A pause for the engine. Instants after 2099 are taken as its first second.
pub fn pause(paper: &Paper, (from, to): (i64, i64)) -> Pause {
    let instant = |second: i64| match second {
        second if second < AFTER * DAY => civil(&paper.instant(second)),
        _ => civil("2099-12-31T23:59:59") + chrono::Duration::seconds(second - AFTER * DAY + 1),
    };
    Pause { from: instant(from), to: (to != NEVER).then(|| instant(to)) }
}

pub fn limit(question: &Question) -> Limit {
    let roll = if question.roll { Roll::NextWorkingDay } else { Roll::None };
    Limit { count: question.count as u32, unit: unit(question.law), roll, at_close: question.at_close }
}

/// What the engine says, in the words of the slow walk; instants as text, since each side has its own arithmetic.
pub fn ask(paper: &Paper, world: &Pair, question: &Question) -> (String, Option<bool>) {
    let pauses: Vec<Pause> = question.pauses.iter().map(|span| pause(paper, *span)).collect();
    match due(civil(&paper.instant(question.start)), &limit(question), &world.fast, &pauses) {
        Ok(due) => (plain(due.due), Some(due.provisional)),
        Err(LimitError::StillPaused { .. }) => ("standing".into(), None),
        Err(LimitError::BeyondCalendar) => ("beyond".into(), None),
        Err(LimitError::NoSchedule) => ("no timetable".into(), None),
        Err(error) => (error.to_string(), None),
    }
}

pub fn told(paper: &Paper, answer: Answer) -> (String, Option<bool>) {
    match answer {
        Answer::Due { at, provisional } => (paper.instant(at), Some(provisional)),
        Answer::Standing => ("standing".into(), None),
        Answer::Beyond => ("beyond".into(), None),
        Answer::NoTimetable => ("no timetable".into(), None),
    }
}

pub fn beyond_anyway(paper: &Paper, world: &Pair, question: &Question) -> bool {
    let mut question = question.clone();
    question.pauses.retain(|(_, to)| *to != NEVER);
    question.answer(paper, &world.slow) == Answer::Beyond
}
