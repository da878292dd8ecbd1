//! The memory of earlier months, and `render`.

use std::collections::BTreeMap;

use calamine::{Data, Reader};
use serde_json::Value;

use crate::cases::book;
use crate::facts::{Row, rows};
use crate::support::{Project, checkout, workbook};

const CITY: &str = "tests/cases/history/city";

/// A project with the workbooks of the case's months below `台帳/<month>`.
fn city() -> Project {
    let toml = std::fs::read(checkout(CITY).join("hoshin.toml")).expect("hoshin.toml");
    let mut project = Project::bare().file("hoshin.toml", toml);
    for month in ["2021-04", "2021-05", "2021-06"] {
        let folder = checkout(CITY).join(month);
        for entry in std::fs::read_dir(folder).expect("the month") {
            let text = std::fs::read_to_string(entry.expect("listed").path()).expect("a book");
            let (file, bytes) = book(&text);
            project = project.file(&format!("台帳/{month}/{file}"), bytes);
        }
    }
    project
}

/// Runs a month from the workbooks of another (or its own).
fn run(project: &Project, month: &str, input: &str) {
    let period: hoshin::model::fiscal::Period = month.parse().expect("a month");
    let day = period.last_day().expect("a day").succ_opt().expect("a day");
    project
        .run(&format!("run --input 台帳/{input} --period {month} --as-of {day} --allow-gaps --late"))
        .exits(0);
}

fn snapshot(project: &Project, month: &str) -> Value {
    let bytes = std::fs::read(project.path(&format!("reports/{month}/data/snapshot.json"))).expect("there");
    serde_json::from_slice(&bytes).expect("valid JSON")
}

/// A cell of the workbook as people see it; percentages are stored as shares.
fn seen(cell: &Data, percent: bool) -> String {
    match cell {
        Data::Float(number) if percent => format!("{}%", (number * 1e9).round() / 1e7),
        Data::Float(number) => format!("{number}"),
        other => other.to_string(),
    }
}

/// The rows of the sheet 変化 in the columns of `changes.csv`; `None` without that sheet.
pub fn changes(project: &Project, month: &str) -> Option<Vec<Row>> {
    let path = project.path(&format!("reports/{month}/統合.xlsx"));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let sheet = book.worksheet_range("変化").ok()?;
    let mut lines =
        sheet.rows().skip_while(|row| row[0] != Data::String("変化".into()) || row[1] == Data::Empty);
    let head: Vec<String> = lines.next().expect("a header").iter().map(ToString::to_string).collect();
    let columns = [
        ("trend", "変化"),
        ("subject", "種類"),
        ("department", "部局"),
        ("division", "課"),
        ("name", "名称"),
        ("what", "変わったもの"),
        ("from", "前"),
        ("to", "今"),
        ("now", "今のセル"),
        ("then", "前のセル"),
    ];
    let row = |cells: &[Data]| {
        let at = |name: &str| head.iter().position(|word| word == name).expect(name);
        let percent = cells[at("単位")] == Data::String("%".into());
        let mut row: Row =
            columns.iter().map(|(key, name)| ((*key).to_owned(), seen(&cells[at(name)], percent))).collect();
        row.insert("month".to_owned(), month.to_owned());
        row
    };
    Some(lines.map(row).collect())
}

#[test]
fn every_change_of_the_case_is_told_and_no_other() {
    let project = city();
    let expected = rows(&checkout(CITY).join("changes.csv"));
    run(&project, "2021-04", "2021-04");
    assert_eq!(changes(&project, "2021-04"), None, "there is no earlier month");
    for month in ["2021-05", "2021-06"] {
        run(&project, month, month);
        let wanted: Vec<Row> = expected.iter().filter(|row| row["month"] == month).cloned().collect();
        let found = changes(&project, month).expect("the sheet");
        assert_eq!(found.len(), wanted.len(), "{month}: {found:#?}");
        for (found, wanted) in found.iter().zip(&wanted) {
            assert_eq!(found, wanted, "{month}");
        }
    }
    // The same workbooks once more: a month without changes has no row.
    run(&project, "2021-07", "2021-06");
    assert_eq!(changes(&project, "2021-07").expect("the sheet"), Vec::<Row>::new());
    // A rerun of an old month does not see newer ones.
    let before = project.tree("reports/2021-05");
    run(&project, "2021-05", "2021-05");
    let mut after = project.tree("reports/2021-05");
    after.insert("manifest.json".to_owned(), before["manifest.json"].clone());
    assert!(before == after, "the month depends on later ones");
    let text = project.run("trace 待機児童").exits(0).out;
    assert!(text.contains("2021-04～2021-05 10、2021-06 同じ"), "{text}");
    let text = project.run("trace ごみの減量").exits(0).out;
    assert!(text.contains("市民部 市民環境課") && !text.contains("もうありません"), "{text}");
}

#[test]
fn what_stands_still_is_told_from_the_set_month_on() {
    let project = city();
    for (month, input) in [("2021-04", "2021-05"), ("2021-05", "2021-05"), ("2021-07", "2021-05")] {
        run(&project, month, input);
    }
    let memory = &snapshot(&project, "2021-07")["dataset"]["memory"];
    assert_eq!(memory["against"], "2021-05", "2021-06 is missing");
    let months: Vec<&Value> =
        memory["unchanged"].as_array().expect("a list").iter().map(|one| &one["months"]).collect();
    assert!(!months.is_empty() && months.iter().all(|months| **months == 3), "{months:?}");
    let findings = rows(&project.path("reports/2021-07/data/findings.csv"));
    let gap: Vec<&Row> = findings.iter().filter(|row| row["code"] == "history-gap").collect();
    assert_eq!(gap.len(), 1);
    assert!(gap[0]["message"].starts_with("2021-06 の報告がありません"), "{gap:?}");
    let Some(text) = pdf_text(&project, "reports/2021-07/部局別/福祉部.pdf") else { return };
    assert!(text.contains("更新のない値"), "{text}");
    let early = pdf_text(&project, "reports/2021-05/部局別/福祉部.pdf").expect("as before");
    assert!(!early.contains("更新のない値") && early.contains("先月からの変化はありません"), "{early}");
    let first = pdf_text(&project, "reports/2021-04/部局別/福祉部.pdf").expect("as before");
    assert!(first.contains("比べる前月の報告がありません") && !first.contains("先月からの変化"), "{first}");
}

fn pdf_text(project: &Project, path: &str) -> Option<String> {
    let output = std::process::Command::new("pdftotext")
        .args(["-layout".as_ref(), project.path(path).as_os_str(), "-".as_ref()])
        .output();
    let Ok(output) = output else {
        eprintln!("skipped: pdftotext is missing");
        return None;
    };
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    Some(text.chars().filter(|c| !c.is_whitespace()).collect())
}

#[test]
fn the_newest_edition_counts_and_bad_ones_are_named() {
    let project = city();
    run(&project, "2021-04", "2021-04");
    std::fs::rename(project.path("reports/2021-04"), project.path("reports/2021-04_訂正1")).expect("renamed");
    run(&project, "2021-04", "2021-05");
    run(&project, "2021-05", "2021-05");
    assert!(!changes(&project, "2021-05").expect("the sheet").is_empty(), "訂正1 is what counts");

    for (content, words) in
        [("{", "内容が壊れている"), (r#"{"schema":99}"#, "別の版の hoshin が書いた形式（99）")]
    {
        std::fs::write(project.path("reports/2021-04_訂正1/data/snapshot.json"), content).expect("written");
        run(&project, "2021-05", "2021-05");
        assert_eq!(changes(&project, "2021-05"), None);
        let findings = rows(&project.path("reports/2021-05/data/findings.csv"));
        let bad = findings.iter().find(|row| row["code"] == "history-unreadable").expect("named");
        assert!(bad["message"].contains("2021-04_訂正1") && bad["message"].contains(words), "{bad:?}");
    }
}

#[test]
fn a_snapshot_of_format_1_is_migrated() {
    let old = std::fs::read(checkout("tests/fixtures/history/schema-1.json")).expect("the fixture");
    let toml = std::fs::read(checkout(CITY).join("hoshin.toml")).expect("hoshin.toml");
    let (_, bytes) = book(
        "file: x.xlsx\nsheet: 指標\n| 部名 | 市民部 |\n| 課名 | 市民課 |\n| |\n| 指標名 | 単位 | R1実績 | R2実績 | R3目標 |\n\
         | 窓口の満足度 | ％ | 58.5 | 60 | 62.5 |\n| 証明書の交付件数 | 件 | 411 | 512 | 600 |\n",
    );
    let project = Project::bare()
        .file("hoshin.toml", toml)
        .file("reports/2021-04/data/snapshot.json", old)
        .file("台帳/2021-05/市民部/市民課.xlsx", bytes);
    run(&project, "2021-05", "2021-05");
    let found = changes(&project, "2021-05").expect("the sheet");
    let said: Vec<[&str; 4]> =
        found.iter().map(|row| ["name", "what", "from", "to"].map(|key| row[key].as_str())).collect();
    let gone = "先月までの台帳にはありました";
    assert_eq!(
        said,
        [
            ["待ち時間の表示", gone, "", ""],
            ["案内板の更新", gone, "", ""],
            ["窓口の満足度", "R2実績", "作業中", "60%"],
            ["証明書の交付件数", "R1実績", "410", "411"],
        ]
    );
    project.run("render reports/2021-04/data/snapshot.json --output 作り直し").exits(0);
    let tree = project.tree("作り直し");
    assert!(tree.contains_key("部局別/市民部.pdf") && tree.contains_key("統合.xlsx"), "{:?}", tree.keys());
}

/// All files of a month that `render` writes.
fn month(project: &Project, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut tree = project.tree(folder);
    tree.remove("manifest.json");
    tree
}

#[test]
fn a_month_is_rendered_again_byte_for_byte() {
    let theme = std::fs::read_to_string(checkout("templates/theme.toml")).expect("the theme");
    let font = std::fs::read(checkout("templates/fonts/BIZUDGothic-Bold.ttf")).expect("a font");
    let project = city()
        .file("templates/theme.toml", theme.replace("title = 20.0", "title = 24.0"))
        .file("templates/fonts/外字.ttf", font);
    run(&project, "2021-04", "2021-04");
    // A character that no font has becomes a finding only when pages are set.
    let project = project.file("台帳/2021-05/市民部/追加.xlsx", {
        let text = "file: x\nsheet: 指標\n| 指標名 | 単位 | R2実績 |\n| 𠮟の件数𓀀 | 件 | 3 |\n";
        book(text).1
    });
    run(&project, "2021-05", "2021-05");
    let original = month(&project, "reports/2021-05");
    // Elsewhere: other templates, another hoshin.toml, no workbooks.
    let elsewhere = Project::bare()
        .file("hoshin.toml", "[city]\nname = \"別の市\"\n")
        .file("templates/theme.toml", theme.replace("title = 20.0", "title = 12.0"))
        .file("s.json", &original["data/snapshot.json"]);
    elsewhere.run("render s.json --output 出力/2021-05").exits(0);
    let again = month(&elsewhere, "出力/2021-05");
    assert_eq!(original.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
    for (path, bytes) in &original {
        assert!(again[path] == *bytes, "{path} differs");
    }
    let words = "「出力/2021-05」には、すでにほかのものがあります。上書きはしません";
    elsewhere.run("render s.json --output 出力/2021-05").exits(2).err_says(words);
    assert!(month(&elsewhere, "出力/2021-05") == again, "nothing has changed");
    std::fs::create_dir(elsewhere.path("空")).expect("a folder");
    elsewhere.run("render s.json --output 空").exits(0);
    assert!(month(&elsewhere, "空") == original);
    assert!(!elsewhere.tree(".").keys().any(|name| name.contains(".hoshin-")), "nothing is left behind");
}

#[test]
fn what_is_no_snapshot_is_not_rendered() {
    let project =
        Project::bare().file("a.json", "{}").file("b.json", r#"{"schema": 99}"#).file("c.xlsx", workbook());
    for (name, words) in [
        ("a.json", "「a.json」を読めません。内容が壊れている"),
        ("b.json", "別の版の hoshin が書いた形式（99）"),
        ("c.xlsx", "内容が壊れている"),
        ("d.json", "「d.json」を読めません。見つかりません"),
    ] {
        project.run(&format!("render {name} --output 出力")).exits(6).out("").err_says(words);
        assert!(!project.path("出力").exists());
    }
}
