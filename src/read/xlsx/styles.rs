//! The styles part → how cells look.

use crate::read::error::ReadError;
use crate::read::ink::Colour;
use crate::read::look::{Look, Styles};
use crate::read::meter::Meter;
use crate::read::package::Package;
use crate::read::xml::{Tag, Visitor, is_true};

/// More numbered colours than a file may have, and than a theme has.
const COLOURS: usize = 64;

/// The list whose entries are being told.
#[derive(Default, PartialEq, Eq)]
enum List {
    #[default]
    Other,
    Fonts,
    Fills,
    Cells,
}

struct Part<'a> {
    meter: &'a Meter,
    styles: Styles,
    list: List,
    /// The fill is one colour, and not a pattern of two.
    solid: bool,
    /// The file's own numbered colours, from 0 on.
    indexed: Vec<u32>,
}

impl Visitor for Part<'_> {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        match name {
            "fonts" => self.list = List::Fonts,
            "fills" => self.list = List::Fills,
            "cellXfs" => self.list = List::Cells,
            "color" if self.list == List::Fonts => self.styles.colour_last_font(colour(tag)),
            "fill" if self.list == List::Fills => self.styles.add_fill(self.meter, Colour::Automatic)?,
            "patternFill" if self.list == List::Fills => {
                self.solid = tag.get("patternType").is_some_and(|pattern| pattern == "solid");
            }
            "fgColor" if self.list == List::Fills && self.solid => self.styles.colour_last_fill(colour(tag)),
            "rgbColor" if self.indexed.len() < COLOURS => self.indexed.push(rgb(tag, "rgb").unwrap_or(0)),
            "font" if self.list == List::Fonts => self.styles.add_font(self.meter, false)?,
            "strike" if self.list == List::Fonts => {
                self.styles.strike_last_font(tag.get("val").is_none_or(|value| is_true(&value)));
            }
            "numFmt" => {
                if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode")) {
                    self.styles.add_format(self.meter, id, code)?;
                }
            }
            "xf" if self.list == List::Cells => {
                let format = tag.number("numFmtId").unwrap_or(0);
                let ground = self.styles.fill(tag.number("fillId").unwrap_or(0));
                self.styles.add_style(self.meter, format, tag.number("fontId").unwrap_or(0), ground)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, _: &str) -> Result<(), ReadError> {
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "fonts" | "fills" | "cellXfs" => self.list = List::Other,
            _ => {}
        }
        Ok(())
    }
}

/// The look of each cell style in order; none where the workbook has no part for them.
pub fn read(package: &mut Package, name: Option<&str>, theme: Option<&str>) -> Result<Vec<Look>, ReadError> {
    let mut part = Part {
        meter: package.meter(),
        styles: Styles::default(),
        list: List::Other,
        solid: false,
        indexed: Vec::new(),
    };
    if let Some(name) = name {
        package.walk(name, &mut part)?;
    }
    part.styles.palette.indexed = part.indexed.split_off(part.indexed.len().min(8));
    let mut colours = Theme::default();
    if let Some(theme) = theme {
        package.walk(theme, &mut colours)?;
        // The file has dark 1 first; cells count light 1 first.
        for pair in colours.found.chunks_exact_mut(2).take(2) {
            pair.reverse();
        }
        part.styles.palette.theme = colours.found;
    }
    Ok(part.styles.looks())
}

fn colour(tag: &Tag) -> Colour {
    if let Some(rgb) = rgb(tag, "rgb") {
        return Colour::Rgb(rgb);
    }
    if let Some(index) = tag.number("theme") {
        return Colour::Theme(index, tag.number("tint").unwrap_or(0.0));
    }
    tag.number("indexed").map_or(Colour::Automatic, Colour::Indexed)
}

/// Red, green and blue, without the opacity in front.
fn rgb(tag: &Tag, name: &str) -> Option<u32> {
    Some(u32::from_str_radix(tag.get(name)?.trim(), 16).ok()? & 0xFF_FFFF)
}

/// The colours of a theme in the order of the file.
#[derive(Default)]
struct Theme {
    in_scheme: bool,
    found: Vec<u32>,
}

impl Visitor for Theme {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        match name {
            "clrScheme" => self.in_scheme = true,
            _ if self.found.len() >= COLOURS => {}
            "srgbClr" if self.in_scheme => self.found.push(rgb(tag, "val").unwrap_or(0)),
            "sysClr" if self.in_scheme => self.found.push(rgb(tag, "lastClr").unwrap_or(0)),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, _: &str) -> Result<(), ReadError> {
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        if name == "clrScheme" {
            self.in_scheme = false;
        }
        Ok(())
    }
}
