//! The newest earlier month, out of its `data/snapshot.json`.

use std::path::Path;

use crate::export::Snapshot;
use crate::io_reason::io_reason;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Period;
use crate::publish;

/// The newest edition of the newest month before `period` in a reports folder; `None` where there is none. A snapshot
/// that cannot be used is named in a sentence for people.
pub(super) fn previous(reports: &Path, period: Period) -> Result<Option<Dataset>, String> {
    let months = publish::months(reports);
    let Some((month, _, folder)) = months.iter().rev().find(|(month, _, _)| *month < period) else {
        return Ok(None);
    };
    let told = |reason: String| {
        format!("{month} の記録（data/snapshot.json）を使えません。前回値は入りません: {reason}")
    };
    let bytes = publish::snapshot_bytes(folder).map_err(|error| told(io_reason(&error)))?;
    let snapshot = Snapshot::read(&bytes).map_err(|error| told(error.to_string()))?;
    Ok(Some(snapshot.dataset))
}
