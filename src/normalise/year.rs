//! Which year, month or stretch of a year a text speaks of.

use super::calendar::{Moment, moments, nearest_year, without};
use super::text::{is_close, is_open, key, spaced_key, unwrap};
use super::vocabulary::{RelativeYear, Vocabulary};
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
    /// 前年度, 最終: which year it is beside the one that the sheet speaks of.
    pub relative: Option<RelativeYear>,
    /// In Japanese, what was assumed, or why there is no year.
    pub assumed: Option<String>,
    /// The rest of the text in key form, without brackets left empty: `H37目標` → `目標`.
    pub rest: String,
}

/// Reads the year of a header or title; `None` where the text says nothing of time, or names a range of years.
/// `hint` is a fiscal year nearby, which tells the era of `29年度`.
pub fn read_year(text: &str, hint: Option<FiscalYear>, vocabulary: &Vocabulary) -> Option<YearReading> {
    let mut reading = YearReading::default();
    let mut key = spaced_key(text);
    let months = month_range(&key, vocabulary).map(|(word, span)| (word.to_owned(), span));
    if let Some((word, span)) = &months {
        reading.span = *span;
        key = key.replacen(word, "", 1);
    }
    let found = moments(&key, hint, &vocabulary.eras);
    let years: Vec<&Moment> = found.iter().filter(|moment| moment.year.is_some()).collect();
    if is_range(&key, &years) {
        return None;
    }
    read_years(&years, &mut reading);
    let named: Vec<u8> = found.iter().filter_map(|moment| moment.month).collect();
    read_months(&named, &mut reading);
    if found.iter().any(|moment| moment.ending || moment.day.is_some()) {
        reading.basis = Some(Basis::AsOf);
    }
    let mut rest = if found.is_empty() { key } else { without(&key, &found) };
    let mut told = !years.is_empty() || !named.is_empty() || months.is_some();
    if reading.month.is_none()
        && months.is_none()
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
    told.then(|| YearReading { rest: tidy(&rest.replace(' ', ""), !years.is_empty()), ..reading })
}

impl YearReading {
    /// Whether it tells a year, a stretch of one, or why there is none; not only that figures are 時点 or 累計.
    pub fn tells_time(&self) -> bool {
        let part = self.month.is_some() || self.span != Span::Year;
        part || self.fiscal_year.is_some() || self.relative.is_some() || self.assumed.is_some()
    }
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

/// `4~6月` as a quarter, where no year stands right before it (`R3.1~3月` is a calendar year's).
fn month_range<'v>(key: &str, vocabulary: &'v Vocabulary) -> Option<(&'v str, Span)> {
    let (word, span) = vocabulary.span.within(key).filter(|(word, _)| word.ends_with('月'))?;
    let before = key.get(..key.find(word)?)?;
    let free = !before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '年' | '/' | '-'));
    free.then_some((word, *span))
}

/// One month, or the stretch from the first to the last one.
fn read_months(months: &[u8], reading: &mut YearReading) {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return };
    if first == last {
        reading.month = Some(*first);
        reading.span = Span::Month;
        return;
    }
    reading.span = match (first, last) {
        (4, 3) => Span::Year,
        (4, 9) => Span::H1,
        (10, 3) => Span::H2,
        (4, 6) => Span::Q1,
        (7, 9) => Span::Q2,
        (10, 12) => Span::Q3,
        (1, 3) => Span::Q4,
        _ => {
            reading.assumed.get_or_insert(format!("{first}月から{last}月までを、年度の数値として読みました"));
            Span::Year
        }
    };
}

/// Takes away what cutting out a year leaves: empty brackets, separators at the ends, の in front.
fn tidy(rest: &str, dated: bool) -> String {
    let mut text = String::new();
    for c in rest.chars() {
        let empty = is_close(c) && text.chars().last().is_some_and(is_open);
        if empty {
            text.pop();
        } else {
            text.push(c);
        }
    }
    let loose = |c: char| matches!(c, '・' | '/' | ':' | '|' | '=' | '、' | ',' | '~' | '-' | '.' | '→');
    let trimmed = unwrap(text.trim_matches(loose)).trim_matches(loose);
    // 2021(R3)年度 leaves its 年度 behind.
    let bare = match trimmed.strip_prefix("年度") {
        Some(bare) if dated => bare,
        // 令和7年度末まで is a time like 令和7年度末.
        _ if dated && matches!(trimmed, "年" | "まで" | "までに" | "迄") => "",
        _ => trimmed,
    };
    bare.strip_prefix('の').unwrap_or(bare).to_owned()
}

#[cfg(test)]
mod tests;
