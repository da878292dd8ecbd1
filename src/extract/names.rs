//! Which indicator a row of a table is about, and what the other cells in front of its figures say.

use std::collections::{BTreeMap, BTreeSet};

use super::axes::{RowWords, whose_years};
use super::indicators::TableReader;
use crate::locate::Slot;
use crate::locate::meaning::Role;
use crate::model::quantity::Unit;
use crate::model::sheet::Value;
use crate::normalise::text::{canonical_name, unwrap};
use crate::normalise::unit;

/// What the name of a row is.
pub(super) enum Name<'a> {
    /// A new name in its cell.
    New(&'a Slot<'a>),
    /// The row above goes on.
    Same,
    /// None, and nothing else that tells what the figures are.
    Blank,
    /// That of a row which adds others up.
    Total,
}

/// A column that tells rows of one name apart.
pub(super) struct Qualifiers {
    start: u32,
    end: u32,
    /// The names, in canonical form, whose rows it tells apart.
    names: BTreeSet<String>,
}

impl<'a> TableReader<'a> {
    /// The cells of a row where names stand, without those that tell a kind or a unit.
    pub(super) fn names_in(&self, row: u32) -> Vec<&'a Slot<'a>> {
        let column = self.table.columns.iter().find(|column| column.meaning.role == Some(Role::Indicator));
        let Some((start, end)) = self.table.names.or(column.map(|column| (column.start, column.end))) else {
            return Vec::new();
        };
        let unit = |slot: &Slot| {
            slot.start > start && unit::known_unit(unwrap(slot.text()), self.page.means.vocabulary).is_some()
        };
        self.view.within(row, start, end).iter().filter(|slot| !unit(slot)).collect()
    }

    /// The column that tells the rows of one name apart where neither time nor kind does, with the names of which it
    /// does: 男性 and 女性 beside 喫煙率.
    pub(super) fn find_qualifiers(&self) -> Option<Qualifiers> {
        let first = self.table.value_columns().map(|column| column.start).min()?;
        let name = self.table.columns.iter().find(|column| column.meaning.role == Some(Role::Indicator))?;
        let mut columns = self.table.columns.iter().filter(|column| {
            let free = matches!(column.meaning.role, None | Some(Role::Indicator));
            free && column.start > name.end && column.end < first && !column.meaning.is_value()
        });
        let column = columns.next().filter(|_| self.table.names.is_none() && !self.grouped)?;
        let mut cells: BTreeMap<String, Vec<Option<&Slot>>> = BTreeMap::new();
        for row in &self.table.rows {
            let Some(name) = self.names_in(*row).first().map(|slot| canonical_name(slot.text())) else {
                continue;
            };
            cells.entry(name).or_default().push(self.view.slot(*row, column.start, column.end));
        }
        let word = |slot: &&Slot| {
            let unit = unit::known_unit(unwrap(slot.text()), self.page.means.vocabulary).is_some();
            let time = RowWords::default().take(self.page, slot, None, None);
            matches!(slot.cell.value, Value::Text(_)) && !unit && !time
        };
        cells.retain(|_, cells| {
            let texts: BTreeSet<&str> = cells.iter().flatten().map(|slot| slot.text().trim()).collect();
            cells.len() > 1 && texts.len() == cells.len() && cells.iter().flatten().all(word)
        });
        let names = cells.into_keys().collect();
        Some(Qualifiers { start: column.start, end: column.end, names })
    }

    /// What tells the row of a name from others of that name.
    pub(super) fn qualifier(&self, name: &Slot, row: u32) -> Option<&'a Slot<'a>> {
        let found = self.qualifiers.as_ref()?;
        let slot = self.view.slot(row, found.start, found.end)?;
        found.names.contains(&canonical_name(name.text())).then_some(slot)
    }

    /// The unit that stands beside a name, under the same header.
    pub(super) fn unit_beside(&self, row: u32) -> Option<Unit> {
        let column = self.table.columns.iter().find(|column| column.meaning.role == Some(Role::Indicator));
        let (start, end) = self.table.names.or(column.map(|column| (column.start, column.end)))?;
        let slots = self.view.row(row).iter().filter(|slot| slot.start > start && slot.end <= end);
        slots.into_iter().find_map(|slot| unit::known_unit(unwrap(slot.text()), self.page.means.vocabulary))
    }

    /// The name of a row; the other cells in front of the figures go to `words`.
    pub(super) fn name(&self, row: u32, group: &mut Option<&'a Slot<'a>>, words: &mut RowWords) -> Name<'a> {
        let mut names = self.names_in(row);
        let mut told = false;
        // 目標 and 実績 beside or below a name are kinds.
        names.retain(|slot| {
            let kind = self.tells_kind(slot);
            told |= kind;
            !kind
        });
        let name = if self.grouped { names.last() } else { names.first() }.copied();
        self.axis_cells(row, name, words);
        let Some(slot) = name else {
            if told && let Some(slot) = *group {
                return Name::New(slot);
            }
            // 合計 may stand under 所属 or 番号.
            let total = self
                .view
                .row(row)
                .iter()
                .any(|slot| slot.starts_in(row) && self.page.means.vocabulary.is_total(slot.text()));
            return match (total, words.any()) {
                (true, _) => Name::Total,
                (false, true) => Name::Same,
                (false, false) => Name::Blank,
            };
        };
        *group = None;
        if self.page.means.vocabulary.is_total(slot.text()) { Name::Total } else { Name::New(slot) }
    }

    /// Whether a cell where names stand tells time or kind instead. 達成率 does so among 目標 and 実績; without these it
    /// is an indicator's name.
    fn tells_kind(&self, slot: &Slot) -> bool {
        let mut words = RowWords::default();
        words.take(self.page, slot, None, None) && (!words.computed || self.kinds_among_names)
    }

    /// Whether 目標 or 実績 stand where names do.
    pub(super) fn has_kinds_among_names(&self) -> bool {
        let kind = |slot: &&Slot| {
            let mut words = RowWords::default();
            words.take(self.page, slot, None, None) && !words.computed
        };
        self.table.rows.iter().any(|row| self.names_in(*row).iter().any(kind))
    }

    /// Whether some cell under the word for the indicator goes over several names beside it.
    pub(super) fn is_grouped(&self) -> bool {
        self.table.rows.iter().any(|row| {
            let names = self.names_in(*row);
            let ends = names.first().zip(names.last()).filter(|(first, last)| first.anchor != last.anchor);
            let kind = |slot: &Slot| RowWords::default().take(self.page, slot, None, None);
            ends.is_some_and(|(first, last)| {
                !kind(last) && (first.last_row > last.last_row || first.row < last.row)
            })
        })
    }

    /// Whether cells in front of the figures tell rows apart.
    pub(super) fn is_axed(&self) -> bool {
        self.table.columns.iter().any(|column| column.meaning.role.is_some_and(Role::is_axis))
    }

    /// Reads the cells of a row that tell time and kind: those under 年度, 区分 and the like, and those without a header
    /// of their own in front of the figures.
    pub(super) fn axis_cells(&self, row: u32, name: Option<&Slot>, words: &mut RowWords) {
        let first = self.table.value_columns().map(|column| column.start).min().unwrap_or(self.table.end);
        for slot in self.view.within(row, self.table.start, self.table.end) {
            let names = self.table.names.is_some_and(|(start, end)| slot.overlaps(start, end));
            if names || name.is_some_and(|name| name.anchor == slot.anchor) {
                continue;
            }
            let column = self.table.column_over(slot.start, slot.end);
            let role = column.and_then(|column| column.meaning.role);
            let free = slot.start < first && matches!(role, None | Some(Role::Indicator));
            // 種別 may head kinds of indicators or of values.
            if free || role.is_some_and(|role| role.is_axis() || role == Role::Class) {
                let whose = column.and_then(|column| whose_years(self.page, self.table, column));
                words.take(self.page, slot, column, whose);
            }
        }
    }
}
