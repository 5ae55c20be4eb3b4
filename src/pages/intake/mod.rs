//! Intake 登记: what the parent says, in the parent's words, in under a minute and by keyboard.
//! Must not decide a class; it shows suggestions and takes a person's choices.

mod form;
mod side;

use shouwen_core::order::Gather as _;
use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use shouwen_core::case::{CHANNEL, Command, Ctx, Decision, Draft, MAX_PARAGRAPH, check_value, decide, strings};
use shouwen_core::classify::{Classification, Input};
use shouwen_core::pack::{FieldKind, Pack, next_number};
use shouwen_core::time::{self, Civil};

use crate::components::{Choice, Values};
use crate::i18n::{common, fill, intake, tr};
use crate::router::Route;
use crate::state::{App, Kept, Rulebook, Trouble, keep, use_app};

/// Reserved keys of the form's map, beside field ids; they never become fields.
const RECEIVED: &str = "_received_at";
const PACK: &str = "_pack";
const CLASSES: &str = "_classes:";
const WHY: &str = "_reason:";
const SECOND: &str = "_second:";

/// Everything the parts of the page share.
#[derive(Clone, Copy)]
struct Form {
    app: App,
    values: Values,
    problem: RwSignal<Option<(String, String)>>,
    book: Memo<BookRef>,
    /// `None` while the text is empty.
    result: Memo<Option<Classification>>,
    busy: RwSignal<bool>,
    kept: Kept,
}

/// A rulebook compared by its reference.
#[derive(Clone)]
struct BookRef(Arc<Rulebook>);

impl PartialEq for BookRef {
    fn eq(&self, other: &BookRef) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[component]
pub fn Intake() -> impl IntoView {
    let app = use_app();
    let library = app.books();
    let books = library.for_workplace(&app.workplace.get_untracked());
    let Some(first) = books.first().cloned() else {
        return view! { <div class="empty">{tr(common::FAILED)}</div> }.into_any();
    };
    let values: Values = RwSignal::new(BTreeMap::new());
    let kept = keep(app, "intake".to_owned(), values);
    let book = Memo::new(move |_| {
        let wanted = values.with(|map| map.get(PACK).and_then(Value::as_str).map(str::to_owned));
        let found = wanted.and_then(|id| books.iter().find(|book| book.pack.id == id).cloned());
        BookRef(found.unwrap_or_else(|| first.clone()))
    });
    let result = Memo::new(move |_| {
        let book = book.get();
        values.with(|map| classify(&book.0, map))
    });
    let form = Form { app, values, problem: RwSignal::new(None), book, result, busy: RwSignal::new(false), kept };
    view! { <form::IntakeForm form/> }.into_any()
}

/// Suggestions for what is in the form; none while nothing has been written.
fn classify(book: &Rulebook, map: &BTreeMap<String, Value>) -> Option<Classification> {
    let text = map.get("text").and_then(Value::as_str).unwrap_or_default();
    if text.trim().is_empty() {
        return None;
    }
    // Beyond the limit nothing can be registered; reading it all at every key would only make typing slow.
    let end = text.char_indices().nth(MAX_PARAGRAPH).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let facts = fields(map);
    let repeats = map.get("repeats").and_then(|value| value.as_u64().or_else(|| value.as_str()?.trim().parse().ok()));
    let input = Input { text, facts: &facts, repeats: repeats.unwrap_or(0).min(1_000) as u32 };
    Some(book.classifier().classify(&book.pack, &input))
}

/// The map without the reserved keys.
fn fields(map: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    map.iter().filter(|(id, _)| !id.starts_with('_')).map(|(id, value)| (id.clone(), value.clone())).gather()
}

impl Form {
    /// The choice on one axis as a signal that lives in the form's map (so that it survives a reload).
    fn choice(self, axis: &str) -> RwSignal<Choice> {
        let axis = axis.to_owned();
        let read = {
            let axis = axis.clone();
            move |map: &BTreeMap<String, Value>| {
                let text =
                    |key: &str| map.get(&format!("{key}{axis}")).and_then(Value::as_str).unwrap_or_default().to_owned();
                Choice {
                    classes: strings(map.get(&format!("{CLASSES}{axis}"))),
                    reason: text(WHY),
                    second: text(SECOND),
                }
            }
        };
        let choice = RwSignal::new(self.values.with_untracked(&read));
        // Two views of one thing: the chooser edits `choice`, the draft keeps the map.
        Effect::new(move |_| {
            let stored = self.values.with(&read);
            if choice.with_untracked(|now| *now != stored) {
                choice.set(stored);
            }
        });
        Effect::new(move |_| {
            let now = choice.get();
            self.values.maybe_update(|map| {
                let classes = Value::from(now.classes.clone());
                let same = strings(map.get(&format!("{CLASSES}{axis}"))) == now.classes
                    && map.get(&format!("{WHY}{axis}")).and_then(Value::as_str).unwrap_or_default() == now.reason
                    && map.get(&format!("{SECOND}{axis}")).and_then(Value::as_str).unwrap_or_default() == now.second;
                if same {
                    return false;
                }
                map.insert(format!("{CLASSES}{axis}"), classes);
                map.insert(format!("{WHY}{axis}"), Value::from(now.reason.clone()));
                map.insert(format!("{SECOND}{axis}"), Value::from(now.second.clone()));
                true
            });
        });
        choice
    }

    /// Takes over every suggestion on axes where nothing has been chosen yet.
    fn adopt(self) {
        let Some(result) = self.result.get_untracked() else { return };
        self.values.update(|map| {
            for axis in result.axes.iter().filter(|axis| !axis.suggested.is_empty()) {
                let key = format!("{CLASSES}{}", axis.axis);
                if strings(map.get(&key)).is_empty() {
                    map.insert(key, Value::from(axis.suggested.clone()));
                }
            }
        });
    }

    /// When the complaint was received: as entered, else now.
    fn received_at(self, map: &BTreeMap<String, Value>) -> Civil {
        let entered = map.get(RECEIVED).and_then(Value::as_str).and_then(time::parse);
        entered.unwrap_or_else(|| self.app.at_once())
    }

    /// The decisions made; with `assume`, suggestions stand in for axes without one (for the preview).
    fn decisions(
        self,
        pack: &Pack,
        map: &BTreeMap<String, Value>,
        result: Option<&Classification>,
        assume: bool,
    ) -> Vec<Decision> {
        pack.axes
            .iter()
            .filter_map(|axis| {
                let hint = result.and_then(|result| result.axis(&axis.id));
                let text = |key: &str| {
                    map.get(&format!("{key}{}", axis.id)).and_then(Value::as_str).unwrap_or_default().to_owned()
                };
                let mut classes = strings(map.get(&format!("{CLASSES}{}", axis.id)));
                let assumed = classes.is_empty() && assume;
                if assumed {
                    classes = hint.map(|hint| hint.suggested.clone()).unwrap_or_default();
                }
                if classes.is_empty() {
                    return None;
                }
                let mut choice = Choice { classes, reason: text(WHY), second: text(SECOND) };
                if assume {
                    // A preview must not be refused for a reason not written yet.
                    choice.reason = "-".to_owned();
                    choice.second = "-".to_owned();
                }
                Some(choice.decision(&axis.id, hint))
            })
            .collect()
    }

    fn command(self, pack: &Pack, case: String, assume: bool) -> Command {
        let map = self.values.get_untracked();
        let result = self.result.get_untracked();
        let mut values = fields(&map);
        // Answers to questions that are no longer asked are not taken along.
        let all = values.clone();
        values.retain(|id, _| pack.field(id).is_none_or(|field| shouwen_core::case::is_asked(field, &all)));
        values.retain(|id, _| id == CHANNEL || pack.field(id).is_some());
        // Another pack may have been chosen after the channel.
        let known = |id: &str| pack.channels.iter().any(|channel| channel.id == id);
        if !values.get(CHANNEL).and_then(Value::as_str).is_some_and(known) {
            match pack.channels.first() {
                Some(first) => values.insert(CHANNEL.to_owned(), Value::from(first.id.clone())),
                None => values.remove(CHANNEL),
            };
        }
        let mut received_at = self.received_at(&map);
        if assume {
            // A preview must not be empty because of a phone number half typed or a text too long.
            let now = self.app.at_once();
            for (id, value) in &mut values {
                let Some(field) = pack.field(id).filter(|field| check_value(field, value, now).is_err()) else {
                    continue;
                };
                let words = matches!(field.kind, FieldKind::Line | FieldKind::Paragraph);
                *value = if words { Value::from("-") } else { Value::Null };
            }
            received_at = received_at.min(now);
        }
        let decisions = self.decisions(pack, &map, result.as_ref(), assume);
        Command::Open { case, number: self.number(pack, received_at), received_at, values, decisions }
    }

    /// As the rule numbers its cases; where it does not say, `城北-26-0148`: campus, year, next free number on this device.
    fn number(self, pack: &Pack, at: Civil) -> String {
        let campus = self.app.actor.with_untracked(|actor| actor.campus.clone());
        let short =
            campus.strip_suffix(tr(intake::BRANCH)).filter(|short| !short.is_empty()).unwrap_or(&campus).to_owned();
        let own = || format!("{}-{{yy}}-{{nnnn}}", short.replace(['{', '}'], ""));
        let pattern = pack.numbering.as_ref().map_or_else(own, |rule| rule.pattern.clone());
        self.app
            .rows
            .with_untracked(|rows| next_number(&pattern, at.date(), rows.values().map(|row| row.number.as_str())))
    }

    /// The drafts that registering would write now, for the preview. Empty while the form cannot be registered.
    fn drafts(self) -> Vec<Draft> {
        let book = self.book.get_untracked().0;
        let library = self.app.books();
        let ctx = Ctx { now: self.app.at_once(), actor: self.app.actor.get_untracked(), world: &library.world };
        decide(None, &book.pack, self.command(&book.pack, "preview".to_owned(), true), &ctx).unwrap_or_default()
    }

    fn register(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        let book = self.book.get_untracked().0;
        let case = uuid::Uuid::now_v7().simple().to_string();
        let command = self.command(&book.pack, case.clone(), false);
        let number = match &command {
            Command::Open { number, .. } => number.clone(),
            _ => String::new(),
        };
        spawn_local(async move {
            match self.app.act(&case, Some(book.clone()), command).await {
                Ok(_) => {
                    self.kept.drop_it();
                    self.app.say(fill(intake::REGISTERED, &[("number", &number)]));
                    self.app.go(&Route::Case(case));
                }
                Err(trouble) => {
                    self.explain(&trouble, &book.pack);
                    self.busy.try_set(false);
                }
            }
        });
    }

    /// Puts the message where the problem is and moves the focus there.
    fn explain(self, trouble: &Trouble, pack: &Pack) {
        let words = trouble.words(Some(pack));
        if let Trouble::Refused(shouwen_core::case::Refusal::Value { field, .. }) = trouble {
            self.problem.set(Some((field.clone(), words.clone())));
            focus(&format!("f-{field}"));
        }
        self.app.say_bad(words);
    }
}

fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(element).focus();
    }
}
