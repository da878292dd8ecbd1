//! Other programs open the workbook too.

use std::path::Path;
use std::process::Command;

use super::*;

const LOOK: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book["指標一覧"]
assert sheet["D7"].value == -53 and sheet["D7"].data_type == "n", sheet["D7"].value
assert "△" in sheet["D7"].number_format
assert sheet["D8"].value == 16.25 and sheet["D9"].value == 0.141
assert sheet["H7"].is_date and sheet["H7"].value.isoformat().startswith("2021-12-28")
assert sheet.freeze_panes == "C7", sheet.freeze_panes
assert sheet.auto_filter.ref == "A6:I10"
assert sheet.print_title_rows == "$5:$6", sheet.print_title_rows
assert sheet["D7"].hyperlink.target == "../原本/0123abcd.xlsx", sheet["D7"].hyperlink
assert sheet["D7"].hyperlink.location == "'指標 (企画''財政課)'!C7"
"#;

/// Whether a program answers; says so where it does not.
#[allow(clippy::print_stderr, reason = "a skipped test says so")]
fn there(program: &str, args: &[&str]) -> bool {
    let found = Command::new(program).args(args).output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: {program} {args:?} is missing");
    }
    found
}

#[allow(clippy::disallowed_methods, reason = "other programs read files, not bytes")]
fn save(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("統合.xlsx");
    std::fs::write(&path, write(book(), &originals()).expect("written")).expect("saved");
    path
}

#[test]
fn openpyxl_reads_it() {
    if !there("python3", &["-c", "import openpyxl"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let output =
        Command::new("python3").arg("-c").arg(LOOK).arg(save(folder.path())).output().expect("python3 runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn libreoffice_prints_it() {
    if !there("soffice", &["--version"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(save(folder.path()))
        .output()
        .expect("soffice runs");
    let pdf = std::fs::read(folder.path().join("統合.pdf")).unwrap_or_default();
    assert!(pdf.starts_with(b"%PDF"), "{}", String::from_utf8_lossy(&output.stderr));
}
