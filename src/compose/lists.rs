//! 要確認 and 出典: the lists at the end of every internal document.

use crate::finding::{Finding, Severity};
use crate::model::dataset::{Outcome, Source};
use crate::model::report::{Align, Cell, Column, HeadCell, Para, Row, Table};

/// How an outcome is put into words.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Read => "読んだ",
        Outcome::Empty => "対象の表なし",
        Outcome::Failed => "開けない",
    }
}

/// Where a finding stands: `シート！C14`.
pub fn place(finding: &Finding) -> String {
    let cell = finding.cell.map_or_else(String::new, |cell| cell.to_string());
    match (finding.sheet.is_empty(), cell.is_empty()) {
        (true, _) => String::new(),
        (false, true) => finding.sheet.clone(),
        (false, false) => format!("{} › {cell}", finding.sheet),
    }
}

/// The table of what must be looked at.
pub fn findings(findings: &[&Finding], summary: &str) -> Table {
    let column = |width, align| Column { width, align };
    let columns = vec![
        column(3, Align::Center),
        column(5, Align::Left),
        column(20, Align::Left),
        column(12, Align::Left),
    ];
    let head = vec![["番号", "重要度", "内容と直し方", "場所"].map(|text| HeadCell::one(text, 1)).to_vec()];
    let rows = findings.iter().enumerate().map(|(index, finding)| {
        let mark = match finding.severity {
            Severity::Error => "■",
            Severity::Warning => "▲",
            Severity::Note => "・",
        };
        let severity = Cell::text(format!("{mark}{}", finding.severity.label()));
        let mut text = vec![Para::plain(&finding.message)];
        if !finding.cure.is_empty() {
            text.push(Para::small(format!("→ {}", finding.cure)));
        }
        let mut where_ = vec![Para::small(&finding.workbook)];
        if !finding.sheet.is_empty() {
            where_.push(Para::small(place(finding)));
        }
        Row {
            cells: vec![
                Cell::text((index + 1).to_string()),
                severity,
                Cell::paras(text),
                Cell::paras(where_),
            ],
        }
    });
    Table { summary: summary.to_owned(), columns, head, rows: rows.collect(), ..Table::default() }
}

/// The table of the workbooks that a document rests on.
pub fn sources(sources: &[&Source], summary: &str) -> Table {
    let column = |width, align| Column { width, align };
    let columns = vec![
        column(18, Align::Left),
        column(7, Align::Left),
        column(4, Align::Right),
        column(4, Align::Right),
        column(6, Align::Left),
    ];
    let head = vec![
        ["ブック", "部・課", "指標の値", "取組項目", "結果"].map(|text| HeadCell::one(text, 1)).to_vec(),
    ];
    let rows = sources.iter().map(|source| {
        let mut book = vec![Para::plain(&source.workbook)];
        book.push(Para::small(format!("SHA-256 {}", source.sha256.get(..16).unwrap_or(&source.sha256))));
        let owner = [source.department.as_str(), source.division.as_str()].map(Para::plain);
        let owner = owner.into_iter().filter(|para| !para.text().is_empty()).collect::<Vec<_>>();
        Row {
            cells: vec![
                Cell::paras(book),
                Cell::paras(if owner.is_empty() { vec![Para::plain("所属不明")] } else { owner }),
                Cell::text(source.figures.to_string()),
                Cell::text(source.initiatives.to_string()),
                Cell::text(outcome(source.outcome)),
            ],
        }
    });
    Table { summary: summary.to_owned(), columns, head, rows: rows.collect(), ..Table::default() }
}
