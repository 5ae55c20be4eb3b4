//! A story per pack: an invented complaint, the classes a person decides, the steps, every hard limit with the due time
//! that somebody counted by hand, the end. One file per pack in `tests/stories/`; packs are read from their files, so
//! that a story can be tried without compiling (`STORY=ID`).

mod case_support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use case_support::{at, event, world};
use serde::Deserialize;
use serde_json::{Value, json};
use shouwen_core::case::{Actor, Case, Command, Ctx, Decision, Event, Status, decide, fold};
use shouwen_core::classify::{Classifier, Input};
use shouwen_core::clock::{World, runs};
use shouwen_core::embedded;
use shouwen_core::pack::{ClockKind, Pack, lint, parse};
use shouwen_core::time;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    pack: String,
    stories: Vec<Story>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    title: String,
    #[serde(default)]
    parameters: BTreeMap<String, Value>,
    received: String,
    facts: BTreeMap<String, Value>,
    /// What the program must propose from the facts alone.
    #[serde(default)]
    suggests: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    classes: BTreeMap<String, Vec<String>>,
    #[serde(rename = "do", default)]
    acts: Vec<Act>,
    #[serde(default)]
    clocks: BTreeMap<String, Expected>,
    close: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    at: String,
    #[serde(default)]
    step: String,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    values: BTreeMap<String, Value>,
    #[serde(default)]
    set: BTreeMap<String, Value>,
    #[serde(default)]
    finding: String,
    #[serde(default)]
    is: Value,
    #[serde(default)]
    classify: BTreeMap<String, Vec<String>>,
    /// A clock whose date is entered.
    #[serde(default)]
    due: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    reopen: bool,
    #[serde(default)]
    close: bool,
    /// The role that acts, where it matters.
    #[serde(default)]
    role: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Expected {
    One(Want),
    Several(Vec<Want>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Want {
    #[serde(default)]
    start: String,
    #[serde(default)]
    due: String,
    #[serde(default)]
    state: String,
    /// How a person counted it.
    #[serde(default)]
    how: String,
}

fn folder() -> PathBuf {
    // A test binary that is run from elsewhere finds the files from the current folder.
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    if own.is_dir() { own.to_path_buf() } else { PathBuf::from("crates/core") }
}

fn packs() -> Vec<Pack> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder().join("../../packs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "json") && name != "demo" {
            match parse(&fs::read_to_string(&path).unwrap()) {
                Ok(pack) => all.push(pack),
                Err(problem) => eprintln!("{name}: {problem}"),
            }
        }
    }
    all
}

/// Runs a story; what went wrong, in words. `seen` collects the clocks whose due time was expected.
struct Run<'a> {
    pack: &'a Pack,
    story: &'a Story,
    world: World,
    events: Vec<Event>,
    faults: Vec<String>,
}

impl Run<'_> {
    fn case(&self) -> Option<Case> {
        fold(self.events.clone())
    }

    fn command(&mut self, role: &str, now: &str, what: &str, command: Command) {
        let role = if role.is_empty() { self.pack.roles.first().map_or("", |one| &one.id) } else { role };
        let actor = Actor { name: "周老师".into(), role: role.into(), campus: "城北".into() };
        let ctx = Ctx { now: at(now), actor, world: &self.world };
        match decide(self.case().as_ref(), self.pack, command, &ctx) {
            Ok(drafts) => {
                for draft in drafts {
                    self.events.push(event(self.events.len() as u64 + 1, at(now), draft));
                }
            }
            Err(refusal) => self.faults.push(format!("{now} {what}: {refusal}")),
        }
    }

    fn suggestions(&mut self) {
        let facts = &self.story.facts;
        let text = facts.get("text").and_then(Value::as_str).unwrap_or_default();
        let repeats = facts.get("repeats").and_then(Value::as_u64).map_or(0, |times| times as u32);
        let result = Classifier::new(self.pack).classify(self.pack, &Input { text, facts, repeats });
        for (axis, want) in &self.story.suggests {
            let got = result.axis(axis).map(|axis| axis.suggested.clone()).unwrap_or_default();
            if !want.iter().all(|class| got.contains(class)) {
                self.faults.push(format!("suggests {axis}: {got:?}, wanted {want:?}"));
            }
        }
    }

    fn decisions(classes: &BTreeMap<String, Vec<String>>) -> Vec<Decision> {
        let decision = |(axis, classes): (&String, &Vec<String>)| Decision {
            axis: axis.clone(),
            classes: classes.clone(),
            reason: "写明依据".into(),
            second: "复核人".into(),
            ..Decision::default()
        };
        classes.iter().map(decision).collect()
    }

    fn open(&mut self) {
        let story = self.story;
        let command = Command::Open {
            case: "c1".into(),
            number: "城北-26-0001".into(),
            received_at: at(&story.received),
            values: story.facts.clone(),
            decisions: Self::decisions(&story.classes),
        };
        self.command("", &story.received, "open", command);
    }

    fn act(&mut self, act: &Act) {
        let (now, role) = (act.at.as_str(), act.role.as_str());
        // Whoever acts has read the red line and its lawful replacement.
        if let Some(line) = self.pack.step(&act.step).and_then(|step| step.red_line.clone()) {
            self.command(role, now, "red line", Command::ReadRedLine { red_line: line });
        }
        if !act.step.is_empty() {
            let command = Command::Step {
                step: act.step.clone(),
                outcome: act.outcome.clone(),
                at: at(now),
                values: act.values.clone(),
                note: "记录".into(),
            };
            self.command(role, now, &act.step, command);
        }
        if !act.set.is_empty() {
            self.command(role, now, "set", Command::Set { values: act.set.clone(), reason: "补充".into() });
        }
        if !act.finding.is_empty() {
            let command =
                Command::Find { finding: act.finding.clone(), value: act.is.clone(), reason: "写明依据".into() };
            self.command(role, now, &act.finding, command);
        }
        for decision in Self::decisions(&act.classify) {
            self.command(role, now, "classify", Command::Classify(decision));
        }
        if !act.due.is_empty() {
            let command =
                Command::SetDue { clock: act.due.clone(), due: at(&act.date), reason: "与对方约定".into() };
            self.command(role, now, &act.due, command);
        }
        if act.close {
            self.command(role, now, "close", Command::Close { reason: "办结".into() });
        }
        if act.reopen {
            self.command(role, now, "reopen", Command::Reopen { reason: "再次反映".into() });
        }
    }

    /// Closes; a softened limit that ended late gets its reason first.
    fn close(&mut self) {
        let now = self.story.close.clone();
        if self.case().is_some_and(|case| case.status() == Status::Closed) {
            return;
        }
        let late: BTreeSet<String> = self.case().map_or_else(BTreeSet::new, |case| {
            runs(&case, self.pack, &self.world)
                .into_iter()
                .filter(|run| run.state_name(at(&now)) == "met_late" || run.state_name(at(&now)) == "overdue")
                .map(|run| run.clock)
                .collect()
        });
        for clock in late {
            if self.pack.clock(&clock).is_some_and(|clock| clock.kind == ClockKind::Softened) {
                self.command("", &now, &clock, Command::LateReason { clock: clock.clone(), reason: "说明".into() });
            }
        }
        self.command("", &now, "close", Command::Close { reason: "办结".into() });
    }

    fn clocks(&mut self) {
        let Some(case) = self.case() else { return };
        if case.status() != Status::Closed {
            self.faults.push(format!("ends {:?}, not closed", case.status()));
        }
        let now = at(&self.story.close);
        let all = runs(&case, self.pack, &self.world);
        for (clock, expected) in &self.story.clocks {
            let wants = match expected {
                Expected::One(want) => std::slice::from_ref(want),
                Expected::Several(wants) => wants,
            };
            let got: Vec<_> = all.iter().filter(|run| run.clock == *clock && run.start.is_some()).collect();
            if got.len() != wants.len() {
                self.faults.push(format!("{clock} ran {} times, wanted {}", got.len(), wants.len()));
            }
            for (run, want) in got.iter().zip(wants) {
                let text = |at: Option<time::Civil>| at.map_or("-".to_owned(), time::plain);
                let shown = [
                    ("start", text(run.start), &want.start),
                    ("due", text(run.due.as_ref().map(|due| due.due)), &want.due),
                    ("state", run.state_name(now).to_owned(), &want.state),
                ];
                for (what, got, want) in shown {
                    if !want.is_empty() && got.replace('T', " ") != want.replace('T', " ") {
                        self.faults.push(format!("{clock} {what}: {got}, by hand {want}"));
                    }
                }
                if !want.due.is_empty() && want.how.is_empty() {
                    self.faults.push(format!("{clock}: say how it was counted"));
                }
            }
        }
    }
}

fn play(pack: &Pack, story: &Story) -> Vec<String> {
    let world = World { parameters: story.parameters.clone(), ..world() };
    let mut run = Run { pack, story, world, events: Vec::new(), faults: Vec::new() };
    run.suggestions();
    run.open();
    for act in &story.acts {
        run.act(act);
    }
    run.close();
    run.clocks();
    run.faults.iter().map(|fault| format!("{} · {}: {fault}", pack.id, story.title)).collect()
}

/// Clocks whose due time nobody has counted in any story.
fn uncounted(pack: &Pack, book: &Book) -> Vec<String> {
    let counted = |clock: &str| {
        book.stories.iter().filter_map(|story| story.clocks.get(clock)).any(|expected| match expected {
            Expected::One(want) => !want.due.is_empty(),
            Expected::Several(wants) => wants.iter().any(|want| !want.due.is_empty()),
        })
    };
    let dated = [ClockKind::Hard, ClockKind::Softened, ClockKind::CaseSet, ClockKind::Missing];
    let missing = pack.clocks.iter().filter(|clock| dated.contains(&clock.kind) && !counted(&clock.id));
    missing.map(|clock| format!("{}: no story counts {}", pack.id, clock.id)).collect()
}

#[test]
fn every_pack_has_its_story() {
    let only = env::var("STORY").ok();
    let all = packs();
    let mut faults = Vec::new();
    let mut told = 0;
    for pack in all.iter().filter(|pack| !pack.library && only.as_ref().is_none_or(|id| *id == pack.id)) {
        let whole = embedded::whole(pack, &all);
        faults.extend(lint(&whole).into_iter().map(|problem| format!("{}: {problem}", pack.id)));
        let path = folder().join("tests/stories").join(format!("{}.json", pack.id));
        let Ok(text) = fs::read_to_string(&path) else {
            faults.push(format!("{}: no story", pack.id));
            continue;
        };
        let book: Book = match serde_json::from_str(&text) {
            Ok(book) => book,
            Err(error) => {
                faults.push(format!("{}: {error}", pack.id));
                continue;
            }
        };
        assert_eq!(book.pack, pack.id);
        faults.extend(book.stories.iter().flat_map(|story| play(&whole, story)));
        faults.extend(uncounted(&whole, &book));
        told += book.stories.len();
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(told > 0, "no story was told");
}

/// The runner is worth nothing if it cannot fail.
#[test]
fn a_wrong_story_is_noticed() {
    let all = packs();
    let pack = embedded::whole(all.iter().find(|pack| pack.id == "train-campus").unwrap(), &all);
    let story: Story = serde_json::from_value(json!({
        "title": "错的", "received": "2026-03-02 10:00:00", "facts": {"text": "老师上课讲错"},
        "classes": {"form": ["complaint"], "area": ["teaching"], "answerability": ["departments"], "tier": ["day3"]},
        "clocks": {"D4": {"due": "2026-03-04 23:59:59", "how": "少数一天"}},
        "close": "2026-03-05 10:00:00",
    }))
    .unwrap();
    let faults = play(&pack, &story).join("\n");
    assert!(faults.contains("D4 due: 2026-03-05T23:59:59, by hand 2026-03-04 23:59:59"), "{faults}");
}
