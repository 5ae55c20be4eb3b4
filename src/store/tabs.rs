//! Tells the other tabs that something was stored, and hears it from them.
//! Must not carry data: a tab that hears of a change reads the store.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

thread_local! {
    /// The channel of the database that this page works on.
    static PAGE: RefCell<Option<(String, Tabs)>> = const { RefCell::new(None) };
}

/// Makes this page one of the tabs of a database. Opening a store does it.
pub fn join(database: &str) {
    PAGE.with_borrow_mut(|page| {
        if page.as_ref().is_none_or(|(name, _)| name != database) {
            *page = Some((database.to_owned(), Tabs::new(database)));
        }
    });
}

/// Tells the other tabs that a case has changed (`*`: that much has changed).
pub fn announce(case: &str) {
    PAGE.with_borrow(|page| {
        if let Some((_, tabs)) = page {
            tabs.announce(case);
        }
    });
}

/// Calls `f` with whatever another tab announces. Replaces an earlier listener; call it after opening the store.
pub fn listen(f: impl Fn(String) + 'static) {
    PAGE.with_borrow(|page| {
        if let Some((_, tabs)) = page {
            tabs.listen(Box::new(f));
        }
    });
}

type Handler = Closure<dyn FnMut(MessageEvent)>;

/// One end of the channel between the tabs of a database. Never delivers to itself. Without one (an old or
/// locked-down browser) nothing is told and nothing heard.
#[derive(Default)]
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    handler: RefCell<Option<Handler>>,
}

impl Tabs {
    /// Joins the channel of a database.
    pub fn new(database: &str) -> Tabs {
        Tabs { channel: BroadcastChannel::new(database).ok(), handler: RefCell::default() }
    }

    /// Tells the other ends.
    pub fn announce(&self, case: &str) {
        if let Some(channel) = &self.channel {
            // Fails only on a closed channel: then nobody is there to be told.
            let _ = channel.post_message(&case.into());
        }
    }

    /// Calls `f` with whatever another end announces. Replaces an earlier listener.
    pub fn listen(&self, f: Box<dyn Fn(String)>) {
        let Some(channel) = &self.channel else { return };
        let handler = Handler::new(move |event: MessageEvent| {
            if let Some(case) = event.data().as_string() {
                f(case);
            }
        });
        channel.set_onmessage(Some(handler.as_ref().unchecked_ref()));
        self.handler.replace(Some(handler));
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}
