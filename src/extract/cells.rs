//! The cells of an indicator table → figures: one cell one figure, and what a merged cell speaks of.

use std::collections::BTreeSet;

use super::Records;
use super::axes::When;
use super::figures::{self, Due};
use super::indicators::{Line, TableReader};
use crate::locate::meaning::Role;
use crate::locate::{Column, Slot};
use crate::model::sheet::Value;
use crate::normalise::quantity::read_cell;
use crate::normalise::unit;

/// How many indicators a sentence names.
const NAMED: usize = 3;

/// One figure that a cell speaks of: whose, and when.
type Target = (usize, When);

impl TableReader<'_> {
    /// Reads the figures of all rows whose indicator is known.
    pub(super) fn figures(&mut self, records: &mut Records) {
        let lines = std::mem::take(&mut self.lines);
        let table = self.table;
        let columns: Vec<&Column> = table.value_columns().collect();
        for (nth, line) in lines.iter().enumerate() {
            for (at, column) in columns.iter().enumerate() {
                let Some(slot) = self.view.slot(line.row, column.start, column.end) else {
                    let when = self.axes.when(column, &line.words, records);
                    let blank = (when, table.cell(line.row, column.start));
                    self.drafts[line.index].blanks.push(blank);
                    continue;
                };
                let before = columns.get(..at).and_then(|before| before.last());
                let read_above = nth.checked_sub(1).and_then(|above| lines.get(above));
                if slot.row <= table.header_end
                    || read_above.is_some_and(|above| above.row >= slot.row)
                    || before.is_some_and(|before| before.end >= slot.start)
                {
                    continue;
                }
                let left = before.map_or(table.start, |before| before.end + 1);
                if slot.start < left || slot.start < column.start && !is_free(&table.columns, slot, column) {
                    self.overlapping(slot);
                    continue;
                }
                let rows: Vec<&Line> =
                    lines.iter().skip(nth).take_while(|line| line.row <= slot.last_row).collect();
                self.cell(slot, &rows, &columns, records);
            }
        }
    }

    /// A number that begins under another column: nobody can tell what it is.
    fn overlapping(&mut self, slot: &Slot) {
        if matches!(slot.cell.value, Value::Number(_)) {
            self.unread.push(slot.anchor);
        }
    }

    /// Reads a cell that lies over some rows and columns.
    fn cell(&mut self, slot: &Slot, rows: &[&Line], columns: &[&Column], records: &mut Records) {
        let over: Vec<&&Column> =
            columns.iter().filter(|column| slot.overlaps(column.start, column.end)).collect();
        let (Some(line), Some(column)) = (rows.first(), over.first()) else { return };
        let (mut targets, mut known): (Vec<Target>, BTreeSet<Target>) = Default::default();
        for line in rows {
            for column in &over {
                let target = (line.index, self.axes.when(column, &line.words, records));
                if known.insert(target) {
                    targets.push(target);
                }
            }
        }
        let vocabulary = self.page.means.vocabulary;
        let others = self.table.columns.iter().filter(|column| slot.overlaps(column.start, column.end));
        let spread = targets.len() > 1 || others.count() > over.len();
        if spread && is_number(slot, vocabulary) {
            // Nobody can tell which of the rows or columns a merged number is of; a word such as 集計中 is of all.
            self.unread.push(slot.anchor);
            return;
        }
        let row_unit = unit::read_unit(self.text(line.row, Role::Unit), vocabulary);
        let Some(((index, when), also)) = targets.split_first() else { return };
        let mut names: Vec<&str> =
            targets.iter().map(|(index, _)| self.drafts[*index].source.name.as_str()).collect();
        names.dedup();
        let more = if names.len() > NAMED { "ほか" } else { "" };
        names.truncate(NAMED);
        let name = format!("{}{more}", names.join("」「"));
        let also_when: Vec<When> = also.iter().map(|(_, when)| *when).collect();
        let due = Due { name: &name, when: *when, also: &also_when };
        let draft = &self.drafts[*index];
        // A unit of the row or the name comes before the header's, that before a note's.
        let headed = column.meaning.unit.as_ref().filter(|_| draft.source.unit == self.unit);
        let unit = row_unit.as_ref().or(headed).or(draft.source.unit.as_ref());
        let read = figures::read(self.page, slot.anchor, slot.cell, &due, unit, records);
        if read.as_text {
            self.as_text.push(slot.anchor);
        }
        let own = read.unit.clone().or_else(|| row_unit.clone()).or_else(|| headed.cloned());
        self.drafts[*index].units.push((own, slot.anchor));
        for (index, when) in &targets {
            self.drafts[*index].source.figures.push(read.figure_for(*when));
        }
    }
}

/// Whether a cell that begins left of a value column begins in a blank column beside it.
fn is_free(columns: &[Column], slot: &Slot, column: &Column) -> bool {
    columns.iter().all(|other| {
        other.start == column.start || !slot.overlaps(other.start, other.end) || other.start > column.start
    })
}

fn is_number(slot: &Slot, vocabulary: &crate::normalise::Vocabulary) -> bool {
    matches!(slot.cell.value, Value::Number(_)) || read_cell(slot.cell, None, vocabulary).quantity.is_some()
}
