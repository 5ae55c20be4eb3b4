//! Texts that came in files and could not become entries: kept byte for byte, explained, passed on.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use shouwen_bundle::seal::{ReadError, Sealed};

use super::Desk;
use crate::exchange::{desk_name, file_name};
use crate::files;
use crate::i18n::{errors, exchange as words, fill, tr};
use crate::state::{LedgerRow, use_app};

crate::texts! {
    TITLE = "隔离区" | "Set aside";
    NONE = "没有被隔离的内容。" | "Nothing has been set aside.";
    TEXT = "这些内容看不懂或编号与已有记录重复，没有计入案件，但逐字节保留，并会随下次导出一并带走。换用新版后可能就能读懂。" | "These texts could not be understood or bear the number of an entry that is here. They do not count, are kept byte for byte and travel with the next export. A newer build may understand them.";
    PLACE = "案件 {case}，设备 {device} 第 {n} 条" | "case {case}, device {device}, entry {n}";
    SHOW = "原文" | "Text";
    SAVE = "另存为文件" | "Save as a file";
    MORE = "还有 {n} 条，另存为文件后可以全部看到。" | "{n} more; they are all in the file.";
}

/// Texts shown on screen, and characters of each.
const SHOWN: usize = 50;
const SHOWN_CHARS: usize = 600;

#[component]
pub fn Quarantine(desk: Desk) -> impl IntoView {
    let app = use_app();
    let texts = RwSignal::new(Vec::<String>::new());
    let trouble = RwSignal::new(String::new());
    let count = Memo::new(move |_| desk.survey.with(|survey| survey.as_ref().map_or(0, |survey| survey.quarantine)));
    Effect::new(move |_| {
        if count.get() > 0 {
            spawn_local(async move {
                match app.store().quarantine().await {
                    Ok(list) => drop(texts.try_set(list)),
                    Err(error) => drop(trouble.try_set(errors::store(&error))),
                }
            });
        }
    });
    let save = move |_| {
        let (now, campus) = (app.at_once(), app.actor.get_untracked().campus);
        let file = file_name(&desk_name(app), now, words::FILE_QUARANTINE, 1, "json");
        let list: Vec<Value> = texts.with_untracked(|texts| {
            texts.iter().map(|text| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str()))).collect()
        });
        let events = list.len() as u64;
        files::save(&file, "application/json", serde_json::to_string_pretty(&list).unwrap_or_default().as_bytes());
        let total = app.exported.with_untracked(|exported| exported.total);
        let row = LedgerRow {
            kind: "quarantine".to_owned(),
            at: now,
            file,
            campus,
            events,
            total,
            heads: Vec::new(),
            note: String::new(),
        };
        spawn_local(async move {
            if let Err(error) = app.note_in_ledger(row).await {
                app.say_bad(errors::store(&error));
            }
        });
    };
    view! {
        <section class="card" id="quarantine">
            <h2>{tr(TITLE)}{move || (count.get() > 0).then(|| view! { <span class="chip soon num">{count.get()}</span> })}</h2>
            <p class="late-text" role="alert">{move || trouble.get()}</p>
            <Show when=move || { count.get() > 0 } fallback=|| view! { <p class="muted small">{tr(NONE)}</p> }>
                <p class="muted small">{tr(TEXT)}</p>
                <ul class="steps">
                    {move || texts.with(|texts| texts.iter().take(SHOWN).map(|text| line(text)).collect_view())}
                </ul>
                {move || texts.with(|texts| texts.len().checked_sub(SHOWN)).filter(|more| *more > 0).map(|more| view! {
                    <p class="muted small">{fill(MORE, &[("n", &more.to_string())])}</p>
                })}
                <button on:click=save>{tr(SAVE)}</button>
            </Show>
        </section>
    }
}

fn line(text: &str) -> impl IntoView + use<> {
    let why = match Sealed::read(text) {
        Ok(_) => tr(words::Q_ALTERED).to_owned(),
        Err(ReadError::TooNew { schema }) => fill(words::Q_TOO_NEW, &[("n", &schema.to_string())]),
        Err(error) => fill(words::Q_INVALID, &[("what", &error.to_string())]),
    };
    let shown: String = text.chars().take(SHOWN_CHARS).collect();
    view! {
        <li>
            <b>{why}</b>
            <p class="small muted">{place(text)}</p>
            <details class="small"><summary>{tr(SHOW)}</summary><code class="raw">{shown}</code></details>
        </li>
    }
}

/// Which case and entry it would be, as far as the text says.
fn place(text: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text).ok()?;
    let part = |key: &str| match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let (case, device, number) = (part("case")?, part("device")?, part("seq")?);
    Some(fill(PLACE, &[("case", &case), ("device", &device), ("n", &number)]))
}
