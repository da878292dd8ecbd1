//! The earlier months of a reports folder: the only file access of this stage.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Month, Past};
use crate::discover::shown;
use crate::export::Snapshot;
use crate::finding::{Code, Draft};
use crate::io_reason::io_reason;
use crate::model::fiscal::Period;
use crate::publish::{months, snapshot_bytes};

/// How many earlier months count: a year, and the same month of the year before.
const MOST: usize = 13;

/// The months before `period` that stand in a reports folder, of each the newest edition, oldest first.
///
/// Never fails: a month that is missing between them or that cannot be used is named in [`Past::drafts`].
pub fn load(reports: &Path, period: Period) -> Past {
    let mut newest: Vec<(Period, u32, PathBuf)> = Vec::new();
    for month in months(reports).into_iter().filter(|(month, ..)| *month < period) {
        // Editions of one month come in their order: the last one stands.
        newest.retain(|(known, ..)| *known != month.0);
        newest.push(month);
    }
    let skipped = newest.len().saturating_sub(MOST);
    let mut past = Past::default();
    for (month, edition, folder) in newest.drain(..).skip(skipped) {
        match read(&folder) {
            Ok(mut read) => {
                read.edition = edition;
                past.months.push(read);
            }
            Err(reason) => past.drafts.push(unreadable(month, &folder, reason)),
        }
    }
    past.drafts.extend(gap(&past.months, period));
    past
}

/// A month's snapshot, with what the stages to come need of it.
fn read(folder: &Path) -> Result<Month, String> {
    let bytes = snapshot_bytes(folder)
        .map_err(|error| format!("data/snapshot.json を開けません（{}）", io_reason(&error)))?;
    Snapshot::month(&bytes).map_err(|error| format!("data/snapshot.json は{error}"))
}

fn unreadable(month: Period, folder: &Path, reason: String) -> Draft {
    let name = folder.file_name().map_or_else(|| month.to_string(), |name| shown(Path::new(name)));
    Draft::new(Code::HistoryUnreadable)
        .with("name", name)
        .with("month", month.to_string())
        .with("reason", reason.clone())
        .reading(reason)
}

/// Says which months are missing between the oldest one and the period; nothing where all stand.
fn gap(months: &[Month], period: Period) -> Option<Draft> {
    let standing: BTreeSet<Period> = months.iter().map(|month| month.period).collect();
    let (oldest, newest) = (*standing.first()?, *standing.last()?);
    let mut missing = Vec::new();
    let mut month = period.previous();
    while month > oldest {
        if !standing.contains(&month) {
            missing.push(month.to_string());
        }
        month = month.previous();
    }
    missing.reverse();
    let draft = Draft::new(Code::HistoryGap).with("months", missing.join("、"));
    (!missing.is_empty()).then(|| draft.with("against", newest.to_string()))
}
