//! The packs and calendars that every build carries, as text and read.
//! Must not know what is in them; `build.rs` lists the files.

mod layout;
mod letters;
mod shelf;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::calendar::{CalendarError, CalendarFile, Statutory};
use crate::pack::{Pack, Problem, Text, inherit, parse};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The text of every pack file, by name.
pub fn texts() -> impl Iterator<Item = (&'static str, String)> {
    NAMES.iter().enumerate().filter_map(|(place, name)| Some((*name, shelf::text(place)?)))
}

fn text(id: &str) -> Option<String> {
    shelf::text(NAMES.iter().position(|name| *name == id)?)
}

/// Every pack file with what reading it gave, by name, as it stands in its file (nothing inherited yet).
pub fn read_packs() -> impl Iterator<Item = (&'static str, Result<Pack, Problem>)> {
    texts().map(|(name, text)| (name, parse(&text)))
}

/// What is known of a pack without reading all of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Head {
    pub id: String,
    pub version: u32,
    pub effective_from: String,
    pub title: Text,
    pub summary: Text,
    #[serde(default)]
    pub trade: Option<Text>,
    #[serde(default)]
    pub terms: BTreeMap<String, String>,
    #[serde(default)]
    pub workplaces: Vec<String>,
    #[serde(default)]
    pub preset: bool,
    #[serde(default)]
    pub companion: bool,
    #[serde(default)]
    library: bool,
    #[serde(default)]
    extends: Option<String>,
}

impl Head {
    /// The head of a pack that is not built in.
    pub fn of(pack: &Pack) -> Head {
        Head {
            id: pack.id.clone(),
            version: pack.version,
            effective_from: pack.effective_from.clone(),
            title: pack.title.clone(),
            summary: pack.summary.clone(),
            trade: pack.trade.clone(),
            terms: pack.terms.clone(),
            workplaces: pack.workplaces.clone(),
            preset: pack.preset,
            companion: pack.companion,
            library: pack.library,
            extends: pack.extends.clone(),
        }
    }
}

/// The packs of this build that cases can be opened under, by file name; cheap.
pub fn heads() -> Vec<Head> {
    let text = shelf::text(NAMES.len()).unwrap_or_default();
    let mut all: Vec<Head> = serde_json::from_str(&text).unwrap_or_default();
    let parents = all.clone();
    for head in &mut all {
        let parent = parents.iter().find(|one| Some(&one.id) == head.extends.as_ref());
        // A child says only what is different.
        if let Some(parent) = parent.filter(|parent| !parent.library) {
            head.trade = head.trade.take().or_else(|| parent.trade.clone());
            if head.terms.is_empty() {
                head.terms.clone_from(&parent.terms);
            }
            if head.workplaces.is_empty() {
                head.workplaces.clone_from(&parent.workplaces);
            }
        }
    }
    all.retain(|head| !head.library);
    all.iter_mut().for_each(|head| head.extends = None);
    all
}

/// One pack of this build, whole; reads it and those that it inherits from, no other.
pub fn pack(id: &str) -> Option<Pack> {
    let mut family = Vec::new();
    let mut next = Some(id.to_owned());
    while let Some(id) = next.take() {
        // Own files need no search for the place of a fault: read straight.
        let pack: Pack = serde_json::from_str(&text(&id)?).ok()?;
        if !family.iter().any(|known: &Pack| known.id == pack.id) {
            next.clone_from(&pack.extends);
        }
        family.push(pack);
    }
    Some(whole(family.first()?, &family))
}

/// The packs of this build that cases can be opened under, by file name, whole. A file that cannot be read is left out; a test holds that there is
/// none.
pub fn packs() -> Vec<Pack> {
    // Own files need no search for the place of a fault: read straight.
    let all: Vec<Pack> = texts().filter_map(|(_, text)| serde_json::from_str(&text).ok()).collect();
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

    /// The columns put together are the files.
    #[test]
    fn texts_are_the_files() {
        let mut seen = 0;
        for (name, text) in texts() {
            let file = std::fs::read_to_string(format!("{}/../../packs/{name}.json", env!("CARGO_MANIFEST_DIR")));
            let wanted: serde_json::Value = serde_json::from_str(&file.unwrap()).unwrap();
            assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), wanted, "{name}");
            seen += 1;
        }
        assert_eq!(seen, NAMES.len());
        assert_eq!(shelf::text(seen + 1), None);
    }

    #[test]
    fn heads_say_what_the_packs_say() {
        let all = packs();
        assert_eq!(heads(), all.iter().map(Head::of).collect::<Vec<_>>());
        assert!(all.iter().any(|pack| pack.preset), "a desk that has chosen nothing has something to work with");
        for one in &all {
            assert_eq!(pack(&one.id).as_ref(), Some(one));
        }
        assert_eq!(pack("nobody"), None);
    }

    #[test]
    fn parents_are_found_and_circles_end() {
        let pack = |id: &str, parent: Option<&str>, role: &str| {
            let mut pack = read_packs().find_map(|(_, pack)| pack.ok().filter(|one| one.preset)).unwrap();
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
