//! (being written)

use leptos::prelude::*;

#[component]
pub fn Cases() -> impl IntoView {
    
}
