//! The working (計算の過程): the sentence that is printed beside a judgement.

use rust_decimal::{Decimal, RoundingStrategy};

use super::figures::{Figures, Told, is_amended, is_assumed};
use super::measure::Reading;
use super::rules::{Band, Measure};
use crate::model::fiscal::{Eras, Period};
use crate::model::indicator::Kind;
use crate::model::judgement::Verdict;
use crate::model::quantity::{Bound, Quantity, Unit, number};

/// Decimals of a percentage, where more are not needed.
const RATE_DECIMALS: u32 = 1;

/// Names figures: `R3目標62.5%`.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// For the years.
    pub eras: &'a Eras,
    /// For the unit.
    pub figures: &'a Figures,
}

impl Names<'_> {
    /// Year and kind: `R3目標`.
    pub fn label(&self, told: &Told) -> String {
        let year = told.year.map_or_else(String::new, |year| self.eras.short(year));
        format!("{year}{}", told.figure.kind.label())
    }

    /// A figure with so many decimals beyond the sheet's own: `R3目標62.5%`, `R2実績「作業中」`.
    pub fn figure(&self, told: &Told, extra: u32) -> String {
        let label = self.label(told);
        let text = match &told.quantity {
            Some(quantity) => quantity_text(quantity, told.figure.decimals + extra, &self.unit()),
            None => format!("「{}」", told.figure.said()),
        };
        let early =
            told.figure.kind == Kind::Actual && told.year.is_some_and(|year| !self.figures.is_over(year));
        let assumed = is_assumed(told) && told.figure.carried_from.is_none() && !is_amended(told);
        let notes = [(assumed, "（仮定）"), (is_amended(told), "（補正）"), (early, "（年度途中）")];
        let mut notes: String = notes.iter().filter(|(is, _)| *is).map(|(_, note)| *note).collect();
        if let Some(from) = told.figure.carried_from {
            notes = format!("（{}）{notes}", carried(from));
        }
        format!("{label}{text}{notes}")
    }

    /// Target and actual with as many decimals as show which is the greater.
    pub fn both(&self, target: &Told, actual: &Told) -> [String; 2] {
        let pair = |told: &Told| told.quantity.as_ref().map(|q| (q.value, told.figure.decimals));
        let extra = match (pair(target), pair(actual)) {
            (Some((a, digits)), Some((b, others))) => (0..=Decimal::MAX_SCALE)
                .find(|extra| rounded(a, digits + extra).cmp(&rounded(b, others + extra)) == a.cmp(&b)),
            _ => None,
        };
        [target, actual].map(|told| self.figure(told, extra.unwrap_or(0)))
    }

    /// The unit; empty where unknown.
    pub fn unit(&self) -> String {
        self.figures.unit.as_ref().map_or_else(String::new, |unit| unit.0.clone())
    }

    /// actual − line, in the unit; a difference of percentages is in ポイント.
    pub fn difference(&self, difference: Decimal, decimals: u32) -> String {
        let shows = |digits: &u32| rounded(difference, *digits).is_zero() == difference.is_zero();
        let digits = (decimals..=Decimal::MAX_SCALE).find(shows).unwrap_or(decimals);
        let unit = match &self.figures.unit {
            Some(unit) if unit.is_percent() => "ポイント".to_owned(),
            Some(Unit(unit)) => unit.clone(),
            None => String::new(),
        };
        format!("差{}{unit}", number(difference, digits))
    }
}

fn rounded(value: Decimal, digits: u32) -> Decimal {
    value.round_dp_with_strategy(digits.min(Decimal::MAX_SCALE), RoundingStrategy::MidpointAwayFromZero)
}

/// `75.0%以上`, `10～20人`, `約300件`.
fn quantity_text(quantity: &Quantity, decimals: u32, unit: &str) -> String {
    let decimals = decimals.min(Decimal::MAX_SCALE);
    let mut text = number(quantity.value, decimals);
    if let Some(high) = quantity.high {
        text = format!("{text}～{}", number(high, decimals));
    }
    let (front, behind) = quantity.bound.map(Bound::words).unwrap_or_default();
    format!("{front}{text}{unit}{behind}")
}

/// 前回値(4月): the mark of what an earlier month reported.
pub fn carried(from: Period) -> String {
    format!("前回値({}月)", from.month)
}

/// What a measure is called.
pub fn label(measure: Measure) -> &'static str {
    match measure {
        Measure::Rate => "達成率",
        Measure::Progress => "進捗率",
        Measure::Pace => "ペース",
        Measure::Baseline => "基準からの改善",
        Measure::Difference => "差",
    }
}

/// A percentage with as many digits as it takes to stand on the right side of every limit: 99.96, not 100.0. Where even 28
/// do not tell, it says 100%未満.
pub fn percentage(reading: Reading, bands: &[Band]) -> Option<String> {
    let rate = reading.rate()?;
    let mut limits: Vec<Decimal> = bands.iter().filter_map(|band| band.at_least).collect();
    limits.push(Decimal::ONE_HUNDRED);
    let wrong = |shown: Decimal| {
        limits.iter().copied().find(|limit| reading.reaches(*limit) != Some(shown >= *limit))
    };
    let digits = (RATE_DECIMALS..=Decimal::MAX_SCALE).find(|digits| wrong(rounded(rate, *digits)).is_none());
    Some(match (digits, wrong(rate)) {
        (Some(digits), _) => format!("{}%", number(rate, digits)),
        (None, Some(limit)) => format!("{}%未満", number(limit, limit.normalize().scale())),
        (None, None) => format!("{}%", number(rate, RATE_DECIMALS)),
    })
}

/// Which band: `達成率が80%以上100%未満`.
pub fn band(measure: Measure, bands: &[Band], chosen: usize) -> String {
    let Some(band) = bands.get(chosen) else { return String::new() };
    if band.result == Verdict::Achieved {
        return "目標を満たしている".to_owned();
    }
    if measure == Measure::Difference {
        return "目標に届いていない".to_owned();
    }
    let limit = |limit: Decimal| format!("{}%", number(limit, limit.normalize().scale()));
    let lower = band.at_least.map_or_else(String::new, |own| format!("{}以上", limit(own)));
    let upper = bands.iter().take(chosen).rev().find_map(|above| above.at_least);
    let upper = upper.map_or_else(String::new, |above| format!("{}未満", limit(above)));
    if lower.is_empty() && upper.is_empty() {
        return "目標に届いていない".to_owned();
    }
    format!("{}が{lower}{upper}", label(measure))
}
