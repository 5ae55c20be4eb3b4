//! The right side of intake: what kind of complaint this is and why, what to say, similar cases, limits to come.

use leptos::prelude::*;
use serde_json::Value;
use shouwen_core::case::{CaseFacts, preview};
use shouwen_core::classify::Classification;
use shouwen_core::order::Order as _;
use shouwen_core::pack::{Axis, ClockKind, Pack};
use shouwen_core::register::similar;

use super::Form;
use crate::components::AxisChooser;
use crate::i18n::{clocks, common, fill, intake, say, time, tr};
use crate::router::Route;

#[component]
pub fn Side(form: Form, pack: StoredValue<Pack>) -> impl IntoView {
    view! {
        <Similar form/>
        <SayNow form pack/>
        <Kinds form pack/>
        <WillRun form pack/>
    }
}

#[component]
fn Kinds(form: Form, pack: StoredValue<Pack>) -> impl IntoView {
    let axes: Vec<Axis> = pack.with_value(|pack| pack.axes.clone());
    let (needed, further): (Vec<Axis>, Vec<Axis>) = axes.into_iter().partition(|axis| axis.required);
    let result = Signal::derive(move || form.result.get());
    let any = Memo::new(move |_| form.result.with(Option::is_some));
    view! {
        <section class="card">
            <h2>{tr(intake::WHAT_KIND)}
                <Show when=move || any.get()>
                    <button type="button" class="quiet small" title="Alt + A" on:click=move |_| form.adopt()>{tr(intake::ADOPT)}</button>
                </Show>
            </h2>
            <Show when=move || !any.get()><p class="small muted">{tr(intake::WHAT_KIND_EMPTY)}</p></Show>
            {needed.into_iter().map(|axis| view! { <Chooser form pack axis result/> }).collect_view()}
            {(!further.is_empty()).then(|| view! {
                <details>
                    <summary class="small">{tr(intake::FURTHER)}" "{move || chosen(form, pack)}</summary>
                    {further.into_iter().map(|axis| view! { <Chooser form pack axis result/> }).collect_view()}
                </details>
            })}
        </section>
    }
}

/// One axis, while it concerns the case.
#[component]
fn Chooser(form: Form, pack: StoredValue<Pack>, axis: Axis, result: Signal<Option<Classification>>) -> impl IntoView {
    let choice = form.choice(&axis.id);
    let shown = Applies { form, pack, axis: axis.id.clone() }.memo();
    let axis = StoredValue::new(axis);
    view! {
        <Show when=move || shown.get()>
            <AxisChooser axis=axis.get_value() pack result choice prefix="in"/>
        </Show>
    }
}

/// The labels chosen on axes that are not required, so that a closed list still tells.
fn chosen(form: Form, pack: StoredValue<Pack>) -> String {
    pack.with_value(|pack| {
        form.values.with(|map| {
            let axes = pack.axes.iter().filter(|axis| !axis.required);
            let labels = axes.flat_map(|axis| {
                let ids = shouwen_core::case::strings(map.get(&format!("{}{}", super::CLASSES, axis.id)));
                ids.into_iter().filter_map(|id| axis.class(&id).map(|class| say(&class.label))).collect::<Vec<_>>()
            });
            labels.collect::<Vec<_>>().join("、")
        })
    })
}

/// Does an axis concern this case, given the choices so far?
struct Applies {
    form: Form,
    pack: StoredValue<Pack>,
    axis: String,
}

impl Applies {
    fn memo(self) -> Memo<bool> {
        Memo::new(move |_| {
            self.form.values.track();
            self.form.result.track();
            self.pack.with_value(|pack| {
                let when = pack.axis(&self.axis).and_then(|axis| axis.when.as_ref());
                let Some(when) = when else { return true };
                let case = preview(&self.form.drafts(), &self.form.app.actor.get_untracked());
                case.is_some_and(|case| when.holds(&CaseFacts(&case)))
            })
        })
    }
}

#[component]
fn SayNow(form: Form, pack: StoredValue<Pack>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        form.values.track();
        form.result.track();
        let case = preview(&form.drafts(), &form.app.actor.get_untracked());
        pack.with_value(|pack| {
            pack.scripts
                .iter()
                .filter(|script| match (&script.when, &case) {
                    (None, _) => true,
                    (Some(when), Some(case)) => when.holds(&CaseFacts(case)),
                    _ => false,
                })
                .map(|script| (say(&script.say), script.clause.clone()))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || lines.with(|lines| !lines.is_empty())>
            <section class="card">
                <h2>{tr(intake::SAY_NOW)}</h2>
                <ul class="tight">
                    {move || lines.get().into_iter().map(|(text, clause)| view! {
                        <li>{text}" "<span class="small muted">{clause}</span></li>
                    }).collect_view()}
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Similar(form: Form) -> impl IntoView {
    let found = Memo::new(move |_| {
        let (name, phone) = form.values.with(|map| {
            let text = |id: &str| map.get(id).and_then(Value::as_str).unwrap_or_default().to_owned();
            (text("name"), text("phone"))
        });
        form.app.rows.with(|rows| {
            let list = similar(rows.values().map(|row| &**row), &name, &phone);
            list.into_iter()
                .take(5)
                .map(|row| (row.id.clone(), row.number.clone(), row.headline.clone(), row.received_at))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <section class="card" id="similar" role="status">
                <h2>{tr(intake::SIMILAR)}</h2>
                <p class="small">{move || fill(intake::SIMILAR_TEXT, &[("n", &found.with(Vec::len).to_string())])}</p>
                <ul class="small">
                    {move || {
                        let now = form.app.at_once();
                        found.get().into_iter().map(move |(id, number, headline, at)| view! {
                            <li><a href=Route::Case(id).href()>{number}</a>" · "{time::moment(at, now)}" · "{headline}</li>
                        }).collect_view()
                    }}
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn WillRun(form: Form, pack: StoredValue<Pack>) -> impl IntoView {
    let list = Memo::new(move |_| {
        form.values.track();
        form.result.track();
        let now = form.app.at_once();
        let Some(case) = preview(&form.drafts(), &form.app.actor.get_untracked()) else { return Vec::new() };
        let library = form.app.books();
        pack.with_value(|pack| {
            let mut runs = shouwen_core::clock::runs(&case, pack, &library.world);
            // What is due first stands first; what has no date yet comes last.
            runs[..].order_by_key(|run| {
                let due = run.due.as_ref().map(|due| due.due);
                (due.is_none(), due)
            });
            runs.into_iter()
                .filter(|run| run.done_at.is_none() && run.superseded_at.is_none())
                .filter_map(|run| {
                    let clock = pack.clock(&run.clock)?;
                    if run.start.is_none() || clock.kind == ClockKind::Untimed {
                        return None;
                    }
                    let due = run.due.as_ref().map_or_else(
                        || clocks::state_word(run.state(now)).to_owned(),
                        |due| time::moment(due.due, now),
                    );
                    let provisional = run.due.as_ref().is_some_and(|due| due.provisional);
                    Some((say(&clock.label), due, provisional, run.is_soft()))
                })
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section class="card" id="will-run">
            <h2>{tr(intake::WILL_RUN)}</h2>
            <p class="small muted">{move || tr(if list.with(Vec::is_empty) { intake::NO_CLOCK } else { intake::WILL_RUN_NOTE })}</p>
            <ul class="small tight num">
                {move || list.get().into_iter().map(|(label, due, provisional, soft)| view! {
                    <li>
                        <b>{due}</b>" "{label}
                        {soft.then(|| view! { " "<span class="chip">{tr(clocks::K_SOFT)}</span> })}
                        {provisional.then(|| view! { " "<span class="chip soon">{tr(common::PROVISIONAL)}</span> })}
                    </li>
                }).collect_view()}
            </ul>
        </section>
    }
}
