//! The structure tree: what each piece of text is, in reading order.

use std::collections::BTreeMap;
use std::fmt::Write;

use lopdf::{Dictionary, Object};

use super::file::File;
use super::pages::Pages;
use super::{dictionary, name, real, reference, text};
use crate::pdf::display::{Display, Node, NodeId, Role};

/// What an element is made with.
struct Elements<'d> {
    nodes: &'d [Node],
    pages: &'d Pages,
    /// The object of the first node; the others follow.
    first: u32,
    root: u32,
    /// For each drawing its box.
    boxes: BTreeMap<usize, [f32; 4]>,
    /// For each link: page and annotation of its lines.
    links: BTreeMap<usize, Vec<(usize, u32)>>,
    /// Attributes that many cells share.
    shared: BTreeMap<(Option<&'static str>, usize, usize), Object>,
}

/// Adds the structure tree of the pages' marked content; its root comes back for the catalog.
pub(super) fn add(file: &mut File, display: &Display, pages: &Pages) -> Object {
    let nodes = &display.tree.nodes;
    let root = file.id();
    let first = file.ids(nodes.len());
    let mut links: BTreeMap<usize, Vec<(usize, u32)>> = BTreeMap::new();
    for (node, page, annotation) in &pages.links {
        links.entry(node.0).or_default().push((*page, *annotation));
    }
    let boxes = pages.boxes.iter().map(|(node, corners)| (node.0, *corners)).collect();
    let mut elements = Elements { nodes, pages, first, root, boxes, links, shared: BTreeMap::new() };
    let mut body = String::new();
    for at in 0..nodes.len() {
        body.clear();
        let attributes = elements.attributes(file, at);
        // Writing to a string does not fail.
        let _ = elements.element(&mut body, at, attributes.as_ref());
        file.put(elements.id(at), body.as_bytes());
    }
    let parents = elements.parent_tree(file);
    let next = pages.of_page.len() + pages.links.len();
    let tree = dictionary([
        ("Type", name("StructTreeRoot")),
        ("K", Object::Array(vec![reference(first)])),
        ("ParentTree", parents),
        ("ParentTreeNextKey", Object::Integer(i64::try_from(next).unwrap_or_default())),
        ("RoleMap", dictionary([("Title", name("P"))])),
    ]);
    file.set(root, &tree);
    reference(root)
}

/// A part of an element, with the place at which its content starts: page and marked content.
type Kid = ((usize, usize), String);

impl Elements<'_> {
    fn id(&self, node: usize) -> u32 {
        self.first.saturating_add(u32::try_from(node).unwrap_or(u32::MAX))
    }

    fn marks(&self, node: usize) -> &[(usize, usize)] {
        self.pages.of_node.get(node).map(Vec::as_slice).unwrap_or_default()
    }

    /// Writes an element: its kind, attributes, page, parts and parent.
    fn element(&self, out: &mut String, at: usize, attributes: Option<&Object>) -> std::fmt::Result {
        let Some(node) = self.nodes.get(at) else { return Ok(()) };
        write!(out, "<</S/{}", tag(&node.role))?;
        if let Some(Object::Reference((id, _))) = attributes {
            write!(out, "/A {id} 0 R")?;
        }
        if let Role::Figure { alt } = &node.role {
            let units: String = super::utf16(alt).iter().map(|byte| format!("{byte:02X}")).collect();
            write!(out, "/Alt<{units}>")?;
        }
        let page = self.marks(at).first().map(|(page, _)| *page);
        if let Some(id) = page.and_then(|page| self.pages.ids.get(page)) {
            write!(out, "/Pg {id} 0 R")?;
        }
        let kids = self.kids(at, node, page);
        match kids.as_slice() {
            [] => {}
            [(_, one)] => write!(out, "/K {one}")?,
            all => {
                let all: Vec<&str> = all.iter().map(|(_, kid)| kid.as_str()).collect();
                write!(out, "/K[{}]", all.join(" "))?;
            }
        }
        let parent = if at == 0 { self.root } else { self.id(node.parent.0) };
        write!(out, "/P {parent} 0 R>>")
    }

    /// Marked contents, elements and annotations within an element, in reading order.
    fn kids(&self, at: usize, node: &Node, page: Option<usize>) -> Vec<Kid> {
        let object = |page: &usize| self.pages.ids.get(*page).copied().unwrap_or_default();
        let marks = self.marks(at).iter().map(|place| {
            let (there, mark) = place;
            let same = Some(*there) == page;
            let kid = if same {
                mark.to_string()
            } else {
                format!("<</Type/MCR/Pg {} 0 R/MCID {mark}>>", object(there))
            };
            (*place, kid)
        });
        let mut all: Vec<Kid> = marks.collect();
        // Elements among an element's own text stand where their text does.
        let among = !all.is_empty();
        let start = |kid: &NodeId| if among { self.start(*kid) } else { (0, 0) };
        all.extend(node.kids.iter().map(|kid| (start(kid), format!("{} 0 R", self.id(kid.0)))));
        if among {
            all.sort_by_key(|(place, _)| *place);
        }
        let annotations = self.links.get(&at).map(Vec::as_slice).unwrap_or_default();
        all.extend(annotations.iter().map(|(page, id)| {
            let kid = format!("<</Type/OBJR/Pg {} 0 R/Obj {id} 0 R>>", object(page));
            ((usize::MAX, 0), kid)
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
    fn parent_tree(&self, file: &mut File) -> Object {
        let mut numbers = Vec::new();
        for (key, owners) in (0_i64..).zip(&self.pages.of_page) {
            let parents = owners.iter().map(|node| reference(self.id(node.0))).collect();
            numbers.extend([Object::Integer(key), file.add(&Object::Array(parents))]);
        }
        let keys = i64::try_from(self.pages.of_page.len()).unwrap_or_default()..;
        for (key, (node, _, _)) in keys.zip(&self.pages.links) {
            numbers.extend([Object::Integer(key), reference(self.id(node.0))]);
        }
        file.add(&dictionary([("Nums", Object::Array(numbers))]))
    }

    /// The attributes of an element, as a reference.
    fn attributes(&mut self, file: &mut File, at: usize) -> Option<Object> {
        let (scope, cols, rows) = match &self.nodes.get(at)?.role {
            Role::Table { summary } if !summary.is_empty() => {
                return Some(file.add(&dictionary([("O", name("Table")), ("Summary", text(summary))])));
            }
            Role::Figure { .. } => {
                let corners = self.boxes.get(&at)?.map(real).to_vec();
                let layout = [("O", name("Layout")), ("Placement", name("Block"))];
                let all = layout.into_iter().chain([("BBox", Object::Array(corners))]);
                return Some(file.add(&dictionary(all)));
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
            file.add(&Object::Dictionary(all))
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
