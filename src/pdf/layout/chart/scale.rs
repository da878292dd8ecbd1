//! From figures to heights.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::chart::LineChart;

/// Where the smallest figure is at least this share of the largest, an axis from zero would hide how they differ.
const CLOSE: f64 = 0.6;

/// The ends of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    pub low: Decimal,
    pub high: Decimal,
    /// It does not hold zero, and must say so.
    pub broken: bool,
}

impl Scale {
    /// The axis for all figures of a chart; `None` where it has none.
    pub fn of(chart: &LineChart) -> Option<Self> {
        let figures = || chart.points.iter().flat_map(|p| [p.actual, p.forecast, p.target]).flatten();
        let (low, high) = (figures().min()?, figures().max()?);
        let (far, near) = (float(low).abs().max(float(high).abs()), float(low).abs().min(float(high).abs()));
        let close = low != high && near > far * CLOSE;
        let zero = Decimal::ZERO;
        Some(match (low > zero, high < zero) {
            (true, _) | (_, true) if close => Self { low, high, broken: true },
            (true, _) => Self { low: zero, high, broken: false },
            (_, true) => Self { low, high: zero, broken: false },
            _ => Self { low, high, broken: false },
        })
    }

    /// Where a figure stands between the lower end (0) and the upper end (1).
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 1")]
    pub fn part(self, figure: Decimal) -> f32 {
        let (low, high) = (float(self.low), float(self.high));
        let span = high - low;
        if span > 0.0 { ((float(figure) - low) / span) as f32 } else { 0.0 }
    }

    /// Whether zero lies inside, between a loss and a gain.
    pub fn crosses_zero(self) -> bool {
        self.low < Decimal::ZERO && self.high > Decimal::ZERO
    }
}

fn float(figure: Decimal) -> f64 {
    figure.to_f64().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::chart::LinePoint;

    fn scale(figures: &[i64]) -> Option<(i64, i64, bool)> {
        let point = |f: &i64| LinePoint { actual: Some(Decimal::from(*f)), ..LinePoint::default() };
        let chart = LineChart { points: figures.iter().map(point).collect(), ..LineChart::default() };
        Scale::of(&chart).and_then(|s| Some((s.low.to_i64()?, s.high.to_i64()?, s.broken)))
    }

    #[test]
    fn an_axis_starts_at_zero_where_figures_can_be_told_apart() {
        let cases = [
            (&[10_i64, 40][..], Some((0, 40, false))),
            (&[58, 65], Some((58, 65, true))),
            (&[7], Some((0, 7, false))),
            (&[0, 0], Some((0, 0, false))),
            (&[-219, 193], Some((-219, 193, false))),
            (&[-10, -40], Some((-40, 0, false))),
            (&[-58, -65], Some((-65, -58, true))),
            (&[], None),
        ];
        for (figures, expected) in cases {
            assert_eq!(scale(figures), expected, "{figures:?}");
        }
    }
}
