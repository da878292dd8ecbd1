//! A page's content: texts and drawings as PDF operators, each within its marked content.

use super::glyphs::{Mapped, Subset};
use super::{file, tags, utf16};
use crate::pdf::display::{Display, Frame, Item, NodeId, Role, Shape, Stroke};
use crate::pdf::shaped::{Cluster, Kind, Shaped};
use crate::pdf::theme::Color;

/// Text strays less than this from its place before it is set right, in thousandths of its size.
const STRAY: f32 = 1.0;

/// Where a quarter of a circle bends, as a part of its radius.
const BEND: f32 = 0.5523;

/// A page's operators and what they belong to.
pub(super) struct Content {
    pub bytes: Vec<u8>,
    /// The node of each marked content.
    pub owners: Vec<NodeId>,
    /// The boxes of the drawings, with the node of each.
    pub boxes: Vec<(NodeId, Frame)>,
}

/// Writes one page, keeping track of what is in force.
struct Pen<'a> {
    display: &'a Display,
    subsets: &'a [Subset],
    height: f32,
    out: Content,
    /// The open marked content.
    open: Open,
    /// Where the open text object's last line started, in hundredths of a point.
    text: Option<(i64, i64)>,
    font: Option<(usize, u32)>,
    ink: Option<Color>,
    pencil: Option<Stroke>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Artifact,
    Of(NodeId),
}

impl Open {
    fn of(owner: Option<NodeId>) -> Self {
        owner.map_or(Self::Artifact, Self::Of)
    }
}

/// The content of a page of a height. Rules and grounds come first, so that all text can stand in one text object.
pub(super) fn content(display: &Display, subsets: &[Subset], items: &[Item], height: f32) -> Content {
    let out = Content { bytes: Vec::new(), owners: Vec::new(), boxes: Vec::new() };
    let (open, text, font, ink, pencil) = (Open::Nothing, None, None, None, None);
    let mut pen = Pen { display, subsets, height, out, open, text, font, ink, pencil };
    let below = |item: &&Item| matches!(item.shape, Shape::Fill { .. } | Shape::Line { .. });
    items.iter().filter(below).for_each(|item| pen.draw(item));
    items.iter().filter(|item| !below(item)).for_each(|item| pen.draw(item));
    pen.close();
    pen.end_text();
    pen.out
}

impl Pen<'_> {
    fn draw(&mut self, item: &Item) {
        if !matches!(item.shape, Shape::Text { .. }) && self.text.is_some() {
            self.close();
            self.end_text();
        }
        if self.open != Open::of(item.owner) {
            self.close();
            self.begin(item);
        }
        match &item.shape {
            Shape::Text { x, y, shaped, first, end } => self.show(*x, *y, shaped, *first..*end),
            Shape::Fill { x, y, width, height, color } => {
                self.fill_color(*color);
                self.numbers(&[*x, self.height - y - height, *width, *height]);
                self.operator("re");
                self.operator("f");
            }
            Shape::Line { from, to, width, color } => {
                self.stroke(Stroke { width: *width, color: *color, dash: None });
                self.path(&[*from, *to]);
                self.operator("S");
            }
            Shape::Path { points, closed, fill, stroke } => {
                self.prepare(*fill, *stroke);
                self.path(points);
                if *closed {
                    self.operator("h");
                }
                self.paint(*fill, *stroke);
            }
            Shape::Disc { center, radius, fill, stroke } => {
                self.prepare(*fill, *stroke);
                self.circle(*center, *radius);
                self.paint(*fill, *stroke);
            }
        }
    }

    fn begin(&mut self, item: &Item) {
        self.open = Open::of(item.owner);
        let node = item.owner.and_then(|owner| Some((owner, self.display.tree.nodes.get(owner.0)?)));
        let Some((owner, node)) = node else {
            return self.operator("/Artifact BMC");
        };
        if let (Role::Figure { .. }, Some(frame)) = (&node.role, item.frame) {
            self.out.boxes.push((owner, frame));
        }
        let mark = self.out.owners.len();
        self.out.owners.push(owner);
        self.operator(&format!("/{}<</MCID {mark}>>BDC", tags::tag(&node.role)));
    }

    fn close(&mut self) {
        if self.open != Open::Nothing {
            // A text object holds whole marked contents, and marked contents hold whole text objects.
            self.operator("EMC");
        }
        self.open = Open::Nothing;
    }

    fn end_text(&mut self) {
        if self.text.take().is_some() {
            self.operator("ET");
        }
    }

    fn operator(&mut self, operator: &str) {
        self.out.bytes.extend_from_slice(operator.as_bytes());
        self.out.bytes.push(b'\n');
    }

    fn numbers(&mut self, all: &[f32]) {
        for value in all {
            number(&mut self.out.bytes, hundredths(*value));
            self.out.bytes.push(b' ');
        }
    }

    fn fill_color(&mut self, color: Color) {
        if self.ink.replace(color) != Some(color) {
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

    fn stroke(&mut self, stroke: Stroke) {
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

    fn prepare(&mut self, fill: Option<Color>, stroke: Option<Stroke>) {
        if let Some(color) = fill {
            self.fill_color(color);
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
    }

    fn paint(&mut self, fill: Option<Color>, stroke: Option<Stroke>) {
        self.operator(match (fill, stroke) {
            (Some(_), Some(_)) => "B",
            (Some(_), None) => "f",
            (None, Some(_)) => "S",
            (None, None) => "n",
        });
    }

    fn path(&mut self, points: &[(f32, f32)]) {
        for (at, (x, y)) in points.iter().enumerate() {
            self.numbers(&[*x, self.height - y]);
            self.operator(if at == 0 { "m" } else { "l" });
        }
    }

    fn circle(&mut self, (x, y): (f32, f32), radius: f32) {
        let (y, bend) = (self.height - y, radius * BEND);
        self.numbers(&[x + radius, y]);
        self.operator("m");
        // Each quarter goes from one axis to the next.
        for (from, to) in [
            ((1.0, 0.0), (0.0, 1.0)),
            ((0.0, 1.0), (-1.0, 0.0)),
            ((-1.0, 0.0), (0.0, -1.0)),
            ((0.0, -1.0), (1.0, 0.0)),
        ] {
            let ((a, b), (c, d)) = (from, to);
            let first = [x + a * radius + c * bend, y + b * radius + d * bend];
            let second = [x + c * radius + a * bend, y + d * radius + b * bend];
            self.numbers(&[first, second, [x + c * radius, y + d * radius]].concat());
            self.operator("c");
        }
    }

    /// Shows clusters from `x` on the baseline `y`.
    fn show(&mut self, mut x: f32, y: f32, shaped: &Shaped, range: std::ops::Range<usize>) {
        let mut rest = shaped.clusters.get(range).unwrap_or_default();
        while let Some(first) = rest.first() {
            let told = self.tells(shaped, first);
            let alike = |cluster: &&Cluster| {
                (cluster.face, cluster.style) == (first.face, first.style)
                    && told
                    && self.tells(shaped, cluster)
            };
            let count = 1 + rest.iter().skip(1).take_while(alike).count();
            let (piece, others) = rest.split_at(count);
            self.piece(x, y, shaped, piece, told);
            x += piece.iter().map(|cluster| cluster.advance - cluster.tight).sum::<f32>();
            rest = others;
        }
    }

    fn tells(&self, shaped: &Shaped, cluster: &Cluster) -> bool {
        let subset = self.subsets.get(cluster.face);
        cluster.kind == Kind::Newline || subset.is_some_and(|subset| subset.tells(shaped, cluster))
    }

    /// Shows clusters of one font; where their glyphs do not tell their text, it is stated beside them.
    fn piece(&mut self, x: f32, y: f32, shaped: &Shaped, clusters: &[Cluster], told: bool) {
        let Some(first) = clusters.first() else { return };
        let (Some(style), Some(subset)) = (shaped.style_of(first), self.subsets.get(first.face)) else {
            return;
        };
        if clusters.iter().all(|cluster| cluster.glyphs.is_empty()) {
            return;
        }
        let before = self.text.unwrap_or_else(|| {
            self.out.bytes.extend_from_slice(b"BT\n");
            (0, 0)
        });
        self.fill_color(style.color);
        if self.font.replace((first.face, style.hundredths())) != Some((first.face, style.hundredths())) {
            self.out.bytes.extend_from_slice(format!("/{} ", subset.name).as_bytes());
            self.numbers(&[style.size()]);
            self.operator("Tf");
        }
        if !told {
            let text = clusters.iter().map(|cluster| shaped.text_of(cluster)).collect::<String>();
            let units: String = utf16(&text).iter().map(|byte| format!("{byte:02X}")).collect();
            self.operator(&format!("/Span<</ActualText<{units}>>>BDC"));
        }
        let place = (hundredths(x), hundredths(self.height - y));
        for delta in [place.0 - before.0, place.1 - before.1] {
            number(&mut self.out.bytes, delta);
            self.out.bytes.push(b' ');
        }
        self.operator("Td");
        self.text = Some(place);
        glyphs(&mut self.out.bytes, shaped, clusters, subset, style.size());
        if !told {
            self.operator("EMC");
        }
    }
}

/// The glyphs of clusters; each moves the pen by its stated width, and what that strays is set right between them.
fn glyphs(out: &mut Vec<u8>, shaped: &Shaped, clusters: &[Cluster], subset: &Subset, size: f32) {
    let mut parts: Vec<(Vec<u8>, i64)> = Vec::new();
    let mut codes: Vec<u8> = Vec::new();
    let mut stray = 0.0_f32;
    for cluster in clusters {
        for glyph in shaped.glyphs.get(cluster.glyphs.clone()).unwrap_or_default() {
            let Some(Mapped { id, width, .. }) = subset.get(glyph.id) else { continue };
            if stray.abs() >= STRAY && !codes.is_empty() {
                let whole = thousandths(stray);
                parts.push((std::mem::take(&mut codes), whole.0));
                stray -= whole.1;
            }
            codes.extend_from_slice(&id.to_be_bytes());
            stray += width - glyph.advance * 1000.0;
        }
        stray += cluster.tight / size * 1000.0;
    }
    if parts.is_empty() {
        file::write_literal(out, &codes);
        return out.extend_from_slice(b"Tj\n");
    }
    out.push(b'[');
    for (codes, stray) in &parts {
        file::write_literal(out, codes);
        out.extend_from_slice(stray.to_string().as_bytes());
    }
    file::write_literal(out, &codes);
    out.extend_from_slice(b"]TJ\n");
}

/// The whole part nearest to a value, as both kinds of number.
#[expect(clippy::cast_possible_truncation, reason = "a few thousand")]
fn thousandths(value: f32) -> (i64, f32) {
    let whole = value.round();
    (whole as i64, whole)
}

/// A length in hundredths of a point: more digits only make the file larger.
#[expect(clippy::cast_possible_truncation, reason = "lengths of a page")]
fn hundredths(value: f32) -> i64 {
    (value * 100.0).round() as i64
}

/// Writes hundredths as a decimal number without needless digits.
fn number(out: &mut Vec<u8>, hundredths: i64) {
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
