//! Canonical JSON and SHA-256: one text per value, so that a hash means the value.
//! Must not know what the values are.

use serde_json::Value;
use sha2::{Digest, Sha256};
use shouwen_core::order::Order as _;

/// One text per JSON value: keys sorted by code point, no blanks, non-ASCII characters as they are.
///
/// ```
/// let value = serde_json::json!({"b": [1, "二"], "a": null});
/// assert_eq!(shouwen_bundle::canonical::canonical(&value), r#"{"a":null,"b":[1,"二"]}"#);
/// ```
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

/// SHA-256 in lower-case hexadecimal.
///
/// ```
/// let empty = shouwen_bundle::canonical::sha256_hex(b"");
/// assert!(empty.starts_with("e3b0c44298fc1c14") && empty.len() == 64);
/// ```
pub fn sha256_hex(bytes: &[u8]) -> String {
    let mut hasher = Hasher::default();
    hasher.0.update(bytes);
    hasher.hex()
}

/// SHA-256 of the canonical text without building that text (bundles can be large).
pub fn canonical_sha256(value: &Value) -> String {
    let mut hasher = Hasher::default();
    write(value, &mut hasher);
    hasher.hex()
}

/// Where canonical text goes.
pub(crate) trait Out {
    fn put(&mut self, text: &str);
}

impl Out for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// Takes text and keeps only its SHA-256.
#[derive(Default)]
pub(crate) struct Hasher(Sha256);

impl Hasher {
    pub(crate) fn hex(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Out for Hasher {
    fn put(&mut self, text: &str) {
        self.0.update(text.as_bytes());
    }
}

/// Writes a text as a JSON string. Writing a string to memory cannot fail.
pub(crate) fn write_text(text: &str, out: &mut impl Out) {
    out.put(&serde_json::to_string(text).unwrap_or_default());
}

/// Recursion is bounded: every value comes from a parser with a depth limit or from our own types.
fn write(value: &Value, out: &mut impl Out) {
    match value {
        Value::Null => out.put("null"),
        Value::Bool(true) => out.put("true"),
        Value::Bool(false) => out.put("false"),
        Value::Number(number) => out.put(&number.to_string()),
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.put("[");
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.put(",");
                }
                write(item, out);
            }
            out.put("]");
        }
        Value::Object(map) => {
            // Sorted here too: another crate of the build may switch serde_json to insertion order.
            let mut pairs: Vec<(&String, &Value)> = map.iter().collect();
            pairs.order_by_key(|(key, _)| *key);
            out.put("{");
            for (index, (key, value)) in pairs.into_iter().enumerate() {
                if index > 0 {
                    out.put(",");
                }
                write_text(key, out);
                out.put(":");
                write(value, out);
            }
            out.put("}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &str) {
        let value: Value = serde_json::from_str(text).unwrap();
        let got = canonical(&value);
        assert_eq!(got, want);
        let again: Value = serde_json::from_str(&got).unwrap();
        assert_eq!(canonical(&again), got, "not stable");
        assert_eq!(canonical_sha256(&value), sha256_hex(got.as_bytes()));
    }

    #[test]
    fn one_text_per_value() {
        check(" { \"b\" : 1 , \"a\" : [ ] } ", r#"{"a":[],"b":1}"#);
        check(r#"{"é":1,"z":2,"中":3,"Z":4}"#, r#"{"Z":4,"z":2,"é":1,"中":3}"#);
        check(r#""\u4e2d\/\u0041\n""#, r#""中/A\n""#);
        check(r#""\ud83d\ude00 <script>""#, r#""😀 <script>""#);
        check("18446744073709551615", "18446744073709551615");
        check("-0.30000000000000004", "-0.30000000000000004");
        check("9007199254740993.25e-3", "9007199254740.994");
    }

    #[test]
    fn known_hash() {
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
