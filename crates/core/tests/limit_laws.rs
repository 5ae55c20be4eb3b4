//! How answers must move when the question moves: inverses, windows split or widened, closures, rolling, backwards.

mod limit_support;

use chrono::{Datelike, Days, Duration};
use limit_support::strategies::*;
use limit_support::*;
use proptest::prelude::*;
use shouwen_core::calendar::{Base, Calendar};
use shouwen_core::limit::{Amount, Due, Limit, LimitError, Pause, Roll, Unit, before, due, within};
use shouwen_core::time::{Civil, start_of};

const IN_TIME: &[Unit] = &[Unit::Minute, Unit::Hour, Unit::WorkingMinute, Unit::WorkingHour];
const IN_WINDOWS: &[Unit] = &[Unit::WorkingMinute, Unit::WorkingHour];
const IN_DAYS: &[Unit] = &[Unit::NaturalDay, Unit::WorkingDay];

fn seconds(limit: &Limit) -> u32 {
    limit.count * if matches!(limit.unit, Unit::Minute | Unit::WorkingMinute) { 60 } else { 3_600 }
}

fn campus(week: &Week, closed: &[&str]) -> Calendar {
    Calendar::campus(schedule_of(week, closed), Base::Statutory(statutory()))
}

fn started() -> impl Strategy<Value = (Civil, Vec<Pause>)> {
    instants().prop_flat_map(|start| (Just(start), pauses_after(start)))
}

/// Answers, or one of the refusals that a larger limit meets sooner.
fn no_earlier(less: &Result<Due, LimitError>, more: &Result<Due, LimitError>) -> bool {
    match (less, more) {
        (Ok(less), Ok(more)) => less.due <= more.due,
        (Err(_), Ok(_)) => false,
        (_, Err(error)) => matches!(error, LimitError::BeyondCalendar),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// In time always, whatever the pauses: exactly the limit's seconds have run when it is due.
    #[test]
    fn the_time_that_passed_until_due_is_the_limit(
        (start, pauses) in started(), limit in plain_limits(IN_TIME, 400), week in weeks()
    ) {
        let calendar = campus(&week, &["2026-03-03"]);
        let answer = due(start, &limit, &calendar, &pauses).unwrap();
        let passed = within(start, answer.due, limit.unit, &calendar, &pauses);
        prop_assert_eq!(passed, Ok(Amount::Seconds(seconds(&limit))));
        // And at no earlier second.
        let earlier = within(start, answer.due - Duration::seconds(1), limit.unit, &calendar, &pauses);
        prop_assert_eq!(earlier, Ok(Amount::Seconds(seconds(&limit) - 1)));
    }

    /// In days as long as nothing rolls and the day ends at midnight, whatever the pauses. Months are the days to
    /// their date; the same day and the next are 0 and 1, the former only where no pause pushes it on.
    #[test]
    fn the_days_that_passed_until_due_are_the_limit(
        (start, pauses) in started(), limit in plain_limits(IN_DAYS, 200), calendar in calendars()
    ) {
        let passed = |limit: &Limit, pauses: &[Pause]| {
            let answer = due(start, limit, &calendar, pauses).unwrap();
            within(start, answer.due, limit.unit, &calendar, pauses).unwrap()
        };
        prop_assert_eq!(passed(&limit, &pauses), Amount::Days(limit.count));
        let months = Limit { unit: Unit::Month, ..limit.clone() };
        let date = start.date().checked_add_months(chrono::Months::new(limit.count)).unwrap();
        prop_assert_eq!(passed(&months, &pauses), Amount::Days((date - start.date()).num_days() as u32));
        prop_assert_eq!(passed(&Limit { unit: Unit::NextDay, ..limit.clone() }, &pauses), Amount::Days(1));
        prop_assert_eq!(passed(&Limit { unit: Unit::SameDay, ..limit.clone() }, &[]), Amount::Days(0));
        // Ending at closing changes the hour, not the day.
        prop_assert_eq!(passed(&Limit { at_close: true, ..limit.clone() }, &[]), Amount::Days(limit.count));
    }

    #[test]
    fn one_more_is_never_earlier((start, pauses) in started(), limit in limits(3_660), calendar in calendars()) {
        let more = Limit { count: limit.count + 1, ..limit.clone() };
        let (less, more) = (due(start, &limit, &calendar, &pauses), due(start, &more, &calendar, &pauses));
        prop_assert!(no_earlier(&less, &more) || matches!(less, Err(LimitError::NoSchedule)), "{less:?} {more:?}");
    }

    #[test]
    fn one_more_pause_is_never_earlier(
        (start, pauses) in started(), limit in limits(200), calendar in calendars(), last in 0..4_usize
    ) {
        let fewer: Vec<Pause> = pauses.iter().copied().take(last.min(pauses.len())).collect();
        let (less, more) = (due(start, &limit, &calendar, &fewer), due(start, &limit, &calendar, &pauses));
        prop_assert!(no_earlier(&less, &more) || matches!(less, Err(LimitError::NoSchedule)), "{less:?} {more:?}");
    }

    /// A window in two parts is the same window; only the shown text of the timetable differs.
    #[test]
    fn splitting_windows_changes_nothing(
        (start, pauses) in started(), limit in limits(300), week in weeks(), by_base in any::<bool>()
    ) {
        let halves = |(from, to): &(u32, u32)| match to - from {
            1 => vec![(*from, *to)],
            length => vec![(*from, from + length / 2), (from + length / 2, *to)],
        };
        let split: Week = week.iter().map(|day| day.iter().flat_map(halves).collect()).collect();
        let calendar = |week: &Week| {
            if by_base { cn().with_hours(schedule_of(week, &[])) } else { campus(week, &[]) }
        };
        let (whole, split) = (calendar(&week), calendar(&split));
        prop_assert_eq!(due(start, &limit, &whole, &pauses), due(start, &limit, &split, &pauses));
    }

    /// More opening hours, by a longer window or by a new one, never make working time or working days later.
    #[test]
    fn opening_longer_is_never_later(
        (start, pauses) in started(), limit in plain_limits(&[Unit::WorkingMinute, Unit::WorkingHour, Unit::WorkingDay], 300),
        week in weeks(), weekday in 0..7_usize, quarters in 1..8_u32
    ) {
        let mut wider = week.clone();
        match wider[weekday].last_mut() {
            Some(last) => last.1 = (last.1 + quarters).min(96),
            None => wider[weekday].push((40, 40 + quarters)),
        }
        let (wide, narrow) = (campus(&wider, &[]), campus(&week, &[]));
        let (wide, narrow) = (due(start, &limit, &wide, &pauses), due(start, &limit, &narrow, &pauses));
        prop_assert!(no_earlier(&wide, &narrow), "{wide:?} {narrow:?}");
    }

    /// A closed date never brings anything forward: hours, working days, and what rolls over it.
    #[test]
    fn closing_is_never_earlier(
        (start, pauses) in started(), limit in limits(60), week in weeks(), after in 0..40_i64
    ) {
        // Closing for a day moves its end from closing to midnight, where a pause may be over again.
        let pauses = if limit.at_close { Vec::new() } else { pauses };
        let date = (start.date() + Duration::days(after)).to_string();
        let (open, shut) = (campus(&week, &[]), campus(&week, &[&date]));
        let (open, shut) = (due(start, &limit, &open, &pauses), due(start, &limit, &shut, &pauses));
        prop_assert!(no_earlier(&open, &shut), "{open:?} {shut:?}");
    }

    #[test]
    fn rolling_is_never_earlier_and_ends_on_a_working_day(
        (start, pauses) in started(), limit in plain_limits(&[Unit::NaturalDay, Unit::Month], 60), calendar in calendars()
    ) {
        let rolling = Limit { roll: Roll::NextWorkingDay, ..limit.clone() };
        let (stays, rolls) = (due(start, &limit, &calendar, &pauses).unwrap(), due(start, &rolling, &calendar, &pauses).unwrap());
        prop_assert!(stays.due <= rolls.due);
        prop_assert!(calendar.is_working(rolls.due.date()));
        let kept = stays.due == rolls.due;
        prop_assert_eq!(kept, calendar.is_working(stays.due.date()));
    }

    /// Forwards from where counting backwards ends, the target is reached and not passed; a second later it is not.
    #[test]
    fn backwards_in_time_is_the_last_moment(target in instants(), limit in plain_limits(IN_TIME, 200), week in weeks()) {
        let calendar = campus(&week, &[]);
        let start = before(target, &limit, &calendar).unwrap().due;
        prop_assert_eq!(within(start, target, limit.unit, &calendar, &[]), Ok(Amount::Seconds(seconds(&limit))));
        let late = within(start + Duration::seconds(1), target, limit.unit, &calendar, &[]).unwrap();
        prop_assert_eq!(late, Amount::Seconds(seconds(&limit) - 1));
        let due = due(start, &limit, &calendar, &[]).unwrap().due;
        prop_assert!(due <= target);
        if limit.unit == Unit::Minute || limit.unit == Unit::Hour {
            prop_assert_eq!(due, target);
        }
    }

    #[test]
    fn backwards_in_days_leads_to_the_target(
        target in instants(), limit in plain_limits(&[Unit::NaturalDay, Unit::WorkingDay, Unit::Month], 60),
        calendar in calendars()
    ) {
        let start = before(target, &limit, &calendar).unwrap().due;
        let reached = due(start_of(start.date()), &limit, &calendar, &[]).unwrap().due.date();
        match limit.unit {
            Unit::NaturalDay => prop_assert_eq!(reached, target.date()),
            Unit::WorkingDay => {
                prop_assert!(calendar.is_working(start.date()));
                prop_assert_eq!(Some(reached), calendar.next_working_day_on_or_after(target.date()));
            }
            // The last day of a shorter month leads back to its own number only.
            _ => {
                prop_assert!(reached <= target.date());
                prop_assert!(reached == target.date() || target.day() > 28);
            }
        }
    }

    /// The parts of a stretch add up, wherever it is cut. In days the cut lies at a midnight.
    #[test]
    fn what_passed_adds_up(
        (start, pauses) in started(), unit in proptest::sample::select(&UNITS), calendar in calendars(),
        first in 0..2_000_000_i64, second in 0..2_000_000_i64
    ) {
        let middle = start + Duration::seconds(first);
        let end = middle + Duration::seconds(second);
        let passed = |from, to| within(from, to, unit, &calendar, &pauses).map(|amount| match amount {
            Amount::Days(days) => days,
            Amount::Seconds(seconds) => seconds,
        });
        let (Ok(whole), Ok(one), Ok(two)) = (passed(start, end), passed(start, middle), passed(middle, end)) else {
            prop_assert!(IN_WINDOWS.contains(&unit) && calendar.schedule().is_none());
            return Ok(());
        };
        prop_assert_eq!(whole, one + two);
    }

    #[test]
    fn an_end_before_the_start_is_told(start in instants(), unit in proptest::sample::select(&UNITS), back in 1..90_000_i64) {
        let end = start - Duration::seconds(back);
        prop_assert_eq!(within(start, end, unit, &cn(), &[]), Err(LimitError::EndBeforeStart { start, end }));
    }
}

/// The longest ways there are: no answer may need a walk over the days.
#[test]
fn timetables_that_hardly_ever_open() {
    let once = schedule(r#"{"shifts":{"2099-12-31":[["23:58","24:00"]]}}"#);
    let weekly = schedule(r#"{"wed":[["10:01","10:02"]]}"#);
    let (once, weekly) = (Calendar::campus(once, Base::Weekdays), Calendar::campus(weekly, Base::Weekdays));
    for (calendar, start, what, want) in [
        (&once, "2000-01-01T00:00:00", "1 working_minute", "2099-12-31T23:59:00"),
        (&once, "2000-01-01T00:00:00", "2 working_minute", "2100-01-01T00:00:00"),
        (&once, "2000-01-01T00:00:00", "3 working_minute", "beyond_calendar"),
        (&once, "2000-01-01T00:00:00", "1 working_day", "2099-12-31T23:59:59"),
        (&once, "2000-01-01T00:00:00", "2 working_day", "beyond_calendar"),
        // Wednesday 5 January 2000; 3,660 Wednesdays later than the one before.
        (&weekly, "2000-01-01T00:00:00", "1 working_minute", "2000-01-05T10:02:00"),
        (&weekly, "2000-01-01T00:00:00", "3660 working_minute", "2070-02-19T10:02:00"),
        (&weekly, "2000-01-01T00:00:00", "3660 working_hour", "beyond_calendar"),
    ] {
        for _ in 0..200 {
            assert_eq!(shown(&ask(start, what, calendar, &[])), want, "{start} + {what}");
        }
    }
    let wednesday = day("2000-01-05") + Days::new(7 * 3_659);
    assert_eq!(wednesday.to_string(), "2070-02-19");
}
