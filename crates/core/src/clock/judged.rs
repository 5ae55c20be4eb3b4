//! Facts of a case at an instant, its clocks included: what consequences, findings and proposals are asked about.
//! Must not change anything; clocks themselves never depend on these facts.

use serde_json::Value;

use super::{Run, World};
use crate::case::{Case, CaseFacts};
use crate::limit::{self, Limit};
use crate::pack::Facts;
use crate::time::Civil;

/// A folded case with its runs, seen at `now`.
pub struct Judged<'a> {
    pub case: &'a Case,
    pub runs: &'a [Run],
    pub world: &'a World,
    pub now: Civil,
}

impl Facts for Judged<'_> {
    fn fact(&self, id: &str) -> Option<&Value> {
        self.case.field(id)
    }
    fn has_class(&self, axis: &str, class: &str) -> bool {
        CaseFacts(self.case).has_class(axis, class)
    }
    fn finding(&self, id: &str) -> Option<&Value> {
        self.case.finding(id)
    }
    fn mentions(&self, _lexicon: &str) -> u32 {
        0
    }
    fn happened(&self, event: &str) -> bool {
        self.case.happened(event)
    }
    fn repeats(&self) -> u32 {
        CaseFacts(self.case).repeats()
    }
    fn elapsed(&self, since: &str, limit: &Limit) -> bool {
        let first = self.case.happenings.iter().find(|one| one.event == since);
        first.is_some_and(|one| {
            limit::due(one.at, limit, &self.world.statutory, &[]).is_ok_and(|due| self.now > due.due)
        })
    }
    fn late(&self, clock: &str) -> bool {
        self.runs.iter().any(|run| run.clock == clock && run.breached(self.now))
    }
}
