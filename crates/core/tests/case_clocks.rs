//! Clocks of cases by the training school's packs: when they start, are due, end and are superseded.
//! Expected dates are computed by hand from the official notices (2026: 13–15 and 20–21 November are Friday to
//! Saturday; no holiday; working days are Monday to Friday).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use shouwen_core::agenda::{Agenda, Bucket};
use shouwen_core::case::{Actor, Command, Ctx, Decision, Refusal, decide};
use shouwen_core::clock::{Judged, State};
use shouwen_core::pack::Facts;
use shouwen_core::register::Summary;

mod case_support;

use case_support::*;

#[test]
fn suggestion_runs_from_receipt_to_review() {
    // Thursday 2026-11-19 16:00; hours run through the night.
    let mut story = Story::open("train-hq", "2026-11-19T16:00", &[("nature", "suggestion")]);
    story.check("D1", "2026-11-19T17:00", &["running 2026-11-19T16:00:00 2026-11-20T16:00:00"]);
    story.check("D2", "2026-11-19T17:00", &["waiting - -"]);
    story.check("D1", "2026-11-20T15:00", &["due_soon 2026-11-19T16:00:00 2026-11-20T16:00:00"]);
    story.check("D1", "2026-11-20T16:00:00", &["due_soon 2026-11-19T16:00:00 2026-11-20T16:00:00"]);
    story.check("D1", "2026-11-20T16:00:01", &["overdue 2026-11-19T16:00:00 2026-11-20T16:00:00"]);
    // Handed over on Friday 10:00: five working days are 23, 24, 25, 26, 27 November.
    story.step("2026-11-20T10:00", "transfer", "");
    story.check("D1", "2026-12-01T00:00", &["met 2026-11-19T16:00:00 2026-11-20T16:00:00"]);
    story.check("D2", "2026-11-23T09:00", &["running 2026-11-20T10:00:00 2026-11-27T23:59:59"]);
    // Report on Monday 30: late. Review within 2 working days: 2 December.
    story.step("2026-11-30T09:00", "submit_report", "");
    story.check("D2", "2026-12-01T00:00", &["met_late 2026-11-20T10:00:00 2026-11-27T23:59:59"]);
    story.check("D3", "2026-12-01T00:00", &["running 2026-11-30T09:00:00 2026-12-02T23:59:59"]);
}

#[test]
fn problem_clocks_run_in_parallel_and_wait_for_their_events() {
    let mut story = Story::open("train-hq", "2026-11-20T09:20", &[("nature", "problem")]);
    story.check("D5", "2026-11-20T10:00", &["soft_due_soon 2026-11-20T09:20:00 2026-11-20T10:20:00"]);
    story.check("D6", "2026-11-20T10:00", &["waiting - -"]);
    story.check("D7", "2026-11-20T10:00", &["running 2026-11-20T09:20:00 2026-11-27T23:59:59"]);
    story.step("2026-11-20T11:00", "phone_talk", "").step("2026-11-21T10:00", "interview", "held");
    story.check("D6", "2026-11-21T10:30", &["running 2026-11-21T10:00:00 2026-11-22T10:00:00"]);
    story.step("2026-11-21T15:00", "submit_proposal", "");
    story.check("D6", "2026-12-01T00:00", &["met 2026-11-21T10:00:00 2026-11-22T10:00:00"]);
    story.step("2026-11-23T15:00", "decide_proposal", "approved");
    story.step("2026-11-24T15:00", "negotiate", "agreed").step("2026-11-24T16:00", "submit_plan", "");
    story.check("D7", "2026-12-01T00:00", &["met 2026-11-20T09:20:00 2026-11-27T23:59:59"]);
    story.check("D8", "2026-11-24T17:00", &["waiting - -"]);
    story.step("2026-11-25T09:00", "decide_plan", "approved");
    story.check("D8", "2026-11-25T10:00", &["running 2026-11-25T09:00:00 2026-11-27T23:59:59"]);
}

#[test]
fn reclassification_supersedes_open_clocks_and_starts_new_ones_at_the_change() {
    let mut story = Story::open("train-hq", "2026-11-19T16:00", &[("nature", "suggestion")]);
    story.classify("2026-11-21T16:30", "nature", "problem");
    // D1 had run out on the 20th; superseding leaves no stale overdue mark, but the breach stays known.
    story.check("D1", "2026-11-25T00:00", &["superseded 2026-11-19T16:00:00 2026-11-20T16:00:00"]);
    let first = story.runs().into_iter().find(|run| run.clock == "D1").unwrap();
    assert!(first.breached(at("2026-11-25T00:00")));
    // Saturday the 21st is the moment of the change: working days 23–27.
    story.check("D7", "2026-11-25T00:00", &["running 2026-11-21T16:30:00 2026-11-27T23:59:59"]);
    assert!(story.runs().iter().any(|run| run.clock == "D7" && run.restarted));
    // And back again: a second run of D1, the first one kept.
    story.classify("2026-11-25T08:00", "nature", "suggestion");
    story.check(
        "D1",
        "2026-11-25T09:00",
        &["superseded 2026-11-19T16:00:00 2026-11-20T16:00:00", "running 2026-11-25T08:00:00 2026-11-26T08:00:00"],
    );
}

#[test]
fn first_classification_later_counts_from_receipt() {
    let mut story = Story::open("train-hq", "2026-11-19T16:00", &[]);
    assert!(story.runs().iter().all(|run| run.clock != "D1"));
    story.classify("2026-11-20T09:00", "nature", "suggestion");
    story.check("D1", "2026-11-20T10:00", &["running 2026-11-19T16:00:00 2026-11-20T16:00:00"]);
}

#[test]
fn malicious_counts_from_the_class_and_needs_a_second_reviewer() {
    let mut story = Story::open("train-hq", "2026-11-19T16:00", &[("nature", "problem")]);
    let alone = Decision {
        axis: "nature".into(),
        classes: vec!["malicious".into()],
        reason: "证据".into(),
        second: "周老师".into(),
        ..Decision::default()
    };
    assert_eq!(story.command("2026-11-20T10:00", Command::Classify(alone)), Err(Refusal::SecondReviewer));
    story.classify("2026-11-20T10:00", "nature", "malicious");
    story.check("D11", "2026-11-20T11:00", &["running 2026-11-20T10:00:00 2026-11-21T10:00:00"]);
    story.check("D12", "2026-11-20T11:00", &["running 2026-11-20T10:00:00 2026-11-27T23:59:59"]);
    story.check("D13", "2026-11-20T11:00", &["waiting - -"]);
}

#[test]
fn campus_tiers_and_the_two_day_rule() {
    let classes = [("form", "complaint"), ("area", "service"), ("answerability", "departments"), ("tier", "day1")];
    let story = Story::open("train-campus", "2026-11-20T14:00", &classes);
    story.check("D1", "2026-11-20T15:00", &["running 2026-11-20T14:00:00 2026-11-20T23:59:59"]);
    story.check("D3", "2026-11-20T15:00", &["running 2026-11-20T14:00:00 2026-11-21T23:59:59"]);
    // two days for passing on, but within the tier.
    story.check("D2", "2026-11-20T15:00", &["running 2026-11-20T14:00:00 2026-11-21T23:59:59"]);
    assert_eq!(story.shown("D4", "2026-11-20T15:00"), Vec::<String>::new());

    let classes = [("form", "complaint"), ("area", "service"), ("answerability", "departments"), ("tier", "day7")];
    let story = Story::open("train-campus", "2026-11-20T14:00", &classes);
    story.check("D2", "2026-11-20T15:00", &["running 2026-11-20T14:00:00 2026-11-22T23:59:59"]);
    story.check("D5", "2026-11-20T15:00", &["running 2026-11-20T14:00:00 2026-11-27T23:59:59"]);
}

#[test]
fn tier_needs_a_reason() {
    let mut story = Story::open("train-campus", "2026-11-20T14:00", &[("form", "complaint")]);
    let decision = Decision { axis: "tier".into(), classes: vec!["day3".into()], ..Decision::default() };
    assert_eq!(story.command("2026-11-20T14:05", Command::Classify(decision)), Err(Refusal::ReasonRequired));
}

#[test]
fn working_days_into_2027_are_provisional() {
    let story = Story::open("train-hq", "2026-12-29T10:00", &[("nature", "problem")]);
    let run = story.runs().into_iter().find(|run| run.clock == "D7").unwrap();
    assert!(run.due.unwrap().provisional);
}

#[test]
fn withdrawing_a_step_reopens_its_clock_and_withdrawing_that_ends_it_again() {
    let mut story = Story::open("train-hq", "2026-11-19T16:00", &[("nature", "suggestion")]);
    story.step("2026-11-20T10:00", "transfer", "");
    let step = story.events.last().unwrap().id.clone();
    story.command("2026-11-20T10:05", Command::Void { event: step, reason: "记错案件".into() }).unwrap();
    story.check("D1", "2026-11-20T11:00", &["running 2026-11-19T16:00:00 2026-11-20T16:00:00"]);
    let withdrawal = story.events.last().unwrap().id.clone();
    story.command("2026-11-20T10:06", Command::Void { event: withdrawal, reason: "没有记错".into() }).unwrap();
    story.check("D1", "2026-11-20T11:00", &["met 2026-11-19T16:00:00 2026-11-20T16:00:00"]);
}

#[test]
fn closing_stops_clocks_and_reopening_starts_what_applies() {
    let mut story = Story::open("train-hq", "2026-11-19T16:00", &[("nature", "suggestion")]);
    story.command("2026-11-20T10:00", Command::Close { reason: "家长撤诉".into() }).unwrap();
    story.check("D1", "2026-11-25T00:00", &["superseded 2026-11-19T16:00:00 2026-11-20T16:00:00"]);
    let row = Summary::of(&story.case().unwrap(), &story.runs());
    assert!(Agenda::new([Arc::new(row)].into_iter(), at("2026-11-25T00:00")).all().is_empty());
    let step = Command::Step {
        step: "transfer".into(),
        outcome: String::new(),
        at: at("2026-11-20T11:00"),
        values: BTreeMap::new(),
        note: String::new(),
    };
    assert_eq!(story.command("2026-11-20T11:00", step), Err(Refusal::NotOpen));
    story.command("2026-11-20T12:00", Command::Reopen { reason: "家长又来电".into() }).unwrap();
    assert!(story.shown("D1", "2026-11-20T13:00").len() == 2, "{:?}", story.shown("D1", "2026-11-20T13:00"));
}

#[test]
fn refusals_say_what_is_wrong() {
    let mut story = Story::open("train-hq", "2026-11-19T16:00", &[("nature", "problem")]);
    let step = |at_text: &str, id: &str, outcome: &str| Command::Step {
        step: id.into(),
        outcome: outcome.into(),
        at: at(at_text),
        values: BTreeMap::new(),
        note: String::new(),
    };
    let now = "2026-11-20T10:00";
    assert_eq!(story.command(now, step("2026-11-21T10:00", "phone_talk", "")), Err(Refusal::InFuture));
    assert_eq!(story.command(now, step("2026-11-19T10:00", "phone_talk", "")), Err(Refusal::BeforeReceipt));
    assert_eq!(story.command(now, step(now, "transfer", "")), Err(Refusal::NotApplicable("transfer".into())));
    assert_eq!(story.command(now, step(now, "nothing", "")), Err(Refusal::Unknown("nothing".into())));
    assert!(matches!(story.command(now, step(now, "decide_plan", "approved")), Err(Refusal::TooEarly { .. })));
    assert_eq!(story.command(now, Command::Close { reason: " ".into() }), Err(Refusal::ReasonRequired));
    assert_eq!(story.command(now, Command::Reopen { reason: "x".into() }), Err(Refusal::NotClosed));
    let long = Command::Note { text: "长".repeat(20_001) };
    assert_eq!(story.command(now, long), Err(Refusal::TooLong { got: 20_001, max: 20_000 }));
    let wrong = Command::Set { values: BTreeMap::from([("phone".into(), json!("abc"))]), reason: String::new() };
    assert!(matches!(story.command(now, wrong), Err(Refusal::Value { .. })));
    let same = Command::Set { values: BTreeMap::from([("name".into(), json!("林女士"))]), reason: String::new() };
    assert_eq!(story.command(now, same), Err(Refusal::NoChange));
}

#[test]
fn opening_without_a_text_or_in_the_future_is_refused() {
    let open = |values: BTreeMap<String, Value>, received: &str| {
        let command = Command::Open {
            case: "c".into(),
            number: "n".into(),
            received_at: at(received),
            values,
            decisions: Vec::new(),
        };
        let ctx = Ctx { now: at("2026-11-20T10:00"), actor: Actor::default(), world: &world() };
        decide(None, &pack("train-campus"), command, &ctx).map(|drafts| drafts.len())
    };
    let text = BTreeMap::from([("text".to_owned(), json!("饮水机坏了"))]);
    assert_eq!(open(text.clone(), "2026-11-20T10:00"), Ok(2));
    assert_eq!(open(text, "2026-11-20T10:01"), Err(Refusal::InFuture));
    assert!(matches!(open(BTreeMap::new(), "2026-11-20T10:00"), Err(Refusal::Value { .. })));
}

#[test]
fn late_clocks_are_facts_for_consequences() {
    let classes = [("form", "complaint"), ("area", "service"), ("answerability", "departments"), ("tier", "day7")];
    let story = Story::open("train-campus", "2026-11-20T14:00", &classes);
    let (case, runs, world) = (story.case().unwrap(), story.runs(), world());
    let judged = |now: &str| Judged { case: &case, runs: &runs, world: &world, now: at(now) }.late("D2");
    assert!(!judged("2026-11-22T23:59:59"));
    assert!(judged("2026-11-23T00:00"));
}

#[test]
fn todays_list_puts_hard_limits_first() {
    let classes = [("form", "complaint"), ("area", "service"), ("answerability", "departments"), ("tier", "day3")];
    let story = Story::open("train-campus", "2026-11-20T14:00", &classes);
    let row = Summary::of(&story.case().unwrap(), &story.runs());
    let list = Agenda::new([Arc::new(row.clone())].into_iter(), at("2026-11-21T09:00")).all();
    let shown: Vec<(Bucket, &str)> = list.iter().map(|one| (one.bucket, one.brief().clock.as_str())).collect();
    assert_eq!(shown.first(), Some(&(Bucket::Overdue, "D1")), "{shown:?}");
    assert!(shown.contains(&(Bucket::Later, "D2")), "{shown:?}");
    assert_eq!(row.worst(at("2026-11-21T09:00")), Some(State::Overdue));
}

/// The lower of two scores decides the band; a score off the scale is refused.
#[test]
fn scores_emit_what_their_band_says() {
    let taken = |result: i64, attitude: i64| {
        let mut story = Story::open("telecom-script", "2026-09-28 20:00", &[]);
        story.step("2026-09-28 20:01", "call", "owner").step("2026-09-28 20:02", "explain", "");
        let scores = [("score_result", result), ("score_attitude", attitude)];
        let refused = story.command("2026-09-28 20:05", step_of("score", "scored", &scores)).err();
        let case = story.case().unwrap();
        (case.happened("rated_dissatisfied"), case.happened("rated_satisfied"), refused.is_some())
    };
    assert_eq!(taken(3, 9), (true, false, false));
    assert_eq!(taken(9, 4), (true, false, false));
    assert_eq!(taken(5, 9), (false, false, false));
    assert_eq!(taken(8, 10), (false, true, false));
    assert_eq!(taken(8, 11), (false, false, true));
}

fn step_of(step: &str, outcome: &str, values: &[(&str, i64)]) -> Command {
    Command::Step {
        step: step.into(),
        outcome: outcome.into(),
        at: at("2026-09-28 20:02"),
        values: values.iter().map(|(id, value)| ((*id).to_owned(), serde_json::json!(value))).collect(),
        note: "记录".into(),
    }
}
