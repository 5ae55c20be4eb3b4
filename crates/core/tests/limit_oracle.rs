//! Statutory working days against a walk over the days that knows only the notice list.

mod limit_support;

use chrono::{Datelike, NaiveDate, Weekday};
use limit_support::*;
use shouwen_core::calendar::{CalendarFile, DayReason, NoticeDay};
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

/// Year; working days, days off that a notice lists, make-up days; weekdays off less weekends worked by the year's own
/// notice, which is what law grants: 10 days in 2007, 11 from 2008, 13 from 2025. 2015 had the memorial day more; in
/// 2020 the Spring Festival was prolonged by a Friday and a Saturday that should have been worked.
const TOTALS: [(i32, [usize; 3], i64); 20] = [
    (2007, [249, 26, 7], 10),
    (2008, [251, 27, 5], 11),
    (2009, [250, 27, 6], 11),
    (2010, [250, 29, 8], 11),
    (2011, [250, 29, 6], 11),
    (2012, [249, 27, 6], 11),
    (2013, [250, 29, 12], 11),
    (2014, [250, 22, 5], 11),
    (2015, [249, 26, 5], 12),
    (2016, [250, 24, 6], 11),
    (2017, [249, 24, 5], 11),
    (2018, [250, 25, 7], 11),
    (2019, [250, 22, 6], 11),
    (2020, [249, 30, 7], 13),
    (2021, [250, 31, 7], 11),
    (2022, [249, 32, 7], 11),
    (2023, [249, 26, 7], 11),
    (2024, [251, 28, 8], 11),
    (2025, [248, 28, 5], 13),
    (2026, [248, 33, 6], 13),
];

#[test]
fn totals_of_every_year() {
    let (statutory, file) = (statutory(), CalendarFile::parse(CN).unwrap());
    for (notice, (year, [working, off, made_up], granted)) in file.notices.iter().zip(TOTALS) {
        let days = || day(&format!("{year}-01-01")).iter_days().take_while(move |date| date.year() == year);
        let (mut holidays, mut shifts) = (0, 0);
        for date in days() {
            match statutory.fact(date).unwrap().reason {
                DayReason::Holiday(_) => holidays += 1,
                DayReason::Shift(_) => shifts += 1,
                _ => {}
            }
        }
        let works = days().filter(|date| statutory.is_working(*date)).count();
        assert_eq!((notice.year, [works, holidays, shifts]), (year, [working, off, made_up]));
        let between = statutory.working_days_between(day(&format!("{year}-01-01")), day(&format!("{year}-12-31")));
        assert_eq!(between as usize, working - usize::from(statutory.is_working(day(&format!("{year}-01-01")))));
        let weekend = |date: NaiveDate| matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let balance = |one: &NoticeDay| match (one.off, weekend(one.date)) {
            (true, false) => 1,
            (false, true) => -1,
            _ => 0,
        };
        let balance: i64 = notice.days.iter().map(balance).sum();
        assert_eq!(balance, granted, "{year}");
    }
    assert_eq!(file.notices.len(), TOTALS.len());
}

/// Lunar New Year's day, 清明, 端午 and 中秋 of each year, from an almanac.
const ALMANAC: &str = "2007 02-18 04-05 06-19 09-25
2008 02-07 04-04 06-08 09-14
2009 01-26 04-04 05-28 10-03
2010 02-14 04-05 06-16 09-22
2011 02-03 04-05 06-06 09-12
2012 01-23 04-04 06-23 09-30
2013 02-10 04-04 06-12 09-19
2014 01-31 04-05 06-02 09-08
2015 02-19 04-05 06-20 09-27
2016 02-08 04-04 06-09 09-15
2017 01-28 04-04 05-30 10-04
2018 02-16 04-05 06-18 09-24
2019 02-05 04-05 06-07 09-13
2020 01-25 04-04 06-25 10-01
2021 02-12 04-04 06-14 09-21
2022 02-01 04-05 06-03 09-10
2023 01-22 04-05 06-22 09-29
2024 02-10 04-04 06-10 09-17
2025 01-29 04-04 05-31 10-06
2026 02-17 04-05 06-19 09-25";

/// The days that law names, by era: where the Spring Festival begins (days from the lunar new year) and how long it
/// lasts, the days of 1 May, and whether 清明, 端午 and 中秋 are festivals.
fn by_law(year: i32) -> (i64, i64, i64, bool) {
    match year {
        ..2008 => (0, 3, 3, false),
        2008..2014 => (-1, 3, 1, true),
        2014..2025 => (0, 3, 1, true),
        2025.. => (-1, 4, 2, true),
    }
}

#[test]
fn every_lawful_day_is_off_in_its_notice() {
    let file = CalendarFile::parse(CN).unwrap();
    for (notice, line) in file.notices.iter().zip(ALMANAC.lines()) {
        let (year, moving) = line.split_once(' ').unwrap();
        let moving: Vec<NaiveDate> = moving.split(' ').map(|date| day(&format!("{year}-{date}"))).collect();
        let (first, spring, may, three_more) = by_law(notice.year);
        let stretch = |from: NaiveDate, days: i64| (0..days).map(move |after| from + chrono::Duration::days(after));
        let fixed = |date: &str| day(&format!("{year}-{date}"));
        let mut lawful: Vec<NaiveDate> = stretch(fixed("01-01"), 1)
            .chain(stretch(moving[0] + chrono::Duration::days(first), spring))
            .chain(stretch(fixed("05-01"), may))
            .chain(stretch(fixed("10-01"), 3))
            .collect();
        lawful.extend(moving[1..].iter().filter(|_| three_more));
        assert_eq!(
            lawful.len(),
            if notice.year < 2008 {
                10
            } else if notice.year < 2025 {
                11
            } else {
                13
            },
            "{year}"
        );
        for date in lawful {
            let listed = notice.days.iter().find(|one| one.date == date);
            assert!(listed.is_some_and(|one| one.off), "{date}");
        }
    }
    assert_eq!(ALMANAC.lines().count(), file.notices.len());
}
