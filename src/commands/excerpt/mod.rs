//! The row in which a finding stands, with a caret under its cell, as compilers show their sources.

use crate::finding::{SheetRow, Stretch};
use crate::model::place::CellRef;
use crate::width::{cut, pad, width};

/// Columns of the terminal.
pub(super) const WIDTH: usize = 80;

/// Between two cells; full-width, so that its own width is certain.
const BAR: &str = "｜";

/// Stands for cells that are left out.
const GAP: &str = "..";

/// The widest that the cell itself, the name of its row and other cells are shown.
const WIDEST: (usize, usize, usize) = (30, 20, 10);

/// A column of the excerpt.
#[derive(Debug, Clone, Copy)]
struct Column<'a> {
    start: u32,
    end: u32,
    head: &'a str,
    brief: &'a str,
    text: &'a str,
    naming: bool,
}

impl Column<'_> {
    /// Its header words, as far as they fit.
    fn title(&self, room: usize) -> &str {
        if width(self.head) <= room { self.head } else { self.brief }
    }
}

/// The header words where there are any, the row with its number, and the caret; each line within [`WIDTH`].
pub(super) fn lines(row: &SheetRow, at: CellRef) -> Vec<String> {
    let columns = columns(row, at.col);
    let covers = |column: &Column| (column.start..=column.end).contains(&at.col);
    let filled = columns.iter().position(|column| covers(column) && !column.text.is_empty());
    let Some(target) = filled.or_else(|| columns.iter().position(covers)) else { return Vec::new() };
    let number = format!("{:>3} ", at.row + 1);
    let widths: Vec<usize> =
        columns.iter().enumerate().map(|(index, column)| wide(column, index == target)).collect();
    let chosen = choose(&columns, &widths, target, WIDTH.saturating_sub(number.len()));
    let mut pieces: Vec<(String, String)> = Vec::new();
    let mut caret = String::new();
    let mut left = number.len();
    for (index, (column, room)) in columns.iter().zip(widths).enumerate() {
        if chosen.contains(&index) {
            let text = cut(column.text, room);
            if index == target {
                let long = if text.is_empty() { room } else { width(&text) };
                caret = " ".repeat(left) + &"^".repeat(long);
            }
            left += room + width(BAR);
            pieces.push((pad(&cut(column.title(room), room), room), pad(&text, room)));
        } else if pieces.last().is_none_or(|(_, text)| text != GAP) {
            left += GAP.len() + width(BAR);
            pieces.push((GAP.to_owned(), GAP.to_owned()));
        }
    }
    let (heads, texts): (Vec<String>, Vec<String>) = pieces.into_iter().unzip();
    let head = " ".repeat(number.len()) + &heads.join(BAR);
    let lines = [head, number + &texts.join(BAR), caret];
    let lines = lines.into_iter().skip(usize::from(row.heads.is_empty()));
    lines.map(|line| line.trim_end().to_owned()).collect()
}

/// Header words and cells in one order; a blank cell that is pointed to has a column too.
fn columns(row: &SheetRow, at: u32) -> Vec<Column<'_>> {
    let mut used = vec![false; row.cells.len()];
    let mut columns: Vec<Column> = Vec::new();
    for head in row.heads.iter() {
        let over = |cell: &Stretch| cell.start <= head.end && cell.end >= head.start;
        let found = row.cells.iter().zip(&mut used).find(|(cell, used)| over(cell) && !**used);
        let text = found.map_or("", |(cell, used)| {
            *used = true;
            &*cell.text
        });
        columns.push(Column {
            start: head.start,
            end: head.end,
            head: &head.text,
            brief: &head.brief,
            text,
            naming: head.naming,
        });
    }
    let free = row.cells.iter().zip(&used).filter(|(_, used)| !**used);
    columns.extend(free.map(|(cell, _)| Column {
        start: cell.start,
        end: cell.end,
        head: "",
        brief: "",
        text: &cell.text,
        naming: false,
    }));
    if !columns.iter().any(|column| (column.start..=column.end).contains(&at)) {
        columns.push(Column { start: at, end: at, head: "", brief: "", text: "", naming: false });
    }
    columns.sort_by_key(|column| column.start);
    columns
}

fn wide(column: &Column, target: bool) -> usize {
    let (own, name, other) = WIDEST;
    let most = if target {
        own
    } else if column.naming {
        name
    } else {
        other
    };
    width(column.title(most)).max(width(column.text)).clamp(2, most)
}

/// The cell, the name of its row, then its neighbours on either side as far as they fit.
fn choose(columns: &[Column], widths: &[usize], target: usize, room: usize) -> Vec<usize> {
    let cost = |index: usize| widths.get(index).map_or(0, |own| own + width(BAR));
    let mut chosen = vec![target];
    chosen.extend(columns.iter().position(|column| column.naming).filter(|name| *name != target));
    // Up to three stretches may be left out: at both ends and behind the name.
    let room = room.saturating_sub(3 * (GAP.len() + width(BAR)));
    let mut taken: usize = chosen.iter().map(|index| cost(*index)).sum();
    let (mut left, mut right) = (target.checked_sub(1), Some(target + 1));
    while left.is_some() || right.is_some() {
        for (side, next) in [(&mut right, 1), (&mut left, -1)] {
            let Some(index) = *side else { continue };
            let there = chosen.contains(&index);
            let cost = if there { 0 } else { cost(index) };
            if index >= columns.len() || taken + cost > room {
                *side = None;
                continue;
            }
            taken += cost;
            if !there {
                chosen.push(index);
            }
            *side = index.checked_add_signed(next);
        }
    }
    chosen
}

#[cfg(test)]
mod tests;
