//! Finds the words of a pack's lexicons in a text, in one pass, and says which of them are negated.
//! Must not weigh them: points are in the rules.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use serde::Serialize;

use super::fold::{Folded, fold_word};
use super::negation;
use crate::pack::Lexicon;

/// A word of a lexicon in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Byte offset in the original text, on a character boundary.
    pub start: usize,
    /// Byte offset after the last character.
    pub end: usize,
    pub lexicon: String,
    /// As the lexicon writes it.
    pub word: String,
    /// Taken back or only supposed: does not count.
    pub negated: bool,
}

/// All words of all lexicons of a pack.
#[derive(Debug, Default)]
pub struct Matcher {
    automaton: Option<AhoCorasick>,
    /// By pattern: lexicon index and the word as written.
    words: Vec<(usize, String)>,
    /// By lexicon: id, and whether negation leaves its words in force.
    lexicons: Vec<(String, bool)>,
}

/// A match in characters of the folded text.
#[derive(Clone, Copy, Debug)]
struct Hit {
    from: usize,
    to: usize,
    pattern: usize,
}

impl Matcher {
    pub fn new(lexicons: &[Lexicon]) -> Matcher {
        let mut matcher = Matcher::default();
        let mut patterns = Vec::new();
        for (index, lexicon) in lexicons.iter().enumerate() {
            matcher.lexicons.push((lexicon.id.clone(), lexicon.topical));
            for word in &lexicon.words {
                let pattern = fold_word(word);
                if !pattern.is_empty() {
                    patterns.push(pattern);
                    matcher.words.push((index, word.clone()));
                }
            }
        }
        // Building fails only beyond billions of states; then nothing is found and the program asks.
        matcher.automaton = AhoCorasick::new(&patterns).ok();
        matcher
    }

    /// The marks of a text, by place; within a lexicon the longest word wins and words do not overlap.
    pub fn marks(&self, folded: &Folded) -> Vec<Mark> {
        let hits = self.hits(folded);
        let taken: Vec<(usize, usize)> = hits.iter().map(|hit| (hit.from, hit.to)).collect();
        let mut marks: Vec<Mark> = hits.iter().filter_map(|hit| self.mark(folded, hit, &taken)).collect();
        marks.sort_by(|a, b| (a.start, a.end, &a.lexicon, &a.word).cmp(&(b.start, b.end, &b.lexicon, &b.word)));
        marks
    }

    /// Per lexicon leftmost-longest, so that a long word of one lexicon does not hide a short one of another.
    fn hits(&self, folded: &Folded) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut all: Vec<Hit> = automaton
            .find_overlapping_iter(&folded.text)
            .map(|found| Hit {
                from: folded.index(found.start()),
                to: folded.index(found.end()),
                pattern: found.pattern().as_usize(),
            })
            .filter(|hit| stands_alone(&folded.chars, hit))
            .collect();
        all.sort_by_key(|hit| (hit.from, usize::MAX - hit.to, hit.pattern));
        let mut free_from = vec![0; self.lexicons.len()];
        all.retain(|hit| {
            let Some(free) = self.words.get(hit.pattern).and_then(|(lexicon, _)| free_from.get_mut(*lexicon)) else {
                return false;
            };
            let kept = hit.from >= *free;
            if kept {
                *free = hit.to;
            }
            kept
        });
        all
    }

    fn mark(&self, folded: &Folded, hit: &Hit, taken: &[(usize, usize)]) -> Option<Mark> {
        let (lexicon, word) = self.words.get(hit.pattern)?;
        let (id, topical) = self.lexicons.get(*lexicon)?;
        let (start, end) = folded.original(hit.from, hit.to)?;
        let inside = |from: usize, to: usize| belongs(taken, hit.from, from, to);
        let negated = !topical && negation::negated(&folded.chars, hit.from, &inside);
        Some(Mark { start, end, lexicon: id.clone(), word: word.clone(), negated })
    }
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
fn stands_alone(chars: &[char], hit: &Hit) -> bool {
    let plain = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphanumeric);
    let left = hit.from > 0 && plain(hit.from) && plain(hit.from - 1);
    let right = hit.to > 0 && plain(hit.to - 1) && plain(hit.to);
    !left && !right
}

/// How many different words of each lexicon stand in the text, not negated.
pub fn counts(marks: &[Mark]) -> BTreeMap<String, u32> {
    let mut words: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for mark in marks.iter().filter(|mark| !mark.negated) {
        words.entry(&mark.lexicon).or_default().insert(&mark.word);
    }
    words.into_iter().map(|(lexicon, words)| (lexicon.to_owned(), words.len() as u32)).collect()
}
