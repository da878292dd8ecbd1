//! The rows of sheets in which findings stand, for showing them where people look.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Finding;
use crate::model::place::Place;

/// A filled stretch of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// First column, zero-based.
    pub start: u32,
    /// Last column.
    pub end: u32,
    /// Its text in one line, shortened.
    pub text: String,
}

/// The header words over a stretch of columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// Rows as they are written down: the heads of a table once, each row with their number.
#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    heads: Vec<Arc<[Head]>>,
    rows: Vec<PackedRow<'a>>,
}

/// Workbook, sheet, zero-based row, which heads stand over it, what stands in it.
type PackedRow<'a> = (Arc<str>, Arc<str>, u32, usize, Cow<'a, [Stretch]>);

impl Serialize for Excerpts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut packed = Packed { heads: Vec::new(), rows: Vec::with_capacity(self.0.len()) };
        for ((workbook, sheet, row), SheetRow { heads, cells }) in &self.0 {
            // Rows of one table follow one another.
            if !packed.heads.last().is_some_and(|last: &Arc<[Head]>| Arc::ptr_eq(last, heads)) {
                packed.heads.push(heads.clone());
            }
            let over = packed.heads.len() - 1;
            packed.rows.push((workbook.clone(), sheet.clone(), *row, over, Cow::Borrowed(cells)));
        }
        packed.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Excerpts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Packed { heads, rows } = Packed::deserialize(deserializer)?;
        let rows = rows.into_iter().map(|(workbook, sheet, row, over, cells)| {
            let heads = heads.get(over).cloned().unwrap_or_else(|| Arc::from([]));
            ((workbook, sheet, row), SheetRow { heads, cells: cells.into_owned() })
        });
        Ok(Self(rows.collect()))
    }
}

fn key(finding: &Finding) -> Option<(Arc<str>, Arc<str>, u32)> {
    let cell = finding.cell?;
    Some((finding.workbook.as_str().into(), finding.sheet.as_str().into(), cell.row))
}
