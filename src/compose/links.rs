//! Links that lead somewhere: to cells of originals, and to headings. A block that has nothing to say prints no heading, and
//! then nothing may lead to it.

use std::collections::BTreeSet;

use crate::model::place::Place;
use crate::model::report::{Block, Cell, Document, Para};

/// `指標 › C14` with a link. Short, as some programs do not wrap a text that leads somewhere.
pub fn at(place: &Place) -> Cell {
    leading(format!("{} › {}", place.sheet, place.cell), place)
}

/// A place in full, with a link.
pub fn whole(place: &Place) -> Cell {
    leading(place.to_string(), place)
}

fn leading(text: String, place: &Place) -> Cell {
    Cell { link: Some(Box::new(place.clone())), ..Cell::text(text) }
}

/// Takes out the runs that lead to headings which neither these documents have nor those `elsewhere`, each by its
/// document's path and its anchor, with the white before them.
pub fn settle(documents: &mut [Document], elsewhere: &BTreeSet<(String, String)>) {
    let own: BTreeSet<(String, String)> = documents
        .iter()
        .flat_map(|document| document.blocks.iter().map(move |block| (document, block)))
        .filter_map(|(document, block)| match block {
            Block::Heading { anchor, .. } if !anchor.is_empty() => {
                Some((document.path.clone(), anchor.clone()))
            }
            _ => None,
        })
        .collect();
    let leads = |place: &(String, String)| own.contains(place) || elsewhere.contains(place);
    for document in documents {
        let here = document.path.clone();
        for para in document.blocks.iter_mut().flat_map(paras) {
            let count = para.runs.len();
            para.runs.retain(|run| {
                run.link.as_ref().is_none_or(|link| {
                    let path = if link.path.is_empty() { &here } else { &link.path };
                    leads(&(path.clone(), link.anchor.clone()))
                })
            });
            if para.runs.len() < count {
                while para.runs.last().is_some_and(|run| run.text.trim().is_empty()) {
                    para.runs.pop();
                }
            }
        }
        for block in &mut document.blocks {
            if let Block::Panels(panels) = block {
                for panel in panels {
                    panel.lines.retain(|line| !line.runs.is_empty());
                }
            }
        }
    }
}

/// The paragraphs of a block in which links may stand.
fn paras(block: &mut Block) -> Vec<&mut Para> {
    match block {
        Block::Paragraph(para) => vec![para],
        Block::List(items) => items.iter_mut().map(|item| &mut item.text).collect(),
        Block::Panels(panels) => panels.iter_mut().flat_map(|panel| &mut panel.lines).collect(),
        _ => Vec::new(),
    }
}
