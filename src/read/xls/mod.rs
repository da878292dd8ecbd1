//! xls.
//!
//! BIFF8 (Excel 97 to 2003) is read from its records: that gives number formats, struck-out text, hidden rows and
//! columns and comments, which calamine does not tell, and keeps cells sparse. Older ones, and files whose
//! container is damaged in ways that calamine forgives, are read by calamine.

mod globals;
mod older;
mod record;
mod sheet;
mod summary;
mod text;

use std::io::{Cursor, Read};
use std::sync::Arc;

use super::cell::Maker;
use super::error::ReadError;
use super::format::Calendar;
use crate::model::fiscal::Eras;
use crate::model::sheet::{Format, Sheet, Workbook};
use globals::Globals;
pub use record::{error_name, rk};

/// The most bytes that a workbook stream may have.
const MAX_STREAM: u64 = 256 << 20;
/// The stream with the workbook's properties.
const SUMMARY: &str = "/\u{5}SummaryInformation";

/// Reads a workbook.
pub fn read(path: Arc<str>, bytes: &[u8], eras: &Eras) -> Result<Workbook, ReadError> {
    let Some(stream) = stream_of(bytes, &["/Workbook", "/Book"]) else {
        return older::read(path, bytes, eras);
    };
    let globals = match Globals::parse(&stream) {
        Ok(globals) if globals.biff8 && !globals.sheets.is_empty() => globals,
        Err(ReadError::Encrypted) => return Err(ReadError::Encrypted),
        _ => return older::read(path, bytes, eras),
    };
    let mut maker = Maker::new(Calendar { date1904: globals.date1904, eras });
    let mut sheets = Vec::new();
    for entry in globals.sheets.iter().filter(|entry| entry.worksheet) {
        let grid = sheet::read(&stream, entry.position, &globals, &mut maker)?;
        sheets.push(Sheet { name: entry.name.as_str().into(), hidden: entry.hidden, grid });
    }
    let modified = stream_of(bytes, &[SUMMARY]).and_then(|stream| summary::last_saved(&stream));
    Ok(Workbook { path, format: Format::Xls, sheets, modified, limits: Vec::new() })
}

/// The first stream of these that there is; `None` where the container cannot be read strictly.
fn stream_of(bytes: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = names.iter().find(|name| file.is_stream(name))?;
    let mut stream = Vec::new();
    file.open_stream(name).ok()?.take(MAX_STREAM).read_to_end(&mut stream).ok()?;
    Some(stream)
}
