//! Stage 9: a month is placed whole or not at all.
//!
//! Everything is written beside the month's folder, on the same volume, and synced. Then the old and the new month are
//! exchanged in one step where the file system can do that, else the old one is set aside and the new one renamed into
//! place. `latest.txt` follows, and the old month goes. What a run that died leaves behind is undone or finished when the
//! next one opens the folder.
//!
//! | name below the reports folder | what it is | when the folder is next opened |
//! |---|---|---|
//! | `.hoshin-new-<edition>` | the new month, half written; after the exchange the old one | removed |
//! | `.hoshin-old-<edition>` | the old month, set aside | put back where no month stands in its place, else removed |
//! | `.hoshin-ready-<edition>-<seal>` | a whole month whose place was in use | put in its place |
//! | `.hoshin-inputs` | what was read, until the month stands and it moves to 原本/ | removed |
//! | `.hoshin-gone-…` | a month that waited and is needed no more | removed |
//! | `.hoshin-<file>`, here and in 原本/ and logs/ | a file, half written | removed |
//! | `.cache/` | what the last run worked out, see `cache` | left as it is |
//! | `.lock`, `.hoshin-holder` | the lock and who holds it | taken over: a dead process holds no lock |

mod archive;
mod cache;
mod files;
mod frozen;
mod keeper;
mod leftovers;
mod lock;
mod logs;
mod manifest;
mod names;
mod place;
mod ready;
mod result;
mod single;
mod swap;
mod volume;

#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};

pub use cache::{About, Cache, Key};
pub use frozen::{Edition, Frozen, frozen, newest, newest_frozen};
pub use keeper::Keeper;
pub use lock::Reports;
pub use logs::KEPT_LOGS;
pub use manifest::{Manifest, ManifestCounts, ManifestInput, ManifestOutput, Times, last_before};
pub use names::{NameError, safe_name};
pub use place::{is_free, write_new};
pub use ready::waits;
pub use result::result_text;
pub(crate) use result::{place_words, urgent};
pub use single::write_form;

use crate::discover::{sha256, shown};
use crate::io_reason::io_reason;
use crate::model::fiscal::Period;

/// A file of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Path below the month's folder, with `/`: `部局別/総合政策部.pdf`. Its parts come from [`safe_name`].
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// SHA-256 of its content, lower-case hex.
    pub sha256: String,
}

impl OutputFile {
    /// A file of a path with a content.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        let sha256 = sha256(&bytes);
        Self { path: path.into(), bytes, sha256 }
    }
}

/// An input to be kept in 原本/.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// The extension it is kept under, without the dot, lower-case: `xlsx`.
    pub extension: String,
}

impl Original {
    /// Its name in 原本/: `<sha256>.xlsx`.
    fn name(&self) -> String {
        format!("{}.{}", self.sha256, self.extension)
    }

    /// Where it is kept, relative to the reports folder: `原本/<sha256>.xlsx`.
    pub fn path(&self) -> String {
        format!("{ARCHIVE}/{}", self.name())
    }
}

/// The folder that keeps the inputs.
const ARCHIVE: &str = "原本";

/// Starts the names of what a run is still writing.
const TEMPORARY: &str = ".hoshin-";

/// The reports could not be written; nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Another run holds the folder (exit code 4).
    #[error("別の hoshin が「{folder}」を使っています（{holder}）。終わってからもう一度実行してください")]
    Busy {
        /// The reports folder.
        folder: String,
        /// Who holds it, as far as known.
        holder: String,
    },
    /// The operating system refuses (exit code 3).
    #[error("{doing}ことができません。「{path}」: {reason}")]
    Io {
        /// What was being done: 「報告書を書き込む」.
        doing: &'static str,
        /// With which file or folder.
        path: String,
        /// Why, in Japanese.
        reason: String,
    },
    /// The file system knows no locks, so two runs could write at the same time (exit code 3).
    #[error(
        "「{folder}」のある場所では、ほかの実行と重ならないための鍵（ファイルのロック）を使えません。2つの実行が同時に書き込むのを防げないので、何も書き込みませんでした。報告書のフォルダーは、このパソコンのディスクか、ロックを使える共有フォルダーに置いてください（--output で指定できます）"
    )]
    NoLocks {
        /// The reports folder.
        folder: String,
    },
    /// The month that stands cannot be moved, most often because one of its files is open (exit code 3).
    #[error(
        "「{path}」が{state}ため、{edition} の報告書を新しいものと入れ替えられません。開いている人がいないか確かめ、閉じてください。{next}"
    )]
    InUse {
        /// The month.
        edition: Edition,
        /// The open file, else the month's folder.
        path: String,
        /// 「動かせない」, say.
        state: String,
        /// What comes next, in Japanese.
        next: &'static str,
    },
    /// 確定.toml cannot be read, so nobody knows which months are closed (exit code 3).
    #[error(
        "「{path}」を読めないため、どの月が確定しているか分かりません: {reason}。控えから元に戻してから、もう一度実行してください"
    )]
    Frozen {
        /// The file.
        path: String,
        /// Why, in Japanese.
        reason: String,
    },
    /// The folder for a new copy of a month's reports holds something (exit code 2).
    #[error(
        "「{folder}」には、すでにほかのものがあります。上書きはしません。--output で新しい名前のフォルダーを指定してください"
    )]
    Occupied {
        /// The folder.
        folder: String,
    },
    /// A file's path is not safe, or two files are to have the same (exit code 3).
    #[error("報告書のファイル名が正しくありません: {0}")]
    Name(#[from] NameError),
}

impl PublishError {
    fn io(doing: &'static str, path: &Path, error: &io::Error) -> Self {
        Self::Io { doing, path: shown(path), reason: io_reason(error) }
    }

    fn in_use(edition: Edition, path: &Path, state: &str) -> Self {
        let next = "閉じてから、もう一度実行してください";
        Self::InUse { edition, path: shown(path), state: state.to_owned(), next }
    }

    /// The same error where the new month is kept beside.
    fn kept(self) -> Self {
        let told = "新しい報告書はできているので取っておき、次に hoshin を実行したときに入れ替えます";
        match self {
            Self::InUse { edition, path, state, .. } => Self::InUse { edition, path, state, next: told },
            other => other,
        }
    }
}

/// Where a month's folder keeps its snapshot.
pub const SNAPSHOT: &str = "data/snapshot.json";

/// Where a month's folder keeps its manifest.
const MANIFEST: &str = "manifest.json";

/// The bytes of the snapshot in a month's folder.
pub fn snapshot_bytes(month: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(month.join(SNAPSHOT))
}

/// The months that stand in a reports folder, oldest first, editions of one month in their order.
pub fn months(reports: &Path) -> Vec<(Period, u32, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(reports) else { return Vec::new() };
    let mut months: Vec<_> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| {
            let (period, edition) = month_name(entry.file_name().to_str()?)?;
            Some((period, edition, entry.path()))
        })
        .collect();
    months.sort();
    months
}

/// The month and edition of a folder's name: `2021-05` is edition 0, `2021-05_訂正1` is 1.
fn month_name(name: &str) -> Option<(Period, u32)> {
    match name.split_once("_訂正") {
        Some((period, edition)) => Some((period.parse().ok()?, edition.parse().ok()?)),
        None => Some((name.parse().ok()?, 0)),
    }
}
