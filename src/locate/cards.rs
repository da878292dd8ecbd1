//! Cards: `KPI名 | …` with a small table of years below, which has no column of names.

use super::layout::{Layout, Pair, Table};
use super::meaning::{Meanings, Role};
use super::purpose::{self, Titles};
use super::view::View;

/// Rows between a card's name and its table.
const MAX_GAP: u32 = 8;

/// Gives each table without names the labels of its card.
pub fn fill(view: &View, meanings: &Meanings, titles: &Titles, layout: &mut Layout) {
    let Layout { tables, pairs, .. } = layout;
    let ranges: Vec<_> = tables.iter().map(Table::range).collect();
    for table in tables
        .iter_mut()
        .filter(|table| !table.purpose.indicators && !table.purpose.initiatives && !table.turned)
    {
        let Some(name) = name(table, pairs) else { continue };
        let between = ranges.iter().any(|(from, to)| {
            from.row > name.label.row && to.row < table.top && from.col <= table.end && to.col >= table.start
        });
        if between {
            continue;
        }
        let inside = |pair: &&Pair| {
            (name.label.row..table.top).contains(&pair.label.row)
                && (table.start.min(name.label.col)..=table.end.max(name.label.col)).contains(&pair.label.col)
        };
        table.card = pairs.iter().filter(inside).cloned().collect();
        purpose::decide(view, meanings, titles, table.top, table);
        if !table.purpose.indicators {
            table.card.clear();
        }
    }
}

/// The nearest name above a table, within its columns.
fn name<'p>(table: &Table, pairs: &'p [Pair]) -> Option<&'p Pair> {
    let above = |pair: &&Pair| {
        let row = pair.label.row;
        pair.meaning.role == Some(Role::Indicator) && row < table.top && row + MAX_GAP >= table.top
    };
    // The label itself may stand in front of the table's columns, over its name.
    let within = |pair: &&Pair| {
        let last = pair.values.iter().map(|at| at.col).max().unwrap_or(pair.label.col);
        pair.label.col <= table.end && last >= table.start
    };
    pairs
        .iter()
        .filter(above)
        .filter(within)
        .max_by_key(|pair| (pair.label.row, std::cmp::Reverse(pair.label.col)))
}
