//! A shorter spelling of Chinese text for the packs in the page: the most frequent letters take one byte, the others
//! two, ASCII stays. The table of the letters travels along. Shared with `build.rs`, which writes what this reads.
//! Must not know what the text says.

/// How many letters have a byte of their own, from 0x80 on.
const SINGLES: usize = 110;
/// How many second bytes follow each first byte of the others; the second byte is 0x40 or above.
const ROW: usize = 190;
/// First bytes left for letters of two bytes.
const ROWS: usize = 0x7f - SINGLES;
/// Before the bytes of a letter that is in no table.
const PLAIN: u8 = 0xff;

/// The letters in the order of their codes: the frequent ones, then the others by their number in Unicode.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Letters(Vec<char>);

impl Letters {
    /// Reads what `bytes` wrote; what cannot be read ends the table.
    #[allow(dead_code, reason = "not used by the build script")]
    pub fn read(bytes: &[u8]) -> Letters {
        let mut parts = bytes.splitn(2, |byte| *byte == 0);
        let frequent = parts.next().and_then(|part| str::from_utf8(part).ok()).unwrap_or_default();
        let mut letters: Vec<char> = frequent.chars().collect();
        let (mut code, mut step, mut shift) = (0_u32, 0_u32, 0);
        for byte in parts.next().unwrap_or_default() {
            step |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            shift += 7;
            if byte & 0x80 == 0 {
                code = code.wrapping_add(step);
                let Some(letter) = char::from_u32(code) else { break };
                letters.push(letter);
                (step, shift) = (0, 0);
            }
        }
        Letters(letters)
    }

    /// Reads what `encode` wrote; bytes that it never writes are left out.
    #[allow(dead_code, reason = "not used by the build script")]
    pub fn decode(&self, mut bytes: &[u8], out: &mut String) {
        while let Some((&first, rest)) = bytes.split_first() {
            let place = usize::from(first).wrapping_sub(0x80);
            let (letter, left) = match first {
                0..0x80 => (Some(char::from(first)), rest),
                PLAIN => plain(rest),
                _ if place < SINGLES => (self.0.get(place).copied(), rest),
                _ => match rest.split_first() {
                    Some((&second, left)) => {
                        let column = usize::from(second).checked_sub(0x40).filter(|column| *column < ROW);
                        let letter = column.and_then(|column| self.0.get(SINGLES + (place - SINGLES) * ROW + column));
                        (letter.copied(), left)
                    }
                    None => (None, rest),
                },
            };
            out.extend(letter);
            bytes = left;
        }
    }
}

#[allow(dead_code, reason = "used by the build script and by the tests")]
impl Letters {
    /// The table for a text: its letters beyond ASCII, as many as there is room for.
    pub fn of(text: &str) -> Letters {
        let mut counts = std::collections::BTreeMap::new();
        for letter in text.chars().filter(|letter| !letter.is_ascii()) {
            *counts.entry(letter).or_insert(0_usize) += 1;
        }
        let mut letters: Vec<(char, usize)> = counts.into_iter().collect();
        letters.sort_by_key(|(letter, count)| (std::cmp::Reverse(*count), *letter));
        letters.truncate(SINGLES + ROWS * ROW);
        let mut letters: Vec<char> = letters.into_iter().map(|(letter, _)| letter).collect();
        let frequent = letters.len().min(SINGLES);
        letters[frequent..].sort_unstable();
        Letters(letters)
    }

    /// The table: frequent letters as text, a zero, the steps from each other letter to the next.
    pub fn bytes(&self) -> Vec<u8> {
        let (frequent, others) = self.0.split_at(self.0.len().min(SINGLES));
        let mut out = frequent.iter().collect::<String>().into_bytes();
        out.push(0);
        let mut before = 0;
        for letter in others {
            let code = u32::from(*letter);
            let mut step = code - before;
            while step > 0x7f {
                out.push(0x80 | (step & 0x7f) as u8);
                step >>= 7;
            }
            out.push(step as u8);
            before = code;
        }
        out
    }

    /// Writes a text.
    pub fn encode(&self, text: &str, out: &mut Vec<u8>) {
        let (frequent, others) = self.0.split_at(self.0.len().min(SINGLES));
        for letter in text.chars() {
            if letter.is_ascii() {
                out.push(letter as u8);
            } else if let Some(place) = frequent.iter().position(|one| *one == letter) {
                out.push((0x80 + place) as u8);
            } else if let Ok(place) = others.binary_search(&letter) {
                out.extend([(0x80 + SINGLES + place / ROW) as u8, (0x40 + place % ROW) as u8]);
            } else {
                out.push(PLAIN);
                out.extend(letter.encode_utf8(&mut [0; 4]).bytes());
            }
        }
    }
}

/// A letter in UTF-8, and what follows it.
fn plain(bytes: &[u8]) -> (Option<char>, &[u8]) {
    let length = match bytes.first() {
        Some(0xf0..) => 4,
        Some(0xe0..) => 3,
        _ => 2,
    };
    match bytes.split_at_checked(length) {
        Some((letter, rest)) => (str::from_utf8(letter).ok().and_then(|text| text.chars().next()), rest),
        None => (None, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Written with the table of one text, read with the table as it travels.
    fn there_and_back(text: &str, table: &str) -> String {
        let letters = Letters::of(table);
        let (mut bytes, mut back) = (Vec::new(), String::new());
        letters.encode(text, &mut bytes);
        let read = Letters::read(&letters.bytes());
        assert_eq!(read, letters);
        read.decode(&bytes, &mut back);
        back
    }

    #[test]
    fn every_letter_comes_back() {
        let all: String = ('\u{1}'..=char::MAX).collect();
        let (large, small): (String, String) = (('一'..='\u{9fff}').collect(), ('一'..='丙').collect());
        for table in [large.as_str(), small.as_str(), "", "家长"] {
            assert!(there_and_back(&all, table) == all);
        }
        let text = format!("{}退", "家".repeat(3));
        let mut bytes = Vec::new();
        Letters::of(&format!("{large}{text}")).encode(&text, &mut bytes);
        assert_eq!(bytes.len(), 3 + 1, "both are frequent");
    }

    proptest! {
        #[test]
        fn texts_come_back(text in "\\PC*", table in "\\PC*") {
            prop_assert_eq!(there_and_back(&text, &table), text.clone());
            prop_assert_eq!(there_and_back(&text, &text), text);
        }

        /// Whatever bytes stand there, reading ends and gives a text.
        #[test]
        fn garbage_is_read_to_its_end(table in proptest::collection::vec(any::<u8>(), 0..99), bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut text = String::new();
            Letters::read(&table).decode(&bytes, &mut text);
            prop_assert!(text.chars().count() <= bytes.len());
        }
    }
}
