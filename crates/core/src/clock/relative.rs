//! Clocks that hang on another clock of the same case: "three working days before the hearing", "after the reply".
//! Must not compute a due time; says when such a clock begins and what it counts from.

use super::Run;
use super::run::{Point, walk};
use crate::case::Case;
use crate::order::Order as _;
use crate::pack::{Clock, Edge};
use crate::time::Civil;

/// The event that stands for the other clock's edge in the walk. No pack can name it: ids have no such letter.
const EDGE: &str = "@edge";

/// What a relative clock counts from.
pub(super) struct Base {
    /// The edge; unknown while the other clock has no due time.
    pub from: Option<Civil>,
    pub before: bool,
    /// The other clock no longer concerns the case.
    pub superseded_at: Option<Civil>,
}

/// Whether an event starts a clock.
pub(super) fn is_start(clock: &Clock, event: &str) -> bool {
    if clock.relative.is_some() { event == EDGE } else { clock.start.iter().any(|one| one == event) }
}

/// Walks a relative clock along the case's timeline and the edges of the clock that it hangs on.
pub(super) fn walk_beside(case: &Case, clock: &Clock, points: &[Point], known: &[Run]) -> Vec<Run> {
    let mut all: Vec<(usize, Point)> = points.iter().cloned().enumerate().collect();
    let edges = others(clock, known).filter_map(|run| begins(clock, run));
    all.extend(edges.map(|at| (usize::MAX, Point::of(at, EDGE))));
    all.order_by_key(|(index, point)| (point.at, *index));
    let points: Vec<Point> = all.into_iter().map(|(_, point)| point).collect();
    walk(case, clock, &points)
}

/// What a run counts from: the latest run of the other clock whose edge is not after its start.
pub(super) fn base(clock: &Clock, run: &Run, known: &[Run]) -> Option<Base> {
    let relative = clock.relative.as_ref()?;
    let start = run.start?;
    let other = others(clock, known).filter(|one| begins(clock, one).is_some_and(|at| at <= start)).last()?;
    let from = match relative.edge {
        Edge::Start => other.start,
        Edge::Done => other.done_at,
        Edge::Due => other.due.as_ref().map(|due| due.due),
    };
    Some(Base { from, before: relative.before && relative.edge == Edge::Due, superseded_at: other.superseded_at })
}

fn others<'a>(clock: &'a Clock, known: &'a [Run]) -> impl Iterator<Item = &'a Run> {
    known.iter().filter(|run| clock.relative.as_ref().is_some_and(|relative| relative.clock == run.clock))
}

/// When the relative clock begins: a due time is known as soon as the other clock runs.
fn begins(clock: &Clock, other: &Run) -> Option<Civil> {
    match clock.relative.as_ref()?.edge {
        Edge::Start | Edge::Due => other.start,
        Edge::Done => other.done_at,
    }
}
