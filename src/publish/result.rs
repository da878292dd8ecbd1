//! `実行結果.txt`: one page that a non-engineer understands.

use std::fmt::Write;

use super::{ManifestCounts, OutputFile};
use crate::finding::{Finding, Severity};
use crate::model::dataset::{Dataset, Outcome, Source};
use crate::model::submission::{Submission, SubmissionStatus};

/// How many findings and files the page lists; the rest is counted.
const LISTED: usize = 10;

/// What the files of a month are for, by their path or folder.
const PURPOSES: &[(&str, &str)] = &[
    ("統合.xlsx", "すべての数字と取組みの一覧（庁内用）"),
    ("全庁概要.pdf", "市長・副市長・部長会議向けの概要"),
    ("部局別/", "部局ごとの報告書（内部資料）"),
    ("議会/", "議会に渡す報告書"),
    ("差戻し/", "課に確かめてもらう表（xlsx）と、それを添付した送信前のメール（eml）"),
    ("data/", "ほかのプログラムで使うためのデータ"),
];

/// The page's text. It says nothing of when the run took place, so that equal inputs give equal bytes.
pub fn result_text(dataset: &Dataset, files: &[OutputFile]) -> String {
    let counts = ManifestCounts::of(dataset);
    let mut page = String::new();
    let Dataset { city, period, as_of, .. } = dataset;
    line(&mut page, &format!("{city}　月次集計の実行結果"));
    line(&mut page, "");
    line(&mut page, &format!("対象の月　　{}年{}月", period.year, period.month));
    line(&mut page, &format!("基準の日　　{}", as_of.format("%Y年%-m月%-d日")));
    if dataset.late {
        line(&mut page, "　　　　　　過ぎた月を、基準の日の台帳で作りました。");
    }
    line(&mut page, &format!("取りまとめ　{}", dataset.publisher));
    workbooks(&mut page, dataset, counts);
    submissions(&mut page, dataset);
    figures(&mut page, counts);
    findings(&mut page, dataset, counts);
    outputs(&mut page, files);
    page
}

fn workbooks(page: &mut String, dataset: &Dataset, counts: ManifestCounts) {
    heading(page, "台帳");
    let total = dataset.sources.len();
    line(page, &format!("{total}件のうち {}件を読みました。", counts.workbooks));
    let listed = |page: &mut String, outcome, words: &str| {
        let named: Vec<&Source> = dataset.sources.iter().filter(|source| source.outcome == outcome).collect();
        if named.is_empty() {
            return;
        }
        line(page, &format!("{words}（{}件）", named.len()));
        for source in named.iter().take(LISTED) {
            line(page, &format!("　・{}", source.workbook));
        }
        rest(page, named.len());
    };
    listed(page, Outcome::Failed, "開けなかったもの。理由は「確かめていただきたいこと」にあります");
    listed(page, Outcome::Empty, "開けたが、指標も取組みも見つからなかったもの");
}

/// Who has not handed in, or late; nothing where no workbook is expected.
fn submissions(page: &mut String, dataset: &Dataset) {
    if dataset.submissions.is_empty() {
        return;
    }
    heading(page, "提出状況");
    line(page, &format!("求めたブック　{}件", dataset.submissions.len()));
    for status in SubmissionStatus::ALL {
        let named: Vec<&Submission> = dataset.submissions.iter().filter(|s| s.status == status).collect();
        if named.is_empty() {
            continue;
        }
        line(page, &format!("{}　{}件", status.label(), named.len()));
        if matches!(status, SubmissionStatus::In | SubmissionStatus::Undated) {
            continue;
        }
        for submission in named.iter().take(LISTED) {
            let carried = submission.carried.as_ref();
            let carried = carried.map_or_else(String::new, |carried| {
                format!("　前回値（{}年{}月）を載せました", carried.from.year, carried.from.month)
            });
            let paths = if submission.workbooks.is_empty() {
                &submission.pattern
            } else {
                &submission.workbooks.join("、")
            };
            let unit = submission.unit();
            let paths = if paths.is_empty() { String::new() } else { format!("　{paths}") };
            line(page, &format!("　・{unit}{paths}{carried}"));
        }
        rest(page, named.len());
    }
}

fn figures(page: &mut String, counts: ManifestCounts) {
    heading(page, "数字と取組み");
    line(page, &format!("指標　　　{:>6}件", counts.indicators));
    line(page, &format!("数字　　　{:>6}件　そのまま読めたもの", counts.figures_read));
    line(
        page,
        &format!(
            "　　　　　{:>6}件　前提を置いて読んだもの（前提は指摘に書いてあります）",
            counts.figures_assumed
        ),
    );
    line(
        page,
        &format!("　　　　　{:>6}件　読めなかったもの（集計には入れていません）", counts.figures_unread),
    );
    if counts.figures_carried > 0 {
        line(
            page,
            &format!("　　　　　{:>6}件　届いていない課の前回値（前の月の値）", counts.figures_carried),
        );
    }
    line(page, &format!("取組み　　{:>6}件", counts.initiatives));
}

fn findings(page: &mut String, dataset: &Dataset, counts: ManifestCounts) {
    heading(page, "確かめていただきたいこと");
    let (errors, warnings, notes) = (counts.errors, counts.warnings, counts.notes);
    let accepted = counts.accepted;
    if errors + warnings + notes == 0 {
        line(page, "ありません。");
        if accepted > 0 {
            line(page, &format!("了承済み {accepted}件"));
        }
        return;
    }
    let [error, warning, note] = [Severity::Error, Severity::Warning, Severity::Note].map(Severity::label);
    line(page, &format!("{error} {errors}件　{warning} {warnings}件　{note} {notes}件"));
    if accepted > 0 {
        line(page, &format!("ほかに、課の答えで了承済みのもの {accepted}件"));
    }
    let pressing = urgent(&dataset.findings);
    for finding in pressing.iter().take(LISTED) {
        line(page, "");
        line(page, &format!("［{}］{}", finding.severity.label(), place_words(finding)));
        line(page, &format!("　{}", finding.message));
        line(page, &format!("　→ {}", finding.cure));
    }
    rest(page, pressing.len());
    line(page, "");
    line(page, "すべての指摘は 統合.xlsx と data/findings.csv にあります。");
}

fn outputs(page: &mut String, files: &[OutputFile]) {
    heading(page, "できたもの");
    for (start, purpose) in PURPOSES {
        let count = files.iter().filter(|file| file.path.starts_with(start)).count();
        match count {
            0 => {}
            _ if start.ends_with('/') => line(page, &format!("・{start} に {count}件　{purpose}")),
            _ => line(page, &format!("・{start}　{purpose}")),
        }
    }
}

/// Errors and warnings, errors first, else in their own order.
pub(crate) fn urgent(findings: &[Finding]) -> Vec<&Finding> {
    let mut urgent: Vec<_> = findings.iter().filter(|finding| finding.severity != Severity::Note).collect();
    urgent.sort_by_key(|finding| finding.severity);
    urgent
}

/// Where a finding stands: `総合政策部　台帳.xlsx › 指標 › C14`.
pub(crate) fn place_words(finding: &Finding) -> String {
    let cell = finding.cell.map(|cell| cell.to_string()).unwrap_or_default();
    let place: Vec<_> = [&finding.workbook, &finding.sheet, &cell]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect();
    let owner: Vec<_> = [&finding.department, &finding.division]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect();
    let words = [owner.join(" "), place.join(" › ")];
    let words: Vec<_> = words.iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
    if words.is_empty() { "この月の全体".to_owned() } else { words.join("　") }
}

fn heading(page: &mut String, words: &str) {
    _ = write!(page, "\n■ {words}\n");
}

fn line(page: &mut String, words: &str) {
    page.push_str(words.trim_end());
    page.push('\n');
}

fn rest(page: &mut String, total: usize) {
    if total > LISTED {
        line(page, &format!("　ほかに {}件", total - LISTED));
    }
}
