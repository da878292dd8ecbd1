//! Years, months and days inside a text, as Japanese sheets write them.

mod scan;

use chrono::{Datelike, NaiveDate};

use scan::{Scan, era_names, kanji_digit};

use crate::model::fiscal::{Eras, FiscalYear, Period};

/// A year as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The Western year that it names.
    pub western: i32,
    /// 年度 stands behind it.
    pub fiscal: bool,
    /// In Japanese, what was assumed to read it (no era).
    pub assumed: Option<String>,
}

/// A point or stretch of time found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Index of its first character.
    pub start: usize,
    /// Index behind its last character.
    pub end: usize,
    /// Its year.
    pub year: Option<Year>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
    /// 末 stands behind it.
    pub ending: bool,
}

impl Moment {
    /// The fiscal year in which it falls: `R3.3末` → 2020, `令和3年度` → 2021.
    pub fn fiscal_year(&self) -> Option<FiscalYear> {
        let year = self.year.as_ref()?;
        let before_april = !year.fiscal && self.month.is_some_and(|month| month < 4);
        Some(FiscalYear(if before_april { year.western - 1 } else { year.western }))
    }

    /// The calendar month; without a year of its own, the one in a fiscal year.
    pub fn period(&self, context: Option<FiscalYear>) -> Option<Period> {
        let month = u32::from(self.month?);
        let year = match &self.year {
            Some(year) if !year.fiscal => year.western,
            Some(year) => calendar_year(year.western, month),
            None => calendar_year(context?.0, month),
        };
        Some(Period { year, month })
    }

    /// The day, where it is one or the end of a month (末).
    pub fn date(&self, context: Option<FiscalYear>) -> Option<NaiveDate> {
        let period = self.period(context)?;
        match self.day {
            Some(day) => NaiveDate::from_ymd_opt(period.year, period.month, u32::from(day)),
            None if self.ending => period.last_day(),
            None => None,
        }
    }
}

fn calendar_year(fiscal: i32, month: u32) -> i32 {
    if month < 4 { fiscal + 1 } else { fiscal }
}

/// Finds all moments of a text in key form, from left to right. `hint` is a fiscal year nearby, which tells the
/// era of `29年度`.
pub fn moments(text: &str, hint: Option<FiscalYear>, eras: &Eras) -> Vec<Moment> {
    // Every moment holds a number, or an era with 元 or a number in kanji; most texts hold none.
    let kanji = |c: char| c == '元' || kanji_digit(c).is_some() || c == '十';
    if !text.contains(|c: char| c.is_ascii_digit() || kanji(c)) {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().collect();
    // A bare number, as most cells of a sheet are, names no era.
    let bare = chars.iter().all(|c| c.is_ascii_digit() || c.is_ascii_punctuation());
    let names = if bare { Vec::new() } else { era_names(eras) };
    let scan = Scan { chars: &chars, hint, eras, names };
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if let Some(moment) = scan.moment(at) {
            at = moment.end;
            found.push(moment);
        } else {
            at += 1;
        }
    }
    found
}

/// A text in key form without the characters of its moments.
pub fn without(text: &str, found: &[Moment]) -> String {
    let inside = |at: usize| found.iter().any(|moment| (moment.start..moment.end).contains(&at));
    text.chars().enumerate().filter(|(at, _)| !inside(*at)).map(|(_, c)| c).collect()
}

/// A text in key form without the moments in it.
pub fn without_moments(text: &str, eras: &Eras) -> String {
    without(text, &moments(text, None, eras))
}

/// The year that a number without an era means beside `hint`: the nearest one; without a hint the one nearest to
/// the latest era's start. `None` where no era counts so far.
pub fn nearest_year(number: u32, hint: Option<FiscalYear>, eras: &Eras) -> Option<i32> {
    let number = i32::try_from(number).ok().filter(|n| (1..100).contains(n))?;
    let middle = hint.map_or_else(|| eras.0.last().map_or(2000, |era| era.first_day.year()), |year| year.0);
    let candidates = eras.0.iter().map(|era| era.first_day.year() + number - 1);
    candidates.min_by_key(|year| (year - middle).abs())
}
