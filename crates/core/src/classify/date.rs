//! Dates that a text names: `2019年2月28日`, `18年9月`, `去年10月`, `8月中旬`, `二〇一九年三月`, `2019-02-28`.
//! Must not know today: a date without a year stays one.

use serde::Serialize;

/// A date as a text gives it. What it does not say is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TextDate {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Instead of a year: 0 for this year, -1 for last year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years_from_now: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<u32>,
    /// First and last day that the words leave open: `8月中旬` is 11 to 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<(u32, u32)>,
}

const YEAR_WORDS: &[(&str, i32)] =
    &[("今年", 0), ("本年", 0), ("去年", -1), ("上年", -1), ("前年", -2), ("大前年", -3), ("明年", 1)];

/// Parts of a month.
const PARTS: &[(&str, (u32, u32))] = &[
    ("上旬", (1, 10)),
    ("中旬", (11, 20)),
    ("下旬", (21, 31)),
    ("初", (1, 10)),
    ("中", (11, 20)),
    ("底", (21, 31)),
    ("末", (21, 31)),
];

/// Days before the first of a month, February with 28.
const BEFORE_MONTH: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

impl TextDate {
    /// The date that `chars` begin with, and its length.
    pub fn read(chars: &[char]) -> Option<(TextDate, usize)> {
        if let Some(found) = written(chars) {
            return Some(found);
        }
        let (mut date, mut at) = year(chars).unwrap_or_default();
        let month = month(&chars[at..]);
        let Some((month, length)) = month else {
            // A year of two digits is a date only with its month.
            return (date.year.is_some_and(|_| at > 3)).then_some((date, at));
        };
        date.month = Some(month);
        at += length;
        if let Some((day, length)) = day(&chars[at..]) {
            date.days = Some(day);
            at += length;
        }
        Some((date, at))
    }
}

/// Days from the first to the last of these dates, as far as they can be put in order: a month that is not later than
/// the one before, without a year of its own, is the next year's. 0 for fewer than two.
pub fn span(dates: &[TextDate]) -> i64 {
    let mut known: Option<(i64, i64)> = None;
    let mut bounds: Option<(i64, i64)> = None;
    let absolute = dates.iter().any(|date| date.year.is_some());
    for date in dates {
        let Some(month) = date.month.map(i64::from) else { continue };
        let own = match (date.year, date.years_from_now) {
            (Some(year), _) => Some(i64::from(year)),
            (None, Some(years)) if !absolute => Some(i64::from(years)),
            _ => None,
        };
        let year = match (own, known) {
            (Some(year), _) => year,
            (None, Some((year, before))) => year + i64::from(month < before),
            // Nothing to hold on to yet; beside absolute years such a date says nothing.
            (None, None) if absolute => continue,
            (None, None) => 0,
        };
        known = Some((year, month));
        let before = usize::try_from(month - 1).ok().and_then(|index| BEFORE_MONTH.get(index)).copied().unwrap_or(0);
        let day = year * 365 + before + date.days.map_or(1, |(first, _)| i64::from(first));
        bounds = Some(bounds.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
    }
    bounds.map_or(0, |(first, last)| last - first)
}

/// `2019-02-28`, `2019.2.28`, `2019/2/28`.
fn written(chars: &[char]) -> Option<(TextDate, usize)> {
    let (year, length) = digits(chars, 4)?;
    let sign = *chars.get(length).filter(|sign| matches!(sign, '-' | '.' | '/'))?;
    let (month, more) = digits(&chars[length + 1..], 2)?;
    let at = length + 1 + more;
    let rest = chars.get(at..).filter(|rest| rest.first() == Some(&sign))?;
    let (day, more) = digits(&rest[1..], 2)?;
    let known = length == 4 && (1..=12).contains(&month) && (1..=31).contains(&day);
    let date =
        TextDate { year: i32::try_from(year).ok(), month: Some(month), days: Some((day, day)), ..TextDate::default() };
    known.then_some((date, at + 1 + more))
}

fn year(chars: &[char]) -> Option<(TextDate, usize)> {
    for (word, years) in YEAR_WORDS {
        if let Some(length) = begins(chars, word) {
            return Some((TextDate { years_from_now: Some(*years), ..TextDate::default() }, length));
        }
    }
    let (number, length) = digits(chars, 4).or_else(|| han_year(chars))?;
    if chars.get(length) != Some(&'年') {
        return None;
    }
    let year = match (length, number) {
        (2, 0..=40) => 2000 + number,
        (4, 1900..=2100) => number,
        _ => return None,
    };
    Some((TextDate { year: i32::try_from(year).ok(), ..TextDate::default() }, length + 1))
}

fn month(chars: &[char]) -> Option<(u32, usize)> {
    let (month, length) = if chars.first() == Some(&'元') { (1, 1) } else { small(chars)? };
    let named = chars.get(length) == Some(&'月') && (1..=12).contains(&month);
    let part = usize::from(named && chars.get(length + 1) == Some(&'份'));
    named.then_some((month, length + 1 + part))
}

fn day(chars: &[char]) -> Option<((u32, u32), usize)> {
    if let Some((word, days)) = PARTS.iter().find(|(word, _)| begins(chars, word).is_some()) {
        return Some((*days, word.chars().count()));
    }
    let (day, length) = small(chars)?;
    let named = matches!(chars.get(length), Some('日' | '号')) && (1..=31).contains(&day);
    named.then_some(((day, day), length + 1))
}

/// One or two digits, or 一 to 三十一.
fn small(chars: &[char]) -> Option<(u32, usize)> {
    if let Some(found) = digits(chars, 2) {
        return Some(found);
    }
    let one = |at: usize| chars.get(at).and_then(|char| "一二三四五六七八九".chars().position(|one| one == *char));
    let unit = |at: usize| one(at).map_or(0, |place| place as u32 + 1);
    if chars.first() == Some(&'十') {
        return Some((10 + unit(1), 1 + usize::from(one(1).is_some())));
    }
    let first = unit(0);
    match chars.get(1) {
        Some('十') if first > 0 => Some((first * 10 + unit(2), 2 + usize::from(one(2).is_some()))),
        _ => (first > 0).then_some((first, 1)),
    }
}

/// At most `most` digits that do not go on.
fn digits(chars: &[char], most: usize) -> Option<(u32, usize)> {
    let length = chars.iter().take(most + 1).take_while(|char| char.is_ascii_digit()).count();
    if length == 0 || length > most {
        return None;
    }
    Some((chars[..length].iter().filter_map(|char| char.to_digit(10)).fold(0, |sum, digit| sum * 10 + digit), length))
}

/// Four Chinese digits in a row.
fn han_year(chars: &[char]) -> Option<(u32, usize)> {
    let digit =
        |char: &char| "〇一二三四五六七八九".chars().position(|one| one == *char || (one == '〇' && *char == '零'));
    let row: Vec<u32> = chars.iter().take(4).filter_map(|char| Some(digit(char)? as u32)).collect();
    (row.len() == 4).then(|| (row.iter().fold(0, |sum, digit| sum * 10 + digit), 4))
}

fn begins(chars: &[char], word: &str) -> Option<usize> {
    let mut rest = chars.iter();
    word.chars().all(|want| rest.next() == Some(&want)).then(|| word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `year/month/first-last`, `~-1` for last year, and the length.
    fn shown(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let Some((date, length)) = TextDate::read(&chars) else { return "-".to_owned() };
        let year = date.year.map(|year| year.to_string()).or(date.years_from_now.map(|years| format!("~{years}")));
        let days = date.days.map(|(first, last)| format!("{first}-{last}")).unwrap_or_default();
        format!(
            "{}/{}/{days} {length}",
            year.unwrap_or_default(),
            date.month.map(|month| month.to_string()).unwrap_or_default()
        )
    }

    #[test]
    fn dates() {
        for (text, want) in [
            ("2019年2月28日交", "2019/2/28-28 10"),
            ("2018年12月报", "2018/12/ 8"),
            ("18年9月开学", "2018/9/ 5"),
            ("2017年购房", "2017// 5"),
            ("18年来", "-"),
            ("8月中旬", "/8/11-20 4"),
            ("5月底前", "/5/21-31 3"),
            ("6月26号", "/6/26-26 5"),
            ("五月份的", "/5/ 3"),
            ("十二月三十一日", "/12/31-31 7"),
            ("元月", "/1/ 2"),
            ("去年10月", "~-1/10/ 5"),
            ("今年元月五号", "~0/1/5-5 6"),
            ("二〇一九年三月", "2019/3/ 7"),
            ("2019-02-28", "2019/2/28-28 10"),
            ("2019.7.1号", "2019/7/1-1 8"),
            ("2019-2020学年", "-"),
            ("20191", "-"),
            ("13月", "-"),
            ("三个月", "-"),
            ("三年级", "-"),
            ("去年", "-"),
            ("年", "-"),
            ("", "-"),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn spans() {
        let span_of = |texts: &[&str]| {
            let dates: Vec<TextDate> =
                texts.iter().filter_map(|text| Some(TextDate::read(&text.chars().collect::<Vec<_>>())?.0)).collect();
            span(&dates)
        };
        for (texts, want) in [
            (vec![], 0),
            (vec!["5月1日"], 0),
            (vec!["5月1日", "5月16日"], 15),
            (vec!["4月", "8月中旬"], 132),
            (vec!["2018年12月", "一月", "五月"], 151),
            (vec!["去年11月", "今年3月"], 120),
            (vec!["3月", "2018年4月", "6月"], 61),
            (vec!["2018年", "2019年"], 0),
        ] {
            assert_eq!(span_of(&texts), want, "{texts:?}");
        }
    }
}
