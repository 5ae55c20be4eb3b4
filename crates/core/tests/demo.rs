//! Invented cases: lawful, repeatable, in a realistic mix.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use shouwen_core::calendar::Calendar;
use shouwen_core::case::{Case, Event, Hlc, SCHEMA, Status, fold};
use shouwen_core::clock::{State, World, runs};
use shouwen_core::demo::{Demo, DemoError, Plan, generate};
use shouwen_core::{embedded, time};

const NOW: &str = "2026-11-20T15:30:00";

fn plan(cases: usize, seed: u64, campuses: usize) -> Plan {
    Plan { cases, seed, now: time::parse(NOW).unwrap(), campuses }
}

fn demo(cases: usize, seed: u64, campuses: usize) -> Demo {
    generate(&plan(cases, seed, campuses), &embedded::packs()).unwrap()
}

/// Folds as sealing would order it.
fn folded(demo: &Demo) -> Vec<Case> {
    let mut cases: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    let mut seqs: BTreeMap<String, u64> = BTreeMap::new();
    for (n, entry) in demo.clone().into_entries().into_iter().enumerate() {
        let seq = seqs.entry(entry.device.clone()).or_default();
        *seq += 1;
        let (kind, body) = entry.draft.body.split();
        cases.entry(entry.draft.case.clone()).or_default().push(Event {
            id: entry.id.clone(),
            case: entry.draft.case.clone(),
            device: entry.device.clone(),
            seq: *seq,
            prev: String::new(),
            hlc: Hlc { ms: entry.wall_ms(), n: n as u32 },
            at: entry.draft.at,
            recorded_at: entry.now,
            actor: entry.actor.name.clone(),
            role: entry.actor.role.clone(),
            campus: entry.actor.campus.clone(),
            schema: SCHEMA,
            kind,
            base: entry.draft.base.clone(),
            body,
        });
    }
    cases.into_values().filter_map(fold).collect()
}

#[test]
fn any_number_of_cases_is_lawful_and_in_the_past() {
    for (cases, seed, campuses) in [(0, 1, 1), (1, 1, 1), (24, 7, 2), (400, 42, 3), (50, 3, 0), (60, 9, 20)] {
        let demo = demo(cases, seed, campuses);
        assert_eq!(demo.cases.len(), cases);
        assert_eq!(demo.refused, Vec::<String>::new(), "seed {seed}");
        let now = time::parse(NOW).unwrap();
        let mut ids = BTreeSet::new();
        for case in &demo.cases {
            assert!(!case.entries.is_empty());
            for entry in &case.entries {
                assert!(ids.insert(entry.id.clone()), "id used twice");
                assert!(entry.now <= now && entry.draft.at <= entry.now, "{entry:?}");
                assert_eq!(entry.draft.case, case.id);
                assert!(!entry.actor.name.is_empty(), "{entry:?}");
                let text = format!("{:?}", entry.draft.body.split().1.to_string());
                assert!(!text.contains("{{") && !has_slot(&text), "unfilled: {text}");
            }
            assert!(case.entries.is_sorted_by_key(|entry| entry.now));
        }
        for case in folded(&demo) {
            assert!(case.anomalies.is_empty(), "{}: {:?}", case.number, case.anomalies);
        }
    }
}

/// `{word}` in the texts; JSON's own braces are followed by a quotation mark or close at once.
fn has_slot(text: &str) -> bool {
    text.split('{').skip(1).any(|after| after.starts_with(|c: char| c.is_ascii_lowercase()))
}

#[test]
fn the_same_plan_gives_the_same_cases() {
    assert_eq!(demo(60, 5, 3), demo(60, 5, 3));
    assert_ne!(demo(60, 5, 3), demo(60, 6, 3));
}

#[test]
fn demonstrations_do_not_meet() {
    let ids = |demo: Demo| -> BTreeSet<String> {
        demo.into_entries().into_iter().flat_map(|entry| [entry.id, entry.device, entry.draft.case]).collect()
    };
    let one = ids(demo(30, 5, 3));
    for other in [demo(31, 5, 3), demo(30, 6, 3), demo(30, 5, 2)] {
        assert!(one.is_disjoint(&ids(other)));
    }
}

#[test]
fn a_small_demonstration_shows_everything() {
    for seed in [1, 2, 3] {
        let demo = demo(24, seed, 2);
        let cases = folded(&demo);
        let campuses: BTreeSet<&str> = demo.cases.iter().map(|case| case.campus.as_str()).collect();
        assert_eq!(campuses.len(), 3, "two campuses and headquarters, seed {seed}");
        let numbers: BTreeSet<&str> = cases.iter().map(|case| case.number.as_str()).collect();
        assert_eq!(numbers.len(), cases.len(), "numbers are not unique, seed {seed}");
        for status in [Status::Open, Status::Closed, Status::Void] {
            assert!(cases.iter().any(|case| case.status() == status), "{status:?}, seed {seed}");
        }
        assert!(cases.iter().any(|case| !case.conflicts().is_empty()), "no conflict, seed {seed}");
        assert!(cases.iter().any(|case| case.happened("case_reopened")), "none reopened, seed {seed}");

        let now = time::parse(NOW).unwrap();
        let statutory = Calendar::statutory(Arc::new(embedded::statutory().unwrap()));
        let world = World { statutory, campuses: BTreeMap::new(), parameters: BTreeMap::new() };
        let packs = embedded::packs();
        let all: Vec<_> = cases
            .iter()
            .flat_map(|case| {
                let pack = packs.iter().find(|pack| pack.id == case.packs()[0].id).unwrap();
                runs(case, pack, &world)
            })
            .collect();
        for state in [State::Overdue, State::Met, State::MetLate] {
            assert!(all.iter().any(|run| !run.is_soft() && run.state(now) == state), "{state:?}, seed {seed}");
        }
        let today = |due: time::Civil| due >= now && due.date() == now.date();
        let open_today =
            all.iter().any(|run| run.state(now).is_open() && run.due.as_ref().is_some_and(|due| today(due.due)));
        assert!(open_today, "nothing is due today, seed {seed}");
    }
}

#[test]
fn without_a_fitting_pack_there_is_no_story() {
    assert!(matches!(generate(&plan(3, 1, 1), &[]), Err(DemoError::NoStory)));
}
