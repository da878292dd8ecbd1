//! The package that calamine gets: the parts that it reads, in the places where it looks for them.
//!
//! Some writers put parts elsewhere or list kinds of sheets that calamine refuses; and only parts that have been
//! walked through, and so counted, go in. What is packed is copied as it is, so that this costs next to nothing.

use std::io::{Cursor, Write};

use quick_xml::escape::escape;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::error::ReadError;
use super::package::{Package, from_zip};

/// A package being put together.
pub struct Carrier(ZipWriter<Cursor<Vec<u8>>>);

/// Where a sheet's relationship leads in the carrier.
pub struct Link<'a> {
    /// The relationship's name in the workbook part.
    pub id: &'a str,
    /// `worksheet` or another kind of sheet.
    pub kind: &'a str,
    /// The part's name under `xl/`.
    pub target: String,
}

impl Carrier {
    /// Without any part.
    pub fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// Adds a part of our own.
    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<(), ReadError> {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        self.0.start_file(name, options).map_err(|error| from_zip(&error))?;
        self.0.write_all(content).map_err(ReadError::broken)
    }

    /// Copies a part under the name where calamine looks for it; without one, or without such a part, does nothing.
    /// Whether it was there.
    pub fn copy(&mut self, package: &mut Package, part: Option<&str>, name: &str) -> Result<bool, ReadError> {
        let Some(part) = part else { return Ok(false) };
        if let Some(text) = package.recoded(part)? {
            self.add(name, text.as_bytes())?;
            return Ok(true);
        }
        let Some(raw) = package.raw(part)? else { return Ok(false) };
        self.0.raw_copy_file_rename(raw, name).map_err(|error| from_zip(&error))?;
        Ok(true)
    }

    /// Adds the relationships from the root to the workbook part of an xlsx or xlsb, and from it to the sheets.
    pub fn links(&mut self, name: &str, links: &[Link]) -> Result<(), ReadError> {
        let root = relationship("a", "officeDocument", &format!("xl/{name}"));
        self.add("_rels/.rels", relationships(&root).as_bytes())?;
        let sheets: String =
            links.iter().map(|link| relationship(link.id, link.kind, &link.target)).collect();
        self.add(&format!("xl/_rels/{name}.rels"), relationships(&sheets).as_bytes())
    }

    /// The package as a file.
    pub fn finish(self) -> Result<Cursor<Vec<u8>>, ReadError> {
        let mut file = self.0.finish().map_err(|error| from_zip(&error))?;
        file.set_position(0);
        Ok(file)
    }
}

fn relationships(list: &str) -> String {
    format!("<Relationships>{list}</Relationships>")
}

fn relationship(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{}\" Type=\"/relationships/{kind}\" Target=\"{target}\"/>", escape(id))
}
