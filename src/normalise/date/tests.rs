#![allow(clippy::expect_used, reason = "tests")]

use proptest::prelude::*;

use super::super::builtin;
use super::*;

fn due(text: &str) -> (String, Confidence) {
    let reading = read_due(text, Some(FiscalYear(2021)), &builtin());
    assert_eq!(reading.confidence == Confidence::Read, reading.assumption.is_none(), "{text}");
    (reading.iso, reading.confidence)
}

#[test]
fn dates_that_say_all() {
    for (text, iso) in [
        ("R4.3.31", "2022-03-31"),
        ("令和3年12月末", "2021-12-31"),
        ("R3.3末", "2021-03-31"),
        ("12月末", "2021-12-31"),
        ("3月末", "2022-03-31"),
        ("令和3年12月", "2021-12"),
        ("2021/12/28", "2021-12-28"),
        ("12/28", "2021-12-28"),
        ("2021-12-28", "2021-12-28"),
        ("年度末", "2022-03-31"),
        ("令和3年度末", "2022-03-31"),
        ("未定", ""),
        ("随時", ""),
        ("通年", ""),
        ("", ""),
        ("－", ""),
        ("１２月２８日", "2021-12-28"),
        ("令和４年３月３１日まで", "2022-03-31"),
        ("9月", "2021-09"),
        ("1月", "2022-01"),
        ("令和元年5月1日", "2019-05-01"),
        ("R3.6.30完了", "2021-06-30"),
        ("12月末日", "2021-12-31"),
        ("未定（検討中）", ""),
        ("2月末", "2022-02-28"),
        ("R6.2末", "2024-02-29"),
        ("R3年度3月", "2022-03"),
        ("11月予定", "2021-11"),
    ] {
        assert_eq!(due(text), (iso.to_owned(), Confidence::Read), "{text}");
    }
}

#[test]
fn dates_that_leave_something_open() {
    for (text, iso) in [
        ("R3年度中", "2022-03-31"),
        ("上半期中", "2021-09-30"),
        ("第3四半期", "2021-12-31"),
        ("R4年度第1四半期", "2022-06-30"),
        ("R3.4～R4.3.31", "2022-03-31"),
        ("12月頃", "2021-12"),
        ("9月議会", "2021-09"),
        ("12月上旬", "2021-12"),
        ("来年度", "2023-03-31"),
        ("年度内", "2022-03-31"),
        ("20220331", "2022-03-31"),
        ("R3年度", "2022-03-31"),
        ("R3年内", "2021-12-31"),
        ("年内", "2021-12-31"),
        ("R4以降", ""),
        ("3年12月末", "2021-12-31"),
    ] {
        assert_eq!(due(text), (iso.to_owned(), Confidence::Assumed), "{text}");
    }
    for text in ["R4.2.30", "課題あり", "12", "13月", "よろしく"] {
        assert_eq!(due(text), (String::new(), Confidence::Unread), "{text}");
    }
    assert_eq!(read_due("12月末", None, &builtin()).confidence, Confidence::Unread);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[\\PC年月日末度R令和0-9./～]{0,20}") {
        let _ = read_due(&text, Some(FiscalYear(2021)), &builtin());
    }

    #[test]
    fn every_lossless_notation_reads_back(days in 0_i64..60_000) {
        let v = builtin();
        let start = NaiveDate::from_ymd_opt(1912, 7, 30).expect("a day");
        let day = start.checked_add_signed(chrono::Duration::days(days)).expect("a day");
        for text in [v.eras.day(day), v.eras.short_day(day), day.to_string(), day.format("%Y/%-m/%-d").to_string(), day.format("%Y年%-m月%-d日").to_string(), format!("{}まで", v.eras.day(day))] {
            let reading = read_due(&text, None, &v);
            prop_assert_eq!((reading.iso, reading.confidence), (day.to_string(), Confidence::Read), "{}", text);
        }
    }
}
