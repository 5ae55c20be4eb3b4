//! Measures the classification of a pack on labelled messages: `evaluate [PACK.json] [MESSAGES.jsonl] [--errors]`.
//! Prints a reason and ends well when the messages are absent: they are not part of this repository.
//!
//! A message is `{"id","text","kind","area","form","severity","topics":[],"flags":[],"confidence"}`; labels are the
//! Chinese labels of the pack's classes, `null` where the axis does not apply.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use shouwen_core::classify::{Classification, Classifier, Fired, Input};
use shouwen_core::pack::Pack;

/// Axis of the pack, key of the message.
const AXES: &[(&str, &str)] = &[
    ("nature", "kind"),
    ("area", "area"),
    ("form", "form"),
    ("severity", "severity"),
    ("topics", "topics"),
    ("flags", "flags"),
];

/// Hits and misses of one label.
#[derive(Default)]
struct Count {
    hit: u32,
    extra: u32,
    missed: u32,
}

impl Count {
    fn precision(&self) -> f64 {
        ratio(self.hit, self.hit + self.extra)
    }
    fn recall(&self) -> f64 {
        ratio(self.hit, self.hit + self.missed)
    }
    fn f1(&self) -> f64 {
        ratio(2 * self.hit, 2 * self.hit + self.extra + self.missed)
    }
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut paths = args.iter().filter(|arg| !arg.starts_with("--"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let pack_path = paths.next().map_or_else(|| root.join("packs/train-hq.json"), PathBuf::from);
    let messages = paths.next().map_or_else(|| root.join("../shared/eval/complaints-dev.jsonl"), PathBuf::from);
    let Ok(lines) = std::fs::read_to_string(&messages) else {
        println!("no messages at {}: nothing to measure", messages.display());
        return Ok(());
    };
    let pack: Pack = serde_json::from_str(&std::fs::read_to_string(&pack_path)?)?;
    let rows: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let errors = args.iter().any(|arg| arg == "--errors");
    println!("{} · all {} messages", pack.id, rows.len());
    measure(&pack, &rows, errors);
    let sure: Vec<Value> = rows.into_iter().filter(|row| row["confidence"] != "low").collect();
    println!("\n{} · the {} messages whose labels are not doubtful", pack.id, sure.len());
    measure(&pack, &sure, false);
    Ok(())
}

fn measure(pack: &Pack, rows: &[Value], errors: bool) {
    let classifier = Classifier::new(pack);
    let facts = BTreeMap::new();
    let mut counts: BTreeMap<(usize, String), Count> = BTreeMap::new();
    for row in rows {
        let text = row["text"].as_str().unwrap_or_default();
        let result = classifier.classify(pack, &Input { text, facts: &facts, repeats: 0 });
        for (index, (axis, key)) in AXES.iter().enumerate() {
            if pack.axis(axis).is_none() {
                continue;
            }
            let want = wanted(&row[*key]);
            let got = labels(pack, &result, axis);
            for label in want.union(&got) {
                let count = counts.entry((index, label.clone())).or_default();
                match (want.contains(label), got.contains(label)) {
                    (true, true) => count.hit += 1,
                    (false, _) => count.extra += 1,
                    (true, false) => count.missed += 1,
                }
            }
            if errors && want != got {
                print_error(row, axis, &want, &got, &result);
            }
        }
    }
    for (index, (axis, _)) in AXES.iter().enumerate() {
        print_axis(axis, counts.iter().filter(|((at, _), _)| *at == index).map(|((_, label), count)| (label, count)));
    }
}

/// The labels of a message: one, several or none.
fn wanted(value: &Value) -> BTreeSet<String> {
    let list = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    list.iter().filter_map(|label| label.as_str().map(str::to_owned)).collect()
}

fn labels(pack: &Pack, result: &Classification, axis: &str) -> BTreeSet<String> {
    let suggested = result.axis(axis).map(|found| found.suggested.as_slice()).unwrap_or_default();
    let label = |class: &String| pack.axis(axis)?.class(class).map(|class| class.label.zh.clone());
    suggested.iter().filter_map(label).collect()
}

fn print_error(row: &Value, axis: &str, want: &BTreeSet<String>, got: &BTreeSet<String>, result: &Classification) {
    let missing: Vec<_> = want.difference(got).collect();
    let extra: Vec<_> = got.difference(want).collect();
    println!("{} {axis} missing {missing:?} extra {extra:?}", row["id"]);
    for class in result.axis(axis).iter().flat_map(|axis| &axis.ranked).filter(|class| !class.fired.is_empty()) {
        let words =
            |fired: &Fired| fired.marks.iter().map(|at| result.marks[*at].word.as_str()).collect::<Vec<_>>().join(",");
        let rule = |fired: &Fired| format!("{}{:+}({})", fired.rule, fired.points, words(fired));
        let rules: Vec<String> = class.fired.iter().map(rule).collect();
        println!("    {} {}% {}", class.class, class.percent, rules.join(" "));
    }
}

fn print_axis<'a>(axis: &str, counts: impl Iterator<Item = (&'a String, &'a Count)>) {
    let mut sum = Count::default();
    let mut present = Vec::new();
    println!("\n{axis:<10} {:>6} {:>6} {:>6} {:>6}", "P", "R", "F1", "n");
    for (label, count) in counts {
        let n = count.hit + count.missed;
        println!("  {:>6.2} {:>6.2} {:>6.2} {n:>6}  {label}", count.precision(), count.recall(), count.f1());
        if n > 0 {
            present.push(count.f1());
        }
        sum.hit += count.hit;
        sum.extra += count.extra;
        sum.missed += count.missed;
    }
    if !present.is_empty() {
        let macro_f1 = present.iter().sum::<f64>() / present.len() as f64;
        println!("  macro-F1 {macro_f1:.3}  micro-F1 {:.3}  ({} labels present)", sum.f1(), present.len());
    }
}
