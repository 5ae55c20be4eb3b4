//! What taking a file in would do, before anything is written.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_bundle::container::Kind;

use crate::exchange::{AckLine, Change, ChangeKind, ComingConflict, DEMO_MARK, Incoming, receipt};
use crate::i18n::{exchange as words, fill, time, tr};
use crate::pages::case::head::register_label;
use crate::state::{App, use_app};

crate::texts! {
    FROM = "来自" | "From";
    CREATED = "生成时间" | "Created";
    KIND = "类型" | "Kind";
    CASES = "案件" | "Cases";
    CASES_N = "新增 {new} 件，更新 {changed} 件" | "{new} new, {changed} updated";
    EVENTS = "记录" | "Entries";
    EVENTS_N = "新增 {new} 条，已有 {old} 条" | "{new} new, {old} here already";
    BLOBS = "附件" | "Attachments";
    BLOBS_N = "新增 {n} 个" | "{n} new";
    BY_CAMPUS = "各校区" | "By campus";
    BY_CAMPUS_N = "{campus}：{cases} 件，{from} 至 {to}" | "{campus}: {cases} cases, {from} to {to}";
    UNKNOWN = "未注明" | "not stated";
    DEMO = "这个文件来自演示，里面是虚构的案件。除非您确实要把它们放进真实台账，否则请取消。" | "This file comes from the demonstration: its cases are invented. Cancel, unless you really want them among your own.";
    ATTENTION = "请注意" | "Please note";
    NEWER = "{n} 条由更新版本写入，会原样保留，换用新版后显示。" | "{n} entries come from a newer build; they are kept and shown once you have it.";
    NOT_UNDERSTOOD = "{n} 条内容本机看不懂，会原样保留。" | "{n} entries are not understood here; they are kept.";
    ASIDE = "{n} 条不能成为记录，放进隔离区并逐字节保留：" | "{n} texts cannot become entries and are set aside, byte for byte:";
    CONFLICTS = "导入后 {n} 件案件会出现冲突，需要您选择以哪个为准：" | "{n} cases will have conflicting values for you to choose from:";
    CONFLICT = "{number}：{registers}" | "{number}: {registers}";
    MORE = "还有 {n} 项" | "{n} more";
    CHANGES = "制度、日历、作息和参数" | "Rules, calendars, timetables and values";
    CHANGES_TEXT = "勾选的会在本机采用；没勾选的不变。" | "What is ticked will be adopted here; the rest stays as it is.";
    PACK_NEW = "制度《{title}》：新增第 {v} 版" | "Rules “{title}”: new, version {v}";
    PACK_NEWER = "制度《{title}》：第 {from} 版 → 第 {v} 版（新案件按新版，老案件仍按原版）" | "Rules “{title}”: version {from} → {v} (new cases follow it, old ones stay)";
    PACK_OLDER = "制度《{title}》：补上旧的第 {v} 版（本机最新是第 {newest} 版，供老案件使用）" | "Rules “{title}”: the older version {v} (newest here: {newest}; for old cases)";
    PACK_REPLACED = "制度《{title}》：第 {v} 版的内容不同，将被替换（已有案件的时限可能改变）" | "Rules “{title}”: version {v} has other content and is replaced (limits of cases may change)";
    NOTICE_NEW = "{year} 年放假通知：放假 {off} 天，调休上班 {shifts} 天（新增）" | "Holiday notice {year}: {off} days off, {shifts} make-up days (new)";
    NOTICE_REPLACED = "{year} 年放假通知：与本机不同，将被替换（放假 {off} 天，调休上班 {shifts} 天）" | "Holiday notice {year}: differs and is replaced ({off} days off, {shifts} make-up days)";
    TIMETABLE_NEW = "{title} 的作息（新增）" | "Timetable of {title} (new)";
    TIMETABLE_REPLACED = "{title} 的作息：与本机不同，将被替换" | "Timetable of {title}: differs and is replaced";
    PARAMETERS = "参数 {n} 项：{list}" | "{n} values: {list}";
    BROKEN = "{title}：{what}" | "{title}: {what}";
    REMARKS = "检查提示 {n} 条" | "{n} remarks of the check";
    NO_VALUE = "空" | "empty";
    ACK = "回执" | "Receipt";
    ACK_LINE = "设备 {device}：对方已收到前 {to} 条（本机共 {ours} 条）" | "device {device}: they have the first {to} of {ours} entries";
    ACK_BAD = "设备 {device}：回执与本机记录对不上，不采信；下次导出会重新包含全部。" | "device {device}: does not match our log and is not believed; the next export will hold everything.";
    NOTHING = "没有新内容" | "Nothing new";
    NOTHING_TEXT = "这个文件里的 {n} 条记录本机都有了，没有需要写入的内容。" | "All {n} entries of this file are here already; there is nothing to write.";
    NOTHING_CONFIG = "这个文件里的制度和日历与本机相同。" | "The rules and calendars in this file are the same as here.";
    NOTHING_ACK = "这份回执不涉及本机的记录。" | "This receipt does not concern entries that are here.";
}

/// Lines of a list shown at first.
const SHOWN: usize = 8;

/// The file holds nothing that is not here.
#[component]
pub fn NothingNew(incoming: Arc<Incoming>) -> impl IntoView {
    let bundle = &incoming.bundle;
    let text = match bundle.header.kind {
        Kind::Ack => tr(NOTHING_ACK).to_owned(),
        Kind::Config if bundle.events.is_empty() => tr(NOTHING_CONFIG).to_owned(),
        _ => fill(NOTHING_TEXT, &[("n", &bundle.events.len().to_string())]),
    };
    // The sender may have lost the receipt; asking for it again is why people import a file twice.
    let answer = RwSignal::new(None::<(String, String)>);
    let app = use_app();
    let campus = bundle.header.campus.clone();
    if matches!(bundle.header.kind, Kind::Full | Kind::Delta) {
        let incoming = incoming.clone();
        spawn_local(async move {
            if let Ok(again) = receipt(app, &incoming.bundle, &incoming.preview).await {
                answer.try_set(again);
            }
        });
    }
    view! {
        <p role="status"><b>{tr(NOTHING)}</b>"。"{text}</p>
        {move || answer.get().map(|(name, text)| view! { <super::done::Receipt campus=campus.clone() name text/> })}
    }
}

#[component]
pub fn Preview(incoming: Arc<Incoming>, chosen: RwSignal<Vec<bool>>) -> impl IntoView {
    let app = use_app();
    view! {
        <div data-preview="1">
            {facts(app, &incoming)}
            {(!app.demo && incoming.bundle.header.app.ends_with(DEMO_MARK)).then(|| view! {
                <p class="why red late-text" role="alert">{tr(DEMO)}</p>
            })}
            {attention(&incoming)}
            {conflicts(app, &incoming.conflicts)}
            {acks(&incoming.acks)}
            {(!incoming.changes.is_empty()).then(|| view! { <Changes list=incoming.changes.clone() chosen/> })}
        </div>
    }
}

fn facts(app: App, incoming: &Incoming) -> impl IntoView + use<> {
    let (header, preview) = (&incoming.bundle.header, &incoming.preview);
    let now = app.at_once();
    let from = if header.campus.is_empty() { tr(UNKNOWN).to_owned() } else { header.campus.clone() };
    let mut lines = vec![
        (FROM, from),
        (CREATED, format!("{}（{}）", time::exact(header.created), time::ago(header.created, now))),
        (KIND, words::kind_word(header.kind).to_owned()),
    ];
    let count = |list: &[String]| list.len().to_string();
    if !incoming.bundle.events.is_empty() {
        let pair = [("new", count(&preview.cases_new)), ("changed", count(&preview.cases_changed))];
        lines.push((CASES, fill(CASES_N, &pair.each_ref().map(|(key, value)| (*key, value.as_str())))));
        let (new, old) = (preview.new.len().to_string(), preview.duplicates.to_string());
        lines.push((EVENTS, fill(EVENTS_N, &[("new", &new), ("old", &old)])));
    }
    if incoming.new_blobs > 0 {
        lines.push((BLOBS, fill(BLOBS_N, &[("n", &incoming.new_blobs.to_string())])));
    }
    if preview.campuses.len() > 1 {
        let each: Vec<String> = preview
            .campuses
            .iter()
            .map(|one| {
                let (cases, from, to) = (one.cases.to_string(), one.first.to_string(), one.last.to_string());
                fill(BY_CAMPUS_N, &[("campus", &one.campus), ("cases", &cases), ("from", &from), ("to", &to)])
            })
            .collect();
        lines.push((BY_CAMPUS, each.join("\n")));
    }
    view! {
        <dl class="facts">
            {lines.into_iter().map(|(label, text)| view! { <dt>{tr(label)}</dt><dd class="num">{text}</dd> }).collect_view()}
        </dl>
    }
}

/// Gaps, forks, newer and unreadable entries.
fn attention(incoming: &Incoming) -> Option<AnyView> {
    let preview = &incoming.preview;
    let mut lines: Vec<String> = Vec::new();
    for gap in &preview.gaps {
        let numbers = words::numbers(gap.from, gap.to);
        lines.push(match home(incoming, &gap.device) {
            Some(campus) => fill(words::GAP_ASK, &[("numbers", &numbers), ("campus", campus)]),
            None => words::gap(gap),
        });
    }
    lines.extend(preview.forks.iter().map(|fork| words::fork(fork.kind, &fork.device, fork.seq)));
    if preview.too_new > 0 {
        lines.push(fill(NEWER, &[("n", &preview.too_new.to_string())]));
    }
    if preview.not_understood > 0 {
        lines.push(fill(NOT_UNDERSTOOD, &[("n", &preview.not_understood.to_string())]));
    }
    if !preview.quarantined.is_empty() {
        lines.push(fill(ASIDE, &[("n", &preview.quarantined.len().to_string())]));
        let each = preview.quarantined.iter().map(|one| format!("{}：{}", one.place, words::reason(&one.reason)));
        lines.extend(each.take(SHOWN));
    }
    (!lines.is_empty()).then(|| view! { <div class="why warn"><b>{tr(ATTENTION)}</b>{cut(lines)}</div> }.into_any())
}

/// Where a device of the file stands. The sender may pass on what others wrote.
fn home<'a>(incoming: &'a Incoming, device: &str) -> Option<&'a str> {
    let header = &incoming.bundle.header;
    let own = (header.device == device).then_some(header.campus.as_str());
    let wrote = || incoming.preview.new.iter().rfind(|one| one.event.device == device);
    own.or_else(|| wrote().map(|one| one.event.campus.as_str())).filter(|campus| !campus.is_empty())
}

fn cut(lines: Vec<String>) -> AnyView {
    let more = lines.len().saturating_sub(SHOWN * 2);
    view! {
        <ul class="small">{lines.into_iter().take(SHOWN * 2).map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        {(more > 0).then(|| view! { <p class="small muted">{fill(MORE, &[("n", &more.to_string())])}</p> })}
    }
    .into_any()
}

fn conflicts(app: App, list: &[ComingConflict]) -> Option<AnyView> {
    if list.is_empty() {
        return None;
    }
    let lines = list
        .iter()
        .map(|one| {
            let registers: Vec<String> = one.registers.iter().map(|name| label(app, &one.case, name)).collect();
            fill(CONFLICT, &[("number", &one.number), ("registers", &registers.join("、"))])
        })
        .collect();
    let title = fill(CONFLICTS, &[("n", &list.len().to_string())]);
    Some(view! { <div class="why warn"><b>{title}</b>{cut(lines)}</div> }.into_any())
}

/// A register's name, by the rules of the case or else of any pack that knows it.
pub(super) fn label(app: App, case: &str, register: &str) -> String {
    let library = app.books();
    let own = app.rows.with_untracked(|rows| rows.get(case).and_then(|row| library.of_row(row)));
    let words = library.current();
    let candidates = own.iter().chain(&words);
    let found = candidates.map(|book| register_label(register, &book.pack)).find(|label| label != register);
    found.unwrap_or_else(|| register.to_owned())
}

fn acks(list: &[AckLine]) -> Option<AnyView> {
    if list.is_empty() {
        return None;
    }
    let lines = list
        .iter()
        .map(|line| {
            let text = if line.confirmed { ACK_LINE } else { ACK_BAD };
            let (to, ours) = (line.to.to_string(), line.ours.to_string());
            fill(text, &[("device", &line.device), ("to", &to), ("ours", &ours)])
        })
        .collect();
    Some(view! { <div class="why"><b>{tr(ACK)}</b>{cut(lines)}</div> }.into_any())
}

/// Rules and values, each with a box to tick.
#[component]
pub fn Changes(list: Vec<Change>, chosen: RwSignal<Vec<bool>>) -> impl IntoView {
    let rows = list.into_iter().enumerate().map(|(index, change)| {
        let usable = change.usable();
        let remarks = change.remarks.clone();
        let tick = move |event: leptos::ev::Event| {
            let on = event_target_checked(&event);
            chosen.update(|chosen| {
                if let Some(one) = chosen.get_mut(index) {
                    *one = on;
                }
            });
        };
        view! {
            <li>
                <label class="check">
                    <input type="checkbox" disabled=!usable prop:checked=move || chosen.with(|chosen| chosen.get(index).copied().unwrap_or_default()) on:change=tick/>
                    <span class=if usable { "" } else { "late-text" }>{change_words(&change)}</span>
                </label>
                {(!remarks.is_empty()).then(|| view! {
                    <details class="small"><summary>{fill(REMARKS, &[("n", &remarks.len().to_string())])}</summary>
                        <ul>{remarks.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul></details>
                })}
            </li>
        }
    });
    view! {
        <fieldset class="changes">
            <legend>{tr(CHANGES)}</legend>
            <p class="small muted">{tr(CHANGES_TEXT)}</p>
            <ul class="plain">{rows.collect_view()}</ul>
        </fieldset>
    }
}

/// What adopting an item would do, in words.
pub fn change_words(change: &Change) -> String {
    let title = change.title.as_str();
    let version = |version: &u32| version.to_string();
    match &change.kind {
        ChangeKind::PackNew { version: v } => fill(PACK_NEW, &[("title", title), ("v", &version(v))]),
        ChangeKind::PackNewer { from, to } => {
            fill(PACK_NEWER, &[("title", title), ("from", &version(from)), ("v", &version(to))])
        }
        ChangeKind::PackOlder { version: v, newest } => {
            fill(PACK_OLDER, &[("title", title), ("v", &version(v)), ("newest", &version(newest))])
        }
        ChangeKind::PackReplaced { version: v } => fill(PACK_REPLACED, &[("title", title), ("v", &version(v))]),
        ChangeKind::NoticeNew { year, off, shifts } => notice(NOTICE_NEW, *year, *off, *shifts),
        ChangeKind::NoticeReplaced { year, off, shifts } => notice(NOTICE_REPLACED, *year, *off, *shifts),
        ChangeKind::TimetableNew => fill(TIMETABLE_NEW, &[("title", title)]),
        ChangeKind::TimetableReplaced => fill(TIMETABLE_REPLACED, &[("title", title)]),
        ChangeKind::Parameters(list) => {
            let blank = |text: &str| if text.is_empty() { tr(NO_VALUE).to_owned() } else { text.to_owned() };
            let each: Vec<String> =
                list.iter().map(|(key, old, new)| format!("{key} {} → {}", blank(old), blank(new))).collect();
            fill(PARAMETERS, &[("n", &list.len().to_string()), ("list", &each.join("；"))])
        }
        ChangeKind::Broken(what) => fill(BROKEN, &[("title", title), ("what", what)]),
    }
}

fn notice(text: crate::i18n::T, year: i32, off: usize, shifts: usize) -> String {
    fill(text, &[("year", &year.to_string()), ("off", &off.to_string()), ("shifts", &shifts.to_string())])
}
