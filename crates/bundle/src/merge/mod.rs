//! What is new in a bundle, what is doubtful, what cannot be read; set union of logs; deltas and acknowledgements.
//! Must not store anything and must not fold cases: it answers, the caller acts in one transaction.

mod chain;
mod examine;
mod exchange;
mod known;
mod union;

pub use chain::{Fork, ForkKind, GapRange, Link, inspect};
pub use examine::{CampusLine, Preview, Quarantined, Reason, examine};
pub use exchange::{ack_for, delta_since, heads_of, ranges};
pub use known::{Known, Store};
pub use union::{Union, union, union_all};
