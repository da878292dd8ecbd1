//! Initiative tables and programme blocks → one record for each 取組項目.

mod cells;
mod shares;
mod state;

use super::heading;
use super::legend::Legends;
use super::sections::Titles;
use super::{Page, Records};
use crate::locate::meaning::Role;
use crate::locate::{Block, Column, Slot, Table};
use crate::model::initiative::InitiativeSource;
use crate::model::place::CellRef;
use crate::model::quantity::Confidence;
use crate::normalise::status::read_legend;
use crate::normalise::text::canonical_name;
use crate::normalise::{items, names};

use cells::{Cells, Marks};
use shares::shares;

/// What carries over from row to row within one table or block.
#[derive(Default)]
struct Running {
    program: String,
    number: String,
    count: u32,
}

impl Running {
    /// A programme's name: another one begins anew, the same one goes on, repeated or merged.
    fn meet(&mut self, program: &str) {
        if canonical_name(&self.program) != canonical_name(program) {
            *self = Self { program: program.to_owned(), ..Self::default() };
        }
    }
}

/// Reads all initiatives of a sheet.
pub fn read(page: &Page, titles: &Titles, records: &mut Records) {
    let legends = Legends::of(page.located, page.means.vocabulary);
    let tables = page.located.layout.tables.iter().filter(|table| table.purpose.initiatives);
    for table in tables {
        let marks = Marks::of_table(table, &legends, page.means.vocabulary);
        let mut running = Running::default();
        for row in &table.rows {
            table_row(page, table, *row, &marks, &mut running, records);
        }
    }
    for block in &page.located.layout.blocks {
        read_block(page, block, &legends, records);
    }
    for source in &mut records.initiatives {
        if source.place.sheet == page.located.sheet.name {
            source.fiscal_year = source.fiscal_year.or(titles.fiscal_year).or(page.context.fiscal_year);
        }
    }
}

/// A cell of a row that stands in its column and does not head several of them.
fn slot<'a>(page: &'a Page, table: &Table, column: &Column, row: u32) -> Option<&'a Slot<'a>> {
    let slot = page.located.view.slot(row, column.start, column.end)?;
    let covered = |other: &&Column| slot.overlaps(other.start, other.end) && other.meaning.role.is_some();
    (table.columns.iter().filter(covered).count() <= 1).then_some(slot)
}

/// One row of a table: merged or blank programme cells carry over from above.
fn table_row(
    page: &Page,
    table: &Table,
    row: u32,
    marks: &Marks,
    running: &mut Running,
    records: &mut Records,
) {
    let year = page.context.fiscal_year.unwrap_or(page.means.fiscal_year);
    let mut cells = Cells::default();
    for column in &table.columns {
        let Some(role) = column.meaning.role.filter(|_| !cells::is_outdated(table, column, year)) else {
            continue;
        };
        let Some(slot) = slot(page, table, column, row) else { continue };
        let found = (slot.anchor, slot.cell);
        if cells::numbers_items(table, column) {
            cells.item_number = Some(found);
        } else {
            cells.put(role, found, column.meaning.unit.as_ref(), &column.words.concat());
        }
    }
    let own = page
        .located
        .view
        .row(row)
        .iter()
        .filter(|slot| slot.starts_in(row) && slot.overlaps(table.start, table.end));
    let texts: Vec<&str> = own.map(|slot| slot.text().trim()).collect();
    let legend = || read_legend(&texts.join("　"), page.means.vocabulary).is_some();
    if texts.first().is_some_and(|text| heading::is_total(text)) || legend() {
        return;
    }
    if let Some((_, cell)) = cells.program {
        running.meet(cell.text.trim());
    }
    if let Some((_, number)) = cells.number {
        running.number = items::read_number(&number.text).unwrap_or_else(|| number.text.trim().to_owned());
    }
    let has = |role| table.columns.iter().any(|column| column.meaning.role == Some(role));
    // A row that says something of a programme without an item speaks of the programme as a whole.
    if !has(Role::Item) || (cells.item.is_none() && cells.says_something(row)) {
        cells.item = cells.program.filter(|(at, _)| at.row == row);
    }
    let Some((at, _)) = cells.item.filter(|(at, _)| at.row == row) else { return };
    cells.expect(has(Role::Status), has(Role::Direction));
    add_items(page, at, &cells, marks, running, records);
}

/// One programme block: every cell beside its item label holds items.
fn read_block(page: &Page, block: &Block, legends: &Legends, records: &mut Records) {
    let grid = &page.located.sheet.grid;
    let found = |at: &CellRef| grid.get(*at).map(|cell| (*at, cell));
    let mut cells = Cells::default();
    if let Some(number) = block.number.as_ref().and_then(found) {
        cells.put(Role::Number, number, None, "");
    }
    let mut lines: Vec<CellRef> = Vec::new();
    for pair in &block.pairs {
        match pair.meaning.role {
            Some(Role::Item) => lines.extend(&pair.values),
            Some(role) => {
                for value in pair.values.iter().filter_map(found) {
                    cells.put(role, value, pair.meaning.unit.as_ref(), page.text(pair.label));
                }
            }
            None => {}
        }
    }
    let mut running = Running {
        program: cells.program.map_or_else(String::new, |(_, cell)| cell.text.trim().to_owned()),
        number: cells.number.and_then(|(_, cell)| items::read_number(&cell.text)).unwrap_or_default(),
        count: 0,
    };
    let labelled = |role| block.pairs.iter().any(|pair| pair.meaning.role == Some(role));
    cells.expect(labelled(Role::Status), labelled(Role::Direction));
    let marks = Marks::of_block(page, block, legends);
    for at in lines {
        cells.item = found(&at);
        add_items(page, at, &cells, &marks, &mut running, records);
    }
}

/// The items in one cell, `①…②…` or a single one, each with what the row or block says of it.
fn add_items(
    page: &Page,
    at: CellRef,
    cells: &Cells,
    marks: &Marks,
    running: &mut Running,
    records: &mut Records,
) {
    let Some((_, cell)) = cells.item else { return };
    let split = heading::bullets(cell.text.trim());
    let own_number = cells.item_number.and_then(|(_, cell)| items::read_number(&cell.text)?.parse().ok());
    let own_number = own_number.filter(|_| split.len() == 1);
    let numbers: Vec<u32> = split
        .iter()
        .zip(running.count + 1..)
        .map(|(item, next)| item.number.or(own_number).unwrap_or(next))
        .collect();
    let shares = shares(cells, &numbers);
    let mut drafts = Vec::new();
    for ((item, number), share) in split.iter().zip(&numbers).zip(&shares) {
        running.count += 1;
        let mut source = source(page, at, cells, running);
        item.text.trim().clone_into(&mut source.item);
        source.numbered = item.number.or(own_number).is_some();
        source.item_no = *number;
        share.comment.clone_into(&mut source.comment);
        state::read_state(page, cells, marks, share, &mut source, &mut drafts);
        state::read_progress(page, cells, share, &mut source, &mut drafts);
        state::read_due(page, cells, share, &mut source, &mut drafts);
        records.initiatives.push(source);
    }
    // One cell beside several items deserves each of its findings once.
    let mut said = Vec::new();
    for draft in drafts {
        let what = (draft.code, draft.cell);
        if !said.contains(&what) {
            said.push(what);
            records.drafts.push(draft);
        }
    }
}

/// A record with everything but the item and its state.
fn source(page: &Page, at: CellRef, cells: &Cells, running: &Running) -> InitiativeSource {
    let mut source = InitiativeSource {
        department: page.context.department.clone(),
        division: page.context.division.clone(),
        number: running.number.clone(),
        program: running.program.clone(),
        item_no: 0,
        numbered: false,
        item: String::new(),
        fiscal_year: None,
        status: None,
        direction: None,
        status_raw: String::new(),
        progress: None,
        due: String::new(),
        due_raw: String::new(),
        comment: String::new(),
        confidence: Confidence::Read,
        place: page.place(at),
        status_cell: cells.status.or(cells.direction).map(|(at, _)| at),
        carried_from: None,
    };
    for (found, division) in [(cells.owner, false), (cells.department, false), (cells.division, true)] {
        let Some((_, cell)) = found else { continue };
        let owner = names::split_owner(&cell.text, page.means.departments, page.means.vocabulary);
        if !owner.department.is_empty() {
            source.department = owner.department;
        }
        if !owner.division.is_empty() {
            source.division = owner.division;
        } else if division {
            cell.text.trim().clone_into(&mut source.division);
        }
    }
    source
}
