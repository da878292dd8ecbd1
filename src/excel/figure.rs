//! Numbers in body cells: the format carries the words around them, a note what no format can.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::dress::{Dress, Wardrobe};
use super::look::{Part, Type};
use super::note;
use super::number::{self, Code};
use super::place;
use super::spot::Spot;
use super::text;
use crate::model::report::{Align, Cell, Value};

/// Half-width characters that a number or a day needs on its one line; a column too narrow would show `###` for it.
pub(super) fn least_width(cell: &Cell) -> usize {
    match &cell.value {
        Some(Value::Number { value, decimals, percent }) => {
            number::width(*value, *decimals, *percent, text::words(cell).trim())
        }
        Some(Value::Date(_)) => text::width_of("R13.12.28"),
        Some(Value::Year(_)) => 4,
        None => 0,
    }
}

/// A number as it is, and as the cell keeps it.
pub(super) struct Figure {
    /// The exact value.
    pub(super) value: Decimal,
    /// Decimals to show.
    pub(super) decimals: u32,
    /// A percentage.
    pub(super) percent: bool,
    /// What the cell keeps.
    pub(super) stored: f64,
}

/// Writes a number, or the formula that comes to it; returns the dress that shows it as it is printed.
pub(super) fn write(
    (cell, printed): (&Cell, &str),
    figure: &Figure,
    spot: &Spot<'_>,
    base: Type,
    wardrobe: &mut Wardrobe,
    to: &mut Worksheet,
) -> Result<Dress, XlsxError> {
    if spot.part == Part::Open {
        return write_open_number(figure, spot, base, to);
    }
    let shown = wardrobe.codes.show(figure.value, figure.decimals, figure.percent, printed.trim());
    let align = if spot.align == Align::Left { Align::Right } else { spot.align };
    let strong = cell.paras.iter().flat_map(|para| &para.runs).any(|run| run.strong);
    match cell.live.as_ref().and_then(|live| live.formula.as_ref()) {
        Some(formula) => {
            let formula = place::formula(formula, spot.row, spot.top, spot.columns);
            let formula = Formula::new(formula).set_result(figure.stored.to_string());
            to.write_formula(spot.row, spot.col, formula)?;
        }
        None => _ = to.write_number(spot.row, spot.col, figure.stored)?,
    }
    if !shown.complete && !spot.repeated {
        note::pin(spot.row, spot.col, printed, to)?;
    }
    Ok(Dress { align, code: shown.code, ..spot.dress(Type { strong, ..base }) })
}

/// An open cell shows what is typed over it as it is typed: no format rounds it. A percentage stays in percent, as
/// under a unit 「%」.
fn write_open_number(
    figure: &Figure,
    spot: &Spot<'_>,
    base: Type,
    to: &mut Worksheet,
) -> Result<Dress, XlsxError> {
    let stored = number::stored(figure.value, false).unwrap_or(figure.stored);
    to.write_number(spot.row, spot.col, stored)?;
    Ok(Dress { align: Align::Right, code: Code::General, ..spot.dress(base) })
}
