//! What can go wrong between the app and the browser's storage, told apart by what a person can do about it.
//! Must not contain words for the screen: those are in `i18n`.

use indexed_db_futures::error::{Error, OpenDbError};
use wasm_bindgen::{JsCast, JsValue};

/// Why the store did not do what was asked. Nothing of a refused write is stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database was written by a newer build: only [`Store::raw_dump`](super::Store::raw_dump) can read it.
    #[error("the database was written by a newer build")]
    Newer,
    /// Another tab holds the database in an older version and does not let go.
    #[error("another tab holds the database")]
    Blocked,
    /// The disk or the browser's share of it is full.
    #[error("no room left")]
    Full,
    /// The browser does not let us: private mode, switched off by policy, a damaged profile.
    #[error("refused: {what}")]
    Refused { what: String },
    /// A newer build (or a deletion) in another tab took over: this tab has stopped reading and writing.
    #[error("this tab is outdated")]
    Outdated,
    /// Something here is not as this build wrote it, or this build asked for nonsense.
    #[error("broken: {what}")]
    Broken { what: String },
}

impl StoreError {
    pub(super) fn broken(what: impl Into<String>) -> Self {
        StoreError::Broken { what: what.into() }
    }

    /// By the name of a DOM exception. The names are fixed by the web's standards, the messages are not.
    pub(super) fn named(name: &str, message: &str) -> Self {
        let what = format!("{name}: {message}");
        match name {
            "QuotaExceededError" => StoreError::Full,
            "VersionError" => StoreError::Newer,
            "ConstraintError"
            | "DataError"
            | "DataCloneError"
            | "NotFoundError"
            | "SyntaxError"
            | "InvalidAccessError"
            | "TransactionInactiveError" => StoreError::Broken { what },
            _ => StoreError::Refused { what },
        }
    }

    pub(super) fn of_js(value: &JsValue) -> Self {
        match value.dyn_ref::<web_sys::DomException>() {
            Some(exception) => exception.into(),
            None => StoreError::broken(describe(value)),
        }
    }
}

impl From<&web_sys::DomException> for StoreError {
    fn from(exception: &web_sys::DomException) -> Self {
        StoreError::named(&exception.name(), &exception.message())
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match error {
            Error::DomException(exception) => (&web_sys::DomException::from(exception)).into(),
            other => StoreError::broken(other.to_string()),
        }
    }
}

impl From<OpenDbError> for StoreError {
    fn from(error: OpenDbError) -> Self {
        match error {
            OpenDbError::Base(error) => error.into(),
            // No IndexedDB at all, or its getter gives nothing.
            other => StoreError::Refused { what: other.to_string() },
        }
    }
}

/// A value of JavaScript that we did not expect, in a few words.
fn describe(value: &JsValue) -> String {
    match value.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.to_string()),
        None => format!("{value:?}").chars().take(200).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_exceptions_say_what_to_do() {
        let what = |name: &str| format!("{name}: m");
        for (name, want) in [
            ("QuotaExceededError", StoreError::Full),
            ("VersionError", StoreError::Newer),
            ("ConstraintError", StoreError::Broken { what: what("ConstraintError") }),
            ("DataCloneError", StoreError::Broken { what: what("DataCloneError") }),
            ("UnknownError", StoreError::Refused { what: what("UnknownError") }),
            ("SecurityError", StoreError::Refused { what: what("SecurityError") }),
            ("AbortError", StoreError::Refused { what: what("AbortError") }),
            ("SomethingNew", StoreError::Refused { what: what("SomethingNew") }),
        ] {
            assert_eq!(StoreError::named(name, "m"), want);
        }
    }
}
