//! The sample city's workbooks in `input/2021-05`, typed here cell by cell so that each can be told and changed.
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
mod pen;
mod policy;
mod residents;
mod welfare;

use std::path::PathBuf;

use pen::Book;

/// Every generated workbook with its place below `input/2021-05`.
fn workbooks() -> Vec<(&'static str, Book)> {
    vec![
        ("市民環境部/市民環境部_部の運営方針.xlsx", policy::book()),
        ("市民環境部/市民課_指標・取組進捗.xlsx", residents::book()),
        ("市民環境部/環境衛生課_成果指標.xlsx", hygiene::book()),
        ("健康福祉部/地域福祉課_目標管理表.xlsx", welfare::book()),
        ("健康福祉部/健康増進課_KPI管理表.xlsx", health::book()),
        ("消防本部/消防本部_目標管理シート.xlsx", fire::book()),
    ]
}

#[test]
fn committed_workbooks_are_what_the_generator_gives() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("input/2021-05");
    let rewrite = std::env::var_os("HOSHIN_WRITE_SAMPLES").is_some_and(|value| value == "1");
    let mut stale = Vec::new();
    for (path, book) in workbooks() {
        let (file, bytes) = (folder.join(path), book.bytes());
        if std::fs::read(&file).is_ok_and(|committed| committed == bytes) {
            continue;
        }
        if rewrite {
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("created");
            std::fs::write(&file, bytes).expect("written");
            eprintln!("written: {}", file.display());
        } else {
            stale.push(path);
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
    for (path, _) in workbooks() {
        let name = path.rsplit('/').next().and_then(|name| name.strip_suffix(".xlsx")).expect("a name");
        let kinds = if name.ends_with("部の運営方針") { 3 } else { 2 };
        for kind in ["indicators", "initiatives", "sections"].iter().take(kinds) {
            let file = facts.join(format!("{name}.{kind}.csv"));
            assert!(file.is_file(), "{} is missing", file.display());
        }
    }
}
