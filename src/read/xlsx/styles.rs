//! The styles part → how cells look.

use std::collections::BTreeMap;

use crate::read::cell::Look;
use crate::read::error::ReadError;
use crate::read::format::Code;
use crate::read::xml::{Tag, Visitor, is_true, walk};

/// 14 is the system's short date whatever the file says of it.
const SHORT_DATE: u32 = 14;

#[derive(Default)]
struct Styles {
    formats: BTreeMap<u32, String>,
    struck_fonts: Vec<bool>,
    /// Format and font of each cell style.
    cells: Vec<(u32, usize)>,
    in_fonts: bool,
    in_cells: bool,
}

impl Visitor for Styles {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        match name {
            "fonts" => self.in_fonts = true,
            "cellXfs" => self.in_cells = true,
            "font" if self.in_fonts => self.struck_fonts.push(false),
            "strike" if self.in_fonts => {
                if let Some(last) = self.struck_fonts.last_mut() {
                    *last = tag.get("val").is_none_or(|value| is_true(&value));
                }
            }
            "numFmt" => {
                if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode")) {
                    self.formats.entry(id).or_insert(code);
                }
            }
            "xf" if self.in_cells => {
                self.cells.push((tag.number("numFmtId").unwrap_or(0), tag.number("fontId").unwrap_or(0)));
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

/// The look of each cell style in order.
pub fn parse(text: &str) -> Result<Vec<Look>, ReadError> {
    let mut styles = Styles::default();
    walk(text, &mut styles)?;
    let look = |(format, font): &(u32, usize)| {
        let own = styles.formats.get(format).filter(|_| *format != SHORT_DATE);
        let code = own.map_or_else(|| Code::builtin(*format), String::as_str);
        Look::new(code, styles.struck_fonts.get(*font).copied().unwrap_or(false))
    };
    Ok(styles.cells.iter().map(look).collect())
}
