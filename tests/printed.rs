//! What people are handed, read back with tools that are not ours.

use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader};

use crate::facts::{facts_of, rows};
use crate::sample::month;
use crate::support::{Project, checkout};

/// A PDF's text without any white space; `None`, said aloud, where poppler-utils are missing.
pub fn text_of(pdf: &Path) -> Option<String> {
    let output = Command::new("pdftotext").arg(pdf).arg("-").output();
    let Ok(output) = output else {
        eprintln!("skipped: pdftotext is missing");
        return None;
    };
    assert!(output.status.success(), "{}", pdf.display());
    Some(squeezed(&String::from_utf8(output.stdout).expect("UTF-8")))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_department_finds_its_whole_document_in_the_report() {
    let project = Project::new();
    let month = month(&project, "2", "reports");
    let Some(text) = text_of(&month.join("部局別/総合政策部.pdf")) else { return };
    let facts = facts_of(&checkout("tests/cases/sample/facts"), "総合政策部_部の運営方針");
    let mut wanted = Vec::new();
    for (kind, rows) in &facts {
        let columns: &[&str] = match *kind {
            "indicators" => &["indicator", "raw"],
            "initiatives" => &["program", "item", "division"],
            _ => &["title", "category", "text"],
        };
        wanted.extend(rows.iter().flat_map(|row| columns.iter().map(|column| squeezed(&row[*column]))));
    }
    let missing: Vec<_> = wanted.iter().filter(|part| !text.contains(part.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for part in ["△やや遅れ", "◎完了", "×停滞", "課の追加項目", "内部資料", "暫定", "要確認", "出典"]
    {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn every_finding_of_a_department_is_in_its_report() {
    let project = Project::new();
    let month = month(&project, "2", "reports");
    let findings = rows(&month.join("data/findings.csv"));
    assert!(!findings.is_empty());
    for row in findings.iter().filter(|row| row["severity"] != "note" && !row["department"].is_empty()) {
        let Some(text) = text_of(&month.join(format!("部局別/{}.pdf", row["department"]))) else { return };
        assert!(text.contains(&squeezed(&row["message"])), "{}", row["message"]);
    }
}

#[test]
fn numbers_of_the_consolidated_workbook_are_numbers() {
    let project = Project::new();
    let month = month(&project, "2", "reports");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(month.join("統合.xlsx")).expect("a workbook");
    assert_eq!(book.sheet_names(), ["概要", "指標", "取組", "提出状況", "要確認", "出典"]);
    let range = book.worksheet_range("指標").expect("the sheet");
    let has = |name: &str, value: f64| {
        range.rows().filter(|row| row.iter().any(|cell| *cell == Data::String(name.to_owned()))).any(|row| {
            row.iter().any(|cell| matches!(cell, Data::Float(number) if (number - value).abs() < 1e-12))
        })
    };
    assert!(has("社会移動数", -53.0));
    assert!(has("時間外勤務時間（1人あたり月平均）", 16.25));
    assert!(has("基金確保比率", 0.067), "a percentage is stored as a share");
}
