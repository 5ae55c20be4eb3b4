//! Commands in, drafts of events or a refusal out. The only place that makes events.
//! Must not read a clock, make ids or store anything; the caller seals and stores the drafts.

use crate::order::Gather as _;
use crate::order::Order as _;
use crate::order::TryGather as _;
use std::collections::BTreeMap;

use serde_json::Value;

use super::clocks;
use super::values::{MAX_LINE, MAX_PARAGRAPH, ValueProblem, check_value};
use super::{Actor, Body, CLASS, Case, DUE, Draft, FIELD, FOUND, STATUS, Status, Suggested, written_registers};
use crate::clock::World;
use crate::pack::{Facts, Field, Pack, PackRef, Step, class_set, is_blank};
use crate::time::Civil;

/// Who acts and when; `at` may be given by the person, `now` comes from the device.
#[derive(Clone)]
pub struct Ctx<'a> {
    pub now: Civil,
    pub actor: Actor,
    /// Calendars and parameters: whether a clock still runs is asked before it is extended or paused.
    pub world: &'a World,
}

/// A class decision that comes with registering.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    pub axis: String,
    pub classes: Vec<String>,
    pub suggested: Option<Suggested>,
    pub reason: String,
    pub second: String,
}

/// What a person wants to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    Open {
        case: String,
        number: String,
        received_at: Civil,
        values: BTreeMap<String, Value>,
        decisions: Vec<Decision>,
    },
    Set {
        values: BTreeMap<String, Value>,
        reason: String,
    },
    Classify(Decision),
    Find {
        finding: String,
        value: Value,
        reason: String,
    },
    Step {
        step: String,
        outcome: String,
        at: Civil,
        values: BTreeMap<String, Value>,
        note: String,
    },
    Note {
        text: String,
    },
    Attach {
        sha256: String,
        name: String,
        mime: String,
        size: u64,
        note: String,
    },
    SetDue {
        clock: String,
        due: Civil,
        reason: String,
    },
    /// Stop a clock (or [`ALL_CLOCKS`]) for a recorded reason, from `at` on.
    Pause {
        clock: String,
        at: Civil,
        ground: String,
        reason: String,
        evidence: String,
        until: Option<Civil>,
    },
    Resume {
        clock: String,
        at: Civil,
        reason: String,
    },
    /// A recurring duty was done; `log` is the id of the desk's log.
    Duty {
        log: String,
        clock: String,
        term: String,
        at: Civil,
        note: String,
    },
    LateReason {
        clock: String,
        reason: String,
    },
    ReadRedLine {
        red_line: String,
    },
    Close {
        reason: String,
    },
    Reopen {
        reason: String,
    },
    VoidCase {
        reason: String,
    },
    /// Withdraw one entry (also a withdrawal).
    Void {
        event: String,
        reason: String,
    },
    /// Choose among conflicting values of one register.
    Resolve {
        register: String,
        value: Value,
        reason: String,
    },
    Upgrade {
        packs: Vec<PackRef>,
        reason: String,
    },
}

/// Why a command was refused. The app puts these into words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("no such case")]
    NoCase,
    #[error("the case is closed or void")]
    NotOpen,
    #[error("the case is open")]
    NotClosed,
    #[error("field {field}: {problem}")]
    Value { field: String, problem: ValueProblem },
    #[error("unknown in this pack: {0}")]
    Unknown(String),
    #[error("a reason is required")]
    ReasonRequired,
    #[error("the time lies in the future")]
    InFuture,
    #[error("the time lies before the complaint was received")]
    BeforeReceipt,
    #[error("step {step} needs {missing:?} first")]
    TooEarly { step: String, missing: Vec<String> },
    #[error("step {0} does not apply to this case")]
    NotApplicable(String),
    #[error("step {0} is already done")]
    AlreadyDone(String),
    #[error("choose how the step ended")]
    OutcomeRequired,
    #[error("a second reviewer other than the actor is required")]
    SecondReviewer,
    #[error("a person must decide {0} first")]
    Undecided(String),
    #[error("conflicting values of {0} must be resolved first")]
    Conflict(String),
    #[error("nothing would change")]
    NoChange,
    #[error("text has {got} characters, at most {max}")]
    TooLong { got: usize, max: usize },
    #[error("only the named roles may extend this, before it runs out")]
    NotExtendable,
    #[error("the limit ran out at {due}; it can no longer be extended or paused")]
    Expired { due: Civil },
    #[error("the new due time is not after the present one, {due}")]
    NotLater { due: Civil },
    #[error("the rule allows no later due time than {latest}")]
    TooLate { latest: Civil },
    #[error("clock {0} does not run")]
    NotRunning(String),
    #[error("the rules of this pack do not allow pausing this, or not by this role")]
    NotPausable,
    #[error("choose one of the grounds that the rule names")]
    GroundRequired,
    #[error("name what proves the ground")]
    EvidenceRequired,
    #[error("a planned end must lie after the beginning")]
    EndsBeforeStart,
}

/// Decides a command. `case` is `None` only for `Open`, and for the first `Duty` of a desk.
pub fn decide(case: Option<&Case>, pack: &Pack, command: Command, ctx: &Ctx) -> Result<Vec<Draft>, Refusal> {
    if let Command::Open { case, number, received_at, values, decisions } = command {
        return open(pack, ctx, case, number, received_at, values, decisions);
    }
    if let Command::Duty { log, clock, term, at, note } = command {
        return clocks::duty(case, pack, ctx, clocks::DutyInput { log, clock, term, at, note });
    }
    let case = case.ok_or(Refusal::NoCase)?;
    check_status(case, &command)?;
    let (at, body) = match command {
        Command::Open { .. } | Command::Duty { .. } => return Err(Refusal::NoCase),
        Command::Set { values, reason } => (ctx.now, set(case, pack, ctx, values, reason)?),
        Command::Classify(decision) => (ctx.now, classify(pack, ctx, decision, Some(case))?),
        Command::Find { finding, value, reason } => (ctx.now, find(pack, finding, value, reason)?),
        Command::Step { step, outcome, at, values, note } => {
            (at, take_step(case, pack, ctx, StepInput { step, outcome, at, values, note })?)
        }
        Command::Note { text } => (ctx.now, Body::Note { text: sized(required(text)?, MAX_PARAGRAPH)? }),
        Command::Attach { sha256, name, mime, size, note } => {
            (ctx.now, Body::Attached { sha256, name: sized(name, MAX_LINE)?, mime, size, note: sized(note, MAX_LINE)? })
        }
        Command::SetDue { clock, due, reason } => (ctx.now, clocks::set_due(case, pack, ctx, clock, due, reason)?),
        Command::Pause { clock, at, ground, reason, evidence, until } => {
            let pause = clocks::PauseInput { clock, at, ground, reason, evidence, until };
            (at, clocks::pause(case, pack, ctx, pause)?)
        }
        Command::Resume { clock, at, reason } => (at, clocks::resume(case, pack, ctx, clock, at, reason)?),
        Command::LateReason { clock, reason } => {
            pack.clock(&clock).ok_or_else(|| Refusal::Unknown(clock.clone()))?;
            (ctx.now, Body::LateReason { clock, reason: reason_given(reason)? })
        }
        Command::ReadRedLine { red_line } => {
            pack.red_line(&red_line).ok_or_else(|| Refusal::Unknown(red_line.clone()))?;
            (ctx.now, Body::RedLineRead { red_line })
        }
        Command::Close { reason } => (ctx.now, close(case, pack, reason)?),
        Command::Reopen { reason } => (ctx.now, Body::Reopened { reason: reason_given(reason)? }),
        Command::VoidCase { reason } => (ctx.now, Body::CaseVoided { reason: reason_given(reason)? }),
        Command::Void { event, reason } => (ctx.now, void(case, event, reason)?),
        Command::Resolve { register, value, reason } => (ctx.now, resolve(case, ctx, register, value, reason)?),
        Command::Upgrade { packs, reason } => (ctx.now, upgrade(case, packs, reason)?),
    };
    let names = written_registers(&body);
    let base = case.base_of(names.iter().map(String::as_str));
    Ok(vec![Draft { case: case.id.clone(), at, body, base }])
}

/// What may still be done on a closed or void case.
fn check_status(case: &Case, command: &Command) -> Result<(), Refusal> {
    let always = matches!(command, Command::Note { .. } | Command::Attach { .. } | Command::Resolve { .. });
    match case.status() {
        Status::Open if matches!(command, Command::Reopen { .. }) => Err(Refusal::NotClosed),
        Status::Open => Ok(()),
        _ if always
            || matches!(command, Command::Reopen { .. } | Command::LateReason { .. } | Command::Void { .. }) =>
        {
            Ok(())
        }
        _ => Err(Refusal::NotOpen),
    }
}

fn open(
    pack: &Pack,
    ctx: &Ctx,
    case: String,
    number: String,
    received_at: Civil,
    values: BTreeMap<String, Value>,
    decisions: Vec<Decision>,
) -> Result<Vec<Draft>, Refusal> {
    if received_at > ctx.now {
        return Err(Refusal::InFuture);
    }
    let values = checked(pack, &values, ctx.now)?;
    for field in pack.fields.iter().filter(|field| field.intake && field.required) {
        let asked = field.when.as_ref().is_none_or(|when| when.holds(&Answers(&values)));
        if asked && values.get(&field.id).is_none_or(is_blank) {
            return Err(Refusal::Value { field: field.id.clone(), problem: ValueProblem::Required });
        }
    }
    let draft = |body| Draft { case: case.clone(), at: received_at, body, base: Vec::new() };
    let values: BTreeMap<String, Value> = values.into_iter().filter(|(_, value)| !is_blank(value)).gather();
    let packs = vec![pack.reference()];
    let mut drafts = vec![
        draft(Body::Opened { number: sized(number, MAX_LINE)?, packs, events: vec!["received".into()] }),
        draft(Body::Set { values, reason: String::new() }),
    ];
    for decision in decisions.into_iter().filter(|decision| !decision.classes.is_empty()) {
        // Decided while registering: the class exists from the registering moment, not before receipt.
        let body = classify(pack, ctx, decision, None)?;
        drafts.push(Draft { case: case.clone(), at: ctx.now, body, base: Vec::new() });
    }
    Ok(drafts)
}

/// Answers before a case exists.
struct Answers<'a>(&'a BTreeMap<String, Value>);

impl Facts for Answers<'_> {
    fn fact(&self, id: &str) -> Option<&Value> {
        self.0.get(id)
    }
    fn has_class(&self, _: &str, _: &str) -> bool {
        false
    }
    fn finding(&self, _: &str) -> Option<&Value> {
        None
    }
    fn mentions(&self, _: &str) -> u32 {
        0
    }
    fn happened(&self, _: &str) -> bool {
        false
    }
    fn repeats(&self) -> u32 {
        0
    }
    fn elapsed(&self, _: &str, _: &crate::limit::Limit) -> bool {
        false
    }
}

/// Is a field asked for, given the other answers?
pub fn is_asked(field: &Field, values: &BTreeMap<String, Value>) -> bool {
    field.when.as_ref().is_none_or(|when| when.holds(&Answers(values)))
}

fn checked(pack: &Pack, values: &BTreeMap<String, Value>, now: Civil) -> Result<BTreeMap<String, Value>, Refusal> {
    values
        .iter()
        .map(|(id, value)| {
            if id == CHANNEL {
                return known_channel(pack, value).map(|()| (id.clone(), value.clone()));
            }
            let field = pack.field(id).ok_or_else(|| Refusal::Unknown(id.clone()))?;
            let value =
                check_value(field, value, now).map_err(|problem| Refusal::Value { field: id.clone(), problem })?;
            Ok((id.clone(), value))
        })
        .try_gather()
}

/// The field that holds the channel; its options are the pack's channels.
pub const CHANNEL: &str = "channel";

fn known_channel(pack: &Pack, value: &Value) -> Result<(), Refusal> {
    let known = is_blank(value) || value.as_str().is_some_and(|id| pack.channels.iter().any(|one| one.id == id));
    let problem = ValueProblem::NotAnOption;
    if known { Ok(()) } else { Err(Refusal::Value { field: CHANNEL.to_owned(), problem }) }
}

fn set(case: &Case, pack: &Pack, ctx: &Ctx, values: BTreeMap<String, Value>, reason: String) -> Result<Body, Refusal> {
    let mut values = checked(pack, &values, ctx.now)?;
    values.retain(|id, value| case.field(id).unwrap_or(&Value::Null) != value);
    if values.is_empty() {
        return Err(Refusal::NoChange);
    }
    Ok(Body::Set { values, reason: sized(reason, MAX_PARAGRAPH)? })
}

fn classify(pack: &Pack, ctx: &Ctx, decision: Decision, case: Option<&Case>) -> Result<Body, Refusal> {
    let Decision { axis: axis_id, mut classes, suggested, reason, second } = decision;
    let axis = pack.axis(&axis_id).ok_or_else(|| Refusal::Unknown(axis_id.clone()))?;
    classes.order_by(|a, b| a.cmp(b));
    classes.dedup();
    if !axis.many && classes.len() > 1 {
        return Err(Refusal::Unknown(axis_id));
    }
    let mut grave = false;
    for id in &classes {
        grave |= axis.class(id).ok_or_else(|| Refusal::Unknown(id.clone()))?.grave;
    }
    if let Some(case) = case {
        let register = format!("{CLASS}{axis_id}");
        let conflict = case.registers.get(&register).is_some_and(super::Register::in_conflict);
        if !conflict && case.value(&register).is_some() && case.classes(&axis_id) == classes {
            return Err(Refusal::NoChange);
        }
    }
    let changes = case.is_some_and(|case| !case.classes(&axis_id).is_empty());
    let mut hint: Vec<String> = suggested.as_ref().map(|one| one.classes.clone()).unwrap_or_default();
    hint.order_by(|a, b| a.cmp(b));
    let overrides = !axis.many && !hint.is_empty() && hint != classes;
    let reason = sized(reason, MAX_PARAGRAPH)?;
    if (axis.reason || grave || overrides || (changes && !axis.many)) && reason.is_empty() {
        return Err(Refusal::ReasonRequired);
    }
    let second = sized(second, MAX_LINE)?;
    if grave && (second.is_empty() || second == ctx.actor.name) {
        return Err(Refusal::SecondReviewer);
    }
    let events = if axis.required && !classes.is_empty() { vec![class_set(&axis_id)] } else { Vec::new() };
    Ok(Body::Classified { axis: axis_id, classes, suggested, reason, second, events })
}

fn find(pack: &Pack, finding: String, value: Value, reason: String) -> Result<Body, Refusal> {
    let known = pack.findings.iter().find(|one| one.id == finding).ok_or_else(|| Refusal::Unknown(finding.clone()))?;
    let option = value.as_str().is_some_and(|id| known.options.iter().any(|option| option.id == id));
    if !option {
        return Err(Refusal::Unknown(finding));
    }
    Ok(Body::Found { finding, value, reason: reason_given(reason)? })
}

struct StepInput {
    step: String,
    outcome: String,
    at: Civil,
    values: BTreeMap<String, Value>,
    note: String,
}

fn take_step(case: &Case, pack: &Pack, ctx: &Ctx, input: StepInput) -> Result<Body, Refusal> {
    let step = pack.step(&input.step).ok_or_else(|| Refusal::Unknown(input.step.clone()))?;
    match step_state(case, step) {
        StepState::NotApplicable => return Err(Refusal::NotApplicable(input.step)),
        StepState::Blocked(missing) => return Err(Refusal::TooEarly { step: input.step, missing }),
        StepState::Done => return Err(Refusal::AlreadyDone(input.step)),
        StepState::Ready => {}
    }
    if input.at > ctx.now {
        return Err(Refusal::InFuture);
    }
    if input.at < case.received_at {
        return Err(Refusal::BeforeReceipt);
    }
    let note = sized(input.note, MAX_PARAGRAPH)?;
    let events = if step.outcomes.is_empty() {
        step.emits.clone()
    } else {
        let outcome = step.outcomes.iter().find(|one| one.id == input.outcome).ok_or(Refusal::OutcomeRequired)?;
        if outcome.reason && note.is_empty() {
            return Err(Refusal::ReasonRequired);
        }
        let mut events = step.emits.clone();
        events.extend(outcome.emits.iter().cloned());
        events
    };
    let mut values = checked(pack, &input.values, ctx.now)?;
    for id in &step.asks {
        let required = pack.field(id).is_some_and(|field| field.required && !field.intake);
        if required && values.get(id).is_none_or(is_blank) {
            return Err(Refusal::Value { field: id.clone(), problem: ValueProblem::Required });
        }
    }
    let mut events = events;
    events.extend(band_events(pack, &values)?.filter(|event| !events.contains(event)).cloned().collect::<Vec<_>>());
    // Each of several meetings keeps all that was said about it, also what stayed as it was.
    let new = |id: &String, value: &Value| case.field(id).unwrap_or(&Value::Null) != value;
    values.retain(|id, value| (step.again && !is_blank(value)) || new(id, value));
    Ok(Body::Step { step: input.step, outcome: input.outcome, events, values, note })
}

/// What the lowest of the scores given now means on the pack's scale.
fn band_events<'a>(
    pack: &'a Pack,
    values: &BTreeMap<String, Value>,
) -> Result<impl Iterator<Item = &'a String> + use<'a>, Refusal> {
    let mut lowest: Option<i64> = None;
    let scale = pack.follow_up.as_ref().map(|follow_up| follow_up.scale.as_slice()).unwrap_or_default();
    let band = |score: i64| scale.iter().find(|band| (band.from..=band.to).contains(&score));
    for id in pack.follow_up.iter().flat_map(|follow_up| &follow_up.scores) {
        let Some(score) = values.get(id).and_then(Value::as_i64) else { continue };
        if band(score).is_none() {
            return Err(Refusal::Value { field: id.clone(), problem: ValueProblem::NotANumber });
        }
        lowest = Some(lowest.map_or(score, |known| known.min(score)));
    }
    Ok(lowest.and_then(band).into_iter().flat_map(|band| &band.emits))
}

fn close(case: &Case, pack: &Pack, reason: String) -> Result<Body, Refusal> {
    for axis in pack.axes.iter().filter(|axis| axis.required) {
        let applies = axis.when.as_ref().is_none_or(|when| when.holds(&CaseFacts(case)));
        if applies && case.classes(&axis.id).is_empty() {
            return Err(Refusal::Undecided(axis.id.clone()));
        }
    }
    if let Some(register) = case.conflicts().first() {
        return Err(Refusal::Conflict((*register).to_owned()));
    }
    Ok(Body::Closed { reason: reason_given(reason)? })
}

/// Other versions, or plans beside the ordinary pack (the first) added and taken away; each pack once.
fn upgrade(case: &Case, packs: Vec<PackRef>, reason: String) -> Result<Body, Refusal> {
    let twice = |one: &PackRef| packs.iter().filter(|other| other.id == one.id).count() > 1;
    if packs.is_empty() || packs.iter().any(twice) {
        return Err(Refusal::Unknown(super::PACKS.to_owned()));
    }
    if packs == case.packs() && !case.registers.get(super::PACKS).is_some_and(super::Register::in_conflict) {
        return Err(Refusal::NoChange);
    }
    Ok(Body::Upgraded { packs, reason: reason_given(reason)? })
}

/// Everything can be withdrawn except the opening (that is `VoidCase`).
fn void(case: &Case, event: String, reason: String) -> Result<Body, Refusal> {
    let entry = case.entries.iter().find(|entry| entry.event.id == event);
    let entry = entry.ok_or_else(|| Refusal::Unknown(event.clone()))?;
    if matches!(entry.body, Some(Body::Opened { .. })) {
        return Err(Refusal::NotApplicable(event));
    }
    if entry.voided_by.is_some() {
        return Err(Refusal::NoChange);
    }
    Ok(Body::Voided { event, reason: reason_given(reason)? })
}

/// Writes one of the conflicting values again, this time having seen all of them.
fn resolve(case: &Case, ctx: &Ctx, register: String, value: Value, reason: String) -> Result<Body, Refusal> {
    let known = case.registers.get(&register).ok_or_else(|| Refusal::Unknown(register.clone()))?;
    if !known.in_conflict() {
        return Err(Refusal::NoChange);
    }
    if !known.heads.iter().any(|head| head.value == value) {
        return Err(Refusal::Unknown(register));
    }
    let reason = reason_given(reason)?;
    let body = if let Some(field) = register.strip_prefix(FIELD) {
        Body::Set { values: [(field.to_owned(), value)].into_iter().gather(), reason }
    } else if let Some(axis) = register.strip_prefix(CLASS) {
        // The events of the chosen decision already happened; resolving is not a new classification.
        let classes = super::strings(Some(&value));
        Body::Classified {
            axis: axis.to_owned(),
            classes,
            suggested: None,
            reason,
            second: ctx.actor.name.clone(),
            events: Vec::new(),
        }
    } else if let Some(finding) = register.strip_prefix(FOUND) {
        Body::Found { finding: finding.to_owned(), value, reason }
    } else if let Some(clock) = register.strip_prefix(DUE) {
        let due = value.as_str().and_then(crate::time::parse).ok_or(Refusal::Unknown(register.clone()))?;
        Body::DueSet { clock: clock.to_owned(), due, reason }
    } else if register == STATUS {
        match value.as_str() {
            Some("closed") => Body::Closed { reason },
            Some("void") => Body::CaseVoided { reason },
            _ => Body::Reopened { reason },
        }
    } else {
        let packs = serde_json::from_value(value).map_err(|_| Refusal::Unknown(register))?;
        Body::Upgraded { packs, reason }
    };
    Ok(body)
}

fn required(text: String) -> Result<String, Refusal> {
    if text.trim().is_empty() { Err(Refusal::ReasonRequired) } else { Ok(text) }
}

pub(super) fn reason_given(text: String) -> Result<String, Refusal> {
    sized(required(text)?, MAX_PARAGRAPH)
}

pub(super) fn sized(text: String, max: usize) -> Result<String, Refusal> {
    let text = text.trim().to_owned();
    let got = text.chars().count();
    if got > max { Err(Refusal::TooLong { got, max }) } else { Ok(text) }
}

/// Can a step be taken now?
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepState {
    Ready,
    /// These case events must happen first.
    Blocked(Vec<String>),
    Done,
    NotApplicable,
}

/// The state of one step on a case.
pub fn step_state(case: &Case, step: &Step) -> StepState {
    if !step.when.as_ref().is_none_or(|when| when.holds(&CaseFacts(case))) {
        return StepState::NotApplicable;
    }
    let done = case.in_force().any(|(_, body)| matches!(body, Body::Step { step: id, .. } if *id == step.id));
    if done && !step.again {
        return StepState::Done;
    }
    let missing: Vec<String> = step.after.iter().filter(|event| !case.happened(event)).cloned().collect();
    if missing.is_empty() { StepState::Ready } else { StepState::Blocked(missing) }
}

/// Facts of a folded case, as of now.
pub struct CaseFacts<'a>(pub &'a Case);

impl Facts for CaseFacts<'_> {
    fn fact(&self, id: &str) -> Option<&Value> {
        self.0.field(id)
    }
    fn has_class(&self, axis: &str, class: &str) -> bool {
        self.0.classes(axis).iter().any(|one| one == class)
    }
    fn finding(&self, id: &str) -> Option<&Value> {
        self.0.finding(id)
    }
    fn mentions(&self, _lexicon: &str) -> u32 {
        0
    }
    fn happened(&self, event: &str) -> bool {
        self.0.happened(event)
    }
    fn repeats(&self) -> u32 {
        self.0.field("repeats").and_then(Value::as_u64).unwrap_or(0) as u32
    }
    fn elapsed(&self, _since: &str, _limit: &crate::limit::Limit) -> bool {
        false
    }
}
