//! The workbook part and relationships.

use std::collections::BTreeSet;

use crate::model::limits::Limit;
use crate::read::error::ReadError;
use crate::read::meter::Meter;
use crate::read::package::Package;
use crate::read::xml::{Tag, Visitor};

/// What calamine leaves out of the workbook part.
pub struct Book<'a> {
    meter: &'a Meter,
    /// The relationships that lead to its sheets, in order.
    pub sheets: Vec<String>,
    /// Everything is to be calculated anew when it is opened: the cached results mean nothing.
    pub full_calculation: bool,
}

impl<'a> Book<'a> {
    /// Nothing read yet.
    pub fn new(meter: &'a Meter) -> Self {
        Self { meter, sheets: Vec::new(), full_calculation: false }
    }
}

impl Visitor for Book<'_> {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        match name {
            "calcPr" => self.full_calculation = tag.is_true("fullCalcOnLoad"),
            "sheet" => {
                self.meter.add(Limit::Sheets, 1)?;
                self.sheets.push(tag.get("id").unwrap_or_default());
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, _: &str) -> Result<(), ReadError> {
        Ok(())
    }

    fn close(&mut self, _: &str) -> Result<(), ReadError> {
        Ok(())
    }
}

/// Where a part's relationships lead.
#[derive(Debug, Default)]
pub struct Relations {
    base: String,
    list: Vec<Relation>,
}

#[derive(Debug)]
struct Relation {
    id: String,
    /// The last word of the type's address: `worksheet`, `sharedStrings`.
    kind: String,
    target: String,
}

impl Relations {
    /// The relationships of a part; none where it has no list.
    pub fn of(package: &mut Package, part: &str) -> Result<Self, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let mut relations = Self { base: folder.to_owned(), list: Vec::new() };
        let slash = if folder.is_empty() { "" } else { "/" };
        package.walk(&format!("{folder}{slash}_rels/{file}.rels"), &mut relations)?;
        Ok(relations)
    }

    /// The part of the first relationship of a kind.
    pub fn first(&self, kind: &str) -> Option<&str> {
        self.list.iter().find(|relation| relation.kind == kind).map(|relation| relation.target.as_str())
    }

    /// The parts of all relationships of a kind, each once.
    pub fn all(&self, kind: &str) -> BTreeSet<&str> {
        let of_kind = self.list.iter().filter(|relation| relation.kind == kind);
        of_kind.map(|relation| relation.target.as_str()).collect()
    }

    /// The part of a worksheet; `None` for other kinds of sheets. A sheet that leads nowhere is an error.
    pub fn sheet(&self, id: &str) -> Result<Option<&str>, ReadError> {
        let relation = self.list.iter().find(|relation| relation.id == id);
        let relation = relation.ok_or_else(|| ReadError::broken("a sheet without a part"))?;
        Ok((relation.kind == "worksheet").then_some(relation.target.as_str()))
    }
}

impl Visitor for Relations {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        if name == "Relationship" && tag.get("TargetMode").is_none_or(|mode| mode != "External") {
            let kind = tag.get("Type").unwrap_or_default();
            self.list.push(Relation {
                id: tag.get("Id").unwrap_or_default(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: resolve(&self.base, &tag.get("Target").unwrap_or_default()),
            });
        }
        Ok(())
    }

    fn text(&mut self, _: &str) -> Result<(), ReadError> {
        Ok(())
    }

    fn close(&mut self, _: &str) -> Result<(), ReadError> {
        Ok(())
    }
}

/// A target relative to a folder, without `..`.
fn resolve(base: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let absolute = target.starts_with('/');
    let start = if absolute { "" } else { base };
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// The name of the workbook part.
pub fn find(package: &mut Package) -> Result<String, ReadError> {
    let root = Relations::of(package, "")?;
    match root.first("officeDocument") {
        Some(part) if package.has(part) => Ok(part.to_owned()),
        _ => Ok("xl/workbook.xml".to_owned()),
    }
}
