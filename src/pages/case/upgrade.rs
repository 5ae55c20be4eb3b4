//! A newer version of a case's rules: a quiet line, what it would do to this case, and moving the case with a reason.
//! Must not move a case by itself; a case keeps its version until a person decides.

use leptos::prelude::*;
use shouwen_core::case::{Body, Command, Status};
use shouwen_core::pack::PackRef;
use shouwen_core::replay::{Under, effect};

use super::Seen;
use crate::components::Modal;
use crate::i18n::{bench as words, common, fill, say, tr};
use crate::pages::bench::{classes_lost, clock_shifts};
use crate::state::{App, use_app};

/// Versions before the newest that are looked for.
const LOOKED_FOR: u32 = 50;

#[component]
pub fn Upgrade(seen: Seen) -> impl IntoView {
    let app = use_app();
    let library = app.books();
    let own = seen.case.packs();
    let newest_of = |one: &PackRef| library.in_force(&one.id).map_or(one.version, |book| book.pack.version);
    // The ordinary pack first; a plan beside it may have a newer version, too.
    let place = own.iter().position(|one| newest_of(one) > one.version).unwrap_or(0);
    let Some(first) = own.get(place).cloned().filter(|_| seen.case.status() == Status::Open) else {
        return ().into_any();
    };
    let newest = newest_of(&first);
    let moved = place == 0 && opened_under(&seen).is_some_and(|version| version != first.version);
    let line = match (newest > first.version, moved) {
        (true, _) => fill(words::U_LINE, &[("version", &newest.to_string())]),
        (false, true) => fill(words::U_BACK_LINE, &[("version", &first.version.to_string())]),
        (false, false) => return ().into_any(),
    };
    let link = if newest > first.version { words::U_LOOK } else { words::U_BACK };
    // The newest ones: nobody goes back further than that.
    let others: Vec<PackRef> = (newest.saturating_sub(LOOKED_FOR).max(1)..=newest)
        .filter(|version| *version != first.version)
        .map(|version| PackRef { id: first.id.clone(), version })
        .filter(|reference| library.get(reference).is_some())
        .collect();
    let Some(wanted) = others.iter().max_by_key(|one| one.version).cloned() else { return ().into_any() };
    let open = RwSignal::new(false);
    let stored = StoredValue::new((seen, others));
    view! {
        <p class="small upgrade" id="upgrade-line"><span class="muted">{line}</span>" "
            <button type="button" class="quiet small" on:click=move |_| open.set(true)>{tr(link)}</button></p>
        <Modal open title=tr(words::U_TITLE)>{
            let wanted = wanted.clone();
            move || stored.with_value(|(seen, others)| dialog(app, seen, others, place, wanted.version, open))
        }</Modal>
    }
    .into_any()
}

/// The version that the case was opened under.
fn opened_under(seen: &Seen) -> Option<u32> {
    seen.case.in_force().find_map(|(_, body)| match body {
        Body::Opened { packs, .. } => packs.first().map(|one| one.version),
        _ => None,
    })
}

/// `place`: which of the case's packs is to be moved.
fn dialog(app: App, seen: &Seen, others: &[PackRef], place: usize, version: u32, open: RwSignal<bool>) -> AnyView {
    let library = app.books();
    let chosen = RwSignal::new(version);
    let reason = RwSignal::new(String::new());
    let options: Vec<AnyView> = others
        .iter()
        .filter_map(|reference| library.get(reference))
        .map(|book| {
            let own = book.pack.version;
            let label = fill(words::U_VERSION, &[("version", &own.to_string()), ("date", &book.pack.effective_from)]);
            view! { <option value=own.to_string() selected=own == version>{label}</option> }.into_any()
        })
        .collect();
    let here = StoredValue::new(seen.clone());
    let packs = move |version: u32| {
        let mut packs = here.with_value(|seen| seen.case.packs());
        if let Some(first) = packs.get_mut(place) {
            first.version = version;
        }
        packs
    };
    let shown = move || here.with_value(|seen| told(app, seen, &packs(chosen.get())));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let why = reason.get_untracked();
        if why.trim().is_empty() {
            return;
        }
        open.set(false);
        let command = Command::Upgrade { packs: packs(chosen.get_untracked()), reason: why };
        app.dispatch(here.with_value(|seen| seen.case.id.clone()), command, || ());
    };
    view! {
        <form on:submit=submit id="upgrade">
            <p class="small muted">{tr(words::U_TEXT)}</p>
            <div class="field gap-top"><label for="upgrade-version">{tr(words::U_WHICH)}</label>
                <select id="upgrade-version" on:change=move |event| {
                    if let Ok(version) = event_target_value(&event).parse() {
                        chosen.set(version);
                    }
                }>{options}</select></div>
            <div id="upgrade-effect">{shown}</div>
            <div class="field gap-top"><label for="upgrade-reason">{tr(words::U_REASON)}</label>
                <textarea id="upgrade-reason" required maxlength="2000" rows="2" on:input=move |event| reason.set(event_target_value(&event))></textarea></div>
            <div class="actions">
                <button type="button" on:click=move |_| open.set(false)>{tr(words::U_KEEP)}</button>
                <button type="submit" class="primary">{tr(words::U_DO)}</button>
            </div>
        </form>
    }
    .into_any()
}

/// What moving to these packs would do.
fn told(app: App, seen: &Seen, packs: &[PackRef]) -> AnyView {
    let library = app.books();
    let Some(book) = library.of_packs(packs, &seen.case.plans_left()) else {
        return view! { <p role="alert">{tr(common::UNKNOWN_PLACE)}</p> }.into_any();
    };
    let old = Under { pack: &seen.book.pack, classifier: seen.book.classifier() };
    let new = Under { pack: &book.pack, classifier: book.classifier() };
    let now = app.at_once();
    let effect = effect(&seen.case, &old, &new, &library.world, now);
    let changes = book.pack.changes.as_ref().map(|text| {
        view! { <details class="small"><summary>{tr(words::U_CHANGES)}</summary><p class="pre">{say(text)}</p></details> }
    });
    let clocks = if effect.clocks.is_empty() {
        view! { <p>{tr(words::U_NONE)}</p> }.into_any()
    } else {
        clock_shifts(&effect.clocks, &seen.book.pack, &book.pack, now)
    };
    view! { {changes}<h3 class="gap-top">{tr(words::U_EFFECT)}</h3>{clocks}{classes_lost(&effect.lost, &seen.book.pack)} }.into_any()
}
