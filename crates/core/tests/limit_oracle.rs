//! Statutory working days against a walk over the days that knows only the notice list.

mod limit_support;

use chrono::{Datelike, NaiveDate, Weekday};
use limit_support::*;
use shouwen_core::limit::due;
use shouwen_core::time::{end_of, start_of};

/// What law fixes for the days of 2027 that the walk below reaches.
const EARLY_2027: [&str; 6] = ["2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-04-05"];

fn walk() -> Vec<(NaiveDate, bool)> {
    let listed = listed();
    let rest = |date: NaiveDate| match listed.get(&date.to_string()) {
        Some(off) => *off,
        None => {
            matches!(date.weekday(), Weekday::Sat | Weekday::Sun) || EARLY_2027.contains(&date.to_string().as_str())
        }
    };
    let days = day("2007-01-01").iter_days().take_while(|date| *date < day("2027-04-30"));
    days.map(|date| (date, !rest(date))).collect()
}

#[test]
fn every_start_from_2007_to_2026_and_one_to_sixty_days() {
    let (days, statutory, calendar) = (walk(), statutory(), cn());
    let mut compared = 0;
    for (index, (start, _)) in days.iter().enumerate().filter(|(_, (date, _))| date.year() <= 2026) {
        let working = days[index + 1..].iter().filter(|(_, working)| *working).take(60);
        for (n, (want, _)) in (1..).zip(working) {
            assert_eq!(statutory.nth_working_day_after(*start, n), Some(*want), "{start} + {n}");
            assert_eq!(statutory.working_days_between(*start, *want), n, "{start} to {want}");
            if [1, 2, 5, 7, 15, 30, 60].contains(&n) {
                let answer = due(start_of(*start), &limit(&format!("{n} working_day")), &calendar, &[]).unwrap();
                assert_eq!(answer.due, end_of(*want), "{start} + {n} through due");
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 7_305 * 60);
}

#[test]
fn every_day_works_or_rests_as_the_walk_says() {
    let statutory = statutory();
    for (date, working) in walk() {
        let fact = statutory.fact(date).unwrap();
        assert_eq!((fact.working, statutory.is_working(date)), (working, working), "{date}");
        assert_eq!(fact.provisional, date.year() == 2027, "{date}");
        let next = statutory.next_working_day_on_or_after(date).unwrap();
        assert_eq!(next == date, working, "{date}");
    }
}

/// Make-up days pay for bridges, so a year rests on its weekends plus the days that law grants: 11 from 2008, 13 from
/// 2025. Left out are years in which a notice moves days over New Year and 2020, whose Spring Festival was prolonged;
/// 2015 had one day more, the memorial day.
#[test]
fn a_year_rests_on_weekends_and_on_what_law_grants() {
    let statutory = statutory();
    for (year, granted, moved) in [
        (2008, 11, 0),
        (2010, 11, 0),
        (2013, 11, 0),
        (2014, 11, 0),
        (2016, 11, 0),
        (2017, 11, 0),
        (2021, 11, 0),
        (2024, 11, 0),
        (2025, 13, 0),
        (2026, 13, 0),
        (2015, 11, 1),
    ] {
        let days = || day(&format!("{year}-01-01")).iter_days().take_while(move |date| date.year() == year);
        let weekends = days().filter(|date| matches!(date.weekday(), Weekday::Sat | Weekday::Sun)).count();
        let rest = days().filter(|date| !statutory.is_working(*date)).count();
        assert_eq!(rest, weekends + granted + moved, "{year}");
    }
}
