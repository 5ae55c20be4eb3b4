//! Printable pages of a case 打印: the pack's forms and the whole file, on A4, readable in black and white.
//! Must not change the case; what is printed is what the log says.

mod emergency;
mod file;
mod form;
mod words;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::case::Case;
use shouwen_core::clock::{Run, State};
use shouwen_core::pack::Pack;

use self::words::Books;
use crate::components::{Legend, Strip};
use crate::i18n::{
    case as case_texts, clocks, common, emergency as emergency_texts, errors, fill, proof, say, time, tr,
};
use crate::pages::case::emergency::RECORD;
use crate::router::Route;
use crate::state::{App, Library, use_app};

/// The form id of the whole case file.
const FILE: &str = "file";

/// How far reading the case has come.
#[derive(Clone)]
enum Load {
    Reading,
    Missing,
    Failed(String),
    Ready(Arc<Case>),
}

#[component]
pub fn Print(case: String, form: String) -> impl IntoView {
    let app = use_app();
    let load = RwSignal::new(Load::Reading);
    let id = case.clone();
    Effect::new(move |_| {
        let (_, touched) = app.touched.get();
        let first = load.with_untracked(|load| !matches!(load, Load::Ready(_)));
        if first || touched == id || touched == "*" {
            read(app, id.clone(), load);
        }
    });
    move || match load.get() {
        Load::Reading => view! { <p role="status">{tr(common::LOADING)}</p> }.into_any(),
        Load::Missing => view! {
            <div class="empty stack" role="alert">
                <h1>{tr(common::UNKNOWN_PLACE)}</h1>
                <p>{tr(MISSING_TEXT)}</p>
                <p><a class="btn" href=Route::Cases.href()>{tr(common::CASES)}</a></p>
            </div>
        }
        .into_any(),
        Load::Failed(what) => view! {
            <div class="banner bad" role="alert"><span>{what}</span><span class="sp"></span>
                <a class="btn" href=Route::Case(case.clone()).href()>{tr(common::BACK)}</a></div>
        }
        .into_any(),
        Load::Ready(read) => view! { <Sheet case=read form=form.clone()/> }.into_any(),
    }
}

fn read(app: App, id: String, load: RwSignal<Load>) {
    spawn_local(async move {
        let outcome = match app.load_case(&id).await {
            Ok(Some(case)) => Load::Ready(Arc::new(case)),
            Ok(None) => Load::Missing,
            Err(error) => Load::Failed(errors::store(&error)),
        };
        load.try_set(outcome);
    });
}

/// Everything that is printed of one case.
pub struct Paper {
    pub case: Arc<Case>,
    pub books: Books,
    pub runs: Vec<Run>,
    /// The campus has a timetable of its own.
    pub by_schedule: bool,
    pub app: App,
    pub library: Arc<Library>,
}

#[component]
fn Sheet(case: Arc<Case>, form: String) -> impl IntoView {
    let app = use_app();
    let library = app.books();
    let paper = Paper {
        books: Books::of(&case, &library),
        runs: library.runs(&case),
        by_schedule: library.schedules.contains_key(&case.campus),
        case,
        app,
        library,
    };
    let tools = toolbar(&paper, &form);
    let chosen = paper.books.packs().flat_map(|pack| &pack.forms).find(|one| one.id == form).cloned();
    let body = match chosen {
        Some(chosen) => form::view(&paper, &chosen),
        None if form == FILE => file::view(&paper),
        None if form == RECORD => emergency::view(&paper),
        None => view! {
            <div class="empty stack" role="alert"><h1>{tr(NO_FORM)}</h1><p>{tr(NO_FORM_TEXT)}</p></div>
        }
        .into_any(),
    };
    view! { {tools}{body} }
}

fn toolbar(paper: &Paper, form: &str) -> AnyView {
    let case = paper.case.id.clone();
    let forms = paper.books.packs().flat_map(|pack| &pack.forms).map(|one| (one.id.clone(), say(&one.title)));
    let record = emergency::any(paper).then(|| (RECORD.to_owned(), tr(emergency_texts::RECORD).to_owned()));
    let choices: Vec<(String, String)> =
        forms.chain(record).chain([(FILE.to_owned(), tr(case_texts::WHOLE_FILE).to_owned())]).collect();
    let back = Route::Case(case.clone()).href();
    view! {
        <div class="paper-tools noprint">
            <a class="btn" href=back>{tr(common::BACK)}</a>
            <span class="sp"></span>
            <button class="primary" id="print-now" on:click=|_| {
                let _ = window().print();
            }>{tr(common::PRINT)}</button>
            <nav class="inline" aria-label=tr(CHOOSE_FORM)>
                {choices.into_iter().map(|(id, title)| {
                    let here = (id == form).then_some("page");
                    let href = Route::Print { case: case.clone(), form: id }.href();
                    view! { <a class="btn quiet" href=href aria-current=here>{title}</a> }
                }).collect_view()}
            </nav>
        </div>
        <p class="small muted noprint paper-hint">{tr(PRINT_HINT)}</p>
    }
    .into_any()
}

/// Number, campus and time of receipt above everything.
pub fn head(paper: &Paper, title: String) -> AnyView {
    let case = &paper.case;
    let number = if case.number.is_empty() { case.id.clone() } else { case.number.clone() };
    view! {
        <h1>{title}</h1>
        <p class="head num">
            <span>{words::pair(tr(NUMBER), &number)}</span>
            <span>{words::pair(tr(CAMPUS), &case.campus)}</span>
            <span>{words::pair(tr(RECEIVED), &time::exact(case.received_at))}</span>
        </p>
    }
    .into_any()
}

/// Who printed it, when, and by which rules.
pub fn foot(paper: &Paper, clause: &str) -> AnyView {
    let actor = paper.app.actor.get_untracked();
    let now = time::exact(paper.app.at_once());
    let refs = paper.case.packs();
    let rules: Vec<String> =
        refs.iter().filter_map(|one| paper.library.get(one)).map(|book| rules(&book.pack)).collect();
    let by = format!("{} · {}", actor.name, actor.campus);
    view! {
        <footer class="paper-foot num">
            <span>{fill(PRINTED, &[("at", &now), ("by", &by)])}</span>
            <span>{rules.join(words::joint())}{(!clause.is_empty()).then(|| format!(" · {clause}"))}</span>
            {paper.app.demo.then(|| view! { <span>{tr(common::DEMO_ON)}</span> })}
        </footer>
    }
    .into_any()
}

fn rules(pack: &Pack) -> String {
    fill(RULES, &[("title", &say(&pack.title)), ("version", &pack.version.to_string())])
}

/// The limits as a table, each with its arithmetic in words; with the strip of days if `strips`.
pub fn limits(paper: &Paper, runs: &[&Run], strips: bool) -> AnyView {
    let now = paper.app.at_once();
    // On paper "yesterday" means nothing: seen from years away, dates are written in full.
    let far = now + chrono::Duration::days(800);
    let Some(pack) = paper.books.first() else { return ().into_any() };
    let rows = runs
        .iter()
        .filter_map(|run| Some((*run, pack.clock(&run.clock)?)))
        .map(|(run, clock)| {
            let at = |at: Option<shouwen_core::time::Civil>| at.map_or_else(|| "—".to_owned(), time::exact);
            let due = run.due.as_ref().map(|due| due.due);
            let judged = run.state(now);
            let late = run.is_soft() && matches!(judged, State::Overdue | State::MetLate);
            let state = match run.done_at.or(run.superseded_at) {
                Some(end) if late => format!("{} {}", tr(SOFT_LATE), time::exact(end)),
                None if late => tr(SOFT_LATE).to_owned(),
                Some(end) => format!("{} {}", clocks::state_word(judged), time::exact(end)),
                None => clocks::countdown(judged, run.is_soft(), run.start.unwrap_or(run.since), due, now),
            };
            let mut sentences = clocks::explain(run, clock, pack, paper.by_schedule, far);
            if let Some(due) = &run.due {
                sentences.insert(1.min(sentences.len()), proof::proof(due, far));
            }
            let sentence = sentences.join(" ");
            let strip = run.due.as_ref().filter(|due| strips && due.trace.days.len() > 1).map(|due| due.trace.clone());
            let owners: Vec<String> = clock.owner.iter().map(|role| paper.books.role_label(role)).collect();
            view! {
                <tr class="num">
                    <td><b>{say(&clock.label)}</b><br/>{clocks::kind_word(clock.kind)}" · "{owners.join(words::joint())}</td>
                    <td>{at(run.start)}</td><td>{at(due)}</td><td>{state}</td>
                </tr>
                <tr class="reckoning"><td colspan="4">{sentence}{strip.map(|trace| view! { <Strip trace/> })}</td></tr>
            }
        })
        .collect_view();
    view! {
        <table class="limits">
            <thead><tr><th>{tr(WHAT)}</th><th>{tr(STARTS)}</th><th>{tr(DUE)}</th><th>{tr(STATE)}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
        {strips.then(|| view! { <Legend open=true/> })}
    }
    .into_any()
}

crate::texts! {
    MISSING_TEXT = "这台电脑上没有这个案件。它可能在别的校区，还没有导入。" | "This computer does not have the case. It may be at another campus and not imported yet.";
    NO_FORM = "没有这张表" | "No such form";
    NO_FORM_TEXT = "这个案件的制度里没有这张表，请在上面另选一张。" | "The rules of this case have no such form; choose another one above.";
    CHOOSE_FORM = "选择表格" | "Choose a form";
    PRINT_HINT = "A4 纵向，黑白可读；空白处留给手写和签字。也可以在打印窗口里选“另存为 PDF”。" | "A4 upright, readable in black and white, blanks for handwriting. The print window can also save a PDF.";
    NUMBER = "编号" | "Number";
    CAMPUS = "校区" | "Campus";
    RECEIVED = "接到时间" | "Received";
    PRINTED = "打印：{at} · {by}" | "Printed {at} · {by}";
    RULES = "《{title}》第 {version} 版" | "{title}, version {version}";
    SOFT_LATE = "晚于该时限（不计超期）" | "later than the target (no breach)";
    WHAT = "事项" | "Obligation";
    STARTS = "起算" | "From";
    DUE = "到期" | "Due";
    STATE = "状态" | "State";
}
