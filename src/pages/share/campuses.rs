//! Headquarters' overview: every campus with its cases, overdue limits, gaps and the age of its last file.

use leptos::prelude::*;

use super::{Desk, Working};
use crate::exchange::{CampusLine, overview};
use crate::i18n::{exchange as words, fill, time, tr};
use crate::state::use_app;

crate::texts! {
    TITLE = "各校区" | "Campuses";
    WORKING = "正在清点记录…" | "Counting the entries…";
    EMPTY_TITLE = "还没有任何校区的案件" | "No campus has cases here yet";
    EMPTY = "请校区在“导出与交换”里导出全部，把文件发给您，再拖到下面的“导入”里。" | "Ask the campuses for an export, then drop their files below under Import.";
    CAMPUS = "校区" | "Campus";
    CASES = "案件" | "Cases";
    OPEN = "办理中" | "Open";
    OVERDUE = "超期事项" | "Overdue";
    CONFLICTS = "冲突" | "Conflicts";
    LAST_FILE = "最近收到文件" | "Last file";
    MISSING = "缺失" | "Missing";
    OWN = "本机" | "this desk";
    NEVER = "未直接收到" | "none directly";
    SILENT = "{n} 天没有消息，请联系" | "silent for {n} days, please ask";
    COMPLETE = "完整" | "complete";
    MISSING_N = "缺 {n} 条" | "{n} missing";
    GAPS = "需要补交" | "To be sent again";
    GAPS_TEXT = "中间的记录没有收到，这些案件可能不完整。收到补交的文件并导入后，缺口自动补上。" | "Entries in between have not arrived; some cases may be incomplete. Importing a further file fills the gaps.";
    DOUBLED = "{campus}：设备 {device} 的第 {n} 条有两份不同内容，可能整个浏览器资料被复制或还原过。两份都已保留，请核对相关案件。" | "{campus}: device {device} has two different entries number {n}, probably from a copied or restored profile. Both are kept; check the cases.";
    DEVICE = "设备 {device}" | "device {device}";
}

#[component]
pub fn Campuses(desk: Desk) -> impl IntoView {
    let app = use_app();
    let lines = Memo::new(move |_| {
        let survey = desk.survey.get().unwrap_or_default();
        let own = app.actor.with(|actor| actor.campus.clone());
        let now = app.now.get();
        app.rows.with(|rows| {
            desk.ledger.with(|ledger| overview(rows.values().map(|row| &**row), ledger, &survey, &own, now))
        })
    });
    view! {
        <section class="card" id="campuses">
            <h2>{tr(TITLE)}</h2>
            <Working label=tr(WORKING) progress=desk.walking/>
            {move || {
                let lines = lines.get();
                if lines.is_empty() {
                    return view! { <div class="empty"><h3>{tr(EMPTY_TITLE)}</h3><p>{tr(EMPTY)}</p></div> }.into_any();
                }
                let now = app.at_once();
                let rows = lines.iter().map(|line| row(line, now)).collect_view();
                let heads = [CAMPUS, CASES, OPEN, OVERDUE, CONFLICTS, LAST_FILE, MISSING];
                view! {
                    <div class="scroll" tabindex="0" role="group" aria-label=tr(TITLE)><table class="campuses">
                        <thead><tr>{heads.map(|text| view! { <th scope="col">{tr(text)}</th> }).collect_view()}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table></div>
                    {gaps(&lines)}
                }.into_any()
            }}
        </section>
    }
}

fn row(line: &CampusLine, now: shouwen_core::time::Civil) -> impl IntoView + use<> {
    let missing: u64 = line.gaps.iter().map(|gap| gap.to - gap.from + 1).sum();
    let heard = match (line.own, line.last_file) {
        (true, _) => tr(OWN).to_owned(),
        (false, Some(at)) => time::ago(at, now),
        (false, None) => tr(NEVER).to_owned(),
    };
    let silent = line.silent.map(|days| fill(SILENT, &[("n", &days.to_string())]));
    let number = |count: usize, class: &'static str| match count {
        0 => view! { <span class="muted">"0"</span> }.into_any(),
        _ => view! { <span class=class>{count}</span> }.into_any(),
    };
    view! {
        <tr class:late=line.overdue.gt(&0)>
            <th scope="row">{line.campus.clone()}</th>
            <td class="num">{number(line.cases, "")}</td>
            <td class="num">{number(line.open, "")}</td>
            <td class="num">{number(line.overdue, "chip late")}</td>
            <td class="num">{number(line.conflicts, "chip soon")}</td>
            <td>{heard}{silent.map(|text| view! { " "<span class="chip soon">{text}</span> })}</td>
            <td>{match missing {
                0 => view! { <span class="chip ok">{tr(COMPLETE)}</span> }.into_any(),
                n => view! { <span class="chip late">{fill(MISSING_N, &[("n", &n.to_string())])}</span> }.into_any(),
            }}</td>
        </tr>
    }
}

/// What to ask which campus for.
fn gaps(lines: &[CampusLine]) -> Option<AnyView> {
    let doubled: Vec<String> = lines
        .iter()
        .flat_map(|line| {
            line.doubled.iter().map(|(device, number)| {
                fill(DOUBLED, &[("campus", &line.campus), ("device", device), ("n", &number.to_string())])
            })
        })
        .collect();
    let asked: Vec<(String, String, String)> = lines
        .iter()
        .flat_map(|line| {
            line.gaps.iter().map(|gap| {
                let numbers = words::numbers(gap.from, gap.to);
                let ask = fill(words::GAP_ASK, &[("numbers", &numbers), ("campus", &line.campus)]);
                (line.campus.clone(), ask, fill(DEVICE, &[("device", &gap.device)]))
            })
        })
        .collect();
    if asked.is_empty() && doubled.is_empty() {
        return None;
    }
    Some(
        view! {
            <div class="why warn gap-top" id="gaps">
                <h3>{tr(GAPS)}</h3>
                <p class="small muted">{tr(GAPS_TEXT)}</p>
                <ul>
                    {asked.into_iter().map(|(campus, ask, device)| view! {
                        <li><b>{campus}</b>"："{ask}" "<span class="small muted">"("{device}")"</span></li>
                    }).collect_view()}
                    {doubled.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}
                </ul>
            </div>
        }
        .into_any(),
    )
}
