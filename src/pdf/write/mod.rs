//! The display list → a PDF file: printpdf embeds the fonts, lopdf holds the objects, and what makes up most of a file
//! (page content, structure, the file itself) is written here, small.

mod color;
mod content;
mod file;
mod glyphs;
mod ink;
mod links;
mod meta;
mod outline;
mod pages;
mod tags;

use lopdf::{Dictionary, Object, StringFormat};
use sha2::{Digest, Sha256};

use super::PdfError;
use super::display::Display;
use super::fonts::Fonts;
use crate::model::report::Document;
use file::File;

/// Writes the file.
pub(super) fn write(document: &Document, display: &Display, fonts: &Fonts) -> Result<Vec<u8>, PdfError> {
    let (mut file, embedded) = glyphs::embed(display, fonts, &document.path)?;
    let pages = pages::write(&mut file, display, &embedded);
    let structure = tags::add(&mut file, display, &pages);
    let outline = outline::add(&mut file, display, &pages.ids);
    let id = identity(&file, document);
    let metadata = meta::packet(&mut file, document, &id);
    let intent = color::add(&mut file);
    let mut catalog: Dictionary = [
        ("Type", name("Catalog")),
        ("Pages", reference(pages.root)),
        ("PageLayout", name("OneColumn")),
        ("StructTreeRoot", structure),
        ("MarkInfo", dictionary([("Marked", Object::Boolean(true))])),
        ("Lang", Object::string_literal("ja-JP")),
        ("ViewerPreferences", dictionary([("DisplayDocTitle", Object::Boolean(true))])),
        ("Metadata", metadata),
        ("OutputIntents", Object::Array(vec![intent])),
    ]
    .into_iter()
    .collect();
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", name("UseOutlines"));
    }
    if let Some(names) = links::names(display, &pages) {
        catalog.set("Names", names);
    }
    let root = file.add(&Object::Dictionary(catalog));
    let info = file.add(&meta::information(document));
    let part = Object::String(id.to_vec(), StringFormat::Hexadecimal);
    let same = Object::Array(vec![part.clone(), part]);
    Ok(file.finish([("Root", root), ("Info", info), ("ID", same)].into_iter().collect()))
}

/// The file's identity, from its content alone.
fn identity(file: &File, document: &Document) -> [u8; 16] {
    let mut hash = Sha256::new();
    for text in [&document.path, &document.title, &document.author, &document.as_of.to_string()] {
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    hash.update(file.digest());
    let mut id = [0; 16];
    id.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
    id
}

fn reference(id: u32) -> Object {
    Object::Reference((id, 0))
}

/// A length, to hundredths of a point.
fn real(value: f32) -> Object {
    Object::Real((value * 100.0).round() / 100.0)
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
