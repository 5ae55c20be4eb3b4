//! `regimes`: what every built-in pack covers, as the table of `docs/regimes.md`.
//! Must not judge; it counts and lists what the packs say.

use std::io::Write;

use shouwen_core::embedded;
use shouwen_core::limit::Unit;
use shouwen_core::pack::{Clock, ClockKind, Every, Pack};

use crate::args::Args;
use crate::error::{Failure, Outcome};

const HEAD: &str = "# Regimes 制度一览

Written by `shouwen-cli regimes`; a test holds that it is what the packs say. Change a pack, then run
`cargo run -q -p shouwen-cli -- regimes > docs/regimes.md`.

";

/// A column of the first table: its title and what it counts.
type Column = (&'static str, fn(&Pack) -> usize);

const COLUMNS: [Column; 16] = [
    ("questions", |pack| pack.fields.iter().filter(|field| field.intake).count()),
    ("channels", |pack| pack.channels.len()),
    ("roles", |pack| pack.roles.len()),
    ("axes", |pack| pack.axes.len()),
    ("classes", |pack| pack.axes.iter().map(|axis| axis.classes.len()).sum()),
    ("findings", |pack| pack.findings.len()),
    ("transitions", |pack| pack.transitions.len()),
    ("steps", |pack| pack.steps.len()),
    ("consequences", |pack| pack.consequences.len()),
    ("bands", |pack| pack.follow_up.iter().map(|one| one.scale.len()).sum()),
    ("emergency", |pack| pack.emergency.iter().map(|one| one.group.len()).sum()),
    ("scripts", |pack| pack.scripts.len()),
    ("forms", |pack| pack.forms.len()),
    ("red lines", |pack| pack.red_lines.len()),
    ("parameters", |pack| pack.parameters.len()),
    ("readings", |pack| pack.readings.len()),
];

/// The kinds of the second table, in its order.
const KINDS: [(ClockKind, &str); 8] = [
    (ClockKind::Hard, "number"),
    (ClockKind::Softened, "softened"),
    (ClockKind::OnSpot, "on the spot"),
    (ClockKind::Soft, "vague, our target"),
    (ClockKind::Recurring, "recurring"),
    (ClockKind::CaseSet, "set per case"),
    (ClockKind::Missing, "value missing"),
    (ClockKind::Untimed, "untimed"),
];

pub fn run(_: &Args, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let mut packs = embedded::packs();
    packs.sort_by_key(|pack| (source(pack), pack.id.clone()));
    out.write_all(HEAD.as_bytes())?;
    features(&packs, out)?;
    limits(&packs, out)?;
    Ok(Outcome::Good)
}

/// The rule document of the pack itself, not that of a parent.
fn source(pack: &Pack) -> String {
    let own = embedded::read_packs().filter_map(|(_, own)| own.ok()).find(|own| own.id == pack.id);
    own.and_then(|own| Some(own.sources.first()?.id.clone())).unwrap_or_default()
}

fn features(packs: &[Pack], out: &mut dyn Write) -> Result<(), Failure> {
    let titles: Vec<&str> = COLUMNS.iter().map(|(title, _)| *title).collect();
    writeln!(out, "## What each pack holds\n\nNumbers of parts; *emergency*: places in the emergency group.\n")?;
    writeln!(out, "| source | pack | 制度 | 行业 | {} |", titles.join(" | "))?;
    writeln!(out, "|---|---|---|---|{}", "--:|".repeat(COLUMNS.len()))?;
    for pack in packs {
        let counts: Vec<String> = COLUMNS.iter().map(|(_, count)| number(count(pack))).collect();
        let trade = pack.trade.as_ref().map_or("", |trade| &trade.zh);
        let source = source(pack);
        writeln!(out, "| {source} | `{}` | {} | {trade} | {} |", pack.id, pack.title.zh, counts.join(" | "))?;
    }
    Ok(())
}

fn number(count: usize) -> String {
    if count == 0 { "–".to_owned() } else { count.to_string() }
}

fn limits(packs: &[Pack], out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(
        out,
        "\n## Time limits by row\n\nRow `D8-2` is a part of row D8; `W` rows wait for an approval, `T` rows are tasks of our own; *red line*: not a clock, a red line stands in its place.\n"
    )?;
    let titles: Vec<&str> = KINDS.iter().map(|(_, title)| *title).collect();
    writeln!(out, "| pack | {} | red line |", titles.join(" | "))?;
    writeln!(out, "|---|{}", "---|".repeat(KINDS.len() + 1))?;
    for pack in packs {
        let cells = KINDS.map(|(kind, _)| {
            let rows = pack.clocks.iter().filter(|clock| clock.kind == kind).map(row);
            rows.collect::<Vec<_>>().join(", ")
        });
        let red: Vec<&str> = pack.red_lines.iter().flat_map(|line| &line.rows).map(String::as_str).collect();
        writeln!(out, "| `{}` | {} | {} |", pack.id, cells.join(" | "), red.join(", "))?;
    }
    Ok(())
}

/// `D2 5 working days`
fn row(clock: &Clock) -> String {
    let unit =
        |unit: Unit| serde_json::to_value(unit).ok().and_then(|name| name.as_str().map(|name| name.replace('_', " ")));
    let limit = match (&clock.kind, &clock.limit, &clock.every) {
        (ClockKind::Hard | ClockKind::Softened, Some(limit), _) => {
            let count = if limit.count == 0 { String::new() } else { format!(" {}", limit.count) };
            format!("{count} {}", unit(limit.unit).unwrap_or_default())
        }
        (ClockKind::Recurring, _, Some(every)) => match every {
            Every::WeekEnd => " weekly".to_owned(),
            Every::MonthEnd => " month's end".to_owned(),
            Every::YearEnd => " year's end".to_owned(),
            Every::Period(_) => " period".to_owned(),
            Every::Continuous => " standing".to_owned(),
        },
        _ => String::new(),
    };
    format!("{}{limit}", clock.id)
}
