//! What the complainant said, with the words that the rules looked at.

use leptos::prelude::*;
use shouwen_core::classify::Mark;
use shouwen_core::order::Order as _;

use super::Seen;
use super::head::field_words;
use crate::i18n::{case as words, common, say, tr};

#[component]
pub fn Said(seen: Seen) -> impl IntoView {
    let text = seen.case.text("text").to_owned();
    let marks = speaking_marks(&seen, &text);
    let demand = seen.case.field("demand").map(|value| field_words("demand", value, &seen.book.pack));
    let script: Vec<String> = seen
        .book
        .pack
        .scripts
        .iter()
        .filter(|script| script.when.as_ref().is_none_or(|when| when.holds(&shouwen_core::case::CaseFacts(&seen.case))))
        .map(|script| say(&script.say))
        .collect();
    view! {
        <section class="card">
            <h2>{tr(words::SAID)}
                {demand.filter(|demand| !demand.is_empty()).map(|demand| view! { <span class="muted small">{tr(words::DEMAND)}"："{demand}</span> })}
            </h2>
            <p class="pre">{if text.is_empty() { tr(common::NONE).into_any() } else { marked(&text, &marks) }}</p>
            {(!script.is_empty()).then(|| view! {
                <details class="small gap-top">
                    <summary>{tr(words::SCRIPTS)}</summary>
                    <ul>{script.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                </details>
            })}
        </section>
    }
}

/// The words behind the suggestions: those of rules that fired for a suggested class.
fn speaking_marks(seen: &Seen, text: &str) -> Vec<Mark> {
    let Some(result) = super::kinds::suggestion(seen) else { return Vec::new() };
    let mut wanted: Vec<usize> = result
        .axes
        .iter()
        .flat_map(|axis| axis.ranked.iter().filter(|ranked| axis.suggested.contains(&ranked.class)))
        .flat_map(|ranked| {
            ranked.fired.iter().filter(|fired| fired.points > 0).flat_map(|fired| fired.marks.iter().copied())
        })
        .collect();
    wanted.order_by_key(|place| *place);
    wanted.dedup();
    // Single characters (a unit, a particle) say nothing by themselves.
    let long = |mark: &&Mark| text.get(mark.start..mark.end).is_some_and(|word| word.chars().count() > 1);
    wanted.into_iter().filter_map(|index| result.marks.get(index)).filter(long).cloned().collect()
}

/// The text with its marks; overlapping marks are drawn once. Always text, never markup.
pub fn marked(text: &str, marks: &[Mark]) -> AnyView {
    let mut parts: Vec<AnyView> = Vec::new();
    let mut at = 0;
    for mark in marks {
        if mark.start < at {
            continue;
        }
        let (Some(before), Some(word)) = (text.get(at..mark.start), text.get(mark.start..mark.end)) else { continue };
        parts.push(before.to_owned().into_any());
        let class = if mark.negated { "no" } else { "" };
        parts.push(view! { <mark class=class>{word.to_owned()}</mark> }.into_any());
        at = mark.end;
    }
    parts.push(text.get(at..).unwrap_or_default().to_owned().into_any());
    parts.into_any()
}
