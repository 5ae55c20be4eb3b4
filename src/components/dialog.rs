//! Dialogs on the browser's own `<dialog>`: focus stays inside, Escape closes.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::i18n::{T, common, tr};

/// A dialog that is shown while `open` is true.
#[component]
pub fn Modal(open: RwSignal<bool>, #[prop(into)] title: String, children: ChildrenFn) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let before = StoredValue::new_local(None::<web_sys::HtmlElement>);
    Effect::new(move |_| match (open.get(), node.get()) {
        (true, Some(dialog)) if !dialog.open() => {
            before.set_value(focused());
            // Fails only when the element has left the page already.
            let _ = dialog.show_modal();
        }
        (false, _) => {
            if let Some(element) = before.try_update_value(Option::take).flatten() {
                request_animation_frame(move || give_back(&element));
            }
        }
        _ => (),
    });
    view! {
        <Show when=move || open.get() fallback=|| ()>
            <dialog node_ref=node aria-label=title.clone() on:close=move |_| open.set(false)>
                <h2>{title.clone()}</h2>
                {children()}
            </dialog>
        </Show>
    }
}

fn focused() -> Option<web_sys::HtmlElement> {
    document().active_element().and_then(|element| element.dyn_into().ok())
}

/// The focus goes back to where it was, unless it is somewhere already. (The browser does so only after Escape.)
fn give_back(element: &web_sys::HtmlElement) {
    if focused().is_none_or(|now| now.tag_name() == "BODY") {
        let _ = element.focus();
    }
}

/// Asks for a reason, then calls `then` with it. Stays open until the person confirms or cancels.
#[component]
pub fn ReasonDialog(
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    /// What will happen, in a sentence.
    #[prop(into)]
    text: String,
    confirm: T,
    then: Callback<String>,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let text = StoredValue::new(text);
    view! {
        <Modal open title>
            <form on:submit=move |event| {
                event.prevent_default();
                if !reason.get_untracked().trim().is_empty() {
                    open.set(false);
                    then.run(reason.get_untracked());
                    reason.set(String::new());
                }
            }>
                <p>{text.get_value()}</p>
                <div class="field gap-top">
                    <label for="reason-text">{tr(common::REASON)}" "<span class="hint">{tr(common::REASON_HINT)}</span></label>
                    <textarea id="reason-text" required maxlength="2000" autofocus prop:value=reason
                        on:input=move |event| reason.set(event_target_value(&event))></textarea>
                </div>
                <div class="actions">
                    <button type="button" on:click=move |_| open.set(false)>{tr(common::CANCEL)}</button>
                    <button type="submit" class="primary">{tr(confirm)}</button>
                </div>
            </form>
        </Modal>
    }
}
