//! Start-up: preferences, store, library, register; and the way into and out of the demonstration.
//! Must not draw; the phases are drawn by `pages::shell`.

use shouwen_core::order::Gather as _;
use std::collections::BTreeMap;
use std::sync::Arc;

use futures::future::join;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::agenda::Agenda;
use shouwen_core::case::{Actor, Event};
use shouwen_core::register::Summary;

use super::demo::{fill_demo, settle};
use super::library::BuiltIn;
use super::{App, Durable, Exported, Library, events, now};
use crate::i18n;
use crate::router::Route;
use crate::store::{Store, StoreError, prefs, tabs};

/// Name of the database with real cases.
pub const DATABASE: &str = "shouwen";
/// Name of the database of the demonstration.
pub const DEMO_DATABASE: &str = "shouwen-demo";

/// Where the start-up stands.
#[derive(Clone)]
pub enum Phase {
    Loading,
    /// The register is being computed from the log: events done, events in all.
    Rebuilding(u32, u32),
    /// The store cannot be used.
    Failed(StoreError),
    /// The built-in data is unusable: a fault of the build.
    Unusable(String),
    Ready(App),
}

/// Starts up; `phase` tells how far.
pub fn boot(phase: RwSignal<Phase>) {
    apply_preferences();
    spawn_local(async move {
        let demo = prefs::get("demo").as_deref() == Some("1");
        let outcome = start(phase, demo).await;
        phase.set(outcome);
    });
}

fn apply_preferences() {
    i18n::set_english(prefs::get("lang").as_deref() == Some("en"));
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("lang", if i18n::is_english() { "en" } else { "zh-CN" });
        match prefs::get("theme").as_deref() {
            Some(theme @ ("light" | "dark")) => drop(root.set_attribute("data-theme", theme)),
            _ => drop(root.remove_attribute("data-theme")),
        }
    }
}

async fn start(phase: RwSignal<Phase>, demo: bool) -> Phase {
    let opening = Store::open(if demo { DEMO_DATABASE } else { DATABASE });
    let (opened, built_in) = join(opening, async { BuiltIn::read(chosen_packs(demo)) }).await;
    let store = match opened {
        Ok(store) => store,
        Err(error) => return Phase::Failed(error),
    };
    let config = match store.all_config().await {
        Ok(config) => config,
        Err(error) => return Phase::Failed(error),
    };
    let library = match built_in.and_then(|built_in| Library::build_on(built_in, &config)).map(of_today) {
        Ok(library) => library,
        Err(what) => return Phase::Unusable(what),
    };
    i18n::set_terms(library.terms());
    if demo && let Err(error) = fill_demo(&store, &library).await {
        return Phase::Failed(error);
    }
    let rows = match rows(&store, &library, phase).await {
        Ok(rows) => rows,
        Err(error) => return Phase::Failed(error),
    };
    let workplace = prefs::get(&scoped("workplace", demo)).unwrap_or_else(|| "campus".to_owned());
    let mut actor = saved_actor(demo);
    if demo && !actor.name.is_empty() {
        actor = settle(actor, &workplace, &rows, &library);
    }
    let app = App {
        route: RwSignal::new(Route::parse(&hash())),
        now: RwSignal::new(now()),
        actor: RwSignal::new(actor),
        workplace: RwSignal::new(workplace),
        library: RwSignal::new(Arc::new(library)),
        agenda: RwSignal::new(Agenda::new(rows.values().cloned(), now())),
        rows: RwSignal::new(rows),
        touched: RwSignal::new((0, String::new())),
        durable: RwSignal::new(Durable::Saved),
        exported: RwSignal::new(Exported::default()),
        toast: RwSignal::new(None),
        demo,
        store: StoredValue::new_local(store.clone()),
    };
    spawn_local(app.refresh_exported());
    store.on_outdated(Box::new(move || phase.set(Phase::Failed(StoreError::Outdated))));
    tabs::listen(move |case| app.follow(case));
    keep_time(app);
    follow_hash(app);
    Phase::Ready(app)
}

/// The cached register, or a new one computed from the log when packs, calendars or the build changed.
async fn rows(
    store: &Store,
    library: &Library,
    phase: RwSignal<Phase>,
) -> Result<BTreeMap<String, Arc<Summary>>, StoreError> {
    let list = if store.cache_fingerprint().await?.as_deref() == Some(library.fingerprint()) {
        store.summaries().await?
    } else {
        rebuild(store, library, &mut |done, total| phase.set(Phase::Rebuilding(done, total))).await?
    };
    Ok(list.into_iter().map(|row| (row.id.clone(), Arc::new(row))).gather())
}

/// Computes all rows from the log and replaces the cache.
async fn rebuild(
    store: &Store,
    library: &Library,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Vec<Summary>, StoreError> {
    let total = store.counts().await?.events;
    let mut cases: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    let mut done = 0;
    store
        .each_event(2_000, &mut |texts| {
            done += texts.len() as u32;
            for event in events(&texts) {
                cases.entry(event.case.clone()).or_default().push(event);
            }
            progress(done, total);
        })
        .await?;
    let rows: Vec<Summary> = cases.into_values().filter_map(|events| library.summarise(events)).collect();
    store.replace_cache(&rows, library.fingerprint()).await?;
    Ok(rows)
}

impl App {
    /// Takes changed configuration into force: new library, all rows computed anew.
    /// Returns the rows before, so that the caller can show what changed.
    pub async fn reload_library(self) -> Result<BTreeMap<String, Arc<Summary>>, String> {
        let words = |error: StoreError| i18n::errors::store(&error);
        let config = self.store().all_config().await.map_err(words)?;
        let library = of_today(Library::build_on(BuiltIn::read(chosen_packs(self.demo))?, &config)?);
        let rows = rebuild(&self.store(), &library, &mut |_, _| {}).await.map_err(words)?;
        let before = self.rows.get_untracked();
        self.library.set(Arc::new(library));
        self.set_rows(rows.into_iter().map(|row| (row.id.clone(), Arc::new(row))).gather());
        self.touch("*");
        tabs::announce("*");
        Ok(before)
    }

    /// Remembers who works here and where.
    /// Works with these packs from now on; takes force with `reload_library`.
    pub fn remember_packs(self, chosen: &[String]) {
        prefs::set(&scoped("packs", self.demo), &serde_json::to_string(chosen).unwrap_or_default());
    }

    pub fn remember_actor(self, actor: Actor, workplace: &str) {
        prefs::set(&scoped("workplace", self.demo), workplace);
        prefs::set(&scoped("actor", self.demo), &serde_json::to_string(&actor).unwrap_or_default());
        self.workplace.set(workplace.to_owned());
        self.actor.set(actor);
    }

    /// Nobody has said yet who works here.
    pub fn needs_setup(self) -> bool {
        self.actor.with(|actor| actor.name.is_empty() || actor.campus.is_empty())
    }
}

/// Ids of the packs that were chosen for this desk; empty when nobody has chosen.
fn chosen_packs(demo: bool) -> Vec<String> {
    prefs::get(&scoped("packs", demo)).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Preferences of the demonstration are kept apart.
fn scoped(key: &str, demo: bool) -> String {
    if demo { format!("demo.{key}") } else { key.to_owned() }
}

fn saved_actor(demo: bool) -> Actor {
    prefs::get(&scoped("actor", demo)).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Switches to the demonstration: the page starts anew on the other database.
pub fn enter_demo(actor: &Actor, workplace: &str) {
    prefs::set(&scoped("workplace", true), workplace);
    prefs::set(&scoped("actor", true), &serde_json::to_string(actor).unwrap_or_default());
    prefs::set("demo", "1");
    reload();
}

/// Deletes the demonstration's database and goes back to the real one.
pub fn leave_demo(app: App) {
    spawn_local(async move {
        app.store().close();
        // A refusal (another tab still open) leaves invented data behind, nothing else.
        let _ = Store::destroy(DEMO_DATABASE).await;
        prefs::remove("demo");
        prefs::remove(&scoped("actor", true));
        prefs::remove(&scoped("workplace", true));
        reload();
    });
}

/// Loads the page anew at its start.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash("#/today");
        let _ = window.location().reload();
    }
}

pub(super) fn hash() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// The clock on the screen: every 15 seconds, and at once when the page becomes visible again.
/// Versions of packs come into force on their day.
fn of_today(mut library: Library) -> Library {
    library.today = Some(now().date());
    library
}

fn keep_time(app: App) {
    let tick = move || {
        app.tick();
        // A page that is open over midnight: a version may come into force.
        let day = app.now.get_untracked().date();
        if app.library.with_untracked(|library| library.today != Some(day) && library.waits_for(day)) {
            spawn_local(async move {
                let _ = app.reload_library().await;
            });
        }
    };
    set_interval(tick, std::time::Duration::from_secs(15));
    let _ = window_event_listener(leptos::ev::focus, move |_| tick());
}

fn follow_hash(app: App) {
    let _ = window_event_listener(leptos::ev::hashchange, move |_| app.route.set(Route::parse(&hash())));
}
