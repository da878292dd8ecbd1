//! Stage 1: which workbooks there are.

mod folder;
mod walk;

#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

pub use folder::{FolderError, Input, Request, input_folder};
pub use walk::workbooks;

/// A file that may be a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Path relative to the input folder, with `/`, in NFC.
    pub path: String,
    /// Where it is on this machine.
    pub absolute: PathBuf,
}

/// What an input folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// The workbooks, sorted by path.
    pub workbooks: Vec<Found>,
    /// Files that are no workbooks, by their paths; nobody reads them.
    pub others: Vec<String>,
    /// Folders below that could not be listed: sentences in Japanese.
    pub notes: Vec<String>,
}

/// The input folder cannot be listed, or there is nothing in it (exit code 6).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiscoverError {
    /// There is no such folder.
    #[error(
        "台帳のフォルダー「{0}」がありません。フォルダーを作って台帳を入れるか、--input で場所を指定してください"
    )]
    Absent(String),
    /// It is a file.
    #[error("「{0}」はフォルダーではありません。--input には台帳の入ったフォルダーを指定してください")]
    NotAFolder(String),
    /// The operating system refuses.
    #[error("台帳のフォルダー「{folder}」を開けません: {reason}")]
    Unreadable {
        /// The folder as it was given.
        folder: String,
        /// Why, in Japanese.
        reason: String,
    },
}

/// A file's content, read once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// All its bytes.
    pub bytes: Vec<u8>,
    /// How many they are.
    pub size: u64,
    /// Their SHA-256, lower-case hex.
    pub sha256: String,
}

/// Reads a file whole, once: what is hashed, archived and parsed are the same bytes.
pub fn load(found: &Found) -> io::Result<Loaded> {
    let bytes = std::fs::read(&found.absolute)?;
    Ok(Loaded { size: bytes.len() as u64, sha256: sha256(&bytes), bytes })
}

/// The SHA-256 of some bytes, lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

/// A path as people write it: with `/`.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
