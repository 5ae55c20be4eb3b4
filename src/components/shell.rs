//! The frame around every page: navigation, state line, toast. Shows what is durable and what is pending.

use leptos::prelude::*;
use shouwen_core::agenda::Bucket;

use crate::i18n::{T, bench, common, fill, time, tr};
use crate::router::Route;
use crate::state::{App, Durable, leave_demo, use_app};

use super::ReasonDialog;

/// Navigation, state line and the page.
#[component]
pub fn Shell(children: ChildrenFn) -> impl IntoView {
    let app = use_app();
    view! {
        <a class="skip" href="#main" on:click=|event| {
            // The address after # is the page; only the focus moves.
            event.prevent_default();
            if let Some(main) = document().get_element_by_id("main") {
                let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(main).focus();
            }
        }>{tr(common::SKIP)}</a>
        <div class="app">
            <Nav/>
            <main class="main" id="main" tabindex="-1">
                <StateLine/>
                {move || app.demo.then(|| view! { <DemoBanner/> })}
                {children()}
            </main>
        </div>
        <ToastBox/>
    }
}

#[component]
fn Nav() -> impl IntoView {
    let app = use_app();
    let urgent = Memo::new(move |_| app.agenda.with(|agenda| agenda.count(Bucket::Overdue, false)));
    let total = Memo::new(move |_| app.rows.with(|rows| rows.len()));
    let share = if app.is_hq() { common::SHARE_HQ } else { common::SHARE_CAMPUS };
    view! {
        <nav class="nav" aria-label=tr(common::NAV)>
            <div class="brand">{tr(common::APP)}<small>{move || app.actor.with(|actor| actor.campus.clone())}</small></div>
            <Item app route=Route::Today label=common::TODAY>
                {move || (urgent.get() > 0).then(|| view! { <b class="num">{urgent.get()}</b> })}
            </Item>
            <Item app route=Route::Intake label=common::INTAKE/>
            <Item app route=Route::Cases label=common::CASES><span class="muted num">{move || total.get()}</span></Item>
            <Item app route=Route::Share label=share/>
            <Item app route=Route::Packs(None) label=common::PACKS/>
            {app.is_hq().then(|| view! { <Item app route=Route::Bench(None) label=bench::NAV/> })}
            <Item app route=Route::Calc(String::new()) label=common::CALC/>
            <Item app route=Route::Settings label=common::SETTINGS/>
            <div class="who small">
                <b>{move || app.actor.with(|actor| actor.name.clone())}</b><br/>
                <span class="muted">{move || role_label(app)}</span>
            </div>
        </nav>
    }
}

#[component]
fn Item(app: App, route: Route, label: T, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let href = route.href();
    let here = move || app.route.with(|now| same_section(now, &route));
    view! { <a href=href aria-current=move || here().then_some("page")>{tr(label)}{children.map(|children| children())}</a> }
}

fn same_section(now: &Route, item: &Route) -> bool {
    match (now, item) {
        (Route::Case(_) | Route::Print { .. }, Route::Cases) => true,
        (Route::Packs(_), Route::Packs(_)) | (Route::Bench(_), Route::Bench(_)) | (Route::Calc(_), Route::Calc(_)) => {
            true
        }
        _ => now == item,
    }
}

/// The role's name from whichever pack knows it.
fn role_label(app: App) -> String {
    let role = app.actor.with(|actor| actor.role.clone());
    let library = app.library.get();
    let found = library
        .current()
        .iter()
        .find_map(|book| book.pack.roles.iter().find(|one| one.id == role).map(|one| crate::i18n::say(&one.label)));
    found.unwrap_or(role)
}

#[component]
fn StateLine() -> impl IntoView {
    let app = use_app();
    let lamp = move || match app.durable.get() {
        Durable::Saved => ("lamp", tr(common::DURABLE)),
        Durable::Writing => ("lamp", tr(common::WRITING)),
        Durable::Failed => ("lamp bad", tr(common::NOT_WRITTEN)),
    };
    let exported = move || {
        let now = app.now.get();
        app.exported.with(|exported| match exported.last {
            None if exported.total == 0 => String::new(),
            None => tr(common::NEVER_EXPORTED).to_owned(),
            Some((at, _)) => {
                let text = if exported.pending() > 0 { common::SINCE_EXPORT } else { common::ALL_EXPORTED };
                fill(text, &[("n", &exported.pending().to_string()), ("ago", &time::ago(at, now))])
            }
        })
    };
    let today = move || {
        let now = app.now.get();
        format!("{} {}", time::long_date(now.date()), time::clock_time(now))
    };
    view! {
        <div class="state num" id="state-line">
            <span role="status"><span class=move || lamp().0 aria-hidden="true">"● "</span>{move || lamp().1}</span>
            <span>{exported}</span>
            <span>{today}</span>
        </div>
    }
}

#[component]
fn DemoBanner() -> impl IntoView {
    let app = use_app();
    let sure = RwSignal::new(false);
    view! {
        <div class="banner calm" id="demo-banner">
            <b>{tr(common::DEMO_ON)}</b>
            <span class="sp"></span>
            <Show when=move || !sure.get() fallback=move || view! {
                <span class="small">{tr(common::DEMO_LEAVE_ASK)}</span>
                <button class="danger" on:click=move |_| leave_demo(app)>{tr(common::CONFIRM)}</button>
                <button on:click=move |_| sure.set(false)>{tr(common::CANCEL)}</button>
            }>
                <button on:click=move |_| sure.set(true)>{tr(common::DEMO_LEAVE)}</button>
            </Show>
        </div>
    }
}

#[component]
fn ToastBox() -> impl IntoView {
    let app = use_app();
    let undoing = RwSignal::new(false);
    let target = StoredValue::new(None::<(String, String)>);
    // Good news go away by themselves; bad news stay until read.
    Effect::new(move |_| {
        if let Some(toast) = app.toast.get()
            && !toast.bad
        {
            let number = toast.number;
            let hide = move || {
                if app.toast.with_untracked(|now| now.as_ref().is_some_and(|now| now.number == number)) {
                    app.toast.set(None);
                }
            };
            set_timeout(hide, std::time::Duration::from_secs(8));
        }
    });
    view! {
        <div aria-live="polite">
            {move || app.toast.get().map(|toast| {
                let class = if toast.bad { "toast bad" } else { "toast" };
                let undo = toast.undo.clone();
                view! {
                    <div class=class role=if toast.bad { "alert" } else { "status" }>
                        <span>{toast.text.clone()}</span>
                        {undo.map(|place| view! {
                            <button on:click=move |_| {
                                target.set_value(Some(place.clone()));
                                app.toast.set(None);
                                undoing.set(true);
                            }>{tr(common::UNDO)}</button>
                        })}
                        <button on:click=move |_| app.toast.set(None)>{tr(common::CLOSE_DIALOG)}</button>
                    </div>
                }
            })}
        </div>
        <ReasonDialog open=undoing title=tr(common::UNDO) text=tr(UNDO_TEXT) confirm=common::UNDO
            then=Callback::new(move |reason| {
                if let Some((case, event)) = target.get_value() {
                    app.dispatch(case, shouwen_core::case::Command::Void { event, reason }, || ());
                }
            })/>
    }
}

crate::texts! {
    UNDO_TEXT = "这一条会标记为已撤回，时限随之重新推算；记录本身保留在经过里。" | "The entry is marked as withdrawn and the limits are recomputed; it stays in the timeline.";
}

/// Title, subtitle and the page's main actions.
#[component]
pub fn PageHead(
    #[prop(into)] title: String,
    #[prop(optional, into)] sub: ViewFn,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="page">
            <div><h1>{title}</h1><p class="muted">{sub.run()}</p></div>
            <span class="sp"></span>
            {children.map(|children| children())}
        </header>
    }
}
