//! `classify`: suggestions for texts, with labels and reasons.
//! Must not decide; must not know an axis or class by name (the contract's lists of labels excepted).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use shouwen_core::classify::{AxisResult, Classification, Classifier, Input, Quantity, Ranked, quantities};
use shouwen_core::pack::{Axis, Pack};

use crate::args::Args;
use crate::error::{Failure, Fault, Outcome};
use crate::{library, line};

/// Axes with several classes that the contract wants as lists of labels beside `axes`.
const LISTS: [&str; 2] = ["topics", "flags"];

/// Other keys may stand beside these: labelled messages are fed in as they are.
#[derive(Deserialize)]
struct Question {
    text: String,
    facts: Option<BTreeMap<String, Value>>,
}

#[derive(Serialize)]
struct Answer<'a> {
    axes: BTreeMap<&'a str, Line<'a>>,
    topics: Vec<&'a str>,
    flags: Vec<&'a str>,
    /// Axes that the text and the answers do not tell: their questions have to be asked.
    unclear: Vec<&'a str>,
    /// Amounts, durations, dates and so on that the text names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quantities: Vec<Named<'a>>,
    /// Answers that no pack asks for: perhaps a slip of the pen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown_facts: Vec<String>,
}

/// A quantity with its place in bytes and its words.
#[derive(Serialize)]
struct Named<'a> {
    words: &'a str,
    #[serde(flatten)]
    quantity: Quantity,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    One {
        class: Option<&'a str>,
        label: Option<&'a str>,
        /// 0 to 1, of the best class; below the pack's threshold there is no class.
        confidence: f64,
        reasons: Vec<Reason<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        ask: Option<&'a str>,
    },
    Many {
        classes: Vec<&'a str>,
        labels: Vec<&'a str>,
    },
}

#[derive(Serialize)]
struct Reason<'a> {
    rule: &'a str,
    why: &'a str,
    /// As the text has them.
    words: Vec<&'a str>,
    /// Tenths of a natural logit; negative speaks against the class.
    points: i32,
    clause: &'a str,
}

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let packs = args.values("--pack").iter().map(|name| library::pack(name)).collect::<Result<Vec<_>, _>>()?;
    let books: Vec<(&Pack, Classifier)> = packs.iter().map(|pack| (pack, Classifier::new(pack))).collect();
    line::answer(&mut BufReader::new(io::stdin().lock()), out, |value| {
        let question: Question = line::read(value)?;
        serde_json::to_value(reply(&books, &question)).map_err(|error| Fault::new("internal", error, "$"))
    })
}

fn reply<'a>(books: &'a [(&'a Pack, Classifier)], question: &'a Question) -> Answer<'a> {
    let none = BTreeMap::new();
    let facts = question.facts.as_ref().unwrap_or(&none);
    let mut answer = Answer {
        axes: BTreeMap::new(),
        topics: Vec::new(),
        flags: Vec::new(),
        unclear: Vec::new(),
        quantities: named(&question.text),
        unknown_facts: facts.keys().filter(|id| !books.iter().any(|(pack, _)| asks(pack, id))).cloned().collect(),
    };
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for (pack, classifier) in books {
        let found = classifier.classify(pack, &Input { text: &question.text, facts, repeats: repeats(facts) });
        for (axis, result) in pack.axes.iter().filter_map(|axis| Some((axis, found.axis(&axis.id)?))) {
            if !done.insert(&axis.id) {
                continue;
            }
            if result.ask {
                answer.unclear.push(&axis.id);
            }
            let labels = || suggested(axis, result).map(|class| class.label.zh.as_str()).collect();
            match LISTS.iter().position(|list| axis.many && axis.id == *list) {
                Some(0) => answer.topics = labels(),
                Some(_) => answer.flags = labels(),
                None => drop(answer.axes.insert(&axis.id, line_of(pack, axis, result, &found, &question.text))),
            }
        }
    }
    answer
}

fn named(text: &str) -> Vec<Named<'_>> {
    let words = |quantity: &Quantity| text.get(quantity.start..quantity.end).unwrap_or_default();
    quantities(text).into_iter().map(|quantity| Named { words: words(&quantity), quantity }).collect()
}

fn asks(pack: &Pack, fact: &str) -> bool {
    pack.field(fact).is_some() || shouwen_core::pack::PROGRAM_FIELDS.contains(&fact)
}

/// How often the matter was raised, as the answer of that name tells.
fn repeats(facts: &BTreeMap<String, Value>) -> u32 {
    let value = facts.get("repeats");
    let number = value.and_then(|value| value.as_u64().or_else(|| value.as_str()?.trim().parse().ok()));
    number.and_then(|number| number.try_into().ok()).unwrap_or(0)
}

fn suggested<'a>(axis: &'a Axis, result: &AxisResult) -> impl Iterator<Item = &'a shouwen_core::pack::Class> {
    result.suggested.iter().filter_map(|id| axis.class(id))
}

fn line_of<'a>(pack: &'a Pack, axis: &'a Axis, result: &AxisResult, found: &Classification, text: &'a str) -> Line<'a> {
    if axis.many {
        return Line::Many {
            classes: suggested(axis, result).map(|class| class.id.as_str()).collect(),
            labels: suggested(axis, result).map(|class| class.label.zh.as_str()).collect(),
        };
    }
    let class = suggested(axis, result).next();
    let ranked = class.and_then(|class| result.ranked.iter().find(|one| one.class == class.id));
    Line::One {
        class: class.map(|class| class.id.as_str()),
        label: class.map(|class| class.label.zh.as_str()),
        confidence: f64::from(result.percent) / 100.0,
        reasons: ranked.map(|ranked| reasons(pack, ranked, found, text)).unwrap_or_default(),
        ask: result.ask.then_some(axis.question.zh.as_str()),
    }
}

/// The fired rules of a class, the weightiest first.
fn reasons<'a>(pack: &'a Pack, ranked: &Ranked, found: &Classification, text: &'a str) -> Vec<Reason<'a>> {
    let mut reasons: Vec<Reason> = ranked
        .fired
        .iter()
        .filter_map(|fired| {
            let rule = pack.rules.iter().find(|rule| rule.id == fired.rule)?;
            let mut words: Vec<&str> = Vec::new();
            for mark in fired.marks.iter().filter_map(|index| found.marks.get(*index)) {
                let word = text.get(mark.start..mark.end).unwrap_or_default();
                if !word.is_empty() && !words.contains(&word) {
                    words.push(word);
                }
            }
            Some(Reason { rule: &rule.id, why: &rule.why.zh, words, points: fired.points, clause: &rule.clause })
        })
        .collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.points));
    reasons
}
