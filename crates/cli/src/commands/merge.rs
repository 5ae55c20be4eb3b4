//! `merge`: the union of bundles, with what was new, double, in conflict, missing or set aside.
//! Must not lose a byte of what it takes in; must not depend on the order of the files except for what counts as new.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use serde::Serialize;
use serde_json::Value;
use shouwen_bundle::canonical::canonical;
use shouwen_bundle::container::{self, Bundle, Kind};
use shouwen_bundle::merge::{Fork, GapRange, Known, Reason, examine, union_all};
use shouwen_bundle::seal::Sealed;
use shouwen_core::case::{Event, fold};
use shouwen_core::time::Civil;

use crate::args::Args;
use crate::error::{Failure, Fault, Outcome};
use crate::{files, line};

/// What one file brought.
#[derive(Serialize)]
struct FileLine {
    file: String,
    new: usize,
    duplicate: usize,
    quarantined: usize,
}

#[derive(Serialize)]
struct Refused {
    file: String,
    error: Fault,
}

/// A text that is kept and passed on without being an event.
#[derive(Serialize)]
struct SetAside {
    file: String,
    at: String,
    reason: Reason,
}

/// Registers of one case that two people changed without seeing each other.
#[derive(Serialize)]
struct Conflict {
    case: String,
    registers: Vec<String>,
}

#[derive(Default, Serialize)]
struct Summary {
    out: Option<String>,
    cases: usize,
    events: usize,
    new: usize,
    duplicate: usize,
    /// Registers in conflict.
    conflict: usize,
    /// Stretches of events that nobody brought.
    gap: usize,
    /// Places where a device's chain does not hold.
    fork: usize,
    quarantined: usize,
    files: Vec<FileLine>,
    conflicts: Vec<Conflict>,
    gaps: Vec<GapRange>,
    forks: Vec<Fork>,
    quarantine: Vec<SetAside>,
    refused: Vec<Refused>,
}

/// Everything taken in so far.
#[derive(Default)]
struct Gathered {
    known: Known,
    events: Vec<Sealed>,
    /// Texts that are no events here.
    set_aside: BTreeSet<String>,
    blobs: BTreeMap<String, Vec<u8>>,
    packs: BTreeMap<String, Value>,
    calendars: BTreeMap<String, Value>,
    /// With the age and text of each, for choosing.
    settings: BTreeMap<String, (Civil, String, Value)>,
    created: Option<Civil>,
}

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let mut all = Gathered::default();
    let mut summary = Summary::default();
    for file in &args.operands {
        match open(file) {
            Ok(bundle) => all.take(file, bundle, &mut summary),
            Err(error) => summary.refused.push(Refused { file: file.clone(), error }),
        }
    }
    if let Some(created) = all.created {
        let target = args.value("--out").unwrap_or_default();
        let bundle = all.finish(created, &mut summary);
        files::write(target, &container::write(&bundle))?;
        summary.out = Some(target.to_owned());
    }
    line::write(out, &summary)?;
    Ok(Outcome::of(!summary.refused.is_empty()))
}

fn open(file: &str) -> Result<Bundle, Fault> {
    let bytes = files::read(file).map_err(|error| Fault::new("unreadable", error, "$"))?;
    container::read(&bytes, &files::CAPS).map_err(|error| files::fault(&error))
}

impl Gathered {
    fn take(&mut self, file: &str, bundle: Bundle, summary: &mut Summary) {
        let preview = examine(&bundle, &self.known);
        summary.files.push(FileLine {
            file: file.to_owned(),
            new: preview.new.len(),
            duplicate: preview.duplicates,
            quarantined: preview.quarantined.len(),
        });
        summary.new += preview.new.len();
        summary.duplicate += preview.duplicates;
        preview.new.iter().for_each(|one| self.known.add(one));
        // The union is made of all texts at once: which of two texts under one id counts must not depend on the order.
        self.events.extend(preview.new);
        for one in preview.quarantined {
            self.known.add_quarantined(&one.text);
            match Sealed::read(&one.text) {
                Ok(event) => self.events.push(event),
                Err(_) => drop(self.set_aside.insert(one.text)),
            }
            summary.quarantine.push(SetAside { file: file.to_owned(), at: one.place, reason: one.reason });
        }
        self.blobs.extend(bundle.blobs);
        self.packs.extend(bundle.packs.into_iter().map(|one| (canonical(&one), one)));
        self.calendars.extend(bundle.calendars.into_iter().map(|one| (canonical(&one), one)));
        let created = bundle.header.created;
        for (name, value) in bundle.settings {
            let entry = (created, canonical(&value), value);
            let newer = self.settings.get(&name).is_none_or(|known| (known.0, &known.1) < (entry.0, &entry.1));
            if newer {
                self.settings.insert(name, entry);
            }
        }
        self.created = self.created.max(Some(created));
    }

    fn finish(self, created: Civil, summary: &mut Summary) -> Bundle {
        let union = union_all([self.events.as_slice()]);
        drop(self.events);
        let mut bundle =
            Bundle::of_events(Kind::Full, files::origin(&union.events, "", created), &union.events, self.blobs);
        let altered: Vec<String> = union.altered.into_iter().map(|one| one.text).collect();
        summary.quarantined = altered.len() + self.set_aside.len();
        bundle.pass_on(altered.into_iter().chain(self.set_aside));
        bundle.packs = self.packs.into_values().collect();
        bundle.calendars = self.calendars.into_values().collect();
        bundle.settings = self.settings.into_iter().map(|(name, (_, _, value))| (name, value)).collect();
        summary.cases = bundle.header.counts.cases as usize;
        summary.events = union.events.len();
        summary.conflicts = conflicts(union.events.into_iter().map(|one| one.event));
        summary.conflict = summary.conflicts.iter().map(|one| one.registers.len()).sum();
        (summary.gap, summary.fork) = (union.gaps.len(), union.forks.len());
        (summary.gaps, summary.forks) = (union.gaps, union.forks);
        bundle
    }
}

fn conflicts(events: impl Iterator<Item = Event>) -> Vec<Conflict> {
    let mut cases: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for event in events {
        cases.entry(event.case.clone()).or_default().push(event);
    }
    let conflict = |case: shouwen_core::case::Case| {
        let registers: Vec<String> = case.conflicts().into_iter().map(str::to_owned).collect();
        (!registers.is_empty()).then_some(Conflict { case: case.id, registers })
    };
    cases.into_values().filter_map(fold).filter_map(conflict).collect()
}
