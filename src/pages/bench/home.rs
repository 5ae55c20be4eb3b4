//! The bench's first page: drafts, versions published here, and ways to begin a draft.
//! Must not change a version; going back means a new draft with old content.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::order::Order as _;
use shouwen_core::pack::PackRef;
use wasm_bindgen::JsCast;

use super::check;
use super::controls::{button, select};
use super::desk::{DRAFT, restored};
use super::start::{Refused, another, begin, copy_of, from_file};
use super::tree::said;
use super::{head, publish};
use crate::i18n::{bench as words, errors, fill, say, tr};
use crate::router::Route;
use crate::state::{App, KEY_PACK, use_app};

/// A draft in the list.
#[derive(Clone)]
struct Drafted {
    id: String,
    title: String,
    base: Option<u32>,
}

/// Versions of one pack that are on this device, newest first; what each changed.
#[derive(Clone)]
struct Shelf {
    title: String,
    versions: Vec<(PackRef, String, String)>,
}

#[component]
pub fn Home() -> impl IntoView {
    let app = use_app();
    let drafts = RwSignal::new(Vec::<Drafted>::new());
    let shelves = RwSignal::new(Vec::<Shelf>::new());
    let said = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<Refused>);
    Effect::new(move |_| {
        app.library.track();
        spawn_local(async move {
            match read_drafts(app).await {
                Ok(found) => drop(drafts.try_set(found)),
                Err(what) => drop(said.try_set(what)),
            }
            if let Ok(config) = app.store().all_config().await {
                shelves.try_set(published(app, &config));
            }
        });
    });
    view! {
        {head()}
        <p role="alert" class="late-text">{said}</p>
        <section class="group" id="bench-drafts">
            <h2>{tr(words::DRAFTS)}" "<span class="muted num small">{move || drafts.with(Vec::len)}</span></h2>
            {move || drafted(drafts.get())}
        </section>
        {start_card(app, drafts, said, refused)}
        {move || refused.with(|refused| refused.as_ref().map(refusal))}
        <section class="group" id="bench-shelves">
            <h2>{tr(words::VERSIONS)}</h2>
            {move || versions(app, shelves.get(), said)}
        </section>
    }
}

async fn read_drafts(app: App) -> Result<Vec<Drafted>, String> {
    let texts = app.store().drafts(DRAFT).await.map_err(|error| errors::store(&error))?;
    let one = |(key, text): (String, String)| {
        let (base, pack) = restored(&text)?;
        let id = key.strip_prefix(DRAFT)?.to_owned();
        Some(Drafted {
            title: said(&pack["title"]).unwrap_or_else(|| id.clone()),
            id,
            base: base.map(|base| base.version),
        })
    };
    Ok(texts.into_iter().filter_map(one).collect())
}

/// What was published or sent here, by pack.
fn published(app: App, config: &[(String, String)]) -> Vec<Shelf> {
    let library = app.books();
    let mut ids: Vec<&str> =
        config.iter().filter_map(|(key, _)| key.strip_prefix(KEY_PACK)?.rsplit_once(':')).map(|(id, _)| id).collect();
    ids.dedup();
    let shelf = |id: &str| {
        let newest = library.latest(id)?;
        let mut versions: Vec<(PackRef, String, String)> = config
            .iter()
            .filter_map(|(key, _)| key.strip_prefix(KEY_PACK)?.rsplit_once(':'))
            .filter(|(one, _)| *one == id)
            .filter_map(|(id, version)| library.get(&PackRef { id: id.to_owned(), version: version.parse().ok()? }))
            .chain(
                (1..=newest.pack.version.min(50))
                    .filter_map(|version| library.get(&PackRef { id: id.to_owned(), version })),
            )
            .map(|book| {
                let changes = book.pack.changes.as_ref().map(say).unwrap_or_default();
                (book.pack.reference(), book.pack.effective_from.clone(), changes)
            })
            .collect();
        versions.order_by(|a, b| b.0.version.cmp(&a.0.version));
        versions.dedup_by(|a, b| a.0 == b.0);
        Some(Shelf { title: say(&newest.pack.title), versions })
    };
    ids.into_iter().filter_map(shelf).collect()
}

fn drafted(drafts: Vec<Drafted>) -> AnyView {
    if drafts.is_empty() {
        return view! {
            <div class="empty stack"><h3>{tr(words::NO_DRAFTS)}</h3><p>{tr(words::NO_DRAFTS_TEXT)}</p></div>
        }
        .into_any();
    }
    let rows: Vec<AnyView> = drafts
        .into_iter()
        .map(|draft| {
            let base = draft.base.map_or_else(
                || tr(words::NEW_PACK).to_owned(),
                |version| fill(words::BASED_ON, &[("version", &version.to_string())]),
            );
            view! {
                <div class="shelf-row" data-draft=draft.id.clone()>
                    <p><a class="title" href=Route::Bench(Some(draft.id.clone())).href()>{draft.title}</a></p>
                    <p class="small muted num">{base}</p>
                </div>
            }
            .into_any()
        })
        .collect();
    view! { <div class="list">{rows}</div> }.into_any()
}

fn start_card(
    app: App,
    drafts: RwSignal<Vec<Drafted>>,
    said: RwSignal<String>,
    refused: RwSignal<Option<Refused>>,
) -> AnyView {
    let packs: Vec<(String, String)> =
        app.books().current().iter().map(|book| (book.pack.id.clone(), say(&book.pack.title))).collect();
    let first = packs.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let chosen = RwSignal::new(first.clone());
    let known = move || drafts.with_untracked(|drafts| drafts.iter().map(|draft| draft.id.clone()).collect::<Vec<_>>());
    let edit = move || {
        spawn_local(async move {
            let id = chosen.get_untracked();
            match copy_of(app, &id).await {
                Ok(()) => app.go(&Route::Bench(Some(id))),
                Err(what) => drop(said.try_set(what)),
            }
        });
    };
    let new = move || {
        spawn_local(async move {
            match another(app, &chosen.get_untracked(), &known()).await {
                Ok(id) => app.go(&Route::Bench(Some(id))),
                Err(what) => drop(said.try_set(what)),
            }
        });
    };
    let file = move |event: leptos::ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) else {
            return;
        };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        refused.set(None);
        spawn_local(async move {
            let read = from_file(app, &file, &known()).await;
            // The same file can be chosen again after it was repaired.
            input.set_value("");
            match read {
                Ok(id) => app.go(&Route::Bench(Some(id))),
                Err(problem) => drop(refused.try_set(Some(problem))),
            }
        });
    };
    view! {
        <section class="card bench-start" id="bench-start">
            <h2>{tr(words::START)}</h2>
            <div class="field"><label for="bench-which">{tr(words::WHICH)}</label>
                {select("bench-which".to_owned(), packs, &first, Box::new(move |id| chosen.set(id)))}</div>
            <p class="inline">
                {button("primary", "bench-edit", words::START_EDIT, Box::new(edit))}
                {button("", "bench-new", words::START_NEW, Box::new(new))}
            </p>
            <div class="field gap-top"><label for="bench-file">{tr(words::START_FILE)}</label>
                <input type="file" id="bench-file" accept=".json,application/json" on:change=file/>
                <p class="hint">{tr(words::START_FILE_HINT)}</p></div>
        </section>
    }
    .into_any()
}

fn refusal(refused: &Refused) -> AnyView {
    view! {
        <div class="card why red" role="alert" id="bench-refused">
            <p><b>{refused.what.clone()}</b></p>
            {check::list(&refused.problems, &refused.tree, None)}
            <p class="small muted">{tr(words::REFUSED_REST)}</p>
        </div>
    }
    .into_any()
}

fn versions(app: App, shelves: Vec<Shelf>, told: RwSignal<String>) -> AnyView {
    if shelves.is_empty() {
        return view! { <p class="muted small">{tr(words::NO_VERSIONS)}</p> }.into_any();
    }
    let rows: Vec<AnyView> = shelves
        .into_iter()
        .map(|shelf| {
            let newest = shelf.versions.first().map_or(0, |(reference, ..)| reference.version);
            let lines: Vec<AnyView> = shelf
                .versions
                .into_iter()
                .map(|(reference, date, changes)| version(app, reference, &date, changes, newest, told))
                .collect();
            view! { <div class="card"><h3>{shelf.title}</h3><ul class="bench-versions">{lines}</ul></div> }.into_any()
        })
        .collect();
    rows.into_any()
}

fn version(app: App, reference: PackRef, date: &str, changes: String, newest: u32, told: RwSignal<String>) -> AnyView {
    let label = fill(words::VERSION_LINE, &[("version", &reference.version.to_string()), ("date", date)]);
    let mark = reference.version == newest;
    let reference = StoredValue::new(reference);
    let back = move || {
        spawn_local(async move {
            let wanted = reference.get_value();
            let Some(book) = app.books().get(&wanted) else { return };
            let exists = app.store().draft(&format!("{DRAFT}{}", wanted.id)).await.ok().flatten().is_some();
            let result = if exists {
                Err(tr(words::DRAFT_THERE).to_owned())
            } else {
                begin(app, &book.pack, Some(wanted.clone()), true).await
            };
            match result {
                Ok(()) => app.go(&Route::Bench(Some(wanted.id))),
                Err(what) => drop(told.try_set(what)),
            }
        });
    };
    let send = move || {
        if let Some(book) = app.books().get(&reference.get_value()) {
            publish::bundle(app, book.pack.clone());
        }
    };
    view! {
        <li>
            <p class="inline"><b class="num">{label}</b>{mark.then(|| view! { <span class="chip acc">{tr(words::IN_FORCE)}</span> })}<span class="sp"></span>
                {button("quiet small", "", words::BUNDLE, Box::new(send))}
                {(!mark).then(|| button("quiet small", "", words::GO_BACK, Box::new(back)))}
            </p>
            <p class="small muted pre">{changes}</p>
        </li>
    }
    .into_any()
}

/// The pack of a stored draft, for tests of what is kept.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_are_read_back() {
        let pack = serde_json::json!({ "id": "p", "title": { "zh": "甲" } });
        let base = PackRef { id: "p".into(), version: 3 };
        let text = super::super::desk::stored(Some(&base), &pack);
        assert_eq!(restored(&text), Some((Some(base), pack.clone())));
        assert_eq!(restored(&super::super::desk::stored(None, &pack)), Some((None, pack)));
        for broken in ["", "{}", "{\"pack\":3}", "nonsense"] {
            assert_eq!(restored(broken), None, "{broken}");
        }
    }
}
