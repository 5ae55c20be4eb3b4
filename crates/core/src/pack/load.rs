//! The one gate through which a pack's text enters: size, form, format, lint; and inheritance between packs.
//! Must not trust the text, and never panics on it.

use serde::Deserialize;

use super::{FORMAT, Named, Pack, Problem, lint};

/// Largest text of a pack, in bytes.
pub const MAX_PACK_BYTES: usize = 2 * 1024 * 1024;

/// Reads and checks a pack.
///
/// # Errors
/// Every problem found when at least one is fatal; warnings alone do not stop a pack (ask [`lint`] for them).
pub fn load(text: &str) -> Result<Pack, Vec<Problem>> {
    let pack = parse(text).map_err(|problem| vec![problem])?;
    let problems = lint(&pack);
    if problems.iter().any(|problem| problem.fatal) { Err(problems) } else { Ok(pack) }
}

/// Reads a pack without lint: only size, JSON, format and form.
///
/// # Errors
/// The first problem, with the JSON path where the reader stopped, line and column.
pub fn parse(text: &str) -> Result<Pack, Problem> {
    let whole = |code, message| Problem { path: String::new(), code, message, fatal: true };
    if text.len() > MAX_PACK_BYTES {
        return Err(whole("too_big", format!("{} bytes, at most {MAX_PACK_BYTES}", text.len())));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // The format first: a newer pack may have keys that this build would only call unknown.
    let probe: Probe = serde_json::from_str(text).map_err(|error| parse_problem(text, &error))?;
    match probe.format.as_deref() {
        Some(FORMAT) => {}
        Some(other) => return Err(whole("format", format!("this build reads {FORMAT}, not “{other}”"))),
        None => return Err(whole("format", format!("not a pack: “format” is not {FORMAT}"))),
    }
    serde_json::from_str(text).map_err(|error| parse_problem(text, &error))
}

#[derive(Deserialize)]
struct Probe {
    #[serde(default)]
    format: Option<String>,
}

fn parse_problem(text: &str, error: &serde_json::Error) -> Problem {
    let offset = offset_of(text, error.line(), error.column());
    Problem { path: path_at(text, offset), code: "parse", message: error.to_string(), fatal: true }
}

/// Byte offset of a line and column (both from 1; the column counts bytes).
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    before.saturating_add(column).min(text.len())
}

/// The JSON path that is open at an offset: a walk over the brackets, tolerant of faulty text.
fn path_at(text: &str, offset: usize) -> String {
    /// An open object with its current key, or an open list with its current index.
    enum Open {
        Key(String),
        Index(usize),
    }
    let mut open: Vec<Open> = Vec::new();
    let mut in_string: Option<usize> = None;
    let mut escaped = false;
    let mut wants_key = false;
    for (at, byte) in text.bytes().enumerate().take(offset) {
        if let Some(start) = in_string {
            if escaped {
                escaped = false;
            } else if byte == b'\\' {
                escaped = true;
            } else if byte == b'"' {
                in_string = None;
                if let (true, Some(Open::Key(key))) = (wants_key, open.last_mut()) {
                    *key = text.get(start..at).unwrap_or_default().to_owned();
                    wants_key = false;
                }
            }
            continue;
        }
        match byte {
            b'"' => in_string = Some(at + 1),
            b'{' => {
                open.push(Open::Key(String::new()));
                wants_key = true;
            }
            b'[' => open.push(Open::Index(0)),
            b'}' | b']' => {
                open.pop();
                wants_key = false;
            }
            b',' => match open.last_mut() {
                Some(Open::Key(_)) => wants_key = true,
                Some(Open::Index(index)) => *index += 1,
                None => {}
            },
            _ => {}
        }
    }
    let mut path = String::new();
    for part in &open {
        match part {
            Open::Key(key) if key.is_empty() => {}
            Open::Key(key) if path.is_empty() => path.push_str(key),
            Open::Key(key) => path.extend([".", key]),
            Open::Index(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

/// A child pack with everything that it inherits and does not drop: parts with the same id replace the parent's in
/// their place, further parts follow. Head, follow-up and emergency part are the child's where it has them.
pub fn inherit(parent: &Pack, child: &Pack) -> Pack {
    if parent.library {
        return super::library::adopt(parent, child);
    }
    /// The parts of the parent's list that the child does not drop.
    fn kept<T: Clone>(child: &Pack, list: &str, parts: &[T], id: fn(&T) -> &String) -> Vec<T> {
        let dropped = child.drop.get(list);
        parts.iter().filter(|part| !dropped.is_some_and(|ids| ids.contains(id(part)))).cloned().collect()
    }
    let mut whole = child.clone();
    whole.extends = None;
    whole.drop.clear();
    whole.trade = child.trade.clone().or_else(|| parent.trade.clone());
    if child.terms.is_empty() {
        whole.terms.clone_from(&parent.terms);
    }
    whole.numbering = child.numbering.clone().or_else(|| parent.numbering.clone());
    whole.workplaces = either(&parent.workplaces, &child.workplaces);
    whole.ladder = either(&parent.ladder, &child.ladder);
    whole.follow_up = child.follow_up.clone().or_else(|| parent.follow_up.clone());
    whole.emergency = child.emergency.clone().or_else(|| parent.emergency.clone());
    macro_rules! lists {
        ($($list:ident)*) => {
            $(whole.$list = merged(
                &kept(child, stringify!($list), &parent.$list, |one| &one.id),
                &child.$list,
                |one| &one.id,
            );)*
        };
    }
    lists!(sources roles channels fields axes findings events lexicons rules clocks steps);
    lists!(transitions consequences scripts forms red_lines parameters readings);
    whole
}

pub(super) fn named(one: &Named) -> &String {
    &one.id
}

pub(super) fn either<T: Clone>(parent: &[T], child: &[T]) -> Vec<T> {
    if child.is_empty() { parent.to_vec() } else { child.to_vec() }
}

pub(super) fn merged<T: Clone>(parent: &[T], child: &[T], id: fn(&T) -> &String) -> Vec<T> {
    let mut all = parent.to_vec();
    for part in child {
        match all.iter_mut().find(|one| id(one) == id(part)) {
            Some(place) => *place = part.clone(),
            None => all.push(part.clone()),
        }
    }
    all
}
