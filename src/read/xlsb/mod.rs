//! xlsb.
//!
//! Calamine opens the workbook and supplies the sheets and values. Read beside it, from the records: number formats
//! and fonts, merged ranges, formulas that result in an error, hidden rows and columns, and comments. Which cells
//! hold a formula, the records tell too: calamine would have to read the formulas, and refuses a sheet where it
//! cannot.

mod record;
mod sheet;
mod styles;

use std::collections::BTreeMap;
use std::sync::Arc;

use calamine::{Reader, XlsbError};

use super::carrier::{Carrier, Link};
use super::cell::{Maker, Rich};
use super::error::ReadError;
use super::format::Calendar;
use super::look::Styles;
use super::meter::Meter;
use super::package::Package;
use super::properties;
use super::value::{check_names, is_hidden};
use super::xlsx::{Relations, pin_threads};
use crate::model::fiscal::Eras;
use crate::model::limits::Limit;
use crate::model::place::CellRef;
use crate::model::sheet::{Format, Grid, Sheet, Workbook};
use record::{Fields, Record, Records};
use sheet::Context;

/// The workbook part.
const PART: &str = "xl/workbook.bin";
/// Kinds of records: a shared string, the workbook's properties, the end of the list of sheets, a sheet, and how
/// to calculate.
const STRING: u16 = 19;
/// See [`STRING`].
const PROPERTIES: u16 = 153;
/// See [`STRING`].
const END_SHEETS: u16 = 144;
/// See [`STRING`].
const SHEET: u16 = 156;
/// See [`STRING`].
const CALCULATION: u16 = 157;

/// Reads a workbook.
pub fn read(path: Arc<str>, package: &mut Package, eras: &Eras) -> Result<Workbook, ReadError> {
    let bytes = package.bytes(PART)?.ok_or_else(|| ReadError::broken("no workbook part"))?;
    let relations = Relations::of(package, PART)?;
    let mut part = |kind| match relations.first(kind) {
        Some(name) => Ok(package.bytes(name)?.unwrap_or_default()),
        None => Ok::<_, ReadError>(Vec::new()),
    };
    let (styles, strings_part) = (part("styles")?, part("sharedStrings")?);
    let meter = package.meter();
    let styles = styles::parse(&styles, meter)?;
    let strings = strings(&strings_part, &styles, meter)?;
    let looks = styles.looks();
    let ids = relation_ids(&bytes).ok_or_else(|| ReadError::broken("damaged list of sheets"))?;
    meter.add(Limit::Sheets, ids.len() as u64)?;

    let mut book = open(package, &bytes, &ids, &relations)?;
    let entries = book.sheets_metadata().to_vec();
    check_names(&entries)?;
    let maker = Maker { calendar: Calendar { date1904: book.has_1904_epoch(), eras }, meter };
    let mut context = Context { strings: &strings, looks: &looks, maker };
    let mut sheets = Vec::new();
    for (entry, id) in entries.iter().zip(&ids) {
        let Some(part) = relations.sheet(id)? else { continue };
        let bytes = package.bytes(part)?.ok_or_else(|| ReadError::Broken(format!("no part {part}")))?;
        let mut grid = sheet::read(&mut book, &entry.name, &bytes, &mut context)?;
        let own = Relations::of(package, part)?;
        for part in own.all("comments") {
            pin_comments(&package.bytes(part)?.unwrap_or_default(), &styles, &mut grid, meter)?;
        }
        pin_threads(package, &own, &mut grid)?;
        sheets.push(Sheet { name: entry.name.as_str().into(), hidden: is_hidden(entry), grid });
    }
    let modified = properties::modified(package, "docProps/core.xml", "modified");
    Ok(Workbook { path, format: Format::Xlsb, sheets, modified, limits: Vec::new() })
}

/// Hands calamine the parts that it reads. Not the styles, which it skips through record by record without their
/// lengths; and of the workbook part only the sheets, as it refuses names that it cannot read.
fn open(
    package: &mut Package,
    bytes: &[u8],
    ids: &[String],
    relations: &Relations,
) -> Result<sheet::Book, ReadError> {
    let mut carrier = Carrier::new();
    let mut links = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let worksheet = relations.sheet(id)?;
        let folder = if worksheet.is_some() { "worksheets" } else { "dialogsheets" };
        let target = format!("{folder}/sheet{index}.bin");
        carrier.copy(package, worksheet, &format!("xl/{target}"))?;
        links.push(Link { id, kind: "worksheet", target });
    }
    let mut workbook = Vec::new();
    for record in Records::new(bytes).filter(|record| matches!(record.kind, PROPERTIES | SHEET)) {
        record.write(&mut workbook);
    }
    for kind in [END_SHEETS, CALCULATION] {
        Record { kind, data: &[] }.write(&mut workbook);
    }
    carrier.add("xl/workbook.bin", &workbook)?;
    carrier.links("workbook.bin", &links)?;
    carrier.copy(package, relations.first("sharedStrings"), "xl/sharedStrings.bin")?;
    calamine::Xlsb::new(carrier.finish()?).map_err(|error| match error {
        XlsbError::Password => ReadError::Encrypted,
        other => ReadError::broken(other),
    })
}

/// The relationships that lead to the sheets, in order; `None` where the list is damaged.
fn relation_ids(bytes: &[u8]) -> Option<Vec<String>> {
    let sheets = Records::new(bytes).filter(|record| record.kind == SHEET);
    sheets
        .map(|record| {
            let mut fields = Fields::new(record.data);
            fields.u32()?;
            fields.u32()?;
            fields.text()
        })
        .collect()
}

/// Shared strings with fonts of their own, by their number, where any font strikes out.
fn strings(bytes: &[u8], styles: &Styles, meter: &Meter) -> Result<BTreeMap<usize, Arc<Rich>>, ReadError> {
    let mut list = BTreeMap::new();
    let mut chars = 0;
    for (index, record) in Records::new(bytes).filter(|record| record.kind == STRING).enumerate() {
        // Calamine holds all of them; cells count those that they show once more.
        chars += Fields::new(record.data).rich_chars().unwrap_or(0);
        meter.check(Limit::Texts, chars)?;
        let rich = if styles.any_struck() { Fields::new(record.data).rich(styles) } else { None };
        list.extend(rich.filter(Rich::has_fonts).map(|rich| (index, Arc::new(rich))));
    }
    Ok(list)
}

fn pin_comments(bytes: &[u8], styles: &Styles, grid: &mut Grid, meter: &Meter) -> Result<(), ReadError> {
    let mut found: BTreeMap<CellRef, String> = BTreeMap::new();
    let mut at = None;
    for record in Records::new(bytes) {
        let mut fields = Fields::new(record.data);
        match record.kind {
            635 => at = comment_address(&mut fields),
            637 => {
                if let (Some(at), Some(text)) = (at, fields.rich(styles)) {
                    let text = text.whole();
                    meter.add(Limit::Cells, 1)?;
                    meter.text(text.chars().count(), 1)?;
                    found.insert(at, text);
                }
            }
            _ => {}
        }
    }
    for (at, text) in found {
        if let Some(cell) = grid.get_mut(at) {
            cell.comment = Some(text.into());
        }
    }
    Ok(())
}

/// Author, then first and last row, first and last column.
fn comment_address(fields: &mut Fields) -> Option<CellRef> {
    fields.u32()?;
    let row = fields.u32()?;
    fields.u32()?;
    Some(CellRef::new(row, fields.u32()?))
}
