//! Trying a draft: a complaint under the draft and under the version in force, side by side; and words in a text.
//! Must not register anything.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde_json::Value;
use shouwen_core::case::{Actor, Body, Case, Draft, preview};
use shouwen_core::classify::{Classification, Classifier, Input};
use shouwen_core::clock::{World, runs};
use shouwen_core::order::Gather as _;
use shouwen_core::pack::Pack;
use shouwen_core::time::Civil;

use super::Bench;
use super::desk::Desk;
use super::tree::parent;
use crate::components::Reasons;
use crate::i18n::{bench as words, clocks, fill, say, time, tr};
use crate::pages::case::marked;

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
        let draft = desk.reading.get().map(|one| {
            column(bench, tr(words::DRAFT_COLUMN).to_owned(), &one.pack, &one.classifier, &text, &library.world)
        });
        let force = desk.in_force().map(|book| {
            let title = fill(words::FORCE_COLUMN, &[("version", &book.pack.version.to_string())]);
            column(bench, title, &book.pack, book.classifier(), &text, &library.world)
        });
        view! { <div class="bench-columns">{draft}{force}</div> }.into_any()
    };
    view! {
        <section aria-label=tr(words::TRY)>
            <h2 tabindex="-1" id="bench-title">{tr(words::TRY)}</h2>
            <p class="muted small bench-lead">{tr(words::TRY_LEAD)}</p>
            <div class="field">
                <label for="bench-try">{tr(words::TRY_TEXT)}</label>
                <textarea id="bench-try" rows="4" maxlength="5000" prop:value=typed on:input=move |event| typed.set(event_target_value(&event))></textarea>
            </div>
            {columns}
        </section>
    }
    .into_any()
}

/// What one version makes of the text.
fn column(bench: Bench, title: String, pack: &Pack, classifier: &Classifier, text: &str, world: &World) -> AnyView {
    let facts = BTreeMap::new();
    let result = classifier.classify(pack, &Input { text, facts: &facts, repeats: 0 });
    let stored = StoredValue::new(pack.clone());
    let all = Signal::stored(Some(result.clone()));
    let axes: Vec<AnyView> = result
        .axes
        .iter()
        .filter_map(|one| Some((one, pack.axis(&one.axis)?)))
        .map(|(one, axis)| {
            let names: Vec<String> =
                one.suggested.iter().filter_map(|id| axis.class(id)).map(|class| say(&class.label)).collect();
            let words = match names.is_empty() {
                true if one.ask => fill(words::ASKS, &[("question", &say(&axis.question))]),
                true => tr(words::NO_CLASS).to_owned(),
                false if one.many => names.join(crate::pages::packs::joint()),
                false => format!("{} {}%", names.join(""), one.percent),
            };
            view! { <dt>{say(&axis.label)}</dt><dd>{words}<Reasons result=one.clone() all pack=stored/></dd> }
                .into_any()
        })
        .collect();
    let clocks = clocks(bench, pack, &result, text, world);
    view! {
        <div class="card">
            <h3>{title}</h3>
            <dl class="facts">{axes}</dl>
            <h3 class="gap-top">{tr(words::WOULD_START)}</h3>
            {clocks}
        </div>
    }
    .into_any()
}

/// The case as it would be if the complaint came in now and people took every suggestion.
fn supposed(pack: &Pack, result: &Classification, text: &str, now: Civil, actor: &Actor) -> Option<Case> {
    let draft = |body| Draft { case: "try".to_owned(), at: now, body, base: Vec::new() };
    let values = [("text".to_owned(), Value::from(text))].into_iter().gather();
    let mut drafts = vec![
        draft(Body::Opened {
            number: String::new(),
            packs: vec![pack.reference()],
            events: vec!["received".to_owned()],
        }),
        draft(Body::Set { values, reason: String::new() }),
    ];
    for one in result.axes.iter().filter(|one| !one.suggested.is_empty()) {
        let required = pack.axis(&one.axis).is_some_and(|axis| axis.required);
        drafts.push(draft(Body::Classified {
            axis: one.axis.clone(),
            classes: one.suggested.clone(),
            suggested: None,
            reason: String::new(),
            second: String::new(),
            events: if required { vec!["class_set".to_owned()] } else { Vec::new() },
        }));
    }
    preview(&drafts, actor)
}

fn clocks(bench: Bench, pack: &Pack, result: &Classification, text: &str, world: &World) -> AnyView {
    let app = bench.desk.app;
    let now = app.at_once();
    let Some(case) = supposed(pack, result, text, now, &app.actor.get_untracked()) else { return ().into_any() };
    let rows: Vec<AnyView> = runs(&case, pack, world)
        .iter()
        .filter(|run| run.start.is_some())
        .filter_map(|run| Some((run, pack.clock(&run.clock)?)))
        .map(|(run, clock)| {
            let limit = clock.limit.as_ref().map_or_else(|| tr(clocks::L_NONE).to_owned(), clocks::limit_words);
            let due = run.due.as_ref().map(|due| time::moment(due.due, now));
            view! { <li><b>{say(&clock.label)}</b>" "<span class="chip num">{limit}</span>" "<span class="num">{due}</span></li> }.into_any()
        })
        .collect();
    if rows.is_empty() {
        return view! { <p class="muted small">{tr(words::NONE_START)}</p> }.into_any();
    }
    view! { <ul class="bench-clocks">{rows}</ul> }.into_any()
}
