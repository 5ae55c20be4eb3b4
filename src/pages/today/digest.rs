//! One card for everything that the ladder says now, however long nobody was here: mine first, then what to pass on.
//! Must not decide who is told what (`state::told` does).

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::components::state_class;
use crate::i18n::{fill, reminders as words, say, time, tr};
use crate::router::Route;
use crate::state::{App, Group, Line, Reminders, use_app, use_reminders};

/// Lines on the card; the rest is counted.
const LINES: usize = 5;

/// Lines in a copied text; a chat takes no more.
const COPIED: usize = 100;

#[component]
pub fn Reminded() -> impl IntoView {
    let app = use_app();
    let reminders = use_reminders();
    let by_hand = RwSignal::new(String::new());
    view! {
        {move || {
            let digest = reminders.digest.get();
            let count = digest.count();
            let mut room = LINES;
            (count > 0).then(|| view! {
                <section class="card reminded" id="reminders" aria-labelledby="reminders-title">
                    <h2 id="reminders-title"><span>{tr(words::DIGEST)}" "<span class="chip soon num">{count}</span></span></h2>
                    {digest.groups.iter().map(|group| {
                        let shown = room.min(group.lines.len());
                        room -= shown;
                        card_group(app, reminders, group, shown, by_hand)
                    }).collect_view()}
                    {has_own_levels(app, &digest.groups).then(|| view! { <p class="small muted">{tr(words::OUR_LEVELS)}</p> })}
                </section>
            })
        }}
        <Show when=move || by_hand.with(|text| !text.is_empty())>
            <div class="field gap-top">
                <label for="reminders-copy">{tr(words::COPY_BY_HAND)}</label>
                <textarea id="reminders-copy" readonly rows="6" prop:value=by_hand></textarea>
            </div>
        </Show>
    }
}

fn card_group(app: App, reminders: Reminders, group: &Group, shown: usize, by_hand: RwSignal<String>) -> AnyView {
    let mine = group.to.is_empty();
    let title = if mine { tr(words::TO_ME).to_owned() } else { fill(words::TO_OTHERS, &[("who", &group.to)]) };
    let more = group.lines.len() - shown;
    let stored = StoredValue::new(group.clone());
    let mark = move |_| stored.with_value(|group| reminders.mark(app, group));
    let copy = move |_| stored.with_value(|group| copy(app, text(app, group), by_hand));
    let place = || view! { <span class="visually-hidden">"："{title.clone()}</span> };
    view! {
        <div class="told" data-tell=group.to.clone()>
            <div class="inline">
                <h3>{title.clone()}" "<span class="muted num">{group.lines.len()}</span></h3>
                <span class="sp"></span>
                <button type="button" class="quiet" on:click=copy>{tr(words::COPY)}{place()}</button>
                <button type="button" on:click=mark>{tr(if mine { words::NOTED } else { words::TOLD })}{place()}</button>
            </div>
            <ul class="plain">{group.lines.iter().take(shown).map(|line| card_line(app, line)).collect_view()}</ul>
            {(more > 0).then(|| view! {
                <p class="small muted">{fill(words::AND_MORE, &[("n", &more.to_string())])}" · "<a href=Route::Cases.href()>{tr(crate::i18n::common::CASES)}</a></p>
            })}
        </div>
    }
    .into_any()
}

fn card_line(app: App, line: &Line) -> Option<AnyView> {
    let now = app.at_once();
    let (_, clock, level) = line.rules(&app.books())?;
    let (row, brief) = (&line.item.case, line.item.brief());
    let state = brief.state(now);
    let class = format!("chip num {}", state_class(state, brief.is_soft()));
    let mut what = say(&level.say);
    if !level.clause.is_empty() {
        what.push_str(&format!("（{}）", level.clause));
    }
    let also = (!line.also.is_empty()).then(|| fill(words::ALSO, &[("who", &line.also)]));
    Some(view! {
        <li data-clock=brief.clock.clone() data-level=level.id>
            <a href=Route::Case(row.id.clone()).href()>{fill(words::LINE, &[("number", &row.number), ("clock", &say(&clock.label))])}</a>" "
            <span class=class>{words::due(state, brief.due, now)}</span>
            <div class="small muted">{what}{also.map(|also| format!(" · {also}"))}</div>
        </li>
    }
    .into_any())
}

fn has_own_levels(app: App, groups: &[Group]) -> bool {
    let library = app.books();
    let mut lines = groups.iter().flat_map(|group| &group.lines).take(LINES);
    lines.any(|line| line.rules(&library).is_some_and(|(_, _, level)| level.clause.is_empty()))
}

/// For a chat: number, obligation, due time, what the level says. Nothing about the person who complained.
fn text(app: App, group: &Group) -> String {
    let now = app.at_once();
    let library = app.books();
    let mut lines = vec![fill(words::COPY_HEAD, &[("at", &time::exact(now))])];
    if !group.to.is_empty() {
        lines.push(fill(words::TO_OTHERS, &[("who", &group.to)]));
    }
    for (index, line) in group.lines.iter().take(COPIED).enumerate() {
        let Some((_, clock, level)) = line.rules(&library) else { continue };
        let brief = line.item.brief();
        let due = words::due(brief.state(now), brief.due, now);
        let number = &line.item.case.number;
        lines.push(format!("{}. {number} {}：{due}。{}", index + 1, say(&clock.label), say(&level.say)));
    }
    if group.lines.len() > COPIED {
        lines.push(fill(words::AND_MORE, &[("n", &(group.lines.len() - COPIED).to_string())]));
    }
    lines.join("\n")
}

/// Puts the text on the clipboard; where the browser refuses, shows it for copying by hand.
fn copy(app: App, text: String, by_hand: RwSignal<String>) {
    let navigator = window().navigator();
    // Pages on plain http have no clipboard.
    if js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|found| found.is_undefined()) {
        by_hand.set(text);
        return;
    }
    let written = navigator.clipboard().write_text(&text);
    spawn_local(async move {
        match JsFuture::from(written).await {
            Ok(_) => app.say(tr(words::COPIED)),
            Err(_) => drop(by_hand.try_set(text)),
        }
    });
}
