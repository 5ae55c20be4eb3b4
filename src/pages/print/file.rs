//! The whole case file 案卷: everything that the log holds, in an order that a stranger can follow.
//! Must leave nothing out: withdrawn entries are marked, not dropped.

use shouwen_core::order::Gather as _;
use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::case::{Anomaly, Body, CLASS, Entry, Event, FIELD, FOUND, Register, Status};
use shouwen_core::clock::Run;

use super::words::{joint, pair};
use super::{Paper, foot, head, limits};
use crate::files;
use crate::i18n::{case as texts, common, fill, say, time, tr};
use crate::state::App;

/// Pictures that are safe and useful to show; everything else is only listed.
const PICTURES: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/// The whole sheet.
pub fn view(paper: &Paper) -> AnyView {
    view! {
        <article class="paper" id="paper">
            {head(paper, tr(TITLE).to_owned())}
            <section><h2>{tr(BASICS)}</h2>{basics(paper)}</section>
            {watch(paper)}
            <section><h2>{tr(texts::FACTS)}</h2>{facts(paper)}</section>
            <section><h2>{tr(texts::KINDS)}</h2>{decisions(paper)}</section>
            <section><h2>{tr(texts::CLOCKS)}</h2>{all_limits(paper)}</section>
            <section><h2>{tr(texts::LOG)}</h2>{timeline(paper)}</section>
            {attachments(paper)}
            {foot(paper, "")}
        </article>
    }
    .into_any()
}

fn line(label: String, value: String) -> AnyView {
    view! { <tr><th scope="row">{label}</th><td>{value}</td></tr> }.into_any()
}

fn basics(paper: &Paper) -> AnyView {
    let case = &paper.case;
    let status = tr(match case.status() {
        Status::Open => common::STATUS_OPEN,
        Status::Closed => common::STATUS_CLOSED,
        Status::Void => common::STATUS_VOID,
    });
    let rules: Vec<String> = case
        .packs()
        .iter()
        .map(|reference| {
            let title = paper.library.get(reference).map_or_else(|| reference.id.clone(), |book| say(&book.pack.title));
            fill(super::RULES, &[("title", &title), ("version", &reference.version.to_string())])
        })
        .collect();
    let people: BTreeSet<String> = case
        .entries
        .iter()
        .map(|entry| {
            let event = &entry.event;
            format!("{}（{}，{}）", event.actor, paper.books.role_label(&event.role), event.campus)
        })
        .gather();
    let people: Vec<String> = people.into_iter().collect();
    view! {
        <table><tbody>
            {line(tr(super::STATE).to_owned(), status.to_owned())}
            {line(tr(FIRST_ASKED).to_owned(), case.opened_by.clone())}
            {line(tr(common::PACKS).to_owned(), rules.join(joint()))}
            {line(tr(PEOPLE).to_owned(), people.join(joint()))}
            {line(tr(CASE_ID).to_owned(), case.id.clone())}
        </tbody></table>
    }
    .into_any()
}

/// Conflicts and anomalies come before the content that they put in doubt.
fn watch(paper: &Paper) -> AnyView {
    let conflicts =
        paper.case.registers.iter().filter(|(_, register)| register.in_conflict()).map(|(name, register)| {
            pair(
                &format!("{} · {}", tr(common::CONFLICT), paper.books.register_label(name)),
                &sides(paper, name, register),
            )
        });
    let lines: Vec<String> = conflicts.chain(paper.case.anomalies.iter().map(|one| anomaly(paper, one))).collect();
    if lines.is_empty() {
        return ().into_any();
    }
    view! {
        <section><h2>{tr(texts::ANOMALIES)}</h2>
            <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn sides(paper: &Paper, name: &str, register: &Register) -> String {
    let side = |head: &shouwen_core::case::Head| {
        let by = fill(texts::BY_AT, &[("who", &head.by), ("campus", &head.campus), ("at", &time::exact(head.at))]);
        format!("{} — {by}", paper.books.register_value(name, &head.value))
    };
    register.heads.iter().map(side).collect::<Vec<_>>().join(" ／ ")
}

fn anomaly(paper: &Paper, anomaly: &Anomaly) -> String {
    let (text, event) = match anomaly {
        Anomaly::NoOpening => (texts::A_NO_OPENING, None),
        Anomaly::OpenedTwice { event } => (texts::A_TWICE, Some(event)),
        Anomaly::NotUnderstood { event, .. } => (texts::A_NEWER, Some(event)),
        Anomaly::BeforeReceipt { event } => (texts::A_BEFORE, Some(event)),
        Anomaly::AfterClosing { event } => (texts::A_AFTER, Some(event)),
        Anomaly::ClockDrift { event } => (texts::A_DRIFT, Some(event)),
    };
    let entry = event.and_then(|id| paper.case.entries.iter().find(|entry| entry.event.id == *id));
    let place = entry.map(|entry| format!(" [{} {}]", time::exact(entry.event.at), paper.books.entry_title(entry)));
    format!("{}{}", fill(text, &[("n", "1")]), place.unwrap_or_default())
}

/// All answers: in the pack's order, then those that no pack of this device knows.
fn facts(paper: &Paper) -> AnyView {
    let known: Vec<&str> = ["channel"]
        .into_iter()
        .chain(paper.books.packs().flat_map(|pack| &pack.fields).map(|field| field.id.as_str()))
        .collect();
    let others =
        paper.case.registers.keys().filter_map(|name| name.strip_prefix(FIELD)).filter(|id| !known.contains(id));
    let mut seen = BTreeSet::new();
    let rows = known
        .iter()
        .copied()
        .chain(others)
        .filter(|id| seen.insert(*id))
        .filter_map(|id| {
            let register = paper.case.registers.get(&format!("{FIELD}{id}"))?;
            let words = if register.in_conflict() {
                sides(paper, &format!("{FIELD}{id}"), register)
            } else {
                paper.books.field_value(id, register.value()?)
            };
            (!words.is_empty()).then(|| line(paper.books.field_label(id), words))
        })
        .collect_view();
    view! { <table><tbody>{rows}</tbody></table> }.into_any()
}

/// Classes and findings as they stand, each with who decided, why, and what the program had suggested.
fn decisions(paper: &Paper) -> AnyView {
    let rows: Vec<AnyView> = paper
        .case
        .registers
        .iter()
        .filter(|(name, _)| name.starts_with(CLASS) || name.starts_with(FOUND))
        .flat_map(|(name, register)| register.heads.iter().map(move |head| (name, head)))
        .map(|(name, head)| {
            let entry = paper.case.entries.iter().find(|entry| entry.event.id == head.event);
            let why = entry.map(|entry| paper.books.entry_lines(entry, &paper.case)).unwrap_or_default();
            let by = fill(texts::BY_AT, &[("who", &head.by), ("campus", &head.campus), ("at", &time::exact(head.at))]);
            view! {
                <tr>
                    <th scope="row">{paper.books.register_label(name)}</th>
                    <td><b>{paper.books.register_value(name, &head.value)}</b></td>
                    <td>{why.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}</td>
                    <td class="num">{by}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    if rows.is_empty() {
        return view! { <p>{tr(NOTHING_DECIDED)}</p> }.into_any();
    }
    view! {
        <table>
            <thead><tr><th>{tr(AXIS)}</th><th>{tr(DECIDED)}</th><th>{tr(WHY)}</th><th>{tr(BY)}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn all_limits(paper: &Paper) -> AnyView {
    let runs: Vec<&Run> = paper.runs.iter().collect();
    if runs.is_empty() { view! { <p>{tr(texts::CLOCKS_NONE)}</p> }.into_any() } else { limits(paper, &runs, true) }
}

fn timeline(paper: &Paper) -> AnyView {
    let rows = paper.case.entries.iter().map(|entry| entry_row(paper, entry)).collect_view();
    view! {
        <table class="limits">
            <thead><tr><th>{tr(common::WHEN)}</th><th>{tr(common::WHO)}</th><th>{tr(CONTENT)}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn entry_row(paper: &Paper, entry: &Entry) -> AnyView {
    let event = &entry.event;
    let lines = paper.books.entry_lines(entry, &paper.case);
    let title = paper.books.entry_title(entry);
    let withdrawn = entry.voided_by.as_ref().map(|by| {
        let by = paper.case.entries.iter().find(|one| one.event.id == *by);
        let by = by.map(|by| format!("{} {}", by.event.actor, time::exact(by.event.recorded_at))).unwrap_or_default();
        format!("【{} {by}】", tr(texts::WITHDRAWN))
    });
    let late = (event.recorded_at - event.at).num_minutes().abs() >= 1;
    let class = if withdrawn.is_some() { "void" } else { "" };
    view! {
        <tr class=class>
            <td class="num">
                {time::exact(event.at)}
                {late.then(|| view! { <br/><small>{fill(texts::RECORDED_AT, &[("at", &time::exact(event.recorded_at))])}</small> })}
            </td>
            <td>{event.actor.clone()}<br/><small>{paper.books.role_label(&event.role)}" · "{event.campus.clone()}</small></td>
            <td><b>{title}</b>" "{withdrawn}{lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}</td>
        </tr>
    }
    .into_any()
}

/// One attachment of the log.
struct File<'a> {
    event: &'a Event,
    sha256: &'a str,
    name: &'a str,
    mime: &'a str,
    size: u64,
    note: &'a str,
}

fn attachments(paper: &Paper) -> AnyView {
    let files: Vec<File> = paper
        .case
        .in_force()
        .filter_map(|(event, body)| match body {
            Body::Attached { sha256, name, mime, size, note } => {
                Some(File { event, sha256, name, mime, size: *size, note })
            }
            _ => None,
        })
        .collect();
    if files.is_empty() {
        return ().into_any();
    }
    let rows = files
        .iter()
        .enumerate()
        .map(|(n, file)| {
            let digest: String = file.sha256.chars().take(16).collect();
            view! {
                <tr>
                    <td class="num">{n + 1}</td>
                    <td>{file.name}{(!file.note.is_empty()).then(|| view! { <p>{file.note}</p> })}</td>
                    <td class="num">{fill(KILOBYTES, &[("n", &file.size.div_ceil(1024).to_string())])}</td>
                    <td class="num digest">{digest}</td>
                    <td class="num">{file.event.actor.clone()}" "{time::exact(file.event.at)}</td>
                </tr>
            }
        })
        .collect_view();
    let pictures = files
        .iter()
        .enumerate()
        .filter(|(_, file)| PICTURES.contains(&file.mime))
        .map(|(n, file)| picture(paper.app, n + 1, file))
        .collect_view();
    view! {
        <section><h2>{tr(texts::FILES)}</h2>
            <table>
                <thead><tr><th>"#"</th><th>{tr(FILE_NAME)}</th><th>{tr(SIZE)}</th><th>{tr(DIGEST)}</th><th>{tr(BY)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <div class="pictures">{pictures}</div>
        </section>
    }
    .into_any()
}

/// A photo, read from the store when the page stands.
fn picture(app: App, number: usize, file: &File) -> AnyView {
    let url = RwSignal::new(None::<Result<String, ()>>);
    let (sha256, mime) = (file.sha256.to_owned(), file.mime.to_owned());
    spawn_local(async move {
        let blob = app.store().blob(&sha256).await.ok().flatten();
        let made = blob.and_then(|blob| files::object_url(&mime, &blob.bytes));
        if let Some(made) = url.try_set(Some(made.ok_or(()))).flatten().and_then(Result::ok) {
            // The page was left meanwhile.
            let _ = web_sys::Url::revoke_object_url(&made);
        }
    });
    on_cleanup(move || {
        if let Some(Some(Ok(made))) = url.try_get_untracked() {
            let _ = web_sys::Url::revoke_object_url(&made);
        }
    });
    let name = file.name.to_owned();
    view! {
        <figure>
            {move || match url.get() {
                None => view! { <p>{tr(common::LOADING)}</p> }.into_any(),
                Some(Ok(src)) => view! { <img src=src alt=name.clone()/> }.into_any(),
                Some(Err(())) => view! { <p>{tr(texts::FILE_MISSING)}</p> }.into_any(),
            }}
            <figcaption>{format!("{number}. {}", file.name)}</figcaption>
        </figure>
    }
    .into_any()
}

crate::texts! {
    TITLE = "投诉案卷" | "Case file";
    BASICS = "基本情况" | "Overview";
    FIRST_ASKED = "首问（登记人）" | "First asked (registered by)";
    PEOPLE = "经办人" | "People involved";
    CASE_ID = "案件标识" | "Case id";
    AXIS = "项目" | "Item";
    DECIDED = "结论" | "Decision";
    WHY = "依据" | "Grounds";
    BY = "认定人、时间" | "By, time";
    NOTHING_DECIDED = "尚未有人确认类别或作出认定。" | "Nobody has decided a class or a finding yet.";
    CONTENT = "内容" | "Content";
    FILE_NAME = "名称" | "Name";
    SIZE = "大小" | "Size";
    DIGEST = "校验码（SHA-256 前 16 位）" | "SHA-256, first 16";
    KILOBYTES = "{n} KB" | "{n} KB";
}
