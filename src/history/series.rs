//! One line an indicator over the months: its newest actual figure as each month knew it.

use std::collections::BTreeMap;

use super::figures::{newest, printed};
use super::{Keys, Month, Today, tie};
use crate::model::dataset::Dataset;
use crate::model::fiscal::Period;
use crate::model::indicator::Indicator;
use crate::model::memory::{Point, Series};

/// The lines of all indicators of the month that have a figure to show, in the month's order.
pub fn series(dataset: &Dataset, months: &[Month], today: &Today) -> Vec<Series> {
    let now = Keys::of(&dataset.indicators, &[], dataset.period, today);
    let mut lines: BTreeMap<&str, Vec<Point>> = BTreeMap::new();
    for month in months {
        let then = Keys::of(&month.indicators, &[], month.period, today);
        let tied = tie((&dataset.indicators, &now.indicators), (&month.indicators, &then.indicators));
        for (now, then) in tied.same {
            lines.entry(&now.id).or_default().extend(point(then, month.period));
        }
    }
    let line = |indicator: &Indicator| {
        let mut points = lines.remove(indicator.id.as_str()).unwrap_or_default();
        points.extend(point(indicator, dataset.period));
        (!points.is_empty()).then(|| Series { id: indicator.id.clone(), points })
    };
    dataset.indicators.iter().filter_map(line).collect()
}

fn point(indicator: &Indicator, period: Period) -> Option<Point> {
    let printed = printed(indicator);
    let (slot, told) = newest(&printed)?;
    let quantity = told.figure.quantity.clone()?;
    let unit = told.source.unit.as_ref().map_or_else(String::new, |unit| unit.0.clone());
    Some(Point { period, slot, quantity, unit, decimals: told.figure.decimals })
}
