//! The problems of a draft in plain words, each with a way to its place.
//! Must not check anything itself; `core::pack` does.

use leptos::prelude::*;
use serde_json::Value;
use shouwen_core::pack::Problem;

use super::Bench;
use super::diff::list_name;
use super::parts::{entry_of, name, section};
use super::tree::pointer;
use crate::i18n::{bench as words, fill, tr};

/// Problems shown at most.
const SHOWN: usize = 100;

pub fn page(bench: Bench) -> AnyView {
    let desk = bench.desk;
    // What was typed a moment ago is looked at, too.
    desk.check();
    view! {
        <section aria-label=tr(words::CHECK)>
            <h2 tabindex="-1" id="bench-title">{tr(words::CHECK)}</h2>
            <p class="muted small bench-lead">{tr(words::CHECK_LEAD)}</p>
            <div id="bench-problems">{move || {
                let problems = desk.problems.get();
                if problems.is_empty() {
                    return view! { <p class="banner calm" role="status">{tr(words::CLEAN)}</p> }.into_any();
                }
                let fatal = problems.iter().filter(|one| one.fatal).count();
                let summary = fill(words::PROBLEMS_N, &[("fatal", &fatal.to_string()), ("other", &(problems.len() - fatal).to_string())]);
                desk.with(|tree| view! { <p role="status">{summary}</p>{list(&problems, tree, Some(bench))} }.into_any())
            }}</div>
        </section>
    }
    .into_any()
}

/// Problems with their places; with a bench, each place is a button that opens it.
pub fn list(problems: &[Problem], tree: &Value, bench: Option<Bench>) -> AnyView {
    let rows = |fatal: bool| -> Vec<AnyView> {
        problems.iter().filter(|one| one.fatal == fatal).take(SHOWN).map(|one| row(one, tree, bench)).collect()
    };
    let (grave, light) = (rows(true), rows(false));
    view! {
        {(!grave.is_empty()).then(|| view! { <h3 class="late-text">{tr(words::FATAL)}</h3><ul class="bench-problems">{grave}</ul> })}
        {(!light.is_empty()).then(|| view! { <h3>{tr(words::REMARKS)}</h3><ul class="bench-problems">{light}</ul> })}
    }
    .into_any()
}

fn row(problem: &Problem, tree: &Value, bench: Option<Bench>) -> AnyView {
    let at = pointer(&problem.path);
    let place = place_words(tree, &at);
    let head = |key: &str| section("").is_some_and(|head| head.parts.iter().any(|part| part.key == key));
    // Steps and the like have no form here: the place is only named.
    let editable = !entry_of(&at).0.is_empty() || at.split('/').nth(1).is_some_and(head);
    let place = match bench.filter(|_| editable) {
        Some(bench) => {
            view! { <button type="button" class="quiet bench-place" on:click=move |_| bench.go_to(&at)>{place}</button> }.into_any()
        }
        None => view! { <b>{place}</b> }.into_any(),
    };
    view! {
        <li data-code=problem.code>{place}" "<span>{sentence(problem)}</span>" "
            <span class="small muted bench-code">{problem.code}" "{problem.path.clone()}</span></li>
    }
    .into_any()
}

/// Where a pointer leads, as people know it: list, entry, field.
pub fn place_words(tree: &Value, at: &str) -> String {
    let (list, entry) = entry_of(at);
    let first = at.split('/').nth(1).unwrap_or_default();
    if entry.is_empty() {
        // The head, or a list that has no form here.
        let known = section("").and_then(|head| head.parts.iter().find(|part| part.key == first));
        let index = at.split('/').nth(2).and_then(|index| index.parse::<usize>().ok());
        let inside = index.map(|index| name(&tree[first][index])).filter(|name| !name.is_empty());
        return match (known, inside) {
            (Some(part), _) => format!("{} · {}", list_name(""), tr(part.label)),
            (None, Some(inside)) => fill(words::D_AT, &[("list", list_name(first)), ("x", &inside)]),
            (None, None) if first.is_empty() => tr(words::WHOLE).to_owned(),
            (None, None) => list_name(first).to_owned(),
        };
    }
    let mut entry_name = tree.pointer(&entry).map(name).unwrap_or_default();
    if entry_name.is_empty() {
        entry_name = tr(words::UNNAMED).to_owned();
    }
    let key = at.strip_prefix(&entry).and_then(|rest| rest.split('/').nth(1)).unwrap_or_default();
    let field = section(list).and_then(|section| section.parts.iter().find(|part| part.key == key));
    let field = field.map(|part| format!(" · {}", tr(part.label))).unwrap_or_default();
    format!("{}「{entry_name}」{field}", list_name(list))
}

/// A problem as a sentence.
pub fn sentence(problem: &Problem) -> String {
    // What the check names stands in quotation marks.
    let named: Vec<&str> = problem.message.split('“').skip(1).filter_map(|rest| rest.split('”').next()).collect();
    let first = named.first().copied().unwrap_or_default();
    let second = named.get(1).copied().unwrap_or_default();
    let read = words::READER.iter().find(|(begins, _)| problem.code == "parse" && problem.message.starts_with(begins));
    if let Some((_, text)) = read {
        let key = problem.message.split('`').nth(1).unwrap_or_default();
        let key = words::KEYS.iter().find(|(known, _)| *known == key).map_or(key, |(_, label)| tr(*label));
        return fill(*text, &[("x", key), ("what", &problem.message)]);
    }
    match words::PROBLEMS.iter().find(|(code, _)| *code == problem.code) {
        Some((_, text)) => fill(*text, &[("x", first), ("y", second), ("what", &problem.message)]),
        None => problem.message.clone(),
    }
}
