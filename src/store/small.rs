//! Everything that is not the log: attachments, unfinished forms, ledger, quarantine, settings.
//! Must not interpret the texts it keeps.

use wasm_bindgen::prelude::*;

use super::schema::{BLOBS, Blob, CONFIG, DRAFTS, LEDGER, QUARANTINE, blob_of, blob_row, plain};
use super::{Answer, Store, idb};

impl Store {
    /// Keeps an attachment under its SHA-256 (of `bytes`, lower-case hexadecimal). On the disk when this resolves:
    /// store it before the event that names it.
    pub async fn put_blob(&self, sha256: &str, mime: &str, bytes: &[u8]) -> Answer<()> {
        let row = blob_row(sha256, mime, bytes);
        let tx = idb::strict(self.db()?, &[BLOBS])?;
        idb::put(&tx.object_store(BLOBS)?, row)?;
        idb::commit(tx).await
    }

    /// An attachment, if it is here: bundles may leave attachments out.
    pub async fn blob(&self, sha256: &str) -> Answer<Option<Blob>> {
        let tx = idb::read(self.db()?, &[BLOBS])?;
        idb::get(&tx.object_store(BLOBS)?, sha256).await?.map(blob_of).transpose()
    }

    /// SHA-256 of all attachments that are here, sorted.
    pub async fn blob_ids(&self) -> Answer<Vec<String>> {
        let tx = idb::read(self.db()?, &[BLOBS])?;
        let keys = idb::keys(&tx.object_store(BLOBS)?).await?;
        keys.into_iter().map(|key| plain(key, BLOBS)).collect()
    }

    /// Remembers an unfinished form. Saved often, so not strict.
    pub async fn save_draft(&self, form: &str, text: &str) -> Answer<()> {
        let tx = idb::relaxed(self.db()?, &[DRAFTS])?;
        idb::put_text(&tx.object_store(DRAFTS)?, form, text)?;
        idb::commit(tx).await
    }

    /// An unfinished form.
    pub async fn draft(&self, form: &str) -> Answer<Option<String>> {
        self.one_text(DRAFTS, form).await
    }

    /// Unfinished forms whose key begins like this, with their keys.
    pub async fn drafts(&self, prefix: &str) -> Answer<Vec<(String, String)>> {
        let tx = idb::read(self.db()?, &[DRAFTS])?;
        let drafts = tx.object_store(DRAFTS)?;
        let mut found = Vec::new();
        for key in idb::keys_between(&drafts, prefix, &format!("{prefix}\u{ffff}")).await? {
            let key = plain(key, DRAFTS)?;
            if let Some(value) = idb::get(&drafts, &key).await? {
                found.push((key, plain(value, DRAFTS)?));
            }
        }
        Ok(found)
    }

    /// Forgets an unfinished form.
    pub async fn drop_draft(&self, form: &str) -> Answer<()> {
        let tx = idb::relaxed(self.db()?, &[DRAFTS])?;
        idb::remove(&tx.object_store(DRAFTS)?, form)?;
        idb::commit(tx).await
    }

    /// Notes an import or export.
    pub async fn add_ledger(&self, text: &str) -> Answer<()> {
        let tx = idb::strict(self.db()?, &[LEDGER])?;
        idb::put(&tx.object_store(LEDGER)?, JsValue::from_str(text))?;
        idb::commit(tx).await
    }

    /// Imports and exports, oldest first.
    pub async fn ledger(&self) -> Answer<Vec<String>> {
        self.all_texts(LEDGER).await
    }

    /// Texts that could not be taken in; to be passed on with the next bundle.
    pub async fn quarantine(&self) -> Answer<Vec<String>> {
        self.all_texts(QUARANTINE).await
    }

    /// A setting.
    pub async fn config(&self, key: &str) -> Answer<Option<String>> {
        self.one_text(CONFIG, key).await
    }

    /// Changes a setting; on the disk when this resolves.
    pub async fn set_config(&self, key: &str, text: &str) -> Answer<()> {
        let tx = idb::strict(self.db()?, &[CONFIG])?;
        idb::put_text(&tx.object_store(CONFIG)?, key, text)?;
        idb::commit(tx).await
    }

    /// Removes a setting.
    pub async fn drop_config(&self, key: &str) -> Answer<()> {
        let tx = idb::strict(self.db()?, &[CONFIG])?;
        idb::remove(&tx.object_store(CONFIG)?, key)?;
        idb::commit(tx).await
    }

    /// All settings with their keys, sorted by key.
    pub async fn all_config(&self) -> Answer<Vec<(String, String)>> {
        let tx = idb::read(self.db()?, &[CONFIG])?;
        let config = tx.object_store(CONFIG)?;
        let keys = idb::keys(&config).await?;
        let values = idb::all(&config).await?;
        keys.into_iter().zip(values).map(|(key, value)| Ok((plain(key, CONFIG)?, plain(value, CONFIG)?))).collect()
    }

    /// The text under a key of a store of texts.
    pub(super) async fn one_text(&self, store: &str, key: &str) -> Answer<Option<String>> {
        let tx = idb::read(self.db()?, &[store])?;
        idb::get(&tx.object_store(store)?, key).await?.map(|value| plain(value, store)).transpose()
    }

    async fn all_texts(&self, store: &str) -> Answer<Vec<String>> {
        let tx = idb::read(self.db()?, &[store])?;
        let values = idb::all(&tx.object_store(store)?).await?;
        values.into_iter().map(|value| plain(value, store)).collect()
    }
}
