//! Shaped text → lines of a width.

use std::rc::Rc;

use super::display::{Item, NodeId, Shape};
use super::shaped::{Before, Cluster, Kind, Shaped, Style};

/// Rounding errors must not push a character to the next line.
const SLACK: f32 = 0.01;

/// A phrase set off by full-width white goes to the next line whole where no more than these many characters of it fit.
const PHRASE: f32 = 6.0;

/// Where the baseline stands in a line's type size, from its upper edge (our fonts' own measure).
const ASCENT: f32 = 0.88;

/// A line of a shaped text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub shaped: Rc<Shaped>,
    /// Its clusters, with the white at which it ends: readers need it between words.
    pub first: usize,
    pub end: usize,
    /// Width of what is visible, in points.
    pub width: f32,
    /// The largest type size on it.
    pub size: f32,
    /// Its height, type size × leading.
    pub height: f32,
}

impl Line {
    /// Draws it with its box's upper left corner at `x`, `y`.
    pub fn at(&self, x: f32, y: f32, owner: Option<NodeId>) -> Item {
        let y = y + (self.height - self.size) / 2.0 + self.size * ASCENT;
        let shape = Shape::Text { x, y, shaped: Rc::clone(&self.shaped), first: self.first, end: self.end };
        Item { owner, shape, frame: None }
    }
}

/// Breaks a text into lines of at most `width` points. An empty text gives no line.
pub(super) fn fill(shaped: &Rc<Shaped>, width: f32, leading: f32) -> Vec<Line> {
    let mut stretches = Vec::new();
    let mut start = 0;
    while start < shaped.clusters.len() {
        let (end, next) = line_end(shaped, start, width);
        stretches.push((start, end));
        start = next;
    }
    spread_last(&shaped.clusters, &mut stretches, width, shaped);
    stretches.into_iter().map(|(first, end)| line(shaped, first, end, leading)).collect()
}

fn line(shaped: &Rc<Shaped>, first: usize, end: usize, leading: f32) -> Line {
    let all = shaped.clusters.get(first..end).unwrap_or_default();
    let trailing = all.iter().rev().take_while(|cluster| cluster.kind != Kind::Ink).count();
    let ink = end - trailing;
    let inked = shaped.clusters.get(first..ink).unwrap_or_default();
    let measured = if inked.is_empty() { shaped.clusters.get(first..=first) } else { Some(inked) };
    let sizes = measured.unwrap_or_default().iter().filter_map(|cluster| shaped.style_of(cluster));
    let size = sizes.map(Style::size).fold(0.0, f32::max);
    Line {
        shaped: Rc::clone(shaped),
        first,
        end: end.min(ink + 1),
        width: shaped.width(first, ink),
        size,
        height: size * leading,
    }
}

/// The end of the line that starts at `start`, and where the next line starts.
fn line_end(shaped: &Shaped, start: usize, width: f32) -> (usize, usize) {
    let (mut breaks, mut cuts, mut phrase) = (None, None, None);
    let (mut used, mut tight) = (0.0, 0.0);
    for (i, cluster) in shaped.clusters.iter().enumerate().skip(start) {
        if cluster.kind == Kind::Newline {
            return (i, i + 1);
        }
        if i > start {
            match cluster.before {
                Before::Break => breaks = Some(i),
                Before::Cut => cuts = Some(i),
                Before::Never => {}
            }
            if cluster.before == Before::Break && shaped.clusters.get(i - 1).is_some_and(|c| parts(shaped, c))
            {
                phrase = Some((i, used));
            }
            let full = used - tight + cluster.advance > width + SLACK;
            if full && cluster.kind != Kind::Space {
                let size = shaped.style_of(cluster).map_or(0.0, Style::size);
                let near = |(_, at): &(usize, f32)| used - at <= PHRASE * size && at * 3.0 >= width * 2.0;
                let phrase = phrase.filter(near).map(|(i, _)| i);
                let end = phrase.or(breaks).or(cuts).unwrap_or(i);
                return (end, end);
            }
        }
        used += cluster.advance - tight;
        tight = cluster.tight;
    }
    (shaped.clusters.len(), shaped.clusters.len())
}

/// Whether a cluster is the white between phrases: `順調 1　遅れ 2`.
fn parts(shaped: &Shaped, cluster: &Cluster) -> bool {
    cluster.kind == Kind::Space && shaped.text_of(cluster).starts_with('\u{3000}')
}

/// A last line of one character takes some from the line before.
fn spread_last(clusters: &[Cluster], lines: &mut [(usize, usize)], width: f32, shaped: &Shaped) {
    let [.., previous, last] = lines else { return };
    let ink = |range: std::ops::Range<usize>| {
        let all = clusters.get(range).unwrap_or_default();
        all.iter().filter(|cluster| cluster.kind == Kind::Ink && !cluster.not_first).count()
    };
    let wrapped = previous.1 == last.0;
    let (before, after) = (ink(previous.0..previous.1), ink(last.0..last.1));
    if !wrapped || after > 1 || before < 6 {
        return;
    }
    let earlier = (previous.0 + 1..previous.1).rev().find(|&i| {
        clusters.get(i).is_some_and(|cluster| cluster.before == Before::Break) && ink(i..previous.1) >= 1
    });
    let Some(at) = earlier else { return };
    if ink(previous.0..at) * 2 > before && shaped.width(at, last.1) <= width {
        previous.1 = at;
        last.0 = at;
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
    let all = shaped.clusters.get(first..end).unwrap_or_default();
    let trailing = all.iter().rev().take_while(|cluster| cluster.kind != Kind::Ink).count();
    shaped.width(first, end - trailing)
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
        let shaped = shaping.shape(vec![(Style::new(false, 10.0, theme.color.text), text.to_owned())]);
        let words = |line: &Line| {
            let clusters = shaped.clusters.get(line.first..line.end).unwrap_or_default();
            clusters.iter().map(|cluster| shaped.text_of(cluster)).collect()
        };
        fill(&shaped, width, 1.5).iter().map(words).collect()
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
        assert_eq!(lines("あ」「い", 35.0), ["あ」「い"]);
    }
}
