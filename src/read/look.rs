//! How cells look: number format and font.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::ReadError;
use super::format::Code;

/// More styles or fonts than any program writes (Excel stops at 65,490).
const MAX_STYLES: usize = 1 << 17;
/// Longer than any code may be (Excel stops at 255 characters).
const MAX_CODE: usize = 1024;
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
}

impl Look {
    /// The look of a format's code.
    pub fn new(format: &str, struck: bool) -> Self {
        let plain = format.eq_ignore_ascii_case("general") || format.len() > MAX_CODE;
        let format = if plain { "" } else { format };
        Self { format: format.into(), code: Arc::new(Code::parse(format)), struck }
    }
}

/// The formats, fonts and styles of an Excel workbook, gathered in the order in which the file lists them.
#[derive(Debug, Default)]
pub struct Styles {
    formats: BTreeMap<u32, String>,
    struck_fonts: Vec<bool>,
    /// Format and font of each style.
    cells: Vec<(u32, usize)>,
}

impl Styles {
    /// A format of the file's own.
    pub fn add_format(&mut self, id: u32, code: String) -> Result<(), ReadError> {
        self.formats.entry(id).or_insert(code);
        limited(self.formats.len())
    }

    /// The next font.
    pub fn add_font(&mut self, struck: bool) -> Result<(), ReadError> {
        self.struck_fonts.push(struck);
        limited(self.struck_fonts.len())
    }

    /// The font added last strikes out, or not.
    pub fn strike_last_font(&mut self, struck: bool) {
        if let Some(last) = self.struck_fonts.last_mut() {
            *last = struck;
        }
    }

    /// The next style: its format's number and its font's place.
    pub fn add_style(&mut self, format: u32, font: usize) -> Result<(), ReadError> {
        self.cells.push((format, font));
        limited(self.cells.len())
    }

    /// Whether a font strikes out.
    pub fn is_struck(&self, font: usize) -> bool {
        self.struck_fonts.get(font).copied().unwrap_or(false)
    }

    /// Whether any font strikes out.
    pub fn any_struck(&self) -> bool {
        self.struck_fonts.contains(&true)
    }

    /// The look of each style; each format is taken apart once.
    pub fn looks(&self) -> Vec<Look> {
        let mut known: BTreeMap<u32, Look> = BTreeMap::new();
        let mut look = |format: u32, font: usize| {
            let look = known.entry(format).or_insert_with(|| {
                let own = self.formats.get(&format).filter(|_| format != SHORT_DATE);
                Look::new(own.map_or_else(|| Code::builtin(format), String::as_str), false)
            });
            Look { struck: self.is_struck(font), ..look.clone() }
        };
        self.cells.iter().map(|(format, font)| look(*format, *font)).collect()
    }
}

fn limited(count: usize) -> Result<(), ReadError> {
    if count <= MAX_STYLES { Ok(()) } else { Err(ReadError::too_large()) }
}
