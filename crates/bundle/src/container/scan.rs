//! Looks over a file before it is parsed: size, nesting, number of values, halves of character pairs, cut-off ends.
//! Must not allocate in proportion to the file; must not judge JSON syntax (the parser does).

use super::BundleError;

/// How much is read at most. The defaults fit a phone's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// Of the whole file.
    pub bytes: u64,
    pub depth: usize,
    /// JSON values of any kind: what bounds the parsed document's memory.
    pub values: usize,
    pub events: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self { bytes: 64 << 20, depth: 64, values: 6_000_000, events: 500_000 }
    }
}

impl Caps {
    /// To be asked with the file's size before its bytes are read into memory.
    pub fn check_size(&self, size: u64) -> Result<(), BundleError> {
        match size {
            0 => Err(BundleError::Empty),
            size if size > self.bytes => Err(BundleError::TooBig { size, max: self.bytes }),
            _ => Ok(()),
        }
    }
}

/// The file as text (without a byte order mark) if it is safe to parse.
pub(super) fn scan<'a>(bytes: &'a [u8], caps: &Caps) -> Result<&'a str, BundleError> {
    caps.check_size(bytes.len() as u64)?;
    let text = std::str::from_utf8(bytes).map_err(|error| BundleError::NotUtf8 { at: error.valid_up_to() })?;
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(BundleError::Empty);
    }
    walk(bytes, caps)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn walk(bytes: &[u8], caps: &Caps) -> Result<(), BundleError> {
    let (mut depth, mut values, mut at) = (0_usize, 1_usize, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = end_of_string(bytes, at)?;
                continue;
            }
            b'{' | b'[' => {
                depth += 1;
                values += 1;
                if depth > caps.depth {
                    return Err(BundleError::TooDeep { at, max: caps.depth });
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if values > caps.values {
            return Err(BundleError::TooMany { what: "values", max: caps.values });
        }
        at += 1;
    }
    if depth > 0 { Err(BundleError::Truncated) } else { Ok(()) }
}

/// The place behind the string that begins at `start`.
fn end_of_string(bytes: &[u8], start: usize) -> Result<usize, BundleError> {
    let mut at = start + 1;
    loop {
        match bytes.get(at) {
            None => return Err(BundleError::Truncated),
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at = end_of_escape(bytes, at)?,
            Some(_) => at += 1,
        }
    }
}

/// Steps over an escape; over both halves of a character pair at once.
fn end_of_escape(bytes: &[u8], at: usize) -> Result<usize, BundleError> {
    match unit(bytes, at) {
        None => Ok(at + 2),
        Some(0xd800..=0xdbff) if matches!(unit(bytes, at + 6), Some(0xdc00..=0xdfff)) => Ok(at + 12),
        Some(0xd800..=0xdfff) => Err(BundleError::LoneSurrogate { at }),
        Some(_) => Ok(at + 6),
    }
}

/// The UTF-16 unit of a `\uXXXX` escape at this place.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
