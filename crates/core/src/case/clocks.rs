//! Commands that act on a clock: entering a date, extending, pausing, resuming. Each asks the clock as it stands now.
//! Must not compute a due time itself.

use super::decide::{reason_given, sized};
use super::values::{MAX_LINE, MAX_PARAGRAPH};
use super::{ALL_CLOCKS, Body, Case, Ctx, Draft, Refusal};
use crate::clock::{Duty, Run, duties, latest_extension, runs};
use crate::pack::{Clock, ClockKind, Pack, PauseRule};
use crate::time::Civil;

pub(super) struct PauseInput {
    pub clock: String,
    pub at: Civil,
    pub ground: String,
    pub reason: String,
    pub evidence: String,
    pub until: Option<Civil>,
}

/// The first date of a clock that the handler dates, or an extension where the pack allows one: by the named role,
/// before the limit runs out, to a later time, within the rule's bound.
pub(super) fn set_due(
    case: &Case,
    pack: &Pack,
    ctx: &Ctx,
    clock: String,
    due: Civil,
    reason: String,
) -> Result<Body, Refusal> {
    let known = pack.clock(&clock).ok_or_else(|| Refusal::Unknown(clock.clone()))?;
    if due < case.received_at {
        return Err(Refusal::BeforeReceipt);
    }
    let run = running(case, pack, ctx, &clock);
    let first = known.kind == ClockKind::CaseSet && run.as_ref().map_or(true, |run| run.due.is_none());
    if !first {
        if !known.extend_by.contains(&ctx.actor.role) {
            return Err(Refusal::NotExtendable);
        }
        let run = run?;
        if let Some(present) = run.due.as_ref().map(|due| due.due) {
            if ctx.now > present {
                return Err(Refusal::Expired { due: present });
            }
            if due <= present {
                return Err(Refusal::NotLater { due: present });
            }
        }
        if let Some(latest) = latest_extension(case, pack, ctx.world, known, &run).filter(|latest| due > *latest) {
            return Err(Refusal::TooLate { latest });
        }
    }
    Ok(Body::DueSet { clock, due, reason: reason_given(reason)? })
}

/// Pauses a clock, or every clock that may be paused.
pub(super) fn pause(case: &Case, pack: &Pack, ctx: &Ctx, input: PauseInput) -> Result<Body, Refusal> {
    check_time(case, ctx, input.at)?;
    let rules = rules(pack, &input.clock, ctx)?;
    if input.clock != ALL_CLOCKS {
        let run = running(case, pack, ctx, &input.clock)?;
        if let Some(due) = run.due.as_ref().map(|due| due.due).filter(|due| input.at > *due) {
            return Err(Refusal::Expired { due });
        }
        if run.pauses.iter().any(|pause| pause.from <= input.at && pause.to.is_none_or(|to| input.at < to)) {
            return Err(Refusal::NoChange);
        }
    }
    let named = |rule: &PauseRule| rule.grounds.is_empty() || rule.grounds.iter().any(|one| one.id == input.ground);
    if !rules.iter().any(|(_, rule)| named(rule)) {
        return Err(Refusal::GroundRequired);
    }
    let evidence = sized(input.evidence, MAX_LINE)?;
    if evidence.is_empty() && rules.iter().any(|(_, rule)| rule.evidence) {
        return Err(Refusal::EvidenceRequired);
    }
    if input.until.is_some_and(|until| until <= input.at) {
        return Err(Refusal::EndsBeforeStart);
    }
    let ground = sized(input.ground, MAX_LINE)?;
    Ok(Body::Paused { clock: input.clock, reason: reason_given(input.reason)?, ground, evidence, until: input.until })
}

/// Ends every pause of a clock (or of all clocks) that lasts at `at`.
pub(super) fn resume(
    case: &Case,
    pack: &Pack,
    ctx: &Ctx,
    clock: String,
    at: Civil,
    reason: String,
) -> Result<Body, Refusal> {
    check_time(case, ctx, at)?;
    rules(pack, &clock, ctx)?;
    let lasts = |run: &Run| run.pauses.iter().any(|pause| pause.from <= at && pause.to.is_none_or(|to| at < to));
    let paused =
        runs(case, pack, ctx.world).iter().any(|run| (clock == ALL_CLOCKS || run.clock == clock) && lasts(run));
    if !paused {
        return Err(Refusal::NoChange);
    }
    Ok(Body::Resumed { clock, reason: sized(reason_given(reason)?, MAX_PARAGRAPH)? })
}

pub(super) struct DutyInput {
    pub log: String,
    pub clock: String,
    pub term: String,
    pub at: Civil,
    pub note: String,
}

/// Records that a recurring duty was done in a term; once a term.
pub(super) fn duty(log: Option<&Case>, pack: &Pack, ctx: &Ctx, input: DutyInput) -> Result<Vec<Draft>, Refusal> {
    let clock = pack.clock(&input.clock).filter(|clock| clock.every.is_some());
    let clock = clock.ok_or_else(|| Refusal::Unknown(input.clock.clone()))?;
    if input.at > ctx.now {
        return Err(Refusal::InFuture);
    }
    let known = |duty: &Duty| duty.clock.id == clock.id && duty.term.as_ref().is_some_and(|term| term.id == input.term);
    let of_term = |date| duties(pack, ctx.world, log, date).into_iter().find(known);
    // The term of the day itself, or the one before: a record may come a little late.
    let today = input.at.date();
    let term_before = duties(pack, ctx.world, log, today).into_iter().find(|duty| duty.clock.id == clock.id);
    let day_before = term_before.and_then(|duty| duty.term?.from.pred_opt());
    let found = of_term(today).or_else(|| of_term(day_before?));
    match found {
        None => Err(Refusal::Unknown(input.term)),
        Some(duty) if duty.done.is_some() => Err(Refusal::AlreadyDone(input.clock)),
        Some(_) => {
            let (pack, clock, term) = (pack.id.clone(), input.clock, input.term);
            let note = sized(input.note, MAX_PARAGRAPH)?;
            let body = Body::DutyDone { pack, clock, term, note };
            Ok(vec![Draft { case: input.log, at: input.at, body, base: Vec::new() }])
        }
    }
}

fn check_time(case: &Case, ctx: &Ctx, at: Civil) -> Result<(), Refusal> {
    match at {
        at if at > ctx.now => Err(Refusal::InFuture),
        at if at < case.received_at => Err(Refusal::BeforeReceipt),
        _ => Ok(()),
    }
}

/// The clocks that the command concerns, with the rule that allows the actor to pause them.
fn rules<'a>(pack: &'a Pack, clock: &str, ctx: &Ctx) -> Result<Vec<(&'a Clock, &'a PauseRule)>, Refusal> {
    if clock != ALL_CLOCKS && pack.clock(clock).is_none() {
        return Err(Refusal::Unknown(clock.to_owned()));
    }
    let list: Vec<_> = pack
        .clocks
        .iter()
        .filter(|one| clock == ALL_CLOCKS || one.id == clock)
        .filter_map(|one| Some((one, one.pause.as_ref()?)))
        .filter(|(_, rule)| rule.roles.is_empty() || rule.roles.contains(&ctx.actor.role))
        .collect();
    if list.is_empty() { Err(Refusal::NotPausable) } else { Ok(list) }
}

/// The run of a clock that has started and not ended.
fn running(case: &Case, pack: &Pack, ctx: &Ctx, clock: &str) -> Result<Run, Refusal> {
    let open = |run: &Run| run.start.is_some() && run.done_at.is_none() && run.superseded_at.is_none();
    let found = runs(case, pack, ctx.world).into_iter().rfind(|run| run.clock == clock && open(run));
    found.ok_or_else(|| Refusal::NotRunning(clock.to_owned()))
}
