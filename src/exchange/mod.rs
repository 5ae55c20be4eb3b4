//! What lies between the store and the files that people exchange: exports, imports, headquarters' overview, checks
//! of the log. Must not draw anything, and changes no case: it only adds events that others wrote.

mod apply;
mod changes;
mod config;
mod export;
mod ics;
mod incoming;
mod names;
mod notices;
mod overview;
mod survey;
mod table;
mod verify;

pub use apply::{Applied, apply, receipt};
pub use changes::{DueChange, due_changes};
pub use config::{Change, ChangeKind, config_file, pack_key, store_config};
pub use export::{Readback, Saved, Scope, Wish, acknowledged, export, read_back};
pub use ics::{Calendar, Whose, export_calendar};
pub use incoming::{AckLine, ComingConflict, Incoming, open};
pub use names::file_name;
pub use notices::{Coming, adopted, coming, going_back, store_notices, trial, unknown_years};
pub use overview::{CampusLine, overview};
pub use survey::{Survey, survey};
pub use table::register_csv;
pub use verify::{Verdict, verify};

use leptos::prelude::GetUntracked;
use shouwen_bundle::container::{BundleError, Caps, Origin};
use wasm_bindgen_futures::JsFuture;

use crate::i18n::{errors, exchange as words, fill, tr};
use crate::state::App;
use crate::store::{StoreError, new_id};

/// How much is read from one file. Larger than the bundle's own default: photos travel inside, and this page may use
/// a desktop's memory.
pub const CAPS: Caps = Caps { bytes: 256 << 20, depth: 64, values: 12_000_000, events: 1_000_000 };

/// Attachments in one exported file, in bytes before encoding. Well below what [`CAPS`] lets in again.
pub const ATTACHMENTS_PER_FILE: u64 = 120 << 20;

/// Events handled between two chances for the browser to draw.
const BATCH: u32 = 1_000;

/// Told how far a long work is: done, in all.
pub type Progress<'a> = &'a dyn Fn(u32, u32);

/// Why a file or a wish was not carried out. Nothing was changed.
#[derive(Clone, Debug)]
pub enum Refused {
    Bundle(BundleError),
    Store(StoreError),
    /// The browser could not read the file.
    Read(String),
    /// The rules would not hold together afterwards.
    Config(String),
}

impl Refused {
    /// In words: what, where, what to do.
    pub fn words(&self) -> String {
        match self {
            Refused::Bundle(error) => words::bundle_error(error),
            Refused::Store(error) => errors::store(error),
            Refused::Read(what) => fill(words::E_READ, &[("what", what)]),
            Refused::Config(what) => fill(words::E_CONFIG, &[("what", what)]),
        }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Refused::Store(error)
    }
}

impl From<BundleError> for Refused {
    fn from(error: BundleError) -> Self {
        Refused::Bundle(error)
    }
}

/// What `app` ends with in files of the demonstration: invented cases must not get among real ones unseen.
pub const DEMO_MARK: &str = " (demo)";

/// This desk in file names; the demonstration says so.
pub fn desk_name(app: App) -> String {
    let campus = app.actor.get_untracked().campus;
    if app.demo { format!("{}-{campus}", tr(words::FILE_DEMO)) } else { campus }
}

/// Who makes a file now.
async fn origin(app: App) -> Result<Origin, StoreError> {
    let device = app.store().device().await?.device;
    Ok(Origin {
        id: new_id(),
        campus: app.actor.get_untracked().campus,
        device,
        created: app.at_once(),
        app: format!("shouwen {}{}", env!("CARGO_PKG_VERSION"), if app.demo { DEMO_MARK } else { "" }),
    })
}

/// Lets the browser draw before work that cannot be interrupted.
pub async fn breathe() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Refused only without a window, and then nobody waits.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 20);
        }
    });
    let _ = JsFuture::from(promise).await;
}
