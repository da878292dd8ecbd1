//! Operators, lines and colours of a page's content.

use crate::pdf::display::Stroke;
use crate::pdf::theme::Color;

/// Where a quarter of a circle bends, as a part of its radius.
const BEND: f32 = 0.5523;

/// Content while it is written, with the colours and the line in force.
pub(super) struct Ink {
    pub bytes: Vec<u8>,
    /// The page's height: content counts from its lower edge.
    height: f32,
    fill: Option<Color>,
    pencil: Option<Stroke>,
}

impl Ink {
    pub fn new(height: f32) -> Self {
        Self { bytes: Vec::new(), height, fill: None, pencil: None }
    }

    /// A height, measured from the page's lower edge.
    pub fn up(&self, y: f32) -> f32 {
        self.height - y
    }

    pub fn operator(&mut self, operator: &str) {
        self.bytes.extend_from_slice(operator.as_bytes());
        self.bytes.push(b'\n');
    }

    pub fn numbers(&mut self, all: &[f32]) {
        for value in all {
            number(&mut self.bytes, hundredths(*value));
            self.bytes.push(b' ');
        }
    }

    pub fn fill_color(&mut self, color: Color) {
        if self.fill.replace(color) != Some(color) {
            self.color(color, "g", "rg");
        }
    }

    fn color(&mut self, Color([red, green, blue]): Color, grey: &str, rgb: &str) {
        let part = |value: u8| format!("{:.3}", f32::from(value) / 255.0);
        if red == green && green == blue {
            return self.operator(&format!("{} {grey}", part(red)));
        }
        self.operator(&format!("{} {} {} {rgb}", part(red), part(green), part(blue)));
    }

    pub fn stroke(&mut self, stroke: Stroke) {
        let before = self.pencil.replace(stroke);
        if before.is_none_or(|before| before.color != stroke.color) {
            self.color(stroke.color, "G", "RG");
        }
        if before.is_none_or(|before| before.width.total_cmp(&stroke.width).is_ne()) {
            self.numbers(&[stroke.width]);
            self.operator("w");
        }
        if before.and_then(|before| before.dash) != stroke.dash {
            let dash = stroke.dash.map_or(String::new(), |(dash, gap)| format!("{dash} {gap}"));
            self.operator(&format!("[{dash}]0 d"));
        }
    }

    pub fn prepare(&mut self, fill: Option<Color>, stroke: Option<Stroke>) {
        if let Some(color) = fill {
            self.fill_color(color);
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
    }

    pub fn paint(&mut self, fill: Option<Color>, stroke: Option<Stroke>) {
        self.operator(match (fill, stroke) {
            (Some(_), Some(_)) => "B",
            (Some(_), None) => "f",
            (None, Some(_)) => "S",
            (None, None) => "n",
        });
    }

    pub fn path(&mut self, points: &[(f32, f32)]) {
        for (at, (x, y)) in points.iter().enumerate() {
            self.numbers(&[*x, self.height - y]);
            self.operator(if at == 0 { "m" } else { "l" });
        }
    }

    pub fn circle(&mut self, (x, y): (f32, f32), radius: f32) {
        // Right, up, left, down, and right again: each quarter goes from one to the next.
        const AXES: [(f32, f32); 5] = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), (1.0, 0.0)];
        let y = self.up(y);
        self.numbers(&[x + radius, y]);
        self.operator("m");
        for pair in AXES.windows(2) {
            let [from, to] = pair else { continue };
            let point = |along: &(f32, f32), bent: &(f32, f32), bend: f32| {
                [x + radius * (along.0 + bend * bent.0), y + radius * (along.1 + bend * bent.1)]
            };
            self.numbers(&[point(from, to, BEND), point(to, from, BEND), point(to, from, 0.0)].concat());
            self.operator("c");
        }
    }
}

/// A length in hundredths of a point: more digits only make the file larger.
#[expect(clippy::cast_possible_truncation, reason = "lengths of a page")]
pub(super) fn hundredths(value: f32) -> i64 {
    (value * 100.0).round() as i64
}

/// Writes hundredths as a decimal number without needless digits.
pub(super) fn number(out: &mut Vec<u8>, hundredths: i64) {
    if hundredths < 0 {
        out.push(b'-');
    }
    let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
    let text = match (whole, rest) {
        (whole, 0) => whole.to_string(),
        (0, rest) if rest % 10 == 0 => format!(".{}", rest / 10),
        (0, rest) => format!(".{rest:02}"),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02}"),
    };
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_needless_digits() {
        let cases = [(0, "0"), (5, ".05"), (-50, "-.5"), (1200, "12"), (-1234, "-12.34"), (230, "2.3")];
        for (value, expected) in cases {
            let mut out = Vec::new();
            number(&mut out, value);
            assert_eq!(String::from_utf8_lossy(&out), expected);
        }
    }
}
