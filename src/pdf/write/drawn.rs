//! The pages as printpdf alone would write them.

use printpdf::{Codepoint, DictItem, Op, PdfDocument, PdfFontHandle, PdfSaveOptions, TextItem};

use super::content::{SHOW, SPACED};
use super::glyphs::{Subset, embed};
use super::pages::{Pages, draw};
use crate::pdf::PdfError;
use crate::pdf::display::Display;
use crate::pdf::fonts::Fonts;

/// A document that is laid out and drawn, with the fonts that it needs: all that is left is printpdf's own work. The
/// time that takes is what the time of [`render`](crate::pdf::render) is held against.
#[derive(Debug)]
pub struct Drawn(PdfDocument);

impl Drawn {
    pub(in crate::pdf) fn new(display: &Display, fonts: &Fonts) -> Result<Self, PdfError> {
        let mut book = PdfDocument::new("");
        let subsets = embed(&mut book, &display.pages, fonts)?;
        for page in &display.pages {
            let mut page = draw(&display.tree, page, &subsets, &mut Pages::default());
            own(&mut page.ops, &subsets);
            book.pages.push(page);
        }
        Ok(Self(book))
    }

    /// The bytes of a PDF that shows the same pages, without structure, links, outline and metadata.
    pub fn save(&self) -> Vec<u8> {
        self.0.save(&PdfSaveOptions::default(), &mut Vec::new())
    }
}

/// Shows texts by printpdf's own operation: glyph by glyph.
fn own(ops: &mut [Op], subsets: &[Subset]) {
    let mut font = None;
    for op in ops {
        match op {
            Op::SetFont { font: PdfFontHandle::External(id), .. } => {
                font = subsets.iter().find(|subset| subset.id == *id);
            }
            Op::Unknown { key, value } if [SHOW, SPACED].contains(&key.as_str()) => {
                let items = if let [DictItem::Array(items)] = value.as_slice() { items } else { value };
                *op = Op::ShowText { items: vec![TextItem::GlyphIds(codes(items, font))] };
            }
            _ => {}
        }
    }
}

fn codes(items: &[DictItem], font: Option<&Subset>) -> Vec<Codepoint> {
    let mut all: Vec<Codepoint> = Vec::new();
    for item in items {
        match (item, all.last_mut()) {
            (DictItem::String { data, .. }, _) => {
                let ids = data.chunks_exact(2).filter_map(|pair| Some([*pair.first()?, *pair.last()?]));
                let text = |id| font.and_then(|font| font.text(id)).unwrap_or_default().to_owned();
                all.extend(ids.map(u16::from_be_bytes).map(|id| Codepoint::with_cid(id, 0.0, text(id))));
            }
            #[expect(clippy::cast_precision_loss, reason = "a few ems at most")]
            (DictItem::Int(offset), Some(last)) => last.offset = *offset as f32,
            _ => {}
        }
    }
    all
}
