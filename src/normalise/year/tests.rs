#![allow(clippy::expect_used, reason = "tests")]
use proptest::prelude::*;

use super::super::builtin;
use super::*;

fn year(text: &str) -> Option<i32> {
    read_year(text, None, &builtin()).and_then(|reading| reading.fiscal_year).map(|year| year.0)
}

#[test]
fn years_of_the_domain_notes() {
    for (text, expected) in [
        ("H29", 2017),
        ("Ｈ２９", 2017),
        ("平成29年度", 2017),
        ("H29年度", 2017),
        ("29年度", 2017),
        ("R1", 2019),
        ("R元", 2019),
        ("令和元年度", 2019),
        ("平成31年度・令和元年度", 2019),
        ("H31(R1)", 2019),
        ("令4", 2022),
        ("2021", 2021),
        ("2021年度", 2021),
        ("'21", 2021),
        ("’21", 2021),
        ("2021(R3)", 2021),
        ("R3.3末", 2020),
        ("令和3年12月末", 2021),
        ("R3.6.30", 2021),
        ("平成32年度", 2020),
        ("H37目標", 2025),
        ("1920年|大正9年", 1920),
        ("令和３年度　部の運営方針", 2021),
        ("FY2021", 2021),
        ("R03", 2021),
        ("昭和64年", 1989),
        ("㋿３年度", 2021),
        ("R3.4.1現在", 2021),
        ("令和7年度目標値", 2025),
        ("2021（令和3）年度", 2021),
        ("R3 4月", 2021),
        ("R3年4月～R4年3月", 2021),
        ("R3.3.31", 2020),
        ("令和3年3月", 2020),
        ("令和3年度3月", 2021),
        ("2021/3/31", 2020),
    ] {
        assert_eq!(year(text), Some(expected), "{text}");
    }
}

#[test]
fn what_is_no_single_year() {
    for text in [
        "29",
        "指標",
        "53人",
        "3年間",
        "H29～R3",
        "令和元年度から令和5年度",
        "H1N1",
        "1,204",
        "5年目",
        "2021-2025",
        "令和3～7年度",
        "12.5",
    ] {
        assert_eq!(year(text), None, "{text}");
    }
    let v = builtin();
    let conflict = read_year("2021(R4)", None, &v).expect("a reading");
    assert_eq!(conflict.fiscal_year, None);
    assert!(conflict.assumed.is_some_and(|why| why.contains("2021、2022")));
}

#[test]
fn months_quarters_and_rests() {
    let v = builtin();
    let read = |text| read_year(text, None, &v).expect(text);
    assert_eq!(
        (read("第2四半期").span, read("２Ｑ").span, read("上半期").span),
        (Span::Q2, Span::Q2, Span::H1)
    );
    assert_eq!((read("4月").month, read("４月").span, read("4月").fiscal_year), (Some(4), Span::Month, None));
    assert_eq!(read("R3.3末").basis, Some(Basis::AsOf));
    assert_eq!(read("令和3年度 第3四半期 累計").basis, Some(Basis::Cumulative));
    for (text, rest) in [
        ("H37目標", "目標"),
        ("R3(目標)", "目標"),
        ("目標値 (H22)", "目標値"),
        ("R3年度の進捗状況", "進捗状況"),
        ("最終目標（R6）", "最終目標"),
        ("実績 平成29年度", "実績"),
        ("進捗状況（R3.5末）", "進捗状況"),
        ("令和3年度末現在", ""),
        ("2021（令和3）年度", ""),
        ("R3 4月 実績", "実績"),
    ] {
        assert_eq!(read(text).rest, rest, "{text}");
    }
}

#[test]
fn a_year_without_an_era_is_an_assumption() {
    let v = builtin();
    let near = |text, hint: i32| read_bare_year(text, Some(FiscalYear(hint)), &v).expect(text);
    assert_eq!(near("29", 2018).fiscal_year, Some(FiscalYear(2017)));
    assert_eq!(near("3年度", 2020).fiscal_year, Some(FiscalYear(2021)));
    assert_eq!(near("60", 1984).fiscal_year, Some(FiscalYear(1985)));
    assert!(near("29", 2018).assumed.is_some());
    assert_eq!(read_bare_year("353", None, &v), None);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,24}") {
        let _ = read_year(&text, None, &builtin());
        let _ = read_bare_year(&text, Some(FiscalYear(2021)), &builtin());
    }

    #[test]
    fn no_date_like_text_makes_it_panic(text in "[RrHhＲ令和平成元年度月日末0-9０-９./～ -]{0,14}") {
        let _ = read_year(&text, None, &builtin());
    }

    #[test]
    fn every_lossless_notation_reads_back(western in 1870_i32..2100) {
        let v = builtin();
        // 昭和63年度 ends in 平成, which the model does not name yet.
        prop_assume!(western != 1988);
        let (long, short) = (v.eras.long(FiscalYear(western)), v.eras.short(FiscalYear(western)));
        let wide: String = short.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)).collect();
        for text in [long.clone(), short.clone(), wide, format!("{western}年度"), format!("{western}"), format!("{western}({short})"), format!("{short}年度"), format!("{long}末")] {
            prop_assert_eq!(year(&text), Some(western), "{}", text);
        }
    }
}
