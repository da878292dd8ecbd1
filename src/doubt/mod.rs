//! Doubts: what the figures beside a figure say against it. Nothing is corrected; each doubt names both cells.
//!
//! Pure: records in, findings out. When something is doubtful is data (`[doubt]` and `[[slip]]` in `vocabulary.toml`).

mod rate;
mod scale;
mod share;
mod zero;

use rust_decimal::Decimal;

pub use rate::{Part, Parts, Stated, agrees};

use crate::finding::{Code, Draft};
use crate::model::fiscal::{Basis, FiscalYear, Span};
use crate::model::indicator::{Figure, IndicatorSource};
use crate::model::quantity::{Confidence, State, Unit};
use crate::normalise::Vocabulary;

/// What doubts are raised by.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    /// Thresholds, slips, eras and the sizes of units.
    pub vocabulary: &'a Vocabulary,
    /// The fiscal year that the month reports on.
    pub fiscal_year: FiscalYear,
}

/// The doubts about the figures of one workbook, in the order of its indicators.
pub fn doubts(sources: &[IndicatorSource], grounds: &Grounds) -> Vec<Draft> {
    let each = sources.iter().flat_map(|source| {
        let mut drafts = scale::doubts(source, grounds);
        drafts.extend(zero::doubts(source, grounds));
        drafts
    });
    let mut drafts: Vec<Draft> = each.collect();
    let told: Vec<_> = drafts.iter().map(|draft| (draft.sheet.clone(), draft.cell)).collect();
    let shares = share::doubts(sources, grounds).into_iter();
    drafts.extend(shares.filter(|draft| !told.contains(&(draft.sheet.clone(), draft.cell))));
    drafts
}

/// A figure with a value.
#[derive(Debug, Clone, Copy)]
struct Valued<'a> {
    figure: &'a Figure,
    value: Decimal,
}

/// What a figure covers: a year, a month alone, the months up to one.
type Stretch = (Span, Option<Basis>);

/// The figures with plain values that cover equal stretches of time, in the order of time.
fn comparable(source: &IndicatorSource) -> Vec<Vec<Valued<'_>>> {
    let stretch = |figure: &Figure| (figure.span, figure.basis);
    let mut stretches: Vec<(Stretch, Vec<Valued>)> = Vec::new();
    for figure in source.figures.iter().filter(|figure| figure.state == State::Value) {
        let Some(quantity) = figure.quantity.as_ref().filter(|quantity| quantity.high.is_none()) else {
            continue;
        };
        let valued = Valued { figure, value: quantity.value };
        match stretches.iter_mut().find(|(known, _)| *known == stretch(figure)) {
            Some((_, list)) => list.push(valued),
            None => stretches.push((stretch(figure), vec![valued])),
        }
    }
    for (_, list) in &mut stretches {
        list.sort_by_key(|valued| (valued.figure.fiscal_year, valued.figure.month, valued.figure.kind));
    }
    stretches.into_iter().map(|(_, list)| list).collect()
}

fn is_percent(source: &IndicatorSource) -> bool {
    source.unit.as_ref().is_some_and(Unit::is_percent)
}

/// Whether the sheet shows a % beside the figure.
fn shows_percent(figure: &Figure) -> bool {
    figure.raw.contains(['%', '％'])
}

/// Another finding already asks for a look at the figure.
fn is_told(figure: &Figure) -> bool {
    figure.confidence != Confidence::Read
}

/// A doubt about a figure beside another one.
fn draft(
    code: Code,
    source: &IndicatorSource,
    doubtful: &Figure,
    beside: &Figure,
    grounds: &Grounds,
) -> Draft {
    let eras = &grounds.vocabulary.eras;
    let unit = source.unit.as_ref().map_or("", |unit| unit.0.as_str());
    let value = doubtful.quantity.as_ref().map_or_else(String::new, |q| q.value.normalize().to_string());
    Draft::new(code)
        .at(&doubtful.place)
        .related(&beside.place)
        .of(&source.department, &source.division)
        .raw(doubtful.raw.trim())
        .reading(format!("{value}{unit}"))
        .with("name", &source.name)
        .with("label", doubtful.slot().label(eras))
        .with("other", format!("{}「{}」", beside.slot().label(eras), beside.raw.trim()))
}

#[cfg(test)]
mod tests;
