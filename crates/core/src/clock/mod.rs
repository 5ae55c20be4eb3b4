//! The clocks of a case: which obligations run, from when, until exactly when, and how they ended.
//! Derived from the log alone; must not store anything and must not read the present time (it is passed in).

mod duty;
mod judged;
mod ladder;
mod pauses;
mod relative;
mod run;
mod state;
mod world;

pub use duty::*;
pub use judged::*;
pub use ladder::{Rung, has_levels, levels};
pub use run::*;
pub use state::*;
pub use world::*;
