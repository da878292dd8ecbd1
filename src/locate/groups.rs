//! Labels with their values → programme blocks: a programme's name begins one, what follows below belongs to it.

use std::collections::BTreeSet;

use super::blocks::Rest;
use super::layout::{Block, Pair};
use super::meaning::{Meanings, Role};
use super::view::View;
use crate::model::place::CellRef;

/// Rows without a label inside a block beyond this many end it.
const MAX_GAP: u32 = 5;

/// Rows between a label that leads a block and the programme's name.
const MAX_LEAD: u32 = 2;

/// Groups pairs in reading order to blocks; what belongs to none stays a pair, and what is no block goes back among
/// the loose cells.
pub fn group(
    view: &View,
    meanings: &Meanings,
    pairs: &[Pair],
    rest: &mut Rest,
    taken: &mut BTreeSet<CellRef>,
) {
    let starts = beside(view, meanings, pairs);
    for zone in 0..=starts.len() {
        let own = |pair: &&Pair| starts.iter().filter(|start| **start <= pair.label.col).count() == zone;
        let own: Vec<Pair> = pairs.iter().filter(own).cloned().collect();
        let blocks = std::mem::take(&mut rest.blocks);
        one_zone(view, meanings, &own, rest, taken);
        rest.blocks.splice(0..0, blocks);
    }
    let (blocks, none) =
        std::mem::take(&mut rest.blocks).into_iter().partition(|block| is_block(view, meanings, block));
    rest.blocks = blocks;
    for block in none {
        for pair in &block.pairs {
            taken.remove(&pair.label);
            pair.values.iter().for_each(|at| _ = taken.remove(at));
        }
        block.number.iter().for_each(|at| _ = taken.remove(at));
    }
}

/// Where blocks begin that stand to the right of others: a programme's label that another one with the same word stands
/// left of, with the number in front of it.
fn beside(view: &View, meanings: &Meanings, pairs: &[Pair]) -> Vec<u32> {
    let programs: Vec<&Pair> = pairs.iter().filter(|pair| pair.meaning.role == Some(Role::Program)).collect();
    let word = |pair: &Pair| view.at(pair.label.row, pair.label.col).map(|slot| slot.text().trim());
    let mut starts: Vec<u32> = Vec::new();
    for pair in programs.windows(2).filter(|pair| pair[0].label.row == pair[1].label.row) {
        if word(pair[0]) == word(pair[1]) {
            let col = pair[1].label.col;
            let number = view.row(pair[1].label.row).iter().rev().find(|slot| slot.end < col);
            let number =
                number.filter(|slot| meanings.is_number(slot.text()) && slot.start > pair[0].label.col);
            starts.push(number.map_or(col, |slot| slot.start));
        }
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Groups the pairs of blocks that stand below one another.
fn one_zone(
    view: &View,
    meanings: &Meanings,
    pairs: &[Pair],
    rest: &mut Rest,
    taken: &mut BTreeSet<CellRef>,
) {
    let leads = places_lead(pairs);
    let mut last_row = 0;
    for (index, pair) in pairs.iter().enumerate() {
        let role = pair.meaning.role;
        let row = pair.label.row;
        let near = row <= last_row + MAX_GAP;
        let begins =
            role == Some(Role::Program) || (role == Some(Role::Item) && (rest.blocks.is_empty() || !near));
        let belongs = role.is_some_and(Role::in_block) && !(leads && is_lead(pairs, index));
        if begins {
            rest.blocks.push(begun(view, meanings, pair, leads, &mut rest.pairs, taken));
        } else if let Some(block) = rest.blocks.last_mut().filter(|_| near && belongs) {
            block.pairs.push(pair.clone());
        } else {
            if pair.values.is_empty() {
                taken.remove(&pair.label);
            } else {
                rest.pairs.push(pair.clone());
            }
            continue;
        }
        let bottom = pair.values.iter().map(|at| at.row).max().unwrap_or(row);
        last_row = last_row.max(bottom).max(row);
    }
}

/// A new block with the number in front of its name and, where the form leads with them, the places above it.
fn begun(
    view: &View,
    meanings: &Meanings,
    pair: &Pair,
    leads: bool,
    loose: &mut Vec<Pair>,
    taken: &mut BTreeSet<CellRef>,
) -> Block {
    let row = pair.label.row;
    let number = view.row(row).iter().rev().find(|slot| slot.end < pair.label.col);
    let mut number = number.filter(|slot| meanings.is_number(slot.text())).map(|slot| slot.anchor);
    taken.extend(number);
    let mut pairs = vec![pair.clone()];
    while let Some(lead) = loose.last().filter(|lead| lead.label.row + MAX_LEAD >= row) {
        let place = leads && is_place(lead);
        let numbered = lead.meaning.role == Some(Role::Number) && lead.values.len() == 1;
        if !place && !numbered {
            break;
        }
        if let Some(lead) = loose.pop() {
            if numbered {
                number = number.or(lead.values.first().copied());
            } else {
                pairs.push(lead);
            }
        }
    }
    Block { number, pairs }
}

fn is_place(pair: &Pair) -> bool {
    matches!(pair.meaning.role, Some(Role::Department | Role::Division | Role::Owner))
}

/// Whether places stand in front of each programme's name and not behind it: so it is where one stands in front of the
/// first and of a later one.
fn places_lead(pairs: &[Pair]) -> bool {
    let starts = pairs.iter().enumerate().filter(|(_, pair)| pair.meaning.role == Some(Role::Program));
    let mut led = starts.map(|(index, _)| index > 0 && is_lead(pairs, index - 1));
    led.next() == Some(true) && led.next() == Some(true)
}

/// Whether only places and numbers stand between this pair and the next programme's name, close by.
fn is_lead(pairs: &[Pair], index: usize) -> bool {
    let Some(own) = pairs.get(index).filter(|pair| is_place(pair)) else { return false };
    let rest = pairs.iter().skip(index + 1);
    let mut rest = rest.skip_while(|pair| is_place(pair) || pair.meaning.role == Some(Role::Number));
    let next = rest.next().filter(|next| next.meaning.role == Some(Role::Program));
    next.is_some_and(|next| next.label.row <= own.label.row + MAX_LEAD)
}

/// An item's label alone is none; nor is a single row of words that heads what stands below it.
fn is_block(view: &View, meanings: &Meanings, block: &Block) -> bool {
    let Some(first) = block.pairs.first() else { return false };
    if first.meaning.role == Some(Role::Item) && block.pairs.len() < 2 {
        return false;
    }
    let row = first.label.row;
    if block.pairs.iter().any(|pair| pair.label.row != row || pair.values.iter().any(|at| at.row != row)) {
        return true;
    }
    let many = block.pairs.iter().any(|pair| pair.values.len() > 1);
    let below = |pair: &Pair| view.slot(row + 1, pair.label.col, pair.label.col);
    let headed = block.pairs.iter().filter_map(below).any(|slot| meanings.at(slot.anchor).is_none());
    !many && !headed
}
