//! Holiday notices on their way into force: what they would change, clock by clock, before anything is stored; putting
//! them in force; going back to the one before. Must not adopt what contradicts the notices in force.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use leptos::prelude::GetUntracked;
use shouwen_core::calendar::import::{Found, Remark, differences, merged};
use shouwen_core::calendar::{CalendarFile, FORMAT, Notice, Statutory, Title};

use super::{DueChange, Refused, breathe, due_changes};
use crate::i18n::{exchange as words, notices as told};
use crate::state::{App, KEY_CALENDAR, Library, events};

/// Key under which the notice before the one in force is kept: the one in force and the one before, as stored.
const KEY_BEFORE: &str = "notice-before:";
/// Between the two; no JSON text contains it.
const BETWEEN: char = '\u{1f}';

/// One year's notice that would change. Nothing is stored yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Coming {
    pub year: i32,
    pub before: Option<Notice>,
    /// `None`: the year would have no notice again.
    pub after: Option<Notice>,
    /// It only supplements the notice in force.
    pub supplements: bool,
    /// The text contradicts itself: somebody should look before it is ticked.
    pub doubtful: bool,
    /// What is stored: the file's text, or nothing (what is built in, if anything).
    stored: Option<String>,
}

/// The notices of a text that differ from those in force.
///
/// # Errors
/// In words, when one contradicts a neighbour's notice.
pub fn coming(found: &Found, library: &Library) -> Result<Vec<Coming>, String> {
    let doubtful = found.remarks.iter().any(|one| {
        matches!(one, Remark::WrongWeekday { .. } | Remark::WrongTotal { .. } | Remark::ShiftOnWeekday { .. })
    });
    let mut list = Vec::new();
    for notice in &found.notices {
        let before = in_force(library, notice.year);
        let after = merged(before, notice);
        if before == Some(&after) {
            continue;
        }
        list.push(Coming {
            year: notice.year,
            supplements: notice.partial && before.is_some(),
            before: before.cloned(),
            stored: Some(text_of(&after)),
            after: Some(after),
            doubtful,
        });
    }
    let mut all = library.calendar.notices.clone();
    all.retain(|one| list.iter().all(|coming| coming.year != one.year));
    all.extend(list.iter().filter_map(|coming| coming.after.clone()));
    Statutory::new(&all).map_err(|error| words::calendar_error(&error))?;
    Ok(list)
}

fn in_force(library: &Library, year: i32) -> Option<&Notice> {
    library.calendar.notices.iter().find(|one| one.year == year)
}

fn text_of(notice: &Notice) -> String {
    let year = notice.year;
    CalendarFile {
        format: FORMAT.to_owned(),
        id: format!("notice-{year}"),
        title: Title {
            zh: told::TITLE_OF.zh.replace("{year}", &year.to_string()),
            en: format!("Holiday notice {year}"),
        },
        notices: vec![notice.clone()],
    }
    .to_text()
}

fn key(year: i32) -> String {
    format!("{KEY_CALENDAR}{year}")
}

/// Years whose notice was adopted on this desk: they can go back.
pub async fn adopted(app: App) -> Vec<i32> {
    let config = app.store().all_config().await.unwrap_or_default();
    config.iter().filter_map(|(key, _)| key.strip_prefix(KEY_CALENDAR)?.parse().ok()).collect()
}

/// What going back to the notice before would change.
pub async fn going_back(app: App, year: i32) -> Result<Coming, Refused> {
    let store = app.store();
    let now = store.config(&key(year)).await?;
    let kept = store.config(&format!("{KEY_BEFORE}{year}")).await?.unwrap_or_default();
    // Kept for another notice than the one in force (a file brought that one): back to what is built in.
    let stored = kept.split_once(BETWEEN).filter(|(of, _)| Some(*of) == now.as_deref()).map(|(_, before)| before);
    let stored = stored.filter(|text| !text.is_empty()).map(str::to_owned);
    let library = app.books();
    let mut config = store.all_config().await?;
    set(&mut config, year, stored.as_ref());
    let then = Library::build(&config).map_err(Refused::Config)?;
    Ok(Coming {
        year,
        before: in_force(&library, year).cloned(),
        after: in_force(&then, year).cloned(),
        supplements: false,
        doubtful: false,
        stored,
    })
}

fn set(config: &mut Vec<(String, String)>, year: i32, stored: Option<&String>) {
    let key = key(year);
    config.retain(|(one, _)| *one != key);
    config.extend(stored.map(|text| (key, text.clone())));
}

/// Due times that would come out differently. Only cases with an open clock that reaches the first changed day are
/// computed.
pub async fn trial(app: App, list: &[Coming]) -> Result<Vec<DueChange>, Refused> {
    let Some(first) = list.iter().filter_map(first_day).min() else { return Ok(Vec::new()) };
    let store = app.store();
    let mut config = store.all_config().await?;
    for one in list {
        set(&mut config, one.year, one.stored.as_ref());
    }
    let library = Library::build(&config).map_err(Refused::Config)?;
    let before = app.rows.get_untracked();
    let reaches = |due: Option<shouwen_core::time::Civil>| due.is_none_or(|due| due.date() >= first);
    let mut after = BTreeMap::new();
    let touched = before.values().filter(|row| row.is_open() && row.clocks.iter().any(|clock| reaches(clock.due)));
    for (index, row) in touched.enumerate() {
        if index % 200 == 199 {
            breathe().await;
        }
        if let Some(row) = library.summarise(events(&store.case_texts(&row.id).await?)) {
            after.insert(row.id.clone(), Arc::new(row));
        }
    }
    Ok(due_changes(&before, &after, &library, app.at_once()))
}

/// The first day that counts otherwise or becomes certain or provisional.
fn first_day(coming: &Coming) -> Option<NaiveDate> {
    let named = [&coming.before, &coming.after].into_iter().flatten().flat_map(|notice| &notice.days);
    let first = named.map(|day| day.date).min();
    NaiveDate::from_ymd_opt(coming.year, 1, 1).map(|new_year| first.map_or(new_year, |first| first.min(new_year)))
}

/// Stores notices, and keeps those before. The caller takes them into force with `App::reload_library`.
pub async fn store_notices(app: App, list: &[Coming]) -> Result<(), Refused> {
    let store = app.store();
    let mut config = store.all_config().await?;
    for one in list {
        set(&mut config, one.year, one.stored.as_ref());
    }
    let known = app.books();
    let built = Library::build(&config).map_err(Refused::Config)?;
    if let Some(problem) = built.problems.iter().find(|problem| !known.problems.contains(problem)) {
        return Err(Refused::Config(problem.clone()));
    }
    for one in list {
        let key = key(one.year);
        let before = store.config(&key).await?.unwrap_or_default();
        match &one.stored {
            Some(text) => {
                store.set_config(&format!("{KEY_BEFORE}{}", one.year), &format!("{text}{BETWEEN}{before}")).await?;
                store.set_config(&key, text).await?;
            }
            None => store.drop_config(&key).await?,
        }
    }
    Ok(())
}

/// A year's notice in words for lists of changes.
pub fn remarks(notice: &Notice, before: Option<&Notice>) -> Vec<String> {
    let remarks = shouwen_core::calendar::import::remarks_on(notice);
    let differing = before.map(|before| differences(before, notice)).unwrap_or_default();
    remarks.iter().map(told::remark).chain(differing.iter().map(told::difference)).collect()
}

/// A text that is no file of ours, as a calendar file of ours; `None` when it is no holiday data either.
pub fn as_calendar(text: &str) -> Option<CalendarFile> {
    let found = shouwen_core::calendar::import::read(text, None).ok()?;
    let year = found.notices.first()?.year;
    let title =
        Title { zh: told::TITLE_OF.zh.replace("{year}", &year.to_string()), en: format!("Holiday notice {year}") };
    Some(CalendarFile { format: FORMAT.to_owned(), id: format!("notice-{year}"), title, notices: found.notices })
}

/// Years for which days are asked now and soon, without a whole notice.
pub fn unknown_years(library: &Library, today: NaiveDate) -> Vec<i32> {
    let whole = |year: &i32| in_force(library, *year).is_some_and(|notice| !notice.partial);
    (today.year()..=today.year() + 1).filter(|year| !whole(year)).collect()
}
