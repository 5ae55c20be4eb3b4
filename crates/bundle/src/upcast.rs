//! The one gate through which data from outside enters: older forms are lifted to today's, newer ones are named.
//! Must not change stored bytes: it only changes what is read from them.

use serde_json::{Map, Value};
use shouwen_core::calendar;
use shouwen_core::case::SCHEMA;

use crate::container::{self, Bundle, BundleError, Caps};

/// Lifts an event body by one schema version.
type Step = fn(&mut Map<String, Value>);

/// `EVENT_STEPS[n - 1]` lifts an event of schema `n` to `n + 1`. Empty while there is only schema 1.
const EVENT_STEPS: &[Step] = &[];

/// Prefix of the `format` of packs of any version.
const PACK_FORMAT: &str = "shouwen-pack/";

/// Today's form of an event of any older schema. Events of this or a newer schema, and what is no event at all,
/// come back as they are.
pub fn event(value: Value) -> Value {
    lift(value, EVENT_STEPS, SCHEMA)
}

fn lift(mut value: Value, steps: &[Step], target: u32) -> Value {
    let Some(map) = value.as_object_mut() else { return value };
    let Some(schema) = map.get("schema").and_then(Value::as_u64).and_then(|one| usize::try_from(one).ok()) else {
        return value;
    };
    if schema == 0 || schema >= target as usize {
        return value;
    }
    for step in steps.iter().skip(schema - 1) {
        step(map);
    }
    map.insert("schema".into(), Value::from(target));
    value
}

/// A file that somebody gave us, told apart by its `format`.
#[derive(Clone, Debug, PartialEq)]
pub enum Incoming {
    Bundle(Box<Bundle>),
    /// A single pack file; not yet checked.
    Pack(Value),
    /// A single calendar file; not yet checked.
    Calendar(Value),
}

/// Reads any file of ours. The caps hold for all of them; a bundle is verified as by [`container::read`].
pub fn open(bytes: &[u8], caps: &Caps) -> Result<Incoming, BundleError> {
    let value = container::parse(bytes, caps)?;
    let format = value.get("format").and_then(Value::as_str).unwrap_or_default();
    if format == calendar::FORMAT {
        return Ok(Incoming::Calendar(value));
    }
    if format.starts_with(PACK_FORMAT) {
        return Ok(Incoming::Pack(value));
    }
    Ok(Incoming::Bundle(Box::new(container::read_value(value, caps)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const RENAMES: &[Step] = &[
        |map| {
            let old = map.remove("when").unwrap_or_default();
            map.insert("at".into(), old);
        },
        |map| {
            map.insert("base".into(), json!([]));
        },
    ];

    #[track_caller]
    fn check(from: Value, want: Value) {
        assert_eq!(lift(from, RENAMES, 3), want);
    }

    #[test]
    fn lifts_step_by_step_and_leaves_the_rest() {
        check(json!({"schema": 1, "when": "x"}), json!({"schema": 3, "at": "x", "base": []}));
        check(json!({"schema": 2, "at": "x"}), json!({"schema": 3, "at": "x", "base": []}));
        check(json!({"schema": 3, "at": "x"}), json!({"schema": 3, "at": "x"}));
        check(json!({"schema": 9, "when": "x"}), json!({"schema": 9, "when": "x"}));
        check(json!({"schema": 0, "when": "x"}), json!({"schema": 0, "when": "x"}));
        check(json!({"schema": "1"}), json!({"schema": "1"}));
        check(json!([1]), json!([1]));
    }

    /// Whoever raises `SCHEMA` must say how the old form is lifted.
    #[test]
    fn every_older_schema_has_a_step() {
        assert_eq!(EVENT_STEPS.len() + 1, SCHEMA as usize);
    }
}
