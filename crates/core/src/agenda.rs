//! What is open and where it stands today, kept ready: a tick looks only at what changes by then.
//! A view of register rows; must not know the log, and does not ask what time it is.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use crate::clock::{State, soon_from};
use crate::order::Order as _;
use crate::register::{Brief, Summary};
use crate::time::{Civil, start_of};

/// Where an open obligation stands on today's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    Overdue,
    Today,
    /// Due on a later day.
    Later,
    /// A task without a due time, or one whose value or date is missing.
    Undated,
    /// Stands still for a recorded reason.
    Paused,
    /// Waits for something else to happen first.
    Waiting,
}

impl Bucket {
    /// In the order of the list.
    pub const ALL: [Bucket; 6] =
        [Bucket::Overdue, Bucket::Today, Bucket::Later, Bucket::Undated, Bucket::Paused, Bucket::Waiting];
}

/// The bucket of a clock in a state; `None` when it is over.
pub fn bucket(state: State, due: Option<Civil>, now: Civil) -> Option<Bucket> {
    match state {
        State::Met | State::MetLate | State::Superseded => None,
        State::Overdue => Some(Bucket::Overdue),
        State::DueSoon | State::Running if due.is_some_and(|due| due.date() == now.date()) => Some(Bucket::Today),
        State::DueSoon | State::Running => Some(Bucket::Later),
        State::Open | State::ValueMissing | State::DateMissing | State::Failed => Some(Bucket::Undated),
        State::Paused => Some(Bucket::Paused),
        State::Waiting => Some(Bucket::Waiting),
    }
}

/// One open obligation: a clock of an open case.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub case: Arc<Summary>,
    /// Index into the case's clocks.
    pub clock: usize,
    pub bucket: Bucket,
}

impl Item {
    pub fn brief(&self) -> &Brief {
        &self.case.clocks[self.clock]
    }
}

/// A clock of a row as it stood when it was last looked at.
#[derive(Clone, Copy)]
struct Entry {
    row: u32,
    clock: u16,
    soft: bool,
    bucket: Bucket,
    /// How many reminder levels were reached when it was last looked at.
    reached: u16,
    /// A level was reached and nobody has taken note of it yet.
    fresh: bool,
}

/// All open obligations of all rows at an instant.
#[derive(Default)]
pub struct Agenda {
    /// `None`: the row was replaced.
    rows: Vec<Option<Arc<Summary>>>,
    entries: Vec<Entry>,
    /// Another number whenever the list of [`Agenda::reminded`] may be another one.
    rung: u32,
    /// When an entry has to be looked at again: seconds, index of the entry.
    changes: BinaryHeap<Reverse<(i64, u32)>>,
    at: Civil,
}

impl Agenda {
    /// Looks at every clock of every row. Rows of closed and void cases have no obligations.
    pub fn new(rows: impl Iterator<Item = Arc<Summary>>, now: Civil) -> Agenda {
        let mut agenda = Agenda { at: now, ..Agenda::default() };
        let mut changes = Vec::new();
        for row in rows {
            agenda.take(row, &mut changes);
        }
        agenda.changes = BinaryHeap::from(changes);
        agenda
    }

    /// Begins anew with other rows, or at another time.
    pub fn replace(&mut self, rows: impl Iterator<Item = Arc<Summary>>, now: Civil) {
        let rung = self.rung.wrapping_add(1);
        *self = Agenda { rung, ..Agenda::new(rows, now) };
    }

    /// Puts a row in the place of its former version, or takes a new one in.
    pub fn put(&mut self, row: Arc<Summary>) {
        if let Some(place) = self.rows.iter().position(|known| known.as_ref().is_some_and(|known| known.id == row.id)) {
            self.rows[place] = None;
            // Its changes stay in the heap and find nothing when their time comes.
            self.entries.retain(|entry| entry.row != place as u32);
            self.rebuild_changes();
        }
        let mut changes = Vec::new();
        self.take(row, &mut changes);
        self.changes.extend(changes);
        self.rung = self.rung.wrapping_add(1);
    }

    /// Goes on to `now` (also back, when the device's clock was set back). True when anything changed its place.
    pub fn tick(&mut self, now: Civil) -> bool {
        if now < self.at {
            let rows = std::mem::take(&mut self.rows);
            self.replace(rows.into_iter().flatten(), now);
            return true;
        }
        self.at = now;
        let mut changed = false;
        while let Some(Reverse((at, index))) = self.changes.peek().copied() {
            if at > seconds(now) {
                break;
            }
            self.changes.pop();
            changed |= self.look_again(index, now);
        }
        changed
    }

    /// How many obligations stand in a bucket.
    pub fn count(&self, bucket: Bucket, soft: bool) -> usize {
        self.entries.iter().filter(|entry| entry.bucket == bucket && entry.soft == soft).count()
    }

    /// The first `limit` obligations of a bucket: by due time, undated ones by when they began.
    pub fn first(&self, bucket: Bucket, soft: bool, limit: usize) -> Vec<Item> {
        let key = |entry: &Entry| self.brief(entry).map(|brief| brief.due.unwrap_or(brief.since));
        let mut list: Vec<(Civil, u32)> = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            if entry.bucket != bucket || entry.soft != soft {
                continue;
            }
            let Some(at) = key(entry) else { continue };
            if list.len() < limit || list.last().is_some_and(|last| at < last.0) {
                let place = list.partition_point(|one| one.0 <= at);
                list.insert(place, (at, index as u32));
                list.truncate(limit);
            }
        }
        list.into_iter().filter_map(|(_, index)| self.item(index)).collect()
    }

    /// Every open obligation, bucket by bucket, hard before soft, by due time.
    pub fn all(&self) -> Vec<Item> {
        let mut list: Vec<Item> = (0..self.entries.len() as u32).filter_map(|index| self.item(index)).collect();
        list.order_by_key(|item| {
            let brief = item.brief();
            (item.bucket, brief.is_soft(), brief.due.unwrap_or(brief.since), item.case.id.clone())
        });
        list
    }

    /// Changes whenever [`Agenda::reminded`] may give another answer; [`Agenda::tick`] does not tell of that.
    pub fn rung(&self) -> u32 {
        self.rung
    }

    /// Running clocks that have reached a reminder level of which nobody has taken note; see [`Agenda::noted`].
    pub fn reminded(&self) -> Vec<(u32, Item)> {
        let fresh = self.entries.iter().enumerate().filter(|(_, entry)| entry.fresh && entry.bucket != Bucket::Paused);
        fresh.filter_map(|(index, _)| Some((index as u32, self.item(index as u32)?))).collect()
    }

    /// Takes note of what [`Agenda::reminded`] gave, so that it is not asked about again before a further level.
    pub fn noted(&mut self, index: u32) {
        if let Some(entry) = self.entries.get_mut(index as usize) {
            entry.fresh = false;
        }
    }

    /// Forgets all notes: somebody else works here now.
    pub fn remind_anew(&mut self) {
        self.entries.iter_mut().for_each(|entry| entry.fresh = entry.reached > 0);
        self.rung = self.rung.wrapping_add(1);
    }

    fn take(&mut self, row: Arc<Summary>, changes: &mut Vec<Reverse<(i64, u32)>>) {
        if !row.is_open() {
            return;
        }
        let place = self.rows.len() as u32;
        for (clock, brief) in row.clocks.iter().enumerate() {
            let Some(bucket) = bucket(brief.state(self.at), brief.due, self.at) else { continue };
            if let Some(at) = next_change(brief, self.at) {
                changes.push(Reverse((seconds(at), self.entries.len() as u32)));
            }
            let reached = reached(brief, self.at);
            let (soft, fresh) = (brief.is_soft(), reached > 0);
            self.entries.push(Entry { row: place, clock: clock as u16, soft, bucket, reached, fresh });
        }
        self.rows.push(Some(row));
    }

    /// Entries moved: their numbers in the heap are no longer true.
    fn rebuild_changes(&mut self) {
        let changes = self.entries.iter().enumerate().filter_map(|(index, entry)| {
            Some(Reverse((seconds(next_change(self.brief(entry)?, self.at)?), index as u32)))
        });
        self.changes = changes.collect::<Vec<_>>().into();
    }

    fn look_again(&mut self, index: u32, now: Civil) -> bool {
        let Some(entry) = self.entries.get(index as usize).copied() else { return false };
        let Some(brief) = self.brief(&entry) else { return false };
        let (found, next) = (bucket(brief.state(now), brief.due, now), next_change(brief, now));
        let level = reached(brief, now);
        if let Some(next) = next {
            self.changes.push(Reverse((seconds(next), index)));
        }
        let Some(found) = found else { return false };
        let known = &mut self.entries[index as usize];
        // A clock that is counting again may have levels that were reached meanwhile.
        let told = level > known.reached || (known.bucket == Bucket::Paused && known.fresh);
        let changed = known.bucket != found;
        (known.bucket, known.reached, known.fresh) = (found, level, known.fresh || level > known.reached);
        self.rung = self.rung.wrapping_add(u32::from(told));
        changed
    }

    fn brief(&self, entry: &Entry) -> Option<&Brief> {
        self.rows.get(entry.row as usize)?.as_ref()?.clocks.get(usize::from(entry.clock))
    }

    fn item(&self, index: u32) -> Option<Item> {
        let entry = self.entries.get(index as usize)?;
        let case = self.rows.get(entry.row as usize)?.clone()?;
        Some(Item { case, clock: usize::from(entry.clock), bucket: entry.bucket })
    }
}

/// How many reminder levels a clock has reached.
fn reached(brief: &Brief, now: Civil) -> u16 {
    brief.rungs.iter().take_while(|rung| rung.at <= now).count() as u16
}

/// The next instant after `now` at which a clock's state or bucket may be another one or a reminder level is reached, as
/// long as nothing is recorded.
pub fn next_change(brief: &Brief, now: Civil) -> Option<Civil> {
    if brief.done.is_some() || brief.superseded.is_some() {
        return None;
    }
    let second = chrono::Duration::seconds(1);
    let due = brief.due.into_iter().flat_map(|due| [start_of(due.date()), due + second]);
    let soon = brief.start.zip(brief.due).map(|(start, due)| soon_from(start, due));
    let pauses = brief.pauses.iter().flat_map(|pause| [Some(pause.from), pause.to]).flatten();
    let rungs = brief.rungs.iter().map(|rung| rung.at);
    due.chain(soon).chain(pauses).chain(rungs).filter(|at| *at > now).min()
}

fn seconds(at: Civil) -> i64 {
    at.and_utc().timestamp()
}
