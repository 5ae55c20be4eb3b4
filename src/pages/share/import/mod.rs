//! Taking files in: choose or drop, look at what would happen, confirm, answer with a receipt.
//! Must not store anything before the person has confirmed.

mod done;
mod preview;

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::order::Order;
use wasm_bindgen::JsCast;
use web_sys::{File, FileList, HtmlInputElement};

use super::Working;
use crate::exchange::{Applied, Incoming, apply, open};
use crate::i18n::{common, fill, tr};
use crate::state::{App, use_app};

crate::texts! {
    TITLE = "导入" | "Import";
    TEXT = "案件包、回执、总部下发的制度与日历，都从这里导入。先给您看会发生什么，确认后才写入。" | "Cases, receipts, rules and calendars from headquarters all come in here. You see first what would happen; nothing is written before you confirm.";
    DROP = "把文件拖到这里，或" | "Drop files here, or";
    CHOOSE = "选择文件" | "choose files";
    READING = "正在读取 {file}" | "Reading {file}";
    APPLYING = "正在导入 {file}" | "Taking in {file}";
    ALL = "全部导入（{n} 个文件）" | "Import all ({n} files)";
    CONFIRM = "确认导入" | "Import";
    DISMISS = "收起" | "Dismiss";
    FAILED = "没有导入：{file}" | "Not imported: {file}";
    UNTOUCHED = "本机数据没有任何改动。" | "Nothing on this computer was changed.";
    CANCELLED = "已取消：{file}。没有写入任何内容。" | "Cancelled: {file}. Nothing was written.";
}

/// How far a chosen file is.
#[derive(Clone)]
enum State {
    Reading,
    Ready(Arc<Incoming>),
    Applying,
    Failed(String),
    Done(Arc<Applied>),
    Cancelled,
}

/// One chosen file.
#[derive(Clone, Copy)]
struct Slot {
    number: u32,
    file: StoredValue<String>,
    state: RwSignal<State>,
    progress: RwSignal<Option<(u32, u32)>>,
    /// Which of the file's rules and values are to be adopted.
    chosen: RwSignal<Vec<bool>>,
}

/// The files of this visit, newest first.
type Slots = RwSignal<Vec<Slot>>;

#[component]
pub fn ImportCard() -> impl IntoView {
    let app = use_app();
    let slots: Slots = RwSignal::new(Vec::new());
    let over = RwSignal::new(false);
    let busy = RwSignal::new(false);
    catch_stray_drops();
    let drop_files = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(list) = event.data_transfer().and_then(|data| data.files()) {
            take(app, slots, list);
        }
    };
    let choose = move |event: ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let Some(list) = input.files() {
            take(app, slots, list);
        }
        // The same file can be chosen again.
        input.set_value("");
    };
    let ready = Memo::new(move |_| {
        slots.with(|slots| slots.iter().filter(|slot| matches!(slot.state.get(), State::Ready(_))).count())
    });
    view! {
        <section class="card" id="import">
            <h2>{tr(TITLE)}</h2>
            <p class="muted small">{tr(TEXT)}</p>
            <div class="drop gap-top" class:over=over on:drop=drop_files
                on:dragover=move |event: ev::DragEvent| { event.prevent_default(); over.set(true); }
                on:dragleave=move |_| over.set(false)>
                <span>{tr(DROP)}</span>" "
                <label class="btn primary" for="import-files">{tr(CHOOSE)}
                    <input type="file" id="import-files" class="visually-hidden" multiple accept=".json,.ics,application/json,text/calendar" on:change=choose/>
                </label>
            </div>
            <Show when=move || { ready.get() > 1 } fallback=|| ()>
                <p class="gap-top"><button class="primary" id="import-all" disabled=busy
                    on:click=move |_| apply_all(app, slots, busy)>{move || fill(ALL, &[("n", &ready.get().to_string())])}</button></p>
            </Show>
            <For each=move || slots.get() key=|slot| slot.number children=move |slot| view! { <OneFile one=slot slots/> }/>
        </section>
    }
}

/// A file that misses the drop area would replace this page.
fn catch_stray_drops() {
    let over = window_event_listener(ev::dragover, |event| event.prevent_default());
    let dropped = window_event_listener(ev::drop, |event| event.prevent_default());
    on_cleanup(move || {
        over.remove();
        dropped.remove();
    });
}

/// Reads the files one after the other: two large ones at once would need twice the memory.
fn take(app: App, slots: Slots, list: FileList) {
    let mut fresh: Vec<(Slot, File)> = Vec::new();
    let first = slots.with_untracked(|slots| slots.iter().map(|slot| slot.number).max()).map_or(0, |number| number + 1);
    for (index, file) in (0..list.length()).filter_map(|index| list.get(index)).enumerate() {
        let slot = Slot {
            number: first + index as u32,
            file: StoredValue::new(file.name()),
            state: RwSignal::new(State::Reading),
            progress: RwSignal::new(Some((0, 0))),
            chosen: RwSignal::new(Vec::new()),
        };
        fresh.push((slot, file));
    }
    slots.update(|slots| {
        slots.splice(0..0, fresh.iter().map(|(slot, _)| *slot));
    });
    spawn_local(async move {
        for (slot, file) in fresh {
            let told = move |done, total| {
                slot.progress.try_set(Some((done, total)));
            };
            let outcome = open(app, &file, &told).await;
            slot.progress.try_set(None);
            match outcome {
                Ok(incoming) => {
                    slot.chosen
                        .try_set(incoming.changes.iter().map(|change| change.suggested && change.usable()).collect());
                    slot.state.try_set(State::Ready(Arc::new(incoming)));
                }
                Err(error) => drop(slot.state.try_set(State::Failed(error.words()))),
            }
        }
    });
}

/// Takes one file in.
async fn carry_out(app: App, slot: Slot) {
    let Some(State::Ready(incoming)) = slot.state.try_get_untracked() else { return };
    let chosen = slot.chosen.get_untracked();
    slot.state.try_set(State::Applying);
    slot.progress.try_set(Some((0, 0)));
    let outcome = apply(app, &incoming, &chosen).await;
    slot.progress.try_set(None);
    slot.state.try_set(match outcome {
        Ok(applied) => State::Done(Arc::new(applied)),
        Err(error) => State::Failed(error.words()),
    });
}

fn apply_all(app: App, slots: Slots, busy: RwSignal<bool>) {
    busy.set(true);
    // Oldest choice first, as the person picked them.
    let mut list: Vec<Slot> = slots.get_untracked();
    list.order_by_key(|slot| slot.number);
    spawn_local(async move {
        for slot in list {
            carry_out(app, slot).await;
        }
        busy.try_set(false);
    });
}

#[component]
fn OneFile(one: Slot, slots: Slots) -> impl IntoView {
    let app = use_app();
    let slot = one;
    let (file, name) = (slot.file.get_value(), slot.file.get_value());
    let dismiss = move || slots.update(|slots| slots.retain(|one| one.number != slot.number));
    let away = move || view! { <button class="quiet" on:click=move |_| dismiss()>{tr(DISMISS)}</button> };
    let named = move |text| fill(text, &[("file", &slot.file.get_value())]);
    view! {
        <article class="incoming" data-file=file>
            <h3 class="file-name">{name}</h3>
            {move || match slot.state.get() {
                State::Reading => view! { <Working label=named(READING) progress=slot.progress/> }.into_any(),
                State::Applying => view! { <Working label=named(APPLYING) progress=slot.progress/> }.into_any(),
                State::Failed(words) => view! {
                    <div class="why red" role="alert">
                        <b class="late-text">{named(FAILED)}</b>
                        <p>{words}</p>
                        <p class="small muted">{tr(UNTOUCHED)}</p>
                    </div>
                    {away()}
                }.into_any(),
                State::Cancelled => view! { <p role="status" class="muted">{named(CANCELLED)}</p>{away()} }.into_any(),
                State::Done(applied) => view! { <done::Done applied/>{away()} }.into_any(),
                State::Ready(incoming) if incoming.is_no_op() => view! { <preview::NothingNew incoming/>{away()} }.into_any(),
                State::Ready(incoming) => view! {
                    <preview::Preview incoming chosen=slot.chosen/>
                    <div class="actions">
                        <button type="button" on:click=move |_| slot.state.set(State::Cancelled)>{tr(common::CANCEL)}</button>
                        <button type="button" class="primary" data-confirm="import"
                            on:click=move |_| spawn_local(carry_out(app, slot))>{tr(CONFIRM)}</button>
                    </div>
                }.into_any(),
            }}
        </article>
    }
}
