//! How wide a table's columns are.

use crate::model::report::{Align, Cell, Table};
use crate::pdf::shaped::{Shaped, Style};
use crate::pdf::text::unbreakable;

use super::Layout;

/// Words longer than these many characters do not widen their column; they are cut.
const LONGEST_WORD: f32 = 10.0;

/// Texts of up to these many characters stay on one line where the table has room.
const SHORT_TEXT: f32 = 8.0;

/// A narrow column gives at most this part of its width to the white at each side.
const PADDING_PART: f32 = 0.12;

/// White at the left and right of a cell of a width.
pub(super) fn padding(cell_x: f32, width: f32) -> f32 {
    cell_x.min(width * PADDING_PART)
}

/// What a table's columns ask for, in points.
pub(super) struct Widths {
    /// As the table says.
    natural: Vec<f32>,
    /// That no word is cut.
    words: Vec<f32>,
    /// That short texts stay on one line.
    texts: Vec<f32>,
    /// That no word is cut where white at the sides gives way.
    pub least: Vec<f32>,
}

impl Widths {
    /// Whether the columns fit a width without cutting words.
    pub fn fit(&self, available: f32) -> bool {
        self.least.len() < 2 || self.least.iter().sum::<f32>() <= available
    }

    /// The positions of the column edges from `left`: one more than columns.
    pub fn edges(&self, left: f32, available: f32) -> Vec<f32> {
        let sum = |widths: &[f32]| widths.iter().sum::<f32>();
        let shared = if sum(&self.texts) <= available {
            share(&self.natural, &self.texts, available)
        } else if sum(&self.words) <= available {
            share(&self.natural, &self.words, available)
        } else {
            share(&self.words, &self.least, available)
        };
        let mut x = left;
        let mut edges = vec![x];
        for width in shared {
            x += width;
            edges.push(x);
        }
        edges
    }
}

impl Layout<'_, '_, '_> {
    /// What a table's columns ask for.
    pub(super) fn widths(&mut self, table: &Table) -> Widths {
        let pads = 2.0 * self.theme.space.cell_x;
        let size = self.theme.sizes.table;
        #[expect(clippy::cast_precision_loss, reason = "columns are a few characters wide")]
        let natural = |width: u32| width.max(1) as f32 * size + pads;
        let mut needs = self.needs(table);
        // Names are read again and again: short ones are not broken.
        for need in needs.iter_mut().take(super::wide::naming(table)) {
            need.word = need.word.max(need.text);
        }
        let tight = |need: &Need| (need.word + pads).min(need.word / (1.0 - 2.0 * PADDING_PART));
        Widths {
            natural: table.columns.iter().map(|column| natural(column.width)).collect(),
            words: needs.iter().map(|need| need.word + pads).collect(),
            texts: needs.iter().map(|need| need.word.max(need.text) + pads).collect(),
            least: needs.iter().map(tight).collect(),
        }
    }

    /// For each column what its texts need, at least one character.
    fn needs(&mut self, table: &Table) -> Vec<Need> {
        let count = table.columns.len();
        let mut needs = vec![Need { word: self.theme.sizes.table, text: 0.0 }; count];
        let mut covered = vec![0_u32; count];
        for row in &table.rows {
            let mut cells = row.cells.iter();
            for ((need, covered), column) in needs.iter_mut().zip(&mut covered).zip(&table.columns) {
                if *covered == 0
                    && let Some(cell) = cells.next()
                {
                    let figures = matches!(column.align, Align::Right | Align::Decimal);
                    self.widen(need, cell, figures);
                    *covered = cell.rows.max(1);
                }
                *covered = covered.saturating_sub(1);
            }
        }
        for (column, text) in super::head::single_columns(&table.head, count) {
            let style = Style::new(true, self.theme.sizes.table, self.theme.color.text);
            let shaped = self.shaping.shape(vec![(style, text.to_owned())]);
            if let Some(need) = needs.get_mut(column) {
                need.widen(&shaped, self.theme.sizes.table);
            }
        }
        needs
    }

    fn widen(&mut self, need: &mut Need, cell: &Cell, figures: bool) {
        let sizes = (self.theme.sizes.table, self.theme.sizes.table_small);
        for para in &cell.paras {
            let spans = self.spans(para, sizes);
            let shaped = self.shaping.shape(spans);
            need.widen(&shaped, sizes.0);
            // A figure and its unit stay on one line.
            let whole = shaped.width(0, shaped.clusters.len());
            if figures && whole <= sizes.0 * LONGEST_WORD {
                need.word = need.word.max(whole);
            }
        }
        if let Some(chart) = &cell.chart {
            need.word = need.word.max(self.least_width(chart));
        }
    }
}

/// Widths that a column's texts need, in points.
#[derive(Clone, Copy)]
struct Need {
    /// The widest stretch that a line cannot break.
    word: f32,
    /// The widest of the short texts, whole.
    text: f32,
}

impl Need {
    fn widen(&mut self, shaped: &Shaped, size: f32) {
        self.word = self.word.max(unbreakable(shaped, size * LONGEST_WORD));
        let whole = shaped.width(0, shaped.clusters.len());
        if whole <= size * SHORT_TEXT {
            self.text = self.text.max(whole);
        }
    }
}

/// Shares `available` among columns: each gets what it asks for, what is left over goes out in proportion; where it is
/// too little, columns keep what they need at least as long as they can.
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
