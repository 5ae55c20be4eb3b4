//! The packs and calendars in force on this device: built in, plus what headquarters sent.
//! Must not touch storage; it is built from texts and rebuilt when they change.

use shouwen_core::order::Gather as _;
use shouwen_core::order::Order as _;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use serde_json::Value;
use shouwen_bundle::canonical::sha256_hex;
use shouwen_core::calendar::{Base, Calendar, CalendarFile, Schedule, Statutory};
use shouwen_core::case::{Case, Event, fold};
use shouwen_core::classify::Classifier;
use shouwen_core::clock::{DUTIES, Run, World, runs};
use shouwen_core::embedded::{self, Head};
use shouwen_core::pack::{self, Pack, PackRef};
use shouwen_core::register::Summary;
use shouwen_core::time;

use super::plans::United;

/// Grows when the form of cached rows changes, so that caches of older builds are thrown away.
const CACHE_FORM: u32 = 3;

/// Key prefixes and keys of the store's configuration.
pub const KEY_PACK: &str = "pack:";
pub const KEY_CALENDAR: &str = "calendar:";
pub const KEY_SCHEDULE: &str = "schedule:";
pub const KEY_PARAMETERS: &str = "parameters";

/// A pack with its classifier, which is built when first needed.
pub struct Rulebook {
    pub pack: Pack,
    /// Of a case with plans beside its pack: the plans as they stand in it, also those that were taken away.
    pub plans: Vec<Pack>,
    classifier: OnceLock<Classifier>,
}

impl Rulebook {
    fn new(pack: Pack) -> Arc<Rulebook> {
        Rulebook::with(pack, Vec::new())
    }

    pub(super) fn with(pack: Pack, plans: Vec<Pack>) -> Arc<Rulebook> {
        Arc::new(Rulebook { pack, plans, classifier: OnceLock::new() })
    }

    pub fn classifier(&self) -> &Classifier {
        self.classifier.get_or_init(|| Classifier::new(&self.pack))
    }
}

/// Everything that turns a log into what is shown.
pub struct Library {
    /// Packs that were sent here or published here, all versions.
    stored: Vec<Arc<Rulebook>>,
    /// Built-in packs; each is read when it is first asked for.
    shelf: Vec<Shelved>,
    /// Ids of the packs that this desk works with.
    chosen: Vec<String>,
    /// The day for which it was built: versions from a later day are not in force yet. Without it all are.
    pub today: Option<NaiveDate>,
    pub world: World,
    /// Notices in force, by year.
    pub calendar: CalendarFile,
    pub schedules: BTreeMap<String, Schedule>,
    pub parameters: BTreeMap<String, Value>,
    /// What was in the configuration but could not be used; the last good one stays in force.
    pub problems: Vec<String>,
    fingerprint: String,
    pub(super) united: United,
}

/// A built-in pack that may not have been read yet.
struct Shelved {
    head: Head,
    book: OnceLock<Option<Arc<Rulebook>>>,
    /// A case here follows it.
    followed: AtomicBool,
}

impl Shelved {
    /// Built-in packs were linted by the tests; what comes from outside is linted when it is loaded.
    fn book(&self) -> Option<Arc<Rulebook>> {
        self.book.get_or_init(|| embedded::pack(&self.head.id).map(Rulebook::new)).clone()
    }

    fn is(&self, reference: &PackRef) -> bool {
        self.head.id == reference.id && self.head.version == reference.version
    }
}

/// What is built in, read; the slow part of starting, done while the database opens.
pub struct BuiltIn {
    shelf: Vec<Shelved>,
    chosen: Vec<String>,
    calendar: CalendarFile,
}

impl BuiltIn {
    /// `chosen`: ids of the packs that this desk works with; empty: those that are preset.
    pub fn read(mut chosen: Vec<String>) -> Result<BuiltIn, String> {
        let heads = embedded::heads();
        if chosen.is_empty() {
            chosen = heads.iter().filter(|head| head.preset).map(|head| head.id.clone()).collect();
        }
        let shelf: Vec<_> = heads
            .into_iter()
            .map(|head| Shelved { head, book: OnceLock::new(), followed: AtomicBool::new(false) })
            .collect();
        // They will be asked for at once: read them while the database opens.
        shelf.iter().filter(|one| chosen.contains(&one.head.id)).for_each(|one| drop(one.book()));
        Ok(BuiltIn { shelf, chosen, calendar: embedded_calendar()? })
    }
}

impl Library {
    /// Builds from what is built in and the stored configuration (key → text), for a desk that has chosen no packs.
    pub fn build(config: &[(String, String)]) -> Result<Library, String> {
        Library::build_on(BuiltIn::read(Vec::new())?, config)
    }

    /// Builds from the built-in part and the stored configuration (key → text).
    pub fn build_on(built_in: BuiltIn, config: &[(String, String)]) -> Result<Library, String> {
        let mut problems = Vec::new();
        let BuiltIn { shelf, chosen, mut calendar } = built_in;
        let mut stored: Vec<Arc<Rulebook>> = Vec::new();
        let mut schedules = BTreeMap::new();
        let mut parameters = BTreeMap::new();
        for (key, text) in config {
            if key.starts_with(KEY_PACK) {
                match pack::load(text) {
                    Ok(pack) => {
                        stored.retain(|book| book.pack.reference() != pack.reference());
                        stored.push(Rulebook::new(pack));
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
        inherit(&mut stored, &mut problems);
        let statutory = Arc::new(Statutory::new(&calendar.notices).map_err(|error| error.to_string())?);
        let campuses = schedules
            .iter()
            .map(|(campus, schedule)| {
                (campus.clone(), Calendar::campus(schedule.clone(), Base::Statutory(statutory.clone())))
            })
            .gather();
        let world = World { statutory: Calendar::statutory(statutory), campuses, parameters: parameters.clone() };
        let fingerprint = fingerprint(config);
        Ok(Library {
            stored,
            shelf,
            chosen,
            today: None,
            world,
            calendar,
            schedules,
            parameters,
            problems,
            fingerprint,
            united: United::default(),
        })
    }

    /// Changes whenever cached rows would come out differently.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Exactly this version.
    pub fn get(&self, reference: &PackRef) -> Option<Arc<Rulebook>> {
        let stored = self.stored.iter().find(|book| book.pack.reference() == *reference).cloned();
        stored.or_else(|| {
            let shelved = self.shelf.iter().find(|one| one.is(reference))?;
            shelved.followed.store(true, Ordering::Relaxed);
            shelved.book()
        })
    }

    /// The newest version of a pack.
    pub fn latest(&self, id: &str) -> Option<Arc<Rulebook>> {
        let stored = self.stored.iter().filter(|book| book.pack.id == id).max_by_key(|book| book.pack.version);
        let shelved = self.shelf.iter().find(|one| one.head.id == id);
        match (stored, shelved) {
            (Some(stored), Some(shelved)) if stored.pack.version < shelved.head.version => shelved.book(),
            (Some(stored), _) => Some(stored.clone()),
            (None, shelved) => shelved?.book(),
        }
    }

    /// The newest version of a pack that is in force today; the newest of all when none is yet.
    pub fn in_force(&self, id: &str) -> Option<Arc<Rulebook>> {
        let begun = |date: &str| time::parse_date(date).zip(self.today).is_none_or(|(from, today)| from <= today);
        let stored = self.stored.iter().filter(|book| book.pack.id == id && begun(&book.pack.effective_from));
        let stored = stored.max_by_key(|book| book.pack.version).cloned();
        let shelved = self.shelf.iter().find(|one| one.head.id == id && begun(&one.head.effective_from));
        match (stored, shelved) {
            (Some(stored), Some(shelved)) if stored.pack.version < shelved.head.version => shelved.book(),
            (Some(stored), _) => Some(stored),
            (None, Some(shelved)) => shelved.book(),
            (None, None) => self.latest(id),
        }
    }

    /// Does a version come into force between the day of building and this day?
    pub fn waits_for(&self, day: NaiveDate) -> bool {
        let dates = self.stored.iter().filter_map(|book| time::parse_date(&book.pack.effective_from));
        self.today.is_some_and(|today| dates.into_iter().any(|from| from > today && from <= day))
    }

    /// The newest version of every pack that this desk works with, by id: the chosen ones, those that were sent or
    /// published here, and those that a case here follows.
    pub fn current(&self) -> Vec<Arc<Rulebook>> {
        let followed = self.shelf.iter().filter(|one| one.followed.load(Ordering::Relaxed)).map(|one| &one.head.id);
        let stored = self.stored.iter().map(|book| &book.pack.id);
        let mut ids: Vec<&String> = self.chosen.iter().chain(followed).chain(stored).collect();
        ids.order_by_key(|id| (*id).clone());
        ids.dedup();
        ids.into_iter().filter_map(|id| self.latest(id)).collect()
    }

    /// Ids of the packs that this desk works with.
    pub fn chosen(&self) -> &[String] {
        &self.chosen
    }

    /// Words of the screens that the trade of this desk says differently.
    pub fn terms(&self) -> BTreeMap<String, String> {
        let heads = self.heads();
        let mut own = self.chosen.iter().filter_map(|id| heads.iter().find(|head| head.id == *id));
        own.find(|head| !head.companion).map(|head| head.terms.clone()).unwrap_or_default()
    }

    /// The heads of all packs there are, newest versions, by id: for the shelf and for choosing.
    pub fn heads(&self) -> Vec<Head> {
        let mut heads: Vec<Head> = self.shelf.iter().map(|one| one.head.clone()).collect();
        for book in &self.stored {
            match heads.iter_mut().find(|head| head.id == book.pack.id) {
                Some(head) if head.version < book.pack.version => *head = Head::of(&book.pack),
                Some(_) => {}
                None => heads.push(Head::of(&book.pack)),
            }
        }
        heads.order_by_key(|head| head.id.clone());
        heads
    }

    /// The packs and plans that this desk works with, in the newest version.
    pub fn in_use(&self) -> Vec<Arc<Rulebook>> {
        let stored =
            self.stored.iter().map(|book| &book.pack.id).filter(|id| !self.shelf.iter().any(|one| one.head.id == **id));
        let ids = self.chosen.iter().chain(stored);
        let mut books: Vec<_> = ids.filter_map(|id| self.latest(id)).collect();
        books.dedup_by_key(|book| book.pack.id.clone());
        books
    }

    /// Packs that cases are opened under here, those whose desk the workplace is (`hq`, `campus`) first; among them those
    /// that were sent or written here before the chosen built-in ones.
    pub fn for_workplace(&self, workplace: &str) -> Vec<Arc<Rulebook>> {
        let built_in = |id: &String| self.shelf.iter().any(|one| one.head.id == *id);
        let own = self.stored.iter().map(|book| &book.pack.id).filter(|id| !built_in(id));
        let mut ids: Vec<&String> = Vec::new();
        for id in own.chain(&self.chosen) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let books = ids.into_iter().filter_map(|id| self.in_force(id));
        let mut books: Vec<_> = books.filter(|book| !book.pack.companion).collect();
        books.order_by_key(|book| !book.pack.workplaces.iter().any(|one| one == workplace));
        books
    }

    /// The rulebook that a case follows, with the plans beside it.
    pub fn of_case(&self, case: &Case) -> Option<Arc<Rulebook>> {
        self.of_packs(&case.packs(), &case.plans_left())
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
fn inherit(stored: &mut Vec<Arc<Rulebook>>, problems: &mut Vec<String>) {
    let parents = stored.clone();
    stored.retain_mut(|book| {
        let Some(parent_id) = &book.pack.extends else { return true };
        let newest = parents.iter().filter(|one| one.pack.id == *parent_id).max_by_key(|one| one.pack.version);
        let parent = newest.map(|one| one.pack.clone()).or_else(|| embedded::pack(parent_id));
        match &parent {
            Some(parent) => *book = Rulebook::new(pack::inherit(parent, &book.pack)),
            None => problems.push(format!("{}: {parent_id} ?", book.pack.id)),
        }
        parent.is_some()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A version that was published for a later day waits for it.
    #[test]
    fn versions_come_into_force_on_their_day() {
        let preset = embedded::heads().into_iter().find(|head| head.preset).unwrap();
        let mut next = embedded::pack(&preset.id).unwrap();
        (next.version, next.effective_from) = (preset.version + 1, "2026-12-01".to_owned());
        let config = [(format!("{KEY_PACK}next"), serde_json::to_string(&next).unwrap())];
        let mut library = Library::build(&config).unwrap();
        assert!(library.problems.is_empty(), "{:?}", library.problems);
        let day = |text: &str| time::parse_date(text).unwrap();
        let version = |library: &Library| library.in_force(&next.id).map(|book| book.pack.version);
        for (today, want) in
            [("2026-11-30", preset.version), ("2026-12-01", next.version), ("2027-01-01", next.version)]
        {
            library.today = Some(day(today));
            assert_eq!(version(&library), Some(want), "{today}");
            let open = library.for_workplace(&preset.workplaces[0]);
            assert!(open.iter().any(|book| book.pack.id == next.id && book.pack.version == want), "{today}");
        }
        library.today = Some(day("2026-11-30"));
        assert!(library.waits_for(day("2026-12-01")) && !library.waits_for(day("2026-11-30")));
        library.today = None;
        assert_eq!(version(&library), Some(next.version));
        assert_eq!(library.latest(&next.id).map(|book| book.pack.version), Some(next.version));
    }
}
