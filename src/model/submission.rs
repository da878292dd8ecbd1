//! 提出状況: which expected workbooks are there, and what stands in for those that are not.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::fiscal::Period;
use super::organisation::UnitName;

/// What became of an expected workbook; the first that fits, from top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionStatus {
    /// It is not there, and the day by which it is due is over.
    Missing,
    /// It is there, but nothing could be read from it.
    Unreadable,
    /// It is not there, and need not be yet.
    NotDue,
    /// It says what it said last month.
    Unchanged,
    /// Its own properties say that it was saved after the day.
    Late,
    /// Its own properties do not say when it was saved.
    Undated,
    /// It is there.
    In,
}

impl SubmissionStatus {
    /// All, the most pressing first.
    pub const ALL: [Self; 7] =
        [Self::Missing, Self::Unreadable, Self::Late, Self::Unchanged, Self::NotDue, Self::Undated, Self::In];

    /// The Japanese words that documents print.
    pub fn label(self) -> &'static str {
        match self {
            Self::Missing => "未提出",
            Self::Unreadable => "読めない",
            Self::NotDue => "未到来",
            Self::Unchanged => "先月から更新なし",
            Self::Late => "期限後",
            Self::Undated => "提出日不明",
            Self::In => "提出済",
        }
    }

    /// Nothing of this month came of it.
    pub fn is_absent(self) -> bool {
        matches!(self, Self::Missing | Self::Unreadable | Self::NotDue)
    }
}

/// An expected workbook, or several under one pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// From whom.
    pub department: String,
    /// From whom; empty for the department itself.
    pub division: String,
    /// The pattern of its path; empty for any workbook that speaks for the unit.
    pub pattern: String,
    /// The workbooks that answer it, by path.
    pub workbooks: Vec<String>,
    /// What became of it.
    pub status: SubmissionStatus,
    /// The last day on which it is in time.
    pub deadline: Option<NaiveDate>,
    /// When the newest of its workbooks was saved, in Japan's time.
    pub modified: Option<NaiveDateTime>,
    /// What stands in for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
}

impl Submission {
    /// From whom.
    pub fn unit(&self) -> UnitName {
        UnitName::new(&*self.department, &*self.division)
    }

    /// Whether its workbook was saved after the day.
    pub fn is_late(&self) -> bool {
        self.modified.zip(self.deadline).is_some_and(|(modified, deadline)| modified.date() > deadline)
    }
}

/// 前回値: what an earlier month said, in place of a workbook that is missing or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// The newest month in which any of it was really reported.
    pub from: Period,
    /// The workbooks of that month.
    pub workbooks: Vec<String>,
    /// Figures.
    pub figures: usize,
    /// Initiative items.
    pub initiatives: usize,
}
