//! The festivals that law fixes, for years whose notice is not known.
//! Does not know bridges and make-up days: only a notice sets those.
//!
//! Source of the rule: the State Council's regulation on holidays for national festivals and memorial days as in
//! force since 2025-01-01 (13 days); before that its versions of 2007-12 (11 days) and 1999 (10 days). Source of the
//! moving dates 2027–2035: computed with the libraries lunar_python 1.4.8, borax 4.1.3 and cnlunar 0.2.5, and once more
//! from the sky itself: new moons and the sun's longitude by ephem 4.2.1 (VSOP87), months numbered from the winter
//! solstice, 清明 at longitude 15°, days of UTC+8. All four agree on every date below, and on 2008–2026, where every
//! date is a day off in the notices. After 2035 only the fixed dates are known.

use chrono::{Days, NaiveDate};

/// The festivals of the regulation in the order of the year, with the words that name them in notices and data.
pub(super) const FESTIVALS: [(&str, &[&str]); 7] = [
    ("元旦", &["元旦", "新年", "New Year"]),
    ("春节", &["春节", "除夕", "初一", "初二", "初三", "Spring Festival"]),
    ("清明节", &["清明", "Qingming", "Tomb"]),
    ("劳动节", &["劳动", "五一", "Labour", "Labor"]),
    ("端午节", &["端午", "Dragon Boat"]),
    ("中秋节", &["中秋", "Mid-Autumn", "Mid-autumn"]),
    ("国庆节", &["国庆", "十一", "National Day"]),
];

/// Days off that the regulation in force in `year` gives in all.
pub(super) fn days_due(year: i32) -> i64 {
    match year {
        ..2008 => 10,
        2008..2025 => 11,
        2025.. => 13,
    }
}

/// The festivals that the regulation of `year` names, with their own day where it is known.
pub(super) fn festivals_of(year: i32) -> impl Iterator<Item = (&'static str, Option<NaiveDate>)> {
    let moving = MOVING.iter().find(|(known, _)| *known == year).map(|(_, dates)| dates);
    let day = move |name: &str| match name {
        "元旦" => Some((1, 1)),
        "劳动节" => Some((5, 1)),
        "国庆节" => Some((10, 1)),
        _ => SPANS.iter().position(|(_, _, one)| *one == name).and_then(|place| moving.map(|dates| dates[place])),
    };
    // 清明, 端午 and 中秋 became days off in 2008.
    let named = move |name: &str| year >= 2008 || !["清明节", "端午节", "中秋节"].contains(&name);
    FESTIVALS
        .iter()
        .filter(move |(name, _)| named(name))
        .map(move |(name, _)| (*name, day(name).and_then(|(month, day)| NaiveDate::from_ymd_opt(year, month, day))))
}

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

    /// The same dates in another form, from the fourth computation: days of the year.
    #[test]
    fn the_table_agrees_with_the_sky() {
        use chrono::Datelike;
        let days = [
            (2027, [37, 95, 160, 258]),
            (2028, [26, 95, 149, 277]),
            (2029, [44, 94, 167, 265]),
            (2030, [34, 95, 156, 255]),
            (2031, [23, 95, 175, 274]),
            (2032, [42, 95, 164, 263]),
            (2033, [31, 94, 152, 251]),
            (2034, [50, 95, 171, 270]),
            (2035, [39, 95, 161, 259]),
        ];
        for (year, want) in days {
            let names = ["春节", "清明节", "端午节", "中秋节"];
            let got = names.map(|name| {
                let day = festivals_of(year).find(|(one, _)| *one == name).and_then(|(_, date)| date);
                day.map(|date| date.ordinal())
            });
            assert_eq!(got, want.map(Some), "{year}");
        }
    }

    #[test]
    fn three_regulations() {
        for (year, days, festivals) in [(2007, 10, 4), (2008, 11, 7), (2024, 11, 7), (2025, 13, 7), (2036, 13, 7)] {
            assert_eq!((days_due(year), festivals_of(year).count()), (days, festivals), "{year}");
        }
        assert_eq!(festivals_of(2036).filter(|(_, date)| date.is_some()).count(), 3);
    }
}
