//! AES and hashes as both ways of encryption use them.

use aes::cipher::consts::U16;
use aes::cipher::{BlockCipherDecrypt, BlockSizeUser, KeyInit};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Bytes of a block of AES.
pub const BLOCK: usize = 16;

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// 20 bytes.
    Sha1,
    /// 32 bytes.
    Sha256,
    /// 48 bytes.
    Sha384,
    /// 64 bytes.
    Sha512,
}

impl Hash {
    /// By its name in a file.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "SHA1" | "SHA-1" => Some(Self::Sha1),
            "SHA256" | "SHA-256" => Some(Self::Sha256),
            "SHA384" | "SHA-384" => Some(Self::Sha384),
            "SHA512" | "SHA-512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// The hash of bytes that stand behind one another.
    pub fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::Sha1 => digest::<Sha1>(parts),
            Self::Sha256 => digest::<Sha256>(parts),
            Self::Sha384 => digest::<Sha384>(parts),
            Self::Sha512 => digest::<Sha512>(parts),
        }
    }

    /// The hash of a password, hashed so many times over that guessing takes long.
    pub fn spun(self, salt: &[u8], password: &[u8], times: u32) -> Vec<u8> {
        (0..times).fold(self.of(&[salt, password]), |hash, round| self.of(&[&round.to_le_bytes(), &hash]))
    }
}

fn digest<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = D::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().to_vec()
}

/// Decrypts whole blocks, each by itself; `None` where the key has no length that AES knows or a block is not whole.
pub fn decrypt_blocks(key: &[u8], data: &mut [u8]) -> Option<()> {
    decrypt(key, data, |_, _| {})
}

/// Decrypts whole blocks, each chained to the one before it.
pub fn decrypt_chain(key: &[u8], mut before: [u8; BLOCK], data: &mut [u8]) -> Option<()> {
    decrypt(key, data, |encrypted, block| {
        block.iter_mut().zip(before).for_each(|(byte, other)| *byte ^= other);
        before = encrypted;
    })
}

/// `finish` gets each block as it was, and decrypted.
fn decrypt(key: &[u8], data: &mut [u8], finish: impl FnMut([u8; BLOCK], &mut [u8; BLOCK])) -> Option<()> {
    match key.len() {
        16 => decrypt_by::<aes::Aes128>(key, data, finish),
        24 => decrypt_by::<aes::Aes192>(key, data, finish),
        32 => decrypt_by::<aes::Aes256>(key, data, finish),
        _ => None,
    }
}

fn decrypt_by<C>(
    key: &[u8],
    data: &mut [u8],
    mut finish: impl FnMut([u8; BLOCK], &mut [u8; BLOCK]),
) -> Option<()>
where
    C: KeyInit + BlockCipherDecrypt + BlockSizeUser<BlockSize = U16>,
{
    let cipher = C::new_from_slice(key).ok()?;
    let (blocks, rest) = data.as_chunks_mut::<BLOCK>();
    if !rest.is_empty() {
        return None;
    }
    for block in blocks {
        let encrypted = *block;
        cipher.decrypt_block((&mut *block).into());
        finish(encrypted, block);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 197, appendix B; and the same block behind a chained one.
    #[test]
    fn aes_is_aes() {
        let key =
            [0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c];
        let secret =
            [0x39, 0x25, 0x84, 0x1d, 0x02, 0xdc, 0x09, 0xfb, 0xdc, 0x11, 0x85, 0x97, 0x19, 0x6a, 0x0b, 0x32];
        let plain =
            [0x32, 0x43, 0xf6, 0xa8, 0x88, 0x5a, 0x30, 0x8d, 0x31, 0x31, 0x98, 0xa2, 0xe0, 0x37, 0x07, 0x34];
        let mut data = [secret, secret].concat();
        assert_eq!(decrypt_blocks(&key, &mut data), Some(()));
        assert_eq!(data, [plain, plain].concat());
        let mut two = [secret, secret].concat();
        assert_eq!(decrypt_chain(&key, [0; BLOCK], &mut two), Some(()));
        assert_eq!(two[..BLOCK], plain);
        let chained: Vec<u8> = plain.iter().zip(secret).map(|(a, b)| a ^ b).collect();
        assert_eq!(two[BLOCK..], chained);
        assert_eq!(decrypt_blocks(&key, &mut [0; 15]), None);
        assert_eq!(decrypt_blocks(&key[..5], &mut [0; BLOCK]), None);
    }
}
