//! The styles part of an xlsb → how cells look.

use std::collections::BTreeMap;

use super::record::{Fields, Records};
use crate::read::cell::Look;
use crate::read::format::Code;

/// 14 is the system's short date whatever the file says of it.
const SHORT_DATE: u16 = 14;

/// Looks and fonts.
#[derive(Debug, Default)]
pub struct Styles {
    /// Looks by style.
    pub looks: Vec<Look>,
    struck_fonts: Vec<bool>,
}

impl Styles {
    /// Whether a font strikes out.
    pub fn is_struck(&self, font: u16) -> bool {
        self.struck_fonts.get(usize::from(font)).copied().unwrap_or(false)
    }
}

/// Reads the part.
pub fn parse(bytes: &[u8]) -> Styles {
    let mut styles = Styles::default();
    let mut formats = BTreeMap::new();
    let mut cells: Vec<(u16, u16)> = Vec::new();
    let mut in_cells = false;
    for record in Records::new(bytes) {
        let mut fields = Fields::new(record.data);
        match record.kind {
            44 => {
                if let (Some(id), Some(code)) = (fields.u16(), fields.text()) {
                    formats.insert(id, code);
                }
            }
            43 => {
                fields.u16();
                styles.struck_fonts.push(fields.u16().is_some_and(|flags| flags & 8 != 0));
            }
            617 => in_cells = true,
            618 => in_cells = false,
            47 if in_cells => {
                fields.u16();
                cells.push((fields.u16().unwrap_or(0), fields.u16().unwrap_or(0)));
            }
            _ => {}
        }
    }
    let look = |(format, font): &(u16, u16)| {
        let own = formats.get(format).filter(|_| *format != SHORT_DATE);
        let code = own.map_or_else(|| Code::builtin(u32::from(*format)), String::as_str);
        Look::new(code, styles.is_struck(*font))
    };
    styles.looks = cells.iter().map(look).collect();
    styles
}
