//! A shaped text: clusters of glyphs, each with the text that it stands for.

use std::ops::Range;

use super::theme::Color;

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Style {
    pub bold: bool,
    /// Type size in hundredths of a point, so that styles can be compared.
    size: u32,
    pub color: Color,
    /// It leads somewhere.
    pub link: Option<LinkId>,
}

/// One of the document's links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LinkId(pub usize);

impl Style {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the theme allows 4 to 72")]
    pub fn new(bold: bool, size: f32, color: Color) -> Self {
        Self { bold, size: (size * 100.0).round() as u32, color, link: None }
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
pub(super) type Span = (Style, String);

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
    /// How much closer the next cluster of the same line stands: brackets next to each other share their white.
    pub tight: f32,
    pub kind: Kind,
    /// Whether a line may end before it.
    pub before: Before,
    /// It must not start a line.
    pub not_first: bool,
    /// No font has it: its glyphs are the substitute's.
    pub lost: bool,
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

    /// The width of a stretch of clusters set on one line.
    pub fn width(&self, first: usize, end: usize) -> f32 {
        let all = self.clusters.get(first..end).unwrap_or_default();
        let tight: f32 = all.iter().rev().skip(1).map(|cluster| cluster.tight).sum();
        all.iter().map(|cluster| cluster.advance).sum::<f32>() - tight
    }

    /// Adds a cluster at the end.
    pub fn push(&mut self, text: Range<usize>, glyphs: &[Glyph], face: usize, style: usize, kind: Kind) {
        let start = self.glyphs.len();
        self.glyphs.extend_from_slice(glyphs);
        let size = self.styles.get(style).map_or(0.0, |style| style.size());
        let advance = glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * size;
        let glyphs = start..self.glyphs.len();
        let plain = Cluster {
            text,
            glyphs,
            face,
            style,
            advance,
            tight: 0.0,
            kind,
            before: Before::Never,
            not_first: false,
            lost: false,
        };
        self.clusters.push(plain);
    }

    /// Full-width brackets and stops hold half an em of white; next to each other they share it.
    pub fn tighten(&mut self) {
        let shape = |shaped: &Self, cluster: &Cluster| {
            let size = shaped.style_of(cluster).map_or(0.0, Style::size);
            let wide = (cluster.advance - size).abs() < 0.01;
            shaped.text_of(cluster).chars().next().filter(|_| wide).map(|c| (c, size))
        };
        for i in 1..self.clusters.len() {
            let (Some(one), Some(two)) = (self.clusters.get(i - 1), self.clusters.get(i)) else { continue };
            let (Some((a, size)), Some((b, other))) = (shape(self, one), shape(self, two)) else { continue };
            let same = (size - other).abs() < 0.01;
            if same
                && ((closes(a) && (opens(b) || closes(b))) || (opens(a) && opens(b)))
                && let Some(one) = self.clusters.get_mut(i - 1)
            {
                one.tight = size / 2.0;
            }
        }
    }
}

/// Full-width brackets whose left half is white.
fn opens(c: char) -> bool {
    "「『（【〈《〔［｛〘〖".contains(c)
}

/// Full-width brackets and stops whose right half is white.
fn closes(c: char) -> bool {
    "、。，．」』）】〉》〕］｝〙〗".contains(c)
}
