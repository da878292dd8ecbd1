//! Due dates (期限): ISO 8601 days or months.

use chrono::{Datelike, NaiveDate};

use super::calendar::{Moment, moments};
use super::segment::segment;
use super::text::{is_blank, is_close, key, spaced_key, split_brackets};
use super::vocabulary::{DueWord, Vocabulary};
use crate::model::fiscal::{FiscalYear, Period, Span};
use crate::model::quantity::Confidence;
use crate::model::sheet::{Cell, Value};

/// A due date as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueReading {
    /// `2022-03-31`, `2021-12` where only the month is known, empty for 未定 and what could not be read.
    pub iso: String,
    /// The text as it stands.
    pub raw: String,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// In Japanese: what was assumed, or why it is unread.
    pub assumption: Option<String>,
}

impl DueReading {
    fn read(raw: &str, iso: impl Into<String>) -> Self {
        Self { iso: iso.into(), raw: raw.to_owned(), confidence: Confidence::Read, assumption: None }
    }

    fn assumed(raw: &str, iso: impl Into<String>, what: impl Into<String>) -> Self {
        let assumption = Some(what.into());
        Self { confidence: Confidence::Assumed, assumption, ..Self::read(raw, iso) }
    }

    fn unread(raw: &str, why: impl Into<String>) -> Self {
        Self { confidence: Confidence::Unread, assumption: Some(why.into()), ..Self::read(raw, "") }
    }
}

/// Reads a due text; `year` is the fiscal year of its table, for `12月末`.
pub fn read_due(text: &str, year: Option<FiscalYear>, vocabulary: &Vocabulary) -> DueReading {
    let raw = text.trim_matches(is_blank);
    let whole = spaced_key(raw);
    let word = vocabulary.due.get(&whole);
    // 次年度 stands for no figure, and is a due.
    if whole.is_empty()
        || word == Some(&DueWord::Open)
        || (word.is_none() && super::quantity::is_placeholder(raw, vocabulary))
    {
        return DueReading::read(raw, "");
    }
    let found = moments(&whole, year, &vocabulary.eras);
    if let Some(last) = found.last() {
        return of_moment(raw, &whole, last, found.len(), year, vocabulary);
    }
    if let Some(day) = short_day(&whole, year) {
        return DueReading::read(raw, day);
    }
    if let Some(day) = compact_day(&whole) {
        return DueReading::assumed(raw, day.to_string(), "8桁の数字を年月日と読みました");
    }
    in_words(raw, &whole, year, vocabulary)
}

/// Reads a due cell: a date, or a text.
pub fn read_due_cell(cell: &Cell, year: Option<FiscalYear>, vocabulary: &Vocabulary) -> DueReading {
    match &cell.value {
        Value::Date(_, moment) => {
            let iso = moment.date().to_string();
            let shown = read_due(&cell.text, year, vocabulary);
            // A format that shows only the month: the day behind it was never meant.
            let month_only = shown.iso.len() == 7 && iso.starts_with(&shown.iso);
            let iso = if month_only { shown.iso } else { iso };
            DueReading::read(cell.text.trim_matches(is_blank), iso)
        }
        Value::Text(text) => read_due(text, year, vocabulary),
        Value::Number(_) => {
            let shown = read_due(&cell.text, year, vocabulary);
            if shown.iso.is_empty() {
                DueReading::unread(&shown.raw, "期限の欄に数値が入っています")
            } else {
                shown
            }
        }
        Value::Bool(_) | Value::Error(_) | Value::Uncalculated(_) => {
            DueReading::unread(cell.text.trim_matches(is_blank), "期限として読めません")
        }
    }
}

fn of_moment(
    raw: &str,
    whole: &str,
    last: &Moment,
    count: usize,
    year: Option<FiscalYear>,
    vocabulary: &Vocabulary,
) -> DueReading {
    let assumed_year = last.year.as_ref().and_then(|year| year.assumed.clone());
    let tail: String = whole.chars().skip(last.end).collect();
    let tail = tail.trim_end_matches(is_close).to_owned();
    if ["以降", "以後", "から", "より"].iter().any(|word| tail.starts_with(word)) {
        return DueReading::assumed(raw, "", "始まりだけが書かれているので、期限はないものとしました");
    }
    let mut reading = if last.month.is_some() {
        of_month(raw, last, &tail, year, vocabulary)
    } else {
        of_year(raw, whole, last, &tail, vocabulary)
    };
    if reading.iso.is_empty() {
        return reading;
    }
    if count > 1 {
        reading = DueReading::assumed(raw, reading.iso, "最後に書かれた日を期限としました");
    }
    match assumed_year {
        Some(what) => DueReading::assumed(raw, reading.iso, what),
        None => reading,
    }
}

/// A moment with a month: a day, a month's end, or a month.
fn of_month(
    raw: &str,
    moment: &Moment,
    tail: &str,
    year: Option<FiscalYear>,
    vocabulary: &Vocabulary,
) -> DueReading {
    let context = moment.fiscal_year().or(year);
    let Some(period) = moment.period(context) else {
        return DueReading::unread(raw, "何年度の期限か分かりません");
    };
    if moment.day.is_some() || moment.ending {
        return match moment.date(context) {
            Some(day) => DueReading::read(raw, day.to_string()),
            None => DueReading::unread(raw, "暦にない日です"),
        };
    }
    let exact = words(&key(&split_brackets(tail).0), vocabulary)
        .is_some_and(|words| !words.contains(&DueWord::Vague));
    if exact {
        DueReading::read(raw, period.to_string())
    } else {
        DueReading::assumed(raw, period.to_string(), format!("月までを読み、「{tail}」は読みませんでした"))
    }
}

/// A year without a month: its end, a quarter's or a half's.
fn of_year(raw: &str, whole: &str, moment: &Moment, tail: &str, vocabulary: &Vocabulary) -> DueReading {
    let Some(year) = moment.fiscal_year() else {
        return DueReading::unread(raw, "年度が分かりません");
    };
    if let Some((_, span)) = vocabulary.span.within(tail) {
        return span_end(raw, *span, year);
    }
    let calendar = whole.chars().nth(moment.end.saturating_sub(1)) == Some('年');
    if calendar {
        return DueReading::assumed(raw, format!("{}-12-31", year.0), "その年の終わりの日を期限としました");
    }
    let end = year_end(year);
    if moment.ending && moment.year.as_ref().is_some_and(|year| year.fiscal) {
        return DueReading::read(raw, end);
    }
    DueReading::assumed(raw, end, "年度の終わりの日を期限としました")
}

fn span_end(raw: &str, span: Span, year: FiscalYear) -> DueReading {
    let month = match span {
        Span::Q1 => 6,
        Span::H1 | Span::Q2 => 9,
        Span::Q3 => 12,
        Span::Year | Span::H2 | Span::Q4 | Span::Month => 3,
    };
    let year = if month < 4 { year.0 + 1 } else { year.0 };
    match (Period { year, month }).last_day() {
        Some(day) => DueReading::assumed(raw, day.to_string(), "その期間の終わりの日を期限としました"),
        None => DueReading::unread(raw, "暦にない日です"),
    }
}

fn year_end(year: FiscalYear) -> String {
    Period { year: year.0 + 1, month: 3 }.last_day().map(|day| day.to_string()).unwrap_or_default()
}

/// `12/28`, `12.28` under a fiscal year.
fn short_day(whole: &str, year: Option<FiscalYear>) -> Option<String> {
    let (month, day) = whole.split_once('/')?;
    let (month, day): (u32, u32) = (month.parse().ok()?, day.parse().ok()?);
    let year = year?.0 + i32::from(month < 4);
    Some(NaiveDate::from_ymd_opt(year, month, day)?.to_string())
}

/// `20220331`.
fn compact_day(whole: &str) -> Option<NaiveDate> {
    if whole.len() != 8 || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let day = NaiveDate::parse_from_str(whole, "%Y%m%d").ok()?;
    (1950..2100).contains(&day.year()).then_some(day)
}

/// 年度末, 上半期中, 未定（検討中）.
fn in_words(raw: &str, whole: &str, year: Option<FiscalYear>, vocabulary: &Vocabulary) -> DueReading {
    let core = key(&split_brackets(whole).0);
    if let Some((_, span)) = vocabulary.span.within(&core) {
        return match year {
            Some(year) => span_end(raw, *span, year),
            None => DueReading::unread(raw, "何年度の期限か分かりません"),
        };
    }
    let Some(found) = words(&core, vocabulary) else {
        return DueReading::unread(raw, "期限として読めません");
    };
    let has = |word: DueWord| found.contains(&word);
    let dated = has(DueWord::YearEnd)
        || has(DueWord::CalendarYear)
        || has(DueWord::YearWithin)
        || has(DueWord::NextYear)
        || has(DueWord::PreviousYear);
    if has(DueWord::Open) && !dated {
        return DueReading::read(raw, "");
    }
    let Some(year) = year else { return DueReading::unread(raw, "何年度の期限か分かりません") };
    if has(DueWord::NextYear) {
        DueReading::assumed(raw, year_end(FiscalYear(year.0 + 1)), "次の年度の終わりの日を期限としました")
    } else if has(DueWord::PreviousYear) {
        DueReading::assumed(raw, year_end(FiscalYear(year.0 - 1)), "前の年度の終わりの日を期限としました")
    } else if has(DueWord::CalendarYear) {
        DueReading::assumed(raw, format!("{}-12-31", year.0), "その年の終わりの日を期限としました")
    } else if has(DueWord::YearEnd) {
        DueReading::read(raw, year_end(year))
    } else if has(DueWord::YearWithin) {
        DueReading::assumed(raw, year_end(year), "年度の終わりの日を期限としました")
    } else {
        DueReading::unread(raw, "期限として読めません")
    }
}

/// The due words that a text consists of; an empty text of none.
fn words(text: &str, vocabulary: &Vocabulary) -> Option<Vec<DueWord>> {
    if text.is_empty() { Some(Vec::new()) } else { segment(text, |word| vocabulary.due.get(word).copied()) }
}

#[cfg(test)]
mod tests;
