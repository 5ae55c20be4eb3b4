//! What a case would be if drafts were written: for showing deadlines before registering.
//! Must not be stored; the ids are placeholders.

use super::{Actor, Case, Draft, Event, Hlc, SCHEMA, fold};

/// Folds drafts as if they had been sealed. `None` for no drafts.
pub fn preview(drafts: &[Draft], actor: &Actor) -> Option<Case> {
    let events = drafts.iter().enumerate().map(|(index, draft)| {
        let (kind, body) = draft.body.split();
        let utc = draft.at.and_utc().timestamp_millis() - 8 * 3_600_000;
        Event {
            id: format!("preview-{index}"),
            case: draft.case.clone(),
            device: String::new(),
            seq: index as u64 + 1,
            prev: String::new(),
            hlc: Hlc { ms: u64::try_from(utc).unwrap_or(0), n: index as u32 },
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
    });
    fold(events)
}
