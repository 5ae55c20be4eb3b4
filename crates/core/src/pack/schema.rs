//! The form of a pack on disk (`format: shouwen-pack/1`). Types only; checks are in `lint`.
//! Every rule, clock, consequence and script cites its clause as `SOURCE NUMBER`, e.g. `R01 D6`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Cond;
use crate::limit::Limit;

/// The `format` of every pack that this build reads.
pub const FORMAT: &str = "shouwen-pack/1";

/// A text for people. English may be missing; then the Chinese is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub zh: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

/// One regime.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    pub format: String,
    pub id: String,
    pub version: u32,
    /// `2026-11-01`
    pub effective_from: String,
    pub title: Text,
    pub summary: Text,
    /// What this version changed against the one before; written at publishing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Text>,
    /// Whose desk this is: `hq`, `campus` or another word; the setup proposes packs by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workplaces: Vec<String>,
    /// A pack whose parts this one inherits; parts with the same id replace the parent's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// Whose rule it is, for the shelf and the setup: training schools, property management, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade: Option<Text>,
    /// Words of the screens that this trade says differently (`校区` → `项目`); Chinese only.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub terms: BTreeMap<String, String>,
    /// In use at a desk where nobody has chosen yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preset: bool,
    /// `true`: only common parts for other packs; no case is opened under it. Whoever `extends` it gets the lexicons and
    /// events that it names, and what it takes (`take`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub library: bool,
    /// What this pack takes from a library.
    #[serde(default, skip_serializing_if = "is_default")]
    pub take: Take,
    /// Parts of the parent that do not hold here: list (`clocks`, `steps` …) → ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub drop: BTreeMap<String, Vec<String>>,
    /// `true`: an emergency plan that stands beside an ordinary pack on one case.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub companion: bool,
    /// How the rule numbers its cases, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbering: Option<Numbering>,
    pub sources: Vec<Source>,
    pub roles: Vec<Named>,
    #[serde(default)]
    pub channels: Vec<Named>,
    #[serde(default)]
    pub fields: Vec<Field>,
    #[serde(default)]
    pub axes: Vec<Axis>,
    #[serde(default)]
    pub findings: Vec<Finding>,
    #[serde(default)]
    pub events: Vec<Named>,
    #[serde(default)]
    pub lexicons: Vec<Lexicon>,
    #[serde(default)]
    pub rules: Vec<Rule>,
    #[serde(default)]
    pub clocks: Vec<Clock>,
    /// Reminder levels of every clock that has none of its own. Soft targets and untimed tasks have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ladder: Vec<Level>,
    #[serde(default)]
    pub steps: Vec<Step>,
    #[serde(default)]
    pub transitions: Vec<Transition>,
    #[serde(default)]
    pub consequences: Vec<Consequence>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency: Option<Emergency>,
    #[serde(default)]
    pub scripts: Vec<Script>,
    #[serde(default)]
    pub forms: Vec<Form>,
    #[serde(default)]
    pub red_lines: Vec<RedLine>,
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    #[serde(default)]
    pub readings: Vec<Reading>,
}

/// Parts of a library that a pack uses: ids. An axis brings its rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Take {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub axes: Vec<String>,
}

/// How cases are numbered: `{yy}`, `{yyyy}`, `{mm}`, `{dd}` of the day of receipt, and `{n}`, `{nn}`, `{nnn}` … for the
/// running number (at least so many digits) among numbers that begin alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbering {
    pub pattern: String,
    pub clause: String,
}

/// A rule document: `id` is what clauses begin with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub id: String,
    pub title: Text,
    /// What is known of the text's state (incomplete, cut off).
    #[serde(default)]
    pub state: Text,
}

/// An id with a name: role, channel, case event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub id: String,
    pub label: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Line,
    Paragraph,
    Phone,
    Yes,
    Choice,
    Choices,
    Number,
    /// Whole yuan.
    Money,
    Date,
    DateTime,
    /// Who takes which part in the emergency group of this pack: role id → name. Personal.
    Members,
}

/// A question at intake or at a step. Reserved ids that the app knows: `text`, `name`, `phone`,
/// `anonymous`, `channel`, `occurred_at`, `place`, `demand`, `asked_first`, `repeats`, `about`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub id: String,
    pub label: Text,
    pub kind: FieldKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Named>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Asked at intake (otherwise only by the steps that name it).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub intake: bool,
    /// Personal data: masked on a masked export.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub personal: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Cond>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
}

/// A dimension of classification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    pub id: String,
    pub label: Text,
    /// What to ask when the text does not tell.
    pub question: Text,
    pub classes: Vec<Class>,
    /// Several classes at once (topics, flags).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub many: bool,
    /// A case cannot be closed before a person has decided this axis.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// A decision on this axis always needs a reason, also when it follows the suggestion.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reason: bool,
    /// Percent; below it the program asks the question instead of suggesting.
    #[serde(default)]
    pub threshold: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Cond>,
    pub clause: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub id: String,
    pub label: Text,
    pub criteria: Text,
    pub clause: String,
    /// The class of a coarser group on the same axis, for display.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Points before any rule has fired (tenths of a natural logit).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub prior: i32,
    /// Never suggested by the program; a person may choose it, with evidence and a second reviewer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub grave: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub red_line: Option<String>,
}

fn is_zero(points: &i32) -> bool {
    *points == 0
}

/// Something that a person establishes: validity, fault, seriousness.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    pub id: String,
    pub label: Text,
    pub options: Vec<Named>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Cond>,
    pub clause: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    pub id: String,
    pub label: Text,
    /// Expressions; `[没有|未]解决` stands for each alternative, `态度…差` for a gap of a few characters in the clause.
    pub words: Vec<String>,
    /// The words name a subject: they count also after a negation (no fire extinguisher is about fire safety).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub topical: bool,
}

/// When `when` holds, the class gets `points` (tenths of a natural logit; negative speaks against).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    pub axis: String,
    pub class: String,
    pub points: i32,
    pub when: Cond,
    pub why: Text,
    pub clause: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// N: a number stated in the text.
    Hard,
    /// S: stated but softened; late needs a recorded reason, never a penalty.
    Softened,
    /// P: yes or no at the end of the first contact.
    OnSpot,
    /// V: a vague word; our own number, never a breach.
    Soft,
    /// R: a calendar duty of the organisation.
    Recurring,
    /// C: the handler enters a date; from then on hard.
    CaseSet,
    /// X: the value is missing until the operator fills the parameter.
    Missing,
    /// U: an obligation without duration.
    Untimed,
}

/// Which calendar counts the days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarChoice {
    #[default]
    Statutory,
    Campus,
}

/// An obligation. `id` is the row of the digest (`D6`); tasks of our own have other ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    pub id: String,
    pub label: Text,
    pub kind: ClockKind,
    pub owner: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Cond>,
    /// Any of these events starts it. Recurring duties have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub start: Vec<String>,
    /// A question with date and time: once answered, the clock counts from then instead of from the start event
    /// (an accident is reported after it happened). Not after a change of class, and never later than the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_field: Option<String>,
    /// Any of these events ends it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stop: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// The count comes from this parameter (missing values).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub calendar: CalendarChoice,
    /// Due not later than these clocks of the same case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_after: Vec<String>,
    /// Every further start event opens it again after it ended (objections).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Every>,
    /// Counted from another clock of the case; such a clock has no start events of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relative: Option<Relative>,
    /// Roles that may extend it before it runs out; nobody unless named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extend_by: Vec<String>,
    /// By how much the due time may move in all, in the clock's own unit; without it the text sets no bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extend_max: Option<u32>,
    /// May be paused (no seed regime allows it; packs for legal limits may).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<PauseRule>,
    /// Reminder levels of its own instead of the pack's; an empty list: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder: Option<Vec<Level>>,
    pub clause: String,
    /// The words of the rule that state the limit.
    #[serde(default)]
    pub phrase: String,
    /// Our reading where the text leaves a gap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Text>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A clock that hangs on another clock of the same case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relative {
    /// The other clock.
    pub clock: String,
    pub edge: Edge,
    /// The limit counts backwards from the edge ("three working days before the hearing"). Only for `due`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub before: bool,
}

/// The moment of another clock that a relative clock counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    Start,
    Due,
    Done,
}

/// How a clock may be paused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PauseRule {
    /// Roles that may pause and resume it; everybody when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Grounds that the text allows; with an empty list the reason alone must do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<Named>,
    /// What proves the ground must be named (a document, a letter).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub evidence: bool,
    /// All pauses of one run together, in the clock's own unit; then it resumes by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<u32>,
    pub clause: String,
}

/// In a level's `tell`: the owners of the clock.
pub const OWNER: &str = "owner";

/// In a level's `tell`: whoever receives the campus's bundles.
pub const HEADQUARTERS: &str = "headquarters";

/// A level of the escalation ladder: when somebody is told what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    pub id: String,
    pub at: LevelAt,
    /// Role ids, [`OWNER`], [`HEADQUARTERS`].
    pub tell: Vec<String>,
    pub say: Text,
    /// Also on rest days and outside opening hours.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rest_days: bool,
    /// Empty: our own convention, not the text's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clause: String,
}

/// When a level is reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LevelAt {
    /// Percent of the time between start and due; above 100 it lies after the due time.
    Percent(u32),
    /// This long before the due time, by the limit's own counting law.
    Before(Limit),
    /// At opening of the last working day up to the due day.
    LastWorkingDay,
    /// As soon as the limit has run out.
    Overdue,
    /// This long after the due time.
    After(Limit),
}

/// Rhythm of a recurring duty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    WeekEnd,
    MonthEnd,
    YearEnd,
    /// Operator-set: the parameter holds a number of days.
    Period(String),
    /// A standing duty without a date.
    Continuous,
}

/// Something a person does on a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: String,
    pub label: Text,
    pub roles: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Cond>,
    /// All of these events must have happened before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// What happens when it is done (used when there are no outcomes).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emits: Vec<String>,
    /// Ways it can end: approved or refused, held or waived.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// Fields to fill.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<String>,
    /// Attachments that belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attach: Vec<Text>,
    /// May be done several times.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// The form that is printed for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// Shown before it can be recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub red_line: Option<String>,
    pub clause: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    pub id: String,
    pub label: Text,
    pub emits: Vec<String>,
    /// A reason must be given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reason: bool,
}

/// A change of class that the text provides for. Never automatic: it becomes a proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    pub id: String,
    pub axis: String,
    pub from: String,
    pub to: String,
    pub when: Cond,
    pub say: Text,
    pub clause: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub red_line: Option<String>,
}

/// What the text attaches to a finding: always a proposal that a person decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consequence {
    pub id: String,
    pub trigger: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Cond>,
    pub who: Text,
    pub effect: Text,
    /// Whole yuan, where the text states an amount: from and to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<(i64, i64)>,
    /// Points, where the text states some: from and to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<(i64, i64)>,
    /// The text names a measure without its value: this parameter holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    pub clause: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub red_line: Option<String>,
}

/// Return visit and satisfaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    pub text: Text,
    /// Number fields that hold scores; the lowest one decides the band.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<String>,
    #[serde(default)]
    pub scale: Vec<Band>,
    #[serde(default)]
    pub questions: Vec<Text>,
    pub clause: String,
}

/// A step of a satisfaction scale: scores from `from` to `to`. A step that records a score emits the band's events too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub from: i64,
    pub to: i64,
    pub label: Text,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emits: Vec<String>,
}

/// Emergency part of a regime: who gathers, when it begins, what it takes to end it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    /// What the group is called.
    pub label: Text,
    pub activation: Text,
    /// When it is proposed; a person activates it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activate_when: Option<Cond>,
    /// The event that a step emits when the plan is activated.
    pub on: String,
    pub termination: Text,
    /// What must be true before it is ended: each is ticked by the person who ends it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Text>,
    /// The event that a step emits when the plan is ended.
    pub off: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<GroupMember>,
    /// Steps that belong to it, in order: activation, meetings with minutes, visitors, end, summary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub principles: Vec<Text>,
    pub clause: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupMember {
    pub role: String,
    pub part: Text,
    pub duty: Text,
}

/// What to say to the complainant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Cond>,
    pub say: Text,
    pub clause: String,
}

/// A printed form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub id: String,
    pub title: Text,
    /// Field ids, in order.
    pub fields: Vec<String>,
    /// Blocks that are filled by hand: opinions and signatures.
    #[serde(default)]
    pub blanks: Vec<Text>,
    pub clause: String,
}

/// A clause that must not be automated, with its lawful replacement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedLine {
    pub id: String,
    /// Rows of the digest that it replaces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Cond>,
    pub title: Text,
    pub why: Text,
    pub instead: Text,
    pub clause: String,
}

/// A value that the text names but does not give. The operator fills it; there is no default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    pub id: String,
    pub label: Text,
    pub kind: FieldKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Shown beside the empty field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    pub clause: String,
}

/// How we read an unclear place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    pub id: String,
    pub question: Text,
    pub reading: Text,
    #[serde(default)]
    pub alternative: Text,
}

/// Which version of a pack a case is pinned to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PackRef {
    pub id: String,
    pub version: u32,
}

impl Pack {
    /// The reference that cases keep.
    pub fn reference(&self) -> PackRef {
        PackRef { id: self.id.clone(), version: self.version }
    }

    pub fn axis(&self, id: &str) -> Option<&Axis> {
        self.axes.iter().find(|axis| axis.id == id)
    }

    pub fn clock(&self, id: &str) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.id == id)
    }

    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    pub fn red_line(&self, id: &str) -> Option<&RedLine> {
        self.red_lines.iter().find(|line| line.id == id)
    }
}

impl Axis {
    pub fn class(&self, id: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.id == id)
    }
}
