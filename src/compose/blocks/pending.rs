//! Figures that are missing: not known yet, or not understood.

use super::super::desk::Desk;
use super::super::fields::{self, Field};
use super::super::notes::Notes;
use super::super::plan::{BlockPlan, FieldName};
use crate::model::indicator::{Figure, IndicatorSource, Kind};
use crate::model::quantity::{Confidence, State};
use crate::model::report::{Block, Cell};

/// A figure that is missing, with the source that reports use.
pub struct Pending<'a> {
    source: &'a IndicatorSource,
    figure: &'a Figure,
}

impl Pending<'_> {
    /// Whose figure it is.
    pub fn department(&self) -> &str {
        &self.source.department
    }
}

/// What columns may show of it.
pub fn fields<'a>() -> Vec<Field<Pending<'a>>> {
    vec![
        Field::new(FieldName::Name, "指標", 18, |pending, _| {
            let mut cell = Cell::text(&pending.source.name);
            cell.header = true;
            Some(cell)
        }),
        Field::new(FieldName::Division, "課", 8, |pending, _| Some(Cell::text(&pending.source.division))),
        Field::new(FieldName::Department, "部局", 8, |pending, _| {
            Some(Cell::text(&pending.source.department))
        }),
        Field::new(FieldName::Slot, "年度・種類", 8, |pending, desk| {
            Some(Cell::text(pending.figure.slot().label(desk.eras)))
        }),
        Field::new(FieldName::State, "今の状態", 10, |pending, desk| {
            Some(Cell::paras(vec![Notes::new(desk).figure(pending.figure, pending.source)]))
        }),
    ]
}

const USUAL: &[FieldName] = &[FieldName::Name, FieldName::Division, FieldName::Slot, FieldName::State];

/// Actuals that are still to come, and whatever could not be read.
pub fn pending<'a>(desk: &Desk<'a>) -> Vec<Pending<'a>> {
    let figures = desk.indicators.iter().flat_map(|indicator| {
        let source = indicator.main();
        source.figures.iter().map(move |figure| Pending { source, figure })
    });
    let missing = |one: &Pending<'_>| {
        let figure = one.figure;
        (figure.state == State::Pending && figure.kind != Kind::Target)
            || figure.confidence == Confidence::Unread
    };
    figures.filter(missing).collect()
}

/// The list of a block.
pub fn list(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let pending = pending(desk);
    let (shown, more) = desk.limited(&pending, plan.limit);
    if shown.is_empty() {
        return Vec::new();
    }
    let summary = format!("{}の、まだ出ていない値の一覧", desk.name());
    let table = fields::table(shown, (&fields(), USUAL), plan, desk, summary);
    std::iter::once(Block::Table(table)).chain(more).collect()
}
