//! Reading and changing a pack in its file form by pointers (`/clocks/3/limit/count`).
//! Must not know what a pack means.

use serde_json::{Map, Value};

use crate::i18n::is_english;

/// A place of the check (`clocks[3].limit.count`) as a pointer.
pub fn pointer(path: &str) -> String {
    let path = path.replace('[', "/").replace(']', "").replace('.', "/");
    if path.is_empty() { path } else { format!("/{path}") }
}

/// The list or object that a place lies in, and its key there.
pub fn parent(pointer: &str) -> (&str, &str) {
    pointer.rsplit_once('/').unwrap_or(("", pointer))
}

/// Puts a value in its place (`None`: takes it away) and gives what was there. Nothing happens where there is no such
/// place.
pub fn put(tree: &mut Value, pointer: &str, value: Option<Value>) -> Option<Value> {
    let (above, key) = parent(pointer);
    match (tree.pointer_mut(above)?, value) {
        (Value::Object(map), Some(value)) => map.insert(key.to_owned(), value),
        (Value::Object(map), None) => map.remove(key),
        (Value::Array(list), Some(value)) => {
            let place = list.get_mut(key.parse::<usize>().ok()?)?;
            Some(std::mem::replace(place, value))
        }
        _ => None,
    }
}

/// A text `{zh, en}` in the current language; nothing when it is empty.
pub fn said(text: &Value) -> Option<String> {
    let of = |language: &str| text[language].as_str().map(str::trim).filter(|text| !text.is_empty());
    let own = if is_english() { of("en") } else { None };
    own.or_else(|| of("zh")).or_else(|| of("en")).map(str::to_owned)
}

/// A text with one language replaced. `None`: both are empty.
pub fn with_language(text: &Value, language: &str, words: &str) -> Option<Value> {
    let mut map: Map<String, Value> = text.as_object().cloned().unwrap_or_default();
    if words.is_empty() && language == "en" {
        map.remove("en");
    } else {
        map.insert(language.to_owned(), Value::from(words));
    }
    map.entry("zh").or_insert_with(|| Value::from(""));
    let empty = map.values().all(|words| words.as_str().is_none_or(str::is_empty));
    (!empty).then_some(Value::Object(map))
}

/// Ids in a list of a pack.
pub fn ids(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(|one| one["id"].as_str())
}

/// The first id of the form `prefix` + number that none of the lists has.
pub fn free_id(prefix: &str, lists: &[&Value]) -> String {
    let taken = |id: &str| lists.iter().any(|list| ids(list).any(|one| one == id));
    let mut number = 1;
    loop {
        let id = format!("{prefix}{number}");
        if !taken(&id) {
            return id;
        }
        number += 1;
    }
}

/// The entry of a list with this id.
pub fn find<'a>(list: &'a Value, id: &str) -> Option<&'a Value> {
    list.as_array()?.iter().find(|one| one["id"].as_str() == Some(id))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_are_changed_and_given_back() {
        let first = json!({ "clocks": [{ "id": "D1", "limit": { "count": 2 } }], "title": { "zh": "甲" } });
        for (path, value, there) in [
            ("clocks[0].limit.count", Some(json!(3)), true),
            ("clocks[0].limit", None, true),
            ("clocks[0].reading", Some(json!({ "zh": "乙" })), false),
            ("clocks", Some(json!([])), true),
            ("clocks[7].limit", Some(json!(1)), false),
            ("title.en", Some(json!("A")), false),
        ] {
            let pointer = pointer(path);
            let mut tree = first.clone();
            let before = put(&mut tree, &pointer, value.clone());
            assert_eq!(before.is_some(), there, "{path}");
            if first.pointer(parent(&pointer).0).is_some() {
                assert_eq!(tree.pointer(&pointer).cloned(), value, "{path}");
            }
            put(&mut tree, &pointer, before);
            assert_eq!(tree, first, "{path}");
        }
    }

    #[test]
    fn new_ids_are_free_in_every_list() {
        let (one, two) = (json!([{ "id": "T1" }]), json!([{ "id": "T2" }, { "id": "D3" }]));
        assert_eq!(free_id("T", &[&one, &two]), "T3");
        assert_eq!(free_id("T", &[&json!(null)]), "T1");
    }

    #[test]
    fn texts_in_two_languages() {
        let both = json!({ "zh": "甲", "en": "A" });
        assert_eq!(with_language(&both, "en", ""), Some(json!({ "zh": "甲" })));
        assert_eq!(with_language(&json!({ "zh": "甲" }), "zh", ""), None);
        assert_eq!(with_language(&json!(null), "zh", "乙"), Some(json!({ "zh": "乙" })));
        assert_eq!(said(&json!({ "zh": " ", "en": "A" })), Some("A".into()));
        assert_eq!(said(&json!(null)), None);
    }
}
