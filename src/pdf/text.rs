//! Shaped text → lines of a width.
//!
//! A line that would start with a character that must not start one gives its last characters to the next line (追い出し). Opening
//! brackets stand flush at a line's start (天付き), closing ones and stops at its end: the white half of each falls away there, in
//! every text. Lines of body text are then justified ([`super::justify`]).

use std::ops::Range;
use std::rc::Rc;

use super::display::{Item, NodeId, Shape};
use super::justify::{Limits, spread};
use super::labels::hang;
use super::shaped::{Before, Cluster, Kind, Shaped, Spread, Style};

/// Rounding errors must not push a character to the next line.
const SLACK: f32 = 0.01;

/// A phrase set off by full-width white goes to the next line whole where no more than these many characters of it fit.
const PHRASE: f32 = 6.0;

/// Where the baseline stands in a line's type size, from its upper edge (our fonts' own measure).
const ASCENT: f32 = 0.88;

/// How a text is set in lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure<'t> {
    /// The width of the lines in points.
    pub width: f32,
    /// Line height as a multiple of the type size.
    pub leading: f32,
    /// Signs behind which the lines that follow hang; `None` where none do.
    pub labels: Option<&'t str>,
    /// All lines but the last are made as wide as the measure, within these limits.
    pub justify: Option<Limits>,
}

impl Measure<'_> {
    /// Ragged lines without labels.
    pub fn plain(width: f32, leading: f32) -> Self {
        Self { width, leading, labels: None, justify: None }
    }
}

/// A line of a shaped text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub shaped: Rc<Shaped>,
    /// Its clusters, with the white at which it ends: readers need it between words.
    pub first: usize,
    pub end: usize,
    /// How far it stands in behind a label, in points.
    pub indent: f32,
    /// Width of what is visible, in points.
    pub width: f32,
    /// The largest type size on it.
    pub size: f32,
    /// Its height, type size × leading.
    pub height: f32,
    /// What its gaps gain where it is justified.
    pub spread: Spread,
}

impl Line {
    /// Draws it with its box's upper left corner at `x`, `y`.
    pub fn at(&self, x: f32, y: f32, owner: Option<NodeId>) -> Item {
        let y = y + (self.height - self.size) / 2.0 + self.size * ASCENT;
        let (shaped, spread) = (Rc::clone(&self.shaped), self.spread);
        let shape = Shape::Text { x: x + self.indent, y, shaped, first: self.first, end: self.end, spread };
        Item { owner, shape, frame: None }
    }
}

/// A stretch of clusters that becomes a line.
#[derive(Clone, Copy)]
struct Stretch {
    first: usize,
    end: usize,
    indent: f32,
}

/// Breaks a text into lines. An empty text gives no line.
pub(super) fn fill(shaped: &Rc<Shaped>, measure: &Measure) -> Vec<Line> {
    let mut all: Vec<Stretch> = Vec::new();
    let (mut start, mut fresh, mut hanging) = (0, true, 0.0);
    while start < shaped.clusters.len() {
        if fresh {
            hanging = measure.labels.map_or(0.0, |labels| hang(shaped, start, labels, measure.width));
        }
        let indent = if fresh { 0.0 } else { hanging };
        let (end, next) = line_end(shaped, start, measure.width - indent);
        all.push(Stretch { first: start, end, indent });
        fresh = next > end;
        start = next;
        if fresh || start == shaped.clusters.len() {
            spread_last(shaped, &mut all, measure.width);
        }
    }
    let wrapped = |at: usize, end: usize| all.get(at + 1).is_some_and(|next: &Stretch| next.first == end);
    let set = |(at, stretch): (usize, &Stretch)| line(shaped, *stretch, measure, wrapped(at, stretch.end));
    all.iter().enumerate().map(set).collect()
}

/// Measures a line; `wrapped` where its text goes on in the next one.
fn line(shaped: &Rc<Shaped>, stretch: Stretch, measure: &Measure, wrapped: bool) -> Line {
    let Stretch { first, end, indent } = stretch;
    let ink = ink_end(shaped, first..end);
    let inked = shaped.clusters.get(first..ink).unwrap_or_default();
    let measured = if inked.is_empty() { shaped.clusters.get(first..=first) } else { Some(inked) };
    let sizes = measured.unwrap_or_default().iter().filter_map(|cluster| shaped.style_of(cluster));
    let size = sizes.map(Style::size).fold(0.0, f32::max);
    let own = shaped.width(first, ink);
    let target = measure.width - indent;
    let justified = measure.justify.filter(|_| wrapped);
    let gain = justified.and_then(|limits| spread(shaped, first..ink, target - own, limits));
    let width = if gain.is_some() { target } else { own };
    let (end, height) = (end.min(ink + 1), size * measure.leading);
    let shaped = Rc::clone(shaped);
    Line { shaped, first, end, indent, width, size, height, spread: gain.unwrap_or_default() }
}

/// The end of the line that starts at `start`, and where the next line starts.
fn line_end(shaped: &Shaped, start: usize, width: f32) -> (usize, usize) {
    let (mut breaks, mut preferred, mut cuts, mut phrase) = (None, None, None, None);
    let mut used = -shaped.clusters.get(start).map_or(0.0, Cluster::head);
    for (i, cluster) in shaped.clusters.iter().enumerate().skip(start) {
        if cluster.kind == Kind::Newline {
            return (i, i + 1);
        }
        if i > start {
            match cluster.before {
                Before::Break => breaks = Some(i),
                Before::Prefer => preferred = Some(i),
                Before::Cut => cuts = Some(i),
                Before::Never => {}
            }
            if cluster.before == Before::Break && shaped.clusters.get(i - 1).is_some_and(|c| parts(shaped, c))
            {
                phrase = Some((i, used));
            }
            let full = used + cluster.advance - cluster.tail() > width + SLACK;
            if full && cluster.kind != Kind::Space {
                let size = shaped.style_of(cluster).map_or(0.0, Style::size);
                let near = |(_, at): &(usize, f32)| used - at <= PHRASE * size && at * 3.0 >= width * 2.0;
                let phrase = phrase.filter(near).map(|(i, _)| i);
                let end = phrase.or(breaks).or(preferred).or(cuts).unwrap_or(i);
                return (end, end);
            }
        }
        used += cluster.advance + cluster.gap;
    }
    (shaped.clusters.len(), shaped.clusters.len())
}

/// Whether a cluster is the white between phrases: `順調 1　遅れ 2`.
fn parts(shaped: &Shaped, cluster: &Cluster) -> bool {
    cluster.kind == Kind::Space && shaped.text_of(cluster).starts_with('\u{3000}')
}

/// A last line of one character takes some from the line before.
fn spread_last(shaped: &Shaped, lines: &mut [Stretch], width: f32) {
    let [.., previous, last] = lines else { return };
    let clusters = &shaped.clusters;
    let ink = |range: Range<usize>| {
        let all = clusters.get(range).unwrap_or_default();
        all.iter().filter(|cluster| cluster.kind == Kind::Ink && !cluster.not_first).count()
    };
    let wrapped = previous.end == last.first;
    let (before, after) = (ink(previous.first..previous.end), ink(last.first..last.end));
    if !wrapped || after > 1 || before < 6 {
        return;
    }
    let earlier = (previous.first + 1..previous.end).rev().find(|&i| {
        clusters.get(i).is_some_and(|cluster| cluster.before == Before::Break) && ink(i..previous.end) >= 1
    });
    let Some(at) = earlier else { return };
    if ink(previous.first..at) * 2 > before && shaped.width(at, last.end) <= width - last.indent {
        previous.end = at;
        last.first = at;
    }
}

/// The width of the widest stretch that a line cannot break, at most `limit` points.
pub(super) fn unbreakable(shaped: &Shaped, limit: f32) -> f32 {
    let (mut widest, mut start) = (0.0_f32, 0);
    for (i, cluster) in shaped.clusters.iter().enumerate() {
        if (cluster.before == Before::Break || cluster.kind == Kind::Newline) && i > start {
            widest = widest.max(visible_width(shaped, start, i));
            start = i;
        }
    }
    widest.max(visible_width(shaped, start, shaped.clusters.len())).min(limit)
}

/// The width of a stretch of clusters without the white at its end.
pub(super) fn visible_width(shaped: &Shaped, first: usize, end: usize) -> f32 {
    shaped.width(first, ink_end(shaped, first..end))
}

/// The same for a line as it is drawn.
pub(super) fn drawn_width(shaped: &Shaped, range: Range<usize>, spread: Spread) -> f32 {
    let ink = ink_end(shaped, range.clone());
    let gained = (range.start..ink.saturating_sub(1)).map(|at| shaped.stretch(at, spread)).sum::<f32>();
    shaped.width(range.start, ink) + gained
}

/// Where the white at the end of a stretch begins.
fn ink_end(shaped: &Shaped, range: Range<usize>) -> usize {
    let all = shaped.clusters.get(range.clone()).unwrap_or_default();
    range.end - all.iter().rev().take_while(|cluster| cluster.kind != Kind::Ink).count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test that cannot start must stop")]
    use super::*;
    use crate::pdf::shape::{Shaping, open};
    use crate::pdf::tests::{FONTS, theme};

    /// The lines of a text set in ten points.
    fn lines(text: &str, width: f32) -> Vec<String> {
        let theme = theme();
        let opened = open(&FONTS).expect("fonts");
        let mut shaping = Shaping::new(&FONTS, &opened, &theme);
        let shaped = shaping.shape(&[(Style::new(false, 10.0, theme.color.text), text.into())]);
        let words = |line: &Line| {
            let clusters = shaped.clusters.get(line.first..line.end).unwrap_or_default();
            clusters.iter().map(|cluster| shaped.text_of(cluster)).collect()
        };
        fill(&shaped, &Measure::plain(width, 1.5)).iter().map(words).collect()
    }

    #[test]
    fn lines_are_filled_by_the_rules() {
        assert_eq!(lines("あいうえお、かき", 50.0), ["あいうえ", "お、かき"]);
        assert_eq!(lines("あいうえ（お）", 50.0), ["あいうえ", "（お）"]);
        assert_eq!(lines("一行目\n\n三行目\n", 50.0), ["一行目", "", "三行目"]);
        assert_eq!(lines("abcdefghijklmn", 50.0), ["abcdefghij", "klmn"]);
        assert_eq!(lines("go abcdefghij on", 50.0), ["go ", "abcdefghij ", "on"]);
        assert!(lines("", 50.0).is_empty());
    }

    #[test]
    fn a_last_character_is_not_left_alone_and_phrases_stay_whole() {
        assert_eq!(lines("あいうえおかきく", 70.0), ["あいうえおか", "きく"]);
        assert_eq!(lines("順調１２３４　遅れ五", 90.0), ["順調１２３４　", "遅れ五"]);
    }

    #[test]
    fn brackets_next_to_each_other_share_their_white() {
        assert_eq!(lines("あ」「い", 35.2), ["あ」「い"]);
    }
}
