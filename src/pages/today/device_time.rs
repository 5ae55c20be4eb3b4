//! A calm word when the device's clock cannot be right: entries that lie ahead of it.
//! Must not correct any time.

use leptos::prelude::*;
use shouwen_core::time::Civil;

use crate::i18n::{fill, reminders as words, time};
use crate::state::{App, use_app};

/// Clocks of two computers at one desk differ a little.
const ALLOWED: chrono::Duration = chrono::Duration::minutes(2);

#[component]
pub fn DeviceTime() -> impl IntoView {
    let app = use_app();
    // The rows are looked through only when they have changed, not at every tick.
    let here = Memo::new(move |_| latest(app));
    let text = Memo::new(move |_| {
        let now = app.now.get();
        let day = now + chrono::Duration::days(1);
        let (desk, all) = here.get();
        match (desk, all) {
            (_, Some(last)) if last > day => {
                let ahead = app.rows.with(|rows| rows.values().filter(|row| row.updated_at > day).count());
                let last = time::exact(last);
                Some(fill(words::AHEAD, &[("n", &ahead.to_string()), ("last", &last)]))
            }
            (Some(last), _) if last > now + ALLOWED => {
                let span = time::span((last - now).num_seconds());
                let (now, last) = (time::exact(now), time::exact(last));
                Some(fill(words::BEHIND, &[("now", &now), ("last", &last), ("span", &span)]))
            }
            _ => None,
        }
    });
    move || text.get().map(|text| view! { <div class="banner" role="status" id="device-time">{text}</div> })
}

/// The latest entry of this desk's own campus, and of all.
fn latest(app: App) -> (Option<Civil>, Option<Civil>) {
    let campus = app.actor.with(|actor| actor.campus.clone());
    app.rows.with(|rows| {
        let own = rows.values().filter(|row| row.campus == campus).map(|row| row.updated_at).max();
        (own, rows.values().map(|row| row.updated_at).max())
    })
}
