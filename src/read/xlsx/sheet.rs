//! A sheet through calamine, with what calamine leaves out → a grid.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::iter::Peekable;
use std::sync::Arc;
use std::vec::IntoIter;

use calamine::{DataRef, DataType, Xlsx, XlsxError, XlsxFormulaMetadata};

use super::marks::Marks;
use crate::model::place::CellRef;
use crate::model::sheet::{Cell, Grid};
use crate::read::cell::{Gathered, Maker, Stored};
use crate::read::error::ReadError;
use crate::read::look::Look;
use crate::read::value::{self, check};

/// The workbook in calamine's hands.
pub type Book = Xlsx<Cursor<Vec<u8>>>;

type Position = (u32, u32);

/// What all sheets of a workbook share.
pub struct Context<'a> {
    /// Looks by style.
    pub looks: &'a [Look],
    /// Makes cells.
    pub maker: Maker<'a>,
    /// Cached results mean nothing: the file is to be calculated when it is opened.
    pub stale: bool,
}

/// Reads the sheet of a name.
pub fn read(book: &mut Book, name: &str, mut marks: Marks, context: &mut Context) -> Result<Grid, ReadError> {
    let mut formulas = if marks.formulas { Formulas::of(book, name)? } else { Formulas::default() };
    let mut gathered = Gathered {
        hidden_rows: std::mem::take(&mut marks.hidden_rows),
        hidden_cols: std::mem::take(&mut marks.hidden_cols),
        ..Gathered::default()
    };
    if marks.merges {
        let areas = book.merge_cells_by_sheet_name(name).map_err(ReadError::broken)?;
        gathered.merges.extend(value::merges(&areas));
    }
    let default_look = Look::default();
    let mut reader = book.worksheet_cells_reader(name).map_err(ReadError::broken)?;
    for place in 1.. {
        let (at, style, stored, formula, external) = match reader.next_cell_with_style_id() {
            Ok(None) => break,
            Ok(Some((cell, style))) => {
                let position = cell.get_position();
                let formula = formulas.at(position);
                let Some(stored) =
                    stored(cell.get_value(), position, formula.as_ref(), &formulas, context.stale)
                else {
                    continue;
                };
                let external = formula.as_ref().is_some_and(|formula| formulas.is_external(formula));
                (CellRef::new(position.0, position.1), style, stored, formula.is_some(), external)
            }
            Err(XlsxError::CellError(_)) => {
                let error = marks.errors.remove(&place);
                let error = error.ok_or_else(|| ReadError::broken("an unknown error value"))?;
                (error.at, error.style, Stored::Error(error.text), error.formula, false)
            }
            Err(error) => return Err(ReadError::broken(error)),
        };
        check(at)?;
        let stored =
            marks.rich.remove(&place).map_or(stored, |rich| Stored::Text(Arc::unwrap_or_clone(rich)));
        let look = context.looks.get(style).unwrap_or(&default_look);
        if let Some(cell) = context.maker.cell(stored, look, formula)? {
            gathered.cells.push((at, Cell { external, ..cell }));
        }
    }
    Ok(gathered.into_grid())
}

/// What a cell stores. A string result may well be empty; any other result that is missing was never calculated.
/// A zero in a file that says its results are stale is what program libraries write in their place.
fn stored(
    value: &DataRef,
    position: Position,
    formula: Option<&XlsxFormulaMetadata>,
    formulas: &Formulas,
    stale: bool,
) -> Option<Stored> {
    if let Some(formula) = formula {
        let number = value.get_float().or_else(|| value.get_datetime().map(|serial| serial.as_f64()));
        if value.is_empty() || stale && number == Some(0.0) {
            return Some(Stored::Uncalculated(formulas.text(formula, position)));
        }
    }
    value::stored(value)
}

/// The formulas of a sheet, told one after the other.
struct Formulas {
    list: Peekable<IntoIter<(Position, XlsxFormulaMetadata)>>,
    /// Shared formulas by their number: where they are written out, and how.
    shared: BTreeMap<usize, (Position, String)>,
}

impl Default for Formulas {
    fn default() -> Self {
        Self { list: Vec::new().into_iter().peekable(), shared: BTreeMap::new() }
    }
}

impl Formulas {
    /// Calamine tells either the style or the formula of a cell: the formulas take a pass of their own.
    fn of(book: &mut Book, name: &str) -> Result<Self, ReadError> {
        let mut reader = book.worksheet_cells_reader(name).map_err(ReadError::broken)?;
        let mut list = Vec::new();
        loop {
            match reader.next_cell_with_formula_metadata() {
                Ok(None) => break,
                Ok(Some(cell)) => list.extend(cell.formula.map(|formula| (cell.pos, formula))),
                // The other pass tells what is to become of it.
                Err(XlsxError::CellError(_)) => {}
                Err(error) => return Err(ReadError::broken(error)),
            }
        }
        Ok(Self { list: list.into_iter().peekable(), shared: BTreeMap::new() })
    }

    /// Whether a formula refers to another workbook; one that is shared does where it is written out.
    fn is_external(&self, formula: &XlsxFormulaMetadata) -> bool {
        match formula {
            XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
                is_external(formula)
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => {
                self.shared.get(shared_index).is_some_and(|(_, formula)| is_external(formula))
            }
            _ => false,
        }
    }

    /// The formula of a cell; cells come in the order of the file.
    fn at(&mut self, position: Position) -> Option<XlsxFormulaMetadata> {
        let (_, formula) = self.list.next_if(|(at, _)| *at == position)?;
        if let XlsxFormulaMetadata::Shared { shared_index, formula, .. } = &formula {
            self.shared.insert(*shared_index, (position, formula.clone()));
        }
        Some(formula)
    }

    /// A formula's text; one that is shared is written out at its first cell only.
    fn text(&self, formula: &XlsxFormulaMetadata, position: Position) -> String {
        match formula {
            XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
                formula.clone()
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => {
                self.shared.get(shared_index).map_or_else(String::new, |(from, text)| {
                    calamine::expand_shared_formula(text, *from, position).unwrap_or_else(|_| text.clone())
                })
            }
            _ => String::new(),
        }
    }
}

/// Whether a formula holds `[1]Sheet!A1` or `'[book.xlsx]Sheet'!A1`. Brackets behind a name are a table's columns.
fn is_external(formula: &str) -> bool {
    formula.match_indices('[').any(|(at, _)| {
        let (before, after) = formula.split_at(at);
        let Some((inside, behind)) = after.get(1..).and_then(|after| after.split_once(']')) else {
            return false;
        };
        let free =
            before.chars().last().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '[' | ']' | '_'));
        let numbered = !inside.is_empty() && inside.chars().all(|c| c.is_ascii_digit());
        let named = inside.to_lowercase().contains(".xls") || inside.to_lowercase().ends_with(".ods");
        free && (numbered || named) && behind.contains('!')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_workbooks_are_told_from_tables() {
        for (formula, external) in [
            ("[1]Sheet1!A1", true),
            ("SUM('[12]実績 R2'!$B$3:$B$9)", true),
            ("'C:\\台帳\\[他課.xlsx]集計'!B2*2", true),
            ("[1]!件数", true),
            ("表1[件数]", false),
            ("SUM(表1[[#This Row],[1]])", false),
            ("Sheet2!A1", false),
            ("INDEX(表[1],1)+Sheet2!A1", false),
            ("", false),
        ] {
            assert_eq!(is_external(formula), external, "{formula}");
        }
    }
}
