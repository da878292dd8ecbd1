//! Who has handed in, what stands in for what is missing, and what a reorganisation does to both.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Reader};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::facts::{Row, rows};
use crate::support::Project;

const CONFIG: &str = r#"
[city]
name = "見本市"
[[department]]
name = "総務部"
divisions = ["財政課", "税務課", "契約課"]
[[department]]
name = "市民部"
divisions = ["市民課"]
[submission]
day = 10
[[expected]]
department = "総務部"
division = "財政課"
workbook = "総務部/財政課*.xlsx"
[[expected]]
department = "総務部"
division = "税務課"
day = 31
[[expected]]
department = "市民部"
division = "市民課"
"#;

/// A sheet of one division: two indicators and an initiative. `saved` is in UTC, as workbooks keep it; none leaves the
/// property out of what can be understood.
fn book(
    owner: &str,
    names: [&str; 2],
    values: [&str; 2],
    status: &str,
    saved: (u16, u8, u8, u16),
) -> Vec<u8> {
    let mut book = Workbook::new();
    let (year, month, day, hour) = saved;
    let moment = ExcelDateTime::from_ymd(year, month, day).and_then(|day| day.and_hms(hour, 30, 0));
    book.set_properties(&DocProperties::new().set_creation_datetime(&moment.expect("a moment")));
    let indicators = [
        vec!["所属", owner],
        vec![],
        vec!["指標名", "単位", "R2実績", "R3目標"],
        vec![names[0], "人", values[0], "500"],
        vec![names[1], "件", values[1], "90"],
    ];
    let items = [
        vec!["所属", owner],
        vec![],
        vec!["細事業名", "具体的な取組項目", "進捗状況", "期限"],
        vec!["窓口の改善", "手続きの見直し", status, "R4.3.31"],
    ];
    for (name, lines) in [("指標", &indicators[..]), ("取組", &items[..])] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name");
        for (row, cells) in (0..).zip(lines) {
            for (col, text) in (0..).zip(cells) {
                let cell = match text.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, col, number),
                    Err(_) => sheet.write_string(row, col, *text),
                };
                cell.expect("within the sheet");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn finance(value: &str, saved: (u16, u8, u8, u16)) -> Vec<u8> {
    book("総務部 財政課", ["基金の件数", "起債の件数"], [value, "80"], "順調", saved)
}

fn tax(value: &str, saved: (u16, u8, u8, u16)) -> Vec<u8> {
    book("総務部 税務課", ["納税者数", "相談の件数"], [value, "70"], "順調", saved)
}

fn citizens(value: &str, saved: (u16, u8, u8, u16)) -> Vec<u8> {
    book("市民部 市民課", ["来庁者数", "証明の件数"], [value, "60"], "順調", saved)
}

fn run(project: &Project, month: &str, as_of: &str) -> String {
    let args = format!("run --period {month} --as-of {as_of} --allow-gaps");
    project.run(&args).exits(0).out
}

fn data(project: &Project, month: &str, name: &str) -> Vec<Row> {
    rows(&project.path(&format!("reports/{month}/data/{name}.csv")))
}

/// `code division` of the findings that speak of submissions and names.
fn said(project: &Project, month: &str) -> Vec<String> {
    let codes = [
        "workbook-missing",
        "workbook-late",
        "workbook-unchanged",
        "carried-over",
        "owner-renamed",
        "owner-split",
        "owner-gone",
        "division-unlisted",
        "department-unlisted",
        "owner-differs",
        "sources-differ",
    ];
    let findings = data(project, month, "findings");
    let told = findings.iter().filter(|row| codes.contains(&row["code"].as_str()));
    told.map(|row| format!("{} {}", row["code"], row["division"])).collect()
}

/// The sheet 提出状況: division → status and the rest of its row.
fn sheet(project: &Project, month: &str) -> BTreeMap<String, Vec<String>> {
    let path = project.path(&format!("reports/{month}/統合.xlsx"));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let range = book.worksheet_range("提出状況").expect("the sheet");
    let text = |cell: &Data| match cell {
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    };
    let rows = range.rows().map(|row| row.iter().map(text).collect::<Vec<_>>());
    rows.skip_while(|row| row[0] != "部局").skip(1).map(|row| (row[1].clone(), row[2..].to_vec())).collect()
}

/// `value confidence workbook` of an indicator's figure in fiscal 2020.
fn figure(project: &Project, month: &str, name: &str) -> String {
    let all = data(project, month, "indicators");
    let found: Vec<String> = all
        .iter()
        .filter(|row| row["indicator"] == name && row["kind"] == "actual")
        .map(|row| format!("{} {} {}", row["value"], row["confidence"], row["workbook"]))
        .collect();
    found.join("、")
}

fn text_of(pdf: &Path) -> Option<String> {
    let Ok(output) = std::process::Command::new("pdftotext").arg(pdf).arg("-").output() else {
        eprintln!("skipped: pdftotext is missing");
        return None;
    };
    assert!(output.status.success(), "{}", pdf.display());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    Some(text.chars().filter(|c| !c.is_whitespace()).collect())
}

#[test]
fn a_month_is_held_against_what_is_expected() {
    // 10 June 23:30 in Japan is in time; 16:30 UTC on the 10th is the 11th there.
    let project = Project::bare()
        .file("hoshin.toml", CONFIG)
        .file("input/2021-05/総務部/財政課_5月.xlsx", finance("10", (2021, 6, 10, 14)))
        .file("input/2021-05/税.xlsx", tax("20", (2021, 6, 10, 16)))
        .file("input/2021-05/市民課.xlsx", citizens("30", (2021, 6, 10, 16)));
    run(&project, "2021-05", "2021-06-20");
    let found = sheet(&project, "2021-05");
    let row = |division: &str| found[division][..4].join(" ");
    assert_eq!(row("財政課"), "○ 提出済 2021-06-10 2021-06-10 総務部/財政課_5月.xlsx");
    assert_eq!(row("税務課"), "○ 提出済 2021-06-30 2021-06-11 税.xlsx", "June has no 31st");
    assert_eq!(row("市民課"), "◆ 期限後 2021-06-10 2021-06-11 市民課.xlsx");
    assert_eq!(said(&project, "2021-05"), ["workbook-late 市民課"]);
    let page = std::fs::read_to_string(project.path("reports/2021-05/実行結果.txt")).expect("the page");
    assert!(page.contains("期限後　1件\n　・市民部 市民課　市民課.xlsx\n"), "{page}");
}

#[test]
fn what_is_not_due_is_not_missing() {
    let project = Project::bare()
        .file("hoshin.toml", CONFIG)
        .file("input/2021-05/市民課.xlsx", citizens("30", (2021, 6, 1, 0)))
        .file("input/2021-05/総務部/財政課.xlsx", "not a workbook");
    run(&project, "2021-05", "2021-06-30");
    let status = |month: &str| {
        let found = sheet(&project, month);
        ["財政課", "税務課", "市民課"].map(|division| found[division][0].clone())
    };
    assert_eq!(status("2021-05"), ["× 読めない", "－ 未到来", "○ 提出済"]);
    assert_eq!(said(&project, "2021-05"), [""; 0], "nothing earlier can stand in");
    run(&project, "2021-05", "2021-07-01");
    assert_eq!(status("2021-05"), ["× 読めない", "× 未提出", "○ 提出済"]);
    assert_eq!(said(&project, "2021-05"), ["workbook-missing 税務課"]);
}

#[test]
fn without_expectations_nothing_is_said() {
    let config = CONFIG.split("[submission]").next().expect("the first part");
    let project = Project::bare()
        .file("hoshin.toml", config)
        .file("input/2021-05/税.xlsx", tax("20", (2021, 6, 1, 0)))
        .file("input/2021-05/市民課.xlsx", citizens("30", (2021, 6, 1, 0)))
        .file("input/2021-06/税.xlsx", tax("21", (2021, 7, 1, 0)));
    run(&project, "2021-05", "2021-06-30");
    run(&project, "2021-06", "2021-07-30");
    assert_eq!(figure(&project, "2021-06", "来庁者数"), "");
    let path = project.path("reports/2021-06/統合.xlsx");
    let book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    assert!(!book.sheet_names().contains(&"提出状況".to_owned()));
}

#[test]
fn what_is_missing_is_last_months_with_its_month() {
    let project = Project::bare()
        .file("hoshin.toml", CONFIG)
        .file("input/2021-04/総務部/財政課.xlsx", finance("10", (2021, 5, 1, 0)))
        .file("input/2021-04/税.xlsx", tax("20", (2021, 5, 1, 0)))
        .file("input/2021-04/市民課.xlsx", citizens("30", (2021, 5, 1, 0)))
        .file("input/2021-05/総務部/財政課_5月.xlsx", finance("11", (2021, 6, 1, 0)))
        .file("input/2021-05/税.xlsx", "damaged")
        .file("input/2021-06/総務部/財政課_6月.xlsx", finance("11", (2021, 7, 1, 0)))
        .file("input/2021-06/税.xlsx", tax("22", (2021, 7, 1, 0)))
        .file("input/2021-07/総務部/財政課_7月.xlsx", finance("12", (2021, 8, 1, 0)))
        .file("input/2021-07/税.xlsx", tax("22", (2021, 8, 1, 0)))
        .file("input/2021-07/市民課.xlsx", citizens("33", (2021, 8, 1, 0)));
    run(&project, "2021-04", "2021-05-20");
    assert_eq!(said(&project, "2021-04"), [""; 0]);

    run(&project, "2021-05", "2021-07-10");
    assert_eq!(figure(&project, "2021-05", "基金の件数"), "11 read 総務部/財政課_5月.xlsx");
    assert_eq!(figure(&project, "2021-05", "納税者数"), "20 assumed 税.xlsx");
    assert_eq!(figure(&project, "2021-05", "来庁者数"), "30 assumed 市民課.xlsx");
    assert_eq!(
        said(&project, "2021-05"),
        ["carried-over 税務課", "workbook-missing 市民課", "carried-over 市民課"]
    );
    let found = sheet(&project, "2021-05");
    assert_eq!(found["税務課"][0], "× 読めない");
    assert_eq!(found["税務課"][5..], ["2021年4月", "4", "1"]);
    assert_eq!(found["市民課"][0], "× 未提出");
    let items = data(&project, "2021-05", "initiatives");
    let item = items.iter().find(|row| row["division"] == "市民課").expect("the item");
    assert_eq!((item["status"].as_str(), item["confidence"].as_str()), ("on_track", "assumed"));
    if let Some(text) = text_of(&project.path("reports/2021-05/部局別/市民部.pdf")) {
        assert!(text.matches("前回値(4月)").count() >= 5, "{text}");
        assert!(text.contains("×未提出"), "{text}");
    }
    if let Some(text) = text_of(&project.path("reports/2021-05/全庁概要.pdf")) {
        for part in ["提出状況", "求めたブック3", "市民部市民課×未提出", "前回値(4月)：指標の値4、取組項目1"]
        {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }

    // Still missing: the month in which it was really reported stays.
    run(&project, "2021-06", "2021-08-10");
    assert_eq!(figure(&project, "2021-06", "来庁者数"), "30 assumed 市民課.xlsx");
    assert_eq!(sheet(&project, "2021-06")["市民課"][5..], ["2021年4月", "4", "1"]);
    assert_eq!(sheet(&project, "2021-06")["財政課"][0], "＝ 先月から更新なし");
    assert_eq!(
        said(&project, "2021-06"),
        ["workbook-unchanged 財政課", "workbook-missing 市民課", "carried-over 市民課"]
    );

    // There again: nothing of the past remains.
    run(&project, "2021-07", "2021-09-10");
    assert_eq!(figure(&project, "2021-07", "来庁者数"), "33 read 市民課.xlsx");
    assert_eq!(said(&project, "2021-07"), ["workbook-unchanged 税務課"]);
}

#[test]
fn a_shared_workbook_stands_in_once_and_a_lost_part_alone() {
    let config = CONFIG
        .replace("総務部/財政課*.xlsx", "共通*.xlsx")
        .replace("division = \"税務課\"\nday = 31", "division = \"税務課\"\nworkbook = \"共通*.xlsx\"");
    let indicators = |owner: &str, value: &str| {
        vec![
            vec!["所属".to_owned(), owner.to_owned()],
            vec![],
            ["指標名", "単位", "R2実績"].map(str::to_owned).to_vec(),
            [&format!("{owner}の件数"), "件", value].map(str::to_owned).to_vec(),
        ]
    };
    let sheets = |owners: &[(&str, &str)]| {
        let mut book = Workbook::new();
        for (owner, value) in owners {
            let sheet = book.add_worksheet();
            for (row, cells) in (0..).zip(indicators(owner, value)) {
                for (col, text) in (0..).zip(cells) {
                    sheet.write_string(row, col, text).expect("within the sheet");
                }
            }
        }
        book.save_to_buffer().expect("a workbook")
    };
    let project = Project::bare()
        .file("hoshin.toml", &config)
        .file("input/2021-04/共通.xlsx", sheets(&[("財政課", "1"), ("税務課", "2")]))
        .file("input/2021-04/市民.xlsx", sheets(&[("市民課", "3"), ("契約課", "4")]))
        .file("input/2021-05/市民.xlsx", sheets(&[("契約課", "5")]));
    run(&project, "2021-04", "2021-05-09");
    run(&project, "2021-05", "2021-06-30");
    assert_eq!(figure(&project, "2021-05", "財政課の件数"), "1 assumed 共通.xlsx");
    assert_eq!(figure(&project, "2021-05", "税務課の件数"), "2 assumed 共通.xlsx");
    assert_eq!(figure(&project, "2021-05", "市民課の件数"), "3 assumed 市民.xlsx");
    assert_eq!(figure(&project, "2021-05", "契約課の件数"), "5 read 市民.xlsx");
}

const REORGANISED: &str = r#"
[[department]]
name = "総務部"
divisions = [
  { name = "財政課", to = "2021-03-31" },
  { name = "税務課", to = "2021-03-31" },
  { name = "財務課", from = "2021-04-01", successor_of = ["財政課", "税務課"] },
  { name = "契約課", to = "2021-03-31" },
  { name = "用度課", from = "2021-04-01", successor_of = "契約課" },
  { name = "検査課", from = "2021-04-01", successor_of = "契約課" },
]
[[department]]
name = "市民部"
to = "2021-03-31"
divisions = ["市民課"]
[[department]]
name = "くらし部"
from = "2021-04-01"
successor_of = "市民部"
divisions = ["市民課"]
[submission]
day = 10
[[expected]]
department = "総務部"
division = "財政課"
workbook = "総務部/財政課*.xlsx"
[[expected]]
department = "総務部"
division = "税務課"
[[expected]]
department = "市民部"
division = "市民課"
"#;

#[test]
fn a_reorganisation_is_followed_and_march_stays_march() {
    let contracts = |saved| book("総務部 契約課", ["契約の件数", "入札の件数"], ["5", "6"], "順調", saved);
    let merged = book("総務部 財務課", ["基金の件数", "納税者数"], ["10", "20"], "順調", (2021, 5, 1, 0));
    let project = Project::bare()
        .file("hoshin.toml", REORGANISED)
        .file("input/2021-03/総務部/財政課.xlsx", finance("10", (2021, 4, 1, 0)))
        .file("input/2021-03/税.xlsx", tax("20", (2021, 4, 1, 0)))
        .file("input/2021-03/市民課.xlsx", citizens("30", (2021, 4, 1, 0)))
        .file("input/2021-04/総務部/財務課.xlsx", merged)
        .file("input/2021-04/契約.xlsx", contracts((2021, 5, 1, 0)))
        .file("input/2021-04/市民課.xlsx", citizens("31", (2021, 5, 1, 0)));
    run(&project, "2021-03", "2021-04-20");
    let march = ["財政課", "税務課", "市民課"].map(str::to_owned);
    assert_eq!(said(&project, "2021-03"), [""; 0]);
    assert!(march.iter().all(|division| sheet(&project, "2021-03")[division][0] == "○ 提出済"));
    let before = project.tree("reports/2021-03");

    run(&project, "2021-04", "2021-05-20");
    let found = sheet(&project, "2021-04");
    assert_eq!(found.keys().collect::<Vec<_>>(), ["市民課", "財務課"], "two were merged, one is expected");
    assert!(found.values().all(|row| row[0] == "○ 提出済"), "{found:?}");
    // The old department is read as its successor; what was split keeps its old name.
    let mut told = said(&project, "2021-04");
    told.sort();
    assert_eq!(told, ["owner-renamed 市民課", "owner-split 契約課"]);
    let departments = data(&project, "2021-04", "indicators");
    let owner = |name: &str| {
        let row = departments.iter().find(|row| row["indicator"] == name).expect("a row");
        format!("{} {}", row["department"], row["division"])
    };
    assert_eq!(owner("来庁者数"), "くらし部 市民課");
    assert_eq!(owner("契約の件数"), "総務部 契約課");
    assert!(project.path("reports/2021-04/部局別/くらし部.pdf").is_file());
    assert!(!project.path("reports/2021-04/部局別/市民部.pdf").exists());

    // A rerun of March uses March's organisation, whatever came after.
    run(&project, "2021-03", "2021-04-20");
    let mut after = project.tree("reports/2021-03");
    let mut before = before;
    before.remove("manifest.json");
    after.remove("manifest.json");
    assert!(before == after, "March is what it was");
}

#[test]
fn what_stands_in_follows_the_organisation() {
    let project = Project::bare()
        .file("hoshin.toml", REORGANISED)
        .file("input/2021-03/総務部/財政課.xlsx", finance("10", (2021, 4, 1, 0)))
        .file("input/2021-03/税.xlsx", tax("20", (2021, 4, 1, 0)))
        .file("input/2021-03/市民課.xlsx", citizens("30", (2021, 4, 1, 0)))
        .file("input/2021-04/市民課.xlsx", citizens("30", (2021, 5, 1, 0)));
    run(&project, "2021-03", "2021-04-20");
    run(&project, "2021-04", "2021-05-20");
    let found = sheet(&project, "2021-04");
    assert_eq!(found["財務課"][0], "× 未提出");
    assert_eq!(found["財務課"][5..], ["2021年3月", "8", "2"]);
    assert_eq!(found["市民課"][0], "＝ 先月から更新なし", "a new department's name is no change");
    let indicators = data(&project, "2021-04", "indicators");
    let carried: Vec<_> = indicators.iter().filter(|row| row["confidence"] == "assumed").collect();
    assert_eq!(carried.len(), 8);
    assert!(carried.iter().all(|row| row["division"] == "財務課"), "{carried:?}");
    let mut told = said(&project, "2021-04");
    told.sort();
    assert_eq!(
        told,
        [
            "carried-over 財務課",
            "owner-renamed 市民課",
            "workbook-missing 財務課",
            "workbook-unchanged 市民課"
        ]
    );
}

#[test]
fn slips_in_expectations_are_told_at_once() {
    let config = r#"
[[department]]
name = "総務部"
divisions = ["財政課"]
[submission]
day = 32
dya = 1
[[expected]]
department = "総務課"
[[expected]]
department = "総務部"
division = "財政化"
day = "10日"
workbook = "総務部\\財政課.xlsx"
[[expected]]
division = "財政課"
[[expected]]
department = "総務部"
from = "2021-04"
to = "2021-03"
[[expected]]
department = "総務部"
"#;
    let project = Project::bare().file("hoshin.toml", config).workbook("input/2021-05/a.xlsx");
    let outcome = project.run("run --period 2021-05").exits(2);
    let lines: Vec<&str> = outcome.err.lines().collect();
    for (line, words) in [
        (6, "1 から 31 までの数"),
        (7, "「dya」という項目はありません"),
        (9, "「総務課」は [[department]] にありません。「総務部」の書き誤り"),
        (12, "「財政化」は [[department]] にありません。「財政課」の書き誤り"),
        (13, "1 から 31 までの数"),
        (14, "フォルダーの区切りには / を"),
        (15, "department がありません"),
        (20, "より前です"),
        (21, "17行目にもあります"),
    ] {
        let told = |text: &&&str| text.contains(&format!("の{line}行目: ")) && text.contains(words);
        assert!(lines.iter().any(|text| told(&text)), "{line} {words}\n{}", outcome.err);
    }
    assert_eq!(lines.len(), 9, "{}", outcome.err);
}
