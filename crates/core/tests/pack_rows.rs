//! Every time limit of the 34 rule documents is in its pack, with its kind; those that must not be automated are in none.
//! `data/rows.json` lists them by regime: N number, S softened, P on the spot, V vague, R recurring, C set per case,
//! X value missing, U untimed, RED not to be encoded.

use std::collections::BTreeMap;

use serde::Deserialize;
use shouwen_core::embedded;
use shouwen_core::pack::{Clock, ClockKind, Pack};

#[derive(Deserialize)]
struct Regime {
    source: String,
    rows: BTreeMap<String, String>,
}

fn kind(code: &str) -> ClockKind {
    match code {
        "N" => ClockKind::Hard,
        "S" => ClockKind::Softened,
        "P" => ClockKind::OnSpot,
        "V" => ClockKind::Soft,
        "R" => ClockKind::Recurring,
        "C" => ClockKind::CaseSet,
        "X" => ClockKind::Missing,
        "U" => ClockKind::Untimed,
        other => panic!("kind {other}"),
    }
}

/// The clocks of a row: `D8`, and its parts `D8-2`, `D8-3` …
fn of_row<'a>(pack: &'a Pack, row: &str) -> Vec<&'a Clock> {
    let part = format!("{row}-");
    pack.clocks.iter().filter(|clock| clock.id == row || clock.id.starts_with(&part)).collect()
}

/// What is wrong with one row of a pack; nothing when it stands as the text says.
fn fault(pack: &Pack, source: &str, row: &str, code: &str) -> Option<String> {
    let clocks = of_row(pack, row);
    if code == "RED" {
        let lines = pack.red_lines.iter().filter(|line| line.rows.iter().any(|one| one == row)).count();
        let well = clocks.is_empty() && lines == 1;
        return (!well).then(|| format!("must not be a clock, and has {lines} red lines"));
    }
    if !clocks.iter().any(|clock| clock.kind == kind(code)) {
        return Some(format!("no clock of the kind {:?}", kind(code)));
    }
    let cites = |clock: &&Clock| clock.clause.starts_with(&format!("{source} {row}"));
    (!clocks.iter().any(cites)).then(|| format!("no clause {source} {row}"))
}

#[test]
fn every_row_of_every_regime() {
    let regimes: BTreeMap<String, Regime> = serde_json::from_str(include_str!("data/rows.json")).unwrap();
    let packs = embedded::packs();
    let mut missing = Vec::new();
    let mut rows = 0;
    for (id, regime) in &regimes {
        let Some(pack) = packs.iter().find(|pack| pack.id == *id) else {
            missing.push(format!("{id}: no pack"));
            continue;
        };
        if !pack.sources.iter().any(|source| source.id == regime.source) {
            missing.push(format!("{id}: does not name {}", regime.source));
        }
        for (row, code) in &regime.rows {
            rows += usize::from(code != "RED");
            missing.extend(fault(pack, &regime.source, row, code).map(|what| format!("{id}.{row} ({code}): {what}")));
        }
    }
    assert!(missing.is_empty(), "{} faults:\n{}", missing.len(), missing.join("\n"));
    assert_eq!((regimes.len(), rows), (34, 223));
    let strangers: Vec<&str> =
        packs.iter().map(|pack| pack.id.as_str()).filter(|id| !regimes.contains_key(*id)).collect();
    assert!(strangers.is_empty(), "packs without a regime: {strangers:?}");
}

/// The check above can fail.
#[test]
fn a_lost_row_is_noticed() {
    let mut pack = embedded::pack("train-hq").unwrap();
    assert_eq!(fault(&pack, "R01", "D6", "N"), None);
    assert!(fault(&pack, "R01", "D6", "V").is_some_and(|what| what.contains("Soft")));
    assert!(fault(&pack, "R02", "D6", "N").is_some_and(|what| what.contains("R02 D6")));
    assert_eq!(fault(&pack, "R01", "D15", "RED"), None);
    assert!(fault(&pack, "R01", "D6", "RED").is_some());
    pack.clocks.retain(|clock| clock.id != "D6");
    assert!(fault(&pack, "R01", "D6", "N").is_some());
}
