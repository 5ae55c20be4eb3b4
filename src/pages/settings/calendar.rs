//! Holiday notices in force, the years without one, and adopting a new notice.

use chrono::Datelike;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::calendar::{CalendarFile, FORMAT, Notice, Title};
use wasm_bindgen::JsCast;

use super::notice_text::read_notice;
use super::{Outcome, OutcomeView, take_force};
use crate::exchange::{Change, calendar_changes, open, store_config};
use crate::i18n::{T, common, fill, tr};
use crate::pages::share::Changes;
use crate::state::use_app;

crate::texts! {
    TITLE = "放假通知" | "Holiday notices";
    TEXT = "法定工作日按国务院办公厅每年的放假通知计算。总部下发的制度文件里带有通知，在“导入”里采用即可。" | "Statutory working days follow the yearly official notice. Headquarters' rule files carry the notices; adopt them under Import.";
    NOT_YET = "{year} 年放假通知尚未公布或尚未导入：跨到 {year} 年的日期均为暂定，导入后会重新推算并列出变化。" | "The notice for {year} is not published or not imported yet: dates that reach into {year} are provisional; they are recomputed and listed once it is imported.";
    YEAR = "年份" | "Year";
    OFF = "放假" | "Days off";
    SHIFTS = "调休上班" | "Make-up days";
    SOURCE = "来源" | "Source";
    DAYS = "{n} 天" | "{n} days";
    NO_SOURCE = "未注明" | "not stated";
    SHOW_ALL = "显示全部 {n} 年" | "Show all {n} years";
    IMPORT = "从文件导入通知" | "Import a notice from a file";
    TYPE = "自己录入通知" | "Type a notice in";
    TYPE_TEXT = "照官方通知逐行填写：日期（可写起止两个）、节日名、放假或上班。" | "One line per stretch: date (or first and last), name, then 放假/off or 上班/work.";
    TYPE_EXAMPLE = "2027-01-01 2027-01-03 元旦 放假\n2027-01-04 元旦 上班" | "2027-01-01 2027-01-03 元旦 off\n2027-01-04 元旦 work";
    LINES = "逐行填写" | "Lines";
    SOURCE_HINT = "官方通知的标题或网址" | "Title or address of the official text";
    LOOK = "看看会怎样" | "See what would change";
    SAME = "与本机已有的通知相同，没有变化。" | "The same as here; nothing changes.";
    BAD_LINE = "第 {n} 行看不懂：“{line}”。请写成“2027-01-01 2027-01-03 元旦 放假”。" | "Line {n} is not understood: “{line}”. Write “2027-01-01 2027-01-03 元旦 off”.";
    BAD_YEAR = "年份请填 2000–2099。" | "The year must be 2000–2099.";
    NO_LINES = "还没有填写任何日期。" | "No dates have been entered.";
    ADOPT = "采用" | "Adopt";
    TITLE_TYPED = "手工录入的放假通知" | "Holiday notice typed in";
}

/// Years shown before somebody asks for all.
const SHOWN: usize = 4;

#[component]
pub fn Holidays() -> impl IntoView {
    let app = use_app();
    let all = RwSignal::new(false);
    let missing = move || {
        let (library, year) = (app.library.get(), app.now.get().year());
        let known = move |year: &i32| library.calendar.notices.iter().any(|notice| notice.year == *year);
        (year..=year + 1).filter(|year| !known(year)).collect::<Vec<i32>>()
    };
    view! {
        <section class="card" id="holidays" tabindex="-1">
            <h2>{tr(TITLE)}</h2>
            <p class="muted small">{tr(TEXT)}</p>
            {move || missing().into_iter().map(|year| view! {
                <p class="why warn" data-missing-year=year.to_string()>{fill(NOT_YET, &[("year", &year.to_string())])}</p>
            }).collect_view()}
            {move || {
                let library = app.library.get();
                let notices = &library.calendar.notices;
                let count = if all.get() { notices.len() } else { SHOWN };
                let rows = notices.iter().rev().take(count).map(row).collect_view();
                let heads = [YEAR, OFF, SHIFTS, SOURCE];
                view! {
                    <div class="scroll gap-top" tabindex="0" role="group" aria-label=tr(TITLE)><table>
                        <thead><tr>{heads.map(|text| view! { <th scope="col">{tr(text)}</th> }).collect_view()}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table></div>
                    {(notices.len() > count).then(|| view! {
                        <button class="quiet" on:click=move |_| all.set(true)>{fill(SHOW_ALL, &[("n", &notices.len().to_string())])}</button>
                    })}
                }
            }}
            <Adopt/>
        </section>
    }
}

fn row(notice: &Notice) -> impl IntoView + use<> {
    let off = notice.days.iter().filter(|day| day.off).count();
    let days = |n: usize| fill(DAYS, &[("n", &n.to_string())]);
    let source = if notice.sources.is_empty() { tr(NO_SOURCE).to_owned() } else { notice.sources.join(" ") };
    view! {
        <tr>
            <th scope="row" class="num">{notice.year}</th>
            <td class="num">{days(off)}</td>
            <td class="num">{days(notice.days.len() - off)}</td>
            <td class="small muted source">{source}</td>
        </tr>
    }
}

/// From a file or typed in; shown first, then adopted.
#[component]
fn Adopt() -> impl IntoView {
    let app = use_app();
    let found = RwSignal::new(Vec::<Change>::new());
    let chosen = RwSignal::new(Vec::<bool>::new());
    let message = RwSignal::new(String::new());
    let outcome = RwSignal::new(Outcome::Nothing);
    let show = move |changes: Vec<Change>| {
        message.try_set(if changes.is_empty() { tr(SAME).to_owned() } else { String::new() });
        chosen.try_set(changes.iter().map(Change::usable).collect());
        found.try_set(changes);
        outcome.try_set(Outcome::Nothing);
    };
    let from_file = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let file = input.files().and_then(|files| files.get(0));
        input.set_value("");
        let Some(file) = file else { return };
        spawn_local(async move {
            match open(app, &file, &|_, _| ()).await {
                Ok(incoming) => show(incoming.changes),
                Err(error) => {
                    found.try_set(Vec::new());
                    message.try_set(error.words());
                }
            }
        });
    };
    let adopt = move |_| {
        let wanted: Vec<(String, String)> = found.with_untracked(|found| {
            chosen.with_untracked(|chosen| {
                let ticked = found.iter().zip(chosen).filter(|(change, ticked)| **ticked && change.usable());
                ticked.map(|(change, _)| (change.key.clone(), change.text.clone())).collect()
            })
        });
        found.set(Vec::new());
        take_force(app, outcome, async move { store_config(app, &wanted).await });
    };
    view! {
        <div class="inline gap-top">
            <label class="btn" for="notice-file">{tr(IMPORT)}
                <input type="file" id="notice-file" class="visually-hidden" accept=".json,application/json" on:change=from_file/>
            </label>
        </div>
        <Typed found message outcome show=Callback::new(show)/>
        <p role="status" class="late-text">{move || message.get()}</p>
        {move || {
            let list = found.get();
            (!list.is_empty()).then(|| view! {
                <Changes list chosen/>
                <div class="actions">
                    <button on:click=move |_| found.set(Vec::new())>{tr(common::CANCEL)}</button>
                    <button class="primary" id="notice-adopt" on:click=adopt>{tr(ADOPT)}</button>
                </div>
            })
        }}
        <OutcomeView outcome/>
    }
}

/// A notice typed in line by line.
#[component]
fn Typed(
    found: RwSignal<Vec<Change>>,
    message: RwSignal<String>,
    outcome: RwSignal<Outcome>,
    show: Callback<Vec<Change>>,
) -> impl IntoView {
    let app = use_app();
    let year = RwSignal::new((app.at_once().year() + 1).to_string());
    let (source, lines) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let look = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        found.set(Vec::new());
        outcome.set(Outcome::Nothing);
        let Some(number) = year.get_untracked().trim().parse::<i32>().ok().filter(|year| (2000..=2099).contains(year))
        else {
            message.set(tr(BAD_YEAR).to_owned());
            return;
        };
        match read_notice(number, &source.get_untracked(), &lines.get_untracked()) {
            Err((line, text)) => message.set(fill(BAD_LINE, &[("n", &line.to_string()), ("line", &text)])),
            Ok(notice) if notice.days.is_empty() => message.set(tr(NO_LINES).to_owned()),
            Ok(notice) => {
                let file = CalendarFile {
                    format: FORMAT.to_owned(),
                    id: format!("typed-{number}"),
                    title: Title { zh: TITLE_TYPED.zh.to_owned(), en: TITLE_TYPED.en.to_owned() },
                    notices: vec![notice],
                };
                // Through the same gate as a file: every fault of the dates is found there.
                match CalendarFile::parse(&file.to_text()) {
                    Ok(file) => show.run(calendar_changes(&file, &app.books(), true)),
                    Err(error) => message.set(crate::i18n::exchange::calendar_error(&error)),
                }
            }
        }
    };
    let input = move |id: &'static str, label: T, hint: Option<T>, value: RwSignal<String>| {
        view! {
            <div class="field">
                <label for=id>{tr(label)}" "{hint.map(|hint| view! { <span class="hint">{tr(hint)}</span> })}</label>
                <input id=id maxlength="300" autocomplete="off" prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
            </div>
        }
    };
    view! {
        <details class="gap-top">
            <summary>{tr(TYPE)}</summary>
            <form on:submit=look>
                <p class="small muted">{tr(TYPE_TEXT)}</p>
                <div class="fields">
                    {input("notice-year", YEAR, None, year)}
                    {input("notice-source", SOURCE, Some(SOURCE_HINT), source)}
                </div>
                <div class="field">
                    <label for="notice-lines">{tr(LINES)}</label>
                    <textarea id="notice-lines" rows="8" placeholder=tr(TYPE_EXAMPLE) prop:value=lines
                        on:input=move |event| lines.set(event_target_value(&event))></textarea>
                </div>
                <button type="submit" id="notice-look">{tr(LOOK)}</button>
            </form>
        </details>
    }
}
