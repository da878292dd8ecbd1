//! ods.
//!
//! Calamine opens the workbook and supplies the sheets, values and formulas. Read beside it, from its parts: the texts
//! that a person sees, which the file keeps beside the values, number formats and fonts, merged ranges, hidden rows
//! and columns, and comments. Repeated empty cells are never expanded.

mod content;
mod data_style;
mod paragraph;
mod sheet;
mod styles;

use std::sync::Arc;

use calamine::Reader;

use super::carrier::Carrier;
use super::cell::Maker;
use super::error::ReadError;
use super::format::Calendar;
use super::package::Package;
use super::properties;
use super::value::{check_names, is_hidden};
use crate::model::fiscal::Eras;
use crate::model::limits::Limit;
use crate::model::sheet::{Format, Sheet, Workbook};
use content::Marks;
use styles::Styles;

/// The part with the sheets and their styles.
const CONTENT: &str = "content.xml";

/// What calamine wants to see first.
const MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// Reads a workbook.
pub fn read(path: Arc<str>, package: &mut Package, eras: &Eras) -> Result<Workbook, ReadError> {
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(ReadError::Encrypted);
    }
    let meter = package.meter();
    let mut styles = Styles::new(meter);
    package.walk("styles.xml", &mut styles)?;
    if !package.walk(CONTENT, &mut styles)? {
        return Err(ReadError::broken("no content.xml"));
    }
    // Dates are written out, so that the date system does not matter.
    let maker = Maker { calendar: Calendar { date1904: false, eras }, meter };
    let all = content::read(package, CONTENT, &styles, &maker)?;
    meter.check(Limit::Area, all.iter().map(Marks::area).sum())?;

    let mut book = open(package)?;
    let entries = book.sheets_metadata().to_vec();
    check_names(&entries)?;
    if entries.len() != all.len() {
        return Err(ReadError::broken("sheets out of step"));
    }
    let mut sheets = Vec::new();
    for (entry, marks) in entries.iter().zip(all) {
        let grid = sheet::read(&mut book, &entry.name, marks, &maker)?;
        sheets.push(Sheet { name: entry.name.as_str().into(), hidden: is_hidden(entry), grid });
    }
    let modified = properties::modified(package, "meta.xml", "date");
    Ok(Workbook { path, format: Format::Ods, sheets, modified, limits: Vec::new() })
}

/// Hands calamine the parts that it reads.
fn open(package: &mut Package) -> Result<sheet::Book, ReadError> {
    let mut carrier = Carrier::new();
    carrier.add("mimetype", MIMETYPE)?;
    carrier.add("META-INF/manifest.xml", b"<manifest/>")?;
    carrier.copy(package, Some(CONTENT), CONTENT)?;
    calamine::Ods::new(carrier.finish()?).map_err(ReadError::broken)
}
