//! The stated rules, one line each.

use super::{builtin, indicator, judged, with};
use crate::judge::{Rules, Text};
use crate::model::indicator::Kind;
use crate::model::indicator::Kind::{Actual, Baseline, Target};
use crate::model::indicator::Polarity::{self, Decrease, Increase, Maintain};
use crate::templates::Templates;

type Case =
    (&'static str, bool, Option<Polarity>, &'static [(Kind, i32, &'static str)], &'static str, &'static str);

const UP: Option<Polarity> = Some(Increase);
const DOWN: Option<Polarity> = Some(Decrease);

/// rule, `use_last_settled`, polarity, figures, result, working.
const CASES: &[Case] = &[
    (
        "rate-2",
        false,
        UP,
        &[(Actual, 2020, "60.0"), (Target, 2021, "62.5")],
        "順調",
        "R3目標62.5人、R2実績60.0人、達成率96.0%、規則 rate-2",
    ),
    (
        "rate-2",
        false,
        UP,
        &[(Actual, 2020, "9996"), (Target, 2021, "10000")],
        "順調",
        "R3目標10,000人、R2実績9,996人、達成率99.96%、規則 rate-2",
    ),
    (
        "rate-2",
        false,
        UP,
        &[(Actual, 2020, "999999"), (Target, 2021, "1000000")],
        "順調",
        "R3目標1,000,000人、R2実績999,999人、達成率99.9999%、規則 rate-2",
    ),
    // More of what should be little: target ÷ actual.
    (
        "rate-2",
        false,
        DOWN,
        &[(Actual, 2020, "15"), (Target, 2021, "12")],
        "順調",
        "R3目標12人、R2実績15人、達成率80.0%、規則 rate-2",
    ),
    (
        "rate-2",
        false,
        DOWN,
        &[(Actual, 2020, "0"), (Target, 2021, "12")],
        "達成",
        "R3目標12人、R2実績0人、差△12人、規則 rate-2",
    ),
    // A target of 0, negative values.
    (
        "rate-2",
        false,
        UP,
        &[(Actual, 2020, "-376"), (Target, 2021, "0")],
        "遅れ",
        "R3目標0人、R2実績△376人、差△376人、規則 difference-2",
    ),
    (
        "rate-2",
        false,
        UP,
        &[(Actual, 2020, "193"), (Target, 2021, "0")],
        "達成",
        "R3目標0人、R2実績193人、差193人、規則 difference-2",
    ),
    (
        "rate-2",
        false,
        UP,
        &[(Actual, 2020, "-0.5"), (Target, 2021, "1.0")],
        "遅れ",
        "R3目標1.0人、R2実績△0.5人、差△1.5人、規則 rate-2",
    ),
    (
        "rate-2",
        false,
        DOWN,
        &[(Actual, 2020, "-10.2"), (Target, 2021, "-15.0")],
        "遅れ",
        "R3目標△15.0人、R2実績△10.2人、差4.8人、規則 difference-2",
    ),
    // Falling targets under increase are a floor.
    (
        "rate-2",
        true,
        UP,
        &[(Actual, 2019, "14.1"), (Actual, 2020, "pending"), (Target, 2021, "12.5")],
        "達成",
        "R3目標12.5人、R1実績14.1人、達成率112.8%、R2未確定、規則 rate-2",
    ),
    (
        "progress-1",
        false,
        UP,
        &[(Actual, 2018, "14.1"), (Actual, 2020, "12.0"), (Target, 2021, "12.5")],
        "順調",
        "R3目標12.5人、R2実績12.0人、達成率96.0%、規則 rate-2",
    ),
    // Bounds and ranges.
    (
        "rate-2",
        false,
        None,
        &[(Actual, 2020, "31"), (Target, 2021, "<=30")],
        "順調",
        "R3目標30人以下、R2実績31人、達成率96.8%、望ましい方向は目標の「以下」による、規則 rate-2",
    ),
    (
        "rate-2",
        false,
        UP,
        &[(Actual, 2020, "75"), (Target, 2021, ">75")],
        "順調",
        "R3目標75人超、R2実績75人、達成率100.0%、規則 rate-2",
    ),
    (
        "rate-2",
        false,
        None,
        &[(Actual, 2020, "15"), (Target, 2021, "10..20")],
        "達成",
        "R3目標10～20人、R2実績15人、達成率100.0%、望ましい方向は目標の「範囲」による、規則 rate-2",
    ),
    (
        "rate-2",
        false,
        None,
        &[(Actual, 2020, "4"), (Target, 2021, "10..20")],
        "遅れ",
        "R3目標10～20人、R2実績4人、達成率40.0%、望ましい方向は目標の「範囲」による、規則 rate-2",
    ),
    (
        "rate-2",
        false,
        Some(Maintain),
        &[(Actual, 2020, "98"), (Target, 2021, "100")],
        "順調",
        "R3目標100人、R2実績98人、達成率98.0%、規則 rate-2",
    ),
    (
        "rate-2",
        false,
        Some(Maintain),
        &[(Actual, 2020, "102"), (Target, 2021, "100")],
        "順調",
        "R3目標100人、R2実績102人、達成率98.0%、規則 rate-2",
    ),
    // The same year; the year that has both.
    (
        "rate-1",
        false,
        UP,
        &[(Actual, 2020, "18.6"), (Target, 2020, "20"), (Target, 2021, "25")],
        "順調",
        "R2目標20人、R2実績18.6人、達成率93.0%、規則 rate-1",
    ),
    // From a baseline: by the way, by the year, by the baseline itself.
    (
        "progress-1",
        false,
        UP,
        &[(Baseline, 2018, "12"), (Actual, 2020, "14"), (Target, 2021, "16")],
        "順調",
        "R3目標16人、R2実績14人、H30基準値12人、進捗率50.0%、規則 progress-1",
    ),
    (
        "pace-1",
        false,
        UP,
        &[(Baseline, 2018, "100"), (Actual, 2020, "130"), (Target, 2022, "200")],
        "遅れ",
        "R4目標200人、R2実績130人、H30基準値100人、進捗率30.0%、予定60.0%、ペース50.0%、規則 pace-1",
    ),
    (
        "pace-2",
        false,
        DOWN,
        &[(Baseline, 2018, "100"), (Actual, 2020, "75"), (Target, 2022, "50")],
        "順調",
        "R4目標50人、R2実績75人、H30基準値100人、進捗率50.0%、予定50.0%、ペース100.0%、規則 pace-2",
    ),
    (
        "baseline-1",
        false,
        UP,
        &[(Baseline, 2018, "100"), (Actual, 2020, "90"), (Target, 2021, "120")],
        "やや遅れ",
        "R3目標120人、R2実績90人、H30基準値100人、基準からの改善△10.0%、規則 baseline-1",
    ),
    (
        "baseline-1",
        false,
        UP,
        &[(Baseline, 2018, "100"), (Actual, 2020, "89.99"), (Target, 2021, "120")],
        "遅れ",
        "R3目標120人、R2実績89.99人、H30基準値100人、基準からの改善△10.01%、規則 baseline-1",
    ),
];

#[test]
fn every_preset_does_as_its_document_says() {
    let (rules, mut wrong) = (builtin(), Vec::new());
    for (rule, last_settled, polarity, figures, result, working) in CASES {
        let judgement = judged(indicator(*polarity, figures), rule, *last_settled, &rules);
        let found = (judgement.result.label(), judgement.working.as_str());
        if found != (*result, *working) {
            wrong.push(format!("stated {result} {working}\nfound  {} {}", found.0, found.1));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_cannot_be_judged_says_why() {
    let rules = builtin();
    let actual = (Actual, 2020, "14.1");
    for (rule, polarity, figures, reason) in [
        (
            "rate-2",
            None,
            vec![actual, (Target, 2021, "12.5")],
            "望ましい方向（増・減・維持）がどこにも書かれていない",
        ),
        (
            "rate-2",
            UP,
            vec![actual, (Target, 2021, "<=12.5")],
            "目標の「以上・以下」と望ましい方向が食い違っている",
        ),
        ("rate-2", UP, vec![actual], "比べる目標がない"),
        ("rate-2", UP, vec![actual, (Target, 2021, "pending")], "作業中（R3目標が「作業中」）"),
        ("rate-2", UP, vec![(Target, 2021, "12.5")], "確定した実績がない"),
        ("rate-2", UP, vec![actual, (Actual, 2021, "pending"), (Target, 2022, "12.5")], ""),
        (
            "rate-2",
            UP,
            vec![(Actual, 2019, "9"), (Actual, 2020, "pending"), (Target, 2021, "12.5")],
            "作業中（R2実績が「作業中」）",
        ),
        (
            "rate-2",
            UP,
            vec![(Actual, 2020, "missing"), (Target, 2021, "12.5")],
            "値がない（R2実績が「missing」）",
        ),
        (
            "rate-2",
            UP,
            vec![(Actual, 2020, ">=9"), (Target, 2021, "12.5")],
            "R2実績が1つの数ではない（以上・以下・範囲）",
        ),
        ("rate-1", UP, vec![actual, (Target, 2021, "12.5")], "同じ年度の目標と実績がそろっていない"),
        ("progress-1", UP, vec![actual, (Target, 2021, "20")], "実績より前の基準値がない"),
    ] {
        let judgement = judged(indicator(polarity, &figures), rule, false, &rules);
        let expected = if reason.is_empty() { "達成" } else { "判定不能" };
        assert_eq!(judgement.result.label(), expected, "{judgement:#?}");
        if !reason.is_empty() {
            assert_eq!((judgement.reason.as_str(), judgement.rate), (reason, None), "{judgement:#?}");
        }
    }
}

#[test]
fn a_preset_is_data() {
    let rules = with(
        "[rule.\"四段階\"]\nmeasure = \"rate\"\npair = \"next\"\nbands = [\n\
         { at_least = 110, result = \"達成\", grade = \"特\", points = 5 },\n\
         { result = \"達成\", grade = \"優\", points = 4 },\n{ at_least = 97.5, result = \"順調\", points = 2 },\n\
         { result = \"遅れ\", points = 0 },\n]\n",
    );
    for (actual, result, grade, points) in
        [("110", "達成", "特", 5), ("100", "達成", "優", 4), ("97.5", "順調", "", 2), ("97.4", "遅れ", "", 0)]
    {
        let figures = [(Actual, 2020, actual), (Target, 2021, "100")];
        let judgement = judged(indicator(UP, &figures), "四段階", false, &rules);
        let found =
            (judgement.result.label(), judgement.grade.as_str(), judgement.points, judgement.most_points);
        assert_eq!(found, (result, grade, Some(points), Some(5)), "{actual}");
    }
}

#[test]
fn slips_are_told_all_at_once_with_file_and_line() {
    let text = "default = \"rate-9\"\n[rule.\"甲\"]\nmeasure = \"ratio\"\npair = \"next\"\nbands = []\n\
                [rule.\"乙\"]\nmeasure = \"rate\"\npair = \"next\"\nsteps = [20, 10]\nbands = [\n\
                { at_least = 80, result = \"順調\" },\n{ at_least = 90, result = \"達成\" },\n\
                { result = \"遅れ\", points = 1 },\n]\n[initiative]\nbehind = -1\n";
    let templates = Templates::embedded();
    let texts = [
        Text { file: "templates/judgement.toml", text: templates.text("judgement.toml") },
        Text { file: "判定.toml", text },
    ];
    let problems = Rules::parse(&texts).expect_err("slips");
    for (line, words) in [
        (3, "「ratio」は使えません"),
        (5, "bands が空です"),
        (9, "measure = \"pace\" の規則だけ"),
        (9, "だんだん大きく"),
        (12, "上の段より小さい数"),
        (13, "points は、すべての段に書くか"),
        (16, "0 以上の数"),
    ] {
        let told = format!("判定.toml の{line}行目: ");
        assert!(
            problems.iter().any(|p| p.starts_with(&told) && p.contains(words)),
            "{line} {words}\n{problems:#?}"
        );
    }
    let circle = "default = \"rate-9\"\n[rule.rate-1]\nmeasure = \"rate\"\npair = \"next\"\notherwise = \"rate-1\"\nbands = [{ result = \"遅れ\" }]\n";
    let problems = Rules::parse(&[texts[0], Text { file: "判定.toml", text: circle }]).expect_err("a circle");
    assert!(
        problems.iter().any(|p| p.contains("判定.toml の1行目") && p.contains("rate-9")),
        "{problems:#?}"
    );
    assert!(problems.iter().any(|p| p.contains("判定.toml の2行目") && p.contains("輪に")), "{problems:#?}");
}
