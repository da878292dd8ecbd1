//! One indicator over time.

use rust_decimal::Decimal;

use crate::model::chart::{LineChart, LinePoint};
use crate::model::quantity::number;
use crate::pdf::display::{Frame, Stroke};
use crate::pdf::theme::Color;

use super::super::Layout;
use super::scale::Scale;
use super::sketch::{Sketch, WHITE, solid};
use super::values::{GAP, Mark};
use super::{Drawing, Form};

/// Dash and gap of a forecast's line.
pub(super) const DASH: (f32, f32) = (2.6, 1.8);

/// Height of what stands below a broken axis.
const BREAK: f32 = 7.0;

/// How far the sign of a broken axis swings to either side.
const SWING: f32 = 1.8;

/// Where the figures stand.
pub(super) struct Plot<'c> {
    pub chart: &'c LineChart,
    pub scale: Scale,
    /// The box of the line, from the axis to the last time.
    pub frame: Frame,
    /// Radius of a point.
    pub mark: f32,
}

impl Plot<'_> {
    /// The middle of a time's place.
    #[expect(clippy::cast_precision_loss, reason = "a few dozen times")]
    pub fn x(&self, at: usize) -> f32 {
        let step = self.frame.width() / self.chart.points.len().max(1) as f32;
        self.frame.left + step * (at as f32 + 0.5)
    }

    pub fn y(&self, figure: Decimal) -> f32 {
        let room = 1.6 * self.mark;
        let lift = if self.scale.broken { BREAK.min(self.frame.height() / 4.0) } else { 0.0 };
        let bottom = self.frame.bottom - lift;
        bottom - (bottom - self.frame.top - room) * self.scale.part(figure)
    }

    fn at(&self, at: usize, figure: Decimal) -> (f32, f32) {
        (self.x(at), self.y(figure))
    }

    /// The text of a figure, without its unit.
    pub fn number(&self, figure: Decimal) -> String {
        number(figure, self.chart.decimals)
    }

    /// The last of some figures with its place.
    pub fn last(&self, figure: impl Fn(&LinePoint) -> Option<Decimal>) -> Option<(usize, Decimal)> {
        let all = self.chart.points.iter().enumerate();
        all.rev().find_map(|(at, point)| figure(point).map(|figure| (at, figure)))
    }
}

impl Layout<'_, '_, '_> {
    pub(super) fn line_chart(&mut self, chart: &LineChart, width: f32, form: Form) -> Drawing {
        let mut sketch = Sketch::default();
        let Some(scale) = Scale::of(chart) else {
            let word = self.label("図にする値がありません", form, false);
            sketch.word(&word, 0.0, 0.0);
            return Drawing { width: width.max(word.width), height: word.height, items: sketch.items };
        };
        let look = &self.theme.chart;
        let (tall, mark) = match form {
            Form::Cell => (look.cell_height, look.mark * 0.75),
            Form::Card => (look.card_height, look.mark),
            Form::Figure => (look.figure_height, look.mark * 1.2),
        };
        let top = if form == Form::Cell { 0.0 } else { self.line_legend(&mut sketch, chart, width, form) };
        let frame = Frame { left: 0.0, top, right: width, bottom: top + tall };
        let mut plot = Plot { chart, scale, frame, mark };
        let axis = if form == Form::Cell { Vec::new() } else { self.axis_labels(&plot, form) };
        let gutter = axis.iter().map(|(line, _)| line.width + GAP).fold(0.0, f32::max);
        plot.frame.left = gutter.max(SWING + 1.0);
        let values = self.end_values(&mut plot, form);
        self.axis(&mut sketch, &plot, form);
        for (line, y) in &axis {
            sketch.word(line, plot.frame.left - GAP - line.width, y - line.height / 2.0);
        }
        self.draw_points(&mut sketch, &plot);
        for (line, y) in &values {
            sketch.word(line, plot.frame.right + GAP, *y);
        }
        let bottom = self.times(&mut sketch, &plot, form);
        Drawing { width, height: bottom, items: sketch.items }
    }

    /// Base line, the lines of the axis' ends, and the sign of a broken axis.
    fn axis(&self, sketch: &mut Sketch, plot: &Plot, form: Form) {
        let Frame { left, right, bottom, top } = plot.frame;
        let (thin, ink) = (self.theme.rule.thin, self.theme.color.muted);
        let grey = solid(thin, self.theme.color.rule);
        let base = if plot.scale.crosses_zero() { plot.y(Decimal::ZERO) } else { bottom };
        if form != Form::Cell {
            for figure in [plot.scale.low, plot.scale.high] {
                let y = plot.y(figure);
                if (y - base).abs() > 1.0 {
                    sketch.line((left, y), (right, y), grey);
                }
            }
        }
        let all_loss =
            !plot.scale.broken && plot.scale.high == Decimal::ZERO && plot.scale.low < Decimal::ZERO;
        let base = if all_loss { plot.y(Decimal::ZERO) } else { base };
        sketch.line((left, base), (right, base), solid(1.5 * thin, ink));
        if !plot.scale.broken {
            if form != Form::Cell {
                sketch.line((left, top), (left, bottom), solid(1.5 * thin, ink));
            }
            return;
        }
        let low = plot.y(plot.scale.low);
        let step = (bottom - low) / 4.0;
        let zigzag = vec![
            (left, top),
            (left, low + step),
            (left + SWING, low + 1.5 * step),
            (left - SWING, low + 2.5 * step),
            (left, low + 3.0 * step),
            (left, bottom),
        ];
        sketch.path(zigzag, solid(1.5 * thin, ink));
    }

    fn draw_points(&self, sketch: &mut Sketch, plot: &Plot) {
        let (ink, width) = (self.theme.color.text, self.theme.chart.line);
        let dashed = Stroke { width: 0.8 * width, color: ink, dash: Some(DASH) };
        let points = &plot.chart.points;
        let mut known: Option<(f32, f32)> = None;
        for (at, point) in points.iter().enumerate() {
            if let (None, Some(figure)) = (point.actual, point.forecast) {
                let here = plot.at(at, figure);
                if let Some(before) = known {
                    sketch.line(before, here, dashed);
                }
                known = Some(here);
            }
            let next = points.get(at + 1).and_then(|next| next.actual);
            if let (Some(figure), Some(next)) = (point.actual, next) {
                sketch.line(plot.at(at, figure), plot.at(at + 1, next), solid(width, ink));
            }
            known = point.actual.map(|figure| plot.at(at, figure)).or(known);
        }
        for (at, point) in points.iter().enumerate() {
            if point.pending && point.actual.is_none() {
                let taken = [point.forecast, point.target].into_iter().flatten().map(|f| plot.y(f));
                let low = plot.frame.bottom - 2.0 * plot.mark;
                let free = taken.into_iter().all(|y| (y - low).abs() > 3.5 * plot.mark);
                let y = if free { low } else { plot.frame.top + 2.0 * plot.mark };
                Mark::Pending.draw(sketch, (plot.x(at), y), plot.mark, ink);
            }
            let marks = [
                (point.target, Mark::Target),
                (point.forecast, Mark::Forecast),
                (point.actual, Mark::Actual),
            ];
            for (figure, mark) in marks {
                if let Some(figure) = figure {
                    mark.draw(sketch, plot.at(at, figure), plot.mark, ink);
                }
            }
        }
    }
}

impl Mark {
    /// Draws it around a point.
    pub fn draw(self, sketch: &mut Sketch, (x, y): (f32, f32), radius: f32, ink: Color) {
        match self {
            Self::Actual => sketch.disc((x, y), radius, Some(ink), None),
            Self::Forecast => sketch.disc((x, y), radius, Some(WHITE), Some(solid(0.7, ink))),
            Self::Target => {
                let r = 1.55 * radius;
                let corners = vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
                sketch.polygon(corners, Some(WHITE), Some(solid(0.7, ink)));
            }
            Self::Pending => {
                for step in [-1.0, 0.0, 1.0] {
                    sketch.disc((x + step * 1.5 * radius, y), 0.35 * radius, Some(ink), None);
                }
            }
        }
    }
}
