//! A case under an ordinary pack and a plan beside it: whose clocks run from when, what each asks and offers, and what is
//! left when the plan is taken away. By two invented packs whose ids collide on purpose; times computed by hand.
//! (2026-11-16 is a Monday; November 2026 has no holiday.)

mod case_support;

use std::collections::BTreeMap;
use std::sync::Arc;

use case_support::*;
use proptest::prelude::*;
use serde_json::{Value, json};
use shouwen_core::agenda::{Agenda, next_change};
use shouwen_core::case::{Command, Decision, Event, Refusal, StepState, fold, step_state};
use shouwen_core::clock::{Run, World, runs};
use shouwen_core::pack::{self, Pack, PackRef, Plan, united};
use shouwen_core::register::Summary;
use shouwen_core::time::{self, Civil};

fn made(id: &str, more: Value) -> Pack {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let named = |id: &str| json!({ "id": id, "label": text(id) });
    let class = |id: &str| json!({ "id": id, "label": text(id), "criteria": text(id), "clause": "X 1" });
    let mut pack = json!({
        "format": "shouwen-pack/1", "id": id, "version": 1, "effective_from": "2026-01-01",
        "title": text(id), "summary": text("只用于测试"),
        "sources": [{ "id": "X", "title": text("试验"), "state": text("虚构") }],
        "roles": [{ "id": "leader", "label": text(&format!("{id} leader")) }, named("admin")],
        "fields": [{ "id": "text", "label": text("内容"), "kind": "paragraph", "intake": true },
            { "id": "name", "label": text("姓名"), "kind": "line", "intake": true, "personal": true },
            { "id": "minutes", "label": text("纪要"), "kind": "paragraph" }],
        "axes": [
            { "id": "kind", "label": text("类"), "question": text("哪一类？"), "clause": "X 1", "required": true, "classes": [class("a"), class("b")] },
            { "id": "flags", "label": text("标记"), "question": text("哪些？"), "clause": "X 1", "many": true, "classes": [class("press")] }],
        "findings": [{ "id": "fault", "label": text("责任"), "clause": "X 1", "options": [named("yes"), named("no")] }],
        "red_lines": [{ "id": "r", "title": text("红线"), "why": text("不合法"), "instead": text("合法"), "clause": "X 1",
            "when": { "finding": { "id": "fault", "is": "yes" } } }],
    });
    pack.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    pack::load(&pack.to_string()).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn step(id: &str, emits: &[&str]) -> Value {
    json!({ "id": id, "label": { "zh": id, "en": id }, "roles": ["admin"], "emits": emits, "again": true, "asks": ["minutes"], "clause": "X 1" })
}

fn clock(id: &str, start: &str, stop: &[&str], hours: u32, more: Value) -> Value {
    let mut clock = json!({ "id": id, "label": { "zh": id, "en": id }, "kind": "hard", "owner": ["leader"],
        "start": [start], "stop": stop, "limit": { "count": hours, "unit": "hour" }, "clause": "X 1" });
    clock.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    clock
}

fn events(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({ "id": id, "label": { "zh": id, "en": id } })).collect()
}

fn ordinary() -> Pack {
    made(
        "ordinary",
        json!({
            "events": events(&["received", "class_set", "recorded", "replied"]),
            "clocks": [clock("D1", "received", &["replied"], 48, json!({ "extend_by": ["leader"] })),
                clock("D2", "class_set", &["replied"], 10, json!({}))],
            "steps": [step("record", &["recorded"]), step("reply", &["replied"])],
        }),
    )
}

fn plan() -> Pack {
    let level = json!({ "id": "over", "at": "overdue", "tell": ["leader"], "say": { "zh": "超期", "en": "late" } });
    made(
        "plan",
        json!({
            "companion": true,
            "events": events(&["received", "class_set", "recorded", "p_on", "p_met", "p_off"]),
            "clocks": [clock("D1", "received", &["p_on"], 2, json!({ "extend_by": ["leader"] })),
                clock("D2", "class_set", &["p_met"], 4, json!({ "when": { "class": { "axis": "kind", "is": "b" } } })),
                clock("D3", "received", &["recorded"], 1, json!({})),
                clock("D4", "p_on", &["p_met"], 3, json!({ "not_after": ["D1"], "again": true })),
                clock("D5", "p_on", &["p_off"], 0, json!({ "kind": "missing", "parameter": "hours", "limit": { "count": 1, "unit": "hour" } })),
                clock("D6", "", &[], 0, json!({ "kind": "recurring", "every": "week_end", "start": [], "limit": null }))],
            "ladder": [level],
            "steps": [step("reply", &["p_on"]), step("note", &["recorded"]), step("meeting", &["p_met"]), step("end", &["p_off"])],
            "parameters": [{ "id": "hours", "label": { "zh": "时数", "en": "hours" }, "kind": "number", "clause": "X 3" }],
            "emergency": { "label": { "zh": "小组", "en": "group" }, "activation": { "zh": "启动", "en": "on" }, "on": "p_on",
                "activate_when": { "class": { "axis": "kind", "is": "b" } },
                "termination": { "zh": "终止", "en": "off" }, "off": "p_off", "clause": "X 1",
                "group": [{ "role": "leader", "part": { "zh": "组长", "en": "head" }, "duty": { "zh": "指挥", "en": "leads" } }],
                "steps": ["reply", "meeting", "end"] },
        }),
    )
}

fn whole(present: bool) -> Pack {
    united(&ordinary(), vec![Plan { pack: &plan(), present }]).0
}

fn with_hours(hours: u32) -> World {
    World { parameters: BTreeMap::from([("plan.hours".to_owned(), json!(hours))]), ..world() }
}

fn both() -> Vec<PackRef> {
    vec![ordinary().reference(), plan().reference()]
}

fn change(packs: Vec<PackRef>) -> Command {
    Command::Upgrade { packs, reason: "需要".into() }
}

fn start() -> Story {
    Story::open_with(ordinary(), with_hours(5), "2026-11-16T10:00", &[("kind", "a")])
}

/// The plan is added; from here on the case is read with both packs.
fn add(story: &mut Story, now: &str) {
    story.pack = whole(true);
    story.command(now, change(both())).unwrap();
}

fn remove(story: &mut Story, now: &str) {
    story.command(now, change(vec![ordinary().reference()])).unwrap();
    story.pack = whole(false);
}

#[test]
fn what_began_before_the_plan_begins_with_it() {
    let mut story = start();
    add(&mut story, "2026-11-17T09:00");
    // The ordinary clocks do not notice.
    story.check("D1", "2026-11-17T09:30", &["running 2026-11-16T10:00:00 2026-11-18T10:00:00"]);
    story.check("D2", "2026-11-17T09:30", &["overdue 2026-11-16T10:00:00 2026-11-16T20:00:00"]);
    story.check("plan:D1", "2026-11-17T09:30", &["running 2026-11-17T09:00:00 2026-11-17T11:00:00"]);
    story.check("plan:D3", "2026-11-17T09:29", &["running 2026-11-17T09:00:00 2026-11-17T10:00:00"]);
    story.check("plan:D4", "2026-11-17T09:30", &["waiting - -"]);
    let with_plan: Vec<String> = story.runs().into_iter().filter(|run| run.with_plan).map(|run| run.clock).collect();
    assert_eq!(with_plan, ["plan:D1", "plan:D3"]);
    // The same id, two steps: each ends its own clock.
    story.step("2026-11-17T10:30", "plan:reply", "");
    story.check("plan:D1", "2026-11-17T10:31", &["met 2026-11-17T09:00:00 2026-11-17T11:00:00"]);
    story.check("D1", "2026-11-17T10:31", &["running 2026-11-16T10:00:00 2026-11-18T10:00:00"]);
    // Three hours, but not after the plan's own D1, which has two.
    story.check("plan:D4", "2026-11-17T10:31", &["due_soon 2026-11-17T10:30:00 2026-11-17T11:00:00"]);
    story.check("plan:D5", "2026-11-17T10:31", &["running 2026-11-17T10:30:00 2026-11-17T15:30:00"]);
    story.step("2026-11-17T10:40", "reply", "");
    story.check("D1", "2026-11-17T10:41", &["met 2026-11-16T10:00:00 2026-11-18T10:00:00"]);
}

#[test]
fn what_was_over_before_the_plan_is_not_asked_for() {
    let mut story = start();
    story.step("2026-11-16T11:00", "record", "");
    add(&mut story, "2026-11-17T09:00");
    story.check("plan:D3", "2026-11-17T09:30", &[]);
    story.check("plan:D1", "2026-11-17T09:30", &["running 2026-11-17T09:00:00 2026-11-17T11:00:00"]);
}

#[test]
fn a_case_opened_under_both_counts_both_from_receipt() {
    let mut story = start();
    story.pack = whole(true);
    story.events[0].body["packs"] = serde_json::to_value(both()).unwrap();
    story.check("plan:D1", "2026-11-16T10:30", &["running 2026-11-16T10:00:00 2026-11-16T12:00:00"]);
    story.step("2026-11-16T10:40", "record", "");
    story.check("plan:D3", "2026-11-16T10:41", &["met 2026-11-16T10:00:00 2026-11-16T11:00:00"]);
    assert!(!story.runs().iter().any(|run| run.with_plan));
}

#[test]
fn decisions_findings_and_roles_are_each_packs_own() {
    let mut story = start();
    add(&mut story, "2026-11-17T09:00");
    let close = || Command::Close { reason: "办完".into() };
    assert_eq!(story.command("2026-11-17T09:10", close()), Err(Refusal::Undecided("plan:kind".into())));
    story.classify("2026-11-17T09:20", "plan:kind", "b");
    let case = story.case().unwrap();
    assert_eq!((case.classes("kind"), case.classes("plan:kind")), (vec!["a".into()], vec!["b".into()]));
    // The plan's decision starts the plan's clock and not the ordinary one, and the other way round.
    story.check("plan:D2", "2026-11-17T09:30", &["running 2026-11-17T09:20:00 2026-11-17T13:20:00"]);
    story.check("D2", "2026-11-17T09:30", &["overdue 2026-11-16T10:00:00 2026-11-16T20:00:00"]);
    // What both ask in the same words is asked once.
    let axes: Vec<&str> = story.pack.axes.iter().map(|axis| axis.id.as_str()).collect();
    assert_eq!(axes, ["kind", "flags", "plan:kind"]);
    let find = |id: &str| Command::Find { finding: id.into(), value: json!("yes"), reason: "查明".into() };
    story.command("2026-11-17T09:30", find("plan:fault")).unwrap();
    let facts = story.case().unwrap();
    let facts = shouwen_core::case::CaseFacts(&facts);
    let shown = |id: &str| story.pack.red_line(id).unwrap().when.as_ref().unwrap().holds(&facts);
    assert_eq!((shown("r"), shown("plan:r")), (false, true));
    // The two leaders are not the same person.
    let extend =
        |clock: &str, due: &str| Command::SetDue { clock: clock.into(), due: at(due), reason: "批准".into() };
    let mut as_role =
        |role: &str, clock: &str| story.command_as(role, "2026-11-17T09:40", extend(clock, "2026-11-20T10:00"));
    assert_eq!(as_role("leader", "plan:D1"), Err(Refusal::NotExtendable));
    assert_eq!(as_role("plan:leader", "D1"), Err(Refusal::NotExtendable));
    as_role("leader", "D1").unwrap();
    as_role("plan:leader", "plan:D1").unwrap();
    story.check("D1", "2026-11-17T09:50", &["running 2026-11-16T10:00:00 2026-11-20T10:00:00"]);
    story.check("plan:D1", "2026-11-17T09:50", &["running 2026-11-17T09:00:00 2026-11-20T10:00:00"]);
}

#[test]
fn a_plan_that_is_taken_away_leaves_what_is_finished() {
    let mut story = start();
    add(&mut story, "2026-11-17T09:00");
    story.step("2026-11-17T09:10", "record", "");
    assert_eq!(story.case().unwrap().plans_left(), []);
    remove(&mut story, "2026-11-17T09:30");
    let case = story.case().unwrap();
    assert_eq!((case.packs(), case.plans_left()), (vec![ordinary().reference()], vec![plan().reference()]));
    story.check("plan:D3", "2026-11-18T09:00", &["met 2026-11-17T09:00:00 2026-11-17T10:00:00"]);
    story.check("plan:D1", "2026-11-18T09:00", &["superseded 2026-11-17T09:00:00 2026-11-17T11:00:00"]);
    story.check("plan:D4", "2026-11-18T09:00", &[]);
    story.check("D1", "2026-11-18T09:00", &["due_soon 2026-11-16T10:00:00 2026-11-18T10:00:00"]);
    // It offers and asks nothing any more.
    let meeting = story.pack.step("plan:meeting").unwrap();
    assert_eq!(step_state(&case, meeting), StepState::NotApplicable);
    story.command("2026-11-18T09:00", Command::Close { reason: "办完".into() }).unwrap();
    // The row keeps its names.
    assert_eq!(Summary::of(&story.case().unwrap(), &story.runs()).plans_left, [plan().reference()]);
}

#[test]
fn a_withdrawn_addition_never_was() {
    let mut story = start();
    let before = shape(&story.runs());
    add(&mut story, "2026-11-17T09:00");
    let event = story.events.last().unwrap().id.clone();
    story.command("2026-11-17T09:30", Command::Void { event, reason: "加错".into() }).unwrap();
    assert_eq!(shape(&story.runs()), before);
    assert_eq!(story.case().unwrap().packs(), [ordinary().reference()]);
    // Added again, it counts from then.
    add(&mut story, "2026-11-17T10:00");
    story.check("plan:D1", "2026-11-17T10:30", &["running 2026-11-17T10:00:00 2026-11-17T12:00:00"]);
}

#[test]
fn lists_of_packs_that_make_no_sense_are_refused() {
    let mut story = start();
    let unknown = || Err(Refusal::Unknown("packs".into()));
    let one = ordinary().reference();
    for (packs, want) in [
        (vec![], unknown()),
        (vec![one.clone(), PackRef { version: 2, ..one.clone() }], unknown()),
        (vec![one.clone()], Err(Refusal::NoChange)),
        (both(), Ok(())),
        (both(), Err(Refusal::NoChange)),
    ] {
        assert_eq!(story.command("2026-11-17T09:00", change(packs.clone())), want, "{packs:?}");
    }
}

#[test]
fn every_meeting_keeps_all_that_was_said() {
    let mut story = start();
    add(&mut story, "2026-11-17T09:00");
    let meeting = |now: &str| Command::Step {
        step: "plan:meeting".into(),
        outcome: String::new(),
        at: at(now),
        values: BTreeMap::from([("minutes".to_owned(), json!("决定回访"))]),
        note: String::new(),
    };
    for now in ["2026-11-17T10:00", "2026-11-17T11:00"] {
        story.command(now, meeting(now)).unwrap();
        assert_eq!(story.events.last().unwrap().body["values"]["minutes"], "决定回访");
    }
}

#[test]
fn a_plan_has_its_own_reminders_and_its_own_values() {
    let whole = whole(true);
    assert_eq!(whole.clock("D1").unwrap().ladder, None);
    let ladder = whole.clock("plan:D1").unwrap().ladder.clone().unwrap();
    assert_eq!(ladder[0].tell, ["plan:leader"]);
    assert!(!whole.clocks.iter().any(|clock| clock.id.ends_with("D6")), "duties are the desk's");
    let parameter = |world: &World| world.parameter(&whole, "plan:hours").cloned();
    assert_eq!((parameter(&with_hours(5)), parameter(&world())), (Some(json!(5)), None));
}

fn shape(runs: &[Run]) -> Vec<String> {
    let text = |at: Option<Civil>| at.map_or("-".to_owned(), time::plain);
    let line = |run: &Run| {
        let due = run.due.as_ref().map(|due| due.due);
        let times = [run.start, due, run.done_at, run.superseded_at].map(text);
        format!("{} {} {}", run.clock, run.with_plan, times.join(" "))
    };
    runs.iter().map(line).collect()
}

/// A case with many changes of its packs.
fn long_story(turns: &[u8]) -> Story {
    let mut story = start();
    let mut now = at("2026-11-16T12:00");
    let mut there = false;
    for turn in turns {
        now += chrono::Duration::minutes(47);
        let text = time::plain(now);
        match turn {
            0 if there => remove(&mut story, &text),
            0 => add(&mut story, &text),
            1 => drop(story.step(&text, "record", "")),
            2 => drop(story.step(&text, "reply", "")),
            3 if there => drop(story.step(&text, "plan:reply", "")),
            4 if there => drop(story.step(&text, "plan:meeting", "")),
            5 if there => {
                let class = if story.case().unwrap().classes("plan:kind") == ["b"] { "a" } else { "b" };
                let decision = Decision {
                    axis: "plan:kind".into(),
                    classes: vec![class.into()],
                    reason: "判断".into(),
                    ..Decision::default()
                };
                story.command(&text, Command::Classify(decision)).unwrap();
            }
            6 => {
                let event = story.events.last().unwrap().id.clone();
                // The opening stays.
                let _ = story.command(&text, Command::Void { event, reason: "记错".into() });
                there = story.case().unwrap().packs().len() > 1;
                story.pack = whole(there);
                continue;
            }
            _ => continue,
        }
        there ^= *turn == 0;
    }
    story
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Two desks bring the same entries in any order: one case, one set of clocks.
    #[test]
    fn the_order_of_arrival_does_not_matter(turns in proptest::collection::vec(0u8..7, 0..14), seed in any::<u64>()) {
        let story = long_story(&turns);
        let want = shape(&story.runs());
        let mut shuffled: Vec<Event> = story.events.clone();
        shuffled.sort_by_key(|event| event.seq.wrapping_mul(seed | 1).rotate_left(17));
        let case = fold(shuffled).unwrap();
        prop_assert_eq!(shape(&runs(&case, &story.pack, &story.world)), want);
    }

    /// The ordinary clocks are the same with and without a plan beside them, whatever the plan does.
    #[test]
    fn a_plan_does_not_touch_the_ordinary_clocks(turns in proptest::collection::vec(0u8..7, 0..14)) {
        let story = long_story(&turns);
        let case = story.case().unwrap();
        let own: Vec<String> = shape(&story.runs()).into_iter().filter(|line| !line.starts_with("plan:")).collect();
        prop_assert_eq!(shape(&runs(&case, &ordinary(), &story.world)), own);
        // No clock of the plan runs while it is not there.
        if case.packs().len() == 1 {
            let open = |run: &Run| run.clock.starts_with("plan:") && run.done_at.or(run.superseded_at).is_none();
            prop_assert!(!story.runs().iter().any(open));
        }
    }

    /// A tick sees what a full look sees, for rows with clocks of two packs.
    #[test]
    fn a_tick_sees_what_a_full_look_sees(turns in proptest::collection::vec(0u8..7, 0..14), steps in proptest::collection::vec(1i64..900, 1..12)) {
        let story = long_story(&turns);
        let row = Arc::new(Summary::of(&story.case().unwrap(), &story.runs()));
        let mut now = at("2026-11-16T12:00");
        let mut agenda = Agenda::new([row.clone()].into_iter(), now);
        for minutes in steps {
            now += chrono::Duration::minutes(minutes);
            agenda.tick(now);
            let full = Agenda::new([row.clone()].into_iter(), now);
            prop_assert_eq!(agenda.all(), full.all());
            let next = row.clocks.iter().filter_map(|brief| next_change(brief, now)).min();
            prop_assert!(next.is_none_or(|next| next > now));
        }
    }
}
