//! The styles part → how cells look.

use crate::read::error::ReadError;
use crate::read::look::{Look, Styles};
use crate::read::package::Package;
use crate::read::xml::{Tag, Visitor, is_true};

#[derive(Default)]
struct Part {
    styles: Styles,
    in_fonts: bool,
    in_cells: bool,
}

impl Visitor for Part {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        match name {
            "fonts" => self.in_fonts = true,
            "cellXfs" => self.in_cells = true,
            "font" if self.in_fonts => self.styles.add_font(false)?,
            "strike" if self.in_fonts => {
                self.styles.strike_last_font(tag.get("val").is_none_or(|value| is_true(&value)));
            }
            "numFmt" => {
                if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode")) {
                    self.styles.add_format(id, code)?;
                }
            }
            "xf" if self.in_cells => {
                let format = tag.number("numFmtId").unwrap_or(0);
                self.styles.add_style(format, tag.number("fontId").unwrap_or(0))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, _: &str) {}

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "fonts" => self.in_fonts = false,
            "cellXfs" => self.in_cells = false,
            _ => {}
        }
        Ok(())
    }
}

/// The look of each cell style in order; none where the workbook has no part for them.
pub fn read(package: &mut Package, name: Option<&str>) -> Result<Vec<Look>, ReadError> {
    let mut part = Part::default();
    if let Some(name) = name {
        package.walk(name, &mut part)?;
    }
    Ok(part.styles.looks())
}
