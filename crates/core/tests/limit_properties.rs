//! Laws of the counting laws, and slow walks that must agree with the fast ways.

mod limit_support;

use chrono::{Datelike, Duration, NaiveDate, Timelike};
use limit_support::strategies::*;
use limit_support::*;
use proptest::prelude::*;
use shouwen_core::calendar::{Base, Calendar, Schedule};
use shouwen_core::limit::{Amount, Limit, Pause, Roll, Unit, due};
use shouwen_core::time::{Civil, end_of};

fn still(pauses: &[Pause], at: Civil) -> bool {
    pauses.iter().any(|pause| pause.from <= at && pause.to.is_some_and(|to| at < to))
}

/// Minute by minute: `open` says whether a minute runs. Starts, windows and pauses lie on whole minutes.
fn walk_minutes(start: Civil, minutes: u32, open: impl Fn(Civil) -> bool) -> Civil {
    let (mut at, mut left) = (start, minutes);
    while left > 0 {
        left -= u32::from(open(at));
        at += Duration::minutes(1);
    }
    at
}

fn open_by_timetable(schedule: &Schedule, at: Civil) -> bool {
    let minute = at.num_seconds_from_midnight() / 60;
    schedule.windows(at.date()).iter().any(|window| (window.start_minute()..window.end_minute()).contains(&minute))
}

/// Day by day, asking `counts` about each.
fn walk_days(start: NaiveDate, count: u32, counts: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    start.iter_days().skip(1).filter(|date| counts(*date)).nth(count as usize - 1).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn more_is_never_earlier(
        start in instants(), limit in limits(200), calendar in calendars(), pauses in instants().prop_flat_map(pauses_after)
    ) {
        let more = Limit { count: limit.count + 1, ..limit.clone() };
        if let (Ok(less), Ok(more)) = (due(start, &limit, &calendar, &pauses), due(start, &more, &calendar, &pauses)) {
            prop_assert!(less.due <= more.due, "{} {}", less.due, more.due);
            prop_assert!(less.due >= start);
        }
    }

    #[test]
    fn a_pause_is_never_earlier_and_its_effects_are_told(
        (start, pauses) in instants().prop_flat_map(|start| (Just(start), pauses_after(start))),
        limit in limits(60), calendar in calendars()
    ) {
        for count in 1..=pauses.len() {
            let fewer = due(start, &limit, &calendar, &pauses[..count - 1]);
            let more = due(start, &limit, &calendar, &pauses[..count]);
            let (Ok(fewer), Ok(more)) = (fewer, more) else { continue };
            prop_assert!(fewer.due <= more.due);
            for effect in &more.trace.pauses {
                let (Amount::Days(amount) | Amount::Seconds(amount)) = effect.effect;
                prop_assert_eq!(amount == 0, effect.no_effect.is_some());
            }
        }
        let (Ok(plain), Ok(paused)) = (due(start, &limit, &calendar, &[]), due(start, &limit, &calendar, &pauses)) else {
            return Ok(());
        };
        let told = paused.trace.pauses.iter().map(|effect| match effect.effect {
            Amount::Days(amount) | Amount::Seconds(amount) => i64::from(amount),
        }).sum::<i64>();
        // In continuous time and natural days the effects add up to the whole move.
        match limit.unit {
            Unit::Minute | Unit::Hour => prop_assert_eq!((paused.due - plain.due).num_seconds(), told),
            Unit::NaturalDay | Unit::Month | Unit::SameDay | Unit::NextDay if limit.roll == Roll::None => {
                prop_assert_eq!((paused.due.date() - plain.due.date()).num_days(), told);
            }
            // Rest days that the end rolls over can swallow a move.
            Unit::NaturalDay | Unit::Month => {}
            _ => prop_assert_eq!(told == 0, paused.due == plain.due),
        }
    }

    #[test]
    fn the_strip_is_the_answer(
        (start, pauses) in instants().prop_flat_map(|start| (Just(start), pauses_after(start))),
        limit in limits(60), calendar in calendars()
    ) {
        let Ok(answer) = due(start, &limit, &calendar, &pauses) else { return Ok(()) };
        let trace = &answer.trace;
        let length = (answer.due.date() - start.date()).num_days() + 1;
        let shown = trace.days.len() as i64 + i64::from(trace.elided);
        // Time that runs out at 24:00 is due at midnight of the day after the strip.
        prop_assert!(shown == length || answer.due.time().num_seconds_from_midnight() == 0 && shown == length - 1);
        prop_assert!(trace.days.windows(2).filter(|pair| pair[0].date.succ_opt() != Some(pair[1].date)).count()
            == usize::from(trace.elided > 0));
        use shouwen_core::limit::Mark;
        let ends = trace.days.iter().filter(|day| matches!(day.mark, Mark::Due(_))).count();
        prop_assert!(ends == 1 && matches!(trace.days.last().unwrap().mark, Mark::Due(_)));
        if trace.elided == 0 {
            let counted: Vec<u32> = trace.days.iter().filter_map(|day| match day.mark {
                Mark::Counted(k) => Some(k),
                _ => None,
            }).collect();
            prop_assert!(counted.iter().copied().eq(1..=counted.len() as u32), "{:?}", counted);
            prop_assert_eq!(answer.provisional, trace.days.iter().any(|day| day.provisional));
            let ran: u32 = trace.days.iter().map(|day| match day.mark {
                Mark::Ran(seconds) | Mark::Due(seconds) => seconds,
                _ => 0,
            }).sum();
            match limit.unit {
                Unit::Minute | Unit::WorkingMinute => prop_assert_eq!(ran, limit.count * 60),
                Unit::Hour | Unit::WorkingHour => prop_assert_eq!(ran, limit.count * 3_600),
                _ => {}
            }
        }
    }

    #[test]
    fn working_minutes_agree_with_a_walk(
        (start, pauses) in instants().prop_map(|at| at - Duration::seconds(i64::from(at.second())))
            .prop_flat_map(|start| (Just(start), pauses_after(start))),
        minutes in 1..1_500_u32, schedule in timetables()
    ) {
        let want = walk_minutes(start, minutes, |at| open_by_timetable(&schedule, at) && !still(&pauses, at));
        let limit = Limit { count: minutes, unit: Unit::WorkingMinute, roll: Roll::None, at_close: false };
        let got = due(start, &limit, &Calendar::campus(schedule, Base::Weekdays), &pauses).unwrap();
        prop_assert_eq!(got.due, want);
    }

    #[test]
    fn minutes_agree_with_a_walk(
        (start, pauses) in instants().prop_flat_map(|start| (Just(start), pauses_after(start))), minutes in 1..1_500_u32
    ) {
        let want = walk_minutes(start, minutes, |at| !still(&pauses, at));
        let limit = Limit { count: minutes, unit: Unit::Minute, roll: Roll::None, at_close: false };
        prop_assert_eq!(due(start, &limit, &cn(), &pauses).unwrap().due, want);
    }

    #[test]
    fn days_agree_with_a_walk(
        (start, pauses) in instants().prop_flat_map(|start| (Just(start), pauses_after(start))),
        count in 1..90_u32, calendar in calendars(), roll in any::<bool>()
    ) {
        let runs = |date: NaiveDate| !still(&pauses, end_of(date));
        let works = |date: NaiveDate| calendar.fact(date).unwrap().working;
        let natural = walk_days(start.date(), count, runs);
        let rolled = natural.iter_days().find(|date| works(*date) && runs(*date)).unwrap();
        let working = walk_days(start.date(), count, |date| works(date) && runs(date));
        let roll = if roll { Roll::NextWorkingDay } else { Roll::None };
        for (unit, want) in [
            (Unit::NaturalDay, if roll == Roll::None { natural } else { rolled }),
            (Unit::WorkingDay, working),
        ] {
            let limit = Limit { count, unit, roll, at_close: false };
            prop_assert_eq!(due(start, &limit, &calendar, &pauses).unwrap().due, end_of(want), "{:?}", unit);
        }
    }

    #[test]
    fn months_keep_the_date_or_take_the_last_of_the_month(start in instants(), months in 1..240_u32) {
        let limit = Limit { count: months, unit: Unit::Month, roll: Roll::None, at_close: false };
        let got = due(start, &limit, &cn(), &[]).unwrap().due.date();
        let total = start.year() * 12 + start.month0() as i32 + months as i32;
        prop_assert_eq!((got.year(), got.month0() as i32), (total / 12, total % 12));
        prop_assert!(got.day() == start.day() || got.day() < start.day() && got.succ_opt().unwrap().day() == 1);
    }

    #[test]
    fn counting_campus_days_agrees_with_a_walk(calendar in calendars(), start in instants(), length in 0..500_i64) {
        let (a, b) = (start.date(), start.date() + Duration::days(length));
        let walked: Vec<_> = a.iter_days().skip(1).take_while(|d| *d <= b).filter(|d| calendar.is_working(*d)).collect();
        prop_assert_eq!(calendar.working_days_between(a, b), walked.len() as u32);
        prop_assert_eq!(calendar.working_days_between(b, a), 0);
        for (n, date) in (1..).zip(&walked) {
            prop_assert_eq!(calendar.nth_working_day_after(a, n), Some(*date));
        }
        prop_assert_eq!(calendar.any_provisional(a, b), a.iter_days().skip(1).take_while(|d| *d <= b)
            .any(|d| calendar.fact(d).unwrap().provisional));
    }
}
