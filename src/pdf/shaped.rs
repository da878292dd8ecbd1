//! A shaped text: clusters of glyphs, each with the text that it stands for.

use std::borrow::Cow;
use std::ops::Range;

use super::class::{Class, Give, give, meet, shared};
use super::theme::Color;

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Style {
    pub bold: bool,
    /// It stands in a table: less white between Japanese and Latin.
    pub dense: bool,
    /// The unit behind a figure: no line ends before or within it.
    pub unit: bool,
    /// Type size in hundredths of a point, so that styles can be compared.
    size: u32,
    pub color: Color,
    /// It leads somewhere.
    pub link: Option<LinkId>,
}

/// One of the document's links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct LinkId(pub usize);

impl Style {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the theme allows 4 to 72")]
    pub fn new(bold: bool, size: f32, color: Color) -> Self {
        let size = (size * 100.0).round() as u32;
        Self { bold, dense: false, unit: false, size, color, link: None }
    }

    /// The same, in a table.
    pub fn dense(self) -> Self {
        Self { dense: true, ..self }
    }

    /// The same, for a unit.
    pub fn unit(self) -> Self {
        Self { unit: true, ..self }
    }

    /// The same, leading somewhere.
    pub fn with_link(self, link: Option<LinkId>) -> Self {
        Self { link, ..self }
    }

    /// The type size in hundredths of a point.
    pub fn hundredths(self) -> u32 {
        self.size
    }

    /// The type size in points.
    #[expect(clippy::cast_precision_loss, reason = "at most 7200")]
    pub fn size(self) -> f32 {
        self.size as f32 / 100.0
    }
}

/// Text in one style.
pub(super) type Span<'t> = (Style, Cow<'t, str>);

/// A shaped text; lines are stretches of its clusters.
#[derive(Debug)]
pub(super) struct Shaped {
    /// The text without control characters.
    pub text: String,
    pub styles: Vec<Style>,
    pub clusters: Vec<Cluster>,
    pub glyphs: Vec<Glyph>,
}

/// The smallest stretch of text that has glyphs of its own.
#[derive(Debug, Clone)]
pub(super) struct Cluster {
    /// Its bytes in the text.
    pub text: Range<usize>,
    /// Its glyphs.
    pub glyphs: Range<usize>,
    /// Index into the fonts' faces.
    pub face: usize,
    /// Index into the styles.
    pub style: usize,
    /// Width in points.
    pub advance: f32,
    /// White in points before the next cluster of the same line: a quarter space where Japanese and Latin meet, less than nothing
    /// where brackets and stops share theirs.
    pub gap: f32,
    pub class: Class,
    pub kind: Kind,
    /// Whether a line may end before it.
    pub before: Before,
    /// It must not start a line.
    pub not_first: bool,
    /// No font has it: its glyphs are the substitute's.
    pub lost: bool,
    /// No font has the variant that its selector asks for: its glyph is the plain character's.
    pub unvaried: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Visible.
    Ink,
    /// White; falls away at a line's end.
    Space,
    /// Ends a line.
    Newline,
}

/// Whether a line may end at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Typesetting forbids it.
    Never,
    /// Only to cut a word that is wider than a line.
    Cut,
    /// The same, at a place that readers of addresses and paths expect.
    Prefer,
    Break,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub id: u16,
    /// In ems.
    pub advance: f32,
}

impl Shaped {
    /// The text of a cluster.
    pub fn text_of(&self, cluster: &Cluster) -> &str {
        self.text.get(cluster.text.clone()).unwrap_or_default()
    }

    pub fn style_of(&self, cluster: &Cluster) -> Option<Style> {
        self.styles.get(cluster.style).copied()
    }

    /// The width of a stretch of clusters set on one line, without the white that brackets and stops lose at its ends.
    pub fn width(&self, first: usize, end: usize) -> f32 {
        let Some(([all @ .., last], head)) = self.clusters.get(first..end).map(|all| (all, all.first()))
        else {
            return 0.0;
        };
        let inner: f32 = all.iter().map(|cluster| cluster.advance + cluster.gap).sum();
        inner + last.advance - head.map_or(0.0, Cluster::head) - last.tail()
    }

    /// How far the pen moves from a cluster to the next one of its line.
    pub fn step(&self, at: usize, spread: Spread) -> f32 {
        let Some(cluster) = self.clusters.get(at) else { return 0.0 };
        let wider = if spread == Spread::default() { 0.0 } else { self.stretch(at, spread) };
        cluster.advance + cluster.gap + wider
    }

    /// Whether a cluster and the next one of its line share their white, so that their boxes overlap.
    pub fn closes_up(&self, at: usize, spread: Spread) -> bool {
        let Some([one, two]) = self.clusters.get(at..at + 2) else { return false };
        (one.kind, two.kind) == (Kind::Ink, Kind::Ink) && self.step(at, spread) < one.advance
    }

    /// What a justified line adds to the gap behind a cluster.
    pub fn stretch(&self, at: usize, spread: Spread) -> f32 {
        let (give, size) = self.give(at);
        match give {
            Give::White => spread.white * size,
            Give::Body => spread.body * size,
            Give::Nothing => 0.0,
        }
    }

    /// What the gap behind a cluster can give, and the type size there.
    pub fn give(&self, at: usize) -> (Give, f32) {
        let (Some(one), Some(two)) = (self.clusters.get(at), self.clusters.get(at + 1)) else {
            return (Give::Nothing, 0.0);
        };
        let size = self.style_of(one).map_or(0.0, Style::size);
        (give(one.class, two.class, two.before != Before::Never), size)
    }

    /// Adds a cluster at the end.
    pub fn push(&mut self, text: Range<usize>, glyphs: &[Glyph], face: usize, style: usize, kind: Kind) {
        let start = self.glyphs.len();
        self.glyphs.extend_from_slice(glyphs);
        let size = self.styles.get(style).map_or(0.0, |style| style.size());
        let advance = glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * size;
        let glyphs = start..self.glyphs.len();
        let wide = (advance - size).abs() < 0.01;
        let first = self.text.get(text.clone()).and_then(|text| text.chars().next());
        let class = first.map_or(Class::Other, |first| Class::of(first, wide));
        let plain = Cluster {
            text,
            glyphs,
            face,
            style,
            advance,
            gap: 0.0,
            class,
            kind,
            before: Before::Never,
            not_first: false,
            lost: false,
            unvaried: false,
        };
        self.clusters.push(plain);
    }

    /// Sets the white between neighbours; `quarter` is that between Japanese and Latin in a style, in ems.
    pub fn space(&mut self, quarter: impl Fn(Style) -> f32) {
        for i in 1..self.clusters.len() {
            let (Some(one), Some(two)) = (self.clusters.get(i - 1), self.clusters.get(i)) else { continue };
            let gap = if meet(one.class, two.class) {
                let sizes = [one, two].map(|cluster| self.style_of(cluster));
                sizes
                    .into_iter()
                    .flatten()
                    .map(|style| style.size() * quarter(style))
                    .fold(f32::MAX, f32::min)
            } else {
                -shared((one.class, one.advance), (two.class, two.advance))
            };
            if let Some(one) = self.clusters.get_mut(i - 1) {
                one.gap = gap;
            }
        }
    }
}

impl Cluster {
    /// The white that an opening bracket loses at a line's start: it stands flush (天付き).
    pub fn head(&self) -> f32 {
        if self.class == Class::Open { self.advance / 2.0 } else { 0.0 }
    }

    /// The white that a closing bracket or stop loses at a line's end.
    pub fn tail(&self) -> f32 {
        if self.class == Class::Close { self.advance / 2.0 } else { 0.0 }
    }
}

/// What a justified line adds to its gaps, in ems.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Spread {
    /// To word spaces, quarter spaces and beside brackets and stops.
    pub white: f32,
    /// Between Japanese characters.
    pub body: f32,
}
