//! A sheet through calamine, with what calamine leaves out → a grid.

use std::io::Cursor;

use calamine::{Data, Reader, Xls};

use super::globals::Globals;
use super::marks::Marks;
use crate::model::place::CellRef;
use crate::model::sheet::Grid;
use crate::read::cell::{Gathered, Maker, Stored};
use crate::read::error::ReadError;
use crate::read::format::Code;
use crate::read::look::Look;
use crate::read::value::{self, check};

/// The workbook in calamine's hands.
pub type Book = Xls<Cursor<Vec<u8>>>;

/// The built-in format of dates.
const DATE: u32 = 14;

/// Reads the sheet of a name.
pub fn read(
    book: &mut Book,
    name: &str,
    mut marks: Marks,
    globals: &Globals,
    maker: &Maker,
) -> Result<Grid, ReadError> {
    let values = book.worksheet_range(name).map_err(ReadError::broken)?;
    let formulas = book.worksheet_formula(name).map_err(ReadError::broken)?;
    let areas = book.merge_cells_by_sheet_name(name).map_err(ReadError::broken)?;
    let merges: Vec<_> = value::merges(&areas).collect();
    // Where the formats cannot be read, calamine still tells dates from numbers.
    let (plain, date) = (Look::default(), Look::new(Code::builtin(DATE), false));
    // `used_cells` counts from the range's corner, addresses from A1.
    let (top, left) = values.start().unwrap_or_default();
    let mut cells = Vec::new();
    for (row, col, value) in values.used_cells() {
        let (Ok(row), Ok(col)) = (u32::try_from(row), u32::try_from(col)) else { continue };
        let at = CellRef::new(top + row, left + col);
        check(at)?;
        let (style, shared) = marks.style(at).unzip();
        let written = formulas.get_value((at.row, at.col)).is_some_and(|formula| !formula.is_empty());
        let formula = written || shared == Some(true);
        let rich = marks.rich.remove(&at).map(Stored::Text);
        let Some(stored) = rich.or_else(|| value::stored(value)) else { continue };
        let fallback = if matches!(value, Data::DateTime(_)) { &date } else { &plain };
        let look = style.and_then(|style| globals.looks.get(style)).unwrap_or(fallback);
        cells.extend(maker.cell(stored, look, formula)?.map(|cell| (at, cell)));
    }
    let (hidden_rows, hidden_cols) =
        (std::mem::take(&mut marks.hidden_rows), std::mem::take(&mut marks.hidden_cols));
    let mut grid = Gathered { cells, merges, hidden_rows, hidden_cols }.into_grid();
    marks.pin_comments(&mut grid);
    Ok(grid)
}
