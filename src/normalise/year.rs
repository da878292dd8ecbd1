//! Which year, month or stretch of a year a text speaks of.

use super::calendar::{Moment, moments, nearest_year};
use super::text::{is_close, is_open, key, unwrap};
use super::vocabulary::Vocabulary;
use crate::model::fiscal::{Basis, FiscalYear, Span};

/// What a text says of time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct YearReading {
    /// The fiscal year; `None` where the text names only a month or quarter, or years that contradict each other.
    pub fiscal_year: Option<FiscalYear>,
    /// 1 to 12 where it names a month.
    pub month: Option<u8>,
    /// The stretch of the year.
    pub span: Span,
    /// 単月, 累計, 時点, where it says.
    pub basis: Option<Basis>,
    /// In Japanese, what was assumed, or why there is no year.
    pub assumed: Option<String>,
    /// The rest of the text in key form, without brackets left empty: `H37目標` → `目標`.
    pub rest: String,
}

/// Reads the year of a header or title; `None` where the text says nothing of time, or names a range of years.
/// `hint` is a fiscal year nearby, which tells the era of `29年度`.
pub fn read_year(text: &str, hint: Option<FiscalYear>, vocabulary: &Vocabulary) -> Option<YearReading> {
    let key = key(text);
    let found = moments(&key, hint, &vocabulary.eras);
    let mut reading = YearReading::default();
    let years: Vec<&Moment> = found.iter().filter(|moment| moment.year.is_some()).collect();
    if is_range(&key, &years) {
        return None;
    }
    read_years(&years, &mut reading);
    let month = found.iter().find(|moment| moment.month.is_some());
    if let Some(moment) = month {
        reading.month = moment.month;
        reading.span = Span::Month;
    }
    if found.iter().any(|moment| moment.ending || moment.day.is_some()) {
        reading.basis = Some(Basis::AsOf);
    }
    let mut rest = without(&key, &found);
    let mut told = !years.is_empty() || month.is_some();
    if reading.month.is_none()
        && let Some((word, span)) = vocabulary.span.within(&rest)
    {
        (reading.span, told) = (*span, true);
        rest = rest.replacen(word, "", 1);
    }
    // 現在 is a basis beside a date, and part of another word without one.
    if let Some((word, basis)) = vocabulary.basis.within(&rest).filter(|(word, _)| told || *word == rest) {
        (reading.basis, told) = (Some(*basis), true);
        rest = rest.replacen(word, "", 1);
    }
    reading.rest = tidy(&rest);
    told.then_some(reading)
}

/// Reads a number that a row of years shows without an era or 年度 (`29`, `2021`): the caller knows that it is
/// one. `29` is read beside `hint` and stated as an assumption.
pub fn read_bare_year(text: &str, hint: Option<FiscalYear>, vocabulary: &Vocabulary) -> Option<YearReading> {
    if let Some(reading) = read_year(text, hint, vocabulary) {
        return Some(reading);
    }
    let key = key(text);
    let number: u32 = key.parse().ok().filter(|_| key.len() <= 2)?;
    let western = nearest_year(number, hint, &vocabulary.eras)?;
    let assumed = format!("「{key}」に元号がないため、{western}年度と読みました");
    Some(YearReading {
        fiscal_year: Some(FiscalYear(western)),
        assumed: Some(assumed),
        ..YearReading::default()
    })
}

/// Two different years with a wave dash, から or a dash between them.
fn is_range(key: &str, years: &[&Moment]) -> bool {
    let chars: Vec<char> = key.chars().collect();
    years.windows(2).any(|pair| {
        let [first, second] = pair else { return false };
        let between: String = chars.iter().take(second.start).skip(first.end).collect();
        let joined = between == "-" || between.contains('~') || between.contains("から");
        joined && first.fiscal_year() != second.fiscal_year()
    })
}

/// The one year that all of them name, or a stated contradiction.
fn read_years(years: &[&Moment], reading: &mut YearReading) {
    let Some(first) = years.first() else { return };
    reading.fiscal_year = first.fiscal_year();
    reading.assumed = years.iter().find_map(|moment| moment.year.as_ref()?.assumed.clone());
    if years.iter().any(|moment| moment.fiscal_year() != first.fiscal_year()) {
        let named: Vec<String> =
            years.iter().filter_map(|moment| moment.fiscal_year()).map(|year| year.to_string()).collect();
        reading.fiscal_year = None;
        reading.assumed = Some(format!("異なる年度が並んでいます（{}）", named.join("、")));
    }
}

fn without(key: &str, found: &[Moment]) -> String {
    let inside = |at: usize| found.iter().any(|moment| (moment.start..moment.end).contains(&at));
    key.chars().enumerate().filter(|(at, _)| !inside(*at)).map(|(_, c)| c).collect()
}

/// Takes away what cutting out a year leaves: empty brackets, separators at the ends, の in front.
fn tidy(rest: &str) -> String {
    let mut text = String::new();
    for c in rest.chars() {
        let empty = is_close(c) && text.chars().last().is_some_and(is_open);
        if empty {
            text.pop();
        } else {
            text.push(c);
        }
    }
    let loose = |c: char| matches!(c, '・' | '/' | ':' | '|' | '=' | '、' | ',' | '~' | '-' | '.');
    let trimmed = unwrap(text.trim_matches(loose)).trim_matches(loose);
    trimmed.strip_prefix('の').unwrap_or(trimmed).to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "tests")]
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
        assert_eq!(
            (read("4月").month, read("４月").span, read("4月").fiscal_year),
            (Some(4), Span::Month, None)
        );
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
}
