//! Pieces that several pages use. Must not read or write the store.

mod classes;
mod clock;
mod dialog;
mod inputs;
mod picker;
mod shell;

pub use classes::{AxisChooser, Choice, Reasons};
pub use clock::{ClockLine, Legend, Strip, state_class};
pub use dialog::{Modal, ReasonDialog};
pub use inputs::{FieldInput, Part, Values};
pub use picker::{PacksInUse, fits, groups};
pub use shell::{PageHead, Shell};
