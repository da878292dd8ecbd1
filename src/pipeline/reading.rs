//! Stages 2 to 4 over all inputs: read → locate → normalise.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Settings, means};
use crate::amend::Amendments;
use crate::discover::{self, Found, Listing, LoadError, Loaded, Trouble, TroubleKind, sha256};
use crate::extract::{Means, Records};
use crate::finding::{Code, Draft};
use crate::model::dataset::{Outcome, Source};
use crate::model::limits::{Exceeded, Limit, Limits};
use crate::model::organisation::Organisation;
use crate::model::passwords::Passwords;
use crate::model::sheet::Format;
use crate::publish::{About, Cache, Keeper, Key, Original, PublishError};
use crate::read::{self, ReadError};
use crate::worker::{Brief, Death, Pool, Understood, understand, unopened};

/// One input after stages 2 to 4.
pub(super) struct Reading {
    /// What became of the file.
    pub source: Source,
    /// What it says.
    pub records: Records,
    /// What the planning section says in it; nothing in a division's workbook.
    pub amendments: Amendments,
}

/// Stages 2 to 4 for every workbook, in the order of their paths whatever the number of threads.
pub(super) fn read_all(
    settings: &Settings,
    organisation: &Organisation,
    listing: &Listing,
) -> Result<Vec<Reading>, PublishError> {
    let readings = read_each(settings, organisation, listing)?;
    if !settings.cache.as_ref().is_some_and(Cache::is_wrong) {
        return Ok(readings);
    }
    tracing::warn!("a reading of the last run was wrong: all workbooks are read again");
    read_each(settings, organisation, listing)
}

fn read_each(
    settings: &Settings,
    organisation: &Organisation,
    listing: &Listing,
) -> Result<Vec<Reading>, PublishError> {
    let found = &listing.workbooks;
    settings.progress.stage("台帳を読んでいます", found.len());
    let reader = Reader::new(settings, organisation);
    let one = |found: &Found| {
        let reading = reader.read(found);
        settings.progress.step(&found.path);
        reading
    };
    let readings: Vec<Result<Reading, PublishError>> = found.par_iter().map(one).collect();
    // Of several failures that of the first path is told.
    let mut readings = readings.into_iter().collect::<Result<Vec<_>, _>>()?;
    silence_copies(&mut readings);
    readings.extend(listing.troubles.iter().map(|trouble| reader.skip(trouble)));
    readings.sort_by(|a, b| a.source.workbook.cmp(&b.source.workbook));
    Ok(readings)
}

/// What reads the workbooks of a month.
struct Reader<'a> {
    means: Means<'a>,
    limits: &'a Limits,
    passwords: &'a Passwords,
    archive: bool,
    workers: Option<Pool>,
    cache: Option<&'a Cache>,
    keeper: Option<&'a Keeper>,
    /// The SHA-256 of all that readings rest on but the workbooks themselves.
    ground: String,
}

impl<'a> Reader<'a> {
    fn new(settings: &'a Settings, organisation: &'a Organisation) -> Self {
        let project = &settings.project;
        let brief = Brief::new(project, organisation.period);
        let workers = settings.apart.clone().map(|program| Pool::new(program, &brief));
        // Names of entries tell nothing of passwords.
        let ground = sha256(&Brief { passwords: Vec::new(), ..brief }.to_json());
        let cache = settings.cache.as_ref();
        let (limits, archive) = (&project.config.limits, project.config.archive_inputs);
        let passwords = &project.passwords;
        Self {
            means: means(project, organisation),
            limits,
            passwords,
            archive,
            workers,
            cache,
            keeper: settings.keeper.as_ref(),
            ground,
        }
    }

    /// Stages 2 to 4 for one workbook: whatever is wrong with it is a finding, and only that it cannot be kept an error.
    fn read(&self, found: &Found) -> Result<Reading, PublishError> {
        let loaded = match discover::load(found, self.limits.file) {
            Ok(loaded) => loaded,
            Err(error) => {
                return Ok(Reading::of(unopened(&found.path, unloaded(&error, self.limits), &self.means)));
            }
        };
        let mut understood = self.recall(&found.path, &loaded);
        if !understood.detail.is_empty() {
            tracing::warn!(workbook = found.path, detail = understood.detail, "damaged");
        }
        let source = &mut understood.source;
        source.size = loaded.size;
        source.sha256.clone_from(&loaded.sha256);
        if found.in_use {
            let draft = Draft::new(Code::FileInUse).in_workbook(&found.path);
            understood.records.drafts.push(draft.of(&source.department, &source.division));
        }
        if self.archive {
            let original = original(&loaded.sha256, found, source.format);
            if let Some(keeper) = self.keeper {
                keeper.take(&original, &loaded.bytes)?;
            }
            source.archive = original.path();
        }
        Ok(Reading::of(understood))
    }

    /// Something that is not read: a finding.
    fn skip(&self, trouble: &Trouble) -> Reading {
        let draft = match &trouble.kind {
            TroubleKind::SameName => Draft::new(Code::FileSameName),
            kind => Draft::new(Code::FileUnreachable).reading(kind.to_string()),
        };
        Reading::of(unopened(&trouble.path, draft, &self.means))
    }

    /// What a workbook says, as the last run found it where all that it follows from is the same.
    fn recall(&self, path: &str, loaded: &Loaded) -> Understood {
        let Some(cache) = self.cache else { return self.understand(path, &loaded.bytes).0 };
        let parts = [self.ground.as_bytes(), path.as_bytes(), loaded.sha256.as_bytes()];
        let key = Key::new(About::Reading, &parts);
        if let Some(understood) = cache.get(&key).as_deref().and_then(Understood::from_json) {
            tracing::info!(what = path, "at hand");
            return understood;
        }
        let (understood, json) = self.understand(path, &loaded.bytes);
        // What could not be read may be another time, and what a password opened may be closed then.
        let locked = understood.source.format.is_some_and(|format| read::was_locked(&loaded.bytes, format));
        if understood.source.outcome != Outcome::Failed && !locked {
            cache.put(&key, &json);
        }
        understood
    }

    /// What a workbook says, and the same in JSON; that is empty where only this run may say so.
    fn understand(&self, path: &str, bytes: &[u8]) -> (Understood, Vec<u8>) {
        let here = || {
            let understood = understand(path, bytes, &self.means, self.limits, self.passwords);
            let json = if self.cache.is_some() { understood.to_json() } else { Vec::new() };
            (understood, json)
        };
        let Some(workers) = &self.workers else { return here() };
        let death = match workers.ask(path, bytes) {
            Ok(json) => match Understood::from_json(&json) {
                Some(understood) => return (understood, json),
                None => Death::Crash("the answer of a worker".to_owned()),
            },
            Err(death) => death,
        };
        tracing::warn!(workbook = path, ?death, "a worker died");
        let draft = match death {
            Death::Time => over_limit(self.limits, Limit::Seconds, None),
            Death::Memory => over_limit(self.limits, Limit::Memory, None),
            Death::Crash(place) => Draft::new(Code::WorkbookUnreadable).reading(place),
            // Without processes of its own the run still does its work, less well protected.
            Death::NoWorker(_) => return here(),
        };
        (unopened(path, draft, &self.means), Vec::new())
    }
}

/// Why a file's content cannot be had, as a finding.
fn unloaded(error: &LoadError, limits: &Limits) -> Draft {
    match error {
        LoadError::Io(_) => Draft::new(Code::FileUnreachable).reading(error.to_string()),
        LoadError::Changing => Draft::new(Code::FileChanging),
        LoadError::TooLarge(size) => over_limit(limits, Limit::File, Some(*size)),
    }
}

/// A limit that is passed before a parser sees the workbook, or that ends it.
fn over_limit(limits: &Limits, limit: Limit, found: Option<u64>) -> Draft {
    ReadError::OverLimit(Exceeded { limit, allowed: limits.of(limit), found }).draft()
}

impl Reading {
    fn of(understood: Understood) -> Self {
        let Understood { source, records, amendments, detail: _ } = understood;
        Self { source, records, amendments }
    }
}

/// The input as 原本/ keeps it: under its true extension.
fn original(sha256: &str, found: &Found, format: Option<Format>) -> Original {
    let told = found.path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    let extension = match format {
        Some(Format::Xlsx) if told.as_deref() == Some("xlsm") => "xlsm".to_owned(),
        Some(format) => format.extension().to_owned(),
        None => told
            .filter(|t| t.len() <= 5 && t.chars().all(|c| c.is_ascii_alphanumeric()))
            .unwrap_or("bin".to_owned()),
    };
    Original { sha256: sha256.to_owned(), extension }
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
