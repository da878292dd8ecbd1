//! What must be looked at: about the data, with its cell, never stopping the run.
//!
//! The kinds are [`Code`]; their words (severity, title, message, cure, explanation) are data in
//! `templates/findings.toml`, so that all sentences stand in one place. A message's `{name}` placeholders are
//! filled from [`Draft::with`].

mod accept;
mod code;
mod cure;
mod excerpt;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use accept::accept;
pub use code::Code;
pub use excerpt::{Excerpts, Head, SheetRow, Stretch};
pub use words::{Words, WordsError};

use crate::model::place::{CellRef, Place};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something could not be read or contradicts itself.
    Error,
    /// Somebody should look at it.
    Warning,
    /// Said for completeness.
    Note,
}

impl Severity {
    /// The Japanese word that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "エラー",
            Self::Warning => "要確認",
            Self::Note => "参考",
        }
    }
}

/// Something that must be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Which kind it is.
    pub code: Code,
    /// Department concerned, where known.
    pub department: String,
    /// Division concerned, where known.
    pub division: String,
    /// Workbook; empty for what concerns the whole month.
    pub workbook: String,
    /// Sheet; empty for what concerns the workbook.
    pub sheet: String,
    /// Cell; `None` for what concerns the sheet.
    pub cell: Option<CellRef>,
    /// Other cells concerned.
    pub related: Vec<Place>,
    /// The text that stood there.
    pub raw: String,
    /// How it was read.
    pub reading: String,
    /// What happened, in plain Japanese.
    pub message: String,
    /// What to do, in plain Japanese.
    pub cure: String,
}

/// A finding before its words are filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub(crate) code: Code,
    pub(crate) workbook: String,
    pub(crate) sheet: String,
    pub(crate) cell: Option<CellRef>,
    pub(crate) department: String,
    pub(crate) division: String,
    pub(crate) related: Vec<Place>,
    pub(crate) raw: String,
    pub(crate) reading: String,
    pub(crate) values: BTreeMap<Cow<'static, str>, String>,
}

impl Draft {
    /// A finding of a kind, without a place.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            workbook: String::new(),
            sheet: String::new(),
            cell: None,
            department: String::new(),
            division: String::new(),
            related: Vec::new(),
            raw: String::new(),
            reading: String::new(),
            values: BTreeMap::new(),
        }
    }

    /// About a cell.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.workbook = place.workbook.to_string();
        self.sheet = place.sheet.to_string();
        self.cell = Some(place.cell);
        self
    }

    /// About a workbook.
    #[must_use]
    pub fn in_workbook(mut self, workbook: &str) -> Self {
        workbook.clone_into(&mut self.workbook);
        self
    }

    /// About a sheet of a workbook.
    #[must_use]
    pub fn in_sheet(mut self, workbook: &str, sheet: &str) -> Self {
        workbook.clone_into(&mut self.workbook);
        sheet.clone_into(&mut self.sheet);
        self
    }

    /// Who is concerned.
    #[must_use]
    pub fn of(mut self, department: &str, division: &str) -> Self {
        department.clone_into(&mut self.department);
        division.clone_into(&mut self.division);
        self
    }

    /// Another cell concerned.
    #[must_use]
    pub fn related(mut self, place: &Place) -> Self {
        self.related.push(place.clone());
        self
    }

    /// The text that stood there.
    #[must_use]
    pub fn raw(mut self, raw: &str) -> Self {
        raw.clone_into(&mut self.raw);
        self
    }

    /// How it was read.
    #[must_use]
    pub fn reading(mut self, reading: impl Into<String>) -> Self {
        self.reading = reading.into();
        self
    }

    /// Fills the placeholder `{key}` of the message and the cure.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.values.insert(Cow::Borrowed(key), value.into());
        self
    }
}
