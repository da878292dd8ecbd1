//! One cell of an indicator table → one figure with its findings.

use super::axes::When;
use super::{Page, Records};
use crate::finding::{Code, Draft};
use crate::model::fiscal::Eras;
use crate::model::indicator::{Figure, Slot};
use crate::model::place::CellRef;
use crate::model::quantity::{Confidence, Quantity, State, Unit};
use crate::model::sheet::Cell;
use crate::normalise::quantity::{Cause, CellReading, read_cell};

/// What the table says of a figure before its cell is read.
#[derive(Debug, Clone, Copy)]
pub struct Due<'a> {
    /// The indicator's name.
    pub name: &'a str,
    /// When and of which kind it is.
    pub when: When,
    /// The other times and kinds that one merged cell speaks of.
    pub also: &'a [When],
}

impl Due<'_> {
    /// `R1実績・R2実績`.
    fn label(&self, eras: &Eras) -> String {
        let mut labels: Vec<String> =
            std::iter::once(&self.when).chain(self.also).map(|when| when.slot().label(eras)).collect();
        labels.dedup();
        labels.join("・")
    }
}

impl When {
    fn slot(&self) -> Slot {
        let Self { kind, fiscal_year, span, month, basis, .. } = *self;
        Slot { kind, fiscal_year, span, month, basis }
    }
}

impl Read {
    /// The same reading for another time or kind that its merged cell speaks of.
    pub fn figure_for(&self, when: When) -> Figure {
        let mut figure = self.figure.clone();
        (figure.fiscal_year, figure.month, figure.span) = (when.fiscal_year, when.month, when.span);
        (figure.basis, figure.kind) = (when.basis, when.kind);
        if when.assumed && figure.confidence == Confidence::Read {
            figure.confidence = Confidence::Assumed;
        }
        figure
    }
}

/// A figure, and the unit that its own cell names.
pub struct Read {
    /// The figure.
    pub figure: Figure,
    /// The unit in the cell.
    pub unit: Option<Unit>,
    /// It is a number typed as text.
    pub as_text: bool,
}

/// Reads a cell under a header that means `due`; `unit` is the row's.
pub fn read(
    page: &Page,
    at: CellRef,
    cell: &Cell,
    due: &Due,
    unit: Option<&Unit>,
    records: &mut Records,
) -> Read {
    let reading = read_cell(cell, unit, page.means.vocabulary);
    let as_text = reading.number_in_text;
    findings(page, at, cell, due, &reading, records);
    let confidence = if due.when.assumed && reading.confidence == Confidence::Read {
        Confidence::Assumed
    } else {
        reading.confidence
    };
    let figure = Figure {
        fiscal_year: due.when.fiscal_year,
        month: due.when.month,
        span: due.when.span,
        basis: due.when.basis,
        kind: due.when.kind,
        state: reading.state,
        quantity: reading.quantity,
        decimals: reading.decimals,
        confidence,
        raw: cell.text.to_string(),
        place: page.place(at),
        amendment: None,
        carried_from: None,
    };
    Read { figure, unit: reading.unit, as_text }
}

fn findings(page: &Page, at: CellRef, cell: &Cell, due: &Due, reading: &CellReading, records: &mut Records) {
    let eras = &page.means.vocabulary.eras;
    let draft = |code| {
        let draft = Draft::new(code).at(&page.place(at)).raw(cell.text.trim());
        let draft = draft.of(&page.context.department, &page.context.division);
        draft.with("name", due.name).with("label", due.label(eras))
    };
    let reason = reading.assumption.clone().unwrap_or_default();
    let code = match (reading.state, reading.confidence) {
        (State::Unread, _) => match reading.cause {
            Some(Cause::CellError) => Code::CellError,
            Some(Cause::NotCalculated) => Code::FormulaNotCalculated,
            Some(Cause::Date) => Code::DateAsNumber,
            _ => Code::ValueUnread,
        },
        (State::Pending, _) => Code::ValuePending,
        (_, Confidence::Assumed) => Code::ValueAssumed,
        _ => {
            if let Some(quantity) = reading.quantity.as_ref().filter(|_| reading.hides_digits) {
                records.drafts.push(draft(Code::DisplayHidesDigits).reading(shown(quantity)));
            }
            return;
        }
    };
    let shown = reading.quantity.as_ref().map_or_else(String::new, shown);
    let unit = reading.unit.as_ref().map_or("", |unit| unit.0.as_str());
    let comment =
        cell.comment.as_ref().map_or_else(String::new, |text| format!("（コメント：{}）", text.trim()));
    let draft = draft(code).reading(format!("{shown}{unit}")).with("reason", format!("{reason}{comment}"));
    let draft = draft.with("comment", comment);
    records.drafts.push(draft);
}

fn shown(quantity: &Quantity) -> String {
    let value = quantity.value.normalize().to_string();
    quantity.high.map_or(value.clone(), |high| format!("{value}～{}", high.normalize()))
}
