//! (being written)

use leptos::prelude::*;

#[component]
pub fn Share() -> impl IntoView {
    
}
