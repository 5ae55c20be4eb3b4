//! Holiday data in JSON: our own file, and the forms that public projects publish. They differ in how they nest, not
//! in what they say, so one walk reads them all: objects with a date, objects keyed by dates, lists of dates, keyed by
//! years or under "holidays" and "workdays". Must not take a date without a mark for a day off.

use serde_json::{Map, Value};

use super::super::error::CalendarError;
use super::super::notice::{CalendarFile, FORMAT};
use super::gather::{Entry, Gathered};
use super::review::remarks_on;
use super::text::{loose_date, mark, name, short};
use super::{Form, Found, ImportError, Place, Remark, Trouble, Why};

/// Objects and lists inside each other.
const MAX_DEPTH: u32 = 8;

/// Keys whose dates are days off, or make-up days, unless an entry says otherwise itself.
const OFF_KEYS: [&str; 6] = ["holidays", "holiday", "offDays", "off_days", "restDays", "vacation"];
const WORK_KEYS: [&str; 6] = ["workdays", "workDays", "work_days", "makeupWorkdays", "makeup_days", "remark"];
/// Days off that are listed a second time as exchanged ones.
const REPEATED_KEYS: [&str; 2] = ["inLieuDays", "in_lieu_days"];
/// Flags of an entry: true means a day off.
const OFF_FLAGS: [&str; 4] = ["isOffDay", "holiday", "isHoliday", "is_holiday"];
const OFF_TYPES: [&str; 2] = ["public_holiday", "holiday"];
const WORK_TYPES: [&str; 2] = ["transfer_workday", "workday"];

#[derive(Clone, Copy)]
struct Context {
    year: Option<i32>,
    mark: Option<bool>,
    depth: u32,
}

pub(super) fn read(text: &str, year: Option<i32>) -> Result<Found, ImportError> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| ImportError::at(Place::Line(error.line()), Trouble::Json(error.to_string())))?;
    if value.get("format").and_then(Value::as_str) == Some(FORMAT) {
        return own(text);
    }
    let mut gathered = Gathered::default();
    walk(&value, "$", Context { year: None, mark: None, depth: 0 }, year, &mut gathered)?;
    gathered.finish(Form::Json)
}

/// Our own file says itself whether a notice is partial.
fn own(text: &str) -> Result<Found, ImportError> {
    let fault = |error: CalendarError| ImportError::at(Place::Path(error.place), Trouble::Own(error.problem));
    let file = CalendarFile::parse(text).map_err(fault)?;
    super::super::Statutory::new(&file.notices).map_err(fault)?;
    if file.notices.is_empty() {
        return Err(ImportError::at(Place::Path("notices".to_owned()), Trouble::Nothing));
    }
    let remarks = file.notices.iter().flat_map(remarks_on).collect();
    Ok(Found { form: Form::Own, notices: file.notices, remarks })
}

/// `assumed`: the year for dates without one where the data names none.
fn walk(
    value: &Value,
    path: &str,
    context: Context,
    assumed: Option<i32>,
    out: &mut Gathered,
) -> Result<(), ImportError> {
    if context.depth > MAX_DEPTH {
        return Ok(());
    }
    let context = Context { depth: context.depth + 1, ..context };
    match value {
        Value::Object(map) if map.get("date").is_some_and(|date| date.is_string() || date.is_u64()) => {
            entry(map, None, path, context, assumed, out)
        }
        Value::Object(map) => members(map, path, context, assumed, out),
        Value::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                let path = format!("{path}[{index}]");
                match item {
                    Value::String(text) if context.mark.is_some() => {
                        dated(text, &Value::Null, &path, context, assumed, out)?
                    }
                    item => walk(item, &path, context, assumed, out)?,
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn members(
    map: &Map<String, Value>,
    path: &str,
    context: Context,
    assumed: Option<i32>,
    out: &mut Gathered,
) -> Result<(), ImportError> {
    let year = map.get("year").and_then(|value| value.as_i64().or_else(|| value.as_str()?.parse().ok()));
    let context = Context { year: year.and_then(|year| i32::try_from(year).ok()).or(context.year), ..context };
    for key in ["papers", "sources"] {
        let list = map.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        out.sources.extend(list.iter().filter_map(Value::as_str).map(|text| (context.year, text.to_owned())));
    }
    for (key, value) in map {
        let path = format!("{path}.{key}");
        if looks_like_date(key) {
            dated(key, value, &path, context, assumed, out)?;
        } else if REPEATED_KEYS.contains(&key.as_str()) || !(value.is_object() || value.is_array()) {
            // Scalars beside the dates describe the file.
        } else {
            let of_key = if OFF_KEYS.contains(&key.as_str()) {
                Some(true)
            } else if WORK_KEYS.contains(&key.as_str()) {
                Some(false)
            } else {
                context.mark
            };
            let year = Some(key).filter(|key| key.len() == 4).and_then(|key| key.parse().ok()).or(context.year);
            walk(value, &path, Context { year, mark: of_key, ..context }, assumed, out)?;
        }
    }
    Ok(())
}

/// Digits and separators, at least month and day.
fn looks_like_date(key: &str) -> bool {
    key.len() >= 4
        && key.ends_with(|c: char| c.is_ascii_digit())
        && key.bytes().all(|byte| byte.is_ascii_digit() || b"-/.".contains(&byte))
        && (key.len() == 8 || key.bytes().any(|byte| !byte.is_ascii_digit()))
}

/// A date with what stands behind it: an object, a name, or nothing.
fn dated(
    date: &str,
    value: &Value,
    path: &str,
    context: Context,
    assumed: Option<i32>,
    out: &mut Gathered,
) -> Result<(), ImportError> {
    match value {
        Value::Object(map) => entry(map, Some(date), path, context, assumed, out),
        value => {
            let title = value.as_str().unwrap_or_default();
            let off = context.mark.or_else(|| mark(title));
            add(date, title, off, path, context, assumed, out)
        }
    }
}

fn entry(
    map: &Map<String, Value>,
    key: Option<&str>,
    path: &str,
    context: Context,
    assumed: Option<i32>,
    out: &mut Gathered,
) -> Result<(), ImportError> {
    let date = match map.get("date") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => key.unwrap_or_default().to_owned(),
    };
    let text = |name: &str| map.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    // Make-up days of one public form carry the festival as their target.
    let title = ["target", "name_cn", "name"].into_iter().find_map(text).unwrap_or_default();
    let flag = OFF_FLAGS.iter().find_map(|name| map.get(*name)?.as_bool());
    let kind = text("type").and_then(|kind| {
        if OFF_TYPES.contains(&kind) { Some(true) } else { WORK_TYPES.contains(&kind).then_some(false) }
    });
    let off = flag.or(kind).or_else(|| mark(title)).or(context.mark);
    add(&date, title, off, path, context, assumed, out)
}

fn add(
    date: &str,
    title: &str,
    off: Option<bool>,
    path: &str,
    context: Context,
    assumed: Option<i32>,
    out: &mut Gathered,
) -> Result<(), ImportError> {
    let place = Place::Path(path.trim_start_matches("$.").to_owned());
    let year = context.year.or(assumed);
    let Some(day) = loose_date(date, year) else {
        let trouble = if year.is_none() && loose_date(date, Some(2000)).is_some() {
            Trouble::NoYear
        } else {
            Trouble::NotADate(short(date))
        };
        return Err(ImportError::at(place, trouble));
    };
    match off {
        Some(off) => out.add(Entry { date: day, name: name(title), off, year: context.year, place }),
        None => {
            let what = short(&format!("{date} {title}"));
            out.remarks.push(Remark::Ignored { place, what, why: Why::OnlyAName });
            Ok(())
        }
    }
}
