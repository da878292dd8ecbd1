//! Dates and times under a section.

use rust_decimal::Decimal;

use super::Calendar;
use super::calendar::Moment;
use super::layout::push_numeral;
use super::numerals::spoken;
use super::parse::{Language, Section};
use super::tables::TABLES;
use super::token::{Part, Token};

/// What a serial shows; `None` where Excel's calendar has no such day.
pub fn shown(section: &Section, serial: Decimal, calendar: Calendar) -> Option<String> {
    let parts =
        || section.tokens.iter().filter_map(|t| if let Token::Date(part) = t { Some(*part) } else { None });
    let places = parts().map(|part| if let Part::Fraction(n) = part { n } else { 0 }).max().unwrap_or(0);
    let seconds_shown = parts().any(|part| matches!(part, Part::Second(_) | Part::ElapsedSeconds(_)));
    let places = u32::try_from(places).unwrap_or(0).min(9);
    let moment = Moment::of(serial, calendar.date1904, places, seconds_shown)?;
    let half_day = parts().any(|part| matches!(part, Part::AmPm | Part::AP | Part::Gozen));
    let writer = Writer { section, moment, calendar, half_day };

    let mut out = String::new();
    for token in &section.tokens {
        match token {
            Token::Date(part) => out.push_str(&writer.part(*part)),
            Token::Literal(text) => out.push_str(text),
            Token::Comma => out.push(','),
            Token::Point => out.push('.'),
            Token::Percent => out.push('%'),
            Token::Slash => out.push('/'),
            Token::Denominator(number) => out.push_str(&number.to_string()),
            Token::Digit('0') => out.push('0'),
            _ => {}
        }
    }
    Some(out)
}

struct Writer<'a> {
    section: &'a Section,
    moment: Moment,
    calendar: Calendar<'a>,
    half_day: bool,
}

impl Writer<'_> {
    fn part(&self, part: Part) -> String {
        let moment = &self.moment;
        match part {
            Part::Year(count) if count <= 2 => self.digits(i64::from(moment.year.rem_euclid(100)), 2),
            Part::Year(_) => self.digits(i64::from(moment.year), 4),
            Part::Month(count) => self.month(count),
            Part::Day(count @ 1..=2) => self.clock(i64::from(moment.day), count),
            Part::Day(count) => self.weekday(count),
            Part::Weekday(count) => weekday_ja(moment.weekday, count >= 4),
            Part::Era(count) => self.era(count),
            Part::EraYear(count) => self.era_year(count),
            Part::EraAndYear => format!("{}{}", self.era(3), self.era_year(2)),
            Part::Hour(count) => self.clock(self.hour(), count),
            Part::Minute(count) => self.clock(moment.second / 60 % 60, count),
            Part::Second(count) => self.clock(moment.second % 60, count),
            Part::Fraction(count) => {
                let text = format!("{:.count$}", moment.part);
                text.get(1..).unwrap_or_default().to_owned()
            }
            Part::AmPm if self.section.language == Language::Japanese => self.gozen(),
            Part::AmPm => (if self.morning() { "AM" } else { "PM" }).to_owned(),
            Part::AP => (if self.morning() { "A" } else { "P" }).to_owned(),
            Part::Gozen => self.gozen(),
            Part::ElapsedHours(count) => self.digits(moment.elapsed / 3600, count),
            Part::ElapsedMinutes(count) => self.digits(moment.elapsed / 60, count),
            Part::ElapsedSeconds(count) => self.digits(moment.elapsed, count),
        }
    }

    fn morning(&self) -> bool {
        self.moment.second < 12 * 3600
    }

    fn gozen(&self) -> String {
        (if self.morning() { "午前" } else { "午後" }).to_owned()
    }

    fn hour(&self) -> i64 {
        let hour = self.moment.second / 3600;
        if !self.half_day {
            hour
        } else if hour % 12 == 0 {
            12
        } else {
            hour % 12
        }
    }

    /// A number of `width` digits at least, digit by digit in the section's numerals: 二〇二一.
    fn digits(&self, number: i64, width: usize) -> String {
        let mut out = String::new();
        format!("{number:0width$}").chars().for_each(|c| push_numeral(&mut out, c, self.section.numerals));
        out
    }

    /// A number of a calendar or clock, written out where the section has kanji numerals: 三十一.
    fn clock(&self, number: i64, width: usize) -> String {
        let kanji = (1..=2).contains(&self.section.numerals);
        let spoken = if kanji { spoken(&number.to_string(), self.section.numerals) } else { None };
        spoken.unwrap_or_else(|| self.digits(number, width))
    }

    fn month(&self, count: usize) -> String {
        let month = self.moment.month;
        if count <= 2 {
            return self.clock(i64::from(month), count);
        }
        if self.section.language == Language::Japanese {
            let number = self.digits(i64::from(month), 1);
            return match count {
                3 => number,
                4 => format!("{number}月"),
                _ => number.chars().take(1).collect(),
            };
        }
        let index = usize::try_from(month).unwrap_or(1).saturating_sub(1);
        let name = TABLES.names.months.get(index).map_or("", String::as_str);
        name.chars()
            .take(if count == 3 {
                3
            } else if count == 4 {
                usize::MAX
            } else {
                1
            })
            .collect()
    }

    fn weekday(&self, count: usize) -> String {
        if self.section.language == Language::Japanese {
            return weekday_ja(self.moment.weekday, count >= 4);
        }
        let name = TABLES.names.weekdays.get(self.moment.weekday).map_or("", String::as_str);
        name.chars().take(if count == 3 { 3 } else { usize::MAX }).collect()
    }

    fn era(&self, count: usize) -> String {
        if self.section.language == Language::Other {
            return String::new();
        }
        let Some((era, _)) = self.moment.date.and_then(|day| self.calendar.eras.of(day)) else {
            return String::new();
        };
        match count {
            1 => era.letter.clone(),
            2 => era.short.clone(),
            _ => era.name.clone(),
        }
    }

    fn era_year(&self, count: usize) -> String {
        let western = i64::from(self.moment.year);
        if self.section.language == Language::Other {
            return self.digits(western, 4);
        }
        let year =
            self.moment.date.and_then(|day| self.calendar.eras.of(day)).map(|(_, year)| i64::from(year));
        match year {
            Some(1) if self.section.gannen => "元".to_owned(),
            Some(year) => self.clock(year, count),
            None => self.digits(western, 4),
        }
    }
}

/// 水 or 水曜日.
fn weekday_ja(weekday: usize, long: bool) -> String {
    let name = TABLES.names.weekdays_ja.get(weekday).map_or("", String::as_str);
    format!("{name}{}", if long { "曜日" } else { "" })
}
