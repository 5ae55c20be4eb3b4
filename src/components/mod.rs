//! Pieces that several pages use. Must not read or write the store.

mod clock;
mod dialog;
mod inputs;
mod shell;

pub use clock::{ClockLine, StateChip, Strip, state_class};
pub use dialog::{ReasonDialog, Modal};
pub use inputs::{FieldInput, Problem, Values};
pub use shell::{PageHead, Shell};
