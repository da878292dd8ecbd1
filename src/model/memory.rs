//! What the earlier months remember, held beside the month so that printing needs nothing else.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::fiscal::Period;
use super::indicator::Slot;
use super::initiative::{Direction, Status};
use super::place::Place;
use super::quantity::{Quantity, State};

/// The month held against the months before it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The newest earlier month, with which `changes` and `past_changes` compare; `None` where there is none.
    pub against: Option<Period>,
    /// 先月からの変化: one for each indicator or item that differs, the worst first, then in 建制順.
    pub changes: Vec<Change>,
    /// Figures of past fiscal years that read otherwise than in the earlier month, in 建制順.
    pub past_changes: Vec<PastChange>,
    /// One line over the months for each indicator that has a figure to show, in the month's order.
    pub series: Vec<Series>,
    /// For how long each indicator and item has stood as it stands, in the month's order; none that is new or changed.
    pub unchanged: Vec<Unchanged>,
    /// From how many months on `unchanged` counts as 更新のない値.
    pub stale_months: u32,
}

impl Memory {
    /// For how many months an indicator or item has stood as it stands; 0 where it changed or is new.
    pub fn months_unchanged(&self, id: &str) -> u32 {
        self.unchanged.iter().find(|one| one.id == id).map_or(0, |one| one.months)
    }

    /// What has stood still for so long that somebody should ask (更新のない値).
    pub fn stale(&self) -> impl Iterator<Item = &Unchanged> {
        self.unchanged.iter().filter(|one| one.open && one.months >= self.stale_months)
    }
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// An indicator (指標).
    Indicator,
    /// An item (取組項目).
    Initiative,
}

impl Subject {
    /// The Japanese word that documents print.
    pub fn label(self) -> &'static str {
        match self {
            Self::Indicator => "指標",
            Self::Initiative => "取組み",
        }
    }
}

/// Which way something changed; ordered as reports list them, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    /// It is worse than it was.
    Worse,
    /// It was there, and is no more.
    Gone,
    /// It is better than it was.
    Better,
    /// It differs, and nobody can say that this is better or worse: a figure arrived, a target or a due date moved.
    Changed,
    /// It was not there.
    New,
}

impl Trend {
    /// All, in the order of reports.
    pub const ALL: [Self; 5] = [Self::Worse, Self::Gone, Self::Better, Self::Changed, Self::New];

    /// The Japanese word that documents print.
    pub fn label(self) -> &'static str {
        match self {
            Self::Worse => "悪化",
            Self::Gone => "なくなった",
            Self::Better => "改善",
            Self::Changed => "変更",
            Self::New => "新規",
        }
    }
}

/// An indicator or item that differs from the earlier month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Indicator or item.
    pub subject: Subject,
    /// Its id; of what is gone the one that it had.
    pub id: String,
    /// Department, by today's organisation.
    pub department: String,
    /// Division, by today's organisation; empty where unknown.
    pub division: String,
    /// The indicator's name or the item's text.
    pub name: String,
    /// The item's programme (細事業); empty for an indicator.
    pub program: String,
    /// Which way it went as a whole.
    pub trend: Trend,
    /// What differs; empty for what is new or gone.
    pub steps: Vec<Step>,
    /// Where it stands; for what is gone, where it stood.
    pub place: Place,
}

/// One thing that differs. `None` is no column, no cell, nothing said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A figure of the current year or of no year, or one that arrived.
    Figure {
        /// Which one.
        slot: Slot,
        /// What it was.
        from: Option<Amount>,
        /// What it is.
        to: Option<Amount>,
    },
    /// 進捗状況.
    Status {
        /// What it was.
        from: Option<Status>,
        /// What it is.
        to: Option<Status>,
    },
    /// 進捗率, in percent.
    Progress {
        /// What it was.
        from: Option<Decimal>,
        /// What it is.
        to: Option<Decimal>,
    },
    /// 期限.
    Due {
        /// What it was.
        from: Due,
        /// What it is.
        to: Due,
    },
    /// 今後の方向性.
    Direction {
        /// What it was.
        from: Option<Direction>,
        /// What it is.
        to: Option<Direction>,
    },
}

/// A due date.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Due {
    /// ISO 8601 day or month; empty for none and 未定.
    pub iso: String,
    /// As it stands on the sheet.
    pub raw: String,
}

/// A figure as it was in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// What stood in the cell.
    pub state: State,
    /// The value, where `state` is [`State::Value`].
    pub quantity: Option<Quantity>,
    /// Its unit; empty where unknown.
    pub unit: String,
    /// Decimals that the sheet shows.
    pub decimals: u32,
    /// The text that stood there.
    pub raw: String,
    /// Where it stood.
    pub place: Place,
}

/// A figure of a past fiscal year that reads otherwise than it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastChange {
    /// The indicator's id.
    pub id: String,
    /// Department of the source that changed.
    pub department: String,
    /// Division of the source that changed; empty where unknown.
    pub division: String,
    /// The indicator's name.
    pub name: String,
    /// Which figure.
    pub slot: Slot,
    /// What it was, with its cell then.
    pub from: Amount,
    /// What it is, with its cell now; `None` where its cell is blank now.
    pub to: Option<Amount>,
    /// Cells of other sources that changed alike.
    pub also: Vec<Place>,
}

/// An indicator's newest actual figure as each month knew it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The indicator's id.
    pub id: String,
    /// Oldest first, the month itself last.
    pub points: Vec<Point>,
}

/// What one month knew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The reporting month.
    pub period: Period,
    /// Which figure was the newest actual one then.
    pub slot: Slot,
    /// Its value.
    pub quantity: Quantity,
    /// Its unit; empty where unknown.
    pub unit: String,
    /// Decimals that the sheet shows.
    pub decimals: u32,
}

/// An indicator or item that stands as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unchanged {
    /// Indicator or item.
    pub subject: Subject,
    /// Its id.
    pub id: String,
    /// For how many months, at least 1.
    pub months: u32,
    /// The oldest month that knew it as it stands.
    pub since: Period,
    /// Something about it should still move: a figure is pending, this year's figures or the status are not final.
    pub open: bool,
}
