//! Bookmarks: the headings, nested.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{name, text};
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
pub(super) fn add(pdf: &mut Document, display: &Display, pages: &[ObjectId]) -> Option<Object> {
    if display.outline.is_empty() {
        return None;
    }
    let branches = branches(&display.outline);
    let ids: Vec<ObjectId> = branches.iter().map(|_| pdf.new_object_id()).collect();
    let id = |at: usize| ids.get(at).copied().map_or(Object::Null, Object::Reference);
    for (at, branch) in branches.iter().enumerate() {
        let entry = at.checked_sub(1).and_then(|entry| display.outline.get(entry));
        let mut item = match entry {
            Some(entry) => bookmark(entry, display.height, pages),
            None => [("Type", name("Outlines"))].into_iter().collect(),
        };
        if let (Some(first), Some(last)) = (branch.children.first(), branch.children.last()) {
            item.set("First", id(*first));
            item.set("Last", id(*last));
            item.set("Count", branch.below);
        }
        if entry.is_some() {
            item.set("Parent", id(branch.parent));
        }
        if let Some(own) = ids.get(at) {
            pdf.objects.insert(*own, Object::Dictionary(item));
        }
    }
    for branch in &branches {
        for pair in branch.children.windows(2) {
            let [before, after] = pair else { continue };
            link(pdf, &ids, *before, "Next", *after);
            link(pdf, &ids, *after, "Prev", *before);
        }
    }
    Some(id(0))
}

fn link(pdf: &mut Document, ids: &[ObjectId], from: usize, key: &str, to: usize) {
    if let (Some(from), Some(to)) = (ids.get(from), ids.get(to))
        && let Ok(item) = pdf.get_dictionary_mut(*from)
    {
        item.set(key, Object::Reference(*to));
    }
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

fn bookmark(entry: &Entry, height: f32, pages: &[ObjectId]) -> Dictionary {
    let page = pages.get(entry.page).copied().map_or(Object::Null, Object::Reference);
    let top = Object::Real(height - entry.y);
    let place = vec![page, name("XYZ"), Object::Null, top, Object::Null];
    [("Title", text(&entry.title)), ("Dest", Object::Array(place))].into_iter().collect()
}
