//! Which unit an indicator's figures are in: its own column, name or note, the header, a note near the table, the cells.

use std::collections::BTreeMap;

use super::axes::titles;
use super::{Page, Records};
use crate::finding::{Code, Draft};
use crate::locate::Table;
use crate::locate::meaning::Role;
use crate::model::indicator::IndicatorSource;
use crate::model::place::CellRef;
use crate::model::quantity::{Confidence, Quantity, State, Unit};
use crate::normalise::text::key;
use crate::normalise::{Vocabulary, unit};

/// Rows below a table in which a note may name its unit.
const NOTE_ROWS: u32 = 2;

/// The unit that all value headers share, or that the nearest note above or right below the table names.
pub fn of_table(page: &Page, table: &Table) -> Option<Unit> {
    let vocabulary = page.means.vocabulary;
    let mut headed = table.value_columns().map(|column| column.meaning.unit.as_ref());
    if let Some(Some(first)) = headed.next()
        && headed.all(|unit| unit == Some(first))
    {
        return Some(first.clone());
    }
    let above = titles(page, table).find_map(|text| unit::read_unit_note(text, vocabulary));
    let (from, to) = table.range();
    let below = |at: &&CellRef| {
        at.row > to.row && at.row <= to.row + NOTE_ROWS && (from.col..=to.col).contains(&at.col)
    };
    let notes = || page.located.layout.lines.iter().filter(below);
    above.or_else(|| notes().find_map(|at| unit::read_unit_note(page.text(*at), vocabulary)))
}

/// Without a unit column the cells' own unit is the indicator's; with one, a cell that differs is a finding.
pub fn settle(
    page: &Page,
    source: &mut IndicatorSource,
    units: &[(Option<Unit>, CellRef)],
    records: &mut Records,
) {
    if source.unit.is_none() {
        // The one that most cells name, of equals the first.
        let mut counts: BTreeMap<&Unit, usize> = BTreeMap::new();
        let named = || units.iter().filter_map(|(unit, _)| unit.as_ref());
        named().for_each(|unit| *counts.entry(unit).or_default() += 1);
        source.unit = named().rev().max_by_key(|unit| counts.get(unit)).cloned();
    }
    let Some(known) = &source.unit else {
        let draft = Draft::new(Code::UnitMissing).at(&source.place).with("name", &source.name);
        records.drafts.push(draft.of(&source.department, &source.division));
        return;
    };
    let mut by_cell: BTreeMap<CellRef, usize> = BTreeMap::new();
    for (index, figure) in source.figures.iter().enumerate().filter(|(_, f)| f.quantity.is_some()) {
        by_cell.entry(figure.place.cell).or_insert(index);
    }
    for (unit, at) in units {
        let Some(unit) = unit.as_ref().filter(|unit| *unit != known) else { continue };
        let figure = by_cell.get(at).and_then(|index| source.figures.get_mut(*index));
        let Some(figure) = figure.filter(|figure| figure.quantity.is_some()) else { continue };
        let converted = figure
            .quantity
            .as_ref()
            .and_then(|quantity| in_unit(quantity, unit, known, page.means.vocabulary));
        let code = if converted.is_some() { Code::ValueAssumed } else { Code::UnitDiffers };
        let reading = converted
            .as_ref()
            .map_or_else(|| unit.0.clone(), |q| format!("{}{}", q.value.normalize(), known.0));
        (figure.confidence, figure.state) = match converted {
            Some(_) => (Confidence::Assumed, State::Value),
            None => (Confidence::Unread, State::Unread),
        };
        figure.quantity = converted;
        let label = figure.slot().label(&page.means.vocabulary.eras);
        let draft = Draft::new(code).at(&page.place(*at)).raw(page.text(*at)).reading(reading);
        let reason = format!("単位「{}」を、この指標の単位「{}」に換算しました。", unit.0, known.0);
        let draft = draft
            .with("name", &source.name)
            .with("label", label)
            .with("unit", &known.0)
            .with("reason", reason);
        records.drafts.push(draft.of(&source.department, &source.division));
    }
}

/// A quantity in another unit of what it measures; `None` where the two measure different things.
fn in_unit(quantity: &Quantity, from: &Unit, to: &Unit, vocabulary: &Vocabulary) -> Option<Quantity> {
    let high = match quantity.high {
        Some(high) => Some(unit::convert(high, from, to, vocabulary)?),
        None => None,
    };
    Some(Quantity {
        value: unit::convert(quantity.value, from, to, vocabulary)?,
        high,
        bound: quantity.bound,
    })
}

/// A 0 in a unit column is what a formula makes of a blank; it is no unit.
pub fn zeros(page: &Page, records: &mut Records) {
    for table in page.located.layout.tables.iter().filter(|table| table.purpose.indicators) {
        let Some(column) = table.columns.iter().find(|column| column.meaning.role == Some(Role::Unit)) else {
            continue;
        };
        for row in &table.rows {
            let slot = page.view(table).slot(*row, column.start, column.end);
            let Some(slot) = slot.filter(|slot| slot.starts_in(*row) && key(slot.text()) == "0") else {
                continue;
            };
            let in_row = |source: &&IndicatorSource| {
                let at = source.place.cell;
                *source.place.sheet == *page.located.sheet.name
                    && (if table.turned { at.col } else { at.row }) == *row
            };
            let Some(source) = records.indicators.iter().find(in_row) else { continue };
            let draft = Draft::new(Code::ZeroDoubtful).at(&page.place(slot.anchor)).related(&source.place);
            let draft = draft.raw(slot.text().trim()).with("name", &source.name).with("label", "単位の欄");
            let draft = draft.of(&source.department, &source.division);
            records.drafts.push(draft);
        }
    }
}
