//! Bytes on disk: canonical JSON, the hash chain of events, bundle files, merging, tables for spreadsheets.
//! Must not know a browser, a clock, randomness or a file: bytes, times and ids come in as arguments.

pub mod blob;
pub mod canonical;
pub mod container;
pub mod csv;
pub mod demo;
pub mod ics;
pub mod merge;
pub mod seal;
pub mod upcast;
