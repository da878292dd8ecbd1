//! A sheet as slots: what a person sees in each row, with merged ranges as wide and as tall as they look.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::place::CellRef;
use crate::model::sheet::{Cell, Grid, Merge};

/// More slots than this come only from a sheet made to exhaust memory; the rest of its merges count as single cells.
const MAX_MERGED_SLOTS: usize = 2_000_000;

/// A filled stretch of one row: a cell or one row of a merged range. Rows and columns are those of its view.
#[derive(Debug, Clone, Copy)]
pub struct Slot<'a> {
    /// First row of the merged range.
    pub row: u32,
    /// First column.
    pub start: u32,
    /// Last column.
    pub end: u32,
    /// The cell that carries the content, as the sheet addresses it.
    pub anchor: CellRef,
    /// Last row of the merged range.
    pub last_row: u32,
    /// The content.
    pub cell: &'a Cell,
}

impl Slot<'_> {
    /// Whether it overlaps a stretch of columns.
    pub fn overlaps(&self, start: u32, end: u32) -> bool {
        self.start <= end && self.end >= start
    }

    /// Whether its content starts in this row.
    pub fn starts_in(&self, row: u32) -> bool {
        self.row == row
    }

    /// The text as a person sees it.
    pub fn text(&self) -> &str {
        &self.cell.text
    }
}

/// The visible, unstruck content of a sheet.
#[derive(Debug)]
pub struct View<'a> {
    rows: BTreeMap<u32, Vec<Slot<'a>>>,
    /// Hidden rows that hold something.
    pub hidden_rows: Vec<u32>,
    /// Struck-out cells.
    pub struck: Vec<CellRef>,
}

impl<'a> View<'a> {
    /// The view of a grid.
    pub fn new(grid: &'a Grid) -> Self {
        let mut view = View { rows: BTreeMap::new(), hidden_rows: Vec::new(), struck: Vec::new() };
        let (last_row, _) = grid.size();
        let starts: BTreeMap<CellRef, &Merge> =
            grid.merges().iter().map(|merge| (merge.start, merge)).collect();
        let mut merged = 0;
        for (at, cell) in grid.cells() {
            if cell.text.trim().is_empty()
                && !matches!(cell.value, crate::model::sheet::Value::Uncalculated(_))
            {
                continue;
            }
            if cell.struck {
                view.struck.push(at);
                continue;
            }
            let end = starts.get(&at).map_or(at, |merge| merge.end);
            let last = end.row.min(last_row.saturating_sub(1)).max(at.row);
            merged += (last - at.row) as usize;
            let last = if merged > MAX_MERGED_SLOTS { at.row } else { last };
            for row in at.row..=last {
                if grid.row_hidden(row) {
                    if row == at.row && view.hidden_rows.last() != Some(&row) {
                        view.hidden_rows.push(row);
                    }
                    continue;
                }
                let slot =
                    Slot { row: at.row, start: at.col, end: end.col, anchor: at, last_row: end.row, cell };
                view.rows.entry(row).or_default().push(slot);
            }
        }
        for slots in view.rows.values_mut() {
            slots.sort_by_key(|slot| slot.start);
        }
        view
    }

    /// A stretch of the view with rows and columns exchanged, without the cells that `skip` names: tables that have
    /// their header words in a column read as tables that have them in a row.
    #[must_use]
    pub fn turned(&self, rows: std::ops::RangeInclusive<u32>, skip: impl Fn(CellRef) -> bool) -> Self {
        let mut turned = View { rows: BTreeMap::new(), hidden_rows: Vec::new(), struck: Vec::new() };
        let mut seen = BTreeSet::new();
        let last_col = self
            .rows
            .range(rows.clone())
            .filter_map(|(_, slots)| Some(slots.last()?.start))
            .max()
            .unwrap_or(0);
        for (_, slots) in self.rows.range(rows) {
            for slot in slots.iter().filter(|slot| !skip(slot.anchor)) {
                if !seen.insert(slot.anchor) {
                    continue;
                }
                let end = slot.last_row.min(self.last_row().unwrap_or(slot.row));
                let other = Slot { row: slot.start, start: slot.row, end, last_row: slot.end, ..*slot };
                for col in slot.start..=slot.end.min(last_col).max(slot.start) {
                    turned.rows.entry(col).or_default().push(other);
                }
            }
        }
        for slots in turned.rows.values_mut() {
            slots.sort_by_key(|slot| slot.start);
        }
        turned
    }

    /// The rows that hold something, top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &[Slot<'a>])> {
        self.rows.iter().map(|(row, slots)| (*row, slots.as_slice()))
    }

    /// The slots of a row, left to right; none for a blank row.
    pub fn row(&self, row: u32) -> &[Slot<'a>] {
        self.rows.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The slots of a row that overlap a stretch of columns, left to right, found in a wide row as fast as in a narrow
    /// one: the slots of a row do not overlap one another.
    pub fn within(&self, row: u32, start: u32, end: u32) -> &[Slot<'a>] {
        let slots = self.row(row);
        let from = slots.partition_point(|slot| slot.end < start);
        let to = slots.partition_point(|slot| slot.start <= end);
        slots.get(from..to).unwrap_or_default()
    }

    /// The first slot of a row within a stretch of columns.
    pub fn slot(&self, row: u32, start: u32, end: u32) -> Option<&Slot<'a>> {
        self.within(row, start, end).first()
    }

    /// The last slot of a row that starts at a column or to its left.
    pub fn up_to(&self, row: u32, col: u32) -> Option<&Slot<'a>> {
        let slots = self.row(row);
        slots.get(slots.partition_point(|slot| slot.start <= col).checked_sub(1)?)
    }

    /// The slot that covers one cell.
    pub fn at(&self, row: u32, col: u32) -> Option<&Slot<'a>> {
        self.slot(row, col, col)
    }

    /// The last row that holds something.
    pub fn last_row(&self) -> Option<u32> {
        self.rows.keys().next_back().copied()
    }
}
