//! xlsb.
//!
//! Read from its records: calamine tells neither number formats nor merges of an xlsb and leaves out formulas whose
//! result is an error.

mod record;
mod sheet;
mod styles;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell::{Maker, Rich, limit_strings};
use super::error::ReadError;
use super::format::Calendar;
use super::look::Styles;
use super::package::Package;
use super::properties;
use super::xlsx::{Relations, pin_threads};
use crate::model::fiscal::Eras;
use crate::model::place::CellRef;
use crate::model::sheet::{Format, Grid, Sheet, Workbook};
use record::{Fields, Records};
use sheet::Context;

/// The workbook part.
const PART: &str = "xl/workbook.bin";

struct SheetEntry {
    name: String,
    hidden: bool,
    relation: String,
}

/// Reads a workbook.
pub fn read(path: Arc<str>, package: &mut Package, eras: &Eras) -> Result<Workbook, ReadError> {
    let bytes = package.bytes(PART)?.ok_or_else(|| ReadError::broken("no workbook part"))?;
    let (entries, date1904) = book(&bytes).ok_or_else(|| ReadError::broken("damaged list of sheets"))?;
    let relations = Relations::of(package, PART)?;
    let mut part = |kind| match relations.first(kind) {
        Some(name) => Ok(package.bytes(name)?.unwrap_or_default()),
        None => Ok::<_, ReadError>(Vec::new()),
    };
    let styles = styles::parse(&part("styles")?)?;
    let looks = styles.looks();
    let mut strings: Vec<Rich> = Vec::new();
    for record in Records::new(&part("sharedStrings")?).filter(|record| record.kind == 19) {
        strings.push(Fields::new(record.data).rich(&styles).unwrap_or_default());
        limit_strings(strings.len())?;
    }
    let maker = Maker::new(Calendar { date1904, eras });
    let mut context = Context { strings: &strings, looks: &looks, maker };
    let mut sheets = Vec::new();
    for entry in entries {
        let Some(part) = relations.sheet(&entry.relation)? else { continue };
        let bytes = package.bytes(part)?.ok_or_else(|| ReadError::Broken(format!("no part {part}")))?;
        let mut grid = sheet::read(&bytes, &mut context)?;
        let own = Relations::of(package, part)?;
        for part in own.all("comments") {
            pin_comments(&package.bytes(part)?.unwrap_or_default(), &styles, &mut grid);
        }
        pin_threads(package, &own, &mut grid)?;
        sheets.push(Sheet { name: entry.name.into(), hidden: entry.hidden, grid });
    }
    let modified = properties::modified(package, "docProps/core.xml", "modified");
    Ok(Workbook { path, format: Format::Xlsb, sheets, modified, limits: Vec::new() })
}

/// The sheets in order, and whether dates count from 1904; `None` where the list is damaged or empty.
fn book(bytes: &[u8]) -> Option<(Vec<SheetEntry>, bool)> {
    let (mut sheets, mut date1904) = (Vec::new(), false);
    for record in Records::new(bytes) {
        let mut fields = Fields::new(record.data);
        match record.kind {
            153 => date1904 = fields.u32().is_some_and(|flags| flags & 1 != 0),
            156 => sheets.push(sheet_entry(&mut fields)?),
            _ => {}
        }
    }
    (!sheets.is_empty()).then_some((sheets, date1904))
}

fn sheet_entry(fields: &mut Fields) -> Option<SheetEntry> {
    let hidden = fields.u32()? & 3 != 0;
    fields.u32()?;
    let relation = fields.text()?;
    Some(SheetEntry { relation, hidden, name: fields.text()? })
}

fn pin_comments(bytes: &[u8], styles: &Styles, grid: &mut Grid) {
    let mut found: BTreeMap<CellRef, String> = BTreeMap::new();
    let mut at = None;
    for record in Records::new(bytes) {
        let mut fields = Fields::new(record.data);
        match record.kind {
            635 => at = comment_address(&mut fields),
            637 => {
                if let (Some(at), Some(text)) = (at, fields.rich(styles)) {
                    found.insert(at, text.whole());
                }
            }
            _ => {}
        }
    }
    for (at, text) in found {
        if let Some(cell) = grid.get_mut(at) {
            cell.comment = Some(text);
        }
    }
}

/// Author, then first and last row, first and last column.
fn comment_address(fields: &mut Fields) -> Option<CellRef> {
    fields.u32()?;
    let row = fields.u32()?;
    fields.u32()?;
    Some(CellRef::new(row, fields.u32()?))
}
