//! Values that the rules name but do not give. Asked here; an empty value stays missing and is shown as such.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;
use shouwen_bundle::canonical::canonical;
use shouwen_core::case::check_value;
use shouwen_core::pack::{Field, Pack, Parameter, Text, is_blank};

use super::{Outcome, OutcomeView, take_force};
use crate::components::{FieldInput, Values};
use crate::exchange::store_config;
use crate::i18n::{errors, fill, say, tr};
use crate::state::{KEY_PARAMETERS, Rulebook, use_app};

crate::texts! {
    TITLE = "制度里缺的数值" | "Values missing in the rules";
    TEXT = "制度原文写了要求却没有写数值。请按本单位规定填写；不填就一直显示“缺少数值”，程序不会替您猜。" | "The rules ask for something without giving the value. Fill in your own; left empty it is shown as missing, and the program never guesses.";
    MISSING = "还缺 {n} 项" | "{n} missing";
    COMPLETE = "已填全" | "complete";
    OWN_VALUE = "制度自带：{value}" | "in the rules: {value}";
    SAVE = "保存数值" | "Save the values";
    NONE = "现有制度没有缺少的数值。" | "No value is missing in the rules here.";
}

#[component]
pub fn Parameters() -> impl IntoView {
    let app = use_app();
    let workplace = app.workplace.get_untracked();
    let books: Vec<Arc<Rulebook>> = app
        .books()
        .for_workplace(&workplace)
        .into_iter()
        .chain(companions(app))
        .filter(|book| !book.pack.parameters.is_empty())
        .collect();
    let values: Values = RwSignal::new(app.books().parameters.clone());
    let problem = RwSignal::new(None::<(String, String)>);
    let outcome = RwSignal::new(Outcome::Nothing);
    let fields: Vec<Field> = books.iter().flat_map(|book| fields(&book.pack)).collect();
    let stored = StoredValue::new(fields);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        let checked = stored.with_value(|fields| values.with_untracked(|values| check(fields, values, app.at_once())));
        match checked {
            Err((field, words)) => {
                problem.set(Some((field, words.clone())));
                outcome.set(Outcome::Failed(words));
            }
            Ok(map) => {
                let text = canonical(&serde_json::to_value(map).unwrap_or_default());
                take_force(app, outcome, async move { store_config(app, &[(KEY_PARAMETERS.to_owned(), text)]).await });
            }
        }
    };
    view! {
        <section class="card" id="parameters" tabindex="-1">
            <h2>{tr(TITLE)}</h2>
            <p class="muted small">{tr(TEXT)}</p>
            {if books.is_empty() {
                view! { <p class="muted">{tr(NONE)}</p> }.into_any()
            } else {
                view! {
                    <form on:submit=save novalidate>
                        {books.into_iter().map(|book| view! { <OfPack book values problem/> }).collect_view()}
                        <p class="gap-top"><button type="submit" class="primary" id="parameters-save">{tr(SAVE)}</button></p>
                        <OutcomeView outcome/>
                    </form>
                }.into_any()
            }}
        </section>
    }
}

fn companions(app: crate::state::App) -> Vec<Arc<Rulebook>> {
    app.books().current().into_iter().filter(|book| book.pack.companion).collect()
}

/// The values of one pack; opened when something is missing in a pack of this workplace.
#[component]
fn OfPack(book: Arc<Rulebook>, values: Values, problem: RwSignal<Option<(String, String)>>) -> impl IntoView {
    let app = use_app();
    let pack = &book.pack;
    let ids: Vec<(String, bool)> = pack.parameters.iter().map(|one| (key(pack, one), one.value.is_some())).collect();
    let missing = Memo::new(move |_| {
        values.with(|values| ids.iter().filter(|(id, own)| !own && values.get(id).is_none_or(is_blank)).count())
    });
    let workplace = app.workplace.get_untracked();
    let open = missing.get_untracked() > 0 && pack.workplaces.contains(&workplace);
    view! {
        <details class="pack-values" open=open>
            <summary>{say(&pack.title)}" "{move || match missing.get() {
                0 => view! { <span class="chip ok">{tr(COMPLETE)}</span> }.into_any(),
                n => view! { <span class="chip soon">{fill(MISSING, &[("n", &n.to_string())])}</span> }.into_any(),
            }}</summary>
            <div class="fields">
                {fields(pack).into_iter().map(|field| view! { <FieldInput field values problem prefix="p-"/> }).collect_view()}
            </div>
        </details>
    }
}

fn key(pack: &Pack, parameter: &Parameter) -> String {
    format!("{}.{}", pack.id, parameter.id)
}

/// Parameters as fields, so that the usual inputs and checks serve them.
fn fields(pack: &Pack) -> Vec<Field> {
    pack.parameters
        .iter()
        .map(|one| Field {
            id: key(pack, one),
            label: one.label.clone(),
            kind: one.kind,
            options: Vec::new(),
            required: false,
            intake: false,
            personal: false,
            when: None,
            help: Some(help(one)),
        })
        .collect()
}

/// The hint, the clause and what the rules say themselves.
fn help(parameter: &Parameter) -> Text {
    let hint = parameter.hint.as_ref().map(say).unwrap_or_default();
    let own = parameter.value.as_ref().map(|value| {
        let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        fill(OWN_VALUE, &[("value", &shown)])
    });
    let parts: Vec<String> = [Some(hint), own, Some(parameter.clause.clone())]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    Text { zh: parts.join(" · "), en: String::new() }
}

/// All values, checked by kind; blanks are left out. The first faulty field with its words otherwise.
fn check(
    fields: &[Field],
    values: &BTreeMap<String, Value>,
    now: shouwen_core::time::Civil,
) -> Result<BTreeMap<String, Value>, (String, String)> {
    // Values of packs that are not shown here stay.
    let mut all = values.clone();
    for field in fields {
        let value = values.get(&field.id).unwrap_or(&Value::Null);
        match check_value(field, value, now) {
            Ok(good) if is_blank(&good) => drop(all.remove(&field.id)),
            Ok(good) => drop(all.insert(field.id.clone(), good)),
            Err(error) => {
                return Err((field.id.clone(), format!("{}：{}", say(&field.label), errors::value_problem(&error))));
            }
        }
    }
    Ok(all)
}
