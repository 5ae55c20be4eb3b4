//! Half-filled forms: kept in the store while a person types, so that a reload loses nothing.
//! Must not decide anything; a draft is dropped once its content has been written as events.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use super::App;

/// How long typing must rest before the draft is written.
const REST: Duration = Duration::from_millis(200);

/// A form whose content is kept.
#[derive(Clone, Copy)]
pub struct Kept {
    app: App,
    key: StoredValue<String>,
    values: RwSignal<BTreeMap<String, Value>>,
    /// Nothing is written before the stored draft was read, and nothing after the form was sent.
    live: RwSignal<bool>,
    waiting: StoredValue<Option<TimeoutHandle>, LocalStorage>,
    /// The draft was found and put back into the form.
    pub restored: RwSignal<bool>,
}

/// Reads the draft `key` into `values` (over what is there) and keeps it up to date from then on.
pub fn keep(app: App, key: String, values: RwSignal<BTreeMap<String, Value>>) -> Kept {
    let kept = Kept {
        app,
        key: StoredValue::new(key.clone()),
        values,
        live: RwSignal::new(false),
        waiting: StoredValue::new_local(None),
        restored: RwSignal::new(false),
    };
    spawn_local(async move {
        let text = app.store().draft(&key).await.ok().flatten();
        let found: BTreeMap<String, Value> = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        if !found.is_empty() {
            kept.restored.try_set(true);
            // What was typed before the draft arrived wins.
            values.try_update(|map| {
                for (id, value) in found {
                    map.entry(id).or_insert(value);
                }
            });
        }
        kept.live.try_set(true);
    });
    Effect::new(move |_| {
        let now = values.get();
        if kept.live.get() {
            kept.write_soon(now);
        }
    });
    kept
}

impl Kept {
    fn write_soon(self, now: BTreeMap<String, Value>) {
        if let Some(Some(handle)) = self.waiting.try_update_value(Option::take) {
            handle.clear();
        }
        let write = move || {
            let Some(key) = self.key.try_get_value() else { return };
            if self.live.try_get_untracked() != Some(true) {
                return;
            }
            spawn_local(async move {
                let text = serde_json::to_string(&now).unwrap_or_default();
                // A draft that cannot be kept is no reason to disturb somebody who is typing.
                let _ = self.app.store().save_draft(&key, &text).await;
            });
        };
        let handle = set_timeout_with_handle(write, REST).ok();
        self.waiting.try_update_value(|waiting| *waiting = handle);
    }

    /// The form was sent or thrown away.
    pub fn drop_it(self) {
        self.live.try_set(false);
        let key = self.key.get_value();
        spawn_local(async move {
            let _ = self.app.store().drop_draft(&key).await;
        });
    }

    /// Empties the form and forgets the draft.
    pub fn clear(self) {
        self.drop_it();
        self.restored.try_set(false);
        self.values.set(BTreeMap::new());
        self.live.try_set(true);
    }
}
