//! Quantities, years and dates written in every lossless notation are read back to themselves. Lossless are the
//! notations that the vocabulary lists (bounds, units, eras) and those of the number's own shape.

use chrono::{Datelike, Duration, NaiveDate};
use hoshin::model::fiscal::FiscalYear;
use hoshin::model::quantity::{Bound, Confidence, State};
use hoshin::model::sheet::{Cell, Value};
use hoshin::normalise::date::{read_due, read_due_cell};
use hoshin::normalise::quantity::{CellReading, read_quantity};
use hoshin::normalise::year::read_year;
use hoshin::read::format::{Calendar, Code, serial};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::vocabulary;

fn read(text: &str) -> CellReading {
    read_quantity(text, vocabulary())
}

/// Value, end of a range and bound, where a text is read without an assumption.
fn told(text: &str) -> Option<(Decimal, Option<Decimal>, Option<Bound>)> {
    let reading = read(text);
    let quantity = reading.quantity.filter(|_| reading.confidence == Confidence::Read)?;
    Some((quantity.value, quantity.high, quantity.bound))
}

/// `1,234.5`.
fn grouped(value: Decimal) -> String {
    let text = value.abs().to_string();
    let (whole, fraction) = text.split_once('.').map_or((&*text, None), |(whole, rest)| (whole, Some(rest)));
    let digits: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
    fraction.map_or(groups.join(","), |fraction| format!("{}.{fraction}", groups.join(",")))
}

/// `１，２３４．５`.
fn wide(text: &str) -> String {
    let wide = |c: char| char::from_u32(u32::from(c) + 0xFEE0).filter(|_| c.is_ascii_graphic());
    text.chars().map(|c| wide(c).unwrap_or(c)).collect()
}

/// `3億2,000万5`.
fn in_ten_thousands(value: u64, separated: bool) -> String {
    let parts = [(value / 100_000_000, "億"), (value / 10_000 % 10_000, "万"), (value % 10_000, "")];
    let number = |part: u64| if separated { grouped(part.into()) } else { part.to_string() };
    let words = parts.iter().filter(|(part, _)| *part > 0);
    words.flat_map(|(part, word)| [number(*part), (*word).to_owned()]).collect()
}

/// The ways in which people write a plain number.
fn bodies(value: Decimal) -> Vec<String> {
    let plain = value.abs().to_string();
    vec![plain.clone(), grouped(value), wide(&plain), wide(&grouped(value)), format!(" {plain}　")]
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (0_i64..999_999_999, 0_u32..4).prop_map(|(units, scale)| Decimal::new(units, scale).normalize())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn signs(value in decimal(), minus in any::<bool>()) {
        let signed = if minus { -value } else { value };
        let signs: &[&str] = if minus { &["△", "▲", "△ ", "▲　", "-", "−", "－", "‐", "–"] } else { &["", "+", "＋"] };
        for (sign, body) in signs.iter().flat_map(|sign| bodies(value).into_iter().map(move |body| (sign, body))) {
            let text = format!("{sign}{}", body.trim());
            prop_assert_eq!(told(&text), Some((signed, None, None)), "{}", text);
        }
    }

    #[test]
    fn ten_thousands(value in 10_000_u64..999_999_999_999, separated in any::<bool>(), full in any::<bool>()) {
        let text = in_ten_thousands(value, separated);
        let text = if full { wide(&text) } else { text };
        for text in [text.clone(), format!("{text}円"), format!("{text}人")] {
            prop_assert_eq!(told(&text), Some((value.into(), None, None)), "{}", text);
        }
        let minus = format!("△{text}円");
        prop_assert_eq!(told(&minus), Some((-Decimal::from(value), None, None)), "{}", minus);
    }

    #[test]
    fn shares(value in decimal()) {
        for text in bodies(value).into_iter().flat_map(|body| ["%", "％", " %", "パーセント"].map(|unit| format!("{}{unit}", body.trim()))) {
            let reading = read(&text);
            prop_assert_eq!(reading.quantity.map(|quantity| quantity.value), Some(value), "{}", text);
            prop_assert_eq!(reading.unit.map(|unit| unit.0), Some("%".to_owned()), "{}", text);
        }
    }

    #[test]
    fn ranges(low in 0_u32..99_999, more in 1_u32..99_999) {
        let (low, high) = (Decimal::from(low), Decimal::from(low + more));
        for (a, b) in bodies(low).iter().zip(&bodies(high)) {
            for between in ["～", "〜", "~"] {
                let text = format!("{}{between}{}", a.trim(), b.trim());
                prop_assert_eq!(told(&text), Some((low, Some(high), None)), "{}", text);
            }
        }
    }
}

#[test]
fn every_word_of_a_bound_bounds() {
    for (word, bound) in vocabulary().bound.iter() {
        let told: Vec<_> = [format!("1,204人{word}"), format!("1,204{word}"), format!("{word}1,204")]
            .iter()
            .filter_map(|text| told(text))
            .collect();
        let whole = (Decimal::from(1204), None, Some(*bound));
        assert!(told.contains(&whole), "{word}: {told:?}");
        assert!(told.iter().all(|told| *told == whole), "{word}: {told:?}");
    }
}

#[test]
fn every_unit_of_the_vocabulary_is_read_behind_a_number() {
    for (word, unit) in vocabulary().unit.iter() {
        let reading = read(&format!("1,204{word}"));
        // 万人 behind digits is a multiple of 人; % is exact either way.
        let Some(quantity) = reading.quantity else { panic!("{word}: {:?}", reading.state) };
        if reading.unit.as_ref().map(|unit| &unit.0) == Some(unit) {
            assert_eq!(quantity.value, Decimal::from(1204), "{word}");
        }
        assert!(reading.unit.is_some(), "{word}");
        assert_eq!(reading.state, State::Value, "{word}");
    }
}

/// 二十九.
fn kanji(number: i32) -> String {
    let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
    let digit =
        |n: i32| usize::try_from(n).ok().and_then(|n| digits.get(n)).copied().unwrap_or('？').to_string();
    match number {
        0..=9 => digit(number),
        10..=19 => format!("十{}", if number == 10 { String::new() } else { digit(number - 10) }),
        _ if number % 10 == 0 => format!("{}十", digit(number / 10)),
        _ => format!("{}十{}", digit(number / 10), digit(number % 10)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn years(western in 1870_i32..2100) {
        // 昭和63年度 ends in 平成.
        prop_assume!(western != 1988);
        let eras = &vocabulary().eras;
        let start = NaiveDate::from_ymd_opt(western, 4, 1).expect("a day");
        let (long, short) = (eras.long(FiscalYear(western)), eras.short(FiscalYear(western)));
        let mut texts = vec![
            long.clone(), short.clone(), wide(&short), wide(&long), format!("{western}"), format!("{western}年度"),
            format!("{western}（{short}）"), format!("{short}({western})"), format!("{western}（{}）年度", long.trim_end_matches("年度")),
            format!("{western}年度（{long}）"), format!("{long}({western}年度)"), format!("{short}年度"), format!("{long}末"),
        ];
        // An era's name with its year in digits, in kanji, and 元 for its first.
        if let Some((era, year)) = eras.of(start).filter(|(era, _)| long.starts_with(&era.name)) {
            texts.extend([&era.name, &era.short].map(|name| format!("{name}{}年度", kanji(year))));
            texts.extend([&era.name, &era.letter, &era.short].map(|name| format!("{name}{year}年度")));
            if year == 1 {
                texts.extend([&era.name, &era.letter, &era.short].map(|name| format!("{name}元年度")));
            }
        }
        for text in texts {
            let year = read_year(&text, None, vocabulary()).and_then(|reading| reading.fiscal_year);
            prop_assert_eq!(year, Some(FiscalYear(western)), "{}", text);
        }
    }

    #[test]
    fn dates(days in 0_i64..60_000) {
        let eras = &vocabulary().eras;
        let day = NaiveDate::from_ymd_opt(1912, 7, 30).expect("a day") + Duration::days(days);
        let (era, year) = eras.of(day).expect("an era");
        let number = |n: u32| kanji(i32::try_from(n).expect("small"));
        let texts = [
            format!("{}{}年{}月{}日", era.name, kanji(year), number(day.month()), number(day.day())),
            eras.day(day), eras.short_day(day), wide(&eras.day(day)), wide(&eras.short_day(day)), day.to_string(),
            day.format("%Y/%-m/%-d").to_string(), day.format("%Y.%m.%d").to_string(), day.format("%Y年%-m月%-d日").to_string(),
        ];
        for text in texts {
            let reading = read_due(&text, None, vocabulary());
            prop_assert_eq!((reading.iso, reading.confidence), (day.to_string(), Confidence::Read), "{}", text);
        }
    }

    #[test]
    fn dates_under_formats(days in 0_i64..60_000) {
        let eras = &vocabulary().eras;
        let moment = (NaiveDate::from_ymd_opt(1912, 7, 30).expect("a day") + Duration::days(days)).and_time(chrono::NaiveTime::MIN);
        let number = serial(moment, false).expect("a serial");
        let formats = [
            ("[$-411]ge.m.d", "%Y-%m-%d"),
            ("[$-411]ggge\"年\"m\"月\"d\"日\"", "%Y-%m-%d"),
            ("yyyy/m/d", "%Y-%m-%d"),
            ("m\"月\"d\"日\"(aaa)", "%Y-%m-%d"),
            // A day that nobody sees is none.
            ("[$-411]ge.m", "%Y-%m"),
        ];
        for (format, due) in formats {
            let text = Code::parse(format).number(number, Calendar { date1904: false, eras });
            let value = Value::Date(number, moment);
            let cell = Cell { value, text: text.into(), format: format.into(), struck: false, formula: false, comment: None, ink: hoshin::model::sheet::Ink::default(), external: false };
            let reading = read_due_cell(&cell, None, vocabulary());
            prop_assert_eq!(reading.iso, moment.format(due).to_string(), "{} {}", format, cell.text);
        }
    }
}
