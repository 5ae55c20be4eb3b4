//! The packs that are shipped: clean, complete in both languages, every row of their regime, every clock can be ended.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shouwen_core::limit::{Limit, Roll, Unit};
use shouwen_core::pack::*;

const HQ: &str = include_str!("../../../packs/train-hq.json");
const CAMPUS: &str = include_str!("../../../packs/train-campus.json");
const SCHEMA: &str = include_str!("../../../docs/pack.schema.json");

fn pack(text: &str) -> Pack {
    load(text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Also warnings (missing English, repeated words) are faults in the shipped packs of the training school.
#[test]
fn lint_clean() {
    for text in [HQ, CAMPUS] {
        assert_eq!(lint(&pack(text)), []);
    }
}

/// Every pack of this build, merged with its parent where it has one, is without a fatal problem.
#[test]
fn all_embedded_packs_can_be_used() {
    let packs = shouwen_core::embedded::packs();
    assert!(packs.len() >= 2);
    for pack in &packs {
        let parent =
            pack.extends.as_ref().map(|id| packs.iter().find(|one| one.id == *id).expect("the parent is shipped"));
        let whole = parent.map_or_else(|| pack.clone(), |parent| inherit(parent, pack));
        let fatal: Vec<String> = lint(&whole).iter().filter(|one| one.fatal).map(ToString::to_string).collect();
        assert!(fatal.is_empty(), "{}: {fatal:#?}", pack.id);
    }
}

/// Row, kind, count and unit, start and stop events.
type Row<'a> = (&'a str, ClockKind, Option<(u32, Unit)>, &'a str, &'a str);

/// Every row of the regime is there as the text says.
#[track_caller]
fn check_rows(pack: &Pack, rows: &[Row]) {
    for (id, kind, limit, start, stop) in rows {
        let clock = pack.clock(id).unwrap_or_else(|| panic!("no {id}"));
        let found = clock.limit.as_ref().map(|limit| (limit.count, limit.unit));
        assert_eq!((clock.kind, found), (*kind, *limit), "{id}");
        assert_eq!((clock.start.join(" "), clock.stop.join(" ")), ((*start).to_owned(), (*stop).to_owned()), "{id}");
        assert!(clock.limit.as_ref().is_none_or(|limit| limit.roll == Roll::None && !limit.at_close), "{id}");
        assert_eq!(clock.calendar, CalendarChoice::Statutory, "{id}");
    }
}

#[test]
fn rows_of_headquarters() {
    use ClockKind::{Hard, Soft, Untimed};
    let (hour, hours) = (Some((1, Unit::Hour)), Some((24, Unit::Hour)));
    let days = |count| Some((count, Unit::WorkingDay));
    let hq = pack(HQ);
    check_rows(
        &hq,
        &[
            ("D1", Hard, hours, "received", "transferred"),
            ("D2", Hard, days(5), "dept_received", "report_submitted"),
            ("D3", Hard, days(2), "report_received", "reported_to_gm report_returned"),
            ("D4", Untimed, None, "handling_done", "feedback_given"),
            ("D5", Soft, hour, "received", "interview_arranged interview_held interview_waived"),
            ("D6", Hard, hours, "interview_held interview_waived", "proposal_submitted"),
            ("D7", Hard, days(5), "received", "final_plan_submitted"),
            ("D8", Hard, days(2), "approval_granted", "results_reported"),
            ("D9", Untimed, None, "handling_done", "feedback_given"),
            ("D10", Soft, hour, "class_set", "talk_held"),
            ("D11", Hard, hours, "class_set", "opinion_reported"),
            ("D12", Hard, days(5), "class_set", "opinion_formed"),
            ("D13", Hard, days(2), "opinion_formed", "response_plan_reported"),
            ("D14", Soft, hour, "inspection_arrived", "inspection_reported"),
        ],
    );
    for row in ["D15", "D16", "D17"] {
        assert!(hq.clock(row).is_none(), "{row} must not be a clock");
        let lines: Vec<&RedLine> = hq.red_lines.iter().filter(|line| line.rows.iter().any(|one| one == row)).collect();
        assert_eq!(lines.len(), 1, "{row} has its red line");
    }
    assert_eq!(ids(&hq.red_lines, |line| &line.id), (1..=10).map(|n| format!("L{n}")).collect::<Vec<_>>());
}

#[test]
fn rows_of_the_campus() {
    use ClockKind::{Hard, Soft, Untimed};
    let day = |count| Some((count, Unit::NaturalDay));
    let campus = pack(CAMPUS);
    check_rows(
        &campus,
        &[
            ("D1", Hard, Some((0, Unit::SameDay)), "received", "investigation_done"),
            ("D2", Hard, day(2), "received", "transferred"),
            ("D3", Hard, day(1), "received", "feedback_given"),
            ("D4", Hard, day(3), "received", "feedback_given"),
            ("D5", Hard, day(7), "received", "feedback_given"),
            ("D6", Untimed, None, "received", "onsite_apology_made"),
            ("D7", Soft, Some((1, Unit::Hour)), "complaint_at_hq received", "service_apology_made"),
            ("D8", Untimed, None, "handling_done", "feedback_given"),
            ("D8-2", Untimed, None, "feedback_given", "implemented"),
            ("D8-3", Untimed, None, "implemented", "return_visit_done"),
            ("D8-4", Untimed, None, "return_visit_done", "return_visit_reported"),
        ],
    );
    assert_eq!(campus.clock("D2").map(|clock| clock.not_after.join(" ")), Some("D3 D4 D5".to_owned()));
    assert_eq!(ids(&campus.red_lines, |line| &line.id), ["L1", "L2", "L3"]);
}

fn ids<T>(parts: &[T], id: fn(&T) -> &String) -> Vec<String> {
    parts.iter().map(|one| id(one).clone()).collect()
}

/// Labels that the evaluation set and the command line use.
#[test]
fn labels_of_the_vocabulary() {
    let (hq, campus) = (pack(HQ), pack(CAMPUS));
    let labels = |pack: &Pack, axis: &str| -> Vec<String> {
        pack.axis(axis)
            .map(|axis| axis.classes.iter().map(|class| class.label.zh.clone()).collect())
            .unwrap_or_default()
    };
    let want = |found: Vec<String>, wanted: &str| {
        for label in wanted.split(' ') {
            assert!(found.iter().any(|one| one == label), "{label} not in {found:?}");
        }
    };
    for pack in [&hq, &campus] {
        want(labels(pack, "nature"), "建议型 问题型 恶意 非投诉");
        assert_eq!(labels(pack, "area"), ["服务", "教学", "混合", "其他"]);
        assert_eq!(labels(pack, "form"), ["建议", "投诉"]);
        assert_eq!(labels(pack, "severity"), ["轻微", "重要", "重大"]);
        want(
            labels(pack, "topics"),
            "设施环境 安全消防 接待咨询 回访服务 教学维护 教师出勤 上课质量 课程讲义 退费收费 合同承诺 人身伤害 虚假宣传 其他",
        );
        want(
            labels(pack, "flags"),
            "群体 已找媒体 媒体威胁 威胁曝光 政府部门投诉 多次反映未解决 重大经济损失 涉法 未成年人安全 人身伤害 索赔 要求退费",
        );
        let malicious = pack.axis("nature").and_then(|axis| axis.class("malicious"));
        assert!(malicious.is_some_and(|class| class.grave), "malice is never suggested");
    }
    want(labels(&hq, "nature"), "协商未果（升级）");
    assert_eq!(labels(&campus, "tier"), ["1日", "3日", "7日"]);
    assert_eq!(labels(&campus, "answerability"), ["当场答复", "需其他部门"]);
    assert!(campus.axis("tier").is_some_and(|axis| axis.reason && axis.when.is_some()));
}

/// For every choice of classes and facts: whatever runs can be ended by a step that is offered then.
#[test]
fn every_clock_can_be_ended() {
    let facts = |classes: &[(&str, &str)]| {
        let mut facts = PlainFacts::default();
        for (axis, class) in classes {
            facts.classes.entry((*axis).to_owned()).or_default().push((*class).to_owned());
        }
        for yes in ["onsite_chaos", "bad_service"] {
            facts.facts.insert(yes.to_owned(), json!(true));
        }
        facts
    };
    let hq = pack(HQ);
    let mut ended = BTreeSet::new();
    for nature in ["suggestion", "problem", "disputed", "malicious", "not_complaint"] {
        let flags = [("flags", "group"), ("flags", "media_contacted"), ("flags", "authority_involved")];
        ended.extend(check_ends(&hq, &facts(&[&[("nature", nature)], &flags[..]].concat())));
    }
    assert_eq!(ended.len(), hq.clocks.len(), "every clock ran in some case");
    let campus = pack(CAMPUS);
    let mut ended = check_ends(&campus, &facts(&[("answerability", "direct")]));
    for tier in ["day1", "day3", "day7"] {
        ended.extend(check_ends(&campus, &facts(&[("answerability", "departments"), ("tier", tier)])));
    }
    assert_eq!(ended.len(), campus.clocks.len());
}

/// The clocks that apply; panics when one of them cannot be started or ended by steps that apply too.
#[track_caller]
fn check_ends(pack: &Pack, facts: &PlainFacts) -> BTreeSet<String> {
    let holds = |when: &Option<Cond>| when.as_ref().is_none_or(|when| when.holds(facts));
    let mut possible: BTreeSet<&str> = PROGRAM_EVENTS.into_iter().collect();
    loop {
        let before = possible.len();
        for step in pack.steps.iter().filter(|step| holds(&step.when)) {
            if step.after.iter().all(|event| possible.contains(event.as_str())) {
                possible.extend(step.emits.iter().map(String::as_str));
                possible.extend(step.outcomes.iter().flat_map(|outcome| &outcome.emits).map(String::as_str));
            }
        }
        if possible.len() == before {
            break;
        }
    }
    let mut applying = BTreeSet::new();
    for clock in pack.clocks.iter().filter(|clock| holds(&clock.when)) {
        let any = |events: &[String]| events.iter().any(|event| possible.contains(event.as_str()));
        if any(&clock.start) {
            assert!(any(&clock.stop), "{} of {:?} never ends", clock.id, facts.classes);
            applying.insert(clock.id.clone());
        }
    }
    applying
}

/// A suggestion never leads to a proposal against anybody (red line L3), whatever else is known.
#[test]
fn suggestions_carry_no_consequence() {
    struct Worst<'a>(&'a PlainFacts);
    impl Facts for Worst<'_> {
        fn fact(&self, id: &str) -> Option<&Value> {
            self.0.fact(id)
        }
        fn has_class(&self, axis: &str, class: &str) -> bool {
            self.0.has_class(axis, class)
        }
        fn finding(&self, id: &str) -> Option<&Value> {
            self.0.finding(id)
        }
        fn mentions(&self, _: &str) -> u32 {
            9
        }
        fn happened(&self, _: &str) -> bool {
            true
        }
        fn repeats(&self) -> u32 {
            9
        }
        fn elapsed(&self, _: &str, _: &Limit) -> bool {
            true
        }
        fn late(&self, _: &str) -> bool {
            true
        }
    }
    let campus = pack(CAMPUS);
    let mut facts = PlainFacts::default();
    for id in ["onsite_chaos", "bad_service"] {
        facts.facts.insert(id.to_owned(), json!(true));
    }
    for (id, value) in [("fault", "campus"), ("serious", "yes"), ("delay_fault", "yes"), ("other_rules", "none")] {
        facts.findings.insert(id.to_owned(), json!(value));
    }
    let proposed = |facts: &PlainFacts| {
        let holds = |one: &&Consequence| one.when.as_ref().is_none_or(|when| when.holds(&Worst(facts)));
        campus.consequences.iter().filter(holds).count()
    };
    facts.classes.insert("form".to_owned(), vec!["complaint".to_owned()]);
    assert_eq!(proposed(&facts), campus.consequences.len() - 1, "all but the reference to other rules");
    facts.classes.insert("form".to_owned(), vec!["suggestion".to_owned()]);
    assert_eq!(proposed(&facts), 0);
}

/// The keys that reading a type accepts, taken from what it says about an unknown one.
fn keys<T: DeserializeOwned>(probe: Value) -> BTreeSet<String> {
    let said = serde_json::from_value::<T>(probe).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(said.starts_with("unknown "), "{said}");
    said.split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

#[test]
fn json_schema_has_the_keys_of_the_types() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let properties = |place: &str| -> BTreeSet<String> {
        let found = schema.pointer(&format!("{place}/properties")).and_then(Value::as_object);
        found.unwrap_or_else(|| panic!("no {place}")).keys().cloned().collect()
    };
    macro_rules! check {
        ($($def:literal: $type:ty),* $(,)?) => {$(
            assert_eq!(properties(concat!("/$defs/", $def)), keys::<$type>(json!({ "?": 0 })), $def);
        )*};
    }
    assert_eq!(properties(""), keys::<Pack>(json!({ "?": 0 })));
    check! {
        "text": Text, "source": Source, "named": Named, "field": Field, "axis": Axis, "class": Class, "finding": Finding,
        "lexicon": Lexicon, "rule": Rule, "limit": Limit, "clock": Clock, "step": Step, "outcome": Outcome,
        "transition": Transition, "consequence": Consequence, "follow_up": FollowUp, "band": Band, "emergency": Emergency,
        "group_member": GroupMember, "script": Script, "form": Form, "red_line": RedLine, "parameter": Parameter,
        "relative": Relative, "pause_rule": PauseRule, "level": Level, "reading": Reading, "fact_test": FactTest, "mention": Mention, "cond": Cond,
        "take": Take, "numbering": Numbering,
    }
    let words = |place: &str| -> BTreeSet<String> {
        let found = schema.pointer(&format!("/$defs/{place}/enum")).and_then(Value::as_array);
        found.unwrap_or_else(|| panic!("no {place}")).iter().filter_map(|one| Some(one.as_str()?.to_owned())).collect()
    };
    assert_eq!(words("field_kind"), keys::<FieldKind>(json!("?")));
    assert_eq!(words("clock_kind"), keys::<ClockKind>(json!("?")));
    assert_eq!(words("unit"), keys::<Unit>(json!("?")));
    assert_eq!(words("roll"), keys::<Roll>(json!("?")));
    assert_eq!(words("calendar"), keys::<CalendarChoice>(json!("?")));
}
