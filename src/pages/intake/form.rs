//! The left side of intake: the questions of the pack, in its order.

use leptos::prelude::*;
use serde_json::Value;
use shouwen_core::case::{CHANNEL, MAX_PARAGRAPH, is_asked};
use shouwen_core::pack::{Field, FieldKind, Pack};

use super::{Form, PACK, RECEIVED, side};
use crate::components::{FieldInput, PageHead};
use crate::i18n::{fill, intake, say, time, tr};

#[component]
pub fn IntakeForm(form: Form) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.register();
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            form.register();
        }
        if event.alt_key() && event.key().eq_ignore_ascii_case("a") {
            event.prevent_default();
            form.adopt();
        }
    };
    view! {
        <form on:submit=submit on:keydown=keys novalidate id="intake">
            <PageHead title=tr(intake::TITLE) sub=|| tr(intake::SUB)>
                <button type="button" class="quiet" on:click=move |_| form.kept.clear()>{tr(intake::CLEAR)}</button>
                <button type="submit" class="primary" disabled=move || form.busy.get()>{tr(intake::REGISTER)}" "<span class="small">{tr(intake::REGISTER_KEY)}</span></button>
            </PageHead>
            <Show when=move || form.kept.restored.get()>
                <div class="banner calm" role="status">{tr(intake::RESTORED)}</div>
            </Show>
            <div class="two">
                <div class="card">
                    {move || fields(form, &form.book.get().0.pack)}
                    <p class="small muted">{tr(intake::LEAVE_BLANK)}</p>
                </div>
                <div class="aside">
                    {move || view! { <side::Side form pack=StoredValue::new(form.book.get().0.pack.clone())/> }}
                </div>
            </div>
        </form>
    }
}

/// Text first; then who and when; yes/no questions together at the end.
fn fields(form: Form, pack: &Pack) -> impl IntoView + use<> {
    let asked: Vec<Field> = pack.fields.iter().filter(|field| field.intake).cloned().collect();
    let (text, rest): (Vec<Field>, Vec<Field>) = asked.into_iter().partition(|field| field.id == "text");
    let (marks, rest): (Vec<Field>, Vec<Field>) = rest.into_iter().partition(|field| field.kind == FieldKind::Yes);
    let autofocus = form.values.with_untracked(|map| map.is_empty());
    view! {
        {text.into_iter().map(|field| view! {
            <FieldInput field values=form.values problem=form.problem autofocus/>
            <p class="small muted num">{move || length(form)}</p>
        }).collect_view()}
        <Channel form pack=pack.clone()/>
        <div class="fields">
            <Received form/>
            {rest.into_iter().map(|field| view! { <Asked form field/> }).collect_view()}
        </div>
        <div class="fields">{marks.into_iter().map(|field| view! { <Asked form field/> }).collect_view()}</div>
        <PackChoice form/>
    }
}

/// How long the text is, once it becomes long.
fn length(form: Form) -> String {
    let count = form.values.with(|map| map.get("text").and_then(Value::as_str).map_or(0, |text| text.chars().count()));
    let (n, max) = (count.to_string(), MAX_PARAGRAPH.to_string());
    match count {
        0..=500 => String::new(),
        _ if count > MAX_PARAGRAPH => fill(intake::TOO_MANY, &[("n", &(count - MAX_PARAGRAPH).to_string())]),
        _ => fill(intake::CHARS, &[("n", &n), ("max", &max)]),
    }
}

/// A field that may depend on other answers.
#[component]
fn Asked(form: Form, field: Field) -> impl IntoView {
    let stored = StoredValue::new(field);
    let asked = Memo::new(move |_| form.values.with(|map| stored.with_value(|field| is_asked(field, map))));
    view! {
        <Show when=move || asked.get()>
            <FieldInput field=stored.get_value() values=form.values problem=form.problem/>
        </Show>
    }
}

#[component]
fn Channel(form: Form, pack: Pack) -> impl IntoView {
    let first = pack.channels.first().map(|one| one.id.clone()).unwrap_or_default();
    let known: Vec<String> = pack.channels.iter().map(|one| one.id.clone()).collect();
    let current = Memo::new(move |_| {
        let chosen = form.values.with(|map| map.get(CHANNEL).and_then(Value::as_str).map(str::to_owned));
        chosen.filter(|id| known.contains(id)).unwrap_or_else(|| first.clone())
    });
    (!pack.channels.is_empty()).then(|| view! {
        <div class="field">
            <fieldset class="choices">
                <legend>{tr(intake::CHANNEL)}</legend>
                {pack.channels.into_iter().map(|one| {
                    let id = StoredValue::new(one.id.clone());
                    view! {
                        <label>
                            <input type="radio" name="channel" value=one.id prop:checked=move || current.get() == id.get_value()
                                on:change=move |_| form.values.update(|map| { map.insert(CHANNEL.to_owned(), Value::from(id.get_value())); })/>
                            {say(&one.label)}
                        </label>
                    }
                }).collect_view()}
            </fieldset>
        </div>
    })
}

/// "Now" until somebody enters another time.
#[component]
fn Received(form: Form) -> impl IntoView {
    let entered =
        Memo::new(move |_| form.values.with(|map| map.get(RECEIVED).and_then(Value::as_str).map(str::to_owned)));
    let shown = move || entered.get().unwrap_or_else(|| time::input_value(form.app.now.get()));
    let future = move || {
        let late =
            entered.get().and_then(|text| shouwen_core::time::parse(&text)).is_some_and(|at| at > form.app.now.get());
        late.then(|| tr(crate::i18n::errors::IN_FUTURE))
    };
    view! {
        <div class="field">
            <label for="received">{tr(intake::RECEIVED)}</label>
            <input id="received" type="datetime-local" prop:value=shown aria-describedby="received-problem"
                on:input=move |event| {
                    let text = event_target_value(&event);
                    form.values.update(|map| {
                        if text.is_empty() { map.remove(RECEIVED); } else { map.insert(RECEIVED.to_owned(), Value::from(text)); }
                    });
                }/>
            <div class="problem" id="received-problem" role="alert">{future}</div>
        </div>
    }
}

/// Which rules apply; usually the workplace has settled that.
#[component]
fn PackChoice(form: Form) -> impl IntoView {
    let books = form.app.books().for_workplace(&form.app.workplace.get_untracked());
    let current = move || form.book.get().0.pack.id.clone();
    (books.len() > 1).then(|| view! {
        <div class="field">
            <label for="pack">{tr(intake::PACK)}</label>
            <select id="pack" on:change=move |event| {
                let id = event_target_value(&event);
                form.values.update(|map| { map.insert(PACK.to_owned(), Value::from(id)); });
            }>
                {books.into_iter().map(|book| {
                    let id = StoredValue::new(book.pack.id.clone());
                    view! { <option value=book.pack.id.clone() prop:selected=move || current() == id.get_value()>{say(&book.pack.title)}</option> }
                }).collect_view()}
            </select>
        </div>
    })
}
