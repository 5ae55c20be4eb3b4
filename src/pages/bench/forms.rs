//! A section of the draft: its entries to search and choose from, and the form of the chosen one.
//! Must not know what a field means; forms are made from the tables of `parts`.

use leptos::prelude::*;
use serde_json::Value;
use shouwen_core::register::folded;

use super::Bench;
use super::controls::{button, dom, field};
use super::desk::Desk;
use super::parts::{Section, blank, lists, name};
use super::tree::{free_id, parent, said};
use crate::i18n::{bench as words, common, fill, tr};

/// Entries drawn at most; searching finds the others.
const SHOWN: usize = 250;

/// One line of the list.
#[derive(Clone, PartialEq)]
struct Line {
    pointer: String,
    name: String,
    sub: String,
    /// Problems inside: fatal, others.
    problems: (usize, usize),
}

pub fn section(bench: Bench, section: &'static Section) -> AnyView {
    let head = section.list.is_empty();
    let body = if head {
        view! { <div class="card bench-form">{drawn(bench, section)}</div> }.into_any()
    } else {
        view! {
            <div class="bench-two" class:chosen=move || bench.open.with(|open| !open.is_empty())>
                <div class="bench-side">{entries(bench, section)}</div>
                <div class="card bench-form">{drawn(bench, section)}</div>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="bench-section" aria-label=tr(section.title)>
            <h2 tabindex="-1" id="bench-title">{tr(section.title)}</h2>
            <p class="muted small bench-lead">{tr(section.lead)}</p>
            {body}
        </section>
    }
    .into_any()
}

/// The lines of a section that the query finds.
fn lines(bench: Bench, section: &Section, query: &str) -> Vec<Line> {
    let problems = bench.desk.problems.get();
    let wanted: Vec<String> = query.split_whitespace().map(folded).collect();
    bench.desk.with(|tree| {
        let mut found = Vec::new();
        for list in lists(section, tree) {
            let above = tree.pointer(parent(&list).0).and_then(|axis| said(&axis["label"]));
            for (index, entry) in tree.pointer(&list).and_then(Value::as_array).into_iter().flatten().enumerate() {
                let text = if wanted.is_empty() { String::new() } else { folded(&entry.to_string()) };
                if !wanted.iter().all(|word| text.contains(word)) {
                    continue;
                }
                let pointer = format!("{list}/{index}");
                let inside = |path: &str| {
                    let at = super::tree::pointer(path);
                    at == pointer || at.strip_prefix(&pointer).is_some_and(|rest| rest.starts_with('/'))
                };
                let of_entry = problems.iter().filter(|one| inside(&one.path));
                let (fatal, others): (Vec<_>, Vec<_>) = of_entry.partition(|one| one.fatal);
                let sub = super::diff::gist(tree, section.list, entry, above.as_deref());
                found.push(Line { pointer, name: name(entry), sub, problems: (fatal.len(), others.len()) });
            }
        }
        found
    })
}

/// Entries of all sections that the query of the bench finds.
pub fn found(bench: Bench) -> AnyView {
    let results = move || {
        let query = bench.query.get();
        let all: Vec<(&'static Section, Line)> = super::SECTIONS
            .iter()
            .filter(|section| !section.list.is_empty() && !query.trim().is_empty())
            .flat_map(|section| lines(bench, section, &query).into_iter().map(move |line| (section, line)))
            .collect();
        let count = fill(words::FOUND_N, &[("n", &all.len().to_string())]);
        let rows: Vec<AnyView> = all
            .into_iter()
            .take(SHOWN)
            .map(|(section, line)| {
                let Line { pointer, name, sub, .. } = line;
                view! {
                    <li><button type="button" class="bench-line" on:click=move |_| bench.go_to(&pointer)>
                        <span class="bench-name">{name}" "<span class="chip">{tr(section.title)}</span></span>
                        <span class="small muted">{sub}</span></button></li>
                }
                .into_any()
            })
            .collect();
        view! { <p class="small muted num" role="status">{count}</p><ul class="bench-list">{rows}</ul> }
    };
    view! {
        <section aria-label=tr(words::FIND_TITLE)>
            <h2 tabindex="-1" id="bench-title">{tr(words::FIND_TITLE)}</h2>
            {results}
        </section>
    }
    .into_any()
}

fn entries(bench: Bench, section: &'static Section) -> AnyView {
    let query = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        bench.desk.shape.track();
        lines(bench, section, &query.get())
    });
    let rows = move || {
        let found = found.get();
        let more = found.len().saturating_sub(SHOWN);
        let rows: Vec<AnyView> = found.into_iter().take(SHOWN).map(|line| row(bench, line)).collect();
        view! {
            <ul class="bench-list">{rows}</ul>
            {(more > 0).then(|| view! { <p class="small muted">{fill(words::MORE_LINES, &[("n", &more.to_string())])}</p> })}
        }
    };
    let none = move || {
        found.with(Vec::is_empty).then(|| {
            let text = if query.with(|query| query.trim().is_empty()) { words::NO_LINES } else { words::NO_HITS };
            view! { <p class="small muted bench-none">{tr(text)}</p> }
        })
    };
    view! {
        <div class="bench-find">
            <label class="visually-hidden" for="bench-search">{tr(words::SEARCH)}</label>
            <input type="search" id="bench-search" autocomplete="off" maxlength="60" placeholder=tr(words::SEARCH)
                on:input=move |event| query.set(event_target_value(&event))/>
            <button type="button" class="primary" id="bench-add" on:click=move |_| add(bench, section)>"+ "{tr(words::ADD)}</button>
        </div>
        {rows}{none}
    }
    .into_any()
}

fn row(bench: Bench, line: Line) -> AnyView {
    let Line { pointer, name, sub, problems: (fatal, others) } = line;
    let here = pointer.clone();
    let current = move || bench.open.with(|open| *open == here).then_some("true");
    let name = if name.is_empty() { tr(words::UNNAMED).to_owned() } else { name };
    view! {
        <li><button type="button" class="bench-line" data-entry=pointer.clone() aria-current=current
            on:click=move |_| bench.open_entry(&pointer)>
            <span class="bench-name">{name}
                {(fatal > 0).then(|| view! { " "<span class="chip late">{fill(words::N_FATAL, &[("n", &fatal.to_string())])}</span> })}
                {(others > 0).then(|| view! { " "<span class="chip soon">{fill(words::N_REMARKS, &[("n", &others.to_string())])}</span> })}
            </span>
            <span class="small muted">{sub}</span>
        </button></li>
    }
    .into_any()
}

/// The list that a new entry goes to: that of the open one, else the first.
fn target(bench: Bench, section: &Section) -> Option<String> {
    let lists = bench.desk.with(|tree| lists(section, tree));
    let open = bench.open.get_untracked();
    let own = parent(&open).0.to_owned();
    if lists.contains(&own) { Some(own) } else { lists.into_iter().next() }
}

fn add(bench: Bench, section: &Section) {
    let entry = bench.desk.with(|tree| blank(section.list, tree));
    if let Some(list) = target(bench, section) {
        insert(bench, section.prefix, &list, entry, None);
    }
}

/// Puts an entry with a new id into a list, after `place` or at the end, and opens it.
fn insert(bench: Bench, prefix: &str, list: &str, mut entry: Value, place: Option<usize>) {
    let desk = bench.desk;
    let now = desk.get(list);
    // Ids of the version in force stay taken, too: cases remember them.
    let known = bench.origin.with_value(|origin| origin.pointer(list).cloned().unwrap_or_default());
    entry["id"] = Value::from(free_id(prefix, &[&now, &known]));
    let at = place.map_or(now.as_array().map_or(0, Vec::len), |place| place + 1);
    desk.list(list, |list| list.insert(at.min(list.len()), entry));
    bench.open_entry(&format!("{list}/{at}"));
}

fn copy(bench: Bench, prefix: &str, pointer: &str) {
    let (list, place) = parent(pointer);
    let mut entry = bench.desk.get(pointer);
    for key in ["label", "title", "trigger", "why", "say", "question"] {
        if let Some(zh) = entry[key]["zh"].as_str() {
            entry[key]["zh"] = Value::from(format!("{zh}{}", words::COPY_MARK.zh));
            break;
        }
    }
    insert(bench, prefix, list, entry, place.parse().ok());
}

fn delete(bench: Bench, pointer: &str) {
    let (list, place) = parent(pointer);
    let Ok(place) = place.parse::<usize>() else { return };
    let gone = name(&bench.desk.get(pointer));
    bench.open.set(String::new());
    bench.desk.list(list, |list| {
        if place < list.len() {
            list.remove(place);
        }
    });
    bench.told.set(fill(words::DELETED, &[("x", &gone)]));
    super::focus_soon("bench-undo");
}

/// The form of the open entry; drawn anew when entries came or went.
fn drawn(bench: Bench, section: &'static Section) -> AnyView {
    (move || {
        bench.desk.shape.track();
        let open = bench.open.get();
        if section.list.is_empty() {
            return form(bench.desk, section, String::new());
        }
        if open.is_empty() || bench.desk.get(&open).is_null() {
            return view! { <p class="muted bench-none">{tr(words::CHOOSE_LINE)}</p> }.into_any();
        }
        let id = bench.desk.get(&format!("{open}/id")).as_str().unwrap_or_default().to_owned();
        let (copied, deleted) = (open.clone(), open.clone());
        view! {
            <div class="bench-form-head">
                <button type="button" class="quiet bench-back" on:click=move |_| bench.open.set(String::new())>"← "{tr(common::BACK)}</button>
                <span class="small muted">{fill(words::ROW, &[("id", &id)])}</span><span class="sp"></span>
                {button("quiet", "bench-copy", words::COPY, Box::new(move || copy(bench, section.prefix, &copied)))}
                {button("quiet", "bench-delete", words::DELETE, Box::new(move || delete(bench, &deleted)))}
            </div>
            {form(bench.desk, section, open)}
        }
        .into_any()
    })
    .into_any()
}

fn form(desk: Desk, section: &'static Section, entry: String) -> AnyView {
    let fields = |more: bool| -> Vec<AnyView> {
        section.parts.iter().filter(|part| part.more == more).map(|part| field(desk, &entry, part)).collect()
    };
    let seldom = fields(true);
    let extra = match section.list {
        "lexicons" => Some(super::trial::tester(desk, format!("{entry}/words"))),
        _ => None,
    };
    view! {
        <div id=dom(&entry) tabindex="-1" class="bench-fields">
            {fields(false)}
            {extra}
            {(!seldom.is_empty()).then(|| view! { <details class="bench-more"><summary>{tr(words::MORE)}</summary>{seldom}</details> })}
        </div>
    }
    .into_any()
}
