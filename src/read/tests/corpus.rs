//! Files that others made: real ones, and ones made to break readers.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rust_decimal::Decimal;

use super::{at, cell, read, shared, sheet, text};
use crate::finding::Code;
use crate::model::sheet::{Cell, Format, Value, Workbook};
use crate::read::ReadError;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

#[test]
fn every_hostile_file_is_read_or_refused_with_a_reason() {
    let Some(folder) = shared("corpus/hostile") else { return };
    // What is not named here must be read.
    let refused = [
        ("calamine_OOM_alloc3.xls", Code::WorkbookBroken),
        ("calamine_issue_594_dos.ods", Code::WorkbookOverLimit),
        ("calamine_pass_protected.ods", Code::WorkbookEncrypted),
        ("calamine_pass_protected.xlsb", Code::WorkbookEncrypted),
        ("calamine_pass_protected.xlsx", Code::WorkbookEncrypted),
        ("calamine_too_small.xls", Code::NotAWorkbook),
        ("empty_file.xlsx", Code::WorkbookEmpty),
        ("poi_Simple.xlsb", Code::WorkbookBroken),
        ("poi_clusterfuzz-testcase-minimized-POIHSSFFuzzer-5816431116615680.xls", Code::WorkbookBroken),
        ("poi_password.xls", Code::WorkbookEncrypted),
        ("poi_poc-shared-strings.xlsx", Code::WorkbookOverLimit),
        ("poi_poc-xmlbomb-empty.xlsx", Code::WorkbookBroken),
        ("poi_poc-xmlbomb.xlsx", Code::WorkbookBroken),
        ("poi_protected_passtika.xlsb", Code::WorkbookEncrypted),
        ("poi_protected_passtika.xlsx", Code::WorkbookEncrypted),
        ("random_bytes.xlsx", Code::NotAWorkbook),
        ("text_named.xlsx", Code::NotAWorkbook),
        ("truncated.xlsx", Code::WorkbookBroken),
        ("~$locked.xlsx", Code::NotAWorkbook),
    ];
    for path in files(&folder) {
        let start = Instant::now();
        let result = read(&path);
        let name = name(&path);
        assert!(start.elapsed() < Duration::from_secs(10), "{name} took {:?}", start.elapsed());
        let expected = refused.iter().find(|(file, _)| *file == name).map(|(_, code)| *code);
        assert_eq!(result.as_ref().err().map(ReadError::code), expected, "{name}: {:?}", result.err());
    }
}

#[test]
fn every_real_file_is_read() {
    let Some(folder) = shared("corpus/real") else { return };
    for path in files(&folder) {
        let book = read(&path).unwrap_or_else(|error| panic!("{}: {error}", name(&path)));
        assert!(book.sheets.iter().any(|sheet| !sheet.grid.is_empty()), "{}", name(&path));
        assert_eq!(book.limits, Vec::<String>::new(), "{}", name(&path));
    }
}

#[test]
fn content_tells_the_format() {
    let Some(folder) = shared("corpus/hostile") else { return };
    for (file, format) in [
        ("xlsx_named.xls", Format::Xlsx),
        ("calamine_any_sheets.xls", Format::Xls),
        ("calamine_any_sheets.xlsb", Format::Xlsb),
        ("calamine_any_sheets.ods", Format::Ods),
    ] {
        let book = read(&folder.join(file)).expect("a workbook");
        assert_eq!(book.format, format, "{file}");
        // An ods has no chart sheets: a chart stands on a sheet like any other.
        let charts = book.sheets.iter().filter(|sheet| &*sheet.name == "Chart").count();
        assert_eq!(charts, usize::from(format == Format::Ods), "{file}");
        let hidden = book.sheets.iter().filter(|sheet| sheet.hidden).count();
        assert!(hidden >= 1, "{file}");
    }
}

#[test]
fn texts_as_excel_shows_them() {
    let Some(folder) = shared("corpus/real") else { return };
    let book = read(&folder.join("24_cell_formats_wareki.xlsx")).expect("a workbook");
    let (mut all, mut wrong) = (0, Vec::new());
    for sheet in &book.sheets {
        for row in 3..100 {
            let get = |col: char| sheet.grid.get(at(&format!("{col}{}", row + 1)));
            let (Some(value), Some(expected)) = (get('C'), get('D')) else { continue };
            all += 1;
            if value.text != expected.text {
                let line = format!(
                    "{} C{}: {} under {}: {:?}, not {:?}",
                    sheet.name,
                    row + 1,
                    get('A').map_or("", |cell| &cell.text),
                    value.format,
                    value.text,
                    expected.text
                );
                assert!(!value.format.contains("[$-411]"), "{line}");
                wrong.push(line);
            }
        }
    }
    eprintln!("{} of {all} differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(all > 150 && wrong.len() * 20 <= all, "{} of {all}", wrong.len());
}

#[test]
fn many_merges_are_found_quickly() {
    let Some(folder) = shared("corpus/hostile") else { return };
    let book = read(&folder.join("poi_57893-many-merges.xlsx")).expect("a workbook");
    let grid = &book.sheets.first().expect("a sheet").grid;
    assert!(grid.merges().len() > 10_000);
    let start = Instant::now();
    for merge in grid.merges() {
        assert_eq!(grid.merge_at(merge.end), Some(merge));
    }
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[test]
fn shared_formulas_of_an_xls_are_formulas() {
    let Some(folder) = shared("corpus/hostile") else { return };
    let book = read(&folder.join("calamine_OOM_alloc.xls")).expect("a workbook");
    let sums: Vec<&Cell> = book.sheets.iter().filter_map(|sheet| sheet.grid.get(at("J38"))).collect();
    assert!(sums.iter().any(|cell| cell.formula && &*cell.text == "12642"), "{sums:?}");
}

/// What the sample workbook must show in every format that it is saved in.
fn check_sample(book: &Workbook) {
    assert_eq!(text(book, "指標", "C7"), "△53");
    assert_eq!(cell(book, "指標", "C7").value, Value::Number(Decimal::from(-53)));
    assert_eq!(text(book, "指標", "C6"), "6.7%");
    assert_eq!(cell(book, "指標", "C6").value, Value::Number(Decimal::new(67, 3)));
    assert!(cell(book, "指標", "C6").format.contains('%'));
    assert_eq!(text(book, "指標", "C8"), "2,134,567");
    assert_eq!(text(book, "指標", "E9"), "16.3");
    assert_eq!(cell(book, "指標", "E9").value, Value::Number(Decimal::new(1625, 2)));
    assert_eq!(text(book, "指標", "F6"), "作業中");
    assert_eq!(cell(book, "指標", "F6").comment.as_deref(), Some("決算待ち"));
    assert_eq!(text(book, "取組進捗", "F4"), "R4.3.31");
    assert!(
        matches!(cell(book, "取組進捗", "F4").value, Value::Date(_, moment) if moment.to_string().starts_with("2022-03-31"))
    );
    let hidden: Vec<&str> =
        book.sheets.iter().filter(|sheet| sheet.hidden).map(|sheet| &*sheet.name).collect();
    assert_eq!(hidden, ["旧データ"]);
    assert_eq!(sheet(book, "指標").grid.anchor(at("E4")), at("C4"));
    assert!(book.modified.is_some());
    assert!(book.limits.is_empty());
}

#[test]
fn the_sample_workbook() {
    let Some(folder) = shared("workbooks") else { return };
    check_sample(&read(&folder.join("企画財政課_指標・進捗.xlsx")).expect("a workbook"));
    let other = read(&folder.join("総合政策部_部の運営方針.xlsx")).expect("a workbook");
    assert_eq!(other.sheets.len(), 1);
}

#[test]
fn the_sample_workbook_saved_as_xls_and_ods() {
    let Some(folder) = shared("workbooks") else { return };
    let target = tempfile::tempdir().expect("a folder");
    for (format, expected) in [("xls", Format::Xls), ("ods", Format::Ods)] {
        let source = folder.join("企画財政課_指標・進捗.xlsx");
        let Some(path) = converted(target.path(), &source, format) else { return };
        let book = read(&path).expect("a workbook");
        assert_eq!(book.format, expected);
        check_sample(&book);
    }
}

#[test]
fn all_formats_tell_the_same() {
    let Some(folder) = shared("corpus") else { return };
    let first_sheet = |file: &str| {
        let book = read(&folder.join(file)).expect("a workbook");
        book.sheets.into_iter().next().expect("a sheet").grid
    };
    // The second pair differs in one cell's number format: values are compared.
    for (model, files) in [
        (
            "hostile/sheetjs_merge_cells.xlsx",
            vec![
                "hostile/sheetjs_merge_cells.xls",
                "hostile/sheetjs_merge_cells.xlsb",
                "hostile/sheetjs_merge_cells.ods",
            ],
        ),
        ("real/25_ja_worklist_status.xls", vec!["real/25_ja_worklist_status.xlsb"]),
    ] {
        let expected = first_sheet(model);
        assert!(!expected.is_empty() && !expected.merges().is_empty());
        for file in files {
            let grid = first_sheet(file);
            assert!(grid.merges() == expected.merges(), "{file}: merges");
            assert_eq!(grid.cells().count(), expected.cells().count(), "{file}");
            for (at, cell) in grid.cells() {
                assert_eq!(Some(&cell.value), expected.get(at).map(|cell| &cell.value), "{file} {at}");
            }
        }
    }
}

/// A workbook with what only the file itself tells: saved by another program in the older formats.
#[test]
fn hidden_and_struck_survive_in_xls_and_ods() {
    let target = tempfile::tempdir().expect("a folder");
    let source = target.path().join("元.xlsx");
    std::fs::write(&source, super::written::marked()).expect("written");
    super::written::check_marked(&read(&source).expect("a workbook"));
    for format in ["xls", "ods"] {
        let Some(path) = converted(target.path(), &source, format) else { return };
        super::written::check_marked(&read(&path).expect("a workbook"));
    }
}

/// Saves a workbook in another format; says so where the program for that is missing.
fn converted(target: &Path, source: &Path, format: &str) -> Option<PathBuf> {
    let profile = format!("-env:UserInstallation=file://{}/profile", target.display());
    let run = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", format, "--outdir"])
        .arg(target)
        .arg(source)
        .output();
    let Ok(output) = run else {
        eprintln!("skipped: soffice is missing");
        return None;
    };
    let path = target.join(source.file_name().expect("a name")).with_extension(format);
    assert!(path.exists(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(path)
}
