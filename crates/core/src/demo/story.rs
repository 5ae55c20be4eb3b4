//! Tells one invented case: opens it, walks its path as far as its fate and the time allow, notes, closes.
//! Must not make an event by itself: everything goes through `decide`.

use crate::order::Gather as _;
use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::{Days, Timelike};
use serde_json::Value;

use super::random::Dice;
use super::texts::{Desk, Fate, PathStep, Place, Story, StoryDecision, Texts, Words};
use super::{DemoCase, DemoEntry, Plan, minutes, salt};
use crate::case::{Actor, CHANNEL, Case, Command, Ctx, Decision, Event, Hlc, SCHEMA, Suggested, decide, fold};
use crate::classify::{Classification, Classifier, Input};
use crate::clock::World;
use crate::pack::{Pack, Step};
use crate::time::{self, Civil};

/// What every case of one story shares.
pub(super) struct Teller<'a> {
    pub plan: &'a Plan,
    pub texts: &'a Texts,
    pub pack: &'a Pack,
    pub classifier: Rc<Classifier>,
    pub story: &'a Story,
    pub desk: &'a Desk,
    pub path: &'a [PathStep],
    pub world: &'a World,
}

/// What was dealt to one case.
pub(super) struct Sketch<'a> {
    pub index: usize,
    pub campus_index: usize,
    /// The campus the story is about.
    pub campus: Place,
    /// Where it is handled.
    pub place: Place,
    pub fate: Option<&'a Fate>,
    pub received: Civil,
    pub month: String,
    pub number: u32,
    pub dice: Dice,
    /// For ids only.
    pub ids: Dice,
}

/// A case while it is being written.
struct Writing<'a> {
    teller: &'a Teller<'a>,
    sketch: Sketch<'a>,
    words: Words<'a>,
    case: Option<Case>,
    events: Vec<Event>,
    entries: Vec<DemoEntry>,
    /// When the last entry was written.
    last: Civil,
    refused: &'a mut Vec<String>,
}

impl Teller<'_> {
    pub fn tell(&self, sketch: Sketch, refused: &mut Vec<String>) -> DemoCase {
        let last = sketch.received;
        let mut writing = Writing {
            teller: self,
            words: Words::new(&self.texts.slots, &self.story.slots),
            sketch,
            case: None,
            events: Vec::new(),
            entries: Vec::new(),
            last,
            refused,
        };
        let id = writing.open();
        writing.go_on();
        DemoCase { id, campus: writing.sketch.place.name, entries: writing.entries }
    }
}

impl Writing<'_> {
    fn open(&mut self) -> String {
        let (teller, texts) = (self.teller, self.teller.texts);
        let id = self.sketch.ids.uuid(utc_ms(self.sketch.received));
        self.put_facts();
        let number = self.fill(&texts.number);
        let mut values = self.intake();
        let text = self.sketch.dice.pick(&teller.story.texts).cloned().unwrap_or_default();
        let text = self.fill(&text);
        let found = teller.classifier.classify(teller.pack, &Input { text: &text, facts: &values, repeats: 0 });
        values.insert("text".into(), Value::from(text));
        let decisions = teller.story.decisions.iter().map(|decision| self.decision(decision, &found)).collect();
        let received_at = self.sketch.received;
        let command = Command::Open { case: id.clone(), number, received_at, values, decisions };
        self.act(&teller.desk.opener, received_at, command);
        id
    }

    /// Slots that follow from what was dealt.
    fn put_facts(&mut self) {
        let sketch = &mut self.sketch;
        let phone = format!("{}{:04}", self.teller.texts.phone, sketch.dice.below(10_000));
        let occurred = sketch.received - minutes(sketch.dice.between(90, 72 * 60));
        for (slot, word) in [
            ("code", sketch.place.code.clone()),
            ("month", sketch.month.clone()),
            ("n", format!("{:04}", sketch.number)),
            ("campus", sketch.campus.name.clone()),
            ("phone", phone),
            ("occurred", time::plain(occurred)),
        ] {
            self.words.put(slot, word);
        }
        self.words.put("receiver", self.actor(&self.teller.desk.opener).name);
    }

    /// The answers at intake; the story's own replace the shared ones. Only fields that the pack has.
    fn intake(&mut self) -> BTreeMap<String, Value> {
        let teller = self.teller;
        let mut templates: BTreeMap<&String, &Value> = teller.texts.intake.iter().gather();
        templates.extend(&teller.story.values);
        templates.retain(|id, _| teller.pack.field(id).is_some_and(|field| field.intake));
        let mut values: BTreeMap<String, Value> =
            templates.into_iter().map(|(id, value)| (id.clone(), self.fill_value(value))).gather();
        if let Some(channel) = self.sketch.dice.pick(&teller.pack.channels) {
            values.insert(CHANNEL.to_owned(), Value::from(channel.id.clone()));
        }
        values
    }

    fn decision(&mut self, decision: &StoryDecision, found: &Classification) -> Decision {
        let suggested = suggested(found, &decision.axis);
        let mut reason = self.fill(&decision.reason);
        if reason.is_empty() && suggested.as_ref().is_some_and(|one| one.classes != decision.classes) {
            reason = self.fill(&self.teller.texts.override_reason);
        }
        Decision {
            axis: decision.axis.clone(),
            classes: decision.classes.clone(),
            suggested,
            reason,
            second: String::new(),
        }
    }

    /// Everything after the opening. Ends when the fate, the time or a refusal says so.
    fn go_on(&mut self) -> Option<()> {
        let (teller, texts) = (self.teller, self.teller.texts);
        let fate = self.sketch.fate?;
        if self.sketch.dice.percent(texts.notes_percent) {
            let at = self.later(10, 150)?;
            let text = self.fill(&texts.note);
            self.act(&teller.desk.opener, at, Command::Note { text })?;
        }
        let percent = self.sketch.dice.between(fate.steps.0, fate.steps.1);
        let count = teller.path.len() * percent as usize / 100;
        for step in teller.path.iter().take(count) {
            self.step(step, fate.slow)?;
        }
        if fate.conflict {
            self.disagree()?;
        }
        if fate.mistake {
            let (at, reason) = (self.later(30, 300)?, self.fill(&texts.mistake_reason));
            self.act(&teller.desk.second, at, Command::VoidCase { reason })?;
        }
        if fate.close {
            let (at, reason) = (self.later(60, 1_500)?, self.fill(&texts.close_reason));
            self.act(&teller.desk.opener, at, Command::Close { reason })?;
        }
        if fate.reopen {
            let (at, reason) = (self.later(3_000, 9_000)?, self.fill(&texts.reopen_reason));
            self.act(&teller.desk.second, at, Command::Reopen { reason })?;
        }
        Some(())
    }

    fn step(&mut self, path: &PathStep, slow: u64) -> Option<()> {
        let pack = self.teller.pack;
        let Some(step) = pack.step(&path.step) else {
            self.refused.push(format!("{}: no step {}", pack.id, path.step));
            return None;
        };
        let at = self.later(path.hours.0 * 60 * slow + 4, path.hours.1 * 60 * slow + 40)?;
        let opener = &self.teller.desk.opener;
        let role = if step.roles.contains(opener) { opener } else { step.roles.first().unwrap_or(opener) };
        if let Some(red_line) = step.red_line.clone() {
            self.act(role, at, Command::ReadRedLine { red_line })?;
        }
        let values: BTreeMap<String, Value> =
            path.values.iter().map(|(id, value)| (id.clone(), self.fill_value(value))).gather();
        let note =
            if needs_reason(step, &path.outcome) { self.fill(&self.teller.texts.outcome_note) } else { String::new() };
        let (step, outcome) = (path.step.clone(), path.outcome.clone());
        self.act(role, at, Command::Step { step, outcome, at, values, note })
    }

    /// Two people write the same field, each on the case as it was before.
    fn disagree(&mut self) -> Option<()> {
        let (desk, conflict) = (self.teller.desk, &self.teller.texts.conflict);
        let at = self.later(5, 60)?;
        let before = self.case.clone();
        let texts = [
            (&desk.opener, &conflict.values.0, &conflict.reasons.0),
            (&desk.second, &conflict.values.1, &conflict.reasons.1),
        ];
        for (role, value, reason) in texts {
            let values = [(conflict.field.clone(), Value::from(self.fill(value)))].into_iter().gather();
            let reason = self.fill(reason);
            self.case.clone_from(&before);
            self.act(role, at, Command::Set { values, reason })?;
        }
        Some(())
    }

    /// Decides a command on the case as `self.case` knows it and writes down what follows; `None` ends the case.
    fn act(&mut self, role: &str, at: Civil, command: Command) -> Option<()> {
        let now = (at + minutes(self.sketch.dice.between(1, 6))).max(self.last + minutes(1));
        if now > self.teller.plan.now {
            return None;
        }
        let ctx = Ctx { now, actor: self.actor(role), world: self.teller.world };
        // What nothing later depends on needs no new look at the case.
        let looks = !matches!(command, Command::Note { .. } | Command::ReadRedLine { .. });
        match decide(self.case.as_ref(), self.teller.pack, command, &ctx) {
            Ok(drafts) => drafts.into_iter().for_each(|draft| self.write(draft, &ctx, role)),
            Err(refusal) => {
                self.refused.push(format!("{}: {refusal}", self.teller.pack.id));
                return None;
            }
        }
        self.last = now;
        if looks {
            self.case = fold(self.events.iter().cloned());
        }
        Some(())
    }

    fn write(&mut self, draft: crate::case::Draft, ctx: &Ctx, role: &str) {
        let ms = utc_ms(ctx.now);
        let id = self.sketch.ids.uuid(ms);
        let second = self.teller.texts.second_device.iter().any(|one| one == role);
        let (salt, code) = (salt(self.teller.plan) >> 32, self.sketch.place.code.to_lowercase());
        let device = format!("demo-{salt:08x}-{code}-{}", if second { 2 } else { 1 });
        let (kind, body) = draft.body.split();
        let n = self.events.len() as u32;
        // Only for folding here; sealing gives the place in the chain.
        self.events.push(Event {
            id: id.clone(),
            case: draft.case.clone(),
            device: device.clone(),
            seq: u64::from(n) + 1,
            prev: String::new(),
            hlc: Hlc { ms, n },
            at: draft.at,
            recorded_at: ctx.now,
            actor: ctx.actor.name.clone(),
            role: ctx.actor.role.clone(),
            campus: ctx.actor.campus.clone(),
            schema: SCHEMA,
            kind,
            base: draft.base.clone(),
            body,
        });
        self.entries.push(DemoEntry { id, device, actor: ctx.actor.clone(), now: ctx.now, draft });
    }

    /// A time within opening hours, so many minutes after the last entry; `None` when that lies in the future.
    fn later(&mut self, low: u64, high: u64) -> Option<Civil> {
        let wanted = self.last + minutes(self.sketch.dice.between(low, high.max(low)));
        let at = into_hours(wanted, self.teller.texts.hours);
        (at < self.teller.plan.now).then_some(at)
    }

    fn actor(&self, role: &str) -> Actor {
        let staff = &self.teller.texts.staff;
        let names = staff.get(role).or_else(|| staff.get("any")).map_or(&[][..], Vec::as_slice);
        let name = names.get(self.sketch.campus_index % names.len().max(1)).cloned().unwrap_or_default();
        Actor { name, role: role.to_owned(), campus: self.sketch.place.name.clone() }
    }

    fn fill(&mut self, template: &str) -> String {
        self.words.fill(template, &mut self.sketch.dice)
    }

    fn fill_value(&mut self, value: &Value) -> Value {
        self.words.fill_value(value, &mut self.sketch.dice)
    }
}

/// Into the opening hours: before them to their beginning, after them to the next day's.
pub(super) fn into_hours(at: Civil, (open, close): (u32, u32)) -> Civil {
    let opening = |at: Civil| at.with_hour(open.min(23)).unwrap_or(at);
    match at.hour() {
        hour if hour < open => opening(at),
        hour if hour >= close => opening(at.checked_add_days(Days::new(1)).unwrap_or(at)),
        _ => at,
    }
}

fn needs_reason(step: &Step, outcome: &str) -> bool {
    step.outcomes.iter().any(|one| one.id == outcome && one.reason)
}

/// What the program proposed on an axis, as a decision records it.
fn suggested(found: &Classification, axis: &str) -> Option<Suggested> {
    let axis = found.axis(axis).filter(|axis| !axis.suggested.is_empty())?;
    let fired = axis.ranked.iter().filter(|class| axis.suggested.contains(&class.class)).flat_map(|class| &class.fired);
    Some(Suggested {
        classes: axis.suggested.clone(),
        percent: axis.percent,
        rules: fired.map(|fired| fired.rule.clone()).collect(),
    })
}

/// UTC milliseconds since 1970 of a civil time.
pub(super) fn utc_ms(at: Civil) -> u64 {
    u64::try_from((at - chrono::Duration::hours(8)).and_utc().timestamp_millis()).unwrap_or(0)
}
