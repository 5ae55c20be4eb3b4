//! A copy of a bundle without personal values: for reading and statistics only.
//! Must not pretend to be mergeable: masking changes event bytes, so hashes and chains no longer hold.

use serde_json::{Map, Value};

use super::{Bundle, Kind};
use crate::canonical::canonical;
use crate::seal::Sealed;

/// What stands in place of a masked value.
pub const MASK: &str = "***";

/// Keys of bodies and envelopes that hold a person's name or free text, and the name under which `personal` is
/// asked about them. Field ids of packs cannot begin with `@`.
const FREE_TEXT: &[(&str, &str)] = &[
    ("actor", "@actor"),
    ("second", "@actor"),
    ("note", "@note"),
    ("text", "@note"),
    ("reason", "@reason"),
    ("name", "@attachment"),
];

/// Replaces personal values. `personal` is asked with field ids, and with `@actor`, `@note`, `@reason` and
/// `@attachment` for names of staff and free text outside of fields. Attachments and texts that are no events are
/// left out; bodies that this build does not understand are emptied.
pub fn masked(bundle: &Bundle, personal: &dyn Fn(&str) -> bool) -> Bundle {
    let mut copy = bundle.clone();
    copy.header.kind = Kind::Masked;
    copy.blobs.clear();
    copy.settings.clear();
    copy.events = bundle.events.iter().filter_map(|text| masked_event(text, personal)).collect();
    copy.header.counts.blobs = 0;
    copy.header.counts.events = copy.events.len() as u64;
    copy
}

fn masked_event(text: &str, personal: &dyn Fn(&str) -> bool) -> Option<String> {
    let sealed = Sealed::read(text).ok()?;
    let understood = sealed.event.understood().is_some();
    // From the typed envelope: keys that this build does not know could hold anything.
    let mut value = serde_json::to_value(&sealed.event).ok()?;
    let envelope = value.as_object_mut()?;
    mask_free_text(envelope, personal);
    match envelope.get_mut("body") {
        Some(Value::Object(body)) if understood => {
            mask_free_text(body, personal);
            if let Some(Value::Object(fields)) = body.get_mut("values") {
                for (_, value) in fields.iter_mut().filter(|(field, _)| personal(field)) {
                    *value = Value::from(MASK);
                }
            }
        }
        Some(body) => *body = Value::Null,
        None => {}
    }
    Some(canonical(&value))
}

fn mask_free_text(map: &mut Map<String, Value>, personal: &dyn Fn(&str) -> bool) {
    for (key, asked) in FREE_TEXT {
        if let Some(Value::String(text)) = map.get_mut(*key)
            && !text.is_empty()
            && personal(asked)
        {
            *text = MASK.into();
        }
    }
}
