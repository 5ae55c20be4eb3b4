//! The rule bench 制度工作台: drafts of packs, edited in forms, checked while one types, tried, replayed and published.
//! Must not put anything into force except through `publish`.

mod check;
mod cond;
mod controls;
mod desk;
mod diff;
mod facts;
mod forms;
mod home;
mod parts;
mod publish;
mod replay;
mod shift;
mod start;
mod tree;
mod trial;

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use shouwen_core::pack::PackRef;
use wasm_bindgen::JsCast;

use self::controls::button;
use self::desk::{DRAFT, Desk, Kept, restored};
use self::parts::SECTIONS;
use crate::components::{Modal, PageHead};
use crate::files;
use crate::i18n::{T, bench as words, common, errors, fill, tr};
use crate::router::Route;
use crate::state::{App, use_app};

pub use self::shift::{classes_lost, clock_shifts};
pub use self::words::TITLE;

/// Places beside the sections.
const CHECK: &str = "check";
const TRY: &str = "try";
const REPLAY: &str = "replay";
const PUBLISH: &str = "publish";
const FIND: &str = "find";

/// The draft on the bench with what the page shows of it.
#[derive(Clone, Copy)]
pub struct Bench {
    desk: Desk,
    /// A section's list, or one of the places beside them.
    place: RwSignal<&'static str>,
    /// Pointer of the open entry.
    open: RwSignal<String>,
    /// What is looked for in all sections.
    query: RwSignal<String>,
    /// The version that the draft has become.
    done: RwSignal<Option<PackRef>>,
    /// What was just done, for the line under the title.
    told: RwSignal<String>,
    /// The version in force in its file form; null for a new pack.
    origin: StoredValue<Value>,
    /// The complaint that is tried.
    text: RwSignal<String>,
    /// Classes that are taken for granted there, by axis.
    assumed: RwSignal<BTreeMap<String, String>>,
    replay: replay::State,
}

impl Bench {
    fn new(desk: Desk) -> Bench {
        let origin = untrack(|| desk.in_force()).map(|book| serde_json::to_value(&book.pack).unwrap_or_default());
        Bench {
            desk,
            place: RwSignal::new("clocks"),
            open: RwSignal::new(String::new()),
            query: RwSignal::new(String::new()),
            done: RwSignal::new(None),
            told: RwSignal::new(String::new()),
            origin: StoredValue::new(origin.unwrap_or_default()),
            text: RwSignal::new(String::new()),
            assumed: RwSignal::new(BTreeMap::new()),
            replay: replay::State::default(),
        }
    }

    fn show(self, place: &'static str) {
        self.open.set(String::new());
        self.told.set(String::new());
        self.place.set(place);
        focus_soon("bench-title");
    }

    fn open_entry(self, pointer: &str) {
        self.open.set(pointer.to_owned());
        focus_soon(controls::dom(pointer));
    }

    /// Opens the place of the pack that a pointer names, as near as there is a control.
    fn go_to(self, pointer: &str) {
        let (list, entry) = parts::entry_of(pointer);
        // Drawing a section anew would empty its search.
        if self.place.get_untracked() != list {
            self.place.set(list);
        }
        self.open.set(entry);
        let mut at = pointer.to_owned();
        request_animation_frame(move || {
            while !at.is_empty() {
                if focus(&controls::dom(&at)) {
                    return;
                }
                at = tree::parent(&at).0.to_owned();
            }
            focus("bench-title");
        });
    }

    fn step(self, back: bool) {
        if let Some(pointer) = self.desk.step(back) {
            self.told.set(tr(if back { words::UNDONE } else { words::REDONE }).to_owned());
            self.go_to(&pointer);
        }
    }
}

/// Gives an element the focus once the page is drawn.
fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || {
        focus(&id);
    });
}

/// Gives an element the focus, opening what it is folded into. `false`: there is none.
fn focus(id: &str) -> bool {
    let Some(element) =
        document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    else {
        return false;
    };
    if let Ok(Some(details)) = element.closest("details") {
        let _ = details.set_attribute("open", "");
    }
    let _ = element.focus();
    true
}

/// `#/bench` and `#/bench/ID`.
#[component]
pub fn BenchPage(id: Option<String>) -> impl IntoView {
    match id {
        None => view! { <home::Home/> }.into_any(),
        Some(id) => view! { <Draft id/> }.into_any(),
    }
}

/// Reads the draft, then shows it.
#[component]
fn Draft(id: String) -> impl IntoView {
    let app = use_app();
    let found = RwSignal::new(None::<Result<Option<Bench>, String>>);
    let key = id.clone();
    let owner = Owner::current();
    spawn_local(async move {
        let read = app.store().draft(&format!("{DRAFT}{key}")).await;
        // What belongs to the page is made under the page's owner, so that it goes with it.
        let open = || match read {
            Err(error) => Err(errors::store(&error)),
            Ok(text) => {
                let draft = text.and_then(|text| restored(&text));
                Ok(draft.map(|(base, pack)| Bench::new(Desk::new(app, &key, base, pack))))
            }
        };
        let opened = match owner {
            Some(owner) => owner.with(open),
            None => open(),
        };
        found.try_set(Some(opened));
    });
    move || match found.get() {
        None => view! { <p role="status">{tr(common::LOADING)}</p> }.into_any(),
        Some(Err(what)) => view! { <div class="banner bad" role="alert">{what}</div> }.into_any(),
        Some(Ok(Some(bench))) => view! {
            {move || match bench.done.get() {
                None => view! { <Workbench bench/> }.into_any(),
                Some(reference) => publish::published(app, reference),
            }}
        }
        .into_any(),
        Some(Ok(None)) => view! {
            <div class="empty stack">
                <h1>{tr(words::NO_DRAFT)}</h1>
                <p>{fill(words::NO_DRAFT_TEXT, &[("id", &id)])}</p>
                <p><a class="btn" href=Route::Bench(None).href()>{tr(TITLE)}</a></p>
            </div>
        }
        .into_any(),
    }
}

#[component]
fn Workbench(bench: Bench) -> impl IntoView {
    let desk = bench.desk;
    let app = desk.app;
    on_cleanup(move || desk.leave());
    let title = move || {
        desk.edits.track();
        desk.shape.track();
        desk.with(parts::name)
    };
    let sub = move || {
        let base = desk.base.get_value().map(|base| fill(words::BASED_ON, &[("version", &base.version.to_string())]));
        let kept = match desk.kept.get() {
            Kept::Saved => words::KEPT,
            Kept::Waiting => words::KEEPING,
            Kept::Failed => words::NOT_KEPT,
        };
        format!("{} · {}", base.unwrap_or_else(|| tr(words::NEW_PACK).to_owned()), tr(kept))
    };
    let discarding = RwSignal::new(false);
    let export = move || {
        let name = format!("{}-{}.json", desk.id.get_value(), tr(words::FILE_DRAFT));
        files::save(&name, "application/json", desk.text().as_bytes());
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let typing = event.target().is_some_and(|target| {
            target
                .dyn_ref::<web_sys::Element>()
                .is_some_and(|one| matches!(one.tag_name().as_str(), "INPUT" | "TEXTAREA"))
        });
        // Inside a text the browser's own undo comes first.
        if (event.ctrl_key() || event.meta_key()) && !typing && event.key().eq_ignore_ascii_case("z") {
            event.prevent_default();
            bench.step(!event.shift_key());
        }
    };
    view! {
        <p class="noprint"><a href=Route::Bench(None).href()>"← "{tr(TITLE)}</a></p>
        <div id="bench" on:keydown=keys>
            <header class="page">
                <div><h1>{title}</h1><p class="muted" id="bench-kept" role="status">{sub}</p></div>
                <span class="sp"></span>
                <button type="button" id="bench-undo" disabled=move || desk.steps.get().0 == 0 on:click=move |_| bench.step(true)>{tr(words::UNDO)}</button>
                <button type="button" id="bench-redo" disabled=move || desk.steps.get().1 == 0 on:click=move |_| bench.step(false)>{tr(words::REDO)}</button>
                {button("", "bench-export", words::EXPORT, Box::new(export))}
                {button("", "bench-discard", words::DISCARD, Box::new(move || discarding.set(true)))}
            </header>
            <p class="bench-told small" role="status">{bench.told}</p>
            <div class="bench">
                {places(bench)}
                <div class="bench-body">{move || body(bench, bench.place.get())}</div>
            </div>
        </div>
        <Modal open=discarding title=tr(words::DISCARD)>
            <p>{tr(words::DISCARD_ASK)}</p>
            <div class="actions">
                <button type="button" autofocus on:click=move |_| discarding.set(false)>{tr(common::CANCEL)}</button>
                <button type="button" class="danger" id="bench-discard-yes" on:click=move |_| discard(app, bench)>{tr(words::DISCARD)}</button>
            </div>
        </Modal>
    }
}

fn discard(app: App, bench: Bench) {
    spawn_local(async move {
        match bench.desk.discard().await {
            Ok(()) => {
                app.say(tr(words::DISCARDED));
                app.go(&Route::Bench(None));
            }
            Err(error) => app.say_bad(errors::store(&error)),
        }
    });
}

fn body(bench: Bench, place: &'static str) -> AnyView {
    match place {
        CHECK => check::page(bench),
        TRY => trial::page(bench),
        REPLAY => replay::page(bench),
        PUBLISH => publish::page(bench),
        FIND => forms::found(bench),
        list => parts::section(list).map(|section| forms::section(bench, section)).into_any(),
    }
}

/// The sections, and what is done with the draft.
fn places(bench: Bench) -> AnyView {
    let desk = bench.desk;
    let button = move |place: &'static str, label: T, note: Signal<(String, bool)>| {
        let current = move || (bench.place.get() == place).then_some("true");
        view! {
            <button type="button" class="quiet" data-place=place aria-current=current on:click=move |_| bench.show(place)>
                {tr(label)}" "<span class=move || if note.get().1 { "num small late-text" } else { "num small muted" }>{move || note.get().0}</span>
            </button>
        }
        .into_any()
    };
    let count = move |section: &'static parts::Section| {
        Signal::derive(move || {
            desk.shape.track();
            let total = desk.with(|tree| {
                let lists = parts::lists(section, tree);
                lists.iter().filter_map(|list| tree.pointer(list)?.as_array()).map(Vec::len).sum::<usize>()
            });
            (if section.list.is_empty() { String::new() } else { total.to_string() }, false)
        })
    };
    let sections: Vec<AnyView> =
        SECTIONS.iter().map(|section| button(section.list, section.title, count(section))).collect();
    let problems = Signal::derive(move || {
        let all = desk.problems.get();
        (if all.is_empty() { "✓".to_owned() } else { all.len().to_string() }, desk.is_faulty())
    });
    let nothing = Signal::derive(|| (String::new(), false));
    let find = move |event| {
        let query: String = event_target_value(&event);
        bench.told.set(String::new());
        if !query.trim().is_empty() && bench.place.get_untracked() != FIND {
            bench.place.set(FIND);
        }
        bench.query.set(query);
    };
    view! {
        <nav class="bench-nav" aria-label=tr(words::PLACES)>
            <input type="search" id="bench-find" aria-label=tr(words::FIND) placeholder=tr(words::FIND) autocomplete="off" maxlength="60"
                prop:value=bench.query on:input=find/>
            <div class="bench-nav-part">
                {button(CHECK, words::CHECK, problems)}{button(TRY, words::TRY, nothing)}
                {button(REPLAY, words::REPLAY, nothing)}{button(PUBLISH, words::PUBLISH, nothing)}
            </div>
            <div class="bench-nav-part">{sections}</div>
        </nav>
    }
    .into_any()
}

/// A link to the bench from a booklet: the draft of this pack, begun when there is none.
#[component]
pub fn EditLink(id: String) -> impl IntoView {
    let app = use_app();
    let id = StoredValue::new(id);
    let begin = move || {
        spawn_local(async move {
            let id = id.get_value();
            match start::copy_of(app, &id).await {
                Ok(()) => app.go(&Route::Bench(Some(id))),
                Err(what) => app.say_bad(what),
            }
        });
    };
    button("noprint", "to-bench", words::EDIT_HERE, Box::new(begin))
}

/// The head of pages of the bench.
fn head() -> AnyView {
    view! { <PageHead title=tr(TITLE) sub=|| tr(words::LEAD)/> }.into_any()
}
