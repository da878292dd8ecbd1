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
    let mut ranges: Vec<_> = tables.iter().map(Table::range).collect();
    ranges.sort_unstable();
    let mut rows: Vec<(u32, usize)> =
        pairs.iter().enumerate().map(|(index, pair)| (pair.label.row, index)).collect();
    rows.sort_unstable();
    // The labels of some rows, in the order in which they were found.
    let labels = |from: u32, to: u32| -> Vec<&Pair> {
        let first = rows.partition_point(|(row, _)| *row < from);
        let mut found: Vec<usize> =
            rows.iter().skip(first).take_while(|(row, _)| *row < to).map(|(_, index)| *index).collect();
        found.sort_unstable();
        found.into_iter().filter_map(|index| pairs.get(index)).collect()
    };
    for table in tables
        .iter_mut()
        .filter(|table| !table.purpose.indicators && !table.purpose.initiatives && !table.turned)
    {
        let above = labels(table.top.saturating_sub(MAX_GAP), table.top);
        let Some(name) = name(table, &above) else { continue };
        let below_name = ranges.iter().skip(ranges.partition_point(|(from, _)| from.row <= name.label.row));
        let between = below_name
            .take_while(|(from, _)| from.row < table.top)
            .any(|(from, to)| to.row < table.top && from.col <= table.end && to.col >= table.start);
        if between {
            continue;
        }
        let inside = |pair: &&Pair| {
            (name.label.row..table.top).contains(&pair.label.row)
                && (table.start.min(name.label.col)..=table.end.max(name.label.col)).contains(&pair.label.col)
        };
        table.card = above.iter().copied().filter(inside).cloned().collect();
        purpose::decide(view, meanings, titles, table.top, table);
        if !table.purpose.indicators {
            table.card.clear();
        }
    }
}

/// The nearest name among the labels above a table, within its columns.
fn name<'p>(table: &Table, above: &[&'p Pair]) -> Option<&'p Pair> {
    let names = |pair: &&Pair| pair.meaning.role == Some(Role::Indicator);
    // The label itself may stand in front of the table's columns, over its name.
    let within = |pair: &&Pair| {
        let last = pair.values.iter().map(|at| at.col).max().unwrap_or(pair.label.col);
        pair.label.col <= table.end && last >= table.start
    };
    above
        .iter()
        .copied()
        .filter(names)
        .filter(within)
        .max_by_key(|pair| (pair.label.row, std::cmp::Reverse(pair.label.col)))
}
