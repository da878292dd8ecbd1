//! Tables that are too wide for their page: their columns go on in further tables below.

use std::ops::Range;

use crate::model::report::{Cell, HeadCell, Row, Table};

use super::head::{Placed, grid};

/// Columns that stand again in each part take at most this share of its width.
const LEAD_SHARE: f32 = 0.6;

/// Halvings of the interval in which the narrowest sufficient part is sought.
const HALVINGS: u32 = 20;

/// The tables that stand in place of one whose columns, `needs` points wide, do not fit `room`: as few as do, evenly
/// filled. Columns that one header cell spans stay together where that needs no further part.
pub(super) fn parts(table: &Table, needs: &[f32], room: f32) -> Vec<Table> {
    let lead = lead(table, needs, room);
    let (before, rest) = needs.split_at(lead);
    let room = room - before.iter().sum::<f32>();
    let placed = grid(&table.head, table.columns.len());
    let single: Vec<Range<usize>> = (lead..needs.len()).map(|at| at..at + 1).collect();
    let width = |range: &Range<usize>| needs.get(range.clone()).unwrap_or_default().iter().sum::<f32>();
    let widths = |atoms: &[Range<usize>]| atoms.iter().map(width).collect::<Vec<_>>();
    let groups = groups(&placed, lead, needs.len());
    let by_group = widths(&groups);
    let together =
        by_group.iter().all(|width| *width <= room) && fill(&by_group, room).len() == fill(rest, room).len();
    let atoms = if together { groups } else { single };
    let cuts = even(&widths(&atoms), room);
    let ranges = cuts.into_iter().filter_map(|cut| {
        let (first, last) = (atoms.get(cut.start)?, atoms.get(cut.end.checked_sub(1)?)?);
        Some(first.start..last.end)
    });
    let ranges: Vec<Range<usize>> = ranges.collect();
    let count = ranges.len();
    let cells = columns_of(table);
    let part = |(at, range): (usize, Range<usize>)| {
        let kept: Vec<usize> = (0..lead).chain(range).collect();
        let last = at + 1 == count;
        Table {
            summary: format!("{}（{}/{count}）", table.summary, at + 1),
            columns: kept.iter().filter_map(|column| table.columns.get(*column).cloned()).collect(),
            head: cut_head(&placed, &kept, table.head.len()),
            rows: cells.iter().map(|row| cut_row(row, &kept, last.then_some(needs.len()))).collect(),
            lead,
            wide: table.wide,
        }
    };
    ranges.into_iter().enumerate().map(part).collect()
}

/// How many columns name the rows: as the table says, or the first one where its cells are headers.
pub(super) fn naming(table: &Table) -> usize {
    let names = table.rows.first().is_some_and(|row| row.cells.first().is_some_and(|cell| cell.header));
    if table.lead == 0 { usize::from(names) } else { table.lead }
}

/// How many columns stand again.
fn lead(table: &Table, least: &[f32], room: f32) -> usize {
    let wanted = naming(table).min(least.len().saturating_sub(1));
    let fits = |count: &usize| least.iter().take(*count).sum::<f32>() <= room * LEAD_SHARE;
    (0..=wanted).rev().find(fits).unwrap_or_default()
}

/// The columns below each cell of the first header row.
fn groups(placed: &[Placed], lead: usize, columns: usize) -> Vec<Range<usize>> {
    let first = placed.iter().filter(|cell| cell.row == 0);
    let spans = first.map(|cell| cell.column.max(lead)..cell.column + cell.cols);
    let groups: Vec<Range<usize>> = spans.filter(|span| !span.is_empty()).collect();
    if groups.is_empty() { (lead..columns).map(|at| at..at + 1).collect() } else { groups }
}

/// Fills parts of a width one after the other.
fn fill(widths: &[f32], room: f32) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    let mut used = 0.0;
    for (at, width) in widths.iter().enumerate() {
        match all.last_mut() {
            Some(part) if used + width <= room => {
                part.end = at + 1;
                used += width;
            }
            _ => {
                all.push(at..at + 1);
                used = *width;
            }
        }
    }
    all
}

/// The same number of parts, the widest of them as narrow as can be.
fn even(widths: &[f32], room: f32) -> Vec<Range<usize>> {
    let count = fill(widths, room).len();
    let (mut low, mut high) = (0.0, room);
    for _ in 0..HALVINGS {
        let middle = f32::midpoint(low, high);
        if fill(widths, middle).len() > count { low = middle } else { high = middle }
    }
    fill(widths, high)
}

/// The header cells over the columns kept; one that spans others too is cut at the edge.
fn cut_head(placed: &[Placed], kept: &[usize], rows: usize) -> Vec<Vec<HeadCell>> {
    let mut head: Vec<Vec<HeadCell>> = vec![Vec::new(); rows];
    for cell in placed {
        let over = kept.iter().filter(|at| (cell.column..cell.column + cell.cols).contains(at)).count();
        let (Ok(cols), Ok(rows)) = (u32::try_from(over), u32::try_from(cell.rows)) else { continue };
        if cols > 0
            && let Some(row) = head.get_mut(cell.row)
        {
            row.push(HeadCell { text: cell.text.to_owned(), cols, rows });
        }
    }
    head
}

/// Each row's cells with the columns in which they stand; cells too many stand behind the last column.
fn columns_of(table: &Table) -> Vec<Vec<(usize, &Cell)>> {
    let mut covered = vec![0_u32; table.columns.len()];
    let mut all = Vec::new();
    for row in &table.rows {
        let free = covered.iter().enumerate().filter(|(_, rows)| **rows == 0).map(|(at, _)| at);
        let places: Vec<usize> = free.chain(covered.len()..).take(row.cells.len()).collect();
        let cells: Vec<(usize, &Cell)> = places.into_iter().zip(&row.cells).collect();
        for (at, cell) in &cells {
            if let Some(rows) = covered.get_mut(*at) {
                *rows = cell.rows.max(1);
            }
        }
        for rows in &mut covered {
            *rows = rows.saturating_sub(1);
        }
        all.push(cells);
    }
    all
}

/// A row's cells in the columns kept, and those from the column `beyond` on.
fn cut_row(cells: &[(usize, &Cell)], kept: &[usize], beyond: Option<usize>) -> Row {
    let stays = |at: usize| kept.contains(&at) || beyond.is_some_and(|beyond| at >= beyond);
    Row { cells: cells.iter().filter(|(at, _)| stays(*at)).map(|(_, cell)| (*cell).clone()).collect() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::single_range_in_vec_init, reason = "parts are ranges")]
    use super::*;
    use crate::model::report::{Align, Column};

    #[test]
    fn parts_are_few_and_even() {
        assert_eq!(fill(&[4.0, 4.0, 4.0, 4.0], 12.0), [0..3, 3..4]);
        assert_eq!(even(&[4.0, 4.0, 4.0, 4.0], 12.0), [0..2, 2..4]);
        assert_eq!(even(&[20.0, 1.0], 12.0), [0..1, 1..2]);
    }

    fn table() -> Table {
        let one = |text: &str, rows| HeadCell::one(text, rows);
        let group = |text: &str, cols| HeadCell { text: text.to_owned(), cols, rows: 1 };
        let name = |text: &str, rows| Cell { header: true, rows, ..Cell::text(text) };
        let cells = |texts: &[&str]| texts.iter().map(|text| Cell::text(*text)).collect::<Vec<_>>();
        let first = std::iter::once(name("財政", 2)).chain(cells(&["a1", "b1", "c1", "d1"])).collect();
        Table {
            summary: "表".to_owned(),
            columns: vec![Column { width: 4, align: Align::Left }; 5],
            head: vec![
                vec![one("指標", 2), group("実績", 3), one("判定", 2)],
                vec![one("R1", 1), one("R2", 1), one("R3", 1)],
            ],
            rows: vec![Row { cells: first }, Row { cells: cells(&["a2", "b2", "c2", "d2"]) }],
            ..Table::default()
        }
    }

    type Words = (Vec<Vec<(String, u32)>>, Vec<Vec<String>>);

    fn words(part: &Table) -> Words {
        let head = part.head.iter().map(|row| row.iter().map(|c| (c.text.clone(), c.cols)).collect());
        let rows = part.rows.iter().map(|row| row.cells.iter().map(Cell::plain_text).collect());
        (head.collect(), rows.collect())
    }

    fn owned(cells: &[(&str, u32)]) -> Vec<(String, u32)> {
        cells.iter().map(|(text, cols)| ((*text).to_owned(), *cols)).collect()
    }

    #[test]
    fn header_cells_are_cut_and_named_rows_repeat() {
        let parts = parts(&table(), &[10.0; 5], 30.0);
        assert_eq!(parts.len(), 2);
        let (head, rows) = words(&parts[0]);
        assert_eq!(head, [owned(&[("指標", 1), ("実績", 2)]), owned(&[("R1", 1), ("R2", 1)])]);
        assert_eq!(rows, [vec!["財政", "a1", "b1"], vec!["a2", "b2"]]);
        let (head, rows) = words(&parts[1]);
        assert_eq!(head, [owned(&[("指標", 1), ("実績", 1), ("判定", 1)]), owned(&[("R3", 1)])]);
        assert_eq!(rows, [vec!["財政", "c1", "d1"], vec!["c2", "d2"]]);
        assert_eq!(parts[1].summary, "表（2/2）");
    }

    #[test]
    fn columns_below_one_header_cell_stay_together_where_they_can() {
        let parts = parts(&table(), &[10.0; 5], 40.0);
        let heads: Vec<_> = parts.iter().map(|part| words(part).0[0].clone()).collect();
        assert_eq!(heads, [owned(&[("指標", 1), ("実績", 3)]), owned(&[("指標", 1), ("判定", 1)])]);
    }

    #[test]
    fn a_cell_too_many_is_kept_for_the_report() {
        let mut wide = table();
        wide.rows[1].cells.push(Cell::text("余り"));
        let parts = parts(&wide, &[10.0; 5], 30.0);
        assert_eq!(words(&parts[1]).1[1], ["c2", "d2", "余り"]);
    }
}
