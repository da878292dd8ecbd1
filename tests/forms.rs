//! Forms are filled with what is known, and what stands in them is read back as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use crate::cases::book;
use crate::facts::rows;
use crate::support::{Project, checkout};

const CITY: &str = r#"
[city]
name = "試験市"
[[department]]
name = "市民部"
divisions = ["市民課"]
"#;

const BOOK: &str = "file: 市民部/市民課.xlsx
sheet: 指標
| 指標名 | 単位 | 望ましい方向 | R1実績 | R2実績 | R3目標 | R7目標 |
| 窓口の満足度 | ％ | 増加 | 58.5 | 60.1 | 62.5 | '75以上 |
| 証明書の誤交付率 | ％ | 減少 | 0.127 {0.0%} | 集計中 | '1.5未満 | '約1 |
| 社会移動数 | 人 | 増加 | -376 | '△53 | 0 | '10～20 |
| 手数料の収入 | 千円 | 増加 | 12345.678 | － | 12500 | 対象外 |
sheet: 取組
| 令和3年度　取組みの進捗 |
| 番号 | 細事業名 | 具体的な取組項目 | 進捗状況 | 進捗率（％） | 期限 | コメント |
| 1 | 窓口改善事業 | 受付の一本化 | 概ね順調 | 60 | 12月末 | 予定どおり |
| 1 | 窓口改善事業 | 案内板の更新 | 遅れ | 5 | @2022-03-31 {[$-411]ge.m.d} | 入札の不調 |
| 2 | 証明書事業 | 手引きの作成 | 検討中 | | 未定 | |";

/// What a figure says, without where it stands.
const FIGURE: &[&str] = &[
    "department",
    "division",
    "indicator",
    "unit",
    "polarity",
    "fiscal_year",
    "month",
    "span",
    "basis",
    "kind",
    "value",
    "value_high",
    "bound",
    "state",
];
/// What an item says, without where it stands.
const ITEM: &[&str] = &[
    "department",
    "division",
    "number",
    "program",
    "item_no",
    "item",
    "status",
    "direction",
    "progress",
    "due",
    "comment",
];

type Said = BTreeSet<Vec<String>>;

/// What a month's data say of these columns; where a column is named, only rows that have something in it.
fn said(project: &Project, reports: &str, file: &str, columns: &[&str], needs: &str) -> Said {
    let rows = rows(&project.path(&format!("{reports}/2021-05/data/{file}")));
    let rows = rows.iter().filter(|row| !row[needs].is_empty());
    // A form has a column for the status: what has none elsewhere is not reported there.
    let word = |row: &BTreeMap<String, String>, column: &str| row[column].replace("not_reported", "");
    rows.map(|row| columns.iter().map(|column| word(row, column)).collect()).collect()
}

const FORM: &str = "form --reports reports";

fn of_form(project: &Project) {
    project.run(FORM).exits(0).err("");
    project.run("run --input 様式 --output again --period 2021-05 --as-of 2021-06-07").exits(0);
}

fn assert_same(wanted: &Said, found: &Said, what: &str) {
    let lost: Vec<_> = wanted.difference(found).collect();
    let invented: Vec<_> = found.difference(wanted).collect();
    assert!(lost.is_empty() && invented.is_empty(), "{what}\nlost {lost:#?}\ninvented {invented:#?}");
    assert!(!wanted.is_empty(), "{what}");
}

fn project() -> Project {
    let (path, bytes) = book(BOOK);
    let project = Project::bare().file("hoshin.toml", CITY).file(&format!("台帳/{path}"), bytes);
    project.run("run --input 台帳 --period 2021-05 --as-of 2021-06-07").exits(0);
    project
}

#[test]
fn what_stands_in_a_form_is_read_back_as_it_was() {
    let project = project();
    of_form(&project);
    let figures = |reports| said(&project, reports, "indicators.csv", FIGURE, "fiscal_year");
    assert_eq!(figures("reports").len(), 16);
    assert_same(&figures("reports"), &figures("again"), "figures");
    let items = |reports| said(&project, reports, "initiatives.csv", ITEM, "item");
    assert_eq!(items("reports").len(), 3);
    assert_same(&items("reports"), &items("again"), "items");
    let doubts = rows(&project.path("again/2021-05/data/findings.csv"));
    let doubts: Vec<_> = doubts.iter().filter(|row| row["severity"] != "note").collect();
    assert!(doubts.is_empty(), "a form raises no doubts: {doubts:#?}");
}

#[test]
fn forms_of_the_sample_city_lose_no_figure() {
    let project =
        Project::bare().file("hoshin.toml", std::fs::read(checkout("hoshin.toml")).expect("the city"));
    let input = checkout("input/2021-05").display().to_string();
    project.run_words(&["run", "--input", &input, "--period", "2021-05", "--as-of", "2021-06-07"]).exits(0);
    of_form(&project);
    let figures = |reports| said(&project, reports, "indicators.csv", FIGURE, "fiscal_year");
    assert_same(&figures("reports"), &figures("again"), "figures");
}

#[test]
fn a_form_that_stands_is_never_written_over() {
    let project = project().file("様式/市民部_市民課.xlsx", "filled in");
    let outcome = project.run(FORM).exits(0);
    assert!(
        outcome.out.contains("様式 2件") && outcome.out.contains("・様式/市民部_市民課.xlsx"),
        "{}",
        outcome.out
    );
    assert_eq!(project.tree("様式")["市民部_市民課.xlsx"], b"filled in");
}

const FILL: &str = r#"
import sys, openpyxl, datetime
book = openpyxl.load_workbook(sys.argv[1])
def column(sheet, word):
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == word:
                return cell.row, cell.column
    raise SystemExit("no " + word)
def put(sheet, name, word, value):
    top, col = column(sheet, word)
    for row in range(top + 1, sheet.max_row + 1):
        if any(cell.value == name for cell in sheet[row]):
            cell = sheet.cell(row, col)
            assert not cell.protection.locked, (name, word)
            cell.value = value
            return
    raise SystemExit("no " + name)
figures, items = book["指標"], book["取組"]
assert figures.protection.sheet and items.protection.sheet and not figures.protection.password
put(figures, "○証明書の誤交付率", "R2実績", 12.75)
put(figures, "○窓口の満足度", "R3目標", "70以上")
put(figures, "○社会移動数", "R3目標", -12)
put(figures, "○手数料の収入", "R2実績", "作業中")
put(items, "案内板の更新", "進捗状況", "やや遅れ")
put(items, "案内板の更新", "進捗率（％）", 45)
put(items, "手引きの作成", "期限", datetime.date(2022, 2, 28))
put(items, "受付の一本化", "コメント", "来月に終わる見込み")
book.save(sys.argv[1])
"#;

/// Whether another program is there; said aloud where it is not.
pub fn there(program: &str, args: &[&str]) -> bool {
    let found = Command::new(program).args(args).output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: {program} {args:?} is missing");
    }
    found
}

/// Runs a script of openpyxl on a workbook.
pub fn fill(script: &str, workbook: &Path) {
    let filled = Command::new("python3").args(["-c", script]).arg(workbook).output().expect("python3 runs");
    assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
}

/// Saves a workbook in another format by `LibreOffice`, into a folder of the project.
pub fn save_as(project: &Project, workbook: &Path, format: &str, folder: &str) {
    let profile = format!("-env:UserInstallation=file://{}", project.path("profile").display());
    let saved = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", format, "--outdir"])
        .arg(project.path(folder))
        .arg(workbook)
        .output()
        .expect("soffice runs");
    assert!(saved.status.success(), "{saved:?}");
}

/// Filled in by openpyxl, and then saved once more by `LibreOffice`.
#[test]
fn what_other_programs_type_into_a_form_is_read_back() {
    if !there("python3", &["-c", "import openpyxl"]) {
        return;
    }
    let project = project();
    project.run(FORM).exits(0);
    let form = project.path("様式/市民部_市民課.xlsx");
    fill(FILL, &form);
    let (figures, items) = expected(&project);
    let check = |folder: &str, reports: &str| {
        project
            .run(&format!("run --input {folder} --output {reports} --period 2021-05 --as-of 2021-06-07"))
            .exits(0);
        assert_same(&figures, &said(&project, reports, "indicators.csv", FIGURE, "fiscal_year"), reports);
        assert_same(&items, &said(&project, reports, "initiatives.csv", ITEM, "item"), reports);
    };
    check("様式", "openpyxl");
    if !there("soffice", &["--version"]) {
        return;
    }
    save_as(&project, &form, "xlsx", "保存");
    check("保存", "libreoffice");
}

/// What was known, with what was typed over it.
fn expected(project: &Project) -> (Said, Said) {
    let at = |columns: &[&str], word: &str| columns.iter().position(|column| *column == word).expect(word);
    let known = |file, columns, needs| said(project, "reports", file, columns, needs);
    let figures = known("indicators.csv", FIGURE, "fiscal_year").into_iter().map(|mut row| {
        let typed = match (row[2].as_str(), row[5].as_str(), row[9].as_str()) {
            ("証明書の誤交付率", "2020", "actual") => ["12.75", "", "", "value"],
            ("窓口の満足度", "2021", "target") => ["70", "", ">=", "value"],
            ("社会移動数", "2021", "target") => ["-12", "", "", "value"],
            ("手数料の収入", "2020", "actual") => ["", "", "", "pending"],
            _ => return row,
        };
        row.truncate(at(FIGURE, "value"));
        row.extend(typed.map(str::to_owned));
        row
    });
    let items = known("initiatives.csv", ITEM, "item").into_iter().map(|mut row| {
        let item = row[5].clone();
        let mut put = |column: &str, value: &str| value.clone_into(&mut row[at(ITEM, column)]);
        match item.as_str() {
            "案内板の更新" => {
                put("status", "slightly_delayed");
                put("progress", "45");
            }
            "手引きの作成" => put("due", "2022-02-28"),
            _ => put("comment", "来月に終わる見込み"),
        }
        row
    });
    (figures.collect(), items.collect())
}
