//! What a person is shown: the map of a sheet, findings with their row, where figures come from.

use hoshin::width::{height, width};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::support::{Project, words};

const CITY: &str = "[city]\nname = \"見本市\"\n[[department]]\nname = \"総合政策部\"\ndivisions = [\"企画課\"]\n\
                    [[indicator]]\nname = \"窓口の満足度\"\npolarity = \"increase\"\n";

/// A sheet: its name and its rows, cells divided by `|`; numbers are numbers unless `'` stands in front.
type Rows<'a> = (&'a str, &'a [&'a str]);

fn book(sheets: &[Rows]) -> Vec<u8> {
    let mut book = Workbook::new();
    let written = ExcelDateTime::from_ymd(2021, 6, 1).expect("a day");
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&written));
    let struck = Format::new().set_font_strikethrough();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("a name");
        for (row, cells) in (0..).zip(*rows) {
            for (col, text) in (0..).zip(cells.split('|')).filter(|(_, text)| !text.is_empty()) {
                let plain = text.trim_start_matches(['\'', '~']);
                let done = match text.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, col, number),
                    Err(_) if text.starts_with('~') => {
                        sheet.write_string_with_format(row, col, plain, &struck)
                    }
                    Err(_) => sheet.write_string(row, col, plain),
                };
                done.expect("within the sheet");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

const LEDGER: Rows = (
    "指標",
    &[
        "部名|総合政策部",
        "課名|企画課",
        "",
        "指標名|単位|R1実績|R2実績|R3目標|備忘",
        "窓口の満足度|％|58.5|作業中|62.5|済",
        "~古い指標|~件|~1|~2|~3",
        "窓口の件数|件|100|'△20|30",
        "合計||158|0|92",
    ],
);

#[test]
fn inspect_draws_the_sheet_and_says_why() {
    let sheets = [
        LEDGER,
        ("人口", &["町名|世帯|人口", "東町|10|20", "西町|30|40"][..]),
        ("様式", &["備考|（ここに書く）"][..]),
        ("説明", &["この台帳の使い方を説明します。"][..]),
        ("記入表", &["指標名|単位|R2実績|R3目標"][..]),
        ("名簿", &["課|部|備考"][..]),
        ("白紙", &[][..]),
    ];
    let project = Project::new().file("hoshin.toml", CITY).file("a.xlsx", book(&sheets));
    project.run("inspect a.xlsx").exits(0).err("").out(
        "a.xlsx（xlsx）
  指標の表（指標 2、値 6）のブック
  部・課：総合政策部企画課

シート「指標」
  指標の表（指標 2、値 6）
  図　A1:F8（1文字が1つのセル）
     ＡＢＣＤＥＦ
  1  ＃部・・・・
  2  ＃課・・・・
  3  ・・・・・・
  4  ＃＃＃＃＃＃
  5  名単実実目？
  6  消消消消消・
  7  名単実実目・
  8  名・実実目・
  印　＃＝見出し　名＝指標名　単＝単位　実＝実績　目＝目標　部＝部　課＝課　？＝意味の分からない列
    　消＝取消線（読まない）　・＝空欄
  A4:F8  指標の表（指標名・年度・値の種類の見出しがある）
      A4  「指標名」  → 指標名                        （「指標名」＝指標名）
      B4  「単位」    → 単位                          （「単位」＝単位）
      C4  「R1実績」  → 令和元年度・実績              （「R1実績」＝令和元年度・実績）
      D4  「R2実績」  → 令和2年度・実績               （「R2実績」＝令和2年度・実績）
      E4  「R3目標」  → 令和3年度・目標               （「R3目標」＝令和3年度・目標）
      F4  「備忘」    → 意味が分からないため読まない  （見出しの言葉が、語彙（vocabulary.toml）のどの言葉にも当たらない）
  読まなかったもの
      8行     合計などの行（指標ではない）
      A6～E6  取消線

シート「人口」
  表（指標ではない）：文字や数字が並んでいるが、見出しに指標名も年度もない
  図　A1:C3（1文字が1つのセル）
     ＡＢＣ
  1  字字字
  2  字字字
  3  字字字
  印　字＝表の外の文字
  読まなかったもの
      A1、B1、C1、A2、B2 ほか 4個  表の外の文字（表題・章・注記。値としては読まない）

シート「様式」
  様式：見出しと記入欄（1か所）だけで、指標の表も取組みの表もない
  図　A1:B1（1文字が1つのセル）
     ＡＢ
  1  ＃備
  印　＃＝見出し　備＝備考

シート「説明」
  文章：見出しと値の並ぶ表がない
  図　A1:A1（1文字が1つのセル）
     Ａ
  1  字
  印　字＝表の外の文字
  読まなかったもの
      A1  表の外の文字（表題・章・注記。値としては読まない）

シート「記入表」
  様式：指標の表の見出しはあるが、値がまだ書かれていない
  図　A1:D1（1文字が1つのセル）
     ＡＢＣＤ
  1  ＃＃＃＃
  印　＃＝見出し
  A1:D1  指標の表（指標名・年度・値の種類の見出しがある）
      A1  「指標名」  → 指標名           （「指標名」＝指標名）
      B1  「単位」    → 単位             （「単位」＝単位）
      C1  「R2実績」  → 令和2年度・実績  （「R2実績」＝令和2年度・実績）
      D1  「R3目標」  → 令和3年度・目標  （「R3目標」＝令和3年度・目標）

シート「名簿」
  様式：見出しだけがあり、その下に何も書かれていない
  図　A1:C1（1文字が1つのセル）
     ＡＢＣ
  1  ＃＃＃
  印　＃＝見出し
  A1:C1  表（指標ではない）：指標名の見出しがない
      A1  「課」    → 課    （「課」＝課）
      B1  「部」    → 部    （「部」＝部）
      C1  「備考」  → 備考  （「備考」＝備考）

シート「白紙」
  空のシート：見える文字が何もない
",
    );
    let json: serde_json::Value =
        serde_json::from_str(&project.run("inspect a.xlsx --format json").exits(0).err("").out)
            .expect("JSON");
    let sheet = &json["sheets"][0];
    assert_eq!(sheet["map"]["range"], "A1:F8");
    assert_eq!(sheet["map"]["columns"], serde_json::json!(["A", "B", "C", "D", "E", "F"]));
    assert_eq!(sheet["map"]["rows"][4], serde_json::json!({"first": 5, "last": 5, "cells": "名単実実目？"}));
    assert_eq!(sheet["regions"][0]["columns"][3]["meaning"], "令和2年度・実績");
    assert_eq!(sheet["regions"][0]["columns"][5]["read"], false);
    assert_eq!(sheet["left_out"][1], serde_json::json!({"place": "A6～E6", "reason": "取消線"}));
    let told: Vec<_> = json["sheets"]
        .as_array()
        .expect("sheets")
        .iter()
        .map(|s| (&s["taken_for"], &s["recognised"]))
        .collect();
    assert_eq!(told[3], (&"文章：見出しと値の並ぶ表がない".into(), &false.into()));
    assert_eq!(json["sheets"][6]["map"], serde_json::Value::Null);
}

#[test]
fn a_large_sheet_is_condensed() {
    let heads: String = (0..200).map(|_| "|備考").collect();
    let mut rows = vec![format!("指標名|単位|R2実績|R3目標{heads}")];
    rows.extend(
        (0..3000)
            .map(|n| format!("満足度その{n}|件|{}|{}|{}", n % 90, n % 80, if n % 3 == 0 { "a" } else { "" })),
    );
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let project = Project::new().file("a.xlsx", book(&[("大きな表", &rows)]));
    let out = project.run("inspect a.xlsx").exits(0).err("").out;
    let picture: Vec<&str> = out
        .lines()
        .skip_while(|line| !line.starts_with("  図"))
        .take_while(|line| !line.starts_with("  A1:"))
        .collect();
    assert!(picture.len() <= 50, "{out}");
    assert!(picture.iter().all(|line| width(line) <= 100), "{}", picture.join("\n"));
    assert_eq!(
        picture[..6],
        [
            "  図　A1:GV3001（続く行や列は、見かけが同じならまとめました）",
            "              ＡＢＣＤＥＦ",
            "           1  ＃＃＃＃＃＃",
            "           2  名単実目備・",
            "        3～4  名単実目・・",
            "           5  名単実目備・",
        ]
    );
    assert!(picture.iter().any(|line| line.ends_with("（略）")), "{}", picture.join("\n"));
}

#[test]
fn check_shows_the_row_of_each_finding() {
    let project = Project::new()
        .file("hoshin.toml", CITY)
        .file("templates/findings.toml", words(""))
        .file("台帳/a.xlsx", book(&[LEDGER]));
    project.run("check --input 台帳 --period 2021-05 --as-of 2021-06-07").exits(0).out(
        "［要確認］総合政策部 企画課　a.xlsx › 指標（number-as-text）
　文
　→ 対処
［要確認］総合政策部 企画課　a.xlsx › 指標 › D5（value-pending）
    指標名      ｜単位｜R1実績｜R2実績｜R3目標｜備忘
  5 窓口の満足度｜％  ｜58.5  ｜作業中｜62.5  ｜済
                                ^^^^^^
　文
　→ 対処
［要確認］総合政策部 企画課　a.xlsx › 指標 › A6（struck-out）
    指標名  ｜単位｜R1実績｜R2実績｜R3目標｜備忘
  6 古い指標｜件  ｜1     ｜2     ｜3     ｜
    ^^^^^^^^
　文
　→ 対処
［要確認］総合政策部 企画課　a.xlsx › 指標 › A7（polarity-missing）
    指標名    ｜単位｜R1実績｜R2実績｜R3目標｜備忘
  7 窓口の件数｜件  ｜100   ｜△20  ｜30    ｜
    ^^^^^^^^^^
　文
　→ 対処
見本市 2021-05
台帳　1件のうち 1件を読みました
数字　そのまま 6件、前提を置いて 0件、読めなかったもの 0件（取組み 0件）
指摘　エラー 0件、要確認 4件、参考 0件
確かめただけなので、何も書き込んでいません。
",
    );
}

#[test]
fn the_end_of_a_run_fits_on_a_screen() {
    let name = "とても長い名前の指標であって一行には収まらないもの（令和三年度に始めたもの）";
    let rows: Vec<String> = (0..30).map(|n| format!("{name}{n}|件|{n}|調査する|{n}")).collect();
    let mut lines = LEDGER.1[..4].to_vec();
    lines.extend(rows.iter().map(String::as_str));
    let project = Project::bare().file("hoshin.toml", CITY).file("台帳/a.xlsx", book(&[("指標", &lines)]));
    let out = project.run("run --input 台帳 --period 2021-05 --as-of 2021-06-07").exits(0).out;
    assert!(height(&out, 80) <= 24, "{out}");
    assert!(out.contains("ほかに "), "{out}");
    let shown = out.lines().filter(|line| line.trim_start().starts_with('^')).count();
    assert!(shown > 0, "{out}");
    let all = Project::bare().file("hoshin.toml", CITY).file("台帳/a.xlsx", book(&[("指標", &lines)]));
    let all = all.run("check --input 台帳 --period 2021-05").exits(0).out;
    assert!(all.matches("［").count() >= 30, "to a file all are written: {all}");
    for line in all.lines().filter(|line| line.contains('｜')) {
        assert!(width(line) <= 80, "{line}");
    }
}

#[test]
fn sum_is_told_what_it_loses() {
    let rows = [
        "指標名|単位|R1実績|R2実績|R3目標",
        "市税の減免|円|100|'37,000,000|5",
        "使用料の減免|円|200|16885360|'△6",
        "満足度|％|'58.5|60|70",
    ];
    let project =
        Project::bare().file("台帳/a.xlsx", book(&[("決算", &rows[..3]), ("率", &[rows[0], rows[3]])]));
    let out = project.run("check --input 台帳 --period 2021-05").exits(0).out;
    let line = out.lines().find(|line| line.contains("文字として入力された数値")).expect("said");
    assert_eq!(
        line,
        "　文字として入力された数値が 3 個あります（決算!D2、決算!E3、率!C2）。Excel の SUM はこれらを飛ばします。\
         縦に合計すると、「決算」のR2実績は 53,885,360円のところが 16,885,360円（1個分が漏れる）、\
         「決算」のR3目標は -1円のところが 5円（1個分が漏れる）になります。"
    );
    assert_eq!(out.matches("number-as-text").count(), 1, "{out}");
}

/// Reports of a month from a ledger with this R2実績.
fn month(project: Project, period: &str, value: &str) -> Project {
    let row = format!("窓口の満足度|％|58.5|{value}|62.5");
    let rows = [LEDGER.1[0], LEDGER.1[1], LEDGER.1[3], &row];
    let project = project.file("台帳/a.xlsx", book(&[("指標", &rows)]));
    project.run(&format!("run --input 台帳 --period {period} --as-of 2021-06-07")).exits(0);
    project
}

#[test]
fn trace_follows_a_figure_through_the_months() {
    let project = Project::bare().file("hoshin.toml", CITY);
    let project = month(project, "2021-02", "作業中");
    let project = month(project, "2021-03", "作業中");
    let project = month(project, "2021-04", "60");
    std::fs::rename(project.path("reports/2021-04"), project.path("reports/2021-04_訂正1")).expect("renamed");
    let project = month(project, "2021-04", "59");
    let project = month(project, "2021-05", "60.0");
    let project = project
        .file("reports/2021-01/data/snapshot.json", r#"{"schema": 0, "dataset": {}}"#)
        .file("reports/2020-12/data/snapshot.json", "{")
        .file("reports/2020-11/実行結果.txt", "");
    project.run("trace 窓口の満足").exits(0).err("").out(
        "「窓口の満足」を名前に含むもの：指標 1件、取組み 0件（出どころ：2021-05）
※ 2021-01 は調べられませんでした: data/snapshot.json は別の版の hoshin が書いた形式（0）なので読めません。
※ 2020-12 は調べられませんでした: data/snapshot.json は内容が壊れているため読めません。
※ 2020-11 は調べられませんでした: data/snapshot.json がありません（見つかりません）。

指標「窓口の満足度」
  総合政策部 企画課　単位 %　増がよい
  出典1（報告書に使う）a.xlsx › 指標 › A4
    セル  年度・種類  シートの文字  読み取った値  確かさ    これまで
    C4    R1実績      「58.5」      58.5 %        そのまま  2021-02～2021-04_訂正1 同じ
    D4    R2実績      「60」        60 %          そのまま  2021-02～2021-03 未確定、2021-04 59、2021-04_訂正1 同じ
    E4    R3目標      「62.5」      62.5 %        そのまま  2021-02～2021-04_訂正1 同じ
",
    );
    let older = project.run("trace ﾏﾄﾞ口の満足 --period 2021-03").exits(0).err("").out;
    assert!(older.starts_with("「マド口の満足」を名前に含む指標も取組みもありません（出どころ：2021-03）。近い名前:\n  ・窓口の満足度\n"), "{older}");
    let older = project.run("trace Ｒ　満足度 --period 2021-03").exits(2).out;
    assert_eq!(older, "");
    let older = project.run("trace 満足度 --period 2021-03").exits(0).err("").out;
    assert!(
        older.contains("    D4    R2実績      「作業中」    未確定        そのまま  2021-02 同じ\n"),
        "{older}"
    );
}

#[test]
fn trace_without_reports_reads_the_ledgers() {
    let rows = [
        "部名|総合政策部",
        "課名|企画課",
        "事業名|取組項目|進捗状況|進捗率|期限",
        "広報事業|広報紙の見直し|順調|50%|R4.3",
    ];
    let project =
        Project::bare().file("hoshin.toml", CITY).file("台帳/a.xlsx", book(&[LEDGER, ("取組", &rows)]));
    project.run("trace 見直し --input 台帳 --period 2021-05").exits(0).out(
        "「見直し」を名前に含むもの：指標 0件、取組み 1件（出どころ：今の台帳「台帳」）

取組み「広報事業」（1）広報紙の見直し
  総合政策部 企画課
  出典1（報告書に使う）a.xlsx › 取組 › B4
    状況    順調（C4「順調」、そのまま）
    進捗率  50%
    期限    2022-03（「R4.3」）
",
    );
    assert!(!project.path("reports").exists());
    std::fs::rename(project.path("台帳"), project.path("input")).expect("renamed");
    let out = project.run("trace 満足").exits(0).out;
    assert!(out.contains("※ 読める報告書が「reports」にないので、今の台帳を読みました。\n"), "{out}");
    project.run("trace 窓口の万足度 --input input").exits(0).out(
        "「窓口の万足度」を名前に含む指標も取組みもありません（出どころ：今の台帳「input」）。近い名前:
  ・窓口の満足度
",
    );
    project.run("trace ごみ --input input").exits(0).out(
        "「ごみ」を名前に含む指標も取組みもありません（出どころ：今の台帳「input」）。名前の一部だけで探してみてください。名前の一覧は 統合.xlsx の「指標」と「取組」にあります。
",
    );
    project
        .run_words(&["trace", "　"])
        .exits(2)
        .out("")
        .err("探す言葉がありません。指標や取組みの名前の一部を書いてください\n");
}
