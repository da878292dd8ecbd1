//! Comments (メモ) and threaded comments (コメント).

use std::collections::BTreeMap;

use super::book::Relations;
use super::rich::RichBuilder;
use crate::model::place::CellRef;
use crate::model::sheet::Grid;
use crate::read::error::ReadError;
use crate::read::package::Package;
use crate::read::xml::{Tag, Visitor};

#[derive(Default)]
struct Comments {
    found: BTreeMap<CellRef, Vec<String>>,
    at: Option<CellRef>,
    rich: RichBuilder,
    /// A threaded comment's text stands in `text` itself.
    threaded: bool,
    in_text: bool,
    plain: String,
}

impl Visitor for Comments {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        match name {
            "comment" | "threadedComment" => {
                self.at = tag.get("ref").and_then(|at| at.parse().ok());
                self.threaded = name == "threadedComment";
            }
            "text" => self.in_text = true,
            _ => self.rich.open(name, tag),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.threaded && self.in_text {
            self.plain.push_str(text);
        }
        self.rich.text(text);
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "comment" | "threadedComment" => {
                let rich = self.rich.take().whole();
                let text = if self.threaded { std::mem::take(&mut self.plain) } else { rich };
                if let Some(at) = self.at.take() {
                    self.found.entry(at).or_default().push(text);
                }
            }
            "text" => self.in_text = false,
            _ => self.rich.close(name),
        }
        Ok(())
    }
}

fn read(package: &mut Package, part: &str) -> Result<BTreeMap<CellRef, Vec<String>>, ReadError> {
    let mut comments = Comments::default();
    package.walk(part, &mut comments)?;
    Ok(comments.found)
}

/// Pins a sheet's comments to its cells. A comment on an empty cell has no cell to be pinned to.
pub fn pin(package: &mut Package, relations: &Relations, grid: &mut Grid) -> Result<(), ReadError> {
    pin_kind(package, relations, "comments", grid)?;
    pin_threads(package, relations, grid)
}

/// Pins threaded comments. Each also has an old-style copy with a notice for old versions of Excel; the thread
/// itself replaces it.
pub fn pin_threads(package: &mut Package, relations: &Relations, grid: &mut Grid) -> Result<(), ReadError> {
    pin_kind(package, relations, "threadedComment", grid)
}

fn pin_kind(
    package: &mut Package,
    relations: &Relations,
    kind: &str,
    grid: &mut Grid,
) -> Result<(), ReadError> {
    for part in relations.all(kind) {
        for (at, texts) in read(package, part)? {
            if let Some(cell) = grid.get_mut(at) {
                cell.comment = Some(texts.join("\n"));
            }
        }
    }
    Ok(())
}
