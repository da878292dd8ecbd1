//! Pages and their content.

use lopdf::{Document as Pdf, Object, ObjectId};
use printpdf::{PdfDocument, PdfPage, PdfParseErrorSeverity, PdfSaveOptions, Pt, Rect};

use super::content::content;
use super::glyphs::embed;
use super::links::annotations;
use super::{hundredths, name};
use crate::pdf::PdfError;
use crate::pdf::display::{Display, Frame, NodeId};
use crate::pdf::fonts::Fonts;

/// The finished pages and which marked content belongs to which element.
pub(super) struct Pages {
    /// The object of each page.
    pub ids: Vec<ObjectId>,
    /// For each node: page and number of its marked contents.
    pub of_node: Vec<Vec<(usize, usize)>>,
    /// For each page: the node of each of its marked contents.
    pub of_page: Vec<Vec<NodeId>>,
    /// For each link: its element, page and annotation.
    pub links: Vec<(NodeId, usize, ObjectId)>,
    /// For each drawing its box, measured from its page's lower left corner.
    pub boxes: Vec<(NodeId, [f32; 4])>,
}

/// Writes pages and fonts.
pub(super) fn write(display: &Display, fonts: &Fonts) -> Result<(Pdf, Pages), PdfError> {
    let (book, mut pages) = draw(display, fonts)?;
    let mut warnings = Vec::new();
    let mut pdf = book.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    // A font or text that it leaves out is no mere warning.
    if let Some(fault) = warnings.iter().find(|warning| warning.severity == PdfParseErrorSeverity::Error) {
        return Err(PdfError::Assemble { path: display.path.clone(), reason: fault.msg.clone() });
    }
    // Before the structure is added: pages take up most.
    pdf.compress();
    pages.ids = pdf.get_pages().into_values().collect();
    Ok((pdf, pages))
}

/// Draws pages and embeds fonts; the pages have no objects yet.
pub(super) fn draw(display: &Display, fonts: &Fonts) -> Result<(PdfDocument, Pages), PdfError> {
    let mut book = PdfDocument::new("");
    let subsets = embed(&mut book, display, fonts)?;
    let mut pages = Pages {
        ids: Vec::new(),
        of_node: vec![Vec::new(); display.tree.nodes.len()],
        of_page: Vec::new(),
        links: Vec::new(),
        boxes: Vec::new(),
    };
    for (at, page) in display.pages.iter().enumerate() {
        let (width, height) = page.sheet;
        let content = content(display, &subsets, &page.items, height);
        for (mark, owner) in content.owners.iter().enumerate() {
            if let Some(marks) = pages.of_node.get_mut(owner.0) {
                marks.push((at, mark));
            }
        }
        pages.boxes.extend(content.boxes.iter().map(|(node, frame)| (*node, upright(*frame, height))));
        pages.of_page.push(content.owners);
        let sheet = Rect::from_wh(Pt(hundredths(width)), Pt(hundredths(height)));
        book.pages.push(PdfPage {
            media_box: sheet.clone(),
            trim_box: sheet.clone(),
            crop_box: sheet,
            ops: content.ops,
        });
    }
    Ok((book, pages))
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
