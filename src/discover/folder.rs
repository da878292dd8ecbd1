//! Which folder a month is read from.

use std::path::{Path, PathBuf};

use super::shown;
use crate::model::fiscal::Period;

/// What decides the input folder.
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// `--input`, where given.
    pub input: Option<&'r Path>,
    /// The project folder, in which `input/` stands.
    pub root: &'r Path,
    /// The month to be reported.
    pub period: Period,
    /// The month that `run` reports on by default today.
    pub default: Period,
    /// `--late`.
    pub late: bool,
}

/// A folder to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub folder: PathBuf,
    /// It is plain `input/`, in which folders named like months hold the workbooks of those months.
    pub plain: bool,
}

/// A month that is over would be read from today's workbooks (exit code 2).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{period} は過ぎた月です。{input} の台帳は今の数字なので、そのままでは今の数字が {period} のものとして残ってしまいます。\
     その月の台帳を {input}/{period} に入れるか、--input で場所を指定してください。\
     今の台帳で作ってよければ --late を付けてください（すべての帳票に「○月○日時点の台帳による」と印刷されます）"
)]
pub struct FolderError {
    period: Period,
    input: String,
}

/// The folder to read: `--input`, else `input/<period>/` where it exists, else `input/`, which holds today's figures
/// and is therefore not read for a month before the default one unless `late`.
pub fn input_folder(request: &Request<'_>) -> Result<Input, FolderError> {
    if let Some(input) = request.input {
        return Ok(Input { folder: input.to_owned(), plain: false });
    }
    let plain = request.root.join("input");
    let own = plain.join(request.period.to_string());
    if own.is_dir() {
        return Ok(Input { folder: own, plain: false });
    }
    if request.period < request.default && !request.late {
        return Err(FolderError { period: request.period, input: shown(&plain) });
    }
    Ok(Input { folder: plain, plain: true })
}
