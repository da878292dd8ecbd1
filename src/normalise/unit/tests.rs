#![allow(clippy::too_many_lines, reason = "tables of cases")]

use super::super::builtin;
use super::*;

fn unit(text: &str) -> Option<String> {
    read_unit(text, &builtin()).map(|unit| unit.0)
}

#[test]
fn units_of_the_domain_notes() {
    for (text, expected) in [
        ("人", "人"),
        ("件", "件"),
        ("％", "%"),
        ("パーセント", "%"),
        ("回", "回"),
        ("千円", "千円"),
        ("箇所", "箇所"),
        ("か所", "箇所"),
        ("ヶ所", "箇所"),
        ("カ所", "箇所"),
        ("ヵ所", "箇所"),
        ("ケ所", "箇所"),
        ("個所", "箇所"),
        ("日", "日"),
        ("団体", "団体"),
        ("ｍ", "m"),
        ("世帯", "世帯"),
        ("㎡", "m2"),
        ("平方メートル", "m2"),
        ("ha", "ha"),
        ("㏊", "ha"),
        ("ｈａ", "ha"),
        ("㌶", "ha"),
        ("円", "円"),
        ("施設", "施設"),
        ("千人", "千人"),
        ("校", "校"),
        ("㎥", "m3"),
        ("m3", "m3"),
        ("m³", "m3"),
        ("百万円", "百万円"),
        ("億円", "億円"),
        ("t-CO2", "t-CO2"),
        ("ｔ－ＣＯ２", "t-CO2"),
        ("個/㎡", "個/m2"),
        ("件（人）", "件(人)"),
        ("(単位：百万円)", "百万円"),
        ("単位：か所", "箇所"),
        ("【件】", "件"),
        ("ポイント", "ポイント"),
        ("ｐｔ", "ポイント"),
        ("谷", "谷"),
        ("人／日", "人/日"),
        ("千㎥", "千m3"),
    ] {
        assert_eq!(unit(text).as_deref(), Some(expected), "{text}");
    }
    for text in ["", "-", "0", "－", "なし", "12", "　"] {
        assert_eq!(unit(text), None, "{text}");
    }
}

#[test]
fn one_dimension_for_what_can_be_added() {
    let v = builtin();
    let same = |a: &str, b: &str| dimension(&Unit(a.into()), &v).0 == dimension(&Unit(b.into()), &v).0;
    assert!(
        same("円", "千円")
            && same("百万円", "億円")
            && same("人", "千人")
            && same("m", "km")
            && same("ha", "m2")
    );
    assert!(!same("%", "ポイント") && !same("人", "件") && !same("t", "t-CO2"));
    let to = |value: i64, a: &str, b: &str| {
        convert(Decimal::from(value), &Unit(a.into()), &Unit(b.into()), &v).map(|d| d.to_string())
    };
    assert_eq!(to(5, "千円", "円").as_deref(), Some("5000"));
    assert_eq!(to(50_000, "円", "千円").as_deref(), Some("50"));
    assert_eq!(to(150, "ha", "km2").as_deref(), Some("1.5"));
    assert_eq!(to(100, "分", "時間"), None);
    assert_eq!(to(5, "件", "人"), None);
}

#[test]
fn names_come_apart() {
    let v = builtin();
    let parts = split_name("苦情件数【件】※少ないほど良い", &v);
    assert_eq!(
        (parts.name.as_str(), parts.unit, parts.polarity),
        ("苦情件数", Some(Unit("件".into())), Some(Polarity::Decrease))
    );
    for (text, name, unit) in [
        ("純損益（千円）", "純損益", Some("千円")),
        ("ごみ排出量【g】", "ごみ排出量", Some("g")),
        ("○病床利用率 (稼働病床比)", "病床利用率 (稼働病床比)", None),
        ("時間外勤務時間（1人あたり月平均）", "時間外勤務時間（1人あたり月平均）", None),
        ("社会移動数 転入・転出の均衡", "社会移動数 転入・転出の均衡", None),
        ("参加者数（延べ）（人）", "参加者数（延べ）", Some("人")),
        ("歳入総額　単位：百万円", "歳入総額", Some("百万円")),
        ("【KPI】・利用者数（人）", "利用者数", Some("人")),
        ("待機児童数(人)↓", "待機児童数", Some("人")),
        ("（人）", "（人）", None),
    ] {
        let parts = split_name(text, &v);
        assert_eq!((parts.name.as_str(), parts.unit.map(|u| u.0).as_deref()), (name, unit), "{text}");
    }
    assert_eq!(split_name("【成果】満足度", &v).class, Some(Class::Outcome));
    assert_eq!(read_unit_note("（単位：千円、％）", &v), None);
    assert_eq!(read_unit_note("(単位：百万円)", &v), Some(Unit("百万円".into())));
    assert_eq!(read_unit_note("単位施策の一覧を示すもの", &v), None);
}
