//! The exit codes, and which error has which.

use crate::discover::FolderError;
use crate::finding::{Finding, Severity};
use crate::pipeline::RunError;
use crate::publish::PublishError;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// As asked.
    Done,
    /// As asked, and there is a finding at or above `--fail-on`.
    Findings,
    /// Wrong usage, configuration or template.
    Usage,
    /// The reports could not be written.
    NotWritten,
    /// Another run holds the reports folder.
    Busy,
    /// The month is closed (確定).
    Frozen,
    /// The input is absent, cannot be listed, or holds too little.
    Input,
}

impl Exit {
    /// The process's exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::NotWritten => 3,
            Self::Busy => 4,
            Self::Frozen => 5,
            Self::Input => 6,
        }
    }

    /// All of them, in the order of their codes.
    pub const ALL: [Self; 7] =
        [Self::Done, Self::Findings, Self::Usage, Self::NotWritten, Self::Busy, Self::Frozen, Self::Input];

    /// What it means, in Japanese.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Done => "終わりました",
            Self::Findings => "終わりましたが、--fail-on で指定した重さ以上の指摘があります",
            Self::Usage => "命令・hoshin.toml・templates に誤りがあります",
            Self::NotWritten => "報告書を書き込めませんでした",
            Self::Busy => "ほかの実行が報告書のフォルダーを使っています",
            Self::Frozen => "その月は確定しています",
            Self::Input => "台帳がない、開けない、または前の月の半分もありません",
        }
    }

    /// What to do in the morning, in Japanese.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Done => "実行結果.txt を読み、要確認を確かめます。",
            Self::Findings => "実行結果.txt の「確かめていただきたいこと」を、担当の課に伝えます。",
            Self::Usage => "表示された行を直してから、hoshin check で確かめます。",
            Self::NotWritten => {
                "表示されたファイルが開かれていないか、ディスクの空きと書き込みの権限があるかを確かめて、もう一度実行します。"
            }
            Self::Busy => "先の実行が終わるのを待って、もう一度実行します。",
            Self::Frozen => "直すところがあるときは、台帳を直してから hoshin run --correct を実行します。",
            Self::Input => {
                "台帳のフォルダーや共有につながるか、台帳がそろっているかを確かめて、もう一度実行します。"
            }
        }
    }

    /// Whether findings reach a threshold.
    pub fn of(findings: &[Finding], threshold: Option<Severity>) -> Self {
        // Severities are ordered from the worst.
        let reached = threshold.is_some_and(|level| findings.iter().any(|finding| finding.severity <= level));
        if reached { Self::Findings } else { Self::Done }
    }
}

/// A command that could not go on; nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What happened, where, and what to do, in Japanese.
    pub message: String,
}

impl Failure {
    /// A failure with its message.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into() }
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        let exit = match error {
            PublishError::Busy { .. } => Exit::Busy,
            PublishError::Occupied { .. } => Exit::Usage,
            _ => Exit::NotWritten,
        };
        Self::new(exit, error.to_string())
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        let exit = match error {
            RunError::Keep(error) => return error.into(),
            RunError::Discover(_) | RunError::Workbook { .. } => Exit::Input,
            RunError::Template(_) => Exit::Usage,
            RunError::Compose(_) => Exit::NotWritten,
        };
        Self::new(exit, error.to_string())
    }
}

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        Self::new(Exit::Usage, error.to_string())
    }
}
