//! A page's content: texts and drawings, each within its marked content.

use std::collections::BTreeMap;
use std::ops::Range;

use printpdf::{DictItem, Op, PdfFontHandle, Point, Pt};

use super::glyphs::{Mapped, Subset};
use super::ink::Ink;
use super::{hundredths, tags, utf16};
use crate::pdf::display::{Frame, Item, NodeId, Role, Shape, Stroke, Tree};
use crate::pdf::shaped::{Cluster, Kind, Shaped, Spread};

/// Text strays less than this from its place before it is set right, in thousandths of its size.
const STRAY: f32 = 1.0;

/// Shows a text by its codes, and by codes with distances between them. printpdf's own operation would write each glyph as
/// a string of its own.
pub(super) const SHOW: &str = "Tj";
pub(super) const SPACED: &str = "TJ";

/// A page's operators and what they belong to.
pub(super) struct Content {
    pub ops: Vec<Op>,
    /// The node of each marked content.
    pub owners: Vec<NodeId>,
    /// The boxes of the drawings, with the node of each.
    pub boxes: Vec<(NodeId, Frame)>,
}

/// Writes one page, keeping track of what is in force.
struct Pen<'a> {
    tree: &'a Tree,
    subsets: &'a [Subset],
    ink: Ink,
    owners: Vec<NodeId>,
    boxes: Vec<(NodeId, Frame)>,
    /// The open marked content.
    open: Open,
    /// Where the open text object's last line started.
    text: Option<Point>,
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
pub(super) fn content(tree: &Tree, subsets: &[Subset], items: &[Item], height: f32) -> Content {
    let (ink, owners, boxes) = (Ink::new(height), Vec::new(), Vec::new());
    let (open, text, font, within_text) = (Open::Nothing, None, None, false);
    let mut pen = Pen { tree, subsets, ink, owners, boxes, open, text, within_text, font };
    let below = |item: &&Item| matches!(item.shape, Shape::Fill { .. } | Shape::Line { .. });
    items.iter().filter(below).for_each(|item| pen.draw(item));
    items.iter().filter(|item| !below(item)).for_each(|item| pen.draw(item));
    pen.close();
    pen.end_text();
    Content { ops: pen.ink.ops, owners: pen.owners, boxes: pen.boxes }
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
            Shape::Text { x, y, shaped, first, end, spread } => {
                self.show((*x, *y), shaped, *first..*end, *spread);
            }
            Shape::Fill { x, y, width, height, color } => {
                self.ink.rectangle((*x, *y), (*width, *height), *color);
            }
            Shape::Line { from, to, width, color } => {
                let stroke = Stroke { width: *width, color: *color, dash: None };
                self.ink.path(&[*from, *to], false, None, Some(stroke));
            }
            Shape::Path { points, closed, fill, stroke } => {
                self.ink.path(points, *closed, *fill, *stroke);
            }
            Shape::Disc { center, radius, fill, stroke } => {
                self.ink.circle(*center, *radius, *fill, *stroke);
            }
        }
    }

    fn begin(&mut self, item: &Item) {
        self.open = Open::of(item.owner);
        self.within_text = self.text.is_some();
        let node = item.owner.and_then(|owner| Some((owner, self.tree.nodes.get(owner.0)?)));
        let Some((owner, node)) = node else {
            return self.ink.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
        };
        if let (Role::Figure { .. }, Some(frame)) = (&node.role, item.frame) {
            self.boxes.push((owner, frame));
        }
        let mark = i64::try_from(self.owners.len()).unwrap_or_default();
        self.owners.push(owner);
        self.begin_with(tags::tag(&node.role), "MCID", DictItem::Int(mark));
    }

    fn begin_with(&mut self, tag: &str, key: &str, value: DictItem) {
        let properties = DictItem::Dict { map: BTreeMap::from([(key.to_owned(), value)]) };
        self.ink.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
    }

    /// Ends the open marked content. It holds whole text objects, or a text object holds all of it.
    fn close(&mut self) {
        if !self.within_text {
            self.end_text();
        }
        if self.open != Open::Nothing {
            self.ink.ops.push(Op::EndMarkedContent);
        }
        self.open = Open::Nothing;
    }

    fn begin_text(&mut self) {
        if self.text.is_none() {
            self.ink.ops.push(Op::StartTextSection);
            self.text = Some(Point::default());
        }
    }

    fn end_text(&mut self) {
        if self.text.take().is_some() {
            self.ink.ops.push(Op::EndTextSection);
        }
    }

    /// Shows clusters from `x` on the baseline `y`, in pieces. The text of those that close up (「）」 and 「、」 share their
    /// white) is stated for them together: readers take glyphs whose boxes overlap for two words, or two lines.
    fn show(&mut self, (mut x, y): (f32, f32), shaped: &Shaped, range: Range<usize>, spread: Spread) {
        x -= shaped.clusters.get(range.start).map_or(0.0, Cluster::head);
        let mut start = range.start;
        while start < range.end {
            let (end, told) = self.piece_end(shaped, start..range.end, spread);
            self.piece((x, y), shaped, start..end, spread, told);
            if end < range.end {
                x += (start..end).map(|at| shaped.step(at, spread)).sum::<f32>();
            }
            start = end;
        }
    }

    /// Where the first piece of clusters ends, and whether its glyphs tell its text.
    fn piece_end(&self, shaped: &Shaped, range: Range<usize>, spread: Spread) -> (usize, bool) {
        let font = |at: usize| shaped.clusters.get(at).map(|cluster| (cluster.face, cluster.style));
        let alike = |at: usize| at < range.end && font(at) == font(range.start);
        let closes_up = |at: usize| shaped.closes_up(at, spread) && alike(at + 1);
        let tells = |at: usize| {
            shaped.clusters.get(at).is_some_and(|cluster| self.tells(shaped, cluster)) && !closes_up(at)
        };
        let told = tells(range.start);
        let goes_on = |at: &usize| if told { alike(*at) && tells(*at) } else { closes_up(*at - 1) };
        (range.start + 1 + (range.start + 1..range.end).take_while(goes_on).count(), told)
    }

    fn tells(&self, shaped: &Shaped, cluster: &Cluster) -> bool {
        let subset = self.subsets.get(cluster.face);
        cluster.kind == Kind::Newline || subset.is_some_and(|subset| subset.tells(shaped, cluster))
    }

    /// Shows clusters of one font; unless their glyphs tell their text (`told`), it is stated beside them.
    fn piece(
        &mut self,
        (x, y): (f32, f32),
        shaped: &Shaped,
        range: Range<usize>,
        spread: Spread,
        told: bool,
    ) {
        let clusters = shaped.clusters.get(range.clone()).unwrap_or_default();
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
            let font = PdfFontHandle::External(subset.id.clone());
            self.ink.ops.push(Op::SetFont { font, size: Pt(style.size()) });
        }
        if !told {
            let text = clusters.iter().map(|cluster| shaped.text_of(cluster)).collect::<String>();
            let stated = DictItem::String { data: utf16(&text), literal: false };
            self.begin_with("Span", "ActualText", stated);
        }
        let place = self.ink.place((x, y));
        let step = |to: Pt, from: Pt| Pt(hundredths(to.0 - from.0));
        let pos = Point { x: step(place.x, before.x), y: step(place.y, before.y) };
        self.ink.ops.push(Op::SetTextCursor { pos });
        self.text = Some(place);
        let glyphs = glyphs(shaped, (range, spread), subset, style.size());
        // Distances stand in an array; without them the string alone does.
        let (key, value) =
            if glyphs.len() > 1 { (SPACED, vec![DictItem::Array(glyphs)]) } else { (SHOW, glyphs) };
        self.ink.ops.push(Op::Unknown { key: key.to_owned(), value });
        if !told {
            self.ink.ops.push(Op::EndMarkedContent);
        }
    }
}

/// The glyphs of clusters; each moves the pen by its stated width, and what that strays is set right between them.
fn glyphs(
    shaped: &Shaped,
    (range, spread): (Range<usize>, Spread),
    subset: &Subset,
    size: f32,
) -> Vec<DictItem> {
    let mut items = Vec::new();
    let mut codes: Vec<u8> = Vec::with_capacity(range.len() * 2);
    let mut stray = 0.0_f32;
    for (at, cluster) in range.clone().zip(shaped.clusters.get(range).unwrap_or_default()) {
        for glyph in shaped.glyphs.get(cluster.glyphs.clone()).unwrap_or_default() {
            let Some(Mapped { id, width, .. }) = subset.get(glyph.id) else { continue };
            if stray.abs() >= STRAY && !codes.is_empty() {
                let whole = stray.round();
                items.push(DictItem::String { data: std::mem::take(&mut codes), literal: true });
                #[expect(clippy::cast_possible_truncation, reason = "whole, and a few ems at most")]
                items.push(DictItem::Int(whole as i64));
                stray -= whole;
            }
            codes.extend_from_slice(&id.to_be_bytes());
            stray += width - glyph.advance * 1000.0;
        }
        stray -= (shaped.step(at, spread) - cluster.advance) / size * 1000.0;
    }
    items.push(DictItem::String { data: codes, literal: true });
    items
}
