//! The packs and calendars that an answer is computed with: built in, from files, and those a bundle brings.
//! Must not judge a case.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use shouwen_bundle::container::Bundle;
use shouwen_core::calendar::{Base, Calendar, CalendarFile, Notice, Schedule, Statutory};
use shouwen_core::clock::World;
use shouwen_core::embedded;
use shouwen_core::pack::{self, Pack, PackRef};

use crate::error::Failure;
use crate::files;

/// Setting of a bundle: a campus's timetable; its name follows.
const SCHEDULE: &str = "schedule:";
/// Setting of a bundle: values of parameters.
const PARAMETERS: &str = "parameters";

/// The statutory calendar that is built in.
pub fn statutory() -> Result<Arc<Statutory>, Failure> {
    embedded::statutory().map(Arc::new).map_err(|error| Failure::Internal(format!("the built-in calendar: {error}")))
}

/// The pack with this id, or the pack in this file, with everything that it inherits.
pub fn pack(name: &str) -> Result<Pack, Failure> {
    if !name.ends_with(".json") {
        let unknown = || Failure::usage(format!("unknown pack: {name} (known: {})", known_packs()));
        return embedded::packs().into_iter().find(|pack| pack.id == name).ok_or_else(unknown);
    }
    let text = String::from_utf8(files::read(name)?).map_err(|_| Failure::usage(format!("{name}: not UTF-8")))?;
    let pack = pack::parse(&text).map_err(|problem| Failure::usage(format!("{name}: {problem}")))?;
    Ok(embedded::whole(&pack, &family(&[&pack])))
}

/// The built-in packs as they stand in their files (libraries too), after those that are brought.
fn family(brought: &[&Pack]) -> Vec<Pack> {
    let built_in = embedded::read_packs().filter_map(|(_, pack)| pack.ok());
    brought.iter().map(|pack| (*pack).clone()).chain(built_in).collect()
}

fn known_packs() -> String {
    let ids: Vec<String> = embedded::packs().into_iter().map(|pack| pack.id).collect();
    ids.join(", ")
}

/// Everything that turns a case into clocks.
pub struct Library {
    packs: BTreeMap<PackRef, Pack>,
    pub world: World,
    /// What the bundle brought and this build could not use.
    pub problems: Vec<String>,
}

impl Library {
    /// Built-in packs and calendars; what the bundle brings goes before them.
    pub fn with(bundle: &Bundle) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        let mut all = embedded::packs();
        for pack in bundle.read_packs() {
            match pack {
                Ok(pack) => {
                    all.retain(|known| known.reference() != pack.reference());
                    all.push(pack);
                }
                Err(error) => problems.push(format!("a pack: {error}")),
            }
        }
        // What was brought stands before what is built in: a parent of that name is the one that counts.
        let family = family(&all.iter().rev().collect::<Vec<_>>());
        let packs = all.iter().map(|pack| (pack.reference(), embedded::whole(pack, &family))).collect();
        let mut notices = notices()?;
        for calendar in bundle.read_calendars() {
            match calendar {
                Ok(file) => adopt(&mut notices, file),
                Err(error) => problems.push(format!("a calendar: {error}")),
            }
        }
        let statutory = match Statutory::new(&notices) {
            Ok(statutory) => Arc::new(statutory),
            Err(error) => {
                problems.push(format!("the calendars together: {error}"));
                statutory()?
            }
        };
        let mut world = World {
            statutory: Calendar::statutory(statutory.clone()),
            campuses: BTreeMap::new(),
            parameters: BTreeMap::new(),
        };
        for (name, value) in &bundle.settings {
            if let Err(error) = set(&mut world, &statutory, name, value) {
                problems.push(format!("setting {name}: {error}"));
            }
        }
        Ok(Self { packs, world, problems })
    }

    /// Exactly this version: another one may have other limits.
    pub fn pack(&self, reference: &PackRef) -> Option<&Pack> {
        self.packs.get(reference)
    }
}

fn notices() -> Result<Vec<Notice>, Failure> {
    let mut notices = Vec::new();
    for (name, text) in embedded::CALENDARS {
        let file = CalendarFile::parse(text).map_err(|error| Failure::Internal(format!("{name}: {error}")))?;
        notices.extend(file.notices);
    }
    Ok(notices)
}

/// A notice that is brought replaces the one of its year.
fn adopt(notices: &mut Vec<Notice>, file: CalendarFile) {
    for notice in file.notices {
        notices.retain(|known| known.year != notice.year);
        notices.push(notice);
    }
}

/// Takes one setting; names that mean nothing to clocks are left alone.
fn set(world: &mut World, statutory: &Arc<Statutory>, name: &str, value: &Value) -> Result<(), serde_json::Error> {
    // Settings may travel as JSON or as the text of JSON.
    let value = match value.as_str() {
        Some(text) => serde_json::from_str(text)?,
        None => value.clone(),
    };
    if let Some(campus) = name.strip_prefix(SCHEDULE) {
        let schedule: Schedule = serde_json::from_value(value)?;
        world.campuses.insert(campus.to_owned(), Calendar::campus(schedule, Base::Statutory(statutory.clone())));
    } else if name == PARAMETERS {
        world.parameters = serde_json::from_value(value)?;
    }
    Ok(())
}
