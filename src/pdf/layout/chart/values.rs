//! The words around a line: its axis, its times, its last values.

use rust_decimal::Decimal;

use crate::pdf::text::Line;

use super::super::Layout;
use super::Form;
use super::line::Plot;
use super::sketch::Sketch;

/// Labels of times stand at least this far apart.
const APART: f32 = 4.0;

/// The line keeps at least this width beside its last value.
pub(super) const LEAST_PLOT: f32 = 26.0;

/// White between the plot and what stands beside it.
pub(super) const GAP: f32 = 4.0;

/// What a mark in a line chart stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Actual,
    Forecast,
    Target,
    Pending,
}

impl Layout<'_, '_, '_> {
    /// The figures at the ends of the axis, and zero, each with its height.
    pub(super) fn axis_labels(&mut self, plot: &Plot, form: Form) -> Vec<(Line, f32)> {
        let mut all: Vec<(Line, f32)> = Vec::new();
        for figure in [plot.scale.low, plot.scale.high, Decimal::ZERO] {
            let inside = figure >= plot.scale.low && figure <= plot.scale.high;
            let text = if figure.is_zero() { "0".to_owned() } else { plot.number(figure) };
            let (line, y) = (self.label(&text, form, false), plot.y(figure));
            let free = all.iter().all(|(_, other)| (other - y).abs() >= line.height);
            if inside && free {
                all.push((line, y));
            }
        }
        all
    }

    /// The last actual, and where there is room the last target and forecast, at the right of the plot, which gives
    /// way to them; each with its upper edge.
    pub(super) fn end_values(&mut self, plot: &mut Plot, form: Form) -> Vec<(Line, f32)> {
        let full = if form == Form::Cell { Vec::new() } else { full_values(plot) };
        let actual = plot.last(|point| point.actual);
        let short = actual.map(|(_, figure)| (plot.number(figure), figure, true));
        for wanted in [full, short.into_iter().collect()] {
            let mut lines: Vec<(Line, f32)> = Vec::new();
            for (text, figure, strong) in wanted {
                let line = self.label(&text, form, strong);
                let y = plot.y(figure) - line.height / 2.0;
                lines.push((line, y));
            }
            let widest = lines.iter().map(|(line, _)| line.width).fold(0.0, f32::max);
            if !lines.is_empty() && plot.frame.width() - widest - GAP >= LEAST_PLOT {
                plot.frame.right -= widest + GAP;
                spread(&mut lines, plot.frame.top, plot.frame.bottom);
                return lines;
            }
        }
        Vec::new()
    }

    /// The first and the last time below the plot, in the large form all that fit; their lower edge.
    pub(super) fn times(&mut self, sketch: &mut Sketch, plot: &Plot, form: Form) -> f32 {
        let count = plot.chart.points.len();
        let top = plot.frame.bottom + 2.0;
        let right_edge = plot.frame.right.max(plot.frame.left);
        let mut taken: Vec<(f32, f32)> = Vec::new();
        let mut bottom = top;
        let between = if form == Form::Cell { 0..0 } else { 1..count.saturating_sub(1) };
        for at in [count.saturating_sub(1), 0].into_iter().chain(between) {
            let Some(point) = plot.chart.points.get(at) else { continue };
            let line = self.label(&point.time, form, false);
            let furthest = right_edge - line.width;
            let left = (plot.x(at) - line.width / 2.0).min(furthest).max(0.0);
            let span = (left, left + line.width);
            bottom = bottom.max(top + line.height);
            if taken.iter().all(|(from, to)| span.0 >= to + APART || span.1 + APART <= *from) {
                sketch.word(&line, left, top);
                taken.push(span);
            }
        }
        bottom
    }
}

/// The last actual, forecast and target with time, word and unit; the actual stands out.
fn full_values(plot: &Plot) -> Vec<(String, Decimal, bool)> {
    let unit = &plot.chart.unit;
    let time = |at: usize| plot.chart.points.get(at).map_or("", |point| point.time.as_str());
    let actual = plot.last(|point| point.actual);
    let later = |(at, _): &(usize, Decimal)| actual.is_none_or(|(known, _)| *at > known);
    let forecast = plot.last(|point| point.forecast).filter(later);
    let target = plot.last(|point| point.target);
    let wanted = [("", actual, true), ("見込", forecast, false), ("目標", target, false)];
    let told = wanted.into_iter().filter_map(|(word, last, strong)| Some((word, last?, strong)));
    told.map(|(word, (at, figure), strong)| {
        (format!("{}{word} {}{unit}", time(at), plot.number(figure)), figure, strong)
    })
    .collect()
}

/// Moves lines that stand at the same height apart, within `top` and `bottom`.
fn spread(lines: &mut [(Line, f32)], top: f32, bottom: f32) {
    lines.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let mut free = top;
    for (line, y) in lines.iter_mut() {
        *y = y.max(free);
        free = *y + line.height;
    }
    let mut limit = bottom;
    for (line, y) in lines.iter_mut().rev() {
        *y = y.min(limit - line.height);
        limit = *y;
    }
}
