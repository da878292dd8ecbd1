//! How figures and statuses are put into words: a mark and a word, never a colour alone.

use chrono::NaiveDate;

use crate::finding::Severity;
use crate::model::fiscal::Eras;
use crate::model::indicator::Polarity;
use crate::model::initiative::{Direction, Status};
use crate::model::judgement::Verdict;
use crate::model::submission::SubmissionStatus;

pub use crate::judge::working::carried;
pub use crate::model::quantity::number;

/// The mark of a status; its word is [`Status::label`]. Neither △ nor ▲: they mean minus in the tables beside, and a
/// status stands beside its judgement, whose marks are these ([`Verdict::mark`]).
pub fn mark(status: Status) -> &'static str {
    match status {
        Status::Completed | Status::Ahead => "◎",
        Status::OnTrack => "○",
        Status::InProgress => "●",
        Status::Preparing => "・",
        Status::NotStarted | Status::NotReported => "－",
        Status::SlightlyDelayed => "▼",
        Status::Delayed | Status::Stalled | Status::NotAchieved => "×",
        Status::Suspended => "＝",
        Status::UnderReview => "◇",
        Status::Cancelled => "■",
        Status::Unknown => "？",
    }
}

/// Mark and word: `▼ やや遅れ`.
pub fn status(status: Status) -> String {
    format!("{} {}", mark(status), status.label())
}

/// Mark and word of a verdict: `◎ 達成`.
pub fn verdict(verdict: Verdict) -> String {
    format!("{} {}", verdict.mark(), verdict.label())
}

/// `　前回値 23` behind other counts; nothing where there is none.
pub fn carried_count(count: usize) -> String {
    if count == 0 { String::new() } else { format!("　前回値 {count}") }
}

/// Mark and word of a submission: `× 未提出`.
pub fn submission(status: SubmissionStatus) -> String {
    let mark = match status {
        SubmissionStatus::Missing | SubmissionStatus::Unreadable => "×",
        SubmissionStatus::Late => "◆",
        SubmissionStatus::Unchanged => "＝",
        SubmissionStatus::NotDue => "－",
        SubmissionStatus::Undated | SubmissionStatus::In => "○",
    };
    format!("{mark} {}", status.label())
}

/// Mark and word of a severity: `◆要確認`. No triangle: what a finding quotes may have one as its minus.
pub fn severity(severity: Severity) -> String {
    let mark = match severity {
        Severity::Error => "■",
        Severity::Warning => "◆",
        Severity::Note => "・",
    };
    format!("{mark}{}", severity.label())
}

/// The word of a direction.
pub fn direction(direction: Direction) -> &'static str {
    direction.label()
}

/// The words of a polarity.
pub fn polarity(polarity: Option<Polarity>) -> &'static str {
    match polarity {
        Some(Polarity::Increase) => "増がよい",
        Some(Polarity::Decrease) => "減がよい",
        Some(Polarity::Maintain) => "維持がよい",
        None => "未設定",
    }
}

/// ①, ② … as sheets number their items; (21) beyond what fonts carry.
pub fn circled(number: u32) -> String {
    match number {
        1..=20 => char::from_u32(0x245F + number).map_or_else(String::new, String::from),
        _ => format!("({number})"),
    }
}

/// A due date in the short form of sheets: `2021-12-28` → `R3.12.28`, `2021-12` → `R3.12`; other texts as they are.
pub fn due(iso: &str, raw: &str, eras: &Eras) -> String {
    if let Ok(day) = iso.parse::<NaiveDate>() {
        return eras.short_day(day);
    }
    let first = format!("{iso}-01").parse::<NaiveDate>().map(|day| eras.short_day(day));
    first.map_or_else(|_| raw.to_owned(), |text| text.trim_end_matches(".1").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_away_from_zero_and_grouped() {
        for (value, decimals, shown) in [
            ("16.25", 1, "16.3"),
            ("-16.25", 1, "△16.3"),
            ("96.25", 1, "96.3"),
            ("2134567", 0, "2,134,567"),
            ("-376", 0, "△376"),
            ("0", 0, "0"),
            ("-0.04", 1, "0.0"),
            ("999.95", 1, "1,000.0"),
            ("12.7", 1, "12.7"),
        ] {
            assert_eq!(number(value.parse().expect("decimal"), decimals), shown, "{value}");
        }
    }
}
