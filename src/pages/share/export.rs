//! Saving the log as a file, checking the saved file, and the register as a table.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{Desk, Working};
use crate::exchange::{
    CAPS, Readback, Saved, Scope, Wish, acknowledged, desk_name, export, file_name, read_back, register_csv,
};
use crate::files;
use crate::i18n::{exchange as words, fill, time, tr};
use crate::state::{LedgerRow, use_app};

crate::texts! {
    TITLE = "导出" | "Export";
    TEXT = "把案件保存成一个文件，交给总部（微信、邮件或 U 盘都可以），同时也是备份。浏览器里的数据只是工作副本，导出的文件才是底档。" | "Saves the cases as one file for headquarters (by chat, mail or USB stick); it is your backup as well. The browser only holds a working copy, the exported file is the record.";
    SCOPE = "导出多少" | "How much";
    FULL = "全部（完整备份）" | "Everything (a full backup)";
    SINCE_EXPORT = "上次导出之后的新增（{n} 条）" | "New since the last export ({n} entries)";
    SINCE_ACK = "总部回执之后的新增（{n} 条）" | "Not acknowledged by headquarters yet ({n} entries)";
    ATTACHMENTS = "包含附件（{n} 个，{size}）" | "With attachments ({n}, {size})";
    ATTACHMENTS_NONE = "没有附件" | "There are no attachments";
    ATTACHMENTS_MANY = "附件较多，会分成几个文件保存，请一起交出。" | "The attachments need several files; hand over all of them.";
    MASKED = "遮盖个人信息（只供统计）" | "Mask personal data (for statistics only)";
    MASKED_TEXT = "姓名、电话、其他个人字段、叙述和备注都换成 ***，不带附件。这份副本不能并入总部，也不算备份。" | "Names, phone numbers, other personal fields, narratives and notes become ***, without attachments. Such a copy cannot be merged and is no backup.";
    SAVE = "导出文件" | "Export a file";
    CSV = "台账表格（CSV）" | "Register as a table (CSV)";
    CSV_HINT = "用 Excel 或 WPS 直接打开；不能再导回首问。" | "Opens in a spreadsheet; it cannot be imported again.";
    WORKING = "正在读取并核对记录…" | "Reading and checking the entries…";
    NOTHING = "没有新增内容，不需要导出。" | "Nothing is new; there is nothing to export.";
    EMPTY = "还没有案件可以导出。" | "There are no cases to export yet.";
    SAVED = "已交给浏览器保存（通常在“下载”文件夹）：" | "Handed to the browser (usually the Downloads folder):";
    COUNTS = "{cases} 件案件，{events} 条记录，{blobs} 个附件，{size}" | "{cases} cases, {events} entries, {blobs} attachments, {size}";
    DIGEST = "校验码 {sha}" | "checksum {sha}";
    CHECK = "读回核对" | "Read back and compare";
    CHECK_HINT = "选中刚保存的文件，程序比对内容和条数，确认文件真的存好了。" | "Choose the file just saved; the program compares content and counts.";
    SAME = "与本机一致：{events} 条记录，内容逐字节相同。" | "Identical: {events} entries, the same byte for byte.";
    OTHER = "这不是刚才保存的文件：它是 {at} 导出的，有 {n} 条记录。请选择上面列出的文件名。" | "This is another file: exported {at}, with {n} entries. Choose the name shown above.";
    TOO_LARGE = "文件太大，读不了。" | "The file is too large to be read.";
}

/// Exporting, with the files of this visit.
#[component]
pub fn ExportCard(desk: Desk) -> impl IntoView {
    let app = use_app();
    let scope = RwSignal::new(Scope::Full);
    let masked = RwSignal::new(false);
    let with_files = RwSignal::new(true);
    let progress = RwSignal::new(None::<(u32, u32)>);
    let saved = RwSignal::new(Vec::<Saved>::new());
    let notice = RwSignal::new(String::new());
    let trouble = RwSignal::new(String::new());
    let start = move |_| {
        let wish = Wish {
            scope: scope.get_untracked(),
            masked: masked.get_untracked(),
            attachments: with_files.get_untracked(),
        };
        progress.set(Some((0, 0)));
        notice.set(String::new());
        trouble.set(String::new());
        spawn_local(async move {
            let told = move |done, total| {
                progress.try_set(Some((done, total)));
            };
            match export(app, wish, &told).await {
                Ok(files) if files.is_empty() => drop(notice.try_set(tr(NOTHING).to_owned())),
                Ok(files) => drop(saved.try_set(files)),
                Err(error) => drop(trouble.try_set(error.words())),
            }
            progress.try_set(None);
        });
    };
    let table = move |_| {
        let (now, hidden) = (app.at_once(), masked.get_untracked());
        let text = app.rows.with_untracked(|rows| register_csv(rows, &app.books(), now, hidden));
        let campus = app.actor.get_untracked().campus;
        let file = file_name(&desk_name(app), now, words::FILE_TABLE, 1, "csv");
        files::save(&file, "text/csv", text.as_bytes());
        let row = LedgerRow {
            kind: "csv".to_owned(),
            at: now,
            file,
            campus,
            events: app.rows.with_untracked(|rows| rows.len()) as u64,
            total: app.exported.with_untracked(|exported| exported.total),
            heads: Vec::new(),
            note: String::new(),
        };
        spawn_local(async move {
            if let Err(error) = app.note_in_ledger(row).await {
                app.say_bad(crate::i18n::errors::store(&error));
            }
        });
    };
    let empty = move || app.exported.with(|exported| exported.total == 0);
    view! {
        <section class="card" id="export">
            <h2>{tr(TITLE)}</h2>
            <p class="muted small">{tr(TEXT)}</p>
            <Show when=move || !empty() fallback=|| view! { <p class="empty">{tr(EMPTY)}</p> }>
                <fieldset class="choices gap-top">
                    <legend>{tr(SCOPE)}</legend>
                    <ScopeChoice desk scope/>
                </fieldset>
                <div class="gap-top">
                    <AttachmentChoice desk with_files masked/>
                    <label class="check">
                        <input type="checkbox" id="export-masked" prop:checked=masked
                            on:change=move |event| masked.set(event_target_checked(&event))/>
                        {tr(MASKED)}
                    </label>
                    <Show when=move || masked.get() fallback=|| ()>
                        <p class="small muted why soft">{tr(MASKED_TEXT)}</p>
                    </Show>
                </div>
                <div class="inline gap-top">
                    <button class="primary" id="export-save" disabled=move || progress.with(Option::is_some) on:click=start>{tr(SAVE)}</button>
                    <button id="export-csv" title=tr(CSV_HINT) on:click=table>{tr(CSV)}</button>
                    <span class="small muted">{tr(CSV_HINT)}</span>
                </div>
            </Show>
            <Working label=tr(WORKING) progress/>
            <p role="status" class="muted">{move || notice.get()}</p>
            <p class="late-text" role="alert">{move || trouble.get()}</p>
            {move || {
                let files = saved.get();
                (!files.is_empty()).then(|| view! {
                    <div class="saved" role="status">
                        <p><b>{tr(SAVED)}</b></p>
                        {files.into_iter().map(|saved| view! { <SavedFile saved/> }).collect_view()}
                    </div>
                })
            }}
        </section>
    }
}

/// Which part of the log; only what makes sense now.
#[component]
fn ScopeChoice(desk: Desk, scope: RwSignal<Scope>) -> impl IntoView {
    let app = use_app();
    let option = move |value: Scope, id: &'static str, label: String| {
        view! {
            <label>
                <input type="radio" name="export-scope" value=id prop:checked=move || scope.get() == value
                    on:change=move |_| scope.set(value)/>
                {label}
            </label>
        }
    };
    view! {
        {option(Scope::Full, "full", tr(FULL).to_owned())}
        {move || {
            let n = app.exported.with(|exported| exported.last.map(|_| exported.pending()))?;
            Some(option(Scope::SinceExport, "since-export", fill(SINCE_EXPORT, &[("n", &n.to_string())])))
        }}
        {move || {
            let heads = desk.ledger.with(|ledger| acknowledged(ledger));
            let n = desk.survey.with(|survey| survey.as_ref().map(|survey| survey.behind(&heads)))?;
            (!heads.is_empty()).then(|| option(Scope::SinceAck, "since-ack", fill(SINCE_ACK, &[("n", &n.to_string())])))
        }}
    }
}

#[component]
fn AttachmentChoice(desk: Desk, with_files: RwSignal<bool>, masked: RwSignal<bool>) -> impl IntoView {
    let here = Memo::new(move |_| {
        desk.survey.with(|survey| survey.as_ref().map(|one| one.attachments_here()).unwrap_or_default())
    });
    view! {
        {move || match here.get() {
            (0, _) => view! { <p class="small muted">{tr(ATTACHMENTS_NONE)}</p> }.into_any(),
            (count, bytes) => view! {
                <label class="check">
                    <input type="checkbox" id="export-attachments" prop:checked=move || with_files.get() && !masked.get()
                        disabled=move || masked.get() on:change=move |event| with_files.set(event_target_checked(&event))/>
                    {fill(ATTACHMENTS, &[("n", &count.to_string()), ("size", &words::size(bytes))])}
                </label>
                {(bytes > crate::exchange::ATTACHMENTS_PER_FILE).then(|| view! { <p class="small muted">{tr(ATTACHMENTS_MANY)}</p> })}
            }.into_any(),
        }}
    }
}

/// One saved file, and reading it back.
#[component]
fn SavedFile(saved: Saved) -> impl IntoView {
    let app = use_app();
    let result = RwSignal::new(None::<Result<String, String>>);
    let counts = fill(
        COUNTS,
        &[
            ("cases", &saved.cases.to_string()),
            ("events", &saved.events.to_string()),
            ("blobs", &saved.blobs.to_string()),
            ("size", &words::size(saved.bytes)),
        ],
    );
    let digest = fill(DIGEST, &[("sha", saved.sha256.get(..16).unwrap_or_default())]);
    let name = saved.file.clone();
    let id = format!("check-{}", saved.sha256.get(..8).unwrap_or_default());
    let target = id.clone();
    let stored = StoredValue::new(saved);
    let check = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            let answer = if CAPS.check_size(file.size() as u64).is_err() {
                Err(tr(TOO_LARGE).to_owned())
            } else {
                match files::read(&file).await {
                    Ok(bytes) => judged(&stored.get_value(), &bytes, app.at_once()),
                    Err(what) => Err(fill(words::E_READ, &[("what", &what)])),
                }
            };
            if answer.is_ok() {
                note(app, &stored.get_value()).await;
            }
            result.try_set(Some(answer));
        });
    };
    view! {
        <div class="saved-file">
            <p><b class="file-name">{name}</b></p>
            <p class="small muted num">{counts}" · "{digest}</p>
            <div class="inline">
                <label class="btn" for=target>{tr(CHECK)}
                    <input type="file" id=id class="visually-hidden" accept=".json,application/json" on:change=check/>
                </label>
                <span class="small muted">{tr(CHECK_HINT)}</span>
            </div>
            <p role="status">{move || result.get().map(|answer| match answer {
                Ok(text) => view! { <b class="ok-text">"✓ "{text}</b> }.into_any(),
                Err(text) => view! { <b class="late-text">{text}</b> }.into_any(),
            })}</p>
        </div>
    }
}

fn judged(saved: &Saved, bytes: &[u8], now: shouwen_core::time::Civil) -> Result<String, String> {
    match read_back(saved, bytes) {
        Readback::Same => Ok(fill(SAME, &[("events", &saved.events.to_string())])),
        Readback::Other { events, created } => {
            Err(fill(OTHER, &[("at", &time::moment(created, now)), ("n", &events.to_string())]))
        }
        Readback::Bad(what) => Err(what),
    }
}

/// The ledger remembers that the file was seen to be sound.
async fn note(app: crate::state::App, saved: &Saved) {
    let row = LedgerRow {
        kind: "verify".to_owned(),
        at: app.at_once(),
        file: saved.file.clone(),
        campus: app.actor.get_untracked().campus,
        events: saved.events,
        total: app.exported.with_untracked(|exported| exported.total),
        heads: Vec::new(),
        note: String::new(),
    };
    if let Err(error) = app.note_in_ledger(row).await {
        app.say_bad(crate::i18n::errors::store(&error));
    }
}
