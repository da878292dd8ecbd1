//! xlsx and xlsm.
//!
//! Read from the package itself instead of through calamine: one pass gives values, styles, formulas, merges and
//! what calamine leaves out (hidden rows and columns, comments, runs that are struck out), cells stay sparse, and
//! what may be unpacked is limited.

mod book;
mod comments;
mod rich;
mod sheet;
mod strings;
mod styles;

use std::sync::Arc;

use super::cell::Maker;
use super::error::ReadError;
use super::format::Calendar;
use super::package::Package;
use super::properties;
use crate::model::fiscal::Eras;
use crate::model::sheet::{Format, Sheet, Workbook};
pub use book::Relations;
use book::{Book, SheetEntry};
pub use comments::pin_threads;
use sheet::Context;

/// Reads a workbook.
pub fn read(path: Arc<str>, package: &mut Package, eras: &Eras) -> Result<Workbook, ReadError> {
    let part = book::find(package)?;
    let mut book = Book::default();
    if !package.walk(&part, &mut book)? {
        return Err(ReadError::broken("no workbook part"));
    }
    if book.sheets.is_empty() {
        return Err(ReadError::broken("a workbook without sheets"));
    }
    let relations = Relations::of(package, &part)?;

    let strings = strings::read(package, relations.first("sharedStrings"))?;
    let looks = styles::read(package, relations.first("styles"))?;
    let maker = Maker::new(Calendar { date1904: book.date1904, eras });
    let mut context = Context { strings: &strings, looks: &looks, maker, stale: book.full_calculation };
    let mut sheets = Vec::new();
    for entry in &book.sheets {
        // Chart sheets, dialogs and macro sheets hold no cells that anybody fills in.
        let Some(part) = relations.sheet(&entry.relation)? else { continue };
        sheets.push(read_sheet(package, part, entry, &mut context)?);
    }
    let modified = properties::modified(package, "docProps/core.xml", "modified");
    Ok(Workbook { path, format: Format::Xlsx, sheets, modified, limits: Vec::new() })
}

fn read_sheet(
    package: &mut Package,
    part: &str,
    entry: &SheetEntry,
    context: &mut Context,
) -> Result<Sheet, ReadError> {
    let mut grid = sheet::read(package, part, context)?;
    let relations = Relations::of(package, part)?;
    comments::pin(package, &relations, &mut grid)?;
    Ok(Sheet { name: entry.name.as_str().into(), hidden: entry.hidden, grid })
}
