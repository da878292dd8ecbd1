//! Finding years, months and days at one place of a text.

use std::ops::RangeInclusive;

use chrono::Datelike;

use super::super::text::key;
use super::{Moment, Year, nearest_year};
use crate::model::fiscal::{Era, Eras, FiscalYear};

/// Western years that a bare four-digit number may mean.
const WESTERN: RangeInclusive<i32> = 1850..=2150;

/// A text in key form, looked at from any index.
pub(super) struct Scan<'a> {
    pub chars: &'a [char],
    pub hint: Option<FiscalYear>,
    pub eras: &'a Eras,
    pub names: Vec<EraName>,
}

/// One way to write an era.
pub(super) struct EraName {
    /// In key form.
    key: String,
    /// It is a Latin letter.
    letter: bool,
    /// The Western year of its year 1.
    first: i32,
}

/// All ways to write the eras.
pub(super) fn era_names(eras: &Eras) -> Vec<EraName> {
    let of = |era: &Era| {
        let first = era.first_day.year();
        [(&era.name, false), (&era.short, false), (&era.letter, true)].map(|(name, letter)| EraName {
            key: key(name),
            letter,
            first,
        })
    };
    eras.0.iter().flat_map(of).collect()
}

/// The digit that a kanji is.
pub(super) fn kanji_digit(c: char) -> Option<u32> {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    digits.iter().position(|digit| *digit == c).and_then(|digit| u32::try_from(digit).ok())
}

impl Scan<'_> {
    fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).copied()
    }

    fn before(&self, index: usize) -> Option<char> {
        self.at(index.checked_sub(1)?)
    }

    /// Up to `most` digits that no further digit follows, with the index behind them.
    fn digits(&self, from: usize, most: usize) -> Option<(u32, usize)> {
        let text: String = self.chars.iter().skip(from).take_while(|c| c.is_ascii_digit()).collect();
        if text.is_empty() || text.len() > most {
            return None;
        }
        Some((text.parse().ok()?, from + text.len()))
    }

    fn starts(&self, from: usize, word: &str) -> Option<usize> {
        let mut index = from;
        for c in word.chars() {
            if self.at(index)? != c {
                return None;
            }
            index += 1;
        }
        Some(index)
    }

    /// The moment that starts at an index.
    pub fn moment(&self, start: usize) -> Option<Moment> {
        if let Some(moment) = self.year_at(start).and_then(|(year, at)| self.with_year(start, year, at)) {
            return Some(moment);
        }
        if self.before(start).is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/')) {
            return None;
        }
        let (month, at) = self.month_word(start)?;
        Some(self.with_day(start, None, month, at))
    }

    /// `12月`, not followed by 間.
    fn month_word(&self, from: usize) -> Option<(u8, usize)> {
        self.month(self.digits(from, 2)?)
    }

    fn month(&self, (month, at): (u32, usize)) -> Option<(u8, usize)> {
        let at = self.starts(at, "月")?;
        let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        if self.at(at) == Some('間') { None } else { Some((month, at)) }
    }

    fn with_year(&self, start: usize, mut year: Year, at: usize) -> Option<Moment> {
        if let Some(behind) = self.starts(at, "年度") {
            year.fiscal = true;
            return if self.counts_years(behind) { None } else { Some(self.in_year(start, year, behind)) };
        }
        if let Some(behind) = self.starts(at, "年") {
            return if self.counts_years(behind) || self.at(behind) == Some('以') {
                None
            } else {
                Some(self.in_year(start, year, behind))
            };
        }
        let separator = self.at(at).filter(|c| matches!(c, '.' | '/' | '-'));
        if let Some(separator) = separator
            && self.at(at + 1).is_some_and(|c| c.is_ascii_digit())
        {
            let dated = self.with_numbers(start, year.clone(), separator, at + 1);
            // 2021-2025: the dash joins two years.
            return dated.or_else(|| (separator == '-').then(|| self.in_year(start, year, at)));
        }
        Some(self.in_year(start, year, at))
    }

    /// 3年目, 5年間: a count of years. 3年度目標 is none.
    fn counts_years(&self, at: usize) -> bool {
        match self.at(at) {
            Some('間') => true,
            Some('目') => {
                !self.at(at + 1).is_some_and(|c| matches!(c, '標' | '的' | '途' | '安' | '処' | '指'))
            }
            _ => false,
        }
    }

    /// Behind a year (and 年, 年度): a month, 末, or nothing.
    fn in_year(&self, start: usize, year: Year, at: usize) -> Moment {
        // Stacked headers and titles put の or a space between year and month.
        let kanji = || self.kanji(at).and_then(|month| self.month(month));
        if let Some((month, behind)) = self.month_word(at).or_else(kanji) {
            return self.with_day(start, Some(year), month, behind);
        }
        let ending = self.starts(at, "末");
        let month = (ending.is_some() && !year.fiscal && self.before(at) == Some('年')).then_some(12);
        Moment {
            start,
            end: ending.unwrap_or(at),
            year: Some(year),
            month,
            day: None,
            ending: ending.is_some(),
        }
    }

    /// `R3.6.30`, `2021/12`: numbers behind a year.
    fn with_numbers(&self, start: usize, year: Year, separator: char, from: usize) -> Option<Moment> {
        let (month, at) = self.digits(from, 2)?;
        let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        let day = self.starts(at, &separator.to_string()).and_then(|behind| self.digits(behind, 2));
        if let Some((day, behind)) = day {
            let day = u8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
            return Some(Moment {
                start,
                end: behind,
                year: Some(year),
                month: Some(month),
                day: Some(day),
                ending: false,
            });
        }
        let at = self.starts(at, "月").unwrap_or(at);
        Some(self.with_day(start, Some(year), month, at))
    }

    /// Behind a month: a day, 末, or nothing.
    fn with_day(&self, start: usize, year: Option<Year>, month: u8, at: usize) -> Moment {
        let kanji = || self.kanji(at).filter(|_| year.is_some());
        let day = self.digits(at, 2).or_else(kanji);
        let day = day.and_then(|(day, behind)| Some((day, self.starts(behind, "日")?)));
        let (day, end) = match day {
            Some((day, behind)) if (1..=31).contains(&day) => (u8::try_from(day).ok(), behind),
            _ => (None, at),
        };
        let ending =
            if day.is_none() { self.starts(end, "末日").or_else(|| self.starts(end, "末")) } else { None };
        Moment { start, end: ending.unwrap_or(end), year, month: Some(month), day, ending: ending.is_some() }
    }

    fn year_at(&self, start: usize) -> Option<(Year, usize)> {
        let inside_word =
            self.before(start).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ','));
        if inside_word {
            return None;
        }
        self.era_year(start).or_else(|| self.western_year(start)).or_else(|| self.bare_year(start))
    }

    /// 令和3, 令和元, 令3, R3, R元, R.3.
    fn era_year(&self, start: usize) -> Option<(Year, usize)> {
        for EraName { key, letter, first } in &self.names {
            let Some(mut at) = self.starts(start, key) else { continue };
            if *letter && self.at(at) == Some('.') {
                at += 1;
            }
            let Some((number, behind)) = self.era_number(at) else { continue };
            // H1N1 is no year.
            if *letter && self.at(behind) == Some('n') {
                continue;
            }
            return Some((Year { western: first + number - 1, fiscal: false, assumed: None }, behind));
        }
        None
    }

    fn era_number(&self, at: usize) -> Option<(i32, usize)> {
        if let Some(behind) = self.starts(at, "元") {
            return Some((1, behind));
        }
        // 令和一号 is no year: behind a number in kanji stands 年.
        let kanji = || self.kanji(at).filter(|(_, behind)| self.at(*behind) == Some('年'));
        let (number, behind) = self.digits(at, 2).or_else(kanji)?;
        if number == 0 { None } else { Some((i32::try_from(number).ok()?, behind)) }
    }

    /// 三, 十二, 二十九, 二九: a number below 100 in kanji, with the index behind it.
    fn kanji(&self, from: usize) -> Option<(u32, usize)> {
        let text: Vec<char> = self
            .chars
            .iter()
            .skip(from)
            .copied()
            .take_while(|c| kanji_digit(*c).is_some() || *c == '十')
            .collect();
        let number = match *text.as_slice() {
            ['十'] => 10,
            ['十', one] => 10 + kanji_digit(one)?,
            [ten, '十'] => kanji_digit(ten)? * 10,
            [ten, '十', one] | [ten, one] => kanji_digit(ten)? * 10 + kanji_digit(one)?,
            [one] => kanji_digit(one)?,
            _ => return None,
        };
        Some((number, from + text.len()))
    }

    /// 2021, 西暦2021, FY2021, '21.
    fn western_year(&self, start: usize) -> Option<(Year, usize)> {
        let year = |western, fiscal| Year { western, fiscal, assumed: None };
        if let Some(at) = self.starts(start, "'").or_else(|| self.starts(start, "’")) {
            let (number, behind) = self.digits(at, 2).filter(|(_, behind)| behind - at == 2)?;
            return Some((year(2000 + i32::try_from(number).ok()?, false), behind));
        }
        let fiscal = self.starts(start, "fy");
        if let Some((number, behind)) = fiscal.and_then(|at| self.digits(at, 2)) {
            return Some((year(2000 + i32::try_from(number).ok()?, true), behind));
        }
        let at = fiscal.or_else(|| self.starts(start, "西暦")).unwrap_or(start);
        let (number, behind) = self.digits(at, 4)?;
        let western = i32::try_from(number).ok().filter(|number| WESTERN.contains(number))?;
        let mut year = year(western, fiscal.is_some());
        // 総合計画2030 may be a plan's name.
        let named = at == start && self.before(start).is_some_and(char::is_alphabetic);
        if named && self.at(behind) != Some('年') {
            year.assumed = Some(format!("「{western}」を年度と読みました"));
        }
        if self.at(behind) == Some(',') { None } else { Some((year, behind)) }
    }

    /// 29年度, 29年12月: the era is an assumption.
    fn bare_year(&self, start: usize) -> Option<(Year, usize)> {
        let (number, behind) = self.digits(start, 2)?;
        let with_month = self.starts(behind, "年").is_some_and(|at| self.month_word(at).is_some());
        if self.starts(behind, "年度").is_none() && !with_month {
            return None;
        }
        let western = nearest_year(number, self.hint, self.eras)?;
        let assumed = format!("「{number}年」に元号がないため、{western}年と読みました");
        Some((Year { western, fiscal: false, assumed: Some(assumed) }, behind))
    }
}
