//! The styles part of an xlsb.

use super::record::{Fields, Records};
use crate::read::error::ReadError;
use crate::read::ink::Colour;
use crate::read::look::Styles;
use crate::read::meter::Meter;

/// Reads the part.
pub fn parse(bytes: &[u8], meter: &Meter) -> Result<Styles, ReadError> {
    let mut styles = Styles::default();
    let mut in_cells = false;
    for record in Records::new(bytes) {
        let mut fields = Fields::new(record.data);
        match record.kind {
            44 => {
                if let (Some(id), Some(code)) = (fields.u16(), fields.text()) {
                    styles.add_format(meter, u32::from(id), code)?;
                }
            }
            43 => {
                fields.u16();
                styles.add_font(meter, fields.u16().is_some_and(|flags| flags & 8 != 0))?;
            }
            617 => in_cells = true,
            618 => in_cells = false,
            47 if in_cells => {
                fields.u16();
                let format = fields.u16().map_or(0, u32::from);
                let font = fields.u16().map_or(0, usize::from);
                styles.add_style(meter, format, font, Colour::Automatic)?;
            }
            _ => {}
        }
    }
    Ok(styles)
}
