//! Rules, calendars, timetables and values as a file for other desks.

use shouwen_core::order::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use shouwen_bundle::container::write;
use shouwen_core::pack::{Pack, PackRef};

use crate::exchange::{config_file, desk_name, file_name, pack_key};
use crate::files;
use crate::i18n::{errors, exchange as words, fill, say, tr};
use crate::state::{KEY_PACK, KEY_PARAMETERS, KEY_SCHEDULE, LedgerRow, use_app};

crate::texts! {
    TITLE = "下发制度与日历" | "Send rules and calendars";
    TEXT = "把本机在用的制度、放假通知、作息和参数保存成一个文件，发给其他校区导入。对方会先看到变化，再决定采用。" | "Saves the rules, holiday notices, timetables and values in force here as a file for other desks. They see what changes before adopting it.";
    PACKS = "制度" | "Rules";
    BUILT_IN = "内置" | "built in";
    CHANGED = "本机改过" | "changed here";
    VERSION = "第 {v} 版" | "version {v}";
    ONLY_CHANGED = "只选改过的" | "Only the changed ones";
    ALL = "全选" | "All";
    NONE = "全不选" | "None";
    CALENDAR = "放假通知（{from}–{to} 年）" | "Holiday notices ({from}–{to})";
    TIMETABLES = "校区作息（{n} 个）" | "Timetables ({n})";
    PARAMETERS = "参数（{n} 项）" | "Values ({n})";
    SAVE = "导出制度文件" | "Export the rules";
    EMPTY = "请至少选一项。" | "Choose at least one item.";
    SAVED = "已交给浏览器保存：{file}" | "Handed to the browser: {file}";
}

/// Which pack a stored text is.
fn reference(text: &str) -> Option<PackRef> {
    let value: Value = serde_json::from_str(text).ok()?;
    let version = u32::try_from(value.get("version")?.as_u64()?).ok()?;
    Some(PackRef { id: value.get("id")?.as_str()?.to_owned(), version })
}

#[component]
pub fn RulesOut() -> impl IntoView {
    let app = use_app();
    let library = app.library;
    let changed = RwSignal::new(BTreeSet::<String>::new());
    let ticked = RwSignal::new(BTreeSet::<String>::new());
    let (calendar, timetables, parameters) = (RwSignal::new(true), RwSignal::new(false), RwSignal::new(true));
    let message = RwSignal::new(Ok::<String, String>(String::new()));
    Effect::new(move |_| {
        library.track();
        spawn_local(async move {
            let config = app.store().all_config().await.unwrap_or_default();
            let stored = config.iter().filter(|(key, _)| key.starts_with(KEY_PACK));
            let ids: BTreeSet<String> =
                stored.filter_map(|(_, text)| reference(text)).map(|reference| pack_key(&reference)).gather();
            ticked.try_set(ids.clone());
            changed.try_set(ids);
        });
    });
    let save = move |_| {
        let books = app.books();
        let packs: Vec<Pack> = ticked.with_untracked(|ticked| {
            let chosen = books.current().into_iter().filter(|book| ticked.contains(&pack_key(&book.pack.reference())));
            chosen.map(|book| book.pack.clone()).collect()
        });
        let mut settings: BTreeMap<String, Value> = BTreeMap::new();
        if timetables.get_untracked() {
            for (campus, schedule) in &books.schedules {
                settings.insert(format!("{KEY_SCHEDULE}{campus}"), serde_json::to_value(schedule).unwrap_or_default());
            }
        }
        if parameters.get_untracked() && !books.parameters.is_empty() {
            settings.insert(KEY_PARAMETERS.to_owned(), serde_json::to_value(&books.parameters).unwrap_or_default());
        }
        let with_calendar = calendar.get_untracked();
        if packs.is_empty() && !with_calendar && settings.is_empty() {
            message.set(Err(tr(EMPTY).to_owned()));
            return;
        }
        spawn_local(async move {
            let bundle = match config_file(app, &packs, with_calendar, settings).await {
                Ok(bundle) => bundle,
                Err(error) => return drop(message.try_set(Err(error.words()))),
            };
            let (now, campus) = (app.at_once(), app.actor.get_untracked().campus);
            let file = file_name(&desk_name(app), now, words::FILE_CONFIG, 1, "json");
            files::save(&file, "application/json", write(&bundle).as_bytes());
            message.try_set(Ok(fill(SAVED, &[("file", &file)])));
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
    };
    let all_keys = move || {
        library.with(|library| {
            library.current().iter().map(|book| pack_key(&book.pack.reference())).gather::<BTreeSet<_>>()
        })
    };
    view! {
        <section class="card" id="rules-out">
            <details>
                <summary><h2>{tr(TITLE)}</h2></summary>
                <p class="muted small">{tr(TEXT)}</p>
                <fieldset class="changes">
                    <legend>{tr(PACKS)}</legend>
                    <div class="inline small">
                        <button class="quiet" on:click=move |_| ticked.set(changed.get_untracked())>{tr(ONLY_CHANGED)}</button>
                        <button class="quiet" on:click=move |_| ticked.set(all_keys())>{tr(ALL)}</button>
                        <button class="quiet" on:click=move |_| ticked.set(BTreeSet::new())>{tr(NONE)}</button>
                    </div>
                    <ul class="plain columns">
                        {move || library.get().current().into_iter().map(|book| {
                            let key = StoredValue::new(pack_key(&book.pack.reference()));
                            let tick = move |event: leptos::ev::Event| {
                                let on = event_target_checked(&event);
                                ticked.update(|set| {
                                    if on { set.insert(key.get_value()); } else { set.remove(&key.get_value()); }
                                });
                            };
                            let own = move || changed.with(|changed| changed.contains(&key.get_value()));
                            view! {
                                <li><label class="check">
                                    <input type="checkbox" prop:checked=move || ticked.with(|set| set.contains(&key.get_value())) on:change=tick/>
                                    <span>{say(&book.pack.title)}" "<span class="small muted">{fill(VERSION, &[("v", &book.pack.version.to_string())])}</span>" "
                                        {move || if own() { view! { <span class="chip acc">{tr(CHANGED)}</span> } } else { view! { <span class="chip">{tr(BUILT_IN)}</span> } }}
                                    </span>
                                </label></li>
                            }
                        }).collect_view()}
                    </ul>
                </fieldset>
                {move || {
                    let library = library.get();
                    let years = || library.calendar.notices.iter().map(|notice| notice.year);
                    let (from, to) = (years().min().unwrap_or_default().to_string(), years().max().unwrap_or_default().to_string());
                    view! {
                        <Tick on=calendar label=fill(CALENDAR, &[("from", &from), ("to", &to)])/>
                        {(!library.schedules.is_empty()).then(|| view! { <Tick on=timetables label=fill(TIMETABLES, &[("n", &library.schedules.len().to_string())])/> })}
                        {(!library.parameters.is_empty()).then(|| view! { <Tick on=parameters label=fill(PARAMETERS, &[("n", &library.parameters.len().to_string())])/> })}
                    }
                }}
                <p class="gap-top"><button class="primary" id="rules-save" on:click=save>{tr(SAVE)}</button></p>
                <p role="status">{move || message.get().map_or_else(
                    |bad| view! { <span class="late-text">{bad}</span> }.into_any(),
                    |good| view! { <span class="ok-text">{good}</span> }.into_any(),
                )}</p>
            </details>
        </section>
    }
}

#[component]
fn Tick(on: RwSignal<bool>, label: String) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=on on:change=move |event| on.set(event_target_checked(&event))/>
            {label}
        </label>
    }
}
