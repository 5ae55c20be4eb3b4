//! One module per command.
//! Must not share state; what they share stands beside this folder.

pub mod check;
pub mod classify;
pub mod deadline;
pub mod demo;
pub mod merge;
pub mod regimes;
pub mod status;
