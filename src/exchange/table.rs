//! The register as a table for spreadsheets. Must not compute what the register's rows do not say.

use std::collections::BTreeMap;
use std::sync::Arc;

use shouwen_bundle::container::MASK;
use shouwen_bundle::csv::csv;
use shouwen_core::clock::State;
use shouwen_core::order::Order;
use shouwen_core::register::Summary;
use shouwen_core::time::Civil;

use crate::i18n::{common, say, time, tr};
use crate::state::Library;

crate::texts! {
    NUMBER = "编号" | "Number";
    RECEIVED = "接到时间" | "Received";
    CAMPUS = "校区" | "Campus";
    NAME = "姓名" | "Name";
    PHONE = "电话" | "Phone";
    CHANNEL = "渠道" | "Channel";
    HEADLINE = "内容摘要" | "What happened";
    RULES = "适用制度" | "Rules";
    STATUS = "状态" | "Status";
    NEXT_DUE = "下一到期" | "Next due";
    OVERDUE = "已超期项数" | "Overdue";
    MET_LATE = "超期完成项数" | "Met late";
    OPEN_ITEMS = "未完成项数" | "Open items";
    CONFLICTS = "冲突数" | "Conflicts";
    FIRST_ASKED = "首问人" | "Registered by";
    UPDATED = "最后更新" | "Last entry";
}

/// The table's text. `masked`: without names, phone numbers and what happened.
pub fn register_csv(rows: &BTreeMap<String, Arc<Summary>>, library: &Library, now: Civil, masked: bool) -> String {
    let axes = axes(rows, library);
    let mut table = vec![head(&axes)];
    let mut sorted: Vec<&Arc<Summary>> = rows.values().collect();
    sorted.order_by(|a, b| (a.received_at, &a.number).cmp(&(b.received_at, &b.number)));
    table.extend(sorted.into_iter().map(|row| line(row, library, &axes, now, masked)));
    csv(&table)
}

/// Axes on which any case has a class: id and name, in the order of ids.
fn axes(rows: &BTreeMap<String, Arc<Summary>>, library: &Library) -> BTreeMap<String, String> {
    let mut axes = BTreeMap::new();
    for row in rows.values() {
        for axis in row.classes.keys().filter(|axis| !axes.contains_key(*axis)).cloned().collect::<Vec<_>>() {
            let book = library.of_row(row);
            let label = book.and_then(|book| book.pack.axis(&axis).map(|one| say(&one.label)));
            axes.insert(axis.clone(), label.unwrap_or(axis));
        }
    }
    axes
}

fn head(axes: &BTreeMap<String, String>) -> Vec<String> {
    let texts = |list: &[crate::i18n::T]| list.iter().map(|text| tr(*text).to_owned()).collect::<Vec<_>>();
    let mut head = texts(&[NUMBER, RECEIVED, CAMPUS, NAME, PHONE, CHANNEL, HEADLINE, RULES]);
    head.extend(axes.values().cloned());
    head.extend(texts(&[STATUS, NEXT_DUE, OVERDUE, MET_LATE, OPEN_ITEMS, CONFLICTS, FIRST_ASKED, UPDATED]));
    head
}

fn line(row: &Summary, library: &Library, axes: &BTreeMap<String, String>, now: Civil, masked: bool) -> Vec<String> {
    let pack = library.of_row(row);
    let pack = pack.as_ref().map(|book| &book.pack);
    let personal = |text: &str| if masked && !text.is_empty() { MASK.to_owned() } else { text.to_owned() };
    let channel = pack
        .and_then(|pack| pack.channels.iter().find(|one| one.id == row.channel))
        .map_or_else(|| row.channel.clone(), |one| say(&one.label));
    let mut cells = vec![
        row.number.clone(),
        time::exact(row.received_at),
        row.campus.clone(),
        personal(&row.name),
        personal(&row.phone),
        channel,
        personal(&row.headline),
        pack.map_or_else(String::new, |pack| say(&pack.title)),
    ];
    cells.extend(axes.keys().map(|axis| classes(row, axis, pack)));
    let hard = |wanted: State| row.clocks.iter().filter(|one| !one.is_soft() && one.state(now) == wanted).count();
    let open = row.clocks.iter().filter(|one| one.state(now).is_open()).count();
    let (overdue, open) = if row.is_open() { (hard(State::Overdue), open) } else { (0, 0) };
    cells.extend([
        status(&row.status).to_owned(),
        row.next_due(now).filter(|_| row.is_open()).map_or_else(String::new, time::exact),
        overdue.to_string(),
        hard(State::MetLate).to_string(),
        open.to_string(),
        row.conflicts.len().to_string(),
        personal(&row.opened_by),
        time::exact(row.updated_at),
    ]);
    cells
}

fn classes(row: &Summary, axis: &str, pack: Option<&shouwen_core::pack::Pack>) -> String {
    let axis_of = pack.and_then(|pack| pack.axis(axis));
    let label =
        |id: &String| axis_of.and_then(|axis| axis.class(id)).map_or_else(|| id.clone(), |class| say(&class.label));
    row.classes.get(axis).map(|ids| ids.iter().map(label).collect::<Vec<_>>().join("、")).unwrap_or_default()
}

fn status(word: &str) -> &'static str {
    match word {
        "closed" => tr(common::STATUS_CLOSED),
        "void" => tr(common::STATUS_VOID),
        _ => tr(common::STATUS_OPEN),
    }
}
