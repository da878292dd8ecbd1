//! Pages of marked content. Only here and in `glyphs` are printpdf's types known.

use std::collections::BTreeMap;
use std::ops::Range;

use printpdf::{
    Codepoint, Color, DictItem, Line, LinePoint, Op, PaintMode, PdfDocument, PdfFontHandle, PdfPage,
    PdfSaveOptions, Point, Pt, Rect, Rgb, TextItem, TextMatrix,
};

use super::glyphs::{Subset, embed};
use super::{tags, utf16};
use crate::pdf::PdfError;
use crate::pdf::display::{Display, Item, NodeId, Shape};
use crate::pdf::fonts::Fonts;
use crate::pdf::shaped::{Cluster, Kind, Shaped, Spread};
use crate::pdf::theme;

/// Which marked content belongs to which element.
pub(super) struct Contents {
    /// For each node: page and number of its marked contents.
    pub of_node: Vec<Vec<(usize, usize)>>,
    /// For each page: the node of each of its marked contents.
    pub of_page: Vec<Vec<NodeId>>,
}

/// Writes pages and fonts.
pub(super) fn write(display: &Display, fonts: &Fonts) -> Result<(lopdf::Document, Contents), PdfError> {
    let mut pdf = PdfDocument::new("");
    let subsets = embed(&mut pdf, display, fonts)?;
    let mut contents = Contents { of_node: vec![Vec::new(); display.tree.nodes.len()], of_page: Vec::new() };
    for (page, items) in display.pages.iter().enumerate() {
        let mut pen = Pen::new(display, &subsets);
        for item in items {
            pen.draw(item);
        }
        let (ops, owners) = pen.finish();
        for (mark, owner) in owners.iter().enumerate() {
            if let Some(marks) = contents.of_node.get_mut(owner.0) {
                marks.push((page, mark));
            }
        }
        contents.of_page.push(owners);
        let sheet = rectangle(0.0, 0.0, display.width, display.height);
        pdf.pages.push(PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops });
    }
    Ok((pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new()), contents))
}

/// Writes one page, keeping track of what is in force.
struct Pen<'a> {
    display: &'a Display,
    subsets: &'a [Subset],
    ops: Vec<Op>,
    owners: Vec<NodeId>,
    /// The open marked content.
    open: Open,
    in_text: bool,
    font: Option<(usize, u32)>,
    ink: Option<theme::Color>,
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

impl<'a> Pen<'a> {
    fn new(display: &'a Display, subsets: &'a [Subset]) -> Self {
        Self {
            display,
            subsets,
            ops: Vec::new(),
            owners: Vec::new(),
            open: Open::Nothing,
            in_text: false,
            font: None,
            ink: None,
        }
    }

    fn finish(mut self) -> (Vec<Op>, Vec<NodeId>) {
        self.close();
        (self.ops, self.owners)
    }

    fn draw(&mut self, item: &Item) {
        if self.open != Open::of(item.owner) {
            self.close();
            self.begin(item.owner);
        }
        match &item.shape {
            Shape::Text { x, y, shaped, first, end, spread } => {
                self.text((*x, *y), shaped, *first..*end, *spread);
            }
            Shape::Fill { x, y, width, height, color } => {
                self.end_text();
                self.fill_color(*color);
                let y = self.display.height - y - height;
                self.ops.push(Op::DrawRectangle { rectangle: rectangle(*x, y, *width, *height) });
            }
            Shape::Line { from, to, width, color } => self.line(*from, *to, *width, *color),
        }
    }

    fn begin(&mut self, owner: Option<NodeId>) {
        self.open = Open::of(owner);
        let node = owner.and_then(|owner| Some((owner, self.display.tree.nodes.get(owner.0)?)));
        let Some((owner, node)) = node else {
            self.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
            return;
        };
        let mark = i64::try_from(self.owners.len()).unwrap_or_default();
        self.owners.push(owner);
        self.begin_with(tags::tag(&node.role), "MCID", DictItem::Int(mark));
    }

    fn begin_with(&mut self, tag: &str, key: &str, value: DictItem) {
        let properties = DictItem::Dict { map: BTreeMap::from([(key.to_owned(), value)]) };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
    }

    fn close(&mut self) {
        self.end_text();
        if self.open != Open::Nothing {
            self.ops.push(Op::EndMarkedContent);
        }
        self.open = Open::Nothing;
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.ops.push(Op::EndTextSection);
            self.in_text = false;
        }
    }

    fn fill_color(&mut self, color: theme::Color) {
        if self.ink != Some(color) {
            self.ops.push(Op::SetFillColor { col: rgb(color) });
            self.ink = Some(color);
        }
    }

    fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, color: theme::Color) {
        self.end_text();
        let height = self.display.height;
        let point = |(x, y): (f32, f32)| {
            let p = Point { x: Pt(round(x)), y: Pt(round(height - y)) };
            LinePoint { p, bezier: false }
        };
        self.ops.push(Op::SetOutlineColor { col: rgb(color) });
        self.ops.push(Op::SetOutlineThickness { pt: Pt(width) });
        let points = vec![point(from), point(to)];
        self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
    }

    /// Shows clusters from `x` on the baseline `y`.
    fn text(&mut self, (mut x, y): (f32, f32), shaped: &Shaped, range: Range<usize>, spread: Spread) {
        let cluster = |at: usize| shaped.clusters.get(at);
        x -= cluster(range.start).map_or(0.0, Cluster::head);
        let mut start = range.start;
        while let Some(first) = cluster(start).filter(|_| start < range.end) {
            let told = self.tells(shaped, first);
            let alike = |at: &usize| {
                cluster(*at).is_some_and(|cluster| {
                    (cluster.face, cluster.style) == (first.face, first.style)
                        && told
                        && self.tells(shaped, cluster)
                })
            };
            let end = start + 1 + (start + 1..range.end).take_while(alike).count();
            self.piece((x, y), shaped, start..end, spread, told);
            x += (start..end).map(|at| shaped.step(at, spread)).sum::<f32>();
            start = end;
        }
    }

    fn tells(&self, shaped: &Shaped, cluster: &Cluster) -> bool {
        let subset = self.subsets.get(cluster.face);
        cluster.kind == Kind::Newline || subset.is_some_and(|subset| subset.tells(shaped, cluster))
    }

    /// Shows clusters of one font; where their glyphs do not tell their text, it is stated beside them.
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
        let glyphs = codes(shaped, range, spread, subset, style.size());
        if glyphs.is_empty() {
            return;
        }
        if !self.in_text {
            self.ops.push(Op::StartTextSection);
            self.in_text = true;
        }
        self.fill_color(style.color);
        if self.font != Some((first.face, style.hundredths())) {
            let font = PdfFontHandle::External(subset.id.clone());
            self.ops.push(Op::SetFont { font, size: Pt(style.size()) });
            self.font = Some((first.face, style.hundredths()));
        }
        if !told {
            let text = clusters.iter().map(|cluster| shaped.text_of(cluster)).collect::<String>();
            let stated = DictItem::String { data: utf16(&text), literal: false };
            self.begin_with("Span", "ActualText", stated);
        }
        let matrix = TextMatrix::Translate(Pt(round(x)), Pt(round(self.display.height - y)));
        self.ops.push(Op::SetTextMatrix { matrix });
        self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
        if !told {
            self.ops.push(Op::EndMarkedContent);
        }
    }
}

/// Glyphs as the file shows them: each moves the pen by its stated width less its offset.
fn codes(shaped: &Shaped, range: Range<usize>, spread: Spread, subset: &Subset, size: f32) -> Vec<Codepoint> {
    let mut codes: Vec<Codepoint> = Vec::with_capacity(range.len());
    for at in range {
        let Some(cluster) = shaped.clusters.get(at) else { continue };
        for glyph in shaped.glyphs.get(cluster.glyphs.clone()).unwrap_or_default() {
            let Some(mapped) = subset.get(glyph.id) else { continue };
            let offset = mapped.width - glyph.advance * 1000.0;
            codes.push(Codepoint::with_cid(mapped.id, round(offset), mapped.text.clone()));
        }
        let white = shaped.step(at, spread) - cluster.advance;
        if white != 0.0
            && let Some(last) = codes.last_mut()
        {
            last.offset = round(last.offset - white / size * 1000.0);
        }
    }
    codes
}

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Rect {
    let (x, y, width, height) = (Pt(round(x)), Pt(round(y)), Pt(round(width)), Pt(round(height)));
    Rect { x, y, width, height, mode: Some(PaintMode::Fill), winding_order: None }
}

fn rgb(theme::Color([red, green, blue]): theme::Color) -> Color {
    let part = |value: u8| round(f32::from(value) / 255.0);
    Color::Rgb(Rgb { r: part(red), g: part(green), b: part(blue), icc_profile: None })
}

/// To thousandths: more digits only make the file larger.
fn round(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}
