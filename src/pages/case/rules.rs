//! What the rules say beyond limits: findings to record, consequences as proposals, red lines with the lawful way.

use leptos::prelude::*;
use serde_json::Value;
use shouwen_core::case::{Command, Status};
use shouwen_core::pack::Finding;

use super::Seen;
use crate::i18n::{case as words, common, say, tr};
use crate::state::use_app;

#[component]
pub fn Findings(seen: Seen) -> impl IntoView {
    let library = use_app().books();
    let facts = seen.judged(&library.world);
    let list: Vec<Finding> = seen
        .book
        .pack
        .findings
        .iter()
        .filter(|finding| finding.when.as_ref().is_none_or(|when| when.holds(&facts)))
        .cloned()
        .collect();
    (!list.is_empty()).then(|| {
        view! {
            <section class="card" id="findings">
                <h2>{tr(words::FINDINGS)}</h2>
                {list.into_iter().map(|finding| view! { <FindingForm seen=seen.clone() finding/> }).collect_view()}
            </section>
        }
    })
}

#[component]
fn FindingForm(seen: Seen, finding: Finding) -> impl IntoView {
    let app = use_app();
    let current = seen.case.finding(&finding.id).and_then(Value::as_str).unwrap_or_default().to_owned();
    let shown = finding.options.iter().find(|one| one.id == current).map(|one| say(&one.label));
    let editable = seen.case.status() == Status::Open;
    let chosen = RwSignal::new(current);
    let reason = RwSignal::new(String::new());
    let editing = RwSignal::new(false);
    let name = format!("find-{}", finding.id);
    let reason_id = format!("{name}-why");
    let (case_id, id) = (seen.case.id.clone(), finding.id.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let command = Command::Find {
            finding: id.clone(),
            value: Value::from(chosen.get_untracked()),
            reason: reason.get_untracked(),
        };
        app.dispatch(case_id.clone(), command, || ());
    };
    let submit = StoredValue::new(submit);
    let stored = StoredValue::new(finding.clone());
    view! {
        <div class="clock">
            <div class="top">
                <span><span class="muted">{say(&finding.label)}"："</span>
                    {shown.unwrap_or_else(|| tr(common::NONE).to_owned())}" "<span class="small muted">{finding.clause.clone()}</span></span>
                {editable.then(|| view! { <button class="quiet small" on:click=move |_| editing.update(|on| *on = !*on)>{tr(words::FIND)}<span class="visually-hidden">"："{say(&finding.label)}</span></button> })}
            </div>
            <Show when=move || editing.get()>
                <form on:submit=move |event| submit.with_value(|submit| submit(event))>
                    <fieldset class="choices"><legend class="visually-hidden">{stored.with_value(|one| say(&one.label))}</legend>
                        {stored.with_value(|one| one.options.iter().map(|option| {
                            let id = StoredValue::new(option.id.clone());
                            view! {
                                <label><input type="radio" name=name.clone() prop:checked=move || chosen.get() == id.get_value()
                                    on:change=move |_| chosen.set(id.get_value())/>{say(&option.label)}</label>
                            }
                        }).collect_view())}
                    </fieldset>
                    <label class="gap-top" for=reason_id.clone()>{tr(common::REASON)}</label>
                    <input id=reason_id.clone() required maxlength="500" on:input=move |event| reason.set(event_target_value(&event))/>
                    <div class="actions"><button type="submit" class="primary">{tr(common::SAVE)}</button></div>
                </form>
            </Show>
        </div>
    }
}

/// What the text attaches to what was found. Text only; nothing is computed or deducted.
#[component]
pub fn Consequences(seen: Seen) -> impl IntoView {
    let library = use_app().books();
    let facts = seen.judged(&library.world);
    let pack = &seen.book.pack;
    let list: Vec<AnyView> = pack
        .consequences
        .iter()
        .filter(|one| one.when.as_ref().is_none_or(|when| when.holds(&facts)))
        .map(|one| {
            let line = one.red_line.as_ref().and_then(|id| pack.red_line(id));
            view! {
                <li>
                    <b>{say(&one.trigger)}</b>" → "{say(&one.who)}"："{say(&one.effect)}" "<span class="muted">{one.clause.clone()}</span>
                    {line.map(|line| view! { <p class="late-text">{tr(words::INSTEAD)}{say(&line.instead)}</p> })}
                </li>
            }
            .into_any()
        })
        .collect();
    (!list.is_empty()).then(|| {
        view! {
            <section class="card">
                <details>
                    <summary>{tr(words::CONSEQUENCES)}</summary>
                    <p class="small muted">{tr(words::CONSEQUENCES_NOTE)}</p>
                    <ul class="small">{list}</ul>
                </details>
            </section>
        }
    })
}

/// Red lines that concern this case, open when they apply.
#[component]
pub fn RedLines(seen: Seen) -> impl IntoView {
    let library = use_app().books();
    let facts = seen.judged(&library.world);
    let lines: Vec<AnyView> = seen
        .book
        .pack
        .red_lines
        .iter()
        .filter(|line| line.when.as_ref().is_some_and(|when| when.holds(&facts)))
        .map(|line| {
            view! {
                <div class="why red small">
                    <b>{say(&line.title)}</b>" "<span class="muted">{line.clause.clone()}</span>
                    <p>{say(&line.why)}</p>
                    <p><b>{tr(words::INSTEAD)}</b>{say(&line.instead)}</p>
                </div>
            }
            .into_any()
        })
        .collect();
    (!lines.is_empty())
        .then(|| view! { <section class="card" id="red-lines"><h2>{tr(words::RED_LINES)}</h2>{lines}</section> })
}
