//! Header bands: one to four rows whose words name the columns below them.

use super::layout::Column;
use super::meaning::{Meaning, Meanings, Role};
use super::view::{Slot, View};
use crate::model::sheet::Value;
use crate::normalise::vocabulary::TableWord;

/// A header of more rows than this, blank ones within merged cells included, is a form.
const MAX_TIERS: u32 = 8;

/// Group tiers above the row that names the columns.
const MAX_GROUP_TIERS: usize = 3;

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

/// All header bands of a view, top to bottom.
pub fn bands(view: &View, meanings: &Meanings) -> Vec<Band> {
    let mut bands = Vec::new();
    let mut after: Option<u32> = None;
    let rows: Vec<u32> = view.rows().map(|(row, _)| row).collect();
    // Whether no blank row stands between the last header and this row.
    let (mut below, mut last_row) = (false, None);
    for row in rows {
        below &= last_row.replace(row).is_some_and(|last: u32| last + 1 == row);
        if after.is_some_and(|last| row <= last)
            || !is_header(view, meanings, row, !below)
            || named_below(view, meanings, row)
        {
            continue;
        }
        let top = upwards(view, meanings, row, after);
        let bottom = downwards(view, meanings, row);
        (after, below) = (Some(bottom), true);
        bands.extend(split(columns(view, meanings, top, bottom), top, bottom));
    }
    bands
}

/// The slots whose content starts in a row.
fn own<'v, 'a>(view: &'v View<'a>, row: u32) -> Vec<&'v Slot<'a>> {
    view.row(row).iter().filter(|slot| slot.starts_in(row)).collect()
}

fn role(meanings: &Meanings, slot: &Slot) -> Option<Role> {
    meanings.at(slot.anchor).and_then(|meaning| meaning.role)
}

/// A cell with a number: 2015 may be a year or 2,015 of something.
fn is_number(slot: &Slot) -> bool {
    matches!(slot.cell.value, Value::Number(_))
}

/// Whether the numbers of a row may be years: it has words of a header, no unit beside them, and below another header
/// more such words than the one that may be a name (項目, 指標1).
fn numbers_are_years(meanings: &Meanings, own: &[&Slot], first: bool) -> bool {
    let words = |slot: &&&Slot| !is_number(slot) && meanings.at(slot.anchor).is_some();
    let unit = own.iter().any(|slot| meanings.at(slot.anchor).is_some_and(Meaning::is_unit));
    let heads = own
        .iter()
        .any(|slot| role(meanings, slot).is_some_and(|role| role.names_rows() || role == Role::FiscalYear));
    heads && !unit && (first || own.iter().filter(words).count() > 1)
}

/// Most cells of the row are header words, and not labels with values beside them. `first`: no header stands above it.
fn is_header(view: &View, meanings: &Meanings, row: u32, first: bool) -> bool {
    let own = own(view, row);
    if is_chapter_twice(meanings, &own) {
        return false;
    }
    let named = own.iter().any(|slot| role(meanings, slot).is_some_and(Role::names_rows));
    let years = numbers_are_years(meanings, &own, first);
    let known = |slot: &&&Slot| meanings.at(slot.anchor).is_some() && (years || !is_number(slot));
    let recognised = own.iter().filter(known).count();
    let words = own
        .iter()
        .filter(|slot| !is_number(slot) && meanings.at(slot.anchor).is_some_and(|m| !m.is_unit()))
        .count();
    let labels = own
        .windows(2)
        .filter(|pair| {
            let label = role(meanings, pair[0]).filter(|role| role.is_label());
            // 期限 beside R4.3末 is a label with its value too.
            let timed = matches!(label, Some(Role::Due | Role::FiscalYear));
            let value = meanings.at(pair[1].anchor);
            label.is_some()
                && value.is_none_or(|value| {
                    (label == Some(Role::Unit) && value.is_unit())
                        || (timed && value.role.is_none() && value.kind.is_none())
                })
        })
        .count();
    // 指標名 and a kind or year among words alone head a table even where most of the others are unknown.
    let certain = own.iter().any(|slot| role(meanings, slot) == Some(Role::Indicator))
        && own.iter().any(|slot| meanings.at(slot.anchor).is_some_and(Meaning::is_value))
        && own.iter().all(|slot| matches!(slot.cell.value, Value::Text(_)));
    // 施設 | 担当課 | 進捗状況 | 期限: a list under a word of its own.
    let stands = recognised >= 3 && own.iter().any(|slot| role(meanings, slot) == Some(Role::Status));
    let enough = if certain {
        recognised * 3 >= own.len()
    } else if named {
        recognised * 2 > own.len()
    } else if stands {
        recognised * 4 >= own.len() * 3
    } else {
        recognised * 4 > own.len() * 3
    };
    words > 0 && recognised >= 2 && enough && labels * 2 < recognised.max(1) + usize::from(named)
}

/// `1. めざす姿` in documents that stand beside one another.
fn is_chapter_twice(meanings: &Meanings, own: &[&Slot]) -> bool {
    let Some((first, rest)) = own.split_first() else { return false };
    let numbered = meanings.is_heading(first.text())
        && first
            .text()
            .trim_start()
            .starts_with(|c: char| c.is_numeric() || matches!(c, '第' | '【' | '■' | '□' | '◆' | '●' | '○'));
    numbered && !rest.is_empty() && rest.iter().all(|slot| slot.text().trim() == first.text().trim())
}

/// A row of group words alone, over a header that names rows: that one is the band's core.
fn named_below(view: &View, meanings: &Meanings, row: u32) -> bool {
    let names =
        |row: u32| view.row(row).iter().any(|slot| role(meanings, slot).is_some_and(Role::names_rows));
    if names(row) {
        return false;
    }
    let tiers = (row + 1..row + MAX_TIERS).take_while(|next| is_header(view, meanings, *next, true));
    tiers.take(MAX_GROUP_TIERS).any(names)
}

/// Tiers above the first row found: group words over several of its columns (令和3年度 over 実績 and 目標).
fn upwards(view: &View, meanings: &Meanings, row: u32, after: Option<u32>) -> u32 {
    let mut top = row;
    let slots = view.row(row);
    let names = slots.iter().find(|slot| role(meanings, slot).is_some_and(Role::names_rows));
    let (Some(first), Some(last)) = (names.or(slots.first()), slots.last()) else { return row };
    let value = slots
        .iter()
        .find(|slot| meanings.at(slot.anchor).is_some_and(Meaning::is_value))
        .map(|slot| slot.start);
    for _ in 0..MAX_GROUP_TIERS {
        let Some(above) = top.checked_sub(1).filter(|above| after.is_none_or(|last| *above > last)) else {
            break;
        };
        let own = own(view, above);
        let inside =
            own.iter().all(|slot| slot.start > first.end && slot.start <= last.end && !is_number(slot));
        let groups = own
            .iter()
            .filter(|slot| meanings.at(slot.anchor).is_some_and(|m| m.is_value() || m.computed))
            .count();
        // A lone cell over one column is a remark such as 令和3年5月末現在, unless it stands over the first value.
        let remark =
            own.len() == 1 && own.iter().all(|slot| slot.start == slot.end && Some(slot.start) != value);
        if !inside || groups == 0 || groups * 2 < own.len() || remark {
            break;
        }
        top = above;
    }
    top
}

/// Further tiers below: rows of header words while no new row name starts.
fn downwards(view: &View, meanings: &Meanings, row: u32) -> u32 {
    let mut bottom = row;
    let Some((first, last)) = view.row(row).first().zip(view.row(row).last()).map(|(a, b)| (a.start, b.end))
    else {
        return row;
    };
    let name = view
        .row(row)
        .iter()
        .find(|slot| meanings.at(slot.anchor).and_then(|m| m.role).is_some_and(Role::names_rows))
        .map_or(first, |slot| slot.start);
    for next in row + 1..row + MAX_TIERS {
        if !view.row(next).is_empty() && view.row(next).iter().all(|slot| (row..=bottom).contains(&slot.row))
        {
            continue;
        }
        let own: Vec<&Slot> = view.row(next).iter().filter(|slot| slot.starts_in(next)).collect();
        // Numbers below a name are figures, whatever year they look like, unless the header is written anew.
        let heading = |col: u32| view.slot(row, col, col).map(|slot| slot.text().trim());
        let figures = own.iter().any(|slot| is_number(slot))
            && own.iter().any(|slot| slot.overlaps(name, name) && heading(name) != Some(slot.text().trim()));
        let known = own.iter().filter(|slot| meanings.at(slot.anchor).is_some()).count();
        // 区分 below 年度 and 名称 below 指標 are tiers; 目標 below 年度 is a row.
        let names_anew = own.iter().any(|slot| {
            slot.overlaps(name, name)
                && role(meanings, slot).is_none_or(|role| !role.heads_rows())
                && !meanings.is_table_word(slot.text(), TableWord::General)
        });
        let inside = own.iter().all(|slot| slot.start >= first && slot.end <= last.max(slot.start));
        if own.is_empty() || figures || names_anew || !inside || known * 5 < own.len() * 4 {
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
            && lowest.row > top
            && let Some(left) = columns.last()
            && left.end + 1 == start
        {
            inherit(view, meanings, &mut meaning, lowest.row, top, left);
        }
        let words =
            tiers.iter().map(|slot| slot.text().split_whitespace().collect::<Vec<_>>().join(" ")).collect();
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
        let group = view.up_to(row, left.end);
        if let Some(group) = group.and_then(|slot| meanings.at(slot.anchor)) {
            meaning.inherit(group);
        }
    }
}

/// Tables beside one another: a new one starts where the first column's word comes anew, or row names do after figures
/// or a blank column.
fn split(columns: Vec<Column>, top: u32, bottom: u32) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for column in columns {
        let role = column.meaning.role;
        let begins = bands.last().is_none_or(|band| {
            let same = |c: &&Column| c.meaning.role.is_some() && c.meaning.role == role;
            let gap = band.columns.last().is_some_and(|last| last.end + 1 < column.start);
            let value = |c: &Column| c.meaning.is_value() || c.meaning.role == Some(Role::ValueColumn);
            let figures = || band.columns.iter().any(value);
            let names = role.is_some_and(Role::names_rows) && band.columns.iter().any(|c| same(&c));
            let first = role.is_some_and(Role::heads_rows) && band.columns.first().as_ref().is_some_and(same);
            (names || first) && (gap || figures())
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
