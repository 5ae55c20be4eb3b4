//! A draft on the bench: the pack in its file form, every change with its opposite, the last reading and its problems.
//! Must not draw, and must not put a draft into force.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};
use shouwen_core::classify::Classifier;
use shouwen_core::pack::{self, Pack, PackRef, Problem};

use super::tree;
use crate::state::{App, Rulebook, wall_ms};
use crate::store::StoreError;

/// Drafts are kept under this prefix and the pack's id.
pub const DRAFT: &str = "bench:";

/// How long typing must rest before the draft is written and checked.
const REST: Duration = Duration::from_millis(350);

/// Changes of one place within this time are one change.
const ONE_CHANGE_MS: u64 = 1_500;

/// Changes that can be taken back.
const KEPT: usize = 200;

/// One change and its opposite.
struct Change {
    pointer: String,
    before: Option<Value>,
    after: Option<Value>,
    at: u64,
}

/// A draft as it was last read: the pack with its words ready to be found.
pub struct Reading {
    pub pack: Pack,
    pub classifier: Classifier,
}

/// Whether the draft is on the disk.
#[derive(Clone, Copy, PartialEq)]
pub enum Kept {
    Saved,
    Waiting,
    Failed,
}

#[derive(Clone, Copy)]
pub struct Desk {
    pub app: App,
    /// The pack's id.
    pub id: StoredValue<String>,
    tree: StoredValue<Value>,
    /// The version that the draft was copied from.
    pub base: StoredValue<Option<PackRef>>,
    past: StoredValue<Vec<Change>>,
    future: StoredValue<Vec<Change>>,
    /// Something was changed.
    pub edits: RwSignal<u32>,
    /// Forms have to be drawn anew: entries came, went or were taken back.
    pub shape: RwSignal<u32>,
    /// Numbers of changes that can be taken back and done again.
    pub steps: RwSignal<(usize, usize)>,
    /// The draft as of the last check that could read it.
    pub reading: RwSignal<Option<Arc<Reading>>>,
    pub problems: RwSignal<Arc<Vec<Problem>>>,
    pub kept: RwSignal<Kept>,
    waiting: StoredValue<Option<TimeoutHandle>, LocalStorage>,
    gone: StoredValue<bool>,
}

/// What is stored of a draft.
pub fn stored(base: Option<&PackRef>, pack: &Value) -> String {
    json!({ "base": base, "pack": pack }).to_string()
}

/// A stored draft read back: the version that it was copied from, and the pack.
pub fn restored(text: &str) -> Option<(Option<PackRef>, Value)> {
    let mut all: Value = serde_json::from_str(text).ok()?;
    let base = &all["base"];
    let version = base["version"].as_u64().and_then(|version| u32::try_from(version).ok());
    let base = base["id"].as_str().zip(version).map(|(id, version)| PackRef { id: id.to_owned(), version });
    let pack = all.get_mut("pack").map(Value::take).filter(Value::is_object)?;
    Some((base, pack))
}

impl Desk {
    pub fn new(app: App, id: &str, base: Option<PackRef>, pack: Value) -> Desk {
        let desk = Desk {
            app,
            id: StoredValue::new(id.to_owned()),
            tree: StoredValue::new(pack),
            base: StoredValue::new(base),
            past: StoredValue::new(Vec::new()),
            future: StoredValue::new(Vec::new()),
            edits: RwSignal::new(0),
            shape: RwSignal::new(0),
            steps: RwSignal::new((0, 0)),
            reading: RwSignal::new(None),
            problems: RwSignal::new(Arc::new(Vec::new())),
            kept: RwSignal::new(Kept::Saved),
            waiting: StoredValue::new_local(None),
            gone: StoredValue::new(false),
        };
        desk.check();
        desk
    }

    /// Reads in the draft.
    pub fn with<T>(self, read: impl FnOnce(&Value) -> T) -> T {
        self.tree.with_value(read)
    }

    /// The value of a place; null where there is none.
    pub fn get(self, pointer: &str) -> Value {
        self.with(|tree| tree.pointer(pointer).cloned().unwrap_or_default())
    }

    /// Changes a place (`None`: takes it away). Quick changes of the same place are one.
    pub fn set(self, pointer: &str, value: Option<Value>) {
        self.apply(pointer, value, true);
    }

    fn apply(self, pointer: &str, value: Option<Value>, typed: bool) {
        let now = wall_ms();
        let after = value.clone();
        let before = self.tree.try_update_value(|tree| tree::put(tree, pointer, value)).flatten();
        if before == after {
            return;
        }
        self.past.update_value(|past| match past.last_mut() {
            Some(last) if typed && last.pointer == pointer && now < last.at + ONE_CHANGE_MS => {
                last.after = after;
                last.at = now;
            }
            _ => {
                past.push(Change { pointer: pointer.to_owned(), before, after, at: if typed { now } else { 0 } });
                if past.len() > KEPT {
                    past.remove(0);
                }
            }
        });
        self.future.update_value(Vec::clear);
        self.changed();
    }

    /// A change of its own, whatever was changed before.
    pub fn note(self, pointer: &str, value: Option<Value>) {
        self.apply(pointer, value, false);
    }

    /// The same, and everything is drawn anew.
    pub fn reshape(self, pointer: &str, value: Option<Value>) {
        self.apply(pointer, value, false);
        self.shape.update(|shape| *shape += 1);
    }

    /// Changes a list of the pack; drawn anew.
    pub fn list(self, pointer: &str, change: impl FnOnce(&mut Vec<Value>)) {
        let mut list = self.get(pointer).as_array().cloned().unwrap_or_default();
        change(&mut list);
        self.reshape(pointer, Some(Value::Array(list)));
    }

    /// Takes the last change back (or does it again). Gives the place.
    pub fn step(self, back: bool) -> Option<String> {
        let (from, to) = if back { (self.past, self.future) } else { (self.future, self.past) };
        let mut change = from.try_update_value(Vec::pop).flatten()?;
        let value = if back { change.before.clone() } else { change.after.clone() };
        self.tree.update_value(|tree| drop(tree::put(tree, &change.pointer, value)));
        // The next change of the same place is a change of its own.
        change.at = 0;
        let pointer = change.pointer.clone();
        to.update_value(|to| to.push(change));
        self.changed();
        self.shape.update(|shape| *shape += 1);
        Some(pointer)
    }

    fn changed(self) {
        self.edits.update(|edits| *edits += 1);
        self.steps.set((self.past.with_value(Vec::len), self.future.with_value(Vec::len)));
        self.kept.set(Kept::Waiting);
        if let Some(Some(handle)) = self.waiting.try_update_value(Option::take) {
            handle.clear();
        }
        let rest = move || {
            // The page may have been left meanwhile; then it was written at leaving.
            if self.gone.try_get_value() == Some(false) {
                self.write();
                self.check();
            }
        };
        let handle = set_timeout_with_handle(rest, REST).ok();
        self.waiting.try_update_value(|waiting| *waiting = handle);
    }

    /// Writes the draft now.
    pub fn write(self) {
        let Some(key) = self.id.try_with_value(|id| format!("{DRAFT}{id}")) else { return };
        let base = self.base.get_value();
        let text = self.with(|tree| stored(base.as_ref(), tree));
        let store = self.app.store();
        spawn_local(async move {
            let kept = if store.save_draft(&key, &text).await.is_ok() { Kept::Saved } else { Kept::Failed };
            self.kept.try_set(kept);
        });
    }

    /// Writes what waits to be written: the page is being left.
    pub fn leave(self) {
        if self.kept.try_get_untracked() == Some(Kept::Waiting) {
            self.write();
        }
    }

    /// Forgets the draft.
    pub async fn discard(self) -> Result<(), StoreError> {
        self.gone.try_set_value(true);
        self.kept.try_set(Kept::Saved);
        let key = format!("{DRAFT}{}", self.id.get_value());
        self.app.store().drop_draft(&key).await
    }

    /// The draft as text.
    pub fn text(self) -> String {
        self.with(Value::to_string)
    }

    /// Reads and checks the draft now.
    pub fn check(self) {
        match pack::parse(&self.text()) {
            Ok(pack) => {
                let mut problems = pack::lint(&pack);
                problems.extend(pack::sense(&pack));
                self.problems.set(Arc::new(problems));
                let classifier = Classifier::with_every_word(&pack);
                self.reading.set(Some(Arc::new(Reading { pack, classifier })));
            }
            // The last draft that could be read stays for trying.
            Err(problem) => self.problems.set(Arc::new(vec![problem])),
        }
    }

    /// Something forbids publishing.
    pub fn is_faulty(self) -> bool {
        self.problems.with(|problems| problems.iter().any(|one| one.fatal))
    }

    /// The newest version in force of this pack.
    pub fn in_force(self) -> Option<Arc<Rulebook>> {
        self.app.library.get().latest(&self.id.get_value())
    }
}
