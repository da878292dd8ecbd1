#![allow(clippy::too_many_lines, reason = "tables of cases")]
#![allow(clippy::expect_used, reason = "tests")]

use std::sync::Arc;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::super::builtin;
use super::*;
use crate::model::quantity::Bound;
use crate::model::sheet::{Cell, Value};

fn read(text: &str) -> CellReading {
    read_quantity(text, &builtin())
}

/// value, unit, bound as text: `-53 人 >=`.
fn told(text: &str) -> String {
    let reading = read(text);
    let Some(quantity) = reading.quantity else { return format!("{:?}", reading.state) };
    let mut out = quantity.value.to_string();
    if let Some(high) = quantity.high {
        out = format!("{out}..{high}");
    }
    if let Some(unit) = reading.unit {
        out = format!("{out} {}", unit.0);
    }
    if let Some(bound) = quantity.bound {
        out.push_str(match bound {
            Bound::AtLeast => " >=",
            Bound::AtMost => " <=",
            Bound::Above => " >",
            Bound::Below => " <",
            Bound::About => " ~",
        });
    }
    out
}

#[test]
fn numbers_of_the_domain_notes_are_read() {
    for (text, expected) in [
        ("△53", "-53"),
        ("▲1,204", "-1204"),
        ("△ 28,000", "-28000"),
        ("-53", "-53"),
        ("−53", "-53"),
        ("－53", "-53"),
        ("‐53", "-53"),
        ("７２．４", "72.4"),
        ("１，０００", "1000"),
        ("3億2千万円", "320000000 円"),
        ("37万人", "370000 人"),
        ("1.5億円", "150000000 円"),
        ("1万2千人", "12000 人"),
        ("5百円", "500 円"),
        ("3割弱", "30 % ~"),
        ("53 人", "53 人"),
        ("75以上", "75 >="),
        ("1,100以下", "1100 <="),
        ("10～20", "10..20"),
        ("約300", "300 ~"),
        ("30程度", "30 ~"),
        ("73.1※1", "73.1"),
        ("20.3†", "20.3"),
        ("　7", "7"),
        ("75\t", "75"),
        ("\n82\n", "82"),
        ("9,128", "9128"),
        ("0", "0"),
        ("△0", "0"),
        ("12.7%", "12.7 %"),
        ("１２．７％", "12.7 %"),
        ("３割", "30 %"),
        ("3割5分", "35 %"),
        ("2.5ポイント", "2.5 ポイント"),
        ("△1.2pt", "-1.2 ポイント"),
        ("5千円", "5 千円"),
        ("120百万円", "120 百万円"),
        ("2千", "2000"),
        ("75%以上", "75 % >="),
        ("約300人", "300 人 ~"),
        ("20％未満", "20 % <"),
        ("5㌶", "5 ha"),
        ("3㎡", "3 m2"),
        ("5m²", "5 m2"),
        ("¥1,000", "1000 円"),
        ("10%～20%", "10..20 %"),
        ("10人〜20人", "10..20 人"),
        ("300人程度", "300 人 ~"),
        ("３か所", "3 箇所"),
        ("+5", "5"),
        ("53(人)", "53 人"),
        ("20.3（速報値）", "20.3"),
        ("100.0", "100"),
        ("(速報値)53", "53"),
        ("3百万円", "3 百万円"),
        ("2千万円", "20000000 円"),
        ("12,345千人", "12345 千人"),
        ("98.5パーセント", "98.5 %"),
        ("≧75", "75 >="),
        ("75以上を維持", "75 >="),
        ("80%以上を確保", "80 % >="),
        ("50件以内", "50 件 <="),
        ("1,204,567円", "1204567 円"),
        ("53 人", "53 人"),
        ("△53\n人", "-53 人"),
    ] {
        assert_eq!(told(text), expected, "{text}");
        assert_eq!(read(text).confidence, Confidence::Read, "{text}: {:?}", read(text).assumption);
    }
    assert_eq!(read("73.1※1").annotation.as_deref(), Some("※1"));
    assert_eq!(read("100.0").decimals, 1);
}

#[test]
fn what_needs_an_assumption_states_it() {
    for (text, expected) in [
        ("29（4）", "29"),
        ("十二", "12"),
        ("53(見込)", "53"),
        ("75を維持", "75"),
        ("10～", "10 >="),
        ("～20", "20 <="),
        ("延べ1,200人", "1200 人"),
        ("10以上20未満", "10..20"),
        ("53※R2は暫定", "53"),
        ("20～10", "20..10"),
        ("53\n(前年比+2)", "53"),
        ("007", "7"),
        ("20210401", "20210401"),
        ("2021.4", "2021.4"),
    ] {
        assert_eq!(told(text), expected, "{text}");
        let reading = read(text);
        assert_eq!(reading.confidence, Confidence::Assumed, "{text}");
        assert!(reading.assumption.is_some(), "{text}");
    }
}

#[test]
fn what_cannot_be_told_is_unread_with_its_reason() {
    for text in [
        "△",
        "▲",
        "○",
        "(53)",
        "（△53）",
        "①",
        "12 34",
        "1.234.5",
        "1,23",
        "皆増",
        "皆減",
        "#REF!",
        "#DIV/0!",
        "R3.3.31",
        "2021/3/31",
        "12:30",
        "5月",
        "令和3年度",
        "2021年",
        "10-20",
        "1/2",
        "5½",
        "53→55",
        "12人34件",
        "20%減",
        "維持",
        "1時間30分",
        "--5",
        "△△5",
        "目標達成",
        "53匹半",
        "53\n48",
        "1、204",
        "約",
        "人",
        "10～20万",
        "99999999999999999999999999999999",
        "1e5",
        "R3",
        "No.5",
        "？",
        "53～件",
        "十分",
        "同上",
        "3.3.3",
        "5 4",
        "1-2",
        "1,234,56",
        "±5",
        "数十件",
        "〇",
        "12.5p",
        "変更なし",
        "増減なし",
        "月2回",
        "△人",
        "20増",
        "第3位",
        "",
    ] {
        let reading = read(text);
        assert_eq!(
            (reading.state, reading.confidence, &reading.quantity),
            (State::Unread, Confidence::Unread, &None),
            "{text}"
        );
        assert!(reading.assumption.is_some(), "{text}");
    }
}

#[test]
fn placeholders_of_the_domain_notes_have_their_state() {
    use State::{Missing, NotApplicable, Pending, Secret, Unread};
    for (text, state) in [
        ("-", Missing),
        ("－", Missing),
        ("ー", Missing),
        ("―", Missing),
        ("‐", Missing),
        ("−", Missing),
        ("–", Missing),
        ("…", Missing),
        ("･･･", Missing),
        ("*", Missing),
        ("---", Missing),
        ("該当なし", Missing),
        ("該当無し", Missing),
        ("x", Secret),
        ("Ｘ", Secret),
        ("秘匿", Secret),
        ("皆減", Unread),
        ("皆増", Unread),
        ("対象外", NotApplicable),
        ("未実施", NotApplicable),
        ("次年度実施", NotApplicable),
        ("中止", NotApplicable),
        ("未定", Pending),
        ("未集計", Pending),
        ("集計中", Pending),
        ("作業中", Pending),
        ("調査中", Pending),
        ("精査中", Pending),
        ("未公表", Pending),
        ("（集計中）", Pending),
        ("集計中（7月公表予定）", Pending),
        ("R3.8公表予定", Pending),
        ("※作業中", Pending),
        ("令和3年8月公表予定", Pending),
        ("現在集計中", Pending),
        ("算定中です。", Pending),
        ("7月末集計予定", Pending),
        ("未算出", Pending),
        ("公表待ち", Pending),
        ("審査中", Pending),
        ("開催中止", NotApplicable),
        ("コロナのため中止", NotApplicable),
        ("未開催", NotApplicable),
        ("令和4年度から実施予定", NotApplicable),
        ("隔年調査", NotApplicable),
        ("（－）", Missing),
        ("データなし", Missing),
        ("N/A", Missing),
        ("・・・", Missing),
        ("調査未実施", NotApplicable),
        ("集計中のため未記入", Pending),
        ("作 業 中", Pending),
        ("確 認 中", Pending),
        ("入力待ち", Pending),
        ("／", Missing),
        ("－％", Missing),
        ("- ※1", Missing),
        ("…人", Missing),
    ] {
        let reading = read(text);
        assert_eq!((reading.state, reading.quantity), (state, None), "{text}");
        let confidence = if state == Unread { Confidence::Unread } else { Confidence::Read };
        assert_eq!(reading.confidence, confidence, "{text}: {:?}", reading.assumption);
    }
    let guarded = read("広域連合が集計中");
    assert_eq!((guarded.state, guarded.confidence), (Pending, Confidence::Assumed));
    assert_eq!(read("未定（75程度）").confidence, Confidence::Assumed);
}

fn cell(value: Value, text: &str, format: &str) -> Cell {
    let ink = crate::model::sheet::Ink::Plain;
    let (struck, formula, external) = (false, false, false);
    Cell {
        value,
        text: text.into(),
        format: Arc::from(format),
        struck,
        ink,
        formula,
        external,
        comment: None,
    }
}

fn number(value: &str, text: &str, unit: Option<&str>) -> CellReading {
    let value = Value::Number(Decimal::from_str_exact(value).expect("a number"));
    let unit = unit.map(|unit| Unit(unit.to_owned()));
    read_cell(&cell(value, text, ""), unit.as_ref(), &builtin())
}

fn value(reading: &CellReading) -> Option<String> {
    reading.quantity.as_ref().map(|quantity| quantity.value.to_string())
}

#[test]
fn cells_give_their_exact_value_in_the_unit_shown() {
    for (exact, text, unit, expected, confidence) in [
        ("0.127", "12.7%", None, "12.7 %", Confidence::Read),
        ("0.067", "6.7%", Some("%"), "6.7 %", Confidence::Read),
        ("12.7", "12.7", Some("%"), "12.7 %", Confidence::Read),
        ("12.7", "12.7%", None, "12.7 %", Confidence::Read),
        ("0", "0%", None, "0 %", Confidence::Read),
        ("1", "100%", None, "100 %", Confidence::Read),
        ("0.127", "0.127", Some("%"), "0.127 %", Confidence::Read),
        ("-53", "△53", Some("人"), "-53 人", Confidence::Read),
        ("-53", "(53)", Some("人"), "-53 人", Confidence::Read),
        ("-1204", "▲1,204", None, "-1204 ", Confidence::Read),
        ("16.25", "16.3", Some("時間"), "16.25 時間", Confidence::Read),
        ("53", "53人", None, "53 人", Confidence::Read),
        ("12", "十二", None, "12 ", Confidence::Read),
        ("0", "-", Some("件"), "0 件", Confidence::Assumed),
        ("-53", "53", None, "-53 ", Confidence::Assumed),
        ("1234567", "1,235", Some("千円"), "1234.567 千円", Confidence::Assumed),
        ("1234567", "1,235", Some("円"), "1234567 円", Confidence::Assumed),
        ("1500000", "2百万円", None, "1.5 百万円", Confidence::Assumed),
        ("120000000000", "1.2E+11", None, "120000000000 ", Confidence::Read),
        ("53", "53", Some("人"), "53 人", Confidence::Read),
    ] {
        let reading = number(exact, text, unit);
        let told = format!(
            "{} {}",
            value(&reading).unwrap_or_default(),
            reading.unit.clone().map(|u| u.0).unwrap_or_default()
        );
        assert_eq!(
            (told.as_str(), reading.confidence),
            (expected, confidence),
            "{exact} {text} {:?}",
            reading.assumption
        );
    }
    assert!(number("16.25", "16.3", None).hides_digits);
    assert_eq!(number("16.25", "16.3", None).decimals, 1);
    assert_eq!(number("1", "完了", None).state, State::Unread);
    assert_eq!(number("5", "7", None).state, State::Unread);
}

#[test]
fn texts_come_in_the_unit_of_their_column() {
    let text = |text: &str, unit: &str| {
        let reading =
            read_cell(&cell(Value::Text(text.into()), text, ""), Some(&Unit(unit.into())), &builtin());
        let unit = reading.unit.clone().map(|unit| unit.0).unwrap_or_default();
        (value(&reading).unwrap_or_default(), unit, reading.confidence)
    };
    assert_eq!(text("1.5億円", "億円"), ("1.5".into(), "億円".into(), Confidence::Assumed));
    assert_eq!(text("5万円", "千円"), ("50".into(), "千円".into(), Confidence::Assumed));
    assert_eq!(text("53名", "人"), ("53".into(), "人".into(), Confidence::Read));
    assert_eq!(text("53件", "人"), ("53".into(), "件".into(), Confidence::Assumed));
    assert_eq!(text("53", "人"), ("53".into(), "人".into(), Confidence::Read));
    assert_eq!(text("作業中", "%"), (String::new(), "%".into(), Confidence::Read));
}

#[test]
fn other_cells_are_unread_for_their_own_reason() {
    let day =
        chrono::NaiveDate::from_ymd_opt(2021, 1, 2).and_then(|day| day.and_hms_opt(0, 0, 0)).expect("a day");
    for (value, cause) in [
        (Value::Date(Decimal::from(44_198), day), Cause::Date),
        (Value::Bool(true), Cause::Unclear),
        (Value::Error("#REF!".into()), Cause::CellError),
        (Value::Uncalculated("A1".into()), Cause::NotCalculated),
    ] {
        let reading = read_cell(&cell(value, "1月2日", ""), None, &builtin());
        assert_eq!((reading.state, reading.cause), (State::Unread, Some(cause)));
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,24}") {
        let _ = read(&text);
    }

    #[test]
    fn no_text_of_this_kind_makes_it_panic(text in "[0-9０-９,.，．△▲\\-～~万億千円人％%（）()以上約※①集計中年月 　]{0,14}") {
        let reading = read(&text);
        prop_assert_eq!(reading.quantity.is_some(), reading.state == State::Value);
    }

    #[test]
    fn every_lossless_notation_reads_back(units in -999_999_999_i64..999_999_999, scale in 0_u32..4) {
        let value = Decimal::new(units, scale);
        let magnitude = value.abs().to_string();
        let (whole, fraction) = magnitude.split_once('.').map_or((magnitude.as_str(), String::new()), |(w, f)| (w, format!(".{f}")));
        let digits: Vec<char> = whole.chars().collect();
        let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
        let grouped = format!("{}{fraction}", groups.join(","));
        let wide: String = grouped.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)).collect();
        let signs: &[&str] = if units < 0 { &["△", "▲ ", "-", "−", "－"] } else { &["", "　", "+"] };
        for sign in signs {
            for body in [&magnitude, &grouped, &wide] {
                let text = format!("{sign}{body}");
                let reading = read(&text);
                prop_assert_eq!(reading.quantity.map(|q| q.value), Some(value.normalize()), "{}", text);
            }
        }
    }
}
