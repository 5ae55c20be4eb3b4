//! The packs and calendars that every build carries, as text and read.
//! Must not know what is in them; `build.rs` lists the files.

use crate::calendar::{CalendarError, CalendarFile, Statutory};
use crate::pack::Pack;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Every pack file with what reading it gave, by name.
pub fn read_packs() -> impl Iterator<Item = (&'static str, Result<Pack, serde_json::Error>)> {
    PACKS.iter().map(|(name, text)| (*name, serde_json::from_str(text)))
}

/// The packs of this build, by file name. A file that cannot be read is left out; a test holds that there is none.
pub fn packs() -> Vec<Pack> {
    read_packs().filter_map(|(_, pack)| pack.ok()).collect()
}

/// Statutory working days from all notices that this build carries.
///
/// # Errors
/// A calendar file with a fault, with its JSON path; notices that contradict each other.
pub fn statutory() -> Result<Statutory, CalendarError> {
    let mut notices = Vec::new();
    for (_, text) in CALENDARS {
        notices.extend(CalendarFile::parse(text)?.notices);
    }
    Statutory::new(&notices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_is_read() {
        let faults: Vec<String> =
            read_packs().filter_map(|(name, pack)| Some(format!("{name}: {}", pack.err()?))).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        assert!(statutory().is_ok_and(|days| days.has_notice(2026)));
    }
}
