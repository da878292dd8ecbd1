//! Zip packages (xlsx, xlsb, ods), with a limit to what may be unpacked.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ReadError;

/// The most bytes that all parts of one package may unpack to.
const MAX_UNPACKED: u64 = 256 << 20;

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
        let mut bytes = Vec::new();
        file.take(self.budget + 1).read_to_end(&mut bytes).map_err(ReadError::broken)?;
        self.spend(bytes.len() as u64)?;
        Ok(Some(bytes))
    }

    /// A part's text (UTF-8 or UTF-16); `None` where there is no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        self.bytes(name)?.map(decode).transpose()
    }

    fn spend(&mut self, size: u64) -> Result<(), ReadError> {
        self.budget = self.budget.checked_sub(size).ok_or_else(ReadError::too_large)?;
        Ok(())
    }
}

fn normal(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

fn from_zip(error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Encrypted
        }
        other => ReadError::broken(other),
    }
}

fn decode(bytes: Vec<u8>) -> Result<String, ReadError> {
    let wide = |pairs: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = pairs.as_chunks::<2>().0.iter().map(|pair| read(*pair)).collect();
        String::from_utf16(&units).map_err(ReadError::broken)
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).map_err(ReadError::broken),
        _ => String::from_utf8(bytes).map_err(ReadError::broken),
    }
}
