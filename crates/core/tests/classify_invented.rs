//! The two packs of the training school on labelled messages: invented ones always, real ones where they are at hand.
//! Bars below what is measured (docs/evaluation.md), so that a change that makes the suggestions worse is noticed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use shouwen_core::classify::{Classification, Classifier, Input};
use shouwen_core::pack::Pack;

const PACKS: [&str; 2] =
    [include_str!("../../../packs/train-hq.json"), include_str!("../../../packs/train-campus.json")];
const INVENTED: &str = include_str!("data/classify-invented.jsonl");
/// Real messages; they are no part of the repository.
const REAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/eval/complaints-dev.jsonl");

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    set: String,
    text: String,
    kind: String,
    area: String,
    form: Option<String>,
    severity: Option<String>,
    topics: BTreeSet<String>,
    flags: BTreeSet<String>,
}

impl Message {
    fn labels(&self, axis: &str) -> BTreeSet<String> {
        let one = |label: Option<&String>| label.into_iter().cloned().collect();
        match axis {
            "nature" => one(Some(&self.kind)),
            "area" => one(Some(&self.area)),
            "form" => one(self.form.as_ref()),
            "severity" => one(self.severity.as_ref()),
            "topics" => self.topics.clone(),
            _ => self.flags.clone(),
        }
    }
}

fn messages(text: &str) -> Vec<Message> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Hits, wrong ones and missed ones by label.
#[derive(Default)]
struct Score(BTreeMap<String, [u32; 3]>);

impl Score {
    fn add(&mut self, want: &BTreeSet<String>, got: &BTreeSet<String>) {
        for label in want.union(got) {
            let place = if !got.contains(label) { 2 } else { usize::from(!want.contains(label)) };
            self.0.entry(label.clone()).or_default()[place] += 1;
        }
    }

    /// Mean over the labels that people gave.
    fn macro_f1(&self) -> f64 {
        let given: Vec<f64> = self.0.values().filter(|count| count[0] + count[2] > 0).map(f1).collect();
        given.iter().sum::<f64>() / given.len() as f64
    }

    fn micro_f1(&self) -> f64 {
        let sum = |place: usize| self.0.values().map(|count| count[place]).sum::<u32>();
        f1(&[sum(0), sum(1), sum(2)])
    }
}

fn f1(count: &[u32; 3]) -> f64 {
    f64::from(2 * count[0]) / f64::from((2 * count[0] + count[1] + count[2]).max(1))
}

fn suggested(pack: &Pack, result: &Classification, axis: &str) -> BTreeSet<String> {
    let axis = pack.axis(axis).unwrap();
    let found = &result.axis(&axis.id).unwrap().suggested;
    found.iter().map(|class| axis.class(class).unwrap().label.zh.clone()).collect()
}

/// Axis and figure: macro-F1 for one class, micro-F1 for several.
fn figures(pack: &Pack, messages: &[&Message]) -> BTreeMap<&'static str, f64> {
    let classifier = Classifier::new(pack);
    let facts = BTreeMap::new();
    let axes = ["nature", "area", "form", "severity", "topics", "flags"];
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for message in messages {
        let result = classifier.classify(pack, &Input { text: &message.text, facts: &facts, repeats: 0 });
        for axis in axes {
            scores.entry(axis).or_default().add(&message.labels(axis), &suggested(pack, &result, axis));
        }
        let nature = result.axis("nature").unwrap();
        assert!(!nature.suggested.iter().any(|class| class == "malicious"), "{}", message.text);
    }
    let many = |axis: &str| matches!(axis, "topics" | "flags");
    scores.iter().map(|(axis, score)| (*axis, if many(axis) { score.micro_f1() } else { score.macro_f1() })).collect()
}

/// `axis at least` pairs.
fn check(name: &str, messages: &[&Message], bars: &[(&str, f64)]) {
    for text in PACKS {
        let pack: Pack = serde_json::from_str(text).unwrap();
        let found = figures(&pack, messages);
        let low: Vec<String> = bars
            .iter()
            .filter(|(axis, bar)| found[axis] < *bar)
            .map(|(axis, bar)| format!("{axis} {:.3} < {bar}", found[axis]))
            .collect();
        assert!(low.is_empty(), "{} on {name}: {}", pack.id, low.join(", "));
    }
}

#[test]
fn invented_messages() {
    let all = messages(INVENTED);
    let of = |set: &str| all.iter().filter(|message| message.set == set).collect::<Vec<_>>();
    assert_eq!((of("tuning").len(), of("blind").len(), of("first").len()), (77, 77, 78));
    check(
        "the tuning half",
        &of("tuning"),
        &[("nature", 0.88), ("area", 0.74), ("severity", 0.74), ("topics", 0.77), ("flags", 0.83)],
    );
    check("the blind half", &of("blind"), &[("nature", 0.88), ("severity", 0.70), ("topics", 0.73), ("flags", 0.80)]);
    check(
        "the first messages",
        &of("first"),
        &[("nature", 0.90), ("area", 0.76), ("severity", 0.85), ("topics", 0.85), ("flags", 0.88)],
    );
}

#[test]
fn real_messages() {
    if !Path::new(REAL).exists() {
        println!("SKIPPED: the real messages are kept apart from the repository and are not here");
        return;
    }
    let all = messages(&std::fs::read_to_string(REAL).unwrap());
    let bars = [("nature", 0.80), ("area", 0.70), ("severity", 0.70), ("topics", 0.75), ("flags", 0.80)];
    check("the development messages", &all.iter().collect::<Vec<_>>(), &bars);
}

/// The measure itself can fail.
#[test]
fn a_wrong_label_lowers_the_figure() {
    let set = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect::<BTreeSet<String>>();
    let mut score = Score::default();
    score.add(&set(&["a", "b"]), &set(&["a", "c"]));
    score.add(&set(&["a"]), &set(&["a"]));
    assert!((score.micro_f1() - 2.0 / 3.0).abs() < 1e-9);
    assert!((score.macro_f1() - 0.5).abs() < 1e-9, "b is missed, c was given by nobody");
}
