//! Judges a run at an instant: running, due soon, overdue, met … The present time comes in as an argument.
//! Must not change a run.

use serde::{Deserialize, Serialize};

use super::{Run, RunProblem};
use crate::limit::Pause;
use crate::pack::ClockKind;
use crate::time::Civil;

/// The state of a run at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Overdue,
    DueSoon,
    Running,
    /// Stands still for a recorded reason.
    Paused,
    /// Waits for its start event.
    Waiting,
    /// An open task without a due time.
    Open,
    ValueMissing,
    DateMissing,
    /// The arithmetic refused; the reason is on the run.
    Failed,
    MetLate,
    Met,
    Superseded,
}

impl State {
    /// Somebody still has to do something.
    pub fn is_open(self) -> bool {
        !matches!(self, State::Met | State::MetLate | State::Superseded)
    }
}

/// A clock counts as due soon when a fifth of its time is left, but never less than 30 minutes
/// and never more than a day before the due time (our own convention, for every limit alike).
pub fn soon_from(start: Civil, due: Civil) -> Civil {
    let fifth = (due - start).num_seconds() / 5;
    due - chrono::Duration::seconds(fifth.clamp(30 * 60, 24 * 3600))
}

/// Judges times that were computed before (also used by the register, which keeps no runs).
pub fn judge(
    start: Option<Civil>,
    due: Option<Civil>,
    done: Option<Civil>,
    superseded: Option<Civil>,
    pauses: &[Pause],
    now: Civil,
) -> State {
    let late = |at: Civil| due.is_some_and(|due| at > due);
    let paused = pauses.iter().any(|pause| pause.from <= now && pause.to.is_none_or(|to| now < to));
    match (start, due) {
        _ if done.is_some_and(late) => State::MetLate,
        _ if done.is_some() => State::Met,
        // Never a stale overdue mark; `Run::breached` still tells that it had run out before.
        _ if superseded.is_some() => State::Superseded,
        (None, _) => State::Waiting,
        (Some(_), Some(due)) if now > due => State::Overdue,
        _ if paused => State::Paused,
        (Some(_), None) => State::Open,
        (Some(start), Some(due)) if now >= soon_from(start, due) => State::DueSoon,
        _ => State::Running,
    }
}

impl Run {
    /// The run's state at `now`.
    pub fn state(&self, now: Civil) -> State {
        let ended = self.done_at.is_some() || self.superseded_at.is_some();
        match &self.problem {
            Some(RunProblem::ValueMissing { .. }) if !ended => State::ValueMissing,
            Some(RunProblem::DateMissing) if !ended => State::DateMissing,
            Some(RunProblem::Limit(_)) if !ended => State::Failed,
            _ => {
                let due = self.due.as_ref().map(|due| due.due);
                judge(self.start, due, self.done_at, self.superseded_at, &self.pauses, now)
            }
        }
    }

    /// A hard limit that ended late, had run out when it was superseded, or has run out by `now`.
    pub fn breached(&self, now: Civil) -> bool {
        let Some(due) = self.due.as_ref().map(|due| due.due) else { return false };
        !self.is_soft() && self.done_at.or(self.superseded_at).unwrap_or(now) > due
    }

    /// Soft and softened targets are never a breach.
    pub fn is_soft(&self) -> bool {
        matches!(self.kind, ClockKind::Soft | ClockKind::Softened)
    }

    /// The name of the state on the command line: `overdue`, `soft_overdue`, …
    pub fn state_name(&self, now: Civil) -> String {
        let word = serde_json::to_value(self.state(now)).ok().and_then(|value| value.as_str().map(str::to_owned));
        let word = word.unwrap_or_default();
        if self.is_soft() { format!("soft_{word}") } else { word }
    }
}
