//! Invented cases for demonstration and measuring, the same for the same plan; every step goes through `decide`.
//! Must not know a clock, randomness or a regime's words: seed and time come in, texts and paths are data.

mod random;
mod story;
mod texts;

use crate::order::Gather as _;
use crate::order::Order as _;
use std::collections::BTreeMap;

use chrono::{Datelike, Duration};

use crate::calendar::Calendar;
use crate::case::{Actor, Draft};
use crate::classify::Classifier;
use crate::clock::World;
use crate::pack::Pack;
use crate::time::Civil;

use random::Dice;
use story::{Sketch, Teller};
pub use texts::{DemoError, Texts};

/// What to invent.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub cases: usize,
    /// The same seed gives the same cases.
    pub seed: u64,
    /// The present: nothing happens later.
    pub now: Civil,
    /// Number of campuses beside headquarters, at least 1.
    pub campuses: usize,
}

/// One invented case.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoCase {
    pub id: String,
    pub campus: String,
    /// In the order in which they happen.
    pub entries: Vec<DemoEntry>,
}

/// A draft with everything that sealing needs. The id must be used as it is: later drafts name it in their `base`.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoEntry {
    pub id: String,
    pub device: String,
    pub actor: Actor,
    /// When it is written down.
    pub now: Civil,
    pub draft: Draft,
}

/// Invented cases, in the order of their receipt.
#[derive(Clone, Debug, PartialEq)]
pub struct Demo {
    pub cases: Vec<DemoCase>,
    /// Commands that a pack did not allow (the data and the pack do not fit); those cases stop there.
    pub refused: Vec<String>,
}

impl DemoEntry {
    /// UTC milliseconds since 1970: the wall clock of sealing.
    pub fn wall_ms(&self) -> u64 {
        story::utc_ms(self.now)
    }
}

impl Demo {
    /// All entries in the order in which they were written: the order of sealing.
    pub fn into_entries(self) -> Vec<DemoEntry> {
        let mut all: Vec<DemoEntry> = self.cases.into_iter().flat_map(|case| case.entries).collect();
        // Stable: entries of one case and one moment keep their order.
        all.order_by_key(|entry| entry.now);
        all
    }
}

/// Invents cases from the texts of this build for those of `packs` that they have stories for.
///
/// # Errors
/// Texts that cannot be read; no story for any of the packs.
pub fn generate(plan: &Plan, packs: &[Pack]) -> Result<Demo, DemoError> {
    generate_from(plan, packs, &Texts::embedded()?)
}

/// The same with other texts.
pub fn generate_from(plan: &Plan, packs: &[Pack], texts: &Texts) -> Result<Demo, DemoError> {
    // Stories neither extend nor pause a clock: calendars do not matter.
    let world = World::new(Calendar::weekdays());
    let tellers = tellers(plan, packs, texts, &world);
    let weight: u64 = tellers.iter().map(|teller| teller.story.weight).sum();
    if weight == 0 {
        return Err(DemoError::NoStory);
    }
    let mut sketches: Vec<(usize, Sketch)> =
        (0..plan.cases).map(|index| sketch(plan, texts, &tellers, weight, index)).collect();
    sketches.order_by_key(|(_, sketch)| (sketch.received, sketch.index));

    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut demo = Demo { cases: Vec::with_capacity(plan.cases), refused: Vec::new() };
    for (teller, mut sketch) in sketches {
        let Some(teller) = tellers.get(teller) else { continue };
        let month = format!("{:02}{:02}", sketch.received.year() % 100, sketch.received.month());
        let number = numbers.entry(format!("{}{month}", sketch.place.code)).or_default();
        *number += 1;
        sketch.month = month;
        sketch.number = *number;
        demo.cases.push(teller.tell(sketch, &mut demo.refused));
    }
    Ok(demo)
}

/// One for each story whose pack and path exist.
fn tellers<'a>(plan: &'a Plan, packs: &'a [Pack], texts: &'a Texts, world: &'a World) -> Vec<Teller<'a>> {
    let classifiers: BTreeMap<&str, std::rc::Rc<Classifier>> =
        packs.iter().map(|pack| (pack.id.as_str(), std::rc::Rc::new(Classifier::new(pack)))).gather();
    let teller = |story: &'a texts::Story| {
        let pack = packs.iter().find(|pack| pack.id == story.pack)?;
        Some(Teller {
            plan,
            texts,
            pack,
            classifier: classifiers.get(pack.id.as_str())?.clone(),
            story,
            desk: texts.desks.get(&story.pack)?,
            path: texts.paths.get(&story.path)?,
            world,
        })
    };
    texts.stories.iter().filter_map(teller).collect()
}

/// Deals a story, a place, a fate and a time of receipt. Returns the index of the story's teller as well.
fn sketch<'a>(plan: &Plan, texts: &'a Texts, tellers: &[Teller], weight: u64, index: usize) -> (usize, Sketch<'a>) {
    let mut dice = Dice::new(plan.seed, index as u64);
    let mut left = dice.below(weight);
    let passed = |teller: &Teller| {
        let here = left < teller.story.weight;
        left = left.saturating_sub(teller.story.weight);
        here
    };
    let chosen = tellers.iter().position(passed).unwrap_or(0);
    let at_home = tellers.get(chosen).is_some_and(|teller| teller.desk.headquarters);
    let campus_index = dice.below(plan.campuses.max(1) as u64) as usize;
    let campus = campus(texts, campus_index);
    let place = if at_home { texts.headquarters.clone() } else { campus.clone() };
    let fate = texts.mix.get(index % texts.mix.len().max(1));
    let fate = fate.and_then(|id| texts.fates.iter().find(|fate| fate.id == *id)).or(texts.fates.first());
    let age = fate.map_or(0, |fate| dice.between(fate.age_hours.0 * 60, fate.age_hours.1 * 60));
    let wanted = story::into_hours(plan.now - minutes(age), texts.hours);
    let latest = plan.now - minutes(dice.between(12, 50));
    let received = wanted.min(latest);
    let ids = Dice::new(salt(plan), index as u64);
    let (month, number) = (String::new(), 0);
    let sketch = Sketch { index, campus_index, campus, place, fate, received, month, number, dice, ids };
    (chosen, sketch)
}

/// The campus with this index; beyond the named ones the names get a number.
fn campus(texts: &Texts, index: usize) -> texts::Place {
    let round = index / texts.campuses.len().max(1);
    let named = texts.campuses.get(index % texts.campuses.len().max(1)).unwrap_or(&texts.headquarters);
    let suffix = if round == 0 { String::new() } else { (round + 1).to_string() };
    texts::Place { name: format!("{}{suffix}", named.name), code: format!("{}{suffix}", named.code) }
}

/// Differs for every plan, so that ids and devices of two demonstrations never meet.
fn salt(plan: &Plan) -> u64 {
    [plan.cases as u64, plan.campuses as u64, story::utc_ms(plan.now)]
        .into_iter()
        .fold(plan.seed, |salt, part| Dice::new(salt, part).next())
}

fn minutes(count: u64) -> Duration {
    Duration::minutes(i64::try_from(count).unwrap_or(0))
}
