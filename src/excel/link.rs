//! Links from a figure to the cell of the archived original that it was read from.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_xlsxwriter::Url;

use super::text::{clean, cut};
use crate::model::book::Book;
use crate::model::place::Place;

/// Excel drops all links of a sheet that has more.
pub(super) const MAX_LINKS: usize = 65_530;
/// Excel's limit for each part of a link, in UTF-16 units, without the longest address of a cell.
const MAX_PART: usize = 2_079 - "XFD1048576".len();
/// Excel's limit for the text shown when the mouse rests on a link.
const MAX_TIP: usize = 255;

/// Where the originals are, seen from the book.
pub(super) struct Links<'a> {
    up: String,
    originals: &'a BTreeMap<String, String>,
    /// The ways to the sheets that were asked for so far, by workbook and name.
    ways: BTreeMap<(Arc<str>, Arc<str>), Option<Way>>,
}

/// What all links to a sheet of an original begin with.
struct Way {
    target: String,
    tip: String,
}

impl<'a> Links<'a> {
    /// The book stands in the month's folder, the archive beside that folder.
    pub(super) fn new(book: &Book, originals: &'a BTreeMap<String, String>) -> Self {
        let up = "../".repeat(book.path.matches('/').count() + 1);
        Self { up, originals, ways: BTreeMap::new() }
    }

    /// The link to a cell, with a tip that names it; `None` where its workbook is not archived or a link could not
    /// say it.
    pub(super) fn to(&mut self, place: &Place) -> Option<Url> {
        let Self { up, originals, ways } = self;
        let sheet = (Arc::clone(&place.workbook), Arc::clone(&place.sheet));
        let way = ways.entry(sheet).or_insert_with(|| way(up, originals.get(&*place.workbook)?, place));
        let Way { target, tip } = way.as_ref()?;
        let cell = place.cell.to_string();
        let tip = cut([tip, cell.as_str()].concat(), MAX_TIP, "…");
        // Without a text the writer makes one of the whole address; the cell's own content replaces it.
        Some(Url::new([target, cell.as_str()].concat()).set_text(" ").set_tip(tip))
    }
}

/// The way to a place's sheet in an archived workbook.
fn way(up: &str, archive: &str, place: &Place) -> Option<Way> {
    // `#` would start the place within the file, `%` an escape: the writer cannot tell them from the real ones.
    if archive.is_empty()
        || archive.contains(['#', '%', '\\', ':'])
        || place.sheet.chars().any(char::is_control)
    {
        return None;
    }
    let file = format!("{up}{archive}");
    let sheet = format!("'{}'!", place.sheet.replace('\'', "''"));
    let fits = |part: &str| part.encode_utf16().count() <= MAX_PART;
    let tip = clean(&format!("原本を開く: {} › {} › ", place.workbook, place.sheet)).into_owned();
    (fits(&file) && fits(&sheet)).then(|| Way { target: format!("file://{file}#{sheet}"), tip })
}
