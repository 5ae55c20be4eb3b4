//! When the store or the build cannot be used: what happened, what is safe, what to do.
//! Must not write anything.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::files;
use crate::i18n::{errors, tr};
use crate::state::reload;
use crate::store::{Store, StoreError};

crate::texts! {
    TITLE = "暂时不能使用" | "Cannot be used right now";
    SAFE = "已保存的案件没有改动。" | "Cases saved earlier are untouched.";
    RETRY = "重试" | "Try again";
    RAW = "导出原始数据" | "Export raw data";
    RAW_FAILED = "原始数据也读不出来：{what}" | "The raw data cannot be read either: {what}";
    UNUSABLE = "这个文件内置的制度或日历损坏，请重新取得完整的文件。" | "The rules or calendar inside this file are damaged. Get a complete copy.";
}

/// The store cannot be opened or has been taken over by a newer build.
#[component]
pub fn StoreFailure(error: StoreError) -> impl IntoView {
    let words = errors::store(&error);
    let trouble = RwSignal::new(String::new());
    let export = move |_| {
        spawn_local(async move {
            match Store::raw_dump(crate::state::DATABASE).await {
                Ok(text) => files::save("shouwen-raw.json", "application/json", text.as_bytes()),
                Err(error) => {
                    trouble.set(crate::i18n::fill(RAW_FAILED, &[("what", &errors::store(&error))]));
                }
            }
        });
    };
    view! {
        <div class="setup stack" role="alert">
            <h1>{tr(TITLE)}</h1>
            <p>{words}</p>
            <p class="muted">{tr(SAFE)}</p>
            <p class="inline">
                <button class="primary" on:click=move |_| reload()>{tr(RETRY)}</button>
                <button on:click=export>{tr(RAW)}</button>
            </p>
            <p class="late-text">{move || trouble.get()}</p>
        </div>
    }
}

/// The embedded packs or calendars are damaged.
#[component]
pub fn BuildFailure(what: String) -> impl IntoView {
    view! {
        <div class="setup stack" role="alert"><h1>{tr(TITLE)}</h1><p>{tr(UNUSABLE)}</p><p class="small muted">{what}</p></div>
    }
}
