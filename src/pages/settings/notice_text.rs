//! A holiday notice as a person types it off the official text, one line per stretch of days.
//! Must not guess: a line that is not understood is named.

use chrono::{Datelike, Days, NaiveDate};
use shouwen_core::calendar::{Notice, NoticeDay};
use shouwen_core::case::half_width;
use shouwen_core::order::Order;
use shouwen_core::time::parse_date;

/// Longest stretch of days in one line.
const MAX_STRETCH: i64 = 31;

/// Words that end a line: the days are off, or are make-up working days.
const OFF: [&str; 4] = ["放假", "休息", "休", "off"];
const WORK: [&str; 4] = ["上班", "调休上班", "班", "work"];

/// Reads lines like `2027-01-01 2027-01-03 元旦 放假` and `2027-01-04 元旦 上班` (one date for a single day; also
/// `1月1日` within `year`). The number and text of the first line that is not understood otherwise.
pub fn read_notice(year: i32, source: &str, text: &str) -> Result<Notice, (usize, String)> {
    let mut days: Vec<NoticeDay> = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let stretch = read_line(year, line).ok_or_else(|| (index + 1, line.trim().to_owned()))?;
        days.extend(stretch);
    }
    days.order_by_key(|day| day.date);
    let source = source.trim();
    let sources = if source.is_empty() { Vec::new() } else { vec![source.to_owned()] };
    Ok(Notice { year, sources, days, partial: false })
}

fn read_line(year: i32, line: &str) -> Option<Vec<NoticeDay>> {
    let line: String = line.chars().map(half_width).map(|c| if "至到~,，、".contains(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = line.split_whitespace().collect();
    let (last, rest) = words.split_last()?;
    let off = match *last {
        word if OFF.contains(&word) => true,
        word if WORK.contains(&word) => false,
        _ => return None,
    };
    let dates: Vec<NaiveDate> = rest.iter().map_while(|word| read_date(year, word)).collect();
    let name = rest.get(dates.len()..)?.join(" ");
    let (from, to) = match dates.as_slice() {
        [one] => (*one, *one),
        [from, to] => (*from, *to),
        _ => return None,
    };
    let length = (to - from).num_days();
    if name.is_empty() || !(0..MAX_STRETCH).contains(&length) {
        return None;
    }
    let day =
        |offset: u64| Some(NoticeDay { date: from.checked_add_days(Days::new(offset))?, name: name.clone(), off });
    (0..=length as u64).map(day).collect()
}

/// `2027-1-1`, `2027年1月1日` or `1月1日`.
fn read_date(year: i32, word: &str) -> Option<NaiveDate> {
    if let Some(date) = parse_date(word) {
        return Some(date);
    }
    let numbers: Vec<u32> = word
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let marked =
        word.contains(['月', '/', '-', '.']) && !word.contains(|c: char| c.is_alphabetic() && !"年月日号".contains(c));
    let (year, month, day) = match numbers.as_slice() {
        [year, month, day] => (i32::try_from(*year).ok()?, *month, *day),
        [month, day] => (year, *month, *day),
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    (marked && (2000..=2099).contains(&date.year())).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &[(&str, &str, bool)]) {
        let notice = read_notice(2027, "", text).unwrap();
        let got: Vec<(String, &str, bool)> =
            notice.days.iter().map(|day| (day.date.to_string(), day.name.as_str(), day.off)).collect();
        let want: Vec<(String, &str, bool)> =
            want.iter().map(|(date, name, off)| ((*date).to_owned(), *name, *off)).collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn lines_as_people_write_them() {
        check("2027-01-01 元旦 放假", &[("2027-01-01", "元旦", true)]);
        check(
            "1月1日至1月3日 元旦 放假",
            &[("2027-01-01", "元旦", true), ("2027-01-02", "元旦", true), ("2027-01-03", "元旦", true)],
        );
        check(
            "２０２７年１０月９日　国庆节　上班\n\n2027/10/1 国庆节 休",
            &[("2027-10-01", "国庆节", true), ("2027-10-09", "国庆节", false)],
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (text, line) in [
            ("元旦放假", 1),
            ("2027-01-01 元旦", 1),
            ("2027-01-01 放假", 1),
            ("2027-01-01 元旦 放假\n2月30日 春节 放假", 2),
            ("2027-01-05 2027-01-01 元旦 放假", 1),
            ("2027-01-01 2027-12-31 元旦 放假", 1),
        ] {
            assert_eq!(read_notice(2027, "", text).map_err(|(number, _)| number), Err(line), "{text}");
        }
    }
}
