//! `hoshin run --correct`: a closed month may only be followed by a new edition with its 正誤表.

use std::path::Path;

use super::{Exit, Failure};
use crate::discover::shown;
use crate::export::Snapshot;
use crate::io_reason::io_reason;
use crate::model::fiscal::Period;
use crate::pipeline::Corrected;
use crate::publish::{self, Edition};

/// The closed edition that a run of this month corrects; `None` where the month is open.
///
/// A closed month without `--correct` is refused (exit code 5), as is `--correct` for an open one (2).
pub(super) fn corrected(reports: &Path, period: Period, correct: bool) -> Result<Option<Corrected>, Failure> {
    match publish::newest_frozen(reports, period)? {
        None if correct => {
            let message = format!(
                "{period} はまだ確定していないので、訂正の版は作れません。--correct を付けずに実行すると作り直せます"
            );
            Err(Failure::new(Exit::Usage, message))
        }
        None => Ok(None),
        Some(_) if !correct => {
            let message = format!(
                "{period} は確定しているので、作り直せません。誤りがあったときは、台帳を直してから --correct を付けて実行してください（訂正の版と正誤表ができます）"
            );
            Err(Failure::new(Exit::Frozen, message))
        }
        Some(edition) => {
            let before = snapshot(reports, edition)?.dataset;
            Ok(Some(Corrected { number: edition.number + 1, before }))
        }
    }
}

/// What is said where a correction would change nothing.
pub(super) fn nothing(period: Period) -> String {
    format!("{period} の確定した版と違うところがありません。訂正の版は作りませんでした。")
}

/// The snapshot of an edition.
pub(super) fn snapshot(reports: &Path, edition: Edition) -> Result<Snapshot, Failure> {
    let folder = reports.join(edition.to_string());
    let failed = |reason: String| {
        let message = format!(
            "「{}」を読めません: {reason}。控えからこの版のフォルダーを元に戻してください",
            shown(&folder.join(publish::SNAPSHOT))
        );
        Failure::new(Exit::NotWritten, message)
    };
    let bytes = publish::snapshot_bytes(&folder).map_err(|error| failed(io_reason(&error)))?;
    Snapshot::read(&bytes).map_err(|error| failed(error.to_string()))
}
