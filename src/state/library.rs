//! The packs and calendars in force on this device: built in, plus what headquarters sent.
//! Must not touch storage; it is built from texts and rebuilt when they change.

use shouwen_core::order::Gather as _;
use shouwen_core::order::Order as _;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde_json::Value;
use shouwen_bundle::canonical::sha256_hex;
use shouwen_core::calendar::{Base, Calendar, CalendarFile, Schedule, Statutory};
use shouwen_core::case::{Case, Event, fold};
use shouwen_core::classify::Classifier;
use shouwen_core::clock::{DUTIES, Run, World, runs};
use shouwen_core::embedded;
use shouwen_core::pack::{self, Pack, PackRef};
use shouwen_core::register::Summary;

/// Grows when the form of cached rows changes, so that caches of older builds are thrown away.
const CACHE_FORM: u32 = 2;

/// Key prefixes and keys of the store's configuration.
pub const KEY_PACK: &str = "pack:";
pub const KEY_CALENDAR: &str = "calendar:";
pub const KEY_SCHEDULE: &str = "schedule:";
pub const KEY_PARAMETERS: &str = "parameters";

/// A pack with its classifier, which is built when first needed.
pub struct Rulebook {
    pub pack: Pack,
    classifier: OnceLock<Classifier>,
}

impl Rulebook {
    fn new(pack: Pack) -> Arc<Rulebook> {
        Arc::new(Rulebook { pack, classifier: OnceLock::new() })
    }

    pub fn classifier(&self) -> &Classifier {
        self.classifier.get_or_init(|| Classifier::new(&self.pack))
    }
}

/// Everything that turns a log into what is shown.
pub struct Library {
    /// All versions of all packs.
    books: Vec<Arc<Rulebook>>,
    pub world: World,
    /// Notices in force, by year.
    pub calendar: CalendarFile,
    pub schedules: BTreeMap<String, Schedule>,
    pub parameters: BTreeMap<String, Value>,
    /// What was in the configuration but could not be used; the last good one stays in force.
    pub problems: Vec<String>,
    fingerprint: String,
}

/// What is built in, read; the slow part of starting, done while the database opens.
pub struct BuiltIn {
    books: Vec<Arc<Rulebook>>,
    calendar: CalendarFile,
}

impl BuiltIn {
    /// Built-in packs were linted by the tests; what comes from outside is linted when it is loaded.
    pub fn read() -> Result<BuiltIn, String> {
        Ok(BuiltIn {
            books: embedded::packs().into_iter().map(Rulebook::new).collect(),
            calendar: embedded_calendar()?,
        })
    }
}

impl Library {
    /// Builds from what is built in and the stored configuration (key → text).
    pub fn build(config: &[(String, String)]) -> Result<Library, String> {
        Library::build_on(BuiltIn::read()?, config)
    }

    /// The same with the built-in part read before.
    pub fn build_on(built_in: BuiltIn, config: &[(String, String)]) -> Result<Library, String> {
        let mut problems = Vec::new();
        let BuiltIn { mut books, mut calendar } = built_in;
        let mut schedules = BTreeMap::new();
        let mut parameters = BTreeMap::new();
        for (key, text) in config {
            if key.starts_with(KEY_PACK) {
                match pack::load(text) {
                    Ok(pack) => {
                        books.retain(|book| book.pack.reference() != pack.reference());
                        books.push(Rulebook::new(pack));
                    }
                    Err(found) => problems.push(format!("{key}: {}", list(&found))),
                }
            } else if key.starts_with(KEY_CALENDAR) {
                match CalendarFile::parse(text) {
                    Ok(file) => adopt_notices(&mut calendar, file),
                    Err(error) => problems.push(format!("{key}: {error}")),
                }
            } else if let Some(campus) = key.strip_prefix(KEY_SCHEDULE) {
                match serde_json::from_str::<Schedule>(text) {
                    Ok(schedule) => {
                        schedules.insert(campus.to_owned(), schedule);
                    }
                    Err(error) => problems.push(format!("{key}: {error}")),
                }
            } else if key == KEY_PARAMETERS {
                match serde_json::from_str(text) {
                    Ok(map) => parameters = map,
                    Err(error) => problems.push(format!("{key}: {error}")),
                }
            }
        }
        inherit(&mut books, &mut problems);
        let statutory = Arc::new(Statutory::new(&calendar.notices).map_err(|error| error.to_string())?);
        let campuses = schedules
            .iter()
            .map(|(campus, schedule)| {
                (campus.clone(), Calendar::campus(schedule.clone(), Base::Statutory(statutory.clone())))
            })
            .gather();
        let world = World { statutory: Calendar::statutory(statutory), campuses, parameters: parameters.clone() };
        let fingerprint = fingerprint(config);
        Ok(Library { books, world, calendar, schedules, parameters, problems, fingerprint })
    }

    /// Changes whenever cached rows would come out differently.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Exactly this version.
    pub fn get(&self, reference: &PackRef) -> Option<Arc<Rulebook>> {
        self.books.iter().find(|book| book.pack.reference() == *reference).cloned()
    }

    /// The newest version of a pack.
    pub fn latest(&self, id: &str) -> Option<Arc<Rulebook>> {
        self.books.iter().filter(|book| book.pack.id == id).max_by_key(|book| book.pack.version).cloned()
    }

    /// The newest version of every pack, by id.
    pub fn current(&self) -> Vec<Arc<Rulebook>> {
        let mut newest: BTreeMap<&str, &Arc<Rulebook>> = BTreeMap::new();
        for book in &self.books {
            let known = newest.entry(&book.pack.id).or_insert(book);
            if book.pack.version > known.pack.version {
                *known = book;
            }
        }
        newest.into_values().cloned().collect()
    }

    /// Packs whose desk a workplace is (`hq`, `campus`), the fitting ones first.
    pub fn for_workplace(&self, workplace: &str) -> Vec<Arc<Rulebook>> {
        let mut books: Vec<_> = self.current().into_iter().filter(|book| !book.pack.companion).collect();
        books.order_by_key(|book| !book.pack.workplaces.iter().any(|one| one == workplace));
        books
    }

    /// The rulebook that a case follows.
    pub fn of_case(&self, case: &Case) -> Option<Arc<Rulebook>> {
        self.get(case.packs().first()?)
    }

    /// A case's clocks; none when its pack is not here.
    pub fn runs(&self, case: &Case) -> Vec<Run> {
        self.of_case(case).map(|book| runs(case, &book.pack, &self.world)).unwrap_or_default()
    }

    /// The register row of a case, from all its events.
    pub fn summarise(&self, events: Vec<Event>) -> Option<Summary> {
        let case = fold(events).filter(|case| !case.id.starts_with(DUTIES))?;
        Some(Summary::of(&case, &self.runs(&case)))
    }
}

/// Packs that extend another become whole; without their parent they stay out of force.
fn inherit(books: &mut Vec<Arc<Rulebook>>, problems: &mut Vec<String>) {
    let parents = books.clone();
    books.retain_mut(|book| {
        let Some(parent_id) = &book.pack.extends else { return true };
        let newest = parents.iter().filter(|one| one.pack.id == *parent_id).max_by_key(|one| one.pack.version);
        match newest {
            Some(parent) => *book = Rulebook::new(pack::inherit(&parent.pack, &book.pack)),
            None => problems.push(format!("{}: {parent_id} ?", book.pack.id)),
        }
        newest.is_some()
    });
}

/// The calendar that is built in.
fn embedded_calendar() -> Result<CalendarFile, String> {
    let (_, text) = embedded::CALENDARS.first().ok_or("no calendar is built in")?;
    CalendarFile::parse(text).map_err(|error| error.to_string())
}

/// A newer notice of a year replaces the older one.
fn adopt_notices(calendar: &mut CalendarFile, file: CalendarFile) {
    for notice in file.notices {
        calendar.notices.retain(|known| known.year != notice.year);
        calendar.notices.push(notice);
    }
    calendar.notices.order_by_key(|notice| notice.year);
}

fn fingerprint(config: &[(String, String)]) -> String {
    let mut all = format!("{CACHE_FORM} {}", embedded::DIGEST);
    for (key, text) in config {
        all.push('\u{1f}');
        all.push_str(key);
        all.push_str(text);
    }
    sha256_hex(all.as_bytes())
}

fn list(problems: &[pack::Problem]) -> String {
    let lines: Vec<String> = problems.iter().take(5).map(|one| format!("{}: {}", one.path, one.message)).collect();
    lines.join("; ")
}
