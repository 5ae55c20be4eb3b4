//! A form of the pack, filled from the case, with blanks for handwriting and signatures.

use leptos::prelude::*;
use shouwen_core::case::FIELD;
use shouwen_core::clock::Run;
use shouwen_core::pack::Form;

use super::words::{Books, joint, pair};
use super::{Paper, foot, head, limits};
use crate::i18n::{common, say, tr};

/// The whole sheet.
pub fn view(paper: &Paper, form: &Form) -> AnyView {
    let case = &paper.case;
    let fields = form.fields.iter().map(|id| row(paper, id)).collect_view();
    // A duty that was replaced by another class has no place on a form.
    let running: Vec<&Run> = paper.runs.iter().filter(|run| run.superseded_at.is_none()).collect();
    let signed = form
        .blanks
        .iter()
        .map(|label| view! { <tr class="blank"><th scope="row">{say(label)}</th><td></td></tr> })
        .collect_view();
    view! {
        <article class="paper" id="paper">
            {head(paper, say(&form.title))}
            <table>
                <tbody>
                    <tr><th scope="row">{tr(FIRST_ASKED)}</th><td>{case.opened_by.clone()}</td></tr>
                    {fields}
                    <tr><th scope="row">{tr(CLASSES)}</th><td>{classes(paper)}</td></tr>
                </tbody>
            </table>
            {(!running.is_empty()).then(|| view! { <h2>{tr(LIMITS)}</h2>{limits(paper, &running, false)} })}
            {(!form.blanks.is_empty()).then(|| view! {
                <h2>{tr(SIGNATURES)}</h2>
                <table><tbody>{signed}</tbody></table>
            })}
            {foot(paper, &form.clause)}
        </article>
    }
    .into_any()
}

fn row(paper: &Paper, id: &str) -> AnyView {
    let value = value(paper, id);
    let class = if value.is_empty() { "byhand" } else { "" };
    view! { <tr class=class><th scope="row">{paper.books.field_label(id)}</th><td>{value}</td></tr> }.into_any()
}

/// The answer; all of them when two people disagree and nobody has chosen yet.
fn value(paper: &Paper, id: &str) -> String {
    let case = &paper.case;
    if id == "name" && case.text("name").is_empty() && case.field("anonymous").is_some_and(|value| value == true) {
        return tr(common::ANONYMOUS).to_owned();
    }
    let Some(register) = case.registers.get(&format!("{FIELD}{id}")) else { return String::new() };
    if !register.in_conflict() {
        return register.value().map(|value| paper.books.field_value(id, value)).unwrap_or_default();
    }
    let sides: Vec<String> = register
        .heads
        .iter()
        .map(|head| format!("{}（{}）", paper.books.field_value(id, &head.value), head.by))
        .collect();
    pair(tr(common::CONFLICT), &sides.join(" ／ "))
}

/// `性质：问题型；大类：教学`
fn classes(paper: &Paper) -> String {
    let decided = |books: &Books| {
        let axes: Vec<String> = books
            .packs()
            .flat_map(|pack| &pack.axes)
            .filter_map(|axis| {
                let classes = paper.case.classes(&axis.id);
                (!classes.is_empty()).then(|| pair(&say(&axis.label), &books.class_names(&axis.id, &classes)))
            })
            .collect();
        axes
    };
    let list = decided(&paper.books);
    if list.is_empty() { tr(NOT_YET).to_owned() } else { list.join(if joint() == "、" { "；" } else { "; " }) }
}

crate::texts! {
    FIRST_ASKED = "首问（登记人）" | "First asked (registered by)";
    CLASSES = "类别" | "Class";
    NOT_YET = "尚未确认" | "not decided yet";
    LIMITS = "时限" | "Limits";
    SIGNATURES = "意见与签字" | "Opinions and signatures";
}
