//! The rules in force 制度: the list of packs, and each pack as a booklet that can be searched and printed.
//! Must not change a pack; that is done under Settings.

mod booklet;
mod limits;
mod words;

pub use words::{cond, joint};

use std::sync::Arc;

use leptos::prelude::*;
use shouwen_core::embedded::Head;
use shouwen_core::order::Order as _;
use shouwen_core::pack::Pack;

use self::booklet::{CLOCKS, Item, SCREEN_ONLY, Section, limit_columns, open_values, sections};
use crate::components::{PageHead, fits, groups};
use crate::i18n::{common, fill, lang_of, say, tr};
use crate::router::Route;
use crate::state::{App, Rulebook, use_app};

#[component]
pub fn Packs(id: Option<String>) -> impl IntoView {
    let app = use_app();
    move || match &id {
        None => {
            app.library.track();
            app.workplace.track();
            view! { <Shelf/> }.into_any()
        }
        Some(id) => match app.library.get().latest(id) {
            Some(book) => view! { <Booklet book/> }.into_any(),
            None => view! {
                <div class="empty stack" role="alert">
                    <h1>{tr(UNKNOWN)}</h1>
                    <p>{fill(UNKNOWN_TEXT, &[("id", id)])}</p>
                    <p><a class="btn" href=Route::Packs(None).href()>{tr(common::PACKS)}</a></p>
                </div>
            }
            .into_any(),
        },
    }
}

/// All packs: those of this workplace first.
#[component]
fn Shelf() -> impl IntoView {
    let app = use_app();
    let library = app.books();
    let here = app.workplace.get_untracked();
    let current = library.current();
    let others = library.heads().into_iter().filter(|head| !current.iter().any(|book| book.pack.id == head.id));
    let others = StoredValue::new(others.collect::<Vec<_>>());
    let (mut own, companions): (Vec<_>, Vec<_>) = current.into_iter().partition(|book| !book.pack.companion);
    own[..].order_by_key(|book| !book.pack.workplaces.contains(&here));
    let problems = library.problems.clone();
    let group = |title: &'static str, books: Vec<Arc<Rulebook>>| {
        (!books.is_empty()).then(|| {
            view! {
                <section class="group">
                    <h2>{title}" "<span class="muted num small">{books.len()}</span></h2>
                    <div class="list">{books.iter().map(|book| card(app, &book.pack)).collect_view()}</div>
                </section>
            }
        })
    };
    view! {
        <PageHead title=tr(common::PACKS) sub=|| tr(SUB)/>
        {(!problems.is_empty()).then(|| view! {
            <div class="banner" role="alert">
                <div><b>{tr(PROBLEMS)}</b>
                    <ul>{problems.into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view()}</ul></div>
            </div>
        })}
        {group(tr(OWN), own)}
        {group(tr(COMPANIONS), companions)}
        <Others heads=others/>
        <p class="small muted">{tr(CHANGE_HINT)}" "<a href=Route::Settings.href()>{tr(common::SETTINGS)}</a></p>
    }
}

/// What else is built in, by trade; nothing of it is read before it is opened.
#[component]
fn Others(heads: StoredValue<Vec<Head>>) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let row = |head: Head| {
        view! {
            <div class="shelf-row">
                <div>
                    <p><a class="title" href=Route::Packs(Some(head.id)).href()>{say(&head.title)}</a></p>
                    <p class="small" lang=lang_of(&head.summary)>{say(&head.summary)}</p>
                </div>
            </div>
        }
    };
    let found = move || {
        let wanted = query.get();
        let found: Vec<Head> =
            heads.with_value(|heads| heads.iter().filter(|head| fits(head, &wanted)).cloned().collect());
        if found.is_empty() {
            return view! { <p class="muted" role="status">{tr(NO_OTHER)}</p> }.into_any();
        }
        let groups = groups(found).into_iter().map(|(title, list)| {
            view! {
                <h3 class="picker-group">{title}</h3>
                <div class="list">{list.into_iter().map(row).collect_view()}</div>
            }
        });
        groups.collect_view().into_any()
    };
    heads.with_value(|heads| !heads.is_empty()).then(|| view! {
        <section class="group">
            <h2>{tr(OTHERS)}" "<span class="muted num small">{heads.with_value(Vec::len)}</span></h2>
            <div class="field"><label for="packs-search">{tr(OTHERS_SEARCH)}</label>
                <input id="packs-search" type="search" autocomplete="off" on:input=move |event| query.set(event_target_value(&event))/></div>
            {found}
        </section>
    })
}

fn card(app: App, pack: &Pack) -> AnyView {
    let open = open_values(pack, &app.books().world);
    let counts = fill(
        COUNTS,
        &[
            ("clocks", &pack.clocks.len().to_string()),
            ("steps", &pack.steps.len().to_string()),
            ("red", &pack.red_lines.len().to_string()),
        ],
    );
    let sources: Vec<String> = pack.sources.iter().map(|source| say(&source.title)).collect();
    view! {
        <div class="shelf-row">
            <div>
                <p class="inline"><a class="title" href=Route::Packs(Some(pack.id.clone())).href()>{say(&pack.title)}</a>
                    {(open > 0).then(|| view! { <span class="chip soon">{fill(OPEN_VALUES, &[("n", &open.to_string())])}</span> })}</p>
                <p class="small" lang=lang_of(&pack.summary)>{say(&pack.summary)}</p>
                <p class="small muted">{tr(SOURCES)}{sources.join(words::joint())}</p>
            </div>
            <p class="small muted num">{edition(pack)}<br/>{counts}</p>
        </div>
    }
    .into_any()
}

/// `第 1 版 · 2023-10-25 起`
fn edition(pack: &Pack) -> String {
    fill(EDITION, &[("version", &pack.version.to_string()), ("date", &pack.effective_from)])
}

fn places(pack: &Pack) -> String {
    words::list(pack.workplaces.iter().map(|place| match place.as_str() {
        "hq" => tr(HQ).to_owned(),
        "campus" => tr(CAMPUS).to_owned(),
        other => other.to_owned(),
    }))
}

/// One pack to read, search and print.
#[component]
fn Booklet(book: Arc<Rulebook>) -> impl IntoView {
    let app = use_app();
    let pack = &book.pack;
    let query = RwSignal::new(String::new());
    let parts = StoredValue::new(sections(pack, &app.books().world));
    let jump = Callback::new(move |id: String| {
        // The target may be hidden by the search.
        if document().get_element_by_id(&id).is_none() {
            query.set(String::new());
        }
        request_animation_frame(move || bring_into_view(&id));
    });
    let counts = Memo::new(move |_| {
        let query = query.get();
        let count = |part: &Section| part.items.iter().filter(|item| item.matches(&query)).count();
        parts.with_value(|parts| parts.iter().map(|part| (part.id, part.title, count(part))).collect::<Vec<_>>())
    });
    let total = move || counts.with(|counts| counts.iter().map(|(.., n)| n).sum::<usize>());
    let sub = StoredValue::new(format!("{} · {}", edition(pack), places(pack)));
    let id = pack.id.clone();
    view! {
        <p class="noprint"><a href=Route::Packs(None).href()>"← "{tr(ALL)}</a></p>
        <PageHead title=say(&pack.title) sub=move || sub.get_value()>
            <crate::pages::bench::EditLink id/>
            <button class="noprint" on:click=|_| {
                let _ = window().print();
            }>{tr(common::PRINT)}</button>
        </PageHead>
        <p class="booklet-summary">{say(&pack.summary)}</p>
        <div class="booklet-search noprint" role="search">
            <label class="visually-hidden" for="pack-search">{tr(SEARCH)}</label>
            <input type="search" id="pack-search" autocomplete="off" maxlength="60" placeholder=tr(SEARCH_HINT)
                prop:value=query on:input=move |event| query.set(event_target_value(&event))/>
            <span class="small muted num" role="status">{move || {
                (!query.with(|query| query.trim().is_empty())).then(|| fill(HITS, &[("n", &total().to_string())]))
            }}</span>
        </div>
        <div class="booklet">
            <nav class="booklet-nav noprint" aria-label=tr(CONTENTS)>
                {move || counts.get().into_iter().filter(|(.., n)| *n > 0).map(|(id, title, n)| view! {
                    <button class="quiet" on:click=move |_| jump.run(format!("part-{id}"))>
                        {title}" "<span class="num muted small">{n}</span></button>
                }).collect_view()}
            </nav>
            <div class="booklet-body">
                {move || {
                    let query = query.get();
                    if total() == 0 {
                        return view! {
                            <div class="empty stack"><h2>{tr(NO_HIT)}</h2><p>{tr(NO_HIT_TEXT)}</p></div>
                        }.into_any();
                    }
                    parts.with_value(|parts| parts.iter().map(|part| part_view(part, &query, jump)).collect_view()).into_any()
                }}
            </div>
        </div>
    }
}

fn part_view(part: &Section, query: &str, jump: Callback<String>) -> AnyView {
    let items: Vec<_> = part.items.iter().filter(|item| item.matches(query)).collect();
    if items.is_empty() {
        return ().into_any();
    }
    let intro = (!part.intro.is_empty()).then(|| {
        view! { <ul class="part-intro small">{part.intro.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view()}</ul> }
    });
    // How the program recognises classes fills dozens of pages: to be read on the screen.
    let class = if SCREEN_ONLY.contains(&part.id) { "part noprint" } else { "part" };
    let body = if part.id == CLOCKS { limit_table(&items) } else { entries(&items, jump) };
    view! {
        <section class=class id=format!("part-{}", part.id) tabindex="-1">
            <h2>{part.title}</h2>{intro}{body}
        </section>
    }
    .into_any()
}

fn limit_table(items: &[&Item]) -> AnyView {
    let heads = limit_columns().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <div class="scroll" tabindex="0"><table class="limit-table">
            <thead><tr>{heads}</tr></thead>
            <tbody>{items.iter().map(|item| item.row()).collect_view()}</tbody>
        </table></div>
    }
    .into_any()
}

fn entries(items: &[&Item], jump: Callback<String>) -> AnyView {
    let mut group = "";
    let entries: Vec<AnyView> = items
        .iter()
        .flat_map(|item| {
            let heading = (item.group != group).then(|| view! { <h3>{item.group.clone()}</h3> }.into_any());
            group = &item.group;
            heading.into_iter().chain([item.view(jump)])
        })
        .collect();
    view! { <div class="list entries">{entries}</div> }.into_any()
}

fn bring_into_view(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    element.scroll_into_view();
    if let Ok(element) = wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element) {
        let _ = element.focus();
    }
}

crate::texts! {
    SUB = "本机正在使用的制度：类别、时限、步骤、红线，每条都注明出处。" | "The rules in force on this computer: classes, limits, steps and red lines, each with its clause.";
    OWN = "本岗位使用" | "For this workplace";
    OTHERS = "其他行业的制度" | "Rules of other trades";
    OTHERS_SEARCH = "搜索行业或制度" | "Search trades and rules";
    NO_OTHER = "没有符合的制度，换一个词试试。" | "Nothing fits; try another word.";
    COMPANIONS = "应急预案（与上面的制度同时使用）" | "Emergency plans (beside the others)";
    PROBLEMS = "有制度或日历没能使用，仍按上一个可用的版本办理：" | "Some packs or calendars cannot be used; the last good ones stay in force:";
    CHANGE_HINT = "制度由总部发布；填写制度参数、导入新版本请到" | "Packs are published by headquarters. Values and new versions:";
    COUNTS = "时限 {clocks} 项 · 步骤 {steps} 项 · 红线 {red} 条" | "{clocks} limits · {steps} steps · {red} red lines";
    SOURCES = "依据：" | "Based on: ";
    OPEN_VALUES = "缺 {n} 个数值" | "{n} values missing";
    EDITION = "第 {version} 版 · {date} 起施行" | "version {version} · in force from {date}";
    HQ = "总部" | "headquarters";
    CAMPUS = "校区" | "campus";
    UNKNOWN = "没有这个制度" | "No such pack";
    UNKNOWN_TEXT = "这台电脑上没有制度 {id}。它可能还没有从总部导入。" | "This computer has no pack {id}. It may not have been imported from headquarters yet.";
    ALL = "全部制度" | "All packs";
    SEARCH = "在本制度中搜索" | "Search in this pack";
    SEARCH_HINT = "搜条款、时限、关键词，例如 24 小时" | "Clauses, limits, words; for example 24 hours";
    HITS = "找到 {n} 条" | "{n} entries";
    NO_HIT = "没有找到" | "Nothing found";
    NO_HIT_TEXT = "换一个更短的词试试；多个词用空格隔开，要全部包含。" | "Try a shorter word; several words must all occur.";
    CONTENTS = "目录" | "Contents";
}
