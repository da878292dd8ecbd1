//! Stage 3: a grid → tables, blocks, pairs and lines, by what headers mean; never by fixed addresses.

mod blocks;
mod groups;
mod headers;
pub mod layout;
pub mod meaning;
mod tables;
mod view;

use std::collections::BTreeSet;

pub use layout::{Block, Column, Layout, Pair, Purpose, Table};
pub use meaning::{Meaning, Meanings};
pub use view::{Slot, View};

use crate::model::fiscal::FiscalYear;
use crate::model::place::CellRef;
use crate::normalise::Vocabulary;

/// Finds what a sheet consists of; `hint` is the month's fiscal year.
pub fn locate(view: &View, hint: FiscalYear, vocabulary: &Vocabulary) -> Layout {
    let meanings = Meanings::of(view, Some(hint), vocabulary);
    let bands = headers::bands(view, &meanings);
    let tables = tables::tables(view, &meanings, &bands);
    let mut claimed: BTreeSet<CellRef> = BTreeSet::new();
    let mut layout = Layout::default();
    for table in tables {
        claimed.extend(tables::cells(view, &table));
        match tables::as_pairs(view, &table) {
            Some(pairs) => layout.pairs.extend(pairs),
            None => layout.tables.push(table),
        }
    }
    let rest = blocks::rest(view, &meanings, &claimed);
    layout.pairs.extend(rest.pairs);
    layout.blocks = rest.blocks;
    layout.lines = rest.lines;
    layout
}
