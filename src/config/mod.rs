//! hoshin.toml: what this city is called, its departments in 建制順, and what its sheets do not say.

mod accepted;
mod correspondence;
mod days;
mod judging;
mod limits;
mod names;
mod organisation;
mod problem;
mod raw;
pub(crate) mod schema;
pub(crate) mod shape;
mod submission;
mod syntax;
mod valid;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use judging::{Choice, Judging};
pub(crate) use problem::nearest;
pub use problem::{ConfigErrors, Problem};
pub(crate) use raw::{Said, Section, Walk};
pub use submission::{Expected, SubmissionRules};

use crate::finding::{Code, Severity};
use crate::model::acceptance::Acceptance;
use crate::model::correspondence::Correspondence;
use crate::model::fiscal::Period;
use crate::model::indicator::Polarity;
use crate::model::limits::Limits;
use crate::model::organisation::{Department, Organisation};

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
    /// How it is judged.
    pub judgement: Choice,
}

/// What hoshin.toml says of one initiative: which texts mean the same item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InitiativeRule {
    /// The item's text, as one of its sheets writes it.
    pub name: String,
    /// Texts in other workbooks that mean the same item.
    pub aliases: Vec<String>,
    /// Only in this department; empty for all.
    pub department: String,
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
    /// The file with the passwords of encrypted workbooks, relative to hoshin.toml; `None` where there is none.
    pub password_file: Option<String>,
    /// Departments with their divisions in 建制順, of all times: [`Config::organisation`] tells those of a month.
    pub departments: Vec<Department>,
    /// What the sheets do not say of indicators.
    pub indicators: Vec<IndicatorRule>,
    /// Which initiatives are the same under several texts.
    pub initiatives: Vec<InitiativeRule>,
    /// Which workbooks are expected from whom.
    pub submission: SubmissionRules,
    /// Severities that differ from the defaults.
    pub severities: BTreeMap<Code, Severity>,
    /// Which rules judge the city and its departments.
    pub judging: Judging,
    /// From how many months on a figure or status that stands as it stood counts as 更新のない値.
    pub stale_months: u32,
    /// Findings that divisions have answered for.
    pub accepted: Vec<Acceptance>,
    /// Addresses, and by when divisions answer.
    pub correspondence: Correspondence,
    /// How large one workbook may be, and what reading it may take.
    pub limits: Limits,
}

/// Without a hoshin.toml: last month, inputs kept, nothing known of the city.
impl Default for Config {
    fn default() -> Self {
        Self {
            city: "（市名未設定）".to_owned(),
            publisher: String::new(),
            default_period: DefaultPeriod::Previous,
            archive_inputs: true,
            password_file: None,
            departments: Vec::new(),
            indicators: Vec::new(),
            initiatives: Vec::new(),
            submission: SubmissionRules::default(),
            severities: BTreeMap::new(),
            judging: Judging::default(),
            stale_months: 3,
            accepted: Vec::new(),
            correspondence: Correspondence::default(),
            limits: Limits::default(),
        }
    }
}

impl Config {
    /// The departments and divisions as they stand in a month.
    pub fn organisation(&self, period: Period) -> Organisation {
        Organisation::of(&self.departments, period)
    }
}

/// Reads the text of a hoshin.toml; `file_name` is how its problems name it.
///
/// All problems are reported at once, in the order of their lines: what TOML itself does not allow, keys that
/// do not exist, values of the wrong kind, names given twice.
pub fn parse(text: &str, file_name: &str) -> Result<Config, ConfigErrors> {
    // Windows' Notepad starts UTF-8 files with a mark that TOML does not know.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (config, problems) = valid::read(text);
    if problems.is_empty() { Ok(config) } else { Err(ConfigErrors { file: file_name.to_owned(), problems }) }
}

/// What TOML itself does not allow in a text, by line, in Japanese; for files that others read.
pub(crate) fn syntax_problems(text: &str) -> Vec<Problem> {
    raw::Walk::new(text.strip_prefix('\u{feff}').unwrap_or(text)).0.finish()
}
