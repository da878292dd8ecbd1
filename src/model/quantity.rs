//! A figure's exact value, its unit and how sure the reading is.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// What a word such as 以上 or 約 does to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Bound {
    /// 以上.
    #[serde(rename = ">=")]
    AtLeast,
    /// 以下・以内.
    #[serde(rename = "<=")]
    AtMost,
    /// 超.
    #[serde(rename = ">")]
    Above,
    /// 未満.
    #[serde(rename = "<")]
    Below,
    /// 約・程度・おおむね.
    #[serde(rename = "~")]
    About,
}

impl Bound {
    /// The Japanese words in front of the value and behind its unit: 約300件, 75%以上.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::AtLeast => ("", "以上"),
            Self::AtMost => ("", "以下"),
            Self::Above => ("", "超"),
            Self::Below => ("", "未満"),
            Self::About => ("約", ""),
        }
    }
}

/// A value with its bound; `high` is the end of a range (10～20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// The exact value, in the unit it is given with; a percentage is in percent.
    pub value: Decimal,
    /// The end of a range.
    pub high: Option<Decimal>,
    /// 以上, 以下, 約 …
    pub bound: Option<Bound>,
}

impl Quantity {
    /// A plain value.
    pub fn exact(value: Decimal) -> Self {
        Self { value, high: None, bound: None }
    }
}

/// What stands in a figure's cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A number.
    Value,
    /// Not known yet: 作業中, 集計中, 未公表.
    Pending,
    /// A mark for none: `-`, 該当なし.
    Missing,
    /// Out of question: 対象外, 未実施, 中止.
    NotApplicable,
    /// Withheld: 秘匿, x.
    Secret,
    /// Not understood; never zero, never guessed.
    Unread,
}

impl State {
    /// The words that stand in place of a number; empty where there is one.
    pub fn label(self) -> &'static str {
        match self {
            Self::Value => "",
            Self::Pending => "未確定",
            Self::Missing => "値なし",
            Self::NotApplicable => "対象外",
            Self::Secret => "秘匿",
            Self::Unread => "読めない",
        }
    }
}

/// How sure a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// As it stands.
    Read,
    /// With an assumption that a finding states.
    Assumed,
    /// Not understood; a finding says so.
    Unread,
}

/// A unit (単位) in canonical spelling: `%`, `人`, `千円`, `箇所`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Unit(pub String);

impl Unit {
    /// Per cent, whose values are kept in percent (12.7, not 0.127).
    pub fn is_percent(&self) -> bool {
        self.0 == "%"
    }
}

/// A number as documents print it: rounded half away from zero, thousands separated, △ for minus.
pub fn number(value: Decimal, decimals: u32) -> String {
    let rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let plain = format!("{:.*}", decimals as usize, rounded.abs());
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if rounded.is_sign_negative() && !rounded.is_zero() { "△" } else { "" };
    match fraction {
        Some(fraction) => format!("{sign}{grouped}.{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}
