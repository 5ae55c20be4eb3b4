//! The bundle file: one JSON document with events, attachments, packs, calendars or acknowledgements, and a digest.
//! Must not decide what of it is new (`merge` does) nor what it means (`core` does).

mod error;
mod locate;
mod mask;
mod read;
mod scan;

use shouwen_core::order::Gather as _;
use shouwen_core::order::Order as _;
use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shouwen_core::calendar::CalendarFile;
use shouwen_core::pack::Pack;
use shouwen_core::time::{Civil, stamp};

use crate::canonical::{Hasher, Out, canonical, write_text};
use crate::merge::ranges;
use crate::seal::Sealed;

pub use error::BundleError;
pub use mask::{MASK, masked};
pub use read::{parse, read, read_any, read_value};
pub use scan::Caps;

/// What `format` says in every bundle.
pub const FORMAT: &str = "shouwen-bundle";
/// The bundle version that this build writes, and the newest that it reads.
pub const VERSION: u64 = 1;

/// What a bundle is for. A bundle of any kind may still carry any part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Everything that the sender has: a backup.
    Full,
    /// What the receiver has not acknowledged yet.
    Delta,
    /// Says up to where the sender of this file has each device's events.
    Ack,
    /// Packs and calendars.
    Config,
    /// For reading and statistics only: personal values are replaced, so chains no longer hold.
    Masked,
}

/// An unbroken run of a device's events.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Range {
    pub device: String,
    pub from: u64,
    pub to: u64,
    /// Hash of the event `to`.
    pub head: String,
}

/// Up to where somebody has a device's events, from the first one on and without a gap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Head {
    pub device: String,
    pub to: u64,
    /// Hash of the event `to`.
    pub head: String,
}

/// How much is in the file; shown before anything is read in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    pub events: u64,
    pub cases: u64,
    pub blobs: u64,
}

/// Who made a bundle, when, with which build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The bundle's own id (UUID).
    pub id: String,
    pub campus: String,
    pub device: String,
    pub created: Civil,
    /// Name and version of the program.
    pub app: String,
}

/// The head of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    pub id: String,
    pub kind: Kind,
    #[serde(default)]
    pub campus: String,
    #[serde(default)]
    pub device: String,
    #[serde(with = "stamp")]
    pub created: Civil,
    #[serde(default)]
    pub app: String,
    #[serde(default)]
    pub ranges: Vec<Range>,
    #[serde(default)]
    pub counts: Counts,
}

/// A bundle in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    pub header: Header,
    /// Canonical JSON texts; not all of them need to be events that this build can read.
    pub events: Vec<String>,
    /// Attachments by their SHA-256.
    pub blobs: BTreeMap<String, Vec<u8>>,
    /// Not yet checked; see [`Bundle::read_packs`].
    pub packs: Vec<Value>,
    /// Not yet checked; see [`Bundle::read_calendars`].
    pub calendars: Vec<Value>,
    /// What operators set for the engine (timetables of campuses, values missing in the rules), by name. The reader
    /// of a name checks its value.
    pub settings: BTreeMap<String, Value>,
    /// Of an acknowledgement.
    pub heads: Vec<Head>,
}

impl Bundle {
    /// A bundle of events (`Full` or `Delta`) and the attachments that should travel with them.
    pub fn of_events(kind: Kind, origin: Origin, events: &[Sealed], blobs: BTreeMap<String, Vec<u8>>) -> Self {
        let mut bundle = Self::empty(kind, origin);
        let mut sorted: Vec<&Sealed> = events.iter().collect();
        sorted.order_by(|a, b| place(a).cmp(&place(b)));
        sorted.dedup_by(|a, b| a.text == b.text);
        bundle.header.ranges = ranges(events);
        bundle.header.counts = Counts {
            events: sorted.len() as u64,
            cases: sorted.iter().map(|one| &one.event.case).gather::<BTreeSet<_>>().len() as u64,
            blobs: blobs.len() as u64,
        };
        bundle.events = sorted.into_iter().map(|one| one.text.clone()).collect();
        bundle.blobs = blobs;
        bundle
    }

    /// Says up to where the sender has everybody's events.
    pub fn ack(origin: Origin, heads: Vec<Head>) -> Self {
        Self { heads, ..Self::empty(Kind::Ack, origin) }
    }

    /// Rules and calendars for other devices.
    pub fn config(origin: Origin, packs: &[Pack], calendars: &[CalendarFile]) -> Self {
        // Texts, numbers and lists cannot fail to become JSON.
        let packs = packs.iter().map(|one| serde_json::to_value(one).unwrap_or_default()).collect();
        let calendars = calendars.iter().map(|one| serde_json::to_value(one).unwrap_or_default()).collect();
        Self { packs, calendars, ..Self::empty(Kind::Config, origin) }
    }

    /// Adds quarantined texts, so that what this build cannot read still reaches somebody who can.
    pub fn pass_on(&mut self, texts: impl IntoIterator<Item = String>) {
        self.events.extend(texts);
        self.header.counts.events = self.events.len() as u64;
    }

    /// The packs, each with the reason when this build cannot read it.
    pub fn read_packs(&self) -> Vec<Result<Pack, String>> {
        self.packs.iter().map(|one| Pack::deserialize(one).map_err(|error| error.to_string())).collect()
    }

    /// The calendars, each with the reason when this build cannot read it.
    pub fn read_calendars(&self) -> Vec<Result<CalendarFile, String>> {
        self.calendars
            .iter()
            .map(|one| CalendarFile::parse(&canonical(one)).map_err(|error| error.to_string()))
            .collect()
    }

    fn empty(kind: Kind, origin: Origin) -> Self {
        let Origin { id, campus, device, created, app } = origin;
        let counts = Counts::default();
        let header = Header { id, kind, campus, device, created, app, ranges: Vec::new(), counts };
        Self {
            header,
            events: Vec::new(),
            blobs: BTreeMap::new(),
            packs: Vec::new(),
            calendars: Vec::new(),
            settings: BTreeMap::new(),
            heads: Vec::new(),
        }
    }
}

/// Order of events in a file: the same set always gives the same file.
fn place(one: &Sealed) -> (&str, u64, &str, &str) {
    (&one.event.device, one.event.seq, &one.event.id, &one.hash)
}

/// The file's text. The same bundle always gives the same bytes.
pub fn write(bundle: &Bundle) -> String {
    let mut parts = parts(bundle);
    let mut hasher = Hasher::default();
    join(&parts, &mut hasher);
    let mut digest = String::new();
    write_text(&hasher.hex(), &mut digest);
    parts.insert("digest", digest);
    let mut out = String::with_capacity(parts.values().map(|part| part.len() + 16).sum());
    join(&parts, &mut out);
    out
}

/// Canonical texts of the document's keys, without the digest.
fn parts(bundle: &Bundle) -> BTreeMap<&'static str, String> {
    let header = serde_json::to_value(&bundle.header).unwrap_or_default();
    let mut parts: BTreeMap<&str, String> = [
        ("format", canonical(&Value::from(FORMAT))),
        ("version", VERSION.to_string()),
        ("header", canonical(&header)),
        ("events", list(bundle.events.iter().map(|text| normal(text)))),
        ("blobs", blobs(&bundle.blobs)),
    ]
    .into_iter()
    .gather();
    if bundle.header.kind == Kind::Masked {
        parts.insert("masked", "true".into());
    }
    for (key, values) in [("packs", &bundle.packs), ("calendars", &bundle.calendars)] {
        if !values.is_empty() {
            parts.insert(key, list(values.iter().map(canonical)));
        }
    }
    if !bundle.settings.is_empty() {
        parts.insert("settings", canonical(&serde_json::to_value(&bundle.settings).unwrap_or_default()));
    }
    if !bundle.heads.is_empty() {
        parts.insert("heads", canonical(&serde_json::to_value(&bundle.heads).unwrap_or_default()));
    }
    parts
}

/// A text that is not JSON travels as a JSON string rather than being lost.
fn normal(text: &str) -> String {
    canonical(&serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)))
}

fn list(texts: impl Iterator<Item = String>) -> String {
    let mut out = String::from("[");
    for (index, text) in texts.enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&text);
    }
    out.push(']');
    out
}

fn blobs(blobs: &BTreeMap<String, Vec<u8>>) -> String {
    let mut out = String::from("{");
    for (index, (name, bytes)) in blobs.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_text(name, &mut out);
        out.push_str(":\"");
        BASE64.encode_string(bytes, &mut out);
        out.push('"');
    }
    out.push('}');
    out
}

fn join(parts: &BTreeMap<&'static str, String>, out: &mut impl Out) {
    for (index, (key, part)) in parts.iter().enumerate() {
        out.put(if index == 0 { "{" } else { "," });
        write_text(key, out);
        out.put(":");
        out.put(part);
    }
    out.put("}");
}
