//! Folding a text so that the same words look the same: width, case and stray blanks, with a map back to the original.
//! Must not judge words: what they mean is the lexicons' business.

/// Characters of a text that are looked at; the rest is ignored. A spoken complaint has some hundred.
pub const CHARS_READ: usize = 100_000;

/// A folded text. Index `i` of `chars` came from the bytes `from[i]..to[i]` of the original.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    pub text: String,
    pub chars: Vec<char>,
    from: Vec<usize>,
    to: Vec<usize>,
}

impl Folded {
    /// Folds at most [`CHARS_READ`] characters.
    pub fn new(original: &str) -> Folded {
        let mut folded = Folded::default();
        let mut chars = original.char_indices().take(CHARS_READ).peekable();
        while let Some((start, raw)) = chars.next() {
            let end = start + raw.len_utf8();
            let plain = fold_char(raw);
            if is_invisible(plain) {
                continue;
            }
            if is_blank(plain) {
                let next = chars.peek().map(|(_, next)| fold_char(*next));
                if !keeps_blank(folded.chars.last().copied(), next) {
                    continue;
                }
                folded.push(' ', start, end);
            } else {
                folded.push(plain, start, end);
            }
        }
        folded
    }

    fn push(&mut self, char: char, start: usize, end: usize) {
        self.text.push(char);
        self.chars.push(char);
        self.from.push(start);
        self.to.push(end);
    }

    /// The byte range of the original that the characters `from..to` came from.
    pub fn original(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        if from >= to {
            return None;
        }
        Some((*self.from.get(from)?, *self.to.get(to - 1)?))
    }
}

/// A word of a lexicon, folded as texts are.
pub fn fold_word(word: &str) -> String {
    // Nearly all words are as they should be; a pack has thousands of them.
    let plain = |char: char| fold_char(char) == char && !is_blank(char) && !is_invisible(char);
    if word.chars().all(plain) { word.to_owned() } else { Folded::new(word.trim()).text }
}

/// Full-width letters, digits and signs become half-width; letters become small.
fn fold_char(char: char) -> char {
    let narrow = match char {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(char) - 0xFEE0).unwrap_or(char),
        '\u{FFE5}' => '¥',
        other => other,
    };
    let mut lower = narrow.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => narrow,
    }
}

/// A blank is a word boundary between Latin words only; between Chinese characters it is a typing accident.
fn keeps_blank(before: Option<char>, after: Option<char>) -> bool {
    matches!((before, after), (Some(before), Some(after)) if before.is_ascii_graphic() && after.is_ascii_graphic())
}

fn is_blank(char: char) -> bool {
    char.is_whitespace() && !matches!(char, '\n' | '\r')
}

fn is_invisible(char: char) -> bool {
    matches!(char, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_width_case_and_blanks() {
        for (text, want) in [
            ("退 费", "退费"),
            ("退　费", "退费"),
            ("ＡＰＰ１２３", "app123"),
            ("交了 2000 元", "交了2000元"),
            ("Please refund  me", "please refund me"),
            ("一\u{200B}直", "一直"),
            ("甲\n乙", "甲\n乙"),
            ("￥500，好", "¥500,好"),
            ("", ""),
        ] {
            assert_eq!(Folded::new(text).text, want, "{text}");
        }
    }

    #[test]
    fn maps_back_to_the_original() {
        let text = "😀要求退 费Ａ";
        let folded = Folded::new(text);
        let at = folded.chars.iter().position(|char| *char == '退').unwrap();
        let (start, end) = folded.original(at, at + 2).unwrap();
        assert_eq!(&text[start..end], "退 费");
    }

    #[test]
    fn reads_no_more_than_the_cap() {
        assert_eq!(Folded::new(&"长".repeat(CHARS_READ + 7)).chars.len(), CHARS_READ);
    }
}
