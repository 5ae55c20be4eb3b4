//! Calendar files as RFC 5545 describes them: entries that end at a due time, with alarms, in UTC.
//! Must not know cases, rules or languages: whoever calls decides what an entry says and when it rings.

use shouwen_core::time::{Civil, plain};

/// Octets of a content line before it has to be folded, without the line break.
const LINE: usize = 75;

/// The largest number that the format's INTEGER holds.
const MOST: u32 = i32::MAX as u32;

/// How long an entry lasts, in seconds. It ends at the due time: programs draw an entry without length as a block
/// after its beginning, which would look as if there were time left, or hide it.
pub const LENGTH: i64 = 30 * 60;

/// How firm an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Confirmed,
    /// The time may still change.
    Tentative,
    /// Programs that know the identifier take the entry away or cross it out. Never rings.
    Cancelled,
}

/// One due time.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The same in every file for the same thing; by it programs find the entry again.
    pub uid: String,
    /// Grows with every change; of two entries the one with the higher number holds.
    pub sequence: u32,
    /// Civil time of Asia/Shanghai, as all times here.
    pub due: Civil,
    pub changed: Civil,
    pub title: String,
    pub text: String,
    /// When it rings; the order is kept, because some programs take the first one only.
    pub alarms: Vec<Civil>,
    pub standing: Standing,
}

/// The file's text. `name` is what a program calls the calendar, `stamp` the time of writing.
pub fn calendar(name: &str, stamp: Civil, entries: &[Entry]) -> String {
    let mut file = File(String::new());
    file.line("BEGIN", "VCALENDAR");
    file.line("VERSION", "2.0");
    file.line("PRODID", "-//Shouwen//Shouwen//ZH");
    file.line("CALSCALE", "GREGORIAN");
    file.line("METHOD", "PUBLISH");
    file.text("X-WR-CALNAME", name);
    file.line("X-WR-TIMEZONE", "Asia/Shanghai");
    for entry in entries {
        file.entry(entry, stamp);
    }
    file.line("END", "VCALENDAR");
    file.0
}

/// Content lines one after the other.
struct File(String);

impl File {
    fn entry(&mut self, entry: &Entry, stamp: Civil) {
        let begin = entry.due - chrono::Duration::seconds(LENGTH);
        self.line("BEGIN", "VEVENT");
        self.text("UID", &entry.uid);
        self.line("SEQUENCE", &entry.sequence.min(MOST).to_string());
        self.line("DTSTAMP", &utc(stamp));
        self.line("LAST-MODIFIED", &utc(entry.changed));
        self.line("DTSTART", &utc(begin));
        self.line("DTEND", &utc(entry.due));
        self.text("SUMMARY", &entry.title);
        self.text("DESCRIPTION", &entry.text);
        let (status, rings) = match entry.standing {
            Standing::Confirmed => ("CONFIRMED", true),
            Standing::Tentative => ("TENTATIVE", true),
            Standing::Cancelled => ("CANCELLED", false),
        };
        self.line("STATUS", status);
        // A due time takes nobody's time away, and is nobody else's business.
        self.line("TRANSP", "TRANSPARENT");
        self.line("CLASS", "PRIVATE");
        for at in entry.alarms.iter().filter(|_| rings) {
            self.line("BEGIN", "VALARM");
            self.line("ACTION", "DISPLAY");
            self.text("DESCRIPTION", &entry.title);
            self.line("TRIGGER", &trigger((*at - begin).num_seconds()));
            self.line("END", "VALARM");
        }
        self.line("END", "VEVENT");
    }

    fn text(&mut self, name: &str, text: &str) {
        self.line(name, &escaped(text));
    }

    /// One content line, folded so that no part is longer than [`LINE`] and no character is cut.
    fn line(&mut self, name: &str, value: &str) {
        let mut used = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if used + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Line breaks of all kinds become `\n`; characters that the format forbids are left out.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' => out.push_str("\\n"),
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// `20261122T155959Z`
fn utc(at: Civil) -> String {
    let mut text = plain(at - chrono::Duration::hours(8));
    text.retain(|c| !matches!(c, '-' | ':'));
    text.push('Z');
    text
}

/// Seconds after (or before) the beginning: `-PT23H30M0S`. Relative to the beginning, because that is the only kind
/// that all common programs read.
fn trigger(seconds: i64) -> String {
    let (sign, seconds) = (if seconds < 0 { "-" } else { "" }, seconds.abs());
    format!("{sign}PT{}H{}M{}S", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
