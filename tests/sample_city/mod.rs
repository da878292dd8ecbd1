//! The sample city's workbooks in `input/2021-05` to `input/2021-08`, typed here cell by cell so that each can be told and
//! changed.
//!
//! The committed files are what these functions give. After a change: `HOSHIN_WRITE_SAMPLES=1 cargo test sample_city`,
//! and bring `tests/cases/sample/facts` in line by hand. The two workbooks of 総合政策部 are kept as they came.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a generator stops at the first surprise, and is the one that writes these files"
)]

mod fire;
mod health;
mod hygiene;
mod months;
mod pen;
mod policy;
mod residents;
mod welfare;

use std::path::{Path, PathBuf};

use pen::{Book, Edits};

/// The months that there are.
const MONTHS: [&str; 4] = ["2021-05", "2021-06", "2021-07", "2021-08"];

/// Kept as they came, in every month.
const GIVEN: [&str; 2] = ["総合政策部/総合政策部_部の運営方針.xlsx", "総合政策部/企画財政課_指標・進捗.xlsx"];

/// How a workbook comes about.
type Maker = fn(&Edits) -> Book;

/// Every generated workbook with its place below a month's folder.
const WORKBOOKS: [(&str, Maker); 6] = [
    ("市民環境部/市民環境部_部の運営方針.xlsx", policy::book),
    ("市民環境部/市民課_指標・取組進捗.xlsx", residents::book),
    ("市民環境部/環境衛生課_成果指標.xlsx", hygiene::book),
    ("健康福祉部/地域福祉課_目標管理表.xlsx", welfare::book),
    ("健康福祉部/健康増進課_KPI管理表.xlsx", health::book),
    ("消防本部/消防本部_目標管理シート.xlsx", fire::book),
];

/// Every workbook of every month: its path and its bytes.
fn committed(input: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for month in MONTHS {
        for (path, make) in WORKBOOKS {
            let book = months::edits(month, path).map(|edits| make(&edits));
            files.extend(book.map(|book| (input.join(month).join(path), book.bytes())));
        }
        for path in GIVEN {
            let first = std::fs::read(input.join(MONTHS[0]).join(path)).expect("kept");
            files.push((input.join(month).join(path), first));
        }
    }
    files
}

#[test]
fn committed_workbooks_are_what_the_generator_gives() {
    let input = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("input");
    let rewrite = std::env::var_os("HOSHIN_WRITE_SAMPLES").is_some_and(|value| value == "1");
    let mut stale = Vec::new();
    for (file, bytes) in committed(&input) {
        if std::fs::read(&file).is_ok_and(|committed| committed == bytes) {
            continue;
        }
        if rewrite {
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("created");
            std::fs::write(&file, bytes).expect("written");
            eprintln!("written: {}", file.display());
        } else {
            stale.push(file);
        }
    }
    assert!(
        stale.is_empty(),
        "not what the generator gives: {stale:?}; see HOSHIN_WRITE_SAMPLES in this module"
    );
}

#[test]
fn every_workbook_has_its_facts() {
    let facts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sample/facts");
    for (path, _) in WORKBOOKS {
        let name = path.rsplit('/').next().and_then(|name| name.strip_suffix(".xlsx")).expect("a name");
        let kinds = if name.ends_with("部の運営方針") { 3 } else { 2 };
        for kind in ["indicators", "initiatives", "sections"].iter().take(kinds) {
            let file = facts.join(format!("{name}.{kind}.csv"));
            assert!(file.is_file(), "{} is missing", file.display());
        }
    }
}
