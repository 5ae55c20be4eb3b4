//! Times and dates of a timetable as people type them. Must not judge a timetable; `core` does.

use std::collections::BTreeMap;

use shouwen_core::case::half_width;

/// `9`, `9:30`, `0930`, `9点30`, `９：３０` → `09:30`. What cannot be a time stays as it is, for the message.
pub fn read_time(text: &str) -> String {
    let plain: String = text.trim().chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let parts: Vec<&str> = plain.split([':', '.', '点', '时', '分']).filter(|part| !part.is_empty()).collect();
    let digits = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.is_empty() || !parts.iter().all(|part| digits(part)) {
        return text.trim().to_owned();
    }
    let (hour, minute) = match parts.as_slice() {
        [hour] if hour.len() <= 2 => (*hour, "0"),
        [both] => both.split_at(both.len() - 2),
        [hour, minute] => (*hour, *minute),
        _ => return text.trim().to_owned(),
    };
    match (hour.parse::<u32>(), minute.parse::<u32>()) {
        (Ok(hour), Ok(minute)) => format!("{hour:02}:{minute:02}"),
        _ => text.trim().to_owned(),
    }
}

/// Between dates, and between the windows of a line.
fn between(c: char) -> bool {
    c.is_whitespace() || ",，、;；".contains(c)
}

/// Dates separated by blanks, commas or lines.
pub fn read_dates(text: &str) -> Vec<String> {
    text.split(between).filter(|part| !part.is_empty()).map(read_date).collect()
}

/// `2027-2-6`, `2027/02/06`, `２０２７年２月６日` → `2027-02-06`. What is no date stays as it is, for the message.
fn read_date(text: &str) -> String {
    let plain: String = text.chars().map(half_width).collect();
    let parts: Vec<&str> = plain.trim_end_matches(['日', '号']).split(['-', '/', '.', '年', '月']).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 && parts.iter().all(digits) => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => plain,
    }
}

/// One line per date: `2027-02-06 09:00-12:00 14:00-18:00`. A date without hours rests. Two lines of one date add up,
/// so that an overlap is found and no line is lost.
pub fn read_shifts(text: &str) -> BTreeMap<String, Vec<[String; 2]>> {
    let mut shifts: BTreeMap<String, Vec<[String; 2]>> = BTreeMap::new();
    for line in text.lines() {
        let half: String = line.chars().map(half_width).collect();
        let mut words = half.split(between).filter(|word| !word.is_empty());
        if let Some(date) = words.next() {
            shifts.entry(read_date(date)).or_default().extend(words.map(read_window));
        }
    }
    shifts
}

fn read_window(text: &str) -> [String; 2] {
    let (start, end) = text.split_once(['-', '–', '~', '至']).unwrap_or((text, ""));
    [read_time(start), read_time(end)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (text, want) in [
            ("9", "09:00"),
            ("09:00", "09:00"),
            ("930", "09:30"),
            ("0930", "09:30"),
            (" ９：３０ ", "09:30"),
            ("9点30分", "09:30"),
            ("18点", "18:00"),
            ("24:00", "24:00"),
            ("25:99", "25:99"),
            ("", ""),
            ("早上", "早上"),
            ("1:2:3", "1:2:3"),
        ] {
            assert_eq!(read_time(text), want, "{text:?}");
        }
    }

    #[test]
    fn dates_and_hours() {
        assert_eq!(read_dates("2027-02-06，2027/2/7\n 2027年2月8日"), ["2027-02-06", "2027-02-07", "2027-02-08"]);
        assert_eq!(read_dates("明天、27-2-6"), ["明天", "27-2-6"]);
        let shifts = read_shifts("2027-02-06 9-12 14:00–18:00\n\n2027-02-07");
        let hours = |start: &str, end: &str| [start.to_owned(), end.to_owned()];
        assert_eq!(shifts.get("2027-02-06"), Some(&vec![hours("09:00", "12:00"), hours("14:00", "18:00")]));
        assert_eq!(shifts.get("2027-02-07"), Some(&Vec::new()));
        let twice = read_shifts("2027-02-06 9-12\n2027/2/6 11:00-14:00、16-18");
        let want = vec![hours("09:00", "12:00"), hours("11:00", "14:00"), hours("16:00", "18:00")];
        assert_eq!(twice.get("2027-02-06"), Some(&want));
    }
}
