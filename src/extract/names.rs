//! Which indicator a row of a table is about, and what the other cells in front of its figures say.

use super::axes::RowWords;
use super::indicators::TableReader;
use crate::locate::Slot;
use crate::locate::meaning::Role;
use crate::normalise::text::{key, split_brackets};
use crate::normalise::unit;
use crate::normalise::vocabulary::TableWord;

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

impl<'a> TableReader<'a> {
    /// The cells of a row where names stand, without those that tell a kind or a unit.
    pub(super) fn names_in(&self, row: u32) -> Vec<&'a Slot<'a>> {
        let column = self.table.columns.iter().find(|column| column.meaning.role == Some(Role::Indicator));
        let Some((start, end)) = self.table.names.or(column.map(|column| (column.start, column.end))) else {
            return Vec::new();
        };
        let unit = |slot: &Slot| {
            slot.start > start && unit::known_unit(slot.text(), self.page.means.vocabulary).is_some()
        };
        self.view.within(row, start, end).iter().filter(|slot| !unit(slot)).collect()
    }

    /// The name of a row; the other cells in front of the figures go to `words`.
    pub(super) fn name(&self, row: u32, group: &mut Option<&'a Slot<'a>>, words: &mut RowWords) -> Name<'a> {
        let mut names = self.names_in(row);
        let mut probe = RowWords::default();
        // 目標 and 実績 beside or below a name are kinds.
        names.retain(|slot| !probe.take(self.page, slot, None));
        let name = if self.grouped { names.last() } else { names.first() }.copied();
        self.axis_cells(row, name, words);
        let Some(slot) = name else {
            if probe.any()
                && let Some(slot) = *group
            {
                return Name::New(slot);
            }
            // 合計 may stand under 所属 or 番号.
            let total =
                self.view.row(row).iter().any(|slot| slot.starts_in(row) && self.is_total(slot.text()));
            return match (total, words.any()) {
                (true, _) => Name::Total,
                (false, true) => Name::Same,
                (false, false) => Name::Blank,
            };
        };
        *group = None;
        if self.is_total(slot.text()) { Name::Total } else { Name::New(slot) }
    }

    /// Whether a text is a word for a row that adds others up.
    fn is_total(&self, text: &str) -> bool {
        let total = |text: &str| self.page.means.vocabulary.table.get(text) == Some(&TableWord::Total);
        total(&key(&split_brackets(text).0)) || total(&key(text))
    }

    /// Whether some cell under the word for the indicator goes over several names beside it.
    pub(super) fn is_grouped(&self) -> bool {
        self.table.rows.iter().any(|row| {
            let names = self.names_in(*row);
            let ends = names.first().zip(names.last()).filter(|(first, last)| first.anchor != last.anchor);
            let kind = |slot: &Slot| RowWords::default().take(self.page, slot, None);
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
            if free || role.is_some_and(Role::is_axis) {
                words.take(self.page, slot, column);
            }
        }
    }
}
