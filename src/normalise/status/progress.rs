//! Progress (進捗率), in percent.

use rust_decimal::Decimal;

use super::super::quantity::{read_cell, read_quantity};
use super::super::text::{key, split_brackets};
use super::super::vocabulary::Vocabulary;
use crate::model::quantity::{Confidence, State, Unit};
use crate::model::sheet::{Cell, Value};

/// A progress cell as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressReading {
    /// In percent; `None` for a mark for none and for what could not be read.
    pub percent: Option<Decimal>,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// In Japanese: what was assumed, or why it is unread.
    pub assumption: Option<String>,
}

impl ProgressReading {
    fn assumed(percent: Decimal, what: impl Into<String>) -> Self {
        Self {
            percent: Some(percent.normalize()),
            confidence: Confidence::Assumed,
            assumption: Some(what.into()),
        }
    }

    fn unread(why: impl Into<String>) -> Self {
        Self { percent: None, confidence: Confidence::Unread, assumption: Some(why.into()) }
    }
}

/// Reads a progress cell: `60%`, 0.6 shown as `60%`, `３割`, `6/10`. A bare number from 1 on is taken for percent,
/// one below 1 for a share, both as an assumption.
///
/// `unit` is the one that the header says.
pub fn read_progress(cell: &Cell, unit: Option<&Unit>, vocabulary: &Vocabulary) -> ProgressReading {
    if let Value::Text(text) = &cell.value
        && let Some(reading) = fraction(text)
    {
        return reading;
    }
    let reading = match &cell.value {
        // A bracketed note (60%（見込）) is read like any figure's.
        Value::Text(text) => read_quantity(text, vocabulary),
        _ => read_cell(cell, None, vocabulary),
    };
    let Some(quantity) = reading.quantity.filter(|_| reading.state == State::Value) else {
        let confidence = reading.confidence;
        return ProgressReading { percent: None, confidence, assumption: reading.assumption };
    };
    if quantity.high.is_some() || reading.unit.as_ref().is_some_and(|unit| !unit.is_percent()) {
        return ProgressReading::unread("進捗率として読めません");
    }
    let value = quantity.value;
    // A share under a header in percent stays in doubt: 0.6 may be 60 %.
    let told = unit.is_some_and(Unit::is_percent) && (value.is_zero() || value > Decimal::ONE);
    if reading.percent || told {
        let bound = quantity.bound.map(|_| "以上・約などの言葉を除いて進捗率を読みました".to_owned());
        let assumption = reading.assumption.or(bound);
        let confidence = if assumption.is_some() { Confidence::Assumed } else { Confidence::Read };
        return ProgressReading { percent: Some(value), confidence, assumption };
    }
    if value.is_zero() {
        return ProgressReading { percent: Some(value), confidence: Confidence::Read, assumption: None };
    }
    if value < Decimal::ZERO || value > Decimal::from(200) {
        return ProgressReading::unread("進捗率として読めません");
    }
    if value < Decimal::ONE {
        let percent = value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value);
        return ProgressReading::assumed(percent, format!("％がないため、{value}を割合とみなしました"));
    }
    if value == Decimal::ONE {
        return ProgressReading::unread("1が1％か100％か判断できません");
    }
    ProgressReading::assumed(value, format!("％がないため、{value}を百分率とみなしました"))
}

/// `6/10`, `6／10件`.
fn fraction(text: &str) -> Option<ProgressReading> {
    let key = key(&split_brackets(text).0);
    let (done, all) = key.split_once('/')?;
    let number = |text: &str| text.parse::<u32>().ok().map(Decimal::from);
    let (done, all) =
        (number(done)?, number(all.trim_end_matches(['件', '回', '箇', '所', '人', '項', '目']))?);
    if all.is_zero() || done > all {
        return Some(ProgressReading::unread("進捗率として読めません"));
    }
    let percent = done.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(all)?;
    Some(ProgressReading::assumed(percent, format!("「{key}」を割って進捗率としました")))
}
