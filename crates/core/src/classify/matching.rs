//! Finds the words of a pack's lexicons in a text, in one pass, and says which of them are negated.
//! Must not weigh them: points are in the rules.

use crate::order::Gather as _;
use crate::order::Order as _;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::fold::{Folded, fold_word};
use super::table::Table;
use super::{negation, pattern};
use crate::pack::Lexicon;

/// A word of a lexicon in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Byte offset in the original text, on a character boundary.
    pub start: usize,
    /// Byte offset after the last character.
    pub end: usize,
    pub lexicon: String,
    /// The expression found, folded; a gap is written `…`.
    pub word: String,
    /// Taken back or only supposed: does not count.
    pub negated: bool,
}

/// The words of lexicons.
#[derive(Debug, Default)]
pub struct Matcher {
    /// Plain strings, with the places in words where they stand.
    table: Table<Use>,
    words: Vec<Word>,
    lexicons: Vec<Owner>,
}

/// A plain string as a part of a word.
#[derive(Clone, Copy, Debug)]
struct Use {
    word: usize,
    part: usize,
}

/// A word of a lexicon: its lexicon and the number of its parts (more than one when it has gaps).
#[derive(Clone, Copy, Debug)]
struct Word {
    lexicon: usize,
    parts: usize,
}

#[derive(Debug)]
struct Owner {
    id: String,
    topical: bool,
}

/// A word in characters of the folded text. `last` is where its last part begins.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hit {
    from: usize,
    to: usize,
    first_to: usize,
    last: usize,
    lexicon: usize,
    text: String,
}

impl Matcher {
    pub fn new<'a>(lexicons: impl Iterator<Item = &'a Lexicon>) -> Matcher {
        let mut matcher = Matcher::default();
        let mut plain: Vec<(String, Use)> = Vec::new();
        for (lexicon, source) in lexicons.enumerate() {
            matcher.lexicons.push(Owner { id: source.id.clone(), topical: source.topical });
            for word in &source.words {
                let parts = pattern::parts(word);
                if parts.is_empty() {
                    continue;
                }
                let place = matcher.words.len();
                matcher.words.push(Word { lexicon, parts: parts.len() });
                for (part, alternatives) in parts.iter().enumerate() {
                    plain.extend(alternatives.iter().map(|text| (fold_word(text), Use { word: place, part })));
                }
            }
        }
        matcher.table = Table::new(plain);
        matcher
    }

    /// The marks of a text, by place; within a lexicon the longest word wins and words do not overlap.
    pub fn marks(&self, folded: &Folded) -> Vec<Mark> {
        let hits = self.longest(self.hits(folded));
        let taken: Vec<(usize, usize)> = hits.iter().map(|hit| (hit.from, hit.to)).collect();
        let mut marks: Vec<Mark> = hits.iter().filter_map(|hit| self.mark(folded, hit, &taken)).collect();
        marks.order_by(|a, b| (a.start, a.end, &a.lexicon, &a.word).cmp(&(b.start, b.end, &b.lexicon, &b.word)));
        marks
    }

    /// All words, overlapping ones too.
    fn hits(&self, folded: &Folded) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut parts: BTreeMap<usize, Vec<Vec<(usize, usize)>>> = BTreeMap::new();
        for from in 0..folded.chars.len() {
            for (length, uses) in self.table.at(&folded.chars[from..]) {
                let to = from + length;
                if !stands_alone(&folded.chars, from, to) {
                    continue;
                }
                for place in uses {
                    let Some(word) = self.words.get(place.word) else { continue };
                    if word.parts == 1 {
                        let text = folded.chars[from..to].iter().collect();
                        hits.push(Hit { from, to, first_to: to, last: from, lexicon: word.lexicon, text });
                    } else {
                        let found = parts.entry(place.word).or_insert_with(|| vec![Vec::new(); word.parts]);
                        found[place.part].push((from, to));
                    }
                }
            }
        }
        for (word, mut parts) in parts {
            parts.iter_mut().for_each(|part| part.order_by_key(|place| *place));
            let lexicon = self.words.get(word).map_or(0, |word| word.lexicon);
            hits.extend(parts[0].iter().filter_map(|first| join(folded, *first, &parts[1..], lexicon)));
        }
        hits
    }

    /// Per lexicon leftmost-longest, so that a long word of one lexicon does not hide a short one of another.
    fn longest(&self, mut hits: Vec<Hit>) -> Vec<Hit> {
        hits.order_by(|a, b| (a.from, b.to, a.lexicon, &a.text).cmp(&(b.from, a.to, b.lexicon, &b.text)));
        let mut free_from = vec![0; self.lexicons.len()];
        hits.retain(|hit| {
            let Some(free) = free_from.get_mut(hit.lexicon) else { return false };
            let kept = hit.from >= *free;
            if kept {
                *free = hit.to;
            }
            kept
        });
        hits
    }

    fn mark(&self, folded: &Folded, hit: &Hit, taken: &[(usize, usize)]) -> Option<Mark> {
        let owner = self.lexicons.get(hit.lexicon)?;
        let (start, end) = folded.original(hit.from, hit.to)?;
        let before = |from: usize, to: usize| belongs(taken, hit.from, from, to);
        let negated = !owner.topical
            && (negation::negated(&folded.chars, hit.from, &before)
                // A negation in the gap of a word.
                || (hit.last > hit.first_to
                    && negation::negated(&folded.chars[hit.first_to..], hit.last - hit.first_to, &|_, _| false)));
        Some(Mark { start, end, lexicon: owner.id.clone(), word: hit.text.clone(), negated })
    }
}

/// A word with gaps: each next part begins in the same clause, at most [`pattern::GAP`] characters on.
fn join(folded: &Folded, first: (usize, usize), rest: &[Vec<(usize, usize)>], lexicon: usize) -> Option<Hit> {
    let (from, first_to) = first;
    let (mut to, mut last) = (first_to, from);
    let mut text: String = folded.chars[from..to].iter().collect();
    for part in rest {
        let next = part.get(part.partition_point(|(start, _)| *start < to))?;
        let gap = folded.chars.get(to..next.0)?;
        if gap.len() > pattern::GAP || gap.iter().any(|char| negation::ends_clause(*char)) {
            return None;
        }
        text.push(pattern::GAP_SIGN);
        text.extend(&folded.chars[next.0..next.1]);
        (last, to) = *next;
    }
    Some(Hit { from, to, first_to, last, lexicon, text })
}

/// Do the characters `from..to` stand inside a word that ends before `start`? `taken` is sorted by its first part.
fn belongs(taken: &[(usize, usize)], start: usize, from: usize, to: usize) -> bool {
    let upto = taken.partition_point(|(first, _)| *first <= from);
    taken[..upto]
        .iter()
        .rev()
        .take_while(|(first, _)| from - first <= 40)
        .any(|(_, last)| *last >= to && *last <= start)
}

/// Latin words and numbers must not be parts of longer ones (`app` in `apple`, `12315` in a phone number).
fn stands_alone(chars: &[char], from: usize, to: usize) -> bool {
    let plain = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphanumeric);
    let left = from > 0 && plain(from) && plain(from - 1);
    let right = to > 0 && plain(to - 1) && plain(to);
    !left && !right
}

/// How many different words of each lexicon stand in the text, not negated.
pub fn counts(marks: &[Mark]) -> BTreeMap<String, u32> {
    let mut words: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for mark in marks.iter().filter(|mark| !mark.negated) {
        words.entry(&mark.lexicon).or_default().insert(&mark.word);
    }
    words.into_iter().map(|(lexicon, words)| (lexicon.to_owned(), words.len() as u32)).gather()
}
