//! xlsx and xlsm.
//!
//! Calamine opens the workbook and supplies the sheets, values, styles' numbers and formulas. Read beside it, from the
//! package: number formats and fonts, hidden rows and columns, merged ranges, comments, and runs that are struck out.

mod book;
mod comments;
mod marks;
mod rich;
mod sheet;
mod strings;
mod styles;

use std::sync::Arc;

use calamine::{Reader, SheetType, XlsxError};

use super::carrier::{Carrier, Link};
use super::cell::Maker;
use super::error::ReadError;
use super::format::Calendar;
use super::package::Package;
use super::properties;
use super::shared::Shared;
use super::value::{check_names, is_hidden};
use crate::model::fiscal::Eras;
use crate::model::sheet::{Format, Sheet, Workbook};
pub use book::Relations;
pub use comments::pin_threads;
use sheet::Context;

/// Reads a workbook.
pub fn read(path: Arc<str>, package: &mut Package, eras: &Eras) -> Result<Workbook, ReadError> {
    let part = book::find(package)?;
    let mut parts = book::Book::new(package.meter());
    if !package.walk(&part, &mut parts)? {
        return Err(ReadError::broken("no workbook part"));
    }
    let relations = Relations::of(package, &part)?;
    let looks = styles::read(package, relations.first("styles"), relations.first("theme"))?;
    let cells_struck = looks.iter().any(|look| look.struck);
    let strings = strings::read(package, relations.first("sharedStrings"), cells_struck)?;

    let mut book = open(package, &part, &parts, &relations)?;
    let entries = book.sheets_metadata().to_vec();
    check_names(&entries)?;
    let calendar = Calendar { date1904: book.has_1904_epoch(), eras };
    let maker = Maker { calendar, meter: package.meter() };
    let mut context =
        Context { looks: &looks, maker, stale: parts.full_calculation, shared: Shared::default() };
    let mut sheets = Vec::new();
    for (entry, relation) in entries.iter().zip(&parts.sheets) {
        // Chart sheets, dialogs and macro sheets hold no cells that anybody fills in.
        let (SheetType::WorkSheet, Some(part)) = (entry.typ, relations.sheet(relation)?) else { continue };
        let marks = marks::read(package, part, &strings)?;
        let mut grid = sheet::read(&mut book, &entry.name, marks, &mut context)?;
        let own = Relations::of(package, part)?;
        comments::pin(package, &own, &mut grid)?;
        sheets.push(Sheet { name: entry.name.as_str().into(), hidden: is_hidden(entry), grid });
    }
    let modified = properties::modified(package, "docProps/core.xml", "modified");
    Ok(Workbook { path, format: Format::Xlsx, sheets, modified, limits: Vec::new() })
}

/// Hands calamine the parts that it reads. Not the styles: it tells each cell's style without them.
fn open(
    package: &mut Package,
    part: &str,
    parts: &book::Book,
    relations: &Relations,
) -> Result<sheet::Book, ReadError> {
    let mut carrier = Carrier::new();
    let mut links = Vec::new();
    for (index, id) in parts.sheets.iter().enumerate() {
        let worksheet = relations.sheet(id)?;
        let target = format!("worksheets/sheet{index}.xml");
        if worksheet.is_some() && !carrier.copy(package, worksheet, &format!("xl/{target}"))? {
            return Err(ReadError::broken("a sheet without a part"));
        }
        let kind = if worksheet.is_some() { "worksheet" } else { "dialogsheet" };
        links.push(Link { id, kind, target });
    }
    carrier.copy(package, Some(part), "xl/workbook.xml")?;
    carrier.links("workbook.xml", &links)?;
    carrier.copy(package, relations.first("sharedStrings"), "xl/sharedStrings.xml")?;
    calamine::Xlsx::new(carrier.finish()?).map_err(|error| match error {
        XlsxError::Password => ReadError::Encrypted,
        other => ReadError::broken(other),
    })
}
