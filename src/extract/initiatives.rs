//! Initiative tables and programme blocks → one record for each 取組項目.

use super::heading;
use super::sections::Titles;
use super::{Page, Records};
use crate::finding::{Code, Draft};
use crate::locate::meaning::Role;
use crate::locate::{Block, Column, Slot, Table};
use crate::model::initiative::{InitiativeSource, Status};
use crate::model::place::CellRef;
use crate::model::quantity::{Confidence, Unit};
use crate::model::sheet::Cell;
use crate::normalise::status::{
    Column as StateColumn, StatusReading, read_progress as progress, read_status,
};
use crate::normalise::{date, items, names};

/// The cells that say something of one item, by what their header or label means.
#[derive(Default, Clone, Copy)]
struct Cells<'a> {
    number: Option<Found<'a>>,
    program: Option<Found<'a>>,
    item: Option<Found<'a>>,
    department: Option<Found<'a>>,
    division: Option<Found<'a>>,
    owner: Option<Found<'a>>,
    status: Option<Found<'a>>,
    direction: Option<Found<'a>>,
    progress: Option<Found<'a>>,
    due: Option<Found<'a>>,
    comment: Option<Found<'a>>,
    /// 進捗率（％）: the unit in the header or label.
    progress_unit: Option<&'a Unit>,
}

type Found<'a> = (CellRef, &'a Cell);

impl<'a> Cells<'a> {
    fn put(&mut self, role: Role, found: Found<'a>, unit: Option<&'a Unit>) {
        if role == Role::Progress {
            self.progress_unit = self.progress_unit.or(unit);
        }
        let place = match role {
            Role::Number => &mut self.number,
            Role::Program => &mut self.program,
            Role::Item => &mut self.item,
            Role::Department => &mut self.department,
            Role::Division => &mut self.division,
            Role::Owner => &mut self.owner,
            Role::Status => &mut self.status,
            Role::Direction => &mut self.direction,
            Role::Progress => &mut self.progress,
            Role::Due => &mut self.due,
            Role::Comment => &mut self.comment,
            _ => return,
        };
        place.get_or_insert(found);
    }
}

/// What carries over from row to row within one table or block.
#[derive(Default)]
struct Running {
    program: String,
    number: String,
    count: u32,
}

/// Reads all initiatives of a sheet.
pub fn read(page: &Page, titles: &Titles, records: &mut Records) {
    let tables = page.located.layout.tables.iter().filter(|table| table.purpose.initiatives);
    for table in tables {
        let mut running = Running::default();
        for row in &table.rows {
            table_row(page, table, *row, &mut running, records);
        }
    }
    for block in &page.located.layout.blocks {
        read_block(page, block, records);
    }
    for source in &mut records.initiatives {
        if source.place.sheet == page.located.sheet.name {
            source.fiscal_year = source.fiscal_year.or(titles.fiscal_year).or(page.context.fiscal_year);
        }
    }
}

fn slot<'a>(page: &'a Page, column: &Column, row: u32) -> Option<&'a Slot<'a>> {
    page.located.view.slot(row, column.start, column.end)
}

/// One row of a table: merged or blank programme cells carry over from above.
fn table_row(page: &Page, table: &Table, row: u32, running: &mut Running, records: &mut Records) {
    let mut cells = Cells::default();
    for column in &table.columns {
        let Some(role) = column.meaning.role else { continue };
        if let Some(slot) = slot(page, column, row) {
            cells.put(role, (slot.anchor, slot.cell), column.meaning.unit.as_ref());
        }
    }
    let has = |role| table.columns.iter().any(|column| column.meaning.role == Some(role));
    if let Some((at, cell)) = cells.program {
        let text = cell.text.trim();
        if heading::is_total(text) {
            return;
        }
        if at.row == row || running.program != text {
            *running = Running { program: text.to_owned(), ..Running::default() };
        }
    }
    if let Some((_, number)) = cells.number.filter(|(at, _)| cells.program.is_none() || at.row <= row) {
        running.number = items::read_number(&number.text).unwrap_or_else(|| number.text.trim().to_owned());
    }
    if !has(Role::Item) {
        cells.item = cells.program.filter(|(at, _)| at.row == row);
    }
    let Some((at, _)) = cells.item.filter(|(at, _)| at.row == row) else { return };
    let expected = has(Role::Status) || has(Role::Direction);
    add_items(page, at, &cells, running, (expected, has(Role::Status)), records);
}

/// One programme block: every cell beside its item label holds items.
fn read_block(page: &Page, block: &Block, records: &mut Records) {
    let grid = &page.located.sheet.grid;
    let found = |at: &CellRef| grid.get(*at).map(|cell| (*at, cell));
    let mut cells = Cells { number: block.number.as_ref().and_then(found), ..Cells::default() };
    let mut lines: Vec<CellRef> = Vec::new();
    for pair in &block.pairs {
        match pair.meaning.role {
            Some(Role::Item) => lines.extend(&pair.values),
            Some(role) => {
                if let Some(value) = pair.values.first().and_then(found) {
                    cells.put(role, value, pair.meaning.unit.as_ref());
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
    let expected = (labelled(Role::Status) || labelled(Role::Direction), labelled(Role::Status));
    for at in lines {
        cells.item = found(&at);
        add_items(page, at, &cells, &mut running, expected, records);
    }
}

/// The items in one cell, `①…②…` or a single one, each with what the row or block says of it.
fn add_items(
    page: &Page,
    at: CellRef,
    cells: &Cells,
    running: &mut Running,
    (has_state, has_status): (bool, bool),
    records: &mut Records,
) {
    let Some((_, cell)) = cells.item else { return };
    let split = heading::bullets(cell.text.trim());
    for item in split {
        running.count += 1;
        let mut source = source(page, at, cells, running);
        item.text.trim().clone_into(&mut source.item);
        source.numbered = item.number.is_some();
        source.item_no = item.number.unwrap_or(running.count);
        if has_state {
            read_state(page, cells, has_status, &mut source, records);
        }
        read_progress(page, cells, &mut source, records);
        read_due(page, cells, &mut source, records);
        records.initiatives.push(source);
    }
}

/// A record with everything but the item and its state.
fn source(page: &Page, at: CellRef, cells: &Cells, running: &Running) -> InitiativeSource {
    let text = |found: Option<Found>| found.map_or_else(String::new, |(_, cell)| cell.text.trim().to_owned());
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
        due_raw: text(cells.due),
        comment: text(cells.comment),
        confidence: Confidence::Read,
        place: page.place(at),
        status_cell: cells.status.or(cells.direction).map(|(at, _)| at),
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

/// A draft about one cell of an item.
fn draft(page: &Page, code: Code, found: Found, source: &InitiativeSource) -> Draft {
    let draft = Draft::new(code).at(&page.place(found.0)).raw(found.1.text.trim());
    draft.of(&source.department, &source.division).with("name", &source.item)
}

/// Status and direction, by the sheet's legend where there is one.
fn read_state(
    page: &Page,
    cells: &Cells,
    has_status: bool,
    source: &mut InitiativeSource,
    records: &mut Records,
) {
    let legend = page.context.legend.as_ref();
    let read = |found: Option<Found>, role| {
        found.map(|(_, cell)| read_status(&cell.text, role, legend, page.means.vocabulary))
    };
    let own: Option<StatusReading> = read(cells.status, StateColumn::Status);
    let direction: Option<StatusReading> = read(cells.direction, StateColumn::Direction);
    if has_status {
        source.status =
            Some(own.as_ref().map_or(Status::NotReported, |own| own.status.unwrap_or(Status::Unknown)));
        if own.as_ref().is_some_and(|own| own.status.is_none() && own.direction.is_some()) {
            source.status = None;
        }
    }
    source.status_raw =
        cells.status.or(cells.direction).map_or_else(String::new, |(_, cell)| cell.text.clone());
    source.direction =
        direction.as_ref().and_then(|d| d.direction).or(own.as_ref().and_then(|own| own.direction));
    for (found, reading) in [(cells.status, own), (cells.direction, direction)] {
        let (Some(found), Some(reading)) = (found, reading) else { continue };
        if reading.status == Some(Status::Unknown)
            || (reading.status.is_none() && reading.direction.is_none())
        {
            source.confidence = Confidence::Unread;
            records.drafts.push(draft(page, Code::StatusUnknown, found, source));
        } else if reading.confidence == Confidence::Assumed {
            source.confidence = Confidence::Assumed;
            let word = reading.status.map_or("", Status::label);
            let draft = draft(page, Code::StatusAssumed, found, source).reading(word);
            records.drafts.push(draft.with("reason", reading.assumption.unwrap_or_default()));
        }
    }
}

fn read_progress(page: &Page, cells: &Cells, source: &mut InitiativeSource, records: &mut Records) {
    let Some(found) = cells.progress else { return };
    let reading = progress(found.1, cells.progress_unit, page.means.vocabulary);
    source.progress = reading.percent;
    if reading.confidence == Confidence::Unread {
        records.drafts.push(draft(page, Code::ProgressUnread, found, source));
    }
}

fn read_due(page: &Page, cells: &Cells, source: &mut InitiativeSource, records: &mut Records) {
    let Some(found) = cells.due else { return };
    let year = page.context.fiscal_year.or(Some(page.means.fiscal_year));
    let reading = date::read_due_cell(found.1, year, page.means.vocabulary);
    source.due = reading.iso;
    if reading.confidence == Confidence::Unread {
        records.drafts.push(draft(page, Code::DueUnread, found, source));
    }
}
