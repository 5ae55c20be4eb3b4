//! Attachments: photos and documents as evidence. Type sniffed, size capped; web pages and SVG are refused.
//! Pictures are shown, everything else is only offered for saving.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_bundle::blob::{BlobRefusal, MAX_BLOB, sniff};
use shouwen_bundle::canonical::sha256_hex;
use shouwen_core::case::{Body, Command};
use web_sys::{File, FileList, HtmlInputElement};

use super::Seen;
use crate::files;
use crate::i18n::{case as words, errors, fill, tr};
use crate::state::{App, use_app};

/// An attachment in force.
#[derive(Clone)]
struct Item {
    sha256: String,
    name: String,
    mime: String,
    size: u64,
}

#[component]
pub fn Evidence(seen: Seen) -> impl IntoView {
    let app = use_app();
    let items: Vec<Item> = seen
        .case
        .in_force()
        .filter_map(|(_, body)| match body {
            Body::Attached { sha256, name, mime, size, .. } => {
                Some(Item { sha256: sha256.clone(), name: name.clone(), mime: mime.clone(), size: *size })
            }
            _ => None,
        })
        .collect();
    let over = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let id = StoredValue::new(seen.case.id.clone());
    let take = move |list: Option<FileList>| {
        let files: Vec<File> =
            list.map(|list| (0..list.length()).filter_map(|index| list.get(index)).collect()).unwrap_or_default();
        if !files.is_empty() {
            busy.set(true);
            spawn_local(async move {
                for file in files {
                    add(app, &id.get_value(), file).await;
                }
                busy.try_set(false);
            });
        }
    };
    let choose = move |event: leptos::ev::Event| {
        let input = event_target::<HtmlInputElement>(&event);
        take(input.files());
        input.set_value("");
    };
    view! {
        <section class="card" id="files"
            class:over=move || over.get()
            on:dragover=move |event| { event.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event| { event.prevent_default(); over.set(false); take(event.data_transfer().and_then(|data| data.files())); }
            on:paste=move |event| {
                take(event.clipboard_data().and_then(|data| data.files()));
            }>
            <h2>{tr(words::FILES)}</h2>
            <div class="shots">{items.into_iter().map(|item| view! { <Shown item/> }).collect_view()}</div>
            <div class="field gap-top">
                <label for="file-input">{tr(words::ADD_FILE)}</label>
                <input id="file-input" type="file" multiple on:change=choose disabled=move || busy.get()/>
                <div class="hint">{tr(words::FILES_HINT)}</div>
            </div>
            <Show when=move || busy.get()><progress></progress></Show>
        </section>
    }
}

/// Checks, stores and records one file. Nothing is recorded before its bytes are safe.
async fn add(app: App, case: &str, file: File) {
    let name = file.name();
    let too_big = |size: f64| {
        let size = format!("{:.1} MB", size / 1_048_576.0);
        fill(words::FILE_TOO_BIG, &[("name", &name), ("size", &size)])
    };
    if file.size() > MAX_BLOB as f64 {
        return app.say_bad(too_big(file.size()));
    }
    let Ok(bytes) = files::read(&file).await else {
        return app.say_bad(fill(words::FILE_UNREADABLE, &[("name", &name)]));
    };
    let mime = match sniff(&bytes, &name) {
        Ok(mime) => mime,
        Err(BlobRefusal::TooBig { .. }) => return app.say_bad(too_big(bytes.len() as f64)),
        Err(_) => return app.say_bad(fill(words::FILE_REFUSED, &[("name", &name)])),
    };
    let sha256 = sha256_hex(&bytes);
    if let Err(error) = app.store().put_blob(&sha256, mime, &bytes).await {
        return app.say_bad(errors::store(&error));
    }
    // Long names are cut in the middle of nothing important: the hash identifies the file.
    let short: String = name.chars().take(120).collect();
    let size = bytes.len() as u64;
    let command = Command::Attach { sha256, name: short, mime: mime.to_owned(), size, note: String::new() };
    app.dispatch(case.to_owned(), command, || ());
}

#[component]
fn Shown(item: Item) -> impl IntoView {
    let app = use_app();
    let address = RwSignal::new(None::<String>);
    let missing = RwSignal::new(false);
    let picture = matches!(item.mime.as_str(), "image/jpeg" | "image/png" | "image/gif" | "image/webp");
    let (sha256, mime) = (item.sha256.clone(), item.mime.clone());
    spawn_local(async move {
        match app.store().blob(&sha256).await {
            Ok(Some(blob)) if picture => drop(address.try_set(files::object_url(&mime, &blob.bytes))),
            Ok(Some(_)) => {}
            _ => drop(missing.try_set(true)),
        }
    });
    on_cleanup(move || {
        if let Some(Some(url)) = address.try_get_untracked() {
            let _ = web_sys::Url::revoke_object_url(&url);
        }
    });
    let saved = item.clone();
    let save = move |_| {
        let item = saved.clone();
        spawn_local(async move {
            match app.store().blob(&item.sha256).await {
                Ok(Some(blob)) => files::save(&item.name, &item.mime, &blob.bytes),
                Ok(None) => app.say_bad(tr(words::FILE_MISSING)),
                Err(error) => app.say_bad(errors::store(&error)),
            }
        });
    };
    let name = item.name.clone();
    view! {
        <figure class="small">
            {move || address.get().map(|url| view! { <img src=url alt=name.clone()/> })}
            <figcaption>
                {item.name.clone()}" "<span class="muted num">{format!("{} KB", item.size.div_ceil(1024))}</span>
                <Show when=move || missing.get()><span class="chip soon">{tr(words::FILE_MISSING)}</span></Show>
                <button class="quiet small noprint" on:click=save.clone()>{tr(words::SAVE_FILE)}<span class="visually-hidden">" "{item.name.clone()}</span></button>
            </figcaption>
        </figure>
    }
}
