//! A 0 among figures that are all far from it may stand for a blank.

use rust_decimal::Decimal;

use super::{Grounds, Valued, comparable, draft, is_percent, is_told};
use crate::finding::{Code, Draft};
use crate::model::indicator::{IndicatorSource, Kind, Polarity};
use crate::normalise::vocabulary::Threshold;

/// At most one doubt for each stretch of time, on its first such 0.
pub fn doubts(source: &IndicatorSource, grounds: &Grounds) -> Vec<Draft> {
    comparable(source).iter().filter_map(|figures| doubt(source, figures, grounds)).collect()
}

fn doubt(source: &IndicatorSource, figures: &[Valued], grounds: &Grounds) -> Option<Draft> {
    let (zeros, others): (Vec<&Valued>, Vec<&Valued>) = figures.iter().partition(|v| v.value.is_zero());
    let vocabulary = grounds.vocabulary;
    let far = if is_percent(source) { Threshold::ZeroFarPercent } else { Threshold::ZeroFar };
    let far = vocabulary.threshold(far);
    let enough = Decimal::from(others.len()) >= vocabulary.threshold(Threshold::ZeroOthers);
    // Half of the figures being 0 is how the indicator is.
    if !enough
        || !agree(&others, grounds)
        || zeros.len() >= others.len()
        || others.iter().any(|other| other.value < far)
    {
        return None;
    }
    let mut doubtful = zeros.into_iter().filter(|zero| is_doubtful(source, zero, &others, grounds));
    let first = doubtful.next()?;
    let before = others.iter().rev().find(|other| other.figure.fiscal_year < first.figure.fiscal_year);
    let beside = before.or(others.first())?;
    let draft = draft(Code::ZeroDoubtful, source, first.figure, beside.figure, grounds);
    let other = beside.figure.slot().label(&vocabulary.eras);
    let reason =
        format!("ほかの値（{other}「{}」など）は、どれも 0 から離れています。", beside.figure.raw.trim());
    let draft = draft.with("reason", reason);
    Some(doubtful.fold(draft, |draft, other| draft.related(&other.figure.place)))
}

/// A target of 0 is a wish, and what is to shrink may well reach it.
fn is_doubtful(source: &IndicatorSource, zero: &Valued, others: &[&Valued], grounds: &Grounds) -> bool {
    let figure = zero.figure;
    let ends = matches!(figure.kind, Kind::Actual | Kind::Forecast | Kind::Baseline);
    let running = ends && figure.fiscal_year.is_some_and(|year| year >= grounds.fiscal_year);
    match source.polarity {
        _ if is_told(figure) || begins(zero, others) => false,
        _ if running => true,
        Some(Polarity::Decrease) => false,
        Some(Polarity::Increase | Polarity::Maintain) => true,
        None => ends && !heads_down(zero, others, grounds),
    }
}

/// The other figures lie close together.
fn agree(others: &[&Valued], grounds: &Grounds) -> bool {
    let least = others.iter().map(|other| other.value).min();
    let most = others.iter().map(|other| other.value).max();
    let spread = grounds.vocabulary.threshold(Threshold::ZeroSpread);
    least.zip(most).is_some_and(|(least, most)| least.checked_mul(spread).is_some_and(|limit| most <= limit))
}

/// Those of the same kind before it fall from year to year, or the targets are lower than where they began.
fn heads_down(zero: &Valued, others: &[&Valued], grounds: &Grounds) -> bool {
    let before: Vec<Decimal> = others
        .iter()
        .filter(|o| o.figure.kind == zero.figure.kind && o.figure.fiscal_year < zero.figure.fiscal_year)
        .map(|other| other.value)
        .collect();
    let (Some(first), Some(last)) = (before.first(), before.last()) else { return false };
    let fallen = first.checked_mul(grounds.vocabulary.threshold(Threshold::Fallen));
    let falls = before.windows(2).all(|pair| matches!(pair, [a, b] if b < a));
    let mut wished = others.iter().filter(|other| other.figure.kind == Kind::Target);
    falls && fallen.is_some_and(|fallen| *last <= fallen) || wished.any(|wish| wish.value < *first)
}

/// Nothing stands before it but other zeros: what it counts had not begun.
fn begins(zero: &Valued, others: &[&Valued]) -> bool {
    let ends = |other: &&&Valued| other.figure.kind != Kind::Target;
    others.iter().filter(ends).all(|other| other.figure.fiscal_year > zero.figure.fiscal_year)
}
