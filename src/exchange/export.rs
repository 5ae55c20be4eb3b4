//! Makes the files that leave this desk, and compares a saved file with what was meant.
//! Must not say that a file is safe: only reading it back shows that.

use shouwen_core::order::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::GetUntracked;
use shouwen_bundle::canonical::sha256_hex;
use shouwen_bundle::container::{Bundle, Head, Kind, masked, read_any, write};
use shouwen_bundle::merge::{ack_for, delta_since};
use shouwen_bundle::seal::Sealed;
use shouwen_core::case::Body;
use shouwen_core::pack::FieldKind;

use super::{ATTACHMENTS_PER_FILE, BATCH, CAPS, Progress, Refused, breathe, desk_name, file_name, origin};
use crate::files;
use crate::i18n::exchange as words;
use crate::state::{App, KEY_CALENDAR, KEY_PACK, KEY_PARAMETERS, KEY_SCHEDULE, LedgerRow, Library};
use crate::store::StoreError;

/// How much of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything: a backup.
    Full,
    /// What came since the last exported file.
    SinceExport,
    /// What headquarters has not acknowledged.
    SinceAck,
}

/// What a person wants in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    pub scope: Scope,
    /// Personal values replaced: for statistics only.
    pub masked: bool,
    pub attachments: bool,
}

/// A file that was offered for saving.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    pub file: String,
    /// Of the file's bytes.
    pub sha256: String,
    pub bytes: u64,
    pub events: u64,
    pub cases: u64,
    pub blobs: u64,
    pub masked: bool,
}

/// What reading a saved file back showed.
#[derive(Clone, Debug, PartialEq)]
pub enum Readback {
    /// Byte for byte what was exported.
    Same,
    /// Another file of ours: how many entries it has.
    Other { events: u64, created: shouwen_core::time::Civil },
    /// Not readable; the refusal in words.
    Bad(String),
}

/// How far each device's entries were acknowledged by others: the latest word about each device.
pub fn acknowledged(ledger: &[LedgerRow]) -> Vec<(String, u64)> {
    let mut heads: BTreeMap<String, u64> = BTreeMap::new();
    for row in ledger.iter().filter(|row| row.kind == "ack_in") {
        heads.extend(row.heads.iter().cloned());
    }
    heads.into_iter().collect()
}

/// How far each device's entries were in the last exported file.
fn exported(ledger: &[LedgerRow]) -> Vec<(String, u64)> {
    ledger.iter().rev().find(|row| row.kind == "export").map(|row| row.heads.clone()).unwrap_or_default()
}

/// The whole log, verified entry by entry; texts that are no events of today come second.
async fn whole_log(app: App, progress: Progress<'_>) -> Result<(Vec<Sealed>, Vec<String>), StoreError> {
    let store = app.store();
    let total = store.counts().await?.events;
    let (mut events, mut odd) = (Vec::new(), Vec::new());
    store
        .each_event(BATCH, &mut |texts| {
            for text in texts {
                match Sealed::read(&text) {
                    Ok(one) => events.push(one),
                    Err(_) => odd.push(text),
                }
            }
            progress((events.len() + odd.len()) as u32, total);
        })
        .await?;
    Ok((events, odd))
}

/// Makes the file (or several, when the attachments are too much for one), offers it for saving and notes it in the
/// ledger. An empty answer: nothing new since then, no file was made.
pub async fn export(app: App, wish: Wish, progress: Progress<'_>) -> Result<Vec<Saved>, Refused> {
    let ledger = app.ledger().await;
    let (all, odd) = whole_log(app, progress).await?;
    let heads = ack_for(&all);
    let total = all.len() as u64;
    let events = match wish.scope {
        Scope::Full => all,
        Scope::SinceExport => delta_since(&all, &with_hashes(&all, &exported(&ledger))),
        Scope::SinceAck => delta_since(&all, &with_hashes(&all, &acknowledged(&ledger))),
    };
    if events.is_empty() && wish.scope != Scope::Full {
        return Ok(Vec::new());
    }
    let kind = if wish.scope == Scope::Full { Kind::Full } else { Kind::Delta };
    let attachments = if wish.attachments && !wish.masked { attachments(&events) } else { BTreeSet::new() };
    let (first, rest) = parcels(app, attachments, progress).await?;
    let mut bundle = Bundle::of_events(kind, origin(app).await?, &events, first);
    if wish.masked {
        let library = app.books();
        let personal = personal_fields(&library);
        bundle = masked(&bundle, &|field| field.starts_with('@') || personal.contains(field));
    } else {
        let aside = app.store().quarantine().await?;
        bundle.pass_on(odd.into_iter().chain(aside));
        add_config(app, &mut bundle).await?;
    }
    drop(events);
    let mut saved = vec![offer(app, &bundle, 1).await];
    for (index, blobs) in rest.into_iter().enumerate() {
        let more = Bundle::of_events(Kind::Delta, origin(app).await?, &[], blobs);
        saved.push(offer(app, &more, index + 2).await);
    }
    let file = saved.iter().map(|one| one.file.as_str()).collect::<Vec<_>>().join(" + ");
    let complete = wish.attachments || app.store().counts().await?.blobs == 0;
    app.note_in_ledger(LedgerRow {
        kind: if wish.masked { "masked" } else { "export" }.to_owned(),
        at: app.at_once(),
        file,
        campus: app.actor.get_untracked().campus,
        events: bundle.header.counts.events,
        total,
        heads: heads.into_iter().map(|head| (head.device, head.to)).collect(),
        note: note(wish.scope, complete).to_owned(),
    })
    .await?;
    Ok(saved)
}

/// `full`: everything with attachments; `bare`: without.
fn note(scope: Scope, complete: bool) -> &'static str {
    match (scope, complete) {
        (Scope::Full, true) => "full",
        (Scope::Full, false) => "full_bare",
        (_, true) => "delta",
        (_, false) => "delta_bare",
    }
}

/// Numbers of the ledger as heads of our chains. Where our chain has no single entry there, nothing is claimed and
/// everything of the device is sent again.
fn with_hashes(events: &[Sealed], heads: &[(String, u64)]) -> Vec<Head> {
    let wanted: BTreeMap<&str, u64> = heads.iter().map(|(device, to)| (device.as_str(), *to)).gather();
    events
        .iter()
        .filter(|one| wanted.get(one.event.device.as_str()) == Some(&one.event.seq))
        .map(|one| Head { device: one.event.device.clone(), to: one.event.seq, head: one.hash.clone() })
        .collect()
}

/// Attachments that these events name.
fn attachments(events: &[Sealed]) -> BTreeSet<String> {
    let named = |one: &Sealed| match one.event.understood() {
        Some(Body::Attached { sha256, .. }) => Some(sha256),
        _ => None,
    };
    events.iter().filter(|one| one.event.kind == "attached").filter_map(named).gather()
}

type Blobs = BTreeMap<String, Vec<u8>>;

/// The bytes of attachments in portions of at most [`ATTACHMENTS_PER_FILE`]: the first portion and the others.
async fn parcels(app: App, names: BTreeSet<String>, progress: Progress<'_>) -> Result<(Blobs, Vec<Blobs>), StoreError> {
    let total = names.len() as u32;
    let (mut full, mut open, mut size) = (Vec::new(), Blobs::new(), 0);
    for (index, name) in names.into_iter().enumerate() {
        progress(index as u32, total);
        let Some(blob) = app.store().blob(&name).await? else { continue };
        let bytes = blob.bytes.len() as u64;
        if size + bytes > ATTACHMENTS_PER_FILE && !open.is_empty() {
            full.push(std::mem::take(&mut open));
            size = 0;
        }
        size += bytes;
        open.insert(name, blob.bytes);
    }
    if full.is_empty() {
        return Ok((open, Vec::new()));
    }
    full.push(open);
    let mut parcels = full.into_iter();
    Ok((parcels.next().unwrap_or_default(), parcels.collect()))
}

/// Fields that are replaced in a masked copy: what the packs mark as personal, and everything written in sentences.
fn personal_fields(library: &Library) -> BTreeSet<String> {
    // All that there are: a case may follow a pack that nobody has looked at since the page was opened.
    let books: Vec<_> = library.heads().iter().filter_map(|head| library.latest(&head.id)).collect();
    let fields = books.iter().flat_map(|book| &book.pack.fields);
    let personal =
        fields.filter(|field| field.personal || matches!(field.kind, FieldKind::Paragraph | FieldKind::Members));
    let always = ["name", "phone", "text"].map(str::to_owned);
    personal.map(|field| field.id.clone()).chain(always).gather()
}

/// What was set on this desk travels along, so that a backup brings everything back.
async fn add_config(app: App, bundle: &mut Bundle) -> Result<(), StoreError> {
    for (key, text) in app.store().all_config().await? {
        let Ok(value) = serde_json::from_str(&text) else { continue };
        if key.starts_with(KEY_PACK) {
            bundle.packs.push(value);
        } else if key.starts_with(KEY_CALENDAR) {
            bundle.calendars.push(value);
        } else if key.starts_with(KEY_SCHEDULE) || key == KEY_PARAMETERS {
            bundle.settings.insert(key, value);
        }
    }
    Ok(())
}

async fn offer(app: App, bundle: &Bundle, part: usize) -> Saved {
    // Writing a large file cannot be interrupted.
    breathe().await;
    let text = write(bundle);
    let what = match bundle.header.kind {
        _ if part > 1 => words::FILE_ATTACHMENTS,
        Kind::Full => words::FILE_FULL,
        Kind::Masked => words::FILE_MASKED,
        _ => words::FILE_DELTA,
    };
    let file = file_name(&desk_name(app), bundle.header.created, what, part, "json");
    files::save(&file, "application/json", text.as_bytes());
    Saved {
        file,
        sha256: sha256_hex(text.as_bytes()),
        bytes: text.len() as u64,
        events: bundle.header.counts.events,
        cases: bundle.header.counts.cases,
        blobs: bundle.header.counts.blobs,
        masked: bundle.header.kind == Kind::Masked,
    }
}

/// Compares a file that a person chose with the one that was saved.
pub fn read_back(saved: &Saved, bytes: &[u8]) -> Readback {
    if sha256_hex(bytes) == saved.sha256 {
        return Readback::Same;
    }
    match read_any(bytes, &CAPS) {
        Ok(bundle) => Readback::Other { events: bundle.header.counts.events, created: bundle.header.created },
        Err(error) => Readback::Bad(words::bundle_error(&error)),
    }
}
