//! The structure tree: what each piece of text is, in reading order.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::pages::Contents;
use super::{dictionary, name, text};
use crate::pdf::display::{Display, Node, Role};

/// Adds the structure tree of the pages' marked content; its root comes back for the catalog.
pub(super) fn add(pdf: &mut Document, display: &Display, contents: &Contents, pages: &[ObjectId]) -> Object {
    let nodes = &display.tree.nodes;
    let root = pdf.new_object_id();
    let ids: Vec<ObjectId> = nodes.iter().map(|_| pdf.new_object_id()).collect();
    let id = |node: usize| ids.get(node).copied().unwrap_or(root);
    for (at, node) in nodes.iter().enumerate() {
        let marks = contents.of_node.get(at).map(Vec::as_slice).unwrap_or_default();
        let parent = if at == 0 { root } else { id(node.parent.0) };
        let mut element = element(node, marks, pages);
        element.set("P", Object::Reference(parent));
        let kids = node.kids.iter().map(|kid| Object::Reference(id(kid.0)));
        if let Ok(Object::Array(all)) = element.get_mut(b"K") {
            all.extend(kids);
        }
        pdf.objects.insert(id(at), Object::Dictionary(element));
    }
    let mut numbers = Vec::new();
    for (key, owners) in (0_i64..).zip(&contents.of_page) {
        let parents = owners.iter().map(|node| Object::Reference(id(node.0))).collect();
        let parents = pdf.add_object(Object::Array(parents));
        numbers.extend([Object::Integer(key), Object::Reference(parents)]);
    }
    let next = i64::try_from(contents.of_page.len()).unwrap_or_default();
    let parent_tree = pdf.add_object(dictionary([("Nums", Object::Array(numbers))]));
    let tree = dictionary([
        ("Type", name("StructTreeRoot")),
        ("K", Object::Array(vec![Object::Reference(id(0))])),
        ("ParentTree", Object::Reference(parent_tree)),
        ("ParentTreeNextKey", Object::Integer(next)),
        ("RoleMap", dictionary([("Title", name("P"))])),
    ]);
    pdf.objects.insert(root, tree);
    Object::Reference(root)
}

fn element(node: &Node, marks: &[(usize, usize)], pages: &[ObjectId]) -> Dictionary {
    let mut element = Dictionary::new();
    element.set("Type", name("StructElem"));
    element.set("S", name(tag(&node.role)));
    if let Some(attributes) = attributes(&node.role) {
        element.set("A", attributes);
    }
    let page = |at: usize| pages.get(at).copied().map_or(Object::Null, Object::Reference);
    let number = |mark: usize| Object::Integer(i64::try_from(mark).unwrap_or_default());
    let first = marks.first().map(|(first, _)| *first);
    if let Some(first) = first {
        element.set("Pg", page(first));
    }
    let kids = marks.iter().map(|&(at, mark)| {
        if Some(at) == first {
            return number(mark);
        }
        dictionary([("Type", name("MCR")), ("Pg", page(at)), ("MCID", number(mark))])
    });
    element.set("K", Object::Array(kids.collect()));
    element
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
        Role::Table { .. } => "Table",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::Row => "TR",
        Role::ColumnHeader { .. } | Role::RowHeader { .. } => "TH",
        Role::Data { .. } => "TD",
    }
}

fn attributes(role: &Role) -> Option<Object> {
    let (scope, cols, rows) = match role {
        Role::Table { summary } if !summary.is_empty() => {
            return Some(dictionary([("O", name("Table")), ("Summary", text(summary))]));
        }
        Role::ColumnHeader { cols, rows } => (Some("Column"), *cols, *rows),
        Role::RowHeader { rows } => (Some("Row"), 1, *rows),
        Role::Data { rows } if *rows > 1 => (None, 1, *rows),
        _ => return None,
    };
    let mut all: Dictionary = [("O", name("Table"))].into_iter().collect();
    if let Some(scope) = scope {
        all.set("Scope", name(scope));
    }
    for (key, count) in [("ColSpan", cols), ("RowSpan", rows)] {
        if count > 1 {
            all.set(key, i64::try_from(count).unwrap_or(1));
        }
    }
    Some(Object::Dictionary(all))
}
