//! READ FIRST: the way of the data, one line a stage.
//!
//! discover → read → locate → normalise → consolidate → judge → compose → excel / pdf / export → publish.
//! [`month`] reads like that sentence as far as compose and its renderers; `commands::run` publishes what it returns.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::compose::{self, Report};
use crate::config::Config;
use crate::console::Progress;
use crate::consolidate::{Rules, consolidate};
use crate::discover::{self, DiscoverError, Found, Input, Loaded};
use crate::export::{self, ExportError, SCHEMA, Snapshot};
use crate::extract::{Means, Records, extract};
use crate::finding::{Code, Draft, Excerpts, Words};
use crate::inspect::{self, Inspection};
use crate::model::dataset::{Dataset, Outcome, Source};
use crate::model::fiscal::Period;
use crate::model::sheet::Workbook;
use crate::normalise::Vocabulary;
use crate::pdf::{FontError, Fonts, Rendered, Theme};
use crate::profile::Profile;
use crate::publish::{Original, OutputFile};
use crate::read::{self, ReadError};
use crate::templates::Templates;
use crate::{excel, pdf};

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
    let readings = read_all(settings, &listing.workbooks);
    let (mut dataset, originals, excerpts) = dataset(settings, readings);
    let mut outputs = Vec::new();
    if settings.compose {
        let printed = print(settings, &mut dataset)?;
        outputs = files(settings, &dataset, printed)?;
    }
    Ok(Month { dataset, outputs, originals, excerpts, notes: listing.notes })
}

/// One input after stages 2 to 4.
struct Reading {
    source: Source,
    records: Records,
    original: Option<Original>,
}

/// Stages 2 to 4 for every workbook, in the order of their paths whatever the number of threads.
fn read_all(settings: &Settings, found: &[Found]) -> Vec<Reading> {
    settings.progress.stage("台帳を読んでいます", found.len());
    let one = |found: &Found| {
        let reading = read_one(settings, found);
        settings.progress.step(&found.path);
        reading
    };
    let threads = settings.jobs.map_or(0, NonZeroUsize::get);
    let mut readings: Vec<Reading> = match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(|| found.par_iter().map(one).collect()),
        Err(_) => found.iter().map(one).collect(),
    };
    silence_copies(&mut readings);
    readings
}

/// Stages 2 to 4 for one workbook: whatever is wrong with it is a finding.
fn read_one(settings: &Settings, found: &Found) -> Reading {
    let mut source = Source {
        workbook: found.path.clone(),
        size: 0,
        sha256: String::new(),
        archive: String::new(),
        format: None,
        outcome: Outcome::Failed,
        department: String::new(),
        division: String::new(),
        figures: 0,
        initiatives: 0,
    };
    let failed = |source: Source, draft: Draft, original| {
        let draft = draft.in_workbook(&found.path);
        Reading {
            records: Records { workbook: source.workbook.clone(), drafts: vec![draft], ..Records::default() },
            source,
            original,
        }
    };
    let loaded = match discover::load(found) {
        Ok(loaded) => loaded,
        Err(error) => {
            let reason = crate::io_reason::io_reason(&error);
            return failed(source, Draft::new(Code::WorkbookUnreadable).reading(reason), None);
        }
    };
    source.size = loaded.size;
    source.sha256.clone_from(&loaded.sha256);
    let opened = read::open(found.path.as_str().into(), &loaded.bytes, &settings.project.vocabulary.eras);
    let original =
        settings.project.config.archive_inputs.then(|| original(loaded, found, opened.as_ref().ok()));
    source.archive = original.as_ref().map_or_else(String::new, Original::path);
    let workbook = match opened {
        Ok(workbook) => workbook,
        Err(error) => return failed(source, failure(&error), original),
    };
    source.format = Some(workbook.format);
    let mut records = extract(&workbook, &means(settings));
    describe(&mut source, &mut records);
    Reading { source, records, original }
}

/// The input as 原本/ keeps it: under its true extension.
fn original(loaded: Loaded, found: &Found, workbook: Option<&Workbook>) -> Original {
    let told = found.path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    let extension = match workbook.map(|workbook| workbook.format) {
        Some(crate::model::sheet::Format::Xlsx) if told.as_deref() == Some("xlsm") => "xlsm".to_owned(),
        Some(format) => format.extension().to_owned(),
        None => told
            .filter(|t| t.len() <= 5 && t.chars().all(|c| c.is_ascii_alphanumeric()))
            .unwrap_or("bin".to_owned()),
    };
    Original { sha256: loaded.sha256, extension, bytes: loaded.bytes }
}

/// Why a workbook could not be opened, as a finding.
fn failure(error: &ReadError) -> Draft {
    Draft::new(error.code()).reading(error.to_string())
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

/// What came of a workbook that was opened.
fn describe(source: &mut Source, records: &mut Records) {
    source.department.clone_from(&records.department);
    source.division.clone_from(&records.division);
    source.figures = records.indicators.iter().map(|indicator| indicator.figures.len()).sum();
    source.initiatives = records.initiatives.len();
    source.outcome = if records.is_empty() { Outcome::Empty } else { Outcome::Read };
    // A sheet that its profile refuses is told by that; it was recognised.
    let refused = [Code::ProfileMoved, Code::ProfileConflict];
    if records.is_empty() && !records.drafts.iter().any(|draft| refused.contains(&draft.code)) {
        let draft = Draft::new(Code::NothingRecognised).in_workbook(&records.workbook);
        records.drafts.push(draft.of(&records.department, &records.division));
    }
}

/// Of workbooks that are equal to the byte only one counts: the one whose path names its owner, else the first. What is
/// said of the others concerns the planning section, not the department.
fn silence_copies(readings: &mut [Reading]) {
    let mut kept: BTreeMap<String, (bool, String)> = BTreeMap::new();
    for Reading { source, .. } in readings.iter().filter(|reading| reading.source.outcome != Outcome::Failed)
    {
        let owners = [&source.division, &source.department];
        let stray = !owners.iter().any(|owner| !owner.is_empty() && source.workbook.contains(owner.as_str()));
        let candidate = (stray, source.workbook.clone());
        let known = kept.entry(source.sha256.clone()).or_insert_with(|| candidate.clone());
        *known = candidate.min(known.clone());
    }
    for reading in readings {
        let Source { sha256, workbook, outcome, .. } = &reading.source;
        let other = kept.get(sha256).map(|(_, path)| path).filter(|path| *path != workbook);
        let Some(other) = other.filter(|_| *outcome != Outcome::Failed) else { continue };
        let draft = Draft::new(Code::WorkbookDuplicate).in_workbook(workbook).with("other", other);
        reading.records = Records { workbook: workbook.clone(), drafts: vec![draft], ..Records::default() };
        let source = &mut reading.source;
        (source.figures, source.initiatives, source.outcome) = (0, 0, Outcome::Empty);
        (source.department, source.division) = (String::new(), String::new());
    }
}

/// Stage 5: one dataset, the inputs to keep, and the rows in which findings stand.
fn dataset(settings: &Settings, readings: Vec<Reading>) -> (Dataset, Vec<Original>, Excerpts) {
    let Project { config, words, vocabulary, .. } = &settings.project;
    let (mut sources, mut records, mut originals) = (Vec::new(), Vec::new(), Vec::new());
    let mut excerpts = Excerpts::default();
    for mut reading in readings {
        excerpts.append(std::mem::take(&mut reading.records.excerpts));
        sources.push(reading.source);
        records.push(reading.records);
        originals.extend(reading.original);
    }
    let rules = Rules { config, vocabulary, fiscal_year: settings.period.fiscal_year() };
    let consolidated = consolidate(records, &rules);
    let dataset = Dataset {
        city: config.city.clone(),
        publisher: config.publisher.clone(),
        period: settings.period,
        as_of: settings.as_of,
        late: settings.late,
        departments: consolidated.departments,
        indicators: consolidated.indicators,
        initiatives: consolidated.initiatives,
        sections: consolidated.sections,
        sources,
        findings: consolidated.drafts.into_iter().map(|draft| words.finish(draft)).collect(),
    };
    excerpts.retain(&dataset.findings);
    (dataset, originals, excerpts)
}

/// A composed report and its pages.
struct Printed {
    report: Report,
    pages: Vec<Rendered>,
}

/// Stages 7 and 8b. What the pages themselves show to be wrong (a character that no font has) becomes a finding, and
/// the pages are set once more with it.
fn print(settings: &Settings, dataset: &mut Dataset) -> Result<Printed, RunError> {
    let fonts = fonts(&settings.project.templates)?;
    let first = typeset(settings, dataset, &fonts)?;
    let drafts = page_findings(&first);
    if drafts.is_empty() {
        return Ok(first);
    }
    dataset.findings.extend(drafts.into_iter().map(|draft| settings.project.words.finish(draft)));
    typeset(settings, dataset, &fonts)
}

fn fonts(templates: &Templates) -> Result<Fonts, RunError> {
    let problem = |error: FontError| RunError::Template(vec![error.to_string()]);
    let [regular, bold] = ["fonts/BIZUDGothic-Regular.ttf", "fonts/BIZUDGothic-Bold.ttf"];
    let mut fonts = Fonts::new(templates.shared(regular), templates.shared(bold)).map_err(problem)?;
    let is_font = |name: &&str| {
        Path::new(name).extension().is_some_and(|extension| extension == "ttf")
            && ![regular, bold].contains(name)
    };
    for name in templates.names("fonts/").filter(is_font) {
        fonts = fonts.with_fallback(templates.shared(name)).map_err(problem)?;
    }
    Ok(fonts)
}

fn typeset(settings: &Settings, dataset: &Dataset, fonts: &Fonts) -> Result<Printed, RunError> {
    let report = compose::compose(dataset, &settings.project.vocabulary.eras);
    settings.progress.stage("報告書を作っています", report.documents.len());
    let render = |document| {
        let rendered = pdf::render(document, &settings.project.theme, fonts);
        settings.progress.step(&document.path);
        rendered.map_err(|error| RunError::Compose(format!("{}: {error}", document.path)))
    };
    let pages = report.documents.par_iter().map(render).collect::<Result<Vec<_>, _>>()?;
    Ok(Printed { report, pages })
}

/// Characters without a glyph and texts that left their boxes, each once a document.
fn page_findings(printed: &Printed) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (document, page) in printed.report.documents.iter().zip(&printed.pages) {
        let of = |draft: Draft| draft.of(&document.department, "").with("where", &document.path);
        let characters: BTreeSet<char> = page.missing.iter().map(|missing| missing.character).collect();
        drafts.extend(characters.iter().map(|c| of(Draft::new(Code::GlyphMissing).raw(&c.to_string()))));
        drafts.extend(page.overflow.iter().map(|text| of(Draft::new(Code::LayoutOverflow).raw(text))));
    }
    drafts
}

/// Stage 8: the month's files but manifest and result text.
fn files(settings: &Settings, dataset: &Dataset, printed: Printed) -> Result<Vec<OutputFile>, RunError> {
    settings.progress.stage("統合ブックとデータを作っています", 1);
    let originals: BTreeMap<String, String> = dataset
        .sources
        .iter()
        .filter(|source| !source.archive.is_empty())
        .map(|source| (source.workbook.clone(), source.archive.clone()))
        .collect();
    let Report { documents, book } = printed.report;
    let bytes = excel::write(&book, &originals).map_err(|error| RunError::Compose(error.to_string()))?;
    let mut files = vec![OutputFile { path: book.path, bytes }];
    let pages = documents.into_iter().zip(printed.pages);
    files.extend(pages.map(|(document, rendered)| OutputFile { path: document.path, bytes: rendered.bytes }));
    for (path, bytes) in export::tables(dataset)? {
        files.push(OutputFile { path: path.to_owned(), bytes });
    }
    let templates = ["vocabulary.toml", "theme.toml"];
    let text = |name: &str| (name.to_owned(), settings.project.templates.text(name).to_owned());
    let snapshot = Snapshot {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        dataset: dataset.clone(),
        templates: templates.into_iter().map(text).collect(),
    };
    files.push(OutputFile { path: "data/snapshot.json".to_owned(), bytes: snapshot.to_json()? });
    settings.progress.step("");
    Ok(files)
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
