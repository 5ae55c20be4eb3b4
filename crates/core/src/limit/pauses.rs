//! Pauses put in order: merged, disjoint, with the one that has not ended apart.
//! Must not know calendars.

use super::error::LimitError;
use super::trace::Due;
use super::types::{MAX_PAUSES, Pause};
use crate::order::Order as _;
use crate::time::Civil;

/// A pause that has ended: the clock stands still in `from <= t < to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub from: Civil,
    pub to: Civil,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Pauses {
    closed: Vec<Span>,
    open: Option<Civil>,
}

impl Pauses {
    pub fn new(pauses: &[Pause]) -> Result<Self, LimitError> {
        let mut spans = Vec::new();
        let mut open: Option<Civil> = None;
        for &Pause { from, to } in pauses {
            match to {
                None => open = Some(open.map_or(from, |since| since.min(from))),
                Some(to) if to < from => return Err(LimitError::PauseBackwards { from, to }),
                Some(to) => spans.push(Span { from, to }),
            }
        }
        let mut closed = merged(spans);
        // What the open pause touches is part of it.
        while let Some((last, since)) = closed.last().copied().zip(open).filter(|(last, since)| last.to >= *since) {
            open = Some(since.min(last.from));
            closed.pop();
        }
        if closed.len() > MAX_PAUSES {
            return Err(LimitError::TooManyPauses { count: closed.len() });
        }
        Ok(Self { closed, open })
    }

    /// In order, disjoint, not touching.
    pub fn closed(&self) -> &[Span] {
        &self.closed
    }

    /// Since when the clock stands still.
    pub fn open(&self) -> Option<Civil> {
        self.open
    }

    /// Whether a pause that begins at `since` and never ends keeps this answer from becoming true.
    /// Time that has run out at the very instant of the pause has run out; a day needs its last moment running.
    pub fn reaches(&self, answer: &Due, since: Civil) -> bool {
        if answer.trace.limit.unit.in_time() { since < answer.due } else { since <= answer.due }
    }
}

fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.from < span.to);
    spans.order_by_key(|span| (span.from, span.to));
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => merged.push(span),
        }
    }
    merged
}
