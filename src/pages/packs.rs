//! (being written)

use leptos::prelude::*;

#[component]
pub fn Packs(id: Option<String>) -> impl IntoView {
    let _ = id;
}
