//! Encrypted xlsx, xlsm and xlsb ([MS-OFFCRYPTO] 2.3.4): with a password that fits, the package inside.
//!
//! Encrypted xls and ods stay closed: their own ways of encryption are not read.

mod agile;
mod cipher;
mod standard;

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::error::ReadError;
use super::meter::Meter;
use crate::model::passwords::Passwords;
use crate::model::sheet::Format;
use agile::Agile;
use standard::Standard;

/// The first bytes of a compound file.
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];
/// How the package is encrypted, and the package.
const INFO: &str = "/EncryptionInfo";
/// See [`INFO`].
const PACKAGE: &str = "/EncryptedPackage";
/// The most bytes of [`INFO`], which is a page of XML or less.
const MAX_INFO: u64 = 1 << 16;
/// Excel encrypts with this password where a workbook only is to be opened read-only, and then asks for none.
const NO_PASSWORD: &str = "VelvetSweatshop";

/// Whether a workbook that was opened as such a format had been locked: a package that lies in a compound file.
pub fn was_locked(bytes: &[u8], format: Format) -> bool {
    format != Format::Xls && bytes.starts_with(&COMPOUND)
}

/// The package inside an encrypted workbook; `None` where the bytes are none. An error where no password fits.
pub fn decrypted(bytes: &[u8], passwords: &Passwords, meter: &Meter) -> Result<Option<Vec<u8>>, ReadError> {
    if !bytes.starts_with(&COMPOUND) {
        return Ok(None);
    }
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(ReadError::broken)?;
    if !file.is_stream(PACKAGE) {
        return Ok(None);
    }
    if !file.is_stream(INFO) {
        return Err(ReadError::Encrypted);
    }
    let info = stream(&mut file, INFO, MAX_INFO)?;
    let scheme = Scheme::of(&info, meter)?.ok_or(ReadError::Encrypted)?;
    let mut tried = passwords.reveal().iter().map(String::as_str).chain([NO_PASSWORD]);
    let key = tried.find_map(|password| scheme.key(password)).ok_or(ReadError::Encrypted)?;
    let package = stream(&mut file, PACKAGE, bytes.len() as u64)?;
    let opened = opened(&scheme, &key, &package).ok_or_else(|| ReadError::broken("a short package"))?;
    Ok(Some(opened))
}

/// The two ways in which Excel encrypts.
enum Scheme {
    Agile(Agile),
    Standard(Standard),
}

impl Scheme {
    /// By the version in front; `None` for other ways.
    fn of(info: &[u8], meter: &Meter) -> Result<Option<Self>, ReadError> {
        let (Some([major, _]), Some([minor, _])) =
            (info.first_chunk::<2>(), info.get(2..).and_then(first_two))
        else {
            return Ok(None);
        };
        let rest = info.get(8..).unwrap_or_default();
        match (*major, minor) {
            (4, 4) => Ok(Agile::of(rest, meter)?.map(Self::Agile)),
            (2..=4, 2) => Ok(Standard::of(rest).map(Self::Standard)),
            _ => Ok(None),
        }
    }

    /// The key to the package; `None` where the password does not fit.
    fn key(&self, password: &str) -> Option<Vec<u8>> {
        let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
        match self {
            Self::Agile(agile) => agile.key(&password),
            Self::Standard(standard) => standard.key(&password),
        }
    }
}

fn first_two(bytes: &[u8]) -> Option<[u8; 2]> {
    bytes.first_chunk::<2>().copied()
}

/// The package: its size stands in front, and what is behind it fills the last block.
fn opened(scheme: &Scheme, key: &[u8], package: &[u8]) -> Option<Vec<u8>> {
    let (size, body) = package.split_first_chunk::<8>()?;
    let mut body = body.to_vec();
    match scheme {
        Scheme::Agile(agile) => agile.open(key, &mut body)?,
        Scheme::Standard(_) => Standard::open(key, &mut body)?,
    }
    let size = usize::try_from(u64::from_le_bytes(*size)).ok().filter(|size| *size <= body.len())?;
    body.truncate(size);
    Some(body)
}

fn stream(file: &mut CompoundFile<Cursor<&[u8]>>, name: &str, most: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let stream = file.open_stream(name).map_err(ReadError::broken)?;
    stream.take(most).read_to_end(&mut bytes).map_err(ReadError::broken)?;
    Ok(bytes)
}
