//! JSON Lines in, JSON Lines out, in input order; a bad line is answered and the others go on.
//! Must not know what a line asks.

use std::io::{BufRead, BufReader, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Failure, Fault, Outcome};

#[derive(Serialize)]
struct Answered<'a, T> {
    id: &'a Value,
    #[serde(flatten)]
    answer: T,
}

#[derive(Serialize)]
struct Refused {
    error: Fault,
}

/// Answers every line that is not blank. `Outcome::Problems` when any was bad.
pub fn answer<T: Serialize>(
    input: &mut BufReader<impl Read>,
    out: &mut dyn Write,
    mut reply: impl FnMut(Value) -> Result<T, Fault>,
) -> Result<Outcome, Failure> {
    let mut bad = false;
    let mut line = Vec::new();
    for number in 1_u64.. {
        // Reading may now wait for somebody who waits for the answers so far.
        if input.buffer().is_empty() {
            out.flush()?;
        }
        line.clear();
        let read = input.read_until(b'\n', &mut line);
        if read.map_err(|error| Failure::File { file: "standard input".into(), error })? == 0 {
            break;
        }
        let text = if number == 1 { line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&line) } else { &line };
        if text.trim_ascii().is_empty() {
            continue;
        }
        let (id, answer) = match parse(text, number) {
            Ok(value) => (value.get("id").cloned().unwrap_or_default(), reply(value)),
            Err(fault) => (Value::Null, Err(fault)),
        };
        match answer {
            Ok(answer) => write(out, &Answered { id: &id, answer })?,
            Err(error) => {
                bad = true;
                write(out, &Answered { id: &id, answer: Refused { error } })?;
            }
        }
    }
    Ok(Outcome::of(bad))
}

/// One JSON value as a line.
pub fn write(out: &mut dyn Write, value: &impl Serialize) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, value).map_err(|error| Failure::Output(error.into()))?;
    Ok(out.write_all(b"\n")?)
}

fn parse(line: &[u8], number: u64) -> Result<Value, Fault> {
    let value: Value = serde_json::from_slice(line)
        .map_err(|error| Fault::new("bad_json", &error, format!("line {number}, column {}", error.column())))?;
    if value.is_object() { Ok(value) } else { Err(Fault::new("not_an_object", "expected an object", "$")) }
}

/// Reads a value strictly; a fault names the field.
pub fn read<T: DeserializeOwned>(value: Value) -> Result<T, Fault> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let message = error.inner().to_string();
        let path = match error.path().to_string() {
            root if root == "." => String::new(),
            path => path,
        };
        let (code, at) = if let Some(name) = quoted(&message, "missing field ") {
            ("missing_field", if path.is_empty() { name } else { format!("{path}.{name}") })
        } else if quoted(&message, "unknown field ").is_some() {
            ("unknown_field", path)
        } else {
            ("bad_field", path)
        };
        Fault::new(code, message, if at.is_empty() { "$".to_owned() } else { at })
    })
}

/// The name between backticks that follows a prefix.
fn quoted(message: &str, prefix: &str) -> Option<String> {
    let (name, _) = message.strip_prefix(prefix)?.strip_prefix('`')?.split_once('`')?;
    Some(name.to_owned())
}
