//! Today 今日: what is overdue, due today, next; one action away from recording the step that ends a clock.

mod device_time;
mod digest;
mod why;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::agenda::{Bucket, Item};
use shouwen_core::case::{Case, StepState, step_state};
use shouwen_core::clock::ending_steps;
use shouwen_core::pack::{Clock, Pack, Step};
use shouwen_core::register::{RowFacts, Summary};

use super::case::Seen;
use super::case::step::StepForm;
use crate::components::{Modal, PageHead, state_class};
use crate::i18n::{T, clocks, common, errors, fill, reminders, say, time, tr};
use crate::router::Route;
use crate::state::{App, Library, use_app};

/// How many rows a group shows before it is cut (the register shows all).
const SHOWN: usize = 15;

/// The step that a person is recording in the dialog.
type Doing = RwSignal<Option<(Seen, Step)>, LocalStorage>;

#[component]
pub fn Today() -> impl IntoView {
    let app = use_app();
    let undecided = Memo::new(move |_| undecided(app));
    let doing: Doing = RwSignal::new_local(None);
    let open = RwSignal::new(false);
    let asked = why::Asked::new();
    provide_context(asked);
    let summary = move || {
        let count = |bucket, soft| app.agenda.with(|agenda| agenda.count(bucket, soft));
        let (late, today) = (count(Bucket::Overdue, false), count(Bucket::Today, false));
        match (late, today) {
            (0, 0) => tr(CALM).to_owned(),
            _ => fill(COUNTS, &[("late", &late.to_string()), ("today", &today.to_string())]),
        }
    };
    let empty = Memo::new(move |_| app.rows.with(BTreeMap::is_empty));
    view! {
        <PageHead title=tr(common::TODAY) sub=summary>
            <a class="btn" href=Route::Share.href()>{tr(if app.is_hq() { common::SHARE_HQ } else { EXPORT_HQ })}</a>
            <a class="btn primary" href=Route::Intake.href()>{tr(common::INTAKE)}</a>
        </PageHead>
        <device_time::DeviceTime/>
        <digest::Reminded/>
        <Show when=move || empty.get()>
            <div class="empty">
                <h2>{tr(EMPTY)}</h2><p>{tr(EMPTY_TEXT)}</p>
                <p class="gap-top"><a class="btn primary" href=Route::Intake.href()>{tr(common::INTAKE)}</a></p>
            </div>
        </Show>
        <Show when=move || undecided.with(|list| !list.is_empty())>
            <section class="group" id="undecided">
                <h2>{tr(UNDECIDED)}" "<span class="chip soon num">{move || undecided.with(Vec::len)}</span></h2>
                <div class="list">
                    <For each=move || undecided.get() key=|row| (row.id.clone(), row.updated_at) let:row>
                        <Undecided row/>
                    </For>
                </div>
            </section>
        </Show>
        <Group bucket=Bucket::Overdue soft=false title=OVERDUE chip="late" doing open/>
        <Group bucket=Bucket::Today soft=false title=DUE_TODAY chip="soon" doing open/>
        <Group bucket=Bucket::Overdue soft=true title=SOFT_PASSED chip="" doing open/>
        <Group bucket=Bucket::Today soft=true title=SOFT_TODAY chip="" doing open/>
        <Group bucket=Bucket::Later soft=false title=LATER chip="" doing open/>
        <Group bucket=Bucket::Undated soft=false title=UNDATED chip="" doing open/>
        <Group bucket=Bucket::Paused soft=false title=PAUSED chip="" doing open/>
        <super::duties::Duties/>
        <Show when=move || !empty.get()><super::calendar::DeskCalendar/></Show>
        <why::Why app asked/>
        <Modal open title=tr(RECORD)>
            {move || doing.get().map(|(seen, step)| {
                let close = Callback::new(move |()| open.set(false));
                let label = format!("{} · {}", seen.case.number, say(&step.label));
                view! { <p><b>{label}</b></p><StepForm seen step done=close cancel=close/> }
            })}
        </Modal>
    }
}

/// Open cases on which a person has not decided a class that the rules need.
fn undecided(app: App) -> Vec<Arc<Summary>> {
    let library = app.library.get();
    app.rows.with(|rows| {
        rows.values()
            .filter(|row| row.is_open())
            .filter(|row| {
                let Some(book) = library.of_row(row) else { return false };
                let axes = &book.pack.axes;
                axes.iter().any(|axis| {
                    axis.required && axis.when.is_none() && row.classes.get(&axis.id).is_none_or(Vec::is_empty)
                })
            })
            .cloned()
            .collect()
    })
}

#[component]
fn Undecided(row: Arc<Summary>) -> impl IntoView {
    let app = use_app();
    let received = row.received_at;
    let waited = move || fill(clocks::WAITED, &[("span", &time::span((app.now.get() - received).num_seconds()))]);
    let href = Route::Case(row.id.clone()).href();
    view! {
        <div class="row soon">
            <div class="left num">{tr(UNDECIDED_SHORT)}<small>{waited}</small></div>
            <div><a class="title" href=href.clone()>{who(&row)}</a><br/><span class="small muted">{row.number.clone()}" · "{row.headline.clone()}</span></div>
            <div class="small muted num">{time::moment(received, app.at_once())}</div>
            <div class="act"><a class="btn primary" href=href>{tr(DECIDE)}<span class="visually-hidden">" "{row.number.clone()}</span></a></div>
        </div>
    }
}

fn who(row: &Summary) -> String {
    if row.name.is_empty() { tr(common::ANONYMOUS).to_owned() } else { row.name.clone() }
}

#[component]
fn Group(
    bucket: Bucket,
    soft: bool,
    title: T,
    chip: &'static str,
    doing: Doing,
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let mine = Memo::new(move |_| app.agenda.with(|agenda| agenda.first(bucket, soft, SHOWN)));
    let count = Memo::new(move |_| app.agenda.with(|agenda| agenda.count(bucket, soft)));
    view! {
        <Show when=move || { count.get() > 0 }>
            <section class="group" data-group=format!("{bucket:?}{}", if soft { "Soft" } else { "" })>
                <h2>{tr(title)}" "<span class=format!("chip num {chip}")>{count}</span></h2>
                <div class="list">
                    <For each=move || mine.get() key=|item| (item.case.id.clone(), item.clock, item.case.updated_at, item.case.events) let:item>
                        <Line item doing open/>
                    </For>
                </div>
                <Show when=move || { count.get() > SHOWN }>
                    <p class="small muted gap-top">{move || fill(MORE, &[("n", &count.get().saturating_sub(SHOWN).to_string())])}" "<a href=Route::Cases.href()>{tr(common::CASES)}</a></p>
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn Line(item: Item, doing: Doing, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let row = item.case.clone();
    let clock = item.brief().clone();
    let soft = clock.is_soft();
    let library = app.books();
    let book = library.of_row(&row);
    let defined = book.as_ref().and_then(|book| book.pack.clock(&clock.clock)).cloned();
    let label = defined.as_ref().map_or_else(|| clock.clock.clone(), |defined| say(&defined.label));
    let step = book.as_ref().zip(defined.as_ref()).and_then(|(book, defined)| ending_step(&row, &book.pack, defined));
    let classes: Vec<String> = book.as_ref().map(|book| class_labels(&row, &book.pack)).unwrap_or_default();
    let now = app.now;
    let (judged, counted) = (clock.clone(), clock.clone());
    let class = move || format!("row {}", state_class(judged.state(now.get()), soft));
    let countdown = move || {
        let state = counted.state(now.get());
        clocks::countdown(state, soft, counted.start.unwrap_or(counted.since), counted.due, now.get())
    };
    let due = clock.due.map(|due| {
        let asked = expect_context::<why::Asked>();
        let (id, brief, number) = (row.id.clone(), clock.clone(), row.number.clone());
        let ask = move |_| asked.ask(app, id.clone(), brief.clone());
        view! {
            <span>{fill(DUE_AT, &[("at", &time::moment(due, app.at_once()))])}</span><br/>
            <button class="quiet small why-due" on:click=ask>{tr(common::WHY)}<span class="visually-hidden">" "{number}</span></button>
        }
    });
    let href = Route::Case(row.id.clone()).href();
    let action = step.as_ref().map(|step| fill(crate::i18n::case::SAVE_STEP, &[("step", &say(&step.label))]));
    let id = row.id.clone();
    let act = move |_| {
        let (id, step) = (id.clone(), step.clone());
        spawn_local(async move { start(app, &id, step, doing, open).await });
    };
    let number = row.number.clone();
    let kind = tr(if soft { SOFT_SHORT } else { HARD_SHORT });
    let provisional = clock.provisional;
    view! {
        <div class=class data-clock=clock.clock.clone()>
            <div class="left num">{countdown}<small>{if clock.due.is_some() { kind } else { "" }}</small></div>
            <div>
                <a class="title" href=href.clone()>{label}</a><br/>
                <span class="small muted">{number.clone()}" · "{who(&row)}" · "{row.headline.clone()}</span>" "
                {classes.into_iter().map(|label| view! { <span class="chip acc">{label}</span>" " }).collect_view()}
                {provisional.then(|| view! { <span class="chip soon">{tr(common::PROVISIONAL)}</span> })}
            </div>
            <div class="small num muted">{due}</div>
            <div class="act">
                {match action {
                    Some(text) => view! { <button class="primary" on:click=act>{text}<span class="visually-hidden">" "{number}</span></button> }.into_any(),
                    None => view! { <a class="btn" href=href>{tr(common::OPEN_CASE)}<span class="visually-hidden">" "{number}</span></a> }.into_any(),
                }}
            </div>
        </div>
    }
}

/// The step that ends a clock on this case: one that concerns its classes, where several could.
fn ending_step(row: &Summary, pack: &Pack, clock: &Clock) -> Option<Step> {
    let steps = ending_steps(pack, clock);
    let fits = |step: &&&Step| step.when.as_ref().is_none_or(|when| when.holds(&RowFacts(row)));
    steps.iter().find(fits).or(steps.first()).map(|step| (*step).clone())
}

fn class_labels(row: &Summary, pack: &shouwen_core::pack::Pack) -> Vec<String> {
    pack.axes
        .iter()
        .filter(|axis| axis.required && !axis.many)
        .flat_map(|axis| {
            row.classes
                .get(&axis.id)
                .into_iter()
                .flatten()
                .filter_map(|id| axis.class(id).map(|class| say(&class.label)))
        })
        .take(2)
        .collect()
}

/// Opens the step's form if the step can be taken now, else the case, and says what has to be done before.
async fn start(app: App, id: &str, step: Option<Step>, doing: Doing, open: RwSignal<bool>) {
    let library = app.books();
    let case = app.load_case(id).await.ok().flatten().map(Arc::new);
    if let (Some(case), Some(step)) = (&case, &step)
        && let Some(words) = blocked(&library, case, step)
    {
        app.say(words);
    }
    let ready = case.and_then(|case| {
        let step = step.filter(|step| step_state(&case, step) == StepState::Ready)?;
        Some((Seen::of(&library, &case)?, step))
    });
    match ready {
        Some(found) => {
            doing.try_set(Some(found));
            open.try_set(true);
        }
        None => app.go(&Route::Case(id.to_owned())),
    }
}

/// What a step that cannot be taken yet waits for: the first step on the way that can be taken.
fn blocked(library: &Library, case: &Case, step: &Step) -> Option<String> {
    let book = library.of_case(case)?;
    let (mut first, mut missing) = (None, waits_for(case, step)?);
    // As many turns as there are steps: rules may hang on each other.
    for _ in 0..book.pack.steps.len() {
        let Some(before) = book.pack.steps.iter().find(|one| leads_to(one, &missing)) else { break };
        first = Some(say(&before.label));
        match waits_for(case, before) {
            Some(further) => missing = further,
            None => break,
        }
    }
    let events = || missing.iter().map(|id| errors::event_label(Some(&book.pack), id)).collect::<Vec<_>>().join("、");
    let first = first.unwrap_or_else(events);
    Some(fill(reminders::FIRST, &[("step", &say(&step.label)), ("first", &first)]))
}

fn waits_for(case: &Case, step: &Step) -> Option<Vec<String>> {
    match step_state(case, step) {
        StepState::Blocked(missing) => Some(missing),
        _ => None,
    }
}

fn leads_to(step: &Step, events: &[String]) -> bool {
    let emits = |list: &[String]| list.iter().any(|event| events.contains(event));
    emits(&step.emits) || step.outcomes.iter().any(|outcome| emits(&outcome.emits))
}

crate::texts! {
    CALM = "没有超期，今天没有到期的硬性时限。" | "Nothing overdue, no hard limit due today.";
    COUNTS = "{late} 项超期，{today} 项今天到期。先处理最上面一项。" | "{late} overdue, {today} due today. Start at the top.";
    EXPORT_HQ = "导出给总部" | "Export for headquarters";
    EMPTY = "还没有案件" | "No cases yet";
    EMPTY_TEXT = "家长来了或来电，点“登记投诉”：边听边写，类别、时限和该说的话会随手出现。" | "When a parent calls or comes in, choose “Register a complaint”: write while you listen; class, limits and wording appear as you go.";
    UNDECIDED = "待定类" | "Class to be decided";
    UNDECIDED_SHORT = "待定类" | "undecided";
    DECIDE = "去定类" | "Decide";
    OVERDUE = "已超期" | "Overdue";
    DUE_TODAY = "今天到期" | "Due today";
    SOFT_PASSED = "已过参考时限（不计超期）" | "Past the target (no breach)";
    SOFT_TODAY = "今天的参考时限" | "Targets for today";
    LATER = "接下来" | "Next";
    PAUSED = "已中止（不计时）" | "Paused (not counting)";
    UNDATED = "无期限的待办、缺数值或日期" | "Untimed tasks, missing values or dates";
    HARD_SHORT = "硬性时限" | "hard limit";
    SOFT_SHORT = "参考时限" | "target";
    DUE_AT = "应于 {at}" | "due {at}";
    MORE = "另有 {n} 项，见台账" | "{n} more in the register:";
    RECORD = "记录" | "Record";
}
