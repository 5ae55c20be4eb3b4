//! Inputs for the fields of a pack. Knows kinds, not meanings; checking is `core::case::check_value`.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde_json::Value;
use shouwen_core::case::{MAX_LINE, MAX_PARAGRAPH};
use shouwen_core::pack::{Field, FieldKind};

use crate::i18n::{common, say, tr};

/// Answers by field id.
pub type Values = RwSignal<BTreeMap<String, Value>>;

/// A message under a field: field id and text.
pub type Problem = RwSignal<Option<(String, String)>>;

/// A part in an emergency group, for asking who takes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub role: String,
    pub label: String,
    pub duty: String,
}

fn text_of(values: Values, id: &str) -> String {
    values.with(|map| match map.get(id) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    })
}

fn put(values: Values, id: &str, value: Value) {
    values.update(|map| {
        map.insert(id.to_owned(), value);
    });
}

/// One field with label, hint and problem.
#[component]
pub fn FieldInput(
    field: Field,
    values: Values,
    problem: Problem,
    /// Put before element ids, so that one field may stand twice on a page.
    #[prop(optional, into)]
    prefix: String,
    #[prop(optional)] autofocus: bool,
    /// The parts of a group, for the question who takes them.
    #[prop(optional)]
    group: Vec<Part>,
) -> impl IntoView {
    let dom = format!("{prefix}f-{}", field.id);
    let wide = matches!(field.kind, FieldKind::Paragraph | FieldKind::Choices | FieldKind::Choice | FieldKind::Members);
    let class = if wide { "field wide" } else { "field" };
    let id = field.id.clone();
    let wrong =
        Memo::new(move |_| problem.with(|one| one.as_ref().filter(|(of, _)| *of == id).map(|(_, text)| text.clone())));
    let help = field.help.as_ref().map(say);
    let note = if field.required { tr(common::REQUIRED) } else { "" };
    let grouped = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
    let label = say(&field.label);
    let problem_id = format!("{dom}-problem");
    let members = field.kind == FieldKind::Members;
    let control =
        if members { parts(&field, values, &dom, group) } else { control(&field, values, &dom, wrong, autofocus) };
    let under = view! {
        {help.map(|text| view! { <div class="hint">{text}</div> })}
        <div class="problem" id=problem_id role="alert">{move || wrong.get()}</div>
    };
    if members {
        view! {
            <div class=class data-field=field.id.clone()>
                <fieldset class="members"><legend>{label}" "<span class="hint">{note}</span></legend>{control}</fieldset>
                {under}
            </div>
        }
        .into_any()
    } else if grouped {
        let label = label.clone();
        view! {
            <div class=class data-field=field.id.clone()>
                <fieldset class="choices"><legend>{label}" "<span class="hint">{note}</span></legend>{control}</fieldset>
                {under}
            </div>
        }
        .into_any()
    } else if field.kind == FieldKind::Yes {
        view! {
            <div class=class data-field=field.id.clone()><label class="check" for=dom.clone()>{control}{label}</label>{under}</div>
        }
        .into_any()
    } else {
        view! {
            <div class=class data-field=field.id.clone()>
                <label for=dom.clone()>{label}" "<span class="hint">{note}</span></label>
                {control}
                {under}
            </div>
        }
        .into_any()
    }
}

fn control(field: &Field, values: Values, dom: &str, wrong: Memo<Option<String>>, autofocus: bool) -> AnyView {
    let id = StoredValue::new(field.id.clone());
    let dom = dom.to_owned();
    let described = format!("{dom}-problem");
    let invalid = move || if wrong.with(Option::is_some) { "true" } else { "false" };
    let text = move || text_of(values, &id.get_value());
    let write = move |event: leptos::ev::Event| put(values, &id.get_value(), Value::from(event_target_value(&event)));
    let required = field.required.then_some("true");
    match field.kind {
        FieldKind::Paragraph => view! {
            <textarea id=dom rows="5" autofocus=autofocus aria-required=required aria-invalid=invalid aria-describedby=described
                data-max=MAX_PARAGRAPH.to_string() prop:value=text on:input=write></textarea>
        }
        .into_any(),
        FieldKind::Yes => view! {
            <input type="checkbox" id=dom aria-invalid=invalid
                prop:checked=move || values.with(|map| map.get(&id.get_value()).and_then(Value::as_bool).unwrap_or(false))
                on:change=move |event| put(values, &id.get_value(), Value::from(event_target_checked(&event)))/>
        }
        .into_any(),
        FieldKind::Choice | FieldKind::Choices => options(field, values, &dom),
        kind => {
            let (input, mode) = match kind {
                FieldKind::Phone => ("tel", "tel"),
                FieldKind::Number | FieldKind::Money => ("text", "numeric"),
                FieldKind::Date => ("date", "text"),
                FieldKind::DateTime => ("datetime-local", "text"),
                _ => ("text", "text"),
            };
            let max = if kind == FieldKind::Line { MAX_LINE } else { 40 };
            view! {
                <input id=dom type=input inputmode=mode maxlength=max.to_string() autocomplete="off" autofocus=autofocus
                    aria-required=required aria-invalid=invalid aria-describedby=described prop:value=text on:input=write/>
            }
            .into_any()
        }
    }
}

/// A name for each part of the group.
fn parts(field: &Field, values: Values, dom: &str, group: Vec<Part>) -> AnyView {
    let id = StoredValue::new(field.id.clone());
    let line = |part: Part| {
        let role = StoredValue::new(part.role);
        let dom = format!("{dom}-{}", role.get_value());
        let name = move || {
            values.with(|map| {
                let name = map.get(&id.get_value()).and_then(|value| value.get(role.get_value()));
                name.and_then(Value::as_str).unwrap_or_default().to_owned()
            })
        };
        let write = move |event: leptos::ev::Event| {
            let name = Value::from(event_target_value(&event));
            values.update(|map| {
                let value = map.entry(id.get_value()).or_insert(Value::Null);
                if !value.is_object() {
                    *value = Value::Object(Default::default());
                }
                value[role.get_value()] = name;
            });
        };
        view! {
            <label for=dom.clone()>{part.label}<span class="hint">{part.duty}</span></label>
            <input id=dom.clone() autocomplete="off" maxlength=MAX_LINE.to_string() prop:value=name on:input=write/>
        }
    };
    group.into_iter().map(line).collect_view().into_any()
}

fn options(field: &Field, values: Values, dom: &str) -> AnyView {
    let many = field.kind == FieldKind::Choices;
    let name = dom.to_owned();
    let id = StoredValue::new(field.id.clone());
    field
        .options
        .iter()
        .map(|option| {
            let value = StoredValue::new(option.id.clone());
            let checked = move || {
                values.with(|map| match map.get(&id.get_value()) {
                    Some(Value::Array(items)) => items.iter().any(|item| item.as_str() == Some(&value.get_value())),
                    Some(Value::String(one)) => *one == value.get_value(),
                    _ => false,
                })
            };
            let change = move |event: leptos::ev::Event| {
                let on = event_target_checked(&event);
                values.update(|map| choose(map, &id.get_value(), &value.get_value(), on, many));
            };
            let kind = if many { "checkbox" } else { "radio" };
            let hint = option.hint.as_ref().map(say);
            view! {
                <label title=hint>
                    <input type=kind name=name.clone() value=option.id.clone() prop:checked=checked on:change=change/>
                    {say(&option.label)}
                </label>
            }
        })
        .collect_view()
        .into_any()
}

fn choose(map: &mut BTreeMap<String, Value>, id: &str, option: &str, on: bool, many: bool) {
    if !many {
        map.insert(id.to_owned(), Value::from(option));
        return;
    }
    let mut chosen = shouwen_core::case::strings(map.get(id));
    chosen.retain(|one| one != option);
    if on {
        chosen.push(option.to_owned());
    }
    map.insert(id.to_owned(), Value::from(chosen));
}
