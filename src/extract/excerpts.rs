//! The rows of a sheet that findings may point to, as a person sees them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Page, Records};
use crate::finding::{Head, SheetRow, Stretch};
use crate::locate::Table;
use crate::locate::meaning::Role;
use crate::model::place::{CellRef, Place};
use crate::width::flat;

/// Characters kept of a cell.
const LONGEST: usize = 48;

/// Cells kept of a row; of a longer one only those around the cells that are pointed to.
const MOST: usize = 48;

/// Cells kept on either side of one that is pointed to, in a long row.
const AROUND: usize = 8;

/// Keeps each row that holds a record or a finding: later stages may still find something in it.
pub fn keep(page: &Page, records: &mut Records) {
    let mut heads: BTreeMap<Vec<usize>, Arc<[Head]>> = BTreeMap::new();
    let mut tables: Vec<(usize, &Table)> =
        page.located.layout.tables.iter().enumerate().filter(|(_, table)| !table.turned).collect();
    tables.sort_by_key(|(_, table)| table.header_end);
    let mut tables = tables.into_iter().peekable();
    let mut open: Vec<(usize, &Table)> = Vec::new();
    for (row, columns) in rows(&page.located.sheet.name, records) {
        open.extend(std::iter::from_fn(|| tables.next_if(|(_, table)| table.header_end < row)));
        open.retain(|(_, table)| row <= table.bottom);
        open.sort_by_key(|(index, _)| *index);
        let (indices, tables): (Vec<usize>, Vec<&Table>) = open.iter().copied().unzip();
        let heads = heads.entry(indices).or_insert_with(|| heads_of(&tables)).clone();
        let place = page.place(CellRef::new(row, 0));
        records.excerpts.insert(&place, SheetRow { heads, cells: cells(page, row, &columns) });
    }
}

/// The rows of a sheet that hold records or findings, with their columns.
fn rows(sheet: &str, records: &Records) -> BTreeMap<u32, Vec<u32>> {
    let here = |place: &&Place| &*place.sheet == sheet;
    let figures = records.indicators.iter().flat_map(|indicator| {
        std::iter::once(&indicator.place).chain(indicator.figures.iter().map(|figure| &figure.place))
    });
    let items = records.initiatives.iter().map(|item| &item.place);
    let places = figures.chain(items).filter(here).map(|place| place.cell);
    let status = records.initiatives.iter().filter(|item| here(&&item.place));
    let drafts = records.drafts.iter().filter(|draft| draft.sheet == sheet);
    let cells = places.chain(status.filter_map(|item| item.status_cell));
    let mut rows: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for cell in cells.chain(drafts.filter_map(|draft| draft.cell)) {
        rows.entry(cell.row).or_default().push(cell.col);
    }
    rows
}

/// The header words of tables that stand side by side.
fn heads_of(tables: &[&Table]) -> Arc<[Head]> {
    let mut heads: Vec<Head> = Vec::new();
    for table in tables {
        let naming = [Role::Indicator, Role::Item, Role::Program]
            .into_iter()
            .find_map(|role| table.columns.iter().position(|column| column.meaning.role == Some(role)));
        heads.extend(table.columns.iter().enumerate().map(|(index, column)| Head {
            start: column.start,
            end: column.end,
            text: short(&column.words.join(" ")),
            brief: brief(&column.words),
            naming: naming == Some(index),
        }));
    }
    heads.sort_by_key(|head| head.start);
    heads.into()
}

/// Of several tiers the lowest with a number (a year), else the lowest.
fn brief(words: &[String]) -> String {
    let numbered = words.iter().rev().find(|word| word.chars().any(char::is_numeric));
    numbered.or(words.last()).map_or_else(String::new, |word| short(word))
}

/// What stands in a row, struck-out text too: a person sees it.
fn cells(page: &Page, row: u32, columns: &[u32]) -> Vec<Stretch> {
    let view = &page.located.view;
    let seen = view.row(row).iter().map(|slot| (slot.start, slot.end, slot.text()));
    let struck = view.struck.iter().skip(view.struck.partition_point(|at| at.row < row));
    let struck = struck.take_while(|at| at.row == row).map(|at| (at.col, at.col, page.text(*at)));
    let mut cells: Vec<_> = seen.chain(struck).collect();
    cells.sort_by_key(|(start, ..)| *start);
    let place = |col: &u32| cells.partition_point(|(start, ..)| start < col);
    let pointed: BTreeSet<usize> = columns.iter().map(place).collect();
    let near = |index: usize| {
        let around = index.saturating_sub(AROUND)..=index + AROUND;
        index < AROUND || pointed.range(around).next().is_some()
    };
    let kept = (0..cells.len()).filter(|index| cells.len() <= MOST || near(*index));
    let stretch = |index: usize| {
        let (start, end, text) = *cells.get(index)?;
        Some(Stretch { start, end, text: short(text) })
    };
    kept.filter_map(stretch).collect()
}

fn short(text: &str) -> String {
    let long = text.chars().nth(LONGEST * 2).is_some();
    let text = flat(&if long { text.chars().take(LONGEST * 2).collect() } else { text.to_owned() });
    text.chars().take(LONGEST).collect()
}
