//! Chapters of a department's policy document (部の運営方針).

use serde::{Deserialize, Serialize};

use super::fiscal::{FiscalYear, Period};
use super::place::Place;

/// The five chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SectionKind {
    /// めざす姿.
    Vision,
    /// めざす姿に向けた指標.
    Indicators,
    /// 現状と課題.
    Issues,
    /// 重点目標.
    Goals,
    /// 具体的な取組み.
    Initiatives,
}

/// One bullet of a chapter, or a chapter without bullets (empty text).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionLine {
    /// Department (部).
    pub department: String,
    /// The document's fiscal year.
    pub fiscal_year: Option<FiscalYear>,
    /// Which chapter.
    pub section: SectionKind,
    /// The heading as it stands, with its bracketed note.
    pub title: String,
    /// Category without < >.
    pub category: String,
    /// The bullet's number, plain digits; empty where none.
    pub number: String,
    /// The bullet's text without its number.
    pub text: String,
    /// Its cell.
    pub place: Place,
    /// The month that it was read in, where it is no line of this one (前回値).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_from: Option<Period>,
}
