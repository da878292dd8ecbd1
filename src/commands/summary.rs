//! What a run says at its end: at most a screenful.

use super::excerpt;
use crate::finding::{Excerpts, Finding, Severity};
use crate::pipeline::Month;
use crate::publish::{self, ManifestCounts};
use crate::width::height;

/// Lines of the smallest terminal that people have.
const LINES: usize = 24;

/// The summary of a month: what is most pressing, then counts; with the line that follows it a screenful.
pub(super) fn of(month: &Month) -> String {
    let urgent = publish::urgent(&month.dataset.findings);
    let counts = counts(month);
    let mut parts = fitting(&urgent, &month.excerpts, LINES.saturating_sub(tall(&counts) + 2));
    if urgent.len() > parts.len() {
        let rest = urgent.len() - parts.len();
        parts.push(format!("ほかに {rest}件（実行結果.txt と 統合.xlsx をご覧ください）"));
    }
    parts.push(counts);
    parts.join("\n")
}

/// A screenful of findings, the worst first, and how many there are besides.
pub(super) fn screenful(findings: &[Finding], excerpts: &Excerpts, below: usize) -> String {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| finding.severity);
    let mut parts = fitting(&sorted, excerpts, LINES.saturating_sub(below + 1));
    if sorted.len() > parts.len() {
        let rest = sorted.len() - parts.len();
        parts.push(format!("ほかに {rest}件（--all を付けるとすべて表示します）"));
    }
    parts.join("\n")
}

/// As many findings as fit in so many lines, but one at least.
fn fitting(findings: &[&Finding], excerpts: &Excerpts, mut lines: usize) -> Vec<String> {
    let mut parts = Vec::new();
    for found in findings {
        let part = finding(found, excerpts);
        if !parts.is_empty() && tall(&part) > lines {
            break;
        }
        lines = lines.saturating_sub(tall(&part));
        parts.push(part);
    }
    parts
}

/// The lines that a text takes on the terminal.
pub(super) fn tall(text: &str) -> usize {
    height(text, excerpt::WIDTH)
}

/// The counts alone.
pub(super) fn counts(month: &Month) -> String {
    let dataset = &month.dataset;
    let counts = ManifestCounts::of(dataset);
    let [error, warning, note] = [Severity::Error, Severity::Warning, Severity::Note].map(Severity::label);
    let accepted =
        if counts.accepted == 0 { String::new() } else { format!("、了承済み {}件", counts.accepted) };
    let carried = match counts.figures_carried {
        0 => String::new(),
        carried => format!("、前回値 {carried}件"),
    };
    format!(
        "{} {}\n台帳　{}件のうち {}件を読みました\n数字　そのまま {}件、前提を置いて {}件、読めなかったもの {}件{carried}（取組み {}件）\n指摘　{error} {}件、{warning} {}件、{note} {}件{accepted}",
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

/// A finding: where it is, the row with its cell, what happened, what to do.
pub(super) fn finding(finding: &Finding, excerpts: &Excerpts) -> String {
    let (label, place) = (finding.severity.label(), publish::place_words(finding));
    let mut lines = vec![format!("［{label}］{place}（{}）", finding.code)];
    if let (Some(row), Some(at)) = (excerpts.of(finding), finding.cell) {
        lines.extend(excerpt::lines(row, at));
    }
    lines.push(format!("　{}", finding.message));
    lines.push(format!("　→ {}", finding.cure));
    lines.join("\n")
}
