//! READ FIRST: the way of the data, one line a stage.
//!
//! discover → read → locate → normalise → consolidate → judge → compose → excel / pdf / export → publish.
//! [`month`] reads like that sentence as far as compose and its renderers; `commands::run` publishes what it returns.

mod printing;
mod reading;

use std::num::NonZeroUsize;
use std::path::Path;

use chrono::NaiveDate;

use crate::amend;
use crate::config::Config;
use crate::console::Progress;
use crate::consolidate::{Rules, consolidate};
use crate::discover::{self, DiscoverError, Input};
use crate::errata::errata;
use crate::export::ExportError;
use crate::extract::Means;
use crate::finding::{Excerpts, Words};
use crate::inspect::{self, Inspection};
use crate::model::dataset::Dataset;
use crate::model::fiscal::Period;
use crate::model::sheet::Workbook;
use crate::normalise::Vocabulary;
use crate::pdf::Theme;
use crate::profile::Profile;
use crate::publish::{Original, OutputFile};
use crate::read;
use crate::templates::Templates;
use reading::Reading;

/// What a city has set, valid in itself.
#[derive(Debug, Clone)]
pub struct Project {
    /// hoshin.toml.
    pub config: Config,
    /// What may be changed without recompiling.
    pub templates: Templates,
    /// The words of findings, with the city's severities.
    pub words: Words,
    /// The words that city halls write.
    pub vocabulary: Vocabulary,
    /// How stubborn layouts are read.
    pub profiles: Vec<Profile>,
    /// Page, type sizes, colours.
    pub theme: Theme,
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
    /// The edition that this one corrects; `None` for a month's first.
    pub correcting: Option<Corrected>,
    /// Whether documents are composed; `check` only needs the dataset.
    pub compose: bool,
    /// Shown while it lasts.
    pub progress: Progress,
}

/// The closed edition of a month that a new one corrects.
#[derive(Debug, Clone)]
pub struct Corrected {
    /// The new edition's number, from 1.
    pub number: u32,
    /// What the closed edition said.
    pub before: Dataset,
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
    /// The rows in which findings stand, for showing them.
    pub excerpts: Excerpts,
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
    /// The one workbook that was asked for cannot be read.
    #[error("「{path}」を読めません。{reason}")]
    Workbook {
        /// As it was given.
        path: String,
        /// In Japanese.
        reason: String,
    },
}

impl From<ExportError> for RunError {
    fn from(error: ExportError) -> Self {
        Self::Compose(error.to_string())
    }
}

/// Makes a month.
pub fn month(settings: &Settings) -> Result<Month, RunError> {
    let listing = discover::workbooks(&settings.input)?;
    let readings = reading::read_all(settings, &listing.workbooks);
    let (mut dataset, originals, excerpts) = dataset(settings, readings);
    if let Some(Corrected { number, before }) = &settings.correcting {
        dataset.edition = *number;
        dataset.errata = errata(before, &dataset, &settings.project.vocabulary.eras);
    }
    let mut outputs = Vec::new();
    if settings.compose {
        let printed = printing::print(settings, &mut dataset)?;
        outputs = printing::files(settings, &dataset, printed)?;
    }
    Ok(Month { dataset, outputs, originals, excerpts, notes: listing.notes })
}

fn means(settings: &Settings) -> Means<'_> {
    Means { fiscal_year: settings.period.fiscal_year(), ..means_on(&settings.project, settings.as_of) }
}

/// What a project reads with, in the fiscal year of a day.
fn means_on(project: &Project, day: NaiveDate) -> Means<'_> {
    Means {
        vocabulary: &project.vocabulary,
        profiles: &project.profiles,
        departments: &project.config.departments,
        indicators: &project.config.indicators,
        fiscal_year: Period::of(day).fiscal_year(),
    }
}

/// Stage 5: one dataset, the inputs to keep, and the rows in which findings stand.
fn dataset(settings: &Settings, readings: Vec<Reading>) -> (Dataset, Vec<Original>, Excerpts) {
    let Project { config, words, vocabulary, .. } = &settings.project;
    let (mut sources, mut records, mut originals) = (Vec::new(), Vec::new(), Vec::new());
    let (mut corrections, mut remarks) = (Vec::new(), Vec::new());
    let mut excerpts = Excerpts::default();
    for mut reading in readings {
        excerpts.append(std::mem::take(&mut reading.records.excerpts));
        sources.push(reading.source);
        records.push(reading.records);
        originals.extend(reading.original);
        corrections.append(&mut reading.amendments.corrections);
        remarks.append(&mut reading.amendments.remarks);
    }
    let rules = Rules { config, vocabulary, fiscal_year: settings.period.fiscal_year() };
    let amended = amend::apply(&mut records, &corrections, vocabulary);
    let consolidated = consolidate(records, amended, &rules);
    let dataset = Dataset {
        city: config.city.clone(),
        publisher: config.publisher.clone(),
        period: settings.period,
        as_of: settings.as_of,
        late: settings.late,
        edition: 0,
        frozen: false,
        errata: Vec::new(),
        departments: consolidated.departments,
        indicators: consolidated.indicators,
        initiatives: consolidated.initiatives,
        sections: consolidated.sections,
        remarks,
        sources,
        findings: consolidated.drafts.into_iter().map(|draft| words.finish(draft)).collect(),
    };
    excerpts.retain(&dataset.findings);
    (dataset, originals, excerpts)
}

/// Reads one workbook and tells how it was understood.
pub fn inspect(project: &Project, workbook: &Path, as_of: NaiveDate) -> Result<Inspection, RunError> {
    let opened = open(project, workbook)?;
    Ok(inspect::describe(&opened, &means_on(project, as_of)))
}

/// Reads one workbook and drafts a profile for what its header words do not explain.
pub fn suggest_profile(project: &Project, workbook: &Path, as_of: NaiveDate) -> Result<String, RunError> {
    let opened = open(project, workbook)?;
    Ok(inspect::suggest(&opened, &means_on(project, as_of)))
}

fn open(project: &Project, workbook: &Path) -> Result<Workbook, RunError> {
    let path = workbook.display().to_string();
    let failed = |reason: String| RunError::Workbook { path: path.clone(), reason };
    let bytes = std::fs::read(workbook).map_err(|error| failed(crate::io_reason::io_reason(&error)))?;
    let opened = read::open(path.as_str().into(), &bytes, &project.vocabulary.eras);
    opened.map_err(|error| failed(error.to_string()))
}
