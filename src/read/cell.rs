//! What a file stores for a cell → the cell as a person sees it.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use super::error::ReadError;
use super::format::{Calendar, Code, general_f64, moment};
use super::look::Look;
use super::meter::Meter;
use super::number::exact;
use crate::model::place::CellRef;
use crate::model::sheet::{Cell, Grid, Merge, Value};

/// A stretch of a text in one font.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// Its text.
    pub text: String,
    /// Struck out or not; `None` where the cell's own font decides.
    pub struck: Option<bool>,
}

/// A text of one or more runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rich(pub Vec<Run>);

impl Rich {
    /// A text in the cell's own font.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Run { text: text.into(), struck: None }])
    }

    /// The whole text.
    pub fn whole(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    /// Whether any of it has a font of its own.
    pub fn has_fonts(&self) -> bool {
        self.0.iter().any(|run| run.struck.is_some())
    }

    /// The whole text, what of it is not struck out, and whether all of it is.
    fn seen(&self, cell_struck: bool) -> (String, String, bool) {
        let whole = self.whole();
        let is_struck = |run: &&Run| run.struck.unwrap_or(cell_struck);
        let left: String = self.0.iter().filter(|run| !is_struck(run)).map(|run| run.text.as_str()).collect();
        let any_struck = self.0.iter().any(|run| is_struck(&run) && !run.text.trim().is_empty());
        if any_struck && left.trim().is_empty() { (whole.clone(), whole, true) } else { (whole, left, false) }
    }
}

/// What a file stores.
#[derive(Debug, Clone, PartialEq)]
pub enum Stored {
    /// A number, or a date as a serial.
    Number(f64),
    /// A text in the cell's own font.
    Plain(Arc<str>),
    /// A text of runs.
    Text(Rich),
    /// TRUE or FALSE.
    Bool(bool),
    /// `#REF!`.
    Error(String),
    /// A formula that nobody has calculated.
    Uncalculated(String),
    /// A moment written out (ods, strict xlsx).
    Moment(NaiveDateTime),
}

/// What a reader gathers from a sheet.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Non-empty cells in any order.
    pub cells: Vec<(CellRef, Cell)>,
    /// Merged ranges in any order.
    pub merges: Vec<Merge>,
    /// Hidden rows in any order.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns in any order.
    pub hidden_cols: Vec<u32>,
}

impl Gathered {
    /// The grid. Cells that a merged range covers are left out: a value may still lie there, but nobody sees it;
    /// so are hidden rows and columns beyond the last cell.
    pub fn into_grid(mut self) -> Grid {
        for list in [&mut self.hidden_rows, &mut self.hidden_cols] {
            list.sort_unstable();
            list.dedup();
        }
        if !self.merges.is_empty() {
            let cover = Grid::new(Vec::new(), self.merges.clone());
            self.cells.retain(|(at, _)| cover.anchor(*at) == *at);
        }
        let mut grid = Grid::new(self.cells, self.merges);
        // Beyond the last cell people hide whole sheets' rest, thousands of columns that hold nothing.
        let (rows, cols) = grid.size();
        self.hidden_rows.retain(|row| *row < rows);
        self.hidden_cols.retain(|col| *col < cols);
        (grid.hidden_rows, grid.hidden_cols) = (self.hidden_rows, self.hidden_cols);
        grid
    }
}

/// Makes the cells of one workbook, and counts their texts.
pub struct Maker<'a> {
    /// Date system and eras.
    pub calendar: Calendar<'a>,
    /// What the workbook has used of its limits.
    pub meter: &'a Meter,
}

impl Maker<'_> {
    /// The cell of what is stored under a look; `None` where that is an empty text, which nobody sees.
    pub fn cell(&self, stored: Stored, look: &Look, formula: bool) -> Result<Option<Cell>, ReadError> {
        let (value, text) = match stored {
            Stored::Number(number) => self.number(number, look),
            Stored::Plain(whole) => {
                // What cannot be seen struck out is not.
                let struck = look.struck && !whole.trim().is_empty();
                let left = if look.struck && !struck { Arc::default() } else { Arc::clone(&whole) };
                return self.text(whole, &left, struck, look, formula);
            }
            Stored::Text(rich) => {
                let (whole, left, all_struck) = rich.seen(look.struck);
                return self.text(whole.into(), &left.into(), all_struck, look, formula);
            }
            Stored::Bool(value) => (Value::Bool(value), if value { "TRUE" } else { "FALSE" }.into()),
            Stored::Error(error) => {
                let error: Arc<str> = error.into();
                (Value::Error(Arc::clone(&error)), error)
            }
            Stored::Uncalculated(formula) => {
                let text: Arc<str> = format!("={formula}").into();
                self.meter.text(text.chars().count(), 1)?;
                (Value::Uncalculated(formula.into()), text)
            }
            Stored::Moment(moment) => self.moment(moment, look),
        };
        Ok(Some(cell(value, text, look.struck, look, formula)))
    }

    /// The cell of a text, of which `left` is not struck out, or all is.
    fn text(
        &self,
        whole: Arc<str>,
        left: &Arc<str>,
        struck: bool,
        look: &Look,
        formula: bool,
    ) -> Result<Option<Cell>, ReadError> {
        if whole.is_empty() {
            return Ok(None);
        }
        self.meter.text(whole.chars().count(), 1)?;
        let text = match look.code.text(left) {
            Cow::Borrowed(_) => Arc::clone(left),
            Cow::Owned(text) => text.into(),
        };
        Ok(Some(cell(Value::Text(whole), text, struck, look, formula)))
    }

    fn number(&self, number: f64, look: &Look) -> (Value, Arc<str>) {
        // What is too large to be exact is no figure of a city; it is kept as an error, never rounded silently.
        let Some(value) = exact(number) else {
            let text: Arc<str> = general_f64(number).into();
            return (Value::Error(Arc::clone(&text)), text);
        };
        let text = look.code.number(value, self.calendar);
        (self.dated(value, look), text.into())
    }

    fn dated(&self, value: Decimal, look: &Look) -> Value {
        let is_date = look.code.is_date(value);
        let moment = is_date.then(|| moment(value, self.calendar.date1904)).flatten();
        moment.map_or(Value::Number(value), |moment| Value::Date(value, moment))
    }

    fn moment(&self, moment: NaiveDateTime, look: &Look) -> (Value, Arc<str>) {
        let Some(serial) = super::format::serial(moment, self.calendar.date1904) else {
            let text: Arc<str> = moment.to_string().into();
            return (Value::Text(Arc::clone(&text)), text);
        };
        if look.code.is_date(serial) {
            return (Value::Date(serial, moment), look.code.number(serial, self.calendar).into());
        }
        let midnight = moment.time() == chrono::NaiveTime::MIN;
        let code = Code::parse(Code::builtin(if midnight { 14 } else { 22 }));
        (Value::Date(serial, moment), code.number(serial, self.calendar).into())
    }
}

/// A cell without what other cells or parts tell of it.
fn cell(value: Value, text: Arc<str>, struck: bool, look: &Look, formula: bool) -> Cell {
    let (format, ink) = (look.format.clone(), look.ink);
    Cell { value, text, format, struck, ink, formula, external: false, comment: None }
}
