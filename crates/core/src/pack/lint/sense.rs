//! A second look at a pack that has no fault of form: rules that contradict each other, conditions that can never
//! hold, classes that are never suggested. Everything here is a remark for whoever writes the pack; none of it stops a
//! pack, and `lint` does not report it.
//! Must not run a case, and knows no regime.

use std::collections::{BTreeMap, BTreeSet};

use super::Problem;
use crate::pack::{Axis, ClockKind, Cond, FactTest, Field, FieldKind, Pack, Rule};

/// Steps of the search for a way in which a condition could hold; beyond them it is taken to be possible.
const STEPS: u32 = 4_000;

/// Remarks on a pack, none of them fatal: `never_holds` `contradiction` `duplicate_rule` `never_suggested`
/// `rival_words` `unused_lexicon`. Ask it about a whole pack (nothing inherited any more).
pub fn sense(pack: &Pack) -> Vec<Problem> {
    let mut sense = Sense { pack, out: Vec::new() };
    sense.conditions();
    sense.rules();
    sense.classes();
    sense.words();
    sense.out
}

struct Sense<'a> {
    pack: &'a Pack,
    out: Vec<Problem>,
}

/// Where a condition stands: not everything is known everywhere.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Classification knows answers, the text and classes only.
    Rule,
    /// Everything else on a case knows no text, but events and findings.
    Case,
}

impl<'a> Sense<'a> {
    fn remark(&mut self, path: String, code: &'static str, message: String) {
        self.out.push(Problem { path, code, message, fatal: false });
    }

    fn conditions(&mut self) {
        let pack = self.pack;
        let mut all: Vec<(String, Place, &'a Cond)> = Vec::new();
        let mut add = |list: &str, index: usize, place, when: Option<&'a Cond>| {
            all.extend(when.map(|when| (format!("{list}[{index}].when"), place, when)));
        };
        pack.rules.iter().enumerate().for_each(|(at, one)| add("rules", at, Place::Rule, Some(&one.when)));
        pack.axes.iter().enumerate().for_each(|(at, one)| add("axes", at, Place::Rule, one.when.as_ref()));
        pack.clocks.iter().enumerate().for_each(|(at, one)| add("clocks", at, Place::Case, one.when.as_ref()));
        pack.steps.iter().enumerate().for_each(|(at, one)| add("steps", at, Place::Case, one.when.as_ref()));
        pack.transitions.iter().enumerate().for_each(|(at, one)| add("transitions", at, Place::Case, Some(&one.when)));
        pack.consequences
            .iter()
            .enumerate()
            .for_each(|(at, one)| add("consequences", at, Place::Case, one.when.as_ref()));
        for (path, place, when) in all {
            let mut steps = STEPS;
            if !self.possible(vec![(when, true)], &mut Vec::new(), place, &mut steps) {
                self.remark(path, "never_holds", "this condition can never hold".to_owned());
            }
        }
    }

    /// Is there any way in which all of `todo` come out as wanted, beside what is `taken` for granted already?
    fn possible(
        &self,
        mut todo: Vec<(&'a Cond, bool)>,
        taken: &mut Vec<(&'a Cond, bool)>,
        place: Place,
        steps: &mut u32,
    ) -> bool {
        let Some((cond, wanted)) = todo.pop() else { return true };
        if *steps == 0 {
            return true;
        }
        *steps -= 1;
        match cond {
            Cond::Not(part) => {
                todo.push((part, !wanted));
                self.possible(todo, taken, place, steps)
            }
            Cond::All(parts) | Cond::Any(parts) if matches!(cond, Cond::All(_)) == wanted => {
                todo.extend(parts.iter().map(|part| (part, wanted)));
                self.possible(todo, taken, place, steps)
            }
            // One of the parts must do; the first that leads on is enough.
            Cond::All(parts) | Cond::Any(parts) => parts.iter().any(|part| {
                let mut todo = todo.clone();
                todo.push((part, wanted));
                self.possible(todo, taken, place, steps)
            }),
            _ => {
                let refused = (wanted && self.hopeless(cond, place))
                    || taken.iter().any(|(other, was)| self.clash(cond, wanted, other, *was));
                if refused {
                    return false;
                }
                taken.push((cond, wanted));
                let leads_on = self.possible(todo, taken, place, steps);
                taken.pop();
                leads_on
            }
        }
    }

    /// A single test that is never true where it stands.
    fn hopeless(&self, cond: &Cond, place: Place) -> bool {
        match cond {
            Cond::Happened(_) | Cond::Finding { .. } | Cond::Elapsed { .. } | Cond::Late(_) if place == Place::Rule => {
                true
            }
            Cond::Mentions(_) => place == Place::Case,
            Cond::Late(id) => self.pack.clock(id).is_some_and(|clock| {
                matches!(
                    clock.kind,
                    ClockKind::Soft
                        | ClockKind::Softened
                        | ClockKind::Untimed
                        | ClockKind::OnSpot
                        | ClockKind::Recurring
                )
            }),
            _ => false,
        }
    }

    /// Can the two not both come out as wanted?
    fn clash(&self, one: &Cond, wants_one: bool, other: &Cond, wants_other: bool) -> bool {
        if one == other {
            return wants_one != wants_other;
        }
        match (one, other) {
            (Cond::Repeats(a), Cond::Repeats(b)) => more_and_less(*a, wants_one, *b, wants_other),
            (Cond::Mentions(a), Cond::Mentions(b)) if a.lexicon == b.lexicon => {
                more_and_less(a.at_least, wants_one, b.at_least, wants_other)
            }
            (Cond::Fact(a), Cond::Fact(b)) if a.id == b.id => self.facts_clash(a, wants_one, b, wants_other),
            _ if !wants_one || !wants_other => false,
            (Cond::Class { axis: a, .. }, Cond::Class { axis: b, .. }) => {
                a == b && self.pack.axis(a).is_some_and(|axis| !axis.many)
            }
            (Cond::Finding { id: a, .. }, Cond::Finding { id: b, .. }) => a == b,
            _ => false,
        }
    }

    fn facts_clash(&self, a: &FactTest, wants_a: bool, b: &FactTest, wants_b: bool) -> bool {
        match (answered(a, wants_a), answered(b, wants_b)) {
            (Some(a), Some(b)) if a != b => return true,
            _ if !wants_a || !wants_b => return false,
            _ => {}
        }
        let several = |field: &Field| matches!(field.kind, FieldKind::Choices | FieldKind::Members);
        let (mine, theirs) = (values(a), values(b));
        if !mine.is_empty() && !theirs.is_empty() {
            let many = self.pack.field(&a.id).is_some_and(several);
            return !many && !mine.iter().any(|value| theirs.contains(value));
        }
        let above = |low: Option<i64>, high: Option<i64>| low.zip(high).is_some_and(|(low, high)| low > high);
        above(a.at_least, b.at_most) || above(b.at_least, a.at_most)
    }

    fn rules(&mut self) {
        let pack = self.pack;
        // By axis and condition; the text of a condition is the same for the same condition.
        let mut known: BTreeMap<(&str, String), Vec<(usize, &Rule)>> = BTreeMap::new();
        for (index, rule) in pack.rules.iter().enumerate() {
            let when = serde_json::to_string(&rule.when).unwrap_or_default();
            known.entry((&rule.axis, when)).or_default().push((index, rule));
        }
        for ((axis, _), rules) in known {
            let single = pack.axis(axis).is_some_and(|axis| !axis.many);
            for (place, (index, rule)) in rules.iter().enumerate() {
                for (_, before) in &rules[..place] {
                    if before.class == rule.class {
                        let message = format!("the same condition for the same class as “{}”", before.id);
                        self.remark(format!("rules[{index}].when"), "duplicate_rule", message);
                    } else if single && before.points == rule.points && rule.points > 0 {
                        let message =
                            format!("the same condition speaks as strongly for another class, in “{}”", before.id);
                        self.remark(format!("rules[{index}].when"), "contradiction", message);
                    }
                }
            }
        }
    }

    fn classes(&mut self) {
        let pack = self.pack;
        for (index, axis) in pack.axes.iter().enumerate() {
            let speaks_for = |class: &str| {
                pack.rules.iter().any(|rule| rule.axis == axis.id && rule.class == class && rule.points > 0)
            };
            // An axis without rules is for people alone; one that must be decided is asked.
            if axis.required || !axis.classes.iter().any(|class| speaks_for(&class.id)) {
                continue;
            }
            for (place, class) in axis.classes.iter().enumerate() {
                let is_group = axis.classes.iter().any(|one| one.group.as_ref() == Some(&class.id));
                if !class.grave && !is_group && class.prior <= 0 && !speaks_for(&class.id) {
                    let message = format!("no rule speaks for “{}”: it is never suggested", class.id);
                    self.remark(format!("axes[{index}].classes[{place}]"), "never_suggested", message);
                }
            }
        }
    }

    fn words(&mut self) {
        let pack = self.pack;
        let mut asked: BTreeSet<&str> = BTreeSet::new();
        let mut claims: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
        for rule in &pack.rules {
            rule.when.walk(&mut |part| {
                if let Cond::Mentions(mention) = part {
                    asked.insert(&mention.lexicon);
                }
            });
            // Only a rule that asks for nothing else lets a word speak for a class by itself.
            if let (Cond::Mentions(mention), true) = (&rule.when, rule.points > 0) {
                claims.entry(&mention.lexicon).or_default().insert((&rule.axis, &rule.class));
            }
        }
        let mut homes: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        for (index, lexicon) in pack.lexicons.iter().enumerate() {
            if !asked.contains(lexicon.id.as_str()) {
                let message = format!("no rule asks for “{}”", lexicon.id);
                self.remark(format!("lexicons[{index}]"), "unused_lexicon", message);
            }
            for (place, word) in lexicon.words.iter().enumerate() {
                let (_, home) = *homes.entry(word.trim()).or_insert((index, &lexicon.id));
                if home == lexicon.id {
                    continue;
                }
                let rivals = rivals(pack, claims.get(home), claims.get(lexicon.id.as_str()));
                if rivals {
                    let message = format!("“{word}” also stands in “{home}”, which speaks for another class");
                    self.remark(format!("lexicons[{index}].words[{place}]"), "rival_words", message);
                }
            }
        }
    }
}

/// `at least a` and `at least b`: one wanted, the other not, and the wanted one is the larger.
fn more_and_less(a: u32, wants_a: bool, b: u32, wants_b: bool) -> bool {
    (wants_a && !wants_b && a >= b) || (wants_b && !wants_a && b >= a)
}

/// What a test (or its opposite) says about whether the question was answered at all.
fn answered(test: &FactTest, wanted: bool) -> Option<bool> {
    match test.known {
        Some(known) => Some(known == wanted),
        None => wanted.then_some(true),
    }
}

fn values(test: &FactTest) -> Vec<&serde_json::Value> {
    test.is.iter().chain(&test.one_of).collect()
}

/// Do the two lexicons speak for different classes of one axis where only one can be, and for no class in common?
fn rivals(pack: &Pack, one: Option<&BTreeSet<(&str, &str)>>, other: Option<&BTreeSet<(&str, &str)>>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let single = |id: &str| pack.axis(id).is_some_and(|axis: &Axis| !axis.many);
    one.iter().any(|(axis, class)| {
        single(axis)
            && !other.contains(&(*axis, *class))
            && other.iter().any(|(theirs, _)| theirs == axis)
            && !one.iter().any(|mine| other.contains(mine))
    })
}
