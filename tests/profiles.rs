//! Profiles: a stubborn layout is read as it was told, or not at all.

use rust_xlsxwriter::{Format, Workbook};

use crate::facts::{Row, compare, facts_of, rows};
use crate::support::{Project, checkout};

const SHIPPED: &str = "templates/profiles/事務事業評価_集計.toml";
const NOVEMBER: &str = "run --input 台帳 --period 2025-11 --as-of 2025-12-05";

/// The workbook with six blocks of years without a year; `None` where it is missing.
fn shared() -> Option<Vec<u8>> {
    let path = checkout("../shared/workbooks-profile/事務事業評価_集計.xlsx");
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        eprintln!("skipped: ../shared is missing");
    }
    bytes
}

fn data(project: &Project, file: &str) -> Vec<Row> {
    rows(&project.path(&format!("reports/2025-11/data/{file}.csv")))
}

fn codes(project: &Project) -> Vec<String> {
    data(project, "findings").into_iter().map(|row| row["code"].clone()).collect()
}

/// Holds the shared facts against a run.
#[track_caller]
fn shared_facts_are_right(project: &Project) {
    let facts = facts_of(&checkout("../shared/workbooks-profile"), "事務事業評価_集計");
    compare("事務事業評価_集計", &facts, &project.path("reports/2025-11/data")).all_right(1145, 0);
}

#[test]
fn six_blocks_without_a_year_are_read_by_the_profile_that_comes_with_hoshin() {
    let Some(book) = shared() else { return };
    let project = Project::bare().file("台帳/事務事業評価_集計.xlsx", book);
    project.run(NOVEMBER).exits(0);
    shared_facts_are_right(&project);
    let said = codes(&project);
    assert!(!said.iter().any(|code| code == "department-unknown" || code == "status-unknown"), "{said:?}");
    let lines = std::fs::read_to_string(checkout(SHIPPED)).expect("read").lines().count();
    assert!(lines <= 40, "{lines} lines");
}

#[test]
fn without_a_profile_nothing_of_it_is_guessed() {
    let Some(book) = shared() else { return };
    let project = Project::bare().file("台帳/a.xlsx", book).file(SHIPPED, "# 使わない\n");
    project.run(NOVEMBER).exits(0);
    assert_eq!((data(&project, "indicators"), data(&project, "initiatives")), (vec![], vec![]));
    assert!(codes(&project).contains(&"nothing-recognised".to_owned()));
}

#[test]
fn a_draft_reads_it_once_the_years_are_filled_in() {
    let Some(book) = shared() else { return };
    let project = Project::bare().file("台帳/事務事業評価_集計.xlsx", book);
    let draft = project.run("inspect 台帳/事務事業評価_集計.xlsx --suggest-profile").exits(0).err("").out;
    let own = "templates/profiles/下書き.toml";
    let project = project.file(own, &draft);
    project.run(NOVEMBER).exits(2).err_says("years が空です");
    let filled = draft.replace("years = []", "years = [2020, 2021, 2022, 2023, 2024, 2025]").replace(
        "kind = \"actual\"",
        "kinds = [\"actual\", \"actual\", \"actual\", \"actual\", \"actual\", \"plan\"]",
    );
    let project = project.file(own, filled);
    project.run(NOVEMBER).exits(0);
    shared_facts_are_right(&project);
}

/// Two rows a record; a merged title; months side by side without a year; 凡例 of its own.
const CARDS: &[&[&str]] = &[
    &["窓口サービス点検表", "", "", "", "", "", "", ""],
    &["", "", "", "", "", "", "", ""],
    &["担当", "点検項目", "印", "前年", "単位", "件数", "人数", "件数", "人数"],
    &["市民課", "窓口の待ち時間（平均）", "甲", "12.5", "分", "10", "△3", "11", "集計中"],
    &["", "・番号札を置く\n・案内係を置く", "", "", "", "", "", "", ""],
    &["", "電話の応答", "乙", "80", "％", "81.5", "7", "", "-"],
    &["", "かけ直しをなくす", "", "", "", "", "", "", ""],
    &["", "", "", "", "", "99", "", "", ""],
    &["以上", "以上", "", "", "", "5", "5", "5", "5"],
    &["", "控え", "", "1", "人", "1", "1", "1", "1"],
];

const CARDS_PROFILE: &str = r#"
[match]
file = "*点検*"
cells = { A1 = "窓口サービス＊" }
expect = { B3 = "点検項目" }
[rows]
header = 3
height = 2
key = "点検項目"
until = ["以上"]
carry = ["owner"]
[constant]
department = "市民部"
fiscal_year = "R7"
kind = "actual"
[columns]
owner = "担当"
program = "点検項目"
item = "点検項目+1"
status = "印"
[words]
status = { on_track = ["甲"], delayed = ["乙"] }
[[figures]]
indicators = [{ name = "点検項目", unit = "単位", values = [{ column = "D", year = "R6", kind = "baseline" }] }]
[[figures]]
first = "F"
width = 2
months = [10, 11]
basis = "single"
indicators = [
  { name_text = "待ち件数", unit_text = "件", value = "件数" },
  { name_text = "待ち人数", unit_text = "人", value = "G", class = "activity" },
]
"#;

/// A workbook of texts and numbers from the first row and column on, with so many blank columns before one.
fn book(rows: &[&[&str]], shift_from: u16) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (col, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            let col = if col >= shift_from { col + 1 } else { col };
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, col, number).expect("written"),
                Err(_) => sheet.write_string(row, col, *text).expect("written"),
            };
        }
    }
    for row in 20..420 {
        for col in 0..9 {
            sheet.write_blank(row, col, &Format::new().set_bold()).expect("written");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn cards(shift_from: u16) -> Project {
    Project::bare()
        .file("台帳/窓口点検.xlsx", book(CARDS, shift_from))
        .file("templates/profiles/点検.toml", CARDS_PROFILE)
}

/// The columns of rows, joined.
fn told(rows: &[Row], columns: &[&str]) -> Vec<String> {
    rows.iter().map(|row| columns.iter().map(|c| row[*c].as_str()).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn records_of_two_rows_with_months_side_by_side() {
    let project = cards(u16::MAX);
    project.run(NOVEMBER).exits(0);
    let mut figures = told(
        &data(&project, "indicators"),
        &[
            "cell",
            "department",
            "division",
            "indicator",
            "unit",
            "fiscal_year",
            "month",
            "basis",
            "kind",
            "value",
            "state",
            "class",
        ],
    );
    figures.sort();
    let expected = [
        "D4|市民部|市民課|窓口の待ち時間（平均）|分|2024|||baseline|12.5|value|",
        "D6|市民部|市民課|電話の応答|%|2024|||baseline|80|value|",
        "F4|市民部|市民課|待ち件数|件|2025|10|single|actual|10|value|",
        "F6|市民部|市民課|待ち件数|件|2025|10|single|actual|81.5|value|",
        "G4|市民部|市民課|待ち人数|人|2025|10|single|actual|-3|value|activity",
        "G6|市民部|市民課|待ち人数|人|2025|10|single|actual|7|value|activity",
        "H4|市民部|市民課|待ち件数|件|2025|11|single|actual|11|value|",
        "I4|市民部|市民課|待ち人数|人|2025|11|single|actual||pending|activity",
        "I6|市民部|市民課|待ち人数|人|2025|11|single|actual||missing|activity",
    ];
    assert_eq!(figures, expected);
    let mut items = told(
        &data(&project, "initiatives"),
        &[
            "cell",
            "division",
            "program",
            "item_no",
            "item",
            "status",
            "status_raw",
            "status_cell",
            "fiscal_year",
            "confidence",
        ],
    );
    items.sort();
    let expected = [
        "B5|市民課|窓口の待ち時間（平均）|1|番号札を置く|on_track|甲|C4|2025|read",
        "B5|市民課|窓口の待ち時間（平均）|2|案内係を置く|on_track|甲|C4|2025|read",
        "B7|市民課|電話の応答|1|かけ直しをなくす|delayed|乙|C6|2025|read",
    ];
    assert_eq!(items, expected);
    let unread = data(&project, "findings").into_iter().filter(|row| row["code"] == "value-unread");
    assert_eq!(
        told(&unread.collect::<Vec<_>>(), &["cell", "raw"]),
        ["F8|99"],
        "a figure without a name is listed"
    );
}

#[test]
fn a_layout_that_moved_is_not_read() {
    for (shift, cell, words) in [
        (1, "B3", "B3 は「点検項目」のはずですが、「」です"),
        // The column without an expectation moved; what is given by letters meets what is given by words.
        (3, "G3", "G列が2つの値の列に当たります"),
        (7, "H3", "H3 の見出しは F3 と同じはずですが、「」です"),
    ] {
        let project = cards(shift);
        project.run(NOVEMBER).exits(0);
        let findings = data(&project, "findings");
        let moved: Vec<_> = findings.iter().filter(|row| row["code"] == "profile-moved").collect();
        assert_eq!((moved.len(), moved[0]["cell"].as_str()), (1, cell), "{findings:?}");
        assert!(!codes(&project).contains(&"nothing-recognised".to_owned()), "{findings:?}");
        assert!(moved[0]["message"].contains(words), "{}", moved[0]["message"]);
        assert_eq!((data(&project, "indicators"), data(&project, "initiatives")), (vec![], vec![]));
    }
}

#[test]
fn two_profiles_for_one_sheet_read_nothing() {
    let project = cards(u16::MAX).file("templates/profiles/別.toml", CARDS_PROFILE);
    project.run(NOVEMBER).exits(0);
    assert!(data(&project, "indicators").is_empty());
    let findings = data(&project, "findings");
    let row = findings.iter().find(|row| row["code"] == "profile-conflict").expect("a finding");
    assert!(row["message"].contains("profiles/別.toml、profiles/点検.toml"), "{}", row["message"]);
}

#[test]
fn all_problems_of_all_profiles_are_told_at_once() {
    let project = Project::bare()
        .file("templates/profiles/い.toml", "[match]\nshet = \"a\"\n[rows]\nfirst = 0\n")
        .file(
            "templates/profiles/ろ.toml",
            r#"[match]
sheet = "集計"
cells = { 12 = "No." }
[rows]
header = 3
first = 2
[columns]
program = "F"
owner = "XFE"
ignore = ["A:B", "さ"]
[words]
direction = { continu = ["継続"] }
[[figures]]
first = "C"
width = 2
years = ["R2", 30]
kinds = ["actual"]
indicators = [
  { name = "A", value = "C" },
  { name = "A", value = "F" },
  { name = "A", valeu = "D" },
]
[[figures]]
first = "F"
width = 3
years = ["R2", "R3"]
indicators = [
  { name = "A", value = "F", class = "seika" },
]
"#,
        );
    project.run(NOVEMBER).exits(2).out("").err(concat!(
        "templates/profiles/い.toml の1行目: [match] に file・sheet・cells・words のどれもありません。どのシートに使うかを書いてください\n",
        "templates/profiles/い.toml の1行目: 読むものがありません。指標は [[figures]]、取組みは [columns] の item か program に書いてください\n",
        "templates/profiles/い.toml の2行目: [match] に「shet」という項目はありません。「sheet」の書き誤りではありませんか\n",
        "templates/profiles/い.toml の4行目: [rows] の first は 1 から 1048576 までの数で、\" で囲まずに書いてください\n",
        "templates/profiles/ろ.toml の3行目: [match] の cells の「12」はセル番地ではありません。C2 のように書いてください\n",
        "templates/profiles/ろ.toml の6行目: [rows] の first は見出しの行 header より下の行番号にしてください\n",
        "templates/profiles/ろ.toml の9行目: [columns] の owner の「XFE」は列ではありません。\"N\"、\"AF\"（XFD まで）か、見出しの言葉を書いてください\n",
        "templates/profiles/ろ.toml の10行目: [columns] の ignore の「さ」は列ではありません。\"G\" や \"AF:AO\" のように書いてください\n",
        "templates/profiles/ろ.toml の12行目: [words.direction] に「continu」という項目はありません。「continue」の書き誤りではありませんか\n",
        "templates/profiles/ろ.toml の16行目: [[figures]] の years は年度です。2021 か \"R3\" のように書いてください\n",
        "templates/profiles/ろ.toml の17行目: [[figures]] の kinds は 1 個ですが、ほかの並びは 2 個です。まとまりの数だけ書いてください\n",
        "templates/profiles/ろ.toml の20行目: 値の列 F が最初のまとまり C:D の外にあります。最初のまとまりの列で書いてください\n",
        "templates/profiles/ろ.toml の21行目: [[figures]] の indicators に value がありません。value = \"…\" を書いてください\n",
        "templates/profiles/ろ.toml の21行目: [[figures]] の indicators に「valeu」という項目はありません。「value」の書き誤りではありませんか\n",
        "templates/profiles/ろ.toml の24行目: [[figures]] のまとまり F:K が、13行目のまとまり C:F と重なっています\n",
        "templates/profiles/ろ.toml の28行目: [[figures]] の indicators の class に「seika」は使えません。\"KGI\"、\"KPI\"、\"outcome\"、\"activity\"、\"target_group\" のどれかを書いてください\n",
        "templates/profiles/ろ.toml の28行目: 値の列 F は [columns] で「事業名」の列になっています\n",
        "templates/profiles/ろ.toml の28行目: 値の種類（実績・目標など）が分かりません。[[figures]] の kinds・kind、[constant] の kind、[columns] の kind のどれかに書いてください\n",
    ));
}

#[test]
fn a_profile_that_fits_no_workbook_is_fine() {
    let project = Project::bare().workbook("台帳/a.xlsx").file("templates/profiles/点検.toml", CARDS_PROFILE);
    project.run(NOVEMBER).exits(0);
    assert_eq!(data(&project, "indicators").len(), 2);
}

/// A year, a month and a kind in each row; a heading word that no vocabulary knows.
const LONG: &[&[&str]] = &[
    &["なまえ", "いつ", "くべつ", "かず", "たんい"],
    &["苦情", "R5", "実績", "12", "件"],
    &["苦情", "R6", "実績", "9", "件"],
    &["苦情", "R7", "目標", "5以下", "件"],
    &["合計", "R7", "目標", "5", "件"],
    &["苦情", "", "実績", "7", "件"],
    &["苦情", "R4", "まぼろし", "8", "件"],
];

const LONG_PROFILE: &str = r#"
[match]
words = ["なまえ"]
[rows]
header = 1
[constant]
department = "市民部"
class = "outcome"
polarity = "decrease"
[columns]
fiscal_year = "いつ"
kind = "くべつ"
[[figures]]
indicators = [{ name = "なまえ", unit = "たんい", value = "かず" }]
"#;

#[test]
fn years_below_one_another_are_one_indicator() {
    let project = Project::bare()
        .file("台帳/a.xlsx", book(LONG, u16::MAX))
        .file("templates/profiles/縦.toml", LONG_PROFILE);
    project.run(NOVEMBER).exits(0);
    let columns = [
        "cell",
        "indicator",
        "class",
        "polarity",
        "unit",
        "fiscal_year",
        "kind",
        "value",
        "bound",
        "primary",
    ];
    let expected = [
        "D2|苦情|outcome|decrease|件|2023|actual|12||1",
        "D3|苦情|outcome|decrease|件|2024|actual|9||1",
        "D4|苦情|outcome|decrease|件|2025|target|5|<=|1",
    ];
    let mut figures = told(&data(&project, "indicators"), &columns);
    figures.sort();
    assert_eq!(figures, expected);
    let mut unread = data(&project, "findings");
    unread.retain(|row| row["code"] == "value-unread");
    assert_eq!(told(&unread, &["cell", "raw"]), ["D6|7", "D7|8"], "without a year or a known kind");
}

#[test]
fn a_draft_of_any_table_is_a_profile_with_blanks() {
    let project = cards(u16::MAX).file("台帳/b.xlsx", book(LONG, u16::MAX));
    for file in ["窓口点検", "b"] {
        let draft = project.run(&format!("inspect 台帳/{file}.xlsx --suggest-profile")).exits(0).err("").out;
        assert_eq!(draft.contains("first = \"F\""), file == "窓口点検", "two equal columns repeat\n{draft}");
        let name = format!("templates/profiles/{file}.toml");
        let other = Project::bare().workbook("台帳/a.xlsx").file(&name, &draft);
        let outcome = other.run(NOVEMBER).exits(2);
        // Blanks are asked for; nothing else is wrong with the draft.
        for line in outcome.err.lines() {
            assert!(line.contains("空です") || line.contains("年度です"), "{line}\n{draft}");
        }
    }
    let read = Project::bare().workbook("台帳/a.xlsx");
    let said = read.run("inspect 台帳/a.xlsx --suggest-profile").exits(0).out;
    assert!(said.starts_with("# 見出しの言葉だけでは読めない表は見つかりませんでした"), "{said}");
}

#[test]
fn inspect_tells_what_a_profile_makes_of_a_sheet() {
    let project = cards(u16::MAX);
    let said = project.run("inspect 台帳/窓口点検.xlsx").exits(0).out;
    for words in [
        "プロファイル「profiles/点検.toml」のとおりに読む表",
        "B3  「点検項目」  → 事業名",
        "（プロファイルのとおり）",
        "9行  プロファイルの until の行とその下",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    let moved = cards(7).run("inspect 台帳/窓口点検.xlsx").exits(0).out;
    assert!(moved.contains("シート全体  プロファイルと様式が違う：H3 の見出しは"), "{moved}");
}
