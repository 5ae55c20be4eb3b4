//! Walks a case's timeline and opens, ends and supersedes the runs of each clock (DESIGN: counting laws;
//! digest conventions G11 reclassification, G12 approvals, G13 waiting for an event).
//! Must not know the present time: a run says when it started, is due and ended; `state` judges.

use crate::order::Order as _;
use std::collections::BTreeMap;

use serde_json::Value;

use super::ladder::{self, Rung};
use super::relative::{self, Base};
use super::{World, pauses};
use crate::case::{Body, Case, events_of};
use crate::limit::{self, Due, Limit, LimitError, Pause};
use crate::pack::{Clock, ClockKind, Facts, Pack, PackRef, plan_of};
use crate::time::{self, Civil};

/// One run of one clock on one case.
#[derive(Clone, Debug)]
pub struct Run {
    pub clock: String,
    pub kind: ClockKind,
    /// Since when the clock concerns the case (it may still wait for its start event).
    pub since: Civil,
    /// The start event's time, or the moment of reclassification.
    pub start: Option<Civil>,
    /// It started with a change of class rather than with its event (G11).
    pub restarted: bool,
    /// It is a plan's, and its event had happened before the plan was added: it started with the plan.
    pub with_plan: bool,
    /// It counts from the time that a person gave in this field, which lies before the event.
    pub from_field: Option<String>,
    pub due: Option<Due>,
    pub problem: Option<RunProblem>,
    pub done_at: Option<Civil>,
    /// Closed by reclassification, closing or voiding of the case.
    pub superseded_at: Option<Civil>,
    /// Its due time was cut to that of this clock.
    pub capped_by: Option<String>,
    /// A reason for being late was recorded.
    pub late_reason: Option<String>,
    /// The pauses as they act, planned ends and the rule's cap applied; in order, disjoint.
    pub pauses: Vec<Pause>,
    /// Reminder levels, in order of time; only while the run is open.
    pub rungs: Vec<Rung>,
}

/// Why a run has no due time although it has started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunProblem {
    /// The rule names a limit without a value; the operator has not filled the parameter.
    ValueMissing { parameter: String },
    /// The handler has not entered the date yet.
    DateMissing,
    /// It stands still and nobody knows yet until when.
    StillPaused { since: Civil },
    /// The arithmetic refused (beyond the tables, schedule never opens …).
    Limit(String),
}

/// All runs of all clocks of one case, in the pack's order. Recurring duties are not case clocks and are left out.
pub fn runs(case: &Case, pack: &Pack, world: &World) -> Vec<Run> {
    let points = timeline(case);
    let mut all: Vec<Run> = Vec::new();
    let clocks = pack.clocks.iter().filter(|clock| clock.kind != ClockKind::Recurring);
    let (mut hanging, own): (Vec<&Clock>, Vec<&Clock>) = clocks.partition(|clock| clock.relative.is_some());
    for clock in own {
        let mut found = walk(case, clock, &points);
        for run in &mut found {
            count_from_field(case, clock, run);
            finish(case, pack, world, clock, run, None);
        }
        all.extend(found);
    }
    cap(pack, &mut all);
    // A relative clock waits until the clock that it hangs on is computed; the lint refuses circles.
    while let Some(place) = hanging.iter().position(|clock| !hanging.iter().any(|one| hangs_on(clock, one))) {
        let clock = hanging.remove(place);
        let mut found = relative::walk_beside(case, clock, &points, &all);
        for run in &mut found {
            let base = relative::base(clock, run, &all);
            finish(case, pack, world, clock, run, base);
        }
        all.extend(found);
        cap(pack, &mut all);
    }
    for run in all.iter_mut().filter(|run| run.done_at.is_none() && run.superseded_at.is_none()) {
        if let Some(clock) = pack.clock(&run.clock) {
            run.rungs = ladder::rungs(run, clock, pack, world, &case.campus);
        }
    }
    let place = |run: &Run| pack.clocks.iter().position(|clock| clock.id == run.clock);
    all.order_by_key(place);
    all
}

fn hangs_on(clock: &Clock, other: &Clock) -> bool {
    clock.relative.as_ref().is_some_and(|relative| relative.clock == other.id)
}

/// One moment at which something relevant happened.
#[derive(Clone)]
pub(super) struct Point<'a> {
    pub at: Civil,
    pub events: Vec<&'a str>,
    /// Axis and classes decided at this point.
    classified: Option<(&'a str, &'a [String])>,
    /// The packs that the case follows from here on.
    packs: Option<&'a [PackRef]>,
    ends_case: bool,
    reopens: bool,
}

impl<'a> Point<'a> {
    /// A point at which nothing but this event happened.
    pub fn of(at: Civil, event: &'a str) -> Self {
        Point { at, events: vec![event], classified: None, packs: None, ends_case: false, reopens: false }
    }
}

fn timeline(case: &Case) -> Vec<Point<'_>> {
    let mut points: Vec<(usize, Point)> = Vec::new();
    for (index, entry) in case.entries.iter().enumerate().filter(|(_, entry)| entry.voided_by.is_none()) {
        let Some(body) = &entry.body else { continue };
        let classified = match body {
            Body::Classified { axis, classes, .. } => Some((axis.as_str(), classes.as_slice())),
            _ => None,
        };
        let packs = match body {
            Body::Opened { packs, .. } | Body::Upgraded { packs, .. } => Some(packs.as_slice()),
            _ => None,
        };
        points.push((
            index,
            Point {
                at: entry.event.at,
                events: events_of(body),
                classified,
                packs,
                ends_case: matches!(body, Body::Closed { .. } | Body::CaseVoided { .. }),
                reopens: matches!(body, Body::Reopened { .. }),
            },
        ));
    }
    points.order_by_key(|(index, point)| (point.at, *index));
    points.into_iter().map(|(_, point)| point).collect()
}

/// What was known at a point of the walk. Fields and findings count with their latest value: a correction
/// corrects the past too; classes and events count as they were at the time.
struct Moment<'a> {
    case: &'a Case,
    classes: BTreeMap<&'a str, &'a [String]>,
    events: BTreeMap<&'a str, Civil>,
}

impl Facts for Moment<'_> {
    fn fact(&self, id: &str) -> Option<&Value> {
        self.case.field(id)
    }
    fn has_class(&self, axis: &str, class: &str) -> bool {
        self.classes.get(axis).is_some_and(|classes| classes.iter().any(|one| one == class))
    }
    fn finding(&self, id: &str) -> Option<&Value> {
        self.case.finding(id)
    }
    fn mentions(&self, _lexicon: &str) -> u32 {
        0
    }
    fn happened(&self, event: &str) -> bool {
        self.events.contains_key(event)
    }
    fn repeats(&self) -> u32 {
        self.case.field("repeats").and_then(Value::as_u64).unwrap_or(0).min(u64::from(u32::MAX)) as u32
    }
    fn elapsed(&self, _since: &str, _limit: &Limit) -> bool {
        false
    }
}

pub(super) fn walk(case: &Case, clock: &Clock, points: &[Point]) -> Vec<Run> {
    let mut moment = Moment { case, classes: BTreeMap::new(), events: BTreeMap::new() };
    let mut runs: Vec<Run> = Vec::new();
    let mut open: Option<Run> = None;
    let mut applied = false;
    let mut case_open = true;
    // Times of the latest start and stop events, whether or not the clock applied then.
    let (mut started, mut stopped): (Option<Civil>, Option<Civil>) = (None, None);
    let plan = plan_of(&clock.id).map(|(plan, _)| plan);
    let mut there = plan.is_none();
    let mut joined: Option<Civil> = None;
    for point in points {
        let (mut reclassified, mut over) = (false, false);
        if let Some((plan, packs)) = plan.zip(point.packs) {
            let before = std::mem::replace(&mut there, packs.iter().any(|one| one.id == plan));
            if there && !before {
                // What had begun before the plan was there begins with it; what was over before is not asked for.
                joined = Some(point.at);
                over = started.zip(stopped).is_some_and(|(start, stop)| stop >= start);
                started = started.filter(|_| !over).and(joined);
                stopped = None;
            }
        }
        if let Some((axis, classes)) = point.classified {
            reclassified = moment.classes.insert(axis, classes).is_some_and(|before| !before.is_empty());
        }
        for event in &point.events {
            moment.events.insert(event, point.at);
        }
        let starts = point.events.iter().any(|event| relative::is_start(clock, event));
        let stops = point.events.iter().any(|event| clock.stop.iter().any(|one| one == event));
        case_open = (case_open || point.reopens) && !point.ends_case;
        let applies = there && case_open && clock.when.as_ref().is_none_or(|when| when.holds(&moment));

        if let Some(run) = &mut open {
            if stops && run.start.is_some() {
                run.done_at = Some(point.at);
                runs.extend(open.take());
            } else if !applies {
                run.superseded_at = Some(point.at);
                // A clock that never started and no longer concerns the case leaves no trace.
                runs.extend(open.take().filter(|run| run.start.is_some()));
            }
        }
        if stops {
            stopped = Some(point.at);
        }
        if starts {
            started = Some(point.at);
        }
        if applies {
            match &mut open {
                Some(run) if run.start.is_none() && starts => run.start = Some(point.at),
                Some(_) => {}
                None if over => {}
                None => {
                    open = open_run(clock, point, &mut runs, applied, reclassified, starts, started, stopped);
                    if let Some(run) = &mut open {
                        run.with_plan = !starts && !run.restarted && run.start.is_some() && run.start == joined;
                    }
                }
            }
        }
        // One act that begins and ends it: done in the same moment. Where it may run again, it is the next round.
        if starts
            && stops
            && !clock.again
            && let Some(run) = open.as_mut().filter(|run| run.start == Some(point.at))
        {
            run.done_at = run.start;
            runs.extend(open.take());
        }
        applied = applies;
    }
    runs.extend(open);
    runs
}

/// Opens a run, or waits for the start event, or records at once that it was already done.
#[allow(clippy::too_many_arguments)] // one call, all of them are the walk's own state
fn open_run(
    clock: &Clock,
    point: &Point,
    runs: &mut Vec<Run>,
    applied: bool,
    reclassified: bool,
    starts: bool,
    started: Option<Civil>,
    stopped: Option<Civil>,
) -> Option<Run> {
    let ended = runs.iter().any(|run| run.done_at.is_some());
    if starts {
        if ended && !clock.again {
            return None;
        }
        return Some(new_run(clock, point.at, Some(point.at), false));
    }
    if applied || (ended && !reclassified) {
        return None;
    }
    // It has just begun to concern the case.
    let Some(event_at) = started else { return Some(new_run(clock, point.at, None, false)) };
    if reclassified {
        return Some(new_run(clock, point.at, Some(point.at), true));
    }
    let mut run = new_run(clock, point.at, Some(event_at), false);
    match stopped.filter(|stop| *stop >= event_at) {
        Some(stop) => {
            run.done_at = Some(stop);
            runs.push(run);
            None
        }
        None => Some(run),
    }
}

fn new_run(clock: &Clock, since: Civil, start: Option<Civil>, restarted: bool) -> Run {
    Run {
        clock: clock.id.clone(),
        kind: clock.kind,
        since,
        start,
        restarted,
        with_plan: false,
        from_field: None,
        due: None,
        problem: None,
        done_at: None,
        superseded_at: None,
        capped_by: None,
        late_reason: None,
        pauses: Vec::new(),
        rungs: Vec::new(),
    }
}

/// Moves the start back to the time that a person gave, where the rule counts from then.
fn count_from_field(case: &Case, clock: &Clock, run: &mut Run) {
    let Some(field) = clock.from_field.as_ref().filter(|_| !run.restarted && !run.with_plan) else { return };
    let given = case.field(field).and_then(Value::as_str).and_then(time::parse);
    if let Some(at) = given.filter(|at| run.start.is_some_and(|start| *at < start)) {
        (run.start, run.from_field) = (Some(at), Some(field.clone()));
    }
}

/// Computes the due time of a run that has started. `base`: what a relative clock counts from.
fn finish(case: &Case, pack: &Pack, world: &World, clock: &Clock, run: &mut Run, base: Option<Base>) {
    run.late_reason = case.in_force().find_map(|(event, body)| match body {
        Body::LateReason { clock: id, reason } if *id == clock.id && event.recorded_at >= run.since => {
            Some(reason.clone())
        }
        _ => None,
    });
    if let Some(at) = base.as_ref().and_then(|base| base.superseded_at)
        && run.done_at.is_none_or(|done| done > at)
    {
        (run.done_at, run.superseded_at) = (None, Some(at));
    }
    let Some(start) = run.start else { return };
    let calendar = world.calendar(clock.calendar, &case.campus);
    let entered = entered(case, run);
    let limit = match effective_limit(pack, world, clock) {
        Ok(limit) => limit,
        Err(problem) if entered.is_none() => {
            run.problem = Some(problem);
            return;
        }
        Err(_) => None,
    };
    run.pauses = pauses::of(case, clock, limit.as_ref(), calendar);
    let computed = match (entered, limit, base) {
        (Some(date), ..) => limit::entered(start, date, calendar),
        (None, None, _) => return,
        (None, Some(limit), None) => limit::due(start, &limit, calendar, &run.pauses),
        (None, Some(limit), Some(base)) => match base.from {
            Some(from) if base.before => limit::before(from, &limit, calendar),
            Some(from) => limit::due(from, &limit, calendar, &run.pauses),
            // The clock that it hangs on has no due time yet.
            None => return,
        },
    };
    match computed {
        Ok(due) => run.due = Some(due),
        Err(LimitError::NeedsDate) => run.problem = Some(RunProblem::DateMissing),
        Err(LimitError::Untimed) => {}
        Err(LimitError::StillPaused { since }) => run.problem = Some(RunProblem::StillPaused { since }),
        Err(error) => run.problem = Some(RunProblem::Limit(error.to_string())),
    }
}

/// The date that a person entered for this very run, the last one where there are several. What was entered for an
/// earlier run (before a change of class) does not concern a later one.
fn entered(case: &Case, run: &Run) -> Option<Civil> {
    let ended = run.done_at.or(run.superseded_at);
    let of_run = |at: Civil| run.since <= at && ended.is_none_or(|ended| at <= ended);
    let dates = case.in_force().filter_map(|(event, body)| match body {
        Body::DueSet { clock, due, .. } if *clock == run.clock && of_run(event.recorded_at) => Some(*due),
        _ => None,
    });
    dates.last()
}

/// The latest due time that a run's extensions may reach: the rule's bound counted from the due time that the limit
/// itself gives. `None`: the rule sets no bound, or there is nothing to count from.
pub fn latest_extension(case: &Case, pack: &Pack, world: &World, clock: &Clock, run: &Run) -> Option<Civil> {
    let limit = effective_limit(pack, world, clock).ok()??;
    let calendar = world.calendar(clock.calendar, &case.campus);
    let own = limit::due(run.start?, &limit, calendar, &run.pauses).ok()?.due;
    let bound = Limit { count: clock.extend_max?, roll: Default::default(), ..limit };
    Some(limit::due(own, &bound, calendar, &[]).ok()?.due)
}

/// The pack's limit, filled from the parameter where the text leaves the value out.
fn effective_limit(pack: &Pack, world: &World, clock: &Clock) -> Result<Option<Limit>, RunProblem> {
    match clock.kind {
        ClockKind::CaseSet => Err(RunProblem::DateMissing),
        ClockKind::Missing => {
            let parameter = clock.parameter.clone().unwrap_or_default();
            let count = world.count_for(pack, clock).ok_or(RunProblem::ValueMissing { parameter })?;
            Ok(clock.limit.clone().map(|limit| Limit { count, ..limit }))
        }
        _ => Ok(clock.limit.clone()),
    }
}

/// "Not after" clocks: the earlier of both due times holds.
fn cap(pack: &Pack, runs: &mut [Run]) {
    let others: Vec<(String, Option<Civil>, Due)> = runs
        .iter()
        .filter(|run| run.superseded_at.is_none() && run.start.is_some())
        .filter_map(|run| Some((run.clock.clone(), run.done_at, run.due.clone()?)))
        .collect();
    for run in runs.iter_mut() {
        let (Some(clock), Some(start)) = (pack.clock(&run.clock), run.start) else { continue };
        // What had ended before this run began caps nothing: an objection starts a new round.
        let caps =
            others.iter().filter(|(id, done, _)| clock.not_after.contains(id) && done.is_none_or(|done| done >= start));
        for (other, _, due) in caps {
            if run.due.as_ref().is_some_and(|own| due.due < own.due) {
                run.due = Some(due.clone());
                run.capped_by = Some(other.clone());
            }
        }
    }
}

/// Steps of the pack that end a clock.
pub fn ending_steps<'a>(pack: &'a Pack, clock: &Clock) -> Vec<&'a crate::pack::Step> {
    let ends = |emits: &[String]| emits.iter().any(|event| clock.stop.contains(event));
    pack.steps
        .iter()
        .filter(|step| ends(&step.emits) || step.outcomes.iter().any(|outcome| ends(&outcome.emits)))
        .collect()
}
