//! The pen that drawings are made with.

use crate::pdf::display::{Item, Shape, Stroke};
use crate::pdf::text::Line;
use crate::pdf::theme::Color;

/// Paper.
pub(super) const WHITE: Color = Color([255, 255, 255]);

/// White around a word that stands on a pattern.
const HALO: f32 = 1.8;

/// A drawing while it is made; positions count from its upper left corner.
#[derive(Default)]
pub(super) struct Sketch {
    pub items: Vec<Item>,
}

/// A full line.
pub(super) fn solid(width: f32, color: Color) -> Stroke {
    Stroke { width, color, dash: None }
}

impl Sketch {
    fn add(&mut self, shape: Shape) {
        self.items.push(Item::artifact(shape));
    }

    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), stroke: Stroke) {
        self.path(vec![from, to], stroke);
    }

    /// A line through points.
    pub fn path(&mut self, points: Vec<(f32, f32)>, stroke: Stroke) {
        self.add(Shape::Path { points, closed: false, fill: None, stroke: Some(stroke) });
    }

    /// A closed shape.
    pub fn polygon(&mut self, points: Vec<(f32, f32)>, fill: Option<Color>, stroke: Option<Stroke>) {
        self.add(Shape::Path { points, closed: true, fill, stroke });
    }

    pub fn disc(&mut self, center: (f32, f32), radius: f32, fill: Option<Color>, stroke: Option<Stroke>) {
        self.add(Shape::Disc { center, radius, fill, stroke });
    }

    /// A word with its upper left corner at `x`, `y`.
    pub fn word(&mut self, line: &Line, x: f32, y: f32) {
        self.items.push(line.at(x, y, None));
    }

    /// A word centred on a point, on white.
    pub fn word_on_white(&mut self, line: &Line, (x, y): (f32, f32)) {
        let (half_width, half_height) = (line.width / 2.0 + HALO, line.size / 2.0 + 0.3);
        let (left, right) = (x - half_width, x + half_width);
        let (top, bottom) = (y - half_height, y + half_height);
        let corners = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
        self.polygon(corners, Some(WHITE), None);
        self.word(line, x - line.width / 2.0, y - line.height / 2.0);
    }
}

/// The least width in which a word on white stands.
pub(super) fn on_white_width(line: &Line) -> f32 {
    line.width + 2.0 * HALO
}
