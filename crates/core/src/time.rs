//! Civil time of Asia/Shanghai (UTC+8, no daylight saving), one-second resolution.
//! Does not know what time it is now: the caller passes `now` in.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
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
    let civil = match chrono::DateTime::parse_from_rfc3339(text) {
        Ok(instant) => instant.naive_utc() + chrono::Duration::hours(8),
        Err(_) => {
            let text = text.replacen(' ', "T", 1);
            ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
                .iter()
                .find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())?
        }
    };
    use chrono::{Datelike, Timelike};
    (MIN_YEAR..=MAX_YEAR).contains(&civil.year()).then(|| civil.with_nanosecond(0).unwrap_or(civil))
}

/// Reads `2026-11-21`. Returns `None` for anything else and outside 2000–2099.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    use chrono::Datelike;
    let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()?;
    (MIN_YEAR..=MAX_YEAR).contains(&date.year()).then_some(date)
}

/// `2026-11-21T10:42:00`, the form of the command line and of drafts.
pub fn plain(at: Civil) -> String {
    at.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// `2026-11-21T10:42:00+08:00`, the form of events.
pub fn stamped(at: Civil) -> String {
    at.format("%Y-%m-%dT%H:%M:%S+08:00").to_string()
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

/// Serde form of optional instants in caches: `2026-11-21T10:42:00` or nothing.
pub mod plain_option {
    use super::*;

    pub fn serialize<S: Serializer>(at: &Option<Civil>, out: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => out.serialize_some(&plain(*at)),
            None => out.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Civil>, D::Error> {
        let text = Option::<String>::deserialize(input)?;
        Ok(text.as_deref().and_then(parse))
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
            ("tomorrow", None),
        ] {
            assert_eq!(parse(text).map(plain).as_deref(), want, "{text}");
        }
    }
}
