//! Who works here, in which role and where; language and look of the page.

use shouwen_core::order::Gather as _;
use std::collections::BTreeSet;

use leptos::prelude::*;
use shouwen_core::case::Actor;

use crate::i18n::{T, is_english, say, tr};
use crate::state::{App, use_app};
use crate::store::prefs;

crate::texts! {
    TITLE = "我是谁" | "Who I am";
    TEXT = "写进每一条记录。换人值班时请先改这里。" | "Goes into every entry. Change it first when somebody else takes over.";
    NAME = "姓名" | "Name";
    ROLE = "岗位" | "Role";
    CAMPUS = "校区或部门名称" | "Campus or office";
    WORKPLACE = "工作地点" | "Workplace";
    AT_CAMPUS = "校区" | "Campus";
    AT_HQ = "总部" | "Headquarters";
    SAVE = "保存" | "Save";
    SAVED = "已保存，从下一条记录起生效。" | "Saved; in force from the next entry.";
    MISSING = "请填写姓名和校区。" | "Please give a name and a campus.";
    NO_ROLE = "请选择" | "please choose";

    LOOK = "语言和外观" | "Language and look";
    LANGUAGE = "语言 Language" | "语言 Language";
    THEME = "外观" | "Look";
    SYSTEM = "跟随系统" | "As the system";
    LIGHT = "浅色" | "Light";
    DARK = "深色" | "Dark";
}

/// Longest name of a person or campus, in characters.
const MAX_NAME: usize = 40;

#[component]
pub fn Person() -> impl IntoView {
    let app = use_app();
    let actor = app.actor.get_untracked();
    let (name, campus) = (RwSignal::new(actor.name), RwSignal::new(actor.campus));
    let (role, workplace) = (RwSignal::new(actor.role), RwSignal::new(app.workplace.get_untracked()));
    let message = RwSignal::new(None::<bool>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let actor = Actor {
            name: name.get_untracked().trim().to_owned(),
            role: role.get_untracked(),
            campus: campus.get_untracked().trim().to_owned(),
        };
        let complete = !actor.name.is_empty() && !actor.campus.is_empty();
        message.set(Some(complete));
        if !complete {
            return;
        }
        let moved = workplace.get_untracked() != app.workplace.get_untracked();
        app.remember_actor(actor, &workplace.get_untracked());
        if moved {
            // Navigation and lists are arranged by workplace when the page opens.
            reload_here();
        }
    };
    let input = move |id: &'static str, label: T, value: RwSignal<String>| {
        view! {
            <div class="field">
                <label for=id>{tr(label)}</label>
                <input id=id maxlength=MAX_NAME.to_string() autocomplete="off" list=(id == "me-campus").then_some("campus-names")
                    prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
            </div>
        }
    };
    view! {
        <section class="card" id="person" tabindex="-1">
            <h2>{tr(TITLE)}</h2>
            <p class="muted small">{tr(TEXT)}</p>
            <form on:submit=submit>
                <div class="fields gap-top">
                    {input("me-name", NAME, name)}
                    {input("me-campus", CAMPUS, campus)}
                    <div class="field">
                        <label for="me-role">{tr(ROLE)}</label>
                        <select id="me-role" prop:value=role on:change=move |event| role.set(event_target_value(&event))>
                            {roles(app, role)}
                        </select>
                    </div>
                </div>
                <datalist id="campus-names">{campuses(app).into_iter().map(|name| view! { <option value=name></option> }).collect_view()}</datalist>
                <fieldset class="choices">
                    <legend>{tr(WORKPLACE)}</legend>
                    {[("campus", AT_CAMPUS), ("hq", AT_HQ)].map(|(id, label)| view! {
                        <label><input type="radio" name="me-workplace" value=id
                            prop:checked=move || workplace.with(|now| now == id) on:change=move |_| workplace.set(id.to_owned())/>{tr(label)}</label>
                    }).collect_view()}
                </fieldset>
                <div class="inline gap-top">
                    <button type="submit" class="primary" id="me-save">{tr(SAVE)}</button>
                    <span role="status">{move || message.get().map(|good| if good {
                        view! { <span class="ok-text">"✓ "{tr(SAVED)}</span> }.into_any()
                    } else {
                        view! { <span class="late-text">{tr(MISSING)}</span> }.into_any()
                    })}</span>
                </div>
            </form>
        </section>
    }
}

/// Roles grouped by pack, the workplace's packs first. A role that no pack knows stays choosable.
fn roles(app: App, role: RwSignal<String>) -> impl IntoView {
    let chosen = role.get_untracked();
    let workplace = app.workplace.get_untracked();
    let mut known = false;
    let groups: Vec<AnyView> = app
        .books()
        .for_workplace(&workplace)
        .iter()
        .map(|book| {
            let options = book.pack.roles.iter().map(|one| {
                // The same role stands in several packs; only its first place is marked.
                let selected = !known && one.id == chosen;
                known |= selected;
                view! { <option value=one.id.clone() selected=selected>{say(&one.label)}</option> }
            });
            let options = options.collect_view();
            view! { <optgroup label=say(&book.pack.title)>{options}</optgroup> }.into_any()
        })
        .collect();
    let own = (!known).then(|| {
        let label = if chosen.is_empty() { tr(NO_ROLE).to_owned() } else { chosen.clone() };
        view! { <option value=chosen.clone() selected=true>{label}</option> }
    });
    view! { {own}{groups} }
}

/// Campuses that appear in the register, for completion.
pub(super) fn campuses(app: App) -> Vec<String> {
    let mut names: BTreeSet<String> =
        app.rows.with_untracked(|rows| rows.values().map(|row| row.campus.clone()).gather());
    names.extend(app.books().schedules.keys().cloned());
    names.insert(app.actor.get_untracked().campus);
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

/// Loads the page anew at the same place.
fn reload_here() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

#[component]
pub fn Look() -> impl IntoView {
    let theme = RwSignal::new(prefs::get("theme").filter(|one| one == "light" || one == "dark").unwrap_or_default());
    let set_theme = move |id: &'static str| {
        theme.set(id.to_owned());
        prefs::set("theme", id);
        let Some(root) = document().document_element() else { return };
        if id.is_empty() {
            let _ = root.remove_attribute("data-theme");
        } else {
            let _ = root.set_attribute("data-theme", id);
        }
    };
    let set_language = |english: bool| {
        prefs::set("lang", if english { "en" } else { "zh" });
        reload_here();
    };
    view! {
        <section class="card" id="look" tabindex="-1">
            <h2>{tr(LOOK)}</h2>
            <fieldset class="choices">
                <legend>{tr(LANGUAGE)}</legend>
                {[(false, "中文", "zh-CN"), (true, "English", "en")].map(|(english, label, lang)| view! {
                    <label lang=lang><input type="radio" name="lang" value=lang prop:checked=is_english() == english
                        on:change=move |_| set_language(english)/>{label}</label>
                }).collect_view()}
            </fieldset>
            <fieldset class="choices gap-top">
                <legend>{tr(THEME)}</legend>
                {[("", SYSTEM), ("light", LIGHT), ("dark", DARK)].map(|(id, label)| view! {
                    <label><input type="radio" name="theme" value=id prop:checked=move || theme.with(|now| now == id)
                        on:change=move |_| set_theme(id)/>{tr(label)}</label>
                }).collect_view()}
            </fieldset>
        </section>
    }
}
