//! Notifications of the browser: off until somebody switches them on here, with what the browser says about it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::{reminders as words, tr};
use crate::state::{NOTIFY, Permission, ask_permission, permission};
use crate::store::prefs;

#[component]
pub fn Notifications() -> impl IntoView {
    let wanted = RwSignal::new(prefs::get(NOTIFY).as_deref() == Some("1"));
    let allowed = RwSignal::new(permission());
    let asked = RwSignal::new(false);
    let on = Memo::new(move |_| wanted.get() && allowed.get() == Permission::Granted);
    let switch = move |_| {
        if on.get_untracked() {
            prefs::remove(NOTIFY);
            wanted.set(false);
            return;
        }
        spawn_local(async move {
            let found = ask_permission().await;
            asked.try_set(true);
            allowed.try_set(found);
            if found == Permission::Granted {
                prefs::set(NOTIFY, "1");
                wanted.try_set(true);
            }
        });
    };
    let state = move || match (allowed.get(), wanted.get()) {
        (Permission::Granted, true) => words::NOTIFY_GRANTED,
        (Permission::Granted, false) => words::NOTIFY_ALLOWED_OFF,
        (Permission::NotAsked, _) if asked.get() => words::NOTIFY_NO_ANSWER,
        (Permission::NotAsked, _) => words::NOTIFY_UNASKED,
        (Permission::Denied, _) => words::NOTIFY_DENIED,
        (Permission::Missing, _) => words::NOTIFY_MISSING,
    };
    let usable = move || allowed.get() != Permission::Missing;
    view! {
        <section class="card" id="notifications" tabindex="-1">
            <h2>{tr(words::NOTIFY_TITLE)}</h2>
            <p class="small muted">{tr(words::NOTIFY_TEXT)}</p>
            <p role="status">{move || tr(state())}</p>
            <Show when=usable>
                <p><button type="button" id="notify-switch" on:click=switch>{move || tr(if on.get() { words::NOTIFY_OFF } else { words::NOTIFY_ON })}</button></p>
            </Show>
        </section>
    }
}
