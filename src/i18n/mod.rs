//! Every text of the screens, Chinese and English side by side, and how dates and spans are written.
//! Must not contain logic of the desk. Changing the language mounts the page anew, so texts are plain strings.

pub mod bench;
pub mod case;
pub mod clocks;
pub mod common;
pub mod emergency;
pub mod errors;
pub mod exchange;
pub mod intake;
pub mod notices;
pub mod proof;
pub mod reminders;
pub mod time;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};

use shouwen_core::pack;

/// A text in both languages; the compiler sees to it that none is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct T {
    pub zh: &'static str,
    pub en: &'static str,
}

/// `texts! { SAVE = "保存" | "Save"; }` defines constants.
#[macro_export]
macro_rules! texts {
    ($($name:ident = $zh:literal | $en:literal;)*) => {
        $(pub const $name: $crate::i18n::T = $crate::i18n::T { zh: $zh, en: $en };)*
    };
}

static ENGLISH: AtomicBool = AtomicBool::new(false);

/// Switches the language of everything mounted from now on.
pub fn set_english(english: bool) {
    ENGLISH.store(english, Ordering::Relaxed);
}

pub fn is_english() -> bool {
    ENGLISH.load(Ordering::Relaxed)
}

/// Words of the screens that the trade says differently (Chinese only).
static TERMS: OnceLock<Vec<(String, String)>> = OnceLock::new();
/// Texts with those words, made once.
static IN_TERMS: Mutex<BTreeMap<&'static str, &'static str>> = Mutex::new(BTreeMap::new());

/// Sets the trade's words, once, before anything is mounted.
pub fn set_terms(terms: impl IntoIterator<Item = (String, String)>) {
    let _ = TERMS.set(terms.into_iter().filter(|(word, own)| !word.is_empty() && word != own).collect());
}

/// The text in the current language and in the words of the trade.
pub fn tr(text: T) -> &'static str {
    if is_english() { text.en } else { in_terms(text.zh) }
}

fn in_terms(text: &'static str) -> &'static str {
    let terms = TERMS.get().map(Vec::as_slice).unwrap_or_default();
    if !terms.iter().any(|(word, _)| text.contains(word.as_str())) {
        return text;
    }
    let Ok(mut made) = IN_TERMS.lock() else { return text };
    made.entry(text).or_insert_with(|| {
        let said = terms.iter().fold(text.to_owned(), |said, (word, own)| said.replace(word.as_str(), own));
        // There are as many such texts as the screens have; each is made once.
        Box::leak(said.into_boxed_str())
    })
}

/// The text with `{name}` places filled.
pub fn fill(text: T, places: &[(&str, &str)]) -> String {
    places.iter().fold(tr(text).to_owned(), |filled, (name, value)| filled.replace(&format!("{{{name}}}"), value))
}

/// A pack's text in the current language; Chinese where English is missing.
pub fn say(text: &pack::Text) -> String {
    if is_english() && !text.en.is_empty() { text.en.clone() } else { text.zh.clone() }
}

/// The language of a pack's text where it is not that of the page: for readers that speak.
pub fn lang_of(text: &pack::Text) -> Option<&'static str> {
    (is_english() && text.en.is_empty()).then_some("zh-CN")
}

/// What a role of a pack, or the reserved word for headquarters, is called.
pub fn role_label(pack: &pack::Pack, role: &str) -> String {
    if role == pack::HEADQUARTERS {
        return tr(reminders::HEADQUARTERS).to_owned();
    }
    pack.roles.iter().find(|one| one.id == role).map_or_else(|| role.to_owned(), |one| say(&one.label))
}
