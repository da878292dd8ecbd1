//! The display list: what stands where on each page, and the structure tree beside it. Any writer can draw it.
//!
//! Positions are in points from the page's upper left corner, downwards.

use std::rc::Rc;

use crate::model::report::Link;

use super::shaped::{LinkId, Shaped, Spread};
use super::theme::{Area, Color};

/// All pages, their structure, outline and the places that links lead to.
pub(super) struct Display {
    /// The document's own path.
    pub path: String,
    pub pages: Vec<Page>,
    pub tree: Tree,
    pub outline: Vec<Entry>,
    pub anchors: Vec<Anchor>,
    /// Where links lead; a [`LinkId`] counts here. A path is empty for the document itself.
    pub targets: Vec<Link>,
}

/// One page.
pub(super) struct Page {
    /// The sheet's width and height.
    pub sheet: (f32, f32),
    /// Where text stands on it.
    pub area: Area,
    pub items: Vec<Item>,
    /// Where a click leads away.
    pub links: Vec<LinkArea>,
}

impl Page {
    pub fn new(sheet: (f32, f32), area: Area) -> Self {
        Self { sheet, area, items: Vec::new(), links: Vec::new() }
    }
}

/// A line of a link's text.
pub(super) struct LinkArea {
    /// Its structure element.
    pub node: NodeId,
    pub link: LinkId,
    pub frame: Frame,
    /// Its words.
    pub text: String,
}

/// A heading that links lead to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Anchor {
    pub name: String,
    /// Counted from 0.
    pub page: usize,
    /// Its upper edge.
    pub y: f32,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Frame {
    pub fn lowered(self, by: f32) -> Self {
        Self { top: self.top + by, bottom: self.bottom + by, ..self }
    }

    pub fn width(self) -> f32 {
        self.right - self.left
    }

    pub fn height(self) -> f32 {
        self.bottom - self.top
    }

    /// Whether it holds another, but for `slack`.
    pub fn holds(self, other: Self, slack: f32) -> bool {
        other.left >= self.left - slack
            && other.right <= self.right + slack
            && other.top >= self.top - slack
            && other.bottom <= self.bottom + slack
    }
}

/// One thing on a page.
#[derive(Clone)]
pub(super) struct Item {
    /// The structure element it belongs to; `None` for artifacts (rules, page headers, repeated table headers).
    pub owner: Option<NodeId>,
    pub shape: Shape,
    /// The box that it must not leave: its cell, panel, figure; `None` for rules, and for text until it is placed.
    pub frame: Option<Frame>,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub width: f32,
    pub color: Color,
    /// Lengths of dash and gap.
    pub dash: Option<(f32, f32)>,
}

#[derive(Clone)]
pub(super) enum Shape {
    /// The clusters `first..end` of a shaped text, from `x` on the baseline `y`, their gaps widened by `spread`.
    Text { x: f32, y: f32, shaped: Rc<Shaped>, first: usize, end: usize, spread: Spread },
    /// A filled rectangle.
    Fill { x: f32, y: f32, width: f32, height: f32, color: Color },
    /// A straight line.
    Line { from: (f32, f32), to: (f32, f32), width: f32, color: Color },
    /// Straight lines from point to point of a drawing.
    Path { points: Vec<(f32, f32)>, closed: bool, fill: Option<Color>, stroke: Option<Stroke> },
    /// A dot of a drawing.
    Disc { center: (f32, f32), radius: f32, fill: Option<Color>, stroke: Option<Stroke> },
}

impl Item {
    pub fn artifact(shape: Shape) -> Self {
        Self { owner: None, shape, frame: None }
    }

    /// The same, bound to a box.
    pub fn within(mut self, frame: Frame) -> Self {
        self.frame = Some(frame);
        self
    }

    /// The same, further down.
    pub fn lowered(self, by: f32) -> Self {
        self.moved((0.0, by))
    }

    /// The same, elsewhere.
    pub fn moved(mut self, (right, down): (f32, f32)) -> Self {
        let shift = |point: &mut (f32, f32)| {
            point.0 += right;
            point.1 += down;
        };
        match &mut self.shape {
            Shape::Text { x, y, .. } | Shape::Fill { x, y, .. } => {
                *x += right;
                *y += down;
            }
            Shape::Line { from, to, .. } => {
                shift(from);
                shift(to);
            }
            Shape::Path { points, .. } => points.iter_mut().for_each(shift),
            Shape::Disc { center, .. } => shift(center),
        }
        if let Some(frame) = &mut self.frame {
            *frame = frame.lowered(down);
            frame.left += right;
            frame.right += right;
        }
        self
    }
}

/// A heading in the outline.
pub(super) struct Entry {
    /// 1 to 3.
    pub level: u8,
    pub title: String,
    /// Counted from 0.
    pub page: usize,
    /// Its upper edge.
    pub y: f32,
}

/// A place in the [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(pub usize);

/// The structure tree, in reading order; its first node is the document.
pub(super) struct Tree {
    pub nodes: Vec<Node>,
}

pub(super) struct Node {
    pub role: Role,
    pub parent: NodeId,
    pub kids: Vec<NodeId>,
}

/// What an element is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Title,
    Heading(u8),
    Paragraph,
    Division,
    List,
    ListItem,
    Label,
    ListBody,
    /// A drawing, and what it says to those who do not see it.
    Figure {
        alt: String,
    },
    Link,
    Table {
        summary: String,
    },
    TableHead,
    TableBody,
    Row,
    /// A header cell of a column.
    ColumnHeader {
        cols: usize,
        rows: usize,
    },
    /// A header cell of a row.
    RowHeader {
        rows: usize,
    },
    /// A data cell.
    Data {
        rows: usize,
    },
}

impl Tree {
    pub const ROOT: NodeId = NodeId(0);

    pub fn new() -> Self {
        Self { nodes: vec![Node { role: Role::Document, parent: Self::ROOT, kids: Vec::new() }] }
    }

    /// A new last child of `parent`.
    pub fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = NodeId(self.nodes.len());
        self.nodes.push(Node { role, parent, kids: Vec::new() });
        if let Some(node) = self.nodes.get_mut(parent.0) {
            node.kids.push(id);
        }
        id
    }
}
