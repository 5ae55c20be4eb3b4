//! Checks a pack that has the right form: ids, references, texts, limits, the flow of events.
//! Must not change a pack, and knows no regime: every rule here holds for all packs.

mod cond;
mod flow;
mod names;
mod sense;

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Consequence, FORMAT, Field, FieldKind, Pack};
use crate::time;
use names::{Names, Space};
pub use sense::sense;

/// Case events that the program emits itself: opening, a decision on a required axis, closing, reopening.
/// Steps must not emit them.
pub const PROGRAM_EVENTS: [&str; 4] = ["received", "class_set", "case_closed", "case_reopened"];
/// Answers that the program keeps itself; conditions and forms may name them without a field of that id.
pub const PROGRAM_FIELDS: [&str; 1] = ["channel"];
/// Fields that name a person whatever their kind: they must be marked personal.
const PERSONAL: [&str; 2] = ["name", "phone"];
/// Keys under which a text may be left empty.
const MAY_BE_BLANK: [&str; 2] = ["state", "alternative"];
/// Lists whose names are rarely seen: Chinese is enough.
const CHINESE: [&str; 3] = ["events", "lexicons", "forms"];
/// Lists of parts that a child may drop from.
const LISTS: [&str; 18] = [
    "sources",
    "roles",
    "channels",
    "fields",
    "axes",
    "findings",
    "events",
    "lexicons",
    "rules",
    "clocks",
    "steps",
    "transitions",
    "consequences",
    "scripts",
    "forms",
    "red_lines",
    "parameters",
    "readings",
];
/// Keys of texts that are names: they want English too. Longer texts may be in Chinese alone.
const NAMES: [&str; 2] = ["label", "title"];
/// Longest id, in bytes.
const MAX_ID: usize = 64;
/// Largest version: there must always be a next one.
const MAX_VERSION: u32 = 1_000_000;
/// Entries of one list at most. The longest rule book has some hundred.
const MAX_LIST: usize = 3_000;

/// Something wrong with a pack, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// JSON path: `clocks[3].start[0]`; empty for the whole file.
    pub path: String,
    /// Stable short name of the check.
    pub code: &'static str,
    /// Plain English.
    pub message: String,
    /// `false`: worth a look, the pack can still be used.
    pub fatal: bool,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = if self.path.is_empty() { "(pack)" } else { &self.path };
        write!(out, "{path}: {} [{}]", self.message, self.code)
    }
}

/// Every problem of a pack, in the order of the file within each check. A pack that inherits (`extends`) may refer
/// to parts of its parent: for it, dangling references and missing producers are warnings; lint it again when merged.
pub fn lint(pack: &Pack) -> Vec<Problem> {
    let mut lint = Lint { pack, names: Names::of(pack), out: Vec::new() };
    lint.head();
    if let Ok(tree) = serde_json::to_value(pack) {
        lint.tree("", "", &tree);
    }
    // Nobody wrote such lists by hand, and the other checks would take long over them.
    if lint.out.iter().any(|problem| problem.code == "too_many") {
        return lint.out;
    }
    lint.fields();
    lint.classes();
    lint.rules();
    lint.flow();
    lint.after_the_case();
    lint.out
}

struct Lint<'a> {
    pack: &'a Pack,
    names: Names<'a>,
    out: Vec<Problem>,
}

impl<'a> Lint<'a> {
    fn fatal(&mut self, path: impl Into<String>, code: &'static str, message: impl Into<String>) {
        self.out.push(Problem { path: path.into(), code, message: message.into(), fatal: true });
    }

    fn warn(&mut self, path: impl Into<String>, code: &'static str, message: impl Into<String>) {
        self.out.push(Problem { path: path.into(), code, message: message.into(), fatal: false });
    }

    /// Fatal unless the pack inherits and the missing part may stand in its parent.
    fn dangling(&mut self, path: impl Into<String>, code: &'static str, message: impl Into<String>) {
        let fatal = self.pack.extends.is_none();
        self.out.push(Problem { path: path.into(), code, message: message.into(), fatal });
    }

    /// The id must exist in its space.
    fn known(&mut self, space: Space, id: &str, path: impl Into<String>) -> bool {
        let known = self.names.has(space, id);
        if !known {
            let (code, noun) = space.words();
            self.dangling(path, code, format!("no {noun} has the id “{id}”"));
        }
        known
    }

    fn all_known<'b>(&mut self, space: Space, ids: impl IntoIterator<Item = &'b String>, path: &str) {
        for (index, id) in ids.into_iter().enumerate() {
            self.known(space, id, format!("{path}[{index}]"));
        }
    }

    fn opt_known(&mut self, space: Space, id: Option<&String>, path: String) {
        if let Some(id) = id {
            self.known(space, id, path);
        }
    }

    fn head(&mut self) {
        let pack = self.pack;
        if pack.format != FORMAT {
            self.fatal("format", "format", format!("this build reads {FORMAT}, not “{}”", pack.format));
        }
        if !good_id(&pack.id) {
            self.fatal("id", "bad_id", ID_RULE);
        }
        if !(1..=MAX_VERSION).contains(&pack.version) {
            self.fatal("version", "version", format!("versions count from 1 to {MAX_VERSION}"));
        }
        if time::parse_date(&pack.effective_from).is_none() {
            self.fatal("effective_from", "date", "a date like 2026-11-01 is wanted");
        }
        if pack.extends.as_ref() == Some(&pack.id) {
            self.fatal("extends", "cycle", "a pack cannot inherit from itself");
        }
        for list in pack.drop.keys().filter(|list| !LISTS.contains(&list.as_str())) {
            self.fatal(format!("drop.{list}"), "unknown_list", "no such list of parts");
        }
        if pack.library && pack.extends.is_some() {
            self.fatal("library", "cycle", "a library stands for itself: it cannot inherit");
        }
        if pack.sources.is_empty() && pack.extends.is_none() {
            self.fatal("sources", "empty_list", "at least one source is wanted: clauses begin with its id");
        }
    }

    /// What holds everywhere: ids are well-formed and unique in their list, texts are not empty, clauses cite a source.
    fn tree(&mut self, path: &str, key: &str, value: &Value) {
        match value {
            Value::Object(map) if is_text(map) => self.text(path, key, map),
            Value::Object(map) => {
                for (name, part) in map {
                    let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    if name == "clause" {
                        self.clause(&below, part.as_str().unwrap_or_default());
                    }
                    self.tree(&below, name, part);
                }
            }
            Value::Array(items) if items.len() > MAX_LIST => {
                self.fatal(path, "too_many", format!("{} entries, at most {MAX_LIST}", items.len()));
            }
            Value::Array(items) => {
                let mut seen = BTreeSet::new();
                for (index, item) in items.iter().enumerate() {
                    let below = format!("{path}[{index}]");
                    if let Some(id) = item.get("id").and_then(Value::as_str) {
                        if !good_id(id) {
                            self.fatal(format!("{below}.id"), "bad_id", ID_RULE);
                        }
                        if !seen.insert(id.to_owned()) {
                            self.fatal(format!("{below}.id"), "duplicate_id", format!("“{id}” stands here twice"));
                        }
                    }
                    self.tree(&below, key, item);
                }
            }
            Value::String(text) => self.plain(path, text),
            _ => {}
        }
    }

    /// Texts are shown as they are; one that looks like a page's markup was not meant for people.
    fn plain(&mut self, path: &str, text: &str) {
        let tag = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        if text.split('<').skip(1).any(tag) {
            self.fatal(path, "markup", "texts are plain: no tags");
        }
    }

    fn text(&mut self, path: &str, key: &str, map: &serde_json::Map<String, Value>) {
        for (language, text) in map {
            self.plain(&format!("{path}.{language}"), text.as_str().unwrap_or_default());
        }
        let blank =
            |language: &str| map.get(language).and_then(Value::as_str).is_none_or(|text| text.trim().is_empty());
        match (blank("zh"), blank("en")) {
            (true, true) if MAY_BE_BLANK.contains(&key) => {}
            (true, _) => self.fatal(format!("{path}.zh"), "empty_text", "the Chinese text is missing"),
            (false, true) if NAMES.contains(&key) && !CHINESE.iter().any(|list| path.starts_with(list)) => {
                self.warn(format!("{path}.en"), "english_missing", "the English name is missing");
            }
            (false, _) => {}
        }
    }

    fn clause(&mut self, path: &str, clause: &str) {
        let mut words = clause.split_whitespace();
        let source = words.next().unwrap_or_default();
        if source.is_empty() || words.next().is_none() {
            self.fatal(path, "clause", "a clause names its source and its place, like “R01 D6”");
        } else if !self.names.has(Space::Source, source) {
            self.dangling(
                path,
                "clause",
                format!("the clause begins with “{source}”, which is no source of this pack"),
            );
        }
    }

    fn fields(&mut self) {
        for (index, field) in self.pack.fields.iter().enumerate() {
            let at = format!("fields[{index}]");
            let names_people = matches!(field.kind, FieldKind::Phone | FieldKind::Members);
            if (PERSONAL.contains(&field.id.as_str()) || names_people) && !field.personal {
                self.fatal(format!("{at}.personal"), "personal", "this names a person: mark it personal");
            }
            self.options(field, &at);
            self.opt_cond(field.when.as_ref(), &format!("{at}.when"));
        }
    }

    fn options(&mut self, field: &Field, at: &str) {
        let chooses = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
        if chooses && field.options.is_empty() {
            self.fatal(format!("{at}.options"), "options", "a choice needs options");
        } else if !chooses && !field.options.is_empty() {
            self.fatal(format!("{at}.options"), "options", "only choices have options");
        }
    }

    fn classes(&mut self) {
        for (index, axis) in self.pack.axes.iter().enumerate() {
            let at = format!("axes[{index}]");
            if axis.classes.is_empty() {
                self.fatal(format!("{at}.classes"), "empty_list", "an axis needs classes");
            }
            if axis.threshold > 100 {
                self.fatal(format!("{at}.threshold"), "percent", "a threshold is a percentage, 0 to 100");
            }
            self.opt_cond(axis.when.as_ref(), &format!("{at}.when"));
            for (place, class) in axis.classes.iter().enumerate() {
                let at = format!("{at}.classes[{place}]");
                self.opt_known(Space::RedLine, class.red_line.as_ref(), format!("{at}.red_line"));
                if let Some(group) = class.group.as_ref().filter(|group| axis.class(group).is_none()) {
                    self.dangling(format!("{at}.group"), "unknown_class", format!("the axis has no class “{group}”"));
                }
                if class.grave && class.prior > 0 {
                    self.fatal(
                        format!("{at}.prior"),
                        "grave_points",
                        "a grave class is never suggested: no points for it",
                    );
                }
            }
        }
        for (index, finding) in self.pack.findings.iter().enumerate() {
            let at = format!("findings[{index}]");
            if finding.options.is_empty() {
                self.fatal(format!("{at}.options"), "options", "a finding needs options");
            }
            self.opt_cond(finding.when.as_ref(), &format!("{at}.when"));
        }
    }

    fn rules(&mut self) {
        for (index, lexicon) in self.pack.lexicons.iter().enumerate() {
            let at = format!("lexicons[{index}].words");
            if lexicon.words.is_empty() {
                self.fatal(at.clone(), "empty_list", "a lexicon needs words");
            }
            let mut seen = BTreeSet::new();
            for (place, word) in lexicon.words.iter().enumerate() {
                if word.trim().is_empty() {
                    self.fatal(format!("{at}[{place}]"), "empty_text", "an empty word");
                } else if !seen.insert(word) {
                    self.warn(format!("{at}[{place}]"), "repeated_word", format!("“{word}” stands here twice"));
                }
            }
        }
        for (index, rule) in self.pack.rules.iter().enumerate() {
            let at = format!("rules[{index}]");
            self.class_known(&rule.axis, &rule.class, &at, "class");
            let grave =
                self.pack.axis(&rule.axis).and_then(|axis| axis.class(&rule.class)).is_some_and(|one| one.grave);
            if grave && rule.points > 0 {
                self.fatal(
                    format!("{at}.points"),
                    "grave_points",
                    "a grave class is never suggested: no points for it",
                );
            }
            self.cond(&rule.when, &format!("{at}.when"));
        }
        for (index, change) in self.pack.transitions.iter().enumerate() {
            let at = format!("transitions[{index}]");
            self.class_known(&change.axis, &change.from, &at, "from");
            self.class_known(&change.axis, &change.to, &at, "to");
            if change.from == change.to {
                self.fatal(format!("{at}.to"), "cycle", "the change leads back to the same class");
            }
            self.cond(&change.when, &format!("{at}.when"));
            self.opt_known(Space::RedLine, change.red_line.as_ref(), format!("{at}.red_line"));
        }
    }

    /// The axis exists and has the class.
    fn class_known(&mut self, axis: &str, class: &str, at: &str, key: &str) {
        if self.known(Space::Axis, axis, format!("{at}.axis")) && !self.names.has_class(axis, class) {
            self.dangling(format!("{at}.{key}"), "unknown_class", format!("the axis “{axis}” has no class “{class}”"));
        }
    }

    /// Consequences, scripts, forms, red lines, follow-up, emergency part.
    fn after_the_case(&mut self) {
        let pack = self.pack;
        for (index, consequence) in pack.consequences.iter().enumerate() {
            self.consequence(consequence, &format!("consequences[{index}]"));
        }
        for (index, script) in pack.scripts.iter().enumerate() {
            self.opt_cond(script.when.as_ref(), &format!("scripts[{index}].when"));
        }
        for (index, form) in pack.forms.iter().enumerate() {
            self.all_known(Space::Field, &form.fields, &format!("forms[{index}].fields"));
        }
        for (index, line) in pack.red_lines.iter().enumerate() {
            let at = format!("red_lines[{index}]");
            self.opt_cond(line.when.as_ref(), &format!("{at}.when"));
        }
        if let Some(follow_up) = &pack.follow_up {
            self.all_known(Space::Field, &follow_up.scores, "follow_up.scores");
            if follow_up.scores.is_empty() && follow_up.scale.iter().any(|band| !band.emits.is_empty()) {
                let message = "no score leads to a band: name the fields that hold scores";
                self.fatal("follow_up.scores", "empty_list", message);
            }
        }
        for (index, band) in pack.follow_up.iter().flat_map(|follow_up| &follow_up.scale).enumerate() {
            let at = format!("follow_up.scale[{index}]");
            if band.from > band.to {
                self.fatal(format!("{at}.to"), "range", "the band ends before it begins");
            }
            self.all_known(Space::Event, &band.emits, &format!("{at}.emits"));
        }
        if let Some(emergency) = &pack.emergency {
            self.opt_cond(emergency.activate_when.as_ref(), "emergency.activate_when");
            self.known(Space::Event, &emergency.on, "emergency.on");
            self.known(Space::Event, &emergency.off, "emergency.off");
            for (index, step) in emergency.steps.iter().enumerate() {
                if pack.step(step).is_none() {
                    let message = format!("no step has the id “{step}”");
                    self.dangling(format!("emergency.steps[{index}]"), "unknown_step", message);
                }
            }
            for (index, member) in emergency.group.iter().enumerate() {
                self.known(Space::Role, &member.role, format!("emergency.group[{index}].role"));
            }
        }
    }

    fn consequence(&mut self, consequence: &Consequence, at: &str) {
        for (key, range) in [("amount", consequence.amount), ("points", consequence.points)] {
            if let Some((from, to)) = range.filter(|(from, to)| from > to || *from < 0) {
                self.fatal(format!("{at}.{key}"), "range", format!("{from} to {to} is no range"));
            }
        }
        self.opt_known(Space::Parameter, consequence.parameter.as_ref(), format!("{at}.parameter"));
        self.opt_cond(consequence.when.as_ref(), &format!("{at}.when"));
        self.opt_known(Space::RedLine, consequence.red_line.as_ref(), format!("{at}.red_line"));
    }
}

const ID_RULE: &str = "an id is 1 to 64 letters, digits, “_”, “-” or “.”, and begins with a letter or digit";

fn good_id(id: &str) -> bool {
    id.len() <= MAX_ID
        && id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
}

fn is_text(map: &serde_json::Map<String, Value>) -> bool {
    map.contains_key("zh") && map.keys().all(|key| key == "zh" || key == "en")
}
