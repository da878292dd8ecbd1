//! Tables that have their header words in a column: indicators across, years down the rows. They are found in the view
//! with rows and columns exchanged, stretch by stretch between blank rows.

use std::collections::{BTreeMap, BTreeSet};

use super::headers::bands;
use super::layout::Table;
use super::meaning::{Meanings, Role};
use super::purpose::{self, Titles};
use super::tables::{cells, table};
use super::view::View;
use crate::model::place::CellRef;

/// Adds them; what the sheet's rows alone seemed to be gives way.
pub fn add(view: &View, meanings: &Meanings, titles: &Titles, tables: &mut Vec<Table>) {
    let read = |table: &&Table| table.purpose.indicators || table.purpose.initiatives;
    let claimed: BTreeSet<CellRef> =
        tables.iter().filter(read).flat_map(|table| cells(view, table)).collect();
    let (others, mut found_all, mut give_way) = (by_cell(view, tables), Vec::new(), BTreeSet::new());
    for (first, last) in stretches(view, &claimed) {
        if !years_down(view, meanings, &claimed, first, last) {
            continue;
        }
        let turned = view.turned(first..=last, |at| claimed.contains(&at));
        let bands = bands(&turned, meanings);
        for band in &bands {
            let Some(mut found) = table(&turned, meanings, band, &bands) else { continue };
            found.turned = true;
            found.names = names(&turned, meanings, titles, first, &found);
            purpose::decide(&turned, meanings, titles, first, &mut found);
            if !found.purpose.indicators || labels_name_rows(&turned, meanings, &found) {
                continue;
            }
            found.purpose.initiatives = false;
            let own = cells(&turned, &found);
            give_way.extend(own.iter().filter_map(|at| others.get(at)).flatten().copied());
            found_all.push(found);
        }
    }
    let mut index = 0;
    tables.retain(|_| {
        index += 1;
        !give_way.contains(&(index - 1))
    });
    tables.append(&mut found_all);
    tables.sort_by_key(|table| table.range().0);
}

/// A label such as 単位 among the names: the row is one of a card, whose labels and values stand side by side.
fn labels_name_rows(turned: &View, meanings: &Meanings, table: &Table) -> bool {
    let column = table.columns.iter().find(|column| column.meaning.role == Some(Role::Indicator));
    let Some((start, end)) = table.names.or(column.map(|column| (column.start, column.end))) else {
        return false;
    };
    table.rows.iter().filter_map(|row| turned.slot(*row, start, end)).any(|slot| {
        let role = meanings.at(slot.anchor).and_then(|meaning| meaning.role);
        role.is_some_and(|role| role.is_label() && role != Role::Indicator)
    })
}

/// The tables without indicators that lie over each cell, by their place in the list.
fn by_cell(view: &View, tables: &[Table]) -> BTreeMap<CellRef, Vec<usize>> {
    let mut by_cell: BTreeMap<CellRef, Vec<usize>> = BTreeMap::new();
    for (index, table) in tables.iter().enumerate().filter(|(_, table)| !table.purpose.indicators) {
        for at in cells(view, table) {
            by_cell.entry(at).or_default().push(index);
        }
    }
    by_cell
}

/// Stretches of rows that hold something unclaimed, without the lone texts at their ends.
fn stretches(view: &View, claimed: &BTreeSet<CellRef>) -> Vec<(u32, u32)> {
    let mut runs: Vec<Vec<(u32, usize)>> = Vec::new();
    for (row, slots) in view.rows() {
        let free = slots.iter().filter(|slot| !claimed.contains(&slot.anchor)).count();
        if free == 0 {
            continue;
        }
        match runs.last_mut().filter(|run| run.last().is_some_and(|(last, _)| last + 1 == row)) {
            Some(run) => run.push((row, free)),
            None => runs.push(vec![(row, free)]),
        }
    }
    let trimmed = runs.iter().filter_map(|run| {
        let first = run.iter().find(|(_, free)| *free > 1)?.0;
        let last = run.iter().rev().find(|(_, free)| *free > 1)?.0;
        (first < last).then_some((first, last))
    });
    trimmed.collect()
}

/// At least two cells of the stretch that begin a row name a year: without them nothing can be found.
fn years_down(view: &View, meanings: &Meanings, claimed: &BTreeSet<CellRef>, first: u32, last: u32) -> bool {
    let mut columns: Vec<u32> = Vec::new();
    for row in first..=last {
        let year = view.row(row).iter().find(|slot| {
            let meaning =
                meanings.at(slot.anchor).filter(|_| slot.starts_in(row) && !claimed.contains(&slot.anchor));
            meaning.is_some_and(|meaning| meaning.is_value() || meaning.role.is_some_and(Role::is_axis))
        });
        columns.extend(year.map(|slot| slot.start));
    }
    columns.sort_unstable();
    columns.windows(2).any(|pair| pair[0] == pair[1])
}

/// The rows (columns of the sheet) have their names under a word such as 年度: a group word 指標 over the names, or a
/// title that speaks of indicators, says that they are names of indicators.
fn names(turned: &View, meanings: &Meanings, titles: &Titles, top: u32, table: &Table) -> Option<(u32, u32)> {
    if table.columns.iter().any(|column| column.meaning.role == Some(Role::Indicator)) {
        return None;
    }
    let values = table.columns.iter().filter(|column| column.meaning.is_value());
    let before = values.map(|column| column.start).min()?.checked_sub(1)?;
    let grouped = table.rows.iter().flat_map(|row| turned.row(*row)).any(|slot| {
        let word = meanings.at(slot.anchor).is_some_and(|meaning| meaning.role == Some(Role::Indicator));
        word && slot.start <= before && slot.last_row > slot.row
    });
    let told = grouped || titles.indicators(top);
    let units = table
        .columns
        .iter()
        .filter(|column| column.meaning.role == Some(Role::Unit))
        .map(|column| column.start)
        .min();
    let last = units.and_then(|start| start.checked_sub(1)).unwrap_or(before).min(before);
    told.then_some((table.start.saturating_sub(u32::from(grouped)).min(last), last))
}
