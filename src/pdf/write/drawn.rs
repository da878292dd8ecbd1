//! The pages as printpdf alone would write them.

use printpdf::{PdfDocument, PdfSaveOptions};

use super::pages;
use crate::pdf::PdfError;
use crate::pdf::display::Display;
use crate::pdf::fonts::Fonts;

/// A document that is laid out and drawn, with the fonts that it needs: all that is left is printpdf's own work. The
/// time that takes is what the time of [`render`](crate::pdf::render) is held against.
#[derive(Debug)]
pub struct Drawn(PdfDocument);

impl Drawn {
    pub(in crate::pdf) fn new(display: &Display, fonts: &Fonts) -> Result<Self, PdfError> {
        Ok(Self(pages::draw(display, fonts)?.0))
    }

    /// The bytes of a PDF that shows the same pages, without structure, links, outline and metadata.
    pub fn save(&self) -> Vec<u8> {
        self.0.save(&PdfSaveOptions::default(), &mut Vec::new())
    }
}
