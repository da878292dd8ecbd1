//! xls.
//!
//! Calamine opens the workbook and supplies the sheets, values, formulas and merged ranges. Read beside it, from
//! the records: number formats and fonts, hidden rows and columns, comments, and runs that are struck out. Of
//! workbooks of Excel 95 and before, those are not read.

mod container;
mod globals;
mod marks;
mod record;
mod sheet;
mod text;

use std::sync::Arc;

use calamine::{Reader, SheetType, Xls, XlsError};

use super::cell::Maker;
use super::error::ReadError;
use super::format::Calendar;
use super::meter::Meter;
use super::properties::parse_moment;
use super::value::{check_names, is_hidden};
use crate::model::fiscal::Eras;
use crate::model::limits::Limit;
use crate::model::sheet::{Format, Sheet, Workbook};
use globals::Globals;
use marks::Marks;

/// What is missing from the oldest workbooks.
const LIMITS: [&str; 2] = [
    "古い形式のブックのため、表示形式（％や△など）は読み取れず、値そのものを表示しています。",
    "古い形式のブックのため、非表示の行と列、取消線、コメントは読み取れません。",
];

/// Reads a workbook.
pub fn read(path: Arc<str>, bytes: &[u8], eras: &Eras, meter: &Meter) -> Result<Workbook, ReadError> {
    let mut file = container::open(bytes)?;
    let stream = container::stream(&mut file, bytes)?;
    let (globals, marks) = beside(&stream, meter)?;
    let limits = if globals.biff8 { &[][..] } else { &LIMITS[..] };
    let mut marks = marks.into_iter();

    let mut book = Xls::new(container::rebuilt(&mut file, &stream)?).map_err(|error| match error {
        XlsError::Password => ReadError::Encrypted,
        other => ReadError::broken(other),
    })?;
    let entries = book.sheets_metadata().to_vec();
    check_names(&entries)?;
    let maker = Maker { calendar: Calendar { date1904: book.has_1904_epoch(), eras }, meter };
    let mut sheets = Vec::new();
    for entry in entries {
        let marks = marks.next().unwrap_or_default();
        // Chart sheets, dialogs and macro sheets hold no cells that anybody fills in.
        if entry.typ == SheetType::WorkSheet {
            let grid = sheet::read(&mut book, &entry.name, marks, &globals, &maker)?;
            let hidden = is_hidden(&entry);
            sheets.push(Sheet { name: entry.name.into(), hidden, grid });
        }
    }
    let modified = book.workbook_properties().ok().and_then(|properties| properties.modified);
    let modified = modified.as_deref().and_then(parse_moment);
    let limits = limits.iter().map(|limit| (*limit).to_owned()).collect();
    Ok(Workbook { path, format: Format::Xls, sheets, modified, limits })
}

/// What calamine leaves out, for each sheet in the order of the file. Refuses what would take too much memory before
/// calamine sees it.
fn beside(stream: &[u8], meter: &Meter) -> Result<(Globals, Vec<Marks>), ReadError> {
    let globals = Globals::parse(stream, meter)?;
    let mut all = Vec::new();
    let (mut area, mut chars) = (0, 0);
    for position in &globals.sheets {
        let marks = marks::read(stream, *position, &globals, meter)?;
        area += marks.area();
        chars += marks.chars;
        meter.check(Limit::Area, area)?;
        meter.check(Limit::Texts, chars)?;
        all.push(if globals.biff8 { marks } else { Marks::default() });
    }
    Ok((globals, all))
}
