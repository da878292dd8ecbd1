//! `manifest.json`: what went in and what came out, with the hashes of both.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{MANIFEST, OutputFile, months};
use crate::finding::Severity;
use crate::model::dataset::{Dataset, Outcome};
use crate::model::fiscal::Period;
use crate::model::sheet::Format;

/// When a run started and finished, in Japan's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// When the command started.
    pub started: DateTime<FixedOffset>,
    /// When everything was composed.
    pub finished: DateTime<FixedOffset>,
}

/// The content of `manifest.json`; besides the logs it alone says when the run took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// hoshin's version.
    pub version: String,
    /// The city's name.
    pub city: String,
    /// The reporting month.
    pub period: Period,
    /// The day that is printed.
    pub as_of: NaiveDate,
    /// Read late, from the workbooks of another day.
    pub late: bool,
    /// When the run started, RFC 3339.
    pub started: String,
    /// When it had composed everything, RFC 3339.
    pub finished: String,
    /// Every file that was read, by path.
    pub inputs: Vec<ManifestInput>,
    /// Every original that the reports link to, relative to the reports folder, in order: of the files above, and of those
    /// of earlier months whose values stand in (前回値). `None` in manifests of versions that did not list them.
    #[serde(default)]
    pub originals: Option<Vec<String>>,
    /// Every file of the month but this one, by path.
    pub outputs: Vec<ManifestOutput>,
    /// How much there was.
    pub counts: ManifestCounts,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestInput {
    /// Path relative to the input folder, with `/`, in NFC.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Hex.
    pub sha256: String,
    /// Told by its content.
    pub format: Option<Format>,
    /// What became of it.
    pub outcome: Outcome,
    /// Where it is kept, relative to the reports folder; empty where it is not.
    pub archive: String,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestOutput {
    /// Path below the month's folder, with `/`.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Hex.
    pub sha256: String,
}

/// How much there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ManifestCounts {
    /// Files that were opened as workbooks.
    pub workbooks: usize,
    /// Files that could not be.
    pub failed: usize,
    /// Indicators.
    pub indicators: usize,
    /// Figures read as they stand.
    pub figures_read: usize,
    /// Figures read with a stated assumption.
    pub figures_assumed: usize,
    /// Figures listed as unread.
    pub figures_unread: usize,
    /// Figures of an earlier month (前回値).
    #[serde(default)]
    pub figures_carried: usize,
    /// Initiative items.
    pub initiatives: usize,
    /// Findings of each severity.
    pub errors: usize,
    /// Findings of each severity.
    pub warnings: usize,
    /// Findings of each severity.
    pub notes: usize,
    /// Findings that divisions have answered for; not among those above.
    #[serde(default)]
    pub accepted: usize,
}

impl ManifestCounts {
    /// Counts a month.
    pub fn of(dataset: &Dataset) -> Self {
        let figures = dataset.counts();
        let failed = dataset.sources.iter().filter(|source| source.outcome == Outcome::Failed).count();
        let findings =
            |severity| dataset.findings.iter().filter(|finding| finding.severity == severity).count();
        Self {
            workbooks: dataset.sources.len() - failed,
            failed,
            indicators: dataset.indicators.len(),
            figures_read: figures.read,
            figures_assumed: figures.assumed,
            figures_unread: figures.unread,
            figures_carried: figures.carried,
            initiatives: dataset.initiatives.len(),
            errors: findings(Severity::Error),
            warnings: findings(Severity::Warning),
            notes: findings(Severity::Note),
            accepted: dataset.accepted.len(),
        }
    }
}

impl Manifest {
    /// The manifest of a month with these files.
    pub fn new(dataset: &Dataset, files: &[OutputFile], times: Times) -> Self {
        let input = |source: &crate::model::dataset::Source| ManifestInput {
            path: source.workbook.clone(),
            size: source.size,
            sha256: source.sha256.clone(),
            format: source.format,
            outcome: source.outcome,
            archive: source.archive.clone(),
        };
        let output = |file: &OutputFile| ManifestOutput {
            path: file.path.clone(),
            size: file.bytes.len() as u64,
            sha256: file.sha256.clone(),
        };
        let mut outputs: Vec<_> = files.iter().map(output).collect();
        outputs.sort_by(|a, b| a.path.cmp(&b.path));
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            city: dataset.city.clone(),
            period: dataset.period,
            as_of: dataset.as_of,
            late: dataset.late,
            started: times.started.to_rfc3339(),
            finished: times.finished.to_rfc3339(),
            inputs: dataset.sources.iter().map(input).collect(),
            originals: Some(originals(dataset)),
            outputs,
            counts: ManifestCounts::of(dataset),
        }
    }

    /// As `manifest.json` holds it.
    pub fn to_file(&self) -> OutputFile {
        // Plain structs of texts and numbers always have a JSON form.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        OutputFile::new(MANIFEST, bytes)
    }
}

/// What a month's reports link to in 原本/.
fn originals(dataset: &Dataset) -> Vec<String> {
    let sources = dataset.sources.iter().chain(&dataset.carried_sources);
    let kept: BTreeSet<&String> =
        sources.map(|source| &source.archive).filter(|archive| !archive.is_empty()).collect();
    kept.into_iter().cloned().collect()
}

/// The manifest of the newest month before `period` that stands in a reports folder; `None` where there is none or it
/// cannot be read.
pub fn last_before(reports: &Path, period: Period) -> Option<Manifest> {
    let months = months(reports);
    let (_, _, folder) = months.iter().rev().find(|(month, _, _)| *month < period)?;
    serde_json::from_slice(&std::fs::read(folder.join(MANIFEST)).ok()?).ok()
}
