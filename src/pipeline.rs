//! READ FIRST: the way of the data, one line a stage.
//!
//! discover → read → locate → normalise → consolidate → judge → compose → excel / pdf / export → publish.
//! [`month`] reads like that sentence as far as compose and its renderers; `commands::run` publishes what it returns.

mod previous;
mod printing;
mod reading;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::amend;
use crate::console::Progress;
use crate::consolidate::{Rules, consolidate};
use crate::discover::{self, DiscoverError, Input};
use crate::errata::errata;
use crate::export::ExportError;
use crate::extract::{Means, Records};
use crate::finding::{Excerpts, accept};
use crate::history::{self, Today};
use crate::inspect::{self, Inspection};
use crate::judge::{self, Law};
use crate::model::dataset::{Dataset, Source};
use crate::model::fiscal::Period;
use crate::model::memory::Memory;
use crate::model::organisation::Organisation;
use crate::model::sheet::Workbook;
use crate::project::Project;
use crate::publish::{Cache, Keeper, OutputFile, PublishError};
use crate::submission::{self, Circumstances, Submitted};
pub use printing::reprint;
use reading::Reading;

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
    /// How many threads work at a time; `None` leaves it to the machine.
    pub jobs: Option<NonZeroUsize>,
    /// The program whose processes read workbooks; `None` reads them in this one.
    pub apart: Option<PathBuf>,
    /// The edition that this one corrects; `None` for a month's first.
    pub correcting: Option<Corrected>,
    /// Whether documents are composed; `check` only needs the dataset.
    pub compose: bool,
    /// What the last run worked out; `None` works out all.
    pub cache: Option<Cache>,
    /// Where inputs are kept; `None` keeps none.
    pub keeper: Option<Keeper>,
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
    /// The files of the month's folder but `manifest.json`; none unless composed.
    pub outputs: Vec<OutputFile>,
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
    /// An input could not be kept (exit code 3).
    #[error(transparent)]
    Keep(#[from] PublishError),
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

/// Makes a month. However many threads work on it, it is the same to the byte.
pub fn month(settings: &Settings) -> Result<Month, RunError> {
    let threads = settings.jobs.map_or(0, NonZeroUsize::get);
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(threads) => threads.install(|| make(settings)),
        // The system gives no threads: this one does all.
        Err(_) => make(settings),
    }
}

fn make(settings: &Settings) -> Result<Month, RunError> {
    let listing = discover::workbooks(&settings.input)?;
    let organisation = settings.project.config.organisation(settings.period);
    let readings = reading::read_all(settings, &organisation, &listing)?;
    let (before, note) = before(settings);
    let submitted = submitted(settings, &organisation, before.as_ref(), &readings);
    let (mut dataset, mut excerpts) = dataset(settings, &organisation, readings, submitted);
    judged(settings, &organisation, &mut dataset);
    excerpts.retain(&dataset.findings);
    if let Some(Corrected { number, before }) = &settings.correcting {
        dataset.edition = *number;
        dataset.errata = errata(before, &dataset, &settings.project.vocabulary.eras);
    }
    let outputs = if settings.compose { printing::print(settings, &mut dataset)? } else { Vec::new() };
    Ok(Month { dataset, outputs, excerpts, notes: note.into_iter().collect() })
}

/// The newest earlier month, where workbooks are expected, or why it cannot be used.
fn before(settings: &Settings) -> (Option<Dataset>, Option<String>) {
    if settings.project.config.submission.expected.is_empty() {
        return (None, None);
    }
    match previous::previous(&settings.input.reports, settings.period) {
        Ok(before) => (before, None),
        Err(note) => (None, Some(note)),
    }
}

/// Stage 4½: which expected workbooks are there, and what stands in for the others.
fn submitted(
    settings: &Settings,
    organisation: &Organisation,
    before: Option<&Dataset>,
    readings: &[Reading],
) -> Submitted {
    let sources: Vec<&Source> = readings.iter().map(|reading| &reading.source).collect();
    let records: Vec<&Records> = readings.iter().map(|reading| &reading.records).collect();
    let rules = &settings.project.config.submission;
    submission::submitted(
        &sources,
        &records,
        &Circumstances { rules, organisation, as_of: settings.as_of, before },
    )
}

/// What a project reads with.
fn means<'a>(project: &'a Project, organisation: &'a Organisation) -> Means<'a> {
    Means::new(&project.config, &project.vocabulary, &project.profiles, organisation)
}

/// Stage 5: one dataset, and the rows in which findings stand.
fn dataset(
    settings: &Settings,
    organisation: &Organisation,
    readings: Vec<Reading>,
    submitted: Submitted,
) -> (Dataset, Excerpts) {
    let Project { config, words, vocabulary, .. } = &settings.project;
    let (mut sources, mut records) = (Vec::new(), Vec::new());
    let (mut corrections, mut remarks) = (Vec::new(), Vec::new());
    let mut excerpts = Excerpts::default();
    for mut reading in readings {
        excerpts.append(std::mem::take(&mut reading.records.excerpts));
        sources.push(reading.source);
        records.push(reading.records);
        corrections.append(&mut reading.amendments.corrections);
        remarks.append(&mut reading.amendments.remarks);
    }
    let amended = amend::apply(&mut records, &corrections, vocabulary);
    records.extend(submitted.records);
    let rules = Rules { config, organisation, vocabulary, fiscal_year: settings.period.fiscal_year() };
    let consolidated = consolidate(records, amended, &rules);
    let findings = consolidated.drafts.into_iter().map(|draft| words.finish(draft)).collect();
    let (findings, accepted) = accept(findings, &config.accepted, settings.as_of, &vocabulary.eras);
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
        judgements: Vec::new(),
        remarks,
        sources,
        submissions: submitted.submissions,
        carried_sources: submitted.sources,
        memory: Memory::default(),
        findings,
        accepted,
        correspondence: config.correspondence.clone(),
    };
    (dataset, excerpts)
}

/// Stage 6: judgements, and what earlier months say to the month.
fn judged(settings: &Settings, organisation: &Organisation, dataset: &mut Dataset) {
    let Project { config, words, vocabulary, rules, .. } = &settings.project;
    // How long something has stood still is part of its judgement, and judgements tell what is better or worse.
    let past = history::load(&settings.input.reports, settings.period);
    let today = Today::new(config, organisation, vocabulary);
    dataset.memory = history::still(dataset, &past, &today);
    let judged = judge::judge(dataset, &Law { rules, config, organisation, vocabulary });
    dataset.judgements = judged.judgements;
    dataset.add_findings(judged.drafts.into_iter().map(|draft| words.finish(draft)));
    history::compare(dataset, &past, &today);
    dataset.findings.extend(past.drafts.into_iter().map(|draft| words.finish(draft)));
}

/// Reads one workbook and tells how it was understood.
pub fn inspect(project: &Project, workbook: &Path, as_of: NaiveDate) -> Result<Inspection, RunError> {
    let opened = open(project, workbook)?;
    let organisation = project.config.organisation(Period::of(as_of));
    Ok(inspect::describe(&opened, &means(project, &organisation)))
}

/// Reads one workbook and drafts a profile for what its header words do not explain.
pub fn suggest_profile(project: &Project, workbook: &Path, as_of: NaiveDate) -> Result<String, RunError> {
    let opened = open(project, workbook)?;
    let organisation = project.config.organisation(Period::of(as_of));
    Ok(inspect::suggest(&opened, &means(project, &organisation)))
}

fn open(project: &Project, workbook: &Path) -> Result<Workbook, RunError> {
    let path = workbook.display().to_string();
    let failed = |reason: String| RunError::Workbook { path: path.clone(), reason };
    let bytes = std::fs::read(workbook).map_err(|error| failed(crate::io_reason::io_reason(&error)))?;
    project.open(&path, &bytes).map_err(|error| failed(error.to_string()))
}
