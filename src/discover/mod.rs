//! Stage 1: which workbooks there are.

mod folder;
mod load;
mod patience;
mod walk;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

pub use folder::{FolderError, Input, Request, input_folder};
pub use load::{LoadError, Loaded, load};
pub use walk::workbooks;

/// A file that may be a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Path relative to the input folder, with `/`, in NFC.
    pub path: String,
    /// Where it is on this machine.
    pub absolute: PathBuf,
    /// It is open in Excel or another program, by the file that such programs put beside it.
    pub in_use: bool,
}

/// Something of the input that nobody reads although somebody may expect it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Path relative to the input folder, with `/`, in NFC.
    pub path: String,
    /// What is wrong.
    pub kind: TroubleKind,
}

/// Why something of the input is not read, in Japanese.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TroubleKind {
    /// The operating system refuses to list a folder or to follow a link: why, in Japanese.
    #[error("{0}")]
    Unreachable(String),
    /// It is named like a workbook, but no file that can be read to an end (a pipe, a device).
    #[error("ファイルではありません")]
    NotAFile,
    /// Another file has the same name, but for how its characters are put together.
    #[error("文字の組み合わせ方だけが違う、同じ名前のファイルがあります")]
    SameName,
}

/// What an input folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// The workbooks, sorted by path.
    pub workbooks: Vec<Found>,
    /// Files that are no workbooks, by their paths; nobody reads them.
    pub others: Vec<String>,
    /// What is not read although somebody may expect it, sorted by path.
    pub troubles: Vec<Trouble>,
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
    /// It does not answer.
    #[error(
        "台帳のフォルダー「{0}」から応答がありません。共有フォルダーやネットワークにつながるか確かめ、もう一度実行してください"
    )]
    Stalled(String),
}

/// The SHA-256 of some bytes, lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

/// A path as people write it: with `/`.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
