//! 統合.xlsx of two months of the sample: what Excel would want to repair, and what its formulas come to elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, DataType, Reader, Xlsx};
use quick_xml::events::Event;

use crate::support::{Project, book, checkout};

mod parts;

use parts::{Area, Package};

/// Runs May and June, and gives June's workbook.
fn june(project: &Project) -> PathBuf {
    for (month, as_of) in [("2021-05", "2021-06-10"), ("2021-06", "2021-07-12")] {
        let (input, config) = (checkout("input").join(month), checkout("hoshin.toml"));
        let output = project.path("reports");
        let [input, config, output] =
            [&input, &config, &output].map(|path| path.to_str().expect("UTF-8").to_owned());
        let args = [
            "run", "--period", month, "--as-of", as_of, "--input", &input, "--config", &config, "--output",
            &output,
        ];
        project.run_words(&args).exits(0);
    }
    project.path("reports/2021-06/統合.xlsx")
}

/// All looks at one workbook: to run two months takes longer than to look at them.
#[test]
fn the_consolidated_workbook_needs_no_repair_and_computes_what_it_says() {
    let project = Project::bare();
    let path = june(&project);
    let bytes = std::fs::read(&path).expect("there");
    let package = Package::of(&bytes);
    package.is_well_formed();
    tables_are_as_excel_wants_them(&package, &bytes);
    names_are_as_excel_wants_them(&package);
    sparklines_draw_figures_alone(&package, &bytes);
    every_sheet_leads_to_the_board_and_back(&package);
    what_stands_out_is_there(&package);
    the_board_says_what_the_data_say(&project, &bytes);
    openpyxl_sees_it_all(&path);
    other_programs_compute_the_same(&path, 90);
}

#[test]
fn a_month_without_departments_and_figures_is_still_a_workbook_that_computes() {
    let project = Project::bare().file("input/控え.xlsx", book(&[&["控え"]]));
    project.run("run --input input --period 2021-05 --as-of 2021-06-01").exits(0);
    let path = project.path("reports/2021-05/統合.xlsx");
    let bytes = std::fs::read(&path).expect("there");
    let package = Package::of(&bytes);
    package.is_well_formed();
    tables_are_as_excel_wants_them(&package, &bytes);
    let mut opened: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).expect("a workbook");
    let board = opened.worksheet_range("概要").expect("the board");
    let row = board.rows().find(|row| row[0] == Data::String("所属不明".into())).expect("a row");
    assert_eq!(row[1].as_i64(), Some(1), "one workbook that names no department: {row:?}");
    assert!(row[2..15].iter().all(|cell| cell.as_i64() == Some(0)), "{row:?}");
    other_programs_compute_the_same(&path, 20);
}

fn tables_are_as_excel_wants_them(package: &Package, bytes: &[u8]) {
    let mut opened: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut names = BTreeSet::new();
    for (sheet, part) in package.sheets() {
        let tables = package.related(&part, "/table");
        assert_eq!(tables.len(), usize::from(sheet != "概要"), "{sheet}");
        let tags = package.tags(&part);
        let merged: Vec<Area> = tags
            .iter()
            .filter(|tag| tag.name == "mergeCell")
            .map(|tag| tag.attribute("ref").parse().expect("a range"))
            .collect();
        for table in tables {
            let table = package.tags(&table);
            let all = table.iter().find(|tag| tag.name == "table").expect("a table");
            assert_eq!(all.attribute("name"), all.attribute("displayName"));
            assert!(names.insert(all.attribute("name").to_lowercase()), "two tables of one name");
            let area: Area = all.attribute("ref").parse().expect("a range");
            assert!(area.last.0 > area.first.0, "{sheet}: a table has a body");
            let filter = table.iter().find(|tag| tag.name == "autoFilter").expect("a filter");
            assert_eq!(filter.attribute("ref"), all.attribute("ref"), "{sheet}");
            assert!(
                !tags.iter().any(|tag| tag.name == "autoFilter"),
                "{sheet}: the table has its own filter"
            );
            assert!(!merged.iter().any(|range| range.meets(&area)), "{sheet}: merged cells in a table");
            let columns: Vec<&str> = table
                .iter()
                .filter(|tag| tag.name == "tableColumn")
                .map(|tag| tag.attribute("name"))
                .collect();
            let range = opened.worksheet_range(&sheet).expect("the sheet");
            let width = usize::try_from(area.last.1 - area.first.1 + 1).expect("small");
            assert_eq!(columns.len(), width, "{sheet}");
            for (column, col) in columns.iter().zip(area.first.1..) {
                let cell = range.get_value((area.first.0, col)).expect("a header cell");
                assert_eq!(cell, &Data::String((*column).to_owned()), "{sheet}");
                assert!(
                    !column.contains(['\n', '[', ']', '#', '\'', '@']),
                    "{column} needs care in formulas"
                );
            }
            let distinct: BTreeSet<String> = columns.iter().map(|column| column.to_lowercase()).collect();
            assert_eq!(distinct.len(), columns.len(), "{sheet}: {columns:?}");
        }
    }
    let defined: BTreeSet<String> =
        package.names().into_iter().map(|(name, _)| name.to_lowercase()).collect();
    assert!(names.is_disjoint(&defined), "a table and a range of one name");
}

fn names_are_as_excel_wants_them(package: &Package) {
    let sheets: BTreeSet<String> = package.sheets().into_iter().map(|(name, _)| name).collect();
    let own: Vec<(String, String)> =
        package.names().into_iter().filter(|(name, _)| !name.starts_with("_xlnm.")).collect();
    let mut seen = BTreeSet::new();
    for (name, range) in &own {
        assert!(seen.insert(name.to_lowercase()), "{name} twice");
        assert!(name.starts_with(|c: char| c.is_alphabetic() || c == '_'), "{name}");
        assert!(name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.'), "{name}");
        assert!(name.contains('_'), "{name} could be taken for a cell");
        let (sheet, cells) = range.split_once('!').expect("a sheet");
        assert!(sheets.contains(sheet.trim_matches('\'')), "{range}");
        let area: Area = cells.parse().expect("a range");
        assert_eq!(area.first.1, area.last.1, "{range} is a column");
    }
    for wanted in [
        "指標明細_値",
        "指標明細_西暦年度",
        "判定_達成率など",
        "取組_期限_原文",
        "要確認_重要度",
        "提出状況_状況",
    ] {
        assert!(own.iter().any(|(name, _)| name == wanted), "{wanted}");
    }
    let titles: Vec<String> = package
        .names()
        .into_iter()
        .filter(|(name, _)| name == "_xlnm.Print_Titles")
        .map(|(_, range)| range)
        .collect();
    assert_eq!(titles.len(), sheets.len() - 1, "every table repeats its header: {titles:?}");
}

fn sparklines_draw_figures_alone(package: &Package, bytes: &[u8]) {
    let mut opened: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let figures = opened.worksheet_range("指標").expect("the sheet");
    let mut drawn = BTreeMap::new();
    for (sheet, part) in package.sheets() {
        for range in
            package.texts(&part, "f").into_iter().filter(|(prefix, _)| prefix == "xm").map(|(_, text)| text)
        {
            let (of, cells) = range.split_once('!').expect("a sheet");
            assert_eq!(of.trim_matches('\''), "指標", "{range}");
            let area: Area = cells.parse().expect("a range");
            assert_eq!(area.first.0, area.last.0, "{range} is one row");
            let cells: Vec<&Data> = (area.first.1..=area.last.1)
                .map(|col| figures.get_value((area.first.0, col)).unwrap_or(&Data::Empty))
                .collect();
            assert!(
                cells.iter().all(|cell| cell.is_float() || cell.is_empty()),
                "{range}: a word is drawn as 0: {cells:?}"
            );
            assert!(cells.iter().filter(|cell| cell.is_float()).count() >= 2, "{range}");
            *drawn.entry(sheet.clone()).or_insert(0) += 1;
        }
    }
    assert!(drawn["指標"] > 20 && drawn["概要"] >= 4, "{drawn:?}");
}

fn every_sheet_leads_to_the_board_and_back(package: &Package) {
    let sheets = package.sheets();
    let names: BTreeSet<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    for (sheet, part) in &sheets {
        let within: Vec<(String, String)> = package
            .tags(part)
            .iter()
            .filter(|tag| tag.name == "hyperlink" && tag.get("id").is_none())
            .map(|tag| (tag.attribute("ref").to_owned(), tag.attribute("location").to_owned()))
            .collect();
        for (_, location) in &within {
            let (to, _) = location.split_once('!').expect("a sheet");
            assert!(names.contains(to.trim_matches('\'')), "{sheet}: {location}");
        }
        if sheet == "概要" {
            let led: BTreeSet<&str> =
                within.iter().filter_map(|(_, to)| Some(to.split_once('!')?.0.trim_matches('\''))).collect();
            assert_eq!(led.len(), names.len() - 1, "the board leads to every sheet: {led:?}");
        } else {
            assert_eq!(within, [("A2".to_owned(), "'概要'!A1".to_owned())], "{sheet}");
        }
    }
}

fn what_stands_out_is_there(package: &Package) {
    let part =
        |wanted: &str| package.sheets().into_iter().find(|(name, _)| name == wanted).expect("a sheet").1;
    for (sheet, words) in [
        ("指標", "\"× 遅れ\""),
        ("取組", "\"▼ やや遅れ\""),
        ("判定", "\"□ 判定不能\""),
        ("変化", "\"↓ 悪化\""),
        ("提出状況", "\"× 未提出\""),
        ("要確認", "\"エラー\""),
        ("概要", "\"× 遅れ\""),
    ] {
        let rules = package.texts(&part(sheet), "formula");
        assert!(rules.iter().any(|(_, rule)| rule == words), "{sheet}: {rules:?}");
    }
    let notes = package.related(&part("指標"), "/comments");
    let text = package.texts(&notes[0], "t").into_iter().map(|(_, text)| text).collect::<String>();
    assert!(text.contains("根拠：") && text.contains("理由：") && text.contains("規則：rate-2"), "{text}");
    let drawings = package.related(&part("概要"), "/drawing");
    let charts = package.related(&drawings[0], "/chart");
    assert_eq!(charts.len(), 2);
    for chart in charts {
        let tags = package.tags(&chart);
        let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
        assert_eq!((count("ser"), count("pattFill")), (5, 2), "two of the five parts are hatched");
        assert!(count("showVal") >= 5, "every part has its figure");
    }
    let core = package.text("docProps/core.xml");
    for wanted in [
        "<dc:title>",
        "<dc:subject>指標と取組みの統合",
        "<cp:keywords>",
        ">2021-07-12T00:00:00Z</dcterms:created>",
    ] {
        assert!(core.contains(wanted), "{wanted} in {core}");
    }
}

/// The figures of the board against `data/*.csv`.
fn the_board_says_what_the_data_say(project: &Project, bytes: &[u8]) {
    let mut opened: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let board = opened.worksheet_range("概要").expect("the board");
    let rows = |name: &str| crate::sample_months::data(project, "2021-06", name);
    let (judgements, findings) = (rows("judgements"), rows("findings"));
    let of = |department: &str| {
        let row = board.rows().find(|row| row[0] == Data::String(department.to_owned()));
        let row = row.unwrap_or_else(|| panic!("{department} has no row"));
        row[1..16].iter().map(|cell| cell.as_i64().expect("a number")).collect::<Vec<_>>()
    };
    let count = |subject: &str, result: &str, department: Option<&str>| {
        let fits = |row: &&BTreeMap<String, String>| {
            row["subject"] == subject
                && row["result"] == result
                && department.is_none_or(|name| row["department"] == name)
        };
        i64::try_from(judgements.iter().filter(fits).count()).expect("small")
    };
    let departments: BTreeSet<&str> = judgements.iter().map(|row| row["department"].as_str()).collect();
    assert_eq!(departments.len(), 4);
    for department in departments.into_iter().map(Some).chain([None]) {
        let told = of(department.unwrap_or("全庁"));
        for (subject, first) in [("indicator", 3), ("initiative", 9)] {
            for (result, at) in ["達成", "順調", "やや遅れ", "遅れ", "判定不能"].iter().zip(first..)
            {
                assert_eq!(told[at], count(subject, result, department), "{department:?} {subject} {result}");
            }
        }
        let open =
            findings.iter().filter(|row| department.is_none_or(|name| row["department"] == name)).count();
        assert_eq!(told[14], i64::try_from(open).expect("small"), "{department:?}");
    }
}

/// Has `LibreOffice` compute everything anew; `None`, said aloud, where it is missing.
fn recalculated(path: &Path, folder: &Path) -> Option<Vec<u8>> {
    let user = folder.join("profile/user");
    std::fs::create_dir_all(&user).expect("folders");
    let always = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;
    std::fs::write(user.join("registrymodifications.xcu"), always).expect("written");
    let out = folder.join("out");
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&out)
        .arg(path)
        .output();
    let Ok(output) = output else {
        eprintln!("skipped: soffice is missing");
        return None;
    };
    let written = out.join(path.file_name().expect("a name"));
    Some(std::fs::read(written).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr))))
}

const LOOK: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
assert book.sheetnames[0] == "概要" and len(book["概要"]._charts) == 2
for sheet in book.worksheets:
    assert len(sheet.tables) == (0 if sheet.title == "概要" else 1), sheet.title
    assert sheet.page_setup.paperSize == "9" or sheet.page_setup.paperSize == 9, sheet.title
    assert sheet.page_setup.orientation == "landscape", sheet.title
    assert "&P / &N" in str(sheet.oddFooter.right.text) + str(sheet.oddFooter.right), sheet.title
    assert sheet.print_area, sheet.title
figures = book["指標"]
table = figures.tables["指標表"]
heads = [cell.value for cell in figures[table.ref][0]]
assert heads == [column.name for column in table.tableColumns], heads
assert figures["F6"].comment and "根拠" in figures["F6"].comment.text
assert len(figures.conditional_formatting) >= 1
assert book["判定"].freeze_panes and book["判定"].print_title_rows
assert book.properties.keywords and book.properties.subject
assert "指標明細_値" in book.defined_names
"#;

/// Python's openpyxl sees charts, tables, notes and print set-up; said aloud where it is missing.
fn openpyxl_sees_it_all(path: &Path) {
    let there = Command::new("python3").args(["-c", "import openpyxl"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: openpyxl is missing");
        return;
    }
    let output = Command::new("python3").arg("-c").arg(LOOK).arg(path).output().expect("python3 runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Two values that a reader would take for the same.
fn same(one: &Data, other: &Data) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-12 * a.abs().max(1.0),
        _ => one.to_string() == other.to_string(),
    }
}

fn other_programs_compute_the_same(path: &Path, least: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    // A workbook that says 5 for 1+1: that the other program really computes.
    let wrong = folder.path().join("誤り.xlsx");
    let mut liar = rust_xlsxwriter::Workbook::new();
    let formula = rust_xlsxwriter::Formula::new("1+1").set_result("5");
    liar.add_worksheet().write_formula(0, 0, formula).expect("a cell");
    std::fs::write(&wrong, liar.save_to_buffer().expect("a workbook")).expect("written");
    let Some(computed) = recalculated(&wrong, folder.path()) else { return };
    let mut computed: Xlsx<_> = Xlsx::new(Cursor::new(computed)).expect("a workbook");
    let range = computed.worksheet_range_at(0).expect("a sheet").expect("read");
    assert_eq!(range.get_value((0, 0)).and_then(DataType::as_f64), Some(2.0));

    let Some(computed) = recalculated(path, folder.path()) else { return };
    let mut ours: Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let mut theirs: Xlsx<_> = Xlsx::new(Cursor::new(computed)).expect("a workbook");
    let mut formulas = 0;
    for sheet in ours.sheet_names() {
        let (said, found) =
            (ours.worksheet_range(&sheet).expect("read"), theirs.worksheet_range(&sheet).expect("read"));
        let written = ours.worksheet_formula(&sheet).expect("read");
        let start = written.start().unwrap_or_default();
        for (row, col, formula) in written.used_cells() {
            let at =
                (start.0 + u32::try_from(row).expect("small"), start.1 + u32::try_from(col).expect("small"));
            let [said, found] = [&said, &found].map(|range| range.get_value(at).unwrap_or(&Data::Empty));
            assert!(same(said, found), "{sheet} {at:?} ={formula}: {said:?}, elsewhere {found:?}");
            formulas += 1;
        }
    }
    assert!(formulas > least, "{formulas}");
}
