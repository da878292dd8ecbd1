//! The planning section's own word: 補正.xlsx and 総括.xlsx.

use calamine::{DataType, Reader};

use crate::cases;
use crate::facts::rows;
use crate::forms::{fill, save_as, there};
use crate::printed::text_of;
use crate::support::{Project, book, checkout};

const MAY: &str = "run --input 台帳 --period 2021-05 --as-of 2021-06-07";
const CITY: &str = "[city]\nname = \"見本市\"\n[[department]]\nname = \"市民環境部\"\ndivisions = [\"市民課\", \"環境課\"]\n";
const HEAD: [&str; 9] = ["部局", "課", "指標", "年度と種類", "旧", "新", "理由", "補正した人", "補正した日"];

fn city() -> Project {
    let ledger = book(&[
        &["指標名", "単位", "R1実績", "R2実績", "R3目標"],
        &["窓口の満足度", "％", "57", "58.5", "62.5"],
        &["社会移動数", "人", "△12", "△53", "0"],
        &["講座の参加者数", "人", "40", "集計中", "60"],
    ]);
    Project::bare().file("hoshin.toml", CITY).file("台帳/市民環境部_市民課.xlsx", ledger)
}

/// The findings of the planning section's workbooks: code and raw text.
fn said(project: &Project) -> Vec<(String, String)> {
    let findings = rows(&project.path("reports/2021-05/data/findings.csv"));
    let own = findings
        .into_iter()
        .filter(|row| row["workbook"].starts_with("補正") || row["workbook"].starts_with("総括"));
    own.map(|row| (row["code"].clone(), row["raw"].clone())).collect()
}

/// Value, state, raw text and cell of the figure of an indicator in fiscal 2020.
fn actual(project: &Project, name: &str) -> [String; 4] {
    let figures = rows(&project.path("reports/2021-05/data/indicators.csv"));
    let found =
        figures.iter().find(|row| row["indicator"] == name && row["fiscal_year"] == "2020").expect(name);
    ["value", "state", "raw", "cell"].map(|column| found[column].clone())
}

#[test]
fn a_correction_replaces_a_figure_while_the_old_one_stands() {
    let project = city().file(
        "台帳/補正.xlsx",
        book(&[
            &["補正"],
            &HEAD,
            &[
                "市民環境部",
                "市民課",
                "社会移動数",
                "R2実績",
                "△53",
                "△51",
                "転記の誤り",
                "政策創造課 山田",
                "R3.6.4",
            ],
            &[
                "市民環境部",
                "",
                "講座の参加者数",
                "令和2年度実績",
                "集計中",
                "５２人",
                "電話で確認",
                "山田",
                "6/4",
            ],
            &["市民環境部", "", "窓口の満足度", "R2実績", "58.0", "59.0", "速報から確報へ", "山田", "6/4"],
            &["市民環境部", "", "ない指標", "R2実績", "1", "2", "試し", "山田", "6/4"],
            &["市民環境部", "", "窓口の満足度", "R2実績", "58.5", "59.0", "", "山田", "6/4"],
            &["市民環境部", "", "窓口の満足度", "実績", "58.5", "59.0", "理由", "山田", "6/4"],
        ]),
    );
    project.run(MAY).exits(0);
    assert_eq!(actual(&project, "社会移動数"), ["-51", "value", "△53", "D3"]);
    assert_eq!(actual(&project, "講座の参加者数"), ["52", "value", "集計中", "D4"]);
    assert_eq!(
        actual(&project, "窓口の満足度"),
        ["58.5", "value", "58.5", "D2"],
        "refused corrections change nothing"
    );
    let expected = [
        ("amended", "５２人"),
        ("amended", "△51"),
        ("amendment-refused", "59"),
        ("amendment-refused", "2"),
        ("amendment-refused", "59"),
        ("amendment-refused", "59"),
    ];
    let told = said(&project);
    assert_eq!(told, expected.map(|(code, raw)| (code.to_owned(), raw.to_owned())));
    let Some(text) = text_of(&project.path("reports/2021-05/部局別/市民環境部.pdf")) else { return };
    for part in ["△51人（補正）", "補正：社会移動数R2実績△53→△51人転記の誤り"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn a_figure_that_two_workbooks_tell_apart_is_settled_by_a_correction() {
    let other = book(&[&["指標名", "単位", "R2実績", "R3目標"], &["窓口の満足度", "％", "59.0", "62.5"]]);
    let project = city().file("台帳/市民環境部.xlsx", other);
    project.run(MAY).exits(0);
    let differs = |project: &Project| {
        rows(&project.path("reports/2021-05/data/findings.csv"))
            .iter()
            .any(|row| row["code"] == "sources-differ")
    };
    assert!(differs(&project));
    let row = ["市民環境部", "", "窓口の満足度", "R2実績", "58.5", "59.0", "確報", "山田", "6/4"];
    let project = project.file("台帳/補正.xlsx", book(&[&HEAD, &row]));
    project.run(MAY).exits(0);
    assert!(!differs(&project));
}

#[test]
fn comments_are_printed_where_they_belong() {
    let project = city().file(
        "台帳/総括.xlsx",
        book(&[
            &["部局", "総括"],
            &["全庁", "市全体として計画どおりに進んでいます。"],
            &["市民環境部", "窓口の混雑が和らぎました。\n引き続き取り組みます。"],
            &["ない部", "どこにも載らない文です。"],
        ]),
    );
    project.run(MAY).exits(0);
    assert_eq!(said(&project), [("remark-unplaced".to_owned(), "ない部".to_owned())]);
    let Some(city) = text_of(&project.path("reports/2021-05/全庁概要.pdf")) else { return };
    let Some(department) = text_of(&project.path("reports/2021-05/部局別/市民環境部.pdf")) else {
        return;
    };
    assert!(city.contains("市全体として計画どおりに進んでいます。"));
    assert!(department.contains("窓口の混雑が和らぎました。引き続き取り組みます。"));
    assert!(
        !department.contains("市全体として")
            && !city.contains("窓口の混雑")
            && !city.contains("どこにも載らない")
    );
}

#[test]
fn a_form_without_its_headers_is_named() {
    let project =
        city().file("台帳/補正.xlsx", book(&[&["部局", "指標", "新"], &["市民環境部", "社会移動数", "1"]]));
    project.run(MAY).exits(0);
    assert_eq!(said(&project), [("amendment-form".to_owned(), String::new())]);
    let findings = rows(&project.path("reports/2021-05/data/findings.csv"));
    let told = findings.iter().find(|row| row["code"] == "amendment-form").expect("the finding");
    assert!(
        told["message"].contains("「年度と種類、旧、理由、補正した人、補正した日」"),
        "{}",
        told["message"]
    );
}

/// A month with 補正.xlsx of these rows below the header, in the words of `cases::book`.
fn with_corrections(rows: &str) -> Project {
    let head = HEAD.join(" | ");
    let (path, bytes) = cases::book(&format!("file: 補正.xlsx\nsheet: 補正\n| {head} |\n{rows}"));
    let project = city().file(&format!("台帳/{path}"), bytes);
    project.run(MAY).exits(0);
    project
}

#[test]
fn of_two_corrections_for_one_figure_the_second_is_refused() {
    let project = with_corrections(
        "| 市民環境部 | | 社会移動数 | R2実績 | '△53 | '△51 | 理由 | 山田 | 6/4 |
| 市民環境部 | 市民課 | 社会移動数 | 令和2年度 実績 | '△53 | '△50 | 理由 | 山田 | 6/4 |
| 市民環境部 | | 社会移動数 | R2実績 | '△51 | '△49 | 理由 | 山田 | 6/4 |
| 市民環境部 | | 社会移動数 | H30実績 | | '△7 | 理由 | 山田 | 6/4 |
| 市民環境部 | | 社会移動数 | H30実績 | | '△8 | 理由 | 山田 | 6/4 |",
    );
    assert_eq!(actual(&project, "社会移動数")[0], "-51");
    let findings = rows(&project.path("reports/2021-05/data/findings.csv"));
    let refused: Vec<_> = findings.iter().filter(|row| row["code"] == "amendment-refused").collect();
    let told: Vec<[&str; 3]> =
        refused.iter().map(|row| ["cell", "raw", "related"].map(|column| row[column].as_str())).collect();
    let first = ["補正.xlsx#補正!F2", "補正.xlsx#補正!F5"];
    assert_eq!(told, [["F3", "△50", first[0]], ["F4", "△49", first[0]], ["F6", "△8", first[1]]]);
    assert!(refused[0]["message"].contains("補正の2行目と補正の3行目"), "{}", refused[0]["message"]);
    let figures = rows(&project.path("reports/2021-05/data/indicators.csv"));
    let added = figures.iter().filter(|row| row["fiscal_year"] == "2018").map(|row| row["value"].as_str());
    assert_eq!(added.collect::<Vec<_>>(), ["-7"]);
}

/// 旧, 新, the value and the state that follow for 窓口の満足度 (％, 58.5).
const TYPED: [[&str; 4]; 7] = [
    ["58.5", "59.0", "59", "value"],
    ["58.5", "'59.0", "59", "value"],
    ["58.5", "'59%", "59", "value"],
    ["58.5", "0.59 {0%}", "59", "value"],
    ["'58.5％", "'△5９．２", "-59.2", "value"],
    ["0.585 {0.0%}", "'作業中", "", "pending"],
    ["'５８．５", "'－", "", "missing"],
];

#[test]
fn a_correction_is_read_as_people_type_it() {
    for [old, new, value, state] in TYPED {
        let row = format!("| 市民環境部 | | 窓口の満足度 | R2実績 | {old} | {new} | 理由 | 山田 | 6/4 |");
        let project = with_corrections(&row);
        assert_eq!(actual(&project, "窓口の満足度"), [value, state, "58.5", "D2"], "{old} → {new}");
        let Some(text) = text_of(&project.path("reports/2021-05/部局別/市民環境部.pdf")) else {
            continue;
        };
        if state != "value" {
            let word = new.trim_start_matches('\'');
            for part in [format!("{word}（補正）"), format!("58.5→{word}理由")] {
                assert!(text.contains(&part), "{part} is not in {text}");
            }
        }
    }
}

#[test]
fn workbooks_of_the_planning_section_are_no_division_s() {
    let ledger = || book(&[&["指標名", "単位", "R2実績"], &["窓口の満足度", "％", "58.5"]]);
    let few = |month: &str| format!("run --input {month} --period {month} --as-of 2021-07-07");
    let forms = |project: Project, month: &str| {
        let figures = book(&[&HEAD]);
        let project = project.file(&format!("{month}/補正.xlsx"), figures);
        project.file(&format!("{month}/総括.xlsx"), book(&[&["部局", "総括"]]))
    };
    let project = Project::bare().file("hoshin.toml", CITY).file("2021-05/市民課.xlsx", ledger());
    let project = forms(project, "2021-05").file("2021-06/市民課.xlsx", ledger());
    project.run(&few("2021-05")).exits(0);
    let manifest = std::fs::read(project.path("reports/2021-05/manifest.json")).expect("read");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("JSON");
    let inputs = manifest["inputs"].as_array().expect("a list");
    let told: Vec<_> =
        inputs.iter().map(|input| (input["path"].as_str(), input["outcome"].as_str())).collect();
    let names = ["市民課.xlsx", "総括.xlsx", "補正.xlsx"];
    assert_eq!(told, names.map(|name| (Some(name), Some("read"))));
    for input in inputs {
        let kept = project.path(&format!("reports/原本/{}.xlsx", input["sha256"].as_str().expect("a hash")));
        assert!(kept.is_file(), "{}", input["path"]);
    }
    let findings = rows(&project.path("reports/2021-05/data/findings.csv"));
    assert!(!findings.iter().any(|row| row["workbook"] != "市民課.xlsx" && !row["workbook"].is_empty()));
    // One ledger then and now.
    project.run(&few("2021-06")).exits(0);

    let project = Project::bare().file("hoshin.toml", CITY);
    let project = ["a", "b", "c"].into_iter().zip(57_u8..).fold(project, |project, (name, figure)| {
        let figure = figure.to_string();
        let ledger = book(&[&["指標名", "単位", "R2実績"], &[name, "％", &figure]]);
        project.file(&format!("2021-05/{name}.xlsx"), ledger)
    });
    project.run(&few("2021-05")).exits(0);
    let project = forms(project.file("2021-06/a.xlsx", ledger()), "2021-06");
    project.run(&few("2021-06")).exits(6).err_says("読めた台帳が 1件しかありません（2021-05 は 3件）");
    let project = forms(project, "2021-07");
    project.run(&few("2021-07")).exits(6).err_says("「2021-07」に台帳（Excel のファイル）がありません");
}

/// The data of the newest month without where it was made from.
fn data(project: &Project) -> Vec<(String, Vec<u8>)> {
    let tree = project.tree("reports/2021-05/data").into_iter();
    tree.filter(|(path, _)| !path.ends_with("snapshot.json")).collect()
}

#[test]
fn a_form_that_is_left_empty_changes_nothing() {
    let project = city();
    project.run(MAY).exits(0);
    let before = data(&project);
    project.run("form").exits(0).err("");
    let forms = project.tree("様式");
    let project = ["補正.xlsx", "総括.xlsx"]
        .into_iter()
        .fold(project, |project, name| project.file(&format!("台帳/{name}"), &forms[name]));
    project.run(MAY).exits(0);
    assert_eq!(data(&project), before);
    let said = project.run("inspect 台帳/補正.xlsx").exits(0).err("").out;
    assert!(said.contains("補正の様式：台帳の値を置き換える行 0件（入力"), "{said}");
    let said = project.run("inspect 台帳/総括.xlsx").exits(0).err("").out;
    assert!(said.contains("総括の様式：帳票に印刷する行 0件（入力"), "{said}");
    let kept = project.run("form").exits(0).out;
    assert!(kept.contains("・様式/補正.xlsx") && kept.contains("・様式/総括.xlsx"), "{kept}");
}

const CORRECT: &str = r#"
import sys, openpyxl, datetime
book = openpyxl.load_workbook(sys.argv[1])
sheet, today = book["補正"], book["今の値"]
assert sheet.protection.sheet and today.protection.sheet and not sheet.protection.password
assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
head = {}
for row in sheet.iter_rows():
    words = [cell.value for cell in row]
    if "新" in words:
        head = {cell.value: cell for cell in row}
top = head["新"].row
assert list(head) == ["部局", "課", "指標", "年度と種類", "旧", "新", "理由", "補正した人", "補正した日"], head
assert all(cell.comment for cell in head.values())
lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
assert any("市民環境部" in rule.formula1 for rule in lists), lists
assert sum(rule.type == "date" for rule in sheet.data_validations.dataValidation) == 1
wanted = {("社会移動数", "R2実績"): "△51", ("窓口の満足度", "R2実績"): "59.0%", ("講座の参加者数", "R3目標"): 75}
row = top
for line in today.iter_rows(values_only=True):
    new = wanted.pop((line[2], line[3]), None)
    if new is None:
        continue
    row += 1
    typed = dict(zip(["部局", "課", "指標", "年度と種類", "旧"], line))
    typed |= {"新": new, "理由": "電話で確認", "補正した人": "山田", "補正した日": datetime.date(2021, 6, 4)}
    for word, value in typed.items():
        cell = sheet.cell(row, head[word].column)
        assert not cell.protection.locked, word
        cell.value = value
assert not wanted, wanted
assert all(cell.protection.locked for line in today.iter_rows() for cell in line)
book.save(sys.argv[1])
"#;

#[test]
fn every_figure_of_the_list_can_be_named_by_its_row() {
    let config = std::fs::read(checkout("hoshin.toml")).expect("the city");
    let input = checkout("input/2021-05").display().to_string();
    let project = Project::bare().file("hoshin.toml", config).file(
        "台帳/市民課_月次.xlsx",
        book(&[
            &["令和3年度　市民環境部　市民課"],
            &["指標名", "単位", "R3 第1四半期実績", "R3 下半期実績", "R3 4月実績", "R3 5月累計実績"],
            &["窓口の待ち時間", "分", "12", "11", "13.5", "12.8"],
        ]),
    );
    for entry in walkdir::WalkDir::new(&input).into_iter().map(|entry| entry.expect("listed")) {
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(&input).expect("below").display().to_string();
            let target = project.path(&format!("台帳/{name}"));
            std::fs::create_dir_all(target.parent().expect("a folder")).expect("made");
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
    project.run(MAY).exits(0);
    project.run("form").exits(0);
    let mut form: calamine::Xlsx<_> =
        calamine::open_workbook(project.path("様式/補正.xlsx")).expect("a workbook");
    let list = form.worksheet_range("今の値").expect("the sheet");
    let mut corrections = vec![HEAD.map(str::to_owned).to_vec()];
    for row in list.rows().skip_while(|row| row[4].as_string().as_deref() != Some("今の値")).skip(1) {
        let mut cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        cells.extend(["1", "理由", "山田", "6/4"].map(str::to_owned));
        corrections.push(cells);
    }
    let labels: Vec<&str> =
        corrections.iter().filter(|row| row[2] == "窓口の待ち時間").map(|row| row[3].as_str()).collect();
    assert_eq!(labels, ["R3 第1四半期実績", "R3 下半期実績", "R3 4月実績", "R3 5月累計実績"]);
    assert!(corrections.len() > 200, "{}", corrections.len());
    let cells: Vec<Vec<&str>> =
        corrections.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let project = project.file("台帳/補正.xlsx", book(&cells));
    project.run(MAY).exits(0);
    let refused: Vec<_> = rows(&project.path("reports/2021-05/data/findings.csv"))
        .into_iter()
        .filter(|row| row["code"] == "amendment-refused")
        .map(|row| row["message"].clone())
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

const COMMENT: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book["総括"]
texts = {"全庁": "市全体は計画どおりです。", "市民環境部": "混雑が和らぎました。\n続けて取り組みます。"}
for row in sheet.iter_rows():
    text = texts.pop(row[0].value, None)
    if text is not None:
        assert row[0].protection.locked and not row[1].protection.locked
        assert row[1].alignment.wrap_text and row[1].value is None
        row[1].value = text
assert not texts, texts
book.save(sys.argv[1])
"#;

/// Filled in by openpyxl, then saved by `LibreOffice` in each format.
#[test]
fn what_is_typed_into_the_forms_is_printed() {
    if !there("python3", &["-c", "import openpyxl"]) {
        return;
    }
    let project = city();
    project.run(MAY).exits(0);
    project.run("form").exits(0);
    fill(CORRECT, &project.path("様式/補正.xlsx"));
    fill(COMMENT, &project.path("様式/総括.xlsx"));
    let check = |folder: &str, format: &str| {
        let ledger = std::fs::read(project.path("台帳/市民環境部_市民課.xlsx")).expect("the ledger");
        std::fs::write(project.path(&format!("{folder}/市民環境部_市民課.xlsx")), ledger).expect("written");
        project.run(&format!("run --input {folder} --period 2021-05 --as-of 2021-06-07")).exits(0);
        assert_eq!(actual(&project, "社会移動数"), ["-51", "value", "△53", "D3"], "{format}");
        assert_eq!(actual(&project, "窓口の満足度"), ["59", "value", "58.5", "D2"], "{format}");
        let told = said(&project);
        assert_eq!(told.iter().filter(|(code, _)| code == "amended").count(), 3, "{format} {told:?}");
        assert_eq!(told.len(), 3, "{format} {told:?}");
        let pdf = |path: &str| text_of(&project.path(&format!("reports/2021-05/{path}.pdf")));
        let (Some(city), Some(department)) = (pdf("全庁概要"), pdf("部局別/市民環境部")) else {
            return;
        };
        assert!(city.contains("市全体は計画どおりです。"), "{format} {city}");
        let parts = [
            "△51人（補正）",
            "補正：社会移動数R2実績△53→△51人電話で確認（山田",
            "補正：講座の参加者数R3目標60→75人",
            "59.0%（補正）",
            "混雑が和らぎました。続けて取り組みます。",
        ];
        for part in parts {
            assert!(department.contains(part), "{format}: {part} is not in {department}");
        }
    };
    for name in ["補正", "総括"] {
        let form = project.path(&format!("様式/{name}.xlsx"));
        std::fs::create_dir_all(project.path("openpyxl")).expect("a folder");
        std::fs::copy(form, project.path(&format!("openpyxl/{name}.xlsx"))).expect("copied");
    }
    check("openpyxl", "openpyxl");
    if !there("soffice", &["--version"]) {
        return;
    }
    for format in ["xlsx", "ods", "xls"] {
        for name in ["補正", "総括"] {
            save_as(&project, &project.path(&format!("様式/{name}.xlsx")), format, format);
        }
        check(format, format);
    }
}
