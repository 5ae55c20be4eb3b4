//! How instants and spans are written for people. Civil time in, text out; knows no zone and no present time.

use chrono::{Datelike, NaiveDate, Timelike};
use shouwen_core::time::Civil;

use super::{is_english, tr};

crate::texts! {
    TODAY = "今天" | "today";
    YESTERDAY = "昨天" | "yesterday";
    TOMORROW = "明天" | "tomorrow";
    DAYS = "{n} 天" | "{n} d";
    JUST_NOW = "刚刚" | "just now";
    AGO = "{span}前" | "{span} ago";
}

const WEEKDAYS: [(&str, &str); 7] =
    [("一", "Mon"), ("二", "Tue"), ("三", "Wed"), ("四", "Thu"), ("五", "Fri"), ("六", "Sat"), ("日", "Sun")];

/// `四` / `Thu`
pub fn weekday(date: NaiveDate) -> &'static str {
    let (zh, en) = WEEKDAYS[date.weekday().num_days_from_monday() as usize % 7];
    if is_english() { en } else { zh }
}

/// `2026年11月21日 星期六` / `Sat 2026-11-21`
pub fn long_date(date: NaiveDate) -> String {
    if is_english() {
        format!("{} {date}", weekday(date))
    } else {
        format!("{}年{}月{}日 星期{}", date.year(), date.month(), date.day(), weekday(date))
    }
}

/// `11月19日` or, in another year than `now`, `2025年11月19日`; English `11-19` / `2025-11-19`.
pub fn short_date(date: NaiveDate, now: Civil) -> String {
    let same_year = date.year() == now.year();
    match (is_english(), same_year) {
        (true, true) => format!("{:02}-{:02}", date.month(), date.day()),
        (true, false) => date.to_string(),
        (false, true) => format!("{}月{}日", date.month(), date.day()),
        (false, false) => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
    }
}

/// `今天 16:00`, `昨天 24:00`, `11月26日 24:00`. The last second of a day is written 24:00.
pub fn moment(at: Civil, now: Civil) -> String {
    let day = match (at.date() - now.date()).num_days() {
        0 => tr(TODAY).to_owned(),
        -1 => tr(YESTERDAY).to_owned(),
        1 => tr(TOMORROW).to_owned(),
        _ => short_date(at.date(), now),
    };
    format!("{day} {}", clock_time(at))
}

/// `16:00`; the last second of a day is `24:00`.
pub fn clock_time(at: Civil) -> String {
    if (at.hour(), at.minute(), at.second()) == (23, 59, 59) {
        "24:00".to_owned()
    } else {
        format!("{:02}:{:02}", at.hour(), at.minute())
    }
}

/// Full and unambiguous, for print and files: `2026-11-26 24:00`.
pub fn exact(at: Civil) -> String {
    format!("{} {}", at.date(), clock_time(at))
}

/// A span in its two largest units: `3时12分`, `1天4时`, `45分`; English `3h 12m`.
pub fn span(seconds: i64) -> String {
    let minutes = (seconds.max(0) + 30) / 60;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let units = if is_english() { ["d", "h", "m"] } else { ["天", "时", "分"] };
    let mut parts: Vec<String> = [days, hours, minutes]
        .iter()
        .zip(units)
        .filter(|(count, _)| **count > 0)
        .map(|(count, unit)| format!("{count}{unit}"))
        .collect();
    if days > 0 {
        parts.truncate(2);
    }
    if parts.is_empty() { format!("0{}", units[2]) } else { parts.join(if is_english() { " " } else { "" }) }
}

/// `3天前`, `刚刚`
pub fn ago(at: Civil, now: Civil) -> String {
    let seconds = (now - at).num_seconds();
    if seconds < 60 {
        return tr(JUST_NOW).to_owned();
    }
    let rounded = if seconds >= 86_400 { seconds / 86_400 * 86_400 } else { seconds };
    super::fill(AGO, &[("span", &span(rounded))])
}

/// The value of a `datetime-local` input: `2026-11-21T10:42`.
pub fn input_value(at: Civil) -> String {
    let mut text = shouwen_core::time::plain(at);
    text.truncate(16);
    text
}
