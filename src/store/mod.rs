//! The working copy in the browser: the log of events, attachments, caches and settings in IndexedDB.
//! Must not decide anything and must not know the interface; nothing is reported as done before it is on the disk.
//!
//! Inside a transaction only the database may be awaited: IndexedDB commits on its own as soon as nothing is asked
//! of it. And everything that can fail or panic happens before the first write is handed over, so that a crash
//! leaves all of a write or nothing.

mod dump;
mod error;
pub mod health;
mod idb;
mod import;
mod known;
mod log;
pub mod prefs;
mod schema;
mod small;
pub mod tabs;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use indexed_db_futures::database::Database;
use wasm_bindgen::prelude::*;

pub use error::StoreError;
pub use import::{ImportBatch, ImportDone};
pub use known::Stored;
pub use log::{Appended, Counts};
pub use schema::{Blob, VERSION};

/// Answer of the store.
pub type Answer<T> = Result<T, StoreError>;

/// An open database. Clones share the connection.
#[derive(Clone)]
pub struct Store(Rc<Connection>);

struct Connection {
    db: Database,
    outdated: Cell<bool>,
    told: RefCell<Option<Box<dyn Fn()>>>,
    /// Kept alive for the browser; set once, right after opening.
    leave: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl Store {
    /// Opens (or creates) the database with this name.
    pub async fn open(name: &str) -> Answer<Store> {
        Store::open_version(name, VERSION).await
    }

    /// Opens in another version than this build's: what a newer build will do. For tests.
    #[doc(hidden)]
    pub async fn open_version(name: &str, version: u32) -> Answer<Store> {
        let db = idb::open(name, version, schema::upgrade).await?;
        let missing: Vec<&str> = {
            let present: Vec<String> = db.object_store_names().collect();
            schema::ALL.into_iter().filter(|name| !present.iter().any(|one| one == name)).collect()
        };
        if !missing.is_empty() {
            db.close();
            return Err(StoreError::broken(format!("object stores missing: {}", missing.join(", "))));
        }
        let connection =
            Rc::new(Connection { db, outdated: Cell::new(false), told: RefCell::default(), leave: RefCell::default() });
        let weak = Rc::downgrade(&connection);
        let leave = Closure::<dyn FnMut()>::new(move || {
            if let Some(connection) = weak.upgrade() {
                connection.leave();
            }
        });
        idb::on_leave(&connection.db, &leave);
        connection.leave.replace(Some(leave));
        tabs::join(name);
        Ok(Store(connection))
    }

    /// Deletes a whole database (the demonstration's). Stores that are open on it become outdated.
    pub async fn destroy(name: &str) -> Answer<()> {
        idb::delete(name).await
    }

    /// Everything in a database of any version, newer ones too, as one JSON text:
    /// `{"name", "version", "stores": {store: [{"key", "value"}]}}`. Bytes are written as `{"base64": …}`.
    /// `Broken` if there is no such database.
    pub async fn raw_dump(name: &str) -> Answer<String> {
        dump::raw_dump(name).await
    }

    /// Sets what to call when this tab has to stop: a newer build wants the database, it is being deleted, or the
    /// browser took it away. Called at once if that has already happened.
    pub fn on_outdated(&self, f: Box<dyn Fn()>) {
        if self.0.outdated.get() {
            f();
        }
        self.0.told.replace(Some(f));
    }

    /// Closes the connection; what is under way still finishes. All later calls answer `Outdated`.
    pub fn close(&self) {
        self.0.outdated.set(true);
        self.0.db.clone().close();
    }

    /// The connection, unless this tab had to let go of it.
    fn db(&self) -> Answer<&Database> {
        if self.0.outdated.get() { Err(StoreError::Outdated) } else { Ok(&self.0.db) }
    }
}

impl Connection {
    /// Lets go at once: as long as we hold on, the other tab waits.
    fn leave(&self) {
        if self.outdated.replace(true) {
            return;
        }
        self.db.clone().close();
        // Taken out while it runs: it may set another one.
        let told = self.told.take();
        if let Some(tell) = told {
            tell();
            self.told.borrow_mut().get_or_insert(tell);
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        idb::forget_leave(&self.db);
        self.db.clone().close();
    }
}

/// A new id for an event, a case or a bundle: UUID version 7, so that ids sort by time.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// A new id for a device: short enough to read out on the phone.
pub(crate) fn new_device() -> String {
    let id = uuid::Uuid::now_v7().simple().to_string();
    // The end of a version 7 id is random, its beginning is only the time.
    id.get(20..).unwrap_or(&id).to_owned()
}

/// Wall clock, UTC milliseconds since 1970.
fn wall_ms() -> u64 {
    js_sys::Date::now() as u64
}
