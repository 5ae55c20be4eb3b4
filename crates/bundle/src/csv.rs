//! Tables for spreadsheets: UTF-8 with a byte order mark, CRLF, quoted as RFC 4180 says, formulas defused.
//! Must not know what the columns mean.

/// Characters that make a spreadsheet take a cell for a formula, also in their full-width forms.
const FORMULA: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

/// The file's text. Opens in Chinese in a spreadsheet on double click, and never runs what somebody typed: a cell that
/// could be a formula (also a phone number with `+`, also a negative number) gets a leading apostrophe.
///
/// ```
/// let rows = vec![vec!["姓名".to_owned(), "=1+1".to_owned()]];
/// assert_eq!(shouwen_bundle::csv::csv(&rows), "\u{feff}姓名,'=1+1\r\n");
/// ```
pub fn csv(rows: &[Vec<String>]) -> String {
    let mut out = String::from('\u{feff}');
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(&defused(cell))).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// Blanks and control characters in front do not help a formula through: some programs cut them off.
fn defused(cell: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    if cell.starts_with(FORMULA) || cell.trim_start_matches(blank).starts_with(FORMULA) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn quoted(cell: &str) -> String {
    let edge_blank = cell.starts_with(' ') || cell.ends_with(' ');
    if edge_blank || cell.contains([',', '"', '\r', '\n', ';', '\t']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, want: &str) {
        assert_eq!(csv(&[vec![cell.to_owned()]]), format!("\u{feff}{want}\r\n"));
    }

    #[test]
    fn cells() {
        check("家长", "家长");
        check("", "");
        check("a,b", "\"a,b\"");
        check("他说\"退费\"", "\"他说\"\"退费\"\"\"");
        check("一\r\n二", "\"一\r\n二\"");
        check(" 前", "\" 前\"");
        check("13800000000", "13800000000");
        check("2026-10-01", "2026-10-01");
        check("a=b", "a=b");
        check("'", "'");
    }

    #[test]
    fn formulas_are_defused() {
        check("=1+1", "'=1+1");
        check("+86 138 0000 0000", "'+86 138 0000 0000");
        check("-5", "'-5");
        check("@SUM(A1)", "'@SUM(A1)");
        check("＝cmd", "'＝cmd");
        check("＋1", "'＋1");
        check("－1", "'－1");
        check("＠a", "'＠a");
        check("\t=1", "\"'\t=1\"");
        check("\r=1", "\"'\r=1\"");
        check("\n=1", "\"'\n=1\"");
        check("  =1", "'  =1");
        check("\u{3000}=1", "'\u{3000}=1");
        check("\u{feff}=1", "'\u{feff}=1");
        check("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    }

    #[test]
    fn rows_and_columns() {
        let rows = vec![vec!["a".to_owned(), "b".to_owned()], Vec::new(), vec![String::new(), "c".to_owned()]];
        assert_eq!(csv(&rows), "\u{feff}a,b\r\n\r\n,c\r\n");
        assert_eq!(csv(&[]), "\u{feff}");
    }
}
