//! A page's content: texts and drawings as PDF operators, each within its marked content.

use super::glyphs::{Mapped, Subset};
use super::ink::{Ink, hundredths, number};
use super::{file, tags, utf16};
use crate::pdf::display::{Display, Frame, Item, NodeId, Role, Shape, Stroke};
use crate::pdf::shaped::{Cluster, Kind, Shaped};

/// Text strays less than this from its place before it is set right, in thousandths of its size.
const STRAY: f32 = 1.0;

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
    ink: Ink,
    owners: Vec<NodeId>,
    boxes: Vec<(NodeId, Frame)>,
    /// The open marked content.
    open: Open,
    /// Where the open text object's last line started, in hundredths of a point.
    text: Option<(i64, i64)>,
    /// The open marked content started within the open text object.
    within_text: bool,
    font: Option<(usize, u32)>,
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
    let (ink, owners, boxes) = (Ink::new(height), Vec::new(), Vec::new());
    let (open, text, font, within_text) = (Open::Nothing, None, None, false);
    let mut pen = Pen { display, subsets, ink, owners, boxes, open, text, within_text, font };
    let below = |item: &&Item| matches!(item.shape, Shape::Fill { .. } | Shape::Line { .. });
    items.iter().filter(below).for_each(|item| pen.draw(item));
    items.iter().filter(|item| !below(item)).for_each(|item| pen.draw(item));
    pen.close();
    pen.end_text();
    Content { bytes: pen.ink.bytes, owners: pen.owners, boxes: pen.boxes }
}

impl Pen<'_> {
    fn draw(&mut self, item: &Item) {
        let is_text = matches!(item.shape, Shape::Text { .. });
        if !is_text && self.text.is_some() {
            if self.within_text {
                self.close();
            }
            self.end_text();
        }
        if self.open != Open::of(item.owner) {
            self.close();
            if is_text {
                self.begin_text();
            }
            self.begin(item);
        } else if is_text {
            self.begin_text();
        }
        match &item.shape {
            Shape::Text { x, y, shaped, first, end } => self.show(*x, *y, shaped, *first..*end),
            Shape::Fill { x, y, width, height, color } => {
                self.ink.fill_color(*color);
                self.ink.numbers(&[*x, self.ink.up(y + height), *width, *height]);
                self.ink.operator("re");
                self.ink.operator("f");
            }
            Shape::Line { from, to, width, color } => {
                self.ink.stroke(Stroke { width: *width, color: *color, dash: None });
                self.ink.path(&[*from, *to]);
                self.ink.operator("S");
            }
            Shape::Path { points, closed, fill, stroke } => {
                self.ink.prepare(*fill, *stroke);
                self.ink.path(points);
                if *closed {
                    self.ink.operator("h");
                }
                self.ink.paint(*fill, *stroke);
            }
            Shape::Disc { center, radius, fill, stroke } => {
                self.ink.prepare(*fill, *stroke);
                self.ink.circle(*center, *radius);
                self.ink.paint(*fill, *stroke);
            }
        }
    }

    fn begin(&mut self, item: &Item) {
        self.open = Open::of(item.owner);
        self.within_text = self.text.is_some();
        let node = item.owner.and_then(|owner| Some((owner, self.display.tree.nodes.get(owner.0)?)));
        let Some((owner, node)) = node else {
            return self.ink.operator("/Artifact BMC");
        };
        if let (Role::Figure { .. }, Some(frame)) = (&node.role, item.frame) {
            self.boxes.push((owner, frame));
        }
        let mark = self.owners.len();
        self.owners.push(owner);
        self.ink.operator(&format!("/{}<</MCID {mark}>>BDC", tags::tag(&node.role)));
    }

    /// Ends the open marked content. It holds whole text objects, or a text object holds all of it.
    fn close(&mut self) {
        if !self.within_text {
            self.end_text();
        }
        if self.open != Open::Nothing {
            self.ink.operator("EMC");
        }
        self.open = Open::Nothing;
    }

    fn begin_text(&mut self) {
        if self.text.is_none() {
            self.ink.operator("BT");
            self.text = Some((0, 0));
        }
    }

    fn end_text(&mut self) {
        if self.text.take().is_some() {
            self.ink.operator("ET");
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
        let before = self.text.unwrap_or_default();
        self.ink.fill_color(style.color);
        if self.font.replace((first.face, style.hundredths())) != Some((first.face, style.hundredths())) {
            self.ink.bytes.extend_from_slice(format!("/{} ", subset.name).as_bytes());
            self.ink.numbers(&[style.size()]);
            self.ink.operator("Tf");
        }
        if !told {
            let text = clusters.iter().map(|cluster| shaped.text_of(cluster)).collect::<String>();
            let units: String = utf16(&text).iter().map(|byte| format!("{byte:02X}")).collect();
            self.ink.operator(&format!("/Span<</ActualText<{units}>>>BDC"));
        }
        let place = (hundredths(x), hundredths(self.ink.up(y)));
        for delta in [place.0 - before.0, place.1 - before.1] {
            number(&mut self.ink.bytes, delta);
            self.ink.bytes.push(b' ');
        }
        self.ink.operator("Td");
        self.text = Some(place);
        glyphs(&mut self.ink.bytes, shaped, clusters, subset, style.size());
        if !told {
            self.ink.operator("EMC");
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
