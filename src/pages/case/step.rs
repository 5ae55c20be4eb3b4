//! Recording one step: outcome, time, what the step asks for, note. Used on the case page and on today's list.
//! Half-filled forms survive a reload.

use shouwen_core::order::Gather as _;
use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use shouwen_core::case::{Body, Command, Refusal};
use shouwen_core::pack::{Field, FieldKind, Step, Text};
use shouwen_core::time::{self, Civil};

use super::Seen;
use super::emergency::{group_of, needs_of};
use crate::components::{FieldInput, Values};
use crate::i18n::{T, case as words, common, emergency as plan_words, errors, fill, say, time as time_words, tr};
use crate::state::{Trouble, keep, use_app};

const AT: &str = "_at";
const OUTCOME: &str = "_outcome";
/// Before the number of a line of the checklist: ticked, and why not.
const NEED: &str = "_need";
const WHY: &str = "_why";
const NOTE: &str = "_note";

/// The form of one step. `done` runs after the step has been written, `cancel` when the person leaves it.
#[component]
pub fn StepForm(seen: Seen, step: Step, done: Callback<()>, cancel: Callback<()>) -> impl IntoView {
    let app = use_app();
    let case_id = seen.case.id.clone();
    let values: Values = RwSignal::new(asked_before(&seen, &step));
    let kept = keep(app, format!("step:{case_id}:{}", step.id), values);
    let problem = RwSignal::new(None::<(String, String)>);
    let general = RwSignal::new(String::new());
    let read = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let fields: Vec<Field> = step.asks.iter().filter_map(|id| seen.book.pack.field(id).cloned()).collect();
    let red_line = step.red_line.as_ref().and_then(|id| seen.book.pack.red_line(id)).cloned();
    let already_read = red_line.as_ref().is_some_and(|line| {
        seen.case.in_force().any(|(_, body)| matches!(body, Body::RedLineRead { red_line } if *red_line == line.id))
    });
    let group = group_of(&seen, &step);
    let (needs, ending) = needs_of(&seen, &step);
    let checks: Vec<String> = needs.iter().map(say).collect();
    let must_read = red_line.is_some() && !already_read;
    let received = seen.case.received_at;
    let prefix = format!("s-{}-", step.id);
    let (step_id, red_id) = (step.id.clone(), red_line.as_ref().map(|line| line.id.clone()));
    let pack = StoredValue::new(seen.book.pack.clone());
    let first_outcome = (step.outcomes.len() == 1).then(|| step.outcomes[0].id.clone());

    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        problem.set(None);
        general.set(String::new());
        if must_read && !read.get_untracked() {
            general.set(tr(words::RED_READ).to_owned());
            return;
        }
        let map = values.get_untracked();
        let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let outcome =
            Some(text(OUTCOME)).filter(|one| !one.is_empty()).or_else(|| first_outcome.clone()).unwrap_or_default();
        let mut note = text(NOTE);
        if !checks.is_empty() && (ending.is_empty() || ending.contains(&outcome)) {
            match checked(&map, &checks, &note) {
                Ok(all) => note = all,
                Err(missing) => return general.set(tr(missing).to_owned()),
            }
        }
        busy.set(true);
        let command = Command::Step {
            step: step_id.clone(),
            outcome,
            at: happened_at(&text(AT), received, app.at_once()),
            values: map
                .iter()
                .filter(|(id, _)| !id.starts_with('_'))
                .map(|(id, value)| (id.clone(), value.clone()))
                .gather(),
            note,
        };
        let (case_id, red_id) = (case_id.clone(), red_id.clone().filter(|_| must_read));
        spawn_local(async move {
            let outcome = async {
                if let Some(red_line) = red_id {
                    app.act(&case_id, None, Command::ReadRedLine { red_line }).await?;
                }
                app.act(&case_id, None, command).await
            };
            match outcome.await {
                Ok(event) => {
                    kept.drop_it();
                    app.show(tr(common::SAVED_TOAST).to_owned(), false, Some((case_id, event)));
                    done.run(());
                }
                Err(trouble) => {
                    busy.try_set(false);
                    let words = pack.with_value(|pack| trouble.words(Some(pack)));
                    if let Trouble::Refused(Refusal::Value { field, .. }) = &trouble {
                        problem.try_set(Some((field.clone(), words.clone())));
                    }
                    general.try_set(words);
                }
            }
        });
    };
    let text = move |key: &'static str| {
        move || values.with(|map| map.get(key).and_then(Value::as_str).unwrap_or_default().to_owned())
    };
    let write = move |key: &'static str| {
        move |event: leptos::ev::Event| {
            let value = Value::from(event_target_value(&event));
            values.update(|map| {
                map.insert(key.to_owned(), value);
            });
        }
    };
    let shown_at = move || {
        let entered = text(AT)();
        if entered.is_empty() { time_words::input_value(app.now.get()) } else { entered }
    };
    let at_id = format!("{prefix}at");
    let note_id = format!("{prefix}note");
    let attach = (!step.attach.is_empty()).then(|| step.attach.iter().map(say).collect::<Vec<_>>().join("、"));
    view! {
        <form class="stepform" on:submit=submit novalidate data-step-form=step.id.clone()>
            {step.hint.as_ref().map(|hint| view! { <p class="small">{say(hint)}</p> })}
            {red_line.map(|line| view! {
                <div class="why red small">
                    <b>{say(&line.title)}</b><p>{say(&line.why)}</p><p><b>{tr(words::INSTEAD)}</b>{say(&line.instead)}</p>
                    {must_read.then(|| view! {
                        <label class="check"><input type="checkbox" on:change=move |event| read.set(event_target_checked(&event))/>{tr(words::RED_READ)}</label>
                    })}
                </div>
            })}
            {(step.outcomes.len() > 1).then(|| {
                let name = format!("{prefix}outcome");
                view! {
                    <div class="field gap-top"><fieldset class="choices"><legend>{tr(words::OUTCOME)}</legend>
                        {step.outcomes.iter().map(|one| {
                            let id = StoredValue::new(one.id.clone());
                            view! {
                                <label><input type="radio" name=name.clone() value=one.id.clone()
                                    prop:checked=move || text(OUTCOME)() == id.get_value()
                                    on:change=move |_| values.update(|map| { map.insert(OUTCOME.to_owned(), Value::from(id.get_value())); })/>
                                    {say(&one.label)}</label>
                            }
                        }).collect_view()}
                    </fieldset></div>
                }
            })}
            <div class="fields gap-top">
                <div class="field"><label for=at_id.clone()>{tr(words::HAPPENED_AT)}</label>
                    <input id=at_id.clone() type="datetime-local" prop:value=shown_at on:input=write(AT)/></div>
                {fields.into_iter().map(|field| view! { <FieldInput field values problem prefix=prefix.clone() group=group.clone()/> }).collect_view()}
                {checklist(&needs, values, &prefix)}
                <div class="field wide"><label for=note_id.clone()>{tr(common::NOTE)}</label>
                    <textarea id=note_id.clone() rows="2" prop:value=text(NOTE) on:input=write(NOTE)></textarea></div>
            </div>
            {attach.map(|items| view! { <p class="small muted">{fill(words::TO_ATTACH, &[("items", &items)])}</p> })}
            <p class="late-text small" role="alert">{move || general.get()}</p>
            <div class="actions">
                <button type="button" on:click=move |_| cancel.run(())>{tr(common::CANCEL)}</button>
                <button type="submit" class="primary" disabled=move || busy.get()>{fill(words::SAVE_STEP, &[("step", &say(&step.label))])}</button>
            </div>
        </form>
    }
}

/// What the case already knows of the step's fields.
fn asked_before(seen: &Seen, step: &Step) -> BTreeMap<String, Value> {
    let of_plan = !group_of(seen, step).is_empty();
    // The next meeting begins with an empty sheet; who is in the group stays.
    let stays = |id: &&String| {
        !(of_plan && step.again) || seen.book.pack.field(id).is_some_and(|field| field.kind == FieldKind::Members)
    };
    step.asks.iter().filter(stays).filter_map(|id| Some((id.clone(), seen.case.field(id)?.clone()))).gather()
}

/// What must be so before a plan ends: a box for each, and room for the reason why it is not.
fn checklist(needs: &[Text], values: Values, prefix: &str) -> AnyView {
    if needs.is_empty() {
        return ().into_any();
    }
    let line = |(n, need): (usize, &Text)| {
        let (ticked, why) = (StoredValue::new(format!("{NEED}{n}")), StoredValue::new(format!("{WHY}{n}")));
        let on = move || values.with(|map| map.get(&ticked.get_value()) == Some(&Value::Bool(true)));
        let text =
            move || values.with(|map| map.get(&why.get_value()).and_then(Value::as_str).unwrap_or_default().to_owned());
        let put = move |id: String, value: Value| values.update(|map| drop(map.insert(id, value)));
        let dom = format!("{prefix}why{n}");
        view! {
            <label class="check"><input type="checkbox" prop:checked=on
                on:change=move |event| put(ticked.get_value(), Value::from(event_target_checked(&event)))/>{say(need)}</label>
            <Show when=move || !on()>
                <input id=dom.clone() class="why-not" aria-label=tr(plan_words::WHY_NOT) placeholder=tr(plan_words::WHY_NOT) maxlength="500" prop:value=text
                    on:input=move |event| put(why.get_value(), Value::from(event_target_value(&event)))/>
            </Show>
        }
    };
    view! {
        <div class="field wide"><fieldset class="needs"><legend>{tr(plan_words::CHECKLIST)}</legend>
            {needs.iter().enumerate().map(line).collect_view()}
        </fieldset></div>
    }
    .into_any()
}

/// The checklist as lines of the note, or what is missing.
fn checked(map: &BTreeMap<String, Value>, needs: &[String], note: &str) -> Result<String, T> {
    let mut lines = Vec::new();
    for (n, need) in needs.iter().enumerate() {
        let why = map.get(&format!("{WHY}{n}")).and_then(Value::as_str).unwrap_or_default().trim();
        match map.get(&format!("{NEED}{n}")) == Some(&Value::Bool(true)) {
            true => lines.push(format!("☑ {need}")),
            false if why.is_empty() => return Err(plan_words::NEEDS_OPEN),
            false => lines.push(format!("☐ {need}：{why}")),
        }
    }
    if note.trim().is_empty() {
        return Err(plan_words::NEEDS_REASON);
    }
    lines.push(note.to_owned());
    Ok(lines.join("\n"))
}

/// The entered time; without one, now. Inputs have no seconds: the minute of receipt means receipt or later.
fn happened_at(entered: &str, received: Civil, now: Civil) -> Civil {
    let Some(at) = time::parse(entered) else { return now };
    let same_minute = |other: Civil| time_words::input_value(at) == time_words::input_value(other);
    if same_minute(now) {
        now
    } else if at < received && same_minute(received) {
        received
    } else {
        at
    }
}

/// Which clocks a step would end, as a sentence.
pub fn ends(seen: &Seen, step: &Step) -> Option<String> {
    let pack = &seen.book.pack;
    let labels: Vec<String> = seen
        .runs
        .iter()
        .filter(|run| run.start.is_some() && run.done_at.is_none() && run.superseded_at.is_none())
        .filter_map(|run| pack.clock(&run.clock))
        .filter(|clock| shouwen_core::clock::ending_steps(pack, clock).iter().any(|one| one.id == step.id))
        .map(|clock| say(&clock.label))
        .collect();
    (!labels.is_empty()).then(|| fill(words::ENDS, &[("clocks", &labels.join("、"))]))
}

/// The missing events of a blocked step in words.
pub fn missing_words(seen: &Seen, missing: &[String]) -> String {
    let names: Vec<String> = missing.iter().map(|id| errors::event_label(Some(&seen.book.pack), id)).collect();
    fill(words::STEP_NEEDS, &[("missing", &names.join("、"))])
}
