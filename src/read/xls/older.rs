//! Workbooks of Excel 95 and before, and damaged containers: through calamine, values and merges only.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Dimensions, Range, Reader, SheetType, SheetVisible, Xls, XlsError};

use crate::model::fiscal::Eras;
use crate::model::place::CellRef;
use crate::model::sheet::{Format, Grid, Merge, Sheet, Workbook};
use crate::read::cell::{Gathered, Maker, Rich, Stored};
use crate::read::error::ReadError;
use crate::read::format::{Calendar, Code};
use crate::read::look::Look;

/// What is missing.
const LIMITS: [&str; 2] = [
    "古い形式のブックのため、表示形式（％や△など）は読み取れず、値そのものを表示しています。",
    "古い形式のブックのため、非表示の行と列、取消線、コメントは読み取れません。",
];

/// Reads a workbook.
pub fn read(path: Arc<str>, bytes: &[u8], eras: &Eras) -> Result<Workbook, ReadError> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => ReadError::Encrypted,
        other => ReadError::broken(other),
    })?;
    let mut maker = Maker::new(Calendar { date1904: book.has_1904_epoch(), eras });
    let mut sheets = Vec::new();
    for entry in book.sheets_metadata().to_vec() {
        if entry.typ != SheetType::WorkSheet {
            continue;
        }
        let values = book.worksheet_range(&entry.name).map_err(ReadError::broken)?;
        let formulas = book.worksheet_formula(&entry.name).map_err(ReadError::broken)?;
        let merges = book.merge_cells_by_sheet_name(&entry.name).map_err(ReadError::broken)?;
        let grid = grid(&values, &formulas, &merges, &mut maker)?;
        let hidden = entry.visible != SheetVisible::Visible;
        sheets.push(Sheet { name: entry.name.into(), hidden, grid });
    }
    let limits = LIMITS.iter().map(|limit| (*limit).to_owned()).collect();
    Ok(Workbook { path, format: Format::Xls, sheets, modified: None, limits })
}

fn grid(
    values: &Range<Data>,
    formulas: &Range<String>,
    merges: &[Dimensions],
    maker: &mut Maker,
) -> Result<Grid, ReadError> {
    // `used_cells` counts from the range's corner, addresses from A1.
    let (top, left) = values.start().unwrap_or_default();
    let plain = Look::default();
    let date = Look::new(Code::builtin(14), false);
    let mut cells = Vec::new();
    for (row, col, value) in values.used_cells() {
        let (Ok(row), Ok(col)) = (u32::try_from(row), u32::try_from(col)) else { continue };
        let at = CellRef::new(top + row, left + col);
        let formula = formulas.get_value((at.row, at.col)).is_some_and(|formula| !formula.is_empty());
        let look = if matches!(value, Data::DateTime(_)) { &date } else { &plain };
        let Some(stored) = stored(value) else { continue };
        if let Some(cell) = maker.cell(stored, look, formula) {
            maker.count(1)?;
            cells.push((at, cell));
        }
    }
    let merge = |area: &Dimensions| Merge {
        start: CellRef::new(area.start.0, area.start.1),
        end: CellRef::new(area.end.0, area.end.1),
    };
    let merges = merges.iter().map(merge).filter(|merge| merge.start != merge.end).collect();
    Ok(Gathered { cells, merges, ..Gathered::default() }.into_grid())
}

#[allow(clippy::cast_precision_loss, reason = "an xls stores integers of 30 bits")]
fn stored(value: &Data) -> Option<Stored> {
    Some(match value {
        Data::Int(number) => Stored::Number(*number as f64),
        Data::Float(number) => Stored::Number(*number),
        Data::DateTime(serial) => Stored::Number(serial.as_f64()),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            Stored::Text(Rich::plain(text.as_str()))
        }
        Data::Bool(value) => Stored::Bool(*value),
        Data::Error(error) => Stored::Error(error.to_string()),
        Data::Empty => return None,
    })
}
