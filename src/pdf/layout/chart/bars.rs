//! Divided bars, one below the other, on one scale.

use crate::model::chart::{Bar, BarPart};
use crate::model::judgement::Verdict;
use crate::pdf::display::Frame;
use crate::pdf::shaped::Style;
use crate::pdf::text::Line;

use super::super::{Layout, height};
use super::sketch::{Sketch, on_white_width};
use super::{Drawing, Form, LEADING, pattern};

/// Labels at the left take at most this share of the width.
const LABEL_SHARE: f32 = 0.3;

/// White between label, bar and total, and between bars.
const GAP: f32 = 6.0;

/// Width and height of a pattern in the legend.
const SWATCH: (f32, f32) = (16.0, 8.0);

/// White between the entries of the legend.
const APART: f32 = 12.0;

/// Columns of the drawing: where bars start, and points for each thing counted.
struct Ruler {
    left: f32,
    unit: f32,
}

impl Layout<'_, '_, '_> {
    pub(super) fn bars(&mut self, bars: &[Bar], width: f32, form: Form) -> Drawing {
        let mut sketch = Sketch::default();
        let labels = self.bar_labels(bars, width * LABEL_SHARE, form);
        let totals: Vec<Line> =
            bars.iter().map(|bar| self.label(&format!("計 {}", total(bar)), form, false)).collect();
        let widest =
            |lines: &mut dyn Iterator<Item = &Line>| lines.map(|line| line.width).fold(0.0, f32::max);
        let gutter = widest(&mut labels.iter().flatten());
        let left = if gutter > 0.0 { gutter + GAP } else { 0.0 };
        let room = width - left - widest(&mut totals.iter()) - GAP;
        let most = bars.iter().map(total).max().unwrap_or_default().max(1);
        #[expect(clippy::cast_precision_loss, reason = "counts of a city")]
        let ruler = Ruler { left, unit: room.max(1.0) / most as f32 };
        let mut y = 0.0;
        for ((bar, label), total) in bars.iter().zip(&labels).zip(&totals) {
            let tall = self.theme.chart.bar_height.max(height(label));
            let mut line_y = y + (tall - height(label)) / 2.0;
            for line in label {
                sketch.word(line, 0.0, line_y);
                line_y += line.height;
            }
            let top = y + (tall - self.theme.chart.bar_height) / 2.0;
            let right = self.bar(&mut sketch, bar, &ruler, top, form);
            sketch.word(total, right + GAP, y + (tall - total.height) / 2.0);
            y += tall + GAP;
        }
        let height = self.verdict_legend(&mut sketch, bars, (width, y), form);
        Drawing { width, height, items: sketch.items }
    }

    fn bar_labels(&mut self, bars: &[Bar], width: f32, form: Form) -> Vec<Vec<Line>> {
        let style = Style::new(false, self.label_size(form), self.theme.color.text);
        bars.iter().map(|bar| self.lines(&[(style, bar.label.as_str().into())], width, LEADING)).collect()
    }

    /// One bar; its right edge.
    fn bar(&mut self, sketch: &mut Sketch, bar: &Bar, ruler: &Ruler, top: f32, form: Form) -> f32 {
        let bottom = top + self.theme.chart.bar_height;
        let mut left = ruler.left;
        for part in bar.parts.iter().filter(|part| part.count > 0) {
            #[expect(clippy::cast_precision_loss, reason = "counts of a city")]
            let right = left + ruler.unit * part.count as f32;
            let frame = Frame { left, top, right, bottom };
            pattern::fill(sketch, part.verdict, frame, self.theme.color.text);
            let count = self.label(&part.count.to_string(), form, true);
            if on_white_width(&count) + 2.0 <= frame.width() {
                sketch.word_on_white(&count, (f32::midpoint(left, right), f32::midpoint(top, bottom)));
            }
            left = right;
        }
        left
    }

    /// Each pattern with its mark, word and count over all bars; the lower edge of all.
    fn verdict_legend(
        &mut self,
        sketch: &mut Sketch,
        bars: &[Bar],
        (width, top): (f32, f32),
        form: Form,
    ) -> f32 {
        let ink = self.theme.color.text;
        let (mut x, mut y) = (0.0, top);
        let mut bottom = top;
        for (verdict, label, count) in entries(bars) {
            // A cell has room for marks alone, and only for what there is.
            let words = if form == Form::Cell { label.split(' ').next().unwrap_or(label) } else { label };
            if form == Form::Cell && count == 0 {
                continue;
            }
            let word = self.label(&format!("{words} {count}"), form, false);
            let entry = SWATCH.0 + GAP / 2.0 + word.width;
            if x > 0.0 && x + entry > width {
                x = 0.0;
                y = bottom + 2.0;
            }
            let middle = y + word.height / 2.0;
            let (half, right) = (SWATCH.1 / 2.0, x + SWATCH.0);
            let frame = Frame { left: x, top: middle - half, right, bottom: middle + half };
            pattern::fill(sketch, verdict, frame, ink);
            sketch.word(&word, right + GAP / 2.0, y);
            bottom = y + word.height;
            x += entry + APART;
        }
        bottom
    }
}

fn total(bar: &Bar) -> u64 {
    bar.parts.iter().map(|part| u64::from(part.count)).sum()
}

/// Verdict, words and count of each kind of part, from the best verdict.
fn entries(bars: &[Bar]) -> Vec<(Verdict, &str, u64)> {
    let mut all: Vec<(Verdict, &str, u64)> = Vec::new();
    for BarPart { label, count, verdict } in bars.iter().flat_map(|bar| &bar.parts) {
        match all.iter_mut().find(|(known, word, _)| known == verdict && word == label) {
            Some((_, _, sum)) => *sum += u64::from(*count),
            None => all.push((*verdict, label, u64::from(*count))),
        }
    }
    all.sort_by_key(|(verdict, _, _)| *verdict);
    all
}
