//! Headquarters' table of campuses, from the register, the ledger and the survey of the log.
//! Must not read the store.

use shouwen_core::clock::State;
use shouwen_core::order::Order;
use shouwen_core::register::Summary;
use shouwen_core::time::Civil;

use super::Survey;
use crate::state::LedgerRow;

/// A campus that sent nothing for this many days gets a hint. Our own convention.
pub const SILENT_DAYS: i64 = 7;

/// Entries of a device that nobody has brought yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    pub device: String,
    pub from: u64,
    pub to: u64,
}

/// One campus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CampusLine {
    pub campus: String,
    pub cases: usize,
    pub open: usize,
    /// Hard limits that have run out on open cases.
    pub overdue: usize,
    /// Cases with conflicting values.
    pub conflicts: usize,
    /// When a file of this campus was last taken in here.
    pub last_file: Option<Civil>,
    /// Latest entry of its devices.
    pub last_entry: Option<Civil>,
    pub gaps: Vec<Gap>,
    /// Device and number of entries that exist twice.
    pub doubled: Vec<(String, u64)>,
    /// This very desk: it sends itself nothing.
    pub own: bool,
    /// No file for [`SILENT_DAYS`] or more, counted in days; `None`: heard from lately, or our own.
    pub silent: Option<i64>,
}

/// All campuses that appear anywhere, the ones that need attention first.
pub fn overview<'a>(
    rows: impl Iterator<Item = &'a Summary>,
    ledger: &[LedgerRow],
    survey: &Survey,
    own: &str,
    now: Civil,
) -> Vec<CampusLine> {
    let mut lines: Vec<CampusLine> = Vec::new();
    for row in rows {
        let line = line(&mut lines, &row.campus);
        line.cases += 1;
        line.conflicts += usize::from(!row.conflicts.is_empty());
        if row.is_open() {
            line.open += 1;
            line.overdue +=
                row.clocks.iter().filter(|clock| !clock.is_soft() && clock.state(now) == State::Overdue).count();
        }
    }
    for row in ledger.iter().filter(|row| row.kind == "import" && !row.campus.is_empty()) {
        let line = line(&mut lines, &row.campus);
        line.last_file = line.last_file.max(Some(row.at));
    }
    for (device, found) in &survey.devices {
        let line = line(&mut lines, &found.campus);
        line.last_entry = line.last_entry.max(found.last_at);
        let gaps = found.missing().into_iter().map(|(from, to)| Gap { device: device.clone(), from, to });
        line.gaps.extend(gaps);
        line.doubled.extend(found.doubled().into_iter().map(|number| (device.clone(), number)));
    }
    let mut list: Vec<CampusLine> = lines.into_iter().map(|line| finish(line, own, now)).collect();
    list.order_by_key(|line| {
        (line.own, std::cmp::Reverse(line.gaps.len()), std::cmp::Reverse(line.overdue), line.campus.clone())
    });
    list
}

/// The line of a campus; campuses are few, so they are searched one by one.
fn line<'a>(lines: &'a mut Vec<CampusLine>, campus: &str) -> &'a mut CampusLine {
    let known = lines.iter().position(|line| line.campus == campus);
    let place = known.unwrap_or_else(|| {
        lines.push(CampusLine { campus: campus.to_owned(), ..CampusLine::default() });
        lines.len() - 1
    });
    &mut lines[place]
}

fn finish(mut line: CampusLine, own: &str, now: Civil) -> CampusLine {
    line.own = line.campus == own;
    // A campus whose entries came inside other campuses' files was heard from then.
    let heard = line.last_file.or(line.last_entry);
    let days = heard.map(|at| (now - at).num_days());
    line.silent = days.filter(|days| *days >= SILENT_DAYS && !line.own);
    line
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use shouwen_core::time::parse;

    use super::super::survey::DeviceLine;
    use super::*;

    fn imported(campus: &str, at: &str) -> LedgerRow {
        LedgerRow {
            kind: "import".into(),
            at: parse(at).unwrap(),
            file: String::new(),
            campus: campus.into(),
            events: 1,
            total: 1,
            heads: Vec::new(),
            note: String::new(),
        }
    }

    fn device(campus: &str, numbers: &[u64]) -> DeviceLine {
        DeviceLine { campus: campus.into(), last_at: parse("2026-11-01T09:00:00"), numbers: numbers.to_vec() }
    }

    #[test]
    fn silence_gaps_and_order() {
        let survey = Survey {
            devices: BTreeMap::from([
                ("d1".to_owned(), device("城北", &[1, 2, 5])),
                ("d2".to_owned(), device("总部", &[1])),
                ("d3".to_owned(), device("城南", &[1])),
            ]),
            ..Survey::default()
        };
        let ledger = [imported("城北", "2026-11-20T10:00:00"), imported("城东", "2026-11-10T10:00:00")];
        let list = overview(std::iter::empty(), &ledger, &survey, "总部", parse("2026-11-21T10:00:00").unwrap());
        let brief: Vec<_> = list.iter().map(|one| (one.campus.as_str(), one.silent, one.gaps.len(), one.own)).collect();
        assert_eq!(
            brief,
            [
                ("城北", None, 1, false),
                ("城东", Some(11), 0, false),
                ("城南", Some(20), 0, false),
                ("总部", None, 0, true)
            ]
        );
        assert_eq!((list[0].gaps[0].from, list[0].gaps[0].to), (3, 4));
    }
}
