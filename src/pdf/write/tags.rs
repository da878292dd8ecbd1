//! The structure tree: what each piece of text is, in reading order.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, Result};

use super::file::{File, number, reference};
use super::marks::Marks;
use super::pages::Pages;
use super::{dictionary, hex, name, real, text, utf16};
use crate::pdf::display::{Node, NodeId, Role, Tree};

/// What an element is made with.
struct Elements<'d> {
    nodes: &'d [Node],
    pages: &'d Pages,
    marks: Marks,
    /// The object of each node.
    ids: Vec<ObjectId>,
    root: ObjectId,
    /// For each drawing its box.
    boxes: BTreeMap<usize, [f32; 4]>,
    /// For each link: page and annotation of its lines.
    links: BTreeMap<usize, Vec<(usize, ObjectId)>>,
    /// Attributes that many cells share.
    shared: BTreeMap<(Option<&'static str>, usize, usize), ObjectId>,
}

/// Writes the structure tree of the pages' marked content below its root.
pub(super) fn write(file: &mut File, tree: &Tree, pages: &Pages, root: ObjectId) -> Result<()> {
    let nodes = &tree.nodes;
    let ids = nodes.iter().map(|_| file.reserve()).collect();
    let mut links: BTreeMap<usize, Vec<(usize, ObjectId)>> = BTreeMap::new();
    for (node, page, annotation) in &pages.links {
        links.entry(node.0).or_default().push((*page, *annotation));
    }
    let boxes = pages.boxes.iter().map(|(node, corners)| (node.0, *corners)).collect();
    let marks = Marks::new(nodes.len(), &pages.of_page);
    let mut elements = Elements { nodes, pages, marks, ids, root, boxes, links, shared: BTreeMap::new() };
    for (at, node) in nodes.iter().enumerate() {
        let attributes = elements.attributes(file, at)?;
        file.object(elements.id(at), |bytes| elements.element(bytes, at, node, attributes))?;
    }
    let parents = elements.parent_tree(file)?;
    let next = pages.of_page.len() + pages.links.len();
    let tree = dictionary([
        ("Type", name("StructTreeRoot")),
        ("K", Object::Array(vec![Object::Reference(elements.id(0))])),
        ("ParentTree", Object::Reference(parents)),
        ("ParentTreeNextKey", Object::Integer(i64::try_from(next).unwrap_or_default())),
        ("RoleMap", dictionary([("Title", name("P"))])),
    ]);
    file.put(root, tree)
}

/// A part of an element.
#[derive(Clone, Copy)]
enum Kid {
    /// Marked content of a page.
    Mark(usize, usize),
    Element(NodeId),
    /// An annotation of a page.
    Annotation(usize, ObjectId),
}

impl Elements<'_> {
    fn id(&self, node: usize) -> ObjectId {
        self.ids.get(node).copied().unwrap_or(self.root)
    }

    /// Appends an element: its kind, attributes, page, parts and parent.
    fn element(&self, bytes: &mut Vec<u8>, at: usize, node: &Node, attributes: Option<ObjectId>) {
        bytes.extend_from_slice(b"<</S/");
        bytes.extend_from_slice(tag(&node.role).as_bytes());
        if let Some(attributes) = attributes {
            bytes.extend_from_slice(b"/A ");
            reference(bytes, attributes);
        }
        if let Role::Figure { alt } = &node.role {
            bytes.extend_from_slice(b"/Alt");
            hex(bytes, &utf16(alt));
        }
        let page = self.marks.of(at).first().map(|(page, _)| *page);
        if let Some(page) = page {
            self.page(bytes, page);
        }
        let kids = self.kids(at, node);
        match kids.as_slice() {
            [] => {}
            [one] => {
                bytes.extend_from_slice(b"/K ");
                self.kid(bytes, *one, page);
            }
            all => {
                bytes.extend_from_slice(b"/K[");
                for kid in all {
                    self.kid(bytes, *kid, page);
                }
                bytes.push(b']');
            }
        }
        bytes.extend_from_slice(b"/P ");
        reference(bytes, if at == 0 { self.root } else { self.id(node.parent.0) });
        bytes.extend_from_slice(b">>");
    }

    fn page(&self, bytes: &mut Vec<u8>, page: usize) {
        if let Some(id) = self.pages.ids.get(page) {
            bytes.extend_from_slice(b"/Pg ");
            reference(bytes, *id);
        }
    }

    /// Appends a part of an element; `own` is the page that the element names.
    fn kid(&self, bytes: &mut Vec<u8>, kid: Kid, own: Option<usize>) {
        match kid {
            Kid::Element(node) => return reference(bytes, self.id(node.0)),
            Kid::Mark(page, mark) if Some(page) == own => return number(bytes, mark),
            Kid::Mark(page, mark) => {
                bytes.extend_from_slice(b"<</Type/MCR");
                self.page(bytes, page);
                bytes.extend_from_slice(b"/MCID ");
                number(bytes, mark);
            }
            Kid::Annotation(page, id) => {
                bytes.extend_from_slice(b"<</Type/OBJR");
                self.page(bytes, page);
                bytes.extend_from_slice(b"/Obj ");
                reference(bytes, id);
            }
        }
        bytes.extend_from_slice(b">>");
    }

    /// Marked contents, elements and annotations within an element, in reading order.
    fn kids(&self, at: usize, node: &Node) -> Vec<Kid> {
        let marks = self.marks.of(at);
        let mut all: Vec<Kid> = marks.iter().map(|(page, mark)| Kid::Mark(*page, *mark)).collect();
        all.extend(node.kids.iter().map(|kid| Kid::Element(*kid)));
        // Elements among an element's own text stand where their text does.
        if !marks.is_empty() && !node.kids.is_empty() {
            all.sort_by_cached_key(|kid| match kid {
                Kid::Mark(page, mark) => (*page, *mark),
                Kid::Element(node) => self.start(*node),
                Kid::Annotation(..) => (usize::MAX, 0),
            });
        }
        let annotations = self.links.get(&at).map(Vec::as_slice).unwrap_or_default();
        all.extend(annotations.iter().map(|(page, id)| Kid::Annotation(*page, *id)));
        all
    }

    /// Where the content of an element starts.
    fn start(&self, node: NodeId) -> (usize, usize) {
        let last = (usize::MAX, 0);
        let own = self.marks.of(node.0).first().copied().unwrap_or(last);
        let kids = self.nodes.get(node.0).map(|node| node.kids.as_slice()).unwrap_or_default();
        kids.iter().map(|kid| self.start(*kid)).fold(own, std::cmp::Ord::min)
    }

    /// For each page and each annotation the elements that it belongs to.
    fn parent_tree(&self, file: &mut File) -> Result<ObjectId> {
        let mut numbers = Vec::new();
        for (key, owners) in (0_i64..).zip(&self.pages.of_page) {
            let parents = file.reserve();
            file.object(parents, |bytes| {
                bytes.push(b'[');
                for node in owners {
                    reference(bytes, self.id(node.0));
                }
                bytes.push(b']');
            })?;
            numbers.extend([Object::Integer(key), Object::Reference(parents)]);
        }
        let keys = i64::try_from(self.pages.of_page.len()).unwrap_or_default()..;
        for (key, (node, _, _)) in keys.zip(&self.pages.links) {
            numbers.extend([Object::Integer(key), Object::Reference(self.id(node.0))]);
        }
        file.add(dictionary([("Nums", Object::Array(numbers))]))
    }

    /// Writes the attributes of an element, if it has any.
    fn attributes(&mut self, file: &mut File, at: usize) -> Result<Option<ObjectId>> {
        let Some(node) = self.nodes.get(at) else { return Ok(None) };
        let (scope, cols, rows) = match &node.role {
            Role::Table { summary } if !summary.is_empty() => {
                let all = dictionary([("O", name("Table")), ("Summary", text(summary))]);
                return file.add(all).map(Some);
            }
            Role::Figure { .. } => {
                let Some(corners) = self.boxes.get(&at) else { return Ok(None) };
                let layout = [("O", name("Layout")), ("Placement", name("Block"))];
                let corners = corners.map(real).to_vec();
                let all = layout.into_iter().chain([("BBox", Object::Array(corners))]);
                return file.add(dictionary(all)).map(Some);
            }
            Role::ColumnHeader { cols, rows } => (Some("Column"), *cols, *rows),
            Role::RowHeader { rows } => (Some("Row"), 1, *rows),
            Role::Data { rows } if *rows > 1 => (None, 1, *rows),
            _ => return Ok(None),
        };
        if let Some(known) = self.shared.get(&(scope, cols, rows)) {
            return Ok(Some(*known));
        }
        let mut all: Dictionary = [("O", name("Table"))].into_iter().collect();
        if let Some(scope) = scope {
            all.set("Scope", name(scope));
        }
        for (key, count) in [("ColSpan", cols), ("RowSpan", rows)] {
            if count > 1 {
                all.set(key, i64::try_from(count).unwrap_or(1));
            }
        }
        let new = file.add(Object::Dictionary(all))?;
        self.shared.insert((scope, cols, rows), new);
        Ok(Some(new))
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
