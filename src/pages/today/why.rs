//! Why a date of today's list is just that: the clock with its sentence and strip, in a dialog.
//! Must not compute anything; reads the case and draws its clock as the case page does.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::clock::Run;
use shouwen_core::register::Brief;

use crate::components::{ClockLine, Legend, Modal};
use crate::i18n::{common, tr};
use crate::pages::case::Seen;
use crate::router::Route;
use crate::state::App;

/// What was asked about; shared with the lines of the list through the context.
#[derive(Clone, Copy)]
pub struct Asked {
    open: RwSignal<bool>,
    shown: RwSignal<Option<(Seen, Run)>, LocalStorage>,
}

impl Asked {
    pub fn new() -> Asked {
        Asked { open: RwSignal::new(false), shown: RwSignal::new_local(None) }
    }

    /// Reads the case and shows the clock; goes to the case where its clock is no longer what the list says.
    pub fn ask(self, app: App, case: String, brief: Brief) {
        spawn_local(async move {
            let found = app.load_case(&case).await.ok().flatten().and_then(|case| {
                let seen = Seen::of(&app.books(), &Arc::new(case))?;
                let run = seen.runs.iter().find(|run| run.clock == brief.clock && run.start == brief.start)?.clone();
                Some((seen, run))
            });
            match found {
                Some(found) => {
                    self.shown.try_set(Some(found));
                    self.open.try_set(true);
                }
                None => app.go(&Route::Case(case)),
            }
        });
    }
}

#[component]
pub fn Why(app: App, asked: Asked) -> impl IntoView {
    let clock = move || {
        asked.shown.get().and_then(|(seen, run)| {
            let pack = seen.book.pack.clone();
            let clock = pack.clock(&run.clock)?.clone();
            let by_schedule = app.books().schedules.contains_key(&seen.case.campus);
            let href = Route::Case(seen.case.id.clone()).href();
            Some(view! {
                <p class="small"><a href=href on:click=move |_| asked.open.set(false)>{seen.case.number.clone()}</a></p>
                <ClockLine run clock pack by_schedule/>
                <Legend/>
                <div class="actions">
                    <button type="button" class="primary" on:click=move |_| asked.open.set(false)>{tr(common::CLOSE_DIALOG)}</button>
                </div>
            })
        })
    };
    view! { <Modal open=asked.open title=tr(TITLE)>{clock}</Modal> }
}

crate::texts! {
    TITLE = "这个时间是怎么算的" | "How this time is counted";
}
