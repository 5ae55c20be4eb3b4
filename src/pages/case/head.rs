//! Top of the case page: number, classes, main actions; then whatever needs attention: conflicts and anomalies.

use leptos::prelude::*;
use serde_json::Value;
use shouwen_core::case::{Anomaly, CHANNEL, CLASS, Case, Command, DUE, FIELD, FOUND, PACKS, STATUS, Status, strings};
use shouwen_core::pack::Pack;

use super::{Seen, emergency};
use crate::components::ReasonDialog;
use crate::i18n::{case as words, clocks, common, fill, intake, role_label, say, time, tr};
use crate::router::Route;
use crate::state::use_app;

#[component]
pub fn Head(seen: Seen) -> impl IntoView {
    let app = use_app();
    let now = app.at_once();
    let (case, pack) = (&seen.case, &seen.book.pack);
    let name = case.text("name");
    let who = if name.is_empty() { tr(common::ANONYMOUS) } else { name };
    let channel =
        pack.channels.iter().find(|one| one.id == case.text(CHANNEL)).map_or_else(String::new, |one| say(&one.label));
    let received = time::moment(case.received_at, now);
    let sub = fill(words::SUB, &[("who", who), ("channel", &channel), ("at", &received), ("first", &case.opened_by)]);
    let chips: Vec<String> = pack
        .axes
        .iter()
        .filter(|axis| !axis.many)
        .flat_map(|axis| {
            case.classes(&axis.id).into_iter().filter_map(|id| axis.class(&id).map(|class| say(&class.label)))
        })
        .collect();
    let status = match case.status() {
        Status::Open => None,
        Status::Closed => Some((common::STATUS_CLOSED, "chip ok")),
        Status::Void => Some((common::STATUS_VOID, "chip")),
    };
    let (closing, reopening, voiding) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let open_items = seen.runs.iter().filter(|run| run.start.is_some() && run.state(now).is_open()).count();
    let close_text = if open_items > 0 {
        fill(words::CLOSE_TEXT, &[("n", &open_items.to_string())])
    } else {
        tr(words::CLOSE_TEXT_NONE).to_owned()
    };
    let active = |plan: &emergency::Plan| matches!(plan.phase(case), emergency::Phase::Active(_));
    let plans = emergency::plans(case, &seen.book);
    let close_text = plans
        .iter()
        .filter(|plan| active(plan))
        .fold(close_text, |text, plan| text + &fill(crate::i18n::emergency::STILL_ACTIVE, &[("title", &plan.title)]));
    let send = move |id: String, make: fn(String) -> Command| {
        Callback::new(move |reason: String| app.dispatch(id.clone(), make(reason), || ()))
    };
    let is_open = case.status() == Status::Open;
    view! {
        <header class="page">
            <div>
                <h1>{case.number.clone()}" "
                    {chips.into_iter().map(|label| view! { <span class="chip acc">{label}</span>" " }).collect_view()}
                    {status.map(|(text, class)| view! { <span class=class>{tr(text)}</span> })}
                </h1>
                <p class="muted num">{sub}</p>
            </div>
            <span class="sp"></span>
            <PrintMenu seen=seen.clone()/>
            {if is_open {
                view! {
                    <button on:click=move |_| voiding.set(true)>{tr(words::VOID)}</button>
                    <button class="primary" on:click=move |_| closing.set(true)>{tr(words::CLOSE)}</button>
                }.into_any()
            } else {
                view! { <button class="primary" on:click=move |_| reopening.set(true)>{tr(words::REOPEN)}</button> }.into_any()
            }}
        </header>
        <ReasonDialog open=closing title=tr(words::CLOSE) text=close_text confirm=words::CLOSE
            then=send(case.id.clone(), |reason| Command::Close { reason })/>
        <ReasonDialog open=reopening title=tr(words::REOPEN) text=tr(words::REOPEN_TEXT) confirm=words::REOPEN
            then=send(case.id.clone(), |reason| Command::Reopen { reason })/>
        <ReasonDialog open=voiding title=tr(words::VOID) text=tr(words::VOID_TEXT) confirm=words::VOID
            then=send(case.id.clone(), |reason| Command::VoidCase { reason })/>
    }
}

#[component]
fn PrintMenu(seen: Seen) -> impl IntoView {
    let link = |form: &str| Route::Print { case: seen.case.id.clone(), form: form.to_owned() }.href();
    let forms: Vec<(String, String)> =
        seen.book.pack.forms.iter().map(|form| (link(&form.id), say(&form.title))).collect();
    let started = |plan: &emergency::Plan| plan.phase(&seen.case) != emergency::Phase::Idle;
    let record = emergency::plans(&seen.case, &seen.book).iter().any(started).then(|| link(emergency::RECORD));
    let file = link("file");
    view! {
        <details class="menu">
            <summary class="btn">{tr(words::PRINT_FORMS)}</summary>
            <ul>
                {forms.into_iter().map(|(href, title)| view! { <li><a href=href>{title}</a></li> }).collect_view()}
                {record.map(|href| view! { <li><a href=href>{tr(crate::i18n::emergency::RECORD)}</a></li> })}
                <li><a href=file>{tr(words::WHOLE_FILE)}</a></li>
            </ul>
        </details>
    }
}

/// Conflicts to resolve, and what does not fit together.
#[component]
pub fn Troubles(seen: Seen) -> impl IntoView {
    let anomalies = anomaly_lines(&seen.case);
    let conflicts: Vec<String> = seen.case.conflicts().into_iter().map(str::to_owned).collect();
    view! {
        {(!conflicts.is_empty()).then(|| view! {
            <section class="card why warn" id="conflicts">
                <h2>{tr(words::CONFLICTS)}</h2>
                <p class="small muted">{tr(words::CONFLICT_TEXT)}</p>
                {conflicts.into_iter().map(|register| view! { <Conflict seen=seen.clone() register/> }).collect_view()}
            </section>
            <div class="gap-top"></div>
        })}
        {(!anomalies.is_empty()).then(|| view! {
            <div class="banner" role="note"><b>{tr(words::ANOMALIES)}</b>
                <ul class="small">{anomalies.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            </div>
        })}
    }
}

/// One register with its values; a person chooses with a reason.
#[component]
pub fn Conflict(seen: Seen, register: String) -> impl IntoView {
    let app = use_app();
    let now = app.at_once();
    let asking = RwSignal::new(false);
    let chosen = StoredValue::new(Value::Null);
    let case_id = seen.case.id.clone();
    let heads = seen.case.registers.get(&register).map(|one| one.heads.clone()).unwrap_or_default();
    let label = register_label(&register, &seen.book.pack);
    let for_send = register.clone();
    let then = Callback::new(move |reason: String| {
        let command = Command::Resolve { register: for_send.clone(), value: chosen.get_value(), reason };
        app.dispatch(case_id.clone(), command, || ());
    });
    view! {
        <div class="gap-top" data-conflict=register.clone()>
            <h3>{label.clone()}</h3>
            <ul class="steps">
                {heads.into_iter().map(|head| {
                    let value = head.value.clone();
                    let by = fill(words::BY_AT, &[("who", &head.by), ("campus", &head.campus), ("at", &time::moment(head.at, now))]);
                    view! {
                        <li class="inline">
                            <b class="pre">{value_words(&register, &head.value, &seen.book.pack)}</b>
                            <span class="small muted">{by}</span><span class="sp"></span>
                            <button on:click=move |_| { chosen.set_value(value.clone()); asking.set(true); }>{tr(words::CHOOSE_THIS)}</button>
                        </li>
                    }
                }).collect_view()}
            </ul>
            <ReasonDialog open=asking title=label text=tr(words::CONFLICT_TEXT) confirm=words::CHOOSE_THIS then/>
        </div>
    }
}

/// What a register is called on screen.
pub fn register_label(register: &str, pack: &Pack) -> String {
    let named = if let Some(id) = register.strip_prefix(FIELD) {
        if id == CHANNEL { Some(tr(intake::CHANNEL).to_owned()) } else { pack.field(id).map(|field| say(&field.label)) }
    } else if let Some(id) = register.strip_prefix(CLASS) {
        pack.axis(id).map(|axis| say(&axis.label))
    } else if let Some(id) = register.strip_prefix(FOUND) {
        pack.findings.iter().find(|one| one.id == id).map(|one| say(&one.label))
    } else if let Some(id) = register.strip_prefix(DUE) {
        pack.clock(id).map(|clock| say(&clock.label))
    } else if register == STATUS {
        Some(tr(STATUS_LABEL).to_owned())
    } else if register == PACKS {
        Some(tr(common::PACKS).to_owned())
    } else {
        None
    };
    named.unwrap_or_else(|| register.to_owned())
}

/// A register's value in words.
pub fn value_words(register: &str, value: &Value, pack: &Pack) -> String {
    if let Some(axis) = register.strip_prefix(CLASS).and_then(|id| pack.axis(id)) {
        let labels: Vec<String> = strings(Some(value))
            .iter()
            .map(|id| axis.class(id).map_or_else(|| id.clone(), |class| say(&class.label)))
            .collect();
        return if labels.is_empty() { tr(common::NONE).to_owned() } else { labels.join("、") };
    }
    if let Some(finding) = register.strip_prefix(FOUND).and_then(|id| pack.findings.iter().find(|one| one.id == id)) {
        let id = value.as_str().unwrap_or_default();
        return finding.options.iter().find(|one| one.id == id).map_or_else(|| id.to_owned(), |one| say(&one.label));
    }
    if register == STATUS {
        return tr(match value.as_str() {
            Some("closed") => common::STATUS_CLOSED,
            Some("void") => common::STATUS_VOID,
            _ => common::STATUS_OPEN,
        })
        .to_owned();
    }
    let field = register.strip_prefix(FIELD).unwrap_or(register);
    field_words(field, value, pack)
}

/// A field's value in words: options by their labels, yes and no, dates as people write them.
pub fn field_words(field: &str, value: &Value, pack: &Pack) -> String {
    let options = pack.field(field).map(|field| field.options.as_slice()).unwrap_or_default();
    let options = if field == CHANNEL { pack.channels.as_slice() } else { options };
    let option =
        |id: &str| options.iter().find(|one| one.id == id).map_or_else(|| id.to_owned(), |one| say(&one.label));
    match value {
        Value::Null => tr(common::NONE).to_owned(),
        Value::Bool(yes) => tr(if *yes { common::YES } else { common::NO }).to_owned(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(option).collect::<Vec<_>>().join("、"),
        Value::String(text) => match shouwen_core::time::parse(text) {
            Some(at) if options.is_empty() => time::exact(at),
            _ => option(text),
        },
        Value::Object(members) => members_words(members, pack),
        other => other.to_string(),
    }
}

/// Who takes which part in a group: `组长：张三、联络：李四`.
pub fn members_words(members: &serde_json::Map<String, Value>, pack: &Pack) -> String {
    let one =
        |(role, name): (&String, &Value)| format!("{}：{}", role_label(pack, role), name.as_str().unwrap_or_default());
    members.iter().map(one).collect::<Vec<_>>().join("、")
}

fn anomaly_lines(case: &Case) -> Vec<String> {
    let newer = case.anomalies.iter().filter(|one| matches!(one, Anomaly::NotUnderstood { .. })).count();
    let mut lines: Vec<String> = case
        .anomalies
        .iter()
        .filter_map(|one| match one {
            Anomaly::NoOpening => Some(words::A_NO_OPENING),
            Anomaly::OpenedTwice { .. } => Some(words::A_TWICE),
            Anomaly::BeforeReceipt { .. } => Some(words::A_BEFORE),
            Anomaly::AfterClosing { .. } => Some(words::A_AFTER),
            Anomaly::ClockDrift { .. } => Some(words::A_DRIFT),
            Anomaly::NotUnderstood { .. } => None,
        })
        .map(|text| tr(text).to_owned())
        .collect();
    lines.dedup();
    if newer > 0 {
        lines.push(fill(words::A_NEWER, &[("n", &newer.to_string())]));
    }
    lines
}

crate::texts! {
    STATUS_LABEL = "状态" | "State";
}

/// The clock's name by id.
pub fn clock_label(pack: &Pack, id: &str) -> String {
    pack.clock(id)
        .map_or_else(|| id.to_owned(), |clock| format!("{}（{}）", say(&clock.label), clocks::kind_word(clock.kind)))
}
