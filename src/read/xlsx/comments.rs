//! Comments (メモ) and threaded comments (コメント).

use std::collections::BTreeMap;

use super::book::Relations;
use super::rich::RichBuilder;
use crate::model::limits::Limit;
use crate::model::place::CellRef;
use crate::model::sheet::Grid;
use crate::read::error::ReadError;
use crate::read::meter::Meter;
use crate::read::package::Package;
use crate::read::xml::{Tag, Visitor};

/// The most bytes of a character.
const LONGEST: usize = 4;

struct Comments<'a> {
    meter: &'a Meter,
    found: BTreeMap<CellRef, Vec<String>>,
    at: Option<CellRef>,
    rich: RichBuilder,
    /// A threaded comment's text stands in `text` itself.
    threaded: bool,
    in_text: bool,
    plain: String,
    /// Excel writes the author's name in front of a note's text.
    authors: Vec<String>,
    in_author: bool,
    author: usize,
}

impl Visitor for Comments<'_> {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        match name {
            "comment" | "threadedComment" => {
                self.at = tag.get("ref").and_then(|at| at.parse().ok());
                self.threaded = name == "threadedComment";
                self.author = tag.number("authorId").unwrap_or(usize::MAX);
            }
            "author" => {
                self.in_author = true;
                self.authors.push(String::new());
            }
            "text" => self.in_text = true,
            _ => self.rich.open(name, tag),
        }
        self.meter.listed(Limit::Text, self.rich.size())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if let Some(author) = self.authors.last_mut().filter(|_| self.in_author) {
            author.push_str(text);
        }
        if self.threaded && self.in_text {
            self.plain.push_str(text);
        }
        self.rich.text(text);
        self.meter.listed(Limit::Text, self.rich.size().max(self.plain.len() / LONGEST))
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "comment" | "threadedComment" => {
                let rich = self.rich.take().whole();
                let text = if self.threaded { std::mem::take(&mut self.plain) } else { self.unsigned(&rich) };
                self.meter.text(text.chars().count(), 1)?;
                self.meter.add(Limit::Cells, 1)?;
                if let Some(at) = self.at.take() {
                    self.found.entry(at).or_default().push(text);
                }
            }
            "text" => self.in_text = false,
            "author" => self.in_author = false,
            _ => self.rich.close(name),
        }
        Ok(())
    }
}

impl Comments<'_> {
    /// A note's text without the name of its author in front.
    fn unsigned(&self, text: &str) -> String {
        let author = self.authors.get(self.author).map(|author| author.trim()).filter(|a| !a.is_empty());
        let behind = author.and_then(|author| text.trim_start().strip_prefix(author));
        let behind = behind.and_then(|text| text.strip_prefix([':', '：']));
        behind.map_or_else(|| text.to_owned(), |text| text.trim_start().to_owned())
    }
}

fn read(package: &mut Package, part: &str) -> Result<BTreeMap<CellRef, Vec<String>>, ReadError> {
    let mut comments = Comments {
        meter: package.meter(),
        found: BTreeMap::new(),
        at: None,
        rich: RichBuilder::default(),
        threaded: false,
        in_text: false,
        plain: String::new(),
        authors: Vec::new(),
        in_author: false,
        author: 0,
    };
    package.walk(part, &mut comments)?;
    Ok(comments.found)
}

/// Pins a sheet's comments to its cells; those on empty cells are kept beside them.
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
        let mut loose = BTreeMap::new();
        for (at, texts) in read(package, part)? {
            let text = texts.join("\n");
            if let Some(cell) = grid.get_mut(at) {
                cell.comment = Some(text.into());
            } else {
                loose.insert(at, text);
            }
        }
        grid.loose_comments.retain(|(known, _)| !loose.contains_key(known));
        grid.loose_comments.extend(loose);
    }
    Ok(())
}
