//! What went out and came in, newest first.

use leptos::prelude::*;

use super::Desk;
use crate::i18n::{T, fill, time, tr};
use crate::state::{LedgerRow, use_app};

crate::texts! {
    TITLE = "往来记录" | "History";
    EMPTY = "还没有导出或导入过文件。" | "No file has gone out or come in yet.";
    WHEN = "时间" | "Time";
    WHAT = "事项" | "What";
    FILE = "文件" | "File";
    CAMPUS = "校区" | "Campus";
    EVENTS = "记录数" | "Entries";
    SHOW_ALL = "显示全部 {n} 条" | "Show all {n}";

    K_EXPORT_FULL = "导出全部" | "Exported everything";
    K_EXPORT_FULL_BARE = "导出全部（不含附件）" | "Exported everything, without attachments";
    K_EXPORT_DELTA = "导出新增" | "Exported what was new";
    K_MASKED = "导出遮盖副本" | "Exported a masked copy";
    K_VERIFY = "读回核对：一致" | "Read back: identical";
    K_IMPORT = "导入案件（新增 {n} 条）" | "Imported cases ({n} new entries)";
    K_ACK_OUT = "发出回执" | "Receipt sent";
    K_ACK_IN = "收到回执" | "Receipt received";
    K_CONFIG_OUT = "下发制度与日历" | "Rules sent";
    K_CONFIG_IN = "采用制度与日历" | "Rules adopted";
    K_CSV = "导出台账表格" | "Table of the register";
    K_QUARANTINE = "导出隔离内容" | "Set-aside texts saved";
}

/// Rows shown before somebody asks for all.
const SHOWN: usize = 30;

#[component]
pub fn History(desk: Desk) -> impl IntoView {
    let now = use_app().at_once();
    let all = RwSignal::new(false);
    view! {
        <section class="card" id="history">
            <h2>{tr(TITLE)}</h2>
            {move || {
                let ledger = desk.ledger.get();
                if ledger.is_empty() {
                    return view! { <p class="muted">{tr(EMPTY)}</p> }.into_any();
                }
                let count = if all.get() { ledger.len() } else { SHOWN };
                let rows = ledger.iter().rev().take(count).map(|row| line(row, now)).collect_view();
                view! {
                    <div class="scroll" tabindex="0" role="group" aria-label=tr(TITLE)><table>
                        <thead><tr><th>{tr(WHEN)}</th><th>{tr(WHAT)}</th><th>{tr(CAMPUS)}</th><th>{tr(EVENTS)}</th><th>{tr(FILE)}</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table></div>
                    {(ledger.len() > count).then(|| view! {
                        <button class="quiet" on:click=move |_| all.set(true)>{fill(SHOW_ALL, &[("n", &ledger.len().to_string())])}</button>
                    })}
                }.into_any()
            }}
        </section>
    }
}

fn line(row: &LedgerRow, now: shouwen_core::time::Civil) -> impl IntoView + use<> {
    view! {
        <tr>
            <td class="num nowrap">{time::moment(row.at, now)}</td>
            <td>{what(row)}</td>
            <td>{row.campus.clone()}</td>
            <td class="num">{row.events}</td>
            <td class="small">{row.file.clone()}</td>
        </tr>
    }
}

/// What a ledger row says in words. An unknown kind of a newer build is shown as it is.
fn what(row: &LedgerRow) -> String {
    let fixed: &[(&str, T)] = &[
        ("masked", K_MASKED),
        ("verify", K_VERIFY),
        ("ack_out", K_ACK_OUT),
        ("ack_in", K_ACK_IN),
        ("config_out", K_CONFIG_OUT),
        ("config_in", K_CONFIG_IN),
        ("csv", K_CSV),
        ("quarantine", K_QUARANTINE),
    ];
    match row.kind.as_str() {
        "export" => tr(match row.note.as_str() {
            "full" | "" => K_EXPORT_FULL,
            "full_bare" => K_EXPORT_FULL_BARE,
            _ => K_EXPORT_DELTA,
        })
        .to_owned(),
        "import" => {
            let counted = row.note.trim_start_matches('+').to_owned();
            fill(K_IMPORT, &[("n", &if counted.is_empty() { row.events.to_string() } else { counted })])
        }
        kind => {
            fixed.iter().find(|(id, _)| *id == kind).map_or_else(|| kind.to_owned(), |(_, text)| tr(*text).to_owned())
        }
    }
}
