//! xls.
//!
//! Calamine opens the workbook and supplies the sheets, values, formulas and merged ranges. Read beside it, from
//! the records: number formats and fonts, hidden rows and columns, comments, and runs that are struck out. Of
//! workbooks of Excel 95 and before, those are not read.

mod globals;
mod marks;
mod record;
mod sheet;
mod text;

use std::io::{Cursor, Read};
use std::sync::Arc;

use calamine::{Reader, SheetType, Xls, XlsError};

use super::cell::Maker;
use super::error::ReadError;
use super::format::Calendar;
use super::properties::parse_moment;
use super::value::{MAX_DENSE, check_names, is_hidden};
use crate::model::fiscal::Eras;
use crate::model::sheet::{Format, Sheet, Workbook};
use globals::Globals;
use marks::Marks;

/// The most bytes that a workbook stream may have.
const MAX_STREAM: u64 = 256 << 20;
/// What is missing from the oldest workbooks.
const LIMITS: [&str; 2] = [
    "古い形式のブックのため、表示形式（％や△など）は読み取れず、値そのものを表示しています。",
    "古い形式のブックのため、非表示の行と列、取消線、コメントは読み取れません。",
];

/// Reads a workbook.
pub fn read(path: Arc<str>, bytes: &[u8], eras: &Eras) -> Result<Workbook, ReadError> {
    let (globals, marks) = beside(bytes)?;
    let limits = if globals.biff8 { &[][..] } else { &LIMITS[..] };
    let mut marks = marks.into_iter();

    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => ReadError::Encrypted,
        other => ReadError::broken(other),
    })?;
    let entries = book.sheets_metadata().to_vec();
    check_names(&entries)?;
    let mut maker = Maker::new(Calendar { date1904: book.has_1904_epoch(), eras });
    let mut sheets = Vec::new();
    for entry in entries {
        let marks = marks.next().unwrap_or_default();
        // Chart sheets, dialogs and macro sheets hold no cells that anybody fills in.
        if entry.typ == SheetType::WorkSheet {
            let grid = sheet::read(&mut book, &entry.name, marks, &globals, &mut maker)?;
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
fn beside(bytes: &[u8]) -> Result<(Globals, Vec<Marks>), ReadError> {
    let stream = stream_of(bytes)?;
    let globals = Globals::parse(&stream)?;
    let mut all = Vec::new();
    let mut area = 0;
    for position in &globals.sheets {
        let marks = marks::read(&stream, *position, &globals)?;
        area += marks.area();
        if area > MAX_DENSE {
            return Err(ReadError::too_large());
        }
        all.push(if globals.biff8 { marks } else { Marks::default() });
    }
    Ok((globals, all))
}

/// The workbook's stream.
fn stream_of(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(ReadError::broken)?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| ReadError::broken("no workbook stream"))?;
    let stream = file.open_stream(name).map_err(ReadError::broken)?;
    let mut bytes = Vec::new();
    stream.take(MAX_STREAM).read_to_end(&mut bytes).map_err(ReadError::broken)?;
    Ok(bytes)
}
