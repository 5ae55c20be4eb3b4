//! Checks conditions: every id and value they name exists, every test tests something.
//! Must not evaluate a condition.

use serde_json::Value;

use super::{Lint, Space};
use crate::limit::{Limit, MAX_COUNT, Unit};
use crate::pack::{Cond, FactTest, FieldKind};

impl Lint<'_> {
    pub(super) fn opt_cond(&mut self, cond: Option<&Cond>, path: &str) {
        if let Some(cond) = cond {
            self.cond(cond, path);
        }
    }

    pub(super) fn cond(&mut self, cond: &Cond, path: &str) {
        match cond {
            Cond::All(parts) => self.parts(parts, &format!("{path}.all")),
            Cond::Any(parts) => self.parts(parts, &format!("{path}.any")),
            Cond::Not(part) => self.cond(part, &format!("{path}.not")),
            Cond::Fact(test) => self.fact(test, &format!("{path}.fact")),
            Cond::Class { axis, is } => self.class_known(axis, is, &format!("{path}.class"), "is"),
            Cond::Finding { id, is } => self.finding(id, is, &format!("{path}.finding")),
            Cond::Mentions(mention) => {
                self.known(Space::Lexicon, &mention.lexicon, format!("{path}.mentions.lexicon"));
                if mention.at_least == 0 {
                    self.fatal(format!("{path}.mentions.at_least"), "always_true", "0 words are always there");
                }
            }
            Cond::Happened(event) => {
                self.known(Space::Event, event, format!("{path}.happened"));
            }
            Cond::Repeats(0) => self.fatal(format!("{path}.repeats"), "always_true", "0 times is always true"),
            Cond::Repeats(_) => {}
            Cond::Elapsed { since, limit } => {
                self.known(Space::Event, since, format!("{path}.elapsed.since"));
                self.limit(limit, &format!("{path}.elapsed.limit"));
            }
            Cond::Late(clock) => {
                self.known(Space::Clock, clock, format!("{path}.late"));
            }
        }
    }

    fn parts(&mut self, parts: &[Cond], path: &str) {
        if parts.is_empty() {
            self.fatal(path, "empty_list", "a group of conditions is empty");
        }
        for (index, part) in parts.iter().enumerate() {
            self.cond(part, &format!("{path}[{index}]"));
        }
    }

    fn fact(&mut self, test: &FactTest, path: &str) {
        let tests = [
            test.is.is_some(),
            !test.one_of.is_empty(),
            test.at_least.is_some() || test.at_most.is_some(),
            test.known.is_some(),
        ];
        if tests.iter().filter(|given| **given).count() != 1 {
            self.fatal(path, "fact_test", "exactly one of is, in, at_least/at_most, known");
        }
        if let (Some(low), Some(high)) = (test.at_least, test.at_most)
            && low > high
        {
            self.fatal(path, "range", format!("{low} to {high} is no range"));
        }
        if !self.known(Space::Field, &test.id, format!("{path}.id")) {
            return;
        }
        for value in test.is.iter().chain(&test.one_of) {
            self.answer(&test.id, value, path);
        }
    }

    /// The value can be an answer to the field.
    fn answer(&mut self, field: &str, value: &Value, path: &str) {
        let Some(found) = self.pack.field(field) else {
            // An answer that the program keeps: the channel.
            let known = value.as_str().is_some_and(|id| self.pack.channels.iter().any(|channel| channel.id == id));
            if !known {
                self.dangling(path, "unknown_option", format!("no channel has the id {value}"));
            }
            return;
        };
        let possible = match found.kind {
            FieldKind::Yes => value.is_boolean(),
            FieldKind::Number | FieldKind::Money => value.is_u64(),
            FieldKind::Choice | FieldKind::Choices => {
                value.as_str().is_some_and(|id| found.options.iter().any(|option| option.id == id))
            }
            _ => value.is_string(),
        };
        if !possible {
            self.fatal(path, "unknown_option", format!("{value} cannot be an answer to “{field}”"));
        }
    }

    fn finding(&mut self, id: &str, is: &Value, path: &str) {
        if !self.known(Space::Finding, id, format!("{path}.id")) {
            return;
        }
        let options = self.pack.findings.iter().filter(|finding| finding.id == id).flat_map(|finding| &finding.options);
        if !options.into_iter().any(|option| is.as_str() == Some(&option.id)) {
            self.fatal(format!("{path}.is"), "unknown_option", format!("the finding “{id}” has no option {is}"));
        }
    }

    /// A limit that can be counted.
    pub(super) fn limit(&mut self, limit: &Limit, path: &str) {
        let counted = !matches!(limit.unit, Unit::SameDay | Unit::NextDay | Unit::ByDate | Unit::None);
        if counted && !(1..=MAX_COUNT).contains(&limit.count) {
            self.fatal(format!("{path}.count"), "count_range", format!("a count from 1 to {MAX_COUNT} is wanted"));
        } else if !counted && limit.count != 0 {
            self.fatal(format!("{path}.count"), "count_range", "this unit has no count");
        }
    }
}
