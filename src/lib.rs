//! The complaint desk in the browser: screens over the pure domain (`shouwen-core`) and its bytes (`shouwen-bundle`).
//! Nothing leaves the page except files that a person saves.

#[cfg(all(test, target_arch = "wasm32"))]
mod browser_tests;
mod components;
mod exchange;
mod files;
pub mod i18n;
mod pages;
pub mod router;
mod state;
pub mod store;

use leptos::prelude::*;

/// Mounts the app on the body.
pub fn start() {
    console_error_panic_hook::set_once();
    mount_to_body(|| view! { <div id="app"><pages::Root/></div> });
}
