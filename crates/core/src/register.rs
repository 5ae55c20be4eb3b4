//! The register 台账: one compact row per case, searching, and similar cases.
//! A row is a cache that can always be computed again from the log; must not be treated as truth.

use crate::order::Gather as _;
use crate::order::Order as _;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::case::{CLASS, Case, Status, half_width};
use crate::clock::{Run, RunProblem, Rung, State, judge};
use crate::limit::{Limit, Pause};
use crate::pack::{ClockKind, Facts, PackRef};
use crate::time::{Civil, seconds, seconds_option};

/// What the lists need to know of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub id: String,
    pub number: String,
    pub campus: String,
    pub packs: Vec<PackRef>,
    /// Plans that stood beside them and do so no more; their clocks still need their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans_left: Vec<PackRef>,
    #[serde(with = "seconds")]
    pub received_at: Civil,
    /// Latest writing-down of any event.
    #[serde(with = "seconds")]
    pub updated_at: Civil,
    pub opened_by: String,
    pub name: String,
    pub phone: String,
    /// The first 80 characters of what happened.
    pub headline: String,
    pub channel: String,
    pub classes: BTreeMap<String, Vec<String>>,
    /// `open`, `closed` or `void`.
    pub status: String,
    /// Registers with conflicting values.
    pub conflicts: Vec<String>,
    pub anomalies: u32,
    pub events: u32,
    /// Runs that have started; those that still wait for their event are on the case page only.
    pub clocks: Vec<Brief>,
    /// Folded text for searching.
    pub search: String,
}

/// A run without its trace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    pub clock: String,
    pub kind: ClockKind,
    #[serde(with = "seconds")]
    pub since: Civil,
    #[serde(with = "seconds_option", default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Civil>,
    #[serde(with = "seconds_option", default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Civil>,
    #[serde(with = "seconds_option", default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Civil>,
    #[serde(with = "seconds_option", default, skip_serializing_if = "Option::is_none")]
    pub superseded: Option<Civil>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub provisional: bool,
    /// No due time: a value or a date is missing, or the arithmetic refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<State>,
    #[serde(default, with = "flat::pauses", skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// Reminder levels, in order of time; only while the clock is open.
    #[serde(default, with = "flat::rungs", skip_serializing_if = "Vec::is_empty")]
    pub rungs: Vec<Rung>,
}

/// Times in rows as flat lists of seconds: short in the cache and quick to read.
mod flat {
    use super::*;
    use serde::{Deserializer, Serializer};

    fn civil(seconds: i64) -> Civil {
        chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default().naive_utc()
    }

    fn number(at: Civil) -> i64 {
        at.and_utc().timestamp()
    }

    /// Begin, end, begin, end …; -1 for a pause that has not ended.
    pub mod pauses {
        use super::*;

        pub fn serialize<S: Serializer>(list: &[Pause], out: S) -> Result<S::Ok, S::Error> {
            out.collect_seq(list.iter().flat_map(|pause| [number(pause.from), pause.to.map_or(-1, number)]))
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<Pause>, D::Error> {
            let list = Vec::<i64>::deserialize(input)?;
            let pause = |pair: &[i64]| Pause { from: civil(pair[0]), to: (pair[1] >= 0).then(|| civil(pair[1])) };
            Ok(list.chunks_exact(2).map(pause).collect())
        }
    }

    /// Level, time, level, time …
    pub mod rungs {
        use super::*;

        pub fn serialize<S: Serializer>(list: &[Rung], out: S) -> Result<S::Ok, S::Error> {
            out.collect_seq(list.iter().flat_map(|rung| [i64::from(rung.level), number(rung.at)]))
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<Rung>, D::Error> {
            let list = Vec::<i64>::deserialize(input)?;
            let rung = |pair: &[i64]| Rung { level: pair[0] as u16, at: civil(pair[1]) };
            Ok(list.chunks_exact(2).map(rung).collect())
        }
    }
}

impl Brief {
    fn of(run: &Run) -> Brief {
        let problem = run.problem.as_ref().and_then(|problem| match problem {
            RunProblem::ValueMissing { .. } => Some(State::ValueMissing),
            RunProblem::DateMissing => Some(State::DateMissing),
            RunProblem::Limit(_) => Some(State::Failed),
            // The pauses themselves tell.
            RunProblem::StillPaused { .. } => None,
        });
        Brief {
            clock: run.clock.clone(),
            kind: run.kind,
            since: run.since,
            start: run.start,
            due: run.due.as_ref().map(|due| due.due),
            done: run.done_at,
            superseded: run.superseded_at,
            provisional: run.due.as_ref().is_some_and(|due| due.provisional),
            problem,
            pauses: run.pauses.clone(),
            rungs: run.rungs.clone(),
        }
    }

    /// The state at `now`, the same as the run's.
    pub fn state(&self, now: Civil) -> State {
        match self.problem {
            Some(problem) if self.done.is_none() && self.superseded.is_none() => problem,
            _ => judge(self.start, self.due, self.done, self.superseded, &self.pauses, now),
        }
    }

    pub fn is_soft(&self) -> bool {
        matches!(self.kind, ClockKind::Soft | ClockKind::Softened)
    }
}

impl Summary {
    /// The row of a case with its runs.
    pub fn of(case: &Case, runs: &[Run]) -> Summary {
        let classes = case
            .registers
            .keys()
            .filter_map(|name| name.strip_prefix(CLASS))
            .map(|axis| (axis.to_owned(), case.classes(axis)))
            .gather();
        let text = case.text("text");
        let parts = [
            case.number.as_str(),
            &case.campus,
            case.text("name"),
            case.text("phone"),
            case.text("place"),
            case.text("about"),
            &case.opened_by,
            &text.chars().take(300).collect::<String>(),
        ];
        Summary {
            id: case.id.clone(),
            number: case.number.clone(),
            campus: case.campus.clone(),
            packs: case.packs(),
            plans_left: case.plans_left(),
            received_at: case.received_at,
            updated_at: case.entries.iter().map(|entry| entry.event.recorded_at).max().unwrap_or(case.received_at),
            opened_by: case.opened_by.clone(),
            name: case.text("name").to_owned(),
            phone: case.text("phone").to_owned(),
            headline: text.chars().take(80).collect::<String>().replace('\n', " "),
            channel: case.text("channel").to_owned(),
            classes,
            status: match case.status() {
                Status::Open => "open",
                Status::Closed => "closed",
                Status::Void => "void",
            }
            .to_owned(),
            conflicts: case.conflicts().into_iter().map(str::to_owned).collect(),
            anomalies: case.anomalies.len() as u32,
            events: case.entries.len() as u32,
            clocks: runs.iter().filter(|run| run.start.is_some()).map(Brief::of).collect(),
            search: folded(&parts.join("\u{1f}")),
        }
    }

    pub fn is_open(&self) -> bool {
        self.status == "open"
    }

    /// The most pressing hard state: what the list colours by.
    pub fn worst(&self, now: Civil) -> Option<State> {
        self.clocks
            .iter()
            .filter(|clock| !clock.is_soft())
            .map(|clock| clock.state(now))
            .filter(|state| state.is_open())
            .min()
    }

    /// The next due time of an open hard clock.
    pub fn next_due(&self, now: Civil) -> Option<Civil> {
        self.clocks
            .iter()
            .filter(|clock| !clock.is_soft() && clock.state(now).is_open())
            .filter_map(|clock| clock.due)
            .min()
    }

    /// Does the row match all words of a query? Full-width, case and blanks within numbers are forgiven.
    pub fn matches(&self, query: &str) -> bool {
        query.split_whitespace().map(folded).all(|word| self.search.contains(&word))
    }
}

/// What a row tells of its case: classes only. For choosing what to offer in lists, never for deciding.
pub struct RowFacts<'a>(pub &'a Summary);

impl Facts for RowFacts<'_> {
    fn fact(&self, _id: &str) -> Option<&serde_json::Value> {
        None
    }
    fn has_class(&self, axis: &str, class: &str) -> bool {
        self.0.classes.get(axis).is_some_and(|classes| classes.iter().any(|one| one == class))
    }
    fn finding(&self, _id: &str) -> Option<&serde_json::Value> {
        None
    }
    fn mentions(&self, _lexicon: &str) -> u32 {
        0
    }
    fn happened(&self, _event: &str) -> bool {
        false
    }
    fn repeats(&self) -> u32 {
        0
    }
    fn elapsed(&self, _since: &str, _limit: &Limit) -> bool {
        false
    }
}

/// For searching: half-width, lower case, without blanks and hyphens.
pub fn folded(text: &str) -> String {
    text.chars().map(half_width).filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect()
}

/// Cases of the same phone number or the same name, newest first. Names under two characters do not count.
pub fn similar<'a>(rows: impl Iterator<Item = &'a Summary>, name: &str, phone: &str) -> Vec<&'a Summary> {
    let digits = |text: &str| text.chars().map(half_width).filter(char::is_ascii_digit).collect::<String>();
    let (name, phone) = (folded(name), digits(phone));
    let mut found: Vec<&Summary> = rows
        .filter(|row| row.status != "void")
        .filter(|row| {
            (phone.len() >= 7 && digits(&row.phone) == phone)
                || (name.chars().count() >= 2 && folded(&row.name) == name)
        })
        .collect();
    found.order_by_key(|row| std::cmp::Reverse(row.received_at));
    found
}
