//! The proof that every page is sound: each text within its box, each box on its page, nothing upon a text.

use super::display::{Display, Frame, Item, Page, Shape};
use super::text::drawn_width;

/// What rounding may do, in points.
const SLACK: f32 = 0.15;

/// How much of a text's height two lines may share: less than any glyph's own white.
const TOUCH: f32 = 0.6;

/// Where a type's em box stands around its baseline (our fonts' own measure).
const ABOVE: f32 = 0.88;
const BELOW: f32 = 0.12;

/// A thing whose place is proven.
struct Thing<'p> {
    item: &'p Item,
    extent: Frame,
    is_text: bool,
}

/// What is wrong on the pages, as messages; empty when all is well.
pub(super) fn prove(display: &Display) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, page) in (1..).zip(&display.pages) {
        faults.extend(prove_page(page).into_iter().map(|fault| format!("{number}ページ: {fault}")));
    }
    faults
}

fn prove_page(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    let sheet = Frame { left: 0.0, top: 0.0, right: page.sheet.0, bottom: page.sheet.1 };
    let mut things: Vec<Thing> = page.items.iter().filter_map(thing).collect();
    for thing in &things {
        let frame = thing.item.frame.unwrap_or(sheet);
        if !frame.holds(thing.extent, SLACK) {
            let what = if thing.is_text { name(thing.item) } else { "図".to_owned() };
            faults.push(format!("{what}が枠からはみ出しています"));
        } else if !sheet.holds(frame, SLACK) {
            faults.push(format!("{}の枠が紙面からはみ出しています", name(thing.item)));
        }
    }
    things.sort_by(|a, b| a.extent.top.total_cmp(&b.extent.top));
    // Only things that reach below the one at hand can meet it.
    let mut open: Vec<&Thing> = Vec::new();
    for thing in &things {
        open.retain(|other| other.extent.bottom > thing.extent.top);
        faults.extend(open.iter().filter_map(|other| meeting(other, thing)));
        open.push(thing);
    }
    faults.sort();
    faults.dedup();
    faults
}

/// Texts and parts of drawings; rules and grounds belong below texts.
fn thing(item: &Item) -> Option<Thing<'_>> {
    let extent = extent(item)?;
    let is_text = matches!(item.shape, Shape::Text { .. });
    Some(Thing { item, extent, is_text })
}

fn extent(item: &Item) -> Option<Frame> {
    match &item.shape {
        Shape::Text { x, y, shaped, first, end, spread } => {
            let clusters = shaped.clusters.get(*first..*end)?;
            let sizes = clusters.iter().filter_map(|cluster| shaped.styles.get(cluster.style));
            let size = sizes.map(|style| style.size()).fold(0.0, f32::max);
            let right = x + drawn_width(shaped, *first..*end, *spread);
            Some(Frame { left: *x, top: y - ABOVE * size, right, bottom: y + BELOW * size })
        }
        Shape::Path { points, .. } => around(points.iter().copied(), 0.0),
        Shape::Disc { center, radius, .. } => around([*center].into_iter(), *radius),
        Shape::Fill { .. } | Shape::Line { .. } => None,
    }
}

fn around(points: impl Iterator<Item = (f32, f32)>, by: f32) -> Option<Frame> {
    let one = points.map(|(x, y)| Frame { left: x - by, top: y - by, right: x + by, bottom: y + by });
    one.reduce(|a, b| Frame {
        left: a.left.min(b.left),
        top: a.top.min(b.top),
        right: a.right.max(b.right),
        bottom: a.bottom.max(b.bottom),
    })
}

/// What is wrong between two things, the upper first: texts upon each other, a text crossed by another box's drawing.
fn meeting(above: &Thing, below: &Thing) -> Option<String> {
    if !above.is_text && !below.is_text {
        return None;
    }
    let (a, b) = (above.extent, below.extent);
    let apart = a.right - TOUCH <= b.left || b.right - TOUCH <= a.left || a.bottom - TOUCH <= b.top;
    if apart {
        return None;
    }
    if above.is_text && below.is_text {
        return Some(format!("{}と{}が重なっています", name(above.item), name(below.item)));
    }
    let text = if above.is_text { above } else { below };
    // Within one drawing, words stand on white among its lines.
    let one_box = above.item.frame == below.item.frame;
    (!one_box).then(|| format!("{}に図が重なっています", name(text.item)))
}

/// The start of a text, in brackets.
fn name(item: &Item) -> String {
    let Shape::Text { shaped, first, end, .. } = &item.shape else { return "図".to_owned() };
    let clusters = shaped.clusters.get(*first..*end).unwrap_or_default();
    let text: String = clusters.iter().map(|cluster| shaped.text_of(cluster)).collect();
    let text: String = text.trim_end().chars().take(20).collect();
    format!("「{text}」")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test that cannot start must stop")]
    use super::*;
    use crate::pdf::display::{Stroke, Tree};
    use crate::pdf::shape::{Shaping, open};
    use crate::pdf::shaped::Style;
    use crate::pdf::tests::{FONTS, theme};
    use crate::pdf::text::{Measure, fill};

    /// A line of ten points within a box.
    fn text(words: &str, (x, y): (f32, f32), frame: Frame) -> Item {
        let theme = theme();
        let opened = open(&FONTS).expect("fonts");
        let mut shaping = Shaping::new(&FONTS, &opened, &theme);
        let shaped = shaping.shape(&[(Style::new(false, 10.0, theme.color.text), words.into())]);
        let lines = fill(&shaped, &Measure::plain(1000.0, 1.0));
        lines.first().expect("a line").at(x, y, None).within(frame)
    }

    fn stroke(from: (f32, f32), to: (f32, f32), frame: Frame) -> Item {
        let stroke = Stroke { width: 1.0, color: theme().color.text, dash: None };
        let shape = Shape::Path { points: vec![from, to], closed: false, fill: None, stroke: Some(stroke) };
        Item::artifact(shape).within(frame)
    }

    fn faults(items: Vec<Item>) -> Vec<String> {
        let theme = theme();
        let sheet = theme.sheet(None);
        let page = Page { items, ..Page::new(sheet, theme.area_of(sheet)) };
        prove(&Display {
            path: String::new(),
            pages: vec![page],
            tree: Tree::new(),
            outline: Vec::new(),
            anchors: Vec::new(),
            targets: Vec::new(),
        })
    }

    fn frame(left: f32, top: f32, right: f32, bottom: f32) -> Frame {
        Frame { left, top, right, bottom }
    }

    #[test]
    fn a_sound_page_has_no_fault() {
        let cell = frame(100.0, 100.0, 160.0, 140.0);
        let items = vec![
            text("六文字の幅だ", (100.0, 100.0), cell),
            text("その下の行", (100.0, 110.0), cell),
            text("隣の枠", (160.0, 100.0), frame(160.0, 100.0, 200.0, 140.0)),
            stroke((100.0, 105.0), (160.0, 105.0), cell),
        ];
        assert_eq!(faults(items), Vec::<String>::new());
    }

    #[test]
    fn each_planted_fault_is_told() {
        let cell = frame(100.0, 100.0, 160.0, 140.0);
        let told = |items: Vec<Item>| faults(items).join("、");
        assert_eq!(
            told(vec![text("枠より広い文字の列", (100.0, 100.0), cell)]),
            "1ページ: 「枠より広い文字の列」が枠からはみ出しています"
        );
        assert_eq!(
            told(vec![text("低すぎる", (100.0, 135.0), cell)]),
            "1ページ: 「低すぎる」が枠からはみ出しています"
        );
        assert_eq!(
            told(vec![text("一つめ", (100.0, 100.0), cell), text("二つめ", (120.0, 104.0), cell)]),
            "1ページ: 「一つめ」と「二つめ」が重なっています"
        );
        let outside = frame(580.0, 100.0, 640.0, 140.0);
        assert_eq!(
            told(vec![text("紙の外", (600.0, 100.0), outside)]),
            "1ページ: 「紙の外」の枠が紙面からはみ出しています"
        );
        let other = frame(90.0, 90.0, 200.0, 200.0);
        assert_eq!(
            told(vec![text("本文", (100.0, 100.0), cell), stroke((95.0, 105.0), (150.0, 105.0), other)]),
            "1ページ: 「本文」に図が重なっています"
        );
        assert_eq!(
            told(vec![stroke((95.0, 105.0), (150.0, 105.0), cell)]),
            "1ページ: 図が枠からはみ出しています"
        );
    }
}
