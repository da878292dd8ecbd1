//! Zip packages (xlsx, xlsb, ods), with a limit to what may be unpacked.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use quick_xml::encoding::DecodingReader;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::error::ReadError;
use super::xml::{Visitor, walk};

/// The most bytes that all parts of one package may unpack to; XML is read as it is unpacked and not held.
const MAX_UNPACKED: u64 = 1 << 30;
/// The most bytes of a part that is held in memory.
const MAX_HELD: u64 = 256 << 20;
/// The most bytes of one text or tag; a cell holds 32,767 characters.
const MAX_TEXT: u64 = 16 << 20;
/// How much is unpacked at a time.
const BUFFER: usize = 64 << 10;

/// An opened package.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Index by name, in lower case with `/`: some writers disagree with their own relationships about both.
    names: BTreeMap<String, usize>,
    budget: u64,
}

impl<'a> Package<'a> {
    /// Opens the directory of a package.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| from_zip(&error))?;
        let mut names = BTreeMap::new();
        for index in 0..archive.len() {
            if let Some(name) = archive.name_for_index(index) {
                names.entry(normal(name)).or_insert(index);
            }
        }
        Ok(Self { archive, names, budget: MAX_UNPACKED })
    }

    /// Whether a part exists.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&normal(name))
    }

    /// Whether any part's name starts so (lower case).
    pub fn has_folder(&self, start: &str) -> bool {
        self.names.keys().any(|name| name.starts_with(start))
    }

    /// A part's bytes; `None` where there is no such part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.names.get(&normal(name)) else { return Ok(None) };
        let file = self.archive.by_index(*index).map_err(|error| from_zip(&error))?;
        let most = self.budget.min(MAX_HELD);
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes).map_err(ReadError::broken)?;
        let size = bytes.len() as u64;
        if size > most {
            return Err(ReadError::too_large());
        }
        self.budget -= size;
        Ok(Some(bytes))
    }

    /// A small part's text in UTF-8; `None` where there is no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        Ok(self.bytes(name)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Walks through an XML part as it is unpacked; whether there is such a part.
    pub fn walk(&mut self, name: &str, visitor: &mut impl Visitor) -> Result<bool, ReadError> {
        let Some(index) = self.names.get(&normal(name)) else { return Ok(false) };
        let file = self.archive.by_index(*index).map_err(|error| from_zip(&error))?;
        let inner = BufReader::with_capacity(BUFFER, file);
        let mut limited = Limited { inner, budget: &mut self.budget, without_markup: 0 };
        walk(DecodingReader::new(&mut limited), visitor)?;
        Ok(true)
    }
}

impl<'a> Package<'a> {
    /// A part as it is packed; `None` where there is no such part.
    pub fn raw(&mut self, name: &str) -> Result<Option<ZipFile<'_, Cursor<&'a [u8]>>>, ReadError> {
        let Some(index) = self.names.get(&normal(name)) else { return Ok(None) };
        self.archive.by_index_raw(*index).map(Some).map_err(|error| from_zip(&error))
    }

    /// The text of an XML part that is written in UTF-16; `None` for all others.
    pub fn recoded(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(index) = self.names.get(&normal(name)) else { return Ok(None) };
        let mut start = Vec::new();
        let file = self.archive.by_index(*index).map_err(|error| from_zip(&error))?;
        file.take(2).read_to_end(&mut start).map_err(ReadError::broken)?;
        if !matches!(start.as_slice(), [0xFF, 0xFE] | [0xFE, 0xFF] | [b'<', 0] | [0, b'<']) {
            return Ok(None);
        }
        let bytes = self.bytes(name)?.unwrap_or_default();
        let mut text = String::new();
        DecodingReader::new(bytes.as_slice()).read_to_string(&mut text).map_err(ReadError::broken)?;
        Ok(Some(text))
    }
}

/// A reader that ends with an error where a part unpacks to too much, or to a text that no workbook can hold.
struct Limited<'a, R> {
    inner: R,
    budget: &'a mut u64,
    without_markup: u64,
}

impl<R: BufRead> Read for Limited<'_, R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(target)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Limited<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let buffer = self.inner.fill_buf()?;
        if buffer.len() as u64 > *self.budget || self.without_markup > MAX_TEXT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(buffer)
    }

    fn consume(&mut self, count: usize) {
        let markup = self.inner.fill_buf().is_ok_and(|b| b.get(..count).is_some_and(|b| b.contains(&b'<')));
        self.without_markup = if markup { 0 } else { self.without_markup + count as u64 };
        *self.budget = self.budget.saturating_sub(count as u64);
        self.inner.consume(count);
    }
}

fn normal(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

/// What a zip's error means.
pub fn from_zip(error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Encrypted
        }
        other => ReadError::broken(other),
    }
}
