//! An indicator's figures as reports print them, and whether two of them say the same.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::Today;
use crate::model::fiscal::{FiscalYear, Span};
use crate::model::indicator::{Figure, Indicator, IndicatorSource, Kind, Slot};
use crate::model::memory::Amount;
use crate::model::quantity::{Bound, State};

/// A figure with the source that it stands in. The number tells cells of one slot in one source apart.
pub type Printed<'m> = BTreeMap<(Slot, usize), Told<'m>>;

/// A figure and its source.
#[derive(Debug, Clone, Copy)]
pub struct Told<'m> {
    /// The figure.
    pub figure: &'m Figure,
    /// The source that it stands in.
    pub source: &'m IndicatorSource,
}

impl Told<'_> {
    /// The figure with all that printing it needs.
    pub fn amount(&self) -> Amount {
        let Figure { state, quantity, decimals, place, .. } = self.figure;
        Amount {
            state: *state,
            quantity: quantity.clone().filter(|_| *state == State::Value),
            unit: unit(self.source).to_owned(),
            decimals: *decimals,
            raw: self.figure.said().to_owned(),
            place: place.clone(),
        }
    }
}

fn unit(source: &IndicatorSource) -> &str {
    source.unit.as_ref().map_or("", |unit| unit.0.as_str())
}

/// What reports print of an indicator: the primary source's figures, and the other sources' where it has none.
pub fn printed(indicator: &Indicator) -> Printed<'_> {
    let mut printed = Printed::new();
    let primary = indicator.sources.get(indicator.primary);
    for source in primary.into_iter().chain(&indicator.sources) {
        let taken: BTreeSet<Slot> = printed.keys().map(|(slot, _)| *slot).collect();
        let own = of_source(source);
        printed.extend(own.into_iter().filter(|((slot, _), _)| !taken.contains(slot)));
    }
    printed
}

/// The figures of one source.
pub fn of_source(source: &IndicatorSource) -> Printed<'_> {
    let mut figures = Printed::new();
    for figure in &source.figures {
        let slot = figure.slot();
        let number = figures.range((slot, 0)..=(slot, usize::MAX)).count();
        figures.insert((slot, number), Told { figure, source });
    }
    figures
}

/// What a figure says, whatever its unit's size, its number format and its spelling.
pub type Content = (State, Option<(Decimal, Option<Decimal>, Option<Bound>)>);

/// The normalised content of a figure.
pub fn content(told: &Told, today: &Today) -> Content {
    let scaled = |value: Decimal| today.scaled(value, unit(told.source));
    let quantity = told.figure.quantity.as_ref().filter(|_| told.figure.state == State::Value);
    (told.figure.state, quantity.map(|q| (scaled(q.value), q.high.map(scaled), q.bound)))
}

/// The normalised content of all that is printed of an indicator.
pub fn contents(printed: &Printed, today: &Today) -> BTreeMap<(Slot, usize), Content> {
    printed.iter().map(|(key, told)| (*key, content(told, today))).collect()
}

/// The year and the month of the year (April is 1) in which a slot ends; later figures are newer.
pub fn end(slot: &Slot) -> (Option<FiscalYear>, u8) {
    let month = match slot.span {
        Span::Q1 => 3,
        Span::H1 | Span::Q2 => 6,
        Span::Q3 => 9,
        Span::Year | Span::H2 | Span::Q4 => 12,
        Span::Month => slot.month.map_or(12, |month| (month + 8) % 12 + 1),
    };
    (slot.fiscal_year, month)
}

/// The newest actual figure with a value; where there is none, the newest baseline.
pub fn newest<'p, 'm>(printed: &'p Printed<'m>) -> Option<(Slot, &'p Told<'m>)> {
    let of = |kind: Kind| {
        let known =
            printed.iter().filter(move |((slot, _), t)| slot.kind == kind && t.figure.state == State::Value);
        known.max_by_key(|((slot, _), _)| (end(slot), slot.basis)).map(|((slot, _), told)| (*slot, told))
    };
    of(Kind::Actual).or_else(|| of(Kind::Baseline))
}
