//! Counting laws.
mod types;
pub use types::*;
