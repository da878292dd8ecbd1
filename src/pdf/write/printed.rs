//! What printpdf writes: fonts, and the content of pages, a few at a time.

use lopdf::{Dictionary, Document as Pdf, Error, Object, ObjectId, Result};
use printpdf::{
    Op, PdfDocument, PdfFontHandle, PdfPage, PdfParseErrorSeverity, PdfSaveOptions, Pt, Rect, TextItem,
};

use super::glyphs::Subset;
use crate::pdf::PdfError;

/// A page that shows every glyph in use, each with its text: by it printpdf knows what the fonts are to tell. It is
/// not in the file.
pub(super) fn specimen(subsets: &[Subset]) -> PdfPage {
    let mut ops = vec![Op::StartTextSection];
    for subset in subsets {
        let glyphs = subset.specimen();
        if !glyphs.is_empty() {
            ops.push(Op::SetFont { font: PdfFontHandle::External(subset.id.clone()), size: Pt(1.0) });
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
        }
    }
    ops.push(Op::EndTextSection);
    let sheet = Rect::from_wh(Pt(1.0), Pt(1.0));
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops }
}

/// The objects that printpdf makes of a book.
pub(super) fn printed(book: &PdfDocument, path: &str) -> std::result::Result<Pdf, PdfError> {
    let mut warnings = Vec::new();
    // Texts are shown by an operation that printpdf passes on unread.
    let options = PdfSaveOptions { secure: false, ..PdfSaveOptions::default() };
    let pdf = book.to_lopdf_document(&options, &mut warnings);
    // A font or text that it leaves out is no mere warning.
    match warnings.into_iter().find(|warning| warning.severity == PdfParseErrorSeverity::Error) {
        Some(fault) => Err(PdfError::Assemble { path: path.to_owned(), reason: fault.msg }),
        None => Ok(pdf),
    }
}

/// Takes the pages out of a book: the content of each, and the page itself.
pub(super) fn take(pdf: &mut Pdf) -> Result<Vec<(Vec<u8>, Dictionary)>> {
    let pages = pdf.get_pages();
    let take = |id: ObjectId| {
        let mut take = |id| pdf.objects.remove(&id).ok_or(Error::ObjectNotFound(id));
        let page = take(id)?.as_dict()?.clone();
        let content = page.get(b"Contents").and_then(Object::as_reference)?;
        Ok((take(content)?.as_stream()?.content.clone(), page))
    };
    pages.into_values().map(take).collect()
}

/// Makes pages those of a book whose own one was taken out.
pub(super) fn bind(pdf: &mut Pdf, taken: &Dictionary, pages: &[ObjectId]) -> Result<()> {
    let parent = taken.get(b"Parent").and_then(Object::as_reference)?;
    let parent = pdf.get_dictionary_mut(parent)?;
    parent.set("Kids", pages.iter().copied().map(Object::Reference).collect::<Vec<_>>());
    parent.set("Count", i64::try_from(pages.len()).unwrap_or_default());
    Ok(())
}
