//! What stands outside tables: labels with values beside or below them, grouped to blocks, and loose lines.

use std::collections::BTreeSet;

use super::layout::{Block, Pair};
use super::meaning::{Meaning, Meanings, Role};
use super::view::{Slot, View};
use crate::model::place::CellRef;

/// A name of a place that stands below its label is no longer than this.
const LONGEST_PLACE: usize = 20;

/// Pairs, blocks and lines.
#[derive(Debug, Default)]
pub struct Rest {
    pub blocks: Vec<Block>,
    pub pairs: Vec<Pair>,
    pub lines: Vec<CellRef>,
}

/// Sorts everything that no table claims.
pub fn rest(view: &View, meanings: &Meanings, claimed: &BTreeSet<CellRef>) -> Rest {
    let sheet = Sheet { view, meanings };
    let mut taken = claimed.clone();
    let mut pairs: Vec<Pair> = Vec::new();
    for (row, slots) in view.rows() {
        for (index, slot) in slots.iter().enumerate() {
            if !slot.starts_in(row) || taken.contains(&slot.anchor) {
                continue;
            }
            let Some(meaning) = sheet.label(slot) else { continue };
            let mut values = sheet.beside(&taken, slot, index);
            if meaning.role == Some(Role::Item) {
                sheet.further(&taken, slot, &mut values);
            }
            if values.is_empty() {
                values = sheet.below(&taken, slot, meaning, &pairs);
            }
            // 進捗状況 with nothing beside it says that nothing was reported.
            if !values.is_empty() || meaning.role == Some(Role::Status) {
                taken.insert(slot.anchor);
                taken.extend(&values);
                pairs.push(Pair { label: slot.anchor, meaning: meaning.clone(), values });
            }
        }
    }
    let mut rest = Rest::default();
    super::groups::group(view, meanings, &pairs, &mut rest, &mut taken);
    for (row, slots) in view.rows() {
        let own = slots.iter().filter(|slot| slot.starts_in(row) && !taken.contains(&slot.anchor));
        rest.lines.extend(own.map(|slot| slot.anchor));
    }
    rest
}

/// A sheet's slots and their meanings.
struct Sheet<'s> {
    view: &'s View<'s>,
    meanings: &'s Meanings<'s>,
}

impl<'s> Sheet<'s> {
    fn label(&self, slot: &Slot) -> Option<&'s Meaning> {
        self.meanings.at(slot.anchor).filter(|meaning| meaning.role.is_some_and(Role::is_label))
    }

    /// The cells to the right of a label up to the next label, in all rows that the label spans.
    fn beside(&self, taken: &BTreeSet<CellRef>, label: &Slot, index: usize) -> Vec<CellRef> {
        let mut values = Vec::new();
        let last = label.last_row.min(self.view.last_row().unwrap_or(0));
        for row in label.anchor.row..=last {
            let slots = self.view.row(row);
            let from = if row == label.anchor.row {
                index + 1
            } else {
                slots.partition_point(|s| s.start <= label.end)
            };
            for slot in slots.iter().skip(from) {
                if self.label(slot).is_some() || taken.contains(&slot.anchor) || !slot.starts_in(row) {
                    break;
                }
                values.push(slot.anchor);
            }
        }
        values
    }

    /// More items in the rows below the last one, under a label that is written once and not merged.
    fn further(&self, taken: &BTreeSet<CellRef>, label: &Slot, values: &mut Vec<CellRef>) {
        let (Some(first), Some(last)) = (values.first().copied(), values.last().copied()) else { return };
        for row in last.row.max(label.last_row) + 1.. {
            let [slot] = self.view.row(row) else { return };
            let own = slot.starts_in(row) && slot.start == first.col && !taken.contains(&slot.anchor);
            if !own
                || self.meanings.at(slot.anchor).is_some()
                || slot.text().trim_start().starts_with(['※', '＊', '*'])
            {
                return;
            }
            values.push(slot.anchor);
        }
    }

    /// The cells below a label that stands alone in its row: a place's name, or a form whose labels and values alternate
    /// down one column.
    fn below(
        &self,
        taken: &BTreeSet<CellRef>,
        label: &Slot,
        meaning: &Meaning,
        before: &[Pair],
    ) -> Vec<CellRef> {
        let column = label.start;
        let alone = |row: u32| match self.view.row(row) {
            [slot] if slot.starts_in(row) && slot.start == column => Some(slot),
            _ => None,
        };
        if alone(label.anchor.row).is_none() {
            return Vec::new();
        }
        let mut values = Vec::new();
        let mut row = label.last_row + 1;
        while let Some(slot) =
            alone(row).filter(|slot| self.label(slot).is_none() && !taken.contains(&slot.anchor))
        {
            values.push(slot);
            row = slot.last_row + 1;
        }
        let role = meaning.role;
        let place = matches!(role, Some(Role::Department | Role::Division | Role::Owner));
        let form = |role: Option<Role>| role.is_some_and(|role| role == Role::Program || role.in_block());
        let labelled =
            |row| alone(row).and_then(|slot| self.label(slot)).is_some_and(|meaning| form(meaning.role));
        let begins = role == Some(Role::Program) && values.len() == 1 && labelled(row);
        let goes_on = before.last().is_some_and(|pair| {
            let near =
                pair.values.iter().map(|at| at.row).max().is_some_and(|last| last + 2 >= label.anchor.row);
            pair.label.col == column
                && near
                && pair.values.iter().all(|at| at.col == column)
                && form(pair.meaning.role)
        });
        let most = if matches!(role, Some(Role::Item | Role::Comment | Role::Note)) { usize::MAX } else { 1 };
        let short = values.first().is_some_and(|slot| slot.text().chars().count() <= LONGEST_PLACE);
        if begins || (form(role) && goes_on) || (place && short) {
            return values.into_iter().take(most).map(|slot| slot.anchor).collect();
        }
        Vec::new()
    }
}
