//! `確定.toml`: the months that are closed, and which edition of each was handed out.

use std::fmt;
use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::files::replace;
use super::lock::Reports;
use super::{PublishError, months};
use crate::discover::shown;
use crate::io_reason::io_reason;
use crate::model::fiscal::Period;

/// The file's name below the reports folder.
const FILE: &str = "確定.toml";

/// A month's edition: number 0 is the first, 1 is 訂正1. Shown as its folder's name: `2021-05`, `2021-05_訂正1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edition {
    /// The reporting month.
    pub period: Period,
    /// How often it was corrected before.
    pub number: u32,
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            0 => write!(f, "{}", self.period),
            number => write!(f, "{}_訂正{number}", self.period),
        }
    }
}

/// An edition that is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// The month.
    pub period: Period,
    /// The edition: 0 is the first.
    pub edition: u32,
    /// The day on which it was closed.
    pub on: NaiveDate,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Register {
    #[serde(default, rename = "frozen")]
    months: Vec<Frozen>,
}

/// All closed editions in the order of their closing; none where no month was ever closed.
pub fn frozen(reports: &Path) -> Result<Vec<Frozen>, PublishError> {
    let path = reports.join(FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(PublishError::Frozen { path: shown(&path), reason: io_reason(&error) });
        }
    };
    let register: Result<Register, _> = toml::from_str(text.trim_start_matches('\u{feff}'));
    register.map(|register| register.months).map_err(|_| PublishError::Frozen {
        path: shown(&path),
        reason: "hoshin が書いた形になっていません".to_owned(),
    })
}

/// The newest closed edition of a month.
pub fn newest_frozen(reports: &Path, period: Period) -> Result<Option<Edition>, PublishError> {
    let closed = frozen(reports)?.into_iter().filter(|frozen| frozen.period == period);
    Ok(closed.map(|frozen| Edition { period, number: frozen.edition }).max())
}

/// The newest edition of a month that stands, closed or not.
pub fn newest(reports: &Path, period: Period) -> Option<Edition> {
    let editions = months(reports).into_iter().filter(|(month, ..)| *month == period);
    editions.map(|(period, number, _)| Edition { period, number }).max()
}

impl Reports {
    /// Closes an edition; one that is closed already stays as it is.
    pub fn close(&self, edition: Edition, on: NaiveDate) -> Result<(), PublishError> {
        let mut months = frozen(&self.root)?;
        if months.iter().any(|known| known.period == edition.period && known.edition == edition.number) {
            return Ok(());
        }
        months.push(Frozen { period: edition.period, edition: edition.number, on });
        months.sort_by_key(|frozen| (frozen.period, frozen.edition));
        let text = toml::to_string(&Register { months }).unwrap_or_default();
        let note = "# 確定した月です。hoshin freeze が書きます。確定した月は run では作り直せません。\n\n";
        replace(&self.root.join(FILE), format!("{note}{text}").as_bytes())
    }
}
