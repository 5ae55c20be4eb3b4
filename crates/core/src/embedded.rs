//! The packs and calendars that every build carries, as text and read.
//! Must not know what is in them; `build.rs` lists the files.

use crate::calendar::{CalendarError, CalendarFile, Statutory};
use crate::pack::{Pack, Problem, inherit, parse};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Every pack file with what reading it gave, by name, as it stands in its file (nothing inherited yet).
pub fn read_packs() -> impl Iterator<Item = (&'static str, Result<Pack, Problem>)> {
    PACKS.iter().map(|(name, text)| (*name, parse(text)))
}

/// The packs of this build that cases can be opened under, by file name, whole. A file that cannot be read is left out; a test holds that there is
/// none.
pub fn packs() -> Vec<Pack> {
    // Own files need no search for the place of a fault: read straight.
    let all: Vec<Pack> = PACKS.iter().filter_map(|(_, text)| serde_json::from_str(text).ok()).collect();
    all.iter().filter(|pack| !pack.library).map(|pack| whole(pack, &all)).collect()
}

/// The pack with everything that it inherits from packs among `all`. A parent that is missing, or that leads back to
/// the pack itself, gives nothing.
pub fn whole(pack: &Pack, all: &[Pack]) -> Pack {
    let mut chain = vec![pack];
    let mut next = pack.extends.as_deref();
    while let Some(parent) = next.and_then(|id| all.iter().find(|one| one.id == id)) {
        if chain.iter().any(|one| one.id == parent.id) {
            break;
        }
        chain.push(parent);
        next = parent.extends.as_deref();
    }
    let eldest = chain.pop().map_or_else(|| pack.clone(), Pack::clone);
    chain.iter().rev().fold(eldest, |parent, child| inherit(&parent, child))
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

    #[test]
    fn parents_are_found_and_circles_end() {
        let pack = |id: &str, parent: Option<&str>, role: &str| {
            let mut pack: Pack = parse(PACKS[0].1).unwrap();
            (pack.id, pack.extends) = (id.to_owned(), parent.map(str::to_owned));
            pack.roles = vec![crate::pack::Named { id: role.to_owned(), label: Default::default(), hint: None }];
            pack
        };
        let all = [
            pack("old", None, "a"),
            pack("mid", Some("old"), "b"),
            pack("new", Some("mid"), "c"),
            pack("lost", Some("nobody"), "d"),
            pack("x", Some("y"), "x"),
            pack("y", Some("x"), "y"),
        ];
        for (id, want) in [("old", "a"), ("mid", "ab"), ("new", "abc"), ("lost", "d"), ("x", "yx"), ("y", "xy")] {
            let pack = all.iter().find(|one| one.id == id).unwrap();
            let got: String = whole(pack, &all).roles.iter().map(|role| role.id.as_str()).collect();
            assert_eq!(got, want, "{id}");
        }
    }
}
