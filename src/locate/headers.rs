//! Header bands: one to four rows whose words name the columns below them.

use super::layout::Column;
use super::meaning::{Meaning, Meanings, Role};
use super::view::{Slot, View};

/// A header of more rows than this, blank ones within merged cells included, is a form.
const MAX_TIERS: u32 = 8;

/// A header band, or the part of one that heads one of several tables beside one another.
#[derive(Debug)]
pub struct Band {
    /// First row.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
    /// Its columns, left to right.
    pub columns: Vec<Column>,
}

/// All header bands of a sheet, top to bottom.
pub fn bands(view: &View, meanings: &Meanings) -> Vec<Band> {
    let mut bands = Vec::new();
    let mut after: Option<u32> = None;
    let rows: Vec<u32> = view.rows().map(|(row, _)| row).collect();
    for row in rows {
        if after.is_some_and(|last| row <= last) || !is_header(view, meanings, row) {
            continue;
        }
        let top = upwards(view, meanings, row, after);
        let bottom = downwards(view, meanings, row);
        after = Some(bottom);
        bands.extend(split(columns(view, meanings, top, bottom), top, bottom));
    }
    bands
}

/// Most cells of the row are header words, and not labels with values beside them.
fn is_header(view: &View, meanings: &Meanings, row: u32) -> bool {
    let own: Vec<&Slot> = view.row(row).iter().filter(|slot| slot.starts_in(row)).collect();
    let known = |slot: &&&Slot| meanings.at(slot.anchor).is_some();
    let recognised = own.iter().filter(known).count();
    let named = own.iter().filter_map(|slot| meanings.at(slot.anchor)).any(|m| m.role.is_some_and(Role::names_rows));
    let labels = own
        .windows(2)
        .filter(|pair| {
            let label = meanings.at(pair[0].anchor).filter(|m| m.role.is_some_and(Role::is_label));
            // 期限 beside R4.3末 is a label with its value too.
            let timed = |m: &&Meaning| matches!(m.role, Some(Role::Due | Role::FiscalYear));
            let value = meanings.at(pair[1].anchor);
            label.is_some_and(|label| value.is_none_or(|value| timed(&label) && value.role.is_none() && value.kind.is_none()))
        })
        .count();
    let enough = if named { recognised * 2 > own.len() } else { recognised * 4 > own.len() * 3 };
    recognised >= 2 && enough && labels * 2 < recognised.max(1) + usize::from(named)
}

/// A tier above the first row found: group words over several of its columns (令和3年度 over 実績 and 目標).
fn upwards(view: &View, meanings: &Meanings, row: u32, after: Option<u32>) -> u32 {
    let Some(above) = row.checked_sub(1).filter(|above| after.is_none_or(|last| *above > last)) else { return row };
    let (Some(first), Some(last)) = (view.row(row).first(), view.row(row).last()) else { return row };
    let own: Vec<&Slot> = view.row(above).iter().filter(|slot| slot.starts_in(above)).collect();
    let inside = |slot: &&Slot| {
        slot.start > first.end && slot.end <= last.end && meanings.at(slot.anchor).is_some_and(Meaning::is_value)
    };
    if own.is_empty() || !own.iter().all(inside) { row } else { above }
}

/// Further tiers below: rows of header words while no new row name starts.
fn downwards(view: &View, meanings: &Meanings, row: u32) -> u32 {
    let mut bottom = row;
    let Some((first, last)) = view.row(row).first().zip(view.row(row).last()).map(|(a, b)| (a.start, b.end)) else {
        return row;
    };
    let name = view
        .row(row)
        .iter()
        .find(|slot| meanings.at(slot.anchor).and_then(|m| m.role).is_some_and(Role::names_rows))
        .map_or(first, |slot| slot.start);
    for next in row + 1..row + MAX_TIERS {
        if !view.row(next).is_empty() && view.row(next).iter().all(|slot| (row..=bottom).contains(&slot.anchor.row)) {
            continue;
        }
        let own: Vec<&Slot> = view.row(next).iter().filter(|slot| slot.starts_in(next)).collect();
        let known = own.iter().filter(|slot| meanings.at(slot.anchor).is_some()).count();
        let names_anew = own.iter().any(|slot| slot.overlaps(name, name));
        let inside = own.iter().all(|slot| slot.start >= first && slot.end <= last.max(slot.start));
        if own.is_empty() || names_anew || !inside || known * 5 < own.len() * 4 {
            break;
        }
        bottom = next;
    }
    bottom
}

/// The columns under a band: the words of all tiers that stand over each.
fn columns(view: &View, meanings: &Meanings, top: u32, bottom: u32) -> Vec<Column> {
    let mut edges: Vec<u32> = Vec::new();
    for row in top..=bottom {
        edges.extend(view.row(row).iter().flat_map(|slot| [slot.start, slot.end.saturating_add(1)]));
    }
    edges.sort_unstable();
    edges.dedup();
    let mut columns: Vec<Column> = Vec::new();
    for pair in edges.windows(2) {
        let (start, end) = (pair[0], pair[1] - 1);
        let mut tiers: Vec<&Slot> = Vec::new();
        for row in top..=bottom {
            let slot = view.slot(row, start, end);
            let new = |slot: &&Slot| tiers.last().is_none_or(|last| last.anchor != slot.anchor);
            if let Some(slot) = slot.filter(|slot| slot.start <= start && slot.end >= end).filter(new) {
                tiers.push(slot);
            }
        }
        let Some(lowest) = tiers.last() else { continue };
        let known: Vec<&Meaning> = tiers.iter().filter_map(|slot| meanings.at(slot.anchor)).collect();
        let mut meaning = Meaning::stacked(&known);
        if tiers.len() < (bottom - top + 1) as usize
            && lowest.anchor.row > top
            && let Some(left) = columns.last()
            && left.end + 1 == start
        {
            inherit(view, meanings, &mut meaning, lowest.anchor.row, top, left);
        }
        let words = tiers.iter().map(|slot| slot.text().split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        columns.push(Column { start, end, words, cell: lowest.anchor, meaning });
    }
    columns
}

/// A group word that is written once and not merged heads the blank cells to its right too.
fn inherit(view: &View, meanings: &Meanings, meaning: &mut Meaning, own_row: u32, top: u32, left: &Column) {
    for row in top..own_row {
        let here = view.slot(row, left.end + 1, left.end + 1);
        if here.is_some() {
            continue;
        }
        let group = (0..=left.end).rev().find_map(|col| view.slot(row, col, col));
        if let Some(group) = group.and_then(|slot| meanings.at(slot.anchor)) {
            meaning.inherit(group);
        }
    }
}

/// Tables beside one another: a new one starts where row names come anew after figures, or after a blank column.
fn split(columns: Vec<Column>, top: u32, bottom: u32) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for column in columns {
        let names = column.meaning.role.is_some_and(Role::names_rows);
        let begins = bands.last().is_none_or(|band| {
            let already = band.columns.iter().any(|c| c.meaning.role.is_some() && c.meaning.role == column.meaning.role);
            let gap = band.columns.last().is_some_and(|last| last.end + 1 < column.start);
            let figures = band.columns.iter().any(|c| c.meaning.is_value());
            names && already && (gap || figures)
        });
        if begins {
            bands.push(Band { top, bottom, columns: Vec::new() });
        }
        if let Some(band) = bands.last_mut() {
            band.columns.push(column);
        }
    }
    bands
}
