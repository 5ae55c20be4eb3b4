//! What the screens share: signals at the root, the write path, start-up. Children get ids.
//! Must not draw anything, and never edits a case directly: command → events → one transaction → fold → signals.

mod act;
mod boot;
mod demo;
mod drafts;
mod ledger;
mod library;
mod plans;
mod told;

pub use act::Trouble;
pub use boot::{DATABASE, Phase, boot, enter_demo, leave_demo, reload};
pub use drafts::{Kept, keep};
pub use ledger::{Exported, LedgerRow};
pub use library::{KEY_CALENDAR, KEY_PACK, KEY_PARAMETERS, KEY_SCHEDULE, Library, Rulebook};
pub use plans::pack_names;
pub use told::{Group, Line, NOTIFY, Permission, Reminders, ask_permission, permission, use_reminders};

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use shouwen_bundle::seal::Sealed;
use shouwen_core::agenda::Agenda;
use shouwen_core::case::{Actor, Case, Event};
use shouwen_core::register::Summary;
use shouwen_core::time::Civil;

use crate::router::Route;
use crate::store::Store;

/// From this many changed rows on, building the agenda anew is quicker than replacing rows one by one.
const MANY: usize = 50;

/// Whether the last write reached the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durable {
    Saved,
    Writing,
    Failed,
}

/// A short message in the corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub text: String,
    pub bad: bool,
    /// An entry that can be withdrawn again: case and event.
    pub undo: Option<(String, String)>,
    /// Tells a newer toast from an older one with the same text.
    pub number: u32,
}

/// Handle to everything shared; cheap to copy into closures.
#[derive(Clone, Copy)]
pub struct App {
    pub route: RwSignal<Route>,
    /// Civil time of Asia/Shanghai, ticking.
    pub now: RwSignal<Civil>,
    pub actor: RwSignal<Actor>,
    /// `hq` or `campus`.
    pub workplace: RwSignal<String>,
    pub library: RwSignal<Arc<Library>>,
    /// The register, by case id. Changed through [`App::put_rows`] and [`App::set_rows`] only.
    pub rows: RwSignal<BTreeMap<String, Arc<Summary>>>,
    /// What is open and where it stands; tells its readers only when something changed its place.
    pub agenda: RwSignal<Agenda>,
    /// Number of the latest change and the case it concerned (`*`: many).
    pub touched: RwSignal<(u32, String)>,
    pub durable: RwSignal<Durable>,
    pub exported: RwSignal<Exported>,
    pub toast: RwSignal<Option<Toast>>,
    /// The demonstration lives in a database of its own.
    pub demo: bool,
    store: StoredValue<Store, LocalStorage>,
}

impl App {
    /// The store; for reading and for imports. Cases are changed through [`App::act`] only.
    pub fn store(self) -> Store {
        self.store.get_value()
    }

    /// The library now, without subscribing.
    pub fn books(self) -> Arc<Library> {
        self.library.get_untracked()
    }

    /// The present time, without subscribing.
    pub fn at_once(self) -> Civil {
        now()
    }

    pub fn is_hq(self) -> bool {
        self.workplace.get_untracked() == "hq"
    }

    /// Shows a message in the corner.
    pub fn say(self, text: impl Into<String>) {
        self.show(text.into(), false, None);
    }

    /// Shows a failure in the corner; stays until closed.
    pub fn say_bad(self, text: impl Into<String>) {
        self.show(text.into(), true, None);
    }

    pub(crate) fn show(self, text: String, bad: bool, undo: Option<(String, String)>) {
        self.toast.update(|toast| {
            let number = toast.as_ref().map_or(0, |old| old.number) + 1;
            *toast = Some(Toast { text, bad, undo, number });
        });
    }

    /// Goes to a page.
    pub fn go(self, route: &Route) {
        if let Some(window) = web_sys::window() {
            // Refused only for malformed addresses, which `href` never makes.
            let _ = window.location().set_hash(&route.href());
        }
    }

    /// Reads a case from its log. `None`: no such case.
    pub async fn load_case(self, id: &str) -> Result<Option<Case>, crate::store::StoreError> {
        let texts = self.store().case_texts(id).await?;
        Ok(shouwen_core::case::fold(events(&texts)))
    }

    /// Takes rows into the register and the agenda.
    pub(crate) fn put_rows(self, rows: Vec<Summary>) {
        let rows: Vec<Arc<Summary>> = rows.into_iter().map(Arc::new).collect();
        self.rows.update(|known| known.extend(rows.iter().map(|row| (row.id.clone(), row.clone()))));
        if rows.len() > MANY {
            self.rebuild_agenda();
        } else {
            self.agenda.update(|agenda| rows.into_iter().for_each(|row| agenda.put(row)));
        }
    }

    /// Replaces the register and the agenda.
    pub(crate) fn set_rows(self, rows: BTreeMap<String, Arc<Summary>>) {
        self.rows.set(rows);
        self.rebuild_agenda();
    }

    fn rebuild_agenda(self) {
        self.rows.with_untracked(|rows| self.agenda.update(|agenda| agenda.replace(rows.values().cloned(), now())));
    }

    /// The time goes on: only clocks that can change by now are looked at again.
    pub(crate) fn tick(self) {
        let now = now();
        let _ = self.now.try_set(now);
        let _ = self.agenda.try_maybe_update(|agenda| {
            let rung = agenda.rung();
            (agenda.tick(now) || agenda.rung() != rung, ())
        });
    }

    /// Something changed: readers of this case read again.
    pub(crate) fn touch(self, case: &str) {
        self.touched.update(|touched| *touched = (touched.0.wrapping_add(1), case.to_owned()));
    }
}

/// Stored texts as events, through the gate that also reads older forms. Every text was checked when it was stored.
pub fn events(texts: &[String]) -> Vec<Event> {
    texts.iter().filter_map(|text| Sealed::read(text).ok()).map(|sealed| sealed.event).collect()
}

/// The app from context.
pub fn use_app() -> App {
    expect_context::<App>()
}

/// Milliseconds since 1970 (UTC), from the device.
pub fn wall_ms() -> u64 {
    js_sys::Date::now().max(0.0) as u64
}

/// The present civil time in Asia/Shanghai, whatever zone the device is set to.
pub fn now() -> Civil {
    let utc = chrono::DateTime::from_timestamp((wall_ms() / 1000) as i64, 0).unwrap_or_default();
    utc.naive_utc() + chrono::Duration::hours(8)
}
