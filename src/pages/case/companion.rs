//! Using an emergency plan on a case: choosing one, reading when and how it works, adding or activating it.
//! Must not decide anything: a person chooses, gives a reason, and names the group.

use leptos::prelude::*;
use shouwen_core::case::{Command, Status, StepState, step_state};
use shouwen_core::order::Order as _;
use shouwen_core::pack::{Emergency, Step};

use super::Seen;
use super::emergency::{Phase, Plan, group, plans, rules};
use super::pausing::confirm;
use super::step::StepForm;
use crate::components::{Modal, fits};
use crate::i18n::{common, emergency as words, say, tr};
use crate::state::use_app;

/// A plan that can be chosen.
#[derive(Clone)]
struct Offer {
    id: String,
    title: String,
    summary: String,
    mark: &'static str,
}

/// The card with the button, while the case is open.
#[component]
pub fn UsePlan(seen: Seen) -> impl IntoView {
    let open = RwSignal::new(false);
    let stored = StoredValue::new(seen.clone());
    (seen.case.status() == Status::Open).then(|| {
        view! {
            <section class="card" id="use-plan">
                <h2>{tr(words::TITLE)}</h2>
                <p class="small muted">{tr(words::NO_PLAN)}</p>
                <div class="actions"><button on:click=move |_| open.set(true)>{tr(words::START)}</button></div>
                <Modal open title=tr(words::START)>
                    <Choose seen=stored.get_value() open/>
                </Modal>
            </section>
        }
    })
}

#[component]
fn Choose(seen: Seen, open: RwSignal<bool>) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let chosen = RwSignal::new(String::new());
    let stored = StoredValue::new(seen.clone());
    let list = move || {
        let wanted = query.get();
        let found = stored.with_value(|seen| offers(seen, &wanted));
        if found.is_empty() {
            return view! { <p class="muted" role="status">{tr(words::NOTHING)}</p> }.into_any();
        }
        found
            .into_iter()
            .map(|offer| {
                let (id, known) = (offer.id.clone(), offer.id.clone());
                view! {
                    <label class="picker-row">
                        <input type="radio" name="plan" value=offer.id prop:checked=move || chosen.get() == known
                            on:change=move |_| chosen.set(id.clone())/>
                        <span><b>{offer.title}</b>" "{(!offer.mark.is_empty()).then(|| view! { <span class="chip acc">{offer.mark}</span> })}
                            <small>{offer.summary}</small></span>
                    </label>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <div class="field"><label for="plan-search">{tr(words::SEARCH)}</label>
            <input id="plan-search" type="search" autocomplete="off" on:input=move |event| query.set(event_target_value(&event))/></div>
        <div class="picker-list plans" role="radiogroup" aria-label=tr(words::CHOOSE)>{list}</div>
        {move || {
            let id = chosen.get();
            (!id.is_empty()).then(|| stored.with_value(|seen| details(seen, &id, open)))
        }}
    }
}

/// Plans that are not on the case yet: the ordinary pack's own, those in use at this desk, all others.
fn offers(seen: &Seen, wanted: &str) -> Vec<Offer> {
    let library = use_app().books();
    let there = seen.case.packs();
    let mut heads = library.heads();
    heads.retain(|head| head.companion && !there.iter().any(|one| one.id == head.id) && fits(head, wanted));
    let here = |id: &String| library.chosen().contains(id);
    heads.order_by_key(|head| !here(&head.id));
    let beside = heads.iter().map(|head| Offer {
        id: head.id.clone(),
        title: say(&head.title),
        summary: say(&head.summary),
        mark: if here(&head.id) { tr(words::HERE) } else { "" },
    });
    let own = own(seen).filter(|(plan, _)| wanted.trim().is_empty() || plan.title.contains(wanted.trim()));
    let own = own.map(|(plan, _)| Offer {
        id: plan.id,
        title: plan.title,
        summary: say(&plan.emergency.activation),
        mark: tr(words::OWN),
    });
    own.into_iter().chain(beside).collect()
}

/// The ordinary pack's own plan with the step that activates it, when that can be done now.
fn own(seen: &Seen) -> Option<(Plan, Step)> {
    let plan = plans(&seen.case, &seen.book).into_iter().find(|plan| !plan.companion)?;
    let on = &plan.emergency.on;
    let begins = |step: &&Step| {
        let emits = step.emits.contains(on) || step.outcomes.iter().any(|one| one.emits.contains(on));
        emits && step_state(&seen.case, step) == StepState::Ready
    };
    let step = plan.steps.iter().find(begins).cloned()?;
    (!matches!(plan.phase(&seen.case), Phase::Active(_))).then_some((plan, step))
}

fn details(seen: &Seen, id: &str, open: RwSignal<bool>) -> AnyView {
    let close = Callback::new(move |()| open.set(false));
    if let Some((plan, step)) = own(seen).filter(|(plan, _)| plan.id == id) {
        return view! {
            {rules(&plan.emergency, true)}
            <StepForm seen=seen.clone() step done=close cancel=close/>
        }
        .into_any();
    }
    let Some(book) = use_app().books().latest(id) else { return ().into_any() };
    let with = {
        let mut packs = seen.case.packs();
        packs.push(book.pack.reference());
        packs
    };
    // The plan as it would stand on the case, for the names of its roles.
    let whole = use_app().books().of_packs(&with, &[]).unwrap_or(book);
    let there = Seen { book: whole.clone(), ..seen.clone() };
    let plan = plans(&seen.case, &whole).into_iter().find(|plan| plan.id == id);
    view! {
        {plan.map(|plan| view! { {rules(&plan.emergency, true)}{heading(&plan.emergency)}{group(&there, &plan)} })}
        <Add seen=seen.clone() packs=with open/>
    }
    .into_any()
}

fn heading(emergency: &Emergency) -> AnyView {
    view! { <h3>{tr(words::GROUP)}" · "{say(&emergency.label)}</h3> }.into_any()
}

/// The plan is put beside the ordinary rules, with a reason.
#[component]
fn Add(seen: Seen, packs: Vec<shouwen_core::pack::PackRef>, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let (reason, problem) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let command = Command::Upgrade { packs: packs.clone(), reason: reason.get_untracked() };
        confirm(app, &seen, command, open, problem);
    };
    view! {
        <form on:submit=submit>
            <p class="small gap-top">{tr(words::ADD_TEXT)}</p>
            <div class="field gap-top"><label for="plan-why">{tr(words::ADD_WHY)}</label>
                <textarea id="plan-why" rows="2" required maxlength="2000" on:input=move |event| reason.set(event_target_value(&event))></textarea></div>
            <p class="late-text small" role="alert">{problem}</p>
            <div class="actions">
                <button type="button" on:click=move |_| open.set(false)>{tr(common::CANCEL)}</button>
                <button type="submit" class="primary">{tr(words::ADD)}</button>
            </div>
        </form>
    }
}
