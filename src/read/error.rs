//! Why a file could not be read.

use crate::finding::{Code, Draft};
use crate::model::limits::Exceeded;

/// Why a file could not be read; shown in plain Japanese.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// A password protects it.
    #[error("パスワードで保護されているため、開けません")]
    Encrypted,
    /// It looks like a workbook, but its content is damaged. The detail is for the log, not for people.
    #[error("ファイルが壊れているため、読めません")]
    Broken(String),
    /// It is something else: what it seems to be, in Japanese.
    #[error("表計算のブックではありません（{0}のようです）")]
    NotAWorkbook(String),
    /// It has no bytes at all.
    #[error("ファイルが空（0 バイト）です")]
    Empty,
    /// It is larger than hoshin.toml allows, or would take longer.
    #[error("{0}")]
    OverLimit(#[from] Exceeded),
}

impl ReadError {
    /// The finding that says so.
    pub fn code(&self) -> Code {
        match self {
            Self::Encrypted => Code::WorkbookEncrypted,
            Self::Broken(_) => Code::WorkbookBroken,
            Self::NotAWorkbook(_) => Code::NotAWorkbook,
            Self::Empty => Code::WorkbookEmpty,
            Self::OverLimit(_) => Code::WorkbookOverLimit,
        }
    }

    /// The finding about a workbook, without its place.
    pub fn draft(&self) -> Draft {
        let draft = Draft::new(self.code()).reading(self.to_string());
        match self {
            Self::OverLimit(exceeded) => draft.with("key", exceeded.limit.key()),
            _ => draft,
        }
    }

    /// What the log should say beyond the sentence for people; empty where there is nothing.
    pub fn detail(&self) -> &str {
        if let Self::Broken(detail) = self { detail } else { "" }
    }

    /// Damaged, with a detail for the log.
    #[allow(clippy::needless_pass_by_value, reason = "so that `map_err` takes it by name")]
    pub(super) fn broken(detail: impl ToString) -> Self {
        Self::Broken(detail.to_string())
    }
}
