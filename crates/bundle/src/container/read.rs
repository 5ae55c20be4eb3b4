//! From bytes to a verified bundle: caps, text, JSON, format, digest, parts.
//! Must not panic or take anything on trust; must not compare with what is stored.

use shouwen_core::order::TryGather as _;
use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::locate::locate;
use super::scan::scan;
use super::{Bundle, BundleError, Caps, FORMAT, Header, Kind, VERSION};
use crate::canonical::{canonical, canonical_sha256, sha256_hex};

/// Reads and verifies a bundle for merging. A masked one is refused.
pub fn read(bytes: &[u8], caps: &Caps) -> Result<Bundle, BundleError> {
    read_value(parse(bytes, caps)?, caps)
}

/// As [`read`], but takes masked bundles too: for reading and statistics, never for merging.
pub fn read_any(bytes: &[u8], caps: &Caps) -> Result<Bundle, BundleError> {
    verified(parse(bytes, caps)?, caps)
}

/// As [`read`], for a file that has already gone through [`parse`].
pub fn read_value(value: Value, caps: &Caps) -> Result<Bundle, BundleError> {
    match verified(value, caps)? {
        bundle if bundle.header.kind == Kind::Masked => Err(BundleError::Masked),
        bundle => Ok(bundle),
    }
}

/// Any JSON file from outside: caps first, then text, then syntax.
pub fn parse(bytes: &[u8], caps: &Caps) -> Result<Value, BundleError> {
    let text = scan(bytes, caps)?;
    serde_json::from_str(text).map_err(|error| {
        if error.is_eof() {
            return BundleError::Truncated;
        }
        BundleError::Syntax { line: error.line(), column: error.column(), what: plain_message(&error) }
    })
}

/// The parser's message without the place that it appends.
fn plain_message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(end) => message[..end].to_owned(),
        None => message,
    }
}

fn verified(value: Value, caps: &Caps) -> Result<Bundle, BundleError> {
    let Value::Object(mut document) = value else {
        return Err(BundleError::NotABundle { found: String::new() });
    };
    check_format(&document)?;
    let digest = document.remove("digest");
    let document = Value::Object(document);
    if digest.as_ref().and_then(Value::as_str) != Some(canonical_sha256(&document).as_str()) {
        return Err(BundleError::Tampered { place: locate(&document) });
    }
    let Value::Object(document) = document else {
        return Err(BundleError::NotABundle { found: String::new() });
    };
    parts(document, caps)
}

/// Format and version come first: another kind of file should not be blamed for its digest.
fn check_format(document: &Map<String, Value>) -> Result<(), BundleError> {
    match document.get("format") {
        Some(Value::String(format)) if format == FORMAT => {}
        Some(Value::String(other)) => {
            return Err(BundleError::NotABundle { found: other.chars().take(80).collect() });
        }
        _ => return Err(BundleError::NotABundle { found: String::new() }),
    }
    match document.get("version").and_then(Value::as_u64) {
        Some(version) if version > VERSION => Err(BundleError::TooNew { version }),
        Some(VERSION) => Ok(()),
        _ => Err(BundleError::malformed("version", "not a version number")),
    }
}

fn parts(mut document: Map<String, Value>, caps: &Caps) -> Result<Bundle, BundleError> {
    let header: Header = part(&mut document, "header")?.ok_or_else(|| missing("header"))?;
    let marked = document.remove("masked").unwrap_or_default();
    if (marked == Value::Bool(true)) != (header.kind == Kind::Masked) {
        return Err(BundleError::malformed("masked", "does not agree with the kind in the header"));
    }
    let events: Vec<Value> = part(&mut document, "events")?.unwrap_or_default();
    if events.len() > caps.events {
        return Err(BundleError::TooMany { what: "events", max: caps.events });
    }
    // Each parsed event is dropped as soon as its text is there: large files need the memory.
    let events = events.into_iter().map(|value| canonical(&value)).collect();
    let texts: BTreeMap<String, String> = part(&mut document, "blobs")?.unwrap_or_default();
    let blobs = texts.into_iter().map(|(name, text)| Ok((name.clone(), blob(&name, &text)?)));
    Ok(Bundle {
        blobs: blobs.try_gather()?,
        events,
        packs: part(&mut document, "packs")?.unwrap_or_default(),
        calendars: part(&mut document, "calendars")?.unwrap_or_default(),
        settings: part(&mut document, "settings")?.unwrap_or_default(),
        heads: part(&mut document, "heads")?.unwrap_or_default(),
        header,
    })
}

fn part<T: DeserializeOwned>(document: &mut Map<String, Value>, key: &str) -> Result<Option<T>, BundleError> {
    match document.remove(key) {
        None => Ok(None),
        Some(value) => serde_json::from_value(value).map(Some).map_err(|error| BundleError::malformed(key, error)),
    }
}

fn missing(key: &str) -> BundleError {
    BundleError::malformed(key, "missing")
}

/// An attachment whose bytes are what its name says.
pub(super) fn blob(name: &str, text: &str) -> Result<Vec<u8>, BundleError> {
    let bytes = BASE64.decode(text).unwrap_or_default();
    if sha256_hex(&bytes) == name { Ok(bytes) } else { Err(BundleError::Tampered { place: format!("blobs.{name}") }) }
}
