//! Takes an examined file in: one transaction, then the register, the ledger and the acknowledgement.
//! Must not take in what the person has not seen: the file is examined again, and only more duplicates can appear.

use leptos::prelude::GetUntracked;
use shouwen_bundle::blob::sniff_up_to;
use shouwen_bundle::container::{Bundle, write};
use shouwen_bundle::merge::{Preview, examine, heads_of};

use super::config::{Change, checked};
use super::incoming::{ComingConflict, Incoming, devices};
use super::{DueChange, Refused, due_changes, file_name, origin};
use crate::i18n::exchange as words;
use crate::state::{App, LedgerRow};
use crate::store::{Blob, ImportBatch, ImportDone, tabs};

/// What taking a file in has done.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    pub campus: String,
    pub done: ImportDone,
    /// Rules, calendars and values that were adopted.
    pub adopted: usize,
    /// Due times that came out differently because of them.
    pub due: Vec<DueChange>,
    pub conflicts: Vec<ComingConflict>,
    /// Name and text of the acknowledgement for the sender.
    pub receipt: Option<(String, String)>,
    /// How many of our entries the sender has acknowledged.
    pub acknowledged: Option<u64>,
}

/// Stores what is new. `chosen`: which of `incoming.changes` are to be adopted.
pub async fn apply(app: App, incoming: &Incoming, chosen: &[bool]) -> Result<Applied, Refused> {
    let (store, library) = (app.store(), app.books());
    let bundle = &incoming.bundle;
    let config = wanted(&incoming.changes, chosen);
    checked(&store.all_config().await?, &config, &library)?;
    // Another file or another tab may have brought some of it meanwhile.
    let preview = examine(bundle, &store.known().await?);
    let total = u64::from(store.counts().await?.events) + preview.new.len() as u64;
    let adopted = config.len();
    let batch = ImportBatch {
        ledger: ledger_text(app, incoming, &preview, total),
        events: preview.new.clone(),
        blobs: blobs(bundle),
        quarantined: preview.quarantined.iter().map(|one| one.text.clone()).collect(),
        config,
    };
    let summarise = |events| library.summarise(events);
    let done = store.import(batch, &summarise).await?;
    app.put_rows(done.summaries.clone());
    let mut due = Vec::new();
    if done.config > 0 {
        let before = app.reload_library().await.map_err(Refused::Config)?;
        due = due_changes(&before, &app.rows.get_untracked(), &app.books(), app.at_once());
    }
    let acknowledged = note_acks(app, incoming).await?;
    app.refresh_exported().await;
    app.touch("*");
    tabs::announce("*");
    Ok(Applied {
        campus: bundle.header.campus.clone(),
        adopted: if done.config > 0 { adopted } else { 0 },
        due,
        conflicts: incoming.conflicts.clone(),
        receipt: receipt(app, bundle, &preview).await?,
        acknowledged,
        done,
    })
}

fn wanted(changes: &[Change], chosen: &[bool]) -> Vec<(String, String)> {
    let ticked = changes.iter().zip(chosen).filter(|(change, ticked)| **ticked && change.usable());
    ticked.map(|(change, _)| (change.key.clone(), change.text.clone())).collect()
}

fn ledger_text(app: App, incoming: &Incoming, preview: &Preview, total: u64) -> String {
    let header = &incoming.bundle.header;
    let heads = header.ranges.iter().map(|range| (range.device.clone(), range.to)).collect();
    let events = incoming.bundle.events.len() as u64;
    let row = LedgerRow {
        kind: if events == 0 && incoming.bundle.blobs.is_empty() { "config_in" } else { "import" }.to_owned(),
        at: app.at_once(),
        file: incoming.file.clone(),
        campus: header.campus.clone(),
        events,
        total,
        heads,
        note: format!("+{}", preview.new.len()),
    };
    serde_json::to_string(&row).unwrap_or_default()
}

/// The attachments with the types that their bytes show. What is no kind that we open keeps a type that nothing opens.
fn blobs(bundle: &Bundle) -> Vec<Blob> {
    let typed = |bytes: &[u8]| sniff_up_to(bytes, "", usize::MAX).unwrap_or("application/octet-stream");
    bundle
        .blobs
        .iter()
        .map(|(name, bytes)| Blob { sha256: name.clone(), mime: typed(bytes).to_owned(), bytes: bytes.clone() })
        .collect()
}

/// Remembers what the sender has of ours.
async fn note_acks(app: App, incoming: &Incoming) -> Result<Option<u64>, Refused> {
    let confirmed: Vec<(String, u64)> =
        incoming.acks.iter().filter(|line| line.confirmed).map(|line| (line.device.clone(), line.to)).collect();
    if confirmed.is_empty() {
        return Ok(None);
    }
    let events = confirmed.iter().map(|(_, to)| to).sum();
    app.note_in_ledger(LedgerRow {
        kind: "ack_in".to_owned(),
        at: app.at_once(),
        file: incoming.file.clone(),
        campus: incoming.bundle.header.campus.clone(),
        events,
        total: u64::from(app.store().counts().await?.events),
        heads: confirmed,
        note: String::new(),
    })
    .await?;
    Ok(Some(events))
}

/// The acknowledgement for the sender of entries.
pub async fn receipt(app: App, bundle: &Bundle, preview: &Preview) -> Result<Option<(String, String)>, Refused> {
    let devices = devices(bundle, &preview.new);
    if devices.is_empty() {
        return Ok(None);
    }
    let heads = heads_of(&app.store().known().await?, devices);
    let ack = Bundle::ack(origin(app).await?, heads);
    let name = file_name(&bundle.header.campus, app.at_once(), words::FILE_ACK, 1, "json");
    Ok(Some((name, write(&ack))))
}
