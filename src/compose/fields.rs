//! Tables whose columns a template chooses: for each kind of row the fields that it has, and how each is printed.

use super::desk::Desk;
use super::plan::{BlockPlan, ColumnPlan, FieldName};
use crate::model::report::{Align, Cell, Column, HeadCell, Row, Table};

/// A field of rows `R`.
pub struct Field<R> {
    pub name: FieldName,
    /// The column's heading where the template says none.
    pub heading: &'static str,
    /// In full-width characters.
    pub width: u32,
    pub align: Align,
    /// Whether the council may see it.
    pub public: bool,
    /// `None` where a cell above covers this row.
    pub cell: Print<R>,
}

/// How a field of a row is printed.
type Print<R> = fn(&R, &Desk<'_>) -> Option<Cell>;

impl<R> Field<R> {
    /// A field at the left that everybody may see.
    pub fn new(name: FieldName, heading: &'static str, width: u32, cell: Print<R>) -> Self {
        Self { name, heading, width, align: Align::Left, public: true, cell }
    }

    /// The same at the right.
    pub fn right(name: FieldName, heading: &'static str, width: u32, cell: Print<R>) -> Self {
        Self { align: Align::Right, ..Self::new(name, heading, width, cell) }
    }

    /// The same in the middle.
    pub fn center(name: FieldName, heading: &'static str, width: u32, cell: Print<R>) -> Self {
        Self { align: Align::Center, ..Self::new(name, heading, width, cell) }
    }

    /// A field at the left for the house alone.
    pub fn internal(name: FieldName, heading: &'static str, width: u32, cell: Print<R>) -> Self {
        Self { public: false, ..Self::new(name, heading, width, cell) }
    }
}

/// The names of fields, each with whether the council may see it.
pub fn names<R>(fields: &[Field<R>]) -> Vec<(FieldName, bool)> {
    fields.iter().map(|field| (field.name, field.public)).collect()
}

/// A column as it is printed: its field with what the template says otherwise.
pub struct Chosen<R> {
    pub name: FieldName,
    pub heading: String,
    pub width: u32,
    pub align: Align,
    pub cell: Print<R>,
}

/// The columns of a block: those that it names, or the usual ones; of either those that its readers may see.
pub fn chosen<R>(
    fields: &[Field<R>],
    usual: &[FieldName],
    block: &BlockPlan,
    desk: &Desk<'_>,
) -> Vec<Chosen<R>> {
    let plain = |name: &FieldName| ColumnPlan { field: *name, heading: None, width: None, align: None };
    let columns: Vec<ColumnPlan> =
        if block.columns.is_empty() { usual.iter().map(plain).collect() } else { block.columns.clone() };
    let column = |column: ColumnPlan| {
        let field = fields.iter().find(|field| field.name == column.field)?;
        (field.public || !desk.is_public()).then(|| Chosen {
            name: field.name,
            heading: column.heading.map_or_else(|| field.heading.to_owned(), |text| desk.filled(&text)),
            width: column.width.unwrap_or(field.width),
            align: column.align.unwrap_or(field.align),
            cell: field.cell,
        })
    };
    columns.into_iter().filter_map(column).collect()
}

/// How many of the first columns tell which row this is.
pub fn lead<R>(columns: &[Chosen<R>]) -> usize {
    columns.iter().take_while(|column| column.name.names_row()).count()
}

/// A table of rows under one row of headings.
pub fn table<R>(
    rows: &[R],
    (fields, usual): (&[Field<R>], &[FieldName]),
    block: &BlockPlan,
    desk: &Desk<'_>,
    summary: String,
) -> Table {
    let columns = chosen(fields, usual, block, desk);
    let cells = |row: &R| columns.iter().filter_map(|column| (column.cell)(row, desk)).collect();
    Table {
        summary,
        columns: columns.iter().map(|one| Column { width: one.width, align: one.align }).collect(),
        head: vec![columns.iter().map(|one| HeadCell::one(one.heading.clone(), 1)).collect()],
        rows: rows.iter().map(|row| Row { cells: cells(row) }).collect(),
        lead: lead(&columns),
        wide: block.wide,
    }
}

impl FieldName {
    /// Whether it tells which row this is.
    pub fn names_row(self) -> bool {
        matches!(
            self,
            Self::Name | Self::Number | Self::Program | Self::Item | Self::Department | Self::Division
        )
    }
}
