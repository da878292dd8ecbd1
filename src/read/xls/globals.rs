//! The first substream of an xls: fonts, formats, styles, strings and where the sheets stand.

use super::record::{Records, u16_at, u32_at};
use super::text::{FontedText, shared_strings, short_string_at, string_at};
use crate::read::error::ReadError;
use crate::read::look::{Look, Styles};

/// BIFF8, the only version with Unicode.
const BIFF8: u16 = 0x0600;
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
    styles: Styles,
}

impl Globals {
    /// Reads the stream's first part.
    pub fn parse(stream: &[u8]) -> Result<Self, ReadError> {
        let mut globals = Self::default();
        let mut records = Records::from(stream, 0);
        let first = records.next().filter(|record| record.kind == 0x0809);
        let version =
            first.and_then(|record| u16_at(record.data, 0)).ok_or_else(|| ReadError::broken(NO_BOF))?;
        globals.biff8 = version == BIFF8;
        while let Some(record) = records.next() {
            let data = record.data;
            match record.kind {
                0x000A => break,
                // FILEPASS
                0x002F => return Err(ReadError::Encrypted),
                0x0022 => globals.date1904 = u16_at(data, 0) == Some(1),
                0x0031 => globals.styles.add_font(u16_at(data, 2).is_some_and(|flags| flags & 8 != 0))?,
                0x041E if globals.biff8 => {
                    let code = string_at(data, 2, Vec::new());
                    if let (Some(id), Some(code)) = (u16_at(data, 0), code) {
                        globals.styles.add_format(u32::from(id), String::from_utf16_lossy(&code))?;
                    }
                }
                0x00E0 => {
                    let format = u16_at(data, 2).map_or(0, u32::from);
                    globals.styles.add_style(format, font_index(u16_at(data, 0).unwrap_or(0)))?;
                }
                0x0085 if globals.biff8 => globals.sheets.extend(sheet_entry(data)),
                0x00FC if globals.biff8 => globals.strings = shared_strings(data, records.continues()),
                _ => {}
            }
        }
        globals.looks = globals.styles.looks();
        Ok(globals)
    }

    /// Whether a font strikes out.
    pub fn is_struck(&self, font: u16) -> bool {
        self.styles.is_struck(font_index(font))
    }
}

/// Fonts are counted as if there were one more at the fifth place.
fn font_index(font: u16) -> usize {
    usize::from(if font > 4 { font - 1 } else { font })
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
