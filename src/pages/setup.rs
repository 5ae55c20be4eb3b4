//! (being written)

use leptos::prelude::*;

#[component]
pub fn Setup() -> impl IntoView {
    
}
