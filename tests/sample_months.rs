//! The sample city's four months one after another, held against what a person reads in the workbooks.
//!
//! `cases/sample/months/<period>/` is written by hand from the workbooks, `sample_city/months.rs` and
//! `docs/judgement.ja.md`. `judgements.csv` of May names every indicator and initiative, that of a later month what is
//! not as in the month before (`gone` where it is no longer listed; an empty working is not compared); `changes.csv` is
//! the sheet 変化, `submissions.csv` the sheet 提出状況, `returns.csv` the rows of all return sheets.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use calamine::{Data, DataType, Reader};
use serde_json::Value;

use crate::facts::{Row, rows};
use crate::history::changes;
use crate::printed::text_of;
use crate::sample_numbers as numbers;
use crate::support::{Project, checkout};

/// Each month with the day that is printed.
const MONTHS: [(&str, &str); 4] = [
    ("2021-05", "2021-06-10"),
    ("2021-06", "2021-07-12"),
    ("2021-07", "2021-08-10"),
    ("2021-08", "2021-09-10"),
];

/// Runs a month from an input folder, with the hoshin.toml of the repository.
fn run_from(project: &Project, month: &str, as_of: &str, input: &Path, more: &[&str]) {
    let config = checkout("hoshin.toml");
    let output = project.path("reports");
    let [input, config, output] = [input, &config, &output].map(|path| path.to_str().expect("UTF-8"));
    let mut args = vec!["run", "--period", month, "--as-of", as_of, "--input", input];
    args.extend(["--config", config, "--output", output]);
    args.extend(more);
    project.run_words(&args).exits(0);
}

/// Runs all four months, and September with August's workbooks.
fn city() -> Project {
    let project = Project::bare();
    for (month, as_of) in MONTHS {
        run_from(&project, month, as_of, &checkout("input").join(month), &[]);
    }
    run_from(&project, "2021-09", "2021-10-12", &checkout("input/2021-08"), &[]);
    project
}

/// All looks at one city: to run its months takes longer than to look at them.
#[test]
fn the_months_of_the_sample_are_as_by_hand() {
    let project = city();
    every_month_is_judged_as_by_hand(&project);
    every_month_tells_what_has_changed_and_nothing_else(&project);
    every_month_tells_who_has_handed_in(&project);
    every_month_asks_each_division_for_its_own(&project);
    a_missing_division_stands_with_marked_figures_and_comes_back(&project);
    a_renamed_indicator_and_a_merged_division_go_on(&project);
    for (month, _) in MONTHS {
        numbers::agree(&project, month);
    }
    numbers::changes_agree(&project);
    every_summary_stays_within_four_pages(&project);
    a_rerun_of_july_is_july_as_it_was(&project);
}

fn every_summary_stays_within_four_pages(project: &Project) {
    for (month, _) in MONTHS {
        let pdf = project.path(&format!("reports/{month}/全庁概要.pdf"));
        let pages = lopdf::Document::load(&pdf).expect("a PDF").get_pages().len();
        assert!((2..=4).contains(&pages), "{month}: {pages}");
    }
}

fn stated(month: &str, name: &str) -> Vec<Row> {
    let path = checkout("tests/cases/sample/months").join(month).join(format!("{name}.csv"));
    assert!(path.is_file(), "{} is missing", path.display());
    rows(&path)
}

pub fn data(project: &Project, month: &str, name: &str) -> Vec<Row> {
    rows(&project.path(&format!("reports/{month}/data/{name}.csv")))
}

/// The cells of a sheet below its header, by the header's words.
pub fn sheet(path: &Path, name: &str, first: &str) -> Vec<BTreeMap<String, Data>> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let cells = book.worksheet_range(name).expect("the sheet");
    let mut lines =
        cells.rows().skip_while(|row| row[0].as_string().as_deref() != Some(first) || row[1] == Data::Empty);
    let head: Vec<String> = lines.next().expect("a header").iter().map(ToString::to_string).collect();
    lines.map(|row| head.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

type Who = (String, String, String, String);

fn who(row: &Row) -> Who {
    let of = |column: &str| row[column].clone();
    (of("subject"), of("department"), of("division"), of("name"))
}

fn every_month_is_judged_as_by_hand(project: &Project) {
    let mut expected: BTreeMap<Who, Row> = BTreeMap::new();
    let mut workings = 0;
    for (month, _) in MONTHS {
        let mut fresh = BTreeSet::new();
        for row in stated(month, "judgements") {
            fresh.insert(who(&row));
            match &*row["result"] {
                "gone" => assert!(expected.remove(&who(&row)).is_some(), "{month}: {row:?}"),
                _ => _ = expected.insert(who(&row), row),
            }
        }
        let found = data(project, month, "judgements");
        let names: BTreeSet<Who> = found.iter().map(who).collect();
        assert_eq!(names, expected.keys().cloned().collect(), "{month}");
        assert_eq!(names.len(), found.len(), "{month}: twice the same name");
        for row in &found {
            let wanted = &expected[&who(row)];
            for column in ["result", "rule", "target_year", "actual_year"] {
                assert_eq!(row[column], wanted[column], "{month} {row:?}");
            }
            // The working of an initiative tells the months gone by: it is compared in the month that states it.
            let timely = row["subject"] == "indicator" || fresh.contains(&who(row));
            if timely && !wanted["working"].is_empty() {
                assert_eq!(row["working"], wanted["working"], "{month} {}", row["name"]);
                workings += 1;
            }
        }
    }
    assert!(workings >= 80, "{workings}");
}

fn every_month_tells_what_has_changed_and_nothing_else(project: &Project) {
    assert_eq!(changes(project, "2021-05"), None, "there is no earlier month");
    // September has August's workbooks: what changes is what time changes, 3か月変化がない of two initiatives.
    for month in ["2021-06", "2021-07", "2021-08", "2021-09"] {
        let sorted = |rows: Vec<Row>| {
            let mut rows: Vec<Row> = rows;
            for row in &mut rows {
                row.remove("month");
            }
            rows.sort();
            rows
        };
        let found = sorted(changes(project, month).expect("the sheet"));
        let wanted = sorted(stated(month, "changes"));
        for row in &wanted {
            assert!(found.contains(row), "{month}: not told: {row:#?}\nin {found:#?}");
        }
        assert_eq!(found.len(), wanted.len(), "{month}: {found:#?}");
    }
    let findings = data(project, "2021-09", "findings");
    let overdue = findings.iter().filter(|row| row["code"] == "initiative-overdue");
    let overdue: BTreeSet<&str> = overdue.map(|row| row["cell"].as_str()).collect();
    // 事業系ごみの搬入検査 and 家計改善支援 were due on 30 September, おくやみ窓口 on 1 October.
    assert_eq!(overdue, BTreeSet::from(["C5", "D7"]), "{findings:#?}");
}

fn every_month_tells_who_has_handed_in(project: &Project) {
    for (month, _) in MONTHS {
        let wanted = stated(month, "submissions");
        let found = sheet(&project.path(&format!("reports/{month}/統合.xlsx")), "提出状況", "部局");
        assert_eq!(found.len(), wanted.len(), "{month}");
        let columns = [
            ("department", "部局"),
            ("division", "課"),
            ("status", "状況"),
            ("deadline", "期限"),
            ("modified", "最終更新"),
            ("workbook", "届いたブック"),
            ("carried_from", "前回値の月"),
            ("figures", "前回値：指標の値"),
            ("initiatives", "前回値：取組項目"),
        ];
        for (found, wanted) in found.iter().zip(&wanted) {
            for (column, head) in columns {
                let text = match &found[head] {
                    Data::DateTime(day) => date(day.as_f64()),
                    cell => cell.to_string(),
                };
                assert_eq!(text, wanted[column], "{month} {column} {wanted:?}");
            }
        }
        let late =
            data(project, month, "findings").iter().filter(|row| row["code"] == "workbook-late").count();
        assert_eq!(late, wanted.iter().filter(|row| row["status"].contains("期限後")).count(), "{month}");
    }
}

/// `2021-07-10`, from the number that stands in the cell.
fn date(serial: f64) -> String {
    let zero = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day");
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a day of our time")]
    let days = chrono::Days::new(serial as u64);
    zero.checked_add_days(days).expect("a day").to_string()
}

/// The return sheets of a month: file, and of each row code, workbook, sheet and cell.
fn returned(project: &Project, month: &str) -> Vec<Row> {
    let folder = project.path(&format!("reports/{month}/差戻し"));
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("listed").path()).collect();
    files.sort();
    let mut rows = Vec::new();
    for path in files.iter().filter(|path| path.extension().is_some_and(|kind| kind == "xlsx")) {
        assert!(path.with_extension("eml").is_file(), "{} has its message", path.display());
        let file = path.file_stem().expect("a name").to_string_lossy().into_owned();
        for cells in sheet(path, "差戻し", "No.") {
            let keys = ["code", "workbook", "sheet", "cell"];
            let mut row: Row = keys
                .iter()
                .map(|key| ((*key).to_owned(), cells[&format!("hoshin:{key}")].to_string()))
                .collect();
            row.insert("file".to_owned(), file.clone());
            rows.push(row);
        }
    }
    rows
}

fn every_month_asks_each_division_for_its_own(project: &Project) {
    for (month, _) in MONTHS {
        assert_eq!(returned(project, month), stated(month, "returns"), "{month}");
    }
}

fn a_missing_division_stands_with_marked_figures_and_comes_back(project: &Project) {
    let page = |month: &str| text_of(&project.path(&format!("reports/{month}/部局別/健康福祉部.pdf")));
    if let (Some(june), Some(july)) = (page("2021-06"), page("2021-07")) {
        assert!(june.contains("前回値(5月)"), "{june}");
        assert!(!july.contains("前回値"), "{july}");
    }
    let carried = |month: &str| {
        let snapshot =
            std::fs::read(project.path(&format!("reports/{month}/data/snapshot.json"))).expect("there");
        let snapshot: Value = serde_json::from_slice(&snapshot).expect("JSON");
        let indicators = snapshot["dataset"]["indicators"].as_array().expect("a list").clone();
        let sources = indicators.iter().flat_map(|i| i["sources"].as_array().expect("sources").clone());
        let figures = sources.flat_map(|s| s["figures"].as_array().expect("figures").clone());
        figures.filter(|figure| figure["carried_from"] == "2021-05").count()
    };
    assert_eq!(MONTHS.map(|(month, _)| carried(month)), [0, 23, 0, 0]);
}

fn a_renamed_indicator_and_a_merged_division_go_on(project: &Project) {
    let config = checkout("hoshin.toml");
    let trace = |word: &str, period: &str| {
        let args = ["trace", word, "--period", period, "--config", config.to_str().expect("UTF-8")];
        project.run_words(&args).exits(0).out
    };
    for word in ["休日窓口", "休日・夜間窓口"] {
        let text = trace(word, "2021-08");
        assert!(text.contains("指標「休日・夜間窓口の利用者数」"), "{text}");
        assert!(text.contains("2021-05～2021-07 同じ") && !text.contains("もうありません"), "{text}");
    }
    let text = trace("普通救命講習", "2021-08");
    assert!(text.contains("消防本部 消防課") && !text.contains("もうありません"), "{text}");
    assert!(text.contains("2021-05～2021-07 同じ"), "{text}");

    let snapshot = std::fs::read(project.path("reports/2021-08/data/snapshot.json")).expect("there");
    let dataset: Value = serde_json::from_slice::<Value>(&snapshot).expect("JSON")["dataset"].take();
    let memory = &dataset["memory"];
    let id = |name: &str| {
        let judged = data(project, "2021-08", "judgements");
        judged.iter().find(|row| row["name"] == name).expect(name)["id"].clone()
    };
    let of = |list: &str, id: &str| {
        let list = memory[list].as_array().expect("a list").iter();
        list.clone().find(|one| one["id"] == id).cloned()
    };
    for name in ["普通救命講習の修了者数", "休日・夜間窓口の利用者数"] {
        let still = of("unchanged", &id(name)).expect(name);
        assert_eq!((still["months"].as_u64(), still["since"].as_str()), (Some(3), Some("2021-05")), "{name}");
    }
    for name in ["普通救命講習の修了者数", "応急手当の実施率", "休日・夜間窓口の利用者数"]
    {
        let months = of("series", &id(name)).expect(name)["points"].as_array().expect("points").len();
        assert_eq!(months, 4, "{name}");
    }
}

fn a_rerun_of_july_is_july_as_it_was(project: &Project) {
    let before = project.tree("reports/2021-07");
    run_from(project, "2021-07", "2021-08-10", &checkout("input/2021-07"), &[]);
    let after = project.tree("reports/2021-07");
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (path, bytes) in before.iter().filter(|(path, _)| *path != "manifest.json") {
        assert!(after[path] == *bytes, "{path} differs");
    }
    let divisions: BTreeSet<String> =
        data(project, "2021-07", "indicators").into_iter().map(|row| row["division"].clone()).collect();
    assert!(divisions.contains("警防課") && !divisions.contains("消防課"), "{divisions:?}");
}

/// May is closed; then 環境衛生課 corrects a past figure, and June is held against the corrected May.
#[test]
fn a_closed_may_is_corrected_and_june_follows_the_correction() {
    const BOOK: &str = "市民環境部/環境衛生課_成果指標.xlsx";
    let mut project = Project::bare();
    for (path, bytes) in input_of("2021-05") {
        project = project.file(&format!("台帳/{path}"), bytes);
    }
    let input = project.path("台帳");
    run_from(&project, "2021-05", "2021-06-10", &input, &[]);
    let config = checkout("hoshin.toml");
    let config = config.to_str().expect("UTF-8");
    project.run_words(&["freeze", "2021-05", "--as-of", "2021-06-20", "--config", config]).exits(0);
    let june = std::fs::read(checkout("input/2021-06").join(BOOK)).expect("June's");
    let project = project.file(&format!("台帳/{BOOK}"), june);
    run_from(&project, "2021-05", "2021-06-10", &input, &["--correct"]);
    let latest = std::fs::read_to_string(project.path("reports/latest.txt")).expect("written");
    assert_eq!(latest, "2021-05_訂正1\n");
    run_from(&project, "2021-06", "2021-07-12", &checkout("input/2021-06"), &[]);
    let latest = std::fs::read_to_string(project.path("reports/latest.txt")).expect("written");
    assert_eq!(latest, "2021-06\n");
    let told = changes(&project, "2021-06").expect("the sheet");
    assert!(told.iter().all(|row| row["name"] != "不法投棄の回収量"), "訂正1 has it already: {told:#?}");
    let text = project.run_words(&["trace", "不法投棄の回収量", "--config", config]).exits(0).out;
    let line = text.lines().find(|line| line.trim_start().starts_with("C10 ")).expect("the cell");
    assert!(line.contains("11.75") && line.ends_with("2021-05 11.25、2021-05_訂正1 同じ"), "{text}");
}

fn input_of(month: &str) -> Vec<(String, Vec<u8>)> {
    let root = checkout("input").join(month);
    let mut files = Vec::new();
    for folder in std::fs::read_dir(&root).expect("the month") {
        for file in std::fs::read_dir(folder.expect("listed").path()).expect("a department") {
            let path = file.expect("listed").path();
            let name = path.strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
            files.push((name, std::fs::read(&path).expect("read")));
        }
    }
    files
}
