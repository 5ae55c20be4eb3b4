//! Lists the pack, calendar and demonstration files so that `embedded` can carry their texts.
//! Must not read what is in them: a new pack is a new file, without a change here.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde_json::Value;

/// Where the data files are, seen from this crate.
const PACKS: &str = "../../packs";
/// Sentence parts for invented cases; stands beside the packs and is none.
const DEMO: &str = "demo";

fn main() -> io::Result<()> {
    let packs = manifest_dir()?.join(PACKS);
    let calendars = packs.join("calendars");
    let mut code = String::new();
    table(&mut code, "PACKS", "Packs: name and text, by name.", &files(&packs, |name| name != DEMO)?)?;
    let _ = writeln!(
        code,
        "/// The heads of the packs as one JSON list, in the order of `PACKS`.\npub static HEADS: &str = {:?};",
        heads(&packs)?
    );
    table(&mut code, "CALENDARS", "Calendars: name and text, by name.", &files(&calendars, |_| true)?)?;
    table(&mut code, "DEMO", "Sentence parts for invented cases: one entry.", &files(&packs, |name| name == DEMO)?)?;
    let _ = writeln!(
        code,
        "/// Changes whenever one of the embedded files does.\npub const DIGEST: u64 = {};",
        digest(&code)
    );
    for watched in [&packs, &calendars] {
        println!("cargo::rerun-if-changed={}", watched.display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    fs::write(PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?).join("embedded.rs"), code)
}

fn manifest_dir() -> io::Result<PathBuf> {
    env::var("CARGO_MANIFEST_DIR").map(PathBuf::from).map_err(io::Error::other)
}

/// `NAME.json` files of a folder, sorted. A name with a further dot (`pack.schema.json`) is not data.
fn files(folder: &Path, wanted: impl Fn(&str) -> bool) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let json = path.extension().is_some_and(|extension| extension == "json");
        if json && !name.is_empty() && !name.contains('.') && wanted(&name) {
            println!("cargo::rerun-if-changed={}", path.display());
            found.push((name, path.canonicalize()?));
        }
    }
    found.sort();
    Ok(found)
}

fn table(code: &mut String, name: &str, about: &str, files: &[(String, PathBuf)]) -> io::Result<()> {
    let mut rows = String::new();
    for (name, path) in files {
        let _ = writeln!(rows, "    ({name:?}, {:?}),", minified(&fs::read_to_string(path)?));
    }
    let _ = writeln!(code, "/// {about}\npub static {name}: &[(&str, &str)] = &[\n{rows}];");
    Ok(())
}

/// What the shelf shows of a pack without reading all of it.
const HEAD: [&str; 12] = [
    "id",
    "version",
    "effective_from",
    "title",
    "summary",
    "trade",
    "terms",
    "workplaces",
    "extends",
    "preset",
    "library",
    "companion",
];

/// The heads of all packs; a file that cannot be read has an empty one (a test holds that there is none).
fn heads(packs: &Path) -> io::Result<String> {
    let mut list = Vec::new();
    for (_, path) in files(packs, |name| name != DEMO)? {
        let pack: Value = serde_json::from_str(&fs::read_to_string(path)?).unwrap_or_default();
        let part = |key: &&str| Some(((*key).to_owned(), pack.get(*key)?.clone()));
        list.push(Value::Object(HEAD.iter().filter_map(part).collect()));
    }
    Ok(Value::Array(list).to_string())
}

/// JSON without the blanks between its parts; what stands in quotes stays as it is.
fn minified(json: &str) -> String {
    let mut small = String::with_capacity(json.len());
    let (mut quoted, mut escaped) = (false, false);
    for letter in json.chars() {
        if !quoted && letter.is_ascii_whitespace() {
            continue;
        }
        small.push(letter);
        quoted ^= letter == '"' && !escaped;
        escaped = letter == '\\' && quoted && !escaped;
    }
    small
}

fn digest(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
