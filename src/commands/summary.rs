//! What a run says at its end: at most a screenful.

use crate::finding::{Finding, Severity};
use crate::pipeline::Month;
use crate::publish::{self, ManifestCounts};

/// How many findings are listed; the rest is counted.
const LISTED: usize = 5;

/// The summary of a month: counts, then what is most pressing.
pub(super) fn of(month: &Month) -> String {
    let urgent = publish::urgent(&month.dataset.findings);
    let mut parts: Vec<String> = urgent.iter().take(LISTED).map(|found| finding(found)).collect();
    if urgent.len() > LISTED {
        parts.push(format!("ほかに {}件（実行結果.txt と 統合.xlsx をご覧ください）", urgent.len() - LISTED));
    }
    parts.push(counts(month));
    parts.join("\n")
}

/// The counts alone.
pub(super) fn counts(month: &Month) -> String {
    let dataset = &month.dataset;
    let counts = ManifestCounts::of(dataset);
    let [error, warning, note] = [Severity::Error, Severity::Warning, Severity::Note].map(Severity::label);
    format!(
        "{} {}\n台帳　{}件のうち {}件を読みました\n数字　そのまま {}件、前提を置いて {}件、読めなかったもの {}件（取組み {}件）\n指摘　{error} {}件、{warning} {}件、{note} {}件",
        dataset.city,
        dataset.period,
        dataset.sources.len(),
        counts.workbooks,
        counts.figures_read,
        counts.figures_assumed,
        counts.figures_unread,
        counts.initiatives,
        counts.errors,
        counts.warnings,
        counts.notes,
    )
}

/// A finding: where and what, then what to do.
pub(super) fn finding(finding: &Finding) -> String {
    let place = publish::place_words(finding);
    let label = finding.severity.label();
    format!("［{label}］{place}: {}（{}）\n　→ {}", finding.message, finding.code, finding.cure)
}
