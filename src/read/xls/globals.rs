//! The first substream of an xls: fonts, formats, styles, struck-out strings and where the sheets stand.

use super::record::{Records, u16_at, u32_at};
use super::text::{FontedText, shared_strings, string_at};
use crate::model::limits::Limit;
use crate::read::error::ReadError;
use crate::read::ink::Colour;
use crate::read::look::{Look, Styles};
use crate::read::meter::Meter;

/// BIFF8, the only version with Unicode.
const BIFF8: u16 = 0x0600;
/// What a record at the stream's start says: no version at all.
const NO_BOF: &str = "no BOF record";
/// The colour number of black text.
const AUTOMATIC: u16 = 0x7FFF;
/// Colour numbers from here on are those of the system's windows.
const FIRST_SYSTEM: u16 = 64;

/// What calamine leaves out of what all sheets share.
#[derive(Debug, Default)]
pub struct Globals {
    /// BIFF8; in older ones formats and texts are written differently.
    pub biff8: bool,
    /// Where the sheets start, in order.
    pub sheets: Vec<usize>,
    /// The shared strings; none in older ones.
    pub strings: Vec<FontedText>,
    /// Looks by style.
    pub looks: Vec<Look>,
    styles: Styles,
}

impl Globals {
    /// Reads the stream's first part.
    pub fn parse(stream: &[u8], meter: &Meter) -> Result<Self, ReadError> {
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
                0x0031 => {
                    globals.styles.add_font(meter, u16_at(data, 2).is_some_and(|flags| flags & 8 != 0))?;
                    globals.styles.colour_last_font(indexed(u16_at(data, 4).unwrap_or(AUTOMATIC)));
                }
                // PALETTE
                0x0092 => globals.styles.palette.indexed = palette(data),
                0x041E if globals.biff8 => {
                    let code = string_at(data, 2, Vec::new());
                    if let (Some(id), Some(code)) = (u16_at(data, 0), code) {
                        globals.styles.add_format(meter, u32::from(id), String::from_utf16_lossy(&code))?;
                    }
                }
                0x00E0 => {
                    let format = u16_at(data, 2).map_or(0, u32::from);
                    let ground = if globals.biff8 { ground(data) } else { Colour::Automatic };
                    globals.styles.add_style(
                        meter,
                        format,
                        font_index(u16_at(data, 0).unwrap_or(0)),
                        ground,
                    )?;
                }
                0x0085 => {
                    meter.add(Limit::Sheets, 1)?;
                    globals.sheets.extend(u32_at(data, 0).and_then(|at| usize::try_from(at).ok()));
                }
                0x00FC if globals.biff8 => globals.strings = shared_strings(data, records.continues()),
                _ => {}
            }
        }
        globals.looks = globals.styles.looks();
        Ok(globals)
    }

    /// Whether any font strikes out.
    pub fn any_struck(&self) -> bool {
        self.styles.any_struck()
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

fn indexed(colour: u16) -> Colour {
    if colour < FIRST_SYSTEM { Colour::Indexed(usize::from(colour)) } else { Colour::Automatic }
}

/// The colour of a style's solid fill.
fn ground(style: &[u8]) -> Colour {
    let pattern = u32_at(style, 14).map_or(0, |bits| bits >> 26);
    let front = u16_at(style, 18).map_or(AUTOMATIC, |bits| bits & 0x7F);
    if pattern == 1 { indexed(front) } else { Colour::Automatic }
}

/// The file's own colours from 8 on: a count, then red, green, blue and nothing for each.
fn palette(data: &[u8]) -> Vec<u32> {
    let colours = data.get(2..).unwrap_or_default().chunks_exact(4);
    let rgb = |colour: &[u8]| colour.iter().take(3).fold(0, |sum, byte| sum << 8 | u32::from(*byte));
    colours.map(rgb).collect()
}
