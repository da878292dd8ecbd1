//! What words can stand for, where `model` has no noun for it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a column, row or label is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 指標名.
    Indicator,
    /// 単位.
    Unit,
    /// 定義・算出方法.
    Definition,
    /// 備考.
    Note,
    /// 指標の種類: KGI, 成果 …
    Class,
    /// 望ましい方向.
    Polarity,
    /// A figure of some [`crate::model::indicator::Kind`].
    Value,
    /// 達成率 and other columns that are recomputed: no row.
    Rate,
    /// 細事業名.
    Program,
    /// 取組項目.
    Item,
    /// 部名.
    Department,
    /// 課名.
    Division,
    /// 部課名, 所属: department, division or both.
    Owner,
    /// 進捗状況.
    Status,
    /// 今後の方向性.
    Direction,
    /// 進捗率.
    Progress,
    /// 期限.
    Due,
    /// コメント, 課題.
    Comment,
    /// №.
    Number,
    /// 年度, one column for the year of each row.
    FiscalYear,
    /// 月.
    Month,
    /// 区分, one column that says 実績 or 目標 of each row.
    KindColumn,
    /// 数値, the column of figures beside a 区分 column.
    ValueColumn,
    /// 累計・単月.
    Basis,
    /// 凡例.
    Legend,
    /// 基本目標, 分野: what indicators are grouped by.
    Group,
    /// 事業費: money beside indicators, and no figure of theirs.
    Account,
}

/// Which year a word means beside the one that the sheet speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelativeYear {
    /// 前々年度.
    BeforeLast,
    /// 前年度.
    Last,
    /// 今年度.
    This,
    /// 次年度.
    Next,
    /// 翌々年度.
    AfterNext,
    /// 最終, 直近, 前期: a time that the word alone does not tell.
    Open,
}

impl RelativeYear {
    /// Years after the one that the sheet speaks of; `None` where the word does not tell.
    pub fn offset(self) -> Option<i32> {
        match self {
            Self::BeforeLast => Some(-2),
            Self::Last => Some(-1),
            Self::This => Some(0),
            Self::Next => Some(1),
            Self::AfterNext => Some(2),
            Self::Open => None,
        }
    }
}

/// Words of headers that carry no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderPart {
    /// 主な, 名, 欄.
    Filler,
    /// ・ and と between two equal words.
    Joiner,
}

/// Words that decide what a table or one of its rows is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableWord {
    /// 項目: heads indicators only where something else in the table says so.
    General,
    /// 予算, 決算: values of a general list under these are accounts, not indicators.
    Account,
    /// 合計, 小計: a row that adds others up.
    Total,
    /// 関係課: a division beside the one in charge.
    Beside,
    /// 氏名: people, who are no items.
    Person,
    /// 〃, 同上: what stands in the cell above.
    Ditto,
    /// 取組状況, 対応状況: a status where its cells hold such words, a remark where they hold prose.
    Open,
}

/// Parts of which placeholders are composed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatePart {
    /// 集計, 調査: work on a figure; 〜中, 未〜, 〜予定, 〜待ち are pending.
    Work,
    /// 実施, 開催: what the figure counts; 未〜, 〜なし, 〜中止, 〜予定 are not applicable.
    Event,
    /// 現在, により, です.
    Filler,
}

/// Words around a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberPart {
    /// 速報値, 確定値 in brackets or behind ※: the figure as it stands.
    Remark,
    /// 見込, 推計: the figure is not one of the column's kind.
    Estimate,
    /// 延べ, 計 in front.
    Lead,
    /// 維持, を確保 behind a bound.
    Tail,
}

/// Words around a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusPart {
    /// 着実に, している.
    Filler,
    /// 概ね, ほぼ.
    Hedge,
    /// やや, 若干.
    Slight,
    /// 一部.
    Partial,
    /// 大幅に, 著しく.
    Heavy,
}

/// Words of a polarity note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolarityPart {
    /// 良い, 望ましい.
    Good,
    /// 悪い: turns the direction round.
    Bad,
    /// ほど, が, 指標.
    Filler,
}

/// Words of a due date that is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueWord {
    /// 未定, 随時: no date.
    Open,
    /// 年度末, 今年度末: the year's last day.
    YearEnd,
    /// 年度内, 年度中: by the year's last day.
    YearWithin,
    /// 年内: by 31 December.
    CalendarYear,
    /// 来年度, 次年度: by the last day of the year after.
    NextYear,
    /// 前年度, 昨年度: by the last day of the year before.
    PreviousYear,
    /// まで, 予定: says nothing more about the day.
    Filler,
    /// 頃, 上旬: the day is not exact.
    Vague,
}

/// Endings of names of places in the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerPart {
    /// 部, 局, 事務局.
    Department,
    /// 課, 室, センター.
    Division,
    /// 係, 担当: below a division.
    Team,
}

/// Which two figures a computed column divides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rate {
    /// 達成率: the actual figure by the target of its year.
    Achievement,
    /// 計画比: the same, or the difference of both by the target.
    Comparison,
    /// 前年比: the actual figure by that of the year before, or their difference by it.
    Previous,
    /// 進捗率: the actual figure by the only target, whatever its year, or the way from the baseline to it.
    Progress,
}

/// What a word says of the colours on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InkWord {
    /// It stands in sentences that explain a colour (赤字).
    Legend,
}

/// A number that decides when a figure is doubtful; what each means stands in `vocabulary.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// How far a ratio may be from a slip's, as a factor.
    Near,
    /// How far figures that agree may lie apart, as a factor.
    Spread,
    /// The same for percentages, where shares of 1 may be among them.
    ShareSpread,
    /// The same for the figures that stand against a 0.
    ZeroSpread,
    /// How many figures must agree against the doubtful ones.
    Others,
    /// How many figures must stand against a 0.
    ZeroOthers,
    /// How far from 0 these must be, all of them.
    ZeroFar,
    /// The same for percentages.
    ZeroFarPercent,
    /// Figures that fell at least so far, as a factor, may well reach 0.
    Fallen,
    /// How many shares of a column must show % against one that shows none.
    Shares,
}

/// By how many times figures are off where a scale or a unit was mistaken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slip {
    /// How many times.
    pub times: Decimal,
    /// Only for units of this base (円); empty for all.
    pub base: String,
    /// Significant digits that the smaller figures must have: 1 → 100 is growth, 12.4 → 1,240 is none.
    pub digits: usize,
    /// What was likely mistaken, in Japanese.
    pub cause: String,
}
