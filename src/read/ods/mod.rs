//! ods.
//!
//! Read from its parts: an ods keeps the text that a person sees beside the value, and calamine does not hand it
//! over. Repeated empty cells are never expanded.

mod content;
mod data_style;
mod paragraph;
mod styles;

use std::sync::Arc;

use super::cell::Maker;
use super::error::ReadError;
use super::format::Calendar;
use super::package::Package;
use super::properties;
use crate::model::fiscal::Eras;
use crate::model::sheet::{Format, Workbook};
use styles::Styles;

/// The part with the sheets and their styles.
const CONTENT: &str = "content.xml";

/// Reads a workbook.
pub fn read(path: Arc<str>, package: &mut Package, eras: &Eras) -> Result<Workbook, ReadError> {
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(ReadError::Encrypted);
    }
    let mut styles = Styles::default();
    package.walk("styles.xml", &mut styles)?;
    if !package.walk(CONTENT, &mut styles)? {
        return Err(ReadError::broken("no content.xml"));
    }
    // Dates are written out, so that the date system does not matter.
    let mut maker = Maker::new(Calendar { date1904: false, eras });
    let sheets = content::read(package, CONTENT, &styles, &mut maker)?;
    let modified = properties::modified(package, "meta.xml", "date");
    Ok(Workbook { path, format: Format::Ods, sheets, modified, limits: Vec::new() })
}
