//! The engine against the slow walk of `limit_support::slow`: 100,000 questions and more of every law, by dice.

mod limit_support;

use limit_support::both::*;
use limit_support::random::*;
use limit_support::slow::*;
use limit_support::{CN, at};
use shouwen_core::limit::{Amount, Limit, LimitError, Pause, Roll, Unit, before, due_on, within};
use shouwen_core::time::{parse_date, plain};

const WORLDS: usize = 250;
const QUESTIONS: usize = 100_000;

fn check(law: Law) {
    let (paper, mut dice) = (Paper::new(), Dice::new(law as u64 + 1));
    let worlds = worlds(&paper, CN, &mut dice, WORLDS);
    let (mut asked, mut dated, mut provisional) = (0, 0, 0);
    let (mut disagreements, mut shown) = (0, String::new());
    while asked < QUESTIONS {
        let world = dice.pick(&worlds);
        let question = question(&mut dice, law, &world.slow);
        let want = told(&paper, question.answer(&paper, &world.slow));
        if want.0 == "no timetable" && asked % 50 != 0 {
            continue;
        }
        let got = ask(&paper, world, &question);
        asked += 1;
        dated += usize::from(want.1.is_some());
        provisional += usize::from(want.1 == Some(true));
        // What would end beyond 2099 even without the pause that has not ended may say either.
        let either = want.0 == "standing" && got.0 == "beyond" && beyond_anyway(&paper, world, &question);
        if got != want && !either {
            disagreements += 1;
            if disagreements <= 3 {
                shown += &format!(
                    "\n{} {question:?}\n  {:?}\n  engine {got:?}, walk {want:?}",
                    paper.instant(question.start),
                    world.slow.door
                );
            }
        }
    }
    println!("{law:?}: {asked} questions, {dated} with a date, {provisional} provisional");
    assert!(dated * 10 > asked * 7, "only {dated} of {asked} questions have a date");
    assert_eq!(disagreements, 0, "of {asked} questions:{shown}");
}

#[test]
fn minutes() {
    check(Law::Minute);
}

#[test]
fn hours() {
    check(Law::Hour);
}

#[test]
fn working_minutes() {
    check(Law::WorkingMinute);
}

#[test]
fn working_hours() {
    check(Law::WorkingHour);
}

#[test]
fn natural_days() {
    check(Law::NaturalDay);
}

#[test]
fn working_days() {
    check(Law::WorkingDay);
}

#[test]
fn the_same_day() {
    check(Law::SameDay);
}

#[test]
fn the_next_day() {
    check(Law::NextDay);
}

#[test]
fn months() {
    check(Law::Month);
}

/// An entered date stands as it is: its last second, or its closing time.
#[test]
fn entered_dates() {
    let (paper, mut dice) = (Paper::new(), Dice::new(99));
    let worlds = worlds(&paper, CN, &mut dice, WORLDS);
    for asked in 0..QUESTIONS {
        let world = dice.pick(&worlds);
        let (start, last) = (some_instant(&mut dice, &world.slow), some_instant(&mut dice, &world.slow) / DAY);
        let at_close = dice.chance(60);
        let limit = Limit { count: 0, unit: Unit::ByDate, roll: Roll::None, at_close };
        let date = parse_date(&paper.date(last)).unwrap();
        let got = due_on(at(&paper.instant(start)), date, &limit, &world.fast).unwrap();
        let (want, provisional) = world.slow.end_of_entered(last, at_close);
        assert_eq!((plain(got.due), got.provisional), (paper.instant(want), provisional), "question {asked}");
    }
}

/// The walk by minutes is itself checked against one that steps through every second and asks everything anew.
#[test]
fn a_minute_that_cannot_change_is_sixty_seconds() {
    let (paper, mut dice) = (Paper::new(), Dice::new(7));
    let worlds = worlds(&paper, CN, &mut dice, 60);
    let mut compared = 0;
    while compared < 1_000 {
        let world = dice.pick(&worlds);
        let law = *dice.pick(&[Law::Minute, Law::WorkingMinute]);
        let mut question = question(&mut dice, law, &world.slow);
        question.count = question.count.min(200);
        question.pauses.retain(|(from, to)| to - from < 2 * DAY);
        let Answer::Due { at, .. } = question.answer(&paper, &world.slow) else { continue };
        if at - question.start > 5 * DAY {
            continue;
        }
        let working = question.law == Law::WorkingMinute;
        assert_eq!(question.every_second(&world.slow, question.count * 60, working), Some(at), "{question:?}");
        compared += 1;
    }
}

fn needs_door(law: Law) -> bool {
    matches!(law, Law::WorkingMinute | Law::WorkingHour)
}

/// What passed between two instants, in days and in seconds.
#[test]
fn what_has_passed() {
    let (paper, mut dice) = (Paper::new(), Dice::new(23));
    let worlds = worlds(&paper, CN, &mut dice, WORLDS);
    let laws = [Law::Minute, Law::WorkingHour, Law::WorkingDay, Law::NaturalDay];
    let (mut asked, mut not_nothing) = (0, 0);
    while asked < QUESTIONS {
        let (world, law) = (dice.pick(&worlds), *dice.pick(&laws));
        let question = question(&mut dice, law, &world.slow);
        let span = if dice.chance(70) { 8 * DAY } else { 90 * DAY };
        let end = question.start + dice.range(0, span);
        if end >= AFTER * DAY || needs_door(law) && world.slow.door.is_none() {
            continue;
        }
        let want = question.passed(&world.slow, end);
        let pauses: Vec<Pause> = question.pauses.iter().map(|span| pause(&paper, *span)).collect();
        let (from, to) = (at(&paper.instant(question.start)), at(&paper.instant(end)));
        let got = match within(from, to, unit(law), &world.fast, &pauses).unwrap() {
            Amount::Days(days) => i64::from(days),
            Amount::Seconds(seconds) => i64::from(seconds),
        };
        assert_eq!(got, want, "{from} to {to}: {question:?} {:?}", world.slow.door);
        asked += 1;
        not_nothing += usize::from(want > 0);
    }
    assert!(not_nothing * 2 > asked, "{not_nothing} of {asked}");
}

/// Counting backwards from a target, every law in turn.
#[test]
fn backwards() {
    let (paper, mut dice) = (Paper::new(), Dice::new(29));
    let worlds = worlds(&paper, CN, &mut dice, WORLDS);
    let (mut asked, mut dated) = (0, 0);
    while asked < QUESTIONS {
        let (world, law) = (dice.pick(&worlds), *dice.pick(&Law::ALL));
        let question = question(&mut dice, law, &world.slow);
        if needs_door(law) && world.slow.door.is_none() || question.count > 1_000 {
            continue;
        }
        let want = question.backwards(&paper, &world.slow).map(|(at, provisional)| (paper.instant(at), provisional));
        let got = match before(at(&paper.instant(question.start)), &limit(&question), &world.fast) {
            Ok(due) => Some((plain(due.due), due.provisional)),
            Err(LimitError::BeyondCalendar) => None,
            Err(error) => panic!("{error}: {question:?}"),
        };
        assert_eq!(got, want, "{} {question:?} {:?}", paper.instant(question.start), world.slow.door);
        asked += 1;
        dated += usize::from(want.is_some());
    }
    assert!(dated * 10 > asked * 7, "{dated} of {asked}");
}

/// No silent guess: whatever the notices that are known change against the same calendar without them was called
/// provisional before they were known.
#[test]
fn what_a_notice_changes_was_provisional_before() {
    let (paper, mut dice) = (Paper::new(), Dice::new(31));
    let (mut asked, mut changed, mut silent, mut shown) = (0, 0, 0, String::new());
    while asked < 60_000 {
        let Some((before, after)) = twins(&paper, CN, &mut dice) else { continue };
        for _ in 0..400 {
            let law = *dice.pick(&Law::ALL);
            let question = question(&mut dice, law, &after.slow);
            let (old, new) = (ask(&paper, &before, &question), ask(&paper, &after, &question));
            let (Some(provisional), true) = (old.1, new.1.is_some()) else { continue };
            asked += 1;
            changed += usize::from(old.0 != new.0);
            if old.0 != new.0 && !provisional {
                silent += 1;
                if silent <= 3 {
                    let start = paper.instant(question.start);
                    shown +=
                        &format!("\n{start} {question:?}\n  {:?}\n  before {old:?}, after {new:?}", after.slow.door);
                }
            }
        }
    }
    assert!(changed > 1_000, "only {changed} of {asked} answers change");
    assert_eq!(silent, 0, "of {changed} changed answers:{shown}");
}
