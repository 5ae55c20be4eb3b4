//! Civil time of Asia/Shanghai (UTC+8, no daylight saving), one-second resolution.
//! Does not know what time it is now: the caller passes `now` in.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

/// An instant as people in China read it from a clock. Whole seconds.
pub type Civil = NaiveDateTime;

/// The first day that dates may have.
pub const MIN_YEAR: i32 = 2000;
/// The last year that dates may have.
pub const MAX_YEAR: i32 = 2099;

/// 23:59:59 of `date`: the last second in time for everything that is due "on" a date.
pub fn end_of(date: NaiveDate) -> Civil {
    date.and_time(NaiveTime::from_num_seconds_from_midnight_opt(86_399, 0).unwrap_or_default())
}

/// Midnight at the beginning of `date`.
pub fn start_of(date: NaiveDate) -> Civil {
    date.and_time(NaiveTime::default())
}

/// Reads `2026-11-21T10:42:00`, also with a blank instead of `T`, without seconds, with fractions
/// (dropped) and with an offset (converted to +08:00; without one the text is civil time).
/// Returns `None` for anything else and for dates outside 2000–2099.
pub fn parse(text: &str) -> Option<Civil> {
    let text = text.trim();
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let rest = rest.strip_prefix(['T', ' '])?;
    let (clock, offset) = match rest.find(['Z', '+', '-']) {
        Some(at) => (rest.get(..at)?, Some(minutes_of_offset(rest.get(at..)?)?)),
        None => (rest, None),
    };
    let clock = clock.split_once('.').map_or(Some(clock), |(whole, fraction)| digits(fraction).map(|_| whole))?;
    let mut parts = clock.split(':');
    let (hour, minute) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let second = parts.next().map_or(Some(0), |part| number(part, 2))?;
    if parts.next().is_some() {
        return None;
    }
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    let written = plain_date(date)?.and_time(time);
    let civil = match offset {
        Some(minutes) => written.checked_add_signed(chrono::Duration::minutes(480 - minutes))?,
        None => written,
    };
    in_range(civil.date()).then_some(civil)
}

/// `Z` or `+08:00` in minutes.
fn minutes_of_offset(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let all = i64::from(number(hours, 2)?) * 60 + i64::from(number(minutes, 2)?);
    let sign = if text.starts_with('-') { -1 } else { 1 };
    (all < 24 * 60).then_some(sign * all)
}

fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// Exactly `width` digits. (The calendar library's format strings cost thirty kilobytes of wasm.)
fn number(text: &str, width: usize) -> Option<u32> {
    digits(text).filter(|text| text.len() == width)?.parse().ok()
}

fn plain_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let (year, month, day) = (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    if parts.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

fn in_range(date: NaiveDate) -> bool {
    (MIN_YEAR..=MAX_YEAR).contains(&date.year())
}

/// Reads `2026-11-21`. Returns `None` for anything else and outside 2000–2099.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    plain_date(text.trim()).filter(|date| in_range(*date))
}

/// `2026-11-21T10:42:00`, the form of the command line and of drafts.
pub fn plain(at: Civil) -> String {
    let (date, time) = (at.date(), at.time());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// `2026-11-21T10:42:00+08:00`, the form of events.
pub fn stamped(at: Civil) -> String {
    format!("{}+08:00", plain(at))
}

/// Serde form of event instants: `2026-11-21T10:42:00+08:00`.
pub mod stamp {
    use super::*;

    pub fn serialize<S: Serializer>(at: &Civil, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&stamped(*at))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Civil, D::Error> {
        let text = String::deserialize(input)?;
        parse(&text).ok_or_else(|| D::Error::custom(format!("not a time between 2000 and 2099: {text}")))
    }
}

/// The same for instants that may be missing.
pub mod stamp_option {
    use super::*;

    pub fn serialize<S: Serializer>(at: &Option<Civil>, out: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => stamp::serialize(at, out),
            None => out.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Civil>, D::Error> {
        match Option::<String>::deserialize(input)? {
            Some(text) => parse(&text)
                .map(Some)
                .ok_or_else(|| D::Error::custom(format!("not a time between 2000 and 2099: {text}"))),
            None => Ok(None),
        }
    }
}

/// Serde form of instants in caches: seconds since 1970 as if the civil time were UTC. Read much faster than text.
pub mod seconds {
    use super::*;

    pub fn serialize<S: Serializer>(at: &Civil, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_i64(at.and_utc().timestamp())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Civil, D::Error> {
        let seconds = i64::deserialize(input)?;
        let at = chrono::DateTime::from_timestamp(seconds, 0).map(|at| at.naive_utc());
        at.ok_or_else(|| D::Error::custom("seconds out of range"))
    }
}

/// The same for instants that may be missing.
pub mod seconds_option {
    use super::*;

    pub fn serialize<S: Serializer>(at: &Option<Civil>, out: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => out.serialize_some(&at.and_utc().timestamp()),
            None => out.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Civil>, D::Error> {
        let seconds = Option::<i64>::deserialize(input)?;
        Ok(seconds.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0)).map(|at| at.naive_utc()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_and_programs_write() {
        for (text, want) in [
            ("2026-11-21T10:42:00", Some("2026-11-21T10:42:00")),
            ("2026-11-21 10:42", Some("2026-11-21T10:42:00")),
            ("2026-11-21T02:42:00Z", Some("2026-11-21T10:42:00")),
            ("2026-11-21T10:42:00.75+08:00", Some("2026-11-21T10:42:00")),
            ("2026-02-30T10:42:00", None),
            ("1999-12-31T10:42:00", None),
            ("2026-11-21T10:42:00-05:00", Some("2026-11-21T23:42:00")),
            ("2026-11-21T24:00", None),
            ("2026-11-21T10:42:00.", None),
            ("2026-11-21T10:42:00+08:00:00", None),
            ("2026-1-21T10:42", None),
            ("２０２６-11-21T10:42", None),
            ("", None),
            ("tomorrow", None),
        ] {
            assert_eq!(parse(text).map(plain).as_deref(), want, "{text}");
        }
    }
}
