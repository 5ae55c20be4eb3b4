//! The register 台账: every case on this device, searched, narrowed and sorted.
//! Reads rows only; must not open a case's log.

mod filter;
mod kept;
mod table;

use shouwen_core::order::Gather as _;
use std::sync::Arc;

use chrono::NaiveDate;
use leptos::html;
use leptos::prelude::*;
use shouwen_core::register::Summary;
use shouwen_core::time::parse_date;

use self::filter::{AxisWords, Filter, Focus, Period, Words, axis_words};
use self::table::{Table, focus_row};
use crate::components::PageHead;
use crate::i18n::{T, common, fill, tr};
use crate::router::Route;
use crate::state::{App, use_app};

/// What the filter lets through.
#[derive(Clone, Default)]
pub struct Found {
    pub rows: Arc<Vec<Arc<Summary>>>,
}

/// How many rows stand where, before filtering.
#[derive(Clone, Copy, Default, PartialEq)]
struct Counts {
    all: usize,
    open: usize,
    closed: usize,
    void: usize,
    overdue: usize,
    today: usize,
    conflict: usize,
    undecided: usize,
}

#[component]
pub fn Cases() -> impl IntoView {
    let app = use_app();
    let filter = RwSignal::new(kept::filter());
    Effect::new(move |_| filter.with(kept::keep));
    let words = Memo::new(move |_| {
        let library = app.library.get();
        app.rows.with(|rows| {
            Words::of(rows.values().map(|row| &**row), |reference| {
                library.get(reference).map(|book| axis_words(&book.pack))
            })
        })
    });
    let counts = Memo::new(move |_| count(app, words));
    // Not compared with the list before: comparing rows costs more than drawing the few in view.
    let found = Memo::new_with_compare(
        move |_| {
            // A filter by state can change only when a clock changed its place.
            app.agenda.track();
            let now = app.at_once();
            let rows =
                app.rows.with(|rows| words.with(|words| filter.with(|filter| filter.apply(rows.values(), words, now))));
            Found { rows: Arc::new(rows) }
        },
        |_, _| true,
    );
    let empty = Memo::new(move |_| app.rows.with(|rows| rows.is_empty()));
    let sub = move || {
        let Counts { all, open, overdue, .. } = counts.get();
        let (all, open, overdue) = (all.to_string(), open.to_string(), overdue.to_string());
        fill(SUB, &[("all", &all), ("open", &open), ("overdue", &overdue)])
    };
    view! {
        <PageHead title=tr(common::CASES) sub=move || sub>
            <a class="btn" href=Route::Share.href()>{tr(TO_CSV)}</a>
            <a class="btn primary" href=Route::Intake.href()>{tr(common::INTAKE)}</a>
        </PageHead>
        {move || if empty.get() {
            view! { <Nothing/> }.into_any()
        } else {
            view! { <Finder filter words counts/><Result filter found counts/><Listing filter found words/> }.into_any()
        }}
    }
}

fn count(app: App, words: Memo<Words>) -> Counts {
    app.agenda.track();
    let now = app.at_once();
    app.rows.with(|rows| {
        words.with(|words| {
            let mut counts = Counts { all: rows.len(), ..Counts::default() };
            for row in rows.values() {
                match row.status.as_str() {
                    "open" => counts.open += 1,
                    "closed" => counts.closed += 1,
                    _ => counts.void += 1,
                }
                let add = |focus| usize::from(words.needs(row, focus, now));
                counts.overdue += add(Focus::Overdue);
                counts.today += add(Focus::Today);
                counts.conflict += add(Focus::Conflict);
                counts.undecided += add(Focus::Undecided);
            }
            counts
        })
    })
}

/// No cases at all: what this page is for, and where they come from.
#[component]
fn Nothing() -> impl IntoView {
    view! {
        <div class="empty stack" id="register-empty">
            <h2>{tr(NO_CASES)}</h2>
            <p>{tr(NO_CASES_TEXT)}</p>
            <p class="inline middle">
                <a class="btn primary" href=Route::Intake.href()>{tr(common::INTAKE)}</a>
                <a class="btn" href=Route::Share.href()>{tr(RESTORE)}</a>
            </p>
        </div>
    }
}

#[component]
fn Listing(filter: RwSignal<Filter>, found: Memo<Found>, words: Memo<Words>) -> impl IntoView {
    let none = Memo::new(move |_| found.with(|found| found.rows.is_empty()));
    move || {
        if none.get() {
            view! {
                <div class="empty stack" id="register-no-match">
                    <h2>{tr(NO_MATCH)}</h2>
                    <p>{tr(NO_MATCH_TEXT)}</p>
                    <p><button on:click=move |_| filter.update(|filter| *filter = filter.cleared())>{tr(CLEAR)}</button></p>
                </div>
            }
            .into_any()
        } else {
            view! { <Table filter found words/> }.into_any()
        }
    }
}

/// How many are shown, and the way back to all.
#[component]
fn Result(filter: RwSignal<Filter>, found: Memo<Found>, counts: Memo<Counts>) -> impl IntoView {
    let shown = Memo::new(move |_| found.with(|found| found.rows.len()));
    let words = move || {
        let (shown, all) = (shown.get(), counts.get().all);
        if filter.with(Filter::narrows) {
            fill(SHOWN, &[("n", &shown.to_string()), ("all", &all.to_string())])
        } else {
            fill(ALL_SHOWN, &[("all", &all.to_string())])
        }
    };
    view! {
        <div class="inline register-result">
            <span class="muted num" role="status" id="register-count">{words}</span>
            {move || filter.with(Filter::narrows).then(|| view! {
                <button class="quiet" id="clear-filters"
                    on:click=move |_| filter.update(|filter| *filter = filter.cleared())>{tr(CLEAR)}</button>
            })}
            <span class="sp"></span>
            <Order filter/>
        </div>
    }
}

/// Cards have no heads to sort by, so phones get a list of orders.
#[component]
fn Order(filter: RwSignal<Filter>) -> impl IntoView {
    use self::filter::Column::{Class, Due, Name, Number, Received, State};
    let orders = [
        (RECEIVED_DOWN, Received, true),
        (RECEIVED_UP, Received, false),
        (DUE_UP, Due, false),
        (STATE_UP, State, false),
        (NUMBER_UP, Number, false),
        (NAME_UP, Name, false),
        (CLASS_UP, Class, false),
    ];
    let current = move || {
        let now = filter.with(|filter| (filter.column, filter.down));
        orders.iter().position(|(_, column, down)| (*column, *down) == now).map(|n| n.to_string()).unwrap_or_default()
    };
    view! {
        <label class="register-order"><span class="visually-hidden">{tr(ORDER)}</span>
            <select prop:value=current on:change=move |event| {
                let chosen = event_target_value(&event).parse::<usize>().ok().and_then(|n| orders.get(n));
                if let Some((_, column, down)) = chosen {
                    filter.update(|filter| (filter.column, filter.down) = (*column, *down));
                }
            }>
                {orders.iter().enumerate().map(|(n, (label, column, down))| {
                    let chosen = filter.with_untracked(|filter| (filter.column, filter.down) == (*column, *down));
                    view! { <option value=n.to_string() selected=chosen>{tr(*label)}</option> }
                }).collect_view()}
            </select>
        </label>
    }
}

/// Search box, state, what needs attention, and more under a fold.
#[component]
fn Finder(filter: RwSignal<Filter>, words: Memo<Words>, counts: Memo<Counts>) -> impl IntoView {
    let search = NodeRef::<html::Input>::new();
    let slash = window_event_listener(leptos::ev::keydown, move |event| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if event.key() == "/"
            && plain
            && !typing()
            && let Some(input) = search.get_untracked()
        {
            event.prevent_default();
            let _ = input.focus();
            input.select();
        }
    });
    on_cleanup(move || slash.remove());
    let open = filter.with_untracked(|filter| filter.hidden() > 0);
    view! {
        <div class="finder" role="search">
            <label class="visually-hidden" for="case-search">{tr(SEARCH)}</label>
            <input type="search" id="case-search" node_ref=search autocomplete="off" placeholder=tr(SEARCH_HINT) maxlength="100"
                prop:value=move || filter.with(|filter| filter.query.clone())
                on:input=move |event| filter.update(|filter| filter.query = event_target_value(&event))
                on:keydown=move |event| if matches!(event.key().as_str(), "ArrowDown" | "Enter") && focus_row(0) {
                    event.prevent_default();
                }/>
            <Statuses filter counts/>
            <Focuses filter counts/>
            <details open=open>
                <summary>{tr(MORE)}{move || {
                    let hidden = filter.with(Filter::hidden);
                    (hidden > 0).then(|| format!(" ({hidden})"))
                }}</summary>
                <div class="fields"><Selects filter words/></div>
            </details>
        </div>
    }
}

/// Is the focus in a field where "/" is just a character?
fn typing() -> bool {
    let name = document().active_element().map(|element| element.tag_name()).unwrap_or_default();
    matches!(name.as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

fn pill(
    name: &'static str,
    label: T,
    n: usize,
    on: impl Fn() -> bool + Send + 'static,
    choose: impl Fn() + 'static,
) -> AnyView {
    view! {
        <label>
            <input type="radio" name=name prop:checked=on on:change=move |_| choose()/>
            {tr(label)}<span class="pill-count num muted small">{n}</span>
        </label>
    }
    .into_any()
}

#[component]
fn Statuses(filter: RwSignal<Filter>, counts: Memo<Counts>) -> impl IntoView {
    view! {
        <fieldset class="choices"><legend class="visually-hidden">{tr(STATE)}</legend>
            <span class="muted small" aria-hidden="true">{tr(STATE)}</span>
            {move || {
                let counts = counts.get();
                [
                    ("", ALL, counts.all),
                    ("open", common::STATUS_OPEN, counts.open),
                    ("closed", common::STATUS_CLOSED, counts.closed),
                    ("void", common::STATUS_VOID, counts.void),
                ]
                .map(|(status, label, n)| {
                    let on = move || filter.with(|filter| filter.status == status);
                    pill("register-status", label, n, on, move || filter.update(|filter| filter.status = status))
                })
                .collect_view()
            }}
        </fieldset>
    }
}

#[component]
fn Focuses(filter: RwSignal<Filter>, counts: Memo<Counts>) -> impl IntoView {
    view! {
        <fieldset class="choices"><legend class="visually-hidden">{tr(ATTENTION)}</legend>
            <span class="muted small" aria-hidden="true">{tr(ATTENTION)}</span>
            {move || {
                let counts = counts.get();
                [
                    (Focus::Any, ANY, counts.all),
                    (Focus::Overdue, common::OVERDUE, counts.overdue),
                    (Focus::Today, DUE_TODAY, counts.today),
                    (Focus::Conflict, common::CONFLICT, counts.conflict),
                    (Focus::Undecided, UNDECIDED, counts.undecided),
                ]
                .map(|(focus, label, n)| {
                    let on = move || filter.with(|filter| filter.focus == focus);
                    pill("register-focus", label, n, on, move || filter.update(|filter| filter.focus = focus))
                })
                .collect_view()
            }}
        </fieldset>
    }
}

#[component]
fn Selects(filter: RwSignal<Filter>, words: Memo<Words>) -> impl IntoView {
    let app = use_app();
    let campuses = Memo::new(move |_| {
        let names: std::collections::BTreeSet<String> =
            app.rows.with(|rows| rows.values().map(|row| row.campus.clone()).gather());
        names.into_iter().collect::<Vec<_>>()
    });
    let axes = Memo::new(move |_| words.with(Words::axes));
    view! {
        <PeriodFields filter/>
        {move || {
            let names = campuses.get();
            (names.len() > 1).then(|| {
                let options = names.into_iter().map(|name| (name.clone(), name)).collect();
                select("f-campus".to_owned(), tr(CAMPUS).to_owned(), options,
                    move || filter.with(|filter| filter.campus.clone()),
                    move |value| filter.update(|filter| filter.campus = value))
            })
        }}
        {move || axes.get().into_iter().map(|AxisWords { id, label, classes, .. }| {
            let (read, write) = (id.clone(), id.clone());
            select(format!("f-{id}"), label, classes,
                move || filter.with(|filter| filter.classes.get(&read).cloned().unwrap_or_default()),
                move |value| filter.update(|filter| {
                    if value.is_empty() {
                        filter.classes.remove(&write);
                    } else {
                        filter.classes.insert(write.clone(), value);
                    }
                }))
        }).collect_view()}
    }
}

/// A select with "any" in front.
fn select(
    dom: String,
    label: String,
    options: Vec<(String, String)>,
    read: impl Fn() -> String + Clone + Send + 'static,
    write: impl Fn(String) + 'static,
) -> AnyView {
    let now = untrack(read.clone());
    view! {
        <div class="field">
            <label for=dom.clone()>{label}</label>
            <select id=dom prop:value=read on:change=move |event| write(event_target_value(&event))>
                <option value="">{tr(ANY)}</option>
                {options.into_iter().map(|(id, label)| {
                    let chosen = id == now;
                    view! { <option value=id selected=chosen>{label}</option> }
                }).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

const PERIODS: [(&str, Period, T); 7] = [
    ("today", Period::Today, P_TODAY),
    ("days7", Period::Days7, P_DAYS7),
    ("days30", Period::Days30, P_DAYS30),
    ("month", Period::Month, P_MONTH),
    ("last", Period::LastMonth, P_LAST_MONTH),
    ("year", Period::Year, P_YEAR),
    ("own", Period::Own, P_OWN),
];

#[component]
fn PeriodFields(filter: RwSignal<Filter>) -> impl IntoView {
    let options = PERIODS.iter().map(|(id, _, label)| ((*id).to_owned(), tr(*label).to_owned())).collect();
    let own = Memo::new(move |_| filter.with(|filter| filter.period == Period::Own));
    let read = move || {
        let now = filter.with(|filter| filter.period);
        PERIODS.iter().find(|(_, period, _)| *period == now).map_or_else(String::new, |(id, ..)| (*id).to_owned())
    };
    let write = move |value: String| {
        let period = PERIODS.iter().find(|(id, ..)| *id == value).map_or(Period::Any, |(_, period, _)| *period);
        filter.update(|filter| filter.period = period);
    };
    view! {
        {select("f-period".to_owned(), tr(PERIOD).to_owned(), options, read, write)}
        {move || own.get().then(|| view! {
            {day("f-from", FROM, move || filter.with(|filter| filter.from), move |date| filter.update(|filter| filter.from = date))}
            {day("f-to", TO, move || filter.with(|filter| filter.to), move |date| filter.update(|filter| filter.to = date))}
        })}
    }
}

fn day(
    dom: &'static str,
    label: T,
    read: impl Fn() -> Option<NaiveDate> + Send + 'static,
    write: impl Fn(Option<NaiveDate>) + 'static,
) -> AnyView {
    view! {
        <div class="field">
            <label for=dom>{tr(label)}</label>
            <input type="date" id=dom prop:value=move || read().map(|date| date.to_string()).unwrap_or_default()
                on:change=move |event| write(parse_date(&event_target_value(&event)))/>
        </div>
    }
    .into_any()
}

crate::texts! {
    CAPTION = "投诉台账" | "Register of complaints";
    SUB = "共 {all} 件，办理中 {open} 件，其中超期 {overdue} 件。" | "{all} cases, {open} open, {overdue} of them overdue.";
    TO_CSV = "导出表格 CSV" | "Export as CSV";
    NO_CASES = "还没有案件" | "No cases yet";
    NO_CASES_TEXT = "接到的每一件投诉都会列在这里，可以搜索、筛选、排序。登记第一件，或者从备份、其他电脑的案件包导入。" | "Every complaint you register is listed here, to be searched, narrowed and sorted. Register the first one, or import a backup or a bundle from another computer.";
    RESTORE = "从备份导入" | "Import a backup";
    NO_MATCH = "没有符合条件的案件" | "No case matches";
    NO_MATCH_TEXT = "换一个词试试，或者少选几个条件。姓名、电话、编号、校区、内容的前 300 字、登记人都能搜到；多个词用空格隔开，要全部包含。" | "Try another word or fewer conditions. Names, phones, numbers, campus, the first 300 characters and the person who registered are searched; several words must all occur.";
    CLEAR = "清除全部条件" | "Clear all conditions";
    SHOWN = "符合条件 {n} 件，共 {all} 件" | "{n} of {all} cases";
    ALL_SHOWN = "共 {all} 件" | "{all} cases";
    SEARCH = "搜索台账" | "Search the register";
    SEARCH_HINT = "搜姓名、电话、编号、内容……（按 / 键到这里）" | "Name, phone, number, words… (press / to get here)";
    MORE = "更多条件" | "More conditions";
    ALL = "全部" | "all";
    ANY = "不限" | "any";
    ATTENTION = "提醒" | "Needs attention";
    DUE_TODAY = "今天到期" | "due today";
    UNDECIDED = "待定类" | "class undecided";
    NUMBER = "编号" | "Number";
    RECEIVED = "接到" | "Received";
    WHO = "谁、什么事" | "Who and what";
    CLASS = "类别" | "Class";
    NEXT_DUE = "下一期限" | "Next due";
    STATE = "状态" | "State";
    CAMPUS = "校区" | "Campus";
    PERIOD = "接到时间" | "Received";
    FROM = "从" | "From";
    TO = "到" | "To";
    P_TODAY = "今天" | "today";
    P_DAYS7 = "近 7 天" | "last 7 days";
    P_DAYS30 = "近 30 天" | "last 30 days";
    P_MONTH = "本月" | "this month";
    P_LAST_MONTH = "上月" | "last month";
    P_YEAR = "今年" | "this year";
    P_OWN = "自选日期" | "own dates";
    ORDER = "排序" | "Order";
    RECEIVED_DOWN = "最近接到的在前" | "Latest first";
    RECEIVED_UP = "最早接到的在前" | "Oldest first";
    DUE_UP = "最先到期的在前" | "Due first";
    STATE_UP = "最要紧的在前" | "Most pressing first";
    NUMBER_UP = "按编号" | "By number";
    NAME_UP = "按姓名" | "By name";
    CLASS_UP = "按类别" | "By class";
}
