//! The official holiday arrangement of a year, and the calendar file that carries such notices.
//! Must not count days; the gate for data from outside: strict, total, names the place of every fault.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::{Map, Value};

use super::error::{CalendarError, Problem};
use crate::time::{MAX_YEAR, MIN_YEAR, parse_date};

/// The only calendar format so far.
pub const FORMAT: &str = "shouwen-calendar/1";

/// One year's notice 放假通知.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    pub year: i32,
    /// Addresses of the official text and of its amendments.
    pub sources: Vec<String>,
    pub days: Vec<NoticeDay>,
    /// Festivals are missing: dates that it does not name stay provisional and follow the law on festivals.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

/// A date that the notice names. Dates that it does not name follow the weekday rule.
/// JSON form: `["2026-01-01", "元旦", true]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeDay {
    pub date: NaiveDate,
    pub name: String,
    /// `false`: a make-up working day 调休上班.
    pub off: bool,
}

/// A calendar file with all notices that it knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarFile {
    pub format: String,
    pub id: String,
    pub title: Title,
    pub notices: Vec<Notice>,
}

/// A calendar's name in both languages of the interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Title {
    pub zh: String,
    pub en: String,
}

impl Serialize for NoticeDay {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut tuple = out.serialize_tuple(3)?;
        tuple.serialize_element(&self.date.to_string())?;
        tuple.serialize_element(&self.name)?;
        tuple.serialize_element(&self.off)?;
        tuple.end()
    }
}

impl<'de> Deserialize<'de> for NoticeDay {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let (date, name, off) = <(String, String, bool)>::deserialize(input)?;
        let date = strict_date(&date).ok_or_else(|| D::Error::custom(Problem::NotADate(date)))?;
        Ok(Self { date, name, off })
    }
}

impl CalendarFile {
    /// Reads and checks a calendar file. Fails at the first fault, with its JSON path; never panics.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| CalendarError::at("$", Problem::Syntax(error.to_string())))?;
        let root = object(&value, "$")?;
        // The format first: a file of another format should not be blamed for its fields.
        let format = text_field(root, "format", "format")?;
        if format != FORMAT {
            return Err(CalendarError::at("format", Problem::UnknownFormat(format)));
        }
        only(root, &["format", "id", "title", "notices"], "")?;
        let title = object(field(root, "title", "title")?, "title")?;
        only(title, &["zh", "en"], "title.")?;
        let title = Title { zh: text_field(title, "zh", "title.zh")?, en: text_field(title, "en", "title.en")? };
        let notices = array(field(root, "notices", "notices")?, "notices")?
            .iter()
            .enumerate()
            .map(|(index, value)| read_notice(value, &format!("notices[{index}]")))
            .collect::<Result<Vec<_>, _>>()?;
        check_notices(&notices)?;
        Ok(Self { format, id: text_field(root, "id", "id")?, title, notices })
    }

    /// The file's text: one notice per line, so that a new notice is one new line in a comparison.
    pub fn to_text(&self) -> String {
        let notices: Vec<String> = self.notices.iter().map(json).collect();
        format!(
            "{{\"format\":{},\"id\":{},\"title\":{},\"notices\":[\n{}\n]}}\n",
            json(&self.format),
            json(&self.id),
            json(&self.title),
            notices.join(",\n")
        )
    }
}

/// Texts, numbers and lists cannot fail to become JSON.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// What must hold for notices wherever they come from; places count from `notices`.
pub(super) fn check_notices(notices: &[Notice]) -> Result<(), CalendarError> {
    let mut years = BTreeSet::new();
    for (index, notice) in notices.iter().enumerate() {
        let place = format!("notices[{index}]");
        if !(MIN_YEAR..=MAX_YEAR).contains(&notice.year) {
            return Err(CalendarError::at(place + ".year", Problem::NotAYear(notice.year.into())));
        }
        if !years.insert(notice.year) {
            return Err(CalendarError::at(place + ".year", Problem::DuplicateYear(notice.year)));
        }
        if notice.days.is_empty() {
            return Err(CalendarError::at(place + ".days", Problem::EmptyNotice(notice.year)));
        }
        check_days(notice, &place)?;
    }
    Ok(())
}

fn check_days(notice: &Notice, place: &str) -> Result<(), CalendarError> {
    let mut dates = BTreeSet::new();
    for (index, day) in notice.days.iter().enumerate() {
        let at = |part: u8, problem| Err(CalendarError::at(format!("{place}.days[{index}][{part}]"), problem));
        if !belongs(day.date, notice.year) {
            return at(0, Problem::ForeignDate { date: day.date, year: notice.year });
        }
        if !dates.insert(day.date) {
            return at(0, Problem::DuplicateDate(day.date));
        }
        if day.name.trim().is_empty() {
            return at(1, Problem::Empty);
        }
    }
    Ok(())
}

/// Notices reach over New Year: into December before and January after.
pub(super) fn belongs(date: NaiveDate, year: i32) -> bool {
    let spill = (date.year() == year - 1 && date.month() == 12) || (date.year() == year + 1 && date.month() == 1);
    (MIN_YEAR..=MAX_YEAR).contains(&date.year()) && (date.year() == year || spill)
}

fn read_notice(value: &Value, place: &str) -> Result<Notice, CalendarError> {
    let map = object(value, place)?;
    only(map, &["year", "sources", "days", "partial"], &format!("{place}."))?;
    let at = format!("{place}.year");
    let year = field(map, "year", &at)?;
    let year = year.as_i64().ok_or_else(|| CalendarError::at(&at, Problem::Expected("a year")))?;
    let year = i32::try_from(year).map_err(|_| CalendarError::at(&at, Problem::NotAYear(year)))?;
    let at = format!("{place}.sources");
    let sources = array(field(map, "sources", &at)?, &at)?
        .iter()
        .enumerate()
        .map(|(index, source)| text_of(source, &format!("{at}[{index}]")))
        .collect::<Result<_, _>>()?;
    let at = format!("{place}.days");
    let days = array(field(map, "days", &at)?, &at)?
        .iter()
        .enumerate()
        .map(|(index, day)| read_day(day, &format!("{at}[{index}]")))
        .collect::<Result<_, _>>()?;
    let partial = match map.get("partial") {
        None => false,
        Some(value) => value
            .as_bool()
            .ok_or_else(|| CalendarError::at(format!("{place}.partial"), Problem::Expected("true or false")))?,
    };
    Ok(Notice { year, sources, days, partial })
}

fn read_day(value: &Value, place: &str) -> Result<NoticeDay, CalendarError> {
    let [date, name, off] = array(value, place)?.as_slice() else {
        return Err(CalendarError::at(place, Problem::Expected("[date, name, off]")));
    };
    let at = format!("{place}[0]");
    let date = text_of(date, &at)?;
    let date = strict_date(&date).ok_or_else(|| CalendarError::at(&at, Problem::NotADate(date)))?;
    let name = text_of(name, &format!("{place}[1]"))?;
    let off =
        off.as_bool().ok_or_else(|| CalendarError::at(format!("{place}[2]"), Problem::Expected("true or false")))?;
    Ok(NoticeDay { date, name, off })
}

/// Only `2026-01-04`: chrono alone also reads `2026-1-4`.
pub(super) fn strict_date(text: &str) -> Option<NaiveDate> {
    parse_date(text).filter(|date| date.to_string() == text)
}

fn object<'a>(value: &'a Value, place: &str) -> Result<&'a Map<String, Value>, CalendarError> {
    value.as_object().ok_or_else(|| CalendarError::at(place, Problem::Expected("an object")))
}

fn array<'a>(value: &'a Value, place: &str) -> Result<&'a Vec<Value>, CalendarError> {
    value.as_array().ok_or_else(|| CalendarError::at(place, Problem::Expected("a list")))
}

fn field<'a>(map: &'a Map<String, Value>, name: &str, place: &str) -> Result<&'a Value, CalendarError> {
    map.get(name).ok_or_else(|| CalendarError::at(place, Problem::MissingField))
}

fn text_of(value: &Value, place: &str) -> Result<String, CalendarError> {
    let text = value.as_str().ok_or_else(|| CalendarError::at(place, Problem::Expected("a text")))?;
    if text.trim().is_empty() {
        return Err(CalendarError::at(place, Problem::Empty));
    }
    Ok(text.to_owned())
}

fn text_field(map: &Map<String, Value>, name: &str, place: &str) -> Result<String, CalendarError> {
    text_of(field(map, name, place)?, place)
}

fn only(map: &Map<String, Value>, known: &[&str], prefix: &str) -> Result<(), CalendarError> {
    match map.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(CalendarError::at(format!("{prefix}{key}"), Problem::UnknownField)),
        None => Ok(()),
    }
}
