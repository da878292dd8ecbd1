//! Initiative tables and programme blocks → one record for each 取組項目.

mod cells;
mod choice;
mod columns;
mod shares;
mod state;

use std::collections::BTreeMap;

use super::context::DivisionHeadings;
use super::heading;
use super::legend::{self, Explained};
use super::{Page, Records};
use crate::finding::{Code, Draft};
use crate::locate::meaning::Role;
use crate::locate::{Block, Column, Slot, Table};
use crate::model::initiative::InitiativeSource;
use crate::model::place::CellRef;
use crate::model::quantity::Confidence;
use crate::model::sheet::Cell;
use crate::normalise::text::{canonical_name, key, unwrap};
use crate::normalise::vocabulary::TableWord;
use crate::normalise::{items, names};

use cells::{Cells, Found, Marks};
use choice::Candidate;
use shares::shares;

/// What carries over from row to row within one table or block, and over a page's repeated header.
#[derive(Default)]
struct Running<'a> {
    program: String,
    number: String,
    count: u32,
    /// Department, division and owner of the programme.
    owners: [Option<Found<'a>>; 3],
    /// The division whose heading stands above.
    home: Option<names::Owner>,
    /// What stood last in each column, for 〃.
    above: BTreeMap<u32, &'a Cell>,
}

impl Running<'_> {
    /// A programme's name: another one begins anew, the same one goes on, repeated or merged.
    fn meet(&mut self, program: &str) {
        if canonical_name(&self.program) != canonical_name(program) {
            let (above, home) = (std::mem::take(&mut self.above), self.home.take());
            *self = Self { program: program.to_owned(), above, home, ..Self::default() };
        }
    }
}

/// Reads all initiatives of a sheet.
pub fn read(page: &Page, legends: &Explained, records: &mut Records) {
    let before = records.initiatives.len();
    let mut last: Option<&Table> = None;
    let mut running = Running::default();
    let headings = DivisionHeadings::of(page.located, page.means);
    for table in page.located.layout.tables.iter().filter(|table| table.purpose.initiatives) {
        let marks = Marks::of_table(table, legends, page.means.vocabulary);
        if !goes_on(page, table, last) {
            running = Running::default();
        }
        running.home = headings.above(table.top);
        let found = records.initiatives.len();
        for row in &table.rows {
            table_row(page, table, *row, &marks, &mut running, records);
        }
        if records.initiatives.len() > found {
            columns::findings(page, table, records);
        }
        last = Some(table);
    }
    for block in &page.located.layout.blocks {
        read_block(page, block, legends, &headings, records);
    }
    for source in records.initiatives.iter_mut().skip(before) {
        source.fiscal_year = source.fiscal_year.or(page.context.year_at(source.place.cell.col));
    }
}

/// Whether a table goes on where the last one ended: the same header again, and no programme in its first row.
fn goes_on(page: &Page, table: &Table, last: Option<&Table>) -> bool {
    let words = |table: &Table| table.columns.iter().map(|column| column.words.clone()).collect::<Vec<_>>();
    let program = table.columns.iter().find(|column| column.meaning.role == Some(Role::Program));
    let (Some(last), Some(program), Some(first)) = (last, program, table.rows.first()) else { return false };
    let named = page.located.view.slot(*first, program.start, program.end).is_some();
    !named && last.start == table.start && words(last) == words(table)
}

/// A cell of a row that stands in its column and does not head several of them.
fn slot<'a>(page: &'a Page, table: &Table, column: &Column, row: u32) -> Option<&'a Slot<'a>> {
    let slot = page.located.view.slot(row, column.start, column.end)?;
    let covered = |other: &&Column| slot.overlaps(other.start, other.end) && other.meaning.role.is_some();
    (table.columns.iter().filter(covered).count() <= 1).then_some(slot)
}

/// The cells of a row by what their columns are about; 〃 stands for the cell above.
fn row_cells<'a>(page: &'a Page, table: &'a Table, row: u32, running: &mut Running<'a>) -> Cells<'a> {
    let vocabulary = page.means.vocabulary;
    let year = page.context.year_at(table.start).unwrap_or(page.means.fiscal_year);
    let beside = |column: &Column| {
        column.words.last().and_then(|word| vocabulary.table.get(&key(word))) == Some(&TableWord::Beside)
    };
    let in_charge = |column: &Column| column.meaning.role == Some(Role::Division) && !beside(column);
    let charged = table.columns.iter().any(in_charge);
    let mut cells = Cells::default();
    for column in &table.columns {
        let outdated = cells::is_outdated(table, column, year, vocabulary);
        let Some(role) = column.meaning.role.filter(|_| !(outdated || charged && beside(column))) else {
            continue;
        };
        let mut found = slot(page, table, column, row).map(|slot| (slot.anchor, slot.cell));
        if let Some((at, cell)) = found {
            let ditto = vocabulary.table.get(&key(unwrap(cell.text.trim()))) == Some(&TableWord::Ditto);
            match running.above.get(&column.start).filter(|_| ditto) {
                Some(above) => found = Some((at, above)),
                None => _ = running.above.insert(column.start, cell),
            }
        }
        if matches!(role, Role::Status | Role::Progress) {
            let words = column.words.last().map_or("", String::as_str);
            cells.offer(role, Candidate { words, meaning: &column.meaning, found });
        } else if let Some(found) = found {
            if cells::numbers_items(table, column) {
                cells.item_number = Some(found);
            } else {
                cells.put(role, found, &column.words.concat());
            }
        }
    }
    cells
}

/// One row of a table: merged or blank programme cells carry over from above.
fn table_row<'a>(
    page: &'a Page,
    table: &'a Table,
    row: u32,
    marks: &Marks,
    running: &mut Running<'a>,
    records: &mut Records,
) {
    let own = page
        .located
        .view
        .row(row)
        .iter()
        .filter(|slot| slot.starts_in(row) && slot.overlaps(table.start, table.end));
    let texts: Vec<&str> = own.map(|slot| slot.text().trim()).collect();
    let legend = || legend::of_row(&texts, page.means.vocabulary).is_some();
    if texts.first().is_some_and(|text| page.means.vocabulary.is_total(text)) || legend() {
        return;
    }
    let mut cells = row_cells(page, table, row, running);
    let has = |role| table.columns.iter().any(|column| column.meaning.role == Some(role));
    let anew = cells.program.is_some_and(|(at, cell)| {
        at.row == row && canonical_name(&cell.text) != canonical_name(&running.program)
    });
    if let Some((_, cell)) = cells.program {
        running.meet(cell.text.trim());
    }
    if let Some((_, number)) = cells.number {
        running.number = program_number(&number.text);
    }
    let owners = [&mut cells.department, &mut cells.division, &mut cells.owner];
    if owners.iter().all(|owner| owner.is_none()) && has(Role::Program) && !anew {
        for (own, above) in owners.into_iter().zip(running.owners) {
            *own = above;
        }
    }
    running.owners = [cells.department, cells.division, cells.owner];
    // A row that says something of a programme without an item speaks of the programme as a whole.
    if !has(Role::Item) || (cells.item.is_none() && cells.says_something(row)) {
        cells.item = cells.program.filter(|(at, _)| at.row == row);
    }
    let Some((at, _)) = cells.item.filter(|(at, _)| at.row == row) else {
        if let Some((at, cell)) = cells.state_in(row) {
            let draft = Draft::new(Code::StateWithoutItem).at(&page.place(at)).raw(cell.text.trim());
            records.drafts.push(draft.of(&page.context.department, &page.context.division));
        }
        return;
    };
    cells.expect(has(Role::Status), has(Role::Direction));
    cells.settle(page, page.context.year_at(table.start).unwrap_or(page.means.fiscal_year), marks);
    add_items(page, at, &cells, marks, running, records);
}

/// ① and №1 as plain digits, 1-(1)-① as 1-1-1, anything else as it stands.
fn program_number(text: &str) -> String {
    items::read_number(text).or_else(|| items::read_code(text)).unwrap_or_else(|| text.trim().to_owned())
}

/// One programme block: every cell beside its item label holds items.
fn read_block(
    page: &Page,
    block: &Block,
    legends: &Explained,
    headings: &DivisionHeadings,
    records: &mut Records,
) {
    let grid = &page.located.sheet.grid;
    let found = |at: &CellRef| grid.get(*at).map(|cell| (*at, cell));
    let mut cells = Cells::default();
    if let Some(number) = block.number.as_ref().and_then(found) {
        cells.put(Role::Number, number, "");
    }
    let mut lines: Vec<CellRef> = Vec::new();
    for pair in &block.pairs {
        match pair.meaning.role {
            Some(Role::Item) => lines.extend(&pair.values),
            Some(role @ (Role::Status | Role::Progress)) => {
                let (words, found) = (page.text(pair.label).trim(), pair.values.first().and_then(found));
                cells.offer(role, Candidate { words, meaning: &pair.meaning, found });
            }
            Some(role) => {
                for value in pair.values.iter().filter_map(found) {
                    cells.put(role, value, page.text(pair.label));
                }
            }
            None => {}
        }
    }
    let Some(first) = block.pairs.first().map(|pair| pair.label) else { return };
    let mut running = Running {
        program: cells.program.map_or_else(String::new, |(_, cell)| cell.text.trim().to_owned()),
        number: cells.number.map_or_else(String::new, |(_, cell)| program_number(&cell.text)),
        home: headings.above(first.row),
        ..Running::default()
    };
    let labelled = |role| block.pairs.iter().any(|pair| pair.meaning.role == Some(role));
    cells.expect(labelled(Role::Status), labelled(Role::Direction));
    let marks = Marks::of_block(page, block, legends);
    cells.settle(page, page.context.year_at(first.col).unwrap_or(page.means.fiscal_year), &marks);
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
    let home = running.home.as_ref();
    let context = (&page.context.department, &page.context.division);
    let (department, division) = home.map_or(context, |home| (&home.department, &home.division));
    let mut source = InitiativeSource {
        department: department.clone(),
        division: division.clone(),
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
        status_cell: cells.status.at.or(cells.direction).map(|(at, _)| at),
        carried_from: None,
    };
    for (found, division) in [(cells.owner, false), (cells.department, false), (cells.division, true)] {
        let Some((_, cell)) = found else { continue };
        let owner = page.means.lexicon.owner(&cell.text);
        if !owner.department.is_empty() {
            source.department = owner.department;
        }
        if !owner.division.is_empty() {
            source.division = owner.division;
        } else if division {
            cell.text.trim().clone_into(&mut source.division);
        }
    }
    // 総務課 of two departments is the one of the sheet's.
    if let Some(known) = page.means.lexicon.places().division(&source.department, &source.division) {
        known.clone_into(&mut source.division);
    }
    source
}
