//! The compound file around an xls.
//!
//! Calamine follows a container's chains of sectors wherever they lead. It gets one of our own that holds only what
//! it is to read.

use std::io::{Cursor, Read, Write};

use cfb::{CompoundFile, Version};

use crate::read::error::ReadError;

/// When the workbook was last saved, among other properties.
const SUMMARY: &str = "/\u{5}SummaryInformation";
/// The most bytes of the properties, of which a picture of the first page takes the most.
const MAX_SUMMARY: u64 = 4 << 20;

/// The compound file as it came.
pub type File<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// Opens the compound file.
pub fn open(bytes: &[u8]) -> Result<File<'_>, ReadError> {
    CompoundFile::open(Cursor::new(bytes)).map_err(ReadError::broken)
}

/// The workbook's stream. It cannot be longer than the file that it lies in.
pub fn stream(file: &mut File, bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| ReadError::broken("no workbook stream"))?;
    part(file, name, bytes.len() as u64)
}

fn part(file: &mut File, name: &str, most: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let stream = file.open_stream(name).map_err(ReadError::broken)?;
    stream.take(most + 1).read_to_end(&mut bytes).map_err(ReadError::broken)?;
    if bytes.len() as u64 > most {
        return Err(ReadError::broken("a stream longer than its file"));
    }
    Ok(bytes)
}

/// A compound file with the workbook's stream and its properties alone.
pub fn rebuilt(file: &mut File, stream: &[u8]) -> Result<Cursor<Vec<u8>>, ReadError> {
    let mut own =
        CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).map_err(ReadError::broken)?;
    // Damaged properties are no reason to refuse a workbook.
    let summary = if file.is_stream(SUMMARY) { part(file, SUMMARY, MAX_SUMMARY).ok() } else { None };
    for (name, bytes) in [("/Workbook", Some(stream)), (SUMMARY, summary.as_deref())] {
        let Some(bytes) = bytes else { continue };
        let mut target = own.create_stream(name).map_err(ReadError::broken)?;
        target.write_all(bytes).map_err(ReadError::broken)?;
    }
    own.flush().map_err(ReadError::broken)?;
    let mut bytes = own.into_inner();
    bytes.set_position(0);
    Ok(bytes)
}
