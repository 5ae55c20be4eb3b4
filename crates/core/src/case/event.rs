//! One immutable entry of a case's log: the envelope and the bodies that this build understands.
//! Must not interpret a sequence of events; that is `fold`.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;

use crate::pack::PackRef;
use crate::time::{Civil, stamp, stamp_option};

/// The event schema that this build writes. Older ones are read (upcast), newer ones are kept untouched.
pub const SCHEMA: u32 = 1;

/// In a pause: every clock of the case that may be paused, also those that start later.
pub const ALL_CLOCKS: &str = "*";

/// Hybrid logical time: milliseconds since 1970 (UTC) and a counter, written `0001763689320123-0004`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hlc {
    pub ms: u64,
    pub n: u32,
}

impl Hlc {
    /// The next time after both the wall clock and everything seen so far. Never goes back.
    pub fn next(self, wall_ms: u64) -> Hlc {
        if wall_ms > self.ms { Hlc { ms: wall_ms, n: 0 } } else { Hlc { ms: self.ms, n: self.n.saturating_add(1) } }
    }
}

impl fmt::Display for Hlc {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016}-{:04}", self.ms, self.n)
    }
}

impl Serialize for Hlc {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hlc {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        text.split_once('-')
            .and_then(|(ms, n)| Some(Hlc { ms: ms.parse().ok()?, n: n.parse().ok()? }))
            .ok_or_else(|| D::Error::custom(format!("not a hybrid time: {text}")))
    }
}

/// Who acts, in which role, where. Copied into every event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub name: String,
    /// Role id of the pack.
    pub role: String,
    /// Campus (or headquarters) name.
    pub campus: String,
}

/// The envelope. `kind` and `body` stay raw so that events of newer builds survive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// UUID version 7.
    pub id: String,
    pub case: String,
    pub device: String,
    /// 1, 2, 3 … without gaps per device.
    pub seq: u64,
    /// SHA-256 (hex) of this device's previous event in canonical form; empty for the first.
    pub prev: String,
    pub hlc: Hlc,
    /// When it happened (what a person says).
    #[serde(with = "stamp")]
    pub at: Civil,
    /// When it was written down (what the device's clock says).
    #[serde(with = "stamp")]
    pub recorded_at: Civil,
    pub actor: String,
    pub role: String,
    pub campus: String,
    pub schema: u32,
    pub kind: String,
    /// Ids of the events whose values the author had seen and replaces.
    #[serde(default)]
    pub base: Vec<String>,
    pub body: Value,
}

impl Event {
    /// The body if this build understands it.
    pub fn understood(&self) -> Option<Body> {
        if self.schema > SCHEMA {
            return None;
        }
        let mut tagged = serde_json::Map::new();
        tagged.insert(self.kind.clone(), self.body.clone());
        serde_json::from_value(Value::Object(tagged)).ok()
    }

    /// Fold order: hybrid time, device, sequence.
    pub fn order(&self) -> (Hlc, &str, u64) {
        (self.hlc, &self.device, self.seq)
    }
}

/// What the program had suggested when a person decided a class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    pub classes: Vec<String>,
    pub percent: u32,
    /// Ids of the rules that had fired.
    #[serde(default)]
    pub rules: Vec<String>,
}

/// What a person did. The variant's name in snake case is the event's `kind`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// A complaint was received and registered.
    Opened {
        number: String,
        packs: Vec<PackRef>,
        /// Case events that this is (`received`).
        events: Vec<String>,
    },
    /// Fields were filled or corrected.
    Set {
        values: BTreeMap<String, Value>,
        #[serde(default)]
        reason: String,
    },
    /// A person decided a class (one id, or several on an axis with many).
    Classified {
        axis: String,
        classes: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        suggested: Option<Suggested>,
        #[serde(default)]
        reason: String,
        /// Second reviewer of a grave class.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        second: String,
        #[serde(default)]
        events: Vec<String>,
    },
    /// A person established something (validity, fault).
    Found {
        finding: String,
        value: Value,
        reason: String,
    },
    /// A step was done.
    Step {
        step: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        outcome: String,
        /// Case events that this is; copied from the pack so that the log explains itself.
        events: Vec<String>,
        #[serde(default)]
        values: BTreeMap<String, Value>,
        #[serde(default)]
        note: String,
    },
    Note {
        text: String,
    },
    /// A photo or document, kept by its SHA-256.
    Attached {
        sha256: String,
        name: String,
        mime: String,
        size: u64,
        #[serde(default)]
        note: String,
    },
    /// A date that the handler enters: a promise, a plan node, an extension.
    DueSet {
        clock: String,
        #[serde(with = "stamp")]
        due: Civil,
        reason: String,
    },
    Paused {
        /// A clock's id, or [`ALL_CLOCKS`].
        clock: String,
        reason: String,
        /// A ground that the pack names.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        ground: String,
        /// What proves it: a document, a letter.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        evidence: String,
        /// When it ends by itself.
        #[serde(default, with = "stamp_option", skip_serializing_if = "Option::is_none")]
        until: Option<Civil>,
    },
    Resumed {
        clock: String,
        reason: String,
    },
    /// Why a softened limit was not kept.
    LateReason {
        clock: String,
        reason: String,
    },
    /// A person has read a red line and its lawful replacement.
    RedLineRead {
        red_line: String,
    },
    Closed {
        reason: String,
    },
    Reopened {
        reason: String,
    },
    /// The whole case was entered by mistake.
    CaseVoided {
        reason: String,
    },
    /// One entry is withdrawn; withdrawing a withdrawal brings the entry back.
    Voided {
        event: String,
        reason: String,
    },
    /// A recurring duty of the desk was done for a term; kept in the desk's own log, never on a case.
    DutyDone {
        pack: String,
        clock: String,
        term: String,
        #[serde(default)]
        note: String,
    },
    /// The case follows another version of its packs from now on.
    Upgraded {
        packs: Vec<PackRef>,
        reason: String,
    },
}

impl Body {
    /// Splits into the envelope's `kind` and `body`.
    pub fn split(&self) -> (String, Value) {
        match serde_json::to_value(self) {
            Ok(Value::Object(map)) => map.into_iter().next().unwrap_or_default(),
            _ => (String::new(), Value::Null),
        }
    }
}

/// An event before it has an id and a place in its device's chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub case: String,
    pub at: Civil,
    pub body: Body,
    pub base: Vec<String>,
}
