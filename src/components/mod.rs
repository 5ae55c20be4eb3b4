//! Pieces that several pages use. Must not read or write the store.

mod classes;
mod clock;
mod dialog;
mod inputs;
mod shell;

pub use classes::{AxisChooser, Choice};
pub use clock::{ClockLine, Legend, Strip, state_class};
pub use dialog::{Modal, ReasonDialog};
pub use inputs::{FieldInput, Values};
pub use shell::{PageHead, Shell};
