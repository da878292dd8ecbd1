//! Indicators (指標・KGI・KPI) and their figures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::amendment::Amendment;
use super::fiscal::{Basis, Eras, FiscalYear, Period, Span};
use super::place::Place;
use super::quantity::{Confidence, Quantity, State, Unit};

/// What kind of figure a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 基準値・現状値.
    Baseline,
    /// 実績・決算.
    Actual,
    /// 見込.
    Forecast,
    /// 計画・当初予算.
    Plan,
    /// 目標.
    Target,
}

impl Kind {
    /// The Japanese word that headers and findings use.
    pub fn label(self) -> &'static str {
        match self {
            Self::Baseline => "基準値",
            Self::Actual => "実績",
            Self::Forecast => "見込",
            Self::Plan => "計画",
            Self::Target => "目標",
        }
    }
}

/// What an indicator measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// Key goal indicator (重要目標達成指標).
    #[serde(rename = "KGI")]
    Kgi,
    /// Key performance indicator (重要業績評価指標).
    #[serde(rename = "KPI")]
    Kpi,
    /// 成果指標.
    #[serde(rename = "outcome")]
    Outcome,
    /// 活動指標.
    #[serde(rename = "activity")]
    Activity,
    /// 対象指標.
    #[serde(rename = "target_group")]
    TargetGroup,
}

impl Class {
    /// The Japanese word that documents print.
    pub fn label(self) -> &'static str {
        match self {
            Self::Kgi => "KGI",
            Self::Kpi => "KPI",
            Self::Outcome => "成果",
            Self::Activity => "活動",
            Self::TargetGroup => "対象",
        }
    }
}

/// Which way is better (望ましい方向).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// More is better.
    Increase,
    /// Less is better.
    Decrease,
    /// Staying is better.
    Maintain,
}

/// One figure on a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The fiscal year it belongs to; `None` where nothing on the sheet says (with a finding).
    pub fiscal_year: Option<FiscalYear>,
    /// 1 to 12 for a month's figure.
    pub month: Option<u8>,
    /// The stretch of the year.
    pub span: Span,
    /// 単月, 累計, 時点.
    pub basis: Option<Basis>,
    /// 実績, 目標 …
    pub kind: Kind,
    /// What stands in the cell.
    pub state: State,
    /// The value, where `state` is [`State::Value`].
    pub quantity: Option<Quantity>,
    /// Decimals that the sheet shows, for printing.
    pub decimals: u32,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// The text as a person sees it on the sheet.
    pub raw: String,
    /// Its cell.
    pub place: Place,
    /// The planning section's word in place of the cell's (補正).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<Amendment>,
    /// The month that it was reported in, where it is no figure of this one (前回値).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_from: Option<Period>,
}

impl Figure {
    /// What it measures when: what tells it from the other figures of its indicator.
    pub fn slot(&self) -> Slot {
        let Self { kind, fiscal_year, span, month, basis, .. } = *self;
        Slot { kind, fiscal_year, span, month, basis }
    }

    /// The words that stand for it: the planning section's where it has replaced the cell's.
    pub fn said(&self) -> &str {
        self.amendment.as_ref().map_or(self.raw.trim(), |amendment| amendment.new.trim())
    }
}

/// What tells one figure of an indicator from another; ordered by kind, then time, as policy documents set them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// 実績, 目標 …
    pub kind: Kind,
    /// The fiscal year.
    pub fiscal_year: Option<FiscalYear>,
    /// The stretch of the year.
    pub span: Span,
    /// 1 to 12 for a month's figure.
    pub month: Option<u8>,
    /// 単月, 累計, 時点.
    pub basis: Option<Basis>,
}

impl Slot {
    /// The stretch of time, as sheets write it: `R3`, `R3 第2四半期`, `R3 5月累計`.
    pub fn time(&self, eras: &Eras) -> String {
        let year = self.fiscal_year.map_or_else(|| "年度不明".to_owned(), |year| eras.short(year));
        let span = match (self.span, self.month) {
            (Span::Year, _) | (Span::Month, None) => String::new(),
            (Span::Month, Some(month)) => format!(" {month}月"),
            (Span::H1, _) => " 上半期".to_owned(),
            (Span::H2, _) => " 下半期".to_owned(),
            (Span::Q1, _) => " 第1四半期".to_owned(),
            (Span::Q2, _) => " 第2四半期".to_owned(),
            (Span::Q3, _) => " 第3四半期".to_owned(),
            (Span::Q4, _) => " 第4四半期".to_owned(),
        };
        let basis = match self.basis {
            Some(Basis::Cumulative) => "累計",
            Some(Basis::AsOf) => "時点",
            Some(Basis::Single) | None => "",
        };
        format!("{year}{span}{basis}")
    }

    /// Time and kind: `R2実績`.
    pub fn label(&self, eras: &Eras) -> String {
        format!("{}{}", self.time(eras), self.kind.label())
    }
}

/// What one table of one workbook says of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorSource {
    /// Department (部) in the spelling of hoshin.toml; empty where unknown.
    pub department: String,
    /// Division (課); empty where the source does not name one.
    pub division: String,
    /// The sheet's name for it, without layout marks, unit and polarity notes.
    pub name: String,
    /// 成果, 活動 …
    pub class: Option<Class>,
    /// The unit that all its values are in.
    pub unit: Option<Unit>,
    /// Which way is better, where the sheet or hoshin.toml says.
    pub polarity: Option<Polarity>,
    /// 備考 beside the figures.
    pub note: String,
    /// The cell of its name.
    pub place: Place,
    /// The month that it was reported in, where it is no source of this one (前回値).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_from: Option<Period>,
    /// Its figures in reading order.
    pub figures: Vec<Figure>,
}

/// One indicator with all its sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// The same for all sources, stable from month to month.
    pub id: String,
    /// Index into `sources` of the one that reports use.
    pub primary: usize,
    /// The sources differ on some figure: both are printed, nothing is judged (不一致).
    pub conflict: bool,
    /// What each workbook says, in 建制順.
    pub sources: Vec<IndicatorSource>,
}

impl Indicator {
    /// The source that reports use.
    pub fn main(&self) -> &IndicatorSource {
        &self.sources[self.primary]
    }
}
