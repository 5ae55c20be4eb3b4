//! The small notation of lexicon words: `[没有|未][解决|处理]` for alternatives, `态度…差` for a gap in the clause.
//! Must not look at texts; matching does.

/// Sign for a gap of at most [`GAP`] characters within a clause.
pub const GAP_SIGN: char = '…';
/// How many characters a gap may hold.
pub const GAP: usize = 8;
/// Alternatives that one part of a word may unfold to; the rest is dropped.
const UNFOLD_MAX: usize = 4_000;

/// The parts of a word between gaps, each as the plain strings it stands for. Empty when the word says nothing.
pub fn parts(word: &str) -> Vec<Vec<String>> {
    let parts: Vec<Vec<String>> = word.split(GAP_SIGN).map(|part| unfold(part.trim())).collect();
    let empty = |part: &Vec<String>| part.is_empty() || part.iter().all(String::is_empty);
    if parts.iter().any(empty) {
        return parts.into_iter().filter(|part| !empty(part)).collect();
    }
    parts
}

/// `[甲|乙]丙` becomes 甲丙 and 乙丙. A bracket that is not closed stands for itself.
fn unfold(part: &str) -> Vec<String> {
    let mut done = vec![String::new()];
    let mut rest = part;
    while let Some((before, choices, after)) = bracket(rest) {
        let choices: Vec<&str> = choices.split('|').map(str::trim).collect();
        let room = UNFOLD_MAX / choices.len().max(1);
        let heads: Vec<String> = done.iter().take(room.max(1)).map(|head| format!("{head}{before}")).collect();
        done = heads.iter().flat_map(|head| choices.iter().map(move |choice| format!("{head}{choice}"))).collect();
        rest = after;
    }
    done.iter_mut().for_each(|head| head.push_str(rest));
    done.retain(|word| !word.is_empty());
    done
}

/// Splits at the first pair of brackets: before, inside, after.
fn bracket(text: &str) -> Option<(&str, &str, &str)> {
    let (before, tail) = text.split_once('[')?;
    let (inside, after) = tail.split_once(']')?;
    Some((before, inside, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfolds_alternatives_and_gaps() {
        for (word, want) in [
            ("退费", "退费"),
            ("[没|未]解决", "没解决 未解决"),
            ("[没|未][退|到账]", "没退 没到账 未退 未到账"),
            ("态度[|很]差", "态度差 态度很差"),
            ("态度…[差|坏]", "态度 / 差 坏"),
            ("…差", "差"),
            ("[没解决", "[没解决"),
            ("", ""),
            ("[|]", ""),
            ("…", ""),
        ] {
            let got: Vec<String> = parts(word).iter().map(|part| part.join(" ")).collect();
            assert_eq!(got.join(" / "), want, "{word}");
        }
    }

    #[test]
    fn stays_bounded() {
        let word = "[一|二|三|四|五|六|七|八|九|十]".repeat(12);
        assert!(parts(&word).iter().map(Vec::len).sum::<usize>() <= UNFOLD_MAX);
    }
}
