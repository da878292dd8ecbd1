//! What stands outside tables: labels with values beside them, grouped to blocks, and loose lines.

use std::collections::BTreeSet;

use super::layout::{Block, Pair};
use super::meaning::{Meanings, Role};
use super::view::{Slot, View};
use crate::model::place::CellRef;

/// Blank rows inside a block beyond this many end it.
const MAX_GAP: u32 = 5;

/// Pairs, blocks and lines.
#[derive(Debug, Default)]
pub struct Rest {
    pub blocks: Vec<Block>,
    pub pairs: Vec<Pair>,
    pub lines: Vec<CellRef>,
}

/// Sorts everything that no table claims.
pub fn rest(view: &View, meanings: &Meanings, claimed: &BTreeSet<CellRef>) -> Rest {
    let mut taken = claimed.clone();
    let mut pairs: Vec<Pair> = Vec::new();
    for (row, slots) in view.rows() {
        for (index, slot) in slots.iter().enumerate() {
            if !slot.starts_in(row) || taken.contains(&slot.anchor) {
                continue;
            }
            let Some(meaning) = meanings.at(slot.anchor).filter(|m| m.role.is_some_and(Role::is_label))
            else {
                continue;
            };
            let values = beside(view, meanings, &taken, slot, index);
            if !values.is_empty() {
                taken.insert(slot.anchor);
                taken.extend(&values);
                pairs.push(Pair { label: slot.anchor, meaning: meaning.clone(), values });
            }
        }
    }
    let mut rest = Rest::default();
    group(view, meanings, pairs, &mut taken, &mut rest);
    for (row, slots) in view.rows() {
        let own = slots.iter().filter(|slot| slot.starts_in(row) && !taken.contains(&slot.anchor));
        rest.lines.extend(own.map(|slot| slot.anchor));
    }
    rest
}

/// The cells to the right of a label up to the next label, in all rows that the label spans.
fn beside(
    view: &View,
    meanings: &Meanings,
    taken: &BTreeSet<CellRef>,
    label: &Slot,
    index: usize,
) -> Vec<CellRef> {
    let mut values = Vec::new();
    let last = label.last_row.min(view.last_row().unwrap_or(0));
    for row in label.anchor.row..=last {
        let slots = view.row(row);
        let from =
            if row == label.anchor.row { index + 1 } else { slots.partition_point(|s| s.start <= label.end) };
        for slot in slots.iter().skip(from) {
            let labelled = meanings.at(slot.anchor).is_some_and(|m| m.role.is_some_and(Role::is_label));
            if labelled || taken.contains(&slot.anchor) || !slot.starts_in(row) {
                break;
            }
            values.push(slot.anchor);
        }
    }
    values
}

/// A programme's name begins a block; what follows in the rows below belongs to it.
fn group(view: &View, meanings: &Meanings, pairs: Vec<Pair>, taken: &mut BTreeSet<CellRef>, rest: &mut Rest) {
    let mut last_row = 0;
    for pair in pairs {
        let role = pair.meaning.role;
        let row = pair.label.row;
        let near = row <= last_row + MAX_GAP;
        let begins =
            role == Some(Role::Program) || (role == Some(Role::Item) && (rest.blocks.is_empty() || !near));
        let joins = rest.blocks.last().is_some() && near && role.is_some_and(Role::in_block);
        if begins {
            let number = view.row(row).iter().rev().find(|slot| slot.end < pair.label.col);
            let number = number.filter(|slot| meanings.is_number(slot.text())).map(|slot| slot.anchor);
            taken.extend(number);
            rest.blocks.push(Block { number, pairs: vec![pair.clone()] });
        } else if joins && let Some(block) = rest.blocks.last_mut() {
            block.pairs.push(pair.clone());
        } else {
            rest.pairs.push(pair);
            continue;
        }
        let bottom = pair.values.iter().map(|at| at.row).max().unwrap_or(row);
        last_row = last_row.max(bottom).max(row);
    }
}
