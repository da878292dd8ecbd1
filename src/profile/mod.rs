//! Profiles (`templates/profiles/*.toml`): how to read a stubborn layout that header words alone cannot explain.
//!
//! A profile says which sheets it is for, what must still stand there, and which column of which row is what. It is
//! read with the same words as every sheet (`normalise`); it only replaces `locate`. Where two profiles fit one sheet,
//! or the sheet no longer looks as the profile expects, nothing of that sheet is read, and a finding says so.

mod figures;
mod matching;
mod parse;
mod spot;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;

pub use matching::{Choice, Plan, PlannedFigure, PlannedIndicator, Stand, choose};
pub(crate) use parse::ROLES;
pub use spot::{Column, Pattern, Spot};

use crate::model::fiscal::{Basis, FiscalYear, Span};
use crate::model::indicator::{Class, Kind, Polarity};
use crate::model::place::CellRef;
use crate::normalise::Vocabulary;
use crate::normalise::vocabulary::Role;
use crate::templates::Templates;

/// The folder of profiles below `templates/`.
pub const FOLDER: &str = "profiles/";

/// One valid profile.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its path below `templates/`: `profiles/事務事業評価.toml`.
    pub name: String,
    /// It came with hoshin: a city's own profile for the same sheet goes before it.
    pub shipped: bool,
    /// For which sheets it is.
    pub when: When,
    /// Cells (of the whole sheet) whose text must still be what the profile was written for.
    pub expect: Vec<(CellRef, Pattern)>,
    /// Which rows hold records.
    pub rows: Rows,
    /// What holds for all records of the sheet unless their own row says otherwise.
    pub constant: Constant,
    /// What the columns of a record are.
    pub columns: Vec<(Role, Spot)>,
    /// The figures.
    pub figures: Vec<Group>,
    /// Columns that are knowingly left out, each a first and a last one.
    pub ignore: Vec<(u32, u32)>,
    /// The city's words with the profile's own over them; `None` where it has none.
    pub vocabulary: Option<Vocabulary>,
    /// Status marks, in key form, that the profile explains.
    pub marks: BTreeSet<String>,
    /// Status and direction texts, in key form, that say neither: they stay empty without a finding.
    pub silent: BTreeSet<String>,
}

/// For which sheets a profile is: all that is given must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct When {
    /// The workbook's file name, with or without its ending.
    pub file: Option<Pattern>,
    /// The sheet's name.
    pub sheet: Option<Pattern>,
    /// Texts at addresses.
    pub cells: Vec<(CellRef, Pattern)>,
    /// Texts anywhere in the first [`matching::HEAD_ROWS`] rows.
    pub words: Vec<Pattern>,
}

/// Which rows hold records; rows count from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// The row that columns given by their header are looked up in.
    pub header: Option<u32>,
    /// The first row of the first record.
    pub first: u32,
    /// No row below it is read.
    pub last: Option<u32>,
    /// How many rows one record takes.
    pub height: u32,
    /// What must not be blank in a record.
    pub key: Option<Spot>,
    /// Records whose key says this are left out.
    pub skip: Vec<Pattern>,
    /// The first record whose key says this ends the records.
    pub until: Vec<Pattern>,
    /// Columns whose blank cells go on from the record above.
    pub carry: Vec<Role>,
}

/// What holds for all records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Constant {
    /// Department.
    pub department: String,
    /// Division.
    pub division: String,
    /// Fiscal year.
    pub fiscal_year: Option<FiscalYear>,
    /// 実績, 目標 …
    pub kind: Option<Kind>,
    /// Unit.
    pub unit: String,
    /// 成果, 活動 …
    pub class: Option<Class>,
    /// Which way is better.
    pub polarity: Option<Polarity>,
}

/// Indicators whose value columns repeat together, or do not repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// First column of the first block and its width; `None` where nothing repeats.
    pub block: Option<(u32, u32)>,
    /// What each block says, left to right; one that says nothing where nothing repeats.
    pub moments: Vec<Moment>,
    /// The indicators of one record.
    pub indicators: Vec<IndicatorRule>,
}

/// What a block or a value column says of its figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moment {
    /// Fiscal year.
    pub year: Option<FiscalYear>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// Quarter or half.
    pub span: Option<Span>,
    /// 実績, 目標 …
    pub kind: Option<Kind>,
    /// 単月, 累計, 時点.
    pub basis: Option<Basis>,
}

impl Moment {
    /// What this one says, and where it is silent the other.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            year: self.year.or(other.year),
            month: self.month.or(other.month),
            span: self.span.or(other.span),
            kind: self.kind.or(other.kind),
            basis: self.basis.or(other.basis),
        }
    }
}

/// Where an indicator's name stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// In a cell.
    At(Spot),
    /// Nowhere; the profile says it.
    Is(String),
}

/// One indicator of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorRule {
    /// Its name.
    pub name: Name,
    /// Where its unit stands.
    pub unit: Option<Spot>,
    /// Its unit where no cell says one.
    pub unit_text: String,
    /// 成果, 活動 …
    pub class: Option<Class>,
    /// Which way is better.
    pub polarity: Option<Polarity>,
    /// Where its 備考 stands.
    pub note: Option<Spot>,
    /// Its value columns, in the first block where they repeat.
    pub values: Vec<(Spot, Moment)>,
}

/// Reads all profiles; all problems of all files at once, each with file name and line. A file of comments alone is
/// none, so that a city can do without one that came with hoshin.
pub fn load(templates: &Templates, vocabulary: &Vocabulary) -> Result<Vec<Profile>, Vec<String>> {
    let (mut profiles, mut problems) = (Vec::new(), Vec::new());
    let is_toml = |name: &&str| std::path::Path::new(name).extension().is_some_and(|e| e == "toml");
    let shipped = Templates::embedded();
    let empty = |text: &str| text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#'));
    for name in templates.names(FOLDER).filter(is_toml).filter(|name| !empty(templates.text(name))) {
        match parse(name, templates.text(name), vocabulary) {
            Ok(profile) => {
                profiles.push(Profile { shipped: shipped.bytes(name) == templates.bytes(name), ..profile });
            }
            Err(errors) => problems.extend(errors),
        }
    }
    if problems.is_empty() { Ok(profiles) } else { Err(problems) }
}

/// Reads the text of one profile; `name` is its path below `templates/`, `vocabulary` the city's words.
pub fn parse(name: &str, text: &str, vocabulary: &Vocabulary) -> Result<Profile, Vec<String>> {
    let (profile, problems) = parse::read(name, text, vocabulary);
    if problems.is_empty() {
        return Ok(profile);
    }
    Err(problems.iter().map(|p| format!("templates/{name} の{}行目: {}", p.line, p.message)).collect())
}
