//! Standard encryption (Excel 2007): AES, each block by itself, with a key of SHA-1 hashes.

use super::cipher::{BLOCK, Hash, decrypt_blocks};

/// How often a password is hashed.
const SPINS: u32 = 50_000;
/// Bytes of a salt, of the verifier, and of the verifier's encrypted hash.
const SALT: usize = 16;
/// See [`SALT`].
const VERIFIER_HASH: usize = 32;
/// Bytes of a SHA-1 hash.
const SHA1: usize = 20;

/// What tells whether a password fits.
pub struct Standard {
    key_bytes: usize,
    salt: [u8; SALT],
    verifier: [u8; BLOCK],
    verifier_hash: [u8; VERIFIER_HASH],
}

impl Standard {
    /// From what stands behind version and flags; `None` where it is damaged.
    pub fn of(info: &[u8]) -> Option<Self> {
        let (length, rest) = info.split_first_chunk::<4>()?;
        let (header, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        let bits = u32::from_le_bytes(header.get(16..)?.first_chunk::<4>().copied()?);
        let (_, rest) = rest.split_first_chunk::<4>()?;
        let (salt, rest) = rest.split_first_chunk::<SALT>()?;
        let (verifier, rest) = rest.split_first_chunk::<BLOCK>()?;
        let (_, rest) = rest.split_first_chunk::<4>()?;
        let verifier_hash = rest.first_chunk::<VERIFIER_HASH>()?;
        Some(Self {
            key_bytes: usize::try_from(bits / 8).ok().filter(|bytes| matches!(bytes, 16 | 24 | 32))?,
            salt: *salt,
            verifier: *verifier,
            verifier_hash: *verifier_hash,
        })
    }

    /// The key of a password; `None` where it does not fit.
    pub fn key(&self, password: &[u8]) -> Option<Vec<u8>> {
        let spun = Hash::Sha1.spun(&self.salt, password, SPINS);
        let block = Hash::Sha1.of(&[&spun, &0_u32.to_le_bytes()]);
        let half = |pad: u8| {
            let mut padded = [pad; 64];
            padded.iter_mut().zip(&block).for_each(|(byte, other)| *byte ^= other);
            Hash::Sha1.of(&[&padded])
        };
        let mut key = [half(0x36), half(0x5C)].concat();
        key.truncate(self.key_bytes);
        let (mut verifier, mut hash) = (self.verifier, self.verifier_hash);
        decrypt_blocks(&key, &mut verifier)?;
        decrypt_blocks(&key, &mut hash)?;
        (Hash::Sha1.of(&[&verifier]) == hash[..SHA1]).then_some(key)
    }

    /// Decrypts the package.
    pub fn open(key: &[u8], body: &mut Vec<u8>) -> Option<()> {
        body.truncate(body.len() - body.len() % BLOCK);
        decrypt_blocks(key, body)
    }
}
