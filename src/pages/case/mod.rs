//! The case page 案件: what was said, what kind it is, what to do next, which limits run, what happened.
//! Must not change a case except through commands.

mod clocks_card;
mod companion;
mod details;
pub mod emergency;
mod evidence;
mod extending;
pub mod head;
mod kinds;
mod pausing;
mod rules;
mod said;
pub mod step;
mod steps;
pub mod timeline;
mod upgrade;

pub use said::marked;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::case::Case;
use shouwen_core::clock::{Judged, Run, World};

use crate::i18n::{common, errors, fill, tr};
use crate::state::{App, Library, Rulebook, use_app};

/// A case as the cards see it: one reading of its log, with its rulebook and its clocks.
#[derive(Clone)]
pub struct Seen {
    pub case: Arc<Case>,
    pub book: Arc<Rulebook>,
    pub runs: Arc<Vec<Run>>,
}

impl Seen {
    /// The case with what its pack says; `None` when the pack is not on this device.
    pub fn of(library: &Library, case: &Arc<Case>) -> Option<Seen> {
        let book = library.of_case(case)?;
        let runs = Arc::new(library.runs(case));
        Some(Seen { case: case.clone(), book, runs })
    }

    /// The facts of the case as of now, late clocks included.
    pub fn judged<'a>(&'a self, world: &'a World) -> Judged<'a> {
        Judged { case: &self.case, runs: &self.runs, world, now: use_app().at_once() }
    }
}

/// How reading the case went.
#[derive(Clone)]
enum Reading {
    Loading,
    Missing,
    NoPack(Arc<Case>),
    Failed(String),
    Here(Seen),
}

#[component]
pub fn CasePage(id: String) -> impl IntoView {
    let app = use_app();
    let reading = RwSignal::new(Reading::Loading);
    let key = StoredValue::new(id);
    Effect::new(move |_| {
        let (_, touched) = app.touched.get();
        let first = reading.with_untracked(|reading| matches!(reading, Reading::Loading));
        let id = key.get_value();
        if first || touched == id || touched == "*" {
            spawn_local(async move {
                let now = read(app, &id).await;
                reading.try_set(now);
            });
        }
    });
    view! {
        {move || match reading.get() {
            Reading::Loading => view! { <p role="status">{tr(common::LOADING)}</p> }.into_any(),
            Reading::Missing => view! {
                <div class="empty"><h1>{tr(common::UNKNOWN_PLACE)}</h1><a href="#/cases">{tr(common::CASES)}</a></div>
            }.into_any(),
            Reading::Failed(words) => view! { <div class="banner bad" role="alert">{words}</div> }.into_any(),
            Reading::NoPack(case) => no_pack(&case),
            Reading::Here(seen) => view! { <Cards seen/> }.into_any(),
        }}
    }
}

async fn read(app: App, id: &str) -> Reading {
    match app.load_case(id).await {
        Err(error) => Reading::Failed(errors::store(&error)),
        Ok(None) => Reading::Missing,
        Ok(Some(case)) => {
            let case = Arc::new(case);
            Seen::of(&app.books(), &case).map_or(Reading::NoPack(case), Reading::Here)
        }
    }
}

/// The case's rules are missing here, but what people wrote can still be read.
fn no_pack(case: &Case) -> AnyView {
    let reference = case.packs().into_iter().next();
    let (id, version) = reference.map_or_else(Default::default, |pack| (pack.id, pack.version));
    let words = fill(common::NO_PACK, &[("id", &id), ("version", &version.to_string())]);
    view! {
        <h1>{case.number.clone()}</h1>
        <div class="banner" role="alert">{words}</div>
        <div class="card"><p class="pre">{case.text("text").to_owned()}</p></div>
    }
    .into_any()
}

#[component]
fn Cards(seen: Seen) -> impl IntoView {
    view! {
        <head::Head seen=seen.clone()/>
        <head::Troubles seen=seen.clone()/>
        <upgrade::Upgrade seen=seen.clone()/>
        <div class="case">
            <div>
                <said::Said seen=seen.clone()/>
                <kinds::Kinds seen=seen.clone()/>
                <emergency::Plans seen=seen.clone()/>
                <steps::Steps seen=seen.clone()/>
                <evidence::Evidence seen=seen.clone()/>
                <timeline::Timeline seen=seen.clone()/>
            </div>
            <div>
                <clocks_card::Clocks seen=seen.clone()/>
                <companion::UsePlan seen=seen.clone()/>
                <details::Details seen=seen.clone()/>
                <rules::Findings seen=seen.clone()/>
                <rules::Consequences seen=seen.clone()/>
                <rules::RedLines seen/>
            </div>
        </div>
    }
}
