//! The display list → a PDF file: printpdf writes pages and fonts, lopdf adds structure, links, outline and metadata.

mod color;
mod content;
mod drawn;
mod glyphs;
mod ink;
mod links;
mod meta;
mod outline;
mod pages;
mod tags;

use std::fmt::Write;

use lopdf::{Dictionary, Document as Pdf, Object, SaveOptions, StringFormat};
use sha2::{Digest, Sha256};

use super::PdfError;
use super::display::Display;
use super::fonts::Fonts;
use crate::model::report::Document;

pub use drawn::Drawn;

/// Objects packed into one stream.
const PACKED: usize = 256;

/// Writes the file.
pub(super) fn write(document: &Document, display: &Display, fonts: &Fonts) -> Result<Vec<u8>, PdfError> {
    let (pdf, pages) = pages::write(display, fonts)?;
    finish(pdf, pages, document, display)
        .map_err(|error| PdfError::Assemble { path: document.path.clone(), reason: error.to_string() })
}

/// Adds to written pages all that is not their content.
fn finish(
    mut pdf: Pdf,
    mut pages: pages::Pages,
    document: &Document,
    display: &Display,
) -> lopdf::Result<Vec<u8>> {
    "1.7".clone_into(&mut pdf.version);
    let root = pdf.trailer.get(b"Root").and_then(Object::as_reference)?;
    pages::complete(&mut pdf, display, &mut pages)?;
    let structure = tags::add(&mut pdf, display, &pages);
    let outline = outline::add(&mut pdf, display, &pages.ids);
    let info = pdf.trailer.get(b"Info").and_then(Object::as_reference)?;
    pdf.set_object(info, meta::information(document));
    let id = identity(&pdf, document);
    let metadata = meta::packet(&mut pdf, document, &id);
    let intent = color::add(&mut pdf);
    let catalog = pdf.get_dictionary_mut(root)?;
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
    if let Some(names) = links::names(display, &pages) {
        catalog.set("Names", names);
    }
    let part = Object::String(id.to_vec(), StringFormat::Hexadecimal);
    pdf.trailer.set("ID", Object::Array(vec![part.clone(), part]));
    pdf.compress();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true);
    let options = options.max_objects_per_stream(PACKED).compression_level(9).build();
    let mut bytes = Vec::new();
    pdf.save_with_options(&mut bytes, options)?;
    Ok(bytes)
}

/// The file's identity, from its content alone.
fn identity(pdf: &Pdf, document: &Document) -> [u8; 16] {
    let mut hash = Sha256::new();
    for text in [&document.path, &document.title, &document.author, &document.as_of.to_string()] {
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    let mut body = String::new();
    for object in pdf.objects.values() {
        body.clear();
        // Writing to a string does not fail.
        let _ = write!(body, "{object:?}");
        hash.update(&body);
        if let Object::Stream(stream) = object {
            hash.update(&stream.content);
        }
    }
    let mut id = [0; 16];
    id.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
    id
}

/// Adds an object; the reference to it comes back.
fn add_to(pdf: &mut Pdf, object: impl Into<Object>) -> Object {
    Object::Reference(pdf.add_object(object))
}

/// A length to hundredths of a point: more digits only make the file larger.
fn hundredths(value: f32) -> f32 {
    // No minus before a zero.
    (value * 100.0).round() / 100.0 + 0.0
}

/// A length, to hundredths of a point.
fn real(value: f32) -> Object {
    Object::Real(hundredths(value))
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
