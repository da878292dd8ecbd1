//! A sheet through calamine, with what calamine leaves out → a grid.

use std::io::Cursor;

use calamine::{Data, DataType, Ods, Reader};

use super::content::{Marks, Shown};
use crate::model::place::CellRef;
use crate::model::sheet::{Cell, Grid};
use crate::read::cell::{Maker, Rich, Stored};
use crate::read::error::ReadError;
use crate::read::value;

/// The workbook in calamine's hands.
pub type Book = Ods<Cursor<Vec<u8>>>;

/// Reads the sheet of a name.
pub fn read(book: &mut Book, name: &str, marks: Marks, maker: &Maker) -> Result<Grid, ReadError> {
    let values = book.worksheet_range(name).map_err(ReadError::broken)?;
    let formulas = book.worksheet_formula(name).map_err(ReadError::broken)?;
    let mut gathered = marks.gathered;
    for shown in &marks.shown {
        let start = (shown.rows.start, shown.cols.start);
        let value = values.get_value(start).unwrap_or(&Data::Empty);
        if shown.valued && value.is_empty() {
            return Err(ReadError::broken("cells out of step"));
        }
        let formula = formulas.get_value(start).map_or("", String::as_str);
        let Some(cell) = cell(shown, value, formula, maker)? else { continue };
        for row in shown.rows.clone() {
            let cols = shown.cols.clone();
            gathered.cells.extend(cols.map(|col| (CellRef::new(row, col), cell.clone())));
        }
    }
    Ok(gathered.into_grid())
}

/// The cell with the text that the file keeps beside the value.
fn cell(shown: &Shown, value: &Data, formula: &str, maker: &Maker) -> Result<Option<Cell>, ReadError> {
    let Some(stored) = stored(shown, value, formula) else { return Ok(None) };
    let is_text = !matches!(stored, Stored::Number(_) | Stored::Bool(_) | Stored::Moment(_));
    let Some(mut cell) = maker.cell(stored, &shown.look, !formula.is_empty())? else { return Ok(None) };
    if let Some(text) = shown.text.as_ref().filter(|_| !is_text) {
        cell.text = text.whole().into();
    }
    cell.comment = shown.comment().map(Into::into);
    Ok(Some(cell))
}

/// What a cell stores.
fn stored(shown: &Shown, value: &Data, formula: &str) -> Option<Stored> {
    let text = shown.text.as_ref().map(Rich::whole);
    // Older writers store 0 beside the error that is shown.
    let error = text.as_ref().is_some_and(|text| text.starts_with('#') || text.starts_with("Err:"));
    if shown.error || error && value.is_float() && !formula.is_empty() {
        return Some(Stored::Error(text.unwrap_or_default()));
    }
    match (value, &shown.text) {
        (Data::Empty, None) if !formula.is_empty() => {
            let formula = formula.split_once(":=").map_or(formula, |(_, formula)| formula);
            Some(Stored::Uncalculated(formula.trim_start_matches('=').to_owned()))
        }
        // Calamine knows neither fonts inside a text nor furigana, nor that line ends in it mean nothing.
        (Data::Empty | Data::String(_), Some(text)) => Some(Stored::Text(text.clone())),
        _ => value::stored(value),
    }
}
