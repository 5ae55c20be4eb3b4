//! The rows of the register: only those near the window are in the page, so 50,000 cases scroll like 50.
//! Must not filter or sort; it draws the list it is given.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use shouwen_core::register::Summary;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::filter::{Column, Filter, Words, due_today, overdue};
use super::{Found, kept};
use crate::i18n::{T, clocks, common, fill, time, tr};
use crate::router::Route;
use crate::state::{App, use_app};

/// Height of a row in pixels, the same as in the style sheet: wide screens and phones.
const HEIGHT: f64 = 60.0;
const HEIGHT_PHONE: f64 = 132.0;
/// Screens narrower than this show cards.
const PHONE: f64 = 760.0;
/// Rows kept beyond both edges of the window.
const MARGIN: usize = 12;
/// The drawn range moves in steps, so that scrolling by a row draws nothing.
const STEP: usize = 6;

/// What the window shows.
#[derive(Clone, Copy, PartialEq)]
struct Frame {
    /// Pixels of the list above the window's upper edge.
    above: f64,
    height: f64,
    phone: bool,
}

impl Frame {
    fn row(self) -> f64 {
        if self.phone { HEIGHT_PHONE } else { HEIGHT }
    }

    /// First and behind-last index to draw of `count` rows.
    fn range(self, count: usize) -> (usize, usize) {
        let first = (self.above.max(0.0) / self.row()) as usize;
        let shown = (self.height / self.row()) as usize + 2;
        let from = first.saturating_sub(MARGIN) / STEP * STEP;
        let to = (first + shown + MARGIN).div_ceil(STEP) * STEP;
        (from.min(count), to.min(count))
    }
}

/// Pixels from the top of the document to the element.
fn offset(element: &HtmlElement) -> f64 {
    let mut top = f64::from(element.offset_top());
    let mut parent = element.offset_parent();
    while let Some(above) = parent.and_then(|parent| parent.dyn_into::<HtmlElement>().ok()) {
        top += f64::from(above.offset_top());
        parent = above.offset_parent();
    }
    top
}

fn frame_of(body: Option<HtmlElement>) -> Frame {
    let window = window();
    let number = |value: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>, other: f64| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or(other)
    };
    let top = body.map_or(0.0, |body| offset(&body));
    Frame {
        above: window.scroll_y().unwrap_or(0.0) - top,
        height: number(window.inner_height(), 800.0),
        phone: number(window.inner_width(), 1200.0) <= PHONE,
    }
}

/// The table: a sticky head and the rows in view.
#[component]
pub fn Table(filter: RwSignal<Filter>, found: Memo<Found>, words: Memo<Words>) -> impl IntoView {
    let app = use_app();
    let body = NodeRef::<html::Div>::new();
    let frame = RwSignal::new(frame_of(None));
    let measure = move || {
        if let Some(element) = body.try_get_untracked().flatten() {
            frame.try_set(frame_of(Some(element.into())));
        }
    };
    let scrolled = window_event_listener(leptos::ev::scroll, move |_| {
        kept::scroll(window().scroll_y().unwrap_or(0.0));
        measure();
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || {
        scrolled.remove();
        resized.remove();
    });
    // Back from a case: the list stands where it was left.
    let back_to = kept::scrolled();
    Effect::new(move |_| {
        if body.get().is_some() {
            request_animation_frame(move || {
                window().scroll_to_with_x_and_y(0.0, back_to);
                measure();
            });
        }
    });
    // A shorter list may have moved the window.
    Effect::new(move |_| {
        found.track();
        request_animation_frame(measure);
    });
    let range = Memo::new(move |_| frame.get().range(found.with(|found| found.rows.len())));
    let visible = move || {
        let (from, to) = range.get();
        found.with(|found| {
            let slice = found.rows.get(from..to.min(found.rows.len())).unwrap_or_default();
            slice.iter().enumerate().map(|(n, row)| (from + n, row.clone())).collect::<Vec<_>>()
        })
    };
    let height = move || format!("{}px", frame.get().row() * found.with(|found| found.rows.len()) as f64);
    view! {
        <div class="register" role="table" aria-label=tr(super::CAPTION)
            aria-rowcount=move || (found.with(|found| found.rows.len()) + 1).to_string() on:keydown=walk>
            <div class="register-head" role="row" aria-rowindex="1">
                <Head filter column=Column::Number label=super::NUMBER/>
                <Head filter column=Column::Received label=super::RECEIVED/>
                <Head filter column=Column::Name label=super::WHO/>
                <Head filter column=Column::Class label=super::CLASS/>
                <Head filter column=Column::Due label=super::NEXT_DUE/>
                <Head filter column=Column::State label=super::STATE/>
            </div>
            <div class="register-body" role="rowgroup" node_ref=body style:height=height>
                <For each=visible key=|(index, row)| (*index, Arc::as_ptr(row) as usize) let((index, row))>
                    {line(app, index, row, words, frame)}
                </For>
            </div>
        </div>
    }
}

/// A column's head with its sorting button.
#[component]
fn Head(filter: RwSignal<Filter>, column: Column, label: T) -> impl IntoView {
    let order = Memo::new(move |_| filter.with(|filter| (filter.column == column).then_some(filter.down)));
    let sort = move || match order.get() {
        Some(true) => "descending",
        Some(false) => "ascending",
        None => "none",
    };
    let sign = move || match order.get() {
        Some(true) => "▼",
        Some(false) => "▲",
        None => "",
    };
    view! {
        <span role="columnheader" aria-sort=sort>
            <button class="quiet" on:click=move |_| filter.update(|filter| filter.sort_by(column))>
                {tr(label)}" "<span aria-hidden="true">{sign}</span>
            </button>
        </span>
    }
}

fn line(app: App, index: usize, row: Arc<Summary>, words: Memo<Words>, frame: RwSignal<Frame>) -> AnyView {
    let href = Route::Case(row.id.clone()).href();
    let classes = words.with_untracked(|words| words.classes(&row));
    let more = classes.len().saturating_sub(2);
    let all = classes.join("、");
    let chips = classes.into_iter().take(2).map(|name| view! { <span class="chip">{name}</span> }).collect_view();
    let name = if row.name.is_empty() { tr(common::ANONYMOUS).to_owned() } else { row.name.clone() };
    let number = if row.number.is_empty() { row.id.chars().take(8).collect() } else { row.number.clone() };
    let received = row.received_at;
    let (state, due, tone) = (row.clone(), row.clone(), row.clone());
    let class = move || {
        let now = app.now.get();
        match () {
            () if overdue(&tone, now) => "crow late",
            () if due_today(&tone, now) => "crow soon",
            () if !tone.is_open() => "crow over",
            () => "crow",
        }
    };
    view! {
        <div role="row" class=class aria-rowindex=(index + 2).to_string() data-row=index.to_string()
            style:top=move || format!("{}px", index as f64 * frame.get().row())>
            <span role="cell" class="no num"><a href=href>{number}</a><small>{row.campus.clone()}</small></span>
            <span role="cell" class="at num">{move || time::moment(received, app.now.get())}</span>
            <span role="cell" class="what"><b>{name}</b><small>{row.headline.clone()}</small></span>
            <span role="cell" class="class" title=all>
                {chips}{(more > 0).then(|| view! { <span class="small muted">{format!("+{more}")}</span> })}
            </span>
            <span role="cell" class="due num">{move || due_words(&due, app.now.get())}</span>
            <span role="cell" class="st">{move || state_chips(&state, words, app.now.get())}</span>
        </div>
    }
    .into_any()
}

/// The next hard due time of an open case.
fn due_words(row: &Summary, now: shouwen_core::time::Civil) -> String {
    match row.is_open().then(|| row.next_due(now)).flatten() {
        Some(due) => time::moment(due, now),
        None => "—".to_owned(),
    }
}

fn state_chips(row: &Summary, words: Memo<Words>, now: shouwen_core::time::Civil) -> AnyView {
    let (class, word) = match row.status.as_str() {
        "closed" => ("chip ok", tr(common::STATUS_CLOSED).to_owned()),
        "void" => ("chip", tr(common::STATUS_VOID).to_owned()),
        _ => match row.next_due(now) {
            Some(due) if overdue(row, now) => {
                let span = time::span((now - due).num_seconds().max(60));
                ("chip late num", fill(clocks::OVER, &[("span", &span)]))
            }
            Some(due) if due_today(row, now) => {
                ("chip soon num", fill(clocks::LEFT, &[("span", &time::span((due - now).num_seconds()))]))
            }
            _ => ("chip acc", tr(common::STATUS_OPEN).to_owned()),
        },
    };
    let conflict = (!row.conflicts.is_empty()).then(|| view! { <span class="chip late">{tr(common::CONFLICT)}</span> });
    let undecided = words.with_untracked(|words| words.undecided(row));
    let undecided = undecided.then(|| view! { <span class="chip soon">{tr(super::UNDECIDED)}</span> });
    view! { <span class=class>{word}</span>{conflict}{undecided} }.into_any()
}

/// Arrow keys go from row to row.
fn walk(event: leptos::ev::KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let here = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| element.closest("[data-row]").ok().flatten())
        .and_then(|row| row.get_attribute("data-row"))
        .and_then(|index| index.parse::<i64>().ok());
    let Some(here) = here else { return };
    if focus_row(here + step) {
        event.prevent_default();
    }
}

/// Moves the focus to a row that is drawn. Tells whether there was one.
pub fn focus_row(index: i64) -> bool {
    let link = document().query_selector(&format!("[data-row=\"{index}\"] a")).ok().flatten();
    link.and_then(|link| link.dyn_into::<HtmlElement>().ok()).is_some_and(|link| link.focus().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_the_window_and_a_margin_only() {
        for (above, count, want) in [
            (-300.0, 0, (0, 0)),
            (-300.0, 5, (0, 5)),
            (0.0, 50_000, (0, 30)),
            (600_000.0, 50_000, (9_984, 10_032)),
            (9e9, 50_000, (50_000, 50_000)),
        ] {
            let frame = Frame { above, height: 900.0, phone: false };
            assert_eq!(frame.range(count), want, "{above} {count}");
        }
    }
}
