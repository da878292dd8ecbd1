//! Stages 2 to 4 over all inputs: read → locate → normalise.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use rayon::prelude::*;

use super::{Settings, means};
use crate::amend::{self, Amendments, Purpose};
use crate::consolidate::follow;
use crate::discover::{self, Found, Loaded};
use crate::extract::{Records, extract, owner_of_path};
use crate::finding::{Code, Draft};
use crate::model::dataset::{Outcome, Source};
use crate::model::organisation::Organisation;
use crate::model::sheet::Workbook;
use crate::publish::Original;

/// One input after stages 2 to 4.
pub(super) struct Reading {
    /// What became of the file.
    pub source: Source,
    /// What it says.
    pub records: Records,
    /// Its bytes, where they are kept.
    pub original: Option<Original>,
    /// What the planning section says in it; nothing in a division's workbook.
    pub amendments: Amendments,
}

/// Stages 2 to 4 for every workbook, in the order of their paths whatever the number of threads.
pub(super) fn read_all(settings: &Settings, organisation: &Organisation, found: &[Found]) -> Vec<Reading> {
    settings.progress.stage("台帳を読んでいます", found.len());
    let one = |found: &Found| {
        let reading = read_one(settings, organisation, found);
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
fn read_one(settings: &Settings, organisation: &Organisation, found: &Found) -> Reading {
    let mut source = Source::unopened(&found.path);
    let failed = |mut source: Source, draft: Draft, original| {
        let means = means(&settings.project, organisation);
        let (department, division) = owner_of_path(&found.path, &means);
        let now = organisation.current(&department, &division);
        (source.department, source.division) = (now.department, now.division);
        let draft = draft.in_workbook(&found.path);
        Reading {
            records: Records { workbook: source.workbook.clone(), drafts: vec![draft], ..Records::default() },
            source,
            original,
            amendments: Amendments::default(),
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
    let opened = settings.project.open(&found.path, &loaded.bytes);
    let original =
        settings.project.config.archive_inputs.then(|| original(loaded, found, opened.as_ref().ok()));
    source.archive = original.as_ref().map_or_else(String::new, Original::path);
    let workbook = match opened {
        Ok(workbook) => workbook,
        Err(error) => return failed(source, error.draft(), original),
    };
    source.format = Some(workbook.format);
    if let Some(purpose) = Purpose::of(&found.path) {
        let amendments = amend::read(&workbook, purpose, &means(&settings.project, organisation));
        return planning(source, amendments, original);
    }
    source.modified = workbook.modified;
    let mut records = extract(&workbook, &means(&settings.project, organisation));
    follow(&mut records, organisation);
    describe(&mut source, &mut records);
    Reading { source, records, original, amendments: Amendments::default() }
}

/// A workbook of the planning section: it holds no records of its own.
fn planning(mut source: Source, mut amendments: Amendments, original: Option<Original>) -> Reading {
    source.outcome = Outcome::Read;
    let drafts = std::mem::take(&mut amendments.drafts);
    let records = Records { workbook: source.workbook.clone(), drafts, ..Records::default() };
    Reading { source, records, original, amendments }
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
