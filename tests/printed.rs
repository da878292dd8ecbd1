//! What people are handed, read back with tools that are not ours.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use calamine::{Data, DataType, Reader};

use crate::facts::{facts_of, rows};
use crate::sample::month;
use crate::support::{Project, checkout};

/// A PDF's text in the order in which it is written, without any white space; `None`, said aloud, where poppler-utils are missing.
pub fn text_of(pdf: &Path) -> Option<String> {
    Some(squeezed(&converted(pdf, &["-raw"])?))
}

fn converted(pdf: &Path, options: &[&str]) -> Option<String> {
    let output = Command::new("pdftotext").args(options).arg(pdf).arg("-").output();
    let Ok(output) = output else {
        eprintln!("skipped: pdftotext is missing");
        return None;
    };
    assert!(output.status.success(), "{}", pdf.display());
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
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
    for part in ["▼やや遅れ", "◎完了", "×停滞", "課の追加項目", "内部資料", "暫定", "要確認", "出典"]
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
    assert_eq!(
        book.sheet_names(),
        ["概要", "指標", "指標明細", "取組", "判定", "提出状況", "要確認", "出典"]
    );
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

/// The sheet 判定 by its header's words.
fn judged(month: &Path) -> Vec<BTreeMap<String, Data>> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(month.join("統合.xlsx")).expect("a workbook");
    let range = book.worksheet_range("判定").expect("the sheet");
    let mut rows = range
        .rows()
        .skip_while(|row| row.first().is_none_or(|cell| cell.as_string().as_deref() != Some("部局")));
    let head: Vec<String> = rows.next().expect("a header").iter().map(ToString::to_string).collect();
    rows.map(|row| head.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

#[test]
fn every_judgement_is_printed_with_its_working() {
    let project = Project::new();
    let month = month(&project, "2", "reports");
    let judgements = rows(&month.join("data/judgements.csv"));
    assert!(judgements.len() > 50);
    let sheet = judged(&month);
    assert_eq!(sheet.len(), judgements.len());
    for (row, cells) in judgements.iter().zip(&sheet) {
        for (column, title) in [("name", "名前"), ("working", "根拠"), ("reason", "理由"), ("rule", "規則")]
        {
            assert_eq!(cells[title].to_string(), row[column]);
        }
        assert!(cells["判定"].to_string().ends_with(&row["result"]), "{cells:?}");
        let Some(text) = text_of(&month.join(format!("部局別/{}.pdf", row["department"]))) else {
            continue;
        };
        assert!(text.contains(&squeezed(&row["working"])), "{row:?}");
        // A status that says it all stands for its verdict's reason.
        if !row["reason"].starts_with("状況が「") {
            assert!(text.contains(&squeezed(&row["reason"])), "{row:?}");
        }
    }
}

/// The number of a cell.
fn float(cell: &Data) -> f64 {
    match cell {
        Data::Float(value) => *value,
        other => panic!("no number: {other:?}"),
    }
}

#[test]
fn printed_rates_and_differences_are_those_of_the_figures() {
    let project = Project::new();
    let month = month(&project, "2", "reports");
    let figures = rows(&month.join("data/indicators.csv"));
    let of = |row: &BTreeMap<String, String>, kind: &str, year: &str| -> f64 {
        let fits = |one: &&BTreeMap<String, String>| {
            one["indicator_id"] == row["id"]
                && one["kind"] == kind
                && one["fiscal_year"] == row[year]
                && one["span"] == "year"
                && one["primary"] == "1"
        };
        figures.iter().find(fits).expect("a figure")["value"].parse().expect("a number")
    };
    let less = |row: &BTreeMap<String, String>| {
        let own =
            |one: &&BTreeMap<String, String>| one["indicator_id"] == row["id"] && one["kind"] == "target";
        figures.iter().filter(own).any(|one| one["polarity"] == "decrease" || one["bound"] == "<=")
    };
    let (mut rates, mut differences) = (0, 0);
    for (row, cells) in rows(&month.join("data/judgements.csv")).iter().zip(judged(&month)) {
        if row["subject"] != "indicator" || row["result"] == "判定不能" {
            continue;
        }
        let (actual, target) = (of(row, "actual", "actual_year"), of(row, "target", "target_year"));
        let share = if cells["単位"].as_string().as_deref() == Some("%") { 100.0 } else { 1.0 };
        assert!((float(&cells["実績"]) * share - actual).abs() < 1e-9, "{cells:?}");
        if row["rule"].starts_with("rate-") && !row["rate"].is_empty() {
            let rate = if less(row) { target / actual } else { actual / target };
            assert!((float(&cells["達成率など"]) - rate).abs() < 1e-9, "{cells:?}");
            rates += 1;
        }
        if let Some((_, text)) = row["working"].split_once("、差") {
            let text = text.replace('△', "-").replace(',', "");
            let end =
                text.find(|c: char| !(c.is_ascii_digit() || c == '-' || c == '.')).unwrap_or(text.len());
            let printed: f64 = text.get(..end).expect("within").parse().expect("a number");
            assert!((printed - (actual - target)).abs() < 1e-9, "{row:?}");
            differences += 1;
        }
    }
    assert!(rates >= 15 && differences >= 1, "{rates} {differences}");
}

#[test]
fn the_summary_counts_the_judgements_on_at_most_four_pages() {
    let project = Project::new();
    let month = month(&project, "2", "reports");
    let judgements = rows(&month.join("data/judgements.csv"));
    let Some(text) = converted(&month.join("全庁概要.pdf"), &["-layout"]) else { return };
    assert!(text.matches('\u{c}').count() <= 4, "{text}");
    let text = squeezed(&text);
    let line = |fits: &dyn Fn(&BTreeMap<String, String>) -> bool| -> String {
        let mut line = String::new();
        for subject in ["indicator", "initiative"] {
            for result in ["達成", "順調", "やや遅れ", "遅れ", "判定不能"] {
                let same = |row: &&BTreeMap<String, String>| {
                    row["subject"] == subject && row["result"] == result && fits(row)
                };
                let count = judgements.iter().filter(same).count();
                line.push_str(&if count == 0 { "－".to_owned() } else { count.to_string() });
            }
        }
        line
    };
    let departments: std::collections::BTreeSet<&str> =
        judgements.iter().map(|row| row["department"].as_str()).collect();
    assert!(departments.len() > 3);
    for name in departments {
        let counts = line(&|row| row["department"] == name);
        assert!(text.contains(&format!("{name}{counts}")), "{name}{counts}\n{text}");
        let own = converted(&month.join(format!("部局別/{name}.pdf")), &["-layout"]).expect("text");
        assert!(squeezed(&own).contains(&counts), "{name}{counts}");
    }
    assert!(text.contains(&format!("全庁{}", line(&|_| true))), "{text}");
    let late = judgements.iter().filter(|row| row["result"].ends_with("遅れ")).count();
    let shown = judgements.iter().filter(|row| row["result"].ends_with("遅れ"));
    let shown = shown.filter(|row| text.contains(&squeezed(&row["name"]))).count();
    assert!(late > 0 && shown > 0, "{late} {shown}");
}
