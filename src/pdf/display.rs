//! The display list: what stands where on each page, and the structure tree beside it. Any writer can draw it.
//!
//! Positions are in points from the page's upper left corner, downwards.

use std::rc::Rc;

use super::shaped::{Shaped, Spread};
use super::theme::Color;

/// All pages, their structure and outline.
pub(super) struct Display {
    pub width: f32,
    pub height: f32,
    pub pages: Vec<Vec<Item>>,
    pub tree: Tree,
    pub outline: Vec<Entry>,
}

/// One thing on a page.
#[derive(Clone)]
pub(super) struct Item {
    /// The structure element it belongs to; `None` for artifacts (rules, page headers, repeated table headers).
    pub owner: Option<NodeId>,
    pub shape: Shape,
}

#[derive(Clone)]
pub(super) enum Shape {
    /// The clusters `first..end` of a shaped text, from `x` on the baseline `y`, their gaps widened by `spread`.
    Text { x: f32, y: f32, shaped: Rc<Shaped>, first: usize, end: usize, spread: Spread },
    /// A filled rectangle.
    Fill { x: f32, y: f32, width: f32, height: f32, color: Color },
    /// A straight line.
    Line { from: (f32, f32), to: (f32, f32), width: f32, color: Color },
}

impl Item {
    pub fn artifact(shape: Shape) -> Self {
        Self { owner: None, shape }
    }

    /// The same, further down.
    pub fn lowered(mut self, by: f32) -> Self {
        match &mut self.shape {
            Shape::Text { y, .. } | Shape::Fill { y, .. } => *y += by,
            Shape::Line { from, to, .. } => {
                from.1 += by;
                to.1 += by;
            }
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
