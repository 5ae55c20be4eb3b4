//! Taking common parts from a library pack: what a child names, and nothing else.
//! Must not change a part, and must not take a question that the child does not ask for.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::load::{either, merged, named};
use super::{PROGRAM_EVENTS, Pack};

/// The child with what it uses of the library: fields, channels and axes that it takes (`take`), the rules of those
/// axes, every event and lexicon whose id it names, the ladder where it has none. Its own parts win over the library's.
pub fn adopt(library: &Pack, child: &Pack) -> Pack {
    let mut whole = child.clone();
    let take = &child.take;
    whole.extends = None;
    whole.take = super::Take::default();
    let wanted = |ids: &[String], id: &String| ids.contains(id);
    whole.fields = merged(&picked(&library.fields, |one| wanted(&take.fields, &one.id)), &child.fields, |one| &one.id);
    let channels = picked(&library.channels, |one| wanted(&take.channels, &one.id));
    whole.channels = merged(&channels, &child.channels, named);
    let mut axes = child.axes.clone();
    axes.extend(picked(&library.axes, |one| wanted(&take.axes, &one.id) && child.axis(&one.id).is_none()));
    whole.axes = axes;
    whole.rules = merged(&picked(&library.rules, |one| wanted(&take.axes, &one.axis)), &child.rules, |one| &one.id);
    let mut named_ids = BTreeSet::new();
    words(&whole, &mut named_ids);
    named_ids.extend(PROGRAM_EVENTS.map(str::to_owned));
    let used = |id: &String| named_ids.contains(id);
    whole.events = merged(&picked(&library.events, |one| used(&one.id)), &child.events, named);
    whole.lexicons = merged(&picked(&library.lexicons, |one| used(&one.id)), &child.lexicons, |one| &one.id);
    whole.sources = merged(&child.sources, &library.sources, |one| &one.id);
    whole.ladder = either(&library.ladder, &child.ladder);
    whole
}

fn picked<T: Clone>(parts: &[T], wanted: impl Fn(&T) -> bool) -> Vec<T> {
    parts.iter().filter(|part| wanted(part)).cloned().collect()
}

/// Every text that stands in the pack: ids that it names are among them.
fn words(part: &impl Serialize, out: &mut BTreeSet<String>) {
    fn walk(value: Value, out: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => {
                out.insert(text);
            }
            Value::Array(items) => items.into_iter().for_each(|item| walk(item, out)),
            Value::Object(map) => map.into_iter().for_each(|(_, item)| walk(item, out)),
            _ => {}
        }
    }
    if let Ok(tree) = serde_json::to_value(part) {
        walk(tree, out);
    }
}
