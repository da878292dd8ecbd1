//! Initiatives (取組み): programmes (細事業) and their items (取組項目).

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fiscal::{FiscalYear, Period};
use super::place::{CellRef, Place};
use super::quantity::Confidence;

/// Whether a job is on time (進捗状況).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 未着手.
    NotStarted,
    /// 検討中・準備中.
    Preparing,
    /// 着手・実施中: under way, on time or not.
    InProgress,
    /// 順調・概ね順調.
    OnTrack,
    /// 前倒し.
    Ahead,
    /// やや遅れ.
    SlightlyDelayed,
    /// 遅れ.
    Delayed,
    /// 停滞.
    Stalled,
    /// 休止.
    Suspended,
    /// 見直し.
    UnderReview,
    /// 完了・実施済.
    Completed,
    /// 未達成.
    NotAchieved,
    /// 中止・廃止.
    Cancelled,
    /// Blank under a status header.
    NotReported,
    /// A word or mark that no vocabulary or legend explains.
    Unknown,
}

impl Status {
    /// The Japanese word that documents print.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "未着手",
            Self::Preparing => "準備中",
            Self::InProgress => "実施中",
            Self::OnTrack => "順調",
            Self::Ahead => "前倒し",
            Self::SlightlyDelayed => "やや遅れ",
            Self::Delayed => "遅れ",
            Self::Stalled => "停滞",
            Self::Suspended => "休止",
            Self::UnderReview => "見直し",
            Self::Completed => "完了",
            Self::NotAchieved => "未達成",
            Self::Cancelled => "中止",
            Self::NotReported => "記載なし",
            Self::Unknown => "不明",
        }
    }

    /// How well a job stands, the higher the better; `None` for what says nothing of it (休止, 見直し, 中止).
    pub fn rank(self) -> Option<u8> {
        match self {
            Self::NotAchieved => Some(0),
            Self::Stalled => Some(1),
            Self::Delayed => Some(2),
            Self::SlightlyDelayed => Some(3),
            Self::NotStarted => Some(4),
            Self::Preparing => Some(5),
            Self::InProgress => Some(6),
            Self::OnTrack => Some(7),
            Self::Ahead => Some(8),
            Self::Completed => Some(9),
            Self::Suspended | Self::UnderReview | Self::Cancelled | Self::NotReported | Self::Unknown => None,
        }
    }
}

/// What shall become of a job (今後の方向性).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// 拡充・拡大.
    Expand,
    /// 継続・現状維持.
    Continue,
    /// 縮小.
    Reduce,
    /// 統合.
    Merge,
    /// 廃止.
    Abolish,
}

impl Direction {
    /// The Japanese word that documents print.
    pub fn label(self) -> &'static str {
        match self {
            Self::Expand => "拡充",
            Self::Continue => "継続",
            Self::Reduce => "縮小",
            Self::Merge => "統合",
            Self::Abolish => "廃止",
        }
    }
}

/// What one workbook says of one item (取組項目).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InitiativeSource {
    /// Department (部).
    pub department: String,
    /// Division in charge (担当課).
    pub division: String,
    /// The programme's number, plain digits; empty where none.
    pub number: String,
    /// The programme (細事業名).
    pub program: String,
    /// The item's number within its programme, from 1.
    pub item_no: u32,
    /// Whether the sheet itself numbers the item.
    pub numbered: bool,
    /// The item's text without its number.
    pub item: String,
    /// The fiscal year it belongs to.
    pub fiscal_year: Option<FiscalYear>,
    /// `None` where the source has no status column.
    pub status: Option<Status>,
    /// 拡充, 継続 …
    pub direction: Option<Direction>,
    /// The status text as it stands.
    pub status_raw: String,
    /// In percent.
    pub progress: Option<Decimal>,
    /// ISO 8601 day or month; empty for 未定.
    pub due: String,
    /// The due text as it stands.
    pub due_raw: String,
    /// The officer's comment.
    pub comment: String,
    /// How sure the status is.
    pub confidence: Confidence,
    /// The item's cell.
    pub place: Place,
    /// The status' cell.
    pub status_cell: Option<CellRef>,
    /// The month that it was reported in, where it is no source of this one (前回値).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_from: Option<Period>,
}

/// One item with all its sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initiative {
    /// The same for all sources, stable from month to month.
    pub id: String,
    /// Index of the source whose status reports use.
    pub primary: usize,
    /// Index of the source whose number and wording reports use: the department's document where it has the item.
    pub wording: usize,
    /// Only the division has it (課の追加項目).
    pub added_by_division: bool,
    /// What each workbook says.
    pub sources: Vec<InitiativeSource>,
}

impl Initiative {
    /// The source of status, progress, due and comment.
    pub fn main(&self) -> &InitiativeSource {
        &self.sources[self.primary]
    }

    /// The source of number and wording.
    pub fn words(&self) -> &InitiativeSource {
        &self.sources[self.wording]
    }
}
