//! The structure tree: what each piece of text is, in reading order.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::pages::Pages;
use super::{add_to, dictionary, name, real, text};
use crate::pdf::display::{Display, Node, NodeId, Role};

/// What an element is made with.
struct Elements<'d> {
    nodes: &'d [Node],
    pages: &'d Pages,
    /// The object of each node.
    ids: Vec<ObjectId>,
    root: ObjectId,
    /// For each drawing its box.
    boxes: BTreeMap<usize, [f32; 4]>,
    /// For each link: page and annotation of its lines.
    links: BTreeMap<usize, Vec<(usize, ObjectId)>>,
    /// Attributes that many cells share.
    shared: BTreeMap<(Option<&'static str>, usize, usize), Object>,
}

/// Adds the structure tree of the pages' marked content; its root comes back for the catalog.
pub(super) fn add(pdf: &mut Pdf, display: &Display, pages: &Pages) -> Object {
    let nodes = &display.tree.nodes;
    let root = pdf.new_object_id();
    let ids = nodes.iter().map(|_| pdf.new_object_id()).collect();
    let mut links: BTreeMap<usize, Vec<(usize, ObjectId)>> = BTreeMap::new();
    for (node, page, annotation) in &pages.links {
        links.entry(node.0).or_default().push((*page, *annotation));
    }
    let boxes = pages.boxes.iter().map(|(node, corners)| (node.0, *corners)).collect();
    let mut elements = Elements { nodes, pages, ids, root, boxes, links, shared: BTreeMap::new() };
    for (at, node) in nodes.iter().enumerate() {
        let attributes = elements.attributes(pdf, at);
        pdf.set_object(elements.id(at), elements.element(at, node, attributes));
    }
    let parents = elements.parent_tree(pdf);
    let next = pages.of_page.len() + pages.links.len();
    let tree = dictionary([
        ("Type", name("StructTreeRoot")),
        ("K", Object::Array(vec![Object::Reference(elements.id(0))])),
        ("ParentTree", parents),
        ("ParentTreeNextKey", Object::Integer(i64::try_from(next).unwrap_or_default())),
        ("RoleMap", dictionary([("Title", name("P"))])),
    ]);
    pdf.set_object(root, tree);
    Object::Reference(root)
}

/// A part of an element, with the place at which its content starts: page and marked content.
type Kid = ((usize, usize), Object);

impl Elements<'_> {
    fn id(&self, node: usize) -> ObjectId {
        self.ids.get(node).copied().unwrap_or(self.root)
    }

    fn page(&self, page: usize) -> Object {
        self.pages.ids.get(page).copied().map_or(Object::Null, Object::Reference)
    }

    fn marks(&self, node: usize) -> &[(usize, usize)] {
        self.pages.of_node.get(node).map(Vec::as_slice).unwrap_or_default()
    }

    /// An element: its kind, attributes, page, parts and parent.
    fn element(&self, at: usize, node: &Node, attributes: Option<Object>) -> Dictionary {
        let mut element: Dictionary = [("S", name(tag(&node.role)))].into_iter().collect();
        if let Some(attributes) = attributes {
            element.set("A", attributes);
        }
        if let Role::Figure { alt } = &node.role {
            element.set("Alt", text(alt));
        }
        let page = self.marks(at).first().map(|(page, _)| *page);
        if let Some(page) = page {
            element.set("Pg", self.page(page));
        }
        let mut kids: Vec<Object> = self.kids(at, node, page).into_iter().map(|(_, kid)| kid).collect();
        match (kids.pop(), kids.is_empty()) {
            (None, _) => {}
            (Some(one), true) => element.set("K", one),
            (Some(last), false) => {
                kids.push(last);
                element.set("K", Object::Array(kids));
            }
        }
        let parent = if at == 0 { self.root } else { self.id(node.parent.0) };
        element.set("P", Object::Reference(parent));
        element
    }

    /// Marked contents, elements and annotations within an element, in reading order.
    fn kids(&self, at: usize, node: &Node, page: Option<usize>) -> Vec<Kid> {
        let marks = self.marks(at).iter().map(|place| {
            let (there, mark) = *place;
            let number = Object::Integer(i64::try_from(mark).unwrap_or_default());
            if Some(there) == page {
                return (*place, number);
            }
            let kid = [("Type", name("MCR")), ("Pg", self.page(there)), ("MCID", number)];
            (*place, dictionary(kid))
        });
        let mut all: Vec<Kid> = marks.collect();
        // Elements among an element's own text stand where their text does.
        let among = !all.is_empty();
        let start = |kid: &NodeId| if among { self.start(*kid) } else { (0, 0) };
        all.extend(node.kids.iter().map(|kid| (start(kid), Object::Reference(self.id(kid.0)))));
        if among {
            all.sort_by_key(|(place, _)| *place);
        }
        let annotations = self.links.get(&at).map(Vec::as_slice).unwrap_or_default();
        all.extend(annotations.iter().map(|(page, id)| {
            let kid = [("Type", name("OBJR")), ("Pg", self.page(*page)), ("Obj", Object::Reference(*id))];
            ((usize::MAX, 0), dictionary(kid))
        }));
        all
    }

    /// Where the content of an element starts.
    fn start(&self, node: NodeId) -> (usize, usize) {
        let last = (usize::MAX, 0);
        let own = self.marks(node.0).first().copied().unwrap_or(last);
        let kids = self.nodes.get(node.0).map(|node| node.kids.as_slice()).unwrap_or_default();
        kids.iter().map(|kid| self.start(*kid)).fold(own, std::cmp::Ord::min)
    }

    /// For each page and each annotation the elements that it belongs to.
    fn parent_tree(&self, pdf: &mut Pdf) -> Object {
        let mut numbers = Vec::new();
        for (key, owners) in (0_i64..).zip(&self.pages.of_page) {
            let parents: Vec<_> = owners.iter().map(|node| Object::Reference(self.id(node.0))).collect();
            numbers.extend([Object::Integer(key), add_to(pdf, parents)]);
        }
        let keys = i64::try_from(self.pages.of_page.len()).unwrap_or_default()..;
        for (key, (node, _, _)) in keys.zip(&self.pages.links) {
            numbers.extend([Object::Integer(key), Object::Reference(self.id(node.0))]);
        }
        add_to(pdf, dictionary([("Nums", Object::Array(numbers))]))
    }

    /// The attributes of an element, as a reference.
    fn attributes(&mut self, pdf: &mut Pdf, at: usize) -> Option<Object> {
        let (scope, cols, rows) = match &self.nodes.get(at)?.role {
            Role::Table { summary } if !summary.is_empty() => {
                return Some(add_to(pdf, dictionary([("O", name("Table")), ("Summary", text(summary))])));
            }
            Role::Figure { .. } => {
                let corners = self.boxes.get(&at)?.map(real).to_vec();
                let layout = [("O", name("Layout")), ("Placement", name("Block"))];
                let all = layout.into_iter().chain([("BBox", Object::Array(corners))]);
                return Some(add_to(pdf, dictionary(all)));
            }
            Role::ColumnHeader { cols, rows } => (Some("Column"), *cols, *rows),
            Role::RowHeader { rows } => (Some("Row"), 1, *rows),
            Role::Data { rows } if *rows > 1 => (None, 1, *rows),
            _ => return None,
        };
        let new = || {
            let mut all: Dictionary = [("O", name("Table"))].into_iter().collect();
            if let Some(scope) = scope {
                all.set("Scope", name(scope));
            }
            for (key, count) in [("ColSpan", cols), ("RowSpan", rows)] {
                if count > 1 {
                    all.set(key, i64::try_from(count).unwrap_or(1));
                }
            }
            add_to(pdf, all)
        };
        Some(self.shared.entry((scope, cols, rows)).or_insert_with(new).clone())
    }
}

/// The element's standard name, but for the title, which the role map makes a paragraph.
pub(super) fn tag(role: &Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Title => "Title",
        Role::Heading(1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(_) => "H3",
        Role::Paragraph => "P",
        Role::Division => "Div",
        Role::List => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::Figure { .. } => "Figure",
        Role::Link => "Link",
        Role::Table { .. } => "Table",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::Row => "TR",
        Role::ColumnHeader { .. } | Role::RowHeader { .. } => "TH",
        Role::Data { .. } => "TD",
    }
}
