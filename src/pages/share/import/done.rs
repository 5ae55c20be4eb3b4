//! What taking a file in has done, and the receipt for its sender.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::DueList;
use super::preview::label;
use crate::exchange::Applied;
use crate::files;
use crate::i18n::{common, errors, fill, tr};
use crate::router::Route;
use crate::state::{LedgerRow, use_app};

crate::texts! {
    IMPORTED = "已导入并写入本机：{cases} 件案件，{events} 条新记录，{blobs} 个附件。" | "Imported and saved: {cases} cases, {events} new entries, {blobs} attachments.";
    ASIDE = "{n} 条放进了隔离区。" | "{n} texts were set aside.";
    ADOPTED = "已采用 {n} 项制度、日历、作息或参数。" | "{n} rules, calendars, timetables or values adopted.";
    ACKNOWLEDGED = "对方已确认收到 {n} 条，下次可以只导出之后的新增。" | "The other side has {n} entries; next time you can export only what is newer.";
    NOTHING = "没有新内容，本机没有改动。" | "Nothing was new; nothing was changed.";
    NEW_DEVICE = "文件里有本机自己写过、但浏览器里已经没有的记录（可能还原过备份）。为避免编号重复，本机今后使用新的设备编号。" | "The file had entries of this very computer that were no longer here (a restored backup, perhaps). This computer goes on under a new device id.";
    RECEIPT = "给 {campus} 的回执" | "Receipt for {campus}";
    RECEIPT_TEXT = "发回给对方导入，对方就知道哪些已经收到，下次只需交新增部分。" | "Send it back: the other side then knows what has arrived and sends only what is new.";
    RECEIPT_SAVE = "保存回执" | "Save the receipt";
    CONFLICTS = "以下案件有冲突，请选择以哪个为准：" | "These cases have conflicting values for you to choose from:";
    CONFLICTS_MORE = "还有 {n} 件，见下面的“冲突”。" | "{n} more; see Conflicts below.";
    UNKNOWN = "对方" | "the other side";
}

/// Cases named here; all of them stand under Conflicts.
const SHOWN: usize = 8;

#[component]
pub fn Done(applied: Arc<Applied>) -> impl IntoView {
    let app = use_app();
    let done = &applied.done;
    let mut lines: Vec<String> = Vec::new();
    if !done.cases.is_empty() || done.blobs > 0 {
        let (cases, events, blobs) = (done.cases.len().to_string(), done.events.to_string(), done.blobs.to_string());
        lines.push(fill(IMPORTED, &[("cases", &cases), ("events", &events), ("blobs", &blobs)]));
    }
    if done.quarantined > 0 {
        lines.push(fill(ASIDE, &[("n", &done.quarantined.to_string())]));
    }
    if applied.adopted > 0 {
        lines.push(fill(ADOPTED, &[("n", &applied.adopted.to_string())]));
    }
    if let Some(n) = applied.acknowledged {
        lines.push(fill(ACKNOWLEDGED, &[("n", &n.to_string())]));
    }
    if lines.is_empty() {
        lines.push(tr(NOTHING).to_owned());
    }
    let conflicts = applied.conflicts.clone();
    let more = conflicts.len().saturating_sub(SHOWN);
    let due = (applied.adopted > 0).then(|| applied.due.clone());
    view! {
        <div data-done="1">
            <div role="status">
                {lines.into_iter().map(|line| view! { <p><b class="ok-text">"✓ "</b>{line}</p> }).collect_view()}
            </div>
            {done.new_device.then(|| view! { <p class="why warn small">{tr(NEW_DEVICE)}</p> })}
            {due.map(|changes| view! { <DueList changes now=app.at_once()/> })}
            {(!conflicts.is_empty()).then(|| view! {
                <div class="why warn">
                    <b>{tr(CONFLICTS)}</b>
                    <ul>{conflicts.into_iter().take(SHOWN).map(|one| {
                        let names: Vec<String> = one.registers.iter().map(|name| label(app, &one.case, name)).collect();
                        view! { <li><a href=Route::Case(one.case).href()>{one.number}</a>"："{names.join("、")}</li> }
                    }).collect_view()}</ul>
                    {(more > 0).then(|| view! { <p class="small">{fill(CONFLICTS_MORE, &[("n", &more.to_string())])}</p> })}
                </div>
            })}
            {applied.receipt.clone().map(|(name, text)| view! { <Receipt campus=applied.campus.clone() name text/> })}
        </div>
    }
}

#[component]
pub fn Receipt(campus: String, name: String, text: String) -> impl IntoView {
    let app = use_app();
    let saved = RwSignal::new(false);
    let to = if campus.is_empty() { tr(UNKNOWN).to_owned() } else { campus.clone() };
    let file = name.clone();
    let save = move |_| {
        files::save(&file, "application/json", text.as_bytes());
        saved.set(true);
        let row = LedgerRow {
            kind: "ack_out".to_owned(),
            at: app.at_once(),
            file: file.clone(),
            campus: campus.clone(),
            events: 0,
            total: app.exported.with_untracked(|exported| exported.total),
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
        <div class="why">
            <b>{fill(RECEIPT, &[("campus", &to)])}</b>
            <p class="small muted">{tr(RECEIPT_TEXT)}</p>
            <div class="inline">
                <button data-receipt="1" on:click=save>{tr(RECEIPT_SAVE)}</button>
                <span class="small muted file-name">{name}</span>
                <Show when=move || saved.get() fallback=|| ()><span class="ok-text" role="status">"✓ "{tr(common::DONE)}</span></Show>
            </div>
        </div>
    }
}
