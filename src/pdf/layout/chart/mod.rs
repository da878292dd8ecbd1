//! Drawings, in black and grey: what they say must be read from shapes and words alone.

mod bars;
mod legend;
mod line;
mod pattern;
mod scale;
mod sketch;
mod values;

use crate::model::chart::{Chart, ChartKind};
use crate::model::quantity::number;
use crate::pdf::display::{Frame, Item, NodeId, Role, Tree};
use crate::pdf::shaped::{Spread, Style};
use crate::pdf::text::Line;

use super::Layout;
use super::flow::Slab;

/// A drawing is at least this wide.
const LEAST_WIDTH: f32 = 54.0;

/// Line height of a drawing's words, as a multiple of their type size.
const LEADING: f32 = 1.25;

/// Where a drawing stands; the smaller, the less it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// In a table's cell: the line, its first and last time, its last value.
    Cell,
    /// In a card: with axis and legend.
    Card,
    /// As wide as the text: with every time that fits.
    Figure,
}

/// A drawing, measured and ready to be placed.
pub(super) struct Drawing {
    pub width: f32,
    pub height: f32,
    /// From its upper left corner.
    items: Vec<Item>,
}

impl Drawing {
    /// Draws it with its upper left corner at `x`, `y`.
    pub fn at(&self, x: f32, y: f32, owner: Option<NodeId>) -> impl Iterator<Item = Item> + '_ {
        let frame = Frame { left: x, top: y, right: x + self.width, bottom: y + self.height };
        let items = self.items.iter();
        items.map(move |item| Item { owner, ..item.clone().moved((x, y)) }.within(frame))
    }
}

impl Layout<'_, '_, '_> {
    /// A drawing as wide as the text.
    pub(super) fn figure(&mut self, chart: &Chart) {
        let area = self.flow.area;
        let drawing = self.drawing(chart, area.width, Form::Figure);
        let node = self.flow.display.tree.add(Tree::ROOT, Role::Figure { alt: chart.alt.clone() });
        let items = drawing.at(area.left, 0.0, Some(node)).collect();
        let block = self.theme.space.block;
        let slab = Slab { before: block, height: drawing.height, after: block, items, ..Slab::default() };
        self.flow.push(slab);
    }

    /// Draws a chart in a width.
    pub(super) fn drawing(&mut self, chart: &Chart, width: f32, form: Form) -> Drawing {
        match &chart.kind {
            ChartKind::Line(line) => self.line_chart(line, width, form),
            ChartKind::Bars(bars) => self.bars(bars, width, form),
        }
    }

    /// The width that a chart needs in a cell, its last value included.
    pub(super) fn least_width(&mut self, chart: &Chart) -> f32 {
        let value = match &chart.kind {
            ChartKind::Line(line) => line.points.iter().rev().find_map(|point| point.actual),
            ChartKind::Bars(_) => None,
        };
        let decimals = if let ChartKind::Line(line) = &chart.kind { line.decimals } else { 0 };
        let value = value.map(|value| self.label(&number(value, decimals), Form::Cell, true).width);
        value.map_or(LEAST_WIDTH, |width| LEAST_WIDTH.max(width + values::LEAST_PLOT + 2.0 * values::GAP))
    }

    /// A word of a drawing, on one line.
    fn label(&mut self, text: &str, form: Form, strong: bool) -> Line {
        let style = Style::new(strong, self.label_size(form), self.theme.color.text);
        let shaped = self.shaping.shape(&[(style, text.into())]);
        let end = shaped.clusters.len();
        let (width, size) = (shaped.width(0, end), style.size());
        let (indent, spread) = (0.0, Spread::default());
        Line { shaped, first: 0, end, indent, width, size, height: size * LEADING, spread }
    }

    fn label_size(&self, form: Form) -> f32 {
        if form == Form::Cell { self.theme.chart.cell_label } else { self.theme.chart.label }
    }
}
