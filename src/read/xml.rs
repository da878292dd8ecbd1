//! Walking through XML by local names, without entities of its own and without namespaces.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::error::ReadError;
use super::meter::Meter;
use crate::model::limits::Limit;

/// What is told of the elements of a part. Names are local: without their prefix.
pub trait Visitor {
    /// An element starts.
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError>;
    /// Whether the text that follows matters.
    fn wants_text(&self) -> bool {
        true
    }
    /// Text inside the innermost element; may come in pieces.
    fn text(&mut self, text: &str) -> Result<(), ReadError>;
    /// An element ends.
    fn close(&mut self, name: &str) -> Result<(), ReadError>;
}

/// A start tag, and whether its element has no content.
pub struct Tag<'a>(&'a BytesStart<'a>, bool);

impl Tag<'_> {
    /// Whether the element is written without content: `<c r="A1" s="1"/>`.
    pub fn is_empty(&self) -> bool {
        self.1
    }

    /// All attributes as they stand, with their prefixes; ends at one that is malformed.
    pub fn plain(&self) -> Plain<'_> {
        Plain(self.0.attributes_raw())
    }

    /// The value of the attribute with a local name.
    pub fn get(&self, name: &str) -> Option<String> {
        let attribute =
            self.0.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0);
        Some(value.map_or_else(|_| attribute.value.to_string(), Cow::into_owned))
    }

    /// The value of an attribute as a number.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }

    /// The values, as numbers, of all attributes with a local name, whatever their prefixes.
    pub fn numbers<T: std::str::FromStr>(&self, name: &str) -> impl Iterator<Item = T> {
        let mut all = self.0.attributes();
        all.with_checks(false);
        let named = all.flatten().filter(move |attribute| attribute.key.local_name().as_ref() == name);
        named.filter_map(|attribute| attribute.value.trim().parse().ok())
    }

    /// Whether any attribute with a local name, whatever its prefix, has a value.
    pub fn any(&self, name: &str, value: &str) -> bool {
        let mut all = self.0.attributes();
        all.with_checks(false).flatten().any(|a| a.key.local_name().as_ref() == name && a.value == value)
    }

    /// Whether an XML boolean is true.
    pub fn is_true(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| is_true(&value))
    }
}

/// Names and values of attributes, without resolving entities: for what comes by the million.
pub struct Plain<'a>(&'a str);

impl<'a> Iterator for Plain<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        // Names and values are a few bytes long: looking at each is faster than a search.
        let (name, rest) = self.0.split_at(self.0.bytes().position(|byte| byte == b'=')?);
        let rest = rest.get(1..)?.trim_ascii_start();
        let quote = rest.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let rest = rest.get(1..)?;
        let (value, rest) = rest.split_at(rest.bytes().position(|byte| byte == quote)?);
        self.0 = rest.get(1..)?;
        Some((name.trim_ascii(), value))
    }
}

/// An XML boolean.
pub fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

/// Walks through a part.
pub fn walk(part: impl BufRead, meter: &Meter, visitor: &mut impl Visitor) -> Result<(), ReadError> {
    let mut reader = Reader::from_reader(part);
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(ReadError::broken)? {
            Event::Empty(tag) => {
                let name = tag.local_name();
                visitor.open(name.as_ref(), &Tag(&tag, true))?;
                visitor.close(name.as_ref())?;
            }
            Event::Start(tag) => {
                depth += 1;
                meter.listed(Limit::Depth, depth)?;
                visitor.open(tag.local_name().as_ref(), &Tag(&tag, false))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                visitor.close(tag.local_name().as_ref())?;
            }
            Event::Text(_) | Event::CData(_) if !visitor.wants_text() => {}
            Event::Text(text) => visitor.text(&text.xml10_content())?,
            Event::CData(text) => visitor.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => visitor.text(&resolve(&reference)?)?,
            Event::DocType(_) => return Err(ReadError::broken("XML with a DTD")),
            Event::Eof if depth > 0 => return Err(ReadError::broken("XML ends in the middle")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn resolve(reference: &BytesRef) -> Result<String, ReadError> {
    if let Some(c) = reference.resolve_char_ref().map_err(ReadError::broken)? {
        return Ok(c.to_string());
    }
    let text = match reference.as_ref() {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        other => return Err(ReadError::Broken(format!("unknown XML entity {other}"))),
    };
    Ok(text.to_owned())
}
