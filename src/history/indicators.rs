//! What differs in an indicator.

use std::collections::BTreeSet;

use super::figures::{Printed, Told, content, end, of_source, printed};
use super::identity::Key;
use super::Today;
use crate::model::dataset::Dataset;
use crate::model::fiscal::FiscalYear;
use crate::model::indicator::{Indicator, IndicatorSource, Kind, Polarity, Slot};
use crate::model::memory::{Change, PastChange, Step, Subject, Trend};
use crate::model::quantity::State;

/// The month that others are held against.
pub struct Compared<'m> {
    today: &'m Today<'m>,
    year: FiscalYear,
    /// Columns that stand: a figure that is missing there was taken out, one of a column that is gone was not.
    columns: BTreeSet<(&'m str, &'m str, Slot)>,
}

impl<'m> Compared<'m> {
    /// Looks over a month.
    pub fn new(dataset: &'m Dataset, today: &'m Today<'m>) -> Self {
        let figures = dataset.indicators.iter().flat_map(|i| &i.sources).flat_map(|s| &s.figures);
        let columns = figures.map(|f| (&*f.place.workbook, &*f.place.sheet, f.slot())).collect();
        Self { today, year: dataset.period.fiscal_year(), columns }
    }

    /// What differs in an indicator between now and then: figures of this year, of no year or newly there, and figures
    /// of past years that were known and are not what they were.
    pub fn steps(&self, now: &Indicator, then: &Indicator) -> (Vec<Step>, Vec<PastChange>) {
        let (mut steps, mut past) = (Vec::new(), Vec::new());
        let (shown, before) = (printed(now), printed(then));
        for key in shown.keys().chain(before.keys().filter(|key| !shown.contains_key(key))) {
            let Some((from, to)) = self.differs(now, (shown.get(key), before.get(key))) else { continue };
            match from.filter(|_| self.is_past(key.0)) {
                Some(from) if from.figure.state == State::Value => {
                    past.push(past_change(now, key.0, from, to));
                }
                _ => steps.push(Step::Figure {
                    slot: key.0,
                    from: from.map(Told::amount),
                    to: to.map(Told::amount),
                }),
            }
        }
        self.other_sources(now, then, &mut past);
        (steps, past)
    }

    fn is_past(&self, slot: Slot) -> bool {
        slot.fiscal_year.is_some_and(|year| year < self.year)
    }

    /// The two figures where they say different things.
    fn differs<'f, 's>(
        &self,
        now: &Indicator,
        figures: (Option<&'f Told<'s>>, Option<&'f Told<'s>>),
    ) -> Option<(Option<&'f Told<'s>>, Option<&'f Told<'s>>)> {
        let (to, from) = figures;
        let differs = match (to, from) {
            (Some(to), Some(from)) => content(to, self.today) != content(from, self.today),
            (Some(to), None) => to.figure.state == State::Value,
            (None, Some(from)) => from.figure.state == State::Value && self.stands(now, from.figure.slot()),
            (None, None) => false,
        };
        differs.then_some((from, to))
    }

    /// Whether a sheet of an indicator still has a column for a slot.
    fn stands(&self, indicator: &Indicator, slot: Slot) -> bool {
        let mut places = indicator.sources.iter().map(|source| &source.place);
        places.any(|place| self.columns.contains(&(&*place.workbook, &*place.sheet, slot)))
    }

    /// Past figures that changed in a source that reports do not use: said where the printed figure is not the same
    /// correction, whose places they then join.
    fn other_sources(&self, now: &Indicator, then: &Indicator, past: &mut Vec<PastChange>) {
        for source in &now.sources {
            let same_sheet = |other: &&IndicatorSource| {
                (&other.place.workbook, &other.place.sheet) == (&source.place.workbook, &source.place.sheet)
            };
            let mut candidates = then.sources.iter().filter(same_sheet);
            let (Some(before), None) = (candidates.next(), candidates.next()) else { continue };
            let (figures, before): (Printed, Printed) = (of_source(source), of_source(before));
            for (key, from) in before.iter().filter(|((slot, _), _)| self.is_past(*slot)) {
                let Some(to) = figures.get(key) else { continue };
                if from.figure.state != State::Value || content(from, self.today) == content(to, self.today) {
                    continue;
                }
                let known = past.iter_mut().find(|change| {
                    change.slot == key.0 && change.to.as_ref().is_some_and(|amount| self.alike(amount, to))
                });
                match known {
                    Some(change) => join(change, to),
                    None => past.push(past_change(now, key.0, from, Some(to))),
                }
            }
        }
    }

    fn alike(&self, amount: &crate::model::memory::Amount, told: &Told) -> bool {
        let scaled = |value| self.today.scaled(value, &amount.unit);
        let quantity = amount.quantity.as_ref().map(|q| (scaled(q.value), q.high.map(scaled), q.bound));
        (amount.state, quantity) == content(told, self.today)
    }

    /// An indicator's change; `None` where nothing differs.
    pub fn change(&self, now: &Indicator, steps: Vec<Step>) -> Option<Change> {
        if steps.is_empty() {
            return None;
        }
        let mut change = whole(now, None, Trend::Changed)?;
        let polarity = now.sources.iter().find_map(|source| source.polarity);
        let told = steps.iter().filter_map(|step| self.trend(step, polarity));
        // Where figures moved both ways, the newest one speaks for the indicator.
        change.trend = told.max_by_key(|(slot, _)| (end(slot), *slot)).map_or(Trend::Changed, |(_, t)| t);
        change.steps = steps;
        Some(change)
    }

    /// Which way an actual or expected figure went, where somebody said which way is better.
    fn trend(&self, step: &Step, polarity: Option<Polarity>) -> Option<(Slot, Trend)> {
        let Step::Figure { slot, from: Some(from), to: Some(to) } = step else { return None };
        let value = |amount: &crate::model::memory::Amount| {
            let quantity = amount.quantity.as_ref().filter(|quantity| quantity.high.is_none())?;
            Some(self.today.scaled(quantity.value, &amount.unit))
        };
        let (from, to) = (value(from)?, value(to)?);
        let rises = match polarity? {
            Polarity::Increase => to > from,
            Polarity::Decrease => to < from,
            Polarity::Maintain => return None,
        };
        let known = matches!(slot.kind, Kind::Actual | Kind::Forecast) && from != to;
        known.then_some((*slot, if rises { Trend::Better } else { Trend::Worse }))
    }
}

fn join(change: &mut PastChange, told: &Told) {
    let place = &told.figure.place;
    if change.to.as_ref().is_none_or(|to| to.place != *place) && !change.also.contains(place) {
        change.also.push(place.clone());
    }
}

fn past_change(now: &Indicator, slot: Slot, from: &Told, to: Option<&Told>) -> PastChange {
    let main = now.sources.get(now.primary).unwrap_or(from.source);
    let owner = to.map_or(main, |to| to.source);
    let division = [owner, main].into_iter().map(|s| s.division.as_str()).find(|d| !d.is_empty());
    PastChange {
        id: now.id.clone(),
        department: owner.department.clone(),
        division: division.unwrap_or_default().to_owned(),
        name: main.name.clone(),
        slot,
        from: from.amount(),
        to: to.map(Told::amount),
        also: Vec::new(),
    }
}

/// An indicator as a whole, without steps; `key` says whose it is today where it is gone.
pub fn whole(indicator: &Indicator, key: Option<&Key>, trend: Trend) -> Option<Change> {
    let main = indicator.sources.get(indicator.primary).or(indicator.sources.first())?;
    let (department, division) =
        key.map_or((&main.department, &main.division), |key| (&key.department, &key.division));
    Some(Change {
        subject: Subject::Indicator,
        id: indicator.id.clone(),
        department: department.clone(),
        division: division.clone(),
        name: main.name.clone(),
        program: String::new(),
        trend,
        steps: Vec::new(),
        place: main.place.clone(),
    })
}
