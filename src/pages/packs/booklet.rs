//! A pack as the sections of a booklet: every entry with the text that it can be found by.
//! Must not hide a part of a pack: what the desk goes by can be read here.

use leptos::prelude::*;
use shouwen_core::clock::World;
use shouwen_core::order::Order;
use shouwen_core::pack::{Cond, Pack, Parameter, Step, Text};
use shouwen_core::register::folded;

use super::limits;
use super::words::{class, cond, fields, list, roles, value};
use crate::i18n::{T, case as case_texts, fill, say, tr};
use crate::router::Route;

/// Id of the section of limits, which is a table.
pub const CLOCKS: &str = "clocks";

/// Ids of sections that are not printed.
pub const SCREEN_ONLY: [&str; 2] = ["rules", "lexicons"];

/// A part of the booklet.
pub struct Section {
    pub id: &'static str,
    pub title: &'static str,
    /// Stands above the entries.
    pub intro: Vec<String>,
    pub items: Vec<Item>,
}

/// One entry.
pub struct Item {
    /// Element id, so that references can lead here.
    pub dom: String,
    /// Heading above this and the following entries of the same group.
    pub group: String,
    pub title: String,
    /// Style and word.
    pub chips: Vec<(&'static str, String)>,
    /// Label (may be empty) and text.
    pub lines: Vec<(&'static str, String)>,
    pub clause: String,
    /// The red line that stands against it.
    pub red_line: Option<String>,
    /// Something is to be filled under Settings.
    pub to_settings: bool,
}

impl Item {
    pub(super) fn new(section: &str, id: &str, title: String, clause: &str) -> Item {
        Item {
            dom: format!("{section}-{id}"),
            group: String::new(),
            title,
            chips: Vec::new(),
            lines: Vec::new(),
            clause: clause.to_owned(),
            red_line: None,
            to_settings: false,
        }
    }

    pub(super) fn chip(mut self, style: &'static str, word: impl Into<String>) -> Item {
        self.chips.push((style, word.into()));
        self
    }

    /// Adds a line unless its text is empty.
    pub(super) fn line(mut self, label: Option<T>, text: impl Into<String>) -> Item {
        let text = text.into();
        if !text.is_empty() {
            self.lines.push((label.map_or("", tr), text));
        }
        self
    }

    pub(super) fn when(self, pack: &Pack, when: Option<&Cond>) -> Item {
        self.line(Some(WHEN), when.map(|when| cond(pack, when)).unwrap_or_default())
    }

    fn against(mut self, red_line: Option<&String>) -> Item {
        self.red_line = red_line.cloned();
        self
    }

    /// Do all words of the query stand in the entry?
    pub fn matches(&self, query: &str) -> bool {
        let parts = [self.group.as_str(), &self.title, &self.clause];
        let texts = parts.into_iter().chain(self.chips.iter().map(|(_, word)| word.as_str()));
        let all: Vec<&str> = texts.chain(self.lines.iter().map(|(_, text)| text.as_str())).collect();
        let all = folded(&all.join("\u{1f}"));
        query.split_whitespace().map(folded).all(|word| all.contains(&word))
    }

    fn cell(&self, label: T) -> String {
        self.lines.iter().filter(|(one, _)| *one == tr(label)).map(|(_, text)| text.as_str()).collect()
    }

    /// The entry as a row of the table of limits; the columns are [`limit_columns`].
    pub fn row(&self) -> AnyView {
        let columns = limit_columns();
        let [what, who, limit, from, until, phrase, reading] = columns;
        let chips =
            self.chips.iter().map(|(style, word)| view! { <span class=format!("chip {style}")>{word.clone()}</span> });
        let under = [WHEN, NOT_AFTER, EXTENDS, PAUSES, LEVELS].map(|label| {
            let text = self.cell(label);
            (!text.is_empty()).then(|| view! { <p class="small muted">{tr(label)}" "{text}</p> })
        });
        let settings = self.to_settings.then(|| view! { <a href=Route::Settings.href()>{tr(TO_SETTINGS)}</a> });
        view! {
            <tr id=self.dom.clone() tabindex="-1">
                <th scope="row" data-label=what>{self.title.clone()}{under}</th>
                <td data-label=who>{self.cell(WHO)}</td>
                <td data-label=limit><span class="inline">{chips.collect_view()}{settings}</span></td>
                <td data-label=from>{self.cell(FROM)}</td>
                <td data-label=until>{self.cell(UNTIL)}</td>
                <td data-label=phrase>{self.cell(PHRASE)}<p class="small muted">{self.clause.clone()}</p></td>
                <td data-label=reading class="small">{self.cell(READING)}</td>
            </tr>
        }
        .into_any()
    }

    /// The entry on the page; `jump` leads to another entry by its element id.
    pub fn view(&self, jump: Callback<String>) -> AnyView {
        let red = self.red_line.clone().map(|id| {
            let target = format!("red-{id}");
            view! { <button class="quiet chip-button" on:click=move |_| jump.run(target.clone())>{fill(SEE_RED, &[("id", &id)])}</button> }
        });
        let chips =
            self.chips.iter().map(|(style, word)| view! { <span class=format!("chip {style}")>{word.clone()}</span> });
        let lines = self.lines.iter().map(|(label, text)| {
            let label = (!label.is_empty()).then(|| view! { <span class="muted">{*label}" "</span> });
            view! { <p>{label}{text.clone()}</p> }
        });
        let clause =
            (!self.clause.is_empty()).then(|| view! { <span class="clause muted small">{self.clause.clone()}</span> });
        let settings = self.to_settings.then(|| view! { <p><a href=Route::Settings.href()>{tr(TO_SETTINGS)}</a></p> });
        view! {
            <div class="entry" id=self.dom.clone() tabindex="-1">
                <p class="entry-top"><b>{self.title.clone()}</b>{chips.collect_view()}{red}<span class="sp"></span>{clause}</p>
                {lines.collect_view()}{settings}
            </div>
        }
        .into_any()
    }
}

/// Heads of the table of limits.
pub fn limit_columns() -> [&'static str; 7] {
    [COL_WHAT, COL_WHO, COL_LIMIT, COL_FROM, COL_UNTIL, COL_PHRASE, COL_READING].map(tr)
}

/// All sections that have something in them.
pub fn sections(pack: &Pack, world: &World) -> Vec<Section> {
    let plain = |id, title: T, items| Section { id, title: tr(title), intro: Vec::new(), items };
    let all = vec![
        plain("sources", SOURCES, sources(pack)),
        plain("classes", CLASSES, classes(pack)),
        Section {
            id: CLOCKS,
            title: tr(case_texts::CLOCKS),
            intro: limits::kinds(pack),
            items: limits::all_clocks(pack, world),
        },
        Section {
            id: "ladder",
            title: tr(LADDER),
            intro: vec![tr(LADDER_NOTE).to_owned()],
            items: pack.ladder.iter().map(|level| limits::one_level(pack, level)).collect(),
        },
        plain("steps", STEPS, pack.steps.iter().map(|step| one_step(pack, step)).collect()),
        Section {
            id: "transitions",
            title: tr(TRANSITIONS),
            intro: vec![tr(TRANSITIONS_NOTE).to_owned()],
            items: transitions(pack),
        },
        plain("findings", FINDINGS, findings(pack)),
        Section {
            id: "consequences",
            title: tr(CONSEQUENCES),
            intro: vec![tr(case_texts::CONSEQUENCES_NOTE).to_owned()],
            items: consequences(pack),
        },
        Section {
            id: "red",
            title: tr(case_texts::RED_LINES),
            intro: vec![tr(RED_NOTE).to_owned()],
            items: red_lines(pack),
        },
        plain("follow", FOLLOW_UP, follow_up(pack)),
        plain("emergency", EMERGENCY, emergency(pack)),
        plain("scripts", case_texts::SCRIPTS, scripts(pack)),
        plain("forms", FORMS, forms(pack)),
        Section {
            id: "parameters",
            title: tr(PARAMETERS),
            intro: vec![tr(PARAMETERS_NOTE).to_owned()],
            items: pack.parameters.iter().map(|one| parameter(pack, world, one)).collect(),
        },
        Section {
            id: "readings",
            title: tr(READINGS),
            intro: vec![tr(READINGS_NOTE).to_owned()],
            items: readings(pack),
        },
        plain("roles", ROLES, people(pack)),
        Section { id: "rules", title: tr(RULES), intro: vec![tr(RULES_NOTE).to_owned()], items: rules(pack) },
        plain("lexicons", LEXICONS, lexicons(pack)),
    ];
    all.into_iter().filter(|section| !section.items.is_empty()).collect()
}

fn sources(pack: &Pack) -> Vec<Item> {
    let one = |source: &shouwen_core::pack::Source| {
        Item::new("source", &source.id, say(&source.title), &source.id).line(None, say(&source.state))
    };
    pack.sources.iter().map(one).collect()
}

fn classes(pack: &Pack) -> Vec<Item> {
    let mut items = Vec::new();
    for axis in &pack.axes {
        let mut marks = vec![say(&axis.question)];
        marks.extend(axis.required.then(|| tr(AXIS_REQUIRED).to_owned()));
        marks.extend(axis.many.then(|| tr(AXIS_MANY).to_owned()));
        marks.extend(axis.when.as_ref().map(|when| format!("{} {}", tr(WHEN), cond(pack, when))));
        let group = format!("{} · {}", say(&axis.label), marks.join(" · "));
        for class in &axis.classes {
            let mut item = Item::new("class", &format!("{}-{}", axis.id, class.id), say(&class.label), &class.clause)
                .line(None, say(&class.criteria))
                .against(class.red_line.as_ref());
            if class.grave {
                item = item.chip("soon", tr(GRAVE));
            }
            item.group = group.clone();
            items.push(item);
        }
    }
    items
}

fn one_step(pack: &Pack, step: &Step) -> Item {
    let outcomes = list(step.outcomes.iter().map(|outcome| say(&outcome.label)));
    let form =
        step.form.as_ref().and_then(|id| pack.forms.iter().find(|form| form.id == *id)).map(|form| say(&form.title));
    let emits: Vec<String> =
        step.emits.iter().chain(step.outcomes.iter().flat_map(|outcome| &outcome.emits)).cloned().collect();
    let ends = pack.clocks.iter().filter(|clock| clock.stop.iter().any(|event| emits.contains(event)));
    let mut item = Item::new("step", &step.id, say(&step.label), &step.clause)
        .line(None, step.hint.as_ref().map(say).unwrap_or_default())
        .line(Some(WHO), roles(pack, &step.roles))
        .when(pack, step.when.as_ref())
        .line(Some(AFTER), list(step.after.iter().map(|id| crate::i18n::errors::event_label(Some(pack), id))))
        .line(Some(OUTCOMES), outcomes)
        .line(Some(ASKS), fields(pack, &step.asks))
        .line(Some(ATTACH), list(step.attach.iter().map(say)))
        .line(Some(ENDS), list(ends.map(|clock| say(&clock.label))))
        .line(Some(FORM), form.unwrap_or_default())
        .against(step.red_line.as_ref());
    if step.again {
        item = item.chip("", tr(AGAIN));
    }
    item
}

fn transitions(pack: &Pack) -> Vec<Item> {
    let one = |change: &shouwen_core::pack::Transition| {
        let axis = pack.axis(&change.axis).map_or_else(|| change.axis.clone(), |axis| say(&axis.label));
        let title =
            format!("{axis}：{} → {}", class(pack, &change.axis, &change.from), class(pack, &change.axis, &change.to));
        Item::new("transition", &change.id, title, &change.clause)
            .line(None, say(&change.say))
            .when(pack, Some(&change.when))
            .against(change.red_line.as_ref())
    };
    pack.transitions.iter().map(one).collect()
}

fn findings(pack: &Pack) -> Vec<Item> {
    let one = |finding: &shouwen_core::pack::Finding| {
        Item::new("finding", &finding.id, say(&finding.label), &finding.clause)
            .line(Some(OPTIONS), list(finding.options.iter().map(|option| say(&option.label))))
            .when(pack, finding.when.as_ref())
    };
    pack.findings.iter().map(one).collect()
}

fn consequences(pack: &Pack) -> Vec<Item> {
    let one = |consequence: &shouwen_core::pack::Consequence| {
        let mut item = Item::new("consequence", &consequence.id, say(&consequence.trigger), &consequence.clause)
            .line(Some(CONCERNS), say(&consequence.who))
            .line(None, say(&consequence.effect))
            .when(pack, consequence.when.as_ref())
            .against(consequence.red_line.as_ref());
        if let Some((from, to)) = consequence.amount {
            let words = if from == to { from.to_string() } else { format!("{from}–{to}") };
            item = item.chip("num", fill(AMOUNT, &[("n", &words)]));
        }
        item
    };
    pack.consequences.iter().map(one).collect()
}

fn red_lines(pack: &Pack) -> Vec<Item> {
    let one = |line: &shouwen_core::pack::RedLine| {
        Item::new("red", &line.id, say(&line.title), &line.clause)
            .chip("late", line.id.clone())
            .line(Some(WHY), say(&line.why))
            .line(Some(INSTEAD), say(&line.instead))
            .when(pack, line.when.as_ref())
    };
    pack.red_lines.iter().map(one).collect()
}

fn follow_up(pack: &Pack) -> Vec<Item> {
    let Some(visit) = &pack.follow_up else { return Vec::new() };
    let bands = visit.scale.iter().map(|band| format!("{}–{} {}", band.from, band.to, say(&band.label)));
    let mut item = Item::new("follow", "text", say(&visit.text), &visit.clause).line(Some(SCALE), list(bands));
    for question in &visit.questions {
        item = item.line(Some(ASK), say(question));
    }
    vec![item]
}

fn emergency(pack: &Pack) -> Vec<Item> {
    let Some(plan) = &pack.emergency else { return Vec::new() };
    let item = |id: &str, title: T, text: &Text| {
        Item::new("emergency", id, tr(title).to_owned(), &plan.clause).line(None, say(text))
    };
    let start = item("start", ACTIVATION, &plan.activation).when(pack, plan.activate_when.as_ref());
    let mut items = vec![start, item("end", TERMINATION, &plan.termination)];
    for (n, text) in plan.principles.iter().enumerate() {
        items.push(item(&format!("principle{n}"), PRINCIPLE, text));
    }
    for (n, member) in plan.group.iter().enumerate() {
        let who = list([roles(pack, std::slice::from_ref(&member.role)), say(&member.part)].into_iter());
        items.push(Item::new("emergency", &format!("group{n}"), who, "").line(None, say(&member.duty)));
    }
    items
}

fn scripts(pack: &Pack) -> Vec<Item> {
    let one = |script: &shouwen_core::pack::Script| {
        Item::new("script", &script.id, say(&script.say), &script.clause).when(pack, script.when.as_ref())
    };
    pack.scripts.iter().map(one).collect()
}

fn forms(pack: &Pack) -> Vec<Item> {
    let one = |form: &shouwen_core::pack::Form| {
        Item::new("form", &form.id, say(&form.title), &form.clause)
            .line(Some(ASKS), fields(pack, &form.fields))
            .line(Some(BLANKS), list(form.blanks.iter().map(say)))
    };
    pack.forms.iter().map(one).collect()
}

fn parameter(pack: &Pack, world: &World, parameter: &Parameter) -> Item {
    let held = world.parameter(pack, &parameter.id);
    let mut item = Item::new("parameter", &parameter.id, say(&parameter.label), &parameter.clause);
    item = match held {
        Some(held) => item.line(Some(VALUE), value(&[], held)),
        None => item.chip("soon", tr(VALUE_OPEN)),
    };
    item.to_settings = held.is_none();
    item.line(None, parameter.hint.as_ref().map(say).unwrap_or_default())
}

fn readings(pack: &Pack) -> Vec<Item> {
    let one = |reading: &shouwen_core::pack::Reading| {
        Item::new("reading", &reading.id, say(&reading.question), &reading.id)
            .line(Some(READING), say(&reading.reading))
            .line(Some(ALTERNATIVE), say(&reading.alternative))
    };
    pack.readings.iter().map(one).collect()
}

fn people(pack: &Pack) -> Vec<Item> {
    let one = |role: &shouwen_core::pack::Named| {
        Item::new("role", &role.id, say(&role.label), "").line(None, role.hint.as_ref().map(say).unwrap_or_default())
    };
    pack.roles.iter().map(one).collect()
}

fn rules(pack: &Pack) -> Vec<Item> {
    let one = |rule: &shouwen_core::pack::Rule| {
        let axis = pack.axis(&rule.axis).map_or_else(|| rule.axis.clone(), |axis| say(&axis.label));
        let mut item = Item::new("rule", &rule.id, say(&rule.why), &rule.clause)
            .chip("num", format!("{}{:+}", class(pack, &rule.axis, &rule.class), rule.points))
            .when(pack, Some(&rule.when));
        item.group = axis;
        item
    };
    let mut items: Vec<Item> = pack.rules.iter().map(one).collect();
    items.order_by_key(|item| pack.axes.iter().position(|axis| say(&axis.label) == item.group));
    items
}

fn lexicons(pack: &Pack) -> Vec<Item> {
    let one = |lexicon: &shouwen_core::pack::Lexicon| {
        let item =
            Item::new("lexicon", &lexicon.id, say(&lexicon.label), "").line(None, list(lexicon.words.iter().cloned()));
        if lexicon.topical { item.chip("", tr(TOPICAL)) } else { item }
    };
    pack.lexicons.iter().map(one).collect()
}

/// Does the pack name a value that nobody has filled in yet? How many?
pub fn open_values(pack: &Pack, world: &World) -> usize {
    pack.parameters.iter().filter(|one| world.parameter(pack, &one.id).is_none()).count()
}

crate::texts! {
    SOURCES = "来源文件" | "Source documents";
    CLASSES = "分类" | "Classes";
    STEPS = "办理步骤" | "Steps";
    TRANSITIONS = "改类" | "Changes of class";
    TRANSITIONS_NOTE = "条件成立时程序会提议改类，由人决定。" | "When the condition holds the program proposes the change; a person decides.";
    FINDINGS = "认定事项" | "Findings";
    CONSEQUENCES = "制度规定的后果" | "Consequences";
    RED_NOTE = "这些条款不能照做或不能自动执行，下面写明原因和合法的做法。" | "These clauses must not be followed or automated; here is why, and the lawful way.";
    FOLLOW_UP = "回访" | "Return visit";
    EMERGENCY = "应急" | "Emergency";
    FORMS = "表格" | "Forms";
    PARAMETERS = "制度参数" | "Values to fill in";
    PARAMETERS_NOTE = "制度提到但没有写明的数值，由本单位填写；没填的不会用假定值代替。" | "Values that the rule names without giving them. You fill them in; nothing is assumed.";
    READINGS = "疑义与读法" | "Unclear places and our reading";
    READINGS_NOTE = "制度原文不清楚的地方，我们怎样理解；与本单位理解不同时请联系总部修改制度包。" | "How unclear places are read. If you read them differently, have headquarters change the pack.";
    ROLES = "岗位" | "Roles";
    RULES = "识别规则" | "Rules of recognition";
    RULES_NOTE = "程序按这些规则给类别打分并提出建议；正分支持，负分反对。最终由人确认。" | "The program scores classes by these rules and suggests; positive speaks for, negative against. A person decides.";
    LEXICONS = "词表" | "Word lists";
    TOPICAL = "否定句中也算" | "counts when negated too";
    AXIS_REQUIRED = "必须确认" | "must be decided";
    AXIS_MANY = "可多选" | "several possible";
    GRAVE = "程序从不建议，须证据和复核" | "never suggested; needs evidence and a second reviewer";
    WHEN = "适用：" | "Applies when:";
    WHO = "谁：" | "Who:";
    FROM = "起算：" | "From:";
    UNTIL = "终止：" | "Until:";
    NOT_AFTER = "不得晚于：" | "Not later than:";
    PAUSES = "可中止" | "May be paused";
    LEVELS = "提醒" | "Reminders";
    LADDER = "提醒与升级" | "Reminders and escalation";
    LADDER_NOTE = "到时由本机提示该告诉谁，休息日和下班后不提示；参考时限和无期限的待办不提醒。" | "This desk says whom to tell, never on rest days or after hours; targets and untimed tasks have no reminders.";
    EXTENDS = "可由谁延长：" | "May be extended by:";
    PHRASE = "制度原文：" | "The rule says:";
    READING = "读法：" | "Our reading:";
    ALTERNATIVE = "另一种读法：" | "Alternative:";
    AFTER = "要先：" | "First:";
    OUTCOMES = "结果：" | "Outcomes:";
    OPTIONS = "可认定为：" | "Options:";
    ASKS = "要填：" | "Fill in:";
    ATTACH = "要附：" | "Attach:";
    ENDS = "完成后结束时限：" | "Ends the limits:";
    FORM = "用表：" | "Form:";
    BLANKS = "手写处：" | "By hand:";
    AGAIN = "可多次" | "repeatable";
    CONCERNS = "对象：" | "Concerns:";
    AMOUNT = "{n} 元" | "{n} yuan";
    WHY = "为什么：" | "Why:";
    INSTEAD = "合法的做法：" | "The lawful way:";
    SCALE = "评分：" | "Scale:";
    ASK = "问：" | "Ask:";
    VALUE = "现值：" | "Value:";
    VALUE_OPEN = "缺数值" | "value missing";
    ACTIVATION = "启动" | "Activation";
    TERMINATION = "终止" | "Termination";
    PRINCIPLE = "原则" | "Principle";
    SEE_RED = "红线 {id}" | "Red line {id}";
    TO_SETTINGS = "到设置里填写" | "Fill it in under Settings";
    COL_WHAT = "事项" | "Obligation";
    COL_WHO = "谁" | "Who";
    COL_LIMIT = "期限与种类" | "Limit and kind";
    COL_FROM = "起算" | "From";
    COL_UNTIL = "终止" | "Until";
    COL_PHRASE = "制度原文与条款" | "The rule, clause";
    COL_READING = "读法" | "Our reading";
}
