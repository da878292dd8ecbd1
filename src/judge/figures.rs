//! Which of an indicator's figures are held against each other.

use rust_decimal::Decimal;

use super::rules::Pairing;
use crate::model::fiscal::{Basis, FiscalYear, Span};
use crate::model::indicator::{Figure, Indicator, IndicatorSource, Kind};
use crate::model::quantity::{Bound, Confidence, Quantity, State, Unit};
use crate::normalise::Vocabulary;
use crate::normalise::unit::convert;

/// One yearly figure of an indicator, in the indicator's unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The figure as its sheet has it.
    pub figure: Figure,
    /// Its fiscal year; only a baseline may lack one.
    pub year: Option<FiscalYear>,
    /// The value in the unit of [`Figures::unit`]; `None` where there is none or it does not convert.
    pub quantity: Option<Quantity>,
    /// There is a value, in a unit that cannot be compared.
    pub other_unit: bool,
}

impl Told {
    /// The value where it is one number: no range, no bound but 約.
    pub fn single(&self) -> Option<Decimal> {
        let quantity = self.quantity.as_ref()?;
        let plain = quantity.high.is_none() && matches!(quantity.bound, None | Some(Bound::About));
        plain.then_some(quantity.value)
    }
}

/// The yearly figures of an indicator, one for each kind and year: of the owning division's source, then of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    all: Vec<Told>,
    /// The unit that all values are in.
    pub unit: Option<Unit>,
    /// The month's fiscal year, which is not over.
    now: FiscalYear,
}

/// What a rule compares.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pair {
    /// The target, where there is one at all.
    pub target: Option<Told>,
    /// The actual that is judged.
    pub actual: Option<Told>,
    /// Years that were passed over, being pending: newest first.
    pub unsettled: Vec<Told>,
    /// A rule of one year found no year that has both.
    pub apart: bool,
}

impl Figures {
    /// The figures of an indicator in the fiscal year `now`. The order of its sources does not matter.
    pub fn of(indicator: &Indicator, now: FiscalYear, vocabulary: &Vocabulary) -> Self {
        let mut sources: Vec<&IndicatorSource> = indicator.sources.iter().collect();
        sources.sort_by_key(|source| (source.division.is_empty(), &source.place));
        let unit = sources.iter().find_map(|source| source.unit.clone());
        let mut all: Vec<Told> = Vec::new();
        for source in sources {
            let mut figures: Vec<&Figure> =
                source.figures.iter().filter(|figure| figure.span == Span::Year).collect();
            figures.sort_by_key(|figure| &figure.place);
            for figure in figures {
                let year = figure.fiscal_year;
                if (year.is_none() && figure.kind != Kind::Baseline)
                    || all.iter().any(|told| told.figure.kind == figure.kind && told.year == year)
                {
                    continue;
                }
                let quantity = figure.quantity.as_ref();
                let quantity =
                    quantity.and_then(|q| converted(q, source.unit.as_ref(), unit.as_ref(), vocabulary));
                let other_unit = figure.quantity.is_some() && quantity.is_none();
                all.push(Told { figure: figure.clone(), year, quantity, other_unit });
            }
        }
        all.sort_by_key(|told| (told.figure.kind, told.year));
        Self { all, unit, now }
    }

    /// The target and the actual that a rule compares; what is missing stays `None`.
    pub fn pair(&self, pairing: Pairing, use_last_settled: bool) -> Pair {
        let mut actuals: Vec<&Told> = self.actuals().collect();
        if pairing == Pairing::SameYear {
            actuals.retain(|actual| actual.year.is_some_and(|year| self.target_in(year).is_some()));
        }
        let newest = if use_last_settled {
            actuals.iter().position(|told| told.figure.state != State::Pending).unwrap_or(0)
        } else {
            0
        };
        let actual = actuals.get(newest).copied();
        let unsettled = actuals.iter().take(newest).map(|told| (*told).clone()).collect();
        let year = actual.and_then(|told| told.year);
        let target = match pairing {
            Pairing::SameYear => {
                year.and_then(|year| self.target_in(year)).or_else(|| self.next_target(None))
            }
            Pairing::Next => self.next_target(year),
            Pairing::Final => self.targets().last().filter(|told| told.year >= year),
        };
        let apart = pairing == Pairing::SameYear && actual.is_none();
        let actual = actual.or_else(|| self.actuals().next()).cloned();
        Pair { target: target.cloned(), actual, unsettled, apart }
    }

    /// The baseline for an actual: the newest 基準値 before it, else the oldest settled actual before it.
    pub fn baseline(&self, actual: &Told) -> Option<&Told> {
        let before = |told: &&Told| told.year.is_none_or(|year| Some(year) < actual.year);
        let with_value = |told: &&Told| told.single().is_some();
        let mut given = self.of_kind(Kind::Baseline).filter(before).filter(with_value);
        let mut first = self.of_kind(Kind::Actual).filter(before).filter(with_value);
        given.next_back().or_else(|| first.next())
    }

    fn of_kind(&self, kind: Kind) -> impl DoubleEndedIterator<Item = &Told> {
        self.all.iter().filter(move |told| told.figure.kind == kind)
    }

    /// Actuals, newest first. A year that is not over has none yet unless its cell holds a value for the whole year.
    fn actuals(&self) -> impl Iterator<Item = &Told> {
        let partial = |basis| matches!(basis, Some(Basis::Single | Basis::Cumulative));
        self.of_kind(Kind::Actual).rev().filter(move |told| {
            let over = told.year.is_some_and(|year| year < self.now);
            over || (told.figure.state == State::Value && !partial(told.figure.basis))
        })
    }

    /// Targets by year; a mark for none is no target.
    fn targets(&self) -> impl DoubleEndedIterator<Item = &Told> {
        let none = |state| matches!(state, State::Missing | State::NotApplicable);
        self.of_kind(Kind::Target).filter(move |told| !none(told.figure.state))
    }

    fn target_in(&self, year: FiscalYear) -> Option<&Told> {
        self.targets().find(|told| told.year == Some(year))
    }

    /// The first target of the month's year or later, and not before the actual's; else the first one not before it.
    fn next_target(&self, actual: Option<FiscalYear>) -> Option<&Told> {
        let mut later = self.targets().filter(|told| told.year >= Some(self.now) && told.year >= actual);
        later.next().or_else(|| self.targets().find(|told| told.year >= actual))
    }

    /// Whether a year is over; figures of one that is not are said to be so.
    pub fn is_over(&self, year: FiscalYear) -> bool {
        year < self.now
    }
}

/// A quantity in another unit; `None` where the two cannot be compared: a value without a unit beside one with a unit is
/// not known to be in it.
fn converted(
    quantity: &Quantity,
    from: Option<&Unit>,
    to: Option<&Unit>,
    vocabulary: &Vocabulary,
) -> Option<Quantity> {
    if from == to {
        return Some(quantity.clone());
    }
    let (from, to) = (from?, to?);
    let high = match quantity.high {
        Some(high) => Some(convert(high, from, to, vocabulary)?),
        None => None,
    };
    Some(Quantity { value: convert(quantity.value, from, to, vocabulary)?, high, bound: quantity.bound })
}

/// Whether a figure was read with an assumption. What the planning section put in its place or an earlier month
/// reported is no assumption; it has marks of its own.
pub fn is_assumed(told: &Told) -> bool {
    let Figure { confidence, carried_from, .. } = &told.figure;
    *confidence == Confidence::Assumed && carried_from.is_none() && !is_amended(told)
}

/// Whether a figure is the planning section's own word (補正).
pub fn is_amended(told: &Told) -> bool {
    told.figure.amendment.is_some()
}
