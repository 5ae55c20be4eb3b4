//! Does a negation or a supposition stand before a word, in the same clause?
//! Tables of general Chinese only: what a regime looks for is in its lexicons.

/// Signs that end a clause.
const CLAUSE_ENDS: &[char] = &['，', ',', '。', '；', ';', '！', '!', '？', '?', '：', ':', '…', '\n', '\r', '~'];

/// How far back, in characters, the clause is read. Longer clauses are run-on sentences.
const REACH: usize = 40;

/// What takes back the words that follow it: the word and the number of characters it reaches over.
const NEGATORS: &[(&str, usize)] = &[
    ("没有", 6),
    ("并没", 6),
    ("并未", 6),
    ("从未", 6),
    ("从没", 6),
    ("从不", 6),
    ("不曾", 6),
    ("未曾", 6),
    ("不是", 6),
    ("并非", 6),
    ("并不", 6),
    ("绝不", 6),
    ("毫不", 4),
    ("毫无", 4),
    ("不会", 6),
    ("不用", 5),
    ("不必", 5),
    ("无需", 5),
    ("无须", 5),
    ("不想", 4),
    ("不要", 5),
    ("不需要", 5),
    ("不存在", 6),
    ("不算", 4),
    ("别再", 4),
    ("没", 4),
    ("未", 3),
    ("不", 1),
    ("无", 1),
    ("别", 2),
    ("非", 0),
];

/// What makes the words that follow it a supposition, a question or a fear instead of a fact.
const SUPPOSERS: &[(&str, usize)] = &[
    ("如果", 12),
    ("假如", 12),
    ("假设", 12),
    ("要是", 12),
    ("若是", 12),
    ("倘若", 12),
    ("万一", 12),
    ("一旦", 10),
    ("是否", 10),
    ("是不是", 10),
    ("会不会", 10),
    ("有没有", 10),
    ("能不能", 10),
    ("可不可以", 10),
    ("以免", 10),
    ("以防", 10),
    ("避免", 8),
    ("防止", 8),
    ("免得", 10),
    ("担心", 10),
    ("生怕", 10),
    ("就怕", 10),
];

/// Words that only look like a negation.
const FALSE_FRIENDS: &[&str] = &[
    "不得不",
    "不仅",
    "不但",
    "不光",
    "不止",
    "不只",
    "不断",
    "不停",
    "不管",
    "不论",
    "不料",
    "不久",
    "不少",
    "不同",
    "不满",
    "不错",
    "不过",
    "无论",
    "无故",
    "无奈",
    "无非",
    "无缘无故",
    "无良",
    "无比",
    "无数",
    "无语",
    "未成年",
    "未来",
    "未免",
    "特别",
    "个别",
    "区别",
    "分别",
    "级别",
    "性别",
    "类别",
    "别人",
    "别的",
    "别墅",
    "非常",
    "非法",
    "非要",
    "非得",
    "没完没了",
    "没收",
    "没想到",
    "不知道",
    "不是没有",
    "不能不",
    "无不",
    "除非",
    "是非",
];

/// Words after which a new statement begins, so that an earlier negation no longer reaches.
const TURNS: &[&str] = &["却", "反而", "但", "结果", "导致", "所以", "而且", "并且", "还", "又", "就", "而是"];

/// Is the word that starts at `start` taken back or only supposed? `taken[i]` is true for characters that belong to
/// another word of the lexicons: a negation inside such a word is part of it.
pub fn negated(chars: &[char], start: usize, taken: &dyn Fn(usize, usize) -> bool) -> bool {
    let begin = clause_start(chars, start);
    let mut verdict = false;
    let mut at = begin;
    while at < start {
        let rest = &chars[at..start];
        if let Some(length) = longest(FALSE_FRIENDS.iter().copied(), rest) {
            at += length;
            continue;
        }
        let found = longest_reach(NEGATORS, rest).max(longest_reach(SUPPOSERS, rest));
        if let Some((length, reach)) = found {
            let gap = start - at - length;
            if gap <= reach && !taken(at, at + length) {
                verdict = true;
            }
            at += length;
        } else if let Some(length) = longest(TURNS.iter().copied(), rest) {
            verdict = false;
            at += length;
        } else {
            at += 1;
        }
    }
    verdict
}

/// Does a clause end at this sign?
pub fn ends_clause(char: char) -> bool {
    CLAUSE_ENDS.contains(&char)
}

fn clause_start(chars: &[char], start: usize) -> usize {
    let floor = start.saturating_sub(REACH);
    (floor..start).rev().find(|at| chars.get(*at).is_some_and(|char| ends_clause(*char))).map_or(floor, |at| at + 1)
}

/// Length in characters of the longest word that `rest` begins with.
fn longest<'a>(words: impl Iterator<Item = &'a str>, rest: &[char]) -> Option<usize> {
    words.filter_map(|word| begins(rest, word)).max()
}

fn longest_reach(table: &[(&str, usize)], rest: &[char]) -> Option<(usize, usize)> {
    table.iter().filter_map(|(word, reach)| Some((begins(rest, word)?, *reach))).max()
}

fn begins(rest: &[char], word: &str) -> Option<usize> {
    let mut length = 0;
    for want in word.chars() {
        if rest.get(length) != Some(&want) {
            return None;
        }
        length += 1;
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Is `word` negated where it stands in `text`?
    fn check(text: &str, word: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        let byte = text.find(word).unwrap();
        negated(&chars, text[..byte].chars().count(), &|_, _| false)
    }

    #[test]
    fn negations_and_suppositions_within_the_clause() {
        for text in [
            "老师没有打人",
            "并非打人",
            "从未听说打人",
            "没打人",
            "不是老师打人",
            "如果以后老师再打人",
            "是否存在打人",
            "会不会有人打人",
            "担心老师打人",
            "避免再次打人",
            "他不打人",
        ] {
            assert!(check(text, "打人"), "{text}");
        }
    }

    #[test]
    fn looks_like_a_negation_but_is_none() {
        for text in [
            "打人",
            "老师打人",
            "没有道歉，还打人",
            "没有道歉反而打人",
            "不仅打人",
            "特别爱打人",
            "无缘无故打人",
            "不得不说他打人",
            "没有按照约定给我们安排老师打人",
            "没有。打人",
            "如果不信，打人有录像",
            "未成年人打人",
        ] {
            assert!(!check(text, "打人"), "{text}");
        }
    }

    #[test]
    fn a_negation_inside_another_word_belongs_to_that_word() {
        let chars: Vec<char> = "不合理扣费".chars().collect();
        assert!(!negated(&chars, 3, &|from, to| from < 3 && to > 0));
        assert!(!negated(&chars, 3, &|_, _| false), "and reaches only its neighbour");
    }
}
