//! How wide a table's columns are.

use crate::model::report::{Cell, Table};
use crate::pdf::shape::Style;
use crate::pdf::text::unbreakable;

use super::Layout;

/// Words longer than these many characters do not widen their column; they are cut.
const LONGEST_WORD: f32 = 10.0;

/// A narrow column gives at most this part of its width to the white at each side.
const PADDING_PART: f32 = 0.12;

/// White at the left and right of a cell of a width.
pub(super) fn padding(cell_x: f32, width: f32) -> f32 {
    cell_x.min(width * PADDING_PART)
}

impl Layout<'_, '_, '_> {
    /// The positions of the column edges on the page: one more than columns.
    pub(super) fn edges(&mut self, table: &Table) -> Vec<f32> {
        let available = self.flow.area.width;
        let pads = 2.0 * self.theme.space.cell_x;
        let size = self.theme.sizes.table;
        #[expect(clippy::cast_precision_loss, reason = "columns are a few characters wide")]
        let natural = |width: u32| width.max(1) as f32 * size + pads;
        let natural: Vec<f32> = table.columns.iter().map(|column| natural(column.width)).collect();
        let least: Vec<f32> =
            self.longest_words(table, size * LONGEST_WORD).into_iter().map(|w| w + pads).collect();
        let mut x = self.flow.area.left;
        let mut edges = vec![x];
        for width in share(&natural, &least, available) {
            x += width;
            edges.push(x);
        }
        edges
    }

    /// For each column the widest text that a line cannot break, at least one character.
    fn longest_words(&mut self, table: &Table, limit: f32) -> Vec<f32> {
        let count = table.columns.len();
        let mut widest = vec![self.theme.sizes.table; count];
        let mut covered = vec![0_u32; count];
        for row in &table.rows {
            let mut cells = row.cells.iter();
            for (widest, covered) in widest.iter_mut().zip(&mut covered) {
                if *covered == 0
                    && let Some(cell) = cells.next()
                {
                    *widest = widest.max(self.longest_word(cell, limit));
                    *covered = cell.rows.max(1);
                }
                *covered = covered.saturating_sub(1);
            }
        }
        for (column, text) in super::head::single_columns(&table.head, count) {
            let style = Style::new(true, self.theme.sizes.table, self.theme.color.text);
            let shaped = self.shaping.shape(vec![(style, text.to_owned())]);
            if let Some(widest) = widest.get_mut(column) {
                *widest = widest.max(unbreakable(&shaped, limit));
            }
        }
        widest
    }

    fn longest_word(&mut self, cell: &Cell, limit: f32) -> f32 {
        let sizes = (self.theme.sizes.table, self.theme.sizes.table_small);
        let mut widest = 0.0_f32;
        for para in &cell.paras {
            let spans = self.spans(para, sizes);
            widest = widest.max(unbreakable(&self.shaping.shape(spans), limit));
        }
        widest
    }
}

/// Shares `available` among columns: each gets what it asks for, what is left over goes out in proportion; where it is too little,
/// columns keep their longest words as long as they can.
fn share(natural: &[f32], least: &[f32], available: f32) -> Vec<f32> {
    let wanted: Vec<f32> = natural.iter().zip(least).map(|(a, b)| a.max(*b)).collect();
    let (total, floor): (f32, f32) = (wanted.iter().sum(), least.iter().sum());
    if total <= available {
        let basis: f32 = natural.iter().sum();
        let left = available - total;
        return wanted.iter().zip(natural).map(|(w, n)| w + left * n / basis).collect();
    }
    if floor >= available {
        return least.iter().map(|width| width * available / floor).collect();
    }
    let part = (available - floor) / (total - floor);
    wanted.iter().zip(least).map(|(w, l)| l + (w - l) * part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_fill_the_page_and_keep_words() {
        assert_eq!(share(&[10.0, 30.0], &[5.0, 5.0], 80.0), [20.0, 60.0]);
        assert_eq!(share(&[10.0, 90.0], &[20.0, 10.0], 60.0), [20.0, 40.0]);
        assert_eq!(share(&[10.0, 10.0], &[30.0, 30.0], 40.0), [20.0, 20.0]);
    }
}
