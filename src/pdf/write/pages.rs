//! Pages and their content.

use lopdf::{Dictionary, Object, Stream};

use super::content::content;
use super::file::File;
use super::glyphs::Embedded;
use super::links::annotations;
use super::{dictionary, name, real, reference};
use crate::pdf::display::{Display, Frame, NodeId};

/// The finished pages and which marked content belongs to which element.
pub(super) struct Pages {
    /// The object of each page.
    pub ids: Vec<u32>,
    /// The root of the pages, for the catalog.
    pub root: u32,
    /// For each node: page and number of its marked contents.
    pub of_node: Vec<Vec<(usize, usize)>>,
    /// For each page: the node of each of its marked contents.
    pub of_page: Vec<Vec<NodeId>>,
    /// For each link: its element, page and annotation.
    pub links: Vec<(NodeId, usize, u32)>,
    /// For each drawing its box, measured from its page's lower left corner.
    pub boxes: Vec<(NodeId, [f32; 4])>,
}

/// Writes all pages.
pub(super) fn write(file: &mut File, display: &Display, embedded: &Embedded) -> Pages {
    let root = file.id();
    let first = file.ids(display.pages.len());
    let resources = file.add(&dictionary([("Font", Object::Dictionary(embedded.fonts.clone()))]));
    let mut pages = Pages {
        ids: (first..).take(display.pages.len()).collect(),
        root,
        of_node: vec![Vec::new(); display.tree.nodes.len()],
        of_page: Vec::new(),
        links: Vec::new(),
        boxes: Vec::new(),
    };
    for (at, page) in display.pages.iter().enumerate() {
        let (width, height) = page.sheet;
        let content = content(display, &embedded.subsets, &page.items, height);
        for (mark, owner) in content.owners.iter().enumerate() {
            if let Some(marks) = pages.of_node.get_mut(owner.0) {
                marks.push((at, mark));
            }
        }
        pages.boxes.extend(content.boxes.iter().map(|(node, frame)| (*node, upright(*frame, height))));
        pages.of_page.push(content.owners);
        let stream = file.id();
        file.stream(stream, Stream::new(Dictionary::new(), content.bytes));
        let mut entries = vec![
            ("Type", name("Page")),
            ("Parent", reference(root)),
            ("MediaBox", Object::Array(vec![real(0.0), real(0.0), real(width), real(height)])),
            ("Resources", resources.clone()),
            ("Contents", reference(stream)),
            ("StructParents", Object::Integer(i64::try_from(at).unwrap_or_default())),
            ("Tabs", name("S")),
        ];
        let annotations = annotations(file, display, page, (at, &mut pages));
        if !annotations.is_empty() {
            entries.push(("Annots", Object::Array(annotations)));
        }
        if let Some(id) = pages.ids.get(at).copied() {
            file.set(id, &dictionary(entries));
        }
    }
    let kids = pages.ids.iter().map(|id| reference(*id)).collect();
    let count = Object::Integer(i64::try_from(pages.ids.len()).unwrap_or_default());
    file.set(root, &dictionary([("Type", name("Pages")), ("Count", count), ("Kids", Object::Array(kids))]));
    pages
}

/// A box measured from the lower left corner: left, lower, right and upper edge.
pub(super) fn upright(frame: Frame, height: f32) -> [f32; 4] {
    [frame.left, height - frame.bottom, frame.right, height - frame.top]
}
