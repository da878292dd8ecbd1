#![allow(clippy::too_many_lines, reason = "tables of cases")]

use proptest::prelude::*;

use super::super::builtin;
use super::*;

fn read(text: &str) -> HeaderReading {
    read_header(text, None, &builtin())
}

#[test]
fn words_of_the_domain_notes_have_their_role() {
    use Role::{
        Comment, Definition, Department, Direction, Division, Due, Indicator, Item, Note, Number, Owner,
        Program, Progress, Rate, Status, Unit, Value,
    };
    for (text, role) in [
        ("指標", Indicator),
        ("指標名", Indicator),
        ("指標名称", Indicator),
        ("KGI", Indicator),
        ("ＫＰＩ", Indicator),
        ("成果指標", Indicator),
        ("活動指標", Indicator),
        ("対象指標", Indicator),
        ("重要業績評価指標", Indicator),
        ("数値目標", Indicator),
        ("項目", Indicator),
        ("単位", Unit),
        ("定義・算出方法", Definition),
        ("備考", Note),
        ("実績", Value),
        ("実績値", Value),
        ("現状値", Value),
        ("基準値", Value),
        ("見込", Value),
        ("見込値", Value),
        ("計画", Value),
        ("計画値", Value),
        ("目標", Value),
        ("目標値", Value),
        ("最終目標", Value),
        ("中間目標", Value),
        ("決算", Value),
        ("当初予算", Value),
        ("達成率", Rate),
        ("達成状況", Status),
        ("細事業名", Program),
        ("事務事業名", Program),
        ("事業名", Program),
        ("取組名", Program),
        ("施策名", Program),
        ("基本事業名", Program),
        ("具体的な取組項目", Item),
        ("取組内容", Item),
        ("取組項目", Item),
        ("担当課", Division),
        ("所管課", Division),
        ("担当部署", Owner),
        ("部課名", Owner),
        ("所属", Owner),
        ("進捗", Status),
        ("進捗状況", Status),
        ("進捗率", Progress),
        ("状況", Status),
        ("評価", Status),
        ("総合評価", Status),
        ("判定", Status),
        ("期限", Due),
        ("完了予定", Due),
        ("実施時期", Due),
        ("課題", Comment),
        ("コメント", Comment),
        ("今後の方向性", Direction),
        ("№", Number),
        ("部局", Department),
        ("課名", Division),
        ("部名", Department),
        ("担当者コメント", Comment),
        ("指　標　名", Indicator),
        ("担当課名", Division),
        ("主な取組内容", Item),
        ("進捗状況（R3.5末）", Status),
        ("R3年度の進捗状況", Status),
        ("具体的な\n取組項目", Item),
        ("目標達成率", Rate),
        ("計画比率A/B(％)", Rate),
        ("事業の評価結果", Status),
        ("項　番", Number),
        ("担当部局名", Department),
        ("⑤活動指標", Indicator),
        ("進捗率（％）", Progress),
        ("令和3年度 取組内容", Item),
        ("備 考 欄", Note),
        ("今年度の目標", Value),
        ("前年度実績", Value),
        ("指標の単位", Unit),
        ("完了予定時期", Due),
        ("KPI①", Indicator),
        ("B/A", Rate),
    ] {
        let reading = read(text);
        assert_eq!((reading.roles.as_slice(), reading.leftover.as_str()), ([role].as_slice(), ""), "{text}");
    }
}

#[test]
fn figures_carry_their_kind_and_year() {
    use Kind::{Actual, Baseline, Forecast, Plan, Target};
    for (text, kind, year) in [
        ("H29 実績", Actual, Some(2017)),
        ("実績 平成29年度", Actual, Some(2017)),
        ("R3(目標)", Target, Some(2021)),
        ("最終目標(R6)", Target, Some(2024)),
        ("目標値 (H22)", Target, Some(2010)),
        ("R3実績C", Actual, Some(2021)),
        ("R2見込", Forecast, Some(2020)),
        ("目標値（R7）", Target, Some(2025)),
        ("基準値\n（平成30年度）", Baseline, Some(2018)),
        ("令和3年度　当初予算", Plan, Some(2021)),
        ("実績値", Actual, None),
        ("現状値(R2)", Baseline, Some(2020)),
        ("令和２年度\n実績値", Actual, Some(2020)),
        ("R3 年度目標", Target, Some(2021)),
        ("H37目標", Target, Some(2025)),
        ("実績見込", Forecast, None),
        ("実績（見込）", Forecast, None),
        ("決算額（千円）", Actual, None),
        ("2021年度実績", Actual, Some(2021)),
        ("計画値（A）", Plan, None),
        ("令和元年度決算", Actual, Some(2019)),
        ("目標 令和3年度", Target, Some(2021)),
        ("計画策定時(H30)", Baseline, Some(2018)),
        ("R3目標 (人)", Target, Some(2021)),
        ("令和7年度目標値", Target, Some(2025)),
        ("R3\n4月\n実績", Actual, Some(2021)),
        ("実績値の推移 H28", Actual, Some(2016)),
        ("平成31年度・令和元年度 実績", Actual, Some(2019)),
    ] {
        let reading = read(text);
        let found = reading.year.and_then(|year| year.fiscal_year).map(|year| year.0);
        assert_eq!(
            (reading.roles.as_slice(), reading.kind, found),
            ([Role::Value].as_slice(), Some(kind), year),
            "{text} {}",
            reading.leftover
        );
    }
    assert_eq!(read("決算額（千円）").unit, Some(Unit("千円".into())));
    assert_eq!(read("成果指標").class, Some(Class::Outcome));
    assert_eq!(
        read("令和3年度 4月 実績").year.map(|y| (y.fiscal_year, y.month)),
        Some((Some(FiscalYear(2021)), Some(4)))
    );
    assert_eq!(read("実績（累計）").basis, Some(Basis::Cumulative));
    assert!(read("平成29年度").is_year_only() && read("4月").is_year_only() && !read("実績").is_year_only());
    assert!(read("計画比率A/B(％)").computed && !read("R3実績C").computed);
}

#[test]
fn several_words_in_one_header() {
    assert_eq!(read("課題・今後の方向性").roles, [Role::Comment, Role::Direction]);
    assert_eq!(read("指標名・単位").roles, [Role::Indicator, Role::Unit]);
    assert!(read("細事業名").rank < read("施策名").rank);
}

#[test]
fn prose_is_no_header() {
    for text in [
        "",
        "目標を達成するため、取組を進める",
        "市民の目標とする姿",
        "実績が増えた。",
        "食　品　番　号の説明文",
        "基金確保比率",
        "社会移動数 転入・転出の均衡",
        "53人",
        "総合計画・総合戦略策定管理事業",
        "使用料・手数料の見直し",
        "条例改正案を9月議会に提出",
        "指標の達成に向けて市民と協働して進める取組みを実施しました",
    ] {
        assert!(read(text).roles.is_empty(), "{text}: {:?}", read(text));
    }
}

#[test]
fn chapters_by_the_end_of_their_title() {
    let v = builtin();
    for (title, section) in [
        ("1. 総合政策部のめざす姿", Some(SectionKind::Vision)),
        ("2. めざす姿に向けた指標 (KGI・重要目標達成指標)", Some(SectionKind::Indicators)),
        ("3. 現状と課題 (昨年度の振り返り)", Some(SectionKind::Issues)),
        ("4. 総合政策部の重点目標", Some(SectionKind::Goals)),
        ("5. 重要目標の達成に向けた具体的な取組み", Some(SectionKind::Initiatives)),
        ("①広報戦略の確立", None),
    ] {
        assert_eq!(read_section(title, &v), section, "{title}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[\\PC指標名実績目標（）()R0-9A-C/]{0,24}") {
        let v = builtin();
        let _ = read_header(&text, None, &v);
        let _ = read_section(&text, &v);
        let _ = super::super::unit::split_name(&text, &v);
        let _ = super::super::items::split_items(&text);
        let _ = super::super::items::read_number(&text);
        let _ = super::super::names::split_owner(&text, &super::super::names::Places::default(), &v);
        let _ = super::super::polarity::read_polarity(&text, &v);
    }
}
