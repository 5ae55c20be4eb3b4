//! Reads a chosen file and says what taking it in would do. Every file from outside comes through here.
//! Must not store anything: a person confirms first.

use shouwen_core::order::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use shouwen_bundle::container::{Bundle, Kind, Origin, parse, read_value};
use shouwen_bundle::merge::{Preview, Store as _, examine};
use shouwen_bundle::seal::Sealed;
use shouwen_core::calendar;
use shouwen_core::case::{Event, fold};
use shouwen_core::pack;
use web_sys::File;

use super::config::{Change, changes};
use super::{CAPS, Progress, Refused, breathe, notices};
use crate::files;
use crate::state::App;
use crate::store::{StoreError, Stored};

/// Values that will stand against each other after taking the file in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingConflict {
    pub case: String,
    pub number: String,
    /// `field:name`, `class:nature`, …
    pub registers: Vec<String>,
}

/// How much of one of our devices the sender of an acknowledgement has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AckLine {
    pub device: String,
    /// Has entries up to this number.
    pub to: u64,
    /// Entries that we have of the device.
    pub ours: usize,
    /// The number is on our chain with the same hash. Otherwise the word is not taken.
    pub confirmed: bool,
}

/// A file that was read and examined.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub file: String,
    pub bundle: Bundle,
    pub preview: Preview,
    /// Attachments that are not here yet.
    pub new_blobs: usize,
    pub conflicts: Vec<ComingConflict>,
    pub changes: Vec<Change>,
    pub acks: Vec<AckLine>,
}

impl Incoming {
    /// Nothing in it is new.
    pub fn is_no_op(&self) -> bool {
        self.preview.is_no_op() && self.new_blobs == 0 && self.changes.is_empty() && self.acks.is_empty()
    }
}

/// Reads, verifies and examines a file.
pub async fn open(app: App, file: &File, progress: Progress<'_>) -> Result<Incoming, Refused> {
    // The size first: the bytes of a far too large file are not even loaded.
    CAPS.check_size(file.size() as u64)?;
    let bytes = files::read(file).await.map_err(Refused::Read)?;
    breathe().await;
    let bundle = bundle(app, &bytes)?;
    drop(bytes);
    let known = app.store().known().await?;
    breathe().await;
    let preview = examine(&bundle, &known);
    let here: BTreeSet<String> = app.store().blob_ids().await?.into_iter().gather();
    let new_blobs = bundle.blobs.keys().filter(|name| !here.contains(*name)).count();
    let adopt = bundle.header.kind == Kind::Config || app.store().counts().await?.events == 0;
    let conflicts = coming_conflicts(app, &preview, progress).await?;
    Ok(Incoming {
        file: file.name(),
        new_blobs,
        conflicts,
        changes: changes(&bundle, &app.books(), adopt),
        acks: acks(&bundle, &known),
        preview,
        bundle,
    })
}

/// A bundle, or a single calendar or pack file, or holiday data of another form, as if it had come in one.
fn bundle(app: App, bytes: &[u8]) -> Result<Bundle, Refused> {
    let value = match parse(bytes, &CAPS) {
        Ok(value) => value,
        Err(error) => return holidays(app, bytes).ok_or(error.into()),
    };
    let format = value.get("format").and_then(Value::as_str).unwrap_or_default();
    match format {
        calendar::FORMAT => {
            let mut bundle = single(app);
            bundle.calendars.push(value);
            Ok(bundle)
        }
        pack::FORMAT => {
            let mut bundle = single(app);
            bundle.packs.push(value);
            Ok(bundle)
        }
        "" => read_value(value, &CAPS).or_else(|error| holidays(app, bytes).ok_or(error.into())),
        _ => Ok(read_value(value, &CAPS)?),
    }
}

fn single(app: App) -> Bundle {
    let origin = Origin {
        id: String::new(),
        campus: String::new(),
        device: String::new(),
        created: app.at_once(),
        app: String::new(),
    };
    Bundle::config(origin, &[], &[])
}

/// Holiday data in a form of others.
fn holidays(app: App, bytes: &[u8]) -> Option<Bundle> {
    let file = notices::as_calendar(std::str::from_utf8(bytes).ok()?)?;
    let mut bundle = single(app);
    bundle.calendars.push(serde_json::to_value(file).ok()?);
    Some(bundle)
}

/// Registers that will have several values, beyond those that have them now.
async fn coming_conflicts(
    app: App,
    preview: &Preview,
    progress: Progress<'_>,
) -> Result<Vec<ComingConflict>, StoreError> {
    let mut news: BTreeMap<&str, Vec<&Sealed>> = BTreeMap::new();
    for one in &preview.new {
        news.entry(&one.event.case).or_default().push(one);
    }
    let total = news.len() as u32;
    let changed: BTreeSet<&str> = preview.cases_changed.iter().map(String::as_str).gather();
    let mut list = Vec::new();
    for (index, (case, events)) in news.into_iter().enumerate() {
        if index % 200 == 0 {
            progress(index as u32, total);
            breathe().await;
        }
        let mut log: Vec<Event> = events.iter().map(|one| one.event.clone()).collect();
        let mut before: Vec<String> = Vec::new();
        if changed.contains(case) {
            let texts = app.store().case_texts(case).await?;
            log.extend(texts.iter().filter_map(|text| Sealed::read(text).ok()).map(|one| one.event));
            before = app.rows_conflicts(case);
        }
        let Some(folded) = fold(log) else { continue };
        let registers: Vec<String> = folded
            .conflicts()
            .into_iter()
            .filter(|name| !before.iter().any(|one| one == name))
            .map(str::to_owned)
            .collect();
        if !registers.is_empty() {
            list.push(ComingConflict { case: folded.id.clone(), number: folded.number.clone(), registers });
        }
    }
    Ok(list)
}

impl App {
    /// Registers of a case that are in conflict now, from its row.
    fn rows_conflicts(self, case: &str) -> Vec<String> {
        use leptos::prelude::WithUntracked;
        self.rows.with_untracked(|rows| rows.get(case).map(|row| row.conflicts.clone()).unwrap_or_default())
    }
}

fn acks(bundle: &Bundle, known: &Stored) -> Vec<AckLine> {
    bundle
        .heads
        .iter()
        .filter_map(|head| {
            let chain = known.chain(&head.device);
            let confirmed = chain.iter().any(|link| link.seq == head.to && link.hash == head.head);
            // Devices that we know nothing of do not concern us.
            (!chain.is_empty()).then(|| AckLine {
                device: head.device.clone(),
                to: head.to,
                ours: chain.len(),
                confirmed,
            })
        })
        .collect()
}

/// Devices whose entries a bundle has.
pub(super) fn devices<'a>(bundle: &'a Bundle, new: &'a [Sealed]) -> BTreeSet<&'a str> {
    let announced = bundle.header.ranges.iter().map(|range| range.device.as_str());
    announced.chain(new.iter().map(|one| one.event.device.as_str())).gather()
}
