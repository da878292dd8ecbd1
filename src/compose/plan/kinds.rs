//! What each kind of block knows: its keys and the columns of its tables.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Kind;
use crate::compose::blocks;
use crate::compose::fields::names;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FieldName {
    Name,
    Department,
    Division,
    Unit,
    Polarity,
    Class,
    Figures,
    Verdict,
    Grounds,
    Working,
    Trend,
    Chart,
    Number,
    Program,
    Item,
    Status,
    Progress,
    Due,
    Comment,
    Change,
    Subject,
    Steps,
    Slot,
    Cells,
    State,
    Since,
    Severity,
    Message,
    Place,
    Workbook,
    FigureCount,
    ItemCount,
    Outcome,
    Deadline,
    Modified,
    Treatment,
}

impl FieldName {
    /// As report.toml writes it.
    pub fn word(self) -> String {
        let words = crate::config::shape::schema::<Self>();
        let all = words.as_value().get("enum").and_then(serde_json::Value::as_array);
        let own = all.and_then(|all| all.get(self as usize)).and_then(serde_json::Value::as_str);
        own.unwrap_or_default().to_owned()
    }
}

/// The keys that every block may have.
const COMMON: &[&str] = &["kind", "title", "note", "level", "empty", "new_page", "paper"];

impl Kind {
    /// The keys that mean something to it; another key is a mistake.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        let own: &[&str] = match self {
            Self::Cover | Self::Text => &["text"],
            Self::Summary => &["panels"],
            Self::Section => &["content"],
            Self::Chapters => &["at_indicators", "at_initiatives"],
            Self::Brief => &["limit"],
            Self::IndicatorTable => &["columns", "filter", "sort", "limit", "wide", "by_division"],
            Self::IndicatorCards => &["filter", "sort", "limit", "by_division"],
            Self::InitiativeTable | Self::JudgementList => &["columns", "filter", "sort", "limit", "wide"],
            Self::ChangeList | Self::PastChangeList | Self::PendingList | Self::SubmissionList => {
                &["columns", "limit", "wide"]
            }
            Self::StaleList | Self::FindingList | Self::Sources => &["columns", "limit", "wide"],
            Self::Comment
            | Self::Submissions
            | Self::JudgementCounts
            | Self::StatusBars
            | Self::StatusMatrix
            | Self::FindingCounts => &[],
        };
        COMMON.iter().chain(own).copied()
    }

    /// The fields that its tables may show, each with whether the council may see it.
    pub fn fields(self) -> Vec<(FieldName, bool)> {
        match self {
            Self::IndicatorTable => names(&blocks::indicators::fields()),
            Self::InitiativeTable => names(&blocks::initiatives::fields()),
            Self::JudgementList => names(&blocks::late::fields()),
            Self::ChangeList => names(&blocks::changes::fields()),
            Self::PastChangeList => names(&blocks::changes::past_fields()),
            Self::StaleList => names(&blocks::changes::stale_fields()),
            Self::PendingList => names(&blocks::pending::fields()),
            Self::SubmissionList => names(&blocks::submissions::fields()),
            Self::FindingList => names(&blocks::findings::fields()),
            Self::Sources => names(&blocks::findings::source_fields()),
            _ => Vec::new(),
        }
    }

    /// Whether it may stand in what the council receives.
    pub fn is_public(self) -> bool {
        !matches!(
            self,
            Self::Brief
                | Self::ChangeList
                | Self::FindingList
                | Self::FindingCounts
                | Self::Sources
                | Self::Submissions
                | Self::SubmissionList
                | Self::StaleList
                | Self::PastChangeList
        )
    }
}
