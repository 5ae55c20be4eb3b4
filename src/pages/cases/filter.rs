//! Which rows of the register are shown, and in which order. Pure: rows, words of the packs and `now` in, rows out.
//! Must not read signals or the store.

use shouwen_core::order::Gather as _;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use shouwen_core::clock::State;
use shouwen_core::order::Order;
use shouwen_core::pack::{Pack, PackRef, of_plan};
use shouwen_core::register::Summary;
use shouwen_core::time::Civil;

use crate::i18n::say;

/// What a row may need attention for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    #[default]
    Any,
    Overdue,
    Today,
    Conflict,
    /// A required axis of the pack is not decided yet.
    Undecided,
}

/// What the rows are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    Number,
    #[default]
    Received,
    Name,
    Class,
    Due,
    State,
}

/// When the complaint was received, as the person chose it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    #[default]
    Any,
    Today,
    Days7,
    Days30,
    Month,
    LastMonth,
    Year,
    /// The two date fields hold.
    Own,
}

/// Everything a person can narrow the register by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub query: String,
    /// `open`, `closed`, `void`; empty: all.
    pub status: &'static str,
    pub focus: Focus,
    /// Class by axis.
    pub classes: BTreeMap<String, String>,
    pub campus: String,
    pub period: Period,
    /// Dates of [`Period::Own`], both included.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub column: Column,
    pub down: bool,
}

impl Default for Filter {
    fn default() -> Filter {
        Filter {
            query: String::new(),
            status: "",
            focus: Focus::Any,
            classes: BTreeMap::new(),
            campus: String::new(),
            period: Period::Any,
            from: None,
            to: None,
            column: Column::Received,
            down: true,
        }
    }
}

impl Filter {
    /// Everything shown again; the order stays.
    pub fn cleared(&self) -> Filter {
        Filter { column: self.column, down: self.down, ..Filter::default() }
    }

    pub fn narrows(&self) -> bool {
        *self != self.cleared()
    }

    /// Conditions that are folded away under "more".
    pub fn hidden(&self) -> usize {
        self.classes.len() + usize::from(!self.campus.is_empty()) + usize::from(self.period != Period::Any)
    }

    /// Sorts by a column; the same column again turns the order round.
    pub fn sort_by(&mut self, column: Column) {
        self.down = if self.column == column { !self.down } else { column == Column::Received };
        self.column = column;
    }

    fn dates(&self, today: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
        use chrono::{Datelike, Days, Months};
        let first = today.with_day(1).unwrap_or(today);
        match self.period {
            Period::Any => (None, None),
            Period::Today => (Some(today), None),
            Period::Days7 => (today.checked_sub_days(Days::new(6)), None),
            Period::Days30 => (today.checked_sub_days(Days::new(29)), None),
            Period::Month => (Some(first), None),
            Period::LastMonth => (first.checked_sub_months(Months::new(1)), first.pred_opt()),
            Period::Year => (first.with_month(1), None),
            Period::Own => (self.from, self.to),
        }
    }

    /// Is the row shown?
    pub fn takes(&self, row: &Summary, words: &Words, now: Civil) -> bool {
        let (from, to) = self.dates(now.date());
        let day = row.received_at.date();
        (self.status.is_empty() || row.status == self.status)
            && (self.campus.is_empty() || row.campus == self.campus)
            && from.is_none_or(|from| day >= from)
            && to.is_none_or(|to| day <= to)
            && self.classes.iter().all(|(axis, class)| row.classes.get(axis).is_some_and(|list| list.contains(class)))
            && words.needs(row, self.focus, now)
            && row.matches(&self.query)
    }

    /// The rows to show, in order.
    pub fn apply<'a>(
        &self,
        rows: impl Iterator<Item = &'a Arc<Summary>>,
        words: &Words,
        now: Civil,
    ) -> Vec<Arc<Summary>> {
        let mut list: Vec<(Key, &Arc<Summary>)> = rows
            .filter(|row| self.takes(row, words, now))
            .map(|row| (Key::of(row, self.column, words, now), row))
            .collect();
        list.order_by(|(a, row), (b, other)| {
            a.compare(b, self.down)
                .then_with(|| other.received_at.cmp(&row.received_at))
                .then_with(|| row.id.cmp(&other.id))
        });
        list.into_iter().map(|(_, row)| row.clone()).collect()
    }
}

/// What a row is sorted by. A row without the value stands last in both directions.
enum Key {
    Text(String),
    Time(Option<Civil>),
    Rank(u32),
}

impl Key {
    fn of(row: &Summary, column: Column, words: &Words, now: Civil) -> Key {
        match column {
            Column::Number => Key::Text(row.number.clone()),
            Column::Received => Key::Time(Some(row.received_at)),
            Column::Name => Key::Text(row.name.clone()),
            Column::Class => Key::Text(words.classes(row).join(" ")),
            Column::Due => Key::Time(row.is_open().then(|| row.next_due(now)).flatten()),
            Column::State => Key::Rank(rank(row, now)),
        }
    }

    fn compare(&self, other: &Key, down: bool) -> Ordering {
        let turn = |order: Ordering| if down { order.reverse() } else { order };
        match (self, other) {
            (Key::Text(a), Key::Text(b)) => a.is_empty().cmp(&b.is_empty()).then_with(|| turn(a.cmp(b))),
            (Key::Time(a), Key::Time(b)) => a.is_none().cmp(&b.is_none()).then_with(|| turn(a.cmp(b))),
            (Key::Rank(a), Key::Rank(b)) => turn(a.cmp(b)),
            _ => Ordering::Equal,
        }
    }
}

/// Most pressing first.
fn rank(row: &Summary, now: Civil) -> u32 {
    match row.status.as_str() {
        "open" if overdue(row, now) => 0,
        "open" if due_today(row, now) => 1,
        "open" if !row.conflicts.is_empty() => 2,
        "open" => 3,
        "closed" => 4,
        _ => 5,
    }
}

/// A hard limit of an open case has run out.
pub fn overdue(row: &Summary, now: Civil) -> bool {
    row.is_open() && row.worst(now) == Some(State::Overdue)
}

/// The next hard limit of an open case ends today and has not run out.
pub fn due_today(row: &Summary, now: Civil) -> bool {
    row.is_open() && row.next_due(now).is_some_and(|due| due >= now && due.date() == now.date())
}

/// Words of one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisWords {
    pub id: String,
    pub label: String,
    pub required: bool,
    pub classes: Vec<(String, String)>,
}

/// Names of the classes of the packs that the rows follow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    packs: BTreeMap<PackRef, Vec<AxisWords>>,
}

impl Words {
    /// Of the packs in use; `find` looks a pack up.
    pub fn of<'a>(rows: impl Iterator<Item = &'a Summary>, find: impl Fn(&PackRef) -> Option<Vec<AxisWords>>) -> Words {
        let mut packs: BTreeMap<PackRef, Vec<AxisWords>> = BTreeMap::new();
        for reference in rows.flat_map(|row| &row.packs) {
            if !packs.contains_key(reference) {
                packs.insert(reference.clone(), find(reference).unwrap_or_default());
            }
        }
        Words { packs }
    }

    /// The axes of all packs in use: the same id in two packs is one axis with the classes of both.
    pub fn axes(&self) -> Vec<AxisWords> {
        let mut all: Vec<AxisWords> = Vec::new();
        for axis in self.packs.values().flatten() {
            match all.iter_mut().find(|known| known.id == axis.id) {
                Some(known) => {
                    let ids: BTreeSet<String> = known.classes.iter().map(|(id, _)| id.clone()).gather();
                    known.classes.extend(axis.classes.iter().filter(|(id, _)| !ids.contains(id)).cloned());
                    if !known.label.contains(&axis.label) {
                        known.label = format!("{} / {}", known.label, axis.label);
                    }
                }
                None => all.push(axis.clone()),
            }
        }
        all
    }

    fn axes_of<'a>(&'a self, row: &'a Summary) -> impl Iterator<Item = &'a AxisWords> {
        row.packs.iter().filter_map(|reference| self.packs.get(reference)).flatten()
    }

    /// The names of a row's classes: required axes first, then the others in the pack's order.
    pub fn classes(&self, row: &Summary) -> Vec<String> {
        let names = |required: bool| {
            self.axes_of(row).filter(move |axis| axis.required == required).flat_map(|axis| {
                let ids = row.classes.get(&axis.id).map(Vec::as_slice).unwrap_or_default();
                ids.iter().map(|id| {
                    axis.classes
                        .iter()
                        .find(|(known, _)| known == id)
                        .map_or_else(|| id.clone(), |(_, name)| name.clone())
                })
            })
        };
        names(true).chain(names(false)).collect()
    }

    /// A required axis has no class yet.
    pub fn undecided(&self, row: &Summary) -> bool {
        row.is_open()
            && self.axes_of(row).any(|axis| axis.required && row.classes.get(&axis.id).is_none_or(Vec::is_empty))
    }

    /// Does the row need this kind of attention?
    pub fn needs(&self, row: &Summary, focus: Focus, now: Civil) -> bool {
        match focus {
            Focus::Any => true,
            Focus::Overdue => overdue(row, now),
            Focus::Today => due_today(row, now),
            Focus::Conflict => !row.conflicts.is_empty(),
            Focus::Undecided => self.undecided(row),
        }
    }
}

/// The words of a pack's axes. An axis that only sometimes applies is never counted as undecided:
/// the row does not tell whether it applies.
pub fn axis_words(pack: &Pack) -> Vec<AxisWords> {
    pack.axes
        .iter()
        .map(|axis| AxisWords {
            // A plan never stands alone: its decisions are written under its own name.
            id: if pack.companion { of_plan(&pack.id, &axis.id) } else { axis.id.clone() },
            label: say(&axis.label),
            required: axis.required && axis.when.is_none(),
            classes: axis.classes.iter().map(|class| (class.id.clone(), say(&class.label))).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use shouwen_core::time::parse;

    use super::*;

    /// `id received status class name`; a due time makes a hard clock.
    fn row(line: &str, due: Option<&str>) -> Arc<Summary> {
        let parts: Vec<&str> = line.split(' ').collect();
        let seconds = |text: &str| parse(text).expect("a time").and_utc().timestamp();
        let at = seconds(parts[1]);
        let clocks = due.map(
            |due| serde_json::json!({"clock": "D1", "kind": "hard", "since": at, "start": at, "due": seconds(due)}),
        );
        let classes = if parts[3] == "-" { serde_json::json!({}) } else { serde_json::json!({"form": [parts[3]]}) };
        let row = serde_json::json!({
            "id": parts[0], "number": parts[0], "campus": "A", "packs": [{"id": "p", "version": 1}],
            "received_at": at, "updated_at": at, "opened_by": "", "name": parts[4], "phone": "",
            "headline": "", "channel": "", "classes": classes, "status": parts[2], "conflicts": [],
            "anomalies": 0, "events": 1, "clocks": clocks.into_iter().collect::<Vec<_>>(), "search": parts[4],
        });
        Arc::new(serde_json::from_value(row).expect("a row"))
    }

    fn register() -> Vec<Arc<Summary>> {
        vec![
            row("1 2026-11-21T09:00 open x anna", Some("2026-11-21T18:00")),
            row("2 2026-11-20T09:00 open - bert", Some("2026-11-20T18:00")),
            row("3 2026-10-31T09:00 closed y carl", None),
            row("4 2026-11-19T09:00 void x dora", None),
            row("5 2026-11-18T09:00 open y emil", Some("2026-11-25T18:00")),
        ]
    }

    fn check(change: impl Fn(&mut Filter), want: &str) {
        let class = |id: &str| (id.to_owned(), id.to_uppercase());
        let words = Words::of(register().iter().map(|row| &**row), |_| {
            let classes = vec![class("x"), class("y")];
            Some(vec![AxisWords { id: "form".into(), label: "Form".into(), required: true, classes }])
        });
        let mut filter = Filter::default();
        change(&mut filter);
        let now = parse("2026-11-21T10:00").expect("a time");
        let rows = register();
        let got: Vec<String> = filter.apply(rows.iter(), &words, now).iter().map(|row| row.id.clone()).collect();
        assert_eq!(got.join(" "), want, "{filter:?}");
    }

    #[test]
    fn narrows() {
        check(|_| (), "1 2 4 5 3");
        check(|filter| filter.status = "open", "1 2 5");
        check(|filter| filter.focus = Focus::Overdue, "2");
        check(|filter| filter.focus = Focus::Today, "1");
        check(|filter| filter.focus = Focus::Undecided, "2");
        check(|filter| filter.period = Period::Month, "1 2 4 5");
        check(|filter| filter.period = Period::LastMonth, "3");
        check(|filter| filter.period = Period::Days7, "1 2 4 5");
        check(|filter| drop(filter.classes.insert("form".into(), "y".into())), "5 3");
        check(|filter| filter.query = "EM il".into(), "5");
        check(|filter| filter.campus = "B".into(), "");
    }

    #[test]
    fn sorts_with_missing_values_last() {
        check(|filter| filter.sort_by(Column::Due), "2 1 5 4 3");
        check(|filter| (0..2).for_each(|_| filter.sort_by(Column::Due)), "5 1 2 4 3");
        check(|filter| filter.sort_by(Column::Class), "1 4 5 3 2");
        check(|filter| filter.sort_by(Column::State), "2 1 5 3 4");
        check(|filter| (0..2).for_each(|_| filter.sort_by(Column::Name)), "5 4 3 2 1");
        check(|filter| filter.sort_by(Column::Received), "3 5 4 2 1");
    }
}
