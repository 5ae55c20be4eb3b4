//! A case in the making, for the tests of clocks: commands go through `decide`, drafts become events.
#![allow(dead_code)]

use std::collections::BTreeMap;

use serde_json::json;
use shouwen_core::calendar::{Base, Calendar, Schedule};
use shouwen_core::case::{Actor, Case, Command, Ctx, Decision, Draft, Event, Hlc, Refusal, SCHEMA, decide, fold};
use shouwen_core::clock::{Run, World, runs};
use shouwen_core::embedded;
use shouwen_core::pack::Pack;
use shouwen_core::time::{self, Civil};

pub fn at(text: &str) -> Civil {
    time::parse(text).unwrap()
}

pub fn pack(id: &str) -> Pack {
    embedded::packs().into_iter().find(|pack| pack.id == id).unwrap()
}

pub fn world() -> World {
    let statutory = std::sync::Arc::new(embedded::statutory().unwrap());
    World { statutory: Calendar::statutory(statutory), campuses: BTreeMap::new(), parameters: BTreeMap::new() }
}

/// The same with a timetable for the campus: it rests on Mondays and Tuesdays.
pub fn world_with_timetable() -> World {
    let statutory = std::sync::Arc::new(embedded::statutory().unwrap());
    let (short, long) = (r#"[["14:00","20:30"]]"#, r#"[["08:30","12:00"],["13:00","20:00"]]"#);
    let week = format!(r#"{{"wed":{short},"thu":{short},"fri":{short},"sat":{long},"sun":{long}}}"#);
    let schedule: Schedule = serde_json::from_str(&week).unwrap();
    let campus = Calendar::campus(schedule, Base::Statutory(statutory));
    World { campuses: BTreeMap::from([("城北校区".to_owned(), campus)]), ..world() }
}

/// A case in the making: every command goes through `decide`, every draft becomes an event.
pub struct Story {
    pub pack: Pack,
    pub world: World,
    pub events: Vec<Event>,
}

impl Story {
    /// By a pack that is built in, on statutory days.
    pub fn open(pack_id: &str, received: &str, classes: &[(&str, &str)]) -> Story {
        Story::open_with(pack(pack_id), world(), received, classes)
    }

    pub fn open_with(pack: Pack, world: World, received: &str, classes: &[(&str, &str)]) -> Story {
        let mut story = Story { pack, world, events: Vec::new() };
        let decisions = classes
            .iter()
            .map(|(axis, class)| Decision {
                axis: (*axis).into(),
                classes: vec![(*class).into()],
                reason: "写明依据".into(),
                second: "复核人".into(),
                ..Decision::default()
            })
            .collect();
        let command = Command::Open {
            case: "c1".into(),
            number: "城北-26-0001".into(),
            received_at: at(received),
            values: BTreeMap::from([("text".into(), json!("换了三个老师")), ("name".into(), json!("林女士"))]),
            decisions,
        };
        story.command(received, command).unwrap();
        story
    }

    pub fn case(&self) -> Option<Case> {
        fold(self.events.clone())
    }

    pub fn command(&mut self, now: &str, command: Command) -> Result<(), Refusal> {
        self.command_as("admin", now, command)
    }

    pub fn command_as(&mut self, role: &str, now: &str, command: Command) -> Result<(), Refusal> {
        let actor = Actor { name: "周老师".into(), role: role.into(), campus: "城北校区".into() };
        let ctx = Ctx { now: at(now), actor, world: &self.world };
        let drafts = decide(self.case().as_ref(), &self.pack, command, &ctx)?;
        for draft in drafts {
            self.events.push(event(self.events.len() as u64 + 1, at(now), draft));
        }
        Ok(())
    }

    pub fn step(&mut self, now: &str, step: &str, outcome: &str) -> &mut Story {
        let command = Command::Step {
            step: step.into(),
            outcome: outcome.into(),
            at: at(now),
            values: BTreeMap::new(),
            note: "记录".into(),
        };
        self.command(now, command).unwrap_or_else(|refusal| panic!("{step}: {refusal}"));
        self
    }

    pub fn classify(&mut self, now: &str, axis: &str, class: &str) -> &mut Story {
        let decision = Decision {
            axis: axis.into(),
            classes: vec![class.into()],
            reason: "改类理由".into(),
            second: "复核人".into(),
            ..Decision::default()
        };
        self.command(now, Command::Classify(decision)).unwrap();
        self
    }

    pub fn runs(&self) -> Vec<Run> {
        runs(&self.case().unwrap(), &self.pack, &self.world)
    }

    /// `state start due` of every run of a clock, at an instant.
    pub fn shown(&self, clock: &str, now: &str) -> Vec<String> {
        let text = |at: Option<Civil>| at.map_or("-".to_owned(), time::plain);
        self.runs()
            .iter()
            .filter(|run| run.clock == clock)
            .map(|run| {
                let due = run.due.as_ref().map(|due| due.due);
                format!("{} {} {}", run.state_name(at(now)), text(run.start), text(due))
            })
            .collect()
    }

    #[track_caller]
    pub fn check(&self, clock: &str, now: &str, want: &[&str]) {
        assert_eq!(self.shown(clock, now), want, "{clock} at {now}");
    }
}

pub fn event(seq: u64, now: Civil, draft: Draft) -> Event {
    let (kind, body) = draft.body.split();
    let ms = u64::try_from(now.and_utc().timestamp_millis() - 8 * 3_600_000).unwrap();
    Event {
        id: format!("e{seq:04}"),
        case: draft.case,
        device: "d1".into(),
        seq,
        prev: String::new(),
        hlc: Hlc { ms, n: seq as u32 },
        at: draft.at,
        recorded_at: now,
        actor: "周老师".into(),
        role: "admin".into(),
        campus: "城北校区".into(),
        schema: SCHEMA,
        kind,
        base: draft.base,
        body,
    }
}
