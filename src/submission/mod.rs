//! Stage 4½: which expected workbooks are there (提出状況), and what stands in for those that are not (前回値).
//!
//! Pure: this month's sources and records, hoshin.toml's expectations and an earlier month's dataset go in; submissions,
//! records to be consolidated with the others, and findings come out.

mod carry;
mod content;
mod due;
mod pattern;
mod survey;

use chrono::{Datelike, NaiveDate};

use crate::config::SubmissionRules;
use crate::extract::Records;
use crate::finding::{Code, Draft};
use crate::model::dataset::{Dataset, Source};
use crate::model::organisation::Organisation;
use crate::model::submission::{Submission, SubmissionStatus};
use carry::Stand;
use content::Content;
use survey::Answer;

/// What decides about submissions.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// hoshin.toml's expectations.
    pub rules: &'a SubmissionRules,
    /// The month's organisation.
    pub organisation: &'a Organisation,
    /// The day that decides what is missing and what is not due yet.
    pub as_of: NaiveDate,
    /// The newest earlier month, where there is one.
    pub before: Option<&'a Dataset>,
}

/// What came of the expectations.
#[derive(Debug, Default)]
pub struct Submitted {
    /// In the order of hoshin.toml.
    pub submissions: Vec<Submission>,
    /// 前回値: records of the earlier month, each marked with the month that it was reported in.
    pub records: Vec<Records>,
    /// The workbooks of those records, by path.
    pub sources: Vec<Source>,
}

/// Holds a month's workbooks against what is expected. The findings stand in the records of what was carried over, or in
/// records of their own.
pub fn submitted(sources: &[&Source], records: &[&Records], by: &Circumstances) -> Submitted {
    let dues = due::due(by.rules, by.organisation);
    if dues.is_empty() {
        return Submitted::default();
    }
    let now = Content::of_records(sources.to_vec(), records.iter().copied());
    let earlier = by.before.map(|dataset| (dataset, Content::of_dataset(dataset)));
    let mut stand = Stand::default();
    let mut submissions = Vec::new();
    let mut drafts = Vec::new();
    for due in dues {
        let before = earlier.as_ref().map(|(dataset, content)| (*dataset, content));
        let answer = survey::answer(due, &now, before, by.organisation);
        let mut submission = submission(&answer, by.as_of);
        if let Some(dataset) = by.before.filter(|_| submission.status.is_absent()) {
            submission.carried = carry::carry(&answer, &now, dataset, by.organisation, &mut stand);
        }
        drafts.extend(findings(&submission));
        submissions.push(submission);
    }
    stand.sources.sort_by(|a, b| a.workbook.cmp(&b.workbook));
    stand.records.push(Records { drafts, ..Records::default() });
    Submitted { submissions, records: stand.records, sources: stand.sources }
}

fn submission(answer: &Answer, as_of: NaiveDate) -> Submission {
    Submission {
        department: answer.due.unit.department.clone(),
        division: answer.due.unit.division.clone(),
        pattern: answer.due.pattern.clone(),
        workbooks: answer.workbooks.iter().map(|source| source.workbook.clone()).collect(),
        status: answer.status(as_of),
        deadline: answer.due.deadline,
        modified: answer.modified,
        carried: None,
    }
}

/// What must be said of one submission; that a workbook cannot be read is said where it was opened.
fn findings(submission: &Submission) -> Vec<Draft> {
    let day = |day: NaiveDate| day.format("%-m月%-d日").to_string();
    let deadline = submission.deadline.map(day);
    let draft = |code| {
        let unit = submission.unit().to_string();
        let draft = Draft::new(code).of(&submission.department, &submission.division).with("unit", unit);
        draft.with("due", deadline.as_deref().map_or_else(String::new, |day| format!("（期限 {day}）")))
    };
    let workbook = submission.workbooks.first().map_or("", String::as_str);
    let mut drafts = Vec::new();
    if submission.status == SubmissionStatus::Missing {
        let wanted = if submission.pattern.is_empty() {
            String::new()
        } else {
            format!("「{}」", submission.pattern)
        };
        drafts.push(draft(Code::WorkbookMissing).with("wanted", wanted));
    }
    if submission.is_late() && !submission.status.is_absent() {
        let due_in = submission.deadline.map(|deadline| deadline.year());
        let saved = submission.modified.map_or_else(String::new, |moment| {
            let year =
                if due_in == Some(moment.year()) { String::new() } else { format!("{}年", moment.year()) };
            format!("{year}{}", day(moment.date()))
        });
        drafts.push(draft(Code::WorkbookLate).in_workbook(workbook).reading(saved));
    }
    if submission.status == SubmissionStatus::Unchanged {
        drafts.push(draft(Code::WorkbookUnchanged).in_workbook(workbook));
    }
    if let Some(carried) = &submission.carried {
        let month = format!("{}年{}月", carried.from.year, carried.from.month);
        let counts = [carried.figures.to_string(), carried.initiatives.to_string()];
        let [figures, initiatives] = counts;
        let draft = draft(Code::CarriedOver).with("status", submission.status.label()).reading(month);
        drafts.push(draft.with("figures", figures).with("initiatives", initiatives));
    }
    drafts
}
