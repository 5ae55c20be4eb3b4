//! The ledger: what was exported and imported, and what changed since. One JSON text per row.
//! Must not hold case content.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shouwen_core::time::{Civil, stamp};

use super::App;

/// One export or import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// `export`, `import`, `ack_out`, `ack_in`, `config_out`, `config_in`, `csv`.
    pub kind: String,
    #[serde(with = "stamp")]
    pub at: Civil,
    pub file: String,
    /// Whose bundle it was (import) or for whom (export).
    #[serde(default)]
    pub campus: String,
    /// Events in the file.
    pub events: u64,
    /// Events in the store afterwards.
    pub total: u64,
    /// How far each device's events are in the file (exports) or acknowledged (acknowledgements).
    #[serde(default)]
    pub heads: Vec<(String, u64)>,
    #[serde(default)]
    pub note: String,
}

/// How the store stands against the last exported file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exported {
    /// Events in the store.
    pub total: u64,
    /// The last export, if there was one.
    pub last: Option<(Civil, u64)>,
}

impl Exported {
    /// Events that no exported file holds yet.
    pub fn pending(&self) -> u64 {
        self.total.saturating_sub(self.last.map_or(0, |(_, total)| total))
    }
}

impl App {
    /// All ledger rows, oldest first. Rows that cannot be read are skipped.
    pub async fn ledger(self) -> Vec<LedgerRow> {
        let texts = self.store().ledger().await.unwrap_or_default();
        texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect()
    }

    /// Writes a ledger row and brings the state line up to date.
    pub async fn note_in_ledger(self, row: LedgerRow) -> Result<(), crate::store::StoreError> {
        let text = serde_json::to_string(&row).unwrap_or_default();
        self.store().add_ledger(&text).await?;
        self.refresh_exported().await;
        Ok(())
    }

    /// Counts anew what the state line shows.
    pub async fn refresh_exported(self) {
        let Ok(counts) = self.store().counts().await else { return };
        let last =
            self.ledger().await.into_iter().rev().find(|row| row.kind == "export").map(|row| (row.at, row.total));
        self.exported.set(Exported { total: u64::from(counts.events), last });
    }
}
