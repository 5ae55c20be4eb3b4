//! Lines as a person types them off the official text, one per stretch of days.
//! Must not guess: a line that is not understood is named.

use chrono::NaiveDate;

use super::gather::{Entry, Gathered};
use super::text::{loose_date, plain, short};
use super::{ImportError, Place, Trouble};

/// Words that end a line: the days are off, or are make-up working days.
const OFF: [&str; 7] = ["放假", "休息", "休", "补休", "放假调休", "off", "true"];
const WORK: [&str; 6] = ["上班", "调休上班", "补班", "班", "work", "false"];

struct Line {
    from: NaiveDate,
    to: NaiveDate,
    name: String,
    off: bool,
}

/// Whether any line is complete, or the text has nothing of a sentence.
pub(super) fn looks_typed(text: &str, year: Option<i32>) -> bool {
    let sentence = |line: &str| line.contains(['。', '：', '，']) && line.contains('月');
    text.lines().any(|line| read_line(line, year.or(Some(2000))).is_some()) && !text.lines().any(sentence)
        || text.lines().filter(|line| !line.trim().is_empty()).all(|line| loose_date(&first_word(line), None).is_some())
}

fn first_word(line: &str) -> String {
    plain(line).split([' ', ',', '\t']).find(|word| !word.is_empty()).unwrap_or_default().to_owned()
}

pub(super) fn read(text: &str, year: Option<i32>) -> Result<Gathered, ImportError> {
    let mut gathered = Gathered::default();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = Place::Line(index + 1);
        let Some(read) = read_line(line, year) else {
            // The same line would do if the year were known.
            let trouble = if year.is_none() && read_line(line, Some(2000)).is_some() {
                Trouble::NoYear
            } else {
                Trouble::NotALine(short(line))
            };
            return Err(ImportError::at(place, trouble));
        };
        let first = Entry { date: read.from, name: read.name, off: read.off, year: None, place };
        gathered.add_stretch(first, read.to)?;
    }
    Ok(gathered)
}

/// `2027-01-01 2027-01-03 元旦 放假`, `1月1日至1月3日 元旦 放假`, `2027-01-04,元旦,班`.
fn read_line(line: &str, year: Option<i32>) -> Option<Line> {
    // A dash is part of a date when digits stand on both sides and a year leads; as a sign of its own it joins dates.
    let line = plain(line).replace(" - ", " ").replace("日-", "日 ");
    let line: String = line.chars().map(|c| if "至到,、\t\"".contains(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    let (last, rest) = words.split_last()?;
    let off = match *last {
        word if OFF.contains(&word) => true,
        word if WORK.contains(&word) => false,
        _ => return None,
    };
    let dates: Vec<NaiveDate> = rest.iter().map_while(|word| loose_date(word, year)).collect();
    let name = rest.get(dates.len()..)?.join(" ");
    let (from, to) = match dates.as_slice() {
        [one] => (*one, *one),
        [from, to] => (*from, *to),
        _ => return None,
    };
    (!name.is_empty()).then_some(Line { from, to, name, off })
}
