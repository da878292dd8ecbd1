//! For how long records have stood as they stand, by their normalised content.

use std::collections::BTreeMap;

use super::figures::{contents, printed};
use super::{Keys, Month, Today, initiatives, tie};
use crate::model::dataset::Dataset;
use crate::model::fiscal::{Period, Span};
use crate::model::indicator::{Indicator, Kind};
use crate::model::memory::{Subject, Unchanged};
use crate::model::quantity::State;

/// All records of the month that stand as they stood in the month before, with the oldest month of that.
pub fn unchanged(dataset: &Dataset, months: &[Month], today: &Today) -> Vec<Unchanged> {
    let now = Keys::of(&dataset.indicators, &dataset.initiatives, dataset.period, today);
    // The ids that are still followed back, and how far they have been.
    let mut since: BTreeMap<&str, Period> = BTreeMap::new();
    let mut newer: Option<Period> = None;
    for month in months.iter().rev() {
        let then = Keys::of(&month.indicators, &month.initiatives, month.period, today);
        let indicators =
            tie((&dataset.indicators, &now.indicators), (&month.indicators, &then.indicators)).same;
        let initiatives =
            tie((&dataset.initiatives, &now.initiatives), (&month.initiatives, &then.initiatives)).same;
        let same = |(now, then): &(&Indicator, &Indicator)| {
            contents(&printed(now), today) == contents(&printed(then), today)
        };
        let indicators = indicators.into_iter().filter(same).map(|(now, _)| now.id.as_str());
        let initiatives = initiatives.into_iter().filter(|(now, then)| initiatives::same(now, then));
        for id in indicators.chain(initiatives.map(|(now, _)| now.id.as_str())) {
            if newer.is_none_or(|newer| since.get(id) == Some(&newer)) {
                since.insert(id, month.period);
            }
        }
        newer = Some(month.period);
    }
    let one = |subject, id: &str, open| {
        let since = *since.get(id)?;
        Some(Unchanged { subject, id: id.to_owned(), months: distance(since, dataset.period), since, open })
    };
    let indicators = dataset.indicators.iter();
    let indicators = indicators.filter_map(|i| one(Subject::Indicator, &i.id, is_open(i, dataset)));
    let items = dataset.initiatives.iter();
    let year = dataset.period.fiscal_year();
    let open = |i| initiatives::is_open(i) && initiatives::is_of(i, year);
    indicators.chain(items.filter_map(|i| one(Subject::Initiative, &i.id, open(i)))).collect()
}

/// Whether something about an indicator should still move: a pending figure, or a figure in the course of this year.
fn is_open(indicator: &Indicator, dataset: &Dataset) -> bool {
    let year = dataset.period.fiscal_year();
    printed(indicator).iter().any(|((slot, _), told)| match told.figure.state {
        State::Pending => slot.fiscal_year.is_none_or(|own| own <= year),
        State::Value => {
            let course = slot.kind == Kind::Forecast || (slot.kind == Kind::Actual && slot.span != Span::Year);
            course && slot.fiscal_year == Some(year)
        }
        _ => false,
    })
}

/// Months from one to another.
fn distance(from: Period, to: Period) -> u32 {
    let months = |period: Period| i64::from(period.year) * 12 + i64::from(period.month);
    u32::try_from(months(to) - months(from)).unwrap_or_default()
}
