//! Stage 3: a grid → tables, blocks, pairs and lines, by what headers mean; never by fixed addresses.

mod blocks;
mod cards;
mod contents;
mod groups;
mod headers;
pub mod layout;
pub mod meaning;
mod purpose;
mod says;
mod tables;
mod turned;
mod view;

use std::collections::BTreeSet;

pub use layout::{Block, Column, Layout, Pair, Purpose, Table};
pub use meaning::{Meaning, Meanings};
pub use view::{Slot, View};

use crate::model::fiscal::Period;
use crate::model::place::CellRef;
use crate::normalise::Vocabulary;
use crate::normalise::lexicon::Lexicon;

/// What is known of a sheet before it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Clues<'a> {
    /// Its name.
    pub sheet: &'a str,
    /// The month that is reported on.
    pub period: Period,
    /// Words.
    pub vocabulary: &'a Vocabulary,
    /// The canonical names of the indicators that hoshin.toml lists.
    pub listed: &'a BTreeSet<String>,
    /// What texts mean in these words, beside the month's fiscal year.
    pub lexicon: &'a Lexicon<'a>,
}

/// Finds what a sheet consists of.
pub fn locate(view: &View, clues: &Clues) -> Layout {
    let meanings = Meanings::of(view, clues);
    let bands = headers::bands(view, &meanings);
    let titles = purpose::Titles::of(view, &meanings, clues.sheet);
    let mut tables = tables::tables(view, &meanings, &titles, &bands, clues.period);
    turned::add(view, &meanings, &titles, &mut tables);
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
    let last_rows = layout.tables.iter().map(|table| table.range().1.row);
    let furthest = |reach: &mut u32, row: u32| {
        *reach = row.max(*reach);
        Some(*reach)
    };
    layout.reach = last_rows.scan(0, furthest).collect();
    cards::fill(view, &meanings, &titles, &mut layout);
    layout
}
