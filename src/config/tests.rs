//! What a hoshin.toml may say, and how its slips are told.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod limits;
mod organisation;

use super::{Config, DefaultPeriod, parse};
use crate::finding::{Code, Severity};
use crate::model::indicator::Polarity;

/// The problems of a text as `(line, message)`.
fn problems(text: &str) -> Vec<(usize, String)> {
    let errors = parse(text, "hoshin.toml").expect_err("problems");
    errors.problems.into_iter().map(|problem| (problem.line, problem.message)).collect()
}

/// Asserts one problem on each of the lines, whose message holds the words.
fn assert_problems(text: &str, expected: &[(usize, &str)]) {
    let found = problems(text);
    let fits = found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|((line, message), (at, words))| line == at && message.contains(words));
    assert!(fits, "expected {expected:#?}\nfound {found:#?}");
}

#[test]
fn an_empty_file_is_the_default() {
    assert_eq!(parse("", "hoshin.toml"), Ok(Config::default()));
    assert_eq!(Config::default().city, "（市名未設定）");
}

#[test]
fn everything_is_read() {
    let text = r#"
[city]
name = "見本市"
publisher = "総合政策部 政策創造課"
[run]
period = "current"
archive_inputs = false
[[department]]
name = "総合政策部"
aliases = ["企画部"]
divisions = ["政策創造課", { name = "企画財政課", aliases = ["財政課"] }]
[[indicator]]
name = "社会移動数"
department = "企画部"
polarity = "increase"
unit = "人"
[severity]
"value-assumed" = "note"
"#;
    let config = parse(&format!("\u{feff}{text}"), "hoshin.toml").expect("valid");
    assert_eq!((config.city.as_str(), config.publisher.as_str()), ("見本市", "総合政策部 政策創造課"));
    assert_eq!((config.default_period, config.archive_inputs), (DefaultPeriod::Current, false));
    let department = &config.departments[0];
    assert_eq!(
        (department.name.as_str(), department.aliases.as_slice()),
        ("総合政策部", &["企画部".to_owned()][..])
    );
    let divisions: Vec<_> = department.divisions.iter().map(|d| (d.name.as_str(), d.aliases.len())).collect();
    assert_eq!(divisions, [("政策創造課", 0), ("企画財政課", 1)]);
    let rule = &config.indicators[0];
    assert_eq!(rule.department, "総合政策部", "an alias stands for the department");
    assert_eq!((rule.polarity, rule.unit.as_deref()), (Some(Polarity::Increase), Some("人")));
    assert_eq!(config.severities.get(&Code::ValueAssumed), Some(&Severity::Note));
}

#[test]
fn all_problems_are_told_at_once() {
    let text = r#"[city]
nmae = "見本市"
publisher = 3
[run]
period = "last"
archive_inputs = "yes"
[[department]]
divisions = "政策創造課"
[[department]]
name = ""
[[indicator]]
name = "病床利用率"
department = "総合政策部"
polarity = "up"
[severity]
"value-asumed" = "note"
"value-unread" = "fatal"
[citty]
"#;
    assert_problems(
        text,
        &[
            (2, "「name」の書き誤り"),
            (3, "いまは数です"),
            (5, "\"previous\"、\"current\""),
            (6, "true（はい）か false（いいえ）"),
            (7, "name がありません"),
            (8, "[\"…\", \"…\"] の形"),
            (10, "name が空です"),
            (13, "[[department]] に加えて"),
            (14, "\"increase\"、\"decrease\"、\"maintain\""),
            (16, "「value-assumed」の書き誤り"),
            (17, "\"error\"、\"warning\"、\"note\""),
            (18, "「city」の書き誤り"),
        ],
    );
}

#[test]
fn acceptances_and_addresses_are_read() {
    let text = r#"
[city]
mail = "kikaku@city.example.jp"
[answers]
days = 10
[[department]]
name = "市民部"
mail = "shimin@city.example.jp"
divisions = ["環境課", { name = "市民課", mail = "shiminka@city.example.jp" }]
[[accepted]]
code = "value-unread"
workbook = "市民部/市民課.xlsx"
cell = "指標!D3"
raw = "29（4）"
reason = "再掲の件数を括弧に入れるきまりのため"
by = "市民課 山田"
until = "2022-03-31"
[[accepted]]
code = "nothing-recognised"
workbook = "市民部/名簿.xlsx"
reason = "指標のブックではない"
by = "市民課"
until = 2022-03-31
"#;
    let config = parse(text, "hoshin.toml").expect("valid");
    let letters = &config.correspondence;
    assert_eq!(letters.publisher, "kikaku@city.example.jp");
    assert_eq!(letters.address("市民部", ""), "shimin@city.example.jp");
    assert_eq!(letters.address("市民部", "市民課"), "shiminka@city.example.jp");
    assert_eq!(letters.address("市民部", "環境課"), "");
    assert_eq!(letters.answer_days, Some(10));
    let [first, second] = config.accepted.as_slice() else { panic!("two") };
    assert_eq!(
        (first.sheet.as_str(), first.cell.map(|cell| cell.to_string())),
        ("指標", Some("D3".to_owned()))
    );
    assert_eq!((first.raw.as_str(), first.until.to_string().as_str()), ("29（4）", "2022-03-31"));
    assert_eq!((second.sheet.as_str(), second.cell, second.until), ("", None, first.until));
}

#[test]
fn all_problems_of_acceptances_and_addresses_are_told_at_once() {
    let text = r#"[city]
mail = "企画課"
[answers]
days = 0
[[accepted]]
code = "value-unred"
workbook = "a.xlsx"
cell = "C14"
reason = ""
by = 3
until = "2022-02-30"
[[accepted]]
code = "sources-differ"
workbok = "a.xlsx"
[[department]]
name = "市民部"
divisions = [{ name = "市民課", mail = "a@b, c@d" }]
"#;
    assert_problems(
        text,
        &[
            (2, "メールアドレスの形ではありません"),
            (4, "1 から 366 まで"),
            (6, "「value-unread」の書き誤り"),
            (8, "\"シート名!C14\" のように"),
            (9, "reason が空です"),
            (10, "いまは数です"),
            (11, "「2022-02-30」という日はありません"),
            (12, "by がありません"),
            (12, "reason がありません"),
            (12, "until がありません"),
            (12, "workbook がありません"),
            (13, "了承では消せない"),
            (14, "「workbook」の書き誤り"),
            (17, "メールアドレスの形ではありません"),
        ],
    );
}

#[test]
fn names_are_claimed_once() {
    let text = r#"[[department]]
name = "総務部"
aliases = ["総 務 部", "総務局", "総務局"]
divisions = ["総務課", "総務課", { name = "人事課", aliases = ["総務課"] }]
[[department]]
name = "総務局"
divisions = ["総務課"]
[[indicator]]
name = "ＫＧＩ"
[[indicator]]
name = "別の指標"
aliases = ["KGI"]
[[indicator]]
name = "KGI"
department = "総務部"
"#;
    assert_problems(
        text,
        &[
            (3, "部局の名前「総務局」は3行目にもあります"),
            (4, "課の名前「総務課」は4行目にもあります"),
            (6, "部局の名前「総務局」は3行目にもあります"),
            (12, "指標の名前「KGI」は9行目にもあります"),
        ],
    );
}

#[test]
fn what_toml_does_not_allow_is_told_in_japanese_with_the_rest() {
    let text = "[city]\nname = 見本市\nnmae = \"x\"\n[run\nperiod = \"next\"\n";
    let found = problems(text);
    let lines: Vec<_> = found.iter().map(|(line, _)| *line).collect();
    assert!(lines.contains(&2) && lines.contains(&3) && lines.contains(&4), "{found:#?}");
    for (_, message) in &found {
        // Without a space behind it, it is the name of a key.
        assert!(!message.contains("expected ") && !message.contains("string values"), "{message}");
    }
    assert_problems("[city]\nname = \"a\"\nname = \"b\"\n", &[(3, "同じ項目が2回")]);
    assert_problems("[[department]]\nname = \"総務部\ndivisions = []\n", &[(2, "\" が足りません")]);
    assert_problems("[department]\nname = \"総務部\"\n", &[(1, "[[department]] と、括弧を二重に")]);
    assert_problems("city = \"見本市\"\n", &[(1, "[city] は見出しの行に")]);
}

#[test]
fn errors_name_the_file_and_the_line() {
    let errors = parse("[run]\nperiod = 1\n[city]\nname = 2\n", "設定.toml").expect_err("problems");
    assert_eq!(
        errors.to_string(),
        "設定.toml の2行目: [run] の period は \"…\" で囲んだ文字で書いてください。いまは数です\n\
         設定.toml の4行目: [city] の name は \"…\" で囲んだ文字で書いてください。いまは数です"
    );
}

#[test]
fn the_sample_city_is_valid() {
    let text = include_str!("../../hoshin.toml");
    let config = parse(text, "hoshin.toml").unwrap_or_else(|errors| panic!("{errors}"));
    let names: Vec<_> = config.departments.iter().map(|d| (d.name.as_str(), d.divisions.len())).collect();
    assert_eq!(names, [("総合政策部", 5), ("市民環境部", 2), ("健康福祉部", 2), ("消防本部", 3)]);
    let polarity =
        |name| config.indicators.iter().find(|rule| rule.name == name).and_then(|rule| rule.polarity);
    assert_eq!(polarity("社会移動数"), Some(Polarity::Increase));
    assert_eq!(polarity("社会移動数 転入・転出の均衡"), Some(Polarity::Increase));
    assert_eq!(polarity("基金確保比率"), None, "nobody can tell which way is better");
    let aliases = config.indicators.iter().flat_map(|rule| rule.aliases.iter().map(String::as_str));
    let renamed = ["休日・夜間窓口の利用者数"];
    assert_eq!(
        aliases.collect::<Vec<_>>(),
        renamed,
        "matches are proposed, not made, but for one that is renamed"
    );
}
