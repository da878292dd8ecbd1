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
