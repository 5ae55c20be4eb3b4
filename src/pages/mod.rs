//! The pages, and the root that chooses among them. A page reads signals and sends commands; nothing else writes.

mod bench;
mod calc;
mod calendar;
mod case;
mod cases;
mod duties;
mod failure;
mod intake;
mod packs;
mod print;
mod settings;
mod setup;
mod share;
mod today;

use leptos::prelude::*;

use crate::components::Shell;
use crate::i18n::{common, emergency, fill, tr};
use crate::router::Route;
use crate::state::{App, Phase, Reminders, boot};

/// The root: start-up, setup, then the page of the address.
#[component]
pub fn Root() -> impl IntoView {
    let phase = RwSignal::new(Phase::Loading);
    boot(phase);
    view! {
        {move || match phase.get() {
            Phase::Loading => view! { <p class="setup" role="status">{tr(common::LOADING)}</p> }.into_any(),
            Phase::Rebuilding(done, total) => {
                let words = fill(common::REBUILD, &[("n", &done.to_string()), ("total", &total.to_string())]);
                view! {
                    <div class="setup" role="status">
                        <p>{words}</p>
                        <progress max=total.to_string() value=done.to_string()></progress>
                    </div>
                }.into_any()
            }
            Phase::Failed(error) => view! { <failure::StoreFailure error/> }.into_any(),
            Phase::Unusable(what) => view! { <failure::BuildFailure what/> }.into_any(),
            Phase::Ready(app) => {
                provide_context(app);
                view! { <Desk app/> }.into_any()
            }
        }}
    }
}

#[component]
fn Desk(app: App) -> impl IntoView {
    mark_ready();
    provide_context(Reminders::watch(app));
    let needs_setup = Memo::new(move |_| app.needs_setup());
    // The calculator keeps its question in the address; a changed question is no other page.
    let route = Memo::new(move |_| match app.route.get() {
        Route::Calc(_) => Route::Calc(String::new()),
        other => other,
    });
    // It serves people, too, who have not said who they are.
    let unknown = Memo::new(move |_| needs_setup.get() && !matches!(route.get(), Route::Calc(_)));
    Effect::new(move |_| {
        let route = route.get();
        set_title(&route);
        // The register remembers where it was; every other page begins at its top.
        if route != Route::Cases {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
    view! {
        {move || if unknown.get() {
            view! { <setup::Setup/> }.into_any()
        } else {
            view! {
                <Shell>
                    {move || page(route.get())}
                </Shell>
            }.into_any()
        }}
    }
}

fn page(route: Route) -> AnyView {
    match route {
        Route::Today => view! { <today::Today/> }.into_any(),
        Route::Intake => view! { <intake::Intake/> }.into_any(),
        Route::Cases => view! { <cases::Cases/> }.into_any(),
        Route::Case(id) => view! { <case::CasePage id/> }.into_any(),
        Route::Print { case, form } => view! { <print::Print case form/> }.into_any(),
        Route::Duties => view! { <duties::DutiesPage/> }.into_any(),
        Route::Share => view! { <share::Share/> }.into_any(),
        Route::Packs(id) => view! { <packs::Packs id/> }.into_any(),
        Route::Bench(id) => view! { <bench::BenchPage id/> }.into_any(),
        Route::Settings => view! { <settings::Settings/> }.into_any(),
        Route::Calc(_) => view! { <calc::Calc/> }.into_any(),
        Route::Unknown => view! {
            <div class="empty"><h1>{tr(common::UNKNOWN_PLACE)}</h1><a href="#/today">{tr(common::TODAY)}</a></div>
        }
        .into_any(),
    }
}

/// Tells tests and benchmarks that the page can be used.
fn mark_ready() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-ready", "1");
    }
}

fn set_title(route: &Route) {
    let place = match route {
        Route::Today | Route::Unknown => common::TODAY,
        Route::Intake => common::INTAKE,
        Route::Cases | Route::Case(_) | Route::Print { .. } => common::CASES,
        Route::Duties => emergency::DUTIES,
        Route::Share => common::SHARE_CAMPUS,
        Route::Packs(_) => common::PACKS,
        Route::Bench(_) => bench::TITLE,
        Route::Settings => common::SETTINGS,
        Route::Calc(_) => calc::TITLE,
    };
    document().set_title(&format!("{} · {}", tr(place), tr(common::APP)));
}
