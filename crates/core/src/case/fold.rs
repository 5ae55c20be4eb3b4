//! Events in, case out. Total: whatever arrives in whatever order, the same set gives the same case.
//! Must not know packs, calendars or the present time; nothing is dropped, only marked.

use crate::order::Gather as _;
use crate::order::Order as _;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Body, Event};
use crate::pack::PackRef;
use crate::time::Civil;

/// Prefix of registers that hold fields.
pub const FIELD: &str = "field:";
/// Prefix of registers that hold confirmed classes (a list of ids).
pub const CLASS: &str = "class:";
/// Prefix of registers that hold findings.
pub const FOUND: &str = "found:";
/// Prefix of registers that hold entered due times.
pub const DUE: &str = "due:";
/// Register of the state: `open`, `closed` or `void`.
pub const STATUS: &str = "status";
/// Register of the packs the case follows.
pub const PACKS: &str = "packs";

/// A value and the event that set it.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    pub event: String,
    pub value: Value,
    pub by: String,
    pub campus: String,
    pub at: Civil,
}

/// A changeable value. More than one different head means: people changed it without seeing each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// In fold order; the last one is shown.
    pub heads: Vec<Head>,
}

impl Register {
    pub fn value(&self) -> Option<&Value> {
        self.heads.last().map(|head| &head.value)
    }

    /// Two or more different values stand against each other.
    pub fn in_conflict(&self) -> bool {
        self.heads.iter().any(|head| Some(&head.value) != self.value())
    }
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub event: Event,
    /// `None`: written by a newer build; kept and shown as such.
    pub body: Option<Body>,
    /// The withdrawal that is in force on this entry.
    pub voided_by: Option<String>,
}

/// A case event at its time: `received`, `interview_held`, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    pub event: String,
    pub at: Civil,
    /// Index into `entries`.
    pub entry: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    #[default]
    Open,
    Closed,
    Void,
}

/// What does not fit together after a merge. Shown, never dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anomaly {
    /// The opening event has not arrived (a partial bundle).
    NoOpening,
    /// More than one opening event.
    OpenedTwice { event: String },
    /// Written by a newer build.
    NotUnderstood { event: String, kind: String },
    /// Something was recorded as happening before the complaint was received.
    BeforeReceipt { event: String },
    /// A step was recorded on a case that somebody else had closed.
    AfterClosing { event: String },
    /// The device's clock and the event's time are more than a day apart.
    ClockDrift { event: String },
}

/// Everything that follows from a case's events.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub id: String,
    pub number: String,
    pub campus: String,
    pub received_at: Civil,
    /// First-asked person 首问: who registered it.
    pub opened_by: String,
    pub registers: BTreeMap<String, Register>,
    pub entries: Vec<Entry>,
    /// Sorted by time, then fold order.
    pub happenings: Vec<Happening>,
    pub anomalies: Vec<Anomaly>,
}

impl Case {
    pub fn value(&self, register: &str) -> Option<&Value> {
        self.registers.get(register)?.value()
    }

    /// A field's value.
    pub fn field(&self, id: &str) -> Option<&Value> {
        self.value(&format!("{FIELD}{id}"))
    }

    /// A field as text; empty when not given.
    pub fn text(&self, id: &str) -> &str {
        self.field(id).and_then(Value::as_str).unwrap_or_default()
    }

    /// Confirmed classes of an axis; empty before anybody decided.
    pub fn classes(&self, axis: &str) -> Vec<String> {
        strings(self.value(&format!("{CLASS}{axis}")))
    }

    pub fn finding(&self, id: &str) -> Option<&Value> {
        self.value(&format!("{FOUND}{id}"))
    }

    pub fn status(&self) -> Status {
        match self.value(STATUS).and_then(Value::as_str) {
            Some("closed") => Status::Closed,
            Some("void") => Status::Void,
            _ => Status::Open,
        }
    }

    /// The packs the case follows; the first is the ordinary one.
    pub fn packs(&self) -> Vec<PackRef> {
        self.value(PACKS).and_then(|value| serde_json::from_value(value.clone()).ok()).unwrap_or_default()
    }

    /// Plans that stood beside the ordinary pack once and do so no more, each in the last version it had, by id.
    pub fn plans_left(&self) -> Vec<PackRef> {
        let now = self.packs();
        let mut left: Vec<PackRef> = Vec::new();
        // Also those that were added by an entry that is withdrawn: what was done under them is still to be read.
        for entry in &self.entries {
            let Some(Body::Opened { packs, .. } | Body::Upgraded { packs, .. }) = &entry.body else { continue };
            for plan in packs.iter().skip(1).filter(|plan| !now.iter().any(|one| one.id == plan.id)) {
                left.retain(|one| one.id != plan.id);
                left.push(plan.clone());
            }
        }
        left.order_by_key(|plan| plan.id.clone());
        left
    }

    pub fn happened(&self, event: &str) -> bool {
        self.happenings.iter().any(|one| one.event == event)
    }

    /// Registers whose heads disagree, by name.
    pub fn conflicts(&self) -> Vec<&str> {
        self.registers.iter().filter(|(_, register)| register.in_conflict()).map(|(name, _)| name.as_str()).collect()
    }

    /// Ids of the events whose values a new write of these registers replaces.
    pub fn base_of<'a>(&self, registers: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let ids: BTreeSet<String> = registers
            .into_iter()
            .filter_map(|name| self.registers.get(name))
            .flat_map(|register| register.heads.iter().map(|head| head.event.clone()))
            .gather();
        ids.into_iter().collect()
    }

    /// Attachments in force: entry index and body parts are read by the caller.
    pub fn in_force(&self) -> impl Iterator<Item = (&Event, &Body)> {
        self.entries
            .iter()
            .filter(|entry| entry.voided_by.is_none())
            .filter_map(|entry| Some((&entry.event, entry.body.as_ref()?)))
    }
}

/// A list of ids in a value (or a single id).
pub fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
        Some(Value::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    }
}

/// Folds all events of ONE case. Duplicates (same id) count once. `None` only for no events.
pub fn fold(events: impl IntoIterator<Item = Event>) -> Option<Case> {
    let mut events: Vec<Event> = events.into_iter().collect();
    events.order_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.id.cmp(&b.id)));
    let mut seen = BTreeSet::new();
    events.retain(|event| seen.insert(event.id.clone()));

    let mut entries: Vec<Entry> = events
        .into_iter()
        .map(|event| {
            let body = event.understood();
            Entry { event, body, voided_by: None }
        })
        .collect();
    mark_voided(&mut entries);

    let opening =
        entries.iter().position(|entry| entry.voided_by.is_none() && matches!(entry.body, Some(Body::Opened { .. })));
    let first = &entries.get(opening.unwrap_or(0))?.event;
    let number = match opening.and_then(|index| entries[index].body.as_ref()) {
        Some(Body::Opened { number, .. }) => number.clone(),
        _ => String::new(),
    };
    let mut case = Case {
        id: first.case.clone(),
        number,
        campus: first.campus.clone(),
        received_at: first.at,
        opened_by: first.actor.clone(),
        registers: registers(&entries),
        happenings: happenings(&entries),
        anomalies: Vec::new(),
        entries,
    };
    case.anomalies = anomalies(&case, opening);
    Some(case)
}

/// A withdrawal can itself be withdrawn, and always comes later than what it withdraws: so walk backwards.
fn mark_voided(entries: &mut [Entry]) {
    let mut voided: BTreeMap<String, String> = BTreeMap::new();
    for entry in entries.iter().rev() {
        if let Some(Body::Voided { event, .. }) = &entry.body
            && !voided.contains_key(&entry.event.id)
        {
            voided.insert(event.clone(), entry.event.id.clone());
        }
    }
    for entry in entries {
        entry.voided_by = voided.get(&entry.event.id).cloned();
    }
}

/// What an event writes: register names and values.
fn writes(body: &Body) -> Vec<(String, Value)> {
    let fields = |values: &BTreeMap<String, Value>| {
        values.iter().map(|(id, value)| (format!("{FIELD}{id}"), value.clone())).collect::<Vec<_>>()
    };
    let status = |word: &str| vec![(STATUS.to_owned(), Value::from(word))];
    let pack_list = |packs: &Vec<PackRef>| (PACKS.to_owned(), serde_json::to_value(packs).unwrap_or_default());
    match body {
        Body::Opened { packs, .. } => vec![pack_list(packs)],
        Body::Upgraded { packs, .. } => vec![pack_list(packs)],
        Body::Set { values, .. } | Body::Step { values, .. } => fields(values),
        Body::Classified { axis, classes, .. } => vec![(format!("{CLASS}{axis}"), Value::from(classes.clone()))],
        Body::Found { finding, value, .. } => vec![(format!("{FOUND}{finding}"), value.clone())],
        Body::DueSet { clock, due, .. } => {
            vec![(format!("{DUE}{clock}"), Value::from(crate::time::plain(*due)))]
        }
        Body::Closed { .. } => status("closed"),
        Body::Reopened { .. } => status("open"),
        Body::CaseVoided { .. } => status("void"),
        _ => Vec::new(),
    }
}

/// The registers that a body writes, by name.
pub fn written_registers(body: &Body) -> Vec<String> {
    writes(body).into_iter().map(|(name, _)| name).collect()
}

/// A write stands until a write in force names it in its base. Independent of arrival order.
fn registers(entries: &[Entry]) -> BTreeMap<String, Register> {
    let mut all: BTreeMap<String, Vec<(Head, &[String])>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.voided_by.is_none()) {
        let Some(body) = &entry.body else { continue };
        for (name, value) in writes(body) {
            let event = &entry.event;
            let head = Head {
                event: event.id.clone(),
                value,
                by: event.actor.clone(),
                campus: event.campus.clone(),
                at: event.recorded_at,
            };
            all.entry(name).or_default().push((head, &event.base));
        }
    }
    all.into_iter()
        .map(|(name, list)| {
            let replaced: BTreeSet<&String> = list.iter().flat_map(|(_, base)| base.iter()).gather();
            let heads = list.iter().filter(|(head, _)| !replaced.contains(&head.event)).map(|(head, _)| head.clone());
            (name, Register { heads: heads.collect() })
        })
        .gather()
}

/// The case events of a body.
pub fn events_of(body: &Body) -> Vec<&str> {
    match body {
        Body::Opened { events, .. } | Body::Step { events, .. } | Body::Classified { events, .. } => {
            events.iter().map(String::as_str).collect()
        }
        Body::Closed { .. } => vec!["case_closed"],
        Body::Reopened { .. } => vec!["case_reopened"],
        _ => Vec::new(),
    }
}

fn happenings(entries: &[Entry]) -> Vec<Happening> {
    let mut list: Vec<Happening> = Vec::new();
    for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.voided_by.is_none()) {
        let Some(body) = &entry.body else { continue };
        for event in events_of(body) {
            list.push(Happening { event: event.to_owned(), at: entry.event.at, entry: index });
        }
    }
    list.order_by_key(|one| (one.at, one.entry));
    list
}

fn anomalies(case: &Case, opening: Option<usize>) -> Vec<Anomaly> {
    let mut list = Vec::new();
    if opening.is_none() {
        list.push(Anomaly::NoOpening);
    }
    let mut closed = false;
    for (index, entry) in case.entries.iter().enumerate().filter(|(_, entry)| entry.voided_by.is_none()) {
        let event = entry.event.id.clone();
        let wall = chrono::DateTime::from_timestamp_millis(entry.event.hlc.ms.min(i64::MAX as u64) as i64)
            .map(|utc| utc.naive_utc() + chrono::Duration::hours(8));
        if wall.is_none_or(|wall| (wall - entry.event.recorded_at).num_seconds().abs() > 86_400) {
            list.push(Anomaly::ClockDrift { event: event.clone() });
        }
        match &entry.body {
            None => list.push(Anomaly::NotUnderstood { event, kind: entry.event.kind.clone() }),
            Some(Body::Opened { .. }) if Some(index) != opening => list.push(Anomaly::OpenedTwice { event }),
            Some(Body::Closed { .. } | Body::CaseVoided { .. }) => closed = true,
            Some(Body::Reopened { .. }) => closed = false,
            Some(Body::Step { .. }) => {
                if closed {
                    list.push(Anomaly::AfterClosing { event: event.clone() });
                }
                if entry.event.at < case.received_at {
                    list.push(Anomaly::BeforeReceipt { event });
                }
            }
            Some(_) => {}
        }
    }
    list
}
