//! How a command can end.
//! Must not print.

use std::io;

use serde::Serialize;

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Good,
    /// Some lines or files had problems, which have been answered: exit status 1.
    Problems,
}

impl Outcome {
    pub fn of(problems: bool) -> Self {
        if problems { Self::Problems } else { Self::Good }
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("{0}")]
    Usage(String),
    #[error("{file}: {error}")]
    File { file: String, error: io::Error },
    #[error("cannot write the answer: {0}")]
    Output(#[from] io::Error),
    /// Something that the build carries is broken.
    #[error("{0}")]
    Internal(String),
}

impl Failure {
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }

    /// The exit status: 2 for a call that makes no sense, else 1.
    pub fn status(&self) -> u8 {
        if matches!(self, Self::Usage(_)) { 2 } else { 1 }
    }
}

/// The `error` of an answer: a stable word, plain English, and where in the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    pub code: &'static str,
    pub message: String,
    /// A field path such as `limit.count`; `$` for the whole.
    pub at: String,
}

impl Fault {
    pub fn new(code: &'static str, message: impl ToString, at: impl Into<String>) -> Self {
        Self { code, message: message.to_string(), at: at.into() }
    }
}
