//! What taking a notice in, or going back to another, would change: days, remarks, due times before and after.
//! Must not store anything itself.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::calendar::Notice;
use shouwen_core::calendar::import::differences;

use super::OutcomeView;
use super::calendar::{Preview, day_lines};
use crate::exchange::{Coming, DueChange, trial};
use crate::i18n::{common, fill, notices as words, tr};
use crate::pages::share::DueList;
use crate::state::use_app;

crate::texts! {
    LEGEND = "将要采用" | "To be adopted";
    NEW = "{year} 年：新的通知，放假 {off} 天，调休上班 {work} 天" | "{year}: a new notice, {off} days off, {work} make-up days";
    REPLACES = "{year} 年：替换本机已有的通知，{n} 个日期不同" | "{year}: replaces the notice in force; {n} dates differ";
    SUPPLEMENTS = "{year} 年：补充或更正本机已有的通知，{n} 个日期不同" | "{year}: supplements the notice in force; {n} dates differ";
    REMOVED = "{year} 年：不再有通知，恢复为按法定节日推算（暂定）" | "{year}: no notice any more; provisional again, by law";
    PARTIAL = "不完整：没有列出的日期仍按法定节日推算，保持暂定。" | "Incomplete: dates that it does not name follow the law and stay provisional.";
    DOUBTFUL = "原文前后不一致，没有替您勾选。请先核对下面的提示。" | "The text contradicts itself and is not ticked. Look at the remarks first.";
    DIFFERENT = "不同的日期" | "Dates that differ";
    DAYS = "全部日期" | "All dates";
    REMARKS = "检查提示 {n} 条" | "{n} remarks";
    EFFECT = "对未完成事项的影响" | "What it does to open items";
    COMPUTING = "正在推算…" | "Computing…";
    NOTHING_TICKED = "没有勾选，不会采用任何内容。" | "Nothing is ticked; nothing will be adopted.";
    ADOPT = "确认采用" | "Adopt";
}

/// Dates of a comparison shown at most.
const SHOWN: usize = 60;

#[component]
pub fn Confirm(preview: Preview) -> impl IntoView {
    let shown = move || {
        let (words, bad) = preview.said.get();
        (!words.is_empty()).then(|| view! { <p role=if bad { "alert" } else { "status" } class=if bad { "late-text" } else { "" } id="notice-said">{words}</p> })
    };
    let body = move || {
        let list = preview.list.get();
        (!list.is_empty()).then(|| view! { <Body preview list/> })
    };
    view! {
        {shown}
        {body}
        <OutcomeView outcome=preview.outcome/>
    }
}

#[component]
fn Body(preview: Preview, list: Vec<Coming>) -> impl IntoView {
    let app = use_app();
    let chosen = RwSignal::new(list.iter().map(|one| !one.doubtful).collect::<Vec<bool>>());
    let list = StoredValue::new(list);
    let ticked = move || {
        let chosen = chosen.get();
        list.with_value(|list| {
            list.iter().zip(chosen).filter(|(_, on)| *on).map(|(one, _)| one.clone()).collect::<Vec<Coming>>()
        })
    };
    let effect = RwSignal::new(None::<Result<Vec<DueChange>, String>>);
    // Ticking while a computation runs: only the latest one counts.
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let wanted = ticked();
        effect.set(None);
        let mine = turn.get_value() + 1;
        turn.set_value(mine);
        spawn_local(async move {
            let result = trial(app, &wanted).await.map_err(|error| error.words());
            if turn.try_get_value() == Some(mine) {
                effect.try_set(Some(result));
            }
        });
    });
    let remarks = preview.remarks.get_untracked();
    let remark_count = remarks.len();
    let rows =
        list.with_value(|list| list.iter().enumerate().map(|(index, one)| item(one, index, chosen)).collect_view());
    let none = move || chosen.with(|chosen| chosen.iter().all(|on| !on));
    let blocked = move || none() || !matches!(effect.get(), Some(Ok(_)));
    let adopt = move |_| preview.adopt(app, untrack(ticked));
    view! {
        <div class="incoming" id="notice-preview">
            <fieldset class="changes">
                <legend>{tr(LEGEND)}</legend>
                <ul class="plain">{rows}</ul>
            </fieldset>
            {(!remarks.is_empty()).then(|| view! {
                <details open=remark_count < 16 id="notice-remarks"><summary>{fill(REMARKS, &[("n", &remark_count.to_string())])}</summary>
                    <ul class="small">{remarks.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul></details>
            })}
            <h3>{tr(EFFECT)}</h3>
            <div id="notice-effect">{move || match effect.get() {
                _ if none() => view! { <p class="small muted">{tr(NOTHING_TICKED)}</p> }.into_any(),
                None => view! { <p role="status" class="muted">{tr(COMPUTING)}</p> }.into_any(),
                Some(Err(words)) => view! { <p role="alert" class="late-text">{words}</p> }.into_any(),
                Some(Ok(changes)) => view! { <DueList changes now=app.at_once()/> }.into_any(),
            }}</div>
            <div class="actions">
                <button type="button" on:click=move |_| preview.clear()>{tr(common::CANCEL)}</button>
                <button type="button" class="primary" id="notice-adopt" disabled=blocked on:click=adopt>{tr(ADOPT)}</button>
            </div>
        </div>
    }
}

/// One year of it.
fn item(one: &Coming, index: usize, chosen: RwSignal<Vec<bool>>) -> AnyView {
    let year = one.year.to_string();
    let differing = match (&one.before, &one.after) {
        (Some(before), Some(after)) => differences(before, after),
        _ => Vec::new(),
    };
    let number = differing.len().to_string();
    let count = |notice: &Notice, off: bool| notice.days.iter().filter(|day| day.off == off).count().to_string();
    let label = match (&one.before, &one.after) {
        (_, None) => fill(REMOVED, &[("year", &year)]),
        (None, Some(after)) => {
            fill(NEW, &[("year", &year), ("off", &count(after, true)), ("work", &count(after, false))])
        }
        (Some(_), Some(_)) => {
            fill(if one.supplements { SUPPLEMENTS } else { REPLACES }, &[("year", &year), ("n", &number)])
        }
    };
    let tick = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| {
            if let Some(one) = chosen.get_mut(index) {
                *one = on;
            }
        });
    };
    let partial = one.after.as_ref().is_some_and(|after| after.partial);
    let warnings = [(one.doubtful, DOUBTFUL), (partial, PARTIAL)].into_iter().filter(|(on, _)| *on);
    let lines = one.after.as_ref().map(|after| words::by_festival(&after.days)).unwrap_or_default();
    view! {
        <li data-coming=year>
            <label class="check">
                <input type="checkbox" prop:checked=move || chosen.with(|chosen| chosen.get(index).copied().unwrap_or_default()) on:change=tick/>
                <span>{label}</span>
            </label>
            {warnings.map(|(_, text)| view! { <p class="why warn">{tr(text)}</p> }).collect_view()}
            {(!differing.is_empty()).then(|| view! {
                <details class="small" open=differing.len() < 12><summary>{tr(DIFFERENT)}</summary>
                    <ul>{differing.iter().take(SHOWN).map(|one| view! { <li>{words::difference(one)}</li> }).collect_view()}</ul></details>
            })}
            {(!lines.is_empty()).then(|| view! { <details class="small"><summary>{tr(DAYS)}</summary>{day_lines(lines)}</details> })}
        </li>
    }
    .into_any()
}
