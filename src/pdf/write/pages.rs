//! Pages and their content.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};
use printpdf::{PdfDocument, PdfPage, Pt, Rect};

use super::content::content;
use super::flate::Flate;
use super::glyphs::{Subset, embed};
use super::links::annotations;
use super::{hundredths, name, printed};
use crate::pdf::PdfError;
use crate::pdf::display::{Display, Frame, NodeId, Page, Tree};
use crate::pdf::fonts::Fonts;

/// So many pages are drawn before they are written: operators take far more memory than what is written of them.
const AT_A_TIME: usize = 8;

/// The finished pages and which marked content belongs to which element.
#[derive(Default)]
pub(super) struct Pages {
    /// The object of each page.
    pub ids: Vec<ObjectId>,
    /// For each page: the node of each of its marked contents.
    pub of_page: Vec<Vec<NodeId>>,
    /// For each link: its element, page and annotation.
    pub links: Vec<(NodeId, usize, ObjectId)>,
    /// For each drawing its box, measured from its page's lower left corner.
    pub boxes: Vec<(NodeId, [f32; 4])>,
}

/// Writes fonts and pages; what stands on a page is dropped when it is written.
pub(super) fn write(display: &mut Display, fonts: &Fonts) -> Result<(Pdf, Pages), PdfError> {
    let Display { path, pages: sheets, tree, .. } = display;
    let assemble = |error: lopdf::Error| PdfError::Assemble { path: path.clone(), reason: error.to_string() };
    let mut book = PdfDocument::new("");
    let subsets = embed(&mut book, sheets, fonts)?;
    book.pages = vec![printed::specimen(&subsets)];
    let mut pdf = printed::printed(&book, path)?;
    drop(book);
    let (_, shell) = printed::take(&mut pdf).map_err(assemble)?.into_iter().next().unwrap_or_default();
    let (mut pages, mut flate) = (Pages::default(), Flate::default());
    for some in sheets.chunks_mut(AT_A_TIME) {
        let mut book = PdfDocument::new("");
        for page in some {
            book.pages.push(draw(tree, page, &subsets, &mut pages));
            page.items = Vec::new();
        }
        let mut part = printed::printed(&book, path)?;
        drop(book);
        for (content, mut page) in printed::take(&mut part).map_err(assemble)? {
            let content = flate.stream(Dictionary::new(), &content).map_err(assemble)?;
            page.set("Contents", Object::Reference(pdf.add_object(content)));
            for key in ["Parent", "Resources"] {
                page.set(key, shell.get(key.as_bytes()).cloned().unwrap_or(Object::Null));
            }
            pages.ids.push(pdf.add_object(page));
        }
    }
    printed::bind(&mut pdf, &shell, &pages.ids).map_err(assemble)?;
    Ok((pdf, pages))
}

/// Draws a page; which element its marked contents belong to is kept.
pub(super) fn draw(tree: &Tree, page: &Page, subsets: &[Subset], pages: &mut Pages) -> PdfPage {
    let (width, height) = page.sheet;
    let content = content(tree, subsets, &page.items, height);
    pages.boxes.extend(content.boxes.iter().map(|(node, frame)| (*node, upright(*frame, height))));
    pages.of_page.push(content.owners);
    let sheet = Rect::from_wh(Pt(hundredths(width)), Pt(hundredths(height)));
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops: content.ops }
}

/// Adds to each page what can be clicked and which entry of the structure tree is its own.
pub(super) fn complete(pdf: &mut Pdf, display: &Display, pages: &mut Pages) -> lopdf::Result<()> {
    for (at, page) in display.pages.iter().enumerate() {
        let annotations = annotations(pdf, display, page, (at, pages));
        let Some(id) = pages.ids.get(at) else { continue };
        let own = pdf.get_dictionary_mut(*id)?;
        own.set("StructParents", Object::Integer(i64::try_from(at).unwrap_or_default()));
        own.set("Tabs", name("S"));
        if annotations.is_empty() {
            own.remove(b"Annots");
        } else {
            own.set("Annots", Object::Array(annotations));
        }
    }
    Ok(())
}

/// A box measured from the lower left corner: left, lower, right and upper edge.
pub(super) fn upright(frame: Frame, height: f32) -> [f32; 4] {
    [frame.left, height - frame.bottom, frame.right, height - frame.top]
}
