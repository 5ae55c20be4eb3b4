//! The few forms in which this app talks to IndexedDB: open, begin, get, put, commit.
//! Must not know what is stored; everything passes as `JsValue`, so that the generic code exists only once.
//! The only file that reaches below the IndexedDB crate (`SystemRepr`): the crate drops the reason of a failed
//! commit and cannot report that an open or a deletion is blocked while it waits.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use indexed_db_futures::KeyRange;
use indexed_db_futures::database::Database;
use indexed_db_futures::index::Index;
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions};
use wasm_bindgen::prelude::*;

use super::StoreError;

type Answer<T> = Result<T, StoreError>;

/// Set by an event handler, wakes whoever waits for it.
#[derive(Clone, Default)]
struct Flag(Rc<(Cell<bool>, RefCell<Option<Waker>>)>);

impl Flag {
    fn raise(&self) {
        self.0.0.set(true);
        if let Some(waker) = self.0.1.take() {
            waker.wake();
        }
    }
}

/// Opens a database in a version; `upgrade` runs in the upgrade's transaction with the old version (0: new).
/// When another tab blocks the upgrade it answers `Blocked` at once; the upgrade then still runs as soon as that
/// tab lets go (an upgrade without its handler would leave a database without stores), and is closed again.
pub(super) async fn open(
    name: &str,
    version: u32,
    upgrade: fn(&Database, u32) -> indexed_db_futures::Result<()>,
) -> Answer<Database> {
    let blocked = Flag::default();
    let raised = blocked.clone();
    let request = Database::open(name)
        .with_version(version)
        .with_on_blocked(move |_| {
            raised.raise();
            Ok(())
        })
        .with_on_upgrade_needed(move |event, db| upgrade(&db, event.old_version() as u32))
        .build()?;
    unless(blocked, request, |late| {
        if let Ok(db) = late {
            db.close();
        }
    })
    .await
}

/// Opens a database as it is. Does not create one: `Broken` if there is none.
pub(super) async fn open_as_is(name: &str) -> Answer<Database> {
    let request = Database::open(name)
        .with_on_blocked(|_| Ok(()))
        // Fires only for a database that does not exist; an error in here takes its creation back.
        .with_on_upgrade_needed(|_, _| Err(js_sys::Error::new("no such database").into()))
        .build()?;
    Ok(request.await?)
}

/// Deletes a database. Other tabs are told to let go; `Blocked` if one does not (it is deleted when that one closes).
pub(super) async fn delete(name: &str) -> Answer<()> {
    let request = Database::delete_by_name(name)?;
    let blocked = Flag::default();
    let raised = blocked.clone();
    let handler = Closure::<dyn FnMut()>::new(move || raised.raise());
    let raw: &web_sys::IdbOpenDbRequest = request.as_sys().unchecked_ref();
    let raw = raw.clone();
    raw.set_onblocked(Some(handler.as_ref().unchecked_ref()));
    let outcome = unless(blocked, request, |_| ()).await;
    raw.set_onblocked(None);
    outcome
}

/// Waits for a request unless the flag is raised before; then the request goes on in the background.
async fn unless<T: 'static, E: Into<StoreError> + 'static>(
    blocked: Flag,
    mut request: impl Future<Output = Result<T, E>> + Unpin + 'static,
    finish: fn(Result<T, E>),
) -> Answer<T> {
    let first = poll_fn(|context| {
        if blocked.0.0.get() {
            return Poll::Ready(None);
        }
        blocked.0.1.replace(Some(context.waker().clone()));
        Pin::new(&mut request).poll(context).map(Some)
    })
    .await;
    match first {
        Some(result) => result.map_err(Into::into),
        None => {
            wasm_bindgen_futures::spawn_local(async move { finish(request.await) });
            Err(StoreError::Blocked)
        }
    }
}

/// Calls `leave` when another tab wants a newer version or a deletion, and when the browser closes the database.
pub(super) fn on_leave(db: &Database, leave: &Closure<dyn FnMut()>) {
    let function: &js_sys::Function = leave.as_ref().unchecked_ref();
    db.as_sys().set_onversionchange(Some(function));
    db.as_sys().set_onclose(Some(function));
}

/// Takes the handlers off again, before their closure is dropped.
pub(super) fn forget_leave(db: &Database) {
    db.as_sys().set_onversionchange(None);
    db.as_sys().set_onclose(None);
}

/// A transaction for reading.
pub(super) fn read<'a>(db: &'a Database, stores: &[&str]) -> Answer<Transaction<'a>> {
    begin(db, stores, TransactionMode::Readonly, TransactionDurability::Default)
}

/// A transaction for writing that counts as done only when the bytes are on the disk.
pub(super) fn strict<'a>(db: &'a Database, stores: &[&str]) -> Answer<Transaction<'a>> {
    begin(db, stores, TransactionMode::Readwrite, TransactionDurability::Strict)
}

/// A transaction for writing what may be lost when the power fails (caches, unfinished forms).
pub(super) fn relaxed<'a>(db: &'a Database, stores: &[&str]) -> Answer<Transaction<'a>> {
    begin(db, stores, TransactionMode::Readwrite, TransactionDurability::Relaxed)
}

fn begin<'a>(
    db: &'a Database,
    stores: &[&str],
    mode: TransactionMode,
    durability: TransactionDurability,
) -> Answer<Transaction<'a>> {
    let names: Vec<String> = stores.iter().map(|&name| name.to_owned()).collect();
    db.transaction(names)
        .with_mode(mode)
        .with_options(TransactionOptions::new().with_durability(durability))
        .build()
        .map_err(|error| match StoreError::from(error) {
            // The one InvalidStateError here: the connection is closed.
            StoreError::Refused { what } if what.starts_with("InvalidStateError") => StoreError::Outdated,
            other => other,
        })
}

/// Ends a writing transaction; resolves after the browser's `complete`. On any error nothing is stored.
pub(super) async fn commit(tx: Transaction<'_>) -> Answer<()> {
    let raw = tx.as_sys().clone();
    tx.commit().await.map_err(|error| match raw.error() {
        // "Aborted" alone does not say that the disk is full; the transaction knows.
        Some(reason) => (&reason).into(),
        None => error.into(),
    })
}

/// One value, `undefined` becomes `None`.
pub(super) async fn get(store: &ObjectStore<'_>, key: &str) -> Answer<Option<JsValue>> {
    Ok(store.get::<JsValue, _, _>(JsValue::from_str(key)).primitive()?.await?)
}

/// A request that is under way. Several can be sent off before the first is awaited.
pub(super) type Pending = Pin<Box<dyn Future<Output = Answer<Vec<JsValue>>>>>;

/// All values, in key order.
pub(super) async fn all(store: &ObjectStore<'_>) -> Answer<Vec<JsValue>> {
    collect(store.get_all::<JsValue>().primitive()?.await?)
}

/// All keys, in order.
pub(super) async fn keys(store: &ObjectStore<'_>) -> Answer<Vec<JsValue>> {
    collect(store.get_all_keys::<JsValue>().primitive()?.await?)
}

/// The keys between two texts, both included.
pub(super) async fn keys_between(store: &ObjectStore<'_>, from: &str, to: &str) -> Answer<Vec<JsValue>> {
    let range = KeyRange::Bound(JsValue::from_str(from), false, JsValue::from_str(to), false);
    collect(store.get_all_keys::<JsValue>().with_query::<JsValue, _>(range).primitive()?.await?)
}

/// At most `limit` values behind a key, in key order.
pub(super) async fn page(store: &ObjectStore<'_>, after: &str, limit: u32) -> Answer<Vec<JsValue>> {
    let range = KeyRange::LowerBound(JsValue::from_str(after), true);
    let request = store.get_all::<JsValue>().with_query::<JsValue, _>(range).with_limit(limit).primitive()?;
    collect(request.await?)
}

/// All values with a key of an index; sent off at once.
pub(super) fn matching(index: &Index<'_>, key: &str) -> Answer<Pending> {
    let request = index.get_all::<JsValue>().with_query::<JsValue, _>(JsValue::from_str(key)).primitive()?;
    Ok(Box::pin(async move { collect(request.await?) }))
}

fn collect(values: indexed_db_futures::iter::ArrayMapIter<JsValue>) -> Answer<Vec<JsValue>> {
    values.map(|value| value.map_err(StoreError::from)).collect()
}

/// How many values a store has.
pub(super) async fn count(store: &ObjectStore<'_>) -> Answer<u32> {
    Ok(store.count().primitive()?.await?)
}

// Writes are sent off and not awaited: a failing one fails the whole transaction, which `commit` reports.

/// Adds a new row; fails the transaction if its key is taken.
pub(super) fn add(store: &ObjectStore<'_>, row: JsValue) -> Answer<()> {
    store.add(row).primitive()?;
    Ok(())
}

/// Puts a row that has its key inside, or gets a new number.
pub(super) fn put(store: &ObjectStore<'_>, row: JsValue) -> Answer<()> {
    store.put(row).primitive()?;
    Ok(())
}

/// Puts a text under a key.
pub(super) fn put_text(store: &ObjectStore<'_>, key: &str, text: &str) -> Answer<()> {
    store.put(JsValue::from_str(text)).with_key(JsValue::from_str(key)).without_key_type().primitive()?;
    Ok(())
}

/// Removes a key, if it is there.
pub(super) fn remove(store: &ObjectStore<'_>, key: &str) -> Answer<()> {
    store.delete::<JsValue, _>(JsValue::from_str(key)).primitive()?;
    Ok(())
}
