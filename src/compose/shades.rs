//! Which words stand out in the workbook's columns.

use super::{change_words, words};
use crate::finding::Severity;
use crate::model::book::{Shade, Tone};
use crate::model::initiative::Status;
use crate::model::judgement::Verdict;
use crate::model::memory::Trend;
use crate::model::submission::SubmissionStatus;

fn shade(column: usize, words: impl Into<String>, tone: Tone) -> Shade {
    Shade { column, words: words.into(), tone }
}

/// The shades of a column of verdicts.
pub fn verdict_shades(column: usize) -> Vec<Shade> {
    let tones = Verdict::ALL.into_iter().filter_map(|verdict| Some((verdict, Tone::of(verdict)?)));
    tones.map(|(verdict, tone)| shade(column, words::verdict(verdict), tone)).collect()
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
    tones.map(|(status, tone)| shade(column, words::status(status), tone)).to_vec()
}

/// The shades of a column of submissions.
pub fn submission_shades(column: usize) -> Vec<Shade> {
    let tones = [
        (SubmissionStatus::Missing, Tone::Bad),
        (SubmissionStatus::Unreadable, Tone::Bad),
        (SubmissionStatus::Late, Tone::Poor),
        (SubmissionStatus::Unchanged, Tone::Open),
    ];
    tones.map(|(status, tone)| shade(column, words::submission(status), tone)).to_vec()
}

/// The shades of a column of changes.
pub fn trend_shades(column: usize) -> Vec<Shade> {
    let tones = [(Trend::Worse, Tone::Bad), (Trend::Gone, Tone::Poor), (Trend::Better, Tone::Good)];
    tones.map(|(trend, tone)| shade(column, change_words::trend(trend), tone)).to_vec()
}

/// The shades of a column of severities.
pub fn severity_shades(column: usize) -> Vec<Shade> {
    let tones = [(Severity::Error, Tone::Bad), (Severity::Warning, Tone::Poor)];
    tones.map(|(severity, tone)| shade(column, severity.label(), tone)).to_vec()
}
