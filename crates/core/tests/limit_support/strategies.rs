//! What property tests are asked with: instants, pauses, timetables, calendars, limits.

use std::ops::RangeInclusive;

use chrono::Duration;
use proptest::prelude::*;
use shouwen_core::calendar::{Base, Calendar, Schedule};
use shouwen_core::limit::{Limit, Pause, Roll, Unit};
use shouwen_core::time::Civil;

use super::{at, cn, statutory};

pub fn instants() -> impl Strategy<Value = Civil> {
    // 2025-12-01 to early 2027, so that notices, make-up days and a year without a notice are met.
    (0..400_i64, 0..86_400_i64)
        .prop_map(|(days, seconds)| at("2025-12-01T00:00") + Duration::seconds(days * 86_400 + seconds))
}

pub fn pauses_after(start: Civil) -> impl Strategy<Value = Vec<Pause>> {
    let one = (-200_i64..900, prop_oneof![0..30_i64, 0..400_i64]);
    proptest::collection::vec(one, 0..4).prop_map(move |list| {
        let pause = |(after, hours): (i64, i64)| {
            let from = start + Duration::minutes(after * 20);
            Pause { from, to: Some(from + Duration::minutes(hours * 30)) }
        };
        list.into_iter().map(pause).collect()
    })
}

pub fn timetables() -> impl Strategy<Value = Schedule> {
    let times = proptest::sample::subsequence((0..=96).collect::<Vec<u32>>(), 0..=6);
    proptest::collection::vec(times, 7).prop_filter_map("never opens", |week| {
        let text = |quarter: u32| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
        let days = week.iter().map(|times| times.chunks_exact(2).map(|pair| [text(pair[0]), text(pair[1])]).collect());
        let week: Vec<Vec<[String; 2]>> = days.collect();
        // The walks below need an opening every week to come to an end.
        week.iter().any(|day| !day.is_empty()).then_some(())?;
        let shifts = [("2026-01-05".to_owned(), vec![["10:00".to_owned(), "11:00".to_owned()]])].into();
        Schedule::new(week.try_into().ok()?, &["2026-03-03".into(), "2026-01-06".into()], &shifts).ok()
    })
}

pub fn calendars() -> impl Strategy<Value = Calendar> {
    prop_oneof![
        Just(cn()),
        Just(Calendar::weekdays()),
        timetables().prop_map(|schedule| Calendar::campus(schedule, Base::Weekdays)),
        timetables().prop_map(|schedule| Calendar::campus(schedule, Base::Statutory(statutory()))),
        timetables().prop_map(|schedule| cn().with_hours(schedule)),
    ]
}

/// Every unit that has a count or a day of its own.
pub const UNITS: [Unit; 9] = [
    Unit::Minute,
    Unit::Hour,
    Unit::WorkingMinute,
    Unit::WorkingHour,
    Unit::NaturalDay,
    Unit::WorkingDay,
    Unit::SameDay,
    Unit::NextDay,
    Unit::Month,
];

pub fn limits(max: u32) -> impl Strategy<Value = Limit> {
    (1..max, proptest::sample::select(UNITS.to_vec()), any::<bool>(), any::<bool>()).prop_map(
        |(count, unit, roll, at_close)| Limit {
            count,
            unit,
            roll: if roll { Roll::NextWorkingDay } else { Roll::None },
            at_close,
        },
    )
}

/// Opening quarters of an hour per weekday, from Monday, open somewhere: windows in order, apart from each other.
pub type Week = Vec<Vec<(u32, u32)>>;

pub fn weeks() -> impl Strategy<Value = Week> {
    let times = proptest::sample::subsequence((0..=96).collect::<Vec<u32>>(), 0..=6);
    let pairs = |times: &Vec<u32>| times.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>();
    proptest::collection::vec(times, 7)
        .prop_map(move |week| week.iter().map(pairs).collect::<Week>())
        .prop_filter("never opens", |week| week.iter().any(|day| !day.is_empty()))
}

pub fn schedule_of(week: &Week, closed: &[&str]) -> Schedule {
    let text = |quarter: u32| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
    let days = week.iter().map(|day| day.iter().map(|(from, to)| [text(*from), text(*to)]).collect::<Vec<_>>());
    let days: Vec<_> = days.collect();
    let closed: Vec<String> = closed.iter().map(|date| (*date).to_owned()).collect();
    Schedule::new(days.try_into().unwrap(), &closed, &Default::default()).unwrap()
}

/// Any of the units, counts up to `max`, neither rolling nor ending at closing.
pub fn plain_limits(units: &'static [Unit], max: u32) -> impl Strategy<Value = Limit> {
    let counts: RangeInclusive<u32> = 1..=max;
    (counts, proptest::sample::select(units)).prop_map(|(count, unit)| Limit {
        count,
        unit,
        roll: Roll::None,
        at_close: false,
    })
}
