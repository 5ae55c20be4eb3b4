//! From fired rules to ranked classes with percentages, for each axis of a pack.
//! Must not look at the text, and never suggests a grave class.

use crate::order::Gather as _;
use crate::order::Order as _;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::matching::{Mark, counts};
use crate::limit::Limit;
use crate::pack::{Axis, Class, Cond, Facts, Pack, Rule};

/// What one axis says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AxisResult {
    pub axis: String,
    pub many: bool,
    /// Classes to propose; empty when the evidence is too thin.
    pub suggested: Vec<String>,
    /// Percent of the best class.
    pub percent: u32,
    /// Ask the axis' question instead of proposing.
    pub ask: bool,
    /// Best first; grave classes last.
    pub ranked: Vec<Ranked>,
}

/// One class with its reasons.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ranked {
    pub class: String,
    /// 0..=100. Always 0 for a grave class.
    pub percent: u32,
    pub fired: Vec<Fired>,
    /// Rules that almost fired: one part was missing, or the words were negated.
    pub near: Vec<String>,
}

/// A rule that fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fired {
    pub rule: String,
    /// Tenths of a natural logit.
    pub points: i32,
    /// Indices into [`super::Classification::marks`]: the words the rule rests on.
    pub marks: Vec<usize>,
}

/// Everything the conditions of rules may ask about.
struct Known<'a> {
    facts: &'a BTreeMap<String, Value>,
    text: &'a BTreeMap<String, Value>,
    mentions: BTreeMap<String, u32>,
    negated: BTreeSet<&'a str>,
    repeats: u32,
    /// Suggestions of the axes done so far.
    classes: BTreeMap<&'a str, Vec<String>>,
}

impl Facts for Known<'_> {
    fn fact(&self, id: &str) -> Option<&Value> {
        if id.starts_with("text.") { self.text.get(id) } else { self.facts.get(id) }
    }
    fn has_class(&self, axis: &str, class: &str) -> bool {
        self.classes.get(axis).is_some_and(|classes| classes.iter().any(|one| one == class))
    }
    fn finding(&self, _id: &str) -> Option<&Value> {
        None
    }
    fn mentions(&self, lexicon: &str) -> u32 {
        self.mentions.get(lexicon).copied().unwrap_or(0)
    }
    fn happened(&self, _event: &str) -> bool {
        false
    }
    fn repeats(&self) -> u32 {
        self.repeats
    }
    fn elapsed(&self, _since: &str, _limit: &Limit) -> bool {
        false
    }
}

/// Scores every axis of the pack; results in the pack's order.
pub fn axes(
    pack: &Pack,
    facts: &BTreeMap<String, Value>,
    text: &BTreeMap<String, Value>,
    repeats: u32,
    marks: &[Mark],
) -> Vec<AxisResult> {
    let negated = marks.iter().filter(|mark| mark.negated).map(|mark| mark.lexicon.as_str()).gather();
    let mut known = Known { facts, text, mentions: counts(marks), negated, repeats, classes: BTreeMap::new() };
    let mut results: BTreeMap<usize, AxisResult> = BTreeMap::new();
    for index in order(pack) {
        if let Some(axis) = pack.axes.get(index) {
            let result = axis_result(pack, axis, &known, marks);
            known.classes.insert(&axis.id, result.suggested.clone());
            results.insert(index, result);
        }
    }
    results.into_values().collect()
}

/// Axes whose rules ask for the class on another axis come after that axis. Circles fall back to the pack's order.
fn order(pack: &Pack) -> Vec<usize> {
    let needs: Vec<BTreeSet<&str>> = pack.axes.iter().map(|axis| needed(pack, axis)).collect();
    let mut left: Vec<usize> = (0..pack.axes.len()).collect();
    let mut order = Vec::new();
    while !left.is_empty() {
        let waits = |index: usize| {
            left.iter().any(|other| *other != index && needs[index].contains(pack.axes[*other].id.as_str()))
        };
        let next = left.iter().position(|index| !waits(*index)).unwrap_or(0);
        order.push(left.remove(next));
    }
    order
}

/// Axes that the rules of this one ask about.
fn needed<'a>(pack: &'a Pack, axis: &'a Axis) -> BTreeSet<&'a str> {
    let mut needed = BTreeSet::new();
    let rules = pack.rules.iter().filter(|rule| rule.axis == axis.id).map(|rule| &rule.when);
    for cond in rules.chain(axis.when.as_ref()) {
        cond.walk(&mut |part| {
            if let Cond::Class { axis, .. } = part {
                needed.insert(axis.as_str());
            }
        });
    }
    needed
}

fn axis_result(pack: &Pack, axis: &Axis, known: &Known, marks: &[Mark]) -> AxisResult {
    let mut grave = Vec::new();
    let mut open: Vec<(f64, Ranked)> = Vec::new();
    for class in &axis.classes {
        let ranked = ranked(pack, axis, class, known, marks);
        if class.grave {
            grave.push(ranked);
        } else {
            let points = class.prior + ranked.fired.iter().map(|fired| fired.points).sum::<i32>();
            open.push((f64::from(points) / 10.0, ranked));
        }
    }
    if axis.many {
        open.iter_mut().for_each(|(logit, class)| class.percent = percent(logistic(*logit)));
    } else {
        share(&mut open);
    }
    // Stable: classes with equal points stay in the pack's order.
    open.order_by(|a, b| b.0.total_cmp(&a.0));
    let open: Vec<Ranked> = open.into_iter().map(|(_, class)| class).collect();
    let applies = axis.when.as_ref().is_none_or(|when| when.holds(known));
    let suggested = if applies { suggest(axis, &open) } else { Vec::new() };
    AxisResult {
        axis: axis.id.clone(),
        many: axis.many,
        percent: open.first().map_or(0, |class| class.percent),
        ask: applies && suggested.is_empty(),
        suggested,
        ranked: open.into_iter().chain(grave).collect(),
    }
}

/// Classes above the threshold. Without any fired rule there is nothing to go by, whatever the priors say.
fn suggest(axis: &Axis, open: &[Ranked]) -> Vec<String> {
    let strong = |class: &&Ranked| class.percent >= axis.threshold;
    if axis.many {
        let grounded = |class: &&Ranked| class.fired.iter().any(|fired| fired.points > 0);
        return open.iter().filter(strong).filter(grounded).map(|class| class.class.clone()).collect();
    }
    if open.iter().all(|class| class.fired.is_empty()) {
        return Vec::new();
    }
    open.first().filter(strong).map(|class| class.class.clone()).into_iter().collect()
}

fn ranked(pack: &Pack, axis: &Axis, class: &Class, known: &Known, marks: &[Mark]) -> Ranked {
    let mut ranked = Ranked { class: class.id.clone(), percent: 0, fired: Vec::new(), near: Vec::new() };
    for rule in pack.rules.iter().filter(|rule| rule.axis == axis.id && rule.class == class.id) {
        if rule.when.holds(known) {
            let marks = grounds(rule, marks, known);
            ranked.fired.push(Fired { rule: rule.id.clone(), points: rule.points, marks });
        } else if almost(&rule.when, known) {
            ranked.near.push(rule.id.clone());
        }
    }
    ranked
}

/// The marks that a fired rule rests on: words of the lexicons that its parts found.
fn grounds(rule: &Rule, marks: &[Mark], known: &Known) -> Vec<usize> {
    let mut lexicons = BTreeSet::new();
    wanted(&rule.when, known, &mut lexicons);
    let rests = |mark: &Mark| !mark.negated && lexicons.contains(mark.lexicon.as_str());
    marks.iter().enumerate().filter(|(_, mark)| rests(mark)).map(|(index, _)| index).collect()
}

/// Lexicons of the parts that hold; what stands under `not` is no ground.
fn wanted<'a>(cond: &'a Cond, known: &Known, lexicons: &mut BTreeSet<&'a str>) {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => {
            parts.iter().filter(|part| part.holds(known)).for_each(|part| wanted(part, known, lexicons));
        }
        Cond::Mentions(mention) => {
            lexicons.insert(&mention.lexicon);
        }
        _ => {}
    }
}

/// Did only one thing miss? All parts but one hold (and not only exclusions), one word too few, or the words negated.
fn almost(cond: &Cond, known: &Known) -> bool {
    match cond {
        Cond::All(parts) => {
            let missing = parts.iter().filter(|part| !part.holds(known)).count();
            let held = parts.iter().any(|part| !matches!(part, Cond::Not(_)) && part.holds(known));
            missing == 1 && held
        }
        Cond::Any(parts) => parts.iter().any(|part| almost(part, known)),
        Cond::Mentions(mention) => {
            let found = known.mentions(&mention.lexicon);
            known.negated.contains(mention.lexicon.as_str()) || (found > 0 && found + 1 == mention.at_least)
        }
        _ => false,
    }
}

/// Softmax in whole percent.
fn share(classes: &mut [(f64, Ranked)]) {
    let top = classes.iter().map(|(logit, _)| *logit).fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = classes.iter().map(|(logit, _)| (logit - top).exp()).sum();
    for (logit, class) in classes.iter_mut() {
        class.percent = percent((*logit - top).exp() / sum);
    }
}

fn logistic(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

fn percent(share: f64) -> u32 {
    (share * 100.0).round().clamp(0.0, 100.0) as u32
}
