//! A question to the calculator as its address carries it: `#/calc?from=2026-02-13T10:00&n=7&unit=working_day`.
//! Parses and prints; must not compute and must not judge what was typed.

use shouwen_core::limit::Unit;

/// Which way is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// From a start to the due time.
    #[default]
    After,
    /// Back from a target.
    Before,
    /// How much lies between two moments.
    Between,
}

/// The question, fields as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub way: Way,
    /// The start; the target when counted backwards. Empty: now.
    pub from: String,
    /// The end, for [`Way::Between`].
    pub to: String,
    pub count: String,
    pub unit: Unit,
    pub roll: bool,
    pub close: bool,
    /// `statutory`, `weekdays`, `hours` (typed opening hours) or `campus:` with a name.
    pub calendar: String,
    /// Opening hours Monday to Friday, for the calendar `hours`.
    pub hours: String,
    /// From–to, as typed.
    pub pauses: Vec<(String, String)>,
}

impl Default for Ask {
    fn default() -> Ask {
        Ask {
            way: Way::After,
            from: String::new(),
            to: String::new(),
            count: "7".to_owned(),
            unit: Unit::WorkingDay,
            roll: false,
            close: false,
            calendar: STATUTORY.to_owned(),
            hours: "9:00-12:00 14:00-18:00".to_owned(),
            pauses: Vec::new(),
        }
    }
}

pub const STATUTORY: &str = "statutory";
pub const WEEKDAYS: &str = "weekdays";
pub const HOURS: &str = "hours";
pub const CAMPUS: &str = "campus:";

const WAYS: [(Way, &str); 3] = [(Way::After, "after"), (Way::Before, "before"), (Way::Between, "between")];

/// Units in the order of the list, with their names in addresses (those of the packs).
pub const UNITS: [(Unit, &str); 9] = [
    (Unit::WorkingDay, "working_day"),
    (Unit::NaturalDay, "natural_day"),
    (Unit::Month, "month"),
    (Unit::SameDay, "same_day"),
    (Unit::NextDay, "next_day"),
    (Unit::Hour, "hour"),
    (Unit::Minute, "minute"),
    (Unit::WorkingHour, "working_hour"),
    (Unit::WorkingMinute, "working_minute"),
];

/// The unit's name in addresses.
pub fn unit_name(unit: Unit) -> &'static str {
    UNITS.iter().find(|(one, _)| *one == unit).map_or("working_day", |(_, name)| name)
}

/// The unit of a name.
pub fn unit_of(name: &str) -> Option<Unit> {
    UNITS.iter().find(|(_, one)| *one == name).map(|(unit, _)| *unit)
}

impl Ask {
    /// Reads what stands behind `?`. What it does not know it leaves out; a text field keeps whatever was typed.
    pub fn parse(query: &str) -> Ask {
        let mut ask = Ask::default();
        for part in query.split('&') {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let value = decode(value);
            match key {
                "way" => ask.way = WAYS.iter().find(|(_, name)| *name == value).map_or(ask.way, |(way, _)| *way),
                "from" => ask.from = value,
                "to" => ask.to = value,
                "n" => ask.count = value,
                "unit" => ask.unit = unit_of(&value).unwrap_or(ask.unit),
                "roll" => ask.roll = value == "1",
                "close" => ask.close = value == "1",
                "cal" => ask.calendar = value,
                "hours" => ask.hours = value,
                "pause" => {
                    let (from, to) = value.split_once('~').unwrap_or((&value, ""));
                    ask.pauses.push((from.to_owned(), to.to_owned()));
                }
                _ => {}
            }
        }
        ask
    }

    /// All texts that are moments.
    pub fn moments(&mut self) -> impl Iterator<Item = &mut String> {
        let pauses = self.pauses.iter_mut().flat_map(|(from, to)| [from, to]);
        [&mut self.from, &mut self.to].into_iter().chain(pauses)
    }

    /// The address's part behind `?`; fields at their default are left out.
    pub fn query(&self) -> String {
        let usual = Ask::default();
        let mut parts: Vec<String> = Vec::new();
        let mut put = |key: &str, value: &str, usual: &str| {
            if value != usual {
                parts.push(format!("{key}={}", encode(value)));
            }
        };
        let way = WAYS.iter().find(|(way, _)| *way == self.way).map_or("", |(_, name)| name);
        put("way", way, "after");
        put("from", &self.from, &usual.from);
        put("to", &self.to, &usual.to);
        put("n", &self.count, &usual.count);
        put("unit", unit_name(self.unit), unit_name(usual.unit));
        put("roll", if self.roll { "1" } else { "" }, "");
        put("close", if self.close { "1" } else { "" }, "");
        put("cal", &self.calendar, &usual.calendar);
        put("hours", &self.hours, &usual.hours);
        for (from, to) in &self.pauses {
            put("pause", &format!("{}~{}", from.replace('~', "-"), to), "");
        }
        parts.join("&")
    }
}

/// Percent-encodes everything that has a meaning in an address or could be changed on the way.
fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b':' | b'~' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The reverse. What is no valid escape stays as it is; broken UTF-8 is replaced.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        let escaped = escaped.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| byte == b'%');
        out.push(escaped.unwrap_or(if byte == b'+' { b' ' } else { byte }));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_survive_the_round_trip() {
        let pause = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let cases = [
            (Ask::default(), ""),
            (
                Ask { from: "2026-02-13T10:00".into(), count: "10".into(), ..Ask::default() },
                "from=2026-02-13T10:00&n=10",
            ),
            (
                Ask {
                    way: Way::Between,
                    from: "2月13日 10点".into(),
                    to: "a&b=c%+~#?".into(),
                    unit: Unit::WorkingHour,
                    calendar: "campus:城北校区".into(),
                    ..Ask::default()
                },
                "way=between&from=2%E6%9C%8813%E6%97%A5%2010%E7%82%B9&to=a%26b%3Dc%25%2B~%23%3F&unit=working_hour\
                 &cal=campus:%E5%9F%8E%E5%8C%97%E6%A0%A1%E5%8C%BA",
            ),
            (
                Ask {
                    way: Way::Before,
                    unit: Unit::Month,
                    roll: true,
                    close: true,
                    count: String::new(),
                    calendar: HOURS.into(),
                    hours: "8-12".into(),
                    pauses: vec![pause("2.16", "2.18 10:00"), pause("", ""), pause("x", "y~z")],
                    ..Ask::default()
                },
                "way=before&n=&unit=month&roll=1&close=1&cal=hours&hours=8-12&pause=2.16~2.18%2010:00&pause=~&pause=x~y~z",
            ),
        ];
        for (ask, query) in cases {
            assert_eq!(ask.query(), query);
            assert_eq!(Ask::parse(query), ask, "{query}");
        }
        for (_, name) in UNITS {
            assert_eq!(unit_of(name).map(unit_name), Some(name));
        }
    }

    #[test]
    fn foreign_addresses_are_read_as_far_as_possible() {
        let ask = Ask::parse("from=2026-02-13+10:00&n=%zz&unit=week&way=up&roll=yes&x=1&&pause=a&%E4");
        assert_eq!((ask.from.as_str(), ask.count.as_str()), ("2026-02-13 10:00", "%zz"));
        assert_eq!((ask.unit, ask.way, ask.roll), (Unit::WorkingDay, Way::After, false));
        assert_eq!(ask.pauses, [("a".to_owned(), String::new())]);
        assert_eq!(Ask::parse("from=%E4%BD").from, "\u{fffd}");
    }
}
