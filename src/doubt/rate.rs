//! A rate held against the two figures that it divides.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::indicator::Polarity;
use crate::normalise::vocabulary::Rate;

/// A figure of a quotient, with what its rounding may hide on either side.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// The value.
    pub value: Decimal,
    /// Half of its last digit, where that may be rounded; else 0.
    pub slack: Decimal,
}

/// The figures that a rate is made from.
#[derive(Debug, Clone, Copy)]
pub struct Parts {
    /// The actual figure.
    pub actual: Part,
    /// The target, or the figure of the year before.
    pub other: Part,
    /// Where the way to the target starts.
    pub baseline: Option<Part>,
    /// Which way is better, where somebody said.
    pub polarity: Option<Polarity>,
}

/// The rate as the sheet states it.
#[derive(Debug, Clone, Copy)]
pub struct Stated {
    /// Its value: in percent where it shows %, else as it stands.
    pub value: Decimal,
    /// Decimals that the sheet shows.
    pub decimals: u32,
    /// It is surely in percent; else it may be a fraction of 1.
    pub percent: bool,
}

/// Whether a stated rate follows from its figures in any of the ways in which city halls compute it, rounded either
/// way. Where not, what the plain quotient is, in percent with one decimal.
pub fn agrees(rate: Rate, stated: Stated, parts: &Parts) -> Result<(), Decimal> {
    let Some(plain) = quotient(parts.actual.value, parts.other.value) else { return Ok(()) };
    let forms = forms(rate, parts);
    let counted = if parts.polarity == Some(Polarity::Decrease) { forms.len() } else { 1 };
    let capped = matches!(rate, Rate::Achievement | Rate::Progress)
        && forms.iter().take(counted).any(|(_, high)| *high >= Decimal::ONE_HUNDRED)
        && (stated.value == Decimal::ONE_HUNDRED || !stated.percent && stated.value == Decimal::ONE);
    // 前年度比 △2: what was added or taken away, not a share.
    let added = matches!(rate, Rate::Comparison | Rate::Previous)
        && !stated.percent
        && fits_exactly(minus(parts.actual, parts.other), stated);
    if capped || added || forms.iter().any(|form| fits(*form, stated)) {
        return Ok(());
    }
    Err(plain.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero))
}

/// Between what a rate may lie, in percent.
type Form = (Decimal, Decimal);

fn forms(rate: Rate, parts: &Parts) -> Vec<Form> {
    let Parts { actual, other, baseline, polarity } = *parts;
    let mut forms = vec![divided(actual, other)];
    match rate {
        Rate::Comparison | Rate::Previous => forms.push(divided(minus(actual, other), other)),
        Rate::Achievement | Rate::Progress => {
            if polarity != Some(Polarity::Increase) {
                forms.push(divided(other, actual));
                // 2 - actual / target: twice the target less the actual figure, by the target.
                let below = minus(other, actual);
                forms.push(divided(Part { value: other.value.saturating_add(below.value), ..below }, other));
            }
            if let Some(baseline) = baseline {
                forms.push(divided(minus(actual, baseline), minus(other, baseline)));
            }
        }
    }
    forms.into_iter().flatten().collect()
}

fn minus(a: Part, b: Part) -> Part {
    Part { value: a.value.saturating_sub(b.value), slack: a.slack.saturating_add(b.slack) }
}

/// The least and the most that a quotient may be; `None` where the divisor may be 0.
fn divided(a: Part, b: Part) -> Option<Form> {
    if b.value.abs() <= b.slack {
        return None;
    }
    let ends = |part: Part| [part.value.saturating_sub(part.slack), part.value.saturating_add(part.slack)];
    let quotients: Option<Vec<Decimal>> =
        ends(a).into_iter().flat_map(|a| ends(b).map(|b| quotient(a, b))).collect();
    let quotients = quotients?;
    Some((*quotients.iter().min()?, *quotients.iter().max()?))
}

fn quotient(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_div(b)?.checked_mul(Decimal::ONE_HUNDRED)
}

/// Whether a stated number is a difference, rounded either way.
fn fits_exactly(difference: Part, stated: Stated) -> bool {
    let last = Decimal::try_new(1, stated.decimals.min(20)).unwrap_or_default();
    let off = stated.value.saturating_sub(difference.value).abs();
    off <= difference.slack || off < last
}

/// Within one in the last digit that is shown: rounded up, down or to the nearest.
fn fits((low, high): Form, stated: Stated) -> bool {
    let last = Decimal::try_new(1, stated.decimals.min(20)).unwrap_or_default();
    let near = |value: Decimal, last: Decimal| {
        value >= low.saturating_sub(last) && value <= high.saturating_add(last)
    };
    let fraction = || {
        // Of whole numbers only an exact one can be a fraction of 1.
        let last = if stated.decimals == 0 { Decimal::ZERO } else { last };
        let hundred = |value: Decimal| value.checked_mul(Decimal::ONE_HUNDRED);
        hundred(stated.value).zip(hundred(last)).is_some_and(|(value, last)| near(value, last))
    };
    near(stated.value, last) || !stated.percent && fraction()
}
