//! Layouts of initiatives, policy documents and owners: each folder of `cases/initiatives/` holds the workbooks as a
//! person sees them (`input.txt`), what they say (`initiatives.csv`, `sections.csv`, `indicators.csv`) and every finding
//! that they deserve (`findings.csv`), all written by hand. What no fact names must not be read, and a finding that is
//! not listed is a false alarm.

mod book;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use hoshin::console::Progress;
use hoshin::discover::Input;
use hoshin::model::fiscal::Period;
use hoshin::model::passwords::Passwords;
use hoshin::pipeline::{self, Settings};
use hoshin::project::Project;
use hoshin::templates::Templates;
use hoshin::{config, export};

use crate::facts::{Row, compare, rows};
use crate::support::checkout;

const KINDS: [&str; 3] = ["indicators", "initiatives", "sections"];

/// The month of a case, May 2021: its `data/` in a folder.
fn month(case: &Path, folder: &Path) {
    let input = folder.join("input");
    book::write(&std::fs::read_to_string(case.join("input.txt")).expect("input.txt"), &input);
    let own = case.join("hoshin.toml");
    let toml = if own.exists() { own } else { case.with_file_name("hoshin.toml") };
    let text = std::fs::read_to_string(toml).expect("hoshin.toml");
    let config = config::parse(&text, "hoshin.toml").expect("valid");
    let project = Project::new((config, text), Templates::embedded(), Passwords::default(), "hoshin.toml")
        .expect("valid");
    let settings = Settings {
        project,
        input: Input { folder: input, plain: false, reports: folder.join("reports") },
        period: Period { year: 2021, month: 5 },
        as_of: NaiveDate::from_ymd_opt(2021, 6, 10).expect("a day"),
        late: false,
        correcting: None,
        jobs: None,
        apart: None,
        compose: false,
        cache: None,
        keeper: None,
        progress: Progress::silent(),
    };
    let dataset = pipeline::month(&settings).expect("a month").dataset;
    std::fs::create_dir_all(folder.join("data")).expect("a folder");
    for (path, bytes) in export::tables(&dataset).expect("tables") {
        std::fs::write(folder.join(path), bytes).expect("written");
    }
}

/// The stated findings of which there is none, and those that nobody stated.
fn findings(case: &Path, data: &Path) -> Vec<String> {
    let key = |row: &Row| ["code", "workbook", "sheet", "cell"].map(|column| row[column].clone()).join(" ");
    let mut lines = Vec::new();
    let mut stated: Vec<String> = rows(&case.join("findings.csv")).iter().map(key).collect();
    for row in rows(&data.join("findings.csv")) {
        let found = key(&row);
        match stated.iter().position(|stated| *stated == found) {
            Some(index) => _ = stated.remove(index),
            None => lines.push(format!("false alarm: {found} 「{}」 {}", row["raw"], row["message"])),
        }
    }
    lines.extend(stated.into_iter().map(|stated| format!("not found: {stated}")));
    lines
}

/// What is wrong with a case.
fn faults(case: &Path) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    month(case, folder.path());
    let data = folder.path().join("data");
    let mut lines = Vec::new();
    let mut books: BTreeMap<String, Vec<(&str, Vec<Row>)>> = BTreeMap::new();
    for kind in KINDS {
        for mut fact in rows(&case.join(format!("{kind}.csv"))) {
            let book = fact.remove("workbook").expect("a column workbook");
            let kinds = books.entry(book).or_insert_with(|| KINDS.map(|kind| (kind, Vec::new())).to_vec());
            kinds.iter_mut().find(|(other, _)| *other == kind).expect("a kind").1.push(fact);
        }
    }
    let stem =
        |row: &Row| Path::new(&row["workbook"]).file_stem().expect("a name").to_string_lossy().into_owned();
    for kind in KINDS {
        let stated: BTreeSet<&String> = books
            .iter()
            .filter(|(_, kinds)| kinds.iter().any(|(k, f)| *k == kind && !f.is_empty()))
            .map(|(b, _)| b)
            .collect();
        let found = rows(&data.join(format!("{kind}.csv")));
        let invented = found.iter().filter(|row| !stated.contains(&stem(row)));
        lines.extend(invented.map(|row| format!("invented: {kind} {row:?}")));
    }
    for (book, facts) in &books {
        lines.extend(compare(book, facts, &data).lines);
    }
    lines.extend(findings(case, &data));
    lines
}

#[test]
fn every_layout_is_read() {
    let mut lines = Vec::new();
    let mut cases: Vec<_> = std::fs::read_dir(checkout("tests/cases/initiatives")).expect("cases").collect();
    cases.sort_by_key(|entry| entry.as_ref().map(std::fs::DirEntry::path).ok());
    let only = std::env::var("CASE").unwrap_or_default();
    for case in cases.into_iter().map(|entry| entry.expect("listed").path()) {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        if case.is_dir() && name.contains(&only) {
            lines.extend(faults(&case).into_iter().map(|fault| format!("[{name}] {fault}")));
        }
    }
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}
