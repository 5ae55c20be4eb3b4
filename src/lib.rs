//! The complaint desk in the browser.
use leptos::prelude::*;

/// Mounts the app on the body.
pub fn start() {
    console_error_panic_hook::set_once();
    mount_to_body(|| view! { <main id="app"><h1>"首问"</h1></main> });
}
