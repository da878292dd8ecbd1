//! The indicators of one record.

use std::collections::BTreeMap;

use super::super::axes::When;
use super::super::figures::{self, Due};
use super::super::{Page, Records, heading, sums};
use super::{Record, slot};
use crate::finding::{Code, Draft};
use crate::locate::Slot;
use crate::model::fiscal::{FiscalYear, Span};
use crate::model::indicator::{Figure, IndicatorSource, Kind};
use crate::model::place::CellRef;
use crate::model::quantity::{Confidence, State, Unit};
use crate::normalise::text::key;
use crate::normalise::vocabulary::Role;
use crate::normalise::year::read_bare_year;
use crate::normalise::{header, unit};
use crate::profile::{Name, PlannedFigure, PlannedIndicator, Stand};

/// What is told once a sheet, and where indicators of many rows are gathered.
#[derive(Default)]
pub struct Tally {
    as_text: Vec<CellRef>,
    /// Index of an indicator whose years stand below one another.
    long: BTreeMap<(String, String, String), usize>,
}

impl Tally {
    /// Numbers that Excel's SUM would skip.
    pub fn close(&self, page: &Page, records: &mut Records) {
        sums::remember(page, &self.as_text, records);
    }
}

/// What a record's own cells say of all its figures.
struct RowMoment {
    year: Option<FiscalYear>,
    month: Option<u8>,
    kind: Option<Kind>,
    assumed: bool,
    /// A cell that should say it, but does not say anything known.
    unclear: Option<String>,
}

/// Reads the indicators of a record.
pub fn read(record: &Record, tally: &mut Tally, records: &mut Records) {
    let moment = row_moment(record, records);
    for planned in &record.plan.indicators {
        let Some(mut source) = source(record, planned, &moment, records) else { continue };
        if !fill(record, planned, &moment, &mut source, tally, records) {
            continue;
        }
        let long = [Role::FiscalYear, Role::Month, Role::KindColumn];
        if !long.iter().any(|role| record.stand(*role).is_some()) {
            records.indicators.push(source);
            continue;
        }
        let key = (source.department.clone(), source.division.clone(), source.name.clone());
        match tally.long.get(&key).and_then(|at| records.indicators.get_mut(*at)) {
            Some(known) if known.unit == source.unit && apart(known, &source) => {
                known.figures.extend(source.figures);
            }
            _ => {
                tally.long.insert(key, records.indicators.len());
                records.indicators.push(source);
            }
        }
    }
}

/// Whether two rows of one indicator speak of different times; else both stand, and their difference is seen.
fn apart(one: &IndicatorSource, other: &IndicatorSource) -> bool {
    one.figures.iter().all(|figure| other.figures.iter().all(|more| figure.slot() != more.slot()))
}

/// Figures in a row without a name are never read, and never passed over in silence.
pub fn nameless(record: &Record, records: &mut Records) {
    let figures = record.plan.indicators.iter().flat_map(|planned| &planned.figures);
    let cells = figures.filter(|figure| matches!(figure.stand, Stand::Row(..)));
    let cells: Vec<&Slot> = cells.filter_map(|figure| cell_of(record, figure)).collect();
    records.drafts.extend(unread(record, &cells, "（名前なし）", "この行の名前の欄が空です。"));
}

/// One finding for figures that a record's own cells keep from being read; none where there are none.
fn unread(record: &Record, cells: &[&Slot], name: &str, reason: &str) -> Option<Draft> {
    let (first, rest) = cells.split_first()?;
    let (department, division) = record.owner();
    let draft = Draft::new(Code::ValueUnread).at(&record.page.place(first.anchor)).raw(first.text().trim());
    let draft =
        draft.with("name", name).with("label", "値").with("reason", reason).of(&department, &division);
    Some(rest.iter().fold(draft, |draft, slot| draft.related(&record.page.place(slot.anchor))))
}

/// The cell of a figure where it starts in this record and holds something.
fn cell_of<'p>(record: &Record<'p>, figure: &PlannedFigure) -> Option<&'p Slot<'p>> {
    let at = figure.stand.at(record.row);
    slot(&record.page.located.view, figure.stand, record.row).filter(|slot| slot.anchor == at)
}

fn row_moment(record: &Record, records: &mut Records) -> RowMoment {
    let vocabulary = record.page.means.vocabulary;
    let mut moment = RowMoment { year: None, month: None, kind: None, assumed: false, unclear: None };
    for role in [Role::FiscalYear, Role::Month] {
        let Some(slot) = record.cell(role) else { continue };
        let text = slot.text().trim();
        let bare = (role == Role::Month).then(|| key(text).parse::<u8>().ok()).flatten();
        let reading = read_bare_year(text, Some(record.page.means.fiscal_year), vocabulary);
        let (year, month) =
            reading.as_ref().map_or((None, None), |reading| (reading.fiscal_year, reading.month));
        let known = if role == Role::FiscalYear {
            moment.year = year.or(four_digits(text));
            moment.year.is_some()
        } else {
            moment.month = bare.or(month).filter(|month| (1..=12).contains(month));
            moment.month.is_some()
        };
        if !known {
            moment.unclear = Some(format!("{}の「{text}」が分かりません。", role.label()));
        }
        let assumed = reading.and_then(|reading| reading.assumed).filter(|_| role == Role::FiscalYear);
        if let (Some(reason), Some(year)) = (assumed, moment.year) {
            moment.assumed = true;
            let draft = Draft::new(Code::YearAssumed).at(&record.page.place(slot.anchor)).raw(text);
            records.drafts.push(draft.reading(vocabulary.eras.long(year)).with("reason", reason));
        }
    }
    if let Some(slot) = record.cell(Role::KindColumn) {
        let text = slot.text().trim();
        moment.kind = vocabulary.kind.get(&key(text)).copied();
        moment.kind = moment.kind.or_else(|| header::read_header(text, None, vocabulary).kind);
        if moment.kind.is_none() {
            moment.unclear = Some(format!("「{text}」が実績・目標などのどれか分かりません。"));
        }
    }
    moment
}

/// 2021, which a column of years shows without 年度.
fn four_digits(text: &str) -> Option<FiscalYear> {
    let key = key(text);
    key.parse().ok().filter(|year| key.len() == 4 && (1868..=2999).contains(year)).map(FiscalYear)
}

/// One indicator of a record, without its figures; `None` where it has no name or its time is not known.
fn source(
    record: &Record,
    planned: &PlannedIndicator,
    moment: &RowMoment,
    records: &mut Records,
) -> Option<IndicatorSource> {
    let page = record.page;
    let view = &page.located.view;
    let vocabulary = page.means.vocabulary;
    let (department, division) = record.owner();
    let named = planned.name.and_then(|stand| slot(view, stand, record.row));
    let text = match &planned.rule.name {
        Name::Is(text) => text.as_str(),
        Name::At(_) => named.map_or("", |slot| slot.text()),
    };
    let parts = unit::split_name(text, vocabulary);
    let filled: Vec<&Slot> = planned.figures.iter().filter_map(|figure| cell_of(record, figure)).collect();
    if parts.name.is_empty() {
        records.drafts.extend(unread(record, &filled, "（指標名なし）", "この値の指標名の欄が空です。"));
        return None;
    }
    if heading::is_total(&parts.name) {
        return None;
    }
    if let Some(reason) = &moment.unclear {
        records.drafts.extend(unread(record, &filled, &parts.name, reason));
        return None;
    }
    let own = |stand: Option<_>| stand.and_then(|stand| slot(view, stand, record.row));
    let constant = &record.plan.profile.constant;
    let unit_of = |text: &str| unit::read_unit(text, vocabulary);
    let unit = own(planned.unit).and_then(|slot| unit_of(slot.text()));
    let unit =
        unit.or_else(|| unit_of(&planned.rule.unit_text)).or(parts.unit).or_else(|| unit_of(&constant.unit));
    let anchor = named.map(|slot| slot.anchor).or_else(|| filled.first().map(|slot| slot.anchor))?;
    Some(IndicatorSource {
        department,
        division,
        class: planned.rule.class.or(parts.class).or(constant.class),
        polarity: planned.rule.polarity.or(parts.polarity).or(constant.polarity),
        note: own(planned.note).map_or_else(String::new, |slot| slot.text().trim().to_owned()),
        place: page.place(anchor),
        name: parts.name,
        unit,
        carried_from: None,
        figures: Vec::new(),
    })
}

/// Reads the figures of an indicator into it; `false` where there are none.
fn fill(
    record: &Record,
    planned: &PlannedIndicator,
    moment: &RowMoment,
    source: &mut IndicatorSource,
    tally: &mut Tally,
    records: &mut Records,
) -> bool {
    let page = record.page;
    let mut blanks = Vec::new();
    for figure in &planned.figures {
        let cell = cell_of(record, figure);
        let Some(due) = due(record, figure, moment, &source.name) else {
            let reason = "この行の年度か、実績・目標の区分の欄が空です。";
            records.drafts.extend(unread(record, cell.as_slice(), &source.name, reason));
            continue;
        };
        match cell {
            Some(slot) => {
                let read = figures::read(page, slot.anchor, slot.cell, &due, source.unit.as_ref(), records);
                if read.as_text {
                    tally.as_text.push(slot.anchor);
                }
                let figure = settle_unit(record, &mut source.unit, read, &source.name, records);
                source.figures.push(figure);
            }
            None => {
                blanks.push((
                    figure.stand.at(record.row),
                    due.when.fiscal_year,
                    due.when.kind,
                    due.when.span,
                ));
            }
        }
    }
    if source.figures.is_empty() {
        return false;
    }
    if source.unit.is_none() {
        let draft = Draft::new(Code::UnitMissing).at(&source.place).with("name", &source.name);
        records.drafts.push(draft.of(&source.department, &source.division));
    }
    blank_values(record, source, &blanks, records);
    true
}

/// What the profile and the row say of a figure; `None` where nobody says its year or kind.
fn due<'n>(record: &Record, figure: &PlannedFigure, row: &RowMoment, name: &'n str) -> Option<Due<'n>> {
    let constant = &record.plan.profile.constant;
    let moment = figure.moment;
    let month = row.month.or(moment.month);
    let when = When {
        fiscal_year: Some(moment.year.or(row.year).or(constant.fiscal_year)?),
        span: moment.span.unwrap_or(if month.is_some() { Span::Month } else { Span::Year }),
        month,
        basis: moment.basis,
        kind: moment.kind.or(row.kind).or(constant.kind)?,
        assumed: row.assumed,
    };
    Some(Due { name, when })
}

/// The cell's own unit where none is known; a cell in a unit that does not convert is unread.
fn settle_unit(
    record: &Record,
    known: &mut Option<Unit>,
    read: figures::Read,
    name: &str,
    records: &mut Records,
) -> Figure {
    let mut figure = read.figure;
    match (&known, read.unit) {
        (None, own) => *known = own,
        (Some(unit), Some(own)) if *unit != own && figure.quantity.is_some() => {
            (figure.quantity, figure.state, figure.confidence) = (None, State::Unread, Confidence::Unread);
            let label = figure.slot().label(&record.page.means.vocabulary.eras);
            let draft = Draft::new(Code::UnitDiffers).at(&figure.place).raw(figure.raw.trim()).reading(own.0);
            records.drafts.push(draft.with("name", name).with("label", label).with("unit", &unit.0));
        }
        _ => {}
    }
    figure
}

/// A blank between figures, for a year that has begun, is asked for.
fn blank_values(
    record: &Record,
    source: &IndicatorSource,
    blanks: &[(CellRef, Option<FiscalYear>, Kind, Span)],
    records: &mut Records,
) {
    let means = record.page.means;
    for (at, year, kind, span) in blanks {
        let begun = match kind {
            Kind::Actual => year.is_some_and(|year| year < means.fiscal_year),
            Kind::Target | Kind::Plan => year.is_some_and(|year| year <= means.fiscal_year),
            Kind::Baseline | Kind::Forecast => false,
        };
        if *span != Span::Year || !begun {
            continue;
        }
        let year = year.map_or_else(String::new, |year| means.vocabulary.eras.short(year));
        let draft = Draft::new(Code::ValueBlank).at(&record.page.place(*at)).with("name", &source.name);
        let draft = draft.with("label", format!("{year}{}", kind.label()));
        records.drafts.push(draft.of(&source.department, &source.division));
    }
}
