//! Which words stand out in the workbook's columns.

use super::{change_words, words};
use crate::finding::Severity;
use crate::model::book::{Shade, Tone};
use crate::model::initiative::Status;
use crate::model::judgement::Verdict;
use crate::model::memory::Trend;
use crate::model::submission::SubmissionStatus;

/// The shades of a column's words; the words of each kind are the reports'.
fn shades<T, W: Into<String>>(
    column: usize,
    words: impl Fn(T) -> W,
    tones: impl IntoIterator<Item = (T, Tone)>,
) -> Vec<Shade> {
    tones.into_iter().map(|(kind, tone)| Shade { column, words: words(kind).into(), tone }).collect()
}

/// The shades of a column of verdicts.
pub fn verdict_shades(column: usize) -> Vec<Shade> {
    let tones = Verdict::ALL.into_iter().filter_map(|verdict| Some((verdict, Tone::of(verdict)?)));
    shades(column, words::verdict, tones)
}

/// The shades of a column of statuses.
pub fn status_shades(column: usize) -> Vec<Shade> {
    let tones = [
        (Status::Completed, Tone::Good),
        (Status::Ahead, Tone::Good),
        (Status::SlightlyDelayed, Tone::Poor),
        (Status::Delayed, Tone::Bad),
        (Status::Stalled, Tone::Bad),
        (Status::NotAchieved, Tone::Bad),
        (Status::NotReported, Tone::Open),
        (Status::Unknown, Tone::Open),
    ];
    shades(column, words::status, tones)
}

/// The shades of a column of submissions.
pub fn submission_shades(column: usize) -> Vec<Shade> {
    let tones = [
        (SubmissionStatus::Missing, Tone::Bad),
        (SubmissionStatus::Unreadable, Tone::Bad),
        (SubmissionStatus::Late, Tone::Poor),
        (SubmissionStatus::Unchanged, Tone::Open),
    ];
    shades(column, words::submission, tones)
}

/// The shades of a column of changes.
pub fn trend_shades(column: usize) -> Vec<Shade> {
    let tones = [(Trend::Worse, Tone::Bad), (Trend::Gone, Tone::Poor), (Trend::Better, Tone::Good)];
    shades(column, change_words::trend, tones)
}

/// The shades of a column of severities.
pub fn severity_shades(column: usize) -> Vec<Shade> {
    let tones = [(Severity::Error, Tone::Bad), (Severity::Warning, Tone::Poor)];
    shades(column, Severity::label, tones)
}
