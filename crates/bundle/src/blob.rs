//! Which attachments are taken, told by their bytes: photos, recordings, documents, plain text.
//! Must not trust a file's name or the browser's word for its type; must not open what could run.

/// Largest attachment in bytes, unless the caller says otherwise.
pub const MAX_BLOB: usize = 8 << 20;

/// Extensions that a desktop would run or a browser would render, whatever the bytes are: the name is shown and
/// written to disk again.
const ACTIVE_NAMES: &[&str] = &[
    "html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml", "svg", "svgz", "xml", "xsl", "js", "mjs", "jse", "vbs",
    "vbe", "wsf", "wsh", "hta", "ps1", "psm1", "bat", "cmd", "com", "exe", "dll", "scr", "pif", "cpl", "msi", "msp",
    "lnk", "url", "reg", "inf", "jar", "apk", "app", "sh", "bash", "command", "py", "pl", "php", "rb", "desktop",
    "docm", "dotm", "xlsm", "xltm", "xlam", "iso", "chm", "swf",
];

/// Beginnings that decide alone. AMR stands before scripts: it also begins with `#!`.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"#!AMR-WB\n", "audio/amr-wb"),
    (b"#!AMR\n", "audio/amr"),
    (b"ID3", "audio/mpeg"),
];

/// Brands of ISO media files (bytes 8 to 12, behind `ftyp`).
const BRANDS: &[(&[u8], &str)] = &[
    (b"heic", "image/heic"),
    (b"heix", "image/heic"),
    (b"heim", "image/heic"),
    (b"heis", "image/heic"),
    (b"hevc", "image/heic"),
    (b"mif1", "image/heic"),
    (b"msf1", "image/heic"),
    (b"M4A ", "audio/mp4"),
    (b"M4B ", "audio/mp4"),
    (b"isom", "video/mp4"),
    (b"iso2", "video/mp4"),
    (b"iso4", "video/mp4"),
    (b"iso5", "video/mp4"),
    (b"iso6", "video/mp4"),
    (b"mp41", "video/mp4"),
    (b"mp42", "video/mp4"),
    (b"avc1", "video/mp4"),
    (b"M4V ", "video/mp4"),
    (b"3gp4", "video/3gpp"),
    (b"3gp5", "video/3gpp"),
    (b"3gp6", "video/3gpp"),
    (b"qt  ", "video/quicktime"),
];

/// Beginnings of programs: Windows, Linux, macOS (both byte orders and universal), shortcuts.
const PROGRAMS: &[&[u8]] = &[
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"L\0\0\0\x01\x14\x02\0",
    b"\0asm",
];

/// Beginnings of text (in lower case, behind blanks) that something would run.
const SCRIPTS: &[&str] =
    &["#!", "@echo", "javascript:", "data:text/html", "[internetshortcut]", "windows registry editor"];

/// Why an attachment is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlobRefusal {
    #[error("the file is empty")]
    Empty,
    #[error("the file has {size} bytes, at most {max} are kept")]
    TooBig { size: usize, max: usize },
    #[error("files named .{0} are not kept")]
    ActiveName(String),
    #[error("HTML, SVG or XML")]
    Markup,
    #[error("a script")]
    Script,
    #[error("a program")]
    Program,
    #[error("an office document with macros")]
    Macros,
    #[error("not a photo, recording, PDF, office document or UTF-8 text")]
    Unknown,
}

impl BlobRefusal {
    /// A stable word for the interface's dictionary.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooBig { .. } => "too_big",
            Self::ActiveName(_) => "active_name",
            Self::Markup => "markup",
            Self::Script => "script",
            Self::Program => "program",
            Self::Macros => "macros",
            Self::Unknown => "unknown",
        }
    }
}

/// The type of an attachment, or why it is refused. The name can only make it worse.
pub fn sniff(bytes: &[u8], name: &str) -> Result<&'static str, BlobRefusal> {
    sniff_up_to(bytes, name, MAX_BLOB)
}

/// As [`sniff`], with another size limit.
pub fn sniff_up_to(bytes: &[u8], name: &str, max: usize) -> Result<&'static str, BlobRefusal> {
    match bytes.len() {
        0 => return Err(BlobRefusal::Empty),
        size if size > max => return Err(BlobRefusal::TooBig { size, max }),
        _ => {}
    }
    if let Some(extension) = extension(name).filter(|one| ACTIVE_NAMES.contains(&one.as_str())) {
        return Err(BlobRefusal::ActiveName(extension));
    }
    if let Some((_, mime)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Ok(mime);
    }
    if PROGRAMS.iter().any(|magic| bytes.starts_with(magic)) && !is_text(bytes) {
        return Err(BlobRefusal::Program);
    }
    match bytes {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok("image/webp"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Ok("audio/wav"),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => {
            BRANDS.iter().find(|(known, _)| brand.starts_with(known)).map(|(_, mime)| *mime).ok_or(BlobRefusal::Unknown)
        }
        [b'P', b'K', 3, 4, ..] => office(bytes),
        [0xff, second, third, ..] if is_mp3_frame(*second, *third) => Ok("audio/mpeg"),
        _ => text(bytes),
    }
}

/// What follows the last dot, in lower case; Windows ignores dots and blanks at the end.
fn extension(name: &str) -> Option<String> {
    let name = name.trim_end_matches(|c: char| c == '.' || c.is_whitespace() || c.is_control());
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())
}

/// MPEG audio, layer III, with a bit rate and sampling rate that exist.
fn is_mp3_frame(second: u8, third: u8) -> bool {
    let (version, layer) = ((second >> 3) & 3, (second >> 1) & 3);
    let (rate, sampling) = (third >> 4, (third >> 2) & 3);
    second & 0xe0 == 0xe0 && version != 1 && layer == 1 && !matches!(rate, 0 | 15) && sampling != 3
}

fn is_text(bytes: &[u8]) -> bool {
    let plain = |c: char| !c.is_control() || matches!(c, '\t' | '\r' | '\n');
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(plain))
}

fn text(bytes: &[u8]) -> Result<&'static str, BlobRefusal> {
    let start = std::str::from_utf8(bytes).unwrap_or_default();
    let start = start.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace() || c.is_control());
    // Markup also when something later is not text: browsers render it all the same.
    if start.starts_with('<') || first_visible(bytes) == Some(b'<') {
        return Err(BlobRefusal::Markup);
    }
    let head: String = start.chars().take(32).collect::<String>().to_lowercase();
    if SCRIPTS.iter().any(|script| head.starts_with(script)) {
        return Err(BlobRefusal::Script);
    }
    if is_text(bytes) { Ok("text/plain") } else { Err(BlobRefusal::Unknown) }
}

fn first_visible(bytes: &[u8]) -> Option<u8> {
    bytes.iter().copied().find(|byte| byte.is_ascii_graphic())
}

/// A docx or xlsx by the names in its directory.
fn office(bytes: &[u8]) -> Result<&'static str, BlobRefusal> {
    let names = zip_names(bytes).ok_or(BlobRefusal::Unknown)?;
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted.as_bytes()));
    if names.iter().any(|name| name.to_ascii_lowercase().ends_with(b"vbaproject.bin")) {
        return Err(BlobRefusal::Macros);
    }
    match has("[Content_Types].xml") {
        true if has("word/document.xml") => {
            Ok("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        }
        true if has("xl/workbook.xml") => Ok("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        _ => Err(BlobRefusal::Unknown),
    }
}

/// Signature of the record at a zip file's end, and of each entry of its directory.
const ZIP_END: &[u8] = b"PK\x05\x06";
const ZIP_ENTRY: &[u8] = b"PK\x01\x02";
/// A zip file's end record may be followed by a comment of this length.
const ZIP_END_REACH: usize = 22 + 65_535;

/// Entry names of a zip file's directory; `None` when the directory is not sound.
fn zip_names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let from = bytes.len().saturating_sub(ZIP_END_REACH);
    let end = from + bytes.get(from..)?.windows(4).rposition(|window| window == ZIP_END)?;
    let count = number(bytes, end + 10, 2)?;
    let mut at = number(bytes, end + 16, 4).filter(|at| *at < end)?;
    let mut names = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at + 4)? != ZIP_ENTRY {
            return None;
        }
        let (name, extra, comment) =
            (number(bytes, at + 28, 2)?, number(bytes, at + 30, 2)?, number(bytes, at + 32, 2)?);
        names.push(bytes.get(at + 46..at + 46 + name)?);
        at += 46 + name + extra + comment;
    }
    Some(names)
}

/// A little-endian number of up to four bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    usize::try_from(digits.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], want: Result<&str, &str>) {
        let got = sniff(bytes, name).map_err(|refusal| refusal.code());
        assert_eq!(got, want, "{name}");
    }

    /// A zip with empty entries: local headers are left out, the directory is what counts.
    fn zip(names: &[&str]) -> Vec<u8> {
        let mut out = b"PK\x03\x04".to_vec();
        let start = out.len() as u32;
        for name in names {
            let mut entry = vec![0; 46];
            entry[..4].copy_from_slice(ZIP_ENTRY);
            entry[28] = name.len() as u8;
            out.extend(entry);
            out.extend(name.as_bytes());
        }
        let mut end = vec![0; 22];
        end[..4].copy_from_slice(ZIP_END);
        end[10] = names.len() as u8;
        end[16..20].copy_from_slice(&start.to_le_bytes());
        out.extend(end);
        out
    }

    const TYPES: &str = "[Content_Types].xml";

    #[test]
    fn taken() {
        check("a.jpg", b"\xff\xd8\xff\xe0....", Ok("image/jpeg"));
        check("a.png", b"\x89PNG\r\n\x1a\n....", Ok("image/png"));
        check("a.gif", b"GIF89a....", Ok("image/gif"));
        check("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", Ok("image/webp"));
        check("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", Ok("image/heic"));
        check("IMG_1.HEIC", b"\0\0\0\x18ftypmif1\0\0\0\0", Ok("image/heic"));
        check("a.pdf", b"%PDF-1.7\n", Ok("application/pdf"));
        check("a.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0", Ok("video/mp4"));
        check("a.m4a", b"\0\0\0\x18ftypM4A \0\0\0\0", Ok("audio/mp4"));
        check("a.mp3", b"ID3\x04\0", Ok("audio/mpeg"));
        check("a.mp3", b"\xff\xfb\x90\x64\0\0", Ok("audio/mpeg"));
        check("a.amr", b"#!AMR\n\x3c", Ok("audio/amr"));
        check("a.wav", b"RIFF\x10\0\0\0WAVEfmt ", Ok("audio/wav"));
        check("a.txt", "\u{feff}家长说：1 < 2\r\n\t好".as_bytes(), Ok("text/plain"));
        check("没有后缀", b"MZ is a name", Ok("text/plain"));
        let docx = zip(&[TYPES, "_rels/.rels", "word/document.xml"]);
        check("a.docx", &docx, Ok("application/vnd.openxmlformats-officedocument.wordprocessingml.document"));
        let xlsx = zip(&[TYPES, "xl/workbook.xml"]);
        check("a.xlsx", &xlsx, Ok("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
        check("名字错了.bin", b"%PDF-1.7\n", Ok("application/pdf"));
    }

    #[test]
    fn refused() {
        check("a.txt", b"", Err("empty"));
        check("a.jpg", b"<html>", Err("markup"));
        check("a.txt", b"\xef\xbb\xbf \n<!DOCTYPE html>", Err("markup"));
        check("a.txt", b"\n<svg xmlns='x'>", Err("markup"));
        check("a.txt", b"<!-- a --><script>1</script>", Err("markup"));
        check("a.txt", b"<html>\xff\xfe", Err("markup"));
        check("a.txt", b"\0<html>", Err("markup"));
        check("a.jpg", b"<?xml version='1.0'?>", Err("markup"));
        check("a.txt", b"#!/bin/sh\n", Err("script"));
        check("a.txt", b"@ECHO off\r\n", Err("script"));
        check("a.txt", b" JavaScript:alert(1)", Err("script"));
        check("a.jpg", b"MZ\x90\0\x03", Err("program"));
        check("a", b"\x7fELF\x02\x01", Err("program"));
        check("a", b"\0asm\x01\0\0\0", Err("program"));
        check("a.html", b"\xff\xd8\xff\xe0....", Err("active_name"));
        check("a.pdf.EXE", b"%PDF-1.7\n", Err("active_name"));
        check("a.svg. .", b"\xff\xd8\xff\xe0....", Err("active_name"));
        check("a.js", b"hello", Err("active_name"));
        check("a.zip", &zip(&["a.txt"]), Err("unknown"));
        check("a.docx", &zip(&["word/document.xml"]), Err("unknown"));
        check("a.docx", &zip(&[TYPES, "word/document.xml", "word/vbaProject.bin"]), Err("macros"));
        check("a.docx", b"PK\x03\x04", Err("unknown"));
        check("a.docx", b"PK\x03\x04PK\x05\x06\0\0\0\0\0\0\xff\xff\0\0\0\0\xff\xff\xff\xff\0\0", Err("unknown"));
        check("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Err("unknown"));
        check("a.txt", b"gbk \xd6\xd0", Err("unknown"));
        check("a.txt", b"a\0b", Err("unknown"));
        check("a.avif", b"\0\0\0\x18ftypavif\0\0\0\0", Err("unknown"));
        check("a.mp3", b"\xff\xff\xff\xff", Err("unknown"));
    }

    #[test]
    fn size_is_checked_first_and_named() {
        let big = vec![b'a'; MAX_BLOB + 1];
        assert_eq!(sniff(&big, "a.txt"), Err(BlobRefusal::TooBig { size: MAX_BLOB + 1, max: MAX_BLOB }));
        assert_eq!(sniff(&big[..MAX_BLOB], "a.txt"), Ok("text/plain"));
        assert_eq!(sniff_up_to(b"abc", "a.txt", 2), Err(BlobRefusal::TooBig { size: 3, max: 2 }));
    }
}
