//! What the file says of itself: information, XMP, identity. Dates come from the document, never from the clock.

use chrono::Datelike;
use lopdf::{Dictionary, Object, Stream};
use xmp_writer::{DateTime, LangId, Timezone, XmpWriter};

use super::{dictionary, name, text};
use crate::model::report::Document;

const PRODUCER: &str = concat!("hoshin ", env!("CARGO_PKG_VERSION"));

/// The information dictionary.
pub(super) fn information(document: &Document) -> Object {
    let day = Object::string_literal(document.as_of.format("D:%Y%m%d000000+09'00'").to_string());
    dictionary([
        ("Title", text(&document.title)),
        ("Author", text(&document.author)),
        ("Creator", Object::string_literal(PRODUCER)),
        ("Producer", Object::string_literal(PRODUCER)),
        ("CreationDate", day.clone()),
        ("ModDate", day),
    ])
}

/// The XMP packet for the catalog.
pub(super) fn packet(document: &Document, id: &[u8; 16]) -> Object {
    let header: Dictionary = [("Type", name("Metadata")), ("Subtype", name("XML"))].into_iter().collect();
    // Plain, so that programs that know no PDF find it.
    Object::Stream(Stream::new(header, xmp(document, id).into_bytes()).with_compression(false))
}

fn xmp(document: &Document, id: &[u8; 16]) -> String {
    let uuid = format!("uuid:{:032x}", u128::from_be_bytes(*id));
    let date = date(document);
    let mut xmp = XmpWriter::new();
    xmp.title([(None, document.title.as_str())]);
    xmp.creator([document.author.as_str()]);
    xmp.language([LangId("ja-JP")]);
    xmp.format("application/pdf");
    xmp.creator_tool(PRODUCER);
    xmp.producer(PRODUCER);
    xmp.create_date(date);
    xmp.modify_date(date);
    xmp.document_id(&uuid);
    xmp.instance_id(&uuid);
    xmp.pdfa_part(2);
    xmp.pdfa_conformance("A");
    xmp.pdfua_part(1);
    {
        let mut schemas = xmp.extension_schemas();
        schemas.pdfua_id().properties().describe_part();
    }
    xmp.finish(None)
}

/// Midnight in Japan, as in the information dictionary.
fn date(document: &Document) -> DateTime {
    let day = document.as_of;
    let small = |value: u32| u8::try_from(value).ok();
    DateTime {
        year: u16::try_from(day.year()).unwrap_or_default(),
        month: small(day.month()),
        day: small(day.day()),
        hour: Some(0),
        minute: Some(0),
        second: Some(0),
        timezone: Some(Timezone::Local { hour: 9, minute: 0 }),
    }
}
