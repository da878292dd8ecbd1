//! Agile encryption (Excel 2010 and later): AES in chains of 4096 bytes; an XML text says how.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::cipher::{BLOCK, Hash, decrypt_chain};
use crate::read::error::ReadError;
use crate::read::meter::Meter;
use crate::read::xml::{Tag, Visitor, walk};

/// What a key is made for: to check a password, twice, and to open the package's own key.
const VERIFIER: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
/// See [`VERIFIER`].
const VERIFIER_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
/// See [`VERIFIER`].
const KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];
/// Bytes of a chain.
const SEGMENT: usize = 4096;
/// How often a password may be hashed; Excel does it 100,000 times, and each password that is tried costs as much.
const MAX_SPINS: u32 = 1_000_000;
/// What fills up a key or start that is too short.
const FILL: u8 = 0x36;

/// How one thing is encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Way {
    hash: Hash,
    salt: Vec<u8>,
    key_bytes: usize,
}

/// A password's own part.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Encryptor {
    way: Way,
    spins: u32,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    key: Vec<u8>,
}

/// How a workbook is encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agile {
    data: Way,
    password: Encryptor,
}

#[derive(Default)]
struct Info {
    data: Option<Way>,
    password: Option<Encryptor>,
}

impl Visitor for Info {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        match name {
            "keyData" => self.data = way(tag),
            // A certificate's key has the same name and no spins.
            "encryptedKey" if self.password.is_none() => self.password = encryptor(tag),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, _: &str) -> Result<(), ReadError> {
        Ok(())
    }

    fn close(&mut self, _: &str) -> Result<(), ReadError> {
        Ok(())
    }
}

fn way(tag: &Tag) -> Option<Way> {
    let chained = tag.any("cipherAlgorithm", "AES") && tag.any("cipherChaining", "ChainingModeCBC");
    let key_bits =
        tag.number::<usize>("keyBits").filter(|bits| chained && matches!(bits, 128 | 192 | 256))?;
    let hash = Hash::named(&tag.get("hashAlgorithm")?)?;
    Some(Way { hash, salt: decoded(tag, "saltValue")?, key_bytes: key_bits / 8 })
}

fn encryptor(tag: &Tag) -> Option<Encryptor> {
    Some(Encryptor {
        way: way(tag)?,
        spins: tag.number("spinCount").filter(|spins| *spins <= MAX_SPINS)?,
        verifier: decoded(tag, "encryptedVerifierHashInput")?,
        verifier_hash: decoded(tag, "encryptedVerifierHashValue")?,
        key: decoded(tag, "encryptedKeyValue")?,
    })
}

fn decoded(tag: &Tag, name: &str) -> Option<Vec<u8>> {
    STANDARD.decode(tag.get(name)?.trim()).ok()
}

impl Agile {
    /// From what stands behind version and flags; `None` where the way of encryption is not known.
    pub fn of(xml: &[u8], meter: &Meter) -> Result<Option<Self>, ReadError> {
        let mut info = Info::default();
        walk(std::str::from_utf8(xml).map_err(ReadError::broken)?.as_bytes(), meter, &mut info)?;
        Ok(info.data.zip(info.password).map(|(data, password)| Self { data, password }))
    }

    /// The package's key; `None` where the password does not fit.
    pub fn key(&self, password: &[u8]) -> Option<Vec<u8>> {
        let Encryptor { way, spins, verifier, verifier_hash, key } = &self.password;
        let spun = way.hash.spun(&way.salt, password, *spins);
        let open = |purpose: &[u8], secret: &[u8]| {
            let own = fitted(way.hash.of(&[&spun, purpose]), way.key_bytes);
            let mut plain = secret.to_vec();
            decrypt_chain(&own, start(&way.salt), &mut plain)?;
            Some(plain)
        };
        let verifier = open(&VERIFIER, verifier)?;
        // The verifier is as long as the salt; zeros fill up its last block.
        let input = verifier.get(..way.salt.len()).unwrap_or(&verifier);
        let expected = way.hash.of(&[input]);
        if !open(&VERIFIER_HASH, verifier_hash)?.starts_with(&expected) {
            return None;
        }
        let mut key = open(&KEY, key)?;
        key.truncate(self.data.key_bytes);
        Some(key)
    }

    /// Decrypts the package.
    pub fn open(&self, key: &[u8], body: &mut Vec<u8>) -> Option<()> {
        body.truncate(body.len() - body.len() % BLOCK);
        for (number, segment) in (0_u32..).zip(body.chunks_mut(SEGMENT)) {
            let salt = self.data.hash.of(&[&self.data.salt, &number.to_le_bytes()]);
            decrypt_chain(key, start(&salt), segment)?;
        }
        Some(())
    }
}

/// Cut or filled up to a length.
fn fitted(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.resize(length, FILL);
    bytes
}

/// What the first block of a chain is chained to.
fn start(salt: &[u8]) -> [u8; BLOCK] {
    let mut start = [FILL; BLOCK];
    start.iter_mut().zip(salt).for_each(|(byte, own)| *byte = *own);
    start
}
