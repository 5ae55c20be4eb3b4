//! Names of exported files: whose, when, what. Must not contain what file systems refuse.

use shouwen_core::time::Civil;

use crate::i18n::{T, exchange as words, tr};

/// Longest part that comes from a campus's name, in characters.
const MAX_CAMPUS: usize = 24;

/// `首问-城北-2026-11-21-1042-全部.json`; `part` above 1 is written behind.
pub fn file_name(campus: &str, at: Civil, what: T, part: usize, extension: &str) -> String {
    let (prefix, what) = (tr(words::FILE_PREFIX), tr(what));
    let part = if part > 1 { format!("-{part}") } else { String::new() };
    format!("{prefix}-{}-{}-{what}{part}.{extension}", harmless(campus), at.format("%Y-%m-%d-%H%M"))
}

/// A campus's name without what Windows, macOS or a shell would stumble over.
fn harmless(campus: &str) -> String {
    let name: String = campus
        .trim()
        .chars()
        .map(|c| if c.is_control() || c.is_whitespace() || r#"\/:*?"<>|.%"#.contains(c) { '_' } else { c })
        .take(MAX_CAMPUS)
        .collect();
    if name.is_empty() { "_".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(campus: &str, part: usize, want: &str) {
        let at = shouwen_core::time::parse("2026-11-21T10:42:09").unwrap();
        assert_eq!(file_name(campus, at, words::FILE_FULL, part, "json"), want);
    }

    #[test]
    fn names() {
        check("城北", 1, "首问-城北-2026-11-21-1042-全部.json");
        check("城北", 2, "首问-城北-2026-11-21-1042-全部-2.json");
        check(" 城北/..\\a:b ", 1, "首问-城北____a_b-2026-11-21-1042-全部.json");
        check("", 1, "首问-_-2026-11-21-1042-全部.json");
        check(&"长".repeat(60), 1, &format!("首问-{}-2026-11-21-1042-全部.json", "长".repeat(24)));
    }
}
