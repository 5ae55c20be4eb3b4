//! How a draft begins: as a copy of a version, as a new pack, from a file. A file is checked before it becomes a draft.
//! Must not overwrite a draft that exists.

use serde_json::Value;
use shouwen_core::embedded;
use shouwen_core::pack::{self, MAX_PACK_BYTES, Pack, PackRef, Problem};
use web_sys::File;

use super::desk::{DRAFT, stored};
use crate::files;
use crate::i18n::{bench as words, errors, fill, tr};
use crate::state::App;

/// Why a file did not become a draft: a sentence, and the problems with their places.
pub struct Refused {
    pub what: String,
    pub problems: Vec<Problem>,
    /// The file as far as it could be read, for naming places.
    pub tree: Value,
}

/// Makes sure that there is a draft of this pack: the one that exists, or a copy of the newest version.
pub async fn copy_of(app: App, id: &str) -> Result<(), String> {
    let book = app.books().latest(id).ok_or_else(|| fill(words::NO_PACK, &[("id", id)]))?;
    begin(app, &book.pack, Some(book.pack.reference()), true).await
}

/// A draft with the content of a version: the one that exists stays. `dated`: its date becomes today's.
pub async fn begin(app: App, pack: &Pack, base: Option<PackRef>, dated: bool) -> Result<(), String> {
    let key = format!("{DRAFT}{}", pack.id);
    let store = app.store();
    let words = |error| errors::store(&error);
    if store.draft(&key).await.map_err(words)?.is_some() {
        return Ok(());
    }
    let mut tree = serde_json::to_value(pack).unwrap_or_default();
    if dated {
        tree["effective_from"] = Value::from(app.at_once().date().to_string());
    }
    store.save_draft(&key, &stored(base.as_ref(), &tree)).await.map_err(words)
}

/// A new pack with the content of another; gives its id.
pub async fn another(app: App, id: &str, drafts: &[String]) -> Result<String, String> {
    let book = app.books().latest(id).ok_or_else(|| fill(words::NO_PACK, &[("id", id)]))?;
    let mut pack = book.pack.clone();
    let taken = |id: &str| app.books().latest(id).is_some() || drafts.iter().any(|one| one == id);
    let stem: String = pack.id.chars().take(56).collect();
    let mut number = 2;
    while taken(&format!("{stem}-{number}")) {
        number += 1;
    }
    pack.id = format!("{stem}-{number}");
    pack.version = 1;
    pack.title.zh.push_str(words::COPY_MARK.zh);
    if !pack.title.en.is_empty() {
        pack.title.en.push_str(words::COPY_MARK.en);
    }
    begin(app, &pack, None, true).await?;
    Ok(pack.id)
}

/// A draft from a file; gives the pack's id. Nothing is kept of a file that is refused.
pub async fn from_file(app: App, file: &File, drafts: &[String]) -> Result<String, Refused> {
    let refused = |what: String| Refused { what, problems: Vec::new(), tree: Value::Null };
    if file.size() > MAX_PACK_BYTES as f64 {
        let size = format!("{:.1}", file.size() / 1_048_576.0);
        return Err(refused(fill(
            words::FILE_TOO_BIG,
            &[("size", &size), ("max", &(MAX_PACK_BYTES >> 20).to_string())],
        )));
    }
    let bytes = files::read(file).await.map_err(refused)?;
    let text = String::from_utf8(bytes).map_err(|_| refused(tr(words::FILE_NO_TEXT).to_owned()))?;
    let faulty = |problems: Vec<Problem>, tree| Refused { what: tr(words::FILE_REFUSED).to_owned(), problems, tree };
    let own_tree = || serde_json::from_str(&text).unwrap_or_default();
    let found = pack::parse(&text).map_err(|problem| faulty(vec![problem], own_tree()))?;
    let fatal = |pack: &Pack| pack::lint(pack).into_iter().filter(|one| one.fatal).collect::<Vec<Problem>>();
    let problems = fatal(&found);
    if !problems.is_empty() {
        return Err(faulty(problems, own_tree()));
    }
    let pack = whole(app, found).map_err(|parent| refused(fill(words::FILE_PARENT, &[("id", &parent)])))?;
    let problems = fatal(&pack);
    if !problems.is_empty() {
        return Err(faulty(problems, serde_json::to_value(&pack).unwrap_or_default()));
    }
    if drafts.contains(&pack.id) {
        return Err(refused(fill(words::FILE_DRAFT_THERE, &[("id", &pack.id)])));
    }
    let base = app.books().latest(&pack.id).map(|book| book.pack.reference());
    begin(app, &pack, base, false).await.map_err(refused)?;
    Ok(pack.id)
}

/// A pack that inherits becomes whole; its parent must be here. `Err`: the parent's id.
fn whole(app: App, pack: Pack) -> Result<Pack, String> {
    let Some(id) = pack.extends.clone() else { return Ok(pack) };
    let parent = app.books().latest(&id).map(|book| book.pack.clone()).or_else(|| embedded::pack(&id));
    parent.map(|parent| pack::inherit(&parent, &pack)).ok_or(id)
}
