//! How cells look: number format, font and fill.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::ReadError;
use super::format::Code;
use super::ink::{Colour, Palette, ink};
use super::meter::Meter;
use crate::model::limits::Limit;
use crate::model::sheet::Ink;

/// Longer than any code may be, in bytes: Excel stops at 255 characters.
pub const MAX_CODE: usize = 1024;
/// 14 is the system's short date whatever a file says of it.
const SHORT_DATE: u32 = 14;

/// How cells of one style look.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// The format's code; empty for General.
    pub format: Arc<str>,
    /// The same, taken apart.
    pub code: Arc<Code>,
    /// The font strikes the text out.
    pub struck: bool,
    /// What its colours do to the text.
    pub ink: Ink,
}

impl Look {
    /// The look of a format's code.
    pub fn new(format: &str, struck: bool) -> Self {
        let plain = format.eq_ignore_ascii_case("general") || format.len() > MAX_CODE;
        let format = if plain { "" } else { format };
        Self { format: format.into(), code: Arc::new(Code::parse(format)), struck, ink: Ink::Plain }
    }
}

/// The formats, fonts and styles of an Excel workbook, gathered in the order in which the file lists them.
#[derive(Debug, Default)]
pub struct Styles {
    formats: BTreeMap<u32, String>,
    fonts: Vec<Font>,
    fills: Vec<Colour>,
    /// Format, font and fill of each style.
    cells: Vec<(u32, usize, Colour)>,
    /// The file's own colours.
    pub palette: Palette,
}

/// What matters of a font.
#[derive(Debug, Clone, Copy, Default)]
struct Font {
    struck: bool,
    colour: Colour,
}

impl Styles {
    /// A format of the file's own.
    pub fn add_format(&mut self, meter: &Meter, id: u32, code: String) -> Result<(), ReadError> {
        self.formats.entry(id).or_insert(code);
        meter.listed(Limit::Styles, self.formats.len())
    }

    /// The next font.
    pub fn add_font(&mut self, meter: &Meter, struck: bool) -> Result<(), ReadError> {
        self.fonts.push(Font { struck, ..Font::default() });
        meter.listed(Limit::Styles, self.fonts.len())
    }

    /// The colour of the font added last.
    pub fn colour_last_font(&mut self, colour: Colour) {
        if let Some(last) = self.fonts.last_mut() {
            last.colour = colour;
        }
    }

    /// The next fill.
    pub fn add_fill(&mut self, meter: &Meter, colour: Colour) -> Result<(), ReadError> {
        self.fills.push(colour);
        meter.listed(Limit::Styles, self.fills.len())
    }

    /// The fill added last has this colour.
    pub fn colour_last_fill(&mut self, colour: Colour) {
        if let Some(last) = self.fills.last_mut() {
            *last = colour;
        }
    }

    /// The colour of a fill by its place.
    pub fn fill(&self, fill: usize) -> Colour {
        self.fills.get(fill).copied().unwrap_or_default()
    }

    /// The font added last strikes out, or not.
    pub fn strike_last_font(&mut self, struck: bool) {
        if let Some(last) = self.fonts.last_mut() {
            last.struck = struck;
        }
    }

    /// The next style: its format's number, its font's place and the colour of its ground.
    pub fn add_style(
        &mut self,
        meter: &Meter,
        format: u32,
        font: usize,
        ground: Colour,
    ) -> Result<(), ReadError> {
        self.cells.push((format, font, ground));
        meter.listed(Limit::Styles, self.cells.len())
    }

    /// Whether a font strikes out.
    pub fn is_struck(&self, font: usize) -> bool {
        self.fonts.get(font).is_some_and(|font| font.struck)
    }

    /// Whether any font strikes out.
    pub fn any_struck(&self) -> bool {
        self.fonts.iter().any(|font| font.struck)
    }

    /// The look of each style; each format is taken apart once.
    pub fn looks(&self) -> Vec<Look> {
        let mut known: BTreeMap<u32, Look> = BTreeMap::new();
        let mut look = |format: u32, font: usize, ground: Colour| {
            let look = known.entry(format).or_insert_with(|| {
                let own = self.formats.get(&format).filter(|_| format != SHORT_DATE);
                Look::new(own.map_or_else(|| Code::builtin(format), String::as_str), false)
            });
            let colour = self.fonts.get(font).map_or(Colour::Automatic, |font| font.colour);
            let ink = ink(colour, ground, &self.palette);
            Look { struck: self.is_struck(font), ink, ..look.clone() }
        };
        self.cells.iter().map(|(format, font, ground)| look(*format, *font, *ground)).collect()
    }
}
