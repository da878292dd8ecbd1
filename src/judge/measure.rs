//! What the rules measure: exact fractions, compared by cross multiplication, never through a rounded quotient.

use rust_decimal::Decimal;

use super::exact;
use super::goal::Goal;
use super::rules::{Measure, Rule};
use crate::model::fiscal::FiscalYear;

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Where the target wants the figure to be.
    pub goal: Goal,
    /// The actual and its year.
    pub actual: (Decimal, FiscalYear),
    /// The target's year.
    pub target_year: FiscalYear,
    /// The baseline and its year, where there are any.
    pub baseline: Option<(Decimal, Option<FiscalYear>)>,
}

/// A measure: a number, exact, that grows as the figure gets better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A percentage as numerator and positive denominator.
    Percent {
        /// Above the line.
        num: Decimal,
        /// Below it; above 0.
        den: Decimal,
        /// Whether the percentage means anything to a reader: that of a negative actual against a positive target
        /// only says that it is short of it.
        shown: bool,
    },
    /// How far beyond the line, in the indicator's unit.
    Amount(Decimal),
    /// Better than any percentage: nothing at all, of what should be little.
    Best,
}

/// Why there is no measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoReading {
    /// A ratio to a target of 0 or less.
    TargetNotPositive,
    /// There is no baseline before the actual.
    NoBaseline,
    /// The target is no better than the baseline, or a range: there is no way to go.
    NoWay,
    /// A percentage of a baseline of 0.
    BaselineZero,
    /// The actual's year lies outside the planned years.
    OutsidePlan,
    /// The numbers are too large to be exact.
    TooLarge,
}

impl NoReading {
    /// Whether another measure may do; numbers that are too large stay so.
    pub fn has_otherwise(self) -> bool {
        !matches!(self, Self::TooLarge | Self::NoBaseline | Self::OutsidePlan)
    }
}

type Taken = Result<Reading, NoReading>;

/// Takes a rule's measure.
pub fn take(rule: &Rule, sample: &Sample) -> Taken {
    match rule.measure {
        Measure::Rate => rate(sample),
        Measure::Difference => {
            sample.goal.gain(sample.actual.0).map(Reading::Amount).ok_or(NoReading::TooLarge)
        }
        Measure::Baseline => improvement(sample),
        Measure::Progress => {
            let (num, den) = way(sample)?;
            percent(num, den)
        }
        Measure::Pace => pace(&rule.steps, sample),
    }
}

/// num ÷ den in percent.
fn percent(num: Decimal, den: Decimal) -> Taken {
    let num = times(num, Decimal::ONE_HUNDRED)?;
    Ok(Reading::Percent { num, den, shown: true })
}

fn times(a: Decimal, b: Decimal) -> Result<Decimal, NoReading> {
    exact::mul(a, b).ok_or(NoReading::TooLarge)
}

fn minus(a: Decimal, b: Decimal) -> Result<Decimal, NoReading> {
    exact::sub(a, b).ok_or(NoReading::TooLarge)
}

/// 実績 ÷ 目標; where less is better 目標 ÷ 実績; for a range 100 % less the distance to it as a share of its lower end, so
/// that below it this is 実績 ÷ 下の端.
fn rate(sample: &Sample) -> Taken {
    let actual = sample.actual.0;
    match sample.goal {
        Goal::Up { aim, .. } if aim > Decimal::ZERO => {
            let num = times(actual, Decimal::ONE_HUNDRED)?;
            Ok(Reading::Percent { num, den: aim, shown: actual >= Decimal::ZERO })
        }
        Goal::Down { aim, .. } if aim > Decimal::ZERO => {
            if actual > Decimal::ZERO {
                percent(aim, actual)
            } else {
                Ok(Reading::Best)
            }
        }
        Goal::Within { low, .. } if low > Decimal::ZERO => {
            let gain = sample.goal.gain(actual).ok_or(NoReading::TooLarge)?;
            let num = exact::add(low, gain).ok_or(NoReading::TooLarge)?;
            let num = times(num, Decimal::ONE_HUNDRED)?;
            Ok(Reading::Percent { num, den: low, shown: num >= Decimal::ZERO })
        }
        _ => Err(NoReading::TargetNotPositive),
    }
}

/// 基準値からの改善 ÷ 基準値.
fn improvement(sample: &Sample) -> Taken {
    let (baseline, _) = sample.baseline.ok_or(NoReading::NoBaseline)?;
    if baseline.is_zero() {
        return Err(NoReading::BaselineZero);
    }
    let better = match sample.goal {
        Goal::Up { .. } => minus(sample.actual.0, baseline)?,
        Goal::Down { .. } => minus(baseline, sample.actual.0)?,
        Goal::Within { .. } => return Err(NoReading::NoWay),
    };
    percent(better, baseline.abs())
}

/// How much of the way from the baseline to the target, as numerator and positive denominator.
fn way(sample: &Sample) -> Result<(Decimal, Decimal), NoReading> {
    let (baseline, _) = sample.baseline.ok_or(NoReading::NoBaseline)?;
    let (done, whole) = match sample.goal {
        Goal::Up { aim, .. } => (minus(sample.actual.0, baseline)?, minus(aim, baseline)?),
        Goal::Down { aim, .. } => (minus(baseline, sample.actual.0)?, minus(baseline, aim)?),
        Goal::Within { .. } => return Err(NoReading::NoWay),
    };
    if whole > Decimal::ZERO { Ok((done, whole)) } else { Err(NoReading::NoWay) }
}

/// The way done as a percentage of the way planned by the actual's year.
fn pace(steps: &[Decimal], sample: &Sample) -> Taken {
    let (done, whole) = way(sample)?;
    let (planned, of) = planned(steps, sample)?;
    percent(times(done, of)?, times(whole, planned)?)
}

/// The share of the way that is planned by the actual's year, as numerator and denominator, both above 0.
pub fn planned(steps: &[Decimal], sample: &Sample) -> Result<(Decimal, Decimal), NoReading> {
    let left = i64::from(sample.target_year.0) - i64::from(sample.actual.1.0);
    if steps.is_empty() {
        let start = sample.baseline.and_then(|(_, year)| year).ok_or(NoReading::NoBaseline)?;
        let whole = i64::from(sample.target_year.0) - i64::from(start.0);
        let (gone, whole) = (Decimal::from(whole - left), Decimal::from(whole));
        return if gone > Decimal::ZERO && whole > Decimal::ZERO {
            Ok((gone, whole))
        } else {
            Err(NoReading::OutsidePlan)
        };
    }
    let step = usize::try_from(left).ok().and_then(|left| steps.iter().rev().nth(left));
    step.map(|step| (*step, Decimal::ONE_HUNDRED)).ok_or(NoReading::OutsidePlan)
}

impl Reading {
    /// Whether the measure reaches a limit, exactly; `None` where the numbers are too large to tell.
    pub fn reaches(self, limit: Decimal) -> Option<bool> {
        match self {
            Self::Percent { num, den, .. } => Some(num >= exact::mul(limit, den)?),
            Self::Amount(amount) => Some(amount >= limit),
            Self::Best => Some(true),
        }
    }

    /// The percentage, to 28 digits; `None` where there is none to show.
    pub fn rate(self) -> Option<Decimal> {
        match self {
            Self::Percent { num, den, shown: true } => num.checked_div(den).map(|rate| rate.normalize()),
            _ => None,
        }
    }
}
