//! How wide a table's columns are.

use std::rc::Rc;

use crate::model::report::{Align, Para, Table};
use crate::pdf::shaped::{Kind, Shaped, Span, Style};
use crate::pdf::text::unbreakable;

use super::Layout;
use super::figures::{Figures, each_cell};

/// Words longer than these many characters do not widen their column; they are cut.
const LONGEST_WORD: f32 = 10.0;

/// Texts of up to these many characters stay on one line where the table has room.
const SHORT_TEXT: f32 = 8.0;

/// A name that is longer has at least these many characters on each of its lines.
const LEAST_NAME: f32 = 4.0;

/// Columns of nothing but texts of up to these many characters, as of verdicts, break none of them.
const SHORT_COLUMN: f32 = 6.0;

/// A narrow column gives at most this part of its width to the white at each side.
const PADDING_PART: f32 = 0.12;

/// White at the left and right of a cell of a width.
pub(super) fn padding(cell_x: f32, width: f32) -> f32 {
    cell_x.min(width * PADDING_PART)
}

/// Where figures align at their points, the other columns keep this part of the width that the table gives them, if they need it.
const OTHERS_PART: f32 = 0.85;

/// What a table's columns ask for, in points.
pub(super) struct Widths {
    /// As the table says.
    natural: Vec<f32>,
    /// That no word is cut.
    words: Vec<f32>,
    /// That short texts stay on one line.
    texts: Vec<f32>,
    /// That no word is cut where white at the sides gives way.
    least: Vec<f32>,
    /// The same in the parts of a table that is too wide, where there is room for names.
    pub parts: Vec<f32>,
    /// That figures align at their points and texts have room.
    aligned: Vec<f32>,
    /// What figures need where they align at their points.
    figures: Vec<Option<Figures>>,
}

impl Widths {
    /// Whether the columns fit a width without cutting words.
    pub fn fit(&self, available: f32) -> bool {
        self.least.len() < 2 || fit(&self.least, available)
    }

    /// The positions of the column edges from `left`: one more than columns.
    pub fn edges(&self, left: f32, available: f32) -> Vec<f32> {
        let texts: Vec<f32> = self.texts.iter().zip(&self.aligned).map(|(a, b)| a.max(*b)).collect();
        let tiers = [&texts, &self.aligned, &self.texts, &self.words];
        let shared = match tiers.into_iter().find(|widths| fit(widths, available)) {
            Some(least) => share(&self.natural, least, available),
            None => share(&self.words, &self.least, available),
        };
        let mut x = left;
        let mut edges = vec![x];
        for width in shared {
            x += width;
            edges.push(x);
        }
        edges
    }

    /// What the figures of each column need; nothing where they do not align at their points, or where a width is too little for it:
    /// then they stand at the right in all columns alike.
    pub fn figures(&self, available: f32) -> Vec<Option<Figures>> {
        let aligned = fit(&self.aligned, available);
        self.figures.iter().map(|figures| figures.filter(|_| aligned)).collect()
    }
}

fn fit(widths: &[f32], available: f32) -> bool {
    widths.iter().sum::<f32>() <= available
}

impl Layout<'_, '_, '_> {
    /// What a table's columns ask for.
    pub(super) fn widths(&mut self, table: &Table) -> Widths {
        let pads = 2.0 * self.theme.space.cell_x;
        let size = self.theme.sizes.table;
        #[expect(clippy::cast_precision_loss, reason = "columns are a few characters wide")]
        let natural = |width: u32| width.max(1) as f32 * size + pads;
        let natural: Vec<f32> = table.columns.iter().map(|column| natural(column.width)).collect();
        let mut needs = self.needs(table);
        // Names are read again and again: short ones are not broken, long ones not into lines of a few characters.
        let names = super::wide::naming(table);
        let long = |need: &Need, natural: f32, least: f32| need.whole.min(natural - pads).min(size * least);
        for (need, natural) in needs.iter_mut().zip(&natural).take(names) {
            need.word = need.word.max(need.text).max(long(need, *natural, LEAST_NAME));
        }
        for need in needs.iter_mut().filter(|need| need.whole <= size * SHORT_COLUMN) {
            need.word = need.word.max(need.whole);
        }
        let tight = |need: &Need| (need.word + pads).min(need.word / (1.0 - 2.0 * PADDING_PART));
        let mut parts: Vec<f32> = needs.iter().map(tight).collect();
        for ((part, need), natural) in parts.iter_mut().zip(&needs).zip(&natural).take(names) {
            *part = part.max(long(need, *natural, SHORT_TEXT));
        }
        let figures = self.figures(table);
        let aligned = |((need, natural), figures): ((&Need, &f32), &Option<Figures>)| {
            let room =
                figures.map_or((natural * OTHERS_PART).min(need.whole + pads), |held| held.width() + pads);
            room.max(need.word + pads)
        };
        Widths {
            aligned: needs.iter().zip(&natural).zip(&figures).map(aligned).collect(),
            words: needs.iter().map(|need| need.word + pads).collect(),
            texts: needs.iter().map(|need| need.word.max(need.text) + pads).collect(),
            least: needs.iter().map(tight).collect(),
            parts,
            natural,
            figures,
        }
    }

    /// For each column what its texts need, at least one character.
    fn needs(&mut self, table: &Table) -> Vec<Need> {
        let count = table.columns.len();
        let size = self.theme.sizes.table;
        let mut needs = vec![Need { word: size, text: 0.0, whole: 0.0 }; count];
        each_cell(table, |column, cell| {
            let Some(need) = needs.get_mut(column) else { return };
            let align = table.columns.get(column).map(|column| column.align);
            let figures = matches!(align, Some(Align::Right | Align::Decimal));
            for para in &cell.paras {
                let shaped = self.shape_cell(para);
                need.widen(&shaped, size);
                // A figure and its unit stay on one line.
                let whole = shaped.width(0, shaped.clusters.len());
                if figures && whole <= size * LONGEST_WORD {
                    need.word = need.word.max(whole);
                }
            }
            if let Some(chart) = &cell.chart {
                need.word = need.word.max(self.least_width(chart));
            }
        });
        for (column, text) in super::head::single_columns(&table.head, count) {
            let style = Style::new(true, size, self.theme.color.text).dense();
            let shaped = self.shaping.shape(&[(style, text.into())]);
            if let Some(need) = needs.get_mut(column) {
                need.widen(&shaped, size);
            }
        }
        needs
    }

    /// A cell's paragraph, shaped.
    pub(super) fn shape_cell(&mut self, para: &Para) -> Rc<Shaped> {
        let spans = self.cell_spans(para);
        self.shaping.shape(&spans)
    }

    /// The runs of a cell's paragraph in their styles.
    pub(super) fn cell_spans<'p>(&self, para: &'p Para) -> Vec<Span<'p>> {
        let sizes = (self.theme.sizes.table, self.theme.sizes.table_small);
        let spans = self.spans(para, sizes).into_iter();
        spans.map(|(style, text)| (style.dense(), text)).collect()
    }
}

/// Widths that a column's texts need, in points.
#[derive(Clone, Copy)]
struct Need {
    /// The widest stretch that a line cannot break.
    word: f32,
    /// The widest of the short texts, whole.
    text: f32,
    /// The widest of all texts, whole.
    whole: f32,
}

impl Need {
    fn widen(&mut self, shaped: &Shaped, size: f32) {
        self.word = self.word.max(unbreakable(shaped, size * LONGEST_WORD));
        let whole = widest_line(shaped);
        self.whole = self.whole.max(whole);
        if whole <= size * SHORT_TEXT {
            self.text = self.text.max(whole);
        }
    }
}

/// The width of the widest of a text's own lines.
fn widest_line(shaped: &Shaped) -> f32 {
    let ends = shaped.clusters.iter().enumerate().filter(|(_, cluster)| cluster.kind == Kind::Newline);
    let (mut start, mut widest) = (0, 0.0_f32);
    for end in ends.map(|(at, _)| at).chain([shaped.clusters.len()]) {
        widest = widest.max(shaped.width(start, end));
        start = end + 1;
    }
    widest
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
