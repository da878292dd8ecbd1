//! What is sent back to a division, what it answers, and what then stays quiet.

use std::path::Path;
use std::process::Command;

use hoshin::model::limits::Limits;
use hoshin::model::passwords::Passwords;
use hoshin::normalise::Vocabulary;
use hoshin::read;
use rust_xlsxwriter::Workbook;

use crate::cases::book;
use crate::support::Project;

const CITY: &str = r#"
[city]
name = "試験市"
publisher = "企画部 企画課"
mail = "kikaku@city.example.jp"
[answers]
days = 10
[[department]]
name = "市民部"
divisions = [{ name = "市民課", mail = "shimin@city.example.jp" }, "環境課"]
[severity]
polarity-missing = "note"
"#;

const RESIDENTS: &str = "file: 市民部/市民課.xlsx
sheet: 指標
| 指標名 | 単位 | R1実績 | R2実績 | R3目標 |
| 窓口の満足度 | ％ | 58.5 | 60.1 | 62.5 |
| 相談件数 | 件 | 120 | 皆増 | 130 |
| 待ち時間 | 分 | 12 | | 10 |
| 講座の数 | 回 | 4 | 作業中 | 6 |";

/// Nothing to look at.
const ENVIRONMENT: &str = "file: 市民部/環境課.xlsx
sheet: 指標
| 指標名 | 単位 | R1実績 | R2実績 | R3目標 |
| 苦情件数 | 件 | 58 | 60 | 62 |";

const RUN: &str = "run --input 台帳 --period 2021-05 --as-of 2021-06-07";
const SHEET: &str = "reports/2021-05/差戻し/市民部_市民課.xlsx";

fn with(project: Project, text: &str) -> Project {
    let (path, bytes) = book(text);
    project.file(&format!("台帳/{path}"), bytes)
}

fn project() -> Project {
    with(with(Project::bare().file("hoshin.toml", CITY), RESIDENTS), ENVIRONMENT)
}

/// The texts of the first sheet of a workbook, row by row.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let bytes = std::fs::read(path).expect("a workbook");
    let eras = &Vocabulary::builtin().expect("valid").eras;
    let workbook =
        read::open("a.xlsx".into(), &bytes, eras, &Limits::default(), &Passwords::default()).expect("opened");
    let grid = &workbook.sheets[0].grid;
    let (height, width) = grid.size();
    let text = |row, col| {
        let cell = grid.get(hoshin::model::place::CellRef::new(row, col));
        cell.map_or_else(String::new, |cell| cell.text.to_string())
    };
    (0..height).map(|row| (0..width).map(|col| text(row, col)).collect()).collect()
}

/// The rows as another program would save them.
fn saved(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("差戻し").expect("a name");
    for (row, cells) in (0..).zip(rows) {
        for (col, text) in (0..).zip(cells) {
            sheet.write_string(row, col, text).expect("within the sheet");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// The sheet with answers: by the text that stands in 原文, the answer, the reason and the name.
fn answered(sheet: &[Vec<String>], answers: &[(&str, [&str; 3])]) -> Vec<Vec<String>> {
    let head = sheet.iter().position(|row| row.iter().any(|text| text == "回答")).expect("a header");
    let col = |word: &str| sheet[head].iter().position(|text| text == word).expect("a column");
    let mut out = sheet.to_vec();
    for row in out.iter_mut().skip(head + 1) {
        let Some((_, words)) = answers.iter().find(|(raw, _)| row[col("原文")] == *raw) else { continue };
        for (heading, word) in ["回答", "回答の理由", "回答者"].into_iter().zip(words) {
            (*word).clone_into(&mut row[col(heading)]);
        }
    }
    out
}

#[test]
fn a_division_gets_what_it_must_look_at_and_nothing_else() {
    let project = project();
    project.run(RUN).exits(0);
    let files: Vec<String> = project.tree("reports/2021-05/差戻し").into_keys().collect();
    assert_eq!(files, ["市民部_市民課.eml", "市民部_市民課.xlsx"]);
    let rows = rows(&project.path(SHEET));
    let starts: Vec<&str> = rows.iter().map(|row| row[0].as_str()).take(6).collect();
    assert_eq!(
        starts,
        [
            "確認のお願い（差戻し）　市民部　市民課",
            "試験市　令和3年5月末時点（令和3年6月7日現在で作成）　取りまとめ：企画部 企画課",
            "お答えの期限：令和3年6月17日　確かめていただきたいこと：2 件（ほかに参考のお知らせ 1 件がありますが、直さなくてよいので省きました）",
            "白い欄（回答・回答の理由・回答者）に書いて、この表を取りまとめの部署へ返してください。数字の誤りは課のブックの方を直し、「直した」を選んでください。",
            "",
            "No.",
        ]
    );
    let seen: Vec<Vec<&str>> =
        rows[6..].iter().map(|row| row[..6].iter().map(String::as_str).collect()).collect();
    assert_eq!(
        seen,
        [
            vec!["1", "■エラー", "市民部/市民課.xlsx", "指標 › D3", "皆増", "未読（集計に入れていません）"],
            vec!["2", "◆要確認", "市民部/市民課.xlsx", "指標 › D4", "（空欄）", "空欄（0 とはみなしません）"],
        ]
    );
    assert!(rows[6][6].contains("「相談件数」のR2実績の「皆増」"), "{:?}", rows[6]);
    assert_eq!(
        rows[6][11..],
        ["value-unread", "市民部/市民課.xlsx", "指標", "D3", "皆増", "市民部 市民課", "2022-03-31"]
    );
    assert_eq!(rows[7][11..16], ["value-blank", "市民部/市民課.xlsx", "指標", "D4", ""]);
    let mail = std::fs::read(project.path("reports/2021-05/差戻し/市民部_市民課.eml")).expect("a letter");
    let mail = String::from_utf8(mail).expect("ASCII");
    for line in ["X-Unsent: 1\r\n", "To: <shimin@city.example.jp>\r\n", "From: <kikaku@city.example.jp>\r\n"]
    {
        assert!(mail.contains(line), "{line} in {}", &mail[..600]);
    }
}

const ANSWERS: &str = r#"# 差戻しの回答　表 1件、確かめていただいたこと 2件
# 直した 0件、このままで正しい 2件、担当外 0件、確認中 0件、未回答 0件
#
# 受け取れなかったもの（3件）
# ・台帳.xlsx: 差戻しの表ではありません
# ・市民課.xlsx › 差戻し › 7行目: 「このままで正しい」の理由がありません。理由を書いて返してもらってください
# ・市民課.xlsx › 差戻し › 9行目: この行は足されたもので、何への答えか分かりません
#
# 次の 1件を hoshin.toml の終わりに貼り付けてください。
# until は了承の期限です（年度末にしてあります）。

[[accepted]]
code = "value-unread"
workbook = "市民部/市民課.xlsx"
cell = "指標!D3"
raw = "皆増"
reason = '前年度は "休止" のため'
by = "山田"
until = "2022-03-31"
"#;

#[test]
fn answers_become_lines_for_hoshin_toml() {
    let project = project();
    project.run(RUN).exits(0);
    let mut sheet = answered(
        &rows(&project.path(SHEET)),
        &[
            ("皆増", ["このままで正しい", "前年度は \"休止\" のため", "山田"]),
            ("（空欄）", ["このままで正しい", " ", ""]),
        ],
    );
    // Sorted, and with a row that somebody added.
    sheet.swap(6, 7);
    let width = sheet[0].len();
    sheet.push(vec![String::new(); width]);
    sheet[8][8] = "直した".to_owned();
    let (_, foreign) = book(RESIDENTS);
    let project = project.file("返信/市民課.xlsx", saved(&sheet)).file("返信/台帳.xlsx", foreign);
    project.run("answers 返信").exits(0).err("").out(ANSWERS);
    project.run("answers ない").exits(6).out("").err_says("フォルダー「ない」がありません");
}

#[test]
fn what_is_accepted_is_silent_while_its_cell_stays() {
    let lines = &ANSWERS[ANSWERS.find("[[accepted]]").expect("a table")..];
    let project = project().file("hoshin.toml", format!("{CITY}\n{lines}"));
    let findings = |project: &Project| {
        let text =
            std::fs::read_to_string(project.path("reports/2021-05/data/findings.csv")).expect("findings");
        text.lines().filter(|line| line.contains("value-unread")).map(str::to_owned).collect::<Vec<_>>()
    };
    let outcome = project.run(RUN).exits(0);
    assert!(
        outcome.out.contains("エラー 0件、要確認 1件") && outcome.out.contains("、了承済み 1件"),
        "{}",
        outcome.out
    );
    assert_eq!(findings(&project), [""; 0]);
    let page = std::fs::read_to_string(project.path("reports/2021-05/実行結果.txt")).expect("the page");
    assert!(page.contains("了承済みのもの 1件"), "{page}");
    let figures =
        std::fs::read_to_string(project.path("reports/2021-05/data/indicators.csv")).expect("figures");
    let figure = figures.lines().find(|line| line.contains("皆増")).expect("the figure");
    assert!(figure.contains(",unread,"), "acceptance changes no figure: {figure}");
    let sheet = rows(&project.path(SHEET));
    assert_eq!(sheet.len(), 7, "one row: {sheet:?}");
    assert!(sheet[2][0].contains("参考のお知らせ 1 件、了承済みのもの 1 件"), "{}", sheet[2][0]);

    project.run("run --input 台帳 --period 2021-05 --as-of 2022-04-01").exits(0);
    let [lapsed] = findings(&project).try_into().expect("one");
    assert!(lapsed.contains("令和4年3月31日までで、期限が過ぎました"), "{lapsed}");

    let project = with(project, &RESIDENTS.replace("皆増", "皆減"));
    project.run(RUN).exits(0);
    let [stale] = findings(&project).try_into().expect("one");
    assert!(stale.contains("以前の了承は「皆増」に対するものです"), "{stale}");
}

/// The sheet as `LibreOffice` saves it, in its own format and in that of Excel 97.
#[test]
fn libreoffice_may_save_the_answers() {
    if !Command::new("soffice").arg("--version").output().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: soffice is missing");
        return;
    }
    let project = project();
    project.run(RUN).exits(0);
    let sheet = answered(
        &rows(&project.path(SHEET)),
        &[
            ("皆増", ["このままで正しい", "前年度は \"休止\" のため", "山田"]),
            ("（空欄）", ["直した", "", ""]),
        ],
    );
    let project = project.file("a/市民課.xlsx", saved(&sheet));
    let profile = format!("-env:UserInstallation=file://{}", project.path("profile").display());
    for format in ["ods", "xls"] {
        let saved = Command::new("soffice")
            .args([&profile, "--headless", "--convert-to", format, "--outdir"])
            .arg(project.path(format))
            .arg(project.path("a/市民課.xlsx"))
            .output()
            .expect("soffice runs");
        assert!(saved.status.success(), "{saved:?}");
        let outcome = project.run(&format!("answers {format}")).exits(0);
        let lines = &ANSWERS[ANSWERS.find("[[accepted]]").expect("a table")..];
        assert!(
            outcome.out.contains("# 直した 1件、このままで正しい 1件") && outcome.out.ends_with(lines),
            "{}",
            outcome.out
        );
    }
}
