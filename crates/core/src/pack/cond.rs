//! Conditions: a small typed tree that can be edited in a form, linted and explained.
//! No scripting, no arithmetic; evaluating needs only the facts passed in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::limit::Limit;
use crate::time::Civil;

/// A condition of a rule, clock, step, transition or consequence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Cond {
    All(Vec<Cond>),
    Any(Vec<Cond>),
    Not(Box<Cond>),
    /// An answer given at intake or later (field id).
    Fact(FactTest),
    /// The class that a person confirmed on an axis (for an axis with many classes: one of them).
    Class {
        axis: String,
        is: String,
    },
    /// A person's finding (validity, fault, …).
    Finding {
        id: String,
        is: Value,
    },
    /// At least so many different expressions of a lexicon stand in the text, not negated.
    Mentions(Mention),
    /// A case event happened.
    Happened(String),
    /// The complaint was raised at least so many times.
    Repeats(u32),
    /// A limit counted from an event has run out.
    Elapsed {
        since: String,
        limit: Limit,
    },
    /// The clock with this id ended late or has run out. For consequences and transitions; not for clocks.
    Late(String),
}

/// A test of one fact; exactly one of the tests should be given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactTest {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "in")]
    pub one_of: Vec<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<i64>,
    /// `true`: any answer was given; `false`: none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<bool>,
}

/// Words of a lexicon in the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    pub lexicon: String,
    /// Number of different expressions wanted; 1 unless said.
    #[serde(default = "one")]
    pub at_least: u32,
}

fn one() -> u32 {
    1
}

/// What is known about a case when a condition is asked. All lookups; holds no rules.
pub trait Facts {
    fn fact(&self, id: &str) -> Option<&Value>;
    fn has_class(&self, axis: &str, class: &str) -> bool;
    fn finding(&self, id: &str) -> Option<&Value>;
    /// Number of different unnegated expressions of the lexicon in the text.
    fn mentions(&self, lexicon: &str) -> u32;
    fn happened(&self, event: &str) -> bool;
    fn repeats(&self) -> u32;
    /// Has the limit, counted from the first such event, run out?
    fn elapsed(&self, since: &str, limit: &Limit) -> bool;
    /// Did a hard clock end late, or has it run out? `false` where clocks are not known.
    fn late(&self, _clock: &str) -> bool {
        false
    }
}

impl Cond {
    /// Is the condition true of these facts?
    pub fn holds(&self, facts: &dyn Facts) -> bool {
        match self {
            Cond::All(parts) => parts.iter().all(|part| part.holds(facts)),
            Cond::Any(parts) => parts.iter().any(|part| part.holds(facts)),
            Cond::Not(part) => !part.holds(facts),
            Cond::Fact(test) => test.passes(facts.fact(&test.id)),
            Cond::Class { axis, is } => facts.has_class(axis, is),
            Cond::Finding { id, is } => facts.finding(id) == Some(is),
            Cond::Mentions(mention) => facts.mentions(&mention.lexicon) >= mention.at_least,
            Cond::Happened(event) => facts.happened(event),
            Cond::Repeats(times) => facts.repeats() >= *times,
            Cond::Elapsed { since, limit } => facts.elapsed(since, limit),
            Cond::Late(clock) => facts.late(clock),
        }
    }

    /// Calls `visit` on this condition and all below it.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Cond)) {
        visit(self);
        match self {
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| part.walk(visit)),
            Cond::Not(part) => part.walk(visit),
            _ => {}
        }
    }
}

impl FactTest {
    fn passes(&self, value: Option<&Value>) -> bool {
        let value = value.filter(|value| !is_blank(value));
        if let Some(known) = self.known {
            return value.is_some() == known;
        }
        let Some(value) = value else { return false };
        if let Some(want) = &self.is {
            return contains(value, want);
        }
        if !self.one_of.is_empty() {
            return self.one_of.iter().any(|want| contains(value, want));
        }
        let number = value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
        match (number, self.at_least, self.at_most) {
            (_, None, None) | (None, _, _) => false,
            (Some(number), low, high) => low.is_none_or(|low| number >= low) && high.is_none_or(|high| number <= high),
        }
    }
}

/// Equal, or an array that holds it (answers with several choices).
fn contains(value: &Value, want: &Value) -> bool {
    value == want || value.as_array().is_some_and(|items| items.contains(want))
}

/// No answer: null, an empty text, an empty list.
pub fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(parts) => parts.is_empty(),
        _ => false,
    }
}

/// Facts held in plain maps: for classification before a case exists, and for tests.
#[derive(Clone, Debug, Default)]
pub struct PlainFacts {
    pub facts: BTreeMap<String, Value>,
    pub classes: BTreeMap<String, Vec<String>>,
    pub findings: BTreeMap<String, Value>,
    pub mentions: BTreeMap<String, u32>,
    pub events: BTreeMap<String, Civil>,
    pub repeats: u32,
}

impl Facts for PlainFacts {
    fn fact(&self, id: &str) -> Option<&Value> {
        self.facts.get(id)
    }
    fn has_class(&self, axis: &str, class: &str) -> bool {
        self.classes.get(axis).is_some_and(|classes| classes.iter().any(|one| one == class))
    }
    fn finding(&self, id: &str) -> Option<&Value> {
        self.findings.get(id)
    }
    fn mentions(&self, lexicon: &str) -> u32 {
        self.mentions.get(lexicon).copied().unwrap_or(0)
    }
    fn happened(&self, event: &str) -> bool {
        self.events.contains_key(event)
    }
    fn repeats(&self) -> u32 {
        self.repeats
    }
    fn elapsed(&self, _since: &str, _limit: &Limit) -> bool {
        false
    }
}
