//! The first substream of an xls: fonts, formats, styles, strings and where the sheets stand.

use std::collections::BTreeMap;

use super::record::{Records, u16_at, u32_at};
use super::text::{FontedText, shared_strings, short_string_at, string_at};
use crate::read::cell::Look;
use crate::read::error::ReadError;
use crate::read::format::Code;

/// BIFF8, the only version with Unicode.
const BIFF8: u16 = 0x0600;
/// Format 14 is the system's short date whatever the file says of it.
const SHORT_DATE: u16 = 14;
/// What a record at the stream's start says: no version at all.
const NO_BOF: &str = "no BOF record";

/// A sheet of the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetEntry {
    /// Its name.
    pub name: String,
    /// Hidden, by hand or by a program.
    pub hidden: bool,
    /// It holds cells: it is no chart, macro or dialog.
    pub worksheet: bool,
    /// Where its substream starts.
    pub position: usize,
}

/// What all sheets share.
#[derive(Debug, Default)]
pub struct Globals {
    /// BIFF8; older ones are read by calamine.
    pub biff8: bool,
    /// Dates count from 1904.
    pub date1904: bool,
    /// The sheets in order.
    pub sheets: Vec<SheetEntry>,
    /// The shared strings.
    pub strings: Vec<FontedText>,
    /// Looks by style.
    pub looks: Vec<Look>,
    struck_fonts: Vec<bool>,
}

impl Globals {
    /// Reads the stream's first part.
    pub fn parse(stream: &[u8]) -> Result<Self, ReadError> {
        let mut globals = Self::default();
        let mut formats = BTreeMap::new();
        let mut styles = Vec::new();
        let mut records = Records::from(stream, 0);
        let first = records.next().filter(|record| record.kind == 0x0809);
        let version = first.and_then(|record| u16_at(record.data, 0)).ok_or_else(|| ReadError::broken(NO_BOF))?;
        globals.biff8 = version == BIFF8;
        while let Some(record) = records.next() {
            let data = record.data;
            match record.kind {
                0x000A => break,
                // FILEPASS
                0x002F => return Err(ReadError::Encrypted),
                0x0022 => globals.date1904 = u16_at(data, 0) == Some(1),
                0x0031 => globals.struck_fonts.push(u16_at(data, 2).is_some_and(|flags| flags & 8 != 0)),
                0x041E if globals.biff8 => {
                    let code = string_at(data, 2, Vec::new());
                    if let (Some(id), Some(code)) = (u16_at(data, 0), code) {
                        formats.insert(id, String::from_utf16_lossy(&code));
                    }
                }
                0x00E0 => styles.push((u16_at(data, 0).unwrap_or(0), u16_at(data, 2).unwrap_or(0))),
                0x0085 if globals.biff8 => globals.sheets.extend(sheet_entry(data)),
                0x00FC if globals.biff8 => globals.strings = shared_strings(data, records.continues()),
                _ => {}
            }
        }
        globals.looks = styles.iter().map(|(font, format)| globals.look(*font, *format, &formats)).collect();
        Ok(globals)
    }

    fn look(&self, font: u16, format: u16, formats: &BTreeMap<u16, String>) -> Look {
        let own = formats.get(&format).filter(|_| format != SHORT_DATE);
        let code = own.map_or_else(|| Code::builtin(u32::from(format)), String::as_str);
        Look::new(code, self.is_struck(font))
    }

    /// Whether a font strikes out. Fonts are counted without a fifth one.
    pub fn is_struck(&self, font: u16) -> bool {
        let index = usize::from(if font > 4 { font - 1 } else { font });
        self.struck_fonts.get(index).copied().unwrap_or(false)
    }
}

fn sheet_entry(data: &[u8]) -> Option<SheetEntry> {
    let name = String::from_utf16_lossy(&short_string_at(data, 6)?);
    Some(SheetEntry {
        name: name.replace('\0', ""),
        hidden: data.get(4)? & 3 != 0,
        worksheet: *data.get(5)? == 0,
        position: usize::try_from(u32_at(data, 0)?).ok()?,
    })
}
