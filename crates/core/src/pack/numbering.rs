//! The next case number by a pattern of the rule (`{yy}{mm}{nn}`) or of our own.
//! Must not know cases; it is given the numbers that exist.

use chrono::{Datelike, NaiveDate};

/// Largest running number that is looked for; beyond it the next number would not be read back.
const MAX: u32 = 99_999_999;

/// What stands in braces of a pattern.
fn token(name: &str, day: NaiveDate) -> Option<String> {
    match name {
        "yyyy" => Some(format!("{:04}", day.year())),
        "yy" => Some(format!("{:02}", day.year().rem_euclid(100))),
        "mm" => Some(format!("{:02}", day.month())),
        "dd" => Some(format!("{:02}", day.day())),
        _ => None,
    }
}

/// A pattern as text before the running number, its least digits, and text after it. Without a running number: `None`.
/// Braces with an unknown name stay as they stand.
fn parts(pattern: &str, day: NaiveDate) -> Option<(String, usize, String)> {
    let mut done: Option<(String, usize)> = None;
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        if done.is_none() && !name.is_empty() && name.bytes().all(|byte| byte == b'n') {
            done = Some((std::mem::take(&mut text), name.len()));
        } else {
            text.push_str(&token(name, day).unwrap_or_else(|| format!("{{{name}}}")));
        }
        rest = tail;
    }
    text.push_str(rest);
    let (before, digits) = done?;
    Some((before, digits, text))
}

/// The next free number: one more than the largest among `known` that is built alike. More digits than the pattern asks
/// for are used when they are needed. A pattern without a running number gets one at its end.
pub fn next_number<'a>(pattern: &str, day: NaiveDate, known: impl Iterator<Item = &'a str>) -> String {
    let (before, digits, after) =
        parts(pattern, day).unwrap_or_else(|| (format!("{}-", plain(pattern, day)), 1, String::new()));
    let running = |number: &str| {
        let middle = number.strip_prefix(&before)?.strip_suffix(&after)?;
        let digits = !middle.is_empty() && middle.bytes().all(|byte| byte.is_ascii_digit());
        if digits { middle.parse::<u32>().ok().filter(|number| *number < MAX) } else { None }
    };
    let next = known.filter_map(running).max().unwrap_or(0) + 1;
    format!("{before}{next:0digits$}{after}")
}

fn plain(pattern: &str, day: NaiveDate) -> String {
    parts(&format!("{pattern}{{n}}"), day).map_or_else(|| pattern.to_owned(), |(before, ..)| before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        let check = |pattern: &str, known: &[&str], want: &str| {
            assert_eq!(next_number(pattern, day, known.iter().copied()), want, "{pattern}");
        };
        check("{yy}{mm}{nn}", &[], "260301");
        check("{yy}{mm}{nn}", &["260301", "260312", "260299", "2603x9", "旧1"], "260313");
        check("{yy}{mm}{nn}", &["260399"], "2603100");
        check("{yy}{mm}{nn}", &["2603100", "260399"], "2603101");
        check("城北-{yy}-{nnnn}", &["城北-26-0007", "城南-26-0099"], "城北-26-0008");
        check("{yyyy}-{mm}-{dd}/{n}号", &["2026-03-09/4号", "2026-03-09/9"], "2026-03-09/5号");
        check("备案{yyyy}", &["备案2026-3"], "备案2026-4");
        check("{what}{n}{n}", &[], "{what}1{n}");
        check("{n", &[], "{n-1");
        check("{nn}", &["99999999"], "01");
        check("", &["-1"], "-2");
    }
}
