//! What stands on paper for the parts of a case: labels from the packs, values, entries of the log.
//! Must not leave anything out: an id without a label is written as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use shouwen_core::case::{Body, CLASS, Case, DUE, Entry, FIELD, FOUND, PACKS, STATUS, strings};
use shouwen_core::pack::{Axis, Field, FieldKind, Finding, Named, Pack, Step, is_blank};
use shouwen_core::time;

use crate::i18n::{self, T, case as texts, common, errors, fill, say, tr};
use crate::pages::case::head::members_words;
use crate::pages::case::timeline::in_order;
use crate::state::{Library, Rulebook, pack_names};

/// What the packs of a case say: the ordinary one with the plans beside it, as one.
#[derive(Clone)]
pub struct Books(Option<Arc<Rulebook>>);

impl Books {
    pub fn of(case: &Case, library: &Library) -> Books {
        Books(library.of_case(case))
    }

    pub fn packs(&self) -> impl Iterator<Item = &Pack> {
        self.0.iter().map(|book| &book.pack)
    }

    /// The pack in which everything is found.
    pub fn first(&self) -> Option<&Pack> {
        self.packs().next()
    }

    pub fn field(&self, id: &str) -> Option<&Field> {
        self.packs().find_map(|pack| pack.field(id))
    }

    pub fn axis(&self, id: &str) -> Option<&Axis> {
        self.packs().find_map(|pack| pack.axis(id))
    }

    pub fn finding(&self, id: &str) -> Option<&Finding> {
        self.packs().find_map(|pack| pack.findings.iter().find(|one| one.id == id))
    }

    pub fn field_label(&self, id: &str) -> String {
        match id {
            "channel" => tr(CHANNEL).to_owned(),
            _ => self.field(id).map_or_else(|| id.to_owned(), |field| say(&field.label)),
        }
    }

    pub fn axis_label(&self, id: &str) -> String {
        self.axis(id).map_or_else(|| id.to_owned(), |axis| say(&axis.label))
    }

    pub fn finding_label(&self, id: &str) -> String {
        self.finding(id).map_or_else(|| id.to_owned(), |finding| say(&finding.label))
    }

    pub fn clock_label(&self, id: &str) -> String {
        self.packs().find_map(|pack| pack.clock(id)).map_or_else(|| id.to_owned(), |clock| say(&clock.label))
    }

    pub fn role_label(&self, id: &str) -> String {
        named(self.packs().flat_map(|pack| &pack.roles), id)
    }

    fn step_label(&self, id: &str) -> String {
        errors::step_label(self.packs().find(|pack| pack.step(id).is_some()), id)
    }

    fn outcome_label(&self, step: &str, outcome: &str) -> String {
        let found = self.packs().find_map(|pack| pack.step(step)?.outcomes.iter().find(|one| one.id == outcome));
        found.map_or_else(|| outcome.to_owned(), |outcome| say(&outcome.label))
    }

    /// The names of classes of an axis.
    pub fn class_names(&self, axis: &str, classes: &[String]) -> String {
        let known = self.axis(axis);
        let names: Vec<String> = classes
            .iter()
            .map(|id| known.and_then(|axis| axis.class(id)).map_or_else(|| id.clone(), |class| say(&class.label)))
            .collect();
        if names.is_empty() { tr(common::NONE).to_owned() } else { names.join(joint()) }
    }

    /// What a finding came to.
    pub fn finding_value(&self, id: &str, value: &Value) -> String {
        let options = self.finding(id).map(|finding| finding.options.as_slice()).unwrap_or_default();
        let words: Vec<String> = strings(Some(value)).iter().map(|one| named(options.iter(), one)).collect();
        if words.is_empty() { plain(value) } else { words.join(joint()) }
    }

    /// An answer in words; empty for none.
    pub fn field_value(&self, id: &str, value: &Value) -> String {
        if is_blank(value) {
            return String::new();
        }
        if id == "channel" {
            return named(self.packs().flat_map(|pack| &pack.channels), value.as_str().unwrap_or_default());
        }
        if let (Value::Object(members), Some(pack)) = (value, self.first()) {
            return members_words(members, pack);
        }
        let Some(field) = self.field(id) else { return plain(value) };
        match field.kind {
            FieldKind::Choice | FieldKind::Choices => {
                let words: Vec<String> =
                    strings(Some(value)).iter().map(|one| named(field.options.iter(), one)).collect();
                words.join(joint())
            }
            FieldKind::Money => fill(YUAN, &[("n", &plain(value))]),
            FieldKind::DateTime => value.as_str().and_then(time::parse).map_or_else(|| plain(value), i18n::time::exact),
            _ => plain(value),
        }
    }

    /// The label of a register, whatever it holds.
    pub fn register_label(&self, name: &str) -> String {
        let rest = |prefix: &str| name.strip_prefix(prefix);
        match name {
            STATUS => tr(STATE).to_owned(),
            PACKS => tr(common::PACKS).to_owned(),
            _ => rest(FIELD)
                .map(|id| self.field_label(id))
                .or_else(|| rest(CLASS).map(|id| self.axis_label(id)))
                .or_else(|| rest(FOUND).map(|id| self.finding_label(id)))
                .or_else(|| rest(DUE).map(|id| self.clock_label(id)))
                .unwrap_or_else(|| name.to_owned()),
        }
    }

    /// The value of a register in words.
    pub fn register_value(&self, name: &str, value: &Value) -> String {
        let rest = |prefix: &str| name.strip_prefix(prefix);
        rest(FIELD)
            .map(|id| self.field_value(id, value))
            .or_else(|| rest(CLASS).map(|id| self.class_names(id, &strings(Some(value)))))
            .or_else(|| rest(FOUND).map(|id| self.finding_value(id, value)))
            .unwrap_or_else(|| plain(value))
    }

    fn values(&self, step: Option<&Step>, values: &BTreeMap<String, Value>) -> Vec<String> {
        let line = |(id, value): (&String, &Value)| {
            let words = self.field_value(id, value);
            let words = if words.is_empty() { tr(common::NONE).to_owned() } else { words };
            pair(&self.field_label(id), &words)
        };
        in_order(step, values).into_iter().map(line).collect()
    }

    /// An entry's first line.
    pub fn entry_title(&self, entry: &Entry) -> String {
        let Some(body) = &entry.body else { return fill(texts::E_NEWER, &[("kind", &entry.event.kind)]) };
        let clock_text = |text: T, clock: &str| fill(text, &[("clock", &self.clock_label(clock)), ("at", "")]);
        match body {
            Body::Opened { .. } => tr(texts::E_OPENED).to_owned(),
            Body::Set { .. } => tr(FILLED).to_owned(),
            Body::Classified { axis, classes, .. } => fill(
                texts::E_CLASSIFIED,
                &[("axis", &self.axis_label(axis)), ("classes", &self.class_names(axis, classes))],
            ),
            Body::Found { finding, value, .. } => fill(
                texts::E_FOUND,
                &[("finding", &self.finding_label(finding)), ("value", &self.finding_value(finding, value))],
            ),
            Body::Step { step, outcome, .. } if outcome.is_empty() => self.step_label(step),
            Body::Step { step, outcome, .. } => pair(&self.step_label(step), &self.outcome_label(step, outcome)),
            Body::Note { .. } | Body::DutyDone { .. } => tr(texts::E_NOTE).to_owned(),
            Body::Attached { name, .. } => fill(texts::E_ATTACHED, &[("name", name)]),
            Body::DueSet { clock, due, .. } => {
                fill(texts::E_DUE, &[("clock", &self.clock_label(clock)), ("at", &i18n::time::exact(*due))])
            }
            Body::Paused { clock, .. } => clock_text(texts::E_PAUSED, clock),
            Body::Resumed { clock, .. } => clock_text(texts::E_RESUMED, clock),
            Body::LateReason { clock, .. } => clock_text(texts::E_LATE, clock),
            Body::RedLineRead { red_line } => {
                let line = self.packs().find_map(|pack| pack.red_line(red_line));
                let title = line.map_or_else(|| red_line.clone(), |line| say(&line.title));
                fill(texts::E_RED, &[("line", &title)])
            }
            Body::Closed { .. } => tr(texts::E_CLOSED).to_owned(),
            Body::Reopened { .. } => tr(texts::E_REOPENED).to_owned(),
            Body::CaseVoided { .. } => tr(texts::E_VOIDED).to_owned(),
            Body::Voided { .. } => tr(texts::E_WITHDRAWN).to_owned(),
            Body::Upgraded { packs, .. } => fill(texts::E_UPGRADED, &[("packs", &pack_names(packs))]),
        }
    }

    /// Everything else that an entry says.
    pub fn entry_lines(&self, entry: &Entry, case: &Case) -> Vec<String> {
        let because = |reason: &str| -> Vec<String> {
            (!reason.trim().is_empty()).then(|| pair(tr(common::REASON), reason)).into_iter().collect()
        };
        match entry.body.as_ref() {
            Some(Body::Set { values, reason }) => [self.values(None, values), because(reason)].concat(),
            Some(Body::Classified { axis, suggested, reason, second, .. }) => {
                let hint = suggested.as_ref().map(|hint| {
                    let names = self.class_names(axis, &hint.classes);
                    fill(SUGGESTED, &[("classes", &names), ("percent", &hint.percent.to_string())])
                });
                let second = (!second.is_empty()).then(|| pair(tr(SECOND), second));
                [hint.into_iter().collect(), because(reason), second.into_iter().collect()].concat()
            }
            Some(Body::Step { step, values, note, .. }) => {
                let note = (!note.trim().is_empty()).then(|| pair(tr(common::NOTE), note));
                [self.values(self.first().and_then(|pack| pack.step(step)), values), note.into_iter().collect()]
                    .concat()
            }
            Some(Body::Note { text } | Body::DutyDone { note: text, .. }) => vec![text.clone()],
            Some(Body::Attached { sha256, note, .. }) => {
                let digest = format!("SHA-256 {}", sha256.chars().take(16).collect::<String>());
                [digest, note.clone()].into_iter().filter(|line| !line.is_empty()).collect()
            }
            Some(Body::Voided { event, reason }) => {
                let target = case.entries.iter().find(|one| one.event.id == *event);
                let what = target.map(|one| format!("{} {}", i18n::time::exact(one.event.at), self.entry_title(one)));
                [what.into_iter().collect(), because(reason)].concat()
            }
            Some(
                Body::Found { reason, .. }
                | Body::DueSet { reason, .. }
                | Body::Paused { reason, .. }
                | Body::Resumed { reason, .. }
                | Body::LateReason { reason, .. }
                | Body::Closed { reason }
                | Body::Reopened { reason }
                | Body::CaseVoided { reason }
                | Body::Upgraded { reason, .. },
            ) => because(reason),
            Some(Body::Opened { .. } | Body::RedLineRead { .. }) | None => Vec::new(),
        }
    }
}

fn named<'a>(mut list: impl Iterator<Item = &'a Named>, id: &str) -> String {
    list.find(|one| one.id == id).map_or_else(|| id.to_owned(), |one| say(&one.label))
}

/// `label：value`
pub fn pair(label: &str, value: &str) -> String {
    if i18n::is_english() { format!("{label}: {value}") } else { format!("{label}：{value}") }
}

/// What stands between the items of a list.
pub fn joint() -> &'static str {
    if i18n::is_english() { ", " } else { "、" }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => tr(if *yes { common::YES } else { common::NO }).to_owned(),
        other => other.to_string(),
    }
}

crate::texts! {
    CHANNEL = "来源渠道" | "Channel";
    YUAN = "{n} 元" | "{n} yuan";
    STATE = "案件状态" | "State of the case";
    FILLED = "填写或更正" | "Filled or corrected";
    SUGGESTED = "程序当时建议：{classes}（把握 {percent}%）" | "The program had suggested: {classes} ({percent}%)";
    SECOND = "复核人" | "Second reviewer";
}
