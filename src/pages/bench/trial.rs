//! Trying a draft: a complaint under the draft and under the version in force, side by side; and words in a text.
//! Must not register anything.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde_json::Value;
use shouwen_core::case::{Actor, Body, Case, Draft, preview};
use shouwen_core::classify::{AxisResult, Classification, Classifier, Input};
use shouwen_core::clock::{World, runs};
use shouwen_core::order::Gather as _;
use shouwen_core::pack::Pack;
use shouwen_core::time::Civil;

use super::Bench;
use super::controls::select;
use super::desk::Desk;
use super::tree::parent;
use crate::components::Reasons;
use crate::i18n::{bench as words, clocks, fill, say, time, tr};
use crate::pages::case::marked;
use crate::pages::packs::joint;

/// The words of one lexicon in a text that somebody pastes.
pub fn tester(desk: Desk, at: String) -> AnyView {
    let text = RwSignal::new(String::new());
    let entry = parent(&at).0.to_owned();
    let id = format!("b{entry}/try");
    let shown = move || {
        let reading = desk.reading.get()?;
        let text = text.get();
        let lexicon = desk.get(&format!("{entry}/id"));
        let marks: Vec<_> = reading
            .classifier
            .marks(&text)
            .into_iter()
            .filter(|mark| Some(mark.lexicon.as_str()) == lexicon.as_str())
            .collect();
        (!text.trim().is_empty()).then(|| {
            let count = marks.iter().filter(|mark| !mark.negated).count();
            view! {
                <p class="pre bench-tested">{marked(&text, &marks)}</p>
                <p class="small muted" role="status">{fill(words::TESTED, &[("n", &count.to_string()), ("no", &(marks.len() - count).to_string())])}</p>
            }
        })
    };
    view! {
        <div class="field">
            <label for=id.clone()>{tr(words::TEST_WORDS)}</label>
            <textarea id=id rows="2" maxlength="2000" placeholder=tr(words::TEST_HINT) on:input=move |event| text.set(event_target_value(&event))></textarea>
            {shown}
        </div>
    }
    .into_any()
}

pub fn page(bench: Bench) -> AnyView {
    let desk = bench.desk;
    desk.check();
    let typed = bench.text;
    let columns = move || {
        let text = typed.get();
        if text.trim().is_empty() {
            return view! { <p class="muted bench-none">{tr(words::TRY_EMPTY)}</p> }.into_any();
        }
        let library = desk.app.library.get();
        let assumed = bench.assumed.get();
        let draft = desk.reading.get();
        let draft =
            draft.as_ref().map(|one| column(bench, &one.pack, &one.classifier, &text, &assumed, &library.world));
        let book = desk.in_force();
        let force =
            book.as_ref().map(|book| column(bench, &book.pack, book.classifier(), &text, &assumed, &library.world));
        let version = book.map(|book| book.pack.version.to_string()).unwrap_or_default();
        let left = draft.as_ref().map(|one| show(one, force.as_ref(), tr(words::DRAFT_COLUMN).to_owned()));
        let right =
            force.as_ref().map(|one| show(one, draft.as_ref(), fill(words::FORCE_COLUMN, &[("version", &version)])));
        view! { <div class="bench-columns">{left}{right}</div> }.into_any()
    };
    view! {
        <section aria-label=tr(words::TRY)>
            <h2 tabindex="-1" id="bench-title">{tr(words::TRY)}</h2>
            <p class="muted small bench-lead">{tr(words::TRY_LEAD)}</p>
            <div class="field">
                <label for="bench-try">{tr(words::TRY_TEXT)}</label>
                <textarea id="bench-try" rows="3" maxlength="5000" prop:value=typed on:input=move |event| typed.set(event_target_value(&event))></textarea>
            </div>
            {assumptions(bench)}
            {columns}
        </section>
    }
    .into_any()
}

/// Classes that a person would decide otherwise, or that the text does not tell.
fn assumptions(bench: Bench) -> AnyView {
    let Some(reading) = bench.desk.reading.get_untracked() else { return ().into_any() };
    let axes = reading.pack.axes.iter().filter(|axis| axis.required && !axis.many);
    let boxes: Vec<AnyView> = axes
        .map(|axis| {
            let id = format!("bench-assume-{}", axis.id);
            let mut options = vec![(String::new(), tr(words::AS_SUGGESTED).to_owned())];
            options.extend(axis.classes.iter().map(|class| (class.id.clone(), say(&class.label))));
            let axis_id = axis.id.clone();
            let now = bench.assumed.with_untracked(|map| map.get(&axis.id).cloned().unwrap_or_default());
            let put = move |class: String| {
                bench.assumed.update(|map| {
                    map.insert(axis_id.clone(), class);
                });
            };
            let control = select(id.clone(), options, &now, Box::new(put));
            view! { <div class="field"><label class="small" for=id>{say(&axis.label)}</label>{control}</div> }
                .into_any()
        })
        .collect();
    view! { <details class="bench-assume"><summary>{tr(words::ASSUME)}</summary><div class="fields">{boxes}</div></details> }
        .into_any()
}

/// What one version makes of the text.
struct Column {
    pack: StoredValue<Pack>,
    all: Signal<Option<Classification>>,
    /// Axis, its name, what is suggested, the whole result.
    axes: Vec<(String, String, AxisResult)>,
    /// Clock, its limit, its due time.
    clocks: Vec<(String, String, String)>,
}

fn column(
    bench: Bench,
    pack: &Pack,
    classifier: &Classifier,
    text: &str,
    assumed: &BTreeMap<String, String>,
    world: &World,
) -> Column {
    let facts = BTreeMap::new();
    let result = classifier.classify(pack, &Input { text, facts: &facts, repeats: 0 });
    let axes = result
        .axes
        .iter()
        .filter_map(|one| Some((one, pack.axis(&one.axis)?)))
        .map(|(one, axis)| {
            let known = one.suggested.iter().filter_map(|id| axis.class(id));
            let names: Vec<String> = known.map(|class| say(&class.label)).collect();
            let words = match names.is_empty() {
                true if one.ask => fill(words::ASKS, &[("question", &say(&axis.question))]),
                true => tr(words::NO_CLASS).to_owned(),
                false if one.many => names.join(joint()),
                false => format!("{} {}%", names.join(""), one.percent),
            };
            (say(&axis.label), words, one.clone())
        })
        .collect();
    let clocks = started(bench, pack, &result, text, assumed, world);
    Column { pack: StoredValue::new(pack.clone()), all: Signal::stored(Some(result)), axes, clocks }
}

/// A column; what the other one says differently is marked.
fn show(column: &Column, other: Option<&Column>, title: String) -> AnyView {
    let axes: Vec<AnyView> = column
        .axes
        .iter()
        .map(|(label, words, result)| {
            let differs = other.is_some_and(|other| {
                !other.axes.iter().any(|(_, said, theirs)| theirs.axis == result.axis && said == words)
            });
            let class = if differs { "bench-differs" } else { "" };
            view! { <dt>{label.clone()}</dt><dd class=class>{words.clone()}<Reasons result=result.clone() all=column.all pack=column.pack/></dd> }
                .into_any()
        })
        .collect();
    let clocks: Vec<AnyView> = column
        .clocks
        .iter()
        .map(|clock| {
            let differs = other.is_some_and(|other| !other.clocks.contains(clock));
            let class = if differs { "bench-differs" } else { "" };
            let (label, limit, due) = clock.clone();
            view! { <li class=class><b>{label}</b>" "<span class="chip num">{limit}</span>" "<span class="num">{due}</span></li> }
                .into_any()
        })
        .collect();
    let none = clocks.is_empty().then(|| view! { <p class="muted small">{tr(words::NONE_START)}</p> });
    view! {
        <div class="card">
            <h3>{title}</h3>
            <dl class="facts">{axes}</dl>
            <h3 class="gap-top">{tr(words::WOULD_START)}</h3>
            <ul class="bench-clocks">{clocks}</ul>{none}
        </div>
    }
    .into_any()
}

/// The case as it would be if the complaint came in now and people took every suggestion, or decided as assumed.
fn supposed(
    pack: &Pack,
    result: &Classification,
    text: &str,
    assumed: &BTreeMap<String, String>,
    now: Civil,
    actor: &Actor,
) -> Option<Case> {
    let draft = |body| Draft { case: "try".to_owned(), at: now, body, base: Vec::new() };
    let values = [("text".to_owned(), Value::from(text))].into_iter().gather();
    let opened =
        Body::Opened { number: String::new(), packs: vec![pack.reference()], events: vec!["received".to_owned()] };
    let mut drafts = vec![draft(opened), draft(Body::Set { values, reason: String::new() })];
    for one in &result.axes {
        let Some(axis) = pack.axis(&one.axis) else { continue };
        let chosen = assumed.get(&one.axis).filter(|class| axis.class(class).is_some());
        let classes = chosen.map_or_else(|| one.suggested.clone(), |class| vec![class.clone()]);
        if classes.is_empty() {
            continue;
        }
        drafts.push(draft(Body::Classified {
            axis: one.axis.clone(),
            classes,
            suggested: None,
            reason: String::new(),
            second: String::new(),
            events: if axis.required { vec!["class_set".to_owned()] } else { Vec::new() },
        }));
    }
    preview(&drafts, actor)
}

fn started(
    bench: Bench,
    pack: &Pack,
    result: &Classification,
    text: &str,
    assumed: &BTreeMap<String, String>,
    world: &World,
) -> Vec<(String, String, String)> {
    let app = bench.desk.app;
    let now = app.at_once();
    let Some(case) = supposed(pack, result, text, assumed, now, &app.actor.get_untracked()) else { return Vec::new() };
    runs(&case, pack, world)
        .iter()
        .filter(|run| run.start.is_some())
        .filter_map(|run| Some((run, pack.clock(&run.clock)?)))
        .map(|(run, clock)| {
            let limit = clock.limit.as_ref().map_or_else(|| tr(clocks::L_NONE).to_owned(), clocks::limit_words);
            let due = run.due.as_ref().map(|due| time::moment(due.due, now)).unwrap_or_default();
            (say(&clock.label), limit, due)
        })
        .collect()
}
