//! What the marks of a line chart mean.

use crate::model::chart::{LineChart, LinePoint};
use crate::pdf::display::Stroke;

use super::super::Layout;
use super::Form;
use super::line::DASH;
use super::sketch::{Sketch, solid};
use super::values::Mark;

/// Width of a mark with the line that runs through it.
const SAMPLE: f32 = 16.0;

/// White between entries.
const APART: f32 = 9.0;

impl Layout<'_, '_, '_> {
    /// The marks that a chart holds with their words; the lower edge of all, white included.
    pub(super) fn line_legend(
        &mut self,
        sketch: &mut Sketch,
        chart: &LineChart,
        width: f32,
        form: Form,
    ) -> f32 {
        let any = |holds: &dyn Fn(&LinePoint) -> bool| chart.points.iter().any(holds);
        let entries = [
            (any(&|point| point.actual.is_some()), Mark::Actual, "実績"),
            (any(&|point| point.forecast.is_some()), Mark::Forecast, "見込"),
            (any(&|point| point.target.is_some()), Mark::Target, "目標"),
            (any(&|point| point.pending && point.actual.is_none()), Mark::Pending, "未確定"),
        ];
        let unit = if chart.unit.is_empty() { String::new() } else { format!("（{}）", chart.unit) };
        let mut words: Vec<(Option<Mark>, String)> = Vec::new();
        if !unit.is_empty() {
            words.push((None, unit));
        }
        let present = entries.into_iter().filter(|(there, ..)| *there);
        words.extend(present.map(|(_, mark, word)| (Some(mark), word.to_owned())));
        let (mut x, mut y, mut bottom) = (0.0, 0.0, 0.0);
        for (mark, word) in words {
            let line = self.label(&word, form, false);
            let sample = if mark.is_some() { SAMPLE + 2.0 } else { 0.0 };
            if x > 0.0 && x + sample + line.width > width {
                (x, y) = (0.0, bottom);
            }
            if let Some(mark) = mark {
                self.sample(sketch, mark, (x, y + line.height / 2.0));
            }
            sketch.word(&line, x + sample, y);
            bottom = y + line.height;
            x += sample + line.width + APART;
        }
        bottom + 4.0
    }

    /// A mark as it stands in the plot, with its line.
    fn sample(&self, sketch: &mut Sketch, mark: Mark, (x, y): (f32, f32)) {
        let (ink, width, radius) = (self.theme.color.text, self.theme.chart.line, self.theme.chart.mark);
        let (from, to) = ((x, y), (x + SAMPLE, y));
        match mark {
            Mark::Actual => sketch.line(from, to, solid(width, ink)),
            Mark::Forecast => {
                let dash = Some(DASH);
                sketch.line(from, to, Stroke { width: 0.8 * width, color: ink, dash });
            }
            Mark::Target | Mark::Pending => {}
        }
        mark.draw(sketch, (x + SAMPLE / 2.0, y), radius, ink);
    }
}
