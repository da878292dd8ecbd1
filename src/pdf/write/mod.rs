//! The display list → a PDF file: printpdf writes pages and fonts, lopdf adds structure, outline and metadata.

mod color;
mod glyphs;
mod meta;
mod outline;
mod pages;
mod tags;

use lopdf::{Dictionary, Object, ObjectId, SaveOptions, StringFormat};
use sha2::{Digest, Sha256};

use super::PdfError;
use super::display::Display;
use super::fonts::Fonts;
use crate::model::report::Document;

/// Writes the file.
pub(super) fn write(document: &Document, display: &Display, fonts: &Fonts) -> Result<Vec<u8>, PdfError> {
    let assemble =
        |error: lopdf::Error| PdfError::Assemble { path: document.path.clone(), reason: error.to_string() };
    let (mut pdf, contents) = pages::write(display, fonts)?;
    "1.7".clone_into(&mut pdf.version);
    let page_ids: Vec<ObjectId> = pdf.get_pages().into_values().collect();
    let root = pdf.trailer.get(b"Root").and_then(Object::as_reference).map_err(assemble)?;
    for (key, page_id) in (0_i64..).zip(&page_ids) {
        let page = pdf.get_dictionary_mut(*page_id).map_err(assemble)?;
        page.remove(b"Annots");
        page.set("StructParents", key);
        page.set("Tabs", name("S"));
    }
    let structure = tags::add(&mut pdf, display, &contents, &page_ids);
    let outline = outline::add(&mut pdf, display, &page_ids);
    let id = identity(&pdf, document);
    let metadata = meta::add(&mut pdf, document, &id);
    let intent = color::add(&mut pdf);
    let catalog = pdf.get_dictionary_mut(root).map_err(assemble)?;
    catalog.set("StructTreeRoot", structure);
    catalog.set("MarkInfo", dictionary([("Marked", Object::Boolean(true))]));
    catalog.set("Lang", Object::string_literal("ja-JP"));
    catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", Object::Boolean(true))]));
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", Object::Array(vec![intent]));
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", name("UseOutlines"));
    }
    pdf.compress();
    let mut bytes = Vec::new();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    pdf.save_with_options(&mut bytes, options)
        .map_err(|error| PdfError::Assemble { path: document.path.clone(), reason: error.to_string() })?;
    Ok(bytes)
}

/// The file's identity, from its content alone.
fn identity(pdf: &lopdf::Document, document: &Document) -> [u8; 16] {
    let mut hash = Sha256::new();
    for text in [&document.path, &document.title, &document.author, &document.as_of.to_string()] {
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    for object in pdf.objects.values() {
        if let Object::Stream(stream) = object {
            hash.update(&stream.content);
        }
    }
    let mut id = [0; 16];
    id.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
    id
}

fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

fn dictionary<'k>(entries: impl IntoIterator<Item = (&'k str, Object)>) -> Object {
    Object::Dictionary(entries.into_iter().collect::<Dictionary>())
}

/// Text as PDF strings hold it: UTF-16 with its mark.
fn text(text: &str) -> Object {
    Object::String(utf16(text), StringFormat::Hexadecimal)
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}
