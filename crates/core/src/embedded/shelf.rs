//! The texts of the built-in packs. They lie in the page by column (all labels together, all clauses together …), which
//! packs far tighter than one file after the other; a pack's text is put together when it is asked for.
//! Must not know what the columns mean; `build.rs` lays them out.

use std::sync::OnceLock;

use super::layout::{COLUMN, LINE, PACKS_BEGIN, PACKS_END, PART, TEXT};
use super::letters::Letters;

/// Where everything lies.
struct Index {
    letters: Letters,
    /// The packs without their texts, in the order of the names.
    shapes: Vec<&'static [u8]>,
    columns: Vec<Vec<&'static [u8]>>,
    /// By pack and column: how many texts the packs before it use.
    starts: Vec<Vec<usize>>,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let lines = |bytes: &'static [u8]| -> Vec<&'static [u8]> { bytes.split(|byte| *byte == LINE).collect() };
        let blob = super::BLOB.strip_prefix(PACKS_BEGIN).and_then(|blob| blob.strip_suffix(PACKS_END));
        let (length, blob) = blob.and_then(<[u8]>::split_first_chunk::<2>).unwrap_or((&[0, 0], &[]));
        let (letters, blob) = blob.split_at_checked(usize::from(u16::from_be_bytes(*length))).unwrap_or_default();
        let mut parts = blob.split(|byte| *byte == PART);
        let shapes = lines(parts.next().unwrap_or_default());
        let columns: Vec<_> = parts.next().unwrap_or_default().split(|byte| *byte == COLUMN).map(lines).collect();
        let mut used = vec![0; columns.len()];
        let starts = shapes
            .iter()
            .map(|shape| {
                let start = used.clone();
                texts(shape).for_each(|column| used[column.min(columns.len() - 1)] += 1);
                start
            })
            .collect();
        Index { letters: Letters::read(letters), shapes, columns, starts }
    })
}

/// The columns of a shape's texts, in order.
fn texts(shape: &[u8]) -> impl Iterator<Item = usize> {
    shape.windows(2).filter(|pair| pair[0] == TEXT).map(|pair| usize::from(pair[1].wrapping_sub(0x80)))
}

/// The text of a built-in pack, by its place among the names; after the last one, the list of their heads.
pub fn text(place: usize) -> Option<String> {
    let index = index();
    let (shape, mut at) = (*index.shapes.get(place)?, index.starts.get(place)?.clone());
    let mut out = String::with_capacity(shape.len() * 4);
    let mut bytes = shape.iter();
    while let Some(&byte) = bytes.next() {
        if byte != TEXT {
            out.push(char::from(byte));
            continue;
        }
        let column = usize::from(bytes.next()?.wrapping_sub(0x80));
        let next = at.get_mut(column)?;
        out.push('"');
        index.letters.decode(index.columns.get(column)?.get(*next)?, &mut out);
        out.push('"');
        *next += 1;
    }
    Some(out)
}
