//! Where the data is, how much room there is, and whether the log is sound.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::exchange::{Verdict, verify};
use crate::i18n::{T, errors, exchange as words, fill, tr};
use crate::pages::share::{Desk, Working};
use crate::state::use_app;
use crate::store::health;

crate::texts! {
    TITLE = "本机存储" | "Storage on this computer";
    TEXT = "数据只在这一个浏览器里。Firefox 还按文件所在位置区分：请不要移动或改名 HTML 文件。浏览器数据是工作副本，导出的文件才是底档。" | "The data lives in this one browser. Firefox also tells places apart: do not move or rename the HTML file. The browser holds a working copy, the exported file is the record.";
    CASES = "案件" | "Cases";
    EVENTS = "记录" | "Entries";
    FILES = "附件" | "Attachments";
    FILES_N = "{n} 个，{size}" | "{n}, {size}";
    ASIDE = "隔离" | "Set aside";
    DEVICE = "本机编号" | "Device id";
    ROOM = "占用空间" | "Room in use";
    ROOM_N = "约 {used}，浏览器允许约 {quota}" | "about {used} of about {quota} allowed";
    ROOM_UNKNOWN = "浏览器没有提供" | "the browser does not say";
    KEPT = "长期保留" | "Kept for good";
    KEPT_YES = "浏览器承诺不自动清理" | "the browser promises not to clear it";
    KEPT_NO = "浏览器未承诺（从本地文件打开时都是这样）：磁盘紧张或清理浏览数据时可能丢失，请经常备份" | "no promise (always so for local files): it may be lost when the disk is full or browsing data is cleared; back up often";
    CHECK = "核对记录" | "Check the log";
    CHECK_TEXT = "逐条核对：能否读出、写入后有没有被改动、前后是否相接；附件内容是否完好。" | "Entry by entry: readable, unchanged since written, following the one before; attachments intact.";
    CHECK_GO = "开始核对" | "Check now";
    CHECKING = "正在核对…" | "Checking…";
    SOUND = "核对完成：{events} 条记录（{devices} 台设备）、{blobs} 个附件，全部完好。" | "Done: {events} entries of {devices} devices and {blobs} attachments, all sound.";
    UNSOUND = "核对完成：{events} 条记录中发现问题。数据没有改动；请先导出全部备份，再把下面的内容告诉总部。" | "Done: there are problems among {events} entries. Nothing was changed; export a full backup, then report the list below.";
    ALTERED = "记录 {id} 的内容与写入时不一致" | "entry {id} is not what was written";
    UNREADABLE = "{n} 条读不出来：{what}" | "{n} cannot be read: {what}";
    BAD_BLOB = "附件 {id} 的内容不完整" | "attachment {id} is damaged";
    GAPS = "另外，以下记录还没有收到（不是损坏）：" | "These entries have not arrived yet (no damage):";
}

#[component]
pub fn Health(desk: Desk) -> impl IntoView {
    let app = use_app();
    let device = RwSignal::new(String::new());
    let room = RwSignal::new(None::<health::Health>);
    spawn_local(async move {
        match app.store().device().await {
            Ok(state) => drop(device.try_set(state.device)),
            Err(error) => drop(device.try_set(errors::store(&error))),
        }
        room.try_set(Some(health::read().await));
    });
    let line = |label: T, value: AnyView| view! { <dt>{tr(label)}</dt><dd class="num">{value}</dd> };
    let files = move || {
        desk.survey.with(|survey| {
            let (n, bytes) = survey.as_ref().map(|one| one.attachments_here()).unwrap_or_default();
            fill(FILES_N, &[("n", &n.to_string()), ("size", &words::size(bytes))])
        })
    };
    let aside = move || desk.survey.with(|survey| survey.as_ref().map_or(0, |one| one.quarantine));
    let used = move || {
        room.get().map(|room| match (room.usage, room.quota) {
            (Some(used), Some(quota)) => fill(ROOM_N, &[("used", &words::size(used)), ("quota", &words::size(quota))]),
            _ => tr(ROOM_UNKNOWN).to_owned(),
        })
    };
    let kept = move || {
        room.get().map(|room| match room.persisted {
            Some(true) => tr(KEPT_YES),
            _ => tr(KEPT_NO),
        })
    };
    view! {
        <section class="card" id="storage" tabindex="-1">
            <h2>{tr(TITLE)}</h2>
            <p class="muted small">{tr(TEXT)}</p>
            <dl class="facts gap-top">
                {line(CASES, (move || app.rows.with(|rows| rows.len())).into_any())}
                {line(EVENTS, (move || app.exported.with(|exported| exported.total)).into_any())}
                {line(FILES, files.into_any())}
                {line(ASIDE, aside.into_any())}
                {line(ROOM, used.into_any())}
                {line(KEPT, kept.into_any())}
                {line(DEVICE, (move || device.get()).into_any())}
            </dl>
        </section>
    }
}

#[component]
pub fn LogCheck() -> impl IntoView {
    let app = use_app();
    let progress = RwSignal::new(None::<(u32, u32)>);
    let verdict = RwSignal::new(None::<Result<Verdict, String>>);
    let start = move |_| {
        progress.set(Some((0, 0)));
        verdict.set(None);
        spawn_local(async move {
            let told = move |done, total| {
                progress.try_set(Some((done, total)));
            };
            let outcome = verify(app, &told).await.map_err(|error| errors::store(&error));
            progress.try_set(None);
            verdict.try_set(Some(outcome));
        });
    };
    view! {
        <section class="card" id="log-check">
            <h2>{tr(CHECK)}</h2>
            <p class="muted small">{tr(CHECK_TEXT)}</p>
            <p class="gap-top"><button id="log-check-start" disabled=move || progress.with(Option::is_some) on:click=start>{tr(CHECK_GO)}</button></p>
            <Working label=tr(CHECKING) progress/>
            {move || verdict.get().map(|outcome| match outcome {
                Err(words) => view! { <p class="late-text" role="alert">{words}</p> }.into_any(),
                Ok(verdict) => report(&verdict),
            })}
        </section>
    }
}

fn report(verdict: &Verdict) -> AnyView {
    let places = [
        ("events", verdict.events.to_string()),
        ("devices", verdict.devices.to_string()),
        ("blobs", verdict.blobs.to_string()),
    ];
    let places = places.each_ref().map(|(key, value)| (*key, value.as_str()));
    let mut bad: Vec<String> = verdict.altered.iter().map(|id| fill(ALTERED, &[("id", id)])).collect();
    bad.extend(verdict.unreadable.iter().map(|(what, n)| fill(UNREADABLE, &[("n", &n.to_string()), ("what", what)])));
    bad.extend(verdict.forks.iter().map(|fork| words::fork(fork.kind, &fork.device, fork.seq)));
    bad.extend(verdict.bad_blobs.iter().map(|id| fill(BAD_BLOB, &[("id", id)])));
    let gaps: Vec<String> = verdict.gaps.iter().map(words::gap).collect();
    let list = |lines: Vec<String>| view! { <ul class="small">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> };
    let head = if verdict.is_sound() {
        view! { <p role="status"><b class="ok-text">"✓ "{fill(SOUND, &places)}</b></p> }.into_any()
    } else {
        view! { <p role="alert"><b class="late-text">{fill(UNSOUND, &places)}</b></p> }.into_any()
    };
    view! {
        <div data-verdict="1">
            {head}
            {(!bad.is_empty()).then(|| list(bad))}
            {(!gaps.is_empty()).then(|| view! { <p class="small muted">{tr(GAPS)}</p>{list(gaps)} })}
        </div>
    }
    .into_any()
}
