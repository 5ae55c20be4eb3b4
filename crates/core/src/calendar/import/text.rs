//! Dates, marks and names as people and programs write them in holiday data.
//! Must not guess a mark: words that can mean both are no mark.

use chrono::{Datelike, NaiveDate};

use super::super::festivals::FESTIVALS;
use crate::case::half_width;
use crate::time::{MAX_YEAR, MIN_YEAR};

/// Half-width, one kind of dash, 日 for 号.
pub(super) fn plain(text: &str) -> String {
    let one = |c: char| match half_width(c) {
        '–' | '—' | '―' | '─' | '−' | '~' | '‐' | '‑' => '-',
        '号' => '日',
        '\u{a0}' => ' ',
        c => c,
    };
    text.chars().map(one).collect()
}

/// `2026-01-01`, `2026/1/1`, `2026年1月1日`, `20260101`, with a time behind it; `01-01` and `1月1日` within `year`.
pub(super) fn loose_date(text: &str, year: Option<i32>) -> Option<NaiveDate> {
    let text = plain(text.trim());
    let text = text.split(['T', ' ']).next().unwrap_or_default();
    if text.chars().any(|c| !c.is_ascii_digit() && !"-/.年月日".contains(c)) {
        return None;
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<u32>().ok();
    match parts.as_slice() {
        [all] if all.len() == 8 && text.len() == 8 => {
            date(number(&all[..4])? as i32, number(&all[4..6])?, number(&all[6..])?)
        }
        [y, m, d] if y.len() == 4 && m.len() <= 2 && d.len() <= 2 => date(number(y)? as i32, number(m)?, number(d)?),
        [m, d] if m.len() <= 2 && d.len() <= 2 => date(year?, number(m)?, number(d)?),
        _ => None,
    }
}

/// Within 2000–2099.
pub(super) fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).filter(|date| (MIN_YEAR..=MAX_YEAR).contains(&date.year()))
}

/// Whether a title says "off" or "work". 调休 alone means either, so it is no mark.
pub(super) fn mark(title: &str) -> Option<bool> {
    if title.contains('班') {
        return Some(false);
    }
    let rest = title.replace("调休", "");
    (rest.contains('休') || rest.contains("放假") || rest.contains("假期")).then_some(true)
}

/// Words at the end of a title that are not part of the festival's name.
const ENDINGS: [&str; 11] = ["假期", "补班", "上班", "放假", "调休", "休息", "休", "班", "前", "后", "补"];

/// The festival's name in a title: `春节（休）`, `春节 假期 第1天/共9天`, `休｜春节`, `New Year's Day,元旦,1`.
pub(super) fn name(title: &str) -> String {
    let mut half = plain(title);
    // Each round takes two brackets out, so this ends.
    while let (Some(open), Some(close)) = (half.find('('), half.find(')')) {
        half.replace_range(open.min(close)..open.max(close) + 1, " ");
    }
    let chinese = |part: &&str| part.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    if !chinese(&half.as_str()) {
        return half.trim().to_owned();
    }
    let parts = half.split([',', '|', '·', ' ', ':', '-', '\t']).filter(chinese).map(stem);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).next().unwrap_or_default()
}

fn stem(part: &str) -> &str {
    let mut part = part.trim();
    while let Some(shorter) = ENDINGS.iter().find_map(|ending| part.strip_suffix(ending)) {
        part = shorter;
    }
    part
}

/// Whether a name names this festival.
pub(super) fn names(name: &str, festival: &str) -> bool {
    FESTIVALS.iter().any(|(one, words)| *one == festival && words.iter().any(|word| name.contains(word)))
}

/// Whether a text speaks of any festival.
pub(super) fn names_any(text: &str) -> bool {
    FESTIVALS.iter().any(|(_, words)| words.iter().any(|word| text.contains(word)))
}

/// At most this many characters of what is quoted to a person.
pub(super) fn short(text: &str) -> String {
    let mut short: String = text.trim().chars().take(60).collect();
    if short.len() < text.trim().len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_hands() {
        for (text, want) in [
            ("2026-01-01", Some("2026-01-01")),
            ("2026/1/1", Some("2026-01-01")),
            ("２０２６年１月１日", Some("2026-01-01")),
            ("20260101", Some("2026-01-01")),
            ("2026-01-01T08:00:00", Some("2026-01-01")),
            ("01-01", Some("2027-01-01")),
            ("1月1号", Some("2027-01-01")),
            ("2026-02-30", None),
            ("1999-01-01", None),
            ("01", None),
            ("x", None),
            ("", None),
            ("1-2-3-4", None),
        ] {
            assert_eq!(loose_date(text, Some(2027)).map(|date| date.to_string()).as_deref(), want, "{text}");
        }
        assert_eq!(loose_date("01-01", None), None);
    }

    #[test]
    fn titles_say_off_or_work_or_neither() {
        for (title, want_mark, want_name) in [
            ("元旦", None, "元旦"),
            ("元旦 休", Some(true), "元旦"),
            ("元旦（休）", Some(true), "元旦"),
            ("春节 假期 第1天/共9天", Some(true), "春节"),
            ("春节 补班 第1天/共2天", Some(false), "春节"),
            ("国庆节（调休上班）", Some(false), "国庆节"),
            ("国庆节后补班", Some(false), "国庆节"),
            ("休｜中秋节", Some(true), "中秋节"),
            ("国庆节放假", Some(true), "国庆节"),
            ("国庆节 调休", None, "国庆节"),
            ("国庆节、中秋节（休）", Some(true), "国庆节、中秋节"),
            ("New Year's Day,元旦,1", None, "元旦"),
            ("Spring Festival", None, "Spring Festival"),
            ("补班", Some(false), ""),
            (")x(", None, ""),
            ("(a)x(b)y", None, "x y"),
        ] {
            assert_eq!((mark(title), name(title).as_str()), (want_mark, want_name), "{title}");
        }
    }
}
