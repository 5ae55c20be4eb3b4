//! Lists the pack, calendar and demonstration files so that `embedded` can carry their texts.
//! Must not read what is in them: a new pack is a new file, without a change here.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde_json::Value;

#[path = "src/embedded/layout.rs"]
mod layout;
#[path = "src/embedded/letters.rs"]
mod letters;

use layout::{COLUMN, LINE, PACKS_BEGIN, PACKS_END, PART, TEXT};

/// Where the data files are, seen from this crate.
const PACKS: &str = "../../packs";
/// Sentence parts for invented cases; stands beside the packs and is none.
const DEMO: &str = "demo";

fn main() -> io::Result<()> {
    let packs = manifest_dir()?.join(PACKS);
    let calendars = packs.join("calendars");
    let mut code = String::new();
    shelve(&mut code, &files(&packs, |name| name != DEMO)?)?;
    table(&mut code, "CALENDARS", "Calendars: name and text, by name.", &files(&calendars, |_| true)?)?;
    table(&mut code, "DEMO", "Sentence parts for invented cases: one entry.", &files(&packs, |name| name == DEMO)?)?;
    let _ = writeln!(
        code,
        "/// Changes whenever one of the embedded files does.\npub const DIGEST: u64 = {};",
        digest(code.as_str())
    );
    for watched in [&packs, &calendars] {
        println!("cargo::rerun-if-changed={}", watched.display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/embedded/layout.rs");
    println!("cargo::rerun-if-changed=src/embedded/letters.rs");
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

/// The packs by column: their shapes (texts replaced by the column's number) and the columns, as `embedded::shelf` reads
/// them. Texts of one kind that stand together pack far tighter than packs one after the other.
fn shelve(code: &mut String, files: &[(String, PathBuf)]) -> io::Result<()> {
    let (mut shapes, mut columns) = (Vec::new(), Columns::default());
    for (place, (_, path)) in files.iter().enumerate() {
        if place > 0 {
            shapes.push(LINE);
        }
        // A file that cannot be read stands as an empty one: a test says which.
        columns.lay(&serde_json::from_str(&fs::read_to_string(path)?).unwrap_or_default(), ["", ""], &mut shapes);
    }
    // Last, what the shelf shows of each: the same words once more, which costs next to nothing.
    shapes.push(LINE);
    columns.lay(&heads(files)?, ["", ""], &mut shapes);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let texts: Vec<String> = columns.0.into_iter().map(|(_, texts)| texts.join("\n")).collect();
    let letters = letters::Letters::of(&texts.concat());
    let all: Vec<Vec<u8>> = texts
        .iter()
        .map(|text| {
            let mut bytes = Vec::new();
            letters.encode(text, &mut bytes);
            bytes
        })
        .collect();
    let table = letters.bytes();
    let length = u16::try_from(table.len()).map_err(io::Error::other)?.to_be_bytes();
    let blob = [PACKS_BEGIN, &length, &table, &shapes, &[PART], &all.join(&COLUMN), PACKS_END].concat();
    let _ = writeln!(
        code,
        "// {:x}\nstatic BLOB: &[u8] = include_bytes!(concat!(env!(\"OUT_DIR\"), \"/packs.bin\"));",
        digest(&blob)
    );
    fs::write(out.join("packs.bin"), blob)?;
    let _ = writeln!(code, "/// The packs' file names, sorted.\npub static NAMES: &[&str] = &{names:?};");
    Ok(())
}

/// Texts by the key under which they stand (`label/zh`, `clause`), in the order of first appearance.
#[derive(Default)]
struct Columns(Vec<(String, Vec<String>)>);

impl Columns {
    /// Writes the shape of a value and takes its texts into their columns. `keys`: the last two keys above it.
    fn lay(&mut self, value: &Value, keys: [&str; 2], shape: &mut Vec<u8>) {
        match value {
            Value::String(text) => {
                let key = if matches!(keys[1], "zh" | "en") { keys.join("/") } else { keys[1].to_owned() };
                let place = self.0.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
                    self.0.push((key, Vec::new()));
                    self.0.len() - 1
                });
                let quoted = Value::from(text.as_str()).to_string();
                self.0[place].1.push(quoted[1..quoted.len() - 1].to_owned());
                shape.extend([TEXT, u8::try_from(0x80 + place).expect("fewer than 128 kinds of text")]);
            }
            Value::Array(items) => {
                shape.push(b'[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        shape.push(b',');
                    }
                    self.lay(item, keys, shape);
                }
                shape.push(b']');
            }
            Value::Object(map) => {
                shape.push(b'{');
                for (index, (key, item)) in map.iter().enumerate() {
                    if index > 0 {
                        shape.push(b',');
                    }
                    // Keys of maps (terms) may be any text: spelled so that no shape holds what is not ASCII or `$`.
                    shape.extend(ascii(key).bytes());
                    shape.push(b':');
                    self.lay(item, [keys[1], key], shape);
                }
                shape.push(b'}');
            }
            other => shape.extend(other.to_string().bytes()),
        }
    }
}

/// A key as JSON in ASCII, without `$`.
fn ascii(key: &str) -> String {
    let mut out = String::from("\"");
    for unit in key.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii_alphanumeric() || b"_-. ".contains(&byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\u{unit:04x}")),
        }
    }
    out.push('"');
    out
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
fn heads(files: &[(String, PathBuf)]) -> io::Result<Value> {
    let mut list = Vec::new();
    for (_, path) in files {
        let pack: Value = serde_json::from_str(&fs::read_to_string(path)?).unwrap_or_default();
        let part = |key: &&str| Some(((*key).to_owned(), pack.get(*key)?.clone()));
        list.push(Value::Object(HEAD.iter().filter_map(part).collect()));
    }
    Ok(Value::Array(list))
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

fn digest(text: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
