//! Tables for spreadsheets: every cell comes back, and none begins as a formula.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shouwen_bundle::csv::csv;

fuzz_target!(|rows: Vec<Vec<String>>| {
    let text = csv(&rows);
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let read = cells(text);
    let wanted: Vec<usize> = rows.iter().map(|row| row.len().max(1)).collect();
    assert_eq!(read.iter().map(Vec::len).collect::<Vec<_>>(), wanted);
    for (cell, want) in read.iter().flatten().zip(
        rows.iter().flat_map(|row| if row.is_empty() { vec![""] } else { row.iter().map(String::as_str).collect() }),
    ) {
        assert!(cell == want || cell.strip_prefix('\'') == Some(want), "{cell:?} {want:?}");
        let blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
        let first = cell.trim_start_matches(blank).chars().next();
        assert!(!matches!(first, Some('=' | '+' | '-' | '@')), "{cell:?}");
    }
});

/// A reader that knows nothing but quotes, commas and CRLF.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {
                letters.next();
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(letter),
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty(), "cut off");
    rows
}
