//! Publishing a draft: what it changes, from when, as which version; then the file for other desks.
//! Must not change a version that exists: publishing always makes the next one.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};
use shouwen_bundle::canonical::canonical;
use shouwen_bundle::container::write;
use shouwen_core::pack::{self, Pack, PackRef};
use shouwen_core::time::parse_date;

use super::controls::{button, field};
use super::diff::{Side, differences};
use super::parts::section;
use super::{Bench, CHECK};
use crate::exchange::{config_file, desk_name, file_name, pack_key, store_config};
use crate::files;
use crate::i18n::{bench as words, errors, exchange as exchange_words, fill, say, tr};
use crate::router::Route;
use crate::state::{App, LedgerRow};

/// The note may have this many characters; the list of changes is cut there.
const NOTE: usize = 1_900;

pub fn page(bench: Bench) -> AnyView {
    let desk = bench.desk;
    desk.check();
    // Only the answer counts: while somebody types here, the form must stay as it is.
    let faulty = Memo::new(move |_| desk.is_faulty());
    view! {
        <section aria-label=tr(words::PUBLISH)>
            <h2 tabindex="-1" id="bench-title">{tr(words::PUBLISH)}</h2>
            <p class="muted small bench-lead">{tr(words::PUBLISH_LEAD)}</p>
            {move || if faulty.get() {
                view! {
                    <div class="banner bad" role="alert"><span>{tr(words::PUBLISH_FAULTY)}</span>
                        <button type="button" on:click=move |_| bench.show(CHECK)>{tr(words::CHECK)}</button></div>
                }.into_any()
            } else {
                wish(bench)
            }}
        </section>
    }
    .into_any()
}

/// The changes of the draft against the version in force.
fn changes(bench: Bench) -> Vec<String> {
    let desk = bench.desk;
    let (Some(reading), Some(book)) = (desk.reading.get(), desk.in_force()) else { return Vec::new() };
    // Both from the same form: what may be left out is left out in both.
    let [old, new] = [&book.pack, &reading.pack].map(|pack| serde_json::to_value(pack).unwrap_or_default());
    differences(Side { tree: &old, pack: Some(&book.pack) }, Side { tree: &new, pack: Some(&reading.pack) })
}

fn wish(bench: Bench) -> AnyView {
    let desk = bench.desk;
    let app = desk.app;
    let version = untrack(|| desk.in_force()).map(|book| book.pack.version);
    let next = version.unwrap_or(0) + 1;
    let lines = Memo::new(move |_| changes(bench));
    let unchanged = move || version.is_some() && lines.with(Vec::is_empty);
    let note = RwSignal::new(String::new());
    let own_note = RwSignal::new(false);
    // Written from the list until somebody writes it better.
    Effect::new(move |_| {
        let list = lines.with(|lines| lines.join("\n"));
        if !own_note.get_untracked() {
            note.set(list.chars().take(NOTE).collect());
        }
    });
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(String::new());
    let publish = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(String::new());
        spawn_local(async move {
            match carry_out(bench, next, note.get_untracked()).await {
                Ok(reference) => drop(bench.done.try_set(Some(reference))),
                Err(what) => drop(failed.try_set(what)),
            }
            busy.try_set(false);
        });
    };
    let date = section("").and_then(|head| head.parts.iter().find(|part| part.key == "effective_from"));
    let later = move || {
        desk.edits.track();
        let from = desk.get("/effective_from");
        from.as_str().and_then(parse_date).is_some_and(|from| from > app.at_once().date())
    };
    let list = move || match (version, unchanged()) {
        (None, _) => view! { <p class="muted small">{tr(words::ALL_NEW)}</p> }.into_any(),
        (_, true) => view! { <p class="muted">{tr(words::UNCHANGED)}</p> }.into_any(),
        _ => {
            let lines = lines.get().into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect::<Vec<_>>();
            view! { <ul class="bench-changes" id="bench-changes">{lines}</ul> }.into_any()
        }
    };
    let remarks = move || desk.problems.with(|all| all.len());
    view! {
        <form on:submit=publish class="card bench-form">
            <p>{match version {
                Some(version) => fill(words::PUBLISH_AS, &[("next", &next.to_string()), ("version", &version.to_string())]),
                None => tr(words::PUBLISH_FIRST).to_owned(),
            }}</p>
            {date.map(|date| field(desk, "", date))}
            {move || later().then(|| view! { <p class="why warn small">{tr(words::PUBLISH_LATER)}</p> })}
            <h3 class="gap-top">{move || fill(words::CHANGES_N, &[("n", &lines.with(Vec::len).to_string())])}</h3>
            {list}
            <div class="field gap-top">
                <label for="bench-note">{tr(words::NOTE)}" "<span class="hint">{tr(words::NOTE_HINT)}</span></label>
                <textarea id="bench-note" rows="4" maxlength="2000" prop:value=note on:input=move |event| {
                    own_note.set(true);
                    note.set(event_target_value(&event));
                }></textarea>
            </div>
            {move || (remarks() > 0).then(|| view! { <p class="why warn small">{fill(words::PUBLISH_REMARKS, &[("n", &remarks().to_string())])}</p> })}
            <p class="problem" role="alert">{failed}</p>
            <div class="actions">
                <button type="submit" class="primary" id="bench-publish" disabled=move || unchanged() || busy.get()>
                    {fill(words::PUBLISH_DO, &[("next", &next.to_string())])}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Stores the draft as the next version and takes it into force.
async fn carry_out(bench: Bench, next: u32, note: String) -> Result<PackRef, String> {
    let desk = bench.desk;
    let app = desk.app;
    let mut tree = desk.with(Value::clone);
    tree["version"] = Value::from(next);
    tree["format"] = Value::from(pack::FORMAT);
    match (note.trim(), tree.as_object_mut()) {
        ("", Some(map)) => drop(map.remove("changes")),
        (note, Some(map)) => drop(map.insert("changes".to_owned(), json!({ "zh": note }))),
        _ => {}
    }
    let text = canonical(&tree);
    let pack = pack::load(&text).map_err(|_| tr(words::PUBLISH_FAULTY).to_owned())?;
    let reference = pack.reference();
    // Another tab, or a file from headquarters, may have brought this version meanwhile.
    let known = app.store().config(&pack_key(&reference)).await.map_err(|error| errors::store(&error))?;
    if known.is_some() || app.books().get(&reference).is_some() {
        return Err(fill(words::PUBLISH_TAKEN, &[("version", &next.to_string())]));
    }
    store_config(app, &[(pack_key(&reference), text)]).await.map_err(|error| error.words())?;
    app.reload_library().await?;
    desk.discard().await.map_err(|error| errors::store(&error))?;
    Ok(reference)
}

/// The page after publishing: what has happened, and the file for others.
pub fn published(app: App, reference: PackRef) -> AnyView {
    let text = fill(words::PUBLISHED, &[("version", &reference.version.to_string())]);
    let booklet = Route::Packs(Some(reference.id.clone())).href();
    let reference = StoredValue::new(reference);
    let send = move || {
        if let Some(book) = app.books().get(&reference.get_value()) {
            bundle(app, book.pack.clone());
        }
    };
    super::focus_soon("bench-bundle");
    view! {
        {super::head()}
        <div class="card stack" id="bench-published">
            <p class="ok-text" role="status"><b>{text}</b></p>
            <p>{tr(words::PUBLISHED_TEXT)}</p>
            <p class="inline">
                {button("primary", "bench-bundle", words::BUNDLE, Box::new(send))}
                <a class="btn" href=booklet>{tr(words::TO_BOOKLET)}</a>
                <a class="btn" href=Route::Bench(None).href()>{tr(words::TITLE)}</a>
            </p>
        </div>
    }
    .into_any()
}

/// The pack as a file that other desks import.
pub fn bundle(app: App, pack: Pack) {
    spawn_local(async move {
        let made = config_file(app, std::slice::from_ref(&pack), false, BTreeMap::new()).await;
        let bundle = match made {
            Ok(bundle) => bundle,
            Err(error) => return app.say_bad(error.words()),
        };
        let (now, campus) = (app.at_once(), app.actor.get_untracked().campus);
        let file = file_name(&desk_name(app), now, exchange_words::FILE_CONFIG, 1, "json");
        files::save(&file, "application/json", write(&bundle).as_bytes());
        app.say(fill(words::BUNDLED, &[("file", &file), ("title", &say(&pack.title))]));
        let total = app.exported.with_untracked(|exported| exported.total);
        let row = LedgerRow {
            kind: "config_out".to_owned(),
            at: now,
            file,
            campus,
            events: 0,
            total,
            heads: Vec::new(),
            note: String::new(),
        };
        if let Err(error) = app.note_in_ledger(row).await {
            app.say_bad(errors::store(&error));
        }
    });
}
