//! Holiday calendars in the iCalendar form (RFC 5545), as far as such calendars use it.
//! Must not take a festival's name for a day off: an event needs a mark, the special-day property or a word.

use chrono::{Days, NaiveDate};

use super::gather::{Entry, Gathered};
use super::text::{date, mark, name, short};
use super::{ImportError, Place, Remark, Trouble, Why};

#[derive(Default)]
struct Event {
    line: usize,
    start: Option<NaiveDate>,
    /// Exclusive.
    end: Option<NaiveDate>,
    days: Option<u64>,
    title: String,
    categories: String,
    special: Option<bool>,
    repeats: bool,
    cancelled: bool,
}

/// Reads all events.
///
/// # Errors
/// A calendar that ends inside, a date that is none, stretches that run backwards or too far.
pub(super) fn read(text: &str) -> Result<Gathered, ImportError> {
    let mut gathered = Gathered::default();
    let mut event: Option<Event> = None;
    // Parts inside an event (alarms) and outside of it (time zones) have dates of their own.
    let mut inner = 0_u32;
    let mut closed = false;
    for (line, property) in unfold(text) {
        let Some((key, value)) = split(&property) else { continue };
        match (key.as_str(), value) {
            ("BEGIN", "VEVENT") => event = Some(Event { line, ..Event::default() }),
            ("END", "VEVENT") => {
                if let Some(event) = event.take() {
                    finish(event, &mut gathered)?;
                }
            }
            ("BEGIN", _) if event.is_some() => inner += 1,
            ("END", _) if event.is_some() => inner = inner.saturating_sub(1),
            ("END", "VCALENDAR") => closed = true,
            _ => {
                if let Some(event) = event.as_mut().filter(|_| inner == 0) {
                    take(event, &key, value, line)?;
                }
            }
        }
    }
    if event.is_some() || !closed {
        return Err(ImportError::at(Place::Whole, Trouble::CutOff));
    }
    Ok(gathered)
}

/// Logical lines with the number of their first line: a line that begins with a blank continues the one before.
fn unfold(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ => lines.push((index + 1, line.to_owned())),
        }
    }
    lines
}

/// Name in capitals, without parameters, and value. A colon inside quotes is part of a parameter.
fn split(line: &str) -> Option<(String, &str)> {
    let mut quoted = false;
    let colon = line.find(|c: char| {
        quoted ^= c == '"';
        c == ':' && !quoted
    })?;
    let key = line[..colon].split(';').next().unwrap_or_default();
    Some((key.trim().to_ascii_uppercase(), line[colon + 1..].trim()))
}

fn take(event: &mut Event, key: &str, value: &str, line: usize) -> Result<(), ImportError> {
    let day = || {
        let digits = value.get(..8).filter(|head| head.bytes().all(|byte| byte.is_ascii_digit()));
        let number = |part: &str| part.parse::<u32>().unwrap_or_default();
        let day = digits.and_then(|all| date(number(&all[..4]) as i32, number(&all[4..6]), number(&all[6..])));
        // Midnight in China is 16:00 of the day before in universal time.
        let late = value.ends_with('Z') && value.get(9..11).is_some_and(|hour| number(hour) >= 16);
        day.and_then(|day| if late { day.succ_opt() } else { Some(day) })
            .ok_or_else(|| ImportError::at(Place::Line(line), Trouble::NotADate(short(value))))
    };
    match key {
        "DTSTART" => event.start = Some(day()?),
        "DTEND" => event.end = Some(day()?),
        "DURATION" => event.days = duration(value),
        "SUMMARY" => event.title = unescape(value),
        "CATEGORIES" => event.categories = unescape(value),
        "RRULE" | "RDATE" => event.repeats = true,
        "STATUS" => event.cancelled = value.eq_ignore_ascii_case("CANCELLED"),
        "X-APPLE-SPECIAL-DAY" => {
            event.special = match value {
                "WORK-HOLIDAY" => Some(true),
                "ALTERNATE-WORKDAY" => Some(false),
                _ => event.special,
            }
        }
        _ => {}
    }
    Ok(())
}

/// `P3D` and `P1W`; others do not occur with whole days.
fn duration(value: &str) -> Option<u64> {
    let rest = value.strip_prefix('P')?;
    let days = |text: &str| text.parse::<u64>().ok();
    rest.strip_suffix('D').and_then(days).or_else(|| rest.strip_suffix('W').and_then(days).map(|weeks| weeks * 7))
}

fn unescape(value: &str) -> String {
    let mut text = String::new();
    let mut escaped = false;
    for c in value.chars() {
        match (escaped, c) {
            (false, '\\') => {
                escaped = true;
                continue;
            }
            (true, 'n' | 'N') => text.push(' '),
            (_, c) => text.push(c),
        }
        escaped = false;
    }
    text
}

fn finish(event: Event, gathered: &mut Gathered) -> Result<(), ImportError> {
    let place = Place::Line(event.line);
    let mut leave = |why| {
        let what = short(&event.title);
        gathered.remarks.push(Remark::Ignored { place: Place::Line(event.line), what, why });
        Ok(())
    };
    if event.cancelled {
        return leave(Why::Cancelled);
    }
    if event.repeats {
        return leave(Why::Repeats);
    }
    let Some(off) = event.special.or_else(|| mark(&event.title)).or_else(|| mark(&event.categories)) else {
        return leave(Why::OnlyAName);
    };
    let Some(start) = event.start else {
        return Err(ImportError::at(place, Trouble::NotADate(short(&event.title))));
    };
    // Without an end the event takes its one day; an end at its own start is taken the same way.
    let end = event.end.or_else(|| start.checked_add_days(Days::new(event.days.unwrap_or(1).clamp(1, 366))));
    let last = end.filter(|end| *end != start).and_then(|end| end.pred_opt()).unwrap_or(start);
    let entry = Entry { date: start, name: name(&event.title), off, year: None, place };
    gathered.add_stretch(entry, last).map(|_| ())
}
