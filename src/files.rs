//! Files in and out through the person: saving by download, reading what was chosen.
//! Must not keep anything.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// Offers bytes as a download under a name.
pub fn save(name: &str, mime: &str, bytes: &[u8]) {
    let Some(url) = object_url(mime, bytes) else { return };
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(anchor) = document
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok())
    {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    // The browser has taken the bytes by the time the page is idle again.
    leptos::prelude::set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        std::time::Duration::from_secs(60),
    );
}

/// An address under which the page can show bytes (images). `None` when the browser refuses.
pub fn object_url(mime: &str, bytes: &[u8]) -> Option<String> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// All bytes of a chosen file. The caller checks the size first.
pub async fn read(file: &File) -> Result<Vec<u8>, String> {
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|error| format!("{error:?}"))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
