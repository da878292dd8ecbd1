//! From a folder of workbooks to the files of a month.

use std::num::NonZeroUsize;
use std::path::Path;

use chrono::NaiveDate;

use crate::config::Config;
use crate::console::Progress;
use crate::discover::{self, DiscoverError, Input};
use crate::finding::Words;
use crate::model::dataset::{Dataset, Outcome, Source};
use crate::model::fiscal::Period;
use crate::publish::{Original, OutputFile};
use crate::templates::Templates;

/// What a city has set, valid in itself.
#[derive(Debug, Clone)]
pub struct Project {
    /// hoshin.toml.
    pub config: Config,
    /// What may be changed without recompiling.
    pub templates: Templates,
    /// The words of findings, with the city's severities.
    pub words: Words,
}

/// What a month is made from.
#[derive(Debug)]
pub struct Settings {
    /// What the city has set.
    pub project: Project,
    /// Where the workbooks are.
    pub input: Input,
    /// The reporting month.
    pub period: Period,
    /// The day that is printed.
    pub as_of: NaiveDate,
    /// Read late, from today's workbooks.
    pub late: bool,
    /// How many workbooks are read at a time; `None` leaves it to the machine.
    pub jobs: Option<NonZeroUsize>,
    /// Whether documents are composed; `check` only needs the dataset.
    pub compose: bool,
    /// Shown while it lasts.
    pub progress: Progress,
}

/// A month, read and composed.
#[derive(Debug)]
pub struct Month {
    /// Everything normalised.
    pub dataset: Dataset,
    /// The files of the month's folder but `manifest.json` and `実行結果.txt`; none unless composed.
    pub outputs: Vec<OutputFile>,
    /// The inputs to be kept; none where hoshin.toml says so.
    pub originals: Vec<Original>,
    /// What people should know of the input besides findings, in Japanese.
    pub notes: Vec<String>,
}

/// The month could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The input cannot be listed (exit code 6).
    #[error(transparent)]
    Discover(#[from] DiscoverError),
    /// A template is wrong: all problems (exit code 2).
    #[error("{}", .0.join("\n"))]
    Template(Vec<String>),
    /// A document could not be composed (exit code 3).
    #[error("{0}")]
    Compose(String),
}

/// How a workbook was understood.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// For people.
    pub text: String,
    /// For programs.
    pub json: String,
}

/// Reads a month and composes its files.
pub fn month(settings: &Settings) -> Result<Month, RunError> {
    let listing = discover::workbooks(&settings.input)?;
    settings.progress.stage("台帳を読んでいます", listing.workbooks.len());
    let mut sources = Vec::new();
    let mut originals = Vec::new();
    for found in &listing.workbooks {
        settings.progress.step(&found.path);
        let loaded = discover::load(found).ok();
        let outcome = if loaded.is_some() { Outcome::Read } else { Outcome::Failed };
        let (size, sha256) = loaded.as_ref().map(|l| (l.size, l.sha256.clone())).unwrap_or_default();
        let original =
            loaded.map(|l| Original { sha256: l.sha256, extension: "xlsx".to_owned(), bytes: l.bytes });
        let archive = original.as_ref().map(Original::path).unwrap_or_default();
        originals.extend(original);
        sources.push(Source {
            workbook: found.path.clone(),
            size,
            sha256,
            archive,
            format: None,
            outcome,
            department: String::new(),
            division: String::new(),
            figures: 0,
            initiatives: 0,
        });
    }
    let config = &settings.project.config;
    let dataset = Dataset {
        city: config.city.clone(),
        publisher: config.publisher.clone(),
        period: settings.period,
        as_of: settings.as_of,
        late: settings.late,
        departments: config.departments.clone(),
        indicators: Vec::new(),
        initiatives: Vec::new(),
        sections: Vec::new(),
        sources,
        findings: Vec::new(),
    };
    Ok(Month { dataset, outputs: Vec::new(), originals, notes: listing.notes })
}

/// Reads one workbook and tells how it was understood.
pub fn inspect(_project: &Project, workbook: &Path) -> Result<Inspection, RunError> {
    Err(RunError::Compose(format!("「{}」はまだ読めません", workbook.display())))
}
