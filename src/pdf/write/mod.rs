//! The display list → a PDF file: printpdf writes pages and fonts; structure, links, outline and metadata are added as
//! objects of lopdf, of cells too many to be held as such as bytes.

mod color;
mod content;
mod drawn;
mod file;
mod flate;
mod glyphs;
mod ink;
mod links;
mod marks;
mod meta;
mod outline;
mod pages;
mod printed;
mod tags;

use lopdf::{Dictionary, Document as Pdf, Object, StringFormat};

use super::PdfError;
use super::display::Display;
use super::fonts::Fonts;
use crate::model::report::Document;
use file::File;

pub use drawn::Drawn;

/// Writes the file.
pub(super) fn write(document: &Document, mut display: Display, fonts: &Fonts) -> Result<Vec<u8>, PdfError> {
    let (pdf, pages) = pages::write(&mut display, fonts)?;
    finish(pdf, pages, document, &display)
        .map_err(|error| PdfError::Assemble { path: document.path.clone(), reason: error.to_string() })
}

/// Adds to written pages all that is not their content.
fn finish(
    mut pdf: Pdf,
    mut pages: pages::Pages,
    document: &Document,
    display: &Display,
) -> lopdf::Result<Vec<u8>> {
    pages::complete(&mut pdf, display, &mut pages)?;
    let [structure, metadata] = [pdf.new_object_id(), pdf.new_object_id()];
    let root = pdf.trailer.get(b"Root").and_then(Object::as_reference)?;
    let info = pdf.trailer.get(b"Info").and_then(Object::as_reference)?;
    pdf.set_object(info, meta::information(document));
    let outline = outline::add(&mut pdf, display, &pages.ids);
    let intent = color::add(&mut pdf);
    let catalog = pdf.get_dictionary_mut(root)?;
    catalog.set("StructTreeRoot", Object::Reference(structure));
    catalog.set("MarkInfo", dictionary([("Marked", Object::Boolean(true))]));
    catalog.set("Lang", Object::string_literal("ja-JP"));
    catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", Object::Boolean(true))]));
    catalog.set("Metadata", Object::Reference(metadata));
    catalog.set("OutputIntents", Object::Array(vec![intent]));
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", name("UseOutlines"));
    }
    if let Some(names) = links::names(display, &pages) {
        catalog.set("Names", names);
    }
    let mut file = File::new(pdf.max_id);
    let Pdf { objects, mut trailer, .. } = pdf;
    objects.into_iter().try_for_each(|(id, object)| file.put(id, object))?;
    tags::write(&mut file, &display.tree, &pages, structure)?;
    let id = file.identity(&document.path)?;
    file.put(metadata, meta::packet(document, &id))?;
    let part = Object::String(id.to_vec(), StringFormat::Hexadecimal);
    trailer.set("ID", Object::Array(vec![part.clone(), part]));
    file.finish(trailer)
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

/// Appends bytes as a PDF string holds them.
fn hex(bytes: &mut Vec<u8>, text: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    bytes.push(b'<');
    let digits = text.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    bytes.extend(digits.filter_map(|digit| DIGITS.get(usize::from(digit))));
    bytes.push(b'>');
}
