//! Which parts of a pack can be edited here, as tables: sections, their fields, what a new entry looks like.
//! Must not draw; a new field of the pack's form is one line here.

use serde_json::{Value, json};

use crate::i18n::{T, bench as words};

/// What others refer to by id: the list of the pack that declares it.
#[derive(Clone, Copy, PartialEq)]
pub enum Space {
    Roles,
    Events,
    Clocks,
    Parameters,
    RedLines,
}

impl Space {
    /// The key of the list, and the key of the text that names an entry.
    pub fn list(self) -> (&'static str, &'static str) {
        match self {
            Space::Roles => ("roles", "label"),
            Space::Events => ("events", "label"),
            Space::Clocks => ("clocks", "label"),
            Space::Parameters => ("parameters", "label"),
            Space::RedLines => ("red_lines", "title"),
        }
    }
}

/// Where a condition stands; not every test makes sense everywhere.
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    /// Rules and axes: answers, words, classes.
    Rule,
    /// Clocks: no words, no lateness.
    Clock,
    /// Consequences and scripts: everything but words.
    After,
}

/// How a value is edited.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// One line of plain text.
    Line,
    /// Chinese and English.
    Text,
    LongText,
    /// The same, may be left out.
    MaybeText,
    /// A whole number.
    Number,
    /// The same, may be left out (then 0 is meant).
    MaybeNumber,
    Date,
    Tick,
    /// One of these words.
    Choice(&'static [(&'static str, T)]),
    /// One id or none.
    One(Space),
    /// Several ids.
    Many(Space),
    /// An axis and one of its classes, in two keys.
    Class,
    /// One word a line.
    Words,
    Limit,
    Cond(Place),
    MaybeCond(Place),
    /// From and to.
    Range,
    /// The value of a parameter, by its own kind.
    Answer,
}

/// A field of an entry.
pub struct Part {
    pub key: &'static str,
    pub label: T,
    pub kind: Kind,
    pub hint: Option<T>,
    /// Seldom needed: folded away.
    pub more: bool,
}

/// A list of a pack, or its head.
pub struct Section {
    /// The key of the list; empty: the pack itself.
    pub list: &'static str,
    pub title: T,
    pub lead: T,
    pub parts: &'static [Part],
    /// New entries get the first free id of this form.
    pub prefix: &'static str,
}

const fn part(key: &'static str, label: T, kind: Kind) -> Part {
    Part { key, label, kind, hint: None, more: false }
}

const fn hinted(key: &'static str, label: T, kind: Kind, hint: T) -> Part {
    Part { key, label, kind, hint: Some(hint), more: false }
}

const fn more(key: &'static str, label: T, kind: Kind) -> Part {
    Part { key, label, kind, hint: None, more: true }
}

const CLAUSE: Part = hinted("clause", words::P_CLAUSE, Kind::Line, words::P_CLAUSE_HINT);

const KINDS: &[(&str, T)] = &[
    ("hard", words::K_HARD),
    ("softened", words::K_SOFTENED),
    ("on_spot", words::K_ON_SPOT),
    ("soft", words::K_SOFT),
    ("recurring", words::K_RECURRING),
    ("case_set", words::K_CASE_SET),
    ("missing", words::K_MISSING),
    ("untimed", words::K_UNTIMED),
];

const CALENDARS: &[(&str, T)] = &[("statutory", words::C_STATUTORY), ("campus", words::C_CAMPUS)];

const ANSWERS: &[(&str, T)] = &[
    ("number", words::A_NUMBER),
    ("money", words::A_MONEY),
    ("line", words::A_LINE),
    ("paragraph", words::A_PARAGRAPH),
];

/// All sections, in the order of the page.
pub const SECTIONS: &[Section] = &[
    Section {
        list: "",
        title: words::S_HEAD,
        lead: words::S_HEAD_LEAD,
        parts: &[
            part("title", words::P_TITLE, Kind::Text),
            part("summary", words::P_SUMMARY, Kind::LongText),
            hinted("effective_from", words::P_FROM, Kind::Date, words::P_FROM_HINT),
        ],
        prefix: "",
    },
    Section {
        list: "sources",
        title: words::S_SOURCES,
        lead: words::S_SOURCES_LEAD,
        parts: &[part("title", words::P_DOCUMENT, Kind::Text), part("state", words::P_STATE, Kind::MaybeText)],
        prefix: "S",
    },
    Section {
        list: "clocks",
        title: words::S_CLOCKS,
        lead: words::S_CLOCKS_LEAD,
        parts: &[
            part("label", words::P_LABEL, Kind::Text),
            part("kind", words::P_KIND, Kind::Choice(KINDS)),
            part("limit", words::P_LIMIT, Kind::Limit),
            part("owner", words::P_OWNER, Kind::Many(Space::Roles)),
            part("start", words::P_START, Kind::Many(Space::Events)),
            part("stop", words::P_STOP, Kind::Many(Space::Events)),
            part("when", words::P_WHEN, Kind::MaybeCond(Place::Clock)),
            part("phrase", words::P_PHRASE, Kind::Line),
            CLAUSE,
            hinted("reading", words::P_READING, Kind::MaybeText, words::P_READING_HINT),
            more("calendar", words::P_CALENDAR, Kind::Choice(CALENDARS)),
            more("not_after", words::P_NOT_AFTER, Kind::Many(Space::Clocks)),
            more("parameter", words::P_PARAMETER, Kind::One(Space::Parameters)),
            more("again", words::P_AGAIN, Kind::Tick),
            more("extend_by", words::P_EXTEND_BY, Kind::Many(Space::Roles)),
            more("extend_max", words::P_EXTEND_MAX, Kind::MaybeNumber),
        ],
        prefix: "T",
    },
    Section {
        list: "lexicons",
        title: words::S_LEXICONS,
        lead: words::S_LEXICONS_LEAD,
        parts: &[
            part("label", words::P_LABEL, Kind::Text),
            hinted("words", words::P_WORDS, Kind::Words, words::P_WORDS_HINT),
            part("topical", words::P_TOPICAL, Kind::Tick),
        ],
        prefix: "words-",
    },
    Section {
        list: "rules",
        title: words::S_RULES,
        lead: words::S_RULES_LEAD,
        parts: &[
            part("class", words::P_CLASS, Kind::Class),
            hinted("points", words::P_POINTS, Kind::Number, words::P_POINTS_HINT),
            part("when", words::P_WHEN, Kind::Cond(Place::Rule)),
            part("why", words::P_WHY, Kind::Text),
            CLAUSE,
        ],
        prefix: "rule-",
    },
    Section {
        list: "axes",
        title: words::S_AXES,
        lead: words::S_AXES_LEAD,
        parts: &[
            part("label", words::P_LABEL, Kind::Text),
            hinted("question", words::P_QUESTION, Kind::Text, words::P_QUESTION_HINT),
            hinted("threshold", words::P_THRESHOLD, Kind::Number, words::P_THRESHOLD_HINT),
            part("required", words::P_REQUIRED, Kind::Tick),
            part("reason", words::P_REASON, Kind::Tick),
            part("when", words::P_WHEN, Kind::MaybeCond(Place::Rule)),
            CLAUSE,
        ],
        prefix: "axis-",
    },
    Section {
        list: "classes",
        title: words::S_CLASSES,
        lead: words::S_CLASSES_LEAD,
        parts: &[
            part("label", words::P_LABEL, Kind::Text),
            part("criteria", words::P_CRITERIA, Kind::LongText),
            CLAUSE,
            more("prior", words::P_PRIOR, Kind::MaybeNumber),
            more("grave", words::P_GRAVE, Kind::Tick),
            more("red_line", words::P_RED_LINE, Kind::One(Space::RedLines)),
        ],
        prefix: "class-",
    },
    Section {
        list: "consequences",
        title: words::S_CONSEQUENCES,
        lead: words::S_CONSEQUENCES_LEAD,
        parts: &[
            part("trigger", words::P_TRIGGER, Kind::Text),
            part("who", words::P_WHO, Kind::Text),
            part("effect", words::P_EFFECT, Kind::LongText),
            part("amount", words::P_AMOUNT, Kind::Range),
            part("points", words::P_SCORE, Kind::Range),
            part("when", words::P_WHEN, Kind::MaybeCond(Place::After)),
            CLAUSE,
            more("parameter", words::P_PARAMETER, Kind::One(Space::Parameters)),
            more("red_line", words::P_RED_LINE, Kind::One(Space::RedLines)),
        ],
        prefix: "C",
    },
    Section {
        list: "parameters",
        title: words::S_PARAMETERS,
        lead: words::S_PARAMETERS_LEAD,
        parts: &[
            part("label", words::P_LABEL, Kind::Text),
            part("kind", words::P_ANSWER, Kind::Choice(ANSWERS)),
            hinted("value", words::P_VALUE, Kind::Answer, words::P_VALUE_HINT),
            part("hint", words::P_HINT, Kind::MaybeText),
            CLAUSE,
        ],
        prefix: "value-",
    },
    Section {
        list: "scripts",
        title: words::S_SCRIPTS,
        lead: words::S_SCRIPTS_LEAD,
        parts: &[
            part("say", words::P_SAY, Kind::LongText),
            part("when", words::P_WHEN, Kind::MaybeCond(Place::After)),
            CLAUSE,
        ],
        prefix: "say-",
    },
    Section {
        list: "readings",
        title: words::S_READINGS,
        lead: words::S_READINGS_LEAD,
        parts: &[
            part("question", words::P_GAP, Kind::Text),
            part("reading", words::P_READING, Kind::LongText),
            part("alternative", words::P_ALTERNATIVE, Kind::MaybeText),
        ],
        prefix: "reading-",
    },
];

/// The section of a list.
pub fn section(list: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|one| one.list == list)
}

/// Pointers of the lists that belong to a section: one, or for classes one of every axis.
pub fn lists(section: &Section, tree: &Value) -> Vec<String> {
    match section.list {
        "classes" => {
            let axes = tree["axes"].as_array().map_or(0, Vec::len);
            (0..axes).map(|axis| format!("/axes/{axis}/classes")).collect()
        }
        list => vec![format!("/{list}")],
    }
}

/// The section and the pointer of the entry in which a place of the pack lies; no entry for a whole list, no section for
/// lists without a form.
pub fn entry_of(pointer: &str) -> (&'static str, String) {
    let mut steps = pointer.split('/').skip(1);
    let (list, index) = (steps.next().unwrap_or_default(), steps.next());
    let Some(section) = section(list).filter(|section| !section.list.is_empty()) else { return ("", String::new()) };
    let Some(index) = index else { return (section.list, String::new()) };
    if list == "axes" && steps.next() == Some("classes") {
        let entry = steps.next().map(|place| format!("/axes/{index}/classes/{place}"));
        return ("classes", entry.unwrap_or_default());
    }
    (section.list, format!("/{list}/{index}"))
}

/// The name of an entry as people know it.
pub fn name(entry: &Value) -> String {
    let keys = ["label", "title", "trigger", "why", "say", "question"];
    let text = keys.iter().find_map(|key| crate::pages::bench::tree::said(&entry[*key]));
    text.unwrap_or_else(|| entry["id"].as_str().unwrap_or_default().to_owned())
}

/// A new entry of a section, as empty as it can be; the check says what is still missing.
pub fn blank(list: &str, tree: &Value) -> Value {
    let first = |list: &str| tree[list][0]["id"].as_str().unwrap_or_default().to_owned();
    let clause = format!("{} ", first("sources"));
    let text = json!({ "zh": "" });
    match list {
        "sources" => json!({ "title": text, "state": text }),
        "clocks" => json!({
            "label": text, "kind": "hard", "owner": [], "start": ["received"], "stop": [], "clause": clause,
            "limit": { "count": 1, "unit": "working_day" }, "phrase": "",
        }),
        "lexicons" => json!({ "label": text, "words": [] }),
        "rules" => json!({
            "axis": first("axes"), "class": tree["axes"][0]["classes"][0]["id"], "points": 10, "why": text, "clause": clause,
            "when": { "mentions": { "lexicon": first("lexicons") } },
        }),
        "axes" => json!({ "label": text, "question": text, "classes": [], "threshold": 60, "clause": clause }),
        "classes" => json!({ "label": text, "criteria": text, "clause": clause }),
        "consequences" => json!({ "trigger": text, "who": text, "effect": text, "clause": clause }),
        "parameters" => json!({ "label": text, "kind": "number", "clause": clause }),
        "scripts" => json!({ "say": text, "clause": clause }),
        _ => json!({ "question": text, "reading": text, "alternative": text }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_their_entries() {
        for (pointer, list, entry) in [
            ("/clocks/3/limit/count", "clocks", "/clocks/3"),
            ("/clocks/3", "clocks", "/clocks/3"),
            ("/clocks", "clocks", ""),
            ("/axes/1/classes/2/label/zh", "classes", "/axes/1/classes/2"),
            ("/axes/1/classes", "classes", ""),
            ("/axes/1/label", "axes", "/axes/1"),
            ("/steps/1/label", "", ""),
            ("/title/zh", "", ""),
            ("", "", ""),
        ] {
            assert_eq!(entry_of(pointer), (list, entry.to_owned()), "{pointer}");
        }
    }
}
