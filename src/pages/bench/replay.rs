//! Replaying the stored cases under the draft, in small slices: what would change before it is published.
//! Must not write anything.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::classify::Classifier;
use shouwen_core::pack::{Pack, PackRef, Plan, united};
use shouwen_core::replay::{Effect, Shift, Tally, Under, effect};

use super::Bench;
use super::desk::Reading;
use super::shift::{classes_lost, clock_shifts, kind};
use crate::exchange::breathe;
use crate::i18n::{T, bench as words, errors, fill, say, tr};
use crate::pages::share::Working;
use crate::router::Route;
use crate::state::{App, Library, Rulebook, wall_ms};

/// Work between two chances for the browser to draw, in milliseconds.
const SLICE_MS: u64 = 40;

/// Changed cases that are listed; all are counted.
const SHOWN: usize = 60;

/// A case that would change.
#[derive(Clone)]
struct Changed {
    id: String,
    number: String,
    before: Arc<Rulebook>,
    effect: Effect,
}

/// What a replay found.
#[derive(Clone, Default)]
struct Outcome {
    tally: Tally,
    /// Cases whose version is not on this device.
    skipped: u32,
    list: Vec<Changed>,
    stopped: bool,
    /// The draft as it was replayed.
    edits: u32,
}

/// Kept while the bench is open, so that looking elsewhere does not lose it.
#[derive(Clone, Copy)]
pub struct State {
    progress: RwSignal<Option<(u32, u32)>>,
    outcome: RwSignal<Option<Result<Outcome, String>>>,
    stop: StoredValue<bool>,
}

impl Default for State {
    fn default() -> State {
        State { progress: RwSignal::new(None), outcome: RwSignal::new(None), stop: StoredValue::new(false) }
    }
}

pub fn page(bench: Bench) -> AnyView {
    let state = bench.replay;
    let app = bench.desk.app;
    let id = bench.desk.id.get_value();
    let total =
        app.rows.with_untracked(|rows| rows.values().filter(|row| row.packs.iter().any(|one| one.id == id)).count());
    let running = move || state.progress.with(Option::is_some);
    view! {
        <section aria-label=tr(words::REPLAY)>
            <h2 tabindex="-1" id="bench-title">{tr(words::REPLAY)}</h2>
            <p class="muted small bench-lead">{tr(words::REPLAY_LEAD)}</p>
            {if total == 0 {
                view! { <p class="muted bench-none">{tr(words::REPLAY_NONE)}</p> }.into_any()
            } else {
                view! {
                    <p class="inline">
                        <button type="button" class="primary" id="bench-replay" disabled=running on:click=move |_| start(bench)>
                            {fill(words::REPLAY_START, &[("n", &total.to_string())])}</button>
                        <button type="button" id="bench-replay-stop" hidden=move || !running() on:click=move |_| state.stop.set_value(true)>{tr(words::REPLAY_STOP)}</button>
                    </p>
                    <Working label=tr(words::REPLAYING) progress=state.progress/>
                }.into_any()
            }}
            <div id="bench-replayed">{move || state.outcome.get().map(|outcome| match outcome {
                Ok(outcome) => results(bench, outcome),
                Err(what) => view! { <p role="alert" class="late-text">{what}</p> }.into_any(),
            })}</div>
        </section>
    }
    .into_any()
}

fn start(bench: Bench) {
    let (desk, state) = (bench.desk, bench.replay);
    desk.check();
    let Some(reading) = desk.reading.get_untracked() else { return };
    state.stop.set_value(false);
    state.outcome.set(None);
    spawn_local(async move {
        let outcome = run(bench, reading).await;
        state.progress.try_set(None);
        state.outcome.try_set(Some(outcome));
    });
}

async fn run(bench: Bench, draft: Arc<Reading>) -> Result<Outcome, String> {
    let (app, state) = (bench.desk.app, bench.replay);
    let library = app.books();
    let id = draft.pack.id.clone();
    let ids: Vec<String> = app.rows.with_untracked(|rows| {
        rows.values().filter(|row| row.packs.iter().any(|one| one.id == id)).map(|row| row.id.clone()).collect()
    });
    let mut outcome = Outcome { edits: bench.desk.edits.get_untracked(), ..Outcome::default() };
    let now = app.at_once();
    let mut since = wall_ms();
    for (index, case_id) in ids.iter().enumerate() {
        if wall_ms() > since + SLICE_MS {
            state.progress.try_set(Some((index as u32, ids.len() as u32)));
            breathe().await;
            since = wall_ms();
        }
        // The page was left, or somebody has seen enough.
        if state.stop.try_get_value() != Some(false) {
            outcome.stopped = true;
            break;
        }
        let Some(case) = app.load_case(case_id).await.map_err(|error| errors::store(&error))? else { continue };
        let Some(before) = library.of_case(&case) else {
            outcome.skipped += 1;
            continue;
        };
        let old = Under { pack: &before.pack, classifier: before.classifier() };
        let mixed = beside(&library, &case.packs(), &case.plans_left(), &draft.pack);
        let effect = match &mixed {
            None => {
                effect(&case, &old, &Under { pack: &draft.pack, classifier: &draft.classifier }, &library.world, now)
            }
            Some((pack, classifier)) => effect(&case, &old, &Under { pack, classifier }, &library.world, now),
        };
        outcome.tally.add(&effect);
        if !effect.is_empty() {
            let (id, number) = (case.id, case.number);
            outcome.list.push(Changed { id, number, before, effect });
        }
    }
    Ok(outcome)
}

/// The rules of a case that follows several packs, with the draft in the place of its own version. `None`: the draft
/// alone.
fn beside(library: &Library, packs: &[PackRef], left: &[PackRef], draft: &Pack) -> Option<(Pack, Classifier)> {
    if packs.len() == 1 && left.is_empty() {
        return None;
    }
    let (first, plans) = packs.split_first()?;
    let one = |reference: &PackRef| {
        if reference.id == draft.id {
            Some(draft.clone())
        } else {
            library.get(reference).map(|book| book.pack.clone())
        }
    };
    let plans: Vec<(Pack, bool)> = plans
        .iter()
        .map(|plan| (plan, true))
        .chain(left.iter().map(|plan| (plan, false)))
        .filter_map(|(plan, present)| Some((one(plan)?, present)))
        .collect();
    let plans = plans.iter().map(|(pack, present)| Plan { pack, present: *present }).collect();
    let (whole, _) = united(&one(first)?, plans);
    let classifier = Classifier::new(&whole);
    Some((whole, classifier))
}

fn results(bench: Bench, outcome: Outcome) -> AnyView {
    let desk = bench.desk;
    let Some(after) = desk.reading.get_untracked() else { return ().into_any() };
    let Outcome { tally, skipped, list, stopped, edits } = outcome;
    let numbers: Vec<AnyView> = [
        (words::R_LATE, tally.late),
        (words::R_NEW, tally.new),
        (words::R_GONE, tally.gone),
        (words::R_DUE, tally.due),
        (words::R_STATE, tally.state),
        (words::R_SUGGESTIONS, tally.suggestions),
        (words::R_LOST, tally.lost),
    ]
    .into_iter()
    .filter(|(_, n)| *n > 0)
    .map(|(text, n): (T, u32)| view! { <li>{fill(text, &[("n", &n.to_string())])}</li> }.into_any())
    .collect();
    let summary = fill(words::R_SUMMARY, &[("n", &tally.cases.to_string()), ("changed", &tally.changed.to_string())]);
    let more = list.len().saturating_sub(SHOWN);
    let rows: Vec<AnyView> = list.iter().take(SHOWN).map(|one| case_row(desk.app, one, &after)).collect();
    view! {
        {move || (desk.edits.get() != edits).then(|| view! { <p class="banner" role="status">{tr(words::R_OUTDATED)}</p> })}
        {stopped.then(|| view! { <p class="banner">{tr(words::R_STOPPED)}</p> })}
        <p role="status" id="bench-summary"><b>{summary}</b></p>
        {(tally.changed == 0 && !stopped).then(|| view! { <p class="muted">{tr(words::R_NOTHING)}</p> })}
        <ul class="bench-numbers">{numbers}</ul>
        {(skipped > 0).then(|| view! { <p class="small muted">{fill(words::R_SKIPPED, &[("n", &skipped.to_string())])}</p> })}
        <div class="bench-cases">{rows}</div>
        {(more > 0).then(|| view! { <p class="small muted">{fill(words::R_MORE, &[("n", &more.to_string())])}</p> })}
    }
    .into_any()
}

fn case_row(app: App, one: &Changed, after: &Reading) -> AnyView {
    let now = app.at_once();
    let mut kinds: Vec<Shift> = one.effect.clocks.iter().map(|shift| shift.kind()).collect();
    kinds.dedup();
    let chips: Vec<AnyView> = [Shift::Late, Shift::New, Shift::Gone, Shift::Due, Shift::State]
        .into_iter()
        .filter(|wanted| kinds.contains(wanted))
        .map(|shift| {
            let (word, style) = kind(shift);
            view! { <span class=style>{tr(word)}</span>" " }.into_any()
        })
        .collect();
    let before = &one.before.pack;
    let classes: Vec<AnyView> = one
        .effect
        .classes
        .iter()
        .map(|shift| {
            let axis = after.pack.axis(&shift.axis).or_else(|| before.axis(&shift.axis));
            let names = |ids: &[String]| {
                let name = |id: &String| {
                    axis.and_then(|axis| axis.class(id)).map_or_else(|| id.clone(), |class| say(&class.label))
                };
                if ids.is_empty() {
                    tr(words::NO_CLASS).to_owned()
                } else {
                    ids.iter().map(name).collect::<Vec<_>>().join(crate::pages::packs::joint())
                }
            };
            let label = axis.map(|axis| say(&axis.label)).unwrap_or_default();
            let line =
                fill(words::R_CLASS, &[("axis", &label), ("a", &names(&shift.before)), ("b", &names(&shift.after))]);
            let decided = shift.decided.then(|| view! { " "<span class="small muted">{tr(words::R_DECIDED)}</span> });
            view! { <li>{line}{decided}</li> }.into_any()
        })
        .collect();
    let clocks = (!one.effect.clocks.is_empty()).then(|| clock_shifts(&one.effect.clocks, before, &after.pack, now));
    view! {
        <details class="bench-case" data-case=one.number.clone()>
            <summary><b>{one.number.clone()}</b>" "{chips}</summary>
            <p><a href=Route::Case(one.id.clone()).href()>{tr(words::R_OPEN)}</a></p>
            {clocks}{classes_lost(&one.effect.lost, before)}
            <ul class="small">{classes}</ul>
        </details>
    }
    .into_any()
}
