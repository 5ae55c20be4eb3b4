//! Rule packs: one regime as data. Loading and lint live here; applying a pack lives in `clock`, `classify` and `case`.
//! Must not contain a regime's number, word or class name.

mod cond;
mod library;
mod lint;
mod load;
mod schema;

pub use cond::*;
pub use lint::*;
pub use load::*;
pub use schema::*;
