//! (being written)

use leptos::prelude::*;

#[component]
pub fn Print(case: String, form: String) -> impl IntoView {
    let _ = (case, form);
}
