//! What headers were taken for, and which of their words say so.

use crate::locate::Meaning;
use crate::model::fiscal::{Basis, FiscalYear, Span};
use crate::normalise::Vocabulary;
use crate::normalise::header::{HeaderReading, read_header};
use crate::normalise::year::YearReading;

/// What a header was taken for, in words.
pub fn meaning(meaning: &Meaning, vocabulary: &Vocabulary) -> String {
    let mut parts = meaning.year.as_ref().map_or_else(Vec::new, |year| time(year, vocabulary));
    parts.extend(meaning.basis.map(|basis| basis_word(basis).to_owned()));
    parts.extend(meaning.kind.map(|kind| kind.label().to_owned()));
    parts.extend(meaning.role.map(|role| role.label().to_owned()));
    parts.extend(meaning.unit.as_ref().map(|unit| format!("単位 {}", unit.0)));
    if parts.is_empty() { "意味が分からないため読まない".to_owned() } else { parts.join("・") }
}

/// Whether anything is read from a column of this meaning.
pub fn is_read(meaning: &Meaning) -> bool {
    !meaning.computed && (meaning.is_value() || meaning.role.is_some() || meaning.unit.is_some())
}

/// Which word says what: `「実績」＝実績、「平成29年度」＝平成29年度`; `hint` is the month's fiscal year.
pub fn reason(words: &[&str], whole: &Meaning, hint: FiscalYear, vocabulary: &Vocabulary) -> String {
    let readings = words.iter().map(|word| (word, read_header(word, Some(hint), vocabulary)));
    let told: Vec<String> = readings
        .filter_map(|(word, reading)| {
            let parts = parts(&reading, vocabulary);
            (!parts.is_empty()).then(|| format!("「{}」＝{}", word.trim(), parts.join("・")))
        })
        .collect();
    let mut reason = if told.is_empty() {
        "見出しの言葉が、語彙（vocabulary.toml）のどの言葉にも当たらない".to_owned()
    } else {
        told.join("、")
    };
    if let Some(assumed) = whole.year.as_ref().and_then(|year| year.assumed.as_ref()) {
        reason.push('。');
        reason.push_str(assumed);
    }
    if whole.computed {
        reason.push_str("。ほかの列から計算する値なので、写さずに計算し直す");
    } else if whole.year.as_ref().is_some_and(|year| year.fiscal_year.is_none() && year.relative.is_some()) {
        // What the word means beside the title is said already.
    } else if whole.is_value() && whole.year.as_ref().and_then(|year| year.fiscal_year).is_none() {
        reason.push_str("。年度は見出しになく、表題などから取る");
    } else if whole.is_value() && whole.kind.is_none() {
        reason.push_str("。値の種類は見出しになく、実績とみなす");
    }
    reason
}

fn parts(reading: &HeaderReading, vocabulary: &Vocabulary) -> Vec<String> {
    let mut parts = reading.year.as_ref().map_or_else(Vec::new, |year| time(year, vocabulary));
    parts.extend(reading.basis.map(|basis| basis_word(basis).to_owned()));
    parts.extend(reading.kind.map(|kind| kind.label().to_owned()));
    if reading.kind.is_none() {
        parts.extend(reading.role().map(|role| role.label().to_owned()));
    }
    parts.extend(reading.unit.as_ref().map(|unit| format!("単位 {}", unit.0)));
    parts.dedup();
    parts
}

/// Year, month and stretch of the year in words.
fn time(year: &YearReading, vocabulary: &Vocabulary) -> Vec<String> {
    let mut parts: Vec<String> =
        year.fiscal_year.map(|year| vocabulary.eras.long(year)).into_iter().collect();
    let relative = year.relative.filter(|_| year.fiscal_year.is_none());
    parts.extend(relative.map(|relative| match relative.offset() {
        Some(0) => "表題などの年度".to_owned(),
        Some(offset @ ..0) => format!("表題などの年度の{}年前", -offset),
        Some(offset) => format!("表題などの年度の{offset}年後"),
        None => "いつのものか決まらない言葉".to_owned(),
    }));
    parts.extend(year.month.map(|month| format!("{month}月")));
    let span = match year.span {
        Span::Year | Span::Month => None,
        Span::H1 => Some("上半期"),
        Span::H2 => Some("下半期"),
        Span::Q1 => Some("第1四半期"),
        Span::Q2 => Some("第2四半期"),
        Span::Q3 => Some("第3四半期"),
        Span::Q4 => Some("第4四半期"),
    };
    parts.extend(span.map(str::to_owned));
    parts
}

fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Single => "単月",
        Basis::Cumulative => "累計",
        Basis::AsOf => "時点",
    }
}
