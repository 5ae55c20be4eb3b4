//! Gives drafts their id, place in the device's chain and hash; reads sealed events back.
//! Must not judge what an event means; must not make times or ids itself.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use shouwen_core::case::{Actor, Draft, Event, Hlc, SCHEMA};
use shouwen_core::time::Civil;

use crate::canonical::{canonical, sha256_hex};
use crate::upcast;

/// Largest sequence number: JavaScript's largest exact integer, since browsers store it as a number.
pub const MAX_SEQ: u64 = 9_007_199_254_740_991;
/// Longest id of an event, case or device, in bytes.
pub const MAX_ID: usize = 128;
/// A foreign clock that is further ahead than this (milliseconds) does not drag ours along.
pub const MAX_AHEAD_MS: u64 = 86_400_000;

/// An event as it is stored and exported.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed {
    /// What this build reads from the text (older forms lifted).
    pub event: Event,
    /// Canonical JSON: the truth. Keeps envelope keys that this build does not know.
    pub text: String,
    /// SHA-256 of `text`, hexadecimal.
    pub hash: String,
}

/// The end of this device's chain; stored with the events, in the same transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceState {
    pub device: String,
    /// Sequence number of the last event; 0 before the first.
    pub seq: u64,
    /// Hash of the last event; empty before the first.
    pub head: String,
    pub hlc: Hlc,
}

impl DeviceState {
    /// A device that has written nothing. After a restore from a backup a device must take a new id,
    /// or its chain forks.
    pub fn new(device: impl Into<String>) -> Self {
        Self { device: device.into(), ..Self::default() }
    }

    /// Takes note of imported events, so that what is written next sorts after them.
    /// A clock more than a day ahead is not followed: one wrong clock must not spread to all devices.
    pub fn witness<'a>(&mut self, events: impl IntoIterator<Item = &'a Event>, wall_ms: u64) {
        let limit = wall_ms.saturating_add(MAX_AHEAD_MS);
        let latest = events.into_iter().map(|event| event.hlc).filter(|hlc| hlc.ms <= limit).max();
        self.hlc = self.hlc.max(latest.unwrap_or_default());
    }
}

/// Why a text is not an event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("not JSON: {0}")]
    Syntax(String),
    #[error("schema {schema} is newer than {SCHEMA} and its envelope cannot be read")]
    TooNew { schema: u64 },
    #[error("not an event: {0}")]
    Envelope(String),
    #[error("{field}: {problem}")]
    Field { field: &'static str, problem: &'static str },
}

/// Seals drafts in order and moves the device's state on. The caller stores both in one transaction; when that
/// fails it must go back to the state from before. `wall_ms` is UTC milliseconds, `new_id` makes UUIDs (v7).
pub fn seal(
    state: &mut DeviceState,
    drafts: &[Draft],
    actor: &Actor,
    recorded_at: Civil,
    wall_ms: u64,
    new_id: &mut dyn FnMut() -> String,
) -> Vec<Sealed> {
    drafts
        .iter()
        .map(|draft| {
            let (kind, body) = draft.body.split();
            let event = Event {
                id: new_id(),
                case: draft.case.clone(),
                device: state.device.clone(),
                seq: state.seq.saturating_add(1),
                prev: state.head.clone(),
                hlc: state.hlc.next(wall_ms),
                at: draft.at,
                recorded_at,
                actor: actor.name.clone(),
                role: actor.role.clone(),
                campus: actor.campus.clone(),
                schema: SCHEMA,
                kind,
                base: draft.base.clone(),
                body,
            };
            // An envelope of texts, numbers and JSON cannot fail to become JSON.
            let text = serde_json::to_value(&event).map(|value| canonical(&value)).unwrap_or_default();
            let hash = sha256_hex(text.as_bytes());
            *state = DeviceState { device: state.device.clone(), seq: event.seq, head: hash.clone(), hlc: event.hlc };
            Sealed { event, text, hash }
        })
        .collect()
}

impl Sealed {
    /// Reads a stored or received event.
    pub fn read(text: &str) -> Result<Self, ReadError> {
        Self::from_value(serde_json::from_str(text).map_err(|error| ReadError::Syntax(error.to_string()))?)
    }

    /// Reads an event that is already JSON. Unknown envelope keys stay in `text` and count in `hash`.
    pub fn from_value(value: Value) -> Result<Self, ReadError> {
        let text = canonical(&value);
        let schema = value.get("schema").and_then(Value::as_u64);
        let event: Event = serde_json::from_value(upcast::event(value)).map_err(|error| match schema {
            Some(schema) if schema > u64::from(SCHEMA) => ReadError::TooNew { schema },
            _ => ReadError::Envelope(error.to_string()),
        })?;
        check_envelope(&event)?;
        let hash = sha256_hex(text.as_bytes());
        Ok(Self { event, text, hash })
    }

    /// Written by a newer build: kept and passed on, not understood.
    pub fn too_new(&self) -> bool {
        self.event.schema > SCHEMA
    }
}

/// Only what storing and chaining need; everything else is the fold's business.
fn check_envelope(event: &Event) -> Result<(), ReadError> {
    for (field, id) in [("id", &event.id), ("case", &event.case), ("device", &event.device)] {
        let problem = match id {
            id if id.trim().is_empty() => "empty",
            id if id.len() > MAX_ID => "too long",
            id if id.chars().any(char::is_control) => "control character",
            _ => continue,
        };
        return Err(ReadError::Field { field, problem });
    }
    match event {
        event if event.seq == 0 || event.seq > MAX_SEQ => {
            Err(ReadError::Field { field: "seq", problem: "out of range" })
        }
        event if event.schema == 0 => Err(ReadError::Field { field: "schema", problem: "out of range" }),
        event if event.kind.is_empty() => Err(ReadError::Field { field: "kind", problem: "empty" }),
        _ => Ok(()),
    }
}
