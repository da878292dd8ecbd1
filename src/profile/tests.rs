#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use super::*;
use crate::normalise::builtin;

#[test]
fn patterns_ignore_width_and_spaces() {
    for (pattern, text, fits) in [
        ("部課名", "部　課\n名", true),
        ("ＫＧＩ", "kgi", true),
        ("*成果指標ス", "⑦成果指標\nス", true),
        ("今年度計画*", "今年度計画（主な活動）", true),
        ("＊評価＊集計＊", "R7事務事業評価_集計.xlsx", true),
        ("a*a", "a", false),
        ("*", "", true),
        ("部課", "部課名", false),
        ("*名", "部課名称", false),
    ] {
        assert_eq!(Pattern::new(pattern).fits(text), fits, "{pattern} {text}");
    }
}

#[test]
fn spots_are_columns_cells_or_headers() {
    let at = |col, down| Some(Spot::Row(Column::At(col), down));
    assert_eq!(Spot::read("N"), at(13, 0));
    assert_eq!(Spot::read("xfd+2"), at(16_383, 2));
    assert_eq!(Spot::read("XFE"), None);
    assert_eq!(Spot::read("B3"), Some(Spot::Cell(CellRef::new(2, 1))));
    assert_eq!(Spot::read("「KGI」+1"), Some(Spot::Row(Column::Headed(Pattern::new("KGI")), 1)));
    assert_eq!(Spot::read("指標名"), Some(Spot::Row(Column::Headed(Pattern::new("指標名")), 0)));
}

#[test]
fn the_shipped_profiles_are_valid() {
    let profiles = load(&Templates::embedded(), &builtin()).expect("valid");
    assert!(profiles.iter().all(|profile| profile.shipped) && !profiles.is_empty());
}

#[test]
fn the_profiles_own_words_stand_over_the_citys() {
    let text = "[match]\nsheet = \"a\"\n[rows]\nfirst = 2\n[columns]\nitem = \"A\"\n[words]\nstatus = { stalled = [\"順調\"] }\nnone = [\"※\"]\n";
    let profile = parse("profiles/a.toml", text, &builtin()).expect("valid");
    let own = profile.vocabulary.expect("words");
    assert_eq!(own.status.get("順調"), Some(&crate::model::initiative::Status::Stalled));
    assert_eq!(own.status.get("完了"), Some(&crate::model::initiative::Status::Completed));
    assert!(profile.silent.contains("※"));
}

#[test]
fn no_text_makes_it_panic() {
    for text in [
        "",
        "[match",
        "match = 3",
        "[[figures]]\nfirst = 3\nwidth = 0\nyears = 1\nindicators = [3]",
        "[columns]\nitem = \"+\"\n[words]\nstatus = 3\nunit = { \"\" = [] }",
    ] {
        assert!(parse("profiles/a.toml", text, &builtin()).is_err(), "{text}");
    }
}
