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
    /// `--output`: the folder of the reports.
    pub reports: &'r Path,
}

/// A folder to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub folder: PathBuf,
    /// It is plain `input/`, in which folders named like months hold the workbooks of those months.
    pub plain: bool,
    /// The folder of the reports, which is not read even where it lies in the input.
    pub reports: PathBuf,
}

/// The month cannot be read from the folder that would be its input (exit code 2).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FolderError {
    /// A month that is over would be read from today's workbooks.
    #[error(
        "{period} は過ぎた月です。{input} の台帳は今の数字なので、そのままでは今の数字が {period} のものとして残ってしまいます。\
         その月の台帳を {input}/{period} に入れるか、--input で場所を指定してください。\
         今の台帳で作ってよければ --late を付けてください（すべての帳票に「○月○日時点の台帳による」と印刷されます）"
    )]
    Over {
        /// The month.
        period: Period,
        /// The plain input folder.
        input: String,
    },
    /// The reports would be written among the workbooks.
    #[error("台帳と報告書のフォルダーが同じ「{0}」です。--output で別の場所を指定してください")]
    Same(String),
}

/// The folder to read: `--input`, else `input/<period>/` where it exists, else `input/`, which holds today's figures
/// and is therefore not read for a month before the default one unless `late`.
pub fn input_folder(request: &Request<'_>) -> Result<Input, FolderError> {
    let (folder, plain) = folder(request)?;
    if is_same(&folder, request.reports) {
        return Err(FolderError::Same(shown(&folder)));
    }
    Ok(Input { folder, plain, reports: request.reports.to_owned() })
}

fn folder(request: &Request<'_>) -> Result<(PathBuf, bool), FolderError> {
    if let Some(input) = request.input {
        return Ok((input.to_owned(), false));
    }
    let plain = request.root.join("input");
    let own = plain.join(request.period.to_string());
    if own.is_dir() {
        return Ok((own, false));
    }
    if request.period < request.default && !request.late {
        return Err(FolderError::Over { period: request.period, input: shown(&plain) });
    }
    Ok((plain, true))
}

/// Whether two paths lead to one folder; what does not exist is nothing else's.
pub(super) fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
