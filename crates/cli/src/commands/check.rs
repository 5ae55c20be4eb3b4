//! `check`: every problem of packs, calendars and bundles, with its place.
//! Must not change a file, and must not know the rules of a format: the crates below do.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use serde::Serialize;
use serde_json::Value;
use shouwen_bundle::container::{self, Bundle, BundleError, Kind};
use shouwen_bundle::merge::{ForkKind, Known, Reason, examine};
use shouwen_core::calendar::CalendarFile;
use shouwen_core::calendar::import::{self, Trouble};
use shouwen_core::case::{Anomaly, Event, fold};
use shouwen_core::demo::Texts;
use shouwen_core::pack::{self, Pack, Problem};
use shouwen_core::{calendar, embedded};

use crate::args::Args;
use crate::error::{Failure, Fault, Outcome};
use crate::library::Library;
use crate::{files, line};

/// What the invented cases' data file calls itself.
const DEMO: &str = "shouwen-demo/";

#[derive(Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    Error,
    Warning,
}

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    level: Level,
    #[serde(flatten)]
    fault: Fault,
}

/// What is wrong with one file.
#[derive(Default)]
struct Found(Vec<(Level, Fault)>);

impl Found {
    fn error(&mut self, code: &'static str, message: impl ToString, at: impl Into<String>) {
        self.0.push((Level::Error, Fault::new(code, message, whole_if_empty(at.into()))));
    }

    fn warn(&mut self, code: &'static str, message: impl ToString, at: impl Into<String>) {
        self.0.push((Level::Warning, Fault::new(code, message, whole_if_empty(at.into()))));
    }
}

fn whole_if_empty(at: String) -> String {
    if at.is_empty() { "$".to_owned() } else { at }
}

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let texts: Vec<(&str, Result<Vec<u8>, Failure>)> =
        args.operands.iter().map(|file| (file.as_str(), files::read(file))).collect();
    // Packs may inherit from each other and from the built-in ones.
    let mut family = embedded::read_packs().filter_map(|(_, pack)| pack.ok()).collect::<Vec<_>>();
    for pack in texts.iter().filter_map(|(_, bytes)| pack_in(bytes.as_ref().ok()?)) {
        family.retain(|known| known.id != pack.id);
        family.push(pack);
    }
    let mut bad = false;
    for (file, bytes) in &texts {
        let mut found = Found::default();
        match bytes {
            Ok(bytes) => check(bytes, &family, &mut found),
            Err(error) => found.error("unreadable", error, "$"),
        }
        for (level, fault) in found.0 {
            bad |= level == Level::Error || args.has("--strict");
            line::write(out, &Row { file, level, fault })?;
        }
    }
    Ok(Outcome::of(bad))
}

fn pack_in(bytes: &[u8]) -> Option<Pack> {
    pack::parse(std::str::from_utf8(bytes).ok()?).ok()
}

/// By what the file says it is.
fn check(bytes: &[u8], family: &[Pack], found: &mut Found) {
    let text = String::from_utf8_lossy(bytes);
    let value = match container::parse(bytes, &files::CAPS) {
        Ok(value) => value,
        Err(error) => return check_holidays(&text, found, |found| fault(&error, found)),
    };
    match value.get("format").and_then(Value::as_str) {
        Some(container::FORMAT) => check_bundle(value, found),
        Some(calendar::FORMAT) => check_calendar(&text, found),
        Some(pack::FORMAT) => check_pack(&text, family, found),
        Some(format) if format.starts_with(DEMO) => {
            if let Err(error) = Texts::parse(&text) {
                found.error("demo", error, "$");
            }
        }
        Some(other) => found.error("unknown_format", format!("this build does not know {other:?}"), "format"),
        None => check_holidays(&text, found, |found| {
            found.error("unknown_format", "the file does not say what it is", "format");
        }),
    }
}

fn fault(error: &BundleError, found: &mut Found) {
    found.0.push((Level::Error, files::fault(error)));
}

fn check_pack(text: &str, family: &[Pack], found: &mut Found) {
    let mut add = |problem: Problem| {
        let add = if problem.fatal { Found::error } else { Found::warn };
        add(found, problem.code, problem.message, problem.path);
    };
    match pack::parse(text) {
        Err(problem) => add(problem),
        Ok(pack) => pack::lint(&embedded::whole(&pack, family)).into_iter().for_each(add),
    }
}

fn check_calendar(text: &str, found: &mut Found) {
    let tables = |file: CalendarFile| calendar::Statutory::new(&file.notices);
    if let Err(error) = CalendarFile::parse(text).and_then(tables) {
        found.error("calendar", &error.problem, &error.place);
    }
}

/// Holiday data in a form of others. `otherwise`: what to say of a file that is nothing of the kind.
fn check_holidays(text: &str, found: &mut Found, otherwise: impl FnOnce(&mut Found)) {
    match import::read(text, None) {
        Ok(read) => {
            for remark in &read.remarks {
                found.warn("holidays", remark, "$");
            }
            if let Err(error) = calendar::Statutory::new(&read.notices) {
                found.error("calendar", &error.problem, &error.place);
            }
        }
        Err(error) if matches!(error.trouble, Trouble::CutOff | Trouble::NotADate(_) | Trouble::Contradiction(_)) => {
            found.error("calendar", &error.trouble, error.place.to_string());
        }
        Err(_) => otherwise(found),
    }
}

fn check_bundle(value: Value, found: &mut Found) {
    let bundle = match container::read_value(value, &files::CAPS) {
        Ok(bundle) => bundle,
        // Masked bundles are for reading; their chains cannot hold.
        Err(BundleError::Masked) => return,
        Err(error) => return fault(&error, found),
    };
    check_config(&bundle, found);
    check_events(&bundle, found);
    check_cases(&bundle, found);
}

fn check_config(bundle: &Bundle, found: &mut Found) {
    for (index, pack) in bundle.packs.iter().enumerate() {
        let text = shouwen_bundle::canonical::canonical(pack);
        for problem in pack::load(&text).err().into_iter().flatten().filter(|problem| problem.fatal) {
            found.error(problem.code, problem.message, format!("packs[{index}].{}", problem.path));
        }
    }
    for (index, calendar) in bundle.read_calendars().into_iter().enumerate() {
        if let Err(error) = calendar {
            found.error("calendar", error, format!("calendars[{index}]"));
        }
    }
    match Library::with(bundle) {
        Ok(library) => library.problems.into_iter().for_each(|problem| found.error("unusable", problem, "settings")),
        Err(error) => found.error("unusable", error, "$"),
    }
}

fn check_events(bundle: &Bundle, found: &mut Found) {
    let preview = examine(bundle, &Known::default());
    for one in &preview.quarantined {
        match &one.reason {
            Reason::Invalid(why) => found.error("not_an_event", why, &one.place),
            Reason::TooNew(schema) => found.warn("too_new", format!("of the newer schema {schema}"), &one.place),
            Reason::Altered { event } => {
                found.error("altered", format!("another text under the id of {event}"), &one.place);
            }
        }
    }
    if preview.too_new + preview.not_understood > 0 {
        let count = preview.too_new + preview.not_understood;
        found.warn("not_understood", format!("{count} events of a newer build: kept, not interpreted"), "events");
    }
    for fork in &preview.forks {
        let what = match fork.kind {
            ForkKind::Rivals => "different events under one number",
            ForkKind::Break => "written after another event than the one that is here",
        };
        found.error(
            "fork",
            format!("device {}, number {}: {what}", fork.device, fork.seq),
            place_of(bundle, &fork.events),
        );
    }
    // A delta begins where the receiver's copy ends.
    let begins = |from: u64| bundle.header.kind == Kind::Delta && from == 1;
    for gap in preview.gaps.iter().filter(|gap| !begins(gap.from)) {
        found.warn("gap", format!("device {}: {} to {} are missing", gap.device, gap.from, gap.to), "events");
    }
}

/// The place of the first of these events in the file.
fn place_of(bundle: &Bundle, ids: &[String]) -> String {
    let is_it = |text: &String| {
        let value: Option<Value> = serde_json::from_str(text).ok();
        value.is_some_and(|value| {
            value.get("id").and_then(Value::as_str).is_some_and(|id| ids.iter().any(|one| one == id))
        })
    };
    bundle.events.iter().position(is_it).map_or_else(|| "events".to_owned(), |index| format!("events[{index}]"))
}

fn check_cases(bundle: &Bundle, found: &mut Found) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut cases: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for (index, text) in bundle.events.iter().enumerate() {
        let Ok(one) = shouwen_bundle::seal::Sealed::read(text) else { continue };
        places.entry(one.event.id.clone()).or_insert(index);
        cases.entry(one.event.case.clone()).or_default().push(one.event);
    }
    let place =
        |event: &String| places.get(event).map_or_else(|| "events".to_owned(), |index| format!("events[{index}]"));
    let library = Library::with(bundle).ok();
    let mut missing = BTreeSet::new();
    for case in cases.into_values().filter_map(fold) {
        for anomaly in &case.anomalies {
            let (what, at) = match anomaly {
                // What a delta or a masked bundle leaves out is no fault of the case.
                Anomaly::NoOpening | Anomaly::NotUnderstood { .. } => continue,
                Anomaly::OpenedTwice { event } => ("opened twice", place(event)),
                Anomaly::BeforeReceipt { event } => ("something happened before receipt", place(event)),
                Anomaly::AfterClosing { event } => ("a step after closing", place(event)),
                Anomaly::ClockDrift { event } => ("the device's clock was more than a day off", place(event)),
            };
            found.warn("anomaly", format!("case {}: {what}", case.id), at);
        }
        missing.extend(
            case.packs().into_iter().filter(|pack| library.as_ref().is_some_and(|all| all.pack(pack).is_none())),
        );
    }
    for pack in missing {
        found.warn("unknown_pack", format!("version {} of {} is not here", pack.version, pack.id), "packs");
    }
}
