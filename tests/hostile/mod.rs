//! Workbooks made to do harm: each costs itself alone.

mod mutate;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::facts::rows;
use crate::support::{Project, checkout};

/// The most memory that any process of a run may take, in kilobytes.
const MOST: u64 = 512 << 10;

/// Codes that say that a file could not be read.
const REFUSED: &[&str] =
    &["workbook-broken", "workbook-encrypted", "workbook-empty", "workbook-over-limit", "not-a-workbook"];

/// The workbooks of the sample city, by their paths.
fn sample() -> Vec<(String, Vec<u8>)> {
    let root = checkout("input/2021-05");
    let mut found = Vec::new();
    for department in sorted(&root) {
        for path in sorted(&department) {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            found.push((name, std::fs::read(&path).unwrap()));
        }
    }
    found
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The sample city with more files among its workbooks.
fn city(more: impl IntoIterator<Item = (String, Vec<u8>)>) -> Project {
    let project = Project::bare().file("hoshin.toml", std::fs::read(checkout("hoshin.toml")).unwrap());
    sample()
        .into_iter()
        .chain(more)
        .fold(project, |project, (path, bytes)| project.file(&format!("input/2021-05/{path}"), bytes))
}

/// Runs the month; the most memory that one of its processes took, in kilobytes, where Python is there to tell.
fn run(project: &Project) -> Option<u64> {
    let args = ["run", "--period", "2021-05", "--as-of", "2021-06-10"];
    let measure = "import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)";
    let measured = Command::new("python3")
        .args(["-c", measure, env!("CARGO_BIN_EXE_hoshin")])
        .args(args)
        .current_dir(project.path("."))
        .output();
    let Ok(output) = measured else {
        eprintln!("skipped: the memory is not measured without python3");
        project.run_words(&args).exits(0);
        return None;
    };
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    told.lines().last().and_then(|line| line.trim().parse().ok())
}

/// The findings about each file of a folder that say that it could not be read.
fn refusals(project: &Project, folder: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows(&project.path("reports/2021-05/data/findings.csv")) {
        let code = &row["code"];
        assert_ne!(code, "workbook-unreadable", "{row:?}");
        if row["workbook"].starts_with(folder) && REFUSED.contains(&code.as_str()) {
            found.entry(row["workbook"].clone()).or_default().push(code.clone());
        }
    }
    found
}

/// No parser of ours has panicked: those of others may, where they are guarded.
fn assert_no_panic_of_ours(project: &Project) {
    for log in sorted(&project.path("reports/logs")) {
        let text = std::fs::read_to_string(log).unwrap();
        let ours: Vec<_> = text.lines().filter(|line| line.contains("parser panicked at src/")).collect();
        assert!(ours.is_empty(), "{ours:?}");
    }
}

/// Nothing but one finding for each file that the manifest calls failed.
fn assert_one_finding_each(project: &Project, folder: &str) {
    let manifest = std::fs::read_to_string(project.path("reports/2021-05/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let inputs = manifest["inputs"].as_array().unwrap();
    let failed = |input: &&serde_json::Value| input["outcome"] == "failed";
    let failed: Vec<&str> =
        inputs.iter().filter(failed).map(|input| input["path"].as_str().unwrap()).collect();
    assert!(!failed.is_empty());
    let told = refusals(project, folder);
    assert_eq!(told.keys().map(String::as_str).collect::<Vec<_>>(), failed);
    let several: Vec<_> = told.iter().filter(|(_, codes)| codes.len() != 1).collect();
    assert!(several.is_empty(), "{several:?}");
}

/// What other departments get, byte for byte.
fn others(project: &Project, department: &str) -> BTreeMap<String, Vec<u8>> {
    let mut tree = project.tree("reports/2021-05");
    tree.retain(|path, _| {
        let folder = ["部局別/", "議会/", "差戻し/"].iter().any(|folder| path.starts_with(folder));
        folder && !path.contains(department) && !path.contains("所属不明")
    });
    assert!(!tree.is_empty());
    tree
}

#[test]
fn a_thousand_mutations_of_the_sample_stop_nothing() {
    let sample = sample();
    let mutations = (0..1000).map(|number| {
        let (_, workbook) = &sample[number % sample.len()];
        (format!("変異/{number:04}.xlsx"), mutate::mutated(workbook, number))
    });
    let project = city(mutations);
    let memory = run(&project);
    assert!(memory.is_none_or(|memory| memory < MOST), "{memory:?} kilobytes");
    assert_one_finding_each(&project, "変異/");
    assert_no_panic_of_ours(&project);
}

#[test]
fn bad_files_of_one_department_change_no_other_departments_reports() {
    let (path, workbook) = sample().into_iter().find(|(path, _)| path.starts_with("消防本部/")).unwrap();
    let mutations = (0..120).map(|number| {
        (format!("{}_{number:03}.xlsx", path.trim_end_matches(".xlsx")), mutate::mutated(&workbook, number))
    });
    let corpus = checkout("../shared/corpus/hostile");
    let mut bad: Vec<_> = mutations.collect();
    if corpus.is_dir() {
        for file in sorted(&corpus) {
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            // A true copy of another department's workbook: its figures are its department's.
            if name != "xlsx_named.xls" {
                bad.push((format!("消防本部/{name}"), std::fs::read(&file).unwrap()));
            }
        }
    } else {
        eprintln!("skipped: ../shared is missing");
    }
    let (clean, spoiled) = (city([]), city(bad));
    run(&clean);
    let memory = run(&spoiled);
    assert!(memory.is_none_or(|memory| memory < MOST), "{memory:?} kilobytes");
    assert_one_finding_each(&spoiled, "消防本部/");
    assert_no_panic_of_ours(&spoiled);
    let (before, after) = (others(&clean, "消防本部"), others(&spoiled, "消防本部"));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let differing: Vec<_> = before.iter().filter(|(path, bytes)| after[*path] != **bytes).collect();
    assert!(differing.is_empty(), "{:?}", differing.iter().map(|(path, _)| path).collect::<Vec<_>>());
}

/// A workbook whose sheet and shared strings are these.
fn xlsx(sheet: &str, strings: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let link = |id: u8, kind: &str, target: &str| {
        format!("<Relationship Id=\"r{id}\" Type=\"{types}/{kind}\" Target=\"{target}\"/>")
    };
    let links = |inside: String| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{types}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let own = link(1, "worksheet", "worksheets/sheet1.xml") + &link(2, "sharedStrings", "sharedStrings.xml");
    let parts = [
        ("_rels/.rels", links(link(1, "officeDocument", "xl/workbook.xml"))),
        ("xl/_rels/workbook.xml.rels", links(own)),
        ("xl/workbook.xml", book),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
        ),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{main}\">{strings}</sst>")),
    ];
    for (name, content) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_takes_too_much_time_or_memory_costs_itself_alone() {
    let many = xlsx(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(50)).repeat(20_000), "");
    let long = xlsx("", &format!("<si><t>{}</t></si>", "あ".repeat(900_000)).repeat(80));
    let all = "cells = 100_000_000\nratio = 2_000\ntotal_chars = 1_000_000_000\ntext_chars = 1_000_000\nunpacked_mb = 4_000";
    let run = |name: &str, bytes: &[u8], limits: &str| {
        let project = Project::bare()
            .workbook("台帳/よい.xlsx")
            .file(&format!("台帳/{name}.xlsx"), bytes)
            .file("hoshin.toml", format!("[limits]\n{all}\n{limits}\n"));
        project.run("run --input 台帳 --period 2021-05 --as-of 2021-06-07").exits(0);
        let data = project.path("reports/2021-05/data");
        let about = |row: &BTreeMap<String, String>| row["workbook"] == format!("{name}.xlsx");
        let found: Vec<_> = rows(&data.join("findings.csv")).into_iter().filter(about).collect();
        let said: Vec<_> = found.iter().map(|row| (row["code"].clone(), row["cure"].clone())).collect();
        (said, rows(&data.join("indicators.csv")).len())
    };
    for (name, bytes, limits, key) in [
        ("時間", &many, "seconds = 1\nmemory_mb = 4_000", "seconds"),
        ("記憶", &long, "seconds = 600\nmemory_mb = 128", "memory_mb"),
    ] {
        let (said, figures) = run(name, bytes, limits);
        let [(code, cure)] = said.as_slice() else { panic!("{name}: {said:?}") };
        assert_eq!(code, "workbook-over-limit", "{name}");
        assert!(cure.contains(key), "{name}: {cure}");
        assert_eq!(figures, 2, "{name}: the other workbook's");
    }
}
