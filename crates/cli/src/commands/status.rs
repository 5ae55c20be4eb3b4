//! `status`: every clock of every case of a bundle at an instant.
//! Must not judge anything itself.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;
use shouwen_core::case::{Case, Event, fold};
use shouwen_core::clock::{DUTIES, runs};
use shouwen_core::pack::{Pack, PackRef, Plan, plan_of, united};
use shouwen_core::time::{self, Civil};

use crate::args::Args;
use crate::error::{Failure, Fault, Outcome};
use crate::library::Library;
use crate::{files, line};

#[derive(Serialize)]
struct Row<'a> {
    case: &'a str,
    pack: &'a str,
    clock: &'a str,
    state: String,
    start: Option<String>,
    due: Option<String>,
    done_at: Option<String>,
    provisional: bool,
}

#[derive(Serialize)]
struct Refused<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<&'a str>,
    error: Fault,
}

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let at = args.value("--at").unwrap_or_default();
    let at = time::parse(at).ok_or_else(|| Failure::usage(format!("--at: not a time between 2000 and 2099: {at}")))?;
    let file = args.operands.first().map_or("", String::as_str);
    let refuse = |error| Refused { file: Some(file), case: None, error };
    let bundle = match files::bundle(&files::read(file)?) {
        Ok(bundle) => bundle,
        Err(error) => {
            line::write(out, &refuse(error))?;
            return Ok(Outcome::Problems);
        }
    };
    let library = Library::with(&bundle)?;
    let mut bad = !library.problems.is_empty();
    for problem in &library.problems {
        line::write(out, &refuse(Fault::new("unusable", problem, "$")))?;
    }
    let events = files::events(&bundle).into_iter().map(|one| one.event);
    for case in cases(events, at) {
        bad |= write_case(out, &library, &case, at)?;
    }
    Ok(Outcome::of(bad))
}

/// The cases as they stood at `at`, by id.
fn cases(events: impl Iterator<Item = Event>, at: Civil) -> impl Iterator<Item = Case> {
    let mut cases: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for event in events.filter(|event| event.at <= at) {
        cases.entry(event.case.clone()).or_default().push(event);
    }
    // Records of recurring duties have logs of their own beside the cases.
    cases.into_values().filter_map(fold).filter(|case| !case.id.starts_with(DUTIES))
}

/// Whether something could not be told.
fn write_case(out: &mut dyn Write, library: &Library, case: &Case, at: Civil) -> Result<bool, Failure> {
    let packs = case.packs();
    let mut bad = false;
    let mut refuse = |out: &mut dyn Write, code, message: String| {
        bad = true;
        line::write(out, &Refused { file: None, case: Some(&case.id), error: Fault::new(code, message, "packs") })
    };
    if packs.is_empty() {
        refuse(out, "no_opening", "the bundle does not hold the opening of this case".into())?;
    }
    for reference in packs.iter().filter(|reference| library.pack(reference).is_none()) {
        refuse(out, "unknown_pack", format!("version {} of {} is not here", reference.version, reference.id))?;
    }
    if let Some((first, plans)) = packs.split_first()
        && let Some(ordinary) = library.pack(first)
    {
        let left = case.plans_left();
        let found = |list: &[PackRef], present| -> Vec<Plan> {
            list.iter().filter_map(|one| library.pack(one)).map(|pack| Plan { pack, present }).collect()
        };
        let plans = [found(plans, true), found(&left, false)].into_iter().flatten().collect();
        write_clocks(out, library, case, &united(ordinary, plans).0, at)?;
    }
    Ok(bad)
}

fn write_clocks(out: &mut dyn Write, library: &Library, case: &Case, whole: &Pack, at: Civil) -> Result<(), Failure> {
    for run in runs(case, whole, &library.world) {
        let (pack, clock) = plan_of(&run.clock).unwrap_or((&whole.id, &run.clock));
        let row = Row {
            case: &case.id,
            pack,
            clock,
            state: run.state_name(at),
            start: run.start.map(time::plain),
            due: run.due.as_ref().map(|due| time::plain(due.due)),
            done_at: run.done_at.map(time::plain),
            provisional: run.due.as_ref().is_some_and(|due| due.provisional),
        };
        line::write(out, &row)?;
    }
    Ok(())
}
