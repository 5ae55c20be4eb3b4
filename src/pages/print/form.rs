//! A form of the pack, filled from the case, with blanks for handwriting and signatures.

use leptos::prelude::*;
use shouwen_core::case::FIELD;
use shouwen_core::clock::Run;
use shouwen_core::pack::{FieldKind, Form};

use super::words::{Books, joint, pair};
use super::{Paper, foot, head, limits};
use crate::i18n::{common, say, tr};

/// The whole sheet.
pub fn view(paper: &Paper, form: &Form) -> AnyView {
    let case = &paper.case;
    let cells = form.fields.iter().map(|id| Cell::of(paper, id));
    let first = Cell { label: tr(FIRST_ASKED).to_owned(), value: case.opened_by.clone(), wide: false };
    let kinds = Cell { label: tr(CLASSES).to_owned(), value: classes(paper), wide: true };
    let rows = rows([first].into_iter().chain(cells).chain([kinds]));
    // Duties without a due time, and those that another class has replaced, have no place on a form.
    let shown = |run: &&Run| run.superseded_at.is_none() && run.due.is_some();
    let running: Vec<&Run> = paper.runs.iter().filter(shown).collect();
    let signed = form
        .blanks
        .iter()
        .map(|label| view! { <tr class="blank"><th scope="row">{say(label)}</th><td></td></tr> })
        .collect_view();
    view! {
        <article class="paper" id="paper">
            {head(paper, say(&form.title))}
            <table class="form"><tbody>{rows}</tbody></table>
            {(!running.is_empty()).then(|| view! { <h2>{tr(LIMITS)}</h2>{limits(paper, &running, false)} })}
            {(!form.blanks.is_empty()).then(|| view! {
                <h2>{tr(SIGNATURES)}</h2>
                <table class="signatures"><tbody>{signed}</tbody></table>
            })}
            {foot(paper, &form.clause)}
        </article>
    }
    .into_any()
}

/// A label with its answer; short ones stand two in a row.
struct Cell {
    label: String,
    value: String,
    wide: bool,
}

impl Cell {
    fn of(paper: &Paper, id: &str) -> Cell {
        let value = value(paper, id);
        let kind = paper.books.field(id).map(|field| field.kind);
        let wide = matches!(kind, Some(FieldKind::Paragraph)) || value.chars().count() > SHORT;
        Cell { label: paper.books.field_label(id), value, wide }
    }
}

/// Characters that fit into half a row.
const SHORT: usize = 16;

fn rows(cells: impl Iterator<Item = Cell>) -> AnyView {
    let mut cells = cells.peekable();
    let mut rows = Vec::new();
    while let Some(cell) = cells.next() {
        let beside = if cell.wide { None } else { cells.next_if(|next| !next.wide) };
        let by_hand = cell.value.is_empty() || beside.as_ref().is_some_and(|beside| beside.value.is_empty());
        let span = if beside.is_none() { "3" } else { "1" };
        let class = match (by_hand, cell.wide) {
            (true, true) => "byhand tall",
            (true, false) => "byhand",
            _ => "",
        };
        let beside = beside.map(|beside| view! { <th scope="row">{beside.label}</th><td>{beside.value}</td> });
        rows.push(
            view! { <tr class=class><th scope="row">{cell.label}</th><td colspan=span>{cell.value}</td>{beside}</tr> },
        );
    }
    rows.collect_view().into_any()
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
