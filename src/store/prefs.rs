//! Preferences of this browser: the few texts that are wanted before the database is open (language, theme, who works
//! here, demonstration or not).
//! Must not keep anything whose loss would hurt; works without storage, then nothing is remembered.

use gloo_storage::{LocalStorage, Storage};

/// On `file:` all local pages may share one storage: our keys must not meet those of others.
const PREFIX: &str = "shouwen.";

/// What is remembered under a key; `None` when there is nothing, or nothing readable.
pub fn get(key: &str) -> Option<String> {
    if available() { LocalStorage::get(full(key)).ok() } else { None }
}

/// Remembers. `false` when the browser refuses.
pub fn set(key: &str, text: &str) -> bool {
    available() && LocalStorage::set(full(key), text).is_ok()
}

/// Forgets.
pub fn remove(key: &str) {
    if available() {
        LocalStorage::delete(full(key));
    }
}

fn full(key: &str) -> String {
    format!("{PREFIX}{key}")
}

/// gloo-storage panics where the browser refuses storage as a whole: ask first.
fn available() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}
