//! One workbook, from its bytes to its records.

use serde::{Deserialize, Serialize};

use crate::amend::{self, Amendments, Purpose};
use crate::consolidate::follow;
use crate::extract::{Means, Records, extract, owner_of_path};
use crate::finding::{Code, Draft};
use crate::model::dataset::{Outcome, Source};
use crate::model::limits::Limits;
use crate::model::passwords::Passwords;
use crate::read::{self, ReadError};

/// One workbook after stages 2 to 4.
#[derive(Debug, Serialize, Deserialize)]
pub struct Understood {
    /// What became of it; its size, hash and place in the archive are the caller's to fill in.
    pub source: Source,
    /// What it says.
    pub records: Records,
    /// What the planning section says in it; nothing in a division's workbook.
    pub amendments: Amendments,
    /// What the log should say of a damaged file beyond the sentence for people; empty where there is nothing.
    pub detail: String,
}

impl Understood {
    /// As workers answer and as it is kept for the next run.
    pub fn to_json(&self) -> Vec<u8> {
        // Plain structs of texts and numbers always have a JSON form.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The same from JSON; `None` of anything else.
    pub fn from_json(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }
}

/// Stages 2 to 4: whatever is wrong with the workbook is a finding. `path` is relative to the input folder.
pub fn understand(
    path: &str,
    bytes: &[u8],
    means: &Means,
    limits: &Limits,
    passwords: &Passwords,
) -> Understood {
    let workbook = match read::open(path.into(), bytes, &means.vocabulary.eras, limits, passwords) {
        Ok(workbook) => workbook,
        Err(error) => return refused(path, &error, means),
    };
    let mut source = Source::unopened(path);
    source.format = Some(workbook.format);
    if let Some(purpose) = Purpose::of(path) {
        return planning(source, amend::read(&workbook, purpose, means));
    }
    source.modified = workbook.modified;
    let mut records = extract(&workbook, means);
    follow(&mut records, means.organisation);
    describe(&mut source, &mut records);
    Understood { source, records, amendments: Amendments::default(), detail: String::new() }
}

/// A workbook that was not opened: the finding that says why, with the owner that its path names.
pub fn unopened(path: &str, draft: Draft, means: &Means) -> Understood {
    let mut source = Source::unopened(path);
    let (department, division) = owner_of_path(path, means);
    let now = means.organisation.current(&department, &division);
    (source.department, source.division) = (now.department, now.division);
    let drafts = vec![draft.in_workbook(path)];
    let records = Records { workbook: path.to_owned(), drafts, ..Records::default() };
    Understood { source, records, amendments: Amendments::default(), detail: String::new() }
}

/// Why a workbook could not be opened, as a finding.
fn refused(path: &str, error: &ReadError, means: &Means) -> Understood {
    Understood { detail: error.detail().to_owned(), ..unopened(path, error.draft(), means) }
}

/// A workbook of the planning section: it holds no records of its own.
fn planning(mut source: Source, mut amendments: Amendments) -> Understood {
    source.outcome = Outcome::Read;
    let drafts = std::mem::take(&mut amendments.drafts);
    let records = Records { workbook: source.workbook.clone(), drafts, ..Records::default() };
    Understood { source, records, amendments, detail: String::new() }
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
