//! Fonts, parsed once and shared between threads.

use std::borrow::Cow;

use harfrust::{FontRef, ShaperData, Tag};

/// The parsed fonts: regular, bold and a city's own for rare characters.
pub struct Fonts {
    faces: Vec<Face>,
}

/// One font file.
pub(super) struct Face {
    bytes: Cow<'static, [u8]>,
    data: ShaperData,
    /// `PostScript` name: `BIZUDGothic-Regular`.
    pub name: String,
}

/// A font that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("書体ファイルを読めません（{name}）。TrueType形式（.ttf）のファイルを置いてください")]
pub struct FontError {
    /// Which of the fonts it is.
    name: String,
}

impl Fonts {
    /// Parses the two weights from the bytes of their files.
    pub fn new(
        regular: impl Into<Cow<'static, [u8]>>,
        bold: impl Into<Cow<'static, [u8]>>,
    ) -> Result<Self, FontError> {
        let faces = vec![Face::new(regular.into(), "標準")?, Face::new(bold.into(), "太字")?];
        Ok(Self { faces })
    }

    /// Adds a font that is asked for characters that the fonts before it lack, in both weights.
    pub fn with_fallback(mut self, bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, FontError> {
        self.faces.push(Face::new(bytes.into(), "追加")?);
        Ok(self)
    }

    pub(super) fn faces(&self) -> &[Face] {
        &self.faces
    }
}

impl Face {
    fn new(bytes: Cow<'static, [u8]>, which: &str) -> Result<Self, FontError> {
        let bad = || FontError { name: which.to_owned() };
        let font = FontRef::new(&bytes).map_err(|_| bad())?;
        let data = ShaperData::new(&font);
        let name = font
            .table_data(Tag::new(b"name"))
            .and_then(|table| postscript_name(table.as_bytes()))
            .ok_or_else(bad)?;
        Ok(Self { bytes, data, name })
    }

    /// The font file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn font(&self) -> Result<FontRef<'_>, FontError> {
        FontRef::new(&self.bytes).map_err(|_| FontError { name: self.name.clone() })
    }

    pub fn data(&self) -> &ShaperData {
        &self.data
    }
}

/// Name 6 of a `name` table, its characters cut down to those a PDF name may hold.
fn postscript_name(table: &[u8]) -> Option<String> {
    const POSTSCRIPT: usize = 6;
    let word = |at: usize| Some(usize::from(u16::from_be_bytes([*table.get(at)?, *table.get(at + 1)?])));
    let (count, strings) = (word(2)?, word(4)?);
    let at = (0..count).map(|i| 6 + 12 * i).find(|at| word(at + 6) == Some(POSTSCRIPT))?;
    let start = strings + word(at + 10)?;
    let text = table.get(start..start + word(at + 8)?)?;
    // Names are ASCII in either encoding: UTF-16's zero bytes fall away.
    let name: String = text.iter().map(|&b| char::from(b)).filter(char::is_ascii_graphic).collect();
    let name = name.replace(['(', ')', '<', '>', '[', ']', '{', '}', '/', '%', '#', '+'], "");
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_font_is_refused() {
        let error = Fonts::new(&b"not a font"[..], &b""[..]).err();
        assert!(error.is_some_and(|error| error.to_string().contains("標準")));
    }
}
