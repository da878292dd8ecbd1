//! Judgements from the workbooks to `data/judgements.csv`, and rules that are tried before they are set.
//!
//! Each folder of `cases/judgements/` holds a workbook (`book.txt`, as in `cases.rs`), its `hoshin.toml`, and by hand what
//! a person judges from it (`judgements.csv`, all columns that it names) with the findings of judging (`findings.csv`).

use std::collections::BTreeSet;
use std::path::Path;

use hoshin::config;

use crate::cases::{book, project, read_into};
use crate::facts::{Row, rows};
use crate::sample::month;
use crate::support::{Project, checkout};

/// What is wrong with a case.
fn faults(case: &Path) -> Vec<String> {
    let text = |name: &str| std::fs::read_to_string(case.join(name)).expect(name);
    let folder = tempfile::tempdir().expect("a folder");
    let (file, bytes) = book(&text("book.txt"));
    let input = folder.path().join("input");
    let path = input.join(file);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    std::fs::write(path, bytes).expect("written");
    let mut project = project();
    project.config = config::parse(&text("hoshin.toml"), "hoshin.toml").expect("valid");
    read_into(&project, &input, folder.path());
    let found = rows(&folder.path().join("data/judgements.csv"));
    let stated = rows(&case.join("judgements.csv"));
    let mut lines = Vec::new();
    if found.len() != stated.len() {
        lines.push(format!("{} judgements in place of {}", found.len(), stated.len()));
    }
    for row in &stated {
        let Some(got) = found.iter().find(|got| got["name"] == row["name"]) else {
            lines.push(format!("not judged: {}", row["name"]));
            continue;
        };
        for (column, value) in row.iter().filter(|(column, value)| got[*column] != **value) {
            // A rate that does not end is recomputed elsewhere.
            if column != "rate" || !value.is_empty() {
                lines.push(format!("{} {column}: stated {value}, found {}", row["name"], got[column]));
            }
        }
    }
    let findings = |path: &Path| -> BTreeSet<(String, String)> {
        let told = rows(path).into_iter().filter(|row| row["code"].starts_with("initiative-"));
        told.map(|row| (row["code"].clone(), row["cell"].clone())).collect()
    };
    let (told, expected) =
        (findings(&folder.path().join("data/findings.csv")), findings(&case.join("findings.csv")));
    if told != expected {
        lines.push(format!("findings: stated {expected:?}, found {told:?}"));
    }
    lines
}

#[test]
fn every_case_is_judged_as_by_hand() {
    let mut lines = Vec::new();
    let cases = std::fs::read_dir(checkout("tests/cases/judgements")).expect("cases");
    let mut cases: Vec<_> = cases.map(|entry| entry.expect("listed").path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    for case in cases {
        lines.extend(faults(&case).into_iter().map(|fault| format!("{}: {fault}", case.display())));
    }
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

/// A decimal's digits and how many of them are behind the point.
fn digits(text: &str) -> (i128, u32) {
    let scale = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    (text.replace('.', "").parse().expect("digits"), u32::try_from(scale).expect("short"))
}

/// Twelve decimals of 100 × a ÷ b, cut off.
fn percent(a: &str, b: &str) -> i128 {
    let ((a, a_scale), (b, b_scale)) = (digits(a), digits(b));
    a * 100 * 10i128.pow(12 + b_scale) / (b * 10i128.pow(a_scale))
}

/// Looks a figure of the primary source up in indicators.csv.
fn figure<'a>(figures: &'a [Row], judgement: &Row, kind: &str, year: &str) -> &'a Row {
    let fits = |row: &&Row| {
        row["indicator_id"] == judgement["id"]
            && row["kind"] == kind
            && row["fiscal_year"] == judgement[year]
            && row["span"] == "year"
            && row["primary"] == "1"
    };
    figures.iter().find(fits).unwrap_or_else(|| panic!("no {kind} for {judgement:?}"))
}

#[test]
fn every_rate_can_be_recomputed_from_the_figures() {
    let project = Project::new();
    let data = month(&project, "2", "reports").join("data");
    let (figures, judgements) = (rows(&data.join("indicators.csv")), rows(&data.join("judgements.csv")));
    let rated: Vec<_> = judgements.iter().filter(|row| !row["rate"].is_empty()).collect();
    assert!(rated.len() >= 20, "{} rates", rated.len());
    for row in rated {
        let (actual, target) =
            (figure(&figures, row, "actual", "actual_year"), figure(&figures, row, "target", "target_year"));
        assert_eq!((&row["value"], &row["target"]), (&actual["value"], &target["value"]));
        let less = actual["polarity"] == "decrease" || target["bound"] == "<=";
        let (a, b) = if less { (target, actual) } else { (actual, target) };
        let exact = percent(&a["value"], &b["value"]);
        let (rate, scale) = digits(&row["rate"]);
        let found = if scale > 12 { rate / 10i128.pow(scale - 12) } else { rate * 10i128.pow(12 - scale) };
        assert_eq!(found, exact, "{row:?}");
        let shown = row["working"].split("達成率").nth(1).and_then(|text| text.split('%').next());
        let (shown, scale) = digits(&shown.expect("a rate in the working").replace(',', ""));
        let unit = 10i128.pow(12 - scale);
        assert_eq!(shown, (exact + unit / 2) / unit, "{row:?}");
        let (met, hundred) = (row["result"] == "達成", 10i128.pow(14));
        assert_eq!(exact >= hundred, met, "{row:?}");
    }
}

#[test]
fn the_sample_city_is_judged() {
    let project = Project::new();
    let judgements = rows(&month(&project, "2", "reports").join("data/judgements.csv"));
    let of = |name: &str| judgements.iter().find(|row| row["name"] == name).expect("judged");
    assert_eq!(of("基金確保比率")["result"], "判定不能");
    assert!(of("基金確保比率")["reason"].contains("望ましい方向"), "{:?}", of("基金確保比率"));
    assert!(of("社会移動数")["working"].starts_with("R3目標0人、R2実績△376人、差△376人、規則 "));
    let told = of("必要な市の情報が入手できていると感じている市民の割合");
    assert_eq!(told["working"], "R3目標62.5%、R2実績60.0%、達成率96.0%、規則 rate-2");
}

#[test]
fn a_named_polarity_decides_what_nobody_could_tell() {
    let own = "\n[[indicator]]\nname = \"基金確保比率\"\ndepartment = \"総合政策部\"\npolarity = \"increase\"\nuse_last_settled = true\n";
    let config = std::fs::read_to_string(checkout("hoshin.toml")).expect("hoshin.toml") + own;
    let project = Project::new().file("hoshin.toml", config);
    let input = checkout("input/2021-05");
    let args =
        ["run", "--period", "2021-05", "--as-of", "2021-06-10", "--input", input.to_str().expect("UTF-8")];
    project.run_words(&args).exits(0);
    let judgements = rows(&project.path("reports/2021-05/data/judgements.csv"));
    let told = judgements.iter().find(|row| row["name"] == "基金確保比率").expect("judged");
    let found = (told["result"].as_str(), told["working"].as_str());
    assert_eq!(found, ("達成", "R3目標12.5%、R1実績14.1%、達成率112.8%、R2未確定、規則 rate-2"));
}

const MAY: &str = "--input 台帳 --period 2021-05 --as-of 2021-06-07";
const TOML: &str = "[[indicator]]\nname = \"窓口の満足度\"\npolarity = \"increase\"\n";

#[test]
fn rules_are_tried_without_writing() {
    let stricter = "[rule.rate-2]\nmeasure = \"rate\"\npair = \"next\"\nbands = [\n\
                    { at_least = 95, result = \"順調\" },\n{ result = \"やや遅れ\" },\n]\n";
    let project =
        Project::new().workbook("台帳/a.xlsx").file("hoshin.toml", TOML).file("試し.toml", stricter);
    let before = project.tree("");
    let told = "「窓口の満足度」：順調 → やや遅れ\n　\
                今　　：R3目標62.5%、R2実績58.5%、達成率93.6%、規則 rate-2（達成率が80%以上100%未満）\n　\
                変更後：R3目標62.5%、R2実績58.5%、達成率93.6%、規則 rate-2（達成率が95%未満）\n\
                （市名未設定） 2021-05\n\
                「試し.toml」の規則にすると、判定 1件のうち 1件が変わります。\n\
                確かめただけなので、何も書き込んでいません。\n";
    project.run(&format!("check {MAY} --what-if 試し.toml")).exits(0).out(told);
    let same = project.file("同じ.toml", "");
    let outcome = same.run(&format!("check {MAY} --what-if 同じ.toml")).exits(0);
    assert!(outcome.out.contains("判定 1件のうち 0件が変わります"), "{}", outcome.out);
    let mut after = same.tree("");
    after.remove("同じ.toml");
    assert_eq!(after, before);
    let wrong = same.file("誤り.toml", "[rule.\"甲\"]\nmeasure = \"x\"\nbands = []\n");
    let outcome = wrong.run(&format!("check {MAY} --what-if 誤り.toml")).exits(2).out("");
    for words in
        ["誤り.toml の1行目: [rule.甲] に pair がありません", "誤り.toml の2行目", "誤り.toml の3行目"]
    {
        assert!(outcome.err.contains(words), "{words}\n{}", outcome.err);
    }
    wrong
        .run(&format!("check {MAY} --what-if なし.toml"))
        .exits(2)
        .err_says("規則のファイル「なし.toml」を読めません");
}

#[test]
fn a_city_sets_its_own_rule() {
    let own = "[rule.\"市の規則\"]\nmeasure = \"rate\"\npair = \"next\"\nbands = [\n\
               { at_least = 100, result = \"達成\", grade = \"A\" },\n{ result = \"遅れ\", grade = \"C\" },\n]\n";
    let toml = format!("[judgement]\nrule = \"市の規則\"\n{TOML}");
    let project = Project::new()
        .workbook("台帳/a.xlsx")
        .file("hoshin.toml", &toml)
        .file("templates/judgement.toml", own);
    project.run(&format!("run {MAY}")).exits(0);
    let judgements = rows(&project.path("reports/2021-05/data/judgements.csv"));
    assert_eq!((judgements[0]["result"].as_str(), judgements[0]["rule"].as_str()), ("遅れ", "市の規則"));
    let toml = format!(
        "[judgement]\nrule = \"rate-7\"\n{TOML}judgement = \"市の規側\"\n[[department]]\nname = \"企画部\"\njudgement = 3\nuse_last_settled = \"はい\"\n"
    );
    let outcome = project.file("hoshin.toml", &toml).run(&format!("check {MAY}")).exits(2);
    for words in ["hoshin.toml の9行目", "hoshin.toml の10行目"] {
        assert!(outcome.err.contains(words), "{words}\n{}", outcome.err);
    }
    let toml = format!("[judgement]\nrule = \"rate-7\"\n{TOML}judgement = \"市の規側\"\n");
    let project = Project::new().workbook("台帳/a.xlsx").file("hoshin.toml", &toml);
    let outcome = project.run(&format!("check {MAY}")).exits(2);
    for words in [
        "hoshin.toml の2行目: [judgement] の判定の規則「rate-7」は judgement.toml にありません。使えるのは baseline-1、",
        "hoshin.toml の6行目: [[indicator]]「窓口の満足度」 の判定の規則「市の規側」",
    ] {
        assert!(outcome.err.contains(words), "{words}\n{}", outcome.err);
    }
}
