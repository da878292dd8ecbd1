//! Drawings of the pages, as data: what they show, not how.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::judgement::Verdict;

/// A drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// What it shows, in a sentence: the alternative text for those who do not see it.
    pub alt: String,
    /// What is drawn.
    pub kind: ChartKind,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// One indicator over time.
    Line(LineChart),
    /// Bars below one another, each divided in parts.
    Bars(Vec<Bar>),
}

/// One indicator over time: actuals as a solid line, forecasts dashed behind it, targets as marks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LineChart {
    /// The places along the axis in order of time, evenly spaced; a year without any figure stands there too.
    pub points: Vec<LinePoint>,
    /// The unit of all values.
    pub unit: String,
    /// Decimals that its figures are shown with.
    pub decimals: u32,
}

/// What is known of one time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LinePoint {
    /// `H29`, `R3`, `R3.5`.
    pub time: String,
    /// 実績; `None` leaves a gap in the line.
    pub actual: Option<Decimal>,
    /// 作業中 and the like stand in place of the actual: a gap with a mark.
    pub pending: bool,
    /// 見込.
    pub forecast: Option<Decimal>,
    /// 目標.
    pub target: Option<Decimal>,
}

/// One divided bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// What stands at its left: a department; may be empty.
    pub label: String,
    /// Its parts from left to right; those that count nothing take no room.
    pub parts: Vec<BarPart>,
}

/// A part of a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BarPart {
    /// Mark and word: `▼ やや遅れ`.
    pub label: String,
    /// What it counts.
    pub count: u32,
    /// Which verdict's pattern fills it.
    pub verdict: Verdict,
}
