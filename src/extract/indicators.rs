//! Indicator tables → indicators with their figures.

use std::collections::BTreeMap;

use super::figures::{self, Due};
use super::heading;
use super::sections::Titles;
use super::{Page, Records, sums};
use crate::finding::{Code, Draft};
use crate::locate::meaning::Role;
use crate::locate::{Column, Slot, Table};
use crate::model::fiscal::{FiscalYear, Span};
use crate::model::indicator::{Class, IndicatorSource, Kind};
use crate::model::place::CellRef;
use crate::model::quantity::{Confidence, Quantity, State, Unit};
use crate::normalise::names;
use crate::normalise::polarity::read_polarity;
use crate::normalise::{Vocabulary, unit};

/// A value column with everything that its headers and titles tell.
struct ValueColumn<'a> {
    column: &'a Column,
    fiscal_year: Option<FiscalYear>,
    span: Span,
    month: Option<u8>,
    kind: Kind,
    assumed: bool,
}

/// Reads all indicator tables of a sheet.
pub fn read(page: &Page, titles: &Titles, records: &mut Records) {
    for table in page.located.layout.tables.iter().filter(|table| table.purpose.indicators) {
        let columns = value_columns(page, table, records);
        let class = titles.class_above(table.top);
        let mut as_text: Vec<CellRef> = Vec::new();
        let mut sources: Vec<IndicatorSource> = Vec::new();
        for row in &table.rows {
            if let Some(source) = row_source(page, table, *row, &columns, class, &mut as_text, records) {
                merge(&mut sources, source);
            }
        }
        records.indicators.extend(sources);
        sums::remember(page, &as_text, records);
    }
}

/// Rows under one merged name are one indicator.
fn merge(sources: &mut Vec<IndicatorSource>, source: IndicatorSource) {
    match sources.last_mut().filter(|last| last.place == source.place) {
        Some(last) => {
            last.figures.extend(source.figures);
            last.unit = last.unit.take().or(source.unit);
        }
        None => sources.push(source),
    }
}

/// The columns that hold figures, each with its year and kind; a finding for each that lacks one.
fn value_columns<'a>(page: &Page, table: &'a Table, records: &mut Records) -> Vec<ValueColumn<'a>> {
    let mut columns = Vec::new();
    for column in table.columns.iter().filter(|column| column.meaning.is_value()) {
        let words = column.words.join(" ");
        let draft = |code| {
            let draft = Draft::new(code).at(&page.place(column.cell)).raw(&words);
            draft.of(&page.context.department, &page.context.division)
        };
        let year = column.meaning.year.as_ref();
        let point = column.meaning.kind == Some(Kind::Baseline);
        let fiscal_year =
            year.and_then(|year| year.fiscal_year).or(page.context.fiscal_year.filter(|_| !point));
        let mut assumed = false;
        if fiscal_year.is_none() {
            records.drafts.push(draft(Code::YearMissing));
        }
        if let Some(reason) = year.and_then(|year| year.assumed.as_ref()) {
            let reading = fiscal_year.map_or_else(String::new, |year| page.means.vocabulary.eras.long(year));
            records.drafts.push(draft(Code::YearAssumed).reading(reading).with("reason", reason));
            assumed = true;
        }
        let kind = column.meaning.kind.unwrap_or_else(|| {
            assumed = true;
            records.drafts.push(draft(Code::KindAssumed).reading(Kind::Actual.label()));
            Kind::Actual
        });
        let (span, month) = year.map_or((Span::Year, None), |year| (year.span, year.month));
        columns.push(ValueColumn { column, fiscal_year, span, month, kind, assumed });
    }
    columns
}

/// The slot of a row under a role's column.
fn under<'a>(page: &'a Page, table: &Table, row: u32, role: Role) -> Option<&'a Slot<'a>> {
    let column = table.columns.iter().find(|column| column.meaning.role == Some(role))?;
    page.located.view.slot(row, column.start, column.end)
}

/// One row of an indicator table.
fn row_source(
    page: &Page,
    table: &Table,
    row: u32,
    columns: &[ValueColumn],
    class: Option<Class>,
    as_text: &mut Vec<CellRef>,
    records: &mut Records,
) -> Option<IndicatorSource> {
    let title = under(page, table, row, Role::Indicator)?;
    let vocabulary = page.means.vocabulary;
    let parts = unit::split_name(title.text(), vocabulary);
    if parts.name.is_empty() || heading::is_total(&parts.name) {
        return None;
    }
    let text = |role| under(page, table, row, role).map_or("", |slot| slot.text().trim());
    let row_unit = unit::read_unit(text(Role::Unit), vocabulary);
    let unit = row_unit.or(parts.unit).or_else(|| table_unit(page, table, columns));
    let mut source = IndicatorSource {
        department: page.context.department.clone(),
        division: page.context.division.clone(),
        name: parts.name,
        class: [Role::Class, Role::KindColumn]
            .into_iter()
            .find_map(|role| heading::class_in_title(text(role), vocabulary))
            .or(parts.class)
            .or(class)
            .or(header_class(table)),
        unit,
        polarity: read_polarity(text(Role::Polarity), vocabulary).or(parts.polarity),
        note: text(Role::Note).to_owned(),
        place: page.place(title.anchor),
        figures: Vec::new(),
    };
    owner(page, table, row, &mut source);
    let mut cell_units = Vec::new();
    let mut blanks = Vec::new();
    for value in columns {
        let due = Due {
            name: &source.name,
            fiscal_year: value.fiscal_year,
            span: value.span,
            month: value.month,
            basis: value.column.meaning.basis,
            kind: value.kind,
            assumed: value.assumed,
        };
        let slot = page.located.view.slot(row, value.column.start, value.column.end);
        let Some(slot) = slot.filter(|slot| slot.starts_in(row) && slot.start >= value.column.start) else {
            if slot.is_none() {
                blanks.push((value, due.kind));
            }
            continue;
        };
        let read = figures::read(page, slot.anchor, slot.cell, &due, source.unit.as_ref(), records);
        if read.as_text {
            as_text.push(slot.anchor);
        }
        cell_units.push((read.unit, slot.anchor));
        source.figures.push(read.figure);
    }
    settle_unit(page, &mut source, &cell_units, records);
    if source.figures.is_empty() {
        return None;
    }
    blank_values(page, &source, &blanks, row, records);
    Some(source)
}

/// The row's own department and division.
fn owner(page: &Page, table: &Table, row: u32, source: &mut IndicatorSource) {
    for role in [Role::Owner, Role::Department, Role::Division] {
        let Some(slot) = under(page, table, row, role) else { continue };
        let owner = names::split_owner(slot.text(), page.means.departments, page.means.vocabulary);
        if !owner.department.is_empty() {
            source.department = owner.department;
        }
        if !owner.division.is_empty() {
            source.division = owner.division;
        } else if role == Role::Division {
            slot.text().trim().clone_into(&mut source.division);
        }
    }
}

/// A unit in the value headers, or in the nearest note above the table that no other table stands between.
fn table_unit(page: &Page, table: &Table, columns: &[ValueColumn]) -> Option<Unit> {
    let headed = columns.iter().find_map(|value| value.column.meaning.unit.clone());
    let tables = || page.located.layout.tables.iter().filter(|other| other.bottom < table.top);
    let from = tables().map(|other| other.bottom).max();
    let near = |at: &&CellRef| at.row < table.top && from.is_none_or(|bottom| at.row > bottom);
    let lines = page.located.layout.lines.iter().rev().filter(near);
    headed.or_else(|| {
        lines.into_iter().find_map(|at| unit::read_unit_note(page.text(*at), page.means.vocabulary))
    })
}

/// 成果指標 or KGI as the word over the names.
fn header_class(table: &Table) -> Option<Class> {
    table.columns.iter().find(|column| column.meaning.role == Some(Role::Indicator))?.meaning.class
}

/// Without a unit column the cells' own unit is the indicator's; with one, a cell that differs is a finding.
fn settle_unit(
    page: &Page,
    source: &mut IndicatorSource,
    units: &[(Option<Unit>, CellRef)],
    records: &mut Records,
) {
    if source.unit.is_none() {
        let mut counts: BTreeMap<&Unit, usize> = BTreeMap::new();
        for (unit, _) in units {
            if let Some(unit) = unit {
                *counts.entry(unit).or_default() += 1;
            }
        }
        source.unit = counts.into_iter().max_by_key(|(_, count)| *count).map(|(unit, _)| unit.clone());
    }
    let Some(known) = &source.unit else {
        let draft = Draft::new(Code::UnitMissing).at(&source.place).with("name", &source.name);
        records.drafts.push(draft.of(&source.department, &source.division));
        return;
    };
    for (unit, at) in units {
        let Some(unit) = unit.as_ref().filter(|unit| *unit != known) else { continue };
        let figure =
            source.figures.iter_mut().find(|figure| figure.place.cell == *at && figure.quantity.is_some());
        let Some(figure) = figure else { continue };
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

/// A blank between figures, for a year that has begun, is asked for.
fn blank_values(
    page: &Page,
    source: &IndicatorSource,
    blanks: &[(&ValueColumn, Kind)],
    row: u32,
    records: &mut Records,
) {
    for (value, kind) in blanks {
        let begun = match kind {
            Kind::Actual => value.fiscal_year.is_some_and(|year| year < page.means.fiscal_year),
            Kind::Target | Kind::Plan => value.fiscal_year.is_some_and(|year| year <= page.means.fiscal_year),
            Kind::Baseline | Kind::Forecast => false,
        };
        if value.span != Span::Year || !begun {
            continue;
        }
        let at = CellRef::new(row, value.column.start);
        let year = value.fiscal_year.map_or_else(String::new, |year| page.means.vocabulary.eras.short(year));
        let draft = Draft::new(Code::ValueBlank).at(&page.place(at)).with("name", &source.name);
        let draft = draft.with("label", format!("{year}{}", kind.label()));
        records.drafts.push(draft.of(&source.department, &source.division));
    }
}
