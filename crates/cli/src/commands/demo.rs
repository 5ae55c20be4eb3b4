//! `demo`: invented cases as a bundle; the same arguments give the same bytes.
//! Must not read the machine's clock.

use std::collections::BTreeSet;
use std::io::Write;

use serde::Serialize;
use serde_json::Value;
use shouwen_bundle::container::{self, Bundle, Kind};
use shouwen_bundle::demo::seal_each;
use shouwen_bundle::seal::Sealed;
use shouwen_core::case::Event;
use shouwen_core::demo::{Plan, generate};
use shouwen_core::{embedded, time};

use crate::args::Args;
use crate::error::{Failure, Outcome};
use crate::{files, line};

/// The present of the invented cases unless `--at` says otherwise: a fixed one, for the same bytes on every day.
const PRESENT: &str = "2026-11-20T15:30:00";
/// A bundle beyond this many cases would not be read any more.
const MOST: u64 = 1_000_000;

#[derive(Serialize)]
struct Summary<'a> {
    out: &'a str,
    cases: usize,
    events: usize,
    devices: usize,
    /// Commands that the packs did not allow.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused: Vec<String>,
}

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let at = args.value("--at").unwrap_or(PRESENT);
    let now = time::parse(at).ok_or_else(|| Failure::usage(format!("--at: not a time between 2000 and 2099: {at}")))?;
    let (cases, campuses) = (args.number("--cases", 0)?, args.number("--campuses", 3)?);
    if cases > MOST || campuses > MOST {
        return Err(Failure::usage(format!("at most {MOST} cases and campuses")));
    }
    let seed = args.number("--seed", 1)?;
    let plan = Plan { cases: cases as usize, seed, now, campuses: campuses as usize };
    let mut demo = generate(&plan, &embedded::packs()).map_err(|error| Failure::Internal(error.to_string()))?;
    let (cases, refused) = (demo.cases.len(), std::mem::take(&mut demo.refused));
    // The texts are enough for the file; many bodies would fill the memory.
    let bare = |one: Sealed| Sealed { event: Event { body: Value::Null, ..one.event }, ..one };
    let events: Vec<Sealed> = seal_each(demo).map(bare).collect();
    let bundle = Bundle::of_events(Kind::Full, files::origin(&events, "", now), &events, Default::default());
    let file = args.value("--out").unwrap_or_default();
    files::write(file, &container::write(&bundle))?;
    let devices: BTreeSet<&str> = events.iter().map(|one| one.event.device.as_str()).collect();
    let bad = !refused.is_empty();
    let summary = Summary { out: file, cases, events: events.len(), devices: devices.len(), refused };
    line::write(out, &summary)?;
    Ok(Outcome::of(bad))
}
