//! What a case would be if drafts were written: for showing deadlines before registering.
//! Must not be stored; the ids are placeholders.

use super::{Actor, Case, Draft, Event, Hlc, SCHEMA, fold};

/// Folds drafts as if they had been sealed. `None` for no drafts.
pub fn preview(drafts: &[Draft], actor: &Actor) -> Option<Case> {
    fold(drafts.iter().enumerate().map(|(index, draft)| sealed(index, draft, actor, 0)))
}

/// The case as it would be if these drafts were written now, after everything that it knows already.
pub fn preview_with(case: &Case, drafts: &[Draft], actor: &Actor) -> Option<Case> {
    let events = case.entries.iter().map(|entry| entry.event.clone());
    let last = case.entries.iter().map(|entry| entry.event.hlc.ms).max().unwrap_or(0);
    let drafts = drafts.iter().enumerate();
    fold(events.chain(drafts.map(|(index, draft)| sealed(index, draft, actor, last + 1))))
}

/// `not_before`: milliseconds that the logical time reaches at least.
fn sealed(index: usize, draft: &Draft, actor: &Actor, not_before: u64) -> Event {
    let (kind, body) = draft.body.split();
    let utc = draft.at.and_utc().timestamp_millis() - 8 * 3_600_000;
    Event {
        id: format!("preview-{index}"),
        case: draft.case.clone(),
        device: String::new(),
        seq: index as u64 + 1,
        prev: String::new(),
        hlc: Hlc { ms: u64::try_from(utc).unwrap_or(0).max(not_before), n: index as u32 },
        at: draft.at,
        recorded_at: draft.at,
        actor: actor.name.clone(),
        role: actor.role.clone(),
        campus: actor.campus.clone(),
        schema: SCHEMA,
        kind,
        base: draft.base.clone(),
        body,
    }
}
