//! Zip packages (xlsx, xlsb, ods), with a limit to what may be unpacked.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use quick_xml::encoding::DecodingReader;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::error::ReadError;
use super::meter::Meter;
use super::xml::{Visitor, walk};
use crate::model::limits::{Limit, Limits};

/// The most bytes of one text or tag that the parser holds: more than the longest text that [`Limit::Text`] may allow
/// takes when each character is written as a number, and than any list of ranges in an attribute.
const MAX_TEXT: u64 = 16 << 20;
/// How much is unpacked at a time.
const BUFFER: usize = 64 << 10;

/// An opened package.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Index by name, in lower case with `/`: some writers disagree with their own relationships about both.
    names: BTreeMap<String, usize>,
    /// How many bytes of each part are accounted for: reading one again costs nothing.
    paid: BTreeMap<usize, u64>,
    packed: u64,
    meter: &'a Meter,
}

impl<'a> Package<'a> {
    /// Opens the directory of a package.
    pub fn open(bytes: &'a [u8], meter: &'a Meter) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| from_zip(&error))?;
        let mut names = BTreeMap::new();
        for index in 0..archive.len() {
            // No part that a workbook needs has a name that is no text.
            if let Some(Ok(name)) = archive.name_for_index(index) {
                names.entry(normal(&name)).or_insert(index);
            }
        }
        Ok(Self { archive, names, paid: BTreeMap::new(), packed: bytes.len() as u64, meter })
    }

    /// What the workbook has used of its limits.
    pub fn meter(&self) -> &'a Meter {
        self.meter
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
        let Some(mut part) = self.part(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        let read = part.read_to_end(&mut bytes);
        part.settle(read)?;
        Ok(Some(bytes))
    }

    /// A small part's text in UTF-8; `None` where there is no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        Ok(self.bytes(name)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Walks through an XML part as it is unpacked; whether there is such a part.
    pub fn walk(&mut self, name: &str, visitor: &mut impl Visitor) -> Result<bool, ReadError> {
        let meter = self.meter;
        let Some(mut part) = self.part(name)? else { return Ok(false) };
        let walked = walk(DecodingReader::new(&mut part), meter, visitor);
        part.settle(Ok(0))?;
        walked?;
        Ok(true)
    }

    /// A part as it is unpacked, counted.
    fn part(&mut self, name: &str) -> Result<Option<Counted<'_, impl BufRead>>, ReadError> {
        let Some(index) = self.names.get(&normal(name)) else { return Ok(None) };
        let file = self.archive.by_index(*index).map_err(|error| from_zip(&error))?;
        let inner = BufReader::with_capacity(BUFFER, file);
        let paid = self.paid.entry(*index).or_default();
        let (meter, packed) = (self.meter, self.packed);
        Ok(Some(Counted { inner, paid, read: 0, without_markup: 0, packed, meter, refused: None }))
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

/// A part being unpacked; ends with an error where the package unpacks to too much, or the part holds a text that no
/// workbook can hold.
struct Counted<'a, R> {
    inner: R,
    /// Bytes of this part accounted for so far, and how many are read this time.
    paid: &'a mut u64,
    read: u64,
    without_markup: u64,
    /// Bytes of the whole package.
    packed: u64,
    meter: &'a Meter,
    /// Why reading ended.
    refused: Option<ReadError>,
}

impl<R: BufRead> Counted<'_, R> {
    /// The true reason where reading ended early: an I/O error cannot carry it through the parser.
    fn settle(&mut self, result: io::Result<usize>) -> Result<(), ReadError> {
        match self.refused.take() {
            Some(error) => Err(error),
            None => result.map(|_| ()).map_err(ReadError::broken),
        }
    }

    fn account(&mut self, count: u64) -> Result<(), ReadError> {
        self.read += count;
        let more = self.read.saturating_sub(*self.paid);
        *self.paid += more;
        self.meter.add(Limit::Unpacked, more)?;
        let unpacked = self.meter.used(Limit::Unpacked);
        if unpacked > Limits::RATIO_FLOOR {
            self.meter.check(Limit::Ratio, unpacked.div_ceil(self.packed.max(1)))?;
        }
        if self.without_markup > MAX_TEXT {
            return self.meter.check(Limit::Text, self.without_markup);
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Counted<'_, R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(target)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.refused.is_some() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        let markup = self.inner.fill_buf().is_ok_and(|b| b.get(..count).is_some_and(|b| b.contains(&b'<')));
        self.without_markup = if markup { 0 } else { self.without_markup + count as u64 };
        self.inner.consume(count);
        self.refused = self.account(count as u64).err();
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
