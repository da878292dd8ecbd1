//! Lines, areas and colours of a page's content.

use printpdf::{
    Color as Paint, Greyscale, Line, LineDashPattern, LinePoint, Op, PaintMode, Point, Polygon, PolygonRing,
    Pt, Rect, Rgb, WindingOrder,
};

use super::hundredths;
use crate::pdf::display::Stroke;
use crate::pdf::theme::Color;

/// Where a quarter of a circle bends, as a part of its radius.
const BEND: f32 = 0.5523;

/// Content while it is written, with the colours and the line in force.
pub(super) struct Ink {
    pub ops: Vec<Op>,
    /// The page's height: content counts from its lower edge.
    height: f32,
    fill: Option<Color>,
    pencil: Option<Stroke>,
}

impl Ink {
    pub fn new(height: f32) -> Self {
        Self { ops: Vec::new(), height, fill: None, pencil: None }
    }

    /// A place given from the upper left corner, as content counts.
    pub fn place(&self, (x, y): (f32, f32)) -> Point {
        Point { x: Pt(hundredths(x)), y: Pt(hundredths(self.height - y)) }
    }

    pub fn fill_color(&mut self, color: Color) {
        if self.fill.replace(color) != Some(color) {
            self.ops.push(Op::SetFillColor { col: paint(color) });
        }
    }

    fn stroke(&mut self, stroke: Stroke) {
        let before = self.pencil.replace(stroke);
        if before.is_none_or(|before| before.color != stroke.color) {
            self.ops.push(Op::SetOutlineColor { col: paint(stroke.color) });
        }
        if before.is_none_or(|before| before.width.total_cmp(&stroke.width).is_ne()) {
            self.ops.push(Op::SetOutlineThickness { pt: Pt(hundredths(stroke.width)) });
        }
        if before.and_then(|before| before.dash) != stroke.dash {
            let dashed = |(dash, gap)| LineDashPattern::new(0.0, &[dash, gap]);
            let dash = stroke.dash.map_or_else(LineDashPattern::solid, dashed);
            self.ops.push(Op::SetLineDashPattern { dash });
        }
    }

    /// Fills a rectangle, given by its upper left corner.
    pub fn rectangle(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), color: Color) {
        self.fill_color(color);
        let corner = self.place((x, y + height));
        let (width, height) = (Pt(hundredths(width)), Pt(hundredths(height)));
        let rectangle =
            Rect { mode: Some(PaintMode::Fill), ..Rect::from_xywh(corner.x, corner.y, width, height) };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    /// Draws straight lines from point to point.
    pub fn path(&mut self, points: &[(f32, f32)], closed: bool, fill: Option<Color>, stroke: Option<Stroke>) {
        let points = points.iter().map(|point| LinePoint { p: self.place(*point), bezier: false }).collect();
        self.draw(points, closed, fill, stroke);
    }

    pub fn circle(&mut self, (x, y): (f32, f32), radius: f32, fill: Option<Color>, stroke: Option<Stroke>) {
        // Right, up, left, down, and right again: each quarter goes from one to the next.
        const AXES: [(f32, f32); 5] = [(1.0, 0.0), (0.0, -1.0), (-1.0, 0.0), (0.0, 1.0), (1.0, 0.0)];
        let mut points = vec![LinePoint { p: self.place((x + radius, y)), bezier: false }];
        for pair in AXES.windows(2) {
            let [from, to] = pair else { continue };
            let point = |along: &(f32, f32), bent: &(f32, f32), bend: f32| {
                self.place((x + radius * (along.0 + bend * bent.0), y + radius * (along.1 + bend * bent.1)))
            };
            points.push(LinePoint { p: point(from, to, BEND), bezier: true });
            points.push(LinePoint { p: point(to, from, BEND), bezier: true });
            points.push(LinePoint { p: point(to, from, 0.0), bezier: false });
        }
        self.draw(points, true, fill, stroke);
    }

    fn draw(&mut self, points: Vec<LinePoint>, closed: bool, fill: Option<Color>, stroke: Option<Stroke>) {
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
        if let Some(color) = fill {
            self.fill_color(color);
            let whole = closed && stroke.is_some();
            let mode = if whole { PaintMode::FillStroke } else { PaintMode::Fill };
            let rings = vec![PolygonRing { points: points.clone() }];
            self.ops.push(Op::DrawPolygon {
                polygon: Polygon { rings, mode, winding_order: WindingOrder::NonZero },
            });
            if whole {
                return;
            }
        }
        if stroke.is_some() {
            self.ops.push(Op::DrawLine { line: Line { points, is_closed: closed } });
        }
    }
}

/// A colour, to thousandths; greys need but one number.
fn paint(Color([red, green, blue]): Color) -> Paint {
    let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
    if red == green && green == blue {
        return Paint::Greyscale(Greyscale { percent: part(red), icc_profile: None });
    }
    Paint::Rgb(Rgb { r: part(red), g: part(green), b: part(blue), icc_profile: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Color = Color([255, 0, 0]);
    const PENCIL: Stroke = Stroke { width: 1.0, color: RED, dash: None };

    /// What is painted, without what is set before it.
    fn painted(draw: impl Fn(&mut Ink)) -> Vec<Op> {
        let mut ink = Ink::new(100.0);
        draw(&mut ink);
        ink.ops.retain(|op| matches!(op, Op::DrawPolygon { .. } | Op::DrawLine { .. }));
        ink.ops
    }

    #[test]
    fn a_line_around_an_area_is_closed_only_where_the_path_is() {
        let points = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)];
        let open = painted(|ink| ink.path(&points, false, Some(RED), Some(PENCIL)));
        let [Op::DrawPolygon { polygon }, Op::DrawLine { line }] = open.as_slice() else {
            unreachable!("{open:?}")
        };
        assert_eq!((polygon.mode, line.is_closed), (PaintMode::Fill, false));
        let closed = painted(|ink| ink.path(&points, true, Some(RED), Some(PENCIL)));
        let [Op::DrawPolygon { polygon }] = closed.as_slice() else { unreachable!("{closed:?}") };
        assert_eq!(polygon.mode, PaintMode::FillStroke);
    }

    #[test]
    fn what_is_in_force_is_not_set_again() {
        let mut ink = Ink::new(100.0);
        let dashed = Stroke { dash: Some((3.0, 2.0)), ..PENCIL };
        for stroke in [PENCIL, PENCIL, dashed, PENCIL] {
            ink.path(&[(0.0, 0.0), (10.0, 0.0)], false, None, Some(stroke));
        }
        let dash = |pattern: &[f32]| Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, pattern) };
        ink.ops.retain(|op| !matches!(op, Op::DrawLine { .. }));
        let color = Op::SetOutlineColor { col: paint(RED) };
        let width = Op::SetOutlineThickness { pt: Pt(1.0) };
        assert_eq!(ink.ops, [color, width, dash(&[3.0, 2.0]), dash(&[])]);
    }

    #[test]
    fn places_count_from_the_lower_edge_in_hundredths() {
        let place = Ink::new(100.0).place((1.234_5, 99.996));
        assert_eq!((place.x, place.y), (Pt(1.23), Pt(0.0)));
    }
}
