//! How the packs lie in the page; shared with `build.rs`, which lays them out, and known to `script/single-file.mjs`, which
//! measures them by the marks at both ends. Only constants.

pub const PACKS_BEGIN: &[u8] = b"<shouwen-packs\n";
pub const PACKS_END: &[u8] = b"\nshouwen-packs>";
/// Between the shapes and the columns. Before the shapes stands the table of letters, its length in two bytes first.
pub const PART: u8 = 0x1d;
/// Between columns.
pub const COLUMN: u8 = 0x1e;
/// Between shapes, and between the texts of a column.
pub const LINE: u8 = b'\n';
/// Stands in a shape where a text stands in the pack; the byte after it names the column (from 0x80).
pub const TEXT: u8 = b'$';
