//! Number formats: what Excel shows for a value under a format code.
//!
//! Everything is done on exact decimals and rounds half away from zero. The `ssfmt` crate was tried first; eras,
//! weekdays, `[DBNum…]`, scaling and rounding would all have stood in front of it, so that nothing of it was left.

mod calendar;
mod date;
mod fraction;
mod general;
mod layout;
mod numerals;
mod numeric;
mod parse;
mod tables;
mod token;

use std::borrow::Cow;

use rust_decimal::Decimal;

pub use calendar::{moment, serial};
pub use general::{general, general_f64};

use crate::model::fiscal::Eras;
use parse::{Compare, Section};
use tables::TABLES;
use token::Token;

/// What stands in a cell whose date cannot be shown.
const OUT_OF_RANGE: &str = "########";

/// What a workbook says for all its cells.
#[derive(Debug, Clone, Copy)]
pub struct Calendar<'a> {
    /// Serial 0 is 1904-01-01 instead of 1899-12-31.
    pub date1904: bool,
    /// The eras for `g` and `e`.
    pub eras: &'a Eras,
}

/// A number format, taken apart once for all cells that use it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Code {
    numbers: Vec<Section>,
    text: Option<Section>,
}

impl Code {
    /// Takes a code apart. Never fails: what means nothing is written as it stands, as Excel does.
    pub fn parse(code: &str) -> Self {
        if code.is_empty() {
            return Self::default();
        }
        let mut numbers = parse::sections(code);
        let is_text = numbers.len() == 4 || numbers.last().is_some_and(Section::has_text);
        let text = if is_text { numbers.pop() } else { None };
        Self { numbers, text }
    }

    /// The code of a built-in format in the Japanese Excel; empty for General.
    pub fn builtin(id: u32) -> &'static str {
        TABLES.builtin(id).unwrap_or_default()
    }

    /// Whether a number of this value is shown as a date or a time.
    pub fn is_date(&self, value: Decimal) -> bool {
        self.choose(value).is_some_and(|(section, _)| section.is_date())
    }

    /// What a number shows.
    pub fn number(&self, value: Decimal, calendar: Calendar) -> String {
        let Some((section, unsigned)) = self.choose(value) else {
            return match &self.text {
                Some(text) if self.numbers.is_empty() => fill(text, &general(value)),
                _ => general(value),
            };
        };
        if section.is_date() {
            return date::shown(section, value, calendar).unwrap_or_else(|| OUT_OF_RANGE.to_owned());
        }
        numeric::shown(section, value, unsigned)
    }

    /// What a text shows.
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.text.as_ref().map_or(Cow::Borrowed(text), |section| Cow::Owned(fill(section, text)))
    }

    /// The section for a value, and whether the section itself stands for the minus sign.
    fn choose(&self, value: Decimal) -> Option<(&Section, bool)> {
        let sections = &self.numbers;
        if sections.iter().any(|section| section.condition.is_some()) {
            return self.choose_by_condition(value);
        }
        match sections.len() {
            0 => None,
            1 => sections.first().map(|section| (section, false)),
            2 => sections
                .get(usize::from(value < Decimal::ZERO))
                .map(|section| (section, value < Decimal::ZERO)),
            _ if value < Decimal::ZERO => sections.get(1).map(|section| (section, true)),
            _ => sections.get(if value.is_zero() { 2 } else { 0 }).map(|section| (section, false)),
        }
    }

    fn choose_by_condition(&self, value: Decimal) -> Option<(&Section, bool)> {
        let zero = Decimal::ZERO;
        let first = self.numbers.first()?;
        let Some(second) = self.numbers.get(1) else {
            return first.condition.is_none_or(|c| c.holds(value)).then_some((first, false));
        };
        let negative_only = |section: &Section| {
            section
                .condition
                .is_some_and(|c| c.limit.is_zero() && matches!(c.compare, Compare::Less | Compare::AtMost))
        };
        let first_holds = match first.condition {
            Some(condition) => condition.holds(value),
            None => value > zero || value.is_zero() && self.numbers.len() == 2,
        };
        if first_holds {
            return Some((first, negative_only(first)));
        }
        // What is left for the others is negative where the first took all that is not.
        let covers = |section: &Section| {
            section
                .condition
                .is_none_or(|c| c.limit.is_zero() && matches!(c.compare, Compare::More | Compare::AtLeast))
        };
        let Some(third) = self.numbers.get(2) else {
            let holds = second.condition.is_none_or(|c| c.holds(value));
            return holds.then_some((second, covers(first) || negative_only(second)));
        };
        if second.condition.map_or(value < zero, |c| c.holds(value)) {
            return Some((second, second.condition.is_none() || negative_only(second)));
        }
        Some((third, covers(first) || covers(second)))
    }
}

/// Writes a text section around a text.
fn fill(section: &Section, text: &str) -> String {
    let mut out = String::new();
    for token in &section.tokens {
        match token {
            Token::Text | Token::General => out.push_str(text),
            Token::Literal(literal) => out.push_str(literal),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
pub(super) mod tests;
