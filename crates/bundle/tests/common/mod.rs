//! Desks that write events, for the tests of this folder.
#![allow(dead_code)]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use shouwen_bundle::container::{Bundle, Caps, Kind, Origin, read, write};
use shouwen_bundle::merge::{Known, Preview, examine};
use shouwen_bundle::seal::{DeviceState, Sealed, seal};
use shouwen_core::case::{Actor, Body, Case, Draft, fold, written_registers};
use shouwen_core::pack::PackRef;
use shouwen_core::time::{Civil, parse};

/// 2026-10-01 09:00 in Shanghai.
pub const START_MS: u64 = 1_790_816_400_000;

pub fn civil(ms: u64) -> Civil {
    parse("2026-10-01T09:00:00").unwrap() + chrono::Duration::milliseconds(ms as i64 - START_MS as i64)
}

/// One browser profile with its own log.
#[derive(Clone)]
pub struct Desk {
    pub state: DeviceState,
    pub log: Vec<Sealed>,
    pub quarantine: Vec<String>,
    pub wall_ms: u64,
    pub actor: Actor,
}

impl Desk {
    pub fn new(device: &str) -> Self {
        let actor = Actor { name: format!("{device} 王"), role: "desk".into(), campus: format!("{device} 校区") };
        let state = DeviceState::new(device);
        Self { state, log: Vec::new(), quarantine: Vec::new(), wall_ms: START_MS, actor }
    }

    pub fn case(&self, id: &str) -> Option<Case> {
        fold(self.log.iter().filter(|one| one.event.case == id).map(|one| one.event.clone()))
    }

    /// Writes one event as the app would: with the base that this desk sees now.
    pub fn act(&mut self, ids: &mut u64, case: &str, body: Body) -> Sealed {
        self.wall_ms += 60_000;
        let names = written_registers(&body);
        let base = self.case(case).map(|one| one.base_of(names.iter().map(String::as_str))).unwrap_or_default();
        let at = civil(self.wall_ms.max(START_MS));
        let draft = Draft { case: case.into(), at, body, base };
        let mut new_id = || {
            *ids += 1;
            format!("{:08}-0000-7000-8000-000000000000", ids)
        };
        let sealed = seal(&mut self.state, &[draft], &self.actor, at, self.wall_ms, &mut new_id);
        self.log.extend(sealed.iter().cloned());
        sealed[0].clone()
    }

    pub fn known(&self) -> Known {
        Known::of(&self.log, self.quarantine.iter().map(String::as_str))
    }

    /// Takes a file in, as the app would.
    pub fn import(&mut self, text: &str) -> Preview {
        let bundle = read(text.as_bytes(), &Caps::default()).unwrap();
        let preview = examine(&bundle, &self.known());
        self.state.witness(preview.new.iter().map(|one| &one.event), self.wall_ms);
        self.log.extend(preview.new.iter().cloned());
        self.quarantine.extend(preview.quarantined.iter().map(|one| one.text.clone()));
        preview
    }

    pub fn export(&self) -> String {
        write(&self.bundle())
    }

    pub fn bundle(&self) -> Bundle {
        let mut bundle = Bundle::of_events(Kind::Full, origin(), &self.log, BTreeMap::new());
        bundle.pass_on(self.quarantine.iter().cloned());
        bundle
    }

    pub fn texts(&self) -> BTreeSet<&str> {
        self.log.iter().map(|one| one.text.as_str()).chain(self.quarantine.iter().map(String::as_str)).collect()
    }
}

pub fn origin() -> Origin {
    Origin {
        id: "b-1".into(),
        campus: "东校区".into(),
        device: "east".into(),
        created: parse("2026-10-31T18:00:00").unwrap(),
        app: "shouwen 0.1.0".into(),
    }
}

/// All cases of a set of events, folded.
pub fn cases(events: &[Sealed]) -> BTreeMap<String, Case> {
    let ids: BTreeSet<&String> = events.iter().map(|one| &one.event.case).collect();
    ids.into_iter()
        .filter_map(|id| {
            let of_case = events.iter().filter(|one| one.event.case == *id);
            Some((id.clone(), fold(of_case.map(|one| one.event.clone()))?))
        })
        .collect()
}

pub fn set(field: &str, value: Value) -> Body {
    Body::Set { values: BTreeMap::from([(field.to_owned(), value)]), reason: String::new() }
}

pub fn opened() -> Body {
    let packs = vec![PackRef { id: "example".into(), version: 1 }];
    Body::Opened { number: "TS-1".into(), packs, events: vec!["received".into()] }
}

pub fn note(text: &str) -> Body {
    Body::Note { text: text.into() }
}

/// The event's JSON with one change, as somebody with an editor would make it.
pub fn changed(one: &Sealed, key: &str, value: Value) -> Sealed {
    let mut json: Value = serde_json::from_str(&one.text).unwrap();
    json[key] = value;
    Sealed::from_value(json).unwrap()
}

/// A bundle document around any events, with a right digest.
pub fn around(events: Vec<Value>) -> String {
    let mut bundle = Bundle::of_events(Kind::Full, origin(), &[], BTreeMap::new());
    bundle.events = events.iter().map(Value::to_string).collect();
    write(&bundle)
}

/// Every kind of body that this build writes.
pub fn every_body(target: &str) -> Vec<Body> {
    let values = BTreeMap::from([("phone".to_owned(), json!("13800000000")), ("amount".to_owned(), json!(1200))]);
    let packs = vec![PackRef { id: "example".into(), version: 2 }];
    let due = parse("2026-10-20T18:00:00").unwrap();
    let reason = || "原因".to_owned();
    vec![
        opened(),
        Body::Set { values: values.clone(), reason: reason() },
        Body::Classified {
            axis: "nature".into(),
            classes: vec!["problem".into()],
            suggested: None,
            reason: reason(),
            second: "李".into(),
            events: Vec::new(),
        },
        Body::Found { finding: "valid".into(), value: json!("yes"), reason: reason() },
        Body::Step {
            step: "call".into(),
            outcome: "ok".into(),
            events: vec!["called".into()],
            values,
            note: "记".into(),
        },
        note("<script>alert(1)</script> 家长说"),
        Body::Attached {
            sha256: "00".into(),
            name: "照片.jpg".into(),
            mime: "image/jpeg".into(),
            size: 3,
            note: String::new(),
        },
        Body::DueSet { clock: "reply".into(), due, reason: reason() },
        Body::Paused {
            clock: "reply".into(),
            reason: reason(),
            ground: String::new(),
            evidence: String::new(),
            until: None,
        },
        Body::Resumed { clock: "reply".into(), reason: reason() },
        Body::LateReason { clock: "reply".into(), reason: reason() },
        Body::RedLineRead { red_line: "r1".into() },
        Body::Closed { reason: reason() },
        Body::Reopened { reason: reason() },
        Body::CaseVoided { reason: reason() },
        Body::Voided { event: target.into(), reason: reason() },
        Body::Upgraded { packs, reason: reason() },
    ]
}
