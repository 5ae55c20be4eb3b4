//! Dates and times as people type them: `2月13日 10点`, `2026.2.13 10:00`, `昨天 15:00`, `明天下午3点半`.
//! Must not guess beyond the text: no year means this year, no time means the given default.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use shouwen_core::case::half_width;
use shouwen_core::time::{Civil, MAX_YEAR, MIN_YEAR, end_of, parse};

/// Why a text is no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    Empty,
    NotADate,
    /// 30 February.
    NoSuchDay,
    /// 25:00.
    NoSuchTime,
    /// Not between 2000 and 2099.
    OutOfRange,
}

/// What a date without a time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untimed {
    Begins,
    Ends,
}

/// Days from today by word; longer words first.
const RELATIVE: [(&str, i64); 11] = [
    ("大前天", -3),
    ("大后天", 3),
    ("前天", -2),
    ("昨天", -1),
    ("今天", 0),
    ("明天", 1),
    ("后天", 2),
    ("yesterday", -1),
    ("today", 0),
    ("tomorrow", 1),
    ("当天", 0),
];

const MORNING: [&str; 5] = ["凌晨", "早上", "早晨", "上午", "am"];
const AFTERNOON: [&str; 5] = ["下午", "傍晚", "晚上", "晚", "pm"];

/// Reads a moment. `now` answers "today" and the year that is left out.
pub fn read(text: &str, now: Civil, untimed: Untimed) -> Result<Civil, Unread> {
    let mut text: String = text.trim().chars().map(half_width).collect::<String>().to_lowercase();
    if text.is_empty() {
        return Err(Unread::Empty);
    }
    if let Some(at) = parse(&text.to_uppercase()) {
        return Ok(at);
    }
    if ["现在", "此刻", "now"].contains(&text.as_str()) {
        return Ok(now);
    }
    remove_weekday(&mut text);
    let relative = take(&mut text, RELATIVE.iter().map(|(word, _)| *word)).map(|index| RELATIVE[index].1);
    let morning = take(&mut text, MORNING.into_iter()).is_some();
    let afternoon = take(&mut text, AFTERNOON.into_iter()).is_some();
    let noon = take(&mut text, ["中午", "正午"].into_iter()).is_some();
    let half = take(&mut text, ["点半", "时半"].into_iter()).is_some();
    if half {
        text.push_str(":30");
    }
    let tokens = tokens(&text)?;
    let of_day = morning || afternoon || noon;
    let split = hour_at(&tokens, relative.is_some(), half || of_day);
    let (date, time) = tokens.split_at(split);
    let date = date_of(date, relative, now)?;
    if time.is_empty() {
        if of_day {
            return Err(Unread::NoSuchTime);
        }
        return Ok(match untimed {
            Untimed::Begins => date.and_time(NaiveTime::MIN),
            Untimed::Ends => end_of(date),
        });
    }
    time_of(date, time, afternoon, noon)
}

/// `（周五）`, `星期五`: said for people, not needed.
fn remove_weekday(text: &mut String) {
    for word in ["星期", "礼拜", "周"] {
        if let Some(at) = text.find(word) {
            let end = at + word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
            text.replace_range(at..end, " ");
        }
    }
    text.retain(|c| !"()[]".contains(c));
}

/// Takes the first of the words out of the text; which one it was.
fn take<'a>(text: &mut String, mut words: impl Iterator<Item = &'a str>) -> Option<usize> {
    words.position(|word| match text.find(word) {
        Some(at) => {
            text.replace_range(at..at + word.len(), " ");
            true
        }
        None => false,
    })
}

/// A number, how many digits it has, and the sign or word behind it (blanks only when nothing else).
type Token = (u32, usize, char);

fn tokens(text: &str) -> Result<Vec<Token>, Unread> {
    let mut list: Vec<Token> = Vec::new();
    let mut inside = false;
    for c in text.chars() {
        match (c.to_digit(10), list.last_mut()) {
            (Some(digit), Some(last)) if inside => {
                last.0 = last.0.checked_mul(10).and_then(|n| n.checked_add(digit)).ok_or(Unread::NotADate)?;
                last.1 += 1;
            }
            (Some(digit), _) => list.push((digit, 1, ' ')),
            (None, Some(last)) if inside || last.2 == ' ' => {
                if !" .-/:,年月日号点时分秒t".contains(c) {
                    return Err(Unread::NotADate);
                }
                last.2 = c;
            }
            (None, _) if " 分秒,".contains(c) => {}
            (None, _) => return Err(Unread::NotADate),
        }
        inside = c.is_ascii_digit();
    }
    Ok(list)
}

/// Where the time begins: at the number before `:` or `点`; with a date in words or complete, at what is left.
fn hour_at(tokens: &[Token], dated: bool, timed: bool) -> usize {
    let marked = tokens.iter().position(|token| ":点时".contains(token.2));
    marked.unwrap_or_else(|| match tokens {
        _ if dated => 0,
        [(_, 8, _), ..] => 1,
        _ if timed => tokens.len().saturating_sub(if tokens.last().is_some_and(|last| last.0 == 30) { 2 } else { 1 }),
        _ => tokens.iter().position(|token| "日号t".contains(token.2)).map_or(tokens.len(), |day| day + 1),
    })
}

fn date_of(tokens: &[Token], relative: Option<i64>, now: Civil) -> Result<NaiveDate, Unread> {
    let today = now.date();
    if tokens.iter().any(|token| ":点时分秒".contains(token.2)) {
        return Err(Unread::NotADate);
    }
    let (year, month, day) = match *tokens {
        [] => {
            let days = relative.unwrap_or(0);
            let whole = Days::new(days.unsigned_abs());
            let date = if days < 0 { today.checked_sub_days(whole) } else { today.checked_add_days(whole) };
            return date.ok_or(Unread::OutOfRange);
        }
        _ if relative.is_some() => return Err(Unread::NotADate),
        [(all, 8, _)] => (all / 10_000, all / 100 % 100, all % 100),
        [(day, 1..=2, '日' | '号')] => (today.year() as u32, today.month(), day),
        [(month, 1..=2, _), (day, 1..=2, _)] => (today.year() as u32, month, day),
        [(year, 4, _), (month, 1..=2, _), (day, 1..=2, _)] => (year, month, day),
        [(year, 2, _), (month, 1..=2, _), (day, 1..=2, _)] => (2000 + year, month, day),
        _ => return Err(Unread::NotADate),
    };
    let year = i32::try_from(year).map_err(|_| Unread::OutOfRange)?;
    if !(MIN_YEAR..=MAX_YEAR).contains(&year) {
        return Err(Unread::OutOfRange);
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(Unread::NoSuchDay)
}

fn time_of(date: NaiveDate, tokens: &[Token], afternoon: bool, noon: bool) -> Result<Civil, Unread> {
    if tokens.iter().any(|token| "年月日号-/".contains(token.2)) {
        return Err(Unread::NotADate);
    }
    let (hour, minute, second) = match *tokens {
        [(all, 3..=4, _)] => (all / 100, all % 100, 0),
        [(hour, 1..=2, _)] => (hour, 0, 0),
        [(hour, 1..=2, _), (minute, 1..=2, _)] => (hour, minute, 0),
        [(hour, 1..=2, _), (minute, 1..=2, _), (second, 1..=2, _)] => (hour, minute, second),
        _ => return Err(Unread::NoSuchTime),
    };
    if (hour, minute, second) == (24, 0, 0) {
        return Ok(end_of(date));
    }
    let later = (afternoon && hour < 12) || (noon && hour < 3);
    let hour = if later { hour + 12 } else { hour };
    NaiveTime::from_hms_opt(hour, minute, second).map(|time| date.and_time(time)).ok_or(Unread::NoSuchTime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shouwen_core::time::plain;

    #[test]
    fn moments_as_people_type_them() {
        let now = parse("2026-11-20T10:30:00").expect("now");
        for (text, want) in [
            ("2026-02-13T10:00", "2026-02-13T10:00:00"),
            ("2026-02-13t10:00:07", "2026-02-13T10:00:07"),
            ("2026-02-13 10:00", "2026-02-13T10:00:00"),
            ("2026.2.13 10:00", "2026-02-13T10:00:00"),
            ("2026/2/13 9:5", "2026-02-13T09:05:00"),
            ("2026年2月13日10点", "2026-02-13T10:00:00"),
            ("２０２６年２月１３日　１０：００", "2026-02-13T10:00:00"),
            ("26.2.13", "2026-02-13T00:00:00"),
            ("20260213", "2026-02-13T00:00:00"),
            ("20260213 1830", "2026-02-13T18:30:00"),
            ("2月13日（周五）10:00", "2026-02-13T10:00:00"),
            ("2月13日 星期五 10时30分", "2026-02-13T10:30:00"),
            ("2月13号下午3点半", "2026-02-13T15:30:00"),
            ("2月13日 10", "2026-02-13T10:00:00"),
            ("2.13", "2026-02-13T00:00:00"),
            ("2-13 8:30", "2026-02-13T08:30:00"),
            ("13日 8点", "2026-11-13T08:00:00"),
            ("昨天 15:00", "2026-11-19T15:00:00"),
            ("前天", "2026-11-18T00:00:00"),
            ("大前天8点", "2026-11-17T08:00:00"),
            ("今天下午3点20分", "2026-11-20T15:20:00"),
            ("明天 9", "2026-11-21T09:00:00"),
            ("后天中午12点", "2026-11-22T12:00:00"),
            ("中午1点", "2026-11-20T13:00:00"),
            ("晚上8点", "2026-11-20T20:00:00"),
            ("14:30", "2026-11-20T14:30:00"),
            ("现在", "2026-11-20T10:30:00"),
            (" now ", "2026-11-20T10:30:00"),
            ("Tomorrow 3 pm", "2026-11-21T15:00:00"),
            ("2月13日 24:00", "2026-02-13T23:59:59"),
            ("2028.2.29", "2028-02-29T00:00:00"),
        ] {
            assert_eq!(read(text, now, Untimed::Begins).map(plain).as_deref(), Ok(want), "{text}");
        }
        assert_eq!(read("2.13", now, Untimed::Ends).map(plain).as_deref(), Ok("2026-02-13T23:59:59"));
    }

    #[test]
    fn what_is_no_moment() {
        use Unread::*;
        let now = parse("2026-11-20T10:30:00").expect("now");
        for (text, want) in [
            ("", Empty),
            ("  ", Empty),
            ("下周", NotADate),
            ("abc", NotADate),
            ("2026", NotADate),
            ("2月", NotADate),
            ("1e9", NotADate),
            ("99999999999999999999", NotADate),
            ("2026-02-13-10", NotADate),
            ("昨天 2月3日", NotADate),
            ("2026-02-29", NoSuchDay),
            ("2月30日", NoSuchDay),
            ("13.1", NoSuchDay),
            ("1900-01-01", OutOfRange),
            ("9999.1.1", OutOfRange),
            ("2月13日 25:00", NoSuchTime),
            ("2月13日 10:75", NoSuchTime),
            ("昨天下午", NoSuchTime),
        ] {
            assert_eq!(read(text, now, Untimed::Begins), Err(want), "{text}");
        }
    }
}
