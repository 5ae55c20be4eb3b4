//! What a change of rules, calendars or timetables did to due times: before and after, clock by clock.
//! Must not decide whether that is right; a person reads the list.

use std::collections::BTreeMap;
use std::sync::Arc;

use shouwen_core::order::Order;
use shouwen_core::register::{Brief, Summary};
use shouwen_core::time::Civil;

use crate::i18n::say;
use crate::state::Library;

/// An open obligation whose due time came out differently.
#[derive(Clone, Debug, PartialEq)]
pub struct DueChange {
    pub case: String,
    pub number: String,
    /// The clock's name.
    pub clock: String,
    pub before: Option<Civil>,
    pub after: Option<Civil>,
    /// The new one still depends on a year without a notice.
    pub provisional: bool,
    /// The date stayed; it only is no longer (or is now) provisional.
    pub settled: bool,
}

type Rows = BTreeMap<String, Arc<Summary>>;

/// Compares the open obligations of open cases, by due time.
pub fn due_changes(before: &Rows, after: &Rows, library: &Library, now: Civil) -> Vec<DueChange> {
    let mut list: Vec<DueChange> = after
        .values()
        .filter(|row| row.is_open())
        .filter_map(|row| Some((before.get(&row.id)?, row)))
        .flat_map(|(old, new)| of_case(old, new, library, now))
        .collect();
    list.order_by(|a, b| (a.settled, a.after, &a.number).cmp(&(b.settled, b.after, &b.number)));
    list
}

fn of_case(old: &Summary, new: &Summary, library: &Library, now: Civil) -> Vec<DueChange> {
    let book = library.of_row(new);
    let label = |id: &str| {
        book.as_ref().and_then(|book| book.pack.clock(id)).map_or_else(|| id.to_owned(), |clock| say(&clock.label))
    };
    let mut changes = Vec::new();
    for (index, clock) in new.clocks.iter().enumerate() {
        // The n-th run of a clock stays the n-th.
        let turn = new.clocks[..index].iter().filter(|one| one.clock == clock.clock).count();
        let known = old.clocks.iter().filter(|one| one.clock == clock.clock).nth(turn);
        if known.is_some_and(|known| same(known, clock)) || !clock.state(now).is_open() {
            continue;
        }
        let before = known.and_then(|known| known.due);
        if before.is_none() && clock.due.is_none() {
            continue;
        }
        changes.push(DueChange {
            case: new.id.clone(),
            number: new.number.clone(),
            clock: label(&clock.clock),
            before,
            after: clock.due,
            provisional: clock.provisional,
            settled: before == clock.due,
        });
    }
    changes
}

fn same(old: &Brief, new: &Brief) -> bool {
    old.due == new.due && old.provisional == new.provisional
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use shouwen_core::pack::ClockKind;
    use shouwen_core::time::parse;

    use super::*;

    fn brief(clock: &str, due: &str, provisional: bool, done: Option<&str>) -> Brief {
        Brief {
            clock: clock.into(),
            kind: ClockKind::Hard,
            pauses: Vec::new(),
            rungs: Vec::new(),
            since: parse("2026-11-20T09:00:00").unwrap(),
            start: parse("2026-11-20T09:00:00"),
            due: parse(due),
            done: done.and_then(parse),
            superseded: None,
            provisional,
            problem: None,
        }
    }

    fn rows(clocks: Vec<Brief>) -> Rows {
        let at = parse("2026-11-20T09:00:00").unwrap();
        let row = Summary {
            id: "c1".into(),
            number: "N1".into(),
            campus: String::new(),
            packs: Vec::new(),
            plans_left: Vec::new(),
            received_at: at,
            updated_at: at,
            opened_by: String::new(),
            name: String::new(),
            phone: String::new(),
            headline: String::new(),
            channel: String::new(),
            classes: BTreeMap::new(),
            status: "open".into(),
            conflicts: Vec::new(),
            anomalies: 0,
            events: 1,
            clocks,
            search: String::new(),
        };
        BTreeMap::from([(row.id.clone(), Arc::new(row))])
    }

    #[track_caller]
    fn check(before: Vec<Brief>, after: Vec<Brief>, want: &[(&str, &str, bool)]) {
        let library = Library::build(&[]).unwrap();
        let now = parse("2026-11-21T09:00:00").unwrap();
        let list = due_changes(&rows(before), &rows(after), &library, now);
        let got: Vec<(String, String, bool)> = list
            .iter()
            .map(|one| (one.clock.clone(), one.after.map(shouwen_core::time::plain).unwrap_or_default(), one.settled))
            .collect();
        let want: Vec<(String, String, bool)> =
            want.iter().map(|(clock, due, settled)| ((*clock).to_owned(), (*due).to_owned(), *settled)).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn only_open_clocks_that_came_out_differently() {
        let old =
            || vec![brief("a", "2026-11-25T23:59:59", false, None), brief("b", "2027-01-05T23:59:59", true, None)];
        check(old(), old(), &[]);
        check(
            old(),
            vec![brief("a", "2026-11-26T23:59:59", false, None), brief("b", "2027-01-05T23:59:59", false, None)],
            &[("a", "2026-11-26T23:59:59", false), ("b", "2027-01-05T23:59:59", true)],
        );
        // Done: its due time no longer matters to anybody's day.
        let done = Some("2026-11-20T10:00:00");
        check(
            vec![brief("a", "2026-11-25T23:59:59", false, done)],
            vec![brief("a", "2026-11-26T23:59:59", false, done)],
            &[],
        );
        // The second run of a clock is compared with the second.
        let twice = |due: &str| vec![brief("a", "2026-11-20T23:59:59", false, done), brief("a", due, false, None)];
        check(twice("2026-11-25T23:59:59"), twice("2026-11-25T23:59:59"), &[]);
        check(twice("2026-11-25T23:59:59"), twice("2026-11-27T23:59:59"), &[("a", "2026-11-27T23:59:59", false)]);
    }
}
