//! Classification: intake answers and free text in, per axis a ranked suggestion with its reasons out.
//! Must not contain a regime's word, class or number, and never decides: a person does.

mod date;
mod fold;
mod matching;
mod negation;
mod number;
mod pattern;
mod quantity;
mod score;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

pub use date::TextDate;
pub use fold::CHARS_READ;
pub use matching::Mark;
pub use quantity::{Quantity, QuantityKind, TEXT_FACTS, quantities};
pub use score::{AxisResult, Fired, Ranked};

use crate::pack::{Cond, Pack};
use fold::Folded;
use matching::Matcher;

/// The words that the rules of one pack ask for, ready to be found; lexicons that no rule mentions are left out.
/// Build it once per pack (milliseconds), use it for every text.
#[derive(Debug)]
pub struct Classifier {
    matcher: Matcher,
}

/// What is known when a case is to be classified.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The complaint in the complainant's words; only the first [`CHARS_READ`] characters are read.
    pub text: &'a str,
    /// Answers by field id. Ids that begin with `text.` are taken from the text instead.
    pub facts: &'a BTreeMap<String, Value>,
    /// How often the matter was raised, as far as the answers tell.
    pub repeats: u32,
}

/// Suggestions for all axes of a pack, in the pack's order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Classification {
    pub axes: Vec<AxisResult>,
    /// Words found, by place; negated ones too, so that the screen can show why they do not count.
    pub marks: Vec<Mark>,
    /// Amounts, durations, dates and so on that the text names, by place. They are facts for the rules (`text.…`).
    pub quantities: Vec<Quantity>,
}

impl Classification {
    pub fn axis(&self, id: &str) -> Option<&AxisResult> {
        self.axes.iter().find(|axis| axis.axis == id)
    }
}

impl Classifier {
    pub fn new(pack: &Pack) -> Classifier {
        let asked = asked(pack);
        Classifier { matcher: Matcher::new(pack.lexicons.iter().filter(|lexicon| asked.contains(lexicon.id.as_str()))) }
    }

    /// Finds the words of every lexicon, also of those that no rule asks for yet: for trying words while a pack is written.
    pub fn with_every_word(pack: &Pack) -> Classifier {
        Classifier { matcher: Matcher::new(pack.lexicons.iter()) }
    }

    /// Classifies by the rules of `pack`, which must be the pack this classifier was built from.
    /// Any text is fine; one that tells nothing gets no suggestion and `ask` on every axis that applies.
    pub fn classify(&self, pack: &Pack, input: &Input) -> Classification {
        let folded = Folded::new(input.text);
        let marks = self.matcher.marks(&folded);
        let quantities = quantity::of(&folded);
        let text = quantity::facts(&quantities, &folded);
        let axes = score::axes(pack, input.facts, &text, input.repeats, &marks);
        Classification { axes, marks, quantities }
    }

    /// The words found in a text, for highlighting.
    pub fn marks(&self, text: &str) -> Vec<Mark> {
        self.matcher.marks(&Folded::new(text))
    }

    /// How many different words of each lexicon stand in a text, not negated. For conditions outside classification.
    pub fn mention_counts(&self, text: &str) -> BTreeMap<String, u32> {
        matching::counts(&self.marks(text))
    }
}

/// Lexicons that classification depends on: those in the conditions of rules and axes.
fn asked(pack: &Pack) -> BTreeSet<&str> {
    let mut asked = BTreeSet::new();
    let conditions =
        pack.rules.iter().map(|rule| &rule.when).chain(pack.axes.iter().filter_map(|axis| axis.when.as_ref()));
    for condition in conditions {
        condition.walk(&mut |part| {
            if let Cond::Mentions(mention) = part {
                asked.insert(mention.lexicon.as_str());
            }
        });
    }
    asked
}
