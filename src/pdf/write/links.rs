//! What can be clicked, and the places that it leads to.

use lopdf::{Document as Pdf, Object, StringFormat};

use super::pages::{Pages, upright};
use super::{dictionary, name, real, text};
use crate::model::report::Link;
use crate::pdf::display::{Display, Page};

/// Annotations are printed (the third bit).
const PRINTED: i64 = 4;

/// Adds the annotations of the page at a place; they come back for it.
pub(super) fn annotations(
    pdf: &mut Pdf,
    display: &Display,
    page: &Page,
    (at, pages): (usize, &mut Pages),
) -> Vec<Object> {
    let mut all = Vec::new();
    for area in &page.links {
        let Some(target) = display.targets.get(area.link.0) else { continue };
        let key = display.pages.len() + pages.links.len();
        let corners = upright(area.frame, page.sheet.1).map(real).to_vec();
        let contents = if target.path.is_empty() {
            area.text.clone()
        } else {
            format!("{}（{}）", area.text, target.path)
        };
        let none = vec![Object::Integer(0); 3];
        let annotation = dictionary([
            ("Type", name("Annot")),
            ("Subtype", name("Link")),
            ("Rect", Object::Array(corners)),
            ("F", Object::Integer(PRINTED)),
            ("Border", Object::Array(none)),
            ("Contents", text(&contents)),
            ("StructParent", Object::Integer(i64::try_from(key).unwrap_or_default())),
            ("A", action(target, display)),
        ]);
        let id = pdf.add_object(annotation);
        pages.links.push((area.node, at, id));
        all.push(Object::Reference(id));
    }
    all
}

fn action(target: &Link, display: &Display) -> Object {
    let place = named(&target.anchor);
    if target.path.is_empty() {
        return dictionary([("S", name("GoTo")), ("D", place)]);
    }
    let path = relative(&display.path, &target.path);
    let file = dictionary([("Type", name("Filespec")), ("F", text(&path)), ("UF", text(&path))]);
    dictionary([("S", name("GoToR")), ("F", file), ("D", place)])
}

/// The way from one document of the month's folder to another.
fn relative(from: &str, to: &str) -> String {
    let folders = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (folders(from), folders(to));
    let both = from.len().min(to.len()).saturating_sub(1);
    let same = (0..both).take_while(|at| from.get(*at) == to.get(*at)).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - 1 - same);
    up.chain(to.into_iter().skip(same)).collect::<Vec<_>>().join("/")
}

fn named(anchor: &str) -> Object {
    Object::String(anchor.as_bytes().to_vec(), StringFormat::Literal)
}

/// Adds the document's named places; `None` where it has none.
pub(super) fn names(display: &Display, pages: &Pages) -> Option<Object> {
    let mut anchors: Vec<_> = display.anchors.iter().collect();
    // Readers search the names in order; of two alike the first counts.
    anchors.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    anchors.dedup_by(|a, b| a.name == b.name);
    let mut all = Vec::new();
    for anchor in anchors {
        let (Some(page), Some(id)) = (display.pages.get(anchor.page), pages.ids.get(anchor.page)) else {
            continue;
        };
        let top = real(page.sheet.1 - anchor.y);
        let place = vec![Object::Reference(*id), name("XYZ"), Object::Null, top, Object::Null];
        all.extend([named(&anchor.name), Object::Array(place)]);
    }
    let tree = dictionary([("Names", Object::Array(all))]);
    (!display.anchors.is_empty()).then(|| dictionary([("Dests", tree)]))
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_lead_from_folder_to_folder() {
        let cases = [
            ("全庁概要.pdf", "部局別/総合政策部.pdf", "部局別/総合政策部.pdf"),
            ("部局別/総合政策部.pdf", "全庁概要.pdf", "../全庁概要.pdf"),
            ("部局別/総合政策部.pdf", "部局別/消防本部.pdf", "消防本部.pdf"),
            ("a/b/c.pdf", "a/d/e.pdf", "../d/e.pdf"),
        ];
        for (from, to, expected) in cases {
            assert_eq!(relative(from, to), expected);
        }
    }
}
