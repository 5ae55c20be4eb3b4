//! How much room there is and whether the browser may throw the data away.
//! Must not ask for permission: a question on screen is the interface's business.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The browser's own words; `None` where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Bytes in use by this page's origin (on `file:` by all local pages together). An estimate.
    pub usage: Option<u64>,
    /// Bytes that the browser would allow.
    pub quota: Option<u64>,
    /// The browser promised not to clear the data when the disk gets full.
    pub persisted: Option<bool>,
}

/// Asks the browser.
pub async fn read() -> Health {
    let Some(storage) = web_sys::window().map(|window| window.navigator().storage()) else { return Health::default() };
    // Typed as always there, but pages without a secure context do not have it.
    if storage.is_undefined() {
        return Health::default();
    }
    let estimate = settled(storage.estimate()).await.map(JsCast::unchecked_into::<web_sys::StorageEstimate>);
    let bytes = |number: Option<f64>| number.map(|number| number as u64);
    Health {
        usage: bytes(estimate.as_ref().and_then(web_sys::StorageEstimate::get_usage)),
        quota: bytes(estimate.as_ref().and_then(web_sys::StorageEstimate::get_quota)),
        persisted: settled(storage.persisted()).await.and_then(|value| value.as_bool()),
    }
}

async fn settled(promise: Result<js_sys::Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}
