//! The complaint domain, pure: packs, classification, counting laws, the case log.
//! Must not know a browser, a clock, randomness or a file: `now`, actor and ids come in as arguments.

pub mod agenda;
pub mod calendar;
pub mod case;
pub mod classify;
pub mod clock;
pub mod demo;
pub mod embedded;
pub mod limit;
pub mod order;
pub mod pack;
pub mod register;
pub mod replay;
pub mod time;
