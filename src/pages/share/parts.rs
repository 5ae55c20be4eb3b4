//! Small pieces that the cards of exchange and settings share: progress, and due times before and after.

use leptos::prelude::*;

use crate::exchange::DueChange;
use crate::i18n::{common, fill, time, tr};
use crate::router::Route;

crate::texts! {
    DUE_NONE = "所有未完成事项的到期时间都没有变化。" | "No due time of an open item has changed.";
    DUE_SOME = "{n} 个未完成事项的到期时间有变化：" | "{n} due times of open items have changed:";
    DUE_SETTLED = "另有 {n} 个日期不变，但“暂定”标记有变化。" | "{n} dates stayed, but are no longer (or newly) provisional.";
    DUE_MORE = "还有 {n} 个，请在案件中查看。" | "{n} more; see the cases.";
    CASE = "案件" | "Case";
    CLOCK = "时限" | "Limit";
    BEFORE = "原来" | "Before";
    AFTER = "现在" | "Now";
    NO_DATE = "无日期" | "no date";
}

/// Lines shown of a long list.
const SHOWN: usize = 100;

/// A progress bar with words, while there is something to wait for.
#[component]
pub fn Working(#[prop(into)] label: String, progress: RwSignal<Option<(u32, u32)>>) -> impl IntoView {
    let label = StoredValue::new(label);
    view! {
        {move || progress.get().map(|(done, total)| {
            let numbers = if total > 0 { format!(" {done} / {total}") } else { String::new() };
            // Without a number the bar only shows that something is going on.
            let value = (total > 0).then(|| done.to_string());
            view! {
                <div class="working" role="status">
                    <p class="small muted num">{label.get_value()}{numbers}</p>
                    <progress max=total.max(1).to_string() value=value aria-label=label.get_value()></progress>
                </div>
            }
        })}
    }
}

/// Due times before and after a change of rules, calendars or timetables.
#[component]
pub fn DueList(changes: Vec<DueChange>, now: shouwen_core::time::Civil) -> impl IntoView {
    let settled = changes.iter().filter(|one| one.settled).count();
    let moved: Vec<DueChange> = changes.into_iter().filter(|one| !one.settled).collect();
    if moved.is_empty() && settled == 0 {
        return view! { <p class="small muted">{tr(DUE_NONE)}</p> }.into_any();
    }
    let more = moved.len().saturating_sub(SHOWN);
    let count = moved.len();
    let date = move |at: Option<shouwen_core::time::Civil>| {
        at.map_or_else(|| tr(NO_DATE).to_owned(), |at| time::moment(at, now))
    };
    let rows = moved.into_iter().take(SHOWN).map(|one| view! {
        <tr>
            <td><a href=Route::Case(one.case).href()>{one.number}</a></td>
            <td>{one.clock}</td>
            <td class="num">{date(one.before)}</td>
            <td class="num"><b>{date(one.after)}</b>
                {one.provisional.then(|| view! { " "<span class="chip soon">{tr(common::PROVISIONAL)}</span> })}</td>
        </tr>
    });
    view! {
        <div class="due-list" role="status">
            {(count > 0).then(|| view! {
                <p>{fill(DUE_SOME, &[("n", &count.to_string())])}</p>
                <div class="scroll" tabindex="0"><table>
                    <thead><tr><th>{tr(CASE)}</th><th>{tr(CLOCK)}</th><th>{tr(BEFORE)}</th><th>{tr(AFTER)}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table></div>
            })}
            {(more > 0).then(|| view! { <p class="small muted">{fill(DUE_MORE, &[("n", &more.to_string())])}</p> })}
            {(settled > 0).then(|| view! { <p class="small muted">{fill(DUE_SETTLED, &[("n", &settled.to_string())])}</p> })}
        </div>
    }
    .into_any()
}
