//! Settings: who works here, language and look, holidays, timetable, values missing in the rules, backup, storage.
//! Must not change cases; what it changes takes force through `App::reload_library`, with due times before and after.

mod calendar;
mod notice_preview;
mod notifications;
mod parameters;
mod person;
mod storage;
mod timetable;
mod timetable_text;

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::share::{Desk, ExportCard, ImportCard};
use crate::components::{PacksInUse, PageHead};
use crate::exchange::{DueChange, Refused, due_changes};
use crate::i18n::{T, common, fill, time, tr};
use crate::state::{App, LedgerRow, enter_demo, leave_demo, use_app};

crate::texts! {
    SUB = "只影响本机；需要各校区一致的，请由总部在“总部汇总”里下发" | "For this computer only; what must be the same everywhere is sent out by headquarters";
    IN_USE = "在用的制度" | "Rules in use";
    CONTENTS = "本页内容" | "On this page";
    BACKUP = "备份" | "Backup";
    BACKUP_NONE = "还没有做过完整备份。浏览器数据被清理时，没有备份就找不回来。" | "There has been no full backup yet. If the browser's data is cleared, nothing can be brought back.";
    BACKUP_AT = "上次完整备份：{ago}（{file}）{checked}" | "Last full backup: {ago} ({file}){checked}";
    BACKUP_CHECKED = "，已读回核对" | ", read back and compared";
    BACKUP_UNCHECKED = "，尚未读回核对" | ", not read back yet";
    BACKUP_OLD = "备份已超过 {n} 天，建议现在导出一次。" | "The backup is more than {n} days old; export now.";
    RESTORE = "恢复备份：在下面的“导入”里选择备份文件，已有的记录不会重复，也不会被覆盖。" | "To restore, choose the backup under Import below. Entries that are here are neither doubled nor overwritten.";
    DEMO = "演示" | "Demonstration";
    DEMO_TEXT = "用虚构的案件随便试，另存一处，不影响真实案件。" | "Try everything with invented cases; they live elsewhere and do not touch real ones.";
    DEMO_ENTER = "进入演示" | "Open the demonstration";
    DEMO_NOW = "现在是演示数据。" | "This is the demonstration.";
    ABOUT = "关于" | "About";
    ABOUT_TEXT = "首问 第 {v} 版。单个文件、离线运行；除了您自己保存的文件，没有任何数据离开本页。" | "Shouwen {v}. One file, offline; no data leaves this page except files that you save.";
}

/// A backup older than this many days is called old. Our own convention.
const OLD_DAYS: i64 = 7;

#[component]
pub fn Settings() -> impl IntoView {
    let app = use_app();
    let desk = Desk::open(app);
    view! {
        <PageHead title=tr(common::SETTINGS) sub=move || tr(SUB)/>
        <div class="share">
            <nav class="tabs small" aria-label=tr(CONTENTS)>
                {PLACES.map(|(id, text)| view! { <button type="button" on:click=move |_| scroll_to(id)>{tr(text)}</button> }).collect_view()}
            </nav>
            <person::Person/>
            <InUse/>
            <person::Look/>
            <notifications::Notifications/>
            <Backup desk/>
            <calendar::Holidays/>
            <timetable::Timetable/>
            <parameters::Parameters/>
            <storage::Health desk/>
            <storage::LogCheck/>
            <Demo/>
            <section class="card" id="about">
                <h2>{tr(ABOUT)}</h2>
                <p>{fill(ABOUT_TEXT, &[("v", env!("CARGO_PKG_VERSION"))])}</p>
            </section>
        </div>
    }
}

/// Cards of the page that one can jump to.
const PLACES: [(&str, T); 9] = [
    ("person", person::TITLE),
    ("packs", IN_USE),
    ("look", person::LOOK),
    ("backup", BACKUP),
    ("holidays", calendar::TITLE),
    ("timetable", timetable::TITLE),
    ("parameters", parameters::TITLE),
    ("storage", storage::TITLE),
    ("demo", DEMO),
];

/// Addresses after `#` are pages, so a jump within the page is made by hand.
fn scroll_to(id: &str) {
    if let Some(card) = document().get_element_by_id(id) {
        card.scroll_into_view();
        if let Some(card) = wasm_bindgen::JsCast::dyn_ref::<web_sys::HtmlElement>(&card) {
            let _ = card.focus();
        }
    }
}

/// The packs that this desk works with.
#[component]
fn InUse() -> impl IntoView {
    view! {
        <section class="card" id="packs" tabindex="-1">
            <h2>{tr(IN_USE)}</h2>
            <PacksInUse app=use_app() linked=true/>
        </section>
    }
}

/// Age of the backup; making one; bringing one back.
#[component]
fn Backup(desk: Desk) -> impl IntoView {
    let app = use_app();
    let age = move || {
        let now = app.now.get();
        desk.ledger.with(|ledger| backup_words(ledger, now))
    };
    view! {
        <section class="card" id="backup" tabindex="-1">
            <h2>{tr(BACKUP)}</h2>
            {move || {
                let (text, old) = age();
                view! { <p class=if old { "why warn" } else { "why" }>{text}</p> }
            }}
            <p class="small muted">{tr(RESTORE)}</p>
        </section>
        <ExportCard desk/>
        <ImportCard/>
    }
}

/// What is known of the last full backup, and whether something should be done.
fn backup_words(ledger: &[LedgerRow], now: shouwen_core::time::Civil) -> (String, bool) {
    let Some(last) = ledger.iter().rev().find(|row| row.kind == "export" && row.note == "full") else {
        return (tr(BACKUP_NONE).to_owned(), true);
    };
    let checked = ledger.iter().any(|row| row.kind == "verify" && last.file.contains(&row.file));
    let checked_words = tr(if checked { BACKUP_CHECKED } else { BACKUP_UNCHECKED });
    let ago = time::ago(last.at, now);
    let mut text = fill(BACKUP_AT, &[("ago", &ago), ("file", &last.file), ("checked", checked_words)]);
    let old = (now - last.at).num_days() >= OLD_DAYS;
    if old {
        text.push(' ');
        text.push_str(&fill(BACKUP_OLD, &[("n", &OLD_DAYS.to_string())]));
    }
    (text, old)
}

#[component]
fn Demo() -> impl IntoView {
    let app = use_app();
    let enter = move |_| enter_demo(&app.actor.get_untracked(), &app.workplace.get_untracked());
    view! {
        <section class="card" id="demo" tabindex="-1">
            <h2>{tr(DEMO)}</h2>
            <p class="muted small">{tr(DEMO_TEXT)}</p>
            {if app.demo {
                view! { <p>{tr(DEMO_NOW)}</p><button on:click=move |_| leave_demo(app)>{tr(common::DEMO_LEAVE)}</button> }.into_any()
            } else {
                view! { <button id="demo-enter" on:click=enter>{tr(DEMO_ENTER)}</button> }.into_any()
            }}
        </section>
    }
}

/// How a change of settings went.
#[derive(Clone)]
enum Outcome {
    Nothing,
    Working,
    Done(Vec<DueChange>),
    Failed(String),
}

/// Runs a change of settings, takes it into force and compares due times.
fn take_force(app: App, outcome: RwSignal<Outcome>, change: impl Future<Output = Result<(), Refused>> + 'static) {
    // Boxed: what follows is compiled once, not for every kind of change.
    put_in_force(app, outcome, Box::pin(change));
}

fn put_in_force(app: App, outcome: RwSignal<Outcome>, change: Pin<Box<dyn Future<Output = Result<(), Refused>>>>) {
    outcome.set(Outcome::Working);
    spawn_local(async move {
        let result = match change.await {
            Ok(()) => app.reload_library().await.map_err(Refused::Config),
            Err(error) => Err(error),
        };
        outcome.try_set(match result {
            Ok(before) => Outcome::Done(due_changes(&before, &app.rows.get_untracked(), &app.books(), app.at_once())),
            Err(error) => Outcome::Failed(error.words()),
        });
    });
}

/// Shows how a change of settings went, with due times before and after.
#[component]
fn OutcomeView(outcome: RwSignal<Outcome>) -> impl IntoView {
    let app = use_app();
    move || match outcome.get() {
        Outcome::Nothing => ().into_any(),
        Outcome::Working => view! { <p role="status" class="muted">{tr(common::WRITING)}</p> }.into_any(),
        Outcome::Failed(words) => view! { <p role="alert" class="late-text">{words}</p> }.into_any(),
        Outcome::Done(changes) => view! {
            <p role="status"><b class="ok-text">"✓ "{tr(common::SAVED_TOAST)}</b></p>
            <super::share::DueList changes now=app.at_once()/>
        }
        .into_any(),
    }
}
