//! Buttons that put due times into a person's own calendar program, with what to do there.
//! Must not choose entries (`exchange` does).

use leptos::prelude::*;

use crate::exchange::{Calendar, Whose, export_calendar};
use crate::i18n::{T, fill, tr};
use crate::state::{App, use_app};

/// For one case.
#[component]
pub fn CaseCalendar(id: String) -> impl IntoView {
    view! {
        <details class="small gap-top" data-calendar="case">
            <summary>{tr(ADD)}</summary>
            {how()}
            <p class="gap-top">{button(use_app(), Whose::Case(id), SAVE_CASE, "primary")}</p>
        </details>
    }
}

/// For the desk: mine, or everything.
#[component]
pub fn DeskCalendar() -> impl IntoView {
    let app = use_app();
    let scope = tr(if app.is_hq() { EVERYWHERE } else { HERE });
    view! {
        <details class="group" data-calendar="desk">
            <summary>{tr(ADD)}</summary>
            {how()}
            <p class="small muted">{fill(MINE_MEANS, &[("scope", scope)])}</p>
            <p class="gap-top">
                {button(app, Whose::Mine, SAVE_MINE, "primary")}" "
                {button(app, Whose::All, SAVE_ALL, "")}
            </p>
        </details>
    }
}

fn how() -> impl IntoView {
    view! { <p class="small">{tr(HOW)}</p><p class="small muted">{tr(PRIVATE)}</p> }
}

fn button(app: App, whose: Whose, text: T, class: &'static str) -> AnyView {
    let save = move |_| {
        let whose = whose.clone();
        leptos::task::spawn_local(async move {
            match export_calendar(app, &whose).await {
                Some(saved) => app.say(told(&saved)),
                None => app.say(tr(NOTHING)),
            }
        });
    };
    view! { <button type="button" class=class on:click=save>{tr(text)}</button> }.into_any()
}

fn told(saved: &Calendar) -> String {
    let [open, cancelled, left_out] = [saved.open, saved.cancelled, saved.left_out].map(|count| count.to_string());
    let mut words = fill(SAVED, &[("file", &saved.file), ("open", &open), ("cancelled", &cancelled)]);
    if saved.left_out > 0 {
        words.push_str(&fill(LEFT_OUT, &[("n", &left_out)]));
    }
    words
}

crate::texts! {
    ADD = "加入日历 (.ics)" | "Add to a calendar (.ics)";
    HOW = "把文件导入手机或电脑的日历（最好单独建一个），到期前会提醒；谷歌日历按它自己的设置提醒。时限有变或办结后重新保存、再导入同一日历：原有日程会更新，办结的会取消，多数日历将其移除或划掉。" | "Import the file into the calendar of a phone or computer (best one of its own); it rings before a due time, in Google by its own settings. After changes save and import again: entries are updated, and what is done is cancelled, which most calendars remove or cross out.";
    PRIVATE = "日程只写编号和事项，不含投诉人的姓名、电话和诉求。" | "Entries name the case number and the obligation, nothing about the complainant.";
    MINE_MEANS = "“我的”指：您首问的案件的全部时限，以及{scope}由您的岗位负责的时限。" | "“Mine”: every limit of cases you registered, and those your role has to meet {scope}.";
    HERE = "本校区" | "at this campus";
    EVERYWHERE = "各校区" | "at all campuses";
    SAVE_CASE = "保存本案的日历文件" | "Save this case’s calendar file";
    SAVE_MINE = "保存我的时限" | "Save mine";
    SAVE_ALL = "保存全部时限" | "Save all";
    SAVED = "已交给浏览器保存 {file}：{open} 项未完成，{cancelled} 项取消。" | "Handed to the browser: {file}, {open} open, {cancelled} cancelled.";
    LEFT_OUT = "文件装满了，另有 {n} 项较远的没有写入。" | " The file is full; {n} further ones were left out.";
    NOTHING = "没有带到期时间的事项，没有保存文件。" | "Nothing has a due time; no file was saved.";
}
