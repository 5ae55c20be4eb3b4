//! Replaying a case under a changed version of its rules: only what differs is told, and told rightly.

mod case_support;

use case_support::{Story, at, pack, world};
use serde_json::{Value, json};
use shouwen_core::classify::Classifier;
use shouwen_core::pack::{Pack, load};
use shouwen_core::replay::{Effect, Shift, Tally, Under, effect};
use shouwen_core::time;

/// A complaint at the campus that several departments settle within seven days.
fn story() -> Story {
    let classes = [("nature", "problem"), ("form", "complaint"), ("answerability", "departments"), ("tier", "day7")];
    Story::open_with(pack("train-campus"), world(), "2026-11-20T10:00:00", &classes)
}

/// The pack with a change in its file form.
fn changed(pack: &Pack, change: impl FnOnce(&mut Value)) -> Pack {
    let mut value = serde_json::to_value(pack).unwrap();
    change(&mut value);
    load(&value.to_string()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn clock<'a>(value: &'a mut Value, id: &str) -> &'a mut Value {
    value["clocks"].as_array_mut().unwrap().iter_mut().find(|one| one["id"] == id).unwrap()
}

fn replay(story: &Story, after: &Pack, now: &str) -> Effect {
    let [old, new] = [&story.pack, after].map(Classifier::new);
    let (before, after) = (Under { pack: &story.pack, classifier: &old }, Under { pack: after, classifier: &new });
    effect(&story.case().unwrap(), &before, &after, &story.world, at(now))
}

/// `clock kind before after` of every shift.
#[track_caller]
fn check(story: &Story, now: &str, change: impl FnOnce(&mut Value), want: &[&str]) {
    let found = replay(story, &changed(&story.pack, change), now);
    let due = |sight: &Option<shouwen_core::replay::Sight>| {
        sight.as_ref().map_or("-".to_owned(), |one| one.due.map_or("?".to_owned(), time::plain))
    };
    let got: Vec<String> = found
        .clocks
        .iter()
        .map(|one| format!("{} {:?} {} {}", one.clock, one.kind(), due(&one.before), due(&one.after)))
        .collect();
    assert_eq!(got, want);
    assert_eq!((found.classes, found.lost), (vec![], vec![]));
}

const NOW: &str = "2026-11-21T10:00:00";

#[test]
fn the_same_rules_change_nothing() {
    check(&story(), NOW, |_| (), &[]);
    assert!(replay(&story(), &story().pack, NOW).is_empty());
}

#[test]
fn a_shorter_limit() {
    let shorter = |pack: &mut Value| clock(pack, "D5")["limit"]["count"] = json!(5);
    check(&story(), NOW, shorter, &["D5 Due 2026-11-27T23:59:59 2026-11-25T23:59:59"]);
    // On the day between both due times it would be overdue.
    check(&story(), "2026-11-26T10:00:00", shorter, &["D5 Late 2026-11-27T23:59:59 2026-11-25T23:59:59"]);
    // Overdue under both: still another due time.
    check(&story(), "2026-11-29T10:00:00", shorter, &["D5 Due 2026-11-27T23:59:59 2026-11-25T23:59:59"]);
}

#[test]
fn clocks_that_come_and_go() {
    check(
        &story(),
        NOW,
        |pack| clock(pack, "D5")["when"] = json!({ "class": { "axis": "tier", "is": "day1" } }),
        &["D5 Gone 2026-11-27T23:59:59 -"],
    );
    let another = |pack: &mut Value| {
        let mut copy = clock(pack, "D5").clone();
        copy["id"] = json!("T9");
        copy["limit"]["count"] = json!(9);
        pack["clocks"].as_array_mut().unwrap().push(copy);
    };
    check(&story(), NOW, another, &["T9 New - 2026-11-29T23:59:59"]);
}

#[test]
fn a_case_that_is_over_stays_as_it_ended() {
    let mut story = story();
    story.command("2026-11-21T09:00:00", shouwen_core::case::Command::VoidCase { reason: "重复登记".into() }).unwrap();
    let shorter = |pack: &mut Value| clock(pack, "D5")["limit"]["count"] = json!(5);
    check(&story, "2026-12-21T10:00:00", shorter, &[]);
}

#[test]
fn suggestions_and_classes() {
    let mut story = story();
    // The invented text speaks of three teachers in a row.
    let after =
        changed(&story.pack, |pack| pack["rules"].as_array_mut().unwrap().retain(|rule| rule["axis"] != "nature"));
    let found = replay(&story, &after, NOW);
    assert_eq!(found.clocks, vec![]);
    let shift = found.classes.iter().find(|one| one.axis == "nature").expect("another suggestion");
    assert_eq!((shift.before.join(" "), shift.after.join(" "), shift.decided), ("problem".into(), "".into(), true));

    // A class that people chose and the new version has under another id.
    story.classify(NOW, "tier", "day3");
    let after = changed(&story.pack, |pack| {
        let text = pack.to_string().replace("day3", "day-three");
        *pack = serde_json::from_str(&text).unwrap();
    });
    let found = replay(&story, &after, "2026-11-21T12:00:00");
    assert_eq!(found.lost, [("tier".to_owned(), "day3".to_owned())]);
    assert!(found.clocks.iter().any(|one| one.clock == "D4" && one.kind() == Shift::Gone), "{found:#?}");
}

#[test]
fn numbers_over_cases() {
    let story = story();
    let after = changed(&story.pack, |pack| {
        clock(pack, "D5")["limit"]["count"] = json!(5);
        clock(pack, "D2")["limit"]["count"] = json!(1);
    });
    let mut tally = Tally::default();
    for now in [NOW, "2026-11-26T10:00:00"] {
        tally.add(&replay(&story, &after, now));
    }
    tally.add(&Effect::default());
    // D2 ran out under both on the second day.
    assert_eq!(tally, Tally { cases: 3, changed: 2, late: 1, due: 3, ..Tally::default() });
}
