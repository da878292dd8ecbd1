//! Tables: a header band, the rows below it that hold records, and what the whole is taken for.

use super::contents;
use super::headers::Band;
use super::layout::{Pair, Purpose, Table};
use super::meaning::{Meaning, Meanings, Role};
use super::purpose::{self, Titles};
use super::view::{Slot, View};
use crate::model::fiscal::Period;
use crate::model::place::CellRef;

/// More blank rows than this end a table, whatever follows.
const MAX_BLANK_ROWS: u32 = 5;

/// The tables under all bands of a sheet.
pub fn tables(
    view: &View,
    meanings: &Meanings,
    titles: &Titles,
    bands: &[Band],
    period: Period,
) -> Vec<Table> {
    let mut tables: Vec<Table> = bands.iter().filter_map(|band| table(view, meanings, band, bands)).collect();
    for table in &mut tables {
        contents::decide(view, meanings, table, period);
        purpose::decide(view, meanings, titles, table.top, table);
    }
    tables
}

/// The table under a band, its purpose not yet decided but for initiatives; `bands` from top to bottom.
pub fn table(view: &View, meanings: &Meanings, band: &Band, bands: &[Band]) -> Option<Table> {
    let (start, end) = (band.columns.first()?.start, band.columns.last()?.end);
    let under = |other: &&Band| {
        other.columns.first().is_some_and(|c| c.start <= end)
            && other.columns.last().is_some_and(|c| c.end >= start)
    };
    let mut below = bands.iter().skip(bands.partition_point(|other| other.top <= band.bottom));
    let limit = below.find(under).map_or(u32::MAX, |other| other.top);
    let mut table = Table {
        turned: false,
        top: band.top,
        header_end: band.bottom,
        bottom: band.bottom,
        start,
        end,
        columns: band.columns.clone(),
        rows: Vec::new(),
        left_out: Vec::new(),
        names: None,
        card: Vec::new(),
        purpose: Purpose { indicators: false, initiatives: purpose::initiatives(&band.columns) },
        reason: String::new(),
    };
    body(view, meanings, &mut table, limit);
    directions(view, meanings, &mut table);
    table.purpose.initiatives = purpose::initiatives(&table.columns);
    Some(table)
}

/// 方向 beside indicators, with nothing but ↑, 増加 and the like below it, says which way is better.
fn directions(view: &View, meanings: &Meanings, table: &mut Table) {
    if !table.columns.iter().any(|column| column.meaning.role == Some(Role::Indicator)) {
        return;
    }
    let rows = &table.rows;
    for column in table.columns.iter_mut().filter(|column| column.meaning.role == Some(Role::Direction)) {
        let mut cells = rows
            .iter()
            .filter_map(|row| view.slot(*row, column.start, column.end).filter(|slot| slot.starts_in(*row)))
            .peekable();
        if cells.peek().is_some() && cells.all(|slot| meanings.is_polarity(slot.text())) {
            column.meaning.role = Some(Role::Polarity);
        }
    }
}

/// Collects the body rows below the header, until a blank stretch, another header, a label or a heading.
fn body(view: &View, meanings: &Meanings, table: &mut Table, limit: u32) {
    let name = name_column(table);
    let last_row = view.last_row().unwrap_or(0);
    let has_names = table.columns.iter().any(|column| column.meaning.role == Some(Role::Indicator));
    let mut blanks = 0;
    for row in table.header_end + 1..=last_row.min(limit.saturating_sub(1)) {
        let slots = view.within(row, table.start, table.end);
        let own: Vec<&Slot> = slots.iter().filter(|slot| slot.starts_in(row)).collect();
        if slots.is_empty() {
            blanks += 1;
            if blanks > MAX_BLANK_ROWS {
                break;
            }
            continue;
        }
        if own.is_empty() {
            continue;
        }
        let named = slots.iter().any(|slot| slot.overlaps(name.0, name.1));
        let lone =
            own.iter().filter(|slot| !meanings.at(slot.anchor).is_some_and(Meaning::is_unit)).count() <= 1;
        // The label may stand in front of the table's columns (指標② over 基準値 | 実績).
        let starting: Vec<&Slot> = view.row(row).iter().filter(|slot| slot.starts_in(row)).collect();
        let labelled = starting.windows(2).any(|pair| {
            if !pair[1].overlaps(table.start, table.end) || is_figure_beside(table, pair[0], pair[1]) {
                return false;
            }
            let meaning = meanings.at(pair[0].anchor);
            // KPI名 with a name beside it begins the next card; 指標 over several names is a group word.
            let card = !has_names && pair[0].last_row == pair[0].row;
            let ends = |role: Role| role.ends_tables() || (role == Role::Indicator && card);
            meaning.is_some_and(|m| m.role.is_some_and(ends)) && meanings.at(pair[1].anchor).is_none()
        });
        if labelled || (blanks > 0 && (lone || !named)) {
            break;
        }
        blanks = 0;
        // A chapter's title ends the table; a group word like one (重点事業) has records below it.
        let next: Vec<&Slot> = own_cells(view, table, row + 1);
        if lone && meanings.is_heading(own[0].text()) && next.len() < 2 {
            break;
        }
        if is_form_row(meanings, &own, table) {
            break;
        }
        if let Some(reason) = no_record(&own, lone, table).or_else(|| no_figures(meanings, &own, table)) {
            table.left_out.push((row, reason));
        } else {
            table.rows.push(row);
        }
        table.bottom = row;
    }
    trim(table);
}

/// The cells of a table's columns that start in a row.
fn own_cells<'a>(view: &'a View, table: &Table, row: u32) -> Vec<&'a Slot<'a>> {
    view.within(row, table.start, table.end).iter().filter(|slot| slot.starts_in(row)).collect()
}

/// Rows without records at its bottom are none of its own.
fn trim(table: &mut Table) {
    while table.left_out.last().is_some_and(|(row, _)| *row == table.bottom) {
        table.left_out.pop();
        table.bottom = table
            .rows
            .iter()
            .chain(table.left_out.iter().map(|(row, _)| row))
            .max()
            .copied()
            .unwrap_or(table.header_end);
    }
}

/// Why a row holds no record, where it does not.
fn no_record(own: &[&Slot], lone: bool, table: &Table) -> Option<&'static str> {
    let text = own.first()?.text().trim();
    let marked = text.starts_with(['※', '＊', '*', '†'])
        || text.starts_with("注") && text.chars().nth(1).is_some_and(|c| ")）:：1１".contains(c));
    // ※ may be a mark in front of an indicator that has figures.
    let figures =
        || own.iter().any(|slot| table.value_columns().any(|column| slot.overlaps(column.start, column.end)));
    if marked && (lone || !figures()) {
        return Some("注記の行");
    }
    if lone && table.columns.len() > 2 && !table.purpose.initiatives {
        return Some("値のない行");
    }
    None
}

/// 事業 as a unit, or 施策 as a name with its number, is no label of a form.
fn is_figure_beside(table: &Table, label: &Slot, value: &Slot) -> bool {
    let under = |role: Role| {
        let mut columns = table.columns.iter().filter(|column| column.meaning.role == Some(role));
        columns.any(|column| label.overlaps(column.start, column.end))
    };
    let mut values = table.value_columns();
    let figure = matches!(value.cell.value, crate::model::sheet::Value::Number(_))
        && values.any(|column| value.overlaps(column.start, column.end));
    under(Role::Unit) || figure && under(Role::Indicator)
}

/// 総合評価 | B | 今後の方向性 | 継続: labels with their values where names and figures would stand.
fn is_form_row(meanings: &Meanings, own: &[&Slot], table: &Table) -> bool {
    let label = |slot: &Slot| {
        meanings.at(slot.anchor).and_then(|meaning| meaning.role).filter(|role| role.is_label())
    };
    let first = own.first().and_then(|slot| label(slot));
    let heads = first.is_some_and(|role| !matches!(role, Role::Class | Role::Unit | Role::Number));
    heads
        && own.iter().skip(1).any(|slot| {
            let values = table.value_columns().any(|column| slot.overlaps(column.start, column.end));
            values && label(slot).is_some()
        })
}

/// A row of 達成率 written where figures stand, or of a group such as 重点目標２ with its wording.
fn no_figures(meanings: &Meanings, own: &[&Slot], table: &Table) -> Option<&'static str> {
    let role = |slot: &Slot| meanings.at(slot.anchor).and_then(|meaning| meaning.role);
    let first = own.first().and_then(|slot| role(slot));
    let text = |slot: &&&Slot| matches!(slot.cell.value, crate::model::sheet::Value::Text(_));
    if first == Some(Role::Group) && own.iter().filter(text).count() == own.len() && own.len() <= 2 {
        return Some("指標のまとまりの行");
    }
    let rate = own.iter().any(|slot| {
        let values = table.value_columns().any(|column| slot.overlaps(column.start, column.end));
        values && role(slot) == Some(Role::Rate)
    });
    rate.then_some("達成率などの行（読まずに計算し直す）")
}

/// The columns that name a row: the first column that does, else the first one.
fn name_column(table: &Table) -> (u32, u32) {
    let naming = table.columns.iter().find(|column| column.meaning.role.is_some_and(Role::names_rows));
    naming.or(table.columns.first()).map_or((table.start, table.end), |column| (column.start, column.end))
}

/// All cells of a table.
pub fn cells(view: &View, table: &Table) -> Vec<CellRef> {
    let rows = table.top..=table.bottom;
    rows.flat_map(|row| view.within(row, table.start, table.end)).map(|slot| slot.anchor).collect()
}

/// Labels with one row of values below them (部名 | 課名 over 総合政策部 | 企画財政課) are pairs, not a table.
pub fn as_pairs(view: &View, table: &Table) -> Option<Vec<Pair>> {
    let place =
        |role: Role| matches!(role, Role::Department | Role::Division | Role::Owner | Role::FiscalYear);
    if table.rows.len() != 1 || !table.columns.iter().all(|c| c.meaning.role.is_some_and(place)) {
        return None;
    }
    let pair = |column: &super::Column| {
        let value = view.slot(table.rows[0], column.start, column.end)?;
        Some(Pair { label: column.cell, meaning: column.meaning.clone(), values: vec![value.anchor] })
    };
    Some(table.columns.iter().filter_map(pair).collect())
}
