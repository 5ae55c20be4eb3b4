//! Thousands of short strings, looked for at every place of a text: a sorted list that is narrowed letter by letter.
//! Must not know what the strings mean.
//!
//! An automaton would find them in one pass, but takes longer to build than to use (a hundred texts are read with one
//! classifier, not a hundred thousand) and weighs more in the page.

use crate::order::Order as _;

/// Strings with what belongs to each.
#[derive(Debug)]
pub struct Table<T> {
    /// The letters of all strings, one after the other in sorted order.
    letters: Vec<char>,
    /// Where the letters and the values of each string begin; one more entry than there are strings.
    starts: Vec<(u32, u32)>,
    /// Each first letter with the first string that begins with it: most letters of a text begin no string at all.
    firsts: Vec<(char, usize)>,
    values: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { letters: Vec::new(), starts: vec![(0, 0)], firsts: Vec::new(), values: Vec::new() }
    }
}

impl<T> Table<T> {
    /// Empty strings are left out; a string may come several times.
    pub fn new(mut entries: Vec<(String, T)>) -> Table<T> {
        entries.order_by(|(a, _), (b, _)| a.cmp(b));
        let mut table = Table::default();
        let mut last = String::new();
        for (text, value) in entries {
            if text.is_empty() {
                continue;
            }
            if text != last {
                table.close();
                let first = text.chars().next().unwrap_or_default();
                if table.firsts.last().is_none_or(|(letter, _)| *letter != first) {
                    table.firsts.push((first, table.starts.len() - 1));
                }
                table.letters.extend(text.chars());
                last = text;
            }
            table.values.push(value);
        }
        table.close();
        table
    }

    /// Ends the string that was written last.
    fn close(&mut self) {
        let end = (self.letters.len() as u32, self.values.len() as u32);
        if self.starts.last() != Some(&end) {
            self.starts.push(end);
        }
    }

    /// The strings that `text` begins with, shortest first: their length and what belongs to them.
    pub fn at<'a>(&'a self, text: &'a [char]) -> impl Iterator<Item = (usize, &'a [T])> + 'a {
        let (mut low, mut high) = (0, 0);
        let mut depth = 0;
        std::iter::from_fn(move || {
            loop {
                let next = *text.get(depth)?;
                if depth == 0 {
                    (low, high) = self.beginning(next);
                } else {
                    let place = |index: usize| self.letter(index, depth);
                    let first = low + partition(high - low, |offset| place(low + offset) < Some(next));
                    high = first + partition(high - first, |offset| place(first + offset) <= Some(next));
                    low = first;
                }
                depth += 1;
                if low == high {
                    return None;
                }
                // The shortest of those that begin alike stands first.
                if self.letter(low, depth).is_none() {
                    low += 1;
                    return Some((depth, self.value(low - 1)));
                }
            }
        })
    }

    /// The strings that begin with a letter: from, to.
    fn beginning(&self, letter: char) -> (usize, usize) {
        let place =
            partition(self.firsts.len(), |index| self.firsts.get(index).is_some_and(|(first, _)| *first < letter));
        match self.firsts.get(place) {
            Some((first, from)) if *first == letter => {
                (*from, self.firsts.get(place + 1).map_or(self.starts.len() - 1, |(_, next)| *next))
            }
            _ => (0, 0),
        }
    }

    fn letter(&self, index: usize, depth: usize) -> Option<char> {
        let (from, to) = (self.starts.get(index)?.0 as usize, self.starts.get(index + 1)?.0 as usize);
        self.letters.get(from..to)?.get(depth).copied()
    }

    fn value(&self, index: usize) -> &[T] {
        let bounds = self.starts.get(index).zip(self.starts.get(index + 1));
        bounds.and_then(|((_, from), (_, to))| self.values.get(*from as usize..*to as usize)).unwrap_or_default()
    }
}

/// How many of the first of `count` places fulfil the condition; after the first that does not, none does.
fn partition(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(words: &[&str], text: &str) -> String {
        let table = Table::new(words.iter().enumerate().map(|(place, word)| ((*word).to_owned(), place)).collect());
        let chars: Vec<char> = text.chars().collect();
        let shown = table.at(&chars).map(|(length, values)| format!("{length}{values:?}"));
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn all_words_that_a_text_begins_with() {
        let words = ["退费", "退", "退学费", "退费", "费", "", "a"];
        for (text, want) in [
            ("退费吗", "1[1] 2[0, 3]"),
            ("退学费", "1[1] 3[2]"),
            ("退学", "1[1]"),
            ("费", "1[4]"),
            ("a退", "1[6]"),
            ("学费", ""),
            ("", ""),
        ] {
            assert_eq!(found(&words, text), want, "{text}");
        }
        assert_eq!(found(&[], "退费"), "");
        assert_eq!(found(&[""], "退费"), "");
    }

    proptest! {
        #[test]
        fn finds_what_a_plain_search_finds(
            words in proptest::collection::vec("[退费学一]{0,4}", 0..40),
            text in "[退费学一]{0,12}",
        ) {
            let table = Table::new(words.iter().map(|word| (word.clone(), word.clone())).collect());
            let chars: Vec<char> = text.chars().collect();
            for at in 0..=chars.len() {
                let rest: String = chars[at..].iter().collect();
                let mut want: Vec<&String> = words.iter().filter(|word| !word.is_empty() && rest.starts_with(*word)).collect();
                want.sort();
                let got: Vec<&String> = table.at(&chars[at..]).flat_map(|(_, words)| words).collect();
                prop_assert_eq!(got, want);
            }
        }
    }
}
