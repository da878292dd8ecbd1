//! hoshin.toml: what this city is called, its departments in 建制順, and what its sheets do not say.

use std::collections::BTreeMap;

use crate::finding::{Code, Severity};
use crate::model::indicator::Polarity;
use crate::model::organisation::Department;

/// Which month `run` reports on by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefaultPeriod {
    /// The month before today.
    Previous,
    /// Today's month.
    Current,
}

/// What hoshin.toml says of one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorRule {
    /// The indicator's name, as one of its sheets writes it.
    pub name: String,
    /// Names in other workbooks that mean the same indicator.
    pub aliases: Vec<String>,
    /// Only in this department; empty for all.
    pub department: String,
    /// Which way is better.
    pub polarity: Option<Polarity>,
    /// The unit where no sheet says one.
    pub unit: Option<String>,
}

/// A valid hoshin.toml.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The city's name, on every page.
    pub city: String,
    /// The planning section, in the documents' properties.
    pub publisher: String,
    /// Which month by default.
    pub default_period: DefaultPeriod,
    /// Whether 原本/ keeps the inputs.
    pub archive_inputs: bool,
    /// Departments with their divisions in 建制順.
    pub departments: Vec<Department>,
    /// What the sheets do not say of indicators.
    pub indicators: Vec<IndicatorRule>,
    /// Severities that differ from the defaults.
    pub severities: BTreeMap<Code, Severity>,
}
