//! Dialogs on the browser's own `<dialog>`: focus stays inside, Escape closes.

use leptos::html;
use leptos::prelude::*;

use crate::i18n::{T, common, tr};

/// A dialog that is shown while `open` is true.
#[component]
pub fn Modal(open: RwSignal<bool>, #[prop(into)] title: String, children: ChildrenFn) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let (true, Some(dialog)) = (open.get(), node.get())
            && !dialog.open()
        {
            // Fails only when the element has left the page already.
            let _ = dialog.show_modal();
        }
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
