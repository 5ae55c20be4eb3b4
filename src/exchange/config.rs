//! Rules, calendars, timetables and values that a file brings: what each would change, and storing the chosen ones.
//! Must not adopt anything that would leave the rules in force unusable.

use shouwen_core::order::Gather as _;
use std::collections::BTreeMap;

use serde_json::Value;
use shouwen_bundle::canonical::canonical;
use shouwen_bundle::container::Bundle;
use shouwen_core::calendar::{CalendarFile, FORMAT, Notice, Schedule, Statutory, Title, import};
use shouwen_core::pack::{self, Pack, PackRef};

use super::{Refused, notices, origin};
use crate::i18n::{exchange as words, fill, say};
use crate::state::{App, KEY_CALENDAR, KEY_PACK, KEY_PARAMETERS, KEY_SCHEDULE, Library};

/// Key under which a pack is kept.
pub fn pack_key(reference: &PackRef) -> String {
    format!("{KEY_PACK}{}:{}", reference.id, reference.version)
}

/// What adopting one item would do.
#[derive(Clone, Debug, PartialEq)]
pub enum ChangeKind {
    /// A pack that is not here in any version.
    PackNew {
        version: u32,
    },
    /// A newer version: new cases follow it, old ones stay with theirs.
    PackNewer {
        from: u32,
        to: u32,
    },
    /// An older version than the newest here: only old cases need it.
    PackOlder {
        version: u32,
        newest: u32,
    },
    /// The same version with other content: cases of this version change.
    PackReplaced {
        version: u32,
    },
    NoticeNew {
        year: i32,
        off: usize,
        shifts: usize,
    },
    NoticeReplaced {
        year: i32,
        off: usize,
        shifts: usize,
    },
    TimetableNew,
    TimetableReplaced,
    /// Values for what the rules leave open: pack.parameter with old and new value.
    Parameters(Vec<(String, String, String)>),
    /// Cannot be read; the words say why.
    Broken(String),
}

/// One item of a file that differs from what is in force here.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Key and text to store.
    pub key: String,
    pub text: String,
    /// Name for people.
    pub title: String,
    pub kind: ChangeKind,
    /// Remarks of the check that do not stop it.
    pub remarks: Vec<String>,
    /// Ticked at first.
    pub suggested: bool,
}

impl Change {
    pub fn usable(&self) -> bool {
        !matches!(self.kind, ChangeKind::Broken(_))
    }

    fn broken(title: String, what: String) -> Change {
        let kind = ChangeKind::Broken(what);
        Change { key: String::new(), text: String::new(), title, kind, remarks: Vec::new(), suggested: false }
    }
}

/// Everything in a bundle that differs from what is in force. `adopt`: tick all at first (sent by headquarters as
/// rules, or restored into an empty desk); else only the sender's own timetable is ticked.
pub fn changes(bundle: &Bundle, library: &Library, adopt: bool) -> Vec<Change> {
    let mut list: Vec<Change> = bundle.packs.iter().filter_map(|value| pack_change(value, library, adopt)).collect();
    for value in &bundle.calendars {
        match CalendarFile::parse(&canonical(value)) {
            Ok(file) => list.extend(calendar_changes(&file, library, adopt)),
            Err(error) => list.push(Change::broken(words_of_calendar(value), words::calendar_error(&error))),
        }
    }
    for (name, value) in &bundle.settings {
        list.extend(setting_change(name, value, &bundle.header.campus, library, adopt));
    }
    list
}

fn words_of_calendar(value: &Value) -> String {
    value.pointer("/title/zh").and_then(Value::as_str).unwrap_or("calendar").to_owned()
}

fn pack_change(value: &Value, library: &Library, adopt: bool) -> Option<Change> {
    let text = canonical(value);
    let name = value.get("id").and_then(Value::as_str).unwrap_or("?").to_owned();
    let pack = match pack::load(&text) {
        Ok(pack) => pack,
        Err(problems) => {
            let list: Vec<String> = problems.iter().filter(|one| one.fatal).take(5).map(ToString::to_string).collect();
            return Some(Change::broken(name, fill(words::E_PACK, &[("what", &list.join("; "))])));
        }
    };
    let reference = pack.reference();
    let kind = match (library.get(&reference), library.latest(&pack.id)) {
        (Some(known), _) if known.pack == pack => return None,
        (Some(_), _) => ChangeKind::PackReplaced { version: pack.version },
        (None, None) => ChangeKind::PackNew { version: pack.version },
        (None, Some(newest)) if newest.pack.version > pack.version => {
            ChangeKind::PackOlder { version: pack.version, newest: newest.pack.version }
        }
        (None, Some(newest)) => ChangeKind::PackNewer { from: newest.pack.version, to: pack.version },
    };
    let remarks = pack::lint(&pack).iter().take(8).map(ToString::to_string).collect();
    // A version that is not here at all does no harm, and cases of it can only be read with it.
    let suggested = adopt || matches!(kind, ChangeKind::PackOlder { .. });
    Some(Change { key: pack_key(&reference), text, title: say(&pack.title), kind, remarks, suggested })
}

/// The notices of a calendar file that differ from those in force, one by one.
fn calendar_changes(file: &CalendarFile, library: &Library, adopt: bool) -> Vec<Change> {
    file.notices.iter().filter_map(|notice| notice_change(file, notice, library, adopt)).collect()
}

fn notice_change(file: &CalendarFile, notice: &Notice, library: &Library, adopt: bool) -> Option<Change> {
    let known = library.calendar.notices.iter().find(|one| one.year == notice.year);
    // A partial notice supplements the one in force.
    let notice = &import::merged(known, notice);
    if known == Some(notice) {
        return None;
    }
    let off = notice.days.iter().filter(|day| day.off).count();
    let (year, shifts) = (notice.year, notice.days.len() - off);
    let kind = match known {
        None => ChangeKind::NoticeNew { year, off, shifts },
        Some(_) => ChangeKind::NoticeReplaced { year, off, shifts },
    };
    let one = CalendarFile {
        format: FORMAT.to_owned(),
        id: file.id.clone(),
        title: Title { zh: file.title.zh.clone(), en: file.title.en.clone() },
        notices: vec![notice.clone()],
    };
    // Two notices that contradict each other would leave no usable calendar at all.
    let mut all: Vec<Notice> = library.calendar.notices.iter().filter(|one| one.year != notice.year).cloned().collect();
    all.push(notice.clone());
    if let Err(error) = Statutory::new(&all) {
        return Some(Change::broken(year.to_string(), words::calendar_error(&error)));
    }
    Some(Change {
        key: format!("{KEY_CALENDAR}{year}"),
        text: one.to_text(),
        title: year.to_string(),
        kind,
        remarks: notices::remarks(notice, known),
        // A notice that is new here can only make provisional dates certain.
        suggested: adopt || known.is_none(),
    })
}

fn setting_change(name: &str, value: &Value, sender: &str, library: &Library, adopt: bool) -> Option<Change> {
    if let Some(campus) = name.strip_prefix(KEY_SCHEDULE) {
        let schedule: Schedule = match serde_json::from_value(value.clone()) {
            Ok(schedule) => schedule,
            Err(error) => return Some(Change::broken(campus.to_owned(), error.to_string())),
        };
        let kind = match library.schedules.get(campus) {
            Some(known) if *known == schedule => return None,
            Some(_) => ChangeKind::TimetableReplaced,
            None => ChangeKind::TimetableNew,
        };
        return Some(Change {
            key: name.to_owned(),
            text: canonical(value),
            title: campus.to_owned(),
            kind,
            remarks: Vec::new(),
            suggested: adopt || campus == sender,
        });
    }
    if name != KEY_PARAMETERS {
        // A setting of a newer build; the file keeps it.
        return None;
    }
    let theirs: BTreeMap<String, Value> = serde_json::from_value(value.clone()).ok()?;
    let shown = |value: Option<&Value>| match value {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let differing: Vec<(String, String, String)> = theirs
        .iter()
        .filter(|(key, value)| library.parameters.get(*key) != Some(*value))
        .map(|(key, value)| (parameter_name(key, library), shown(library.parameters.get(key)), shown(Some(value))))
        .collect();
    if differing.is_empty() {
        return None;
    }
    // Values that only this desk has stay.
    let mut merged = library.parameters.clone();
    merged.extend(theirs);
    Some(Change {
        key: KEY_PARAMETERS.to_owned(),
        text: canonical(&serde_json::to_value(merged).unwrap_or_default()),
        title: String::new(),
        kind: ChangeKind::Parameters(differing),
        remarks: Vec::new(),
        suggested: adopt,
    })
}

/// `pack.parameter` as people know it; the key itself where the pack is not here.
fn parameter_name(key: &str, library: &Library) -> String {
    let found = key.split_once('.').and_then(|(pack, id)| {
        let book = library.latest(pack)?;
        let label = book.pack.parameters.iter().find(|one| one.id == id).map(|one| say(&one.label))?;
        Some(format!("{}·{label}", say(&book.pack.title)))
    });
    found.unwrap_or_else(|| key.to_owned())
}

/// Fails when the configuration with these items would not hold together, or would have problems that it has not now.
pub(super) fn checked(
    config: &[(String, String)],
    wanted: &[(String, String)],
    library: &Library,
) -> Result<(), Refused> {
    let mut after: BTreeMap<String, String> = config.iter().cloned().gather();
    after.extend(wanted.iter().cloned());
    let after: Vec<(String, String)> = after.into_iter().collect();
    let built = Library::build(&after).map_err(Refused::Config)?;
    match built.problems.iter().find(|problem| !library.problems.contains(problem)) {
        Some(problem) => Err(Refused::Config(problem.clone())),
        None => Ok(()),
    }
}

/// Checks and stores settings. The caller takes them into force with `App::reload_library`.
pub async fn store_config(app: App, wanted: &[(String, String)]) -> Result<(), Refused> {
    let store = app.store();
    checked(&store.all_config().await?, wanted, &app.books())?;
    for (key, text) in wanted {
        store.set_config(key, text).await?;
    }
    Ok(())
}

/// A file with rules for other desks.
pub async fn config_file(
    app: App,
    packs: &[Pack],
    calendar: bool,
    settings: BTreeMap<String, Value>,
) -> Result<Bundle, Refused> {
    let library = app.books();
    let calendars = if calendar { vec![library.calendar.clone()] } else { Vec::new() };
    let mut bundle = Bundle::config(origin(app).await?, packs, &calendars);
    bundle.settings = settings;
    Ok(bundle)
}
