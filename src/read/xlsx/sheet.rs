//! A sheet through calamine, with what calamine leaves out → a grid.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{DataRef, DataType, Xlsx, XlsxError, XlsxFormulaMetadata};

use super::marks::Marks;
use crate::model::place::CellRef;
use crate::model::sheet::{Cell, Grid};
use crate::read::cell::{Gathered, Maker, Stored};
use crate::read::error::ReadError;
use crate::read::look::Look;
use crate::read::shared::Shared;
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
    /// Shared strings that cells have shown.
    pub shared: Shared,
}

/// Reads the sheet of a name.
pub fn read(book: &mut Book, name: &str, mut marks: Marks, context: &mut Context) -> Result<Grid, ReadError> {
    let mut gathered = Gathered {
        cells: Vec::with_capacity(marks.styles.len()),
        hidden_rows: std::mem::take(&mut marks.hidden_rows),
        hidden_cols: std::mem::take(&mut marks.hidden_cols),
        merges: std::mem::take(&mut marks.merges),
    };
    let default_look = Look::default();
    let mut formulas = Formulas::default();
    let mut reader = book.worksheet_cells_reader(name).map_err(ReadError::broken)?;
    let mut styled = 0;
    for place in 1.. {
        let (at, stored, formula, external) = match reader.next_cell_with_formula_metadata() {
            Ok(None) => break,
            Ok(Some(cell)) => {
                let formula = cell.formula.as_ref();
                formulas.keep(formula, cell.pos);
                let Some(stored) = stored(&cell.value, cell.pos, formula, &formulas, context) else {
                    continue;
                };
                let external = formula.is_some_and(|formula| formulas.is_external(formula));
                (CellRef::new(cell.pos.0, cell.pos.1), stored, formula.is_some(), external)
            }
            Err(XlsxError::CellError(_)) => {
                let error = marks.errors.remove(&place);
                let error = error.ok_or_else(|| ReadError::broken("an unknown error value"))?;
                (error.at, Stored::Error(error.text), error.formula, false)
            }
            Err(error) => return Err(ReadError::broken(error)),
        };
        check(at)?;
        let stored =
            marks.rich.remove(&place).map_or(stored, |rich| Stored::Text(Arc::unwrap_or_clone(rich)));
        let look = context.looks.get(marks.style(place, &mut styled)).unwrap_or(&default_look);
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
    context: &Context,
) -> Option<Stored> {
    if let Some(formula) = formula {
        let number = value.get_float().or_else(|| value.get_datetime().map(|serial| serial.as_f64()));
        if value.is_empty() || context.stale && number == Some(0.0) {
            return Some(Stored::Uncalculated(formulas.text(formula, position)));
        }
    }
    match value {
        DataRef::SharedString(text) => Some(Stored::Plain(context.shared.get(text))),
        other => value::stored(other),
    }
}

/// The shared formulas of a sheet, by their number: where they are written out, and how.
#[derive(Default)]
struct Formulas(BTreeMap<usize, (Position, String)>);

impl Formulas {
    /// Takes in what a cell says of them; cells come in the order of the file.
    fn keep(&mut self, formula: Option<&XlsxFormulaMetadata>, position: Position) {
        if let Some(XlsxFormulaMetadata::Shared { shared_index, formula, .. }) = formula {
            self.0.insert(*shared_index, (position, formula.clone()));
        }
    }

    /// Whether a formula refers to another workbook; one that is shared does where it is written out.
    fn is_external(&self, formula: &XlsxFormulaMetadata) -> bool {
        match formula {
            XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
                is_external(formula)
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => {
                self.0.get(shared_index).is_some_and(|(_, formula)| is_external(formula))
            }
            _ => false,
        }
    }

    /// A formula's text; one that is shared is written out at its first cell only.
    fn text(&self, formula: &XlsxFormulaMetadata, position: Position) -> String {
        match formula {
            XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
                formula.clone()
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => {
                self.0.get(shared_index).map_or_else(String::new, |(from, text)| {
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
