//! The life of a clock beyond the training school's rules: pauses with grounds and caps, extensions, clocks that hang
//! on another, reminder levels, recurring duties. By an invented pack; expected times are computed by hand.
//! (2026-11-16 is a Monday; November and December 2026 have no holiday.)

mod case_support;

use std::collections::BTreeMap;
use std::sync::Arc;

use case_support::*;
use proptest::prelude::*;
use serde_json::{Value, json};
use shouwen_core::agenda::{Agenda, Bucket, next_change};
use shouwen_core::case::{ALL_CLOCKS, Command, Event, Refusal, fold};
use shouwen_core::clock::{Duty, World, duties, duty_log, levels, runs};
use shouwen_core::pack::{self, Pack};
use shouwen_core::register::Summary;
use shouwen_core::time::{self, Civil};

fn invented() -> Pack {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let named = |id: &str| json!({ "id": id, "label": text(id) });
    let step = |id: &str, emits: &str| json!({ "id": id, "label": text(id), "roles": ["admin"], "emits": [emits], "again": true, "clause": "X 1" });
    let clock = |id: &str, more: Value| {
        let mut clock = json!({ "id": id, "label": text(id), "kind": "hard", "owner": ["admin"], "start": ["received"],
            "stop": ["replied"], "clause": "X 1" });
        clock.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        clock
    };
    let level = |id: &str, at: Value| json!({ "id": id, "at": at, "tell": ["owner"], "say": text(id) });
    let pack = json!({
        "format": "shouwen-pack/1", "id": "invented", "version": 1, "effective_from": "2026-01-01",
        "title": text("试验制度"), "summary": text("只用于测试"),
        "sources": [{ "id": "X", "title": text("试验"), "state": text("虚构") }],
        "roles": [named("admin"), named("leader")],
        "fields": [{ "id": "text", "label": text("内容"), "kind": "paragraph", "intake": true },
            { "id": "name", "label": text("姓名"), "kind": "line", "intake": true, "personal": true }],
        "axes": [{ "id": "kind", "label": text("类"), "question": text("哪一类？"), "clause": "X 1",
            "classes": [{ "id": "a", "label": text("甲"), "criteria": text("甲"), "clause": "X 1" },
                        { "id": "b", "label": text("乙"), "criteria": text("乙"), "clause": "X 1" }] }],
        "events": [named("received"), named("replied"), named("hearing_set"), named("heard"), named("checked")],
        "clocks": [
            clock("days", json!({ "limit": { "count": 5, "unit": "working_day" }, "when": { "class": { "axis": "kind", "is": "a" } },
                "extend_by": ["leader"], "extend_max": 3,
                "pause": { "grounds": [named("expert")], "evidence": true, "cap": 4, "clause": "X 2" } })),
            clock("other", json!({ "limit": { "count": 3, "unit": "natural_day" }, "when": { "class": { "axis": "kind", "is": "b" } },
                "pause": { "clause": "X 2" } })),
            clock("hours", json!({ "limit": { "count": 10, "unit": "hour" }, "stop": ["checked"], "pause": { "roles": ["leader"], "cap": 2, "clause": "X 2" } })),
            clock("hearing", json!({ "kind": "case_set", "start": ["hearing_set"], "stop": ["heard"] })),
            clock("notify", json!({ "start": [], "stop": ["checked"], "limit": { "count": 3, "unit": "working_day" },
                "relative": { "clock": "hearing", "edge": "due", "before": true } })),
            clock("minutes", json!({ "start": [], "stop": ["checked"], "limit": { "count": 2, "unit": "natural_day" },
                "relative": { "clock": "hearing", "edge": "done" } })),
            clock("weekly", json!({ "kind": "recurring", "every": "week_end", "start": [], "stop": [] })),
            clock("monthly", json!({ "kind": "recurring", "every": "month_end", "start": [], "stop": [] })),
            clock("period", json!({ "kind": "recurring", "every": { "period": "days" }, "start": [], "stop": [] })),
        ],
        "ladder": [level("half", json!({ "percent": 50 })), level("morning", json!({ "before": { "count": 1, "unit": "working_day" } })),
            level("last", json!("last_working_day")), level("over", json!("overdue")),
            level("after", json!({ "after": { "count": 1, "unit": "working_day" } }))],
        "steps": [step("reply", "replied"), step("set_hearing", "hearing_set"), step("hear", "heard"), step("check", "checked")],
        "parameters": [{ "id": "days", "label": text("天数"), "kind": "number", "clause": "X 3" }],
    });
    pack::load(&pack.to_string()).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn story(class: &str) -> Story {
    Story::open_with(invented(), world(), "2026-11-16T10:00", &[("kind", class)])
}

fn pause(clock: &str, since: &str, until: Option<&str>) -> Command {
    let (ground, evidence) = ("expert".into(), "鉴定委托书 3 号".into());
    Command::Pause {
        clock: clock.into(),
        at: at(since),
        ground,
        reason: "等待鉴定".into(),
        evidence,
        until: until.map(at),
    }
}

fn resume(clock: &str, since: &str) -> Command {
    Command::Resume { clock: clock.into(), at: at(since), reason: "鉴定已出".into() }
}

fn extend(clock: &str, due: &str) -> Command {
    Command::SetDue { clock: clock.into(), due: at(due), reason: "经领导同意".into() }
}

#[test]
fn a_pause_takes_working_days_out_and_ends_by_itself_at_the_cap() {
    let mut story = story("a");
    story.check("days", "2026-11-16T11:00", &["running 2026-11-16T10:00:00 2026-11-23T23:59:59"]);
    story.command("2026-11-17T10:00", pause("days", "2026-11-17T10:00", None)).unwrap();
    // At most four working days: 17, 18, 19 and 20 November are lost, then it runs again by itself.
    story.check("days", "2026-11-18T10:00", &["paused 2026-11-16T10:00:00 2026-11-27T23:59:59"]);
    story.check("days", "2026-11-21T00:00", &["running 2026-11-16T10:00:00 2026-11-27T23:59:59"]);
    story.command("2026-11-19T09:00", resume("days", "2026-11-19T09:00")).unwrap();
    story.check("days", "2026-11-19T09:00", &["running 2026-11-16T10:00:00 2026-11-25T23:59:59"]);
    // Two days are used up: two are left for a further pause.
    story.command("2026-11-23T09:00", pause("days", "2026-11-23T09:00", None)).unwrap();
    story.check("days", "2026-11-24T09:00", &["paused 2026-11-16T10:00:00 2026-11-27T23:59:59"]);
    story.check("days", "2026-11-25T00:00", &["running 2026-11-16T10:00:00 2026-11-27T23:59:59"]);
}

#[test]
fn a_cap_in_hours_counts_every_second() {
    let mut story = story("a");
    let mut act = |now: &str, command| story.command_as("leader", now, command).unwrap();
    act("2026-11-16T11:00", pause("hours", "2026-11-16T11:00", None));
    act("2026-11-16T12:30:15", resume("hours", "2026-11-16T12:30:15"));
    act("2026-11-16T13:00", pause("hours", "2026-11-16T13:00", None));
    // 1:30:15 of two hours are used; the second pause ends after 29 minutes and 45 seconds.
    story.check("hours", "2026-11-16T13:29:44", &["paused 2026-11-16T10:00:00 2026-11-16T22:00:00"]);
    story.check("hours", "2026-11-16T13:29:45", &["running 2026-11-16T10:00:00 2026-11-16T22:00:00"]);
}

#[test]
fn a_pause_of_the_case_survives_reclassification() {
    let mut story = story("a");
    story.command("2026-11-17T10:00", pause(ALL_CLOCKS, "2026-11-17T10:00", Some("2026-11-20T09:00"))).unwrap();
    story.classify("2026-11-18T15:00", "kind", "b");
    // The old clock is superseded; the new one stands still until 20 November 9:00 and loses 19 November.
    story.check("days", "2026-11-18T16:00", &["superseded 2026-11-16T10:00:00 2026-11-26T23:59:59"]);
    story.check("other", "2026-11-18T16:00", &["paused 2026-11-18T15:00:00 2026-11-22T23:59:59"]);
    story.check("other", "2026-11-20T09:00", &["running 2026-11-18T15:00:00 2026-11-22T23:59:59"]);
}

#[test]
fn an_open_pause_hides_the_due_time_until_it_ends() {
    let mut story = story("b");
    story.command("2026-11-17T10:00", pause("other", "2026-11-17T10:00", None)).unwrap();
    story.check("other", "2026-12-24T10:00", &["paused 2026-11-16T10:00:00 -"]);
    story.command("2026-11-19T10:00", resume("other", "2026-11-19T10:00")).unwrap();
    story.check("other", "2026-11-19T10:00", &["running 2026-11-16T10:00:00 2026-11-21T23:59:59"]);
    // Paused and resumed in the same second: no trace of a pause.
    story.command("2026-11-19T11:00", pause("other", "2026-11-19T11:00", None)).unwrap();
    story.command("2026-11-19T11:00", resume("other", "2026-11-19T11:00")).unwrap();
    story.check("other", "2026-11-19T11:01", &["running 2026-11-16T10:00:00 2026-11-21T23:59:59"]);
}

#[test]
fn pausing_is_refused_where_the_pack_does_not_allow_it() {
    let mut story = story("a");
    let now = "2026-11-17T10:00";
    let plain = |clock: &str| match pause(clock, now, None) {
        Command::Pause { clock, at, reason, .. } => (clock, at, reason),
        other => panic!("{other:?}"),
    };
    let with = |ground: &str, evidence: &str| {
        let (clock, at, reason) = plain("days");
        Command::Pause { clock, at, ground: ground.into(), reason, evidence: evidence.into(), until: None }
    };
    for (command, want) in [
        (pause("hearing", now, None), Refusal::NotPausable),
        (pause("hours", now, None), Refusal::NotPausable),
        (pause("nothing", now, None), Refusal::Unknown("nothing".into())),
        (pause("other", now, None), Refusal::NotRunning("other".into())),
        (with("", "x"), Refusal::GroundRequired),
        (with("expert", " "), Refusal::EvidenceRequired),
        (pause("days", "2026-11-17T10:01", None), Refusal::InFuture),
        (pause("days", "2026-11-16T09:59", None), Refusal::BeforeReceipt),
        (pause("days", now, Some(now)), Refusal::EndsBeforeStart),
        (resume("days", now), Refusal::NoChange),
    ] {
        assert_eq!(story.command(now, command.clone()), Err(want), "{command:?}");
    }
    assert_eq!(
        story.command("2026-11-24T10:00", pause("days", "2026-11-24T10:00", None)),
        Err(Refusal::Expired { due: at("2026-11-23T23:59:59") })
    );
}

#[test]
fn extension_before_expiry_by_the_named_role_within_the_bound() {
    let mut story = story("a");
    let latest = at("2026-11-26T23:59:59");
    for (role, now, due, want) in [
        ("admin", "2026-11-17T10:00", "2026-11-25T18:00", Err(Refusal::NotExtendable)),
        (
            "leader",
            "2026-11-17T10:00",
            "2026-11-23T23:59:59",
            Err(Refusal::NotLater { due: at("2026-11-23T23:59:59") }),
        ),
        ("leader", "2026-11-17T10:00", "2026-11-27T00:00", Err(Refusal::TooLate { latest })),
        ("leader", "2026-11-24T00:00", "2026-11-25T18:00", Err(Refusal::Expired { due: at("2026-11-23T23:59:59") })),
        ("leader", "2026-11-23T23:59:59", "2026-11-25T18:00", Ok(())),
        // A second extension is bound by the limit's own due time, not by the first extension.
        ("leader", "2026-11-25T10:00", "2026-11-27T00:00", Err(Refusal::TooLate { latest })),
        ("leader", "2026-11-25T10:00", "2026-11-26T12:00", Ok(())),
    ] {
        assert_eq!(story.command_as(role, now, extend("days", due)), want, "{role} {now} {due}");
    }
    story.check("days", "2026-11-25T10:00", &["running 2026-11-16T10:00:00 2026-11-26T12:00:00"]);
}

#[test]
fn an_extension_belongs_to_the_run_it_was_given_for() {
    let mut story = story("a");
    story.command_as("leader", "2026-11-17T10:00", extend("days", "2026-11-25T18:00")).unwrap();
    story.classify("2026-11-18T09:00", "kind", "b");
    story.classify("2026-11-20T09:00", "kind", "a");
    let both = |second: &str| {
        vec![
            "superseded 2026-11-16T10:00:00 2026-11-25T18:00:00".to_owned(),
            format!("running 2026-11-20T09:00:00 {second}"),
        ]
    };
    assert_eq!(story.shown("days", "2026-11-20T10:00"), both("2026-11-27T23:59:59"));
    // The second run has an extension of its own; the first keeps its own.
    story.command_as("leader", "2026-11-23T10:00", extend("days", "2026-11-30T18:00")).unwrap();
    assert_eq!(story.shown("days", "2026-11-23T10:00"), both("2026-11-30T18:00:00"));
}

#[test]
fn clocks_hang_on_another_clock() {
    let mut story = story("a");
    story.check("notify", "2026-11-16T11:00", &["waiting - -"]);
    story.step("2026-11-17T09:00", "set_hearing", "");
    story.check("notify", "2026-11-17T09:00", &["open 2026-11-17T09:00:00 -"]);
    story.command("2026-11-17T09:05", extend("hearing", "2026-11-30T14:00")).unwrap();
    // Three working days before Monday 30 November: Wednesday 25 November, 24:00.
    story.check("notify", "2026-11-17T10:00", &["running 2026-11-17T09:00:00 2026-11-25T23:59:59"]);
    story.check("minutes", "2026-11-17T10:00", &["waiting - -"]);
    story.step("2026-11-30T16:00", "hear", "");
    story.check("minutes", "2026-11-30T16:00", &["running 2026-11-30T16:00:00 2026-12-02T23:59:59"]);
}

#[test]
fn the_ladder_tells_when_somebody_is_there() {
    let shown = |world: World, received: &str| -> Vec<(String, String)> {
        let story = Story::open_with(invented(), world, received, &[("kind", "a")]);
        let run = story.runs().into_iter().find(|run| run.clock == "days").unwrap();
        let names = levels(&story.pack, story.pack.clock("days").unwrap());
        run.rungs.iter().map(|rung| (names[usize::from(rung.level)].id.clone(), time::plain(rung.at))).collect()
    };
    let owned = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        list.iter().map(|(id, at)| ((*id).to_owned(), (*at).to_owned())).collect()
    };
    // Office hours 9 to 18 where there is no timetable. Half of the time ends on Friday at 4:59:59 in the morning:
    // told on Thursday before closing.
    assert_eq!(
        shown(world(), "2026-11-16T10:00"),
        owned(&[
            ("half", "2026-11-19T18:00:00"),
            ("morning", "2026-11-20T09:00:00"),
            ("last", "2026-11-23T09:00:00"),
            ("over", "2026-11-24T09:00:00"),
            ("after", "2026-11-24T09:00:00"),
        ])
    );
    // The campus rests on Mondays and Tuesdays: what falls there is told on Sunday before, or on Wednesday after.
    assert_eq!(
        shown(world_with_timetable(), "2026-11-16T10:00"),
        owned(&[
            ("half", "2026-11-19T20:30:00"),
            ("morning", "2026-11-20T14:00:00"),
            ("last", "2026-11-22T08:30:00"),
            ("over", "2026-11-25T14:00:00"),
            ("after", "2026-11-25T14:00:00"),
        ])
    );
}

#[test]
fn recurring_duties_have_terms_and_records() {
    let pack = invented();
    let set = World { parameters: BTreeMap::from([("invented.days".to_owned(), json!(10))]), ..world() };
    let story = Story { pack: pack.clone(), world: set, events: Vec::new() };
    let terms = |story: &Story, date: &str| -> Vec<String> {
        let log = story.case();
        let day = time::parse_date(date).unwrap();
        let shown = |duty: Duty| {
            let term = duty.term.map_or("-".to_owned(), |term| format!("{} {}", term.id, time::plain(term.due)));
            let done = duty.done.map_or(String::new(), |(at, by)| format!(" {by} {}", time::plain(at)));
            format!("{term}{done}{}", duty.missed.map_or(String::new(), |term| format!(" missed {}", term.id)))
        };
        duties(&story.pack, &story.world, log.as_ref(), day).into_iter().map(shown).collect()
    };
    let mut story = story;
    assert_eq!(
        terms(&story, "2026-11-21"),
        ["2026-W47 2026-11-22T23:59:59", "2026-11 2026-11-30T23:59:59", "2026-11-17 2026-11-26T23:59:59"]
    );
    assert_eq!(terms(&story, "2026-12-31")[0], "2026-W53 2027-01-03T23:59:59");
    let duty = |clock: &str, term: &str, done: &str| Command::Duty {
        log: duty_log("城北校区"),
        clock: clock.into(),
        term: term.into(),
        at: at(done),
        note: String::new(),
    };
    let now = "2026-11-21T10:00";
    for (command, want) in [
        (duty("weekly", "2026-W45", now), Err(Refusal::Unknown("2026-W45".into()))),
        (duty("days", "2026-W47", now), Err(Refusal::Unknown("days".into()))),
        (duty("weekly", "2026-W47", "2026-11-21T10:01"), Err(Refusal::InFuture)),
        (duty("weekly", "2026-W46", "2026-11-20T10:00"), Ok(())),
        (duty("weekly", "2026-W46", now), Err(Refusal::AlreadyDone("weekly".into()))),
        (duty("weekly", "2026-W47", now), Ok(())),
    ] {
        assert_eq!(story.command(now, command.clone()), want, "{command:?}");
    }
    assert_eq!(terms(&story, "2026-11-22")[0], "2026-W47 2026-11-22T23:59:59 周老师 2026-11-21T10:00:00");
    assert_eq!(terms(&story, "2026-11-24")[0], "2026-W48 2026-11-29T23:59:59");
    assert_eq!(terms(&story, "2026-12-02")[0], "2026-W49 2026-12-06T23:59:59 missed 2026-W48");
    let year = |clock: &str, year: i32| -> Vec<String> {
        let every = story.pack.clock(clock).unwrap().every.clone().unwrap();
        shouwen_core::clock::terms(&story.pack, &story.world, &every, year).into_iter().map(|term| term.id).collect()
    };
    // 53 weeks begin in 2026, the last of which ends in 2027.
    let weeks = [year("weekly", 2026), year("weekly", 2027)];
    assert_eq!((weeks[0].len(), weeks[0][0].as_str(), weeks[0][51].as_str()), (52, "2026-W01", "2026-W52"));
    assert_eq!((weeks[1].len(), weeks[1][0].as_str()), (52, "2026-W53"));
    assert_eq!((year("monthly", 2026).len(), year("period", 2026).len(), year("period", 2025).len()), (12, 36, 0));
    assert_eq!(year("period", 2026)[..2], ["2026-01-01", "2026-01-11"]);
    // Without the operator's number there is no term to guess.
    let unset = Story { pack, world: world(), events: Vec::new() };
    assert_eq!(terms(&unset, "2026-11-21")[2], "-");
}

/// Everything of a case that time can change, in the order of the pack.
fn picture(events: Vec<Event>, story: &Story, now: Civil) -> Vec<String> {
    let case = fold(events).unwrap();
    let all = runs(&case, &story.pack, &story.world);
    all.iter()
        .map(|run| {
            let due = run.due.as_ref().map(|due| time::plain(due.due));
            format!("{} {} {due:?} {:?} {:?}", run.clock, run.state_name(now), run.pauses, run.rungs)
        })
        .collect()
}

/// A random sequence of what a person can do to clocks, hour by hour; what is refused is left out.
fn random_story(choices: &[u8]) -> Story {
    let mut story = story("a");
    let mut hour = at("2026-11-16T10:00");
    for choice in choices {
        hour += chrono::Duration::minutes(i64::from(*choice % 7) * 97 + 13);
        let now = time::plain(hour);
        let command = match choice / 7 % 9 {
            0 => pause(ALL_CLOCKS, &now, None),
            1 => pause("days", &now, None),
            2 => resume(ALL_CLOCKS, &now),
            3 => resume("days", &now),
            4 => Command::Classify(decision(if choice % 2 == 0 { "a" } else { "b" })),
            5 => Command::Close { reason: "撤诉".into() },
            6 => Command::Reopen { reason: "又来了".into() },
            7 => match story.events.get(usize::from(*choice) % story.events.len()) {
                Some(event) => Command::Void { event: event.id.clone(), reason: "记错".into() },
                None => continue,
            },
            _ => extend("days", &time::plain(hour + chrono::Duration::days(9))),
        };
        let role = if choice % 3 == 0 { "leader" } else { "admin" };
        let _ = story.command_as(role, &now, command);
    }
    story
}

fn decision(class: &str) -> shouwen_core::case::Decision {
    shouwen_core::case::Decision {
        axis: "kind".into(),
        classes: vec![class.into()],
        reason: "改类".into(),
        ..Default::default()
    }
}

proptest! {
    #[test]
    fn any_order_of_arrival_gives_one_result(
        choices in proptest::collection::vec(any::<u8>(), 1..24),
        order in any::<u64>(),
        hours in 0..900_i64,
    ) {
        let story = random_story(&choices);
        let now = at("2026-11-16T10:00") + chrono::Duration::hours(hours);
        let want = picture(story.events.clone(), &story, now);
        let mut shuffled = story.events.clone();
        // A small deterministic shuffle, and everything arrives twice.
        shuffled.sort_by_key(|event| event.seq.wrapping_mul(order | 1).rotate_left(17) ^ order);
        shuffled.extend(story.events.iter().rev().cloned());
        prop_assert_eq!(picture(shuffled, &story, now), want);
    }

    /// Whatever else happens, a pause in force acts on every clock that may be paused and runs during it.
    #[test]
    fn a_pause_is_never_lost(choices in proptest::collection::vec(any::<u8>(), 1..24), later in 0..400_i64) {
        let mut story = random_story(&choices);
        let last = story.events.iter().map(|event| event.at.max(event.recorded_at)).max().unwrap();
        let when = last + chrono::Duration::minutes(later + 1);
        if story.command(&time::plain(when), pause(ALL_CLOCKS, &time::plain(when), None)).is_err() {
            return Ok(());
        }
        let _ = story.command(&time::plain(when + chrono::Duration::minutes(5)), Command::Classify(decision("b")));
        let now = when + chrono::Duration::minutes(6);
        for run in story.runs().iter().filter(|run| run.clock == "other" && run.superseded_at.is_none()) {
            if run.start.is_some() && run.done_at.is_none() && run.due.as_ref().is_none_or(|due| due.due > now) {
                prop_assert_eq!(run.state_name(now), "paused");
            }
        }
    }

    /// A tick finds every change that looking at everything would find.
    #[test]
    fn a_tick_sees_what_a_full_look_sees(
        choices in proptest::collection::vec(any::<u8>(), 1..16),
        steps in proptest::collection::vec(0..60_000_i64, 1..12),
    ) {
        let story = random_story(&choices);
        let row = Arc::new(Summary::of(&story.case().unwrap(), &story.runs()));
        let mut now = at("2026-11-16T10:00");
        let mut agenda = Agenda::new([row.clone()].into_iter(), now);
        for step in steps {
            now += chrono::Duration::seconds(step);
            let before = agenda.all();
            let changed = agenda.tick(now);
            let fresh = Agenda::new([row.clone()].into_iter(), now).all();
            prop_assert_eq!(agenda.all(), fresh);
            prop_assert_eq!(changed, agenda.all() != before);
            for brief in &row.clocks {
                if let Some(next) = next_change(brief, now) {
                    prop_assert!(next > now);
                    let still = next - chrono::Duration::seconds(1);
                    prop_assert_eq!(brief.state(still.max(now)), brief.state(now));
                }
            }
        }
        // The device's clock was set back: everything is looked at again.
        let back = at("2026-11-16T10:00");
        agenda.tick(back);
        prop_assert_eq!(agenda.all(), Agenda::new([row].into_iter(), back).all());
    }
}

#[test]
fn paused_clocks_stand_apart_on_todays_list() {
    let mut story = story("b");
    story.command("2026-11-17T10:00", pause("other", "2026-11-17T10:00", None)).unwrap();
    let row = Arc::new(Summary::of(&story.case().unwrap(), &story.runs()));
    let text = serde_json::to_string(&*row).unwrap();
    assert_eq!(serde_json::from_str::<Summary>(&text).unwrap(), *row, "a row survives its cache");
    let agenda = Agenda::new([row].into_iter(), at("2026-11-18T10:00"));
    assert_eq!(agenda.count(Bucket::Paused, false), 1);
    assert_eq!(agenda.first(Bucket::Paused, false, 5)[0].brief().clock, "other");
}

/// A second round is not cut to the due time of the first; what one act starts and ends is done at once.
#[test]
fn rounds_and_acts_that_start_and_end() {
    let mut pack = invented();
    let days = |count: u32| serde_json::from_value(json!({ "count": count, "unit": "natural_day" })).unwrap();
    for (id, limit, cap) in [("round", 9, vec!["quick".to_owned()]), ("quick", 3, Vec::new())] {
        let mut clock = pack.clock("other").unwrap().clone();
        (clock.id, clock.when, clock.limit, clock.not_after) = (id.to_owned(), None, Some(days(limit)), cap);
        (clock.start, clock.again) = (vec!["received".into(), "hearing_set".into()], true);
        pack.clocks.push(clock);
    }
    let mut once = pack.clock("quick").unwrap().clone();
    (once.id, once.again, once.start, once.stop) =
        ("once".into(), false, vec!["heard".into()], vec!["heard".into(), "checked".into()]);
    pack.clocks.push(once);
    let mut story = Story::open_with(pack, world(), "2026-11-16 10:00", &[]);
    for (now, step) in
        [("2026-11-18 10:00", "reply"), ("2026-12-01 10:00", "set_hearing"), ("2026-12-02 10:00", "hear")]
    {
        story.step(now, step, "");
    }
    let now = "2026-12-02 11:00";
    story.check(
        "round",
        now,
        &["met 2026-11-16T10:00:00 2026-11-19T23:59:59", "running 2026-12-01T10:00:00 2026-12-04T23:59:59"],
    );
    story.check("once", now, &["met 2026-12-02T10:00:00 2026-12-05T23:59:59"]);
}
