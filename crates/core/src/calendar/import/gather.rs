//! Single dates from any form, gathered into notices of years.
//! Must not judge a notice; `review` does.

use chrono::{Datelike, NaiveDate};

use super::super::notice::{Notice, NoticeDay, belongs};
use super::review::{remarks_on, settle};
use super::text::names;
use super::{Form, Found, ImportError, MAX_ENTRIES, MAX_STRETCH, Place, Remark, Trouble};
use crate::order::Order;

/// One date as it stands in the text.
pub(super) struct Entry {
    pub date: NaiveDate,
    pub name: String,
    pub off: bool,
    /// The year of the notice, where the text says so.
    pub year: Option<i32>,
    pub place: Place,
}

#[derive(Default)]
pub(super) struct Gathered {
    pub entries: Vec<Entry>,
    /// Where it comes from, for one year or for all.
    pub sources: Vec<(Option<i32>, String)>,
    pub remarks: Vec<Remark>,
}

impl Gathered {
    pub fn add(&mut self, entry: Entry) -> Result<(), ImportError> {
        if self.entries.len() >= MAX_ENTRIES {
            return Err(ImportError::at(Place::Whole, Trouble::TooMany));
        }
        self.entries.push(entry);
        Ok(())
    }

    /// All days of a stretch; both ends belong to it.
    pub fn add_stretch(&mut self, first: Entry, last: NaiveDate) -> Result<u32, ImportError> {
        let length = (last - first.date).num_days() + 1;
        let words = format!("{} – {last}", first.date);
        if length < 1 {
            return Err(ImportError::at(first.place, Trouble::Backwards(words)));
        }
        if length > MAX_STRETCH {
            return Err(ImportError::at(first.place, Trouble::TooLong(words)));
        }
        for date in first.date.iter_days().take(length as usize) {
            let (name, place) = (first.name.clone(), first.place.clone());
            self.add(Entry { date, name, place, off: first.off, year: first.year })?;
        }
        Ok(length as u32)
    }

    /// The notices, with remarks.
    pub fn finish(self, form: Form) -> Result<Found, ImportError> {
        let Gathered { mut entries, sources, mut remarks } = self;
        if entries.is_empty() {
            return Err(ImportError::at(Place::Whole, Trouble::Nothing));
        }
        entries.order_by_key(|entry| entry.date);
        check_contradictions(&entries)?;
        let mut notices: Vec<Notice> = Vec::new();
        for entry in &entries {
            let year = entry.year.unwrap_or_else(|| notice_year(entry.date, &entry.name));
            if !belongs(entry.date, year) {
                return Err(ImportError::at(entry.place.clone(), Trouble::Foreign { date: entry.date, year }));
            }
            let place = notices.iter().position(|notice| notice.year == year).unwrap_or_else(|| {
                notices.push(Notice { year, sources: Vec::new(), days: Vec::new(), partial: false });
                notices.len() - 1
            });
            let days = &mut notices[place].days;
            if days.last().is_none_or(|day| day.date != entry.date) {
                days.push(NoticeDay { date: entry.date, name: entry.name.clone(), off: entry.off });
            }
        }
        notices.order_by_key(|notice| notice.year);
        join_spills(&mut notices);
        for notice in &mut notices {
            let mine = sources.iter().filter(|(year, _)| year.is_none_or(|year| year == notice.year));
            notice.sources = mine.map(|(_, source)| source.clone()).collect();
            name_the_nameless(notice, &mut remarks);
            settle(notice);
            remarks.extend(remarks_on(notice));
        }
        Ok(Found { form, notices, remarks })
    }
}

/// The year whose notice sets a date: days of 元旦 in December belong to the next one.
fn notice_year(date: NaiveDate, name: &str) -> i32 {
    if date.month() == 12 && names(name, "元旦") { date.year() + 1 } else { date.year() }
}

fn check_contradictions(entries: &[Entry]) -> Result<(), ImportError> {
    let bad = entries.windows(2).find(|pair| pair[0].date == pair[1].date && pair[0].off != pair[1].off);
    match bad {
        Some(pair) => Err(ImportError::at(pair[1].place.clone(), Trouble::Contradiction(pair[1].date))),
        None => Ok(()),
    }
}

/// Data by calendar year ends with a few December days of the next notice; they are no notice of their own.
fn join_spills(notices: &mut Vec<Notice>) {
    let mut place = 1;
    while place < notices.len() {
        let (year, days) = (notices[place].year, &notices[place].days);
        if notices[place - 1].year == year - 1 && days.iter().all(|day| day.date.year() == year - 1) {
            let spilled = notices.remove(place);
            let days = &mut notices[place - 1].days;
            days.extend(spilled.days);
            days.order_by_key(|day| day.date);
        } else {
            place += 1;
        }
    }
}

/// A day without a name takes its neighbour's, else the general word of the notices.
fn name_the_nameless(notice: &mut Notice, remarks: &mut Vec<Remark>) {
    for place in 0..notice.days.len() {
        if !notice.days[place].name.trim().is_empty() {
            continue;
        }
        let date = notice.days[place].date;
        let near = notice.days.iter().filter(|day| !day.name.trim().is_empty());
        let near = near.min_by_key(|day| (day.date - date).num_days().abs()).filter(|day| {
            // Make-up days lie up to two weeks from their festival.
            (day.date - date).num_days().abs() <= 14
        });
        let given = near
            .map_or_else(|| if notice.days[place].off { "放假" } else { "调休" }.to_owned(), |day| day.name.clone());
        notice.days[place].name.clone_from(&given);
        remarks.push(Remark::Unnamed { date, given });
    }
}
