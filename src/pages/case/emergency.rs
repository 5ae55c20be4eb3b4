//! Emergency plans on a case 应急: the group and who is in it, how long it has run, what was done and what comes next.
//! Everything is read off the log; must not store anything, and never activates a plan by itself.

use leptos::prelude::*;
use serde_json::{Map, Value};
use shouwen_core::case::{Body, Case, Command, Entry, Status, StepState, step_state};
use shouwen_core::pack::{Emergency, Step, Text, plan_of};
use shouwen_core::time::Civil;

use super::Seen;
use super::steps::ReadyStep;
use super::timeline::described;
use crate::components::{Part, ReasonDialog};
use crate::i18n::{common, emergency as words, fill, role_label, say, time, tr};
use crate::pages::packs::cond;
use crate::router::Route;
use crate::state::{Rulebook, use_app};

/// The form id of the printed record.
pub const RECORD: &str = "emergency";

/// A plan as it stands on a case.
#[derive(Clone)]
pub struct Plan {
    /// Of the pack that it belongs to.
    pub id: String,
    pub title: String,
    pub emergency: Emergency,
    /// It stands beside the ordinary pack; else it is part of it.
    pub companion: bool,
    /// It was not taken away.
    pub present: bool,
    pub steps: Vec<Step>,
}

/// How far a plan has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase {
    Idle,
    /// Since when.
    Active(Civil),
    Ended(Civil),
}

/// The plans of a case: the ordinary pack's own part first.
pub fn plans(case: &Case, book: &Rulebook) -> Vec<Plan> {
    let pack = &book.pack;
    let own = pack.emergency.iter().map(|emergency| Plan {
        id: pack.id.clone(),
        title: say(&emergency.label),
        emergency: emergency.clone(),
        companion: false,
        present: true,
        steps: emergency.steps.iter().filter_map(|id| pack.step(id).cloned()).collect(),
    });
    let refs = case.packs();
    let beside = book.plans.iter().filter_map(|plan| {
        let mine = |step: &&Step| plan_of(&step.id).is_some_and(|(of, _)| of == plan.id);
        Some(Plan {
            id: plan.id.clone(),
            title: say(&plan.title),
            emergency: plan.emergency.clone()?,
            companion: true,
            present: refs.iter().any(|one| one.id == plan.id),
            steps: pack.steps.iter().filter(mine).cloned().collect(),
        })
    });
    own.chain(beside).collect()
}

impl Plan {
    pub fn phase(&self, case: &Case) -> Phase {
        let mut phase = Phase::Idle;
        for one in &case.happenings {
            match phase {
                Phase::Idle | Phase::Ended(_) if one.event == self.emergency.on => phase = Phase::Active(one.at),
                Phase::Active(_) if one.event == self.emergency.off => phase = Phase::Ended(one.at),
                _ => {}
            }
        }
        phase
    }

    /// Every occurrence of its steps that is in force, by time.
    pub fn records<'a>(&self, case: &'a Case) -> Vec<&'a Entry> {
        let mine = |entry: &&Entry| match &entry.body {
            Some(Body::Step { step, .. }) => entry.voided_by.is_none() && self.steps.iter().any(|one| one.id == *step),
            _ => false,
        };
        let mut list: Vec<&Entry> = case.entries.iter().filter(mine).collect();
        shouwen_core::order::Order::order_by_key(&mut list[..], |entry| entry.event.at);
        list
    }

    /// Who takes which part: role → name, as it was said last.
    pub fn members(&self, case: &Case) -> Map<String, Value> {
        let said = |entry: &&Entry| match &entry.body {
            Some(Body::Step { values, .. }) => values.values().find_map(|value| value.as_object().cloned()),
            _ => None,
        };
        self.records(case).iter().rev().find_map(said).unwrap_or_default()
    }

    /// The parts of the group with their duties.
    pub fn parts(&self, book: &Rulebook) -> Vec<Part> {
        let part = |member: &shouwen_core::pack::GroupMember| {
            let (part, role) = (say(&member.part), role_label(&book.pack, &member.role));
            let label = if role.contains(&part) { role } else { format!("{part}（{role}）") };
            Part { role: member.role.clone(), label, duty: say(&member.duty) }
        };
        self.emergency.group.iter().map(part).collect()
    }

    /// Why it is proposed now, in words.
    fn proposed(&self, seen: &Seen) -> Option<String> {
        let when = self.emergency.activate_when.as_ref().filter(|_| self.present)?;
        let library = use_app().books();
        when.holds(&seen.judged(&library.world)).then(|| cond(&seen.book.pack, when))
    }

    /// Whether it has a card of its own on the page.
    fn is_shown(&self, seen: &Seen) -> bool {
        self.companion || self.phase(&seen.case) != Phase::Idle || self.proposed(seen).is_some()
    }
}

/// Ids of the steps that stand in cards of plans and not in the checklist.
pub fn steps_of_plans(seen: &Seen) -> Vec<String> {
    let shown = plans(&seen.case, &seen.book).into_iter().filter(|plan| plan.is_shown(seen));
    shown.flat_map(|plan| plan.steps).map(|step| step.id).collect()
}

/// The group that a step's plan knows, for asking who is in it.
pub fn group_of(seen: &Seen, step: &Step) -> Vec<Part> {
    let plan = plans(&seen.case, &seen.book).into_iter().find(|plan| plan.steps.iter().any(|one| one.id == step.id));
    plan.map(|plan| plan.parts(&seen.book)).unwrap_or_default()
}

/// What must be so before the plan ends, with the outcomes of the step that end it (empty: every one).
pub fn needs_of(seen: &Seen, step: &Step) -> (Vec<Text>, Vec<String>) {
    for plan in plans(&seen.case, &seen.book) {
        let off = &plan.emergency.off;
        let outcomes: Vec<String> =
            step.outcomes.iter().filter(|one| one.emits.contains(off)).map(|one| one.id.clone()).collect();
        if plan.steps.iter().any(|one| one.id == step.id) && (step.emits.contains(off) || !outcomes.is_empty()) {
            return (plan.emergency.needs, outcomes);
        }
    }
    Default::default()
}

/// The cards of the plans, and what is not on this device.
#[component]
pub fn Plans(seen: Seen) -> impl IntoView {
    let lacking = use_app().books().lacking(&seen.case.packs());
    let lacking = lacking.into_iter().map(|one| {
        let text = fill(words::LACKING, &[("id", &one.id), ("version", &one.version.to_string())]);
        view! { <div class="banner bad" role="alert">{text}</div> }
    });
    let plans = plans(&seen.case, &seen.book).into_iter().filter(|plan| plan.is_shown(&seen));
    view! {
        {lacking.collect_view()}
        {plans.map(|plan| card(&seen, &plan)).collect_view()}
    }
}

fn card(seen: &Seen, plan: &Plan) -> AnyView {
    let app = use_app();
    let phase = plan.phase(&seen.case);
    let (class, state) = match phase {
        _ if !plan.present => ("chip", Signal::stored(tr(words::GONE).to_owned())),
        Phase::Idle => ("chip", Signal::stored(tr(words::IDLE).to_owned())),
        Phase::Active(since) => {
            let span = move || time::span((app.now.get() - since).num_seconds());
            ("chip soon", Signal::derive(move || fill(words::ACTIVE, &[("span", &span())])))
        }
        Phase::Ended(at) => {
            ("chip ok", Signal::stored(fill(words::ENDED, &[("at", &time::moment(at, app.at_once()))])))
        }
    };
    let proposed = plan.proposed(seen).filter(|_| phase == Phase::Idle);
    let named = !plan.members(&seen.case).is_empty();
    let open = seen.case.status() == Status::Open && plan.present;
    let print = Route::Print { case: seen.case.id.clone(), form: RECORD.to_owned() }.href();
    view! {
        <section class="card plan" data-plan=plan.id.clone()>
            <h2>{tr(words::TITLE)}"："{plan.title.clone()}<span class=class>{state}</span></h2>
            {proposed.map(|why| view! { <p class="why warn small">{fill(words::PROPOSED, &[("why", &why)])}</p> })}
            {rules(&plan.emergency, phase == Phase::Idle)}
            <details open=named>
                <summary class="small">{tr(words::GROUP)}" · "{say(&plan.emergency.label)}</summary>
                {group(seen, plan)}
            </details>
            {records(seen, plan)}
            {open.then(|| steps(seen, plan))}
            <div class="actions">
                {(phase != Phase::Idle).then(|| view! { <a class="btn quiet small" href=print>{tr(words::PRINT)}</a> })}
                {(open && plan.companion).then(|| view! { <Remove seen=seen.clone() id=plan.id.clone()/> })}
            </div>
        </section>
    }
    .into_any()
}

/// When it begins and ends, and by what principles.
pub fn rules(emergency: &Emergency, open: bool) -> AnyView {
    let principles: Vec<String> = emergency.principles.iter().map(say).collect();
    view! {
        <details open=open>
            <summary class="small">{tr(words::ACTIVATION)}" · "{emergency.clause.clone()}</summary>
            <dl class="facts small">
                <dt>{tr(words::ACTIVATION)}</dt><dd>{say(&emergency.activation)}</dd>
                <dt>{tr(words::TERMINATION)}</dt><dd>{say(&emergency.termination)}</dd>
                {(!principles.is_empty()).then(|| view! { <dt>{tr(words::PRINCIPLES)}</dt><dd>{principles.join("\n")}</dd> })}
            </dl>
        </details>
    }
    .into_any()
}

/// The group with its duties, and the names where they are known.
pub fn group(seen: &Seen, plan: &Plan) -> AnyView {
    let members = plan.members(&seen.case);
    let line = |part: Part| {
        let name = members.get(&part.role).and_then(Value::as_str).map(str::to_owned);
        let name = match name {
            Some(name) => view! { <b>{name}</b> }.into_any(),
            None => view! { <span class="muted">{tr(words::UNNAMED)}</span> }.into_any(),
        };
        view! { <dt>{part.label}</dt><dd>{name}" "<span class="muted">{part.duty}</span></dd> }
    };
    view! { <dl class="facts small">{plan.parts(&seen.book).into_iter().map(line).collect_view()}</dl> }.into_any()
}

/// Each meeting, visit and decision with everything that was said about it.
fn records(seen: &Seen, plan: &Plan) -> AnyView {
    let list = plan.records(&seen.case);
    if list.is_empty() {
        return ().into_any();
    }
    let now = use_app().at_once();
    let line = |entry: &&Entry| {
        let (title, text) = described(entry, &seen.book.pack);
        view! {
            <li>
                <span class="num muted">{time::moment(entry.event.at, now)}</span>
                <span><b>{title}</b>" "<span class="muted">{entry.event.actor.clone()}</span><div class="pre">{text}</div></span>
            </li>
        }
    };
    view! { <h3>{tr(words::RECORDS)}</h3><ol class="log small">{list.iter().map(line).collect_view()}</ol> }.into_any()
}

/// The steps in the plan's order, those that wait with what they wait for.
fn steps(seen: &Seen, plan: &Plan) -> AnyView {
    let opened = RwSignal::new(None::<String>);
    let line = |step: &Step| match step_state(&seen.case, step) {
        StepState::Ready => Some(view! { <ReadyStep seen=seen.clone() step=step.clone() opened/> }.into_any()),
        StepState::Blocked(missing) => {
            let needs = super::step::missing_words(seen, &missing);
            Some(view! { <li class="muted"><span class="mark" aria-hidden="true">"·"</span>{say(&step.label)}" "<span class="small">{needs}</span></li> }.into_any())
        }
        StepState::Done => Some(
            view! { <li class="done"><span class="mark" aria-hidden="true">"✓"</span>{say(&step.label)}</li> }
                .into_any(),
        ),
        StepState::NotApplicable => None,
    };
    // Once it is over, what comes after the end is all that still has to be done.
    let off = &plan.emergency.off;
    let ends = |step: &Step| step.emits.contains(off) || step.outcomes.iter().any(|one| one.emits.contains(off));
    let after = plan.steps.iter().rposition(ends).map_or(0, |place| place + 1);
    let done = |step: &Step| plan.records(&seen.case).iter().any(|entry| super::steps::is_of(entry, step));
    let open = !matches!(plan.phase(&seen.case), Phase::Ended(_)) || !plan.steps[after..].iter().all(done);
    view! {
        <details open=open>
            <summary><h3>{tr(words::PLAN_STEPS)}</h3></summary>
            <ul class="steps">{plan.steps.iter().filter_map(line).collect_view()}</ul>
        </details>
    }
    .into_any()
}

/// The plan is taken away again, with a reason.
#[component]
fn Remove(seen: Seen, id: String) -> impl IntoView {
    let app = use_app();
    let asking = RwSignal::new(false);
    let then = Callback::new(move |reason| {
        let mut packs = seen.case.packs();
        packs.retain(|one| one.id != id);
        app.dispatch(seen.case.id.clone(), Command::Upgrade { packs, reason }, || ());
    });
    view! {
        <button class="quiet small" on:click=move |_| asking.set(true)>{tr(words::REMOVE)}</button>
        <ReasonDialog open=asking title=tr(words::REMOVE) text=tr(words::REMOVE_TEXT) confirm=common::CONFIRM then/>
    }
}
