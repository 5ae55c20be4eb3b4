//! Why a file is not taken, and where.
//! Must not hold words for users; the interface translates by `code`.

use super::{FORMAT, VERSION};

/// Everything that can be wrong with a file from outside. Positions are byte offsets from the file's start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    #[error("the file is empty")]
    Empty,
    #[error("the file has {size} bytes, at most {max} are read")]
    TooBig { size: u64, max: u64 },
    #[error("not UTF-8 text at byte {at}")]
    NotUtf8 { at: usize },
    #[error("nested deeper than {max} levels at byte {at}")]
    TooDeep { at: usize, max: usize },
    #[error("more than {max} {what}")]
    TooMany { what: &'static str, max: usize },
    #[error("half of a character pair (\\uD800 to \\uDFFF) at byte {at}")]
    LoneSurrogate { at: usize },
    #[error("the file is cut off")]
    Truncated,
    #[error("not JSON in line {line}, column {column}: {what}")]
    Syntax { line: usize, column: usize, what: String },
    #[error("not a {FORMAT} file (format: {found:?})")]
    NotABundle { found: String },
    /// The caller keeps the file byte for byte until a newer build reads it.
    #[error("bundle version {version} is newer than {VERSION}, which this build reads")]
    TooNew { version: u64 },
    #[error("{place}: {what}")]
    Malformed { place: String, what: String },
    #[error("changed after it was written: {place}")]
    Tampered { place: String },
    /// A masked bundle can be read (`read_any`) but never merged.
    #[error("personal data is masked in this bundle; it can be read but not merged")]
    Masked,
}

impl BundleError {
    /// A stable word for the interface's dictionary and for the command line.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooBig { .. } => "too_big",
            Self::NotUtf8 { .. } => "not_utf8",
            Self::TooDeep { .. } => "too_deep",
            Self::TooMany { .. } => "too_many",
            Self::LoneSurrogate { .. } => "lone_surrogate",
            Self::Truncated => "truncated",
            Self::Syntax { .. } => "syntax",
            Self::NotABundle { .. } => "not_a_bundle",
            Self::TooNew { .. } => "too_new",
            Self::Malformed { .. } => "malformed",
            Self::Tampered { .. } => "tampered",
            Self::Masked => "masked",
        }
    }

    /// Where in the file; `$` for the whole.
    pub fn place(&self) -> String {
        match self {
            Self::NotUtf8 { at } | Self::TooDeep { at, .. } | Self::LoneSurrogate { at } => format!("byte {at}"),
            Self::Syntax { line, column, .. } => format!("line {line}, column {column}"),
            Self::NotABundle { .. } => "format".into(),
            Self::TooNew { .. } => "version".into(),
            Self::Malformed { place, .. } | Self::Tampered { place } => place.clone(),
            _ => "$".into(),
        }
    }

    pub(super) fn malformed(place: impl Into<String>, what: impl ToString) -> Self {
        Self::Malformed { place: place.into(), what: what.to_string() }
    }
}
