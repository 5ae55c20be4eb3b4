//! Rule packs: one regime as data. Loading and lint live here; applying a pack lives in `clock`, `classify` and `case`.
//! Must not contain a regime's number, word or class name.

mod beside;
mod cond;
mod library;
mod lint;
mod load;
mod numbering;
mod schema;

pub use beside::*;
pub use cond::*;
pub use lint::*;
pub use load::*;
pub use numbering::next_number;
pub use schema::*;
