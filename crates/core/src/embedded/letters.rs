//! A shorter spelling of Chinese text for the packs in the page: two bytes a letter instead of three, ASCII as it is.
//! Shared with `build.rs`, which writes what this reads. Must not know what the text says.

/// First and last letter of the large table, and how many second bytes each first byte has.
const TABLE: (u32, u32) = (0x4e00, 0x4e00 + 108 * 192);
const ROW: u32 = 192;
/// Smaller ranges of signs: first letter, how many, and the first byte of the range (128 letters each).
const SIGNS: [(u32, u32, u32); 3] = [(0x3000, 256, 0xf0), (0xff00, 256, 0xf2), (0x2000, 128, 0xf4)];
/// Before the three or four bytes of a letter that is in no table.
const PLAIN: u8 = 0xff;

/// Writes a text.
#[allow(dead_code, reason = "used by the build script and by the tests")]
pub fn encode(text: &str, out: &mut Vec<u8>) {
    for letter in text.chars() {
        let code = u32::from(letter);
        if letter.is_ascii() {
            out.push(code as u8);
        } else if (TABLE.0..TABLE.1).contains(&code) {
            let place = code - TABLE.0;
            out.extend([(0x80 + place / ROW) as u8, (0x40 + place % ROW) as u8]);
        } else if let Some((from, _, first)) =
            SIGNS.iter().find(|(from, count, _)| (*from..from + count).contains(&code))
        {
            let place = code - from;
            out.extend([(first + place / 128) as u8, (0x80 + place % 128) as u8]);
        } else {
            out.push(PLAIN);
            out.extend(letter.encode_utf8(&mut [0; 4]).bytes());
        }
    }
}

/// Reads what `encode` wrote; bytes that it never writes are left out.
#[allow(dead_code, reason = "not used by the build script")]
pub fn decode(mut bytes: &[u8], out: &mut String) {
    while let Some((&first, rest)) = bytes.split_first() {
        let (letter, left) = match first {
            0..0x80 => (Some(char::from(first)), rest),
            PLAIN => plain(rest),
            _ => match rest.split_first() {
                Some((&second, left)) => (pair(u32::from(first), u32::from(second)), left),
                None => (None, rest),
            },
        };
        out.extend(letter);
        bytes = left;
    }
}

fn pair(first: u32, second: u32) -> Option<char> {
    let sign = SIGNS.iter().find(|(_, count, byte)| (*byte..byte + count / 128).contains(&first));
    char::from_u32(match sign {
        Some((from, _, byte)) => from + (first - byte) * 128 + second.checked_sub(0x80)?,
        None => TABLE.0 + (first - 0x80) * ROW + second.checked_sub(0x40)?,
    })
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

    fn there_and_back(text: &str) -> String {
        let (mut bytes, mut back) = (Vec::new(), String::new());
        encode(text, &mut bytes);
        decode(&bytes, &mut back);
        back
    }

    #[test]
    fn every_letter_comes_back() {
        let all: String = ('\0'..=char::MAX).collect();
        assert!(there_and_back(&all) == all);
        let mut bytes = Vec::new();
        encode("家长：“退费”。1月", &mut bytes);
        assert_eq!(bytes.len(), 2 * 8 + 1 + 2);
    }

    proptest! {
        #[test]
        fn texts_come_back(text in "\\PC*") {
            prop_assert_eq!(there_and_back(&text), text);
        }

        /// Whatever bytes stand there, reading ends and gives a text.
        #[test]
        fn garbage_is_read_to_its_end(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut text = String::new();
            decode(&bytes, &mut text);
            prop_assert!(text.chars().count() <= bytes.len());
        }
    }
}
