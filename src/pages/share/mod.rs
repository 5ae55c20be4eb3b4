//! Exchange between desks: exporting, importing, headquarters' overview, rules for campuses, history.
//! Must not read or write files itself (`exchange` does); it asks, shows and confirms.

mod campuses;
mod conflicts;
mod export;
mod history;
mod import;
mod parts;
mod quarantine;
mod rules_out;

pub use export::ExportCard;
pub use import::ImportCard;
pub use parts::{DueList, Working};

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::PageHead;
use crate::exchange::{Survey, survey};
use crate::i18n::{common, errors, tr};
use crate::state::{App, LedgerRow, use_app};

crate::texts! {
    SUB_HQ = "合并各校区的案件包，看缺口和冲突，把制度和日历发回校区" | "Merge the campuses' files, see gaps and conflicts, send rules and calendars back";
    SUB_CAMPUS = "文件由您保存和转交；本页面不联网" | "You save and hand over the files; this page never goes online";
}

/// What the cards of this page know of the log and the ledger; read anew when something changes.
#[derive(Clone, Copy)]
pub struct Desk {
    /// `None` until the first walk over the log is done.
    pub survey: RwSignal<Option<Arc<Survey>>>,
    pub ledger: RwSignal<Arc<Vec<LedgerRow>>>,
    walking: RwSignal<Option<(u32, u32)>>,
    trouble: RwSignal<String>,
}

impl Desk {
    /// Starts reading, and reads again after every change.
    pub fn open(app: App) -> Desk {
        let desk = Desk {
            survey: RwSignal::new(None),
            ledger: RwSignal::new(Arc::default()),
            walking: RwSignal::new(None),
            trouble: RwSignal::new(String::new()),
        };
        // Only one walk at a time; a change during a walk asks for another one.
        let asked = StoredValue::new(0_u32);
        Effect::new(move |_| {
            app.touched.track();
            let mine = asked.get_value() + 1;
            asked.set_value(mine);
            if desk.walking.get_untracked().is_none() {
                spawn_local(walk(app, desk, asked));
            }
        });
        Effect::new(move |_| {
            app.exported.track();
            spawn_local(async move {
                let rows = Arc::new(app.ledger().await);
                desk.ledger.try_set(rows);
            });
        });
        desk
    }
}

async fn walk(app: App, desk: Desk, asked: StoredValue<u32>) {
    loop {
        let Some(number) = asked.try_get_value() else { return };
        desk.walking.try_set(Some((0, 0)));
        let told = move |done, total| {
            desk.walking.try_set(Some((done, total)));
        };
        match survey(app, &told).await {
            Ok(found) => drop(desk.survey.try_set(Some(Arc::new(found)))),
            Err(error) => drop(desk.trouble.try_set(errors::store(&error))),
        }
        if asked.try_get_value().is_none_or(|now| now == number) {
            desk.walking.try_set(None);
            return;
        }
    }
}

#[component]
pub fn Share() -> impl IntoView {
    let app = use_app();
    let desk = Desk::open(app);
    let (title, sub) = if app.is_hq() { (common::SHARE_HQ, SUB_HQ) } else { (common::SHARE_CAMPUS, SUB_CAMPUS) };
    let cards = if app.is_hq() {
        view! {
            <campuses::Campuses desk/>
            <ImportCard/>
            <conflicts::Conflicts/>
            <quarantine::Quarantine desk/>
            <rules_out::RulesOut/>
            <ExportCard desk/>
            <history::History desk/>
        }
        .into_any()
    } else {
        view! {
            <ExportCard desk/>
            <ImportCard/>
            <conflicts::Conflicts/>
            <quarantine::Quarantine desk/>
            <campuses::Campuses desk/>
            <rules_out::RulesOut/>
            <history::History desk/>
        }
        .into_any()
    };
    view! {
        <PageHead title=tr(title) sub=move || tr(sub)/>
        <p class="late-text" role="alert">{move || desk.trouble.get()}</p>
        <div class="share">{cards}</div>
    }
}
