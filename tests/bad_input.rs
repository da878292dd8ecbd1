//! A bad workbook never stops the run; a bad configuration or folder always does, and changes nothing.

use crate::facts::rows;
use crate::support::{Project, checkout};

const MAY: &str = "run --input 台帳 --period 2021-05 --as-of 2021-06-07";

/// Findings of a run: file and code.
fn codes(project: &Project) -> Vec<(String, String)> {
    let findings = rows(&project.path("reports/2021-05/data/findings.csv"));
    let failed = findings.into_iter().filter(|row| row["severity"] == "error");
    failed.map(|row| (row["workbook"].clone(), row["code"].clone())).collect()
}

#[test]
fn each_bad_file_is_one_finding_and_the_rest_goes_on() {
    let workbook = crate::support::workbook();
    let project = Project::bare()
        .file("台帳/よい.xlsx", &workbook)
        .file("台帳/切れた.xlsx", &workbook[..workbook.len() / 2])
        .file("台帳/空.xlsx", b"")
        .file("台帳/文章.xlsx", "これは台帳ではありません".as_bytes())
        .file("台帳/~$よい.xlsx", b"lock")
        .file("台帳/.隠し.xlsx", &workbook);
    project.run(MAY).exits(0);
    let found = codes(&project);
    let found: Vec<_> = found.iter().map(|(file, code)| (file.as_str(), code.as_str())).collect();
    assert_eq!(
        found,
        [("切れた.xlsx", "workbook-broken"), ("文章.xlsx", "not-a-workbook"), ("空.xlsx", "workbook-empty")]
    );
    let figures = rows(&project.path("reports/2021-05/data/indicators.csv"));
    assert_eq!(figures.len(), 2, "{figures:?}");
    for row in rows(&project.path("reports/2021-05/data/findings.csv")) {
        assert!(!row["message"].is_empty() && !row["cure"].is_empty(), "{row:?}");
    }
}

#[test]
fn encrypted_workbooks_are_named_as_such() {
    let corpus = checkout("../shared/corpus/hostile");
    if !corpus.is_dir() {
        eprintln!("skipped: ../shared is missing");
        return;
    }
    let mut project = Project::bare().workbook("台帳/よい.xlsx");
    let names = [
        "calamine_pass_protected.xlsx",
        "calamine_pass_protected.xlsb",
        "calamine_pass_protected.ods",
        "poi_password.xls",
    ];
    for name in names {
        project = project.file(&format!("台帳/{name}"), std::fs::read(corpus.join(name)).expect("read"));
    }
    project.run(MAY).exits(0);
    let found = codes(&project);
    assert_eq!(found.len(), names.len(), "{found:?}");
    assert!(found.iter().all(|(_, code)| code == "workbook-encrypted"), "{found:?}");
}

#[test]
fn a_character_that_the_fonts_lack_is_a_finding() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["部名", "総合政策部", ""],
        ["指標名", "R2実績", "R3目標"],
        ["𠮷田地区の参加者数（人）", "12", "15"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (col, text) in (0..).zip(cells) {
            sheet.write_string(row, col, text).expect("written");
        }
    }
    let project = Project::bare().file("台帳/a.xlsx", book.save_to_buffer().expect("a workbook"));
    project.run(MAY).exits(0);
    let findings = crate::facts::rows(&project.path("reports/2021-05/data/findings.csv"));
    let missing: Vec<_> = findings.iter().filter(|row| row["code"] == "glyph-missing").collect();
    assert!(
        missing.iter().any(|row| row["raw"] == "𠮷" && row["department"] == "総合政策部"),
        "{findings:?}"
    );
}

#[test]
fn workbooks_equal_to_the_byte_count_once() {
    let project = Project::bare().workbook("台帳/a.xlsx").workbook("台帳/b.xlsx");
    project.run(MAY).exits(0);
    let figures = rows(&project.path("reports/2021-05/data/indicators.csv"));
    assert!(figures.iter().all(|row| row["workbook"] == "a.xlsx") && figures.len() == 2, "{figures:?}");
    let findings = rows(&project.path("reports/2021-05/data/findings.csv"));
    assert!(findings.iter().any(|row| row["code"] == "workbook-duplicate" && row["workbook"] == "b.xlsx"));
}
