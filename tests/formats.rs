//! The same workbook in another file format is read to the same facts.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::facts::{compare, facts_of};
use crate::support::{Project, checkout};

const BOOK: &str = "事務事業評価_集計";

/// The workbook of shared facts as `LibreOffice` saves it; says so where it or the workbook is missing.
fn converted(folder: &Path, format: &str) -> Option<PathBuf> {
    let source = checkout(&format!("../shared/workbooks-profile/{BOOK}.xlsx"));
    if !source.exists() {
        eprintln!("skipped: ../shared is missing");
        return None;
    }
    let own = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let run = Command::new("soffice")
        .args([own.as_str(), "--headless", "--convert-to", format, "--outdir"])
        .arg(folder)
        .arg(source)
        .output();
    let Ok(output) = run else {
        eprintln!("skipped: soffice is missing");
        return None;
    };
    let path = folder.join(BOOK).with_extension(format);
    assert!(path.exists(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(path)
}

#[test]
fn the_profile_reads_the_workbook_as_xls_and_ods_too() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in ["xls", "ods"] {
        let Some(path) = converted(folder.path(), format) else { return };
        let bytes = std::fs::read(path).expect("read");
        let project = Project::bare().file(&format!("台帳/{BOOK}.{format}"), bytes);
        project.run("run --input 台帳 --period 2025-11 --as-of 2025-12-05").exits(0);
        let facts = facts_of(&checkout("../shared/workbooks-profile"), BOOK);
        compare(BOOK, &facts, &project.path("reports/2025-11/data")).all_right(1145, 0);
    }
}
