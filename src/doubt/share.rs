//! A share without % in a column of percentages that show theirs: 0.35 below `45.1%`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Grounds, draft, is_percent, is_told, shows_percent};
use crate::finding::{Code, Draft};
use crate::model::indicator::{Figure, IndicatorSource};
use crate::normalise::vocabulary::Threshold;

/// One doubt for each indicator that has such a figure, on its first.
pub fn doubts(sources: &[IndicatorSource], grounds: &Grounds) -> Vec<Draft> {
    let percentages = || sources.iter().filter(|source| is_percent(source));
    let mut columns: BTreeMap<_, BTreeMap<u32, &Figure>> = BTreeMap::new();
    for figure in percentages().flat_map(|source| &source.figures).filter(|figure| shows_percent(figure)) {
        let at = figure.place.cell;
        columns.entry((&*figure.place.sheet, at.col)).or_default().insert(at.row, figure);
    }
    let one = |source: &IndicatorSource| {
        let mut bare = source.figures.iter().filter(|figure| is_bare(figure));
        let first = bare.next()?;
        let beside = columns.get(&(&*first.place.sheet, first.place.cell.col))?;
        let enough = Decimal::from(beside.len()) >= grounds.vocabulary.threshold(Threshold::Shares);
        let row = first.place.cell.row;
        let (above, below) = (beside.range(..row).next_back(), beside.range(row..).next());
        let (_, nearest) = above.or(below).filter(|_| enough)?;
        let draft = draft(Code::ScaleMixed, source, first, nearest, grounds);
        let draft = draft.with("relation", "と違い、％のない 1 より小さい数");
        Some(bare.fold(draft, |draft, other| draft.related(&other.place)))
    };
    percentages().filter_map(one).collect()
}

/// Between 0 and 1 without a %.
fn is_bare(figure: &Figure) -> bool {
    let value = figure.quantity.as_ref().map(|quantity| quantity.value);
    let within = value.is_some_and(|value| value > Decimal::ZERO && value < Decimal::ONE);
    within && !shows_percent(figure) && !is_told(figure)
}
