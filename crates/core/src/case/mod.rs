//! The case log: events, the fold that turns them into a case, and the commands that make new events.
//! Must not read a clock or make ids: `now`, the actor and ids come in as arguments.

mod clocks;
mod decide;
mod event;
mod fold;
mod preview;
mod values;

pub use decide::*;
pub use event::*;
pub use fold::*;
pub use preview::*;
pub use values::*;
