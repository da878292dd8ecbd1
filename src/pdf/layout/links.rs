//! Links on filled pages: their text becomes an element of its own, underlined, with the areas that can be clicked.

use std::rc::Rc;

use crate::pdf::display::{Display, Frame, Item, LinkArea, NodeId, Page, Role, Shape, Tree};
use crate::pdf::shaped::{Cluster, LinkId, Shaped};
use crate::pdf::text::visible_width;
use crate::pdf::theme::{Color, Theme};

/// The underline stands this part of the type size below the baseline.
const BELOW: f32 = 0.13;

/// The element of the link whose text was drawn last: it may go on in the next line.
struct Open {
    shaped: Rc<Shaped>,
    style: usize,
    owner: NodeId,
    node: NodeId,
}

/// A stretch of a text item: clusters and the link that they lead to.
type Stretch = (std::ops::Range<usize>, usize, Option<LinkId>);

/// Sets the links of all pages apart.
pub(super) fn attach(display: &mut Display, theme: &Theme) {
    let Display { pages, tree, .. } = display;
    let mut open = None;
    for page in pages {
        let items = std::mem::take(&mut page.items);
        for item in items {
            match has_link(&item) {
                Some(owner) => apart(page, tree, &mut open, &item, owner, theme),
                None => page.items.push(item),
            }
        }
    }
}

/// The owner of a text that holds a link; repeated text is decoration and leads nowhere.
fn has_link(item: &Item) -> Option<NodeId> {
    let Shape::Text { shaped, first, end, .. } = &item.shape else { return None };
    let linked = shaped.styles.iter().any(|style| style.link.is_some());
    let here = linked && stretches(shaped, *first..*end).iter().any(|(_, _, link)| link.is_some());
    item.owner.filter(|_| here)
}

fn apart(
    page: &mut Page,
    tree: &mut Tree,
    open: &mut Option<Open>,
    item: &Item,
    owner: NodeId,
    theme: &Theme,
) {
    let Shape::Text { x, y, shaped, first, end, spread } = &item.shape else { return };
    let head = |at: usize| shaped.clusters.get(at).map_or(0.0, Cluster::head);
    // The pen starts where the first bracket's white would stand.
    let mut at = x - head(*first);
    for (range, style, link) in stretches(shaped, *first..*end) {
        let clusters = shaped.clusters.get(range.clone()).unwrap_or_default();
        let advance = range.clone().map(|at| shaped.step(at, *spread)).sum::<f32>();
        let (x, first, end, spread) = (at + head(range.start), range.start, range.end, *spread);
        let shape = Shape::Text { x, y: *y, shaped: Rc::clone(shaped), first, end, spread };
        let node = link.map_or(owner, |_| element(tree, open, shaped, style, owner));
        page.items.push(Item { owner: Some(node), shape, frame: item.frame });
        if let (Some(link), Some(set)) = (link, shaped.styles.get(style)) {
            let right = at + visible_width(shaped, range.start, range.end);
            let size = set.size();
            let frame = Frame { left: at, top: y - size, right, bottom: y + 0.25 * size };
            let text = clusters.iter().map(|cluster| shaped.text_of(cluster)).collect();
            page.links.push(LinkArea { node, link, frame, text });
            page.items.push(underline((at, right), y + BELOW * size, theme.rule.thin, set.color));
        }
        at += advance;
    }
}

/// The link's element: one for all its lines.
fn element(
    tree: &mut Tree,
    open: &mut Option<Open>,
    shaped: &Rc<Shaped>,
    style: usize,
    owner: NodeId,
) -> NodeId {
    let same = |open: &&Open| Rc::ptr_eq(&open.shaped, shaped) && open.style == style && open.owner == owner;
    if let Some(open) = open.as_ref().filter(same) {
        return open.node;
    }
    let node = tree.add(owner, Role::Link);
    *open = Some(Open { shaped: Rc::clone(shaped), style, owner, node });
    node
}

fn underline((left, right): (f32, f32), y: f32, width: f32, color: Color) -> Item {
    Item::artifact(Shape::Line { from: (left, y), to: (right, y), width, color })
}

/// The clusters of a line, divided where a style with a link begins or ends.
fn stretches(shaped: &Shaped, range: std::ops::Range<usize>) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    let clusters = shaped.clusters.get(range.clone()).unwrap_or_default();
    for (at, cluster) in (range.start..).zip(clusters) {
        let link = shaped.style_of(cluster).and_then(|style| style.link);
        match all.last_mut() {
            Some((range, style, last)) if *last == link && (link.is_none() || *style == cluster.style) => {
                range.end = at + 1;
            }
            _ => all.push((at..at + 1, cluster.style, link)),
        }
    }
    all
}
