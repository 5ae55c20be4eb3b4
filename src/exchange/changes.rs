//! What a change of rules, calendars or timetables did to due times: before and after, clock by clock.
//! Must not decide whether that is right; a person reads the list.

use std::collections::BTreeMap;
use std::sync::Arc;

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
    list.sort_by(|a, b| (a.settled, a.after, &a.number).cmp(&(b.settled, b.after, &b.number)));
    list
}

fn of_case(old: &Summary, new: &Summary, library: &Library, now: Civil) -> Vec<DueChange> {
    let book = new.packs.first().and_then(|reference| library.get(reference));
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
