//! The festivals that law fixes, for years whose notice is not known.
//! Does not know bridges and make-up days: only a notice sets those.
//!
//! Source of the rule: the State Council's regulation on holidays for national festivals and memorial days as in
//! force since 2025-01-01 (13 days). Source of the moving dates 2027–2035: computed with two independent libraries,
//! lunar_python 1.4.8 and borax 4.1.3, which agree on every date below. After 2035 only the fixed dates are known.

use chrono::{Days, NaiveDate};

/// Month, first day, last day, name.
const FIXED: [(u32, u32, u32, &str); 3] = [(1, 1, 1, "元旦"), (5, 1, 2, "劳动节"), (10, 1, 3, "国庆节")];

/// Year, then month and day of: first day of the lunar year, 清明, 端午, 中秋.
const MOVING: [(i32, [(u32, u32); 4]); 9] = [
    (2027, [(2, 6), (4, 5), (6, 9), (9, 15)]),
    (2028, [(1, 26), (4, 4), (5, 28), (10, 3)]),
    (2029, [(2, 13), (4, 4), (6, 16), (9, 22)]),
    (2030, [(2, 3), (4, 5), (6, 5), (9, 12)]),
    (2031, [(1, 23), (4, 5), (6, 24), (10, 1)]),
    (2032, [(2, 11), (4, 4), (6, 12), (9, 19)]),
    (2033, [(1, 31), (4, 4), (6, 1), (9, 8)]),
    (2034, [(2, 19), (4, 5), (6, 20), (9, 27)]),
    (2035, [(2, 8), (4, 5), (6, 10), (9, 16)]),
];

/// Days before the festival's own date that are off, days off in all, name; in the order of `MOVING`.
const SPANS: [(u64, u64, &str); 4] = [(1, 4, "春节"), (0, 1, "清明节"), (0, 1, "端午节"), (0, 1, "中秋节")];

/// The days off that law fixes in `year`, with their names. A date can appear twice when two festivals meet.
pub(super) fn by_law(year: i32) -> Vec<(NaiveDate, &'static str)> {
    let date = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let mut days: Vec<_> = FIXED
        .iter()
        .flat_map(|&(month, from, to, name)| (from..=to).filter_map(move |day| Some((date(month, day)?, name))))
        .collect();
    for (_, dates) in MOVING.iter().filter(|(known, _)| *known == year) {
        for (&(month, day), &(before, length, name)) in dates.iter().zip(&SPANS) {
            let Some(first) = date(month, day).and_then(|date| date.checked_sub_days(Days::new(before))) else {
                continue;
            };
            days.extend(first.iter_days().take(length as usize).map(|day| (day, name)));
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirteen_days_where_the_moving_dates_are_known_and_six_elsewhere() {
        for (year, want) in [(2026, 6), (2027, 13), (2031, 13), (2035, 13), (2036, 6)] {
            assert_eq!(by_law(year).len(), want, "{year}");
        }
    }

    #[test]
    fn spring_festival_begins_on_the_eve() {
        let days: Vec<_> =
            by_law(2027).into_iter().filter(|(_, name)| *name == "春节").map(|(d, _)| d.to_string()).collect();
        assert_eq!(days, ["2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08"]);
    }
}
