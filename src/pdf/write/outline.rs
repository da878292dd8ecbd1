//! Bookmarks: the headings, nested.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::{name, real, text};
use crate::pdf::display::{Display, Entry};

/// A bookmark and those below it; the first of a list is the outline itself.
#[derive(Default)]
struct Branch {
    parent: usize,
    children: Vec<usize>,
    /// All that hang below it.
    below: i64,
}

/// Adds the outline; `None` where there is no heading.
pub(super) fn add(pdf: &mut Pdf, display: &Display, pages: &[ObjectId]) -> Option<Object> {
    if display.outline.is_empty() {
        return None;
    }
    let mut branches = branches(&display.outline);
    let siblings: Vec<Vec<usize>> =
        branches.iter_mut().map(|branch| std::mem::take(&mut branch.children)).collect();
    let ids: Vec<ObjectId> = branches.iter().map(|_| pdf.new_object_id()).collect();
    let id = |at: usize| ids.get(at).copied().map_or(Object::Null, Object::Reference);
    for (at, (branch, children)) in branches.iter().zip(&siblings).enumerate() {
        let entry = at.checked_sub(1).and_then(|entry| display.outline.get(entry));
        let mut item = match entry {
            Some(entry) => bookmark(entry, display, pages),
            None => [("Type", name("Outlines"))].into_iter().collect(),
        };
        if let (Some(first), Some(last)) = (children.first(), children.last()) {
            item.set("First", id(*first));
            item.set("Last", id(*last));
            item.set("Count", branch.below);
        }
        if entry.is_some() {
            item.set("Parent", id(branch.parent));
            let row = siblings.get(branch.parent).map(Vec::as_slice).unwrap_or_default();
            let place = row.binary_search(&at).unwrap_or_default();
            let before = place.checked_sub(1).and_then(|before| row.get(before));
            for (key, other) in [("Prev", before), ("Next", row.get(place + 1))] {
                if let Some(other) = other {
                    item.set(key, id(*other));
                }
            }
        }
        if let Some(own) = ids.get(at) {
            pdf.set_object(*own, item);
        }
    }
    Some(id(0))
}

/// The tree that the levels make; entry `i` is branch `i + 1`.
fn branches(entries: &[Entry]) -> Vec<Branch> {
    let mut branches = vec![Branch::default()];
    let mut path: Vec<(u8, usize)> = Vec::new();
    for (at, entry) in (1..).zip(entries) {
        path.retain(|(level, _)| *level < entry.level);
        let parent = path.last().map_or(0, |(_, parent)| *parent);
        branches.push(Branch { parent, ..Branch::default() });
        if let Some(parent) = branches.get_mut(parent) {
            parent.children.push(at);
        }
        path.push((entry.level, at));
    }
    for at in (1..branches.len()).rev() {
        let Some((parent, below)) = branches.get(at).map(|branch| (branch.parent, branch.below)) else {
            continue;
        };
        if let Some(parent) = branches.get_mut(parent) {
            parent.below += below + 1;
        }
    }
    branches
}

fn bookmark(entry: &Entry, display: &Display, pages: &[ObjectId]) -> Dictionary {
    let page = pages.get(entry.page).copied().map_or(Object::Null, Object::Reference);
    let height = display.pages.get(entry.page).map_or(0.0, |page| page.sheet.1);
    let place = vec![page, name("XYZ"), Object::Null, real(height - entry.y), Object::Null];
    [("Title", text(&entry.title)), ("Dest", Object::Array(place))].into_iter().collect()
}
