//! The rows of sheets in which findings stand, for showing them where people look.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Finding;
use crate::model::place::Place;

/// A filled stretch of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// First column, zero-based.
    pub start: u32,
    /// Last column.
    pub end: u32,
    /// Its text in one line, shortened.
    pub text: String,
}

/// The header words over a stretch of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// First column, zero-based.
    pub start: u32,
    /// Last column.
    pub end: u32,
    /// All its words, the top tier first.
    pub text: String,
    /// The tier that tells it from its neighbours, for want of room.
    pub brief: String,
    /// Its column names the rows (指標名).
    pub naming: bool,
}

/// A row of a sheet as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// The header words over it, left to right; shared by the rows of a table.
    pub heads: Arc<[Head]>,
    /// What stands in it, left to right.
    pub cells: Vec<Stretch>,
}

/// Rows by workbook, sheet and zero-based row. They live as long as a run, and never reach its data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpts(BTreeMap<(Arc<str>, Arc<str>, u32), SheetRow>);

impl Excerpts {
    /// Keeps the row of a place.
    pub fn insert(&mut self, place: &Place, row: SheetRow) {
        self.0.insert((place.workbook.clone(), place.sheet.clone(), place.cell.row), row);
    }

    /// Takes over the rows of another workbook.
    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// Lets go of rows that no finding stands in.
    pub fn retain(&mut self, findings: &[Finding]) {
        let wanted: BTreeSet<_> = findings.iter().filter_map(key).collect();
        self.0.retain(|key, _| wanted.contains(key));
    }

    /// The row in which a finding stands.
    pub fn of(&self, finding: &Finding) -> Option<&SheetRow> {
        self.0.get(&key(finding)?)
    }
}

fn key(finding: &Finding) -> Option<(Arc<str>, Arc<str>, u32)> {
    let cell = finding.cell?;
    Some((finding.workbook.as_str().into(), finding.sheet.as_str().into(), cell.row))
}
