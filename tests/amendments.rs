//! The planning section's own word: 補正.xlsx and 総括.xlsx.

use crate::facts::rows;
use crate::printed::text_of;
use crate::support::{Project, book};

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
