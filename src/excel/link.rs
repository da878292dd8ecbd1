//! Links from a figure to the cell of the archived original that it was read from.

use std::collections::BTreeMap;

use rust_xlsxwriter::Url;

use super::text::{clean, cut};
use crate::model::book::Book;
use crate::model::place::Place;

/// Excel drops all links of a sheet that has more.
pub(super) const MAX_LINKS: usize = 65_530;
/// Excel's limit for each part of a link, in UTF-16 units.
const MAX_PART: usize = 2_079;
/// Excel's limit for the text shown when the mouse rests on a link.
const MAX_TIP: usize = 255;

/// Where the originals are, seen from the book.
pub(super) struct Links<'a> {
    up: String,
    originals: &'a BTreeMap<String, String>,
}

impl<'a> Links<'a> {
    /// The book stands in the month's folder, the archive beside that folder.
    pub(super) fn new(book: &Book, originals: &'a BTreeMap<String, String>) -> Self {
        Self { up: "../".repeat(book.path.matches('/').count() + 1), originals }
    }

    /// The link to a cell, with a tip that names it; `None` where its workbook is not archived or a link could not
    /// say it.
    pub(super) fn to(&self, place: &Place) -> Option<Url> {
        let archive = self.originals.get(&*place.workbook)?;
        // `#` would start the place within the file, `%` an escape: the writer cannot tell them from the real ones.
        if archive.is_empty()
            || archive.contains(['#', '%', '\\', ':'])
            || place.sheet.chars().any(char::is_control)
        {
            return None;
        }
        let file = format!("{}{archive}", self.up);
        let cell = format!("'{}'!{}", place.sheet.replace('\'', "''"), place.cell);
        let fits = |part: &str| part.encode_utf16().count() <= MAX_PART;
        if !fits(&file) || !fits(&cell) {
            return None;
        }
        let tip = cut(clean(&format!("原本を開く: {place}")), MAX_TIP, "…");
        Some(Url::new(format!("file://{file}#{cell}")).set_tip(tip))
    }
}
