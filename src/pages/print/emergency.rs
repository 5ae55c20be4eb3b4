//! The emergency record 应急记录: each plan of the case with its group, meetings, visitors, end and lessons.
//! Must not leave out an occurrence of a step; what is withdrawn stands in the case file only.

use leptos::prelude::*;
use serde_json::Value;

use super::words::pair;
use super::{Paper, foot, head};
use crate::i18n::{case as texts, common, emergency as words, fill, say, time, tr};
use crate::pages::case::emergency::{Phase, Plan, plans};

/// Plans that were activated on the case.
fn started(paper: &Paper) -> Vec<(Plan, Phase)> {
    let Some(book) = paper.library.of_case(&paper.case) else { return Vec::new() };
    let all = plans(&paper.case, &book).into_iter().map(|plan| (plan.phase(&paper.case), plan));
    all.filter(|(phase, _)| *phase != Phase::Idle).map(|(phase, plan)| (plan, phase)).collect()
}

/// Whether there is anything to print.
pub fn any(paper: &Paper) -> bool {
    !started(paper).is_empty()
}

pub fn view(paper: &Paper) -> AnyView {
    let plans = started(paper);
    let clause = plans.first().map(|(plan, _)| plan.emergency.clause.clone()).unwrap_or_default();
    view! {
        <article class="paper" id="paper">
            {head(paper, tr(words::RECORD).to_owned())}
            {plans.is_empty().then(|| view! { <p>{tr(words::NOT_STARTED)}</p> })}
            {plans.into_iter().map(|(plan, phase)| section(paper, &plan, phase)).collect_view()}
            {foot(paper, &clause)}
        </article>
    }
    .into_any()
}

fn section(paper: &Paper, plan: &Plan, phase: Phase) -> AnyView {
    let case = &paper.case;
    let began = case.happenings.iter().find(|one| one.event == plan.emergency.on).map(|one| time::exact(one.at));
    let ended = match phase {
        Phase::Ended(at) => Some(fill(words::ENDED_AT, &[("at", &time::exact(at))])),
        _ => None,
    };
    let members = plan.members(case);
    let book = paper.library.of_case(case);
    let parts = book.map(|book| plan.parts(&book)).unwrap_or_default();
    let group = parts.into_iter().map(|part| {
        let name = members.get(&part.role).and_then(Value::as_str).unwrap_or_default().to_owned();
        view! { <tr><th scope="row">{part.label}</th><td>{name}</td><td>{part.duty}</td></tr> }
    });
    let rows = plan.records(case).into_iter().map(|entry| {
        let lines = paper.books.entry_lines(entry, case);
        let by = pair(tr(common::WHO), &entry.event.actor);
        view! {
            <tr>
                <td class="num">{time::exact(entry.event.at)}<br/><small>{by}</small></td>
                <td><b>{paper.books.entry_title(entry)}</b>{lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}</td>
            </tr>
        }
    });
    view! {
        <section>
            <h2>{plan.title.clone()}</h2>
            <p class="head num">
                <span>{began.map(|at| fill(words::STARTED_AT, &[("at", &at)]))}</span>
                <span>{ended}</span>
            </p>
            <h2>{tr(words::GROUP)}" · "{say(&plan.emergency.label)}</h2>
            <table class="limits"><tbody>{group.collect_view()}</tbody></table>
            <h2>{tr(words::RECORDS)}</h2>
            <table class="limits">
                <thead><tr><th>{tr(common::WHEN)}</th><th>{tr(texts::LOG)}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}
