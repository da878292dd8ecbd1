//! The initiatives of one record.

use super::super::{Records, heading};
use super::Record;
use crate::finding::{Code, Draft};
use crate::locate::Slot;
use crate::model::initiative::{InitiativeSource, Status};
use crate::model::quantity::Confidence;
use crate::normalise::header::read_header;
use crate::normalise::status::{Column, StatusReading, read_progress, read_status};
use crate::normalise::text::key;
use crate::normalise::vocabulary::Role;
use crate::normalise::year::read_bare_year;
use crate::normalise::{date, items};

/// The programme of the record before, for items that go on counting.
#[derive(Default)]
pub struct Programs {
    program: String,
    number: String,
    count: u32,
}

/// Reads the items of a record: those in its item cell, else its programme where something is said of it.
pub fn read(record: &Record, programs: &mut Programs, records: &mut Records) {
    let has = |role| record.stand(role).is_some();
    let told = [Role::Status, Role::Direction, Role::Progress, Role::Due].into_iter().any(has);
    let items = has(Role::Item) || (has(Role::Program) && told);
    if !items {
        return;
    }
    let program = record.text(Role::Program);
    let number = record.text(Role::Number);
    let number = items::read_number(number).unwrap_or_else(|| number.to_owned());
    if programs.program != program || programs.number != number {
        *programs = Programs { program: program.to_owned(), number, count: 0 };
    }
    let item = record.cell(if has(Role::Item) { Role::Item } else { Role::Program });
    let height = record.plan.profile.rows.height;
    let own = |slot: &&Slot| (record.row..record.row.saturating_add(height)).contains(&slot.anchor.row);
    let Some(item) = item.filter(own) else { return };
    for split in heading::bullets(item.text().trim()) {
        programs.count += 1;
        let mut source = source(record, programs, item);
        split.text.trim().clone_into(&mut source.item);
        source.numbered = split.number.is_some();
        source.item_no = split.number.unwrap_or(programs.count);
        states(record, &mut source, records);
        progress_and_due(record, &mut source, records);
        records.initiatives.push(source);
    }
}

fn source(record: &Record, programs: &Programs, item: &Slot) -> InitiativeSource {
    let (department, division) = record.owner();
    let status = record.cell(Role::Status).or_else(|| record.cell(Role::Direction));
    let year = record.text(Role::FiscalYear);
    let means = record.page.means;
    let year = read_bare_year(year, Some(means.fiscal_year), means.vocabulary);
    let constant = &record.plan.profile.constant;
    InitiativeSource {
        department,
        division,
        number: programs.number.clone(),
        program: programs.program.clone(),
        item_no: 0,
        numbered: false,
        item: String::new(),
        fiscal_year: year
            .and_then(|year| year.fiscal_year)
            .or(constant.fiscal_year)
            .or(record.page.context.fiscal_year),
        status: None,
        direction: None,
        status_raw: status.map_or_else(String::new, |slot| slot.text().to_owned()),
        progress: None,
        due: String::new(),
        due_raw: record.text(Role::Due).to_owned(),
        comment: record.text(Role::Comment).to_owned(),
        confidence: Confidence::Read,
        place: record.page.place(item.anchor),
        status_cell: status.map(|slot| slot.anchor),
        carried_from: None,
    }
}

/// A draft about one cell of an item.
fn draft(record: &Record, code: Code, slot: &Slot, source: &InitiativeSource) -> Draft {
    let draft = Draft::new(code).at(&record.page.place(slot.anchor)).raw(slot.text().trim());
    draft.of(&source.department, &source.division).with("name", &source.item)
}

/// Status and direction, by the profile's own words first.
fn states(record: &Record, source: &mut InitiativeSource, records: &mut Records) {
    if record.stand(Role::Status).is_some() {
        source.status = Some(Status::NotReported);
    }
    for (role, column) in [(Role::Status, Column::Status), (Role::Direction, Column::Direction)] {
        let Some(slot) = record.cell(role) else { continue };
        let Some(reading) = state(record, slot.text(), column) else {
            source.status = source.status.filter(|_| column == Column::Direction);
            continue;
        };
        if column == Column::Status {
            source.status = reading.status;
        }
        source.direction = reading.direction.or(source.direction);
        if reading.status == Some(Status::Unknown)
            || (reading.status.is_none() && reading.direction.is_none())
        {
            source.confidence = Confidence::Unread;
            records.drafts.push(draft(record, Code::StatusUnknown, slot, source));
        } else if reading.confidence == Confidence::Assumed {
            source.confidence = Confidence::Assumed;
            let word = reading.status.map_or("", Status::label);
            let draft = draft(record, Code::StatusAssumed, slot, source).reading(word);
            records.drafts.push(draft.with("reason", reading.assumption.unwrap_or_default()));
        }
    }
}

/// How a text is read; `None` where the profile says that it is no status and no direction.
fn state(record: &Record, text: &str, column: Column) -> Option<StatusReading> {
    let (profile, vocabulary) = (record.plan.profile, record.page.means.vocabulary);
    let whole = key(text);
    if profile.silent.contains(&whole) {
        return None;
    }
    let role = if column == Column::Status { Role::Status } else { Role::Direction };
    let legend = record.legends.for_words(record.header(role).unwrap_or(""), record.row);
    let reading = read_status(text, column, legend.as_ref(), vocabulary);
    if profile.vocabulary.is_none() {
        return Some(reading);
    }
    // A text that the profile lists as a whole (１　現状維持) means what it says, whatever its parts mean.
    let read = |status, direction| StatusReading {
        status,
        direction,
        confidence: Confidence::Read,
        assumption: None,
    };
    let listed = match column {
        Column::Status => {
            let mark = vocabulary.mark.get(&whole).filter(|_| profile.marks.contains(&whole));
            vocabulary.status.get(&whole).or(mark).map(|status| read(Some(*status), None))
        }
        Column::Direction => vocabulary.direction.get(&whole).map(|way| read(None, Some(*way))),
    };
    Some(listed.unwrap_or(reading))
}

fn progress_and_due(record: &Record, source: &mut InitiativeSource, records: &mut Records) {
    let means = record.page.means;
    if let Some(slot) = record.cell(Role::Progress) {
        let unit =
            record.header(Role::Progress).and_then(|text| read_header(text, None, means.vocabulary).unit);
        let reading = read_progress(slot.cell, unit.as_ref(), means.vocabulary);
        source.progress = reading.percent;
        if reading.confidence == Confidence::Unread {
            records.drafts.push(draft(record, Code::ProgressUnread, slot, source));
        }
    }
    if let Some(slot) = record.cell(Role::Due) {
        let year = source.fiscal_year.or(Some(means.fiscal_year));
        let reading = date::read_due_cell(slot.cell, year, means.vocabulary);
        source.due = reading.iso;
        if reading.confidence == Confidence::Unread {
            records.drafts.push(draft(record, Code::DueUnread, slot, source));
        }
    }
}
