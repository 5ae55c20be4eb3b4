//! The data of invented cases: places, names, stories, how far a case has come; and filling of `{slots}`.
//! Must not contain a text itself: all texts come from the data file.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::random::Dice;

/// The `format` of the data file.
const FORMAT: &str = "shouwen-demo/1";
/// A slot may stand in a slot, but not without end.
const DEEPEST: u32 = 5;

/// Everything that invented cases are made of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    format: String,
    /// Template of case numbers.
    pub(super) number: String,
    /// Opening and closing hour.
    pub(super) hours: (u32, u32),
    pub(super) headquarters: Place,
    pub(super) campuses: Vec<Place>,
    /// By pack id: who works with it and where.
    pub(super) desks: BTreeMap<String, Desk>,
    /// The first digits of every phone number; four more follow.
    pub(super) phone: String,
    /// Names by role id; `any` for roles without an entry.
    pub(super) staff: BTreeMap<String, Vec<String>>,
    /// Roles that work at the second device of their place.
    pub(super) second_device: Vec<String>,
    pub(super) fates: Vec<Fate>,
    /// Ids of fates, dealt to the cases in turn.
    pub(super) mix: Vec<String>,
    pub(super) notes_percent: u64,
    pub(super) conflict: Conflict,
    pub(super) note: String,
    pub(super) close_reason: String,
    pub(super) reopen_reason: String,
    pub(super) mistake_reason: String,
    pub(super) override_reason: String,
    pub(super) outcome_note: String,
    /// Answers that every story starts from.
    pub(super) intake: BTreeMap<String, Value>,
    pub(super) slots: Slots,
    pub(super) paths: BTreeMap<String, Vec<PathStep>>,
    pub(super) stories: Vec<Story>,
}

pub(super) type Slots = BTreeMap<String, Slot>;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    pub name: String,
    pub code: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Desk {
    pub opener: String,
    pub second: String,
    #[serde(default)]
    pub headquarters: bool,
}

/// How far a case has come by now.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fate {
    pub id: String,
    pub age_hours: (u64, u64),
    /// Percent of the path that was walked, if time sufficed.
    pub steps: (u64, u64),
    /// Times as slow as the path says.
    #[serde(default = "one")]
    pub slow: u64,
    #[serde(default)]
    pub close: bool,
    #[serde(default)]
    pub reopen: bool,
    #[serde(default)]
    pub mistake: bool,
    #[serde(default)]
    pub conflict: bool,
}

fn one() -> u64 {
    1
}

/// Two devices write this field without seeing each other.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Conflict {
    pub field: String,
    pub values: (String, String),
    pub reasons: (String, String),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PathStep {
    pub step: String,
    #[serde(default)]
    pub outcome: String,
    /// After the step before.
    pub hours: (u64, u64),
    #[serde(default)]
    pub values: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    #[serde(rename = "id")]
    _id: String,
    pub pack: String,
    pub weight: u64,
    pub path: String,
    pub texts: Vec<String>,
    #[serde(default)]
    pub slots: Slots,
    #[serde(default)]
    pub values: BTreeMap<String, Value>,
    #[serde(default)]
    pub decisions: Vec<StoryDecision>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoryDecision {
    pub axis: String,
    pub classes: Vec<String>,
    #[serde(default)]
    pub reason: String,
}

/// What may stand in a slot.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Slot {
    Words(Vec<String>),
    Number { from: u64, to: u64, step: u64 },
}

/// Why no cases can be invented.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the texts of invented cases cannot be read: {0}")]
    Texts(#[from] serde_json::Error),
    #[error("unknown format of the texts of invented cases: {0:?}")]
    Format(String),
    #[error("no story fits the given packs")]
    NoStory,
}

impl Texts {
    /// Reads the data file.
    pub fn parse(text: &str) -> Result<Self, DemoError> {
        let texts: Texts = serde_json::from_str(text)?;
        if texts.format == FORMAT { Ok(texts) } else { Err(DemoError::Format(texts.format)) }
    }

    /// The texts that this build carries.
    pub fn embedded() -> Result<Self, DemoError> {
        Self::parse(crate::embedded::DEMO.first().map_or("", |(_, text)| text))
    }
}

/// The words of one case: a slot keeps its first value throughout the case.
#[derive(Debug)]
pub(super) struct Words<'a> {
    shared: &'a Slots,
    own: &'a Slots,
    chosen: BTreeMap<String, String>,
}

impl<'a> Words<'a> {
    pub fn new(shared: &'a Slots, own: &'a Slots) -> Self {
        Self { shared, own, chosen: BTreeMap::new() }
    }

    pub fn put(&mut self, slot: &str, word: impl Into<String>) {
        self.chosen.insert(slot.to_owned(), word.into());
    }

    /// Puts words into the slots of a template. Unknown slots stay as they are.
    pub fn fill(&mut self, template: &str, dice: &mut Dice) -> String {
        self.fill_to(template, dice, DEEPEST)
    }

    /// The same for every text in a JSON value.
    pub fn fill_value(&mut self, value: &Value, dice: &mut Dice) -> Value {
        match value {
            Value::String(template) => Value::from(self.fill(template, dice)),
            Value::Array(items) => items.iter().map(|item| self.fill_value(item, dice)).collect(),
            other => other.clone(),
        }
    }

    fn fill_to(&mut self, template: &str, dice: &mut Dice, depth: u32) -> String {
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((slot, tail)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            match self.word(slot, dice, depth) {
                Some(word) => out.push_str(&word),
                None => out.extend(["{", slot, "}"]),
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    fn word(&mut self, slot: &str, dice: &mut Dice, depth: u32) -> Option<String> {
        if let Some(word) = self.chosen.get(slot) {
            return Some(word.clone());
        }
        let word = match self.own.get(slot).or_else(|| self.shared.get(slot))? {
            Slot::Words(words) => {
                let template = dice.pick(words)?;
                if depth == 0 { template.clone() } else { self.fill_to(template, dice, depth - 1) }
            }
            Slot::Number { from, to, step } => {
                let steps = to.saturating_sub(*from) / (*step).max(1);
                (from + dice.between(0, steps) * step).to_string()
            }
        };
        self.chosen.insert(slot.to_owned(), word.clone());
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_once_per_case() {
        let shared: Slots =
            serde_json::from_str(r#"{"a":["x","y","z"],"b":["<{a}>"],"loop":["{loop2}"],"loop2":["{loop}"]}"#).unwrap();
        let own: Slots = serde_json::from_str(r#"{"n":{"from":10,"to":30,"step":10}}"#).unwrap();
        let mut dice = Dice::new(1, 2);
        let mut words = Words::new(&shared, &own);
        words.put("c", "given");
        let a = words.fill("{a}", &mut dice);
        for (template, want) in [
            ("{b}{a}{b}", format!("<{a}>{a}<{a}>")),
            ("{c} {unknown} {", "given {unknown} {".to_owned()),
            ("plain", "plain".to_owned()),
        ] {
            assert_eq!(words.fill(template, &mut dice), want, "{template}");
        }
        let n = words.fill("{n}", &mut dice);
        assert!(["10", "20", "30"].contains(&n.as_str()), "{n}");
        assert!(words.fill("{loop}", &mut dice).contains("loop"));
        assert_eq!(words.fill_value(&serde_json::json!(["{c}", true]), &mut dice), serde_json::json!(["given", true]));
    }
}
