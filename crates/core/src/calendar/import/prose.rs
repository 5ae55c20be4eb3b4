//! The official notice's own wording, pasted as text. Follows how the notices of 2007 to 2026 are built: a section per
//! festival, stretches of dates before 放假, single dates before 补休 and 上班, reasons behind 其中. Dates take the
//! month and year that were said before them; days of the week and totals are checked. Must not guess: a sentence with
//! dates and no verb is reported.

use chrono::{Datelike, NaiveDate, Weekday};

use super::super::table::is_weekend;
use super::gather::{Entry, Gathered};
use super::text::{date, names, names_any, plain, short};
use super::tokens::{Token, tokens};
use super::{ImportError, Place, Remark, Trouble, Why};

/// Longest name of a festival before the colon.
const MAX_NAME: usize = 30;

pub(super) fn read(text: &str, year: Option<i32>) -> Result<Gathered, ImportError> {
    let sentences = sentences(text);
    let own = sentences.iter().find_map(|(_, sentence)| {
        tokens(sentence).into_iter().find_map(|token| if let Token::Year(year) = token { Some(year) } else { None })
    });
    let mut reader = Reader { year: own, assumed: year, ..Reader::default() };
    reader.out.sources = sources(text);
    for (line, sentence) in &sentences {
        reader.sentence(*line, sentence)?;
    }
    Ok(reader.out)
}

/// Sentences without blanks, with the number of the line on which they begin. A line that only wraps is joined to the
/// one before; a line that begins a section is not.
fn sentences(text: &str) -> Vec<(usize, String)> {
    let mut list: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (index, line) in text.lines().enumerate() {
        let line: String = plain(line).chars().filter(|c| !c.is_whitespace()).collect();
        let begins = heading(&line).is_some() || unnumbered(&line).len() < line.len();
        for (place, part) in line.split_inclusive(['。', ';', '!']).enumerate() {
            match list.last_mut() {
                Some((_, before)) if open && place == 0 && !begins => before.push_str(part),
                _ => list.push((index + 1, part.to_owned())),
            }
            open = !part.ends_with(['。', ';', '!']);
        }
    }
    list
}

/// The line without 一、 or 1. or (一) at its beginning.
fn unnumbered(line: &str) -> &str {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let rest = inner.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit());
    let counted = rest.len() < inner.len() && inner.len() - rest.len() <= 9;
    match rest.strip_prefix(['、', '.', ')', '．']) {
        // 1.5 is no heading.
        Some(after) if counted && !after.starts_with(|c: char| c.is_ascii_digit()) => {
            after.trim_start_matches(['、', ')'])
        }
        _ => line,
    }
}

/// The festival's name at the beginning of a section, and what stands behind it.
fn heading(line: &str) -> Option<(&str, &str)> {
    let line = unnumbered(line);
    if let Some((name, rest)) = line.split_once(':') {
        let fits = !name.is_empty() && name.chars().count() <= MAX_NAME && !name.contains([',', '，']);
        if fits && !["通知", "如下", "月", "http", "放假安排"].iter().any(|word| name.contains(word)) {
            return Some((name, rest));
        }
    }
    // Without a colon: the name up to the first date.
    let start = line.find(|c: char| c.is_ascii_digit())?;
    let name = line[..start].trim_end_matches(['从', '自', '于']);
    let bare = name.chars().count() <= 12 && names_any(name) && !name.contains(['年', ',', '将']);
    bare.then(|| (name, &line[start..]))
}

/// The notice's title and address, where the text has them.
fn sources(text: &str) -> Vec<(Option<i32>, String)> {
    let mut list = Vec::new();
    for line in text.lines().map(str::trim) {
        let title = line.contains("通知") && line.contains('年') && line.chars().count() <= 60 && !line.contains('，');
        let from = line.find("http://").or_else(|| line.find("https://"));
        let address = from.and_then(|from| line[from..].split(|c: char| c.is_whitespace() || !c.is_ascii()).next());
        if let Some(source) = address.or(title.then_some(line)) {
            list.push((None, source.to_owned()));
        }
        if list.len() == 8 {
            break;
        }
    }
    list
}

#[derive(Default)]
struct Reader {
    /// Of the notice.
    year: Option<i32>,
    /// What the person says where the text is silent.
    assumed: Option<i32>,
    /// The festival of the section.
    name: String,
    /// The last date's year and month.
    last: Option<(i32, u32)>,
    /// Days off of the section since the last total, for checking it.
    run: Vec<NaiveDate>,
    out: Gathered,
}

/// What a sentence has said so far.
#[derive(Default)]
struct State {
    /// Stretches that wait for their verb.
    pending: Vec<(NaiveDate, NaiveDate)>,
    to: bool,
    moving: bool,
    onwards: bool,
    with_weekend: bool,
}

impl Reader {
    fn sentence(&mut self, line: usize, sentence: &str) -> Result<(), ImportError> {
        let body = match heading(sentence) {
            Some((name, rest)) => {
                self.name = name.to_owned();
                self.last = None;
                self.run.clear();
                rest
            }
            None => sentence,
        };
        let list = tokens(body);
        let mut state = State { with_weekend: list.contains(&Token::WithWeekend), ..State::default() };
        for token in &list {
            if *token == Token::Recommends {
                self.ignore(line, sentence, Why::Recommended);
                return Ok(());
            }
            self.token(*token, &mut state, line, sentence)?;
        }
        // The date of issue stands alone; a sentence of a section that says nothing about its dates is reported.
        if !state.pending.is_empty() && !state.moving && !self.name.is_empty() && list.len() > 1 {
            self.ignore(line, sentence, Why::OnlyAName);
        }
        Ok(())
    }

    fn ignore(&mut self, line: usize, sentence: &str, why: Why) {
        self.out.remarks.push(Remark::Ignored { place: Place::Line(line), what: short(sentence), why });
    }

    fn token(&mut self, token: Token, state: &mut State, line: usize, sentence: &str) -> Result<(), ImportError> {
        let to = std::mem::take(&mut state.to);
        match token {
            Token::Year(year) => self.year = Some(year),
            Token::Date { year, month, day } => {
                let Some(date) = self.resolve(year, month, day, line)? else { return Ok(()) };
                match state.pending.last_mut().filter(|_| to) {
                    Some(last) => last.1 = date,
                    None => state.pending.push((date, date)),
                }
                state.onwards = false;
            }
            Token::To => state.to = true,
            Token::Weekday(day) => {
                state.to = to;
                self.check_weekday(state, day, line);
            }
            Token::Total(total) => self.check_total(total, state.with_weekend, line),
            Token::Off => self.set(state, true, line)?,
            Token::Work if state.onwards && !state.pending.is_empty() => {
                state.pending.clear();
                self.ignore(line, sentence, Why::Resumes);
            }
            Token::Work => self.set(state, false, line)?,
            Token::Explains => state.pending.clear(),
            Token::Moves => {
                state.pending.clear();
                state.moving = true;
            }
            Token::Comma if state.moving => {
                state.pending.clear();
                state.moving = false;
            }
            Token::Onwards => {
                state.to = to;
                state.onwards = true;
            }
            Token::Comma | Token::WithWeekend | Token::Recommends => {}
        }
        Ok(())
    }

    /// A date from what is written and what was said before. `None` for a day without any month: it is no date of the
    /// notice (a document's number).
    fn resolve(
        &mut self,
        year: Option<i32>,
        month: Option<u32>,
        day: u32,
        line: usize,
    ) -> Result<Option<NaiveDate>, ImportError> {
        let fail = |trouble| Err(ImportError::at(Place::Line(line), trouble));
        let Some(month) = month.or(self.last.map(|(_, month)| month)) else { return Ok(None) };
        let own = match (year, self.last) {
            (Some(year), _) => year,
            // `31日` behind `2006年12月30日`.
            (None, Some((year, last))) if last == month => year,
            _ => {
                let Some(year) = self.year.or(self.assumed) else { return fail(Trouble::NoYear) };
                // New Year's holiday reaches back over the year's end.
                if month == 12 && names(&self.name, "元旦") { year - 1 } else { year }
            }
        };
        let Some(date) = date(own, month, day) else { return fail(Trouble::NotADate(format!("{own}-{month}-{day}"))) };
        self.last = Some((own, month));
        Ok(Some(date))
    }

    fn check_weekday(&mut self, state: &State, stated: Weekday, line: usize) {
        let Some((_, date)) = state.pending.last() else { return };
        if date.weekday() != stated {
            let remark = Remark::WrongWeekday { place: Place::Line(line), date: *date, stated };
            self.out.remarks.push(remark);
        }
    }

    fn check_total(&mut self, stated: u32, with_weekend: bool, line: usize) {
        let mut days = std::mem::take(&mut self.run);
        let listed = days.len() as u32;
        if with_weekend {
            join_weekend(&mut days);
        }
        if listed > 0 && stated != listed && stated != days.len() as u32 {
            let (place, name) = (Place::Line(line), self.name.clone());
            self.out.remarks.push(Remark::WrongTotal { place, name, stated, listed });
        }
    }

    /// The verb for the dates before it.
    fn set(&mut self, state: &mut State, off: bool, line: usize) -> Result<(), ImportError> {
        for (from, to) in std::mem::take(&mut state.pending) {
            if state.moving {
                continue;
            }
            let year = self.year.filter(|_| !self.name.is_empty());
            let entry = Entry { date: from, name: self.name.clone(), off, year, place: Place::Line(line) };
            self.out.add_stretch(entry, to)?;
            if off {
                let new = from.iter_days().take_while(|date| *date <= to).filter(|date| !self.run.contains(date));
                let new: Vec<NaiveDate> = new.collect();
                self.run.extend(new);
            }
        }
        Ok(())
    }
}

/// Adds the weekend days right before and behind.
fn join_weekend(days: &mut Vec<NaiveDate>) {
    for _ in 0..2 {
        let beside = days.iter().flat_map(|date| [date.pred_opt(), date.succ_opt()]).flatten();
        let new = beside.filter(|date| is_weekend(*date) && !days.contains(date)).collect::<Vec<_>>();
        for date in new {
            if !days.contains(&date) {
                days.push(date);
            }
        }
    }
}
