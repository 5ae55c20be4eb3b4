//! A case under two versions of its rules, side by side: what would be suggested, which clocks would run, until when.
//! Must not write anything and must not decide which version holds; the present time comes in as an argument.

use crate::order::Gather as _;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::case::{Case, FIELD};
use crate::classify::{Classifier, Input};
use crate::clock::{Run, State, World, runs};
use crate::pack::Pack;
use crate::time::Civil;

/// One version of the rules, with its classifier (which must be built from this very pack).
#[derive(Clone, Copy)]
pub struct Under<'a> {
    pub pack: &'a Pack,
    pub classifier: &'a Classifier,
}

/// A run of a clock as far as people see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    pub start: Option<Civil>,
    pub due: Option<Civil>,
    pub state: State,
    /// A target or a softened limit: never a breach.
    pub soft: bool,
}

/// One run that is not the same under both versions.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockShift {
    pub clock: String,
    /// `None`: it does not run under this version.
    pub before: Option<Sight>,
    pub after: Option<Sight>,
}

/// What kind of difference a shift is; the gravest that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shift {
    /// Would be overdue (or met late), and is not now.
    Late,
    New,
    Gone,
    /// Another due time.
    Due,
    /// Only its state differs.
    State,
}

/// Another suggestion on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassShift {
    pub axis: String,
    pub before: Vec<String>,
    pub after: Vec<String>,
    /// A person has decided this axis already; the decision stands whatever is suggested.
    pub decided: bool,
}

/// Everything that differs for one case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    pub classes: Vec<ClassShift>,
    pub clocks: Vec<ClockShift>,
    /// Axis and class that people chose and the other version no longer knows.
    pub lost: Vec<(String, String)>,
}

impl Effect {
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty() && self.clocks.is_empty() && self.lost.is_empty()
    }
}

impl ClockShift {
    pub fn kind(&self) -> Shift {
        let late = |sight: &Option<Sight>| {
            sight.as_ref().is_some_and(|one| !one.soft && matches!(one.state, State::Overdue | State::MetLate))
        };
        match (&self.before, &self.after) {
            _ if late(&self.after) && !late(&self.before) => Shift::Late,
            (None, _) => Shift::New,
            (_, None) => Shift::Gone,
            (Some(before), Some(after)) if before.due != after.due => Shift::Due,
            _ => Shift::State,
        }
    }
}

/// The case under `before` and under `after`, as of `now`. Only what differs is listed: clocks in the order of `after`,
/// then those that are gone; a run that has ended alike under both counts as the same, whatever its due time was.
pub fn effect(case: &Case, before: &Under, after: &Under, world: &World, now: Civil) -> Effect {
    Effect {
        classes: class_shifts(case, before, after),
        clocks: clock_shifts(&runs(case, before.pack, world), &runs(case, after.pack, world), now),
        lost: lost(case, before.pack, after.pack),
    }
}

fn clock_shifts(before: &[Run], after: &[Run], now: Civil) -> Vec<ClockShift> {
    let old = numbered(before, now);
    let new = numbered(after, now);
    let find = |list: &[(String, usize, Sight)], id: &str, turn: usize| {
        list.iter().find(|(clock, n, _)| clock == id && *n == turn).map(|(_, _, sight)| sight.clone())
    };
    let here = new.iter().map(|(id, turn, sight)| (id, find(&old, id, *turn), Some(sight.clone())));
    let gone = old.iter().filter(|(id, turn, _)| find(&new, id, *turn).is_none());
    let gone = gone.map(|(id, _, sight)| (id, Some(sight.clone()), None));
    here.chain(gone)
        .filter(|(_, before, after)| differs(before.as_ref(), after.as_ref()))
        .map(|(clock, before, after)| ClockShift { clock: clock.clone(), before, after })
        .collect()
}

/// Runs with their clock's id and their number among the runs of that clock: the n-th stays the n-th.
fn numbered(runs: &[Run], now: Civil) -> Vec<(String, usize, Sight)> {
    runs.iter()
        .enumerate()
        .map(|(index, run)| {
            let turn = runs[..index].iter().filter(|one| one.clock == run.clock).count();
            let due = run.due.as_ref().map(|due| due.due);
            (run.clock.clone(), turn, Sight { start: run.start, due, state: run.state(now), soft: run.is_soft() })
        })
        .collect()
}

fn differs(before: Option<&Sight>, after: Option<&Sight>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) if !before.state.is_open() && before.state == after.state => false,
        (Some(before), Some(after)) => before != after,
        // What would only have been there and is over concerns nobody.
        (Some(one), None) | (None, Some(one)) => one.state != State::Superseded,
        (None, None) => false,
    }
}

fn class_shifts(case: &Case, before: &Under, after: &Under) -> Vec<ClassShift> {
    let text = case.text("text");
    if text.trim().is_empty() {
        return Vec::new();
    }
    let facts: BTreeMap<String, Value> = case
        .registers
        .iter()
        .filter_map(|(name, register)| Some((name.strip_prefix(FIELD)?.to_owned(), register.value()?.clone())))
        .gather();
    let repeats = facts.get("repeats").and_then(Value::as_u64).unwrap_or(0).min(1_000) as u32;
    let input = Input { text, facts: &facts, repeats };
    let [old, new] = [before, after].map(|under| under.classifier.classify(under.pack, &input));
    let mut axes: Vec<&str> = new.axes.iter().map(|axis| axis.axis.as_str()).collect();
    axes.extend(old.axes.iter().map(|axis| axis.axis.as_str()).filter(|id| new.axis(id).is_none()));
    axes.into_iter()
        .map(|axis| {
            let [before, after] =
                [&old, &new].map(|all| all.axis(axis).map(|one| one.suggested.clone()).unwrap_or_default());
            ClassShift { axis: axis.to_owned(), before, after, decided: !case.classes(axis).is_empty() }
        })
        .filter(|shift| shift.before != shift.after)
        .collect()
}

fn lost(case: &Case, before: &Pack, after: &Pack) -> Vec<(String, String)> {
    let known = |pack: &Pack, axis: &str, class: &str| pack.axis(axis).is_some_and(|axis| axis.class(class).is_some());
    let chosen = before.axes.iter().flat_map(|axis| case.classes(&axis.id).into_iter().map(|class| (&axis.id, class)));
    chosen
        .filter(|(axis, class)| known(before, axis, class) && !known(after, axis, class))
        .map(|(axis, class)| (axis.clone(), class))
        .collect()
}

/// Numbers over many cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub cases: u32,
    /// Cases with any difference.
    pub changed: u32,
    /// Cases with another suggestion.
    pub suggestions: u32,
    /// Clocks, by what happens to them.
    pub late: u32,
    pub new: u32,
    pub gone: u32,
    pub due: u32,
    pub state: u32,
    /// Classes that people chose and the other version does not know.
    pub lost: u32,
}

impl Tally {
    pub fn add(&mut self, effect: &Effect) {
        self.cases += 1;
        self.changed += u32::from(!effect.is_empty());
        self.suggestions += u32::from(!effect.classes.is_empty());
        self.lost += effect.lost.len() as u32;
        for shift in &effect.clocks {
            *match shift.kind() {
                Shift::Late => &mut self.late,
                Shift::New => &mut self.new,
                Shift::Gone => &mut self.gone,
                Shift::Due => &mut self.due,
                Shift::State => &mut self.state,
            } += 1;
        }
    }
}
