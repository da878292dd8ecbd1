//! `from`, `to` and `successor_of`: what is valid, what exists in a month, what became of what.

use super::{assert_problems, parse};
use crate::model::fiscal::Period;
use crate::model::lineage::Standing;
use crate::model::organisation::{Organisation, UnitName};

const CITY: &str = r#"[[department]]
name = "総合政策部"
divisions = [
  "政策課",
  { name = "財政課", to = "2021-03-31" },
  { name = "行革課", to = "2021-03" },
  { name = "財政改革課", from = "2021-04-01", successor_of = ["財政課", "行革課"] },
  { name = "広報課", to = 2021-03-31 },
]
[[department]]
name = "健康福祉部"
to = "2021-03-31"
divisions = ["福祉課", { name = "こども課", aliases = ["子ども課"] }, "保険課"]
[[department]]
name = "福祉部"
from = "2021-04-01"
successor_of = "健康福祉部"
divisions = [
  "福祉課",
  { name = "国保課", successor_of = ["健康福祉部　保険課"] },
  { name = "年金課", successor_of = ["保険課"] },
]
[[department]]
name = "こども部"
from = "2021-04-01"
divisions = [{ name = "保育課", successor_of = ["こども課"] }]
[[department]]
name = "市民部"
divisions = [
  "市民課",
  { name = "広報課", from = "2021-04-01", successor_of = ["総合政策部 広報課"] },
  { name = "生活課", to = "2020-03" },
  { name = "環境課", to = "2021-03-31" },
  { name = "環境課", from = "2021-04-01" },
  { name = "脱炭素課", from = "2021-04-01", successor_of = ["環境課"] },
  { name = "空港課", from = "2021-05-01" },
]
"#;

fn month(text: &str) -> Period {
    text.parse().expect("a month")
}

fn in_month(text: &str) -> Organisation {
    parse(CITY, "hoshin.toml").unwrap_or_else(|errors| panic!("{errors}")).organisation(month(text))
}

fn names(units: &[UnitName]) -> Vec<String> {
    units.iter().map(ToString::to_string).collect()
}

#[test]
fn a_month_has_its_own_organisation() {
    let divisions = |text: &str| -> Vec<(String, Vec<String>)> {
        let departments = in_month(text).departments;
        departments.into_iter().map(|d| (d.name, d.divisions.into_iter().map(|d| d.name).collect())).collect()
    };
    let list = |expected: &[(&str, &[&str])]| -> Vec<(String, Vec<String>)> {
        let owned = |names: &&[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        expected.iter().map(|(name, divisions)| ((*name).to_owned(), owned(divisions))).collect()
    };
    let march = list(&[
        ("総合政策部", &["政策課", "財政課", "行革課", "広報課"]),
        ("健康福祉部", &["福祉課", "こども課", "保険課"]),
        ("市民部", &["市民課", "環境課"]),
    ]);
    let april = list(&[
        ("総合政策部", &["政策課", "財政改革課"]),
        ("福祉部", &["福祉課", "国保課", "年金課"]),
        ("こども部", &["保育課"]),
        ("市民部", &["市民課", "広報課", "環境課", "脱炭素課"]),
    ]);
    assert_eq!(divisions("2021-03"), march);
    assert_eq!(divisions("2021-04"), april);
}

#[test]
fn what_became_of_whom() {
    let lineage = in_month("2021-04").lineage;
    for (department, division, heirs) in [
        ("総合政策部", "政策課", &["総合政策部 政策課"][..]),
        ("総合政策部", "財政課", &["総合政策部 財政改革課"]),
        ("総合政策部", "行革課", &["総合政策部 財政改革課"]),
        ("総合政策部", "広報課", &["市民部 広報課"]),
        ("健康福祉部", "", &["福祉部"]),
        ("健康福祉部", "福祉課", &["福祉部 福祉課"]),
        ("健康福祉部", "保険課", &["福祉部 国保課", "福祉部 年金課"]),
        ("健康福祉部", "子ども課", &["こども部 保育課"]),
        ("健康福祉部", "名簿にない課", &["福祉部 名簿にない課"]),
        ("市民部", "環境課", &["市民部 環境課", "市民部 脱炭素課"]),
        ("市民部", "生活課", &[]),
        ("別の部", "別の課", &["別の部 別の課"]),
    ] {
        let found = lineage.successors(department, division, month("2021-03"), month("2021-06"));
        assert_eq!(names(&found), heirs, "{department} {division}");
    }
    // Within one time nothing moves, though a name stands twice.
    let same = |division| names(&lineage.successors("市民部", division, month("2021-04"), month("2021-06")));
    assert_eq!((same("環境課"), same("空港課").len()), (vec!["市民部 環境課".to_owned()], 1));
    for (department, division, elders) in [
        ("総合政策部", "財政改革課", &["総合政策部 財政課", "総合政策部 行革課"][..]),
        ("福祉部", "年金課", &["健康福祉部 保険課"]),
        ("福祉部", "福祉課", &["健康福祉部 福祉課"]),
        ("福祉部", "", &["健康福祉部"]),
        ("福祉部", "名簿にない課", &["健康福祉部 名簿にない課"]),
        ("市民部", "市民課", &["市民部 市民課"]),
        ("市民部", "脱炭素課", &["市民部 環境課"]),
        ("市民部", "空港課", &[]),
    ] {
        let found = lineage.predecessors(department, division, month("2021-06"), month("2021-03"));
        assert_eq!(names(&found), elders, "{department} {division}");
    }
}

#[test]
fn names_on_sheets_stand_somewhere() {
    let april = in_month("2021-04");
    let standing = |department, division| april.lineage.standing(department, division, april.period);
    let became = |name: &str, division: &str| Standing::Became(UnitName::new(name, division));
    assert_eq!(standing("総合政策部", "政策課"), Standing::Current);
    assert_eq!(standing("総合政策部", "財政課"), became("総合政策部", "財政改革課"));
    assert_eq!(standing("総合政策部", "広報課"), became("市民部", "広報課"));
    assert_eq!(standing("健康福祉部", ""), became("福祉部", ""));
    assert_eq!(standing("市民部", "環境課"), Standing::Current);
    assert!(matches!(standing("健康福祉部", "保険課"), Standing::Split(heirs) if heirs.len() == 2));
    assert_eq!(standing("市民部", "生活課"), Standing::Gone);
    assert_eq!(standing("市民部", "空港課"), Standing::Gone);
    assert_eq!(standing("市民部", "なぞの課"), Standing::Unlisted);
    assert_eq!(standing("", ""), Standing::Unlisted);
    // Names of other times are known to the reader, but never twice.
    let divisions = april.readable.iter().flat_map(|d| d.divisions.iter().map(|d| d.name.as_str()));
    let all: Vec<&str> = divisions.collect();
    for name in ["財政課", "こども課", "環境課", "広報課", "福祉課"] {
        assert_eq!(all.iter().filter(|known| **known == name).count(), 1, "{name}");
    }
}

#[test]
fn chains_lead_on() {
    let text = r#"[[department]]
name = "総務部"
divisions = [
  { name = "甲課", to = "2019-03" },
  { name = "乙課", from = "2019-04", to = "2020-03", successor_of = "甲課" },
  { name = "丙課", from = "2020-05", successor_of = "乙課" },
]
"#;
    let lineage = parse(text, "hoshin.toml").expect("valid").organisation(month("2021-05")).lineage;
    let found = |at| names(&lineage.successors("総務部", "甲課", month("2019-01"), month(at)));
    assert_eq!(found("2021-05"), ["総務部 丙課"]);
    assert_eq!(found("2019-05"), ["総務部 乙課"]);
    assert_eq!(found("2020-04"), [""; 0], "nobody, for a month");
    let back = lineage.predecessors("総務部", "丙課", month("2021-05"), month("2019-01"));
    assert_eq!(names(&back), ["総務部 甲課"]);
}

#[test]
fn problems_of_a_reorganisation() {
    let text = r#"[[department]]
name = "総務部"
from = "2021-04-01"
to = "2021-03-31"
[[department]]
name = "市民部"
from = "来年"
successor_of = ["総務分"]
[[department]]
name = "税務部"
to = 2021
[[department]]
name = "土木部"
to = "2021-03-31"
divisions = [
  { name = "道路課", to = "2022-03-31" },
  { name = "河川課", to = "2020-12-31" },
  { name = "河川課", from = "2020-12-01" },
  { name = "港湾課", from = "2020-12-31", successor_of = ["河川課"] },
  { name = "公園課", from = "2021-01-01", successor_of = ["公園課"] },
]
[[department]]
name = "建設部"
successor_of = ["土木部"]
[[department]]
name = "都市部"
from = "2021-04-01"
successor_of = ["緑部"]
[[department]]
name = "緑部"
from = "2021-04-01"
successor_of = ["都市部"]
[[department]]
name = "都市部"
from = "2025-04-01"
"#;
    assert_problems(
        text,
        &[
            (4, "より前です"),
            (7, "\"2021-08-01\" のような年月日"),
            (8, "「総務部」の書き誤り"),
            (11, "\"2021-08-01\" のような年月日"),
            (16, "はみ出しています"),
            (18, "課の名前「河川課」は17行目にもあります。期間が重なっています"),
            (19, "終わる日（2020-12-31）より後の日"),
            (20, "自分自身"),
            (24, "この組織の from"),
            (28, "堂々巡り"),
            (32, "堂々巡り"),
            (34, "部局の名前「都市部」は26行目にもあります。期間が重なっています"),
        ],
    );
}
